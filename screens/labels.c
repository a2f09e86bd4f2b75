/* SPDX-License-Identifier: ISC */
/* Labels: what is to be printed, gathered by scans, words, a receipt. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "db/watch.h"
#include "drivers/driver.h"
#include "screens/app.h"
#include "screens/rows.h"
#include "screens/screens.h"
#include "shop/label.h"

#define LABELS_PAPER	42		/* columns of a preview */

struct labels_screen {
	struct shop		*shop;
	struct rows		 rows;
	struct list		 list;
	struct label_how	 how;
	char			 sheet[LABEL_SHEET_NAME];
	struct slip_sheet	 layout;	/* across 0: a roll */
	int64_t			 labels;
};

static const struct column labels_columns[] = {
	{ N_("Labels"), 7, true, 0 },
	{ N_("Code"), 10, false, 60 },
	{ N_("Name"), 0, false, 0 },
	{ N_("Price"), 10, true, 0 },
	{ 0 }
};

static const char *const labels_sheets[] = {
	"roll",
#define X(name, ...) name,
	LABEL_SHEETS(X)
#undef X
};

static int
labels_read(struct session *s, struct labels_screen *st)
{
	struct label_wanted	*rows;
	size_t			 n;
	int			 r;

	rows_clear(&st->rows);
	st->labels = 0;
	if ((r = label_wanted(st->shop, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		st->labels += rows[i].copies;
		rows_add(&st->rows, rows[i].product, STYLE_NORMAL,
		    "%lld\t%s\t%s\t%s", (long long)rows[i].copies,
		    rows[i].code, rows[i].name,
		    app_money(st->shop, rows[i].price));
	}
	free(rows);
	return list_reload(s, &st->list);
}

/* Another sheet, if there is one of that name; the start only holds there. */
static int
labels_set(struct labels_screen *st, const char *sheet, int64_t start)
{
	struct label_how	how = st->how;
	struct slip_sheet	layout;
	int			r;

	how.sheet = sheet;
	how.start = start;
	if ((r = label_sheet(st->shop, &how, &layout)) != 0) {
		return r;
	}
	if (sheet != NULL) {
		(void)str_copy(st->sheet, sizeof(st->sheet), sheet);
		st->how.sheet = st->sheet;
	}
	st->how.start = start;
	st->layout = layout;
	return 0;
}

static int
labels_open(struct session *s, void *state, const void *arg)
{
	struct labels_screen	*st = state;

	(void)arg;
	st->shop = session_shop(s);
	list_init(&st->list, labels_columns, &rows_source, &st->rows);
	st->list.headed = true;
	if (labels_set(st, NULL, 0) != 0) {	/* the setting is no good */
		(void)!labels_set(st, labels_sheets[0], 0);
	}
	return labels_read(s, st);
}

static void
labels_close(struct session *s, void *state)
{
	struct labels_screen	*st = state;

	app_keep(s, "labels", 0);
	list_done(&st->list);
	rows_clear(&st->rows);
}

static void
labels_layout(struct session *s, void *state, int rows, int cols)
{
	struct labels_screen	*st = state;

	(void)cols;
	list_layout(s, &st->list, rows - 1);
}

static void
labels_draw(const void *state, struct canvas *c)
{
	const struct labels_screen	*st = state;
	const struct slip_sheet		*l = &st->layout;
	char				 text[160];
	int64_t				 each = l->across * l->down;

	(void)str_fmt(text, sizeof(text), "%s  ", st->how.kind == LABEL_ITEM ?
	    _("Item labels") : _("Shelf labels"));
	if (each > 0) {
		(void)str_fmt(text + strlen(text), sizeof(text) -
		    strlen(text), _("%dx%d from %d, sheets: %lld"),
		    l->across, l->down, l->skip + 1,
		    (long long)((st->labels + l->skip + each - 1) / each));
	} else {
		(void)str_copy(text + strlen(text), sizeof(text) -
		    strlen(text), _("on a roll"));
	}
	canvas_put(c, 0, 2, STYLE_BOLD, text);
	if (st->list.count == 0) {
		(void)canvas_wrap(c, 2, 4, STYLE_NORMAL, _("Scan items, or "
		    "type words that find many.  Tab has the receipts and "
		    "the changed prices."));
		return;
	}
	canvas_right(c, 0, canvas_cols(c) - 1, 10, STYLE_BOLD,
	    app_qty(st->shop, st->labels * QTY_ONE));
	list_draw(&st->list, c, 1);
}

static void
labels_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size, _("scan, words, 3*code, *3; F9 prints"));
}

static enum turn
labels_key(struct session *s, void *state, struct key key)
{
	struct labels_screen	*st = state;

	return list_key(s, &st->list, key);
}

/* "*3" of the marked one. */
static int
labels_total(struct labels_screen *st, const char *text)
{
	int64_t	n;
	int	r;

	if (list_chosen(&st->list) == 0) {
		return err_set(ERR_EMPTY, _("mark an item first"));
	}
	if ((r = str_to_i64(text, 0, LABEL_COPIES, &n)) != 0) {
		return r;
	}
	return label_want(st->shop, list_chosen(&st->list), n, false);
}

/* "1001", "3*1001", words. */
static int
labels_add(struct session *s, struct labels_screen *st, const char *text)
{
	const char	*star = strchr(text, '*');
	char		 number[24];
	struct product	 p;
	int64_t		 n = 1;
	int		 r = 0;

	if (star != NULL) {
		(void)str_fmt(number, sizeof(number), "%.*s",
		    (int)(star - text), text);
		if ((r = str_to_i64(number, 1, LABEL_COPIES, &n)) != 0) {
			return r;
		}
		text = star + 1;
	}
	if ((r = product_find(st->shop, text, &p)) == 0) {
		if ((r = label_want(st->shop, p.id, n, true)) == 0) {
			st->list.id = p.id;
			session_say(s, "%s", p.name);
		}
	} else if (r == ERR_NOT_FOUND && star == NULL &&
	    (r = label_want_found(st->shop, text, &n)) == 0) {
		session_say(s, ngettext("labels of %lld item wanted",
		    "labels of %lld items wanted", (unsigned long)n),
		    (long long)n);
	}
	return r;
}

static enum turn
labels_done(struct session *s, struct labels_screen *st, int r)
{
	if (r == 0) {
		r = labels_read(s, st);
	}
	return r != 0 ? session_fail(s, r) : TURN_DRAW;
}

static enum turn
labels_enter(struct session *s, void *state, const char *text)
{
	struct labels_screen	*st = state;
	struct product		 p;

	if (text[0] == '\0') {
		if (product_get(st->shop, list_chosen(&st->list), &p) != 0) {
			return TURN_STAY;
		}
		return session_push(s, &screen_product, p.code);
	}
	return labels_done(s, st, text[0] == '*' ?
	    labels_total(st, text + 1) : labels_add(s, st, text));
}

static enum turn
labels_look(struct session *s, struct labels_screen *st)
{
	struct slip	slip = { 0 };
	struct buf	text = { 0 };
	enum turn	turn;
	int		r;

	if ((r = label_preview(st->shop, &st->how, &slip)) == 0) {
		r = driver_preview(slip_stored(&slip),
		    session_cols(s) < LABELS_PAPER ? session_cols(s) :
		    LABELS_PAPER, &text);
	}
	turn = r == 0 ? session_view(s, _("LABELS"), buf_text(&text)) :
	    session_fail(s, r);
	slip_done(&slip);
	buf_done(&text);
	return turn;
}

/* What has no name goes on to the next of them. */
static int
labels_sheet(struct labels_screen *st, const char *name)
{
	size_t	i = 0;

	if (name[0] == '\0') {
		while (i < NELEM(labels_sheets) &&
		    strcmp(labels_sheets[i], st->sheet) != 0) {
			i++;
		}
		name = labels_sheets[i + 1 < NELEM(labels_sheets) ? i + 1 :
		    0];
	}
	return labels_set(st, name, 0);
}

static int
labels_from(struct session *s, struct labels_screen *st, enum action act,
    const char *rest)
{
	char	day[CLOCK_DAY_SIZE];
	int64_t	n;
	int	r = 0;

	if (act == ACT_LABEL_CHANGED) {
		if (rest[0] == '\0') {
			clock_local(shop_now(), "%Y-%m-%d", day, sizeof(day));
		} else {
			r = clock_day_read(rest, day);
		}
		if (r == 0) {
			r = label_want_changed(st->shop, day, &n);
		}
	} else {
		r = label_want_receipt(st->shop, rest,
		    st->how.kind == LABEL_ITEM, &n);
	}
	if (r == 0) {
		session_say(s, ngettext("labels of %lld item wanted",
		    "labels of %lld items wanted", (unsigned long)n),
		    (long long)n);
	}
	return r;
}

static int
labels_print(struct session *s, struct labels_screen *st)
{
	int64_t	job, labels;
	int	r = label_print_wanted(st->shop, &st->how, &job, &labels);

	if (r == 0) {
		session_say(s, ngettext("%lld label", "%lld labels",
		    (unsigned long)labels), (long long)labels);
		st->how.start = 0;
		r = labels_set(st, st->how.sheet, 0);
	}
	return r;
}

#define LABELS_ASK_RECEIPT	1

static enum turn
labels_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct labels_screen	*st = state;
	int64_t			 n;
	int			 r;

	switch (act) {
	case ACT_SAVE:
		return labels_done(s, st, labels_print(s, st));
	case ACT_LABEL_LOOK:
		return labels_look(s, st);
	case ACT_LABEL_KIND:
		st->how.kind = st->how.kind == LABEL_ITEM ? LABEL_SHELF :
		    LABEL_ITEM;
		return TURN_DRAW;
	case ACT_LABEL_SHEET:
		return labels_done(s, st, labels_sheet(st, rest));
	case ACT_LABEL_START:
		if ((r = str_to_i64(rest[0] != '\0' ? rest : "1", 1, 1600,
		    &n)) == 0) {
			r = labels_set(st, st->how.sheet, n);
		}
		return labels_done(s, st, r);
	case ACT_LABEL_RECEIPT:
		if (rest[0] == '\0') {
			return session_ask(s, LABELS_ASK_RECEIPT, false,
			    _("Which receipt?"), "REC-");
		}
		return labels_done(s, st, labels_from(s, st, act, rest));
	case ACT_LABEL_CHANGED:
		return labels_done(s, st, labels_from(s, st, act, rest));
	case ACT_LABEL_DROP:
		return labels_done(s, st, label_want(st->shop,
		    list_chosen(&st->list), 0, false));
	default:
		return TURN_PASS;
	}
}

static enum turn
labels_resume(struct session *s, void *state, const struct answer *a)
{
	struct labels_screen	*st = state;

	if (a->ok && a->tag == LABELS_ASK_RECEIPT) {
		return labels_done(s, st, labels_from(s, st,
		    ACT_LABEL_RECEIPT, a->text));
	}
	return labels_done(s, st, 0);
}

static bool
labels_can(const void *state, enum action act)
{
	const struct labels_screen	*st = state;

	return act != ACT_LABEL_DROP || st->list.count > 0;
}

static enum turn
labels_news(struct session *s, void *state, unsigned topics)
{
	(void)topics;
	return labels_read(s, state) == 0 ? TURN_DRAW : TURN_STAY;
}

static const struct binding labels_keys[] = {
	{ ACT_LABEL_KIND, K_F3, 'k', NULL },
	{ ACT_LABEL_SHEET, K_F4, 's', NULL },
	{ ACT_LABEL_DROP, K_F8, 'v', NULL },
	{ ACT_SAVE, K_F9, 'p', N_("Print") },
	{ ACT_LABEL_LOOK, K_NONE, 'l', NULL },
	{ ACT_LABEL_START, K_NONE, 'n', NULL },
	{ ACT_LABEL_RECEIPT, K_NONE, 'r', NULL },
	{ ACT_LABEL_CHANGED, K_NONE, 'c', NULL },
	{ 0 }
};

const struct screen screen_labels = {
	.name = "labels",
	.title = N_("LABELS"),
	.right = "product",
	.help = N_("Labels to be printed together.  A scan or code is one "
	    "more, 3*1001 three, *5 makes the marked ones five; words or a "
	    "/pattern/ take all they find.  :label-receipt takes what came, "
	    ":label-changed what has another price since a day.  F3 goes from "
	    "shelf to item labels, F4 to the next sheet (:label-sheet "
	    "3x8:70x37 says its measures), :label-start 5 begins with the "
	    "fifth label of the first.  Tab l shows them first, F9 prints.  "
	    "What is gathered waits for you at any terminal."),
	.topics = 1U << TOPIC_PRODUCT,
	.flags = SCREEN_SCANS,
	.state_size = sizeof(struct labels_screen),
	.keys = labels_keys,
	.open = labels_open,
	.layout = labels_layout,
	.draw = labels_draw,
	.prompt = labels_prompt,
	.can = labels_can,
	.key = labels_key,
	.enter = labels_enter,
	.act = labels_act,
	.resume = labels_resume,
	.news = labels_news,
	.close = labels_close,
};
