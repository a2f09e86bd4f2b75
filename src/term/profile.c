/* SPDX-License-Identifier: ISC */
/* What the door, the environment and the line say about a terminal. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <termios.h>

#include "base/buf.h"
#include "term/session.h"

#define ESCDELAY_MS	50
#define ESCDELAY_SLOW	150	/* below 2400 baud a sequence takes longer */

/* TERM comes from a client: only names as terminfo has them. */
static bool
profile_term_good(const char *term)
{
	return term[0] != '\0' && term[0] != '.' &&
	    strlen(term) < sizeof(((struct profile *)NULL)->term) &&
	    term[strspn(term, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+._-")] == '\0';
}

/* "fr_FR.ISO-8859-15@euro" -> latin9; a locale without a set is a hint at
 * nothing. */
static bool
profile_locale(const char *locale, enum charset *out)
{
	static const struct {
		const char	*name;
		enum charset	 set;
	} sets[] = {
		{ ".UTF-8", CHARSET_UTF8 }, { ".utf8", CHARSET_UTF8 },
		{ ".ISO-8859-15", CHARSET_LATIN9 },
		{ ".iso885915", CHARSET_LATIN9 },
		{ ".ISO-8859-1", CHARSET_LATIN1 },
		{ ".iso88591", CHARSET_LATIN1 }, { "@euro", CHARSET_LATIN9 },
	};

	for (size_t i = 0; i < NELEM(sets); i++) {
		if (strcasestr(locale, sets[i].name) != NULL) {
			*out = sets[i].set;
			return true;
		}
	}
	return false;
}

/* A hardware terminal of before Unicode unless somebody says otherwise. */
static enum charset
profile_old(const char *term)
{
	static const char *const	old[] = { "vt1", "vt2", "vt3", "vt4",
	    "vt5", "wy", "ibm3", "tvi" };

	for (size_t i = 0; i < NELEM(old); i++) {
		if (str_starts(term, old[i])) {
			return CHARSET_ASCII;
		}
	}
	return CHARSET_UTF8;
}

static void
profile_charset(struct profile *p)
{
	static const char *const	vars[] = { "LC_ALL", "LC_CTYPE",
	    "LANG" };
	const char			*said = getenv("COMPTOIR_CHARSET");
	enum charset			 set;

	p->charset = profile_old(p->term);
	if (said != NULL && charset_find(said, &set) == 0 &&
	    set <= CHARSET_LATIN9) {
		p->charset = set;
		return;
	}
	for (size_t i = 0; i < NELEM(vars); i++) {
		const char	*value = getenv(vars[i]);

		if (value != NULL && value[0] != '\0') {
			(void)profile_locale(value, &p->charset);
			return;
		}
	}
}

static int
profile_number(const char *name, int most)
{
	const char	*value = getenv(name);
	int64_t		 n;

	return value != NULL && str_to_i64(value, 1, most, &n) == 0 ?
	    (int)n : 0;
}

/* A pseudo-terminal says 38400 whatever it carries: only less is slow. */
static void
profile_speed(struct profile *p, int fd)
{
	struct termios	t;

	p->escdelay_ms = ESCDELAY_MS;
	if (fd < 0 || tcgetattr(fd, &t) != 0) {
		return;
	}
	switch (cfgetospeed(&t)) {
	case B50: case B75: case B110: case B134: case B150: case B200:
	case B300: case B600: case B1200: case B1800:
		p->escdelay_ms = ESCDELAY_SLOW;
		p->slow = true;
		break;
	case B2400: case B4800: case B9600: case B19200:
		p->slow = true;
		break;
	default:
		break;
	}
}

void
profile_from_env(struct profile *p, int fd)
{
	const char	*term = getenv("TERM");
	int		 delay;

	memset(p, 0, sizeof(*p));
	(void)str_copy(p->term, sizeof(p->term),
	    term != NULL && profile_term_good(term) ? term : "dumb");
	profile_charset(p);
	profile_speed(p, fd);
	p->rows = profile_number("LINES", 200);
	p->cols = profile_number("COLUMNS", 500);
	if (p->rows == 0 || p->cols == 0) {
		p->rows = p->cols = 0;
	}
	if ((delay = profile_number("ESCDELAY", 2000)) > 0) {
		p->escdelay_ms = delay;
	}
}
