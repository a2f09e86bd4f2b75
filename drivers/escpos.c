/* SPDX-License-Identifier: ISC */
/* ESC/POS: Epson's language, which most receipt printers speak. */
#include "drivers/driver.h"

#include <string.h>

#define ESC	0x1b
#define GS	0x1d

#define ESCPOS_COMMON	(DRV_STYLES | DRV_ALIGN | DRV_DRAWER)
#define ESCPOS_THERMAL	(ESCPOS_COMMON | DRV_EAN_B | DRV_QR | DRV_LOGO)

/* Page numbers as Epson counts them; the clones copied the first few. */
#define PAGE_CP858	{ CHARSET_CP858, 19 }
#define PAGE_CP1252	{ CHARSET_CP1252, 16 }
#define PAGE_CP850	{ CHARSET_CP850, 2 }
#define PAGE_CP437	{ CHARSET_CP437, 0 }
#define PAGE_LATIN9	{ CHARSET_LATIN9, 40 }

static const struct driver_model escpos_models[] = {
	{
		.name = "generic-80", .title = N_("80 mm thermal, 48 columns"),
		.features = ESCPOS_THERMAL | DRV_CUT | DRV_BUZZ,
		.columns = 48, .small = 64, .dots = 576, .band = 256,
		.pages = { PAGE_CP858, PAGE_CP1252, PAGE_CP437 }, .npages = 3,
	},
	{
		.name = "generic-58", .title = N_("58 mm thermal, 32 columns"),
		.features = ESCPOS_COMMON | DRV_EAN_A | DRV_QR | DRV_LOGO |
		    DRV_BUZZ,
		.columns = 32, .small = 42, .dots = 384, .band = 128,
		.pages = { PAGE_CP858, PAGE_CP437 }, .npages = 2,
	},
	{
		.name = "tm-t88", .title = N_("Epson TM-T88, 42 columns"),
		.features = ESCPOS_THERMAL | DRV_CUT | DRV_BUZZ_EPSON,
		.columns = 42, .small = 56, .dots = 512, .band = 256,
		.pages = {
			PAGE_CP858, PAGE_CP1252, PAGE_LATIN9, PAGE_CP437,
		},
		.npages = 4,
	},
	{
		.name = "tm-t20", .title = N_("Epson TM-T20, 48 columns"),
		.features = ESCPOS_THERMAL | DRV_CUT | DRV_BUZZ_EPSON,
		.columns = 48, .small = 64, .dots = 576, .band = 256,
		.pages = {
			PAGE_CP858, PAGE_CP1252, PAGE_LATIN9, PAGE_CP437,
		},
		.npages = 4,
	},
	{
		.name = "tm-u220", .title = N_("Epson TM-U220, impact, red"),
		.features = ESCPOS_COMMON | DRV_CUT | DRV_RED,
		.columns = 33, .small = 40,
		.pages = { PAGE_CP858, PAGE_CP1252, PAGE_CP437 }, .npages = 3,
	},
	{
		.name = "kitchen", .title = N_("impact clone with buzzer, red"),
		.features = ESCPOS_COMMON | DRV_CUT | DRV_RED | DRV_BUZZ,
		.columns = 33, .small = 40,
		.pages = { PAGE_CP858, PAGE_CP437 }, .npages = 2,
	},
	{
		.name = "cp850",
		    .title = N_("older 80 mm printer, no euro sign"),
		.features = ESCPOS_COMMON | DRV_CUT | DRV_EAN_A,
		.columns = 42, .small = 56, .dots = 512,
		.pages = { PAGE_CP850, PAGE_CP437 }, .npages = 2,
	},
};

static void
escpos_init(struct device *dev)
{
	DEV_SAY(dev, ESC, '@');
}

static void
escpos_page(struct device *dev, int number)
{
	DEV_SAY(dev, ESC, 't', (unsigned char)number);
}

static void
escpos_align(struct device *dev, enum slip_align align)
{
	DEV_SAY(dev, ESC, 'a', (unsigned char)align);
}

static void
escpos_size(struct device *dev, unsigned bits, bool on)
{
	unsigned	n = 0;

	if (on) {
		n = ((bits & SLIP_WIDE) != 0 ? 0x10U : 0) |
		    ((bits & SLIP_HIGH) != 0 ? 0x01U : 0);
	}
	DEV_SAY(dev, GS, '!', (unsigned char)n);
}

/* In the order they are put on; taken off the other way round. */
static const struct {
	unsigned	bit;
	unsigned char	lead, letter;
} escpos_switches[] = {
	{ SLIP_SMALL, ESC, 'M' },
	{ SLIP_RED, ESC, 'r' },
	{ SLIP_BOLD, ESC, 'E' },
	{ SLIP_UNDERLINE, ESC, '-' },
	{ SLIP_REVERSE, GS, 'B' },
};

static void
escpos_style(struct device *dev, unsigned bits, bool on)
{
	size_t	n = NELEM(escpos_switches);

	if (!on && (bits & (SLIP_WIDE | SLIP_HIGH)) != 0) {
		escpos_size(dev, bits, false);
	}
	for (size_t i = 0; i < n; i++) {
		size_t	k = on ? i : n - 1 - i;

		if ((bits & escpos_switches[k].bit) != 0) {
			DEV_SAY(dev, escpos_switches[k].lead,
			    escpos_switches[k].letter, on ? 1 : 0);
		}
	}
	if (on && (bits & (SLIP_WIDE | SLIP_HIGH)) != 0) {
		escpos_size(dev, bits, true);
	}
}

/* 80 dots high, digits below; once a job. */
static void
escpos_code_look(struct device *dev, int width)
{
	DEV_SAY(dev, GS, 'w', (unsigned char)width);
	if (!dev->barcode) {
		DEV_SAY(dev, GS, 'h', 80, GS, 'H', 2);
		dev->barcode = true;
	}
}

/* Code set C packs two digits into a symbol; B takes the rest, where an
 * opening brace must be doubled. */
static void
escpos_code128(const char *text, struct buf *data)
{
	size_t	n = strlen(text);

	if (n >= 4 && n % 2 == 0 && strspn(text, "0123456789") == n) {
		buf_str(data, "{C");
		for (size_t i = 0; i < n; i += 2) {
			buf_chr(data, (char)((text[i] - '0') * 10 +
			    text[i + 1] - '0'));
		}
		return;
	}
	buf_str(data, "{B");
	for (size_t i = 0; i < n; i++) {
		buf_chr(data, text[i]);
		if (text[i] == '{') {
			buf_chr(data, '{');
		}
	}
}

/* The module width that fits: a symbol takes 11 modules, start, check and
 * stop 35, the quiet zones 20. */
static int
escpos_code_width(const struct device *dev, size_t symbols)
{
	int	modules = (int)symbols * 11 + 55;

	for (int width = 3; width >= 2; width--) {
		if (modules * width <= dev->setup->model->dots) {
			return width;
		}
	}
	return 0;
}

static bool
escpos_code(struct device *dev, enum slip_kind kind, const char *text)
{
	unsigned	features = dev->setup->model->features;
	struct buf	data = { 0 };
	int		width;

	if (kind == SLIP_OP_EAN13 && (features & DRV_EAN_B) != 0) {
		escpos_code_look(dev, dev->setup->model->dots >= 500 ? 3 : 2);
		DEV_SAY(dev, GS, 'k', 67, 13);
		dev_bytes(dev, text, 13);
		return true;
	}
	if (kind == SLIP_OP_EAN13 && (features & DRV_EAN_A) != 0) {
		/* The printer adds the check digit. */
		escpos_code_look(dev, dev->setup->model->dots >= 500 ? 3 : 2);
		DEV_SAY(dev, GS, 'k', 2);
		dev_bytes(dev, text, 12);
		DEV_SAY(dev, 0);
		return true;
	}
	if (kind != SLIP_OP_CODE128 || (features & DRV_EAN_B) == 0) {
		return false;
	}
	escpos_code128(text, &data);
	width = escpos_code_width(dev, data.len - 2);
	if (width > 0) {
		escpos_code_look(dev, width);
		DEV_SAY(dev, GS, 'k', 73, (unsigned char)data.len);
		dev_bytes(dev, data.data, data.len);
	}
	buf_done(&data);
	return width > 0;
}

static void
escpos_qr(struct device *dev, const struct slip_op *op)
{
	const char	*levels = "LMQH";
	size_t		 n = strlen(op->cell[0]);
	unsigned char	 level = (unsigned char)(0x30 +
	    (strchr(levels, op->sign) - levels));

	DEV_SAY(dev, GS, '(', 'k', 4, 0, 0x31, 0x41, 0x32, 0);
	DEV_SAY(dev, GS, '(', 'k', 3, 0, 0x31, 0x43, (unsigned char)op->n[0]);
	DEV_SAY(dev, GS, '(', 'k', 3, 0, 0x31, 0x45, level);
	DEV_SAY(dev, GS, '(', 'k', (unsigned char)((n + 3) & 0xff),
	    (unsigned char)((n + 3) >> 8), 0x31, 0x50, 0x30);
	dev_bytes(dev, op->cell[0], n);
	DEV_SAY(dev, GS, '(', 'k', 3, 0, 0x31, 0x51, 0x30);
}

/* In bands: small printers hold few rows. */
static void
escpos_logo(struct device *dev, const struct slip_op *op)
{
	const struct driver_model	*model = dev->setup->model;
	int				 stride = (op->n[0] + 7) / 8;
	int				 width = stride;

	if (width > model->dots / 8) {
		width = model->dots / 8;
	}
	for (int y = 0; y < op->n[1]; y += model->band) {
		int	rows = op->n[1] - y;

		rows = rows > model->band ? model->band : rows;
		DEV_SAY(dev, GS, 'v', '0', 0,
		    (unsigned char)(width & 0xff), (unsigned char)(width >> 8),
		    (unsigned char)(rows & 0xff), (unsigned char)(rows >> 8));
		for (int i = 0; i < rows; i++) {
			dev_bytes(dev, op->data + (size_t)((y + i) * stride),
			    (size_t)width);
		}
	}
}

static void
escpos_cut(struct device *dev, bool full)
{
	DEV_SAY(dev, GS, 'V', full ? 0x41 : 0x42, 3);
}

static void
escpos_drawer(struct device *dev, int pin, int on_ms, int off_ms)
{
	DEV_SAY(dev, ESC, 'p', pin == 5 ? 1 : 0, (unsigned char)(on_ms / 2),
	    (unsigned char)(off_ms / 2));
}

static void
escpos_buzz(struct device *dev, int times, int ms)
{
	unsigned	features = dev->setup->model->features;

	if ((features & DRV_BUZZ) != 0) {
		DEV_SAY(dev, ESC, 'B', (unsigned char)times,
		    (unsigned char)(ms / 100));
	} else if ((features & DRV_BUZZ_EPSON) != 0) {
		DEV_SAY(dev, ESC, '(', 'A', 4, 0, 0x30, 1,
		    (unsigned char)times, (unsigned char)(ms / 100));
	}
}

const struct driver driver_escpos = {
	.name = "escpos",
	.title = N_("ESC/POS: Epson and most others"),
	.models = escpos_models,
	.nmodels = NELEM(escpos_models),
	.init = escpos_init,
	.page = escpos_page,
	.align = escpos_align,
	.style = escpos_style,
	.code = escpos_code,
	.qr = escpos_qr,
	.logo = escpos_logo,
	.cut = escpos_cut,
	.drawer = escpos_drawer,
	.buzz = escpos_buzz,
};
