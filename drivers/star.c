/* SPDX-License-Identifier: ISC */
/* StarPRNT: Star printers that are not switched to ESC/POS. */
#include "drivers/driver.h"

#include <string.h>

#include "base/mem.h"

#define ESC	0x1b
#define GS	0x1d
#define RS	0x1e

#define STAR_COMMON	(DRV_STYLES | DRV_ALIGN | DRV_DRAWER | DRV_CUT | \
	DRV_EAN_B | DRV_QR | DRV_LOGO)
#define STAR_PAGES	{ \
	{ CHARSET_CP858, 4 }, { CHARSET_CP1252, 32 }, { CHARSET_CP437, 1 } }

static const struct driver_model star_models[] = {
	{
		.name = "tsp100", .title = N_("Star 80 mm, 48 columns"),
		.features = STAR_COMMON,
		.columns = 48, .small = 64, .dots = 576, .band = 24,
		.pages = STAR_PAGES, .npages = 3,
	},
	{
		.name = "mpop", .title = N_("Star 58 mm, 32 columns"),
		.features = STAR_COMMON,
		.columns = 32, .small = 42, .dots = 384, .band = 24,
		.pages = STAR_PAGES, .npages = 3,
	},
};

static void
star_init(struct device *dev)
{
	DEV_SAY(dev, ESC, '@', 0x18);
}

static void
star_page(struct device *dev, int number)
{
	DEV_SAY(dev, ESC, GS, 't', (unsigned char)number);
}

static void
star_align(struct device *dev, enum slip_align align)
{
	DEV_SAY(dev, ESC, GS, 'a', (unsigned char)align);
}

/* ESC i takes height before width. */
static void
star_size(struct device *dev, unsigned bits, bool on)
{
	DEV_SAY(dev, ESC, 'i', on && (bits & SLIP_HIGH) != 0 ? 1 : 0,
	    on && (bits & SLIP_WIDE) != 0 ? 1 : 0);
}

static void
star_style(struct device *dev, unsigned bits, bool on)
{
	bool	size = (bits & (SLIP_WIDE | SLIP_HIGH)) != 0;

	if (!on && size) {
		star_size(dev, bits, false);
	}
	if ((bits & SLIP_SMALL) != 0) {
		DEV_SAY(dev, ESC, RS, 'F', on ? 1 : 0);
	}
	if ((bits & SLIP_BOLD) != 0) {
		DEV_SAY(dev, ESC, on ? 'E' : 'F');
	}
	if ((bits & SLIP_UNDERLINE) != 0) {
		DEV_SAY(dev, ESC, '-', on ? 1 : 0);
	}
	if ((bits & SLIP_REVERSE) != 0) {
		DEV_SAY(dev, ESC, on ? '4' : '5');
	}
	if (on && size) {
		star_size(dev, bits, true);
	}
}

/* type, digits below and line feed, width, height; ended by RS. */
static bool
star_code(struct device *dev, enum slip_kind kind, const char *text)
{
	int	modules = kind == SLIP_OP_EAN13 ? 115 :
	    (int)strlen(text) * 11 + 55;

	if (modules * 2 > dev->setup->model->dots) {
		return false;
	}
	DEV_SAY(dev, ESC, 'b', kind == SLIP_OP_EAN13 ? 3 : 6, 2, 1, 80);
	dev_bytes(dev, text, strlen(text));
	DEV_SAY(dev, RS);
	return true;
}

static void
star_qr(struct device *dev, const struct slip_op *op)
{
	const char	*levels = "LMQH";
	size_t		 n = strlen(op->cell[0]);
	int		 size = op->n[0] > 8 ? 8 : op->n[0];

	DEV_SAY(dev, ESC, GS, 'y', 'S', '0', 2);
	DEV_SAY(dev, ESC, GS, 'y', 'S', '1',
	    (unsigned char)(strchr(levels, op->sign) - levels));
	DEV_SAY(dev, ESC, GS, 'y', 'S', '2', (unsigned char)size);
	DEV_SAY(dev, ESC, GS, 'y', 'D', '1', 0, (unsigned char)(n & 0xff),
	    (unsigned char)(n >> 8));
	dev_bytes(dev, op->cell[0], n);
	DEV_SAY(dev, ESC, GS, 'y', 'P');
}

static bool
star_dot(const struct slip_op *op, int x, int y)
{
	size_t	stride = (size_t)((op->n[0] + 7) / 8);

	if (y >= op->n[1]) {
		return false;
	}
	return (op->data[(size_t)y * stride + (size_t)x / 8] &
	    (0x80 >> (x % 8))) != 0;
}

/* Columns of 24 dots, the uppermost in the high bit; lines are set to their
 * height meanwhile. */
static void
star_logo(struct device *dev, const struct slip_op *op)
{
	int	width = op->n[0] > dev->setup->model->dots ?
	    dev->setup->model->dots : op->n[0];

	DEV_SAY(dev, ESC, '0');
	for (int y = 0; y < op->n[1]; y += 24) {
		DEV_SAY(dev, ESC, 'X', (unsigned char)(width & 0xff),
		    (unsigned char)(width >> 8));
		for (int x = 0; x < width; x++) {
			unsigned	column = 0;

			for (int i = 0; i < 24; i++) {
				column = column << 1 |
				    (star_dot(op, x, y + i) ? 1U : 0);
			}
			DEV_SAY(dev, (unsigned char)(column >> 16),
			    (unsigned char)(column >> 8 & 0xff),
			    (unsigned char)(column & 0xff));
		}
		DEV_SAY(dev, '\n');
	}
	DEV_SAY(dev, ESC, 'z', 1);
}

static void
star_cut(struct device *dev, bool full)
{
	DEV_SAY(dev, ESC, 'd', full ? 0 : 1);
}

static void
star_drawer(struct device *dev, int pin, int on_ms, int off_ms)
{
	int	on = on_ms / 10, off = off_ms / 10;

	DEV_SAY(dev, ESC, 0x07, (unsigned char)(on < 1 ? 1 : on),
	    (unsigned char)(off < 1 ? 1 : off), pin == 5 ? 0x1a : 0x07);
}

const struct driver driver_star = {
	.name = "star",
	.title = N_("StarPRNT"),
	.models = star_models,
	.nmodels = NELEM(star_models),
	.init = star_init,
	.page = star_page,
	.align = star_align,
	.style = star_style,
	.code = star_code,
	.qr = star_qr,
	.logo = star_logo,
	.cut = star_cut,
	.drawer = star_drawer,
};
