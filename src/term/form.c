/* SPDX-License-Identifier: ISC */
/* A form: its fields down the screen, the one being changed on the entry
 * line.  Enter keeps what a field has; typing replaces it. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/money.h"
#include "shop/ean.h"
#include "term/widgets.h"

#define FORM_MAX	80	/* characters, where the field says nothing */
#define FORM_CHOICES	72	/* columns of a row that all of them may take */
#define FORM_LABEL	24	/* columns of the labels */

void
form_init(struct form *f, const struct field *fields, size_t n, void *ctx)
{
	memset(f, 0, sizeof(*f));
	f->fields = fields;
	f->n = n;
	f->ctx = ctx;
	f->height = 1;
	f->values = xcalloc(n, sizeof(*f->values));
	for (size_t i = 0; i < n; i++) {
		f->values[i] = xstrdup("");
	}
	while (f->at + 1 < n && fields[f->at].kind == FIELD_SHOW) {
		f->at++;
	}
}

static void
form_put(struct form *f, size_t i, const char *value)
{
	explicit_bzero(f->values[i], strlen(f->values[i]));
	free(f->values[i]);
	f->values[i] = xstrdup(value);
}

void
form_done(struct form *f)
{
	for (size_t i = 0; i < f->n; i++) {
		explicit_bzero(f->values[i], strlen(f->values[i]));
		free(f->values[i]);
	}
	free(f->values);
	memset(f, 0, sizeof(*f));
}

static size_t
form_find(const struct form *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++) {
		if (strcmp(f->fields[i].name, name) == 0) {
			return i;
		}
	}
	fatal("form: no field %s", name);
}

void
form_set(struct form *f, const char *name, const char *value)
{
	form_put(f, form_find(f, name), value != NULL ? value : "");
}

const char *
form_get(const struct form *f, const char *name)
{
	return f->values[form_find(f, name)];
}

/* A field's text as the number its kind makes of it. */
static int
form_parse(const struct form *f, size_t i, const char *text, int64_t *out)
{
	const struct field	*k = &f->fields[i];
	bool			 bound = k->most > 0;

	*out = 0;
	switch (k->kind) {
	case FIELD_NUMBER:
		return str_to_i64(text, bound ? k->least : INT64_MIN,
		    bound ? k->most : INT64_MAX, out);
	case FIELD_MONEY:
		return money_parse(f->money, text, f->implied, out);
	case FIELD_QTY:
		return qty_parse(text, out);
	case FIELD_RATE:
		return rate_parse(text, out);
	case FIELD_BOOL:
		*out = text[0] == '1';
		return 0;
	default:
		return 0;
	}
}

int64_t
form_number(const struct form *f, const char *name)
{
	size_t	i = form_find(f, name);
	int64_t	n;

	return f->values[i][0] == '\0' ||
	    form_parse(f, i, f->values[i], &n) != 0 ? 0 : n;
}

bool
form_secret(const struct form *f)
{
	return f->n > 0 && f->fields[f->at].kind == FIELD_SECRET;
}

/* ---- what was typed ----------------------------------------------------- */

/* Does `typed` begin the word, accents and case ignored? */
static bool
form_begins(const char *word, const char *typed)
{
	char	a[128], b[128];

	return utf8_fold(a, sizeof(a), word) &&
	    utf8_fold(b, sizeof(b), typed) && b[0] != '\0' &&
	    str_starts(a, b);
}

static int
form_choice(const struct field *k, const char *now, const char *text,
    char *out, size_t size)
{
	const char	*only = NULL;
	int64_t		 n;
	int		 found = 0, count = 0, at = -1;

	for (; k->choices[count] != NULL; count++) {
		if (strcmp(k->choices[count], now) == 0) {
			at = count;
		}
		if (str_equal(k->choices[count], text)) {
			(void)str_copy(out, size, text);
			return 0;
		}
		if (form_begins(k->choices[count], text) ||
		    form_begins(_(k->choices[count]), text)) {
			only = k->choices[count];
			found++;
		}
	}
	if (strcmp(text, "+") == 0 && count > 0) {
		(void)str_copy(out, size, k->choices[(at + 1) % count]);
		return 0;
	}
	if (str_to_i64(text, 1, count, &n) == 0) {
		only = k->choices[n - 1];
		found = 1;
	}
	if (found != 1) {
		return err_set(ERR_INVALID, found == 0 ?
		    _("none of these is \"%.40s\"; + shows the next one") :
		    _("more than one begins with \"%.40s\"; type more"), text);
	}
	(void)str_copy(out, size, only);
	return 0;
}

static int
form_bool(const char *text, char *out, size_t size)
{
	if (form_begins(_("yes"), text) || form_begins("yes", text) ||
	    strcmp(text, "1") == 0) {
		(void)str_copy(out, size, "1");
		return 0;
	}
	if (form_begins(_("no"), text) || form_begins("no", text) ||
	    strcmp(text, "0") == 0) {
		(void)str_copy(out, size, "0");
		return 0;
	}
	return err_set(ERR_INVALID, _("yes or no?"));
}

/* The text as it will be stored, or why not. */
static int
form_take(struct session *s, struct form *f, size_t i, const char *text,
    char *out, size_t size)
{
	const struct field	*k = &f->fields[i];
	size_t			 most = k->max > 0 ? k->max : FORM_MAX;
	int64_t			 n;
	int			 r;

	if (utf8_chars(text) > most) {
		return err_set(ERR_TOO_LONG, _("%s: at most %zu characters"),
		    _(k->label), most);
	}
	(void)str_copy(out, size, text);
	if ((k->kind == FIELD_MONEY || k->kind == FIELD_QTY ||
	    k->kind == FIELD_NUMBER || k->kind == FIELD_RATE) &&
	    scan_is(text, "")) {
		return err_set(ERR_INVALID, _("%s: a barcode is no number"),
		    _(k->label));
	}
	switch (k->kind) {
	case FIELD_CHOICE:
		r = form_choice(k, f->values[i], text, out, size);
		break;
	case FIELD_BOOL:
		r = form_bool(text, out, size);
		break;
	case FIELD_DAY:
		r = clock_day_read(text, out);
		break;
	case FIELD_NUMBER:
		if ((r = form_parse(f, i, text, &n)) != 0 && k->most > 0) {
			r = err_set(r, _("%s: a whole number from %lld to "
			    "%lld"), _(k->label), (long long)k->least,
			    (long long)k->most);
		}
		break;
	default:
		r = form_parse(f, i, text, &n);
		break;
	}
	if (r == 0 && k->check != NULL) {
		r = k->check(s, f->ctx, out);
	}
	return r;
}

/* ---- moving about ------------------------------------------------------- */

static void
form_bound(struct form *f)
{
	if (f->top > f->at) {
		f->top = f->at;
	}
	if (f->at >= f->top + (size_t)f->height) {
		f->top = f->at - (size_t)f->height + 1;
	}
}

static void
form_go(struct session *s, struct form *f, size_t at)
{
	f->at = at;
	form_bound(f);
	session_secret(s, form_secret(f));
}

void
form_layout(struct form *f, int rows)
{
	f->height = rows > 0 ? rows : 1;
	form_bound(f);
}

/* The next field that can be changed, in either direction; false: none. */
static bool
form_step(struct session *s, struct form *f, bool back)
{
	size_t	at = f->at;

	while (back ? at > 0 : at + 1 < f->n) {
		at += back ? (size_t)-1 : 1;
		if (f->fields[at].kind != FIELD_SHOW) {
			form_go(s, f, at);
			return true;
		}
	}
	return false;
}

enum turn
form_key(struct session *s, struct form *f, struct key key)
{
	switch (key.code) {
	case K_UP:
	case K_BACKTAB:
		(void)form_step(s, f, true);
		return TURN_DRAW;
	case K_DOWN:
		(void)form_step(s, f, false);
		return TURN_DRAW;
	case K_HOME:
	case K_PGUP:
		while (form_step(s, f, true)) {
			continue;
		}
		return TURN_DRAW;
	case K_END:
	case K_PGDN:
		while (form_step(s, f, false)) {
			continue;
		}
		return TURN_DRAW;
	case K_RIGHT:
		return form_act(s, f, ACT_EDIT);
	default:
		return TURN_PASS;
	}
}

enum turn
form_enter(struct session *s, struct form *f, const char *text, bool *done)
{
	char	value[ENTRY_MAX];
	int	r;

	*done = false;
	if (f->n == 0) {
		*done = true;
		return TURN_DRAW;
	}
	if (text[0] != '\0') {
		r = form_take(s, f, f->at, text, value, sizeof(value));
		if (r != 0) {
			return session_fail(s, r);
		}
		form_put(f, f->at, value);
		explicit_bzero(value, sizeof(value));
		f->changed = true;
		/* "+" only shows the next choice. */
		if (f->fields[f->at].kind == FIELD_CHOICE &&
		    strcmp(text, "+") == 0) {
			return TURN_DRAW;
		}
	} else if (f->fields[f->at].required && f->values[f->at][0] == '\0') {
		session_warn(s, _("%s is needed"), _(f->fields[f->at].label));
		return TURN_DRAW;
	}
	*done = !form_step(s, f, false);
	return TURN_DRAW;
}

int
form_check(struct session *s, struct form *f)
{
	char	value[ENTRY_MAX];

	for (size_t i = 0; i < f->n; i++) {
		int	r = 0;

		if (f->fields[i].kind == FIELD_SHOW) {
			continue;
		}
		if (f->values[i][0] == '\0') {
			if (f->fields[i].required) {
				r = err_set(ERR_INVALID, _("%s is needed"),
				    _(f->fields[i].label));
			}
		} else {
			r = form_take(s, f, i, f->values[i], value,
			    sizeof(value));
		}
		if (r != 0) {
			form_go(s, f, i);
			(void)session_fail(s, r);
			return ERR_INVALID;
		}
	}
	explicit_bzero(value, sizeof(value));
	return 0;
}

enum turn
form_act(struct session *s, struct form *f, enum action act)
{
	switch (act) {
	case ACT_EDIT:
		if (!form_secret(f)) {
			session_set_entry(s, f->values[f->at]);
		}
		return TURN_DRAW;
	case ACT_CLEAR:
		form_put(f, f->at, "");
		f->changed = true;
		return TURN_DRAW;
	default:
		return TURN_PASS;
	}
}

/* ---- painting ----------------------------------------------------------- */

static const char *
form_shown(const struct form *f, size_t i)
{
	const char	*value = f->values[i];

	switch (f->fields[i].kind) {
	case FIELD_SECRET:
		return value[0] != '\0' ? "********" : "";
	case FIELD_CHOICE:
		return value[0] != '\0' ? _(value) : "";
	case FIELD_BOOL:
		return value[0] == '1' ? _("yes") : _("no");
	default:
		return value;
	}
}

/* All of them where a row has room; a part would hide the rest. */
static void
form_choices(const struct field *k, char *out, size_t size)
{
	char	list[256];
	size_t	used = 0, n = strlen(out);

	list[0] = '\0';
	for (size_t i = 0; k->choices[i] != NULL; i++) {
		(void)str_fmt(list + used, sizeof(list) - used, "%s%s",
		    i > 0 ? ", " : "", _(k->choices[i]));
		used = strlen(list);
	}
	(void)str_fmt(out + n, size - n, " %s",
	    utf8_cols(out) + utf8_cols(list) > FORM_CHOICES ?
	    _("+ for the next one, or its first letters") : list);
}

void
form_prompt(const struct form *f, char *out, size_t size)
{
	const struct field	*k;
	size_t			 used;

	out[0] = '\0';
	if (f->n == 0) {
		return;
	}
	k = &f->fields[f->at];
	(void)str_fmt(out, size, "%s%s", _(k->label),
	    k->kind == FIELD_BOOL ? _(": yes or no") : _(":"));
	used = strlen(out);
	if (k->hint != NULL) {
		(void)str_fmt(out + used, size - used, " %s", _(k->hint));
	}
	if (k->kind == FIELD_CHOICE) {
		form_choices(k, out, size);
	}
}

/* On a narrow screen labels take what they need, and no more than `most`. */
static int
form_label(const struct form *f, const struct canvas *c, int most)
{
	int	label = 0;

	for (size_t i = 0; i < f->n; i++) {
		int	width = canvas_width(c, _(f->fields[i].label));

		label = width > label ? width : label;
	}
	return label < most ? label : most;
}

void
form_draw(const struct form *f, struct canvas *c, int row)
{
	int	cols = canvas_cols(c);
	int	label = cols >= 60 ? FORM_LABEL :
		    form_label(f, c, cols * 5 / 8);

	for (size_t i = f->top; i < f->n &&
	    i < f->top + (size_t)f->height; i++, row++) {
		const struct field	*k = &f->fields[i];
		bool			 here = i == f->at;

		canvas_marker(c, row, 0, here);
		canvas_cell(c, row, 2, label, k->kind == FIELD_SHOW ?
		    STYLE_DIM : STYLE_NORMAL, _(k->label));
		canvas_put(c, row, 3 + label, here ? STYLE_MARKER :
		    STYLE_NORMAL, form_shown(f, i));
	}
}
