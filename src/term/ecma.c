/* SPDX-License-Identifier: ISC */
/* Cells wanted, cells sent, and what to say in between. */
#include "term/ecma.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define GAP	4	/* so many are sent again rather than passed over */
#define ERASE	4	/* so many bytes are dearer than to erase them */

/* Columns that may differ; from == to: none. */
struct ecma_span {
	int			 from, to;
};

struct ecma {
	bool			 utf8;
	int			 rows, cols;
	struct ecma_cell	*want, *sent;
	struct ecma_span	*touched;	/* of each row */
	bool			 forgotten;
	/* What the terminal is left with; row -1: somewhere. */
	int			 row, col;
	enum style		 style;
	struct buf		 out;
	char			 sgr[STYLE_COUNT][16];
	enum style		 like[STYLE_COUNT];	/* looks the same */
	bool			 solid[STYLE_COUNT];	/* seen on a blank */
};

static const struct ecma_cell	ecma_none = { .c = ' ', .cols = 1 };

/* ---- cells -------------------------------------------------------------- */

static void
ecma_clean(struct ecma_cell *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		cells[i] = ecma_none;
	}
}

struct ecma *
ecma_new(bool utf8, int rows, int cols)
{
	struct ecma	*e = xcalloc(1, sizeof(*e));

	e->utf8 = utf8;
	ecma_resize(e, rows, cols);
	return e;
}

void
ecma_free(struct ecma *e)
{
	if (e == NULL) {
		return;
	}
	free(e->want);
	free(e->sent);
	free(e->touched);
	buf_done(&e->out);
	free(e);
}

void
ecma_resize(struct ecma *e, int rows, int cols)
{
	size_t	n = (size_t)rows * (size_t)cols;

	e->rows = rows;
	e->cols = cols;
	e->want = xrealloc(e->want, n, sizeof(*e->want));
	e->sent = xrealloc(e->sent, n, sizeof(*e->sent));
	e->touched = xrealloc(e->touched, (size_t)rows, sizeof(*e->touched));
	memset(e->touched, 0, (size_t)rows * sizeof(*e->touched));
	ecma_clean(e->want, n);
	ecma_forget(e);
}

void
ecma_look(struct ecma *e, enum style style, const char *sgr)
{
	(void)str_copy(e->sgr[style], sizeof(e->sgr[style]), sgr);
	e->solid[style] = strchr(sgr, '7') != NULL;
	e->like[style] = style;
	for (int i = STYLE_COUNT - 1; i >= 0; i--) {
		if (strcmp(e->sgr[i], sgr) == 0) {
			e->like[style] = (enum style)i;
		}
	}
}

static struct ecma_cell *
ecma_at(const struct ecma *e, struct ecma_cell *cells, int row, int col)
{
	return &cells[(size_t)row * (size_t)e->cols + (size_t)col];
}

static void
ecma_touch(struct ecma *e, int row, int from, int to)
{
	struct ecma_span	*span = &e->touched[row];

	if (span->from == span->to) {
		*span = (struct ecma_span){ from, to };
		return;
	}
	span->from = from < span->from ? from : span->from;
	span->to = to > span->to ? to : span->to;
}

/* No character reaches over the left edge of this column. */
static void
ecma_part(struct ecma *e, int row, int col)
{
	struct ecma_cell	*at;

	if (col <= 0 || col >= e->cols) {
		return;
	}
	at = ecma_at(e, e->want, row, col);
	if (at->cols == 0) {
		at[-1] = at[0] = ecma_none;
		ecma_touch(e, row, col - 1, col + 1);
	}
}

void
ecma_blank(struct ecma *e, int row, int col, int n)
{
	if (row < 0 || row >= e->rows || col < 0 || col >= e->cols) {
		return;
	}
	if (n > e->cols - col) {
		n = e->cols - col;
	}
	ecma_part(e, row, col);
	ecma_part(e, row, col + n);
	ecma_clean(ecma_at(e, e->want, row, col), (size_t)n);
	ecma_touch(e, row, col, col + n);
}

static void
ecma_combine(struct ecma *e, int row, int col, uint32_t c)
{
	struct ecma_cell	*at;

	if (col == 0) {
		return;
	}
	at = ecma_at(e, e->want, row, col - 1);
	if (at->cols == 0) {
		at--;
	}
	at->mark[at->mark[0] == 0 ? 0 : 1] = c;
	ecma_touch(e, row, col > 1 ? col - 2 : 0, col);
}

/* What cannot be seen is no difference. */
static inline void
ecma_set(const struct ecma *e, struct ecma_cell *cell, uint32_t c, int cols,
    enum style style)
{
	*cell = (struct ecma_cell){ .c = c, .cols = (uint16_t)cols,
		.style = (uint16_t)(c == ' ' && !e->solid[style] ?
		STYLE_NORMAL : e->like[style]) };
}

void
ecma_put(struct ecma *e, int row, int col, uint32_t c, int cols,
    enum style style)
{
	struct ecma_cell	*at;

	if (row < 0 || row >= e->rows || col < 0 || col + cols > e->cols) {
		return;
	}
	if (cols == 0) {
		ecma_combine(e, row, col, c);
		return;
	}
	ecma_part(e, row, col);
	ecma_part(e, row, col + cols);
	at = ecma_at(e, e->want, row, col);
	ecma_set(e, at, c, cols, style);
	if (cols == 2) {
		at[1] = (struct ecma_cell){ .style = at->style };
	}
	ecma_touch(e, row, col, col + cols);
}

int
ecma_ascii(struct ecma *e, int row, int col, int most, enum style style,
    const char *text)
{
	struct ecma_cell	*at;
	int			 n = 0;

	if (row < 0 || row >= e->rows || col < 0 || col >= e->cols) {
		return 0;
	}
	most = most < e->cols - col ? most : e->cols - col;
	while (n < most && text[n] >= ' ' && text[n] <= '~') {
		n++;
	}
	if (n == 0) {
		return 0;
	}
	ecma_part(e, row, col);
	ecma_part(e, row, col + n);
	at = ecma_at(e, e->want, row, col);
	for (int i = 0; i < n; i++) {
		ecma_set(e, &at[i], (uint32_t)text[i], 1, style);
	}
	ecma_touch(e, row, col, col + n);
	return n;
}

const struct ecma_cell *
ecma_cells(const struct ecma *e, int row)
{
	return ecma_at(e, e->want, row, 0);
}

void
ecma_forget(struct ecma *e)
{
	e->forgotten = true;
}

/* ---- bytes -------------------------------------------------------------- */

static void
ecma_number(struct ecma *e, int n)
{
	char	digits[12];
	size_t	at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n > 0);
	buf_add(&e->out, digits + at, sizeof(digits) - at);
}

static void
ecma_move(struct ecma *e, int row, int col)
{
	if (row == e->row && col == e->col - 1) {
		buf_chr(&e->out, '\b');
	} else if (row == e->row) {
		if (col < e->col) {
			buf_chr(&e->out, '\r');
			e->col = 0;
		}
		if (col > e->col) {
			buf_str(&e->out, "\033[");
			if (col > e->col + 1) {
				ecma_number(e, col - e->col);
			}
			buf_chr(&e->out, 'C');
		}
	} else {
		buf_str(&e->out, "\033[");
		ecma_number(e, row + 1);
		if (col > 0) {
			buf_chr(&e->out, ';');
			ecma_number(e, col + 1);
		}
		buf_chr(&e->out, 'H');
	}
	e->row = row;
	e->col = col;
}

static void
ecma_turn(struct ecma *e, enum style style)
{
	bool	plain = e->sgr[e->style][0] == '\0';

	if (style == e->style) {
		return;
	}
	e->style = style;
	buf_str(&e->out, "\033[");
	if (e->sgr[style][0] != '\0') {
		buf_str(&e->out, plain ? "" : "0;");
		buf_str(&e->out, e->sgr[style]);
	}
	buf_chr(&e->out, 'm');
}

static bool
ecma_same(const struct ecma_cell *a, const struct ecma_cell *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

/* It can be sent without turning to another style. */
static bool
ecma_smooth(const struct ecma *e, const struct ecma_cell *cell)
{
	return cell->style == e->style || (cell->c == ' ' &&
	    cell->style == STYLE_NORMAL && !e->solid[e->style]);
}

static void
ecma_char(struct ecma *e, uint32_t c)
{
	char	enc[5];

	if (c < 0x80 || !e->utf8) {
		buf_chr(&e->out, (char)(unsigned char)c);
	} else {
		buf_add(&e->out, enc, utf8_put(c, enc));
	}
}

static void
ecma_cell(struct ecma *e, int row, int col, const struct ecma_cell *cell)
{
	if (row != e->row || col != e->col) {
		ecma_move(e, row, col);
	}
	if (!ecma_smooth(e, cell)) {
		ecma_turn(e, (enum style)cell->style);
	}
	ecma_char(e, cell->c);
	for (size_t i = 0; i < NELEM(cell->mark) && cell->mark[i] != 0; i++) {
		ecma_char(e, cell->mark[i]);
	}
	e->col += cell->cols;
	if (e->col >= e->cols) {
		e->row = -1;	/* beyond the edge: terminals differ */
	}
}

/* Cells from `from` on that stand as they are to stand, before `end`. */
static int
ecma_run(const struct ecma_cell *want, const struct ecma_cell *sent, int from,
    int end)
{
	int	n = 0;

	while (from + n < end && ecma_same(&want[from + n],
	    &sent[from + n])) {
		n++;
	}
	return n;
}

static bool
ecma_all_smooth(const struct ecma *e, const struct ecma_cell *cells, int n)
{
	while (n > 0 && ecma_smooth(e, &cells[n - 1])) {
		n--;
	}
	return n == 0;
}

static bool
ecma_is_blank(const struct ecma_cell *cell)
{
	return ecma_same(cell, &ecma_none);
}

/*
 * Where the rest of a row is best erased before what belongs there is sent:
 * where several cells are to be blank, if from there on more are that are not
 * than others would have to be sent again.  `end` when nowhere.
 */
static int
ecma_erase_at(const struct ecma *e, const struct ecma_cell *want,
    const struct ecma_cell *sent, int from, int end)
{
	int	at = end, gain = 0, blanks = 0, last = end + ERASE - 1;

	for (int i = from; i < e->cols && i < last && at == end; i++) {
		blanks = ecma_is_blank(&want[i]) ? blanks + 1 : 0;
		if (blanks == ERASE) {
			at = i - ERASE + 1;
		}
	}
	for (int i = at; i < e->cols && at < end; i++) {
		if (ecma_is_blank(&want[i])) {
			gain += !ecma_is_blank(&sent[i]);
		} else {
			gain -= ecma_same(&want[i], &sent[i]);
		}
	}
	return gain >= ERASE ? at : end;
}

/* What differs in [from, end) of a row. */
static void
ecma_part_out(struct ecma *e, int row, int from, int end)
{
	const struct ecma_cell	*want = ecma_at(e, e->want, row, 0);
	struct ecma_cell	*sent = ecma_at(e, e->sent, row, 0);
	int			 n;

	for (int i = from; i < end; i += n) {
		n = ecma_run(want, sent, i, end);
		if (n > 0 && (n > GAP || i + n == end || i == from ||
		    !ecma_all_smooth(e, &want[i], n))) {
			continue;
		}
		ecma_cell(e, row, i, &want[i]);
		n = want[i].cols > 0 ? want[i].cols : 1;
	}
	memcpy(sent + from, want + from, (size_t)(end - from) *
	    sizeof(*sent));
}

static void
ecma_row(struct ecma *e, int row)
{
	const struct ecma_cell	*want = ecma_at(e, e->want, row, 0);
	struct ecma_cell	*sent = ecma_at(e, e->sent, row, 0);
	int			 from = e->touched[row].from;
	int			 end = e->touched[row].to, erase;

	from += ecma_run(want, sent, from, end);
	while (end > from && ecma_same(&want[end - 1], &sent[end - 1])) {
		end--;
	}
	erase = ecma_erase_at(e, want, sent, from, end);
	ecma_part_out(e, row, from, erase);
	if (erase < end) {
		if (e->solid[e->style]) {
			ecma_turn(e, STYLE_NORMAL);
		}
		if (row != e->row || erase != e->col) {
			ecma_move(e, row, erase);
		}
		buf_str(&e->out, "\033[K");
		ecma_clean(sent + erase, (size_t)(e->cols - erase));
		ecma_part_out(e, row, erase, e->cols);
	}
}

/* As good as nothing is known: nothing is there. */
static void
ecma_begin(struct ecma *e)
{
	buf_str(&e->out, "\033[m\033[H\033[2J");
	e->forgotten = false;
	e->row = e->col = 0;
	e->style = STYLE_NORMAL;
	ecma_clean(e->sent, (size_t)e->rows * (size_t)e->cols);
	for (int i = 0; i < e->rows; i++) {
		ecma_touch(e, i, 0, e->cols);
	}
}

struct buf *
ecma_bytes(struct ecma *e, int row, int col)
{
	buf_clear(&e->out);
	if (e->forgotten) {
		ecma_begin(e);
	}
	for (int i = 0; i < e->rows; i++) {
		if (e->touched[i].from < e->touched[i].to) {
			ecma_row(e, i);
			e->touched[i] = (struct ecma_span){ 0 };
		}
	}
	ecma_turn(e, STYLE_NORMAL);
	if (row >= 0 && (row != e->row || col != e->col)) {
		ecma_move(e, row, col);
	}
	return &e->out;
}
