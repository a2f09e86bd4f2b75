/* SPDX-License-Identifier: ISC */
/* Choosing from numbered rows: the Tab menu, and any short list of answers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "term/inside.h"

#define MENU_MAX	64

struct menu_row {
	int		 value;
	char		 letter;
	const char	*label;
};

struct menu_arg {
	const char		*question;
	const struct menu_row	*rows;	/* labels are copied */
	int			 n;
	const struct frame	*actions;	/* pick is an action there */
};

struct menu_state {
	char		 question[160];
	struct menu_item {
		int	 value;
		char	 letter;
		char	*label;
	}		*rows;
	int		 n;
	int		 at, top, height;
	int		 typed;		/* the number so far; -1: none here */
	bool		 actions;
};

static int
menu_open(struct session *s, void *state, const void *arg)
{
	struct menu_state	*m = state;
	const struct menu_arg	*a = arg;

	(void)s;
	if (a->n == 0) {
		return err_set(ERR_EMPTY, _("nothing to choose here"));
	}
	(void)str_copy(m->question, sizeof(m->question), a->question);
	m->rows = xcalloc((size_t)a->n, sizeof(*m->rows));
	m->n = a->n;
	m->actions = a->actions != NULL;
	for (int i = 0; i < a->n; i++) {
		m->rows[i].value = a->rows[i].value;
		m->rows[i].letter = a->rows[i].letter;
		m->rows[i].label = xstrdup(a->rows[i].label);
	}
	return 0;
}

static void
menu_layout(struct session *s, void *state, int rows, int cols)
{
	struct menu_state	*m = state;

	(void)s;
	(void)cols;
	m->height = m->n < rows - 1 ? m->n : rows - 1;
	if (m->height < 1) {
		m->height = 1;
	}
}

/* Over the lower rows of the screen below, no more than it needs. */
static void
menu_draw(const void *state, struct canvas *c)
{
	const struct menu_state	*m = state;
	int			 row = canvas_rows(c) - m->height - 1, at;

	canvas_clear(c, row, m->height + 1);
	at = canvas_put(c, row, 1, STYLE_BOLD, m->question);
	if (m->n > m->height) {
		canvas_fmt(c, row, at + 2, STYLE_DIM, _("%d-%d of %d"),
		    m->top + 1, m->top + m->height, m->n);
	}
	row++;
	for (int i = m->top; i < m->n && i < m->top + m->height; i++, row++) {
		char	letter[3] = { m->rows[i].letter, '\0' };

		canvas_marker(c, row, 0, i == m->at);
		canvas_fmt(c, row, 2, STYLE_KEY, "%2d", i + 1);
		canvas_put(c, row, 5, STYLE_KEY, letter);
		canvas_put(c, row, 7, i == m->at ? STYLE_MARKER :
		    STYLE_NORMAL, m->rows[i].label);
	}
}

static void
menu_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct menu_state	*m = state;

	(void)typed;
	if (m->typed > 0) {
		(void)str_fmt(out, size, _("Enter = %d, or one more digit"),
		    m->typed);
	} else if (m->typed < 0) {
		(void)str_fmt(out, size, ngettext("there is only %d",
		    "1 to %d", (unsigned long)m->n), m->n);
	} else {
		(void)str_copy(out, size, _("number or letter  Enter takes  "
		    "Esc back"));
	}
}

static enum turn
menu_pick(struct session *s, struct menu_state *m, int i)
{
	/* The menu is gone before its action is asked of the screen below. */
	if (m->actions) {
		s->chosen = (enum action)m->rows[i].value;
	}
	return session_pop(s, true, m->rows[i].value, m->rows[i].label);
}

static void
menu_move(struct menu_state *m, int to)
{
	m->typed = 0;
	m->at = to < 0 ? 0 : to >= m->n ? m->n - 1 : to;
	if (m->top > m->at) {
		m->top = m->at;
	}
	if (m->top < m->at - m->height + 1) {
		m->top = m->at - m->height + 1;
	}
}

/*
 * Enter ends a number, even where one digit would do: a scan begins with
 * digits too, and must not pick what is in the way of its first one.
 */
static enum turn
menu_digit(struct menu_state *m, int digit)
{
	int	number = m->typed < 0 ? -1 : m->typed * 10 + digit;

	if (number < 1 || number > m->n) {
		m->typed = -1;
		return TURN_DRAW;
	}
	menu_move(m, number - 1);
	m->typed = number;
	return TURN_DRAW;
}

static enum turn
menu_end(struct session *s, struct menu_state *m)
{
	if (m->typed < 0) {
		m->typed = 0;
		session_warn(s, ngettext("there is only %d", "1 to %d",
		    (unsigned long)m->n), m->n);
		return TURN_DRAW;
	}
	return menu_pick(s, m, m->typed > 0 ? m->typed - 1 : m->at);
}

static enum turn
menu_press(struct session *s, void *state, uint32_t ch)
{
	struct menu_state	*m = state;

	if (ch >= '0' && ch <= '9') {
		return menu_digit(m, (int)(ch - '0'));
	}
	for (int i = 0; i < m->n; i++) {
		if (m->rows[i].letter != 0 &&
		    (uint32_t)m->rows[i].letter == ch) {
			return menu_pick(s, m, i);
		}
	}
	/* A number pad has no other keys that turn a page. */
	if (ch == '+' || ch == '-') {
		menu_move(m, m->at + (ch == '-' ? -m->height : m->height));
		return TURN_DRAW;
	}
	m->typed = -1;
	session_warn(s, _("no such letter here"));
	return TURN_DRAW;
}

static enum turn
menu_key(struct session *s, void *state, struct key key)
{
	struct menu_state	*m = state;

	switch (key.code) {
	case K_UP:
		menu_move(m, m->at - 1);
		return TURN_DRAW;
	case K_TAB:
		if (m->typed != 0) {
			return menu_end(s, m);
		}
		menu_move(m, m->at + 1);
		return TURN_DRAW;
	case K_DOWN:
		menu_move(m, m->at + 1);
		return TURN_DRAW;
	case K_PGUP:
	case K_PGDN:
		menu_move(m, m->at + (key.code == K_PGUP ? -m->height :
		    m->height));
		return TURN_DRAW;
	case K_HOME:
	case K_END:
		menu_move(m, key.code == K_HOME ? 0 : m->n - 1);
		return TURN_DRAW;
	case K_ENTER:
		return menu_end(s, m);
	case K_BACKSPACE:
		m->typed = m->typed > 0 ? m->typed / 10 : 0;
		return TURN_DRAW;
	default:
		return TURN_PASS;
	}
}

static void
menu_close(struct session *s, void *state)
{
	struct menu_state	*m = state;

	(void)s;
	for (int i = 0; i < m->n; i++) {
		free(m->rows[i].label);
	}
	free(m->rows);
}

static const struct screen screen_menu = {
	.name = "menu",
	.title = N_("MENU"),
	.help = N_("Type the letter of what you want, or its number and "
	    "Enter, or move to it and press Enter."),
	.flags = SCREEN_DIRECT | SCREEN_OVER,
	.state_size = sizeof(struct menu_state),
	.open = menu_open,
	.layout = menu_layout,
	.draw = menu_draw,
	.prompt = menu_prompt,
	.key = menu_key,
	.press = menu_press,
	.close = menu_close,
};

enum turn
session_choose(struct session *s, int tag, const char *question,
    const char *const *labels, size_t n)
{
	struct menu_row	rows[MENU_MAX] = { { 0 } };

	n = n < MENU_MAX ? n : MENU_MAX;
	for (size_t i = 0; i < n; i++) {
		rows[i].value = (int)i;
		rows[i].label = labels[i];
	}
	return session_push_tagged(s, tag, &screen_menu, &(struct menu_arg){
	    .question = question, .rows = rows, .n = (int)n });
}

/* "Attente        :attente         F5", each in its column; what somebody
 * else has to approve says so. */
static char *
menu_label(struct session *s, const struct binding *b)
{
	const char	*label = b->label != NULL ? _(b->label) :
			    action_label(b->act);
	const char	*name = action_name_local(b->act);
	bool		 may = session_allowed(s, action_right(b->act));
	int		 pad = 14 - utf8_cols(label);
	bool		 more = b->key != K_NONE || !may;
	int		 gap = more ? 14 - utf8_cols(name) : 0;

	return xasprintf("%s%*s :%s%*s%-*s%s", label, pad > 0 ? pad : 0, "",
	    name, more && gap < 1 ? 1 : gap, "", may ? 0 : 5, key_name(b->key),
	    may ? "" : _("(approval)"));
}

void
session_menu(struct session *s)
{
	const struct frame	*f = session_frame(s);
	struct menu_row		 rows[MENU_MAX] = { { 0 } };
	char			*labels[MENU_MAX];
	int			 n = 0;

	for (const struct binding *b = session_face(f).keys; b != NULL &&
	    b->act != ACT_NONE && n < MENU_MAX; b++) {
		if (session_offers(s, f, b->act)) {
			rows[n].value = (int)b->act;
			rows[n].letter = session_binding_letter(b);
			rows[n].label = labels[n] = menu_label(s, b);
			n++;
		}
	}
	session_push_silent(s, &screen_menu, &(struct menu_arg){
	    .question = _(session_face(f).title), .rows = rows, .n = n,
	    .actions = f });
	for (int i = 0; i < n; i++) {
		free(labels[i]);
	}
}
