/* SPDX-License-Identifier: ISC */
/* What terminals and printers can show, and the own table that degrades the
 * rest: iconv's //TRANSLIT changes with the locale, a receipt must not. */
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

static const char *const charset_names[CHARSET_COUNT] = {
#define X(id, name, iconv) [CHARSET_##id] = name,
	CHARSETS(X)
#undef X
};

static const char *const charset_iconv[CHARSET_COUNT] = {
#define X(id, name, iconv) [CHARSET_##id] = iconv,
	CHARSETS(X)
#undef X
};

/* The upper half of each set as characters, filled once from iconv. */
static uint16_t charset_upper[CHARSET_COUNT][128];
static bool charset_filled[CHARSET_COUNT];

/* U+00A0 to U+017F in ASCII. */
static const char *const charset_latin[] = {
	" ", "!", "c", "GBP", "?", "JPY", "|", "S", "\"", "(c)", "a", "<<",
	"!", "-", "(r)", "-", "o", "+/-", "2", "3", "'", "u", "P", ".",
	",", "1", "o", ">>", "1/4", "1/2", "3/4", "?",
	"A", "A", "A", "A", "A", "A", "AE", "C", "E", "E", "E", "E",
	"I", "I", "I", "I", "D", "N", "O", "O", "O", "O", "O", "x",
	"O", "U", "U", "U", "U", "Y", "TH", "ss",
	"a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e",
	"i", "i", "i", "i", "d", "n", "o", "o", "o", "o", "o", "/",
	"o", "u", "u", "u", "u", "y", "th", "y",
	"A", "a", "A", "a", "A", "a", "C", "c", "C", "c", "C", "c",
	"C", "c", "D", "d", "D", "d", "E", "e", "E", "e", "E", "e",
	"E", "e", "E", "e", "G", "g", "G", "g",
	"G", "g", "G", "g", "H", "h", "H", "h", "I", "i", "I", "i",
	"I", "i", "I", "i", "I", "i", "IJ", "ij", "J", "j", "K", "k",
	"k", "L", "l", "L", "l", "L", "l", "L",
	"l", "L", "l", "N", "n", "N", "n", "N", "n", "'n", "N", "n",
	"O", "o", "O", "o", "O", "o", "OE", "oe", "R", "r", "R", "r",
	"R", "r", "S", "s", "S", "s", "S", "s",
	"S", "s", "T", "t", "T", "t", "T", "t", "U", "u", "U", "u",
	"U", "u", "U", "u", "U", "u", "U", "u", "W", "w", "Y", "y",
	"Y", "Z", "z", "Z", "z", "Z", "z", "s",
};
_Static_assert(NELEM(charset_latin) == 0x180 - 0xa0, "one entry a character");

static const struct {
	uint32_t	 c;
	const char	*ascii;
} charset_other[] = {
	{ 0x2002, " " }, { 0x2003, " " }, { 0x2009, " " }, { 0x200b, "" },
	{ 0x2010, "-" }, { 0x2011, "-" }, { 0x2012, "-" }, { 0x2013, "-" },
	{ 0x2014, "-" }, { 0x2015, "-" }, { 0x2018, "'" }, { 0x2019, "'" },
	{ 0x201a, "," }, { 0x201b, "'" }, { 0x201c, "\"" }, { 0x201d, "\"" },
	{ 0x201e, "\"" }, { 0x2020, "+" }, { 0x2022, "*" }, { 0x2026, "..." },
	{ 0x202f, " " }, { 0x2030, "o/oo" }, { 0x2032, "'" }, { 0x2039, "<" },
	{ 0x203a, ">" }, { 0x20ac, "EUR" }, { 0x2122, "TM" }, { 0x2190, "<-" },
	{ 0x241d, "|" },
	{ 0x2192, "->" }, { 0x2212, "-" }, { 0x2500, "-" }, { 0x2502, "|" },
	{ 0x250c, "+" }, { 0x2510, "+" }, { 0x2514, "+" }, { 0x2518, "+" },
	{ 0x251c, "+" }, { 0x2524, "+" }, { 0x252c, "+" }, { 0x2534, "+" },
	{ 0x253c, "+" }, { 0x2550, "=" }, { 0x2588, "#" }, { 0x2713, "v" },
	{ 0xfeff, "" }, { 0xfb01, "fi" }, { 0xfb02, "fl" },
};

static void
charset_fill(enum charset set)
{
	iconv_t	cd;

	charset_filled[set] = true;
	if (charset_iconv[set] == NULL) {
		return;
	}
	cd = iconv_open("UTF-8", charset_iconv[set]);
	if (cd == (iconv_t)-1) {
		return;		/* everything degrades to ASCII */
	}
	for (int i = 0; i < 128; i++) {
		char		 in = (char)(i + 128), out[8] = { 0 };
		char		*pin = &in, *pout = out;
		size_t		 nin = 1, nout = sizeof(out) - 1;
		const char	*p = out;

		(void)iconv(cd, NULL, NULL, NULL, NULL);
		if (iconv(cd, &pin, &nin, &pout, &nout) != (size_t)-1) {
			charset_upper[set][i] = (uint16_t)utf8_next(&p);
		}
	}
	(void)iconv_close(cd);
}

int
charset_find(const char *name, enum charset *out)
{
	*out = CHARSET_ASCII;
	for (size_t i = 0; i < CHARSET_COUNT; i++) {
		if (strcmp(charset_names[i], name) == 0) {
			*out = (enum charset)i;
			return 0;
		}
	}
	return err_set(ERR_NOT_FOUND,
	    _("no character set %.20s; use utf8, latin9, latin1 or ascii"),
	    name);
}

const char *
charset_name(enum charset set)
{
	return set < CHARSET_COUNT ? charset_names[set] : "ascii";
}

int
charset_byte(enum charset set, uint32_t c)
{
	if (c < 0x80) {
		return (int)c;
	}
	if (set >= CHARSET_COUNT || c > 0xffff) {
		return -1;
	}
	if (!charset_filled[set]) {
		charset_fill(set);
	}
	for (int i = 0; i < 128; i++) {
		if (charset_upper[set][i] == c) {
			return i + 128;
		}
	}
	return -1;
}

uint32_t
charset_char(enum charset set, unsigned char byte)
{
	if (byte < 0x80) {
		return byte;
	}
	if (set >= CHARSET_COUNT) {
		return UTF8_BAD;
	}
	if (!charset_filled[set]) {
		charset_fill(set);
	}
	return charset_upper[set][byte - 128] == 0 ? UTF8_BAD :
	    charset_upper[set][byte - 128];
}

const char *
charset_degrade(uint32_t c)
{
	static char	one[2];

	if (c < 0x80) {
		one[0] = (char)c;
		return one;
	}
	if (c >= 0xa0 && c < 0x180) {
		return charset_latin[c - 0xa0];
	}
	if (c >= 0x300 && c < 0x370) {
		return "";
	}
	for (size_t i = 0; i < NELEM(charset_other); i++) {
		if (charset_other[i].c == c) {
			return charset_other[i].ascii;
		}
	}
	return "?";
}

void
charset_encode(enum charset set, const char *utf8, struct buf *out)
{
	uint32_t	c;

	while ((c = utf8_next(&utf8)) != 0) {
		int	b = charset_byte(set, c);

		if (set == CHARSET_UTF8 && c >= 0x80) {
			char	enc[5];

			buf_add(out, enc, utf8_put(c, enc));
		} else if (b >= 0) {
			buf_chr(out, (char)b);
		} else {
			buf_str(out, charset_degrade(c));
		}
	}
}

void
charset_fit(enum charset set, const char *utf8, struct buf *out)
{
	uint32_t	c;

	while ((c = utf8_next(&utf8)) != 0) {
		if (set == CHARSET_UTF8 || charset_byte(set, c) >= 0) {
			char	enc[5];

			buf_add(out, enc, utf8_put(c, enc));
		} else {
			buf_str(out, charset_degrade(c));
		}
	}
}
