/* SPDX-License-Identifier: ISC */
/* An act refused for want of a right, done again once somebody lends it: what
 * was being done is remembered, the approval is asked for over the same
 * screen, and the very same call of its handler is made again. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "term/inside.h"

static const struct session_approval *
again_ops(const struct session *s)
{
	return s->config.approval;
}

bool
session_lendable(struct session *s, const char *right)
{
	return right != NULL && again_ops(s) != NULL &&
	    again_ops(s)->can(s, right);
}

void
session_step(struct session *s, struct step *step)
{
	step->outer = s->doing;
	s->doing = step;
	if (step->outer == NULL && again_ops(s) != NULL) {
		again_ops(s)->begin(s);
	}
}

void
session_denied(struct session *s)
{
	if (s->doing != NULL && again_ops(s) != NULL &&
	    again_ops(s)->can(s, NULL)) {
		s->doing->denied = true;
	}
}

static void
again_free(struct step *step)
{
	if (step->copy != NULL) {
		explicit_bzero(step->copy, strlen(step->copy));
		free(step->copy);
	}
	*step = (struct step){ 0 };
}

/* With the words of the refusal, for Esc: then it is as if nobody had been
 * asked. */
static void
again_keep(struct session *s, const struct step *step)
{
	again_free(&s->again);
	s->again = *step;
	s->again.outer = NULL;
	s->again.copy = xstrdup(step->text != NULL ? step->text : "");
	s->again.text = s->again.answer.text = s->again.copy;
	(void)str_copy(s->refusal, sizeof(s->refusal), s->message);
}

enum turn
session_stepped(struct session *s, struct step *step, enum turn turn)
{
	s->doing = step->outer;
	if (step->denied && !s->over && step->frame != NULL &&
	    session_frame(s) == step->frame) {
		again_keep(s, step);
		if (s->borrower == step->frame && again_ops(s)->extend(s)) {
			turn = session_again(s, true);
		} else {
			(void)session_push(s, again_ops(s)->screen, NULL);
		}
	}
	session_settle(s);
	return turn;
}

bool
session_again_waits(const struct session *s, const struct frame *f)
{
	return s->again.kind != STEP_NONE && s->again.frame == f;
}

void
session_again_drop(struct session *s, const struct frame *f)
{
	for (struct step *step = s->doing; step != NULL; step = step->outer) {
		if (step->frame == f) {
			step->frame = NULL;
		}
	}
	if (s->again.frame == f) {
		again_free(&s->again);
	}
	if (s->borrower == f) {
		session_return_lent(s);
	}
}

void
session_return_lent(struct session *s)
{
	if (s->borrower != NULL) {
		s->borrower = NULL;
		again_ops(s)->end(s);
	}
}

void
session_settle(struct session *s)
{
	if (s->borrower != NULL && s->running == 0 && s->doing == NULL &&
	    (session_frame(s) == s->borrower || !again_ops(s)->holds(s))) {
		session_return_lent(s);
	}
}

/* Nobody approved: as refused as before, and what was typed still there. */
static enum turn
again_refused(struct session *s, const struct step *step)
{
	session_say_line(s, STYLE_ERROR, s->refusal);
	if (step->kind == STEP_ANSWER) {
		session_ask_again(s, &step->answer);
	}
	session_turned(s, TURN_DRAW);
	return TURN_DRAW;
}

static enum turn
again_do(struct session *s, const struct step *step)
{
	struct edit	text = { 0 };
	enum turn	turn = TURN_STAY;

	switch (step->kind) {
	case STEP_ACT:
		return session_act(s, step->act, step->text);
	case STEP_ENTER:
		edit_set(&text, step->text);
		turn = session_enter_text(s, step->frame, &text);
		explicit_bzero(&text, sizeof(text));
		return turn;
	case STEP_ANSWER:
		return session_resume(s, step->frame, &step->answer);
	case STEP_PRESS:
		return session_press(s, step->frame, step->key.ch);
	case STEP_KEY:
		return session_press_key(s, step->frame, step->key);
	case STEP_NONE:
		break;
	}
	return turn;
}

enum turn
session_again(struct session *s, bool ok)
{
	struct step	 step = s->again;
	struct frame	*f = step.frame;
	struct edit	 line;
	enum turn	 turn = TURN_DRAW;
	bool		 kept;

	s->again = (struct step){ 0 };
	if (step.kind != STEP_NONE && session_frame(s) == f && !ok) {
		turn = again_refused(s, &step);
	} else if (step.kind != STEP_NONE && session_frame(s) == f) {
		line = f->line;
		kept = f->kept;
		if (kept) {
			edit_clear(&f->line);
			f->kept = false;
			s->dirty |= DIRTY_ENTRY;
		}
		s->borrower = f;
		turn = again_do(s, &step);
		/* A ":" line that was refused for another reason. */
		if (turn == TURN_KEEP && kept && step.kind == STEP_ACT) {
			session_keep(s, f, &line);
		}
		explicit_bzero(&line, sizeof(line));
	}
	again_free(&step);
	session_settle(s);
	return turn;
}
