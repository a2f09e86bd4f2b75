/* SPDX-License-Identifier: ISC */
/* gettext bound so that one process can speak to one user after another. */
#include "base/words.h"

#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

/* glibc's own counter: changing it makes gettext() look again. */
extern int _nl_msg_cat_cntr;

/*
 * gettext() keeps what it has looked up in a tree of strings: a painting asks
 * for the same dozen each time, and the walk costs more than the painting.
 * The places of literals are kept here beside their words.
 */
#define WORDS_KEPT	256

static struct {
	const char	*id, *text;
} words_kept[WORDS_KEPT];

const char *
words_of(const char *id)
{
	size_t	i = ((uintptr_t)id ^ (uintptr_t)id >> 8) % WORDS_KEPT;

	if (words_kept[i].id != id) {
		words_kept[i].text = gettext(id);
		words_kept[i].id = id;
	}
	return words_kept[i].text;
}

void
words_init(void)
{
	char	 path[PATH_MAX] = "";
	ssize_t	 n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char	*slash;

	path[n > 0 ? n : 0] = '\0';
	if ((slash = strrchr(path, '/')) != NULL) {
		*slash = '\0';
	}
	if (!str_fmt(path + strlen(path), sizeof(path) - strlen(path),
	    "/locale") || access(path, R_OK) != 0) {
		(void)str_copy(path, sizeof(path), LOCALEDIR);
	}
	/* Two categories only: numbers are never the locale's. */
	(void)setlocale(LC_MESSAGES, "C.UTF-8");
	(void)bindtextdomain("comptoir", path);
	(void)bind_textdomain_codeset("comptoir", "UTF-8");
	(void)textdomain("comptoir");
	memset(words_kept, 0, sizeof(words_kept));
}

void
words_language(const char *code)
{
	char	two[3] = "en";

	if (code != NULL && code[0] >= 'a' && code[0] <= 'z' &&
	    code[1] >= 'a' && code[1] <= 'z' &&
	    !(code[2] >= 'a' && code[2] <= 'z')) {
		two[0] = code[0];
		two[1] = code[1];
	}
	(void)setenv("LANGUAGE", two, 1);
	_nl_msg_cat_cntr++;
	memset(words_kept, 0, sizeof(words_kept));
}

void
words_environment(void)
{
	static const char *const	names[] = { "LANGUAGE", "LC_ALL",
					    "LC_MESSAGES", "LANG" };
	char				code[16] = "";

	for (size_t i = 0; i < NELEM(names) && code[0] == '\0'; i++) {
		const char	*value = getenv(names[i]);

		if (value != NULL) {
			(void)str_fmt(code, sizeof(code), "%.15s", value);
		}
	}
	words_language(code);
}
