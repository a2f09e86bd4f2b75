/* SPDX-License-Identifier: ISC */
/* Reading a report file's head, running its one statement. */
#include "shop/report.h"

#include <string.h>

#include "base/buf.h"
#include "db/report.h"
#include "db/schema.h"
#include "shop/product.h"
#include "shop/stock.h"

size_t
report_total(void)
{
	return report_count;
}

static int
report_kind(const char *word, size_t len, enum value_kind *out)
{
	static const char *const names[] = {
#define X(id, name) name,
		VALUE_KINDS(X)
#undef X
	};

	for (size_t i = 0; i < NELEM(names); i++) {
		if (strlen(names[i]) == len &&
		    strncmp(names[i], word, len) == 0) {
			*out = (enum value_kind)i;
			return 0;
		}
	}
	return err_set(ERR_CONFIG, _("no kind of value is called %.*s"),
	    (int)len, word);
}

/* "key kind title…" */
static int
report_column_read(const char *text, size_t len, struct report_column *out)
{
	size_t	key = strcspn(text, " \n"), kind, at;
	int	r;

	if (key >= len || key >= sizeof(out->key)) {
		return err_set(ERR_CONFIG, _("a column needs a key, a kind"));
	}
	memcpy(out->key, text, key);
	out->key[key] = '\0';
	at = key + 1;
	kind = strcspn(text + at, " \n");
	if ((r = report_kind(text + at, kind, &out->kind)) != 0) {
		return r;
	}
	at += kind;
	if (at < len) {
		at++;
	}
	if (len - at >= sizeof(out->title)) {
		return err_set(ERR_CONFIG, _("a column's title is too long"));
	}
	memcpy(out->title, text + at, len - at);
	out->title[len - at] = '\0';
	return 0;
}

static int
report_head_line(struct report *out, const char *key, size_t nkey,
    const char *value, size_t len)
{
	char	text[128];

	if (len >= sizeof(text)) {
		return err_set(ERR_CONFIG, _("a head line is too long"));
	}
	memcpy(text, value, len);
	text[len] = '\0';
	if (nkey == 6 && strncmp(key, "report", nkey) == 0) {
		return str_copy(out->title, sizeof(out->title), text) ? 0 :
		    err_set(ERR_CONFIG, _("the title is too long"));
	}
	if (nkey == 5 && strncmp(key, "right", nkey) == 0) {
		return right_find(text, &out->right);
	}
	if (nkey == 5 && strncmp(key, "chart", nkey) == 0) {
		return str_copy(out->chart, sizeof(out->chart), text) ? 0 :
		    ERR_CONFIG;
	}
	if (nkey == 5 && strncmp(key, "param", nkey) == 0 &&
	    out->nparams < REPORT_PARAMS) {
		return report_column_read(text, len,
		    &out->param[out->nparams++]);
	}
	if (nkey == 6 && strncmp(key, "column", nkey) == 0 &&
	    out->ncolumns < REPORT_COLUMNS) {
		return report_column_read(text, len,
		    &out->column[out->ncolumns++]);
	}
	return 0;		/* a comment with a colon */
}

int
report_nth(size_t n, struct report *out)
{
	const struct report_text	*file;

	*out = (struct report){ .right = RIGHT_REPORT };
	if (n >= report_count) {
		return ERR_NOT_FOUND;
	}
	file = &report_texts[n];
	(void)str_copy(out->name, sizeof(out->name), file->name);
	out->sql = file->text;
	for (const char *p = file->text; str_starts(p, "--");) {
		size_t		 len = strcspn(p, "\n");
		const char	*key = p + 2 + strspn(p + 2, " ");
		const char	*colon = memchr(key, ':',
				    len - (size_t)(key - p));
		int		 r;

		if (colon != NULL) {
			const char	*value = colon + 1 +
					    strspn(colon + 1, " ");

			r = report_head_line(out, key,
			    (size_t)(colon - key), value,
			    value > p + len ? 0 : (size_t)(p + len - value));
			if (r != 0) {
				return r;
			}
		}
		p += len + (p[len] == '\n');
	}
	if (out->title[0] == '\0' || out->ncolumns == 0) {
		return err_set(ERR_CONFIG,
		    _("report %s has no title or no columns"), out->name);
	}
	return 0;
}

int
report_find(const char *name, struct report *out)
{
	for (size_t i = 0; i < report_count; i++) {
		if (strcmp(report_texts[i].name, name) == 0) {
			return report_nth(i, out);
		}
	}
	*out = (struct report){ .right = RIGHT_REPORT };
	return err_set(ERR_NOT_FOUND,
	    _("no report is called %.32s; report lists them"), name);
}

int
report_day(struct shop *shop, const char *text,
    char out[static CLOCK_DAY_SIZE])
{
	bool	before = text != NULL && (strcmp(text, "yesterday") == 0 ||
		    strcmp(text, _("yesterday")) == 0);

	if (text != NULL && !before && strcmp(text, "today") != 0 &&
	    strcmp(text, _("today")) != 0) {
		return clock_day_read(text, out);
	}
	clock_business_day(shop_now(), shop->set.day_start_hour, out);
	if (before) {
		clock_day_step(out, -1, out);
	}
	return 0;
}

struct report_pass {
	const struct report	*report;
	int			 (*fn)(void *, const struct report_value *);
	void			*ctx;
};

static int
report_row(void *ctx, const struct db_value *row, size_t n)
{
	struct report_pass	*pass = ctx;
	struct report_value	 out[REPORT_COLUMNS] = { 0 };

	if (n != pass->report->ncolumns) {
		return err_set(ERR_CONFIG,
		    _("report %s names %zu columns but selects %zu"),
		    pass->report->name, pass->report->ncolumns, n);
	}
	for (size_t i = 0; i < n; i++) {
		enum value_kind	kind = pass->report->column[i].kind;

		out[i].null = row[i].null;
		out[i].number = row[i].number;
		out[i].text = kind == VALUE_TEXT || kind == VALUE_DAY ?
		    row[i].text : NULL;
	}
	return pass->fn(pass->ctx, out);
}

/* A place or an item that there is none of: nothing of it would look as if
 * nothing were there. */
static int
report_known(struct shop *shop, const char *key, const char *value)
{
	struct stock_place	place;
	struct product		p;

	if (value == NULL || value[0] == '\0') {
		return 0;
	}
	if (strcmp(key, "place") == 0) {
		return stock_place_find(shop, value, &place);
	}
	return strcmp(key, "code") == 0 ? product_find(shop, value, &p) : 0;
}

int
report_run(struct shop *shop, const struct report *report,
    const char *const *arg, size_t nargs,
    int (*fn)(void *ctx, const struct report_value *row), void *ctx)
{
	struct report_pass	pass = { report, fn, ctx };
	struct db_param		param[REPORT_PARAMS + 1] = { 0 };
	char			today[CLOCK_DAY_SIZE];
	int			r;

	if ((r = shop_require(shop, report->right)) != 0) {
		return r;
	}
	if (nargs > report->nparams) {
		return err_set(ERR_USAGE, _("report %s takes at most %zu "
		    "values"), report->name, report->nparams);
	}
	for (size_t i = 0; i < nargs; i++) {
		if ((r = report_known(shop, report->param[i].key,
		    arg[i])) != 0) {
			return r;
		}
	}
	clock_business_day(shop_now(), shop->set.day_start_hour, today);
	for (size_t i = 0; i < report->nparams; i++) {
		const struct report_column	*p = &report->param[i];

		param[i].name = p->key;
		param[i].text = i < nargs ? arg[i] : NULL;
		if (p->kind == VALUE_DAY) {
			if (param[i].text == NULL) {
				param[i].text = today;
			} else if ((r = clock_day_check(param[i].text)) != 0) {
				return r;
			}
		} else if (p->kind != VALUE_TEXT && param[i].text != NULL) {
			if ((r = str_to_i64(param[i].text, INT64_MIN,
			    INT64_MAX, &param[i].number)) != 0) {
				return r;
			}
			param[i].text = NULL;
			param[i].is_number = true;
		}
	}
	param[report->nparams] = (struct db_param){ .name = "me",
	    .number = shop->who.user, .is_number = true };
	return db_report(shop->db, report->sql, param, report->nparams + 1,
	    report_row, &pass);
}
