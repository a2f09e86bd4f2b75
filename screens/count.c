/* SPDX-License-Identifier: ISC */
/* Counting a drawer: one coin or note a row, how many of it is typed.  What
 * there should be is not shown; that comes once it is counted. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "screens/till.h"
#include "shop/entry.h"

#define ASK_LEAVE	1

struct count_screen {
	struct shop		*shop;
	int64_t			 shift;
	struct drawer_line	*rows;
	size_t			 n;
	size_t			 at;	/* n: all rows have been asked */
	size_t			 top;
	int			 height;
};

static int
count_open(struct session *s, void *state, const void *arg)
{
	struct count_screen	*st = state;

	int			 r;

	st->shop = session_shop(s);
	st->shift = *(const int64_t *)arg;
	if ((r = drawer_sheet(st->shop, st->shift, &st->rows,
	    &st->n)) != 0) {
		return r;
	}
	/* A line that was lost left it here. */
	for (size_t i = 0; i < st->n; i++) {
		st->at = st->rows[i].n != 0 ? i + 1 : st->at;
	}
	if (st->at > 0) {
		session_say(s, "%s", _("this count was begun before; it goes "
		    "on"));
	}
	return 0;
}

static void
count_close(struct session *s, void *state)
{
	struct count_screen	*st = state;

	(void)s;
	free(st->rows);
}

static void
count_show(struct count_screen *st)
{
	size_t	room = st->height > 1 ? (size_t)st->height - 1 : 1;

	if (st->at >= st->top + room) {
		st->top = st->at - room + 1;
	}
	if (st->at < st->top) {
		st->top = st->at;
	}
	if (st->top + room > st->n) {
		st->top = st->n > room ? st->n - room : 0;
	}
}

static void
count_layout(struct session *s, void *state, int rows, int cols)
{
	struct count_screen	*st = state;

	(void)s;
	(void)cols;
	st->height = rows;
	count_show(st);
}

static int64_t
count_amount(const struct drawer_line *l)
{
	return l->value == 0 ? l->n : l->n * l->value;
}

/* "50,00", "Cheque" or "USD 20.00". */
static void
count_label(const struct count_screen *st, const struct drawer_line *l,
    char *out, size_t size)
{
	if (l->value == 0) {
		(void)str_fmt(out, size, "%s%s%s", l->label,
		    l->currency[0] != '\0' ? " " : "", l->currency);
	} else {
		(void)str_fmt(out, size, "%s%s%s", l->currency,
		    l->currency[0] != '\0' ? " " : "",
		    till_money_text(st->shop, l->currency, l->value));
	}
}

static int64_t
count_sum(const struct count_screen *st)
{
	int64_t	sum = 0;

	for (size_t i = 0; i < st->n; i++) {
		if (st->rows[i].currency[0] == '\0') {
			sum += count_amount(&st->rows[i]);
		}
	}
	return sum;
}

static void
count_draw(const void *state, struct canvas *c)
{
	const struct count_screen	*st = state;
	bool				 wide = canvas_cols(c) >= 60;
	int				 end = wide ? 44 : canvas_cols(c) - 1;
	int				 mid = wide ? 28 : 24, row = 0;
	char				 text[80], number[24];

	for (size_t i = st->top; i < st->n && row < canvas_rows(c) - 1;
	    i++, row++) {
		const struct drawer_line	*l = &st->rows[i];
		bool				 here = i == st->at;
		enum style			 style = here ? STYLE_MARKER :
						    STYLE_NORMAL;

		canvas_marker(c, row, 0, here);
		count_label(st, l, text, sizeof(text));
		canvas_right(c, row, 14, 12, style, text);
		if (l->value != 0 && l->n != 0) {
			(void)str_fmt(number, sizeof(number), "x %lld",
			    (long long)l->n);
			canvas_right(c, row, mid, mid - 15, style, number);
		}
		if (l->n != 0) {
			canvas_right(c, row, end, 14, style,
			    till_money_text(st->shop, l->currency,
			    count_amount(l)));
		}
	}
	canvas_put(c, canvas_rows(c) - 1, 2, STYLE_BOLD, _("COUNTED"));
	canvas_right(c, canvas_rows(c) - 1, end, 14, STYLE_TOTAL,
	    app_money(st->shop, count_sum(st)));
}

static void
count_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct count_screen	*st = state;
	char				 label[80];

	(void)typed;
	if (st->at >= st->n) {
		(void)str_fmt(out, size, _("Enter: %s is all there is"),
		    app_cash(st->shop, count_sum(st)));
		return;
	}
	count_label(st, &st->rows[st->at], label, sizeof(label));
	if (st->rows[st->at].value == 0) {
		(void)str_fmt(out, size, _("%s: the amount   F9 done"),
		    label);
	} else {
		(void)str_fmt(out, size, _("how many of %s   F9 done"),
		    label);
	}
}

static enum turn
count_move(struct count_screen *st, size_t at)
{
	st->at = at > st->n ? st->n : at;
	count_show(st);
	return TURN_DRAW;
}

/* First the end, where the sum stands beside Enter; then it is written. */
static enum turn
count_done(struct session *s, struct count_screen *st)
{
	int64_t	count;
	int	r;

	if (st->at < st->n) {
		return count_move(st, st->n);
	}
	r = drawer_count(st->shop, st->shift, st->rows, st->n, &count);
	if (r != 0) {
		session_beep(s);
		return session_fail(s, r);
	}
	return session_pop(s, true, count, "");
}

/* A number for a coin or note, an amount for the rest. */
static int
count_parse(struct count_screen *st, const char *text, int64_t *n)
{
	struct money_style	 style = st->shop->money;
	struct drawer_line	*l = &st->rows[st->at];
	int			 r;

	if (l->value != 0) {
		return str_to_i64(text, 0, 1000000, n) == 0 ? 0 :
		    err_set(ERR_INVALID, _("type how many there are"));
	}
	if (l->currency[0] != '\0' && (r = money_style_set(&style,
	    l->currency, st->shop->set.country)) != 0) {
		return r;
	}
	return entry_price_parse(text, &style, st->shop->who.implied, n);
}

static enum turn
count_enter(struct session *s, void *state, const char *text)
{
	struct count_screen	*st = state;
	int64_t			 n, was;
	int			 r;

	if (st->at >= st->n) {
		return count_done(s, st);
	}
	if (*text != '\0') {
		if ((r = count_parse(st, text, &n)) != 0) {
			session_beep(s);
			return session_fail(s, r);
		}
		was = st->rows[st->at].n;
		st->rows[st->at].n = n;
		if ((r = drawer_note(st->shop, st->shift,
		    &st->rows[st->at])) != 0) {
			st->rows[st->at].n = was;
			session_beep(s);
			return session_fail(s, r);
		}
	}
	return count_move(st, st->at + 1);
}

static enum turn
count_key(struct session *s, void *state, struct key key)
{
	struct count_screen	*st = state;
	size_t			 page = st->height > 2 ?
				    (size_t)st->height - 2 : 1;

	(void)s;
	switch (key.code) {
	case K_UP:
		return count_move(st, st->at == 0 ? 0 : st->at - 1);
	case K_DOWN:
		return count_move(st, st->at + 1);
	case K_PGUP:
		return count_move(st, st->at < page ? 0 : st->at - page);
	case K_PGDN:
		return count_move(st, st->at + page);
	case K_HOME:
		return count_move(st, 0);
	case K_END:
		return count_move(st, st->n);
	default:
		return TURN_PASS;
	}
}

/* Ten minutes of coins are not left by one key. */
static enum turn
count_back(struct session *s, const struct count_screen *st)
{
	for (size_t i = 0; i < st->n; i++) {
		if (st->rows[i].n != 0) {
			return session_confirm(s, ASK_LEAVE, true,
			    _("Leave, and lose what was counted?"));
		}
	}
	return TURN_PASS;
}

static enum turn
count_act(struct session *s, void *state, enum action act, const char *rest)
{
	(void)rest;
	return act == ACT_SAVE ? count_done(s, state) :
	    act == ACT_BACK ? count_back(s, state) : TURN_PASS;
}

static enum turn
count_resume(struct session *s, void *state, const struct answer *a)
{
	struct count_screen	*st = state;
	int			 r;

	if (!a->ok || a->tag != ASK_LEAVE) {
		return TURN_DRAW;
	}
	if ((r = drawer_forget(st->shop, st->shift)) != 0) {
		return session_fail(s, r);
	}
	return session_pop(s, false, 0, "");
}

static const struct binding count_keys[] = {
	{ ACT_SAVE, K_F9, 's', N_("Done") },
	{ 0 }
};

const struct screen screen_count = {
	.name = "count",
	.title = N_("COUNT"),
	.right = "shift",
	.help = N_("Count the drawer: type how many there are of each note "
	    "and coin, then Enter; Enter alone where there are none.  The "
	    "arrows go back to one.  F9 goes to the end, where Enter "
	    "writes it down.  What should "
	    "be there is shown afterwards.  A line that is lost loses none "
	    "of it."),
	.state_size = sizeof(struct count_screen),
	.keys = count_keys,
	.open = count_open,
	.layout = count_layout,
	.draw = count_draw,
	.prompt = count_prompt,
	.key = count_key,
	.enter = count_enter,
	.act = count_act,
	.resume = count_resume,
	.close = count_close,
};
