/* SPDX-License-Identifier: ISC */
/* Whole pages: sheets of labels, and slips on an office printer, as PDF. */
#include "drivers/bars.h"
#include "drivers/driver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Lengths are in hundredths of a point; a sheet comes in tenths of a mm. */
#define PDF_TENTHS(n)	((n) * 3600 / 127)
#define PDF_MARGIN	PDF_TENTHS(150)
#define PDF_INSIDE	PDF_TENTHS(25)	/* of a label, all around */
#define PDF_LARGE	1000		/* letters, points by a hundred */
#define PDF_SMALL	450
#define PDF_STEP	50
#define PDF_CODE_LINES	3		/* as high as so many lines */
#define PDF_MODULE	94		/* a bar code's, as EAN has it */
#define PDF_OBJECTS	4		/* before the pages */

#define PDF_WIDTH(size)	((size) * 3 / 5)	/* a letter of Courier */
#define PDF_PITCH(size)	((size) * 23 / 20)

/* What the engine's layout is kept as until it is drawn: lines of text, with
 * these marks between. */
#define INK_ON		'\001'		/* and the style's bits, 0x80 set */
#define INK_OFF		'\002'
#define INK_CODE	'\003'		/* and kind, text, line end */
#define INK_CUT		'\014'

static void
ink_style(struct device *dev, unsigned bits, bool on)
{
	DEV_SAY(dev, (unsigned char)(on ? INK_ON : INK_OFF));
	if (on) {
		DEV_SAY(dev, (unsigned char)(bits | 0x80U));
	}
}

static bool
ink_code(struct device *dev, enum slip_kind kind, const char *text)
{
	DEV_SAY(dev, INK_CODE, kind == SLIP_OP_EAN13 ? 'e' : 'c');
	dev_bytes(dev, text, strlen(text));
	DEV_SAY(dev, '\n');
	return true;
}

static void
ink_cut(struct device *dev, bool full)
{
	(void)full;
	DEV_SAY(dev, INK_CUT, '\n');
}

static const struct driver_model ink_model = {
	.name = "ink", .title = "",
	.features = DRV_STYLES | DRV_RED | DRV_CUT,
	.columns = 80,
};
static const struct driver driver_ink = {
	.name = "ink", .title = "",
	.models = &ink_model, .nmodels = 1,
	.style = ink_style, .code = ink_code, .cut = ink_cut,
};

/* --- one page's drawing -------------------------------------------------- */

struct pdf_box {
	int	left, top, width, height;	/* top counts up from below */
};

static void
pdf_number(struct buf *out, int n)
{
	buf_fmt(out, "%s%d.%02d ", n < 0 ? "-" : "", abs(n) / 100,
	    abs(n) % 100);
}

static void
pdf_bar(struct buf *out, int x, int y, int width, int height)
{
	pdf_number(out, x);
	pdf_number(out, y);
	pdf_number(out, width);
	pdf_number(out, height);
	buf_str(out, "re f\n");
}

static void
pdf_string(struct buf *out, const char *text, size_t n)
{
	buf_chr(out, '(');
	for (size_t i = 0; i < n; i++) {
		unsigned char	c = (unsigned char)text[i];

		if (c < ' ' || c > '~') {
			buf_fmt(out, "\\%03o", c);
		} else {
			if (strchr("()\\", c) != NULL) {
				buf_chr(out, '\\');
			}
			buf_chr(out, (char)c);
		}
	}
	buf_str(out, ") Tj\n");
}

/* Text of one style from x on, its feet at y; the width it took. */
static int
pdf_text(struct buf *out, int x, int y, int size, unsigned style,
    const char *text, size_t n)
{
	bool	wide = (style & SLIP_WIDE) != 0;
	bool	high = (style & SLIP_HIGH) != 0;
	int	letter = size * (high ? 2 : 1);
	int	width = PDF_WIDTH(size) * (wide ? 2 : 1) * (int)n;

	if ((style & SLIP_REVERSE) != 0) {
		pdf_bar(out, x, y - letter / 4, width, letter * 11 / 10);
		buf_str(out, "1 g\n");
	} else if ((style & SLIP_RED) != 0) {
		buf_str(out, "1 0 0 rg\n");
	}
	if ((style & SLIP_UNDERLINE) != 0) {
		pdf_bar(out, x, y - letter / 8, width, letter / 16);
	}
	buf_fmt(out, "BT /F%d ", (style & SLIP_BOLD) != 0 ? 2 : 1);
	pdf_number(out, letter);
	buf_fmt(out, "Tf %d Tz ", wide == high ? 100 : wide ? 200 : 50);
	pdf_number(out, x);
	pdf_number(out, y);
	buf_str(out, "Td ");
	pdf_string(out, text, n);
	buf_str(out, "ET\n");
	if ((style & (SLIP_REVERSE | SLIP_RED)) != 0) {
		buf_str(out, "0 g\n");
	}
	return width;
}

/* A bar code across the box with its text below, its feet at y. */
static void
pdf_code(struct buf *out, const struct pdf_box *box, int y, int size,
    char kind, const char *text)
{
	struct buf	bars = { 0 };
	int		modules, quiet, module, x, high;
	int		letters = (int)strlen(text) * PDF_WIDTH(size);

	if (kind == 'e') {
		bars_ean13(text, &bars, &modules, &quiet);
	} else {
		bars_code128(text, &bars, &modules, &quiet);
	}
	module = box->width / modules;
	module = module > PDF_MODULE ? PDF_MODULE : module;
	x = box->left + (box->width - modules * module) / 2 + quiet * module;
	high = PDF_CODE_LINES * PDF_PITCH(size) - PDF_PITCH(size) * 6 / 5;
	for (size_t i = 0; i < bars.len; i++) {
		int	width = (bars.data[i] - '0') * module;

		if (i % 2 == 0) {
			pdf_bar(out, x, y + PDF_PITCH(size), width, high);
		}
		x += width;
	}
	(void)pdf_text(out, box->left + (box->width - letters) / 2, y, size, 0,
	    text, strlen(text));
	buf_done(&bars);
}

/* How many lines high a line of the layout is. */
static int
pdf_lines(const char *line, size_t n)
{
	if (n > 0 && line[0] == INK_CODE) {
		return PDF_CODE_LINES;
	}
	for (size_t i = 0; i + 1 < n; i++) {
		if (line[i] == INK_ON &&
		    ((unsigned char)line[i + 1] & SLIP_HIGH) != 0) {
			return 2;
		}
	}
	return 1;
}

static void
pdf_line(struct buf *out, const struct pdf_box *box, int y, int size,
    const char *line, size_t n)
{
	unsigned	 style = 0;
	int		 x = box->left;
	char		*text;

	if (n > 1 && line[0] == INK_CODE) {
		text = xstrndup(line + 2, n - 2);
		pdf_code(out, box, y, size, line[1], text);
		free(text);
		return;
	}
	for (size_t i = 0, end; i < n; i = end) {
		end = i + 1;
		if (line[i] == INK_ON && end < n) {
			style = (unsigned char)line[end++] & 0x7fU;
		} else if (line[i] == INK_OFF) {
			style = 0;
		} else {
			while (end < n && line[end] != INK_ON &&
			    line[end] != INK_OFF) {
				end++;
			}
			x += pdf_text(out, x, y, size, style, line + i,
			    end - i);
		}
	}
}

/* --- pages --------------------------------------------------------------- */

struct pdf {
	const struct driver_setup	*setup;
	struct buf			*out;	/* the document */
	struct buf			 page;	/* of the page being drawn */
	size_t				*at;	/* of each object, from 1 */
	size_t				 objects, pages;
	int				 width, height;	/* of the paper */
};

static void
pdf_object(struct pdf *pdf)
{
	pdf->at = xrealloc(pdf->at, pdf->objects + 1,
	    sizeof(*pdf->at));
	pdf->at[pdf->objects++] = pdf->out->len;
	buf_fmt(pdf->out, "%zu 0 obj\n", pdf->objects);
}

static void
pdf_page_end(struct pdf *pdf)
{
	pdf_object(pdf);
	buf_fmt(pdf->out, "<< /Length %zu >>\nstream\n", pdf->page.len);
	buf_str(pdf->out, buf_text(&pdf->page));
	buf_str(pdf->out, "endstream\nendobj\n");
	pdf_object(pdf);
	buf_str(pdf->out, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ");
	pdf_number(pdf->out, pdf->width);
	pdf_number(pdf->out, pdf->height);
	buf_fmt(pdf->out, "] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> "
	    ">> /Contents %zu 0 R >>\nendobj\n", pdf->objects - 1);
	pdf->pages++;
	buf_clear(&pdf->page);
}

/* The head says where the pages are, which is known at the end: the two first
 * objects are written last. */
static void
pdf_begin(struct pdf *pdf)
{
	static const char *const	fonts[] = { "Courier", "Courier-Bold" };

	buf_str(pdf->out, "%PDF-1.4\n");
	pdf->objects = 2;
	pdf->at = xcalloc(pdf->objects, sizeof(*pdf->at));
	for (size_t i = 0; i < NELEM(fonts); i++) {
		pdf_object(pdf);
		buf_fmt(pdf->out, "<< /Type /Font /Subtype /Type1 /BaseFont "
		    "/%s /Encoding /WinAnsiEncoding >>\nendobj\n", fonts[i]);
	}
}

static void
pdf_end(struct pdf *pdf)
{
	size_t	xref;

	pdf->at[0] = pdf->out->len;
	buf_str(pdf->out, "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\n"
	    "endobj\n");
	pdf->at[1] = pdf->out->len;
	buf_str(pdf->out, "2 0 obj\n<< /Type /Pages /Kids [");
	for (size_t i = 0; i < pdf->pages; i++) {
		buf_fmt(pdf->out, " %zu 0 R", PDF_OBJECTS + 2 * i + 2);
	}
	buf_fmt(pdf->out, " ] /Count %zu >>\nendobj\n", pdf->pages);
	xref = pdf->out->len;
	buf_fmt(pdf->out, "xref\n0 %zu\n0000000000 65535 f \n",
	    pdf->objects + 1);
	for (size_t i = 0; i < pdf->objects; i++) {
		buf_fmt(pdf->out, "%010zu 00000 n \n", pdf->at[i]);
	}
	buf_fmt(pdf->out, "trailer\n<< /Size %zu /Root 1 0 R >>\nstartxref\n"
	    "%zu\n%%%%EOF\n", pdf->objects + 1, xref);
	free(pdf->at);
	buf_done(&pdf->page);
}

/* The engine's layout of a part of the slip in so many columns. */
static int
pdf_ink(const char *part, int columns, struct buf *ink)
{
	struct driver_setup	setup = {
		.driver = &driver_ink, .model = &ink_model,
		.columns = columns, .pages = { { CHARSET_CP1252, 0 } },
		.npages = 1,
	};

	buf_clear(ink);
	return driver_render(&setup, part, ink);
}

/* Lines from the top of a box down; *at is what is left of the layout when it
 * is full. */
static void
pdf_fill(struct buf *out, const struct pdf_box *box, int size,
    const char **at)
{
	int	y = box->top;

	while (**at != '\0' && **at != INK_CUT) {
		size_t	n = strcspn(*at, "\n");
		int	high = pdf_lines(*at, n) * PDF_PITCH(size);

		if (y - high < box->top - box->height) {
			return;
		}
		y -= high;
		pdf_line(out, box, y + size / 4, size, *at, n);
		*at += n;
		*at += **at == '\n' ? 1 : 0;
	}
}

static int
pdf_height(const char *ink, int size)
{
	int	lines = 0;

	for (size_t n; *ink != '\0' && *ink != INK_CUT; ink += n) {
		n = strcspn(ink, "\n");
		lines += pdf_lines(ink, n);
		n += ink[n] == '\n' ? 1 : 0;
	}
	return lines * PDF_PITCH(size);
}

/* --- what a slip is ------------------------------------------------------ */

struct pdf_sheet {
	int	n[SLIP_NUMBERS];	/* as slip_op.n; n[0] 0: plain pages */
	int	next;			/* label to be filled */
};

/* The largest letters that one label holds all of; at the smallest what is
 * too much is left out. */
static int
pdf_label(struct pdf *pdf, struct pdf_sheet *sheet, const char *part)
{
	const int	*n = sheet->n;
	int		 most = n[0] * n[1], size = PDF_LARGE, r;
	struct pdf_box	 box = {
		.width = PDF_TENTHS(n[2]) - 2 * PDF_INSIDE,
		.height = PDF_TENTHS(n[3]) - 2 * PDF_INSIDE,
	};
	struct buf	 ink = { 0 };
	const char	*at;

	if (sheet->next == most) {
		pdf_page_end(pdf);
		sheet->next = 0;
	}
	box.left = PDF_TENTHS(n[4] + sheet->next % n[0] * (n[2] + n[6])) +
	    PDF_INSIDE;
	box.top = pdf->height - PDF_INSIDE -
	    PDF_TENTHS(n[5] + sheet->next / n[0] * (n[3] + n[7]));
	sheet->next++;
	while ((r = pdf_ink(part, box.width / PDF_WIDTH(size), &ink)) == 0 &&
	    size > PDF_SMALL && pdf_height(buf_text(&ink), size) >
	    box.height) {
		size -= PDF_STEP;
	}
	at = buf_text(&ink);
	pdf_fill(&pdf->page, &box, size, &at);
	buf_done(&ink);
	return r;
}

/* A slip as it is, from page to page; a cut begins another one. */
static int
pdf_plain(struct pdf *pdf, const char *part)
{
	struct pdf_box	 box = {
		.left = PDF_MARGIN, .top = pdf->height - PDF_MARGIN,
		.width = pdf->width - 2 * PDF_MARGIN,
		.height = pdf->height - 2 * PDF_MARGIN,
	};
	int		 size = box.width * 5 / (3 * pdf->setup->columns), r;
	struct buf	 ink = { 0 };
	const char	*at;

	size = size > PDF_LARGE ? PDF_LARGE : size;
	if ((r = pdf_ink(part, pdf->setup->columns, &ink)) == 0) {
		for (at = buf_text(&ink); *at != '\0';) {
			if (*at == INK_CUT) {
				at += 2;
				continue;
			}
			pdf_fill(&pdf->page, &box, size, &at);
			pdf_page_end(pdf);
		}
	}
	buf_done(&ink);
	return r;
}

/* What was gathered is drawn; a label may be an empty one. */
static int
pdf_part(struct pdf *pdf, struct pdf_sheet *sheet, struct buf *part,
    size_t head)
{
	int	r = 0;

	if (part->len > head) {
		r = sheet->n[0] > 0 ? pdf_label(pdf, sheet, buf_text(part)) :
		    pdf_plain(pdf, buf_text(part));
	}
	part->len = head;
	part->data[head] = '\0';
	return r;
}

/* Line by line: a sheet begins another kind of pages, a cut there another
 * label. */
static int
pdf_parts(struct pdf *pdf, const char *slip)
{
	struct slip_reader	reader = { .at = slip };
	struct pdf_sheet	sheet = { .next = 0 };
	struct buf		part = { 0 };
	struct slip_op		op;
	const char		*before = strchr(slip, '\n');
	size_t			head = before == NULL ? 0 :
				    (size_t)(before + 1 - slip);
	int			r;

	buf_add(&part, slip, head);
	before = slip + head;
	while ((r = slip_read(&reader, &op)) == 1) {
		bool	label = op.kind == SLIP_OP_CUT && sheet.n[0] > 0;

		if ((label || op.kind == SLIP_OP_SHEET) &&
		    (r = pdf_part(pdf, &sheet, &part, head)) != 0) {
			break;
		}
		if (op.kind == SLIP_OP_SHEET) {
			if (sheet.n[0] > 0) {
				pdf_page_end(pdf);
			}
			memcpy(sheet.n, op.n, sizeof(sheet.n));
			sheet.next = op.n[8];
		} else if (!label) {
			buf_add(&part, before, (size_t)(reader.at - before));
		}
		before = reader.at;
	}
	if (r == 0) {
		r = pdf_part(pdf, &sheet, &part, head);
	}
	if (r == 0 && (sheet.n[0] > 0 || pdf->pages == 0)) {
		pdf_page_end(pdf);
	}
	slip_read_done(&reader);
	buf_done(&part);
	return r;
}

static int
pdf_render(const struct driver_setup *setup, const char *slip,
    struct buf *out)
{
	bool		letter = strcmp(setup->model->name, "letter") == 0;
	struct pdf	pdf = {
		.setup = setup, .out = out,
		.width = letter ? 61200 : 59528,
		.height = letter ? 79200 : 84189,
	};
	int		r;

	pdf_begin(&pdf);
	r = pdf_parts(&pdf, slip);
	pdf_end(&pdf);
	return r;
}

#define PDF_MODEL(called, says) { .name = called, .title = says, \
	.columns = 80, .pages = { { CHARSET_CP1252, 0 } }, .npages = 1 }

static const struct driver_model pdf_models[] = {
	PDF_MODEL("a4", N_("office printers, sheets of labels, A4")),
	PDF_MODEL("letter", N_("the same on US letter")),
};

const struct driver driver_pdf = {
	.name = "pdf",
	.title = N_("whole pages, as PDF"),
	.models = pdf_models,
	.nmodels = NELEM(pdf_models),
	.render = pdf_render,
	.format = "application/pdf",
	.suffix = "pdf",
};
