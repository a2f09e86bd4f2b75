/* SPDX-License-Identifier: ISC */
/* A slip: what a receipt printer shall print, before any printer is known. */
#ifndef SHOP_SLIP_H
#define SHOP_SLIP_H

#include "base/buf.h"

/*
 * A slip is built by the calls below and kept as text, one thing a line (the
 * format is described in comptoir-drivers(7)), so that a print job can wait
 * in the database and be rendered for whatever printer serves it.  Zero-
 * initialise, slip_done() frees.
 */
struct slip {
	struct buf	text;
};

#define SLIP_BOLD	0x01U
#define SLIP_WIDE	0x02U		/* double width: half the columns */
#define SLIP_HIGH	0x04U
#define SLIP_REVERSE	0x08U
#define SLIP_RED	0x10U		/* where the printer has a red ribbon */
#define SLIP_UNDERLINE	0x20U
#define SLIP_SMALL	0x40U		/* the narrow font, more columns */

enum slip_align {
	SLIP_LEFT,
	SLIP_CENTRE,
	SLIP_RIGHT,
};

#define SLIP_CELLS	6		/* most cells in one row */
#define SLIP_CODE128	48		/* most characters in a Code 128 */
#define SLIP_QR		700		/* most bytes in a QR code */
#define SLIP_LOGO_DOTS	640		/* widest logo */
#define SLIP_LOGO_ROWS	512
#define SLIP_DRAWER_MS	510		/* longest pulse */
#define SLIP_NUMBERS	9

void	 slip_done(struct slip *slip);
/* The stored form, borrowed until the slip changes. */
const char *slip_stored(struct slip *slip);
/* All of another one after it. */
void	 slip_add(struct slip *slip, const struct slip *more);

/* One paragraph: wrapped at words where the paper ends.  Control characters
 * and bytes that are no UTF-8 are left out, here and everywhere below. */
void	 slip_text(struct slip *slip, enum slip_align align, unsigned style,
	    const char *text);
void	 slip_fmt(struct slip *slip, enum slip_align align, unsigned style,
	    const char *fmt, ...) PRINTF(4, 5);
/* Left text and right text on one line; the left one is cut, never the right
 * one ("2 Café crème" / "7,00 B"). */
void	 slip_columns(struct slip *slip, unsigned style, const char *left,
	    const char *right);
/*
 * A table row of n cells (<= SLIP_CELLS).  widths[i] == 0: left aligned, what
 * the others leave (one such cell); else right aligned in that many columns.
 * A number is never cut: a row too long for the paper is wrapped, and on a
 * narrow one the left aligned cell has a line of its own rather than none.
 */
void	 slip_row(struct slip *slip, unsigned style, size_t n,
	    const int *widths, const char *const *cells);
/* A line across the paper made of one ASCII character. */
void	 slip_rule(struct slip *slip, char c);
void	 slip_feed(struct slip *slip, int lines);

/* ERR_INVALID when the code cannot be printed: 13 digits with a right check
 * digit; printable ASCII. */
int	 slip_ean13(struct slip *slip, const char *digits) MUST_CHECK;
int	 slip_code128(struct slip *slip, const char *text) MUST_CHECK;
/* size: dots a module, 1..16; ec: 'L' 'M' 'Q' 'H'. */
int	 slip_qr(struct slip *slip, int size, char ec, const char *text)
	    MUST_CHECK;
/* Black and white, rows of (width + 7) / 8 bytes, leftmost dot in the high
 * bit, 1 is black. */
int	 slip_logo(struct slip *slip, int width, int height,
	    const unsigned char *rows) MUST_CHECK;

/*
 * A sheet of labels: what follows, from one cut to the next, goes onto its
 * labels, across and then down.  Lengths in tenths of a millimetre; `skip`
 * labels of the first sheet are used already.  Only a printer of whole pages
 * knows sheets; on a roll one label follows the other.
 */
struct slip_sheet {
	int	across, down;
	int	width, height;		/* of one label */
	int	left, top;		/* to the first; may be below 0 */
	int	beside, below;		/* gaps between two */
	int	skip;
};
#define SLIP_SHEET_SIDE	4000		/* longest side */
#define SLIP_SHEET_MOST	40		/* labels across, or down */
int	 slip_sheet(struct slip *slip, const struct slip_sheet *sheet)
	    MUST_CHECK;

/* Feed past the knife and cut, fully or leaving a point. */
void	 slip_cut(struct slip *slip, bool full);
/* Open the drawer wired to pin 2 or pin 5; 0 ms means the usual 120, 240. */
void	 slip_drawer(struct slip *slip, int pin, int on_ms, int off_ms);
void	 slip_buzz(struct slip *slip, int times, int ms);

/* One thing read back from a stored slip. */
#define SLIP_OPS(X) \
	X(TEXT, "text") X(COLUMNS, "cols") X(ROW, "row") \
	X(RULE, "rule") X(FEED, "feed") X(EAN13, "ean13") \
	X(CODE128, "code128") X(QR, "qr") X(LOGO, "logo") X(CUT, "cut") \
	X(DRAWER, "drawer") X(BUZZ, "buzz") X(SHEET, "sheet")

enum slip_kind {
#define X(id, word) SLIP_OP_##id,
	SLIP_OPS(X)
#undef X
	SLIP_OP_COUNT
};

struct slip_op {
	enum slip_kind	 kind;
	unsigned	 style;
	enum slip_align	 align;
	const char	*cell[SLIP_CELLS];	/* text; left, right; cells */
	int		 width[SLIP_CELLS];
	size_t		 ncell;
	char		 sign;		/* rule's character, QR's correction */
	int		 n[SLIP_NUMBERS];	/* lines; size; width, height;
					 * full; pin, on, off; times, ms; a
					 * sheet in the order of its struct */
	const unsigned char *data;	/* the logo's rows */
	size_t		 len;
};

/* Zero-initialise with `at` on the stored text; slip_read_done() frees. */
struct slip_reader {
	const char	*at;
	struct buf	 line;
	bool		 begun;
};

/* 1 and the next op (its texts live until the next call), 0 at the end,
 * ERR_INVALID when this is no slip. */
int	 slip_read(struct slip_reader *reader, struct slip_op *op) MUST_CHECK;
void	 slip_read_done(struct slip_reader *reader);

#endif
