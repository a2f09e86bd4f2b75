/* SPDX-License-Identifier: ISC */
/* Slips: built by calls, kept as lines of text, read back by the drivers. */
#include "shop/slip.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define SLIP_HEAD	"slip 1\n"

static const char *const slip_words[SLIP_OP_COUNT] = {
#define X(id, word) [SLIP_OP_##id] = word,
	SLIP_OPS(X)
#undef X
};

/* A letter for each style bit, in the order of the bits. */
static const char slip_styles[] = "bwhxrus";
static const char slip_aligns[] = "lcr";
static const char slip_corrections[] = "LMQH";

static void
slip_begin(struct slip *slip, enum slip_kind kind)
{
	if (slip->text.len == 0) {
		buf_str(&slip->text, SLIP_HEAD);
	}
	buf_str(&slip->text, slip_words[kind]);
}

static void
slip_put_style(struct slip *slip, unsigned style)
{
	bool	any = false;

	buf_chr(&slip->text, ' ');
	for (size_t i = 0; slip_styles[i] != '\0'; i++) {
		if ((style & (1U << i)) != 0) {
			buf_chr(&slip->text, slip_styles[i]);
			any = true;
		}
	}
	if (!any) {
		buf_chr(&slip->text, '-');
	}
}

/* The text after a separator, without what would break the line. */
static void
slip_put_text(struct slip *slip, char before, const char *text)
{
	size_t	size = strlen(text) + 1;
	char	*clean = xmalloc(size);

	(void)utf8_clean(clean, size, text);
	buf_chr(&slip->text, before);
	buf_str(&slip->text, clean);
	free(clean);
}

static void
slip_end(struct slip *slip)
{
	buf_chr(&slip->text, '\n');
}

void
slip_add(struct slip *slip, const struct slip *more)
{
	size_t	head = sizeof(SLIP_HEAD) - 1;

	if (more->text.len > head) {
		if (slip->text.len == 0) {
			buf_str(&slip->text, SLIP_HEAD);
		}
		buf_add(&slip->text, more->text.data + head,
		    more->text.len - head);
	}
}

static int
slip_bound(int n, int min, int max)
{
	return n < min ? min : n > max ? max : n;
}

void
slip_done(struct slip *slip)
{
	buf_done(&slip->text);
}

const char *
slip_stored(struct slip *slip)
{
	if (slip->text.len == 0) {
		buf_str(&slip->text, SLIP_HEAD);
	}
	return buf_text(&slip->text);
}

void
slip_text(struct slip *slip, enum slip_align align, unsigned style,
    const char *text)
{
	slip_begin(slip, SLIP_OP_TEXT);
	buf_chr(&slip->text, ' ');
	buf_chr(&slip->text, slip_aligns[align]);
	slip_put_style(slip, style);
	slip_put_text(slip, ' ', text);
	slip_end(slip);
}

void
slip_fmt(struct slip *slip, enum slip_align align, unsigned style,
    const char *fmt, ...)
{
	va_list	ap;
	char	text[1024];

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	slip_text(slip, align, style, text);
}

void
slip_columns(struct slip *slip, unsigned style, const char *left,
    const char *right)
{
	slip_begin(slip, SLIP_OP_COLUMNS);
	slip_put_style(slip, style);
	slip_put_text(slip, ' ', left);
	slip_put_text(slip, '\t', right);
	slip_end(slip);
}

void
slip_row(struct slip *slip, unsigned style, size_t n, const int *widths,
    const char *const *cells)
{
	n = n > SLIP_CELLS ? SLIP_CELLS : n;
	if (n == 0) {
		return;
	}
	slip_begin(slip, SLIP_OP_ROW);
	slip_put_style(slip, style);
	for (size_t i = 0; i < n; i++) {
		buf_fmt(&slip->text, "%c%d", i == 0 ? ' ' : ',',
		    slip_bound(widths[i], 0, 99));
	}
	for (size_t i = 0; i < n; i++) {
		slip_put_text(slip, i == 0 ? ' ' : '\t', cells[i]);
	}
	slip_end(slip);
}

void
slip_rule(struct slip *slip, char c)
{
	slip_begin(slip, SLIP_OP_RULE);
	buf_fmt(&slip->text, " %c", c > ' ' && c < 0x7f ? c : '-');
	slip_end(slip);
}

void
slip_feed(struct slip *slip, int lines)
{
	slip_begin(slip, SLIP_OP_FEED);
	buf_fmt(&slip->text, " %d", slip_bound(lines, 1, 50));
	slip_end(slip);
}

static bool
slip_ean13_good(const char *digits)
{
	int	sum = 0;

	if (strlen(digits) != 13 || strspn(digits, "0123456789") != 13) {
		return false;
	}
	for (int i = 0; i < 13; i++) {
		sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
	}
	return sum % 10 == 0;
}

static bool
slip_code128_good(const char *text)
{
	size_t	n = strlen(text);

	for (size_t i = 0; i < n; i++) {
		if (text[i] < ' ' || text[i] > '~') {
			return false;
		}
	}
	return n >= 1 && n <= SLIP_CODE128;
}

int
slip_ean13(struct slip *slip, const char *digits)
{
	if (!slip_ean13_good(digits)) {
		return err_set(ERR_INVALID, _("%.20s is no EAN-13 bar code"),
		    digits);
	}
	slip_begin(slip, SLIP_OP_EAN13);
	slip_put_text(slip, ' ', digits);
	slip_end(slip);
	return 0;
}

int
slip_code128(struct slip *slip, const char *text)
{
	if (!slip_code128_good(text)) {
		return err_set(ERR_INVALID,
		    _("a Code 128 bar code takes 1 to %d ASCII characters"),
		    SLIP_CODE128);
	}
	slip_begin(slip, SLIP_OP_CODE128);
	slip_put_text(slip, ' ', text);
	slip_end(slip);
	return 0;
}

int
slip_qr(struct slip *slip, int size, char ec, const char *text)
{
	if (*text == '\0' || strlen(text) > SLIP_QR || !utf8_is_clean(text)) {
		return err_set(ERR_INVALID,
		    _("a QR code takes 1 to %d bytes of text"), SLIP_QR);
	}
	slip_begin(slip, SLIP_OP_QR);
	buf_fmt(&slip->text, " %d %c", slip_bound(size, 1, 16),
	    ec != '\0' && strchr(slip_corrections, ec) != NULL ? ec : 'M');
	slip_put_text(slip, ' ', text);
	slip_end(slip);
	return 0;
}

int
slip_logo(struct slip *slip, int width, int height, const unsigned char *rows)
{
	size_t	 len;
	char	*hex;

	if (width < 1 || width > SLIP_LOGO_DOTS || height < 1 ||
	    height > SLIP_LOGO_ROWS) {
		return err_set(ERR_INVALID,
		    _("a logo is at most %d dots wide and %d high"),
		    SLIP_LOGO_DOTS, SLIP_LOGO_ROWS);
	}
	len = (size_t)((width + 7) / 8) * (size_t)height;
	hex = xmalloc(2 * len + 1);
	str_hex(rows, len, hex);
	slip_begin(slip, SLIP_OP_LOGO);
	buf_fmt(&slip->text, " %d %d %s", width, height, hex);
	slip_end(slip);
	free(hex);
	return 0;
}

void
slip_cut(struct slip *slip, bool full)
{
	slip_begin(slip, SLIP_OP_CUT);
	buf_str(&slip->text, full ? " full" : " part");
	slip_end(slip);
}

void
slip_drawer(struct slip *slip, int pin, int on_ms, int off_ms)
{
	slip_begin(slip, SLIP_OP_DRAWER);
	buf_fmt(&slip->text, " %d %d %d", pin == 5 ? 5 : 2,
	    slip_bound(on_ms == 0 ? 120 : on_ms, 2, SLIP_DRAWER_MS),
	    slip_bound(off_ms == 0 ? 240 : off_ms, 2, SLIP_DRAWER_MS));
	slip_end(slip);
}

void
slip_buzz(struct slip *slip, int times, int ms)
{
	slip_begin(slip, SLIP_OP_BUZZ);
	buf_fmt(&slip->text, " %d %d", slip_bound(times, 1, 9),
	    slip_bound(ms, 100, 900));
	slip_end(slip);
}

/* The least and most of each number of a sheet, in the order of its struct. */
static const int	slip_sheet_bounds[SLIP_NUMBERS][2] = {
	{ 1, SLIP_SHEET_MOST }, { 1, SLIP_SHEET_MOST },
	{ 50, SLIP_SHEET_SIDE }, { 50, SLIP_SHEET_SIDE },
	{ -SLIP_SHEET_SIDE, SLIP_SHEET_SIDE },
	{ -SLIP_SHEET_SIDE, SLIP_SHEET_SIDE },
	{ 0, SLIP_SHEET_SIDE }, { 0, SLIP_SHEET_SIDE },
	{ 0, SLIP_SHEET_MOST * SLIP_SHEET_MOST - 1 },
};

int
slip_sheet(struct slip *slip, const struct slip_sheet *sheet)
{
	const int	n[SLIP_NUMBERS] = {
		sheet->across, sheet->down, sheet->width, sheet->height,
		sheet->left, sheet->top, sheet->beside, sheet->below,
		sheet->skip,
	};

	for (size_t i = 0; i < SLIP_NUMBERS; i++) {
		if (n[i] < slip_sheet_bounds[i][0] ||
		    n[i] > slip_sheet_bounds[i][1]) {
			return err_set(ERR_RANGE, _("a sheet has 1 to %d "
			    "labels a side, each of 5 to 400 mm"),
			    SLIP_SHEET_MOST);
		}
	}
	if (sheet->skip >= sheet->across * sheet->down) {
		return err_set(ERR_RANGE, _("the sheet has %d labels"),
		    sheet->across * sheet->down);
	}
	slip_begin(slip, SLIP_OP_SHEET);
	for (size_t i = 0; i < SLIP_NUMBERS; i++) {
		buf_fmt(&slip->text, " %d", n[i]);
	}
	slip_end(slip);
	return 0;
}

/*
 * Reading.  Each helper takes its word off the line at *at; false when the
 * word is not what it should be.
 */
static char *
slip_word(char **at)
{
	char	*word = *at, *end = strchr(word, ' ');

	if (end == NULL) {
		*at += strlen(word);
	} else {
		*end = '\0';
		*at = end + 1;
	}
	return word;
}

static bool
slip_take_int(char **at, int min, int max, int *out)
{
	int64_t	n;

	if (str_to_i64(slip_word(at), min, max, &n) != 0) {
		return false;
	}
	*out = (int)n;
	return true;
}

static bool
slip_take_style(char **at, unsigned *style)
{
	const char	*word = slip_word(at), *bit;

	*style = 0;
	if (strcmp(word, "-") == 0) {
		return true;
	}
	if (*word == '\0') {
		return false;
	}
	for (; *word != '\0'; word++) {
		if ((bit = strchr(slip_styles, *word)) == NULL) {
			return false;
		}
		*style |= 1U << (bit - slip_styles);
	}
	return true;
}

static bool
slip_take_letter(char **at, const char *among, int *index)
{
	const char	*word = slip_word(at), *found;

	if (word[0] == '\0' || word[1] != '\0' ||
	    (found = strchr(among, word[0])) == NULL) {
		return false;
	}
	*index = (int)(found - among);
	return true;
}

/* "0,9,8" into op->width. */
static bool
slip_take_widths(char **at, struct slip_op *op)
{
	char	*word = slip_word(at), *next;
	int64_t	 n;
	size_t	 count = 0;

	for (; word != NULL; word = next) {
		if ((next = strchr(word, ',')) != NULL) {
			*next++ = '\0';
		}
		if (count == SLIP_CELLS || str_to_i64(word, 0, 99, &n) != 0) {
			return false;
		}
		op->width[count++] = (int)n;
	}
	op->ncell = count;
	return true;
}

/* The rest of the line at its tabs: exactly `want` cells. */
static bool
slip_take_cells(char *at, struct slip_op *op, size_t want)
{
	size_t	count = 0;

	for (; at != NULL; count++) {
		char	*tab = strchr(at, '\t');

		if (count == want) {
			return false;
		}
		if (tab != NULL) {
			*tab++ = '\0';
		}
		op->cell[count] = at;
		at = tab;
	}
	op->ncell = count;
	return count == want;
}

static int
slip_hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' :
	    c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Hexadecimal rows, decoded in place: two characters make one byte. */
static bool
slip_take_rows(char *at, struct slip_op *op)
{
	size_t	len = (size_t)((op->n[0] + 7) / 8) * (size_t)op->n[1];

	if (strlen(at) != 2 * len) {
		return false;
	}
	for (size_t i = 0; i < len; i++) {
		int	high = slip_hex_digit(at[2 * i]);
		int	low = slip_hex_digit(at[2 * i + 1]);

		if (high < 0 || low < 0) {
			return false;
		}
		at[i] = (char)(high * 16 + low);
	}
	op->data = (const unsigned char *)at;
	op->len = len;
	return true;
}

static bool
slip_parse_text(struct slip_op *op, char *at)
{
	int	align = 0;

	if (op->kind == SLIP_OP_TEXT) {
		if (!slip_take_letter(&at, slip_aligns, &align)) {
			return false;
		}
		op->align = (enum slip_align)align;
	}
	if (!slip_take_style(&at, &op->style)) {
		return false;
	}
	switch (op->kind) {
	case SLIP_OP_COLUMNS:
		return slip_take_cells(at, op, 2);
	case SLIP_OP_ROW:
		return slip_take_widths(&at, op) &&
		    slip_take_cells(at, op, op->ncell);
	default:
		return slip_take_cells(at, op, 1);
	}
}

static bool
slip_parse_code(struct slip_op *op, char *at)
{
	int	i;

	op->cell[0] = at;
	op->ncell = 1;
	switch (op->kind) {
	case SLIP_OP_EAN13:
		return slip_ean13_good(at);
	case SLIP_OP_CODE128:
		return slip_code128_good(at);
	case SLIP_OP_QR:
		if (!slip_take_int(&at, 1, 16, &op->n[0]) ||
		    !slip_take_letter(&at, slip_corrections, &i)) {
			return false;
		}
		op->sign = slip_corrections[i];
		op->cell[0] = at;
		return *at != '\0' && strlen(at) <= SLIP_QR;
	default:
		return slip_take_int(&at, 1, SLIP_LOGO_DOTS, &op->n[0]) &&
		    slip_take_int(&at, 1, SLIP_LOGO_ROWS, &op->n[1]) &&
		    slip_take_rows(at, op);
	}
}

static bool
slip_parse_sheet(struct slip_op *op, char *at)
{
	for (size_t i = 0; i < SLIP_NUMBERS; i++) {
		if (!slip_take_int(&at, slip_sheet_bounds[i][0],
		    slip_sheet_bounds[i][1], &op->n[i])) {
			return false;
		}
	}
	return op->n[8] < op->n[0] * op->n[1];
}

static bool
slip_parse_act(struct slip_op *op, char *at)
{
	const char	*word;

	switch (op->kind) {
	case SLIP_OP_RULE:
		op->sign = at[0];
		return at[0] > ' ' && at[0] < 0x7f && at[1] == '\0';
	case SLIP_OP_FEED:
		return slip_take_int(&at, 1, 50, &op->n[0]);
	case SLIP_OP_CUT:
		word = slip_word(&at);
		op->n[0] = strcmp(word, "full") == 0;
		return op->n[0] == 1 || strcmp(word, "part") == 0;
	case SLIP_OP_DRAWER:
		return slip_take_int(&at, 2, 5, &op->n[0]) &&
		    slip_take_int(&at, 2, SLIP_DRAWER_MS, &op->n[1]) &&
		    slip_take_int(&at, 2, SLIP_DRAWER_MS, &op->n[2]);
	default:
		return slip_take_int(&at, 1, 9, &op->n[0]) &&
		    slip_take_int(&at, 100, 900, &op->n[1]);
	}
}

static bool
slip_parse(struct slip_op *op, char *at)
{
	const char	*word = slip_word(&at);
	size_t		 kind;

	for (kind = 0; kind < SLIP_OP_COUNT; kind++) {
		if (strcmp(slip_words[kind], word) == 0) {
			break;
		}
	}
	op->kind = (enum slip_kind)kind;
	switch (op->kind) {
	case SLIP_OP_TEXT:
	case SLIP_OP_COLUMNS:
	case SLIP_OP_ROW:
		return slip_parse_text(op, at);
	case SLIP_OP_EAN13:
	case SLIP_OP_CODE128:
	case SLIP_OP_QR:
	case SLIP_OP_LOGO:
		return slip_parse_code(op, at);
	case SLIP_OP_SHEET:
		return slip_parse_sheet(op, at);
	case SLIP_OP_COUNT:
		return false;
	default:
		return slip_parse_act(op, at);
	}
}

int
slip_read(struct slip_reader *reader, struct slip_op *op)
{
	const char	*end;

	*op = (struct slip_op){ 0 };
	if (!reader->begun) {
		if (!str_starts(reader->at, SLIP_HEAD)) {
			return err_set(ERR_INVALID,
			    _("this is no slip of a version known here"));
		}
		reader->at += strlen(SLIP_HEAD);
		reader->begun = true;
	}
	if (*reader->at == '\0') {
		return 0;
	}
	end = strchrnul(reader->at, '\n');
	buf_clear(&reader->line);
	buf_add(&reader->line, reader->at, (size_t)(end - reader->at));
	reader->at = *end == '\0' ? end : end + 1;
	if (!slip_parse(op, reader->line.data)) {
		return err_set(ERR_INVALID, _("a line of the slip is damaged"));
	}
	return 1;
}

void
slip_read_done(struct slip_reader *reader)
{
	buf_done(&reader->line);
}
