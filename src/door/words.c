/* SPDX-License-Identifier: ISC */
/* The words of `ssh HOST words...`; no shell ever sees them. */
#include "door/words.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* One character of a word, quotes taken off; false at the word's end. */
static bool
words_next(const char **p, char *quote, char *out)
{
	for (;; (*p)++) {
		char	c = **p;

		if (c == '\0') {
			return false;
		}
		if (*quote == '\0' && strchr(" \t\r\n", c) != NULL) {
			return false;
		}
		if (*quote == '\0' && (c == '\'' || c == '"')) {
			*quote = c;
			continue;
		}
		if (c == *quote) {
			*quote = '\0';
			continue;
		}
		if (c == '\\' && *quote != '\'' && (*p)[1] != '\0' &&
		    (*quote == '\0' || strchr("\"\\$`", (*p)[1]) != NULL)) {
			(*p)++;
			c = **p;
		}
		(*p)++;
		*out = c;
		return true;
	}
}

int
words_split(const char *command, char ***words, size_t *n)
{
	size_t		  table = sizeof(char *) * (WORDS_MAX + 1);
	char		**list = xcalloc(1, table + strlen(command) + 1);
	char		 *out = (char *)list + table;
	const char	 *p = command;

	*words = NULL;
	*n = 0;
	for (;;) {
		char	quote = '\0';

		p += strspn(p, " \t\r\n");
		if (*p == '\0') {
			break;
		}
		if (*n == WORDS_MAX) {
			free(list);
			*n = 0;
			return err_set(ERR_TOO_LONG,
			    _("more than %d words in a command"), WORDS_MAX);
		}
		list[(*n)++] = out;
		while (words_next(&p, &quote, out)) {
			out++;
		}
		*out++ = '\0';
		if (quote != '\0') {
			free(list);
			*n = 0;
			return err_set(ERR_INVALID,
			    _("a quote %c in the command does not end"),
			    quote);
		}
	}
	*words = list;
	return 0;
}
