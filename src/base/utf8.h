/* SPDX-License-Identifier: ISC */
/* Text: bytes, characters, columns kept apart; character sets at the edge. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/buf.h"

#define UTF8_BAD	0xfffdU

/*
 * The character at *s, which moves past it; 0 at the end of the text.  Bytes
 * that are no UTF-8 give UTF8_BAD, one at a time.
 */
uint32_t utf8_next(const char **s);
/* Writes 1..4 bytes and a NUL; the number of bytes. */
size_t	 utf8_put(uint32_t c, char out[static 5]);
/* The whole text is valid UTF-8 without control characters. */
bool	 utf8_is_clean(const char *s);
/* Copies, leaving out control characters and bytes that are no UTF-8;
 * false when it did not fit. */
bool	 utf8_clean(char *dst, size_t size, const char *src);
size_t	 utf8_chars(const char *s);
/* Screen columns of a character (0 combining, 1, or 2 wide), of a text. */
int	 utf8_width(uint32_t c);
int	 utf8_cols(const char *s);
/* Bytes of the longest head of s that fits `cols` columns. */
size_t	 utf8_cut(const char *s, int cols);
/* Byte offset of the character before s[at]; 0 at the start. */
size_t	 utf8_back(const char *s, size_t at);
/* Lower case without accents, ligatures opened, for search and sorting by
 * people ("Crêpe Œuf" -> "crepe oeuf"); false when it did not fit. */
bool	 utf8_fold(char *dst, size_t size, const char *src);

/* Character sets of terminals and printers. */
#define CHARSETS(X) \
	X(UTF8,   "utf8",   NULL) \
	X(ASCII,  "ascii",  NULL) \
	X(LATIN1, "latin1", "ISO-8859-1") \
	X(LATIN9, "latin9", "ISO-8859-15") \
	X(CP437,  "cp437",  "CP437") \
	X(CP850,  "cp850",  "CP850") \
	X(CP858,  "cp858",  "CP858") \
	X(CP1252, "cp1252", "CP1252")

enum charset {
#define X(id, name, iconv) CHARSET_##id,
	CHARSETS(X)
#undef X
	CHARSET_COUNT
};

int	 charset_find(const char *name, enum charset *out) MUST_CHECK;
const char *charset_name(enum charset set);
/* The byte for a character, or -1 when the set lacks it (UTF8: -1 >= 0x80). */
int	 charset_byte(enum charset set, uint32_t c);
/* The character for a byte; UTF8_BAD when it names none. */
uint32_t charset_char(enum charset set, unsigned char byte);
/* What to show when a set lacks the character: ASCII, same meaning ("oe",
 * "EUR"); "?" when nothing is known.  The same in every locale. */
const char *charset_degrade(uint32_t c);
/* Text in the set's bytes, degraded where it must be. */
void	 charset_encode(enum charset set, const char *utf8, struct buf *out);
/* Text in UTF-8 of what the set can show: what a printer or terminal will
 * print, so that columns can be counted on it. */
void	 charset_fit(enum charset set, const char *utf8, struct buf *out);

#endif
