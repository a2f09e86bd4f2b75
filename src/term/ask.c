/* SPDX-License-Identifier: ISC */
/* Questions over the screen as it stands: yes or no, and one line of text. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "term/inside.h"

struct ask_arg {
	const char	*question, *initial;
	bool		 danger, secret, scans;
};

struct ask_state {
	char	question[240];
	bool	danger;
	bool	stray;		/* text that is no answer has come */
};

static int
ask_open(struct session *s, void *state, const void *arg)
{
	struct ask_state	*q = state;
	const struct ask_arg	*a = arg;

	(void)utf8_clean(q->question, sizeof(q->question), a->question);
	q->danger = a->danger;
	if (a->secret) {
		session_secret(s, true);
	}
	session_frame(s)->scans = a->scans;
	if (a->initial != NULL) {
		session_set_entry(s, a->initial);
	}
	return 0;
}

/* On the rows just above the entry line: as many as the question needs. */
static void
ask_draw(const void *state, struct canvas *c)
{
	const struct ask_state	*q = state;
	int			 cols = canvas_cols(c) - 2;
	int			 rows = (canvas_width(c, q->question) + cols -
				     1) / (cols > 0 ? cols : 1);

	/* Words break early: a row in hand when there is more than one. */
	rows += rows > 1;
	canvas_clear(c, canvas_rows(c) - rows, rows);
	canvas_wrap(c, canvas_rows(c) - rows, 1, STYLE_BOLD, q->question);
}

/* ---- yes or no ---------------------------------------------------------- */

static const struct binding confirm_keys[] = {
	{ .act = ACT_YES, .letter = 'y' },
	{ .act = ACT_NO, .letter = 'n' },
	{ 0 }
};

static void
confirm_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct ask_state	*q = state;

	(void)typed;
	(void)str_copy(out, size, q->danger ? _("y yes   n no") :
	    _("y, Enter yes   n no"));
}

static enum turn
confirm_act(struct session *s, void *state, enum action act, const char *rest)
{
	(void)state;
	(void)rest;
	switch (act) {
	case ACT_YES:
		return session_pop(s, true, 1, NULL);
	case ACT_NO:
	case ACT_BACK:
		return session_pop(s, false, 0, NULL);
	default:
		return TURN_PASS;
	}
}

/* The letter of the user's own "yes" is as good as y. */
static enum turn
confirm_press(struct session *s, void *state, uint32_t ch)
{
	struct ask_state	*q = state;
	const char		*yes = _("yes"), *no = _("no");
	char			 typed[5], fold[8];

	(void)utf8_put(ch, typed);
	(void)utf8_fold(fold, sizeof(fold), typed);
	if (fold[0] != '\0' && fold[0] == yes[0]) {
		return confirm_act(s, state, ACT_YES, "");
	}
	if (fold[0] != '\0' && fold[0] == no[0]) {
		return confirm_act(s, state, ACT_NO, "");
	}
	q->stray = true;
	session_warn(s, _("y for yes, n for no"));
	return TURN_DRAW;
}

/* The Enter that ends a scan or a code belongs to that, and says no yes. */
static enum turn
confirm_enter(struct session *s, void *state, const char *text)
{
	struct ask_state	*q = state;

	(void)text;
	if (q->danger || q->stray) {
		q->stray = false;
		session_warn(s, _("y for yes, n for no"));
		return TURN_DRAW;
	}
	return confirm_act(s, state, ACT_YES, "");
}

static const struct screen screen_confirm = {
	.name = "confirm",
	.title = N_("CONFIRM"),
	.help = N_("A question: y does it, n or Esc leaves it."),
	.flags = SCREEN_DIRECT | SCREEN_OVER,
	.state_size = sizeof(struct ask_state),
	.keys = confirm_keys,
	.open = ask_open,
	.draw = ask_draw,
	.prompt = confirm_prompt,
	.press = confirm_press,
	.enter = confirm_enter,
	.act = confirm_act,
};

enum turn
session_confirm(struct session *s, int tag, bool danger, const char *fmt, ...)
{
	char	question[240];
	va_list	ap;

	va_start(ap, fmt);
	(void)vsnprintf(question, sizeof(question), fmt, ap);
	va_end(ap);
	return session_push_tagged(s, tag, &screen_confirm,
	    &(struct ask_arg){ .question = question, .danger = danger });
}

/* ---- one line of text --------------------------------------------------- */

static void
ask_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size, _("Enter takes it  Esc back"));
}

static enum turn
ask_enter(struct session *s, void *state, const char *text)
{
	(void)state;
	return session_pop(s, true, 0, text);
}

static const struct screen screen_ask = {
	.name = "ask",
	.title = N_("QUESTION"),
	.help = N_("A question: type the answer and press Enter, or Esc to "
	    "leave it."),
	.flags = SCREEN_OVER,
	.state_size = sizeof(struct ask_state),
	.open = ask_open,
	.draw = ask_draw,
	.prompt = ask_prompt,
	.enter = ask_enter,
};

/* A secret is not kept: it is asked with nothing on the line. */
enum turn
session_ask(struct session *s, int tag, bool secret, const char *question,
    const char *initial)
{
	(void)str_copy(s->question, sizeof(s->question), secret ? "" :
	    question);
	s->question_scans = false;
	return session_push_tagged(s, tag, &screen_ask,
	    &(struct ask_arg){ .question = question, .initial = initial,
	    .secret = secret });
}

enum turn
session_ask_code(struct session *s, int tag, const char *question,
    const char *initial)
{
	(void)str_copy(s->question, sizeof(s->question), question);
	s->question_scans = true;
	return session_push_tagged(s, tag, &screen_ask,
	    &(struct ask_arg){ .question = question, .initial = initial,
	    .scans = true });
}

enum turn
session_ask_badge(struct session *s, int tag, const char *question)
{
	s->question[0] = '\0';
	s->question_scans = false;
	return session_push_tagged(s, tag, &screen_ask,
	    &(struct ask_arg){ .question = question, .secret = true,
	    .scans = true });
}

void
session_ask_again(struct session *s, const struct answer *refused)
{
	struct frame	*f;

	if (refused->from != &screen_ask || !refused->ok ||
	    s->question[0] == '\0') {
		return;
	}
	(void)session_push_tagged(s, refused->tag, &screen_ask,
	    &(struct ask_arg){ .question = s->question,
	    .initial = refused->text, .scans = s->question_scans });
	if ((f = session_frame(s)) != NULL && f->screen == &screen_ask) {
		f->kept = true;
	}
}
