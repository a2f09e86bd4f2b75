/* SPDX-License-Identifier: ISC */
/* UTF-8 by hand where bytes enter, glibc's tables for widths and letters. */
#include "base/utf8.h"

#include <locale.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

uint32_t
utf8_next(const char **s)
{
	const unsigned char	*p = (const unsigned char *)*s;
	uint32_t		 c;
	int			 more;

	if (p[0] == 0) {
		return 0;
	}
	if (p[0] < 0x80) {
		*s += 1;
		return p[0];
	}
	if (p[0] >= 0xc2 && p[0] < 0xe0) {
		c = p[0] & 0x1fU;
		more = 1;
	} else if (p[0] >= 0xe0 && p[0] < 0xf0) {
		c = p[0] & 0x0fU;
		more = 2;
	} else if (p[0] >= 0xf0 && p[0] < 0xf5) {
		c = p[0] & 0x07U;
		more = 3;
	} else {
		*s += 1;
		return UTF8_BAD;
	}
	for (int i = 1; i <= more; i++) {
		if ((p[i] & 0xc0) != 0x80) {
			*s += 1;
			return UTF8_BAD;
		}
		c = (c << 6) | (p[i] & 0x3fU);
	}
	if ((more == 2 && c < 0x800) || (more == 3 && c < 0x10000) ||
	    c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) {
		*s += 1;
		return UTF8_BAD;
	}
	*s += more + 1;
	return c;
}

size_t
utf8_put(uint32_t c, char out[static 5])
{
	size_t	n;

	if (c < 0x80) {
		out[0] = (char)c;
		n = 1;
	} else if (c < 0x800) {
		out[0] = (char)(0xc0 | (c >> 6));
		out[1] = (char)(0x80 | (c & 0x3f));
		n = 2;
	} else if (c < 0x10000) {
		out[0] = (char)(0xe0 | (c >> 12));
		out[1] = (char)(0x80 | ((c >> 6) & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		n = 3;
	} else {
		out[0] = (char)(0xf0 | ((c >> 18) & 0x07));
		out[1] = (char)(0x80 | ((c >> 12) & 0x3f));
		out[2] = (char)(0x80 | ((c >> 6) & 0x3f));
		out[3] = (char)(0x80 | (c & 0x3f));
		n = 4;
	}
	out[n] = '\0';
	return n;
}

static bool
utf8_is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == UTF8_BAD ||
	    c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e) ||
	    (c >= 0x2066 && c <= 0x2069);
}

bool
utf8_is_clean(const char *s)
{
	uint32_t	c;

	while ((c = utf8_next(&s)) != 0) {
		if (utf8_is_control(c)) {
			return false;
		}
	}
	return true;
}

bool
utf8_clean(char *dst, size_t size, const char *src)
{
	const char	*from;
	size_t		 at = 0;
	uint32_t	 c;

	if (size == 0) {
		return false;
	}
	for (;;) {
		size_t	n;

		/* Most of it is ASCII, which needs no thought. */
		while (*src >= ' ' && *src <= '~' && at + 1 < size) {
			dst[at++] = *src++;
		}
		from = src;
		if ((c = utf8_next(&src)) == 0) {
			break;
		}
		n = (size_t)(src - from);
		if (utf8_is_control(c)) {
			continue;
		}
		if (at + n >= size) {
			dst[at] = '\0';
			return false;
		}
		memcpy(dst + at, from, n);
		at += n;
	}
	dst[at] = '\0';
	return true;
}

size_t
utf8_chars(const char *s)
{
	size_t	n = 0;

	while (utf8_next(&s) != 0) {
		n++;
	}
	return n;
}

/* Widths and letters must not depend on the session's own locale. */
static locale_t
utf8_locale(void)
{
	static locale_t	locale;

	if (locale == (locale_t)0) {
		locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	}
	return locale;
}

int
utf8_width(uint32_t c)
{
	locale_t	old;
	int		w;

	if (c < 0x300) {
		return 1;
	}
	old = uselocale(utf8_locale());
	w = wcwidth((wchar_t)c);
	(void)uselocale(old);
	return w < 0 ? 1 : w;
}

int
utf8_cols(const char *s)
{
	uint32_t	c;
	int		cols = 0;

	while ((c = utf8_next(&s)) != 0) {
		cols += utf8_width(c);
	}
	return cols;
}

size_t
utf8_cut(const char *s, int cols)
{
	const char	*p = s, *fits = s;
	uint32_t	 c;
	int		 used = 0;

	while ((c = utf8_next(&p)) != 0) {
		used += utf8_width(c);
		if (used > cols) {
			break;
		}
		fits = p;
	}
	return (size_t)(fits - s);
}

size_t
utf8_back(const char *s, size_t at)
{
	if (at > 0) {
		at--;
	}
	while (at > 0 && ((unsigned char)s[at] & 0xc0) == 0x80) {
		at--;
	}
	return at;
}

bool
utf8_fold(char *dst, size_t size, const char *src)
{
	size_t		at = 0;
	uint32_t	c;

	if (size == 0) {
		return false;
	}
	dst[0] = '\0';
	while ((c = utf8_next(&src)) != 0) {
		char		 own[5];
		const char	*piece = own;
		size_t		 n;

		if (c >= 0x300 && c < 0x370) {
			continue;	/* a combining accent */
		}
		if (c < 0x80) {
			own[0] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
			own[1] = '\0';
			n = 1;
		} else {
			piece = charset_degrade(c);
			n = strlen(piece);
			if (strcmp(piece, "?") == 0) {
				locale_t	old = uselocale(utf8_locale());

				c = (uint32_t)towlower((wint_t)c);
				(void)uselocale(old);
				n = utf8_put(c, own);
				piece = own;
			}
		}
		if (at + n >= size) {
			return false;
		}
		for (size_t i = 0; i < n; i++) {
			char	b = piece[i];

			dst[at++] = (char)(b >= 'A' && b <= 'Z' ? b + 32 : b);
		}
		dst[at] = '\0';
	}
	return true;
}
