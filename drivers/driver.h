/* SPDX-License-Identifier: ISC */
/* The contract of a receipt printer's language, and the one list of them. */
#ifndef DRIVERS_DRIVER_H
#define DRIVERS_DRIVER_H

#include "base/utf8.h"
#include "shop/slip.h"

/* What a model can do; what it cannot is said in text or left out. */
#define DRV_STYLES	0x0001U		/* bold, size, reverse, underline */
#define DRV_RED		0x0002U
#define DRV_ALIGN	0x0004U		/* centres by itself */
#define DRV_CUT		0x0008U
#define DRV_DRAWER	0x0010U
#define DRV_EAN_A	0x0020U		/* bar codes ended by NUL only */
#define DRV_EAN_B	0x0040U		/* bar codes with a length */
#define DRV_QR		0x0080U
#define DRV_LOGO	0x0100U
#define DRV_BUZZ	0x0200U		/* ESC B of the clones */
#define DRV_BUZZ_EPSON	0x0400U		/* ESC ( A */

#define DRV_PAGES	6

struct driver_page {
	enum charset	 set;
	int		 number;	/* as the model counts its pages */
};

struct driver_model {
	const char		*name, *title;
	unsigned		 features;
	int			 columns;	/* usual font */
	int			 small;		/* narrow font; 0 none */
	int			 dots;		/* across; 0 no graphics */
	int			 band;		/* most raster rows at once */
	struct driver_page	 pages[DRV_PAGES];	/* best first */
	size_t			 npages;
};

/* A printer as its row says it. */
struct driver_setup {
	const struct driver		*driver;
	const struct driver_model	*model;
	int				 columns;	/* usual font */
	struct driver_page		 pages[DRV_PAGES];
	size_t				 npages;
};

/* One rendering: what the device is set to while the bytes are made. */
struct device {
	const struct driver_setup	*setup;
	struct buf			*out;
	enum slip_align			 align;
	int				 page;	/* in setup->pages, -1 none */
	bool				 barcode;	/* look of codes said */
};

/*
 * A driver only knows how to say things; the engine (drivers/engine.c) lays
 * out, aligns and picks code pages.  Each call appends bytes to dev->out.
 * A NULL member cannot be said in this language.
 */
struct driver {
	const char			*name, *title;
	const struct driver_model	*models;
	size_t				 nmodels;

	void	(*init)(struct device *dev);
	void	(*page)(struct device *dev, int number);
	void	(*align)(struct device *dev, enum slip_align align);
	/* The SLIP_ bits named begin, or end. */
	void	(*style)(struct device *dev, unsigned bits, bool on);
	/* False: cannot be drawn here, print the text instead. */
	bool	(*code)(struct device *dev, enum slip_kind kind,
		    const char *text);
	void	(*qr)(struct device *dev, const struct slip_op *op);
	void	(*logo)(struct device *dev, const struct slip_op *op);
	void	(*cut)(struct device *dev, bool full);
	void	(*drawer)(struct device *dev, int pin, int on_ms, int off_ms);
	void	(*buzz)(struct device *dev, int times, int ms);

	/* A language of whole pages lays them out itself; the others leave
	 * that to the engine.  `format` is what the print system is told it
	 * gets, NULL bytes for the printer; `suffix` names its files. */
	int	(*render)(const struct driver_setup *setup, const char *slip,
		    struct buf *out);
	const char			*format, *suffix;
};

#define DRIVERS(X) X(escpos) X(star) X(text) X(pdf)

#define X(name) extern const struct driver driver_##name;
DRIVERS(X)
#undef X

/* Every driver, NULL at the end. */
extern const struct driver *const drivers[];

/*
 * A printer's row made usable.  `model` "" takes the driver's first;
 * `columns` 0 and `charset` "" the model's.  ERR_NOT_FOUND or ERR_INVALID say
 * what there is to choose from.
 */
int	 driver_find(const char *driver, const char *model, int columns,
	    const char *charset, struct driver_setup *out) MUST_CHECK;
/* "escpos/tm-t88" apart; `driver` and `model` hold 32 bytes each. */
void	 driver_split(const char *name, char driver[static 32],
	    char model[static 32]);

/* The bytes for a stored slip; ERR_INVALID when it is damaged. */
int	 driver_render(const struct driver_setup *setup, const char *slip,
	    struct buf *out) MUST_CHECK;
/* The same for people: UTF-8 text, lines ended by LF. */
int	 driver_preview(const char *slip, int columns, struct buf *out)
	    MUST_CHECK;

/* For drivers: bytes, and text through the pages. */
void	 dev_bytes(struct device *dev, const void *bytes, size_t n);
void	 dev_text(struct device *dev, const char *utf8);
#define DEV_SAY(dev, ...) \
	dev_bytes((dev), (const unsigned char[]){ __VA_ARGS__ }, \
	    sizeof((const unsigned char[]){ __VA_ARGS__ }))

#endif
