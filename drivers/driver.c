/* SPDX-License-Identifier: ISC */
/* Finding drivers and models, and a slip for people's eyes. */
#include "drivers/driver.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

const struct driver *const drivers[] = {
#define X(name) &driver_##name,
	DRIVERS(X)
#undef X
	NULL,
};

static int
driver_unknown(const char *name)
{
	struct buf	known = { 0 };
	int		r;

	for (size_t i = 0; drivers[i] != NULL; i++) {
		buf_fmt(&known, " %s", drivers[i]->name);
	}
	r = err_set(ERR_NOT_FOUND,
	    _("no printer driver is called %.20s; there are:%s"), name,
	    buf_text(&known));
	buf_done(&known);
	return r;
}

static int
driver_unknown_model(const struct driver *driver, const char *model)
{
	struct buf	known = { 0 };
	int		r;

	for (size_t i = 0; i < driver->nmodels; i++) {
		buf_fmt(&known, " %s", driver->models[i].name);
	}
	r = err_set(ERR_NOT_FOUND,
	    _("driver %s knows no model %.20s; it has:%s"), driver->name,
	    model, buf_text(&known));
	buf_done(&known);
	return r;
}

/* The one page of the model in that character set. */
static int
driver_pick_page(struct driver_setup *setup, const char *charset)
{
	const struct driver_model	*model = setup->model;
	enum charset			 set;
	int				 r;

	if ((r = charset_find(charset, &set)) != 0) {
		return r;
	}
	for (size_t i = 0; i < model->npages; i++) {
		if (model->pages[i].set == set) {
			setup->pages[0] = model->pages[i];
			setup->npages = 1;
			return 0;
		}
	}
	if (set == CHARSET_ASCII) {
		setup->npages = 0;	/* every page starts with it */
		return 0;
	}
	return err_set(ERR_INVALID, _("model %s has no characters %s"),
	    model->name, charset);
}

int
driver_find(const char *name, const char *model, int columns,
    const char *charset, struct driver_setup *out)
{
	const struct driver	*driver = NULL;

	*out = (struct driver_setup){ 0 };
	for (size_t i = 0; drivers[i] != NULL; i++) {
		if (strcmp(drivers[i]->name, name) == 0) {
			driver = drivers[i];
		}
	}
	if (driver == NULL) {
		return driver_unknown(name);
	}
	out->driver = driver;
	for (size_t i = 0; i < driver->nmodels && out->model == NULL; i++) {
		if (*model == '\0' ||
		    strcmp(driver->models[i].name, model) == 0) {
			out->model = &driver->models[i];
		}
	}
	if (out->model == NULL) {
		return driver_unknown_model(driver, model);
	}
	if (columns != 0 && (columns < 16 || columns > 132)) {
		return err_set(ERR_RANGE,
		    _("a printer has 16 to 132 columns, not %d"), columns);
	}
	out->columns = columns == 0 ? out->model->columns : columns;
	memcpy(out->pages, out->model->pages, sizeof(out->pages));
	/* Where nothing can say a page, there is but one. */
	out->npages = driver->page == NULL ? 1 : out->model->npages;
	return *charset == '\0' ? 0 : driver_pick_page(out, charset);
}

void
driver_split(const char *name, char driver[static 32], char model[static 32])
{
	const char	*slash = strchrnul(name, '/');
	char		*head = xstrndup(name, (size_t)(slash - name));

	(void)str_copy(driver, 32, head);
	(void)str_copy(model, 32, *slash == '/' ? slash + 1 : "");
	free(head);
}

int
driver_preview(const char *slip, int columns, struct buf *out)
{
	struct driver_setup	setup;
	int			r;

	if ((r = driver_find("text", "", columns, "utf8", &setup)) != 0) {
		return r;
	}
	return driver_render(&setup, slip, out);
}
