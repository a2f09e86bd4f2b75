/* SPDX-License-Identifier: ISC */
/* The engine between slips and drivers: characters, columns, lines. */
#include "drivers/driver.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define DEV_FEED_TO_TEAR	4	/* lines, where there is no knife */

/*
 * Characters: the page in use, else another page of the model, else words
 * that mean the same.
 */
void
dev_bytes(struct device *dev, const void *bytes, size_t n)
{
	buf_add(dev->out, bytes, n);
}

static int
dev_page_with(const struct driver_setup *setup, uint32_t c, int now)
{
	if (now >= 0 && charset_byte(setup->pages[now].set, c) >= 0) {
		return now;
	}
	for (size_t i = 0; i < setup->npages; i++) {
		if (setup->pages[i].set == CHARSET_UTF8 ||
		    charset_byte(setup->pages[i].set, c) >= 0) {
			return (int)i;
		}
	}
	return -1;
}

static void
dev_set_page(struct device *dev, int page)
{
	if (page != dev->page) {
		dev->page = page;
		if (dev->setup->driver->page != NULL) {
			dev->setup->driver->page(dev,
			    dev->setup->pages[page].number);
		}
	}
}

/* The page is said before the first text of a job, whatever it is: nobody
 * knows what the job before left behind. */
static void
dev_first_page(struct device *dev)
{
	if (dev->page < 0 && dev->setup->npages > 0) {
		dev_set_page(dev, 0);
	}
}

void
dev_text(struct device *dev, const char *utf8)
{
	uint32_t	c;

	dev_first_page(dev);
	while ((c = utf8_next(&utf8)) != 0) {
		int	page = c < 0x80 ? dev->page :
		    dev_page_with(dev->setup, c, dev->page);
		char	enc[5];

		if (c < 0x80) {
			buf_chr(dev->out, (char)c);
		} else if (page < 0) {
			buf_str(dev->out, charset_degrade(c));
		} else if (dev->setup->pages[page].set == CHARSET_UTF8) {
			buf_add(dev->out, enc, utf8_put(c, enc));
		} else {
			dev_set_page(dev, page);
			buf_chr(dev->out, (char)charset_byte(
			    dev->setup->pages[page].set, c));
		}
	}
}

/* What dev_text() will show, in UTF-8, so that columns can be counted. */
static void
dev_fit(const struct device *dev, const char *utf8, struct buf *out)
{
	uint32_t	c;
	char		enc[5];

	buf_clear(out);
	buf_str(out, "");
	while ((c = utf8_next(&utf8)) != 0) {
		if (c < 0x80 || dev_page_with(dev->setup, c, -1) >= 0) {
			buf_add(out, enc, utf8_put(c, enc));
		} else {
			buf_str(out, charset_degrade(c));
		}
	}
}

/*
 * Columns.  A line's place is counted in columns of the usual font; a style
 * says how many characters fit into so many of them, and back.
 */
static bool
dev_has(const struct device *dev, unsigned feature)
{
	return (dev->setup->model->features & feature) != 0;
}

static int
dev_chars(const struct device *dev, unsigned style, int columns)
{
	const struct driver_model	*model = dev->setup->model;

	if ((style & SLIP_SMALL) != 0 && model->small > 0) {
		columns = columns * model->small / model->columns;
	}
	if ((style & SLIP_WIDE) != 0 && dev_has(dev, DRV_STYLES)) {
		columns /= 2;
	}
	return columns;
}

static int
dev_columns(const struct device *dev, unsigned style, int chars)
{
	const struct driver_model	*model = dev->setup->model;

	if ((style & SLIP_WIDE) != 0 && dev_has(dev, DRV_STYLES)) {
		chars *= 2;
	}
	if ((style & SLIP_SMALL) != 0 && model->small > 0) {
		chars = (chars * model->columns + model->small - 1) /
		    model->small;
	}
	return chars;
}

/*
 * Lines.
 */
static void
dev_end(struct device *dev)
{
	DEV_SAY(dev, '\n');
}

static void
dev_spaces(struct device *dev, int n)
{
	for (; n > 0; n--) {
		DEV_SAY(dev, ' ');
	}
}

/* Alignment only takes effect at the start of a line. */
static void
dev_align(struct device *dev, enum slip_align align)
{
	if (dev_has(dev, DRV_ALIGN) && align != dev->align) {
		dev->setup->driver->align(dev, align);
		dev->align = align;
	}
}

/* n bytes of fitted text, on one line. */
static void
dev_put(struct device *dev, unsigned style, const char *text, size_t n)
{
	const struct driver	*driver = dev->setup->driver;
	char			*part = xstrndup(text, n);
	unsigned		 shown = SLIP_BOLD | SLIP_WIDE | SLIP_HIGH |
	    SLIP_REVERSE | SLIP_UNDERLINE;

	shown = (dev_has(dev, DRV_STYLES) ? shown : 0) |
	    (dev_has(dev, DRV_RED) ? SLIP_RED : 0) |
	    (dev->setup->model->small > 0 ? SLIP_SMALL : 0);
	/* A style ends with its text: nothing leaks into the next line. */
	if ((style & shown) != 0) {
		driver->style(dev, style & shown, true);
	}
	dev_text(dev, part);
	if ((style & shown) != 0) {
		driver->style(dev, style & shown, false);
	}
	free(part);
}

/* Bytes of text that go on this line, at most `chars` columns; *next is where
 * the following line starts (blanks at the break are dropped). */
static size_t
dev_break(const char *text, int chars, size_t *next)
{
	size_t	cut = utf8_cut(text, chars), at = cut;

	if (text[cut] == '\0') {
		*next = cut;
		return cut;
	}
	while (at > 0 && text[at] != ' ') {
		at--;
	}
	if (at == 0) {
		at = cut > 0 ? cut : 1;		/* one long word is broken */
	}
	*next = at;
	while (text[*next] == ' ') {
		(*next)++;
	}
	while (at > 0 && text[at - 1] == ' ') {
		at--;
	}
	return at;
}

/* A paragraph, each of its lines ended. */
static void
dev_line(struct device *dev, enum slip_align align, unsigned style,
    const char *text)
{
	int	whole = dev_chars(dev, style, dev->setup->columns);
	size_t	n, next;

	whole = whole < 1 ? 1 : whole;
	do {
		n = dev_break(text, whole, &next);
		dev_align(dev, align);
		if (!dev_has(dev, DRV_ALIGN) && align != SLIP_LEFT) {
			char	*part = xstrndup(text, n);
			int	 left = dev->setup->columns -
			    dev_columns(dev, style, utf8_cols(part));

			free(part);
			dev_spaces(dev, align == SLIP_RIGHT ? left : left / 2);
		}
		if (n > 0) {
			dev_put(dev, style, text, n);
		}
		dev_end(dev);
		text += next;
	} while (*text != '\0');
}

static void
dev_pair(struct device *dev, unsigned style, const char *left,
    const char *right)
{
	int		 whole = dev_chars(dev, style, dev->setup->columns);
	int		 room = whole - utf8_cols(right) - 1;
	struct buf	 line = { 0 };
	size_t		 cut;

	if (*right == '\0') {
		room = whole;
	} else if (room < 1) {
		/* No place for both: the amount gets a line of its own. */
		dev_line(dev, SLIP_LEFT, style, left);
		dev_line(dev, SLIP_RIGHT, style, right);
		return;
	}
	cut = utf8_cut(left, room);
	buf_add(&line, left, cut);
	if (*right != '\0') {
		for (int n = utf8_cols(buf_text(&line)); n <= room; n++) {
			buf_chr(&line, ' ');
		}
		buf_str(&line, right);
	}
	dev_align(dev, SLIP_LEFT);
	dev_put(dev, style, buf_text(&line), line.len);
	dev_end(dev);
	buf_done(&line);
}

/* The elastic cell is cut so that the numbers keep their columns; false when
 * there is no place left for it.  With less than ROW_ROOM columns, where what
 * is cut would say nothing, *apart is it, for a line of its own. */
#define ROW_ROOM	8

static bool
dev_row_line(const struct device *dev, const struct slip_op *op,
    const struct buf *cell, struct buf *line, const char **apart)
{
	int	whole = dev_chars(dev, op->style, dev->setup->columns);
	int	fixed = 0;

	for (size_t i = 0; i < op->ncell; i++) {
		int	cols = utf8_cols(buf_text(&cell[i]));

		fixed += i == 0 ? 0 : 1;
		if (op->width[i] > 0) {
			fixed += cols > op->width[i] ? cols : op->width[i];
		}
	}
	if (fixed > whole) {
		return false;
	}
	for (size_t i = 0; i < op->ncell; i++) {
		const char	*text = buf_text(&cell[i]);
		int		 cols = utf8_cols(text);
		bool		 elastic = op->width[i] == 0;
		int		 width = elastic ? whole - fixed : op->width[i];
		size_t		 n = elastic ? utf8_cut(text, width) :
		    strlen(text);

		if (elastic && cols > width && width < ROW_ROOM) {
			*apart = text;
			n = 0;
			cols = 0;
		}
		if (i > 0) {
			buf_chr(line, ' ');
		}
		for (int k = cols; !elastic && k < width; k++) {
			buf_chr(line, ' ');
		}
		buf_add(line, text, n);
		for (int k = cols; elastic && k < width; k++) {
			buf_chr(line, ' ');
		}
	}
	return true;
}

/* As many whole cells a line as fit: no number is torn at its grouping. */
static void
dev_row_wrapped(struct device *dev, const struct slip_op *op,
    const struct buf *cell)
{
	int		whole = dev_chars(dev, op->style, dev->setup->columns);
	struct buf	line = { 0 };

	for (size_t i = 0; i < op->ncell; i++) {
		const char	*text = buf_text(&cell[i]);

		if (line.len > 0 && utf8_cols(buf_text(&line)) + 1 +
		    utf8_cols(text) > whole) {
			dev_line(dev, SLIP_LEFT, op->style, buf_text(&line));
			buf_clear(&line);
		}
		buf_fmt(&line, "%s%s", line.len == 0 ? "" : " ", text);
	}
	dev_line(dev, SLIP_LEFT, op->style, buf_text(&line));
	buf_done(&line);
}

static void
dev_row(struct device *dev, const struct slip_op *op)
{
	struct buf	 cell[SLIP_CELLS] = { 0 }, line = { 0 };
	const char	*apart = NULL;

	dev_first_page(dev);
	for (size_t i = 0; i < op->ncell; i++) {
		dev_fit(dev, op->cell[i], &cell[i]);
	}
	dev_align(dev, SLIP_LEFT);
	if (dev_row_line(dev, op, cell, &line, &apart)) {
		if (apart != NULL) {
			dev_line(dev, SLIP_LEFT, op->style, apart);
		}
		dev_put(dev, op->style, buf_text(&line), line.len);
		dev_end(dev);
	} else {
		dev_row_wrapped(dev, op, cell);
	}
	for (size_t i = 0; i < op->ncell; i++) {
		buf_done(&cell[i]);
	}
	buf_done(&line);
}

static void
dev_rule(struct device *dev, char sign)
{
	dev_align(dev, SLIP_LEFT);
	for (int i = 0; i < dev->setup->columns; i++) {
		char	one[2] = { sign, '\0' };

		dev_text(dev, one);
	}
	dev_end(dev);
}

static void
dev_code(struct device *dev, const struct slip_op *op)
{
	const struct driver	*driver = dev->setup->driver;

	dev_align(dev, SLIP_CENTRE);
	if (driver->code == NULL || !driver->code(dev, op->kind, op->cell[0])) {
		dev_line(dev, SLIP_CENTRE, 0, op->cell[0]);
	}
}

static void
dev_qr(struct device *dev, const struct slip_op *op)
{
	dev_align(dev, SLIP_CENTRE);
	if (dev_has(dev, DRV_QR)) {
		dev->setup->driver->qr(dev, op);
	} else {
		dev_line(dev, SLIP_CENTRE, 0, op->cell[0]);
	}
}

static void
dev_cut(struct device *dev, bool full)
{
	dev_align(dev, SLIP_LEFT);
	if (dev_has(dev, DRV_CUT)) {
		dev->setup->driver->cut(dev, full);
	} else if (dev->setup->driver->init != NULL) {
		for (int i = 0; i < DEV_FEED_TO_TEAR; i++) {
			dev_end(dev);
		}
	}
}

static void
dev_op_text(struct device *dev, const struct slip_op *op)
{
	struct buf	left = { 0 }, right = { 0 };

	dev_first_page(dev);
	dev_fit(dev, op->cell[0], &left);
	if (op->kind == SLIP_OP_TEXT) {
		dev_line(dev, op->align, op->style, buf_text(&left));
	} else {
		dev_fit(dev, op->cell[1], &right);
		dev_align(dev, SLIP_LEFT);
		dev_pair(dev, op->style, buf_text(&left), buf_text(&right));
	}
	buf_done(&left);
	buf_done(&right);
}

static void
dev_op(struct device *dev, const struct slip_op *op)
{
	const struct driver	*driver = dev->setup->driver;

	switch (op->kind) {
	case SLIP_OP_TEXT:
	case SLIP_OP_COLUMNS:
		dev_op_text(dev, op);
		break;
	case SLIP_OP_ROW:
		dev_row(dev, op);
		break;
	case SLIP_OP_RULE:
		dev_rule(dev, op->sign);
		break;
	case SLIP_OP_FEED:
		for (int i = 0; i < op->n[0]; i++) {
			dev_end(dev);
		}
		break;
	case SLIP_OP_EAN13:
	case SLIP_OP_CODE128:
		dev_code(dev, op);
		break;
	case SLIP_OP_QR:
		dev_qr(dev, op);
		break;
	case SLIP_OP_LOGO:
		dev_align(dev, SLIP_CENTRE);
		if (dev_has(dev, DRV_LOGO)) {
			driver->logo(dev, op);
		}
		break;
	case SLIP_OP_CUT:
		dev_cut(dev, op->n[0] != 0);
		break;
	case SLIP_OP_DRAWER:
		if (dev_has(dev, DRV_DRAWER)) {
			driver->drawer(dev, op->n[0], op->n[1], op->n[2]);
		}
		break;
	case SLIP_OP_SHEET:
		break;		/* a roll: one label after the other */
	default:
		if (driver->buzz != NULL) {
			driver->buzz(dev, op->n[0], op->n[1]);
		}
	}
}

int
driver_render(const struct driver_setup *setup, const char *slip,
    struct buf *out)
{
	struct slip_reader	reader = { .at = slip };
	struct device		dev = {
		.setup = setup, .out = out, .page = -1,
	};
	struct slip_op		op;
	int			r;

	if (setup->driver->render != NULL) {
		return setup->driver->render(setup, slip, out);
	}
	if (setup->driver->init != NULL) {
		setup->driver->init(&dev);
	}
	while ((r = slip_read(&reader, &op)) == 1) {
		dev_op(&dev, &op);
	}
	dev_align(&dev, SLIP_LEFT);
	slip_read_done(&reader);
	return r;
}
