/* SPDX-License-Identifier: ISC */
/* Plain text: a file, a screen, a line printer. */
#include "drivers/driver.h"

/* No page is ever said: the character set is chosen in the printer's row. */
static const struct driver_model text_models[] = {
	{
		.name = "plain", .title = N_("plain text, 42 columns"),
		.features = DRV_DRAWER,
		.columns = 42,
		.pages = {
			{ CHARSET_UTF8, 0 }, { CHARSET_LATIN9, 0 },
			{ CHARSET_LATIN1, 0 }, { CHARSET_CP858, 0 },
			{ CHARSET_CP850, 0 }, { CHARSET_CP1252, 0 },
		},
		.npages = 6,
	},
};

static void
text_drawer(struct device *dev, int pin, int on_ms, int off_ms)
{
	(void)pin;
	(void)on_ms;
	(void)off_ms;
	dev_text(dev, "[drawer]\n");
}

const struct driver driver_text = {
	.name = "text",
	.title = N_("plain text"),
	.models = text_models,
	.nmodels = NELEM(text_models),
	.drawer = text_drawer,
};
