/* SPDX-License-Identifier: ISC */
/* Screens upon screens: opening, closing, answers, and who is told when. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "term/inside.h"

struct frame *
session_frame(const struct session *s)
{
	return s->depth > 0 ? s->frames[s->depth - 1] : NULL;
}

size_t
session_base(const struct session *s)
{
	size_t	i = s->depth > 0 ? s->depth - 1 : 0;

	while (i > 0 && (s->frames[i]->screen->flags & SCREEN_OVER) != 0) {
		i--;
	}
	return i;
}

struct frame *
session_enter(struct session *s, struct frame *f)
{
	struct frame	*before = s->current;

	s->current = f;
	s->running++;
	return before;
}

void
session_leave(struct session *s, struct frame *before)
{
	s->current = before;
	s->running--;
}

static void
frame_free(struct session *s, struct frame *f)
{
	session_again_drop(s, f);
	explicit_bzero(f->state, f->screen->state_size);
	free(f->state);
	edit_clear(&f->line);
	free(f);
}

static void
frame_close(struct session *s, struct frame *f)
{
	if (f->screen->close != NULL) {
		struct frame	*before = session_enter(s, f);

		f->screen->close(s, f->state);
		session_leave(s, before);
	}
	frame_free(s, f);
}

static void
frame_layout(struct session *s, struct frame *f)
{
	struct frame	*before;

	if (f->screen->layout != NULL) {
		before = session_enter(s, f);
		f->screen->layout(s, f->state, session_rows(s),
		    session_cols(s));
		session_leave(s, before);
	}
}

void
session_layout(struct session *s)
{
	for (size_t i = 0; i < s->depth; i++) {
		frame_layout(s, s->frames[i]);
	}
	s->dirty = DIRTY_ALL;
}

static struct frame *
frame_new(const struct screen *screen)
{
	struct frame	*f = xcalloc(1, sizeof(*f));

	f->screen = screen;
	f->state = xcalloc(1, screen->state_size + 1);
	f->secret = (screen->flags & SCREEN_SECRET) != 0;
	return f;
}

static void
session_stack(struct session *s, struct frame *f)
{
	s->frames = xrealloc(s->frames, s->depth + 1, sizeof(*s->frames));
	s->frames[s->depth++] = f;
}

/* Take a frame off the stack without closing it. */
static void
session_unstack(struct session *s, size_t i)
{
	memmove(&s->frames[i], &s->frames[i + 1],
	    (s->depth - i - 1) * sizeof(*s->frames));
	s->depth--;
}

/* The new screen is on top while its open() runs, so that it may ask for
 * timers and set its entry line. */
static int
session_open_screen(struct session *s, const struct screen *screen,
    const void *arg, struct frame **out)
{
	struct frame	*f, *before;
	int		 r;

	*out = NULL;
	if (!session_allowed(s, screen->right)) {
		return session_refusal(s, screen->right, _(screen->title));
	}
	f = frame_new(screen);
	session_stack(s, f);
	before = session_enter(s, f);
	r = screen->open(s, f->state, arg);
	session_leave(s, before);
	if (r != 0) {
		for (size_t i = s->depth; i-- > 0;) {
			if (s->frames[i] == f) {
				session_unstack(s, i);
			}
		}
		frame_free(s, f);
		return r;
	}
	frame_layout(s, f);
	*out = f;
	return 0;
}

enum turn
session_push(struct session *s, const struct screen *screen, const void *arg)
{
	struct frame	*f;
	size_t		 under = s->depth;
	int		 r;

	if (screen == s->config.lock) {
		session_return_lent(s);
	}
	if ((r = session_open_screen(s, screen, arg, &f)) != 0) {
		return session_fail(s, r);
	}
	if ((screen->flags & SCREEN_OVER) == 0) {
		for (size_t i = 0; i < under; i++) {
			s->frames[i]->covered = true;
		}
	}
	s->dirty = DIRTY_ALL;
	session_listen(s);
	return TURN_DRAW;
}

enum turn
session_push_tagged(struct session *s, int tag, const struct screen *screen,
    const void *arg)
{
	size_t		under = s->depth;
	enum turn	turn = session_push(s, screen, arg);

	if (s->depth > under) {
		s->frames[under]->tag = tag;
	}
	return turn;
}

void
session_push_silent(struct session *s, const struct screen *screen,
    const void *arg)
{
	size_t	under = s->depth;

	(void)session_push(s, screen, arg);
	if (s->depth > under) {
		s->frames[under]->silent = true;
	}
}

/* The frame a handler speaks for, and its place. */
static struct frame *
session_self_frame(const struct session *s, size_t *at)
{
	struct frame	*f = s->current != NULL ? s->current :
	    session_frame(s);

	for (*at = 0; *at < s->depth && s->frames[*at] != f; (*at)++) {
		continue;
	}
	return *at < s->depth ? f : NULL;
}

/* This screen and whatever stands on it. */
static void
session_kill_from(struct session *s, size_t at)
{
	for (size_t i = at; i < s->depth; i++) {
		s->frames[i]->dead = true;
	}
}

static void
session_answer(struct session *s, const struct answer *a)
{
	free(s->answer_text);
	s->answer_text = xstrdup(a->text != NULL ? a->text : "");
	s->answer = *a;
	s->answer.text = s->answer_text;
	s->answered = true;
}

enum turn
session_pop(struct session *s, bool ok, int64_t value, const char *text)
{
	struct frame	*f;
	size_t		 at;

	if ((f = session_self_frame(s, &at)) == NULL || f->dead) {
		return TURN_STAY;
	}
	session_kill_from(s, at);
	if (!f->silent) {
		session_answer(s, &(struct answer){ .from = f->screen,
		    .tag = f->tag, .ok = ok, .value = value, .text = text });
	}
	return TURN_DRAW;
}

enum turn
session_home(struct session *s)
{
	if (s->depth > 1) {
		session_kill_from(s, 1);
		session_answer(s, &(struct answer){ .ok = false });
	}
	return TURN_DRAW;
}

enum turn
session_end(struct session *s, int status)
{
	s->over = true;
	s->status_code = status;
	return TURN_STAY;
}

/* Close the topmost dead frame; false when all live. */
static bool
session_bury(struct session *s)
{
	for (size_t i = s->depth; i-- > 0;) {
		struct frame	*f = s->frames[i];

		if (f->dead) {
			session_unstack(s, i);
			frame_close(s, f);
			s->dirty = DIRTY_ALL;
			return true;
		}
	}
	return false;
}

enum turn
session_resume(struct session *s, struct frame *f, const struct answer *a)
{
	struct step	 step = { .kind = STEP_ANSWER, .frame = f,
			    .answer = *a, .text = a->text };
	struct frame	*before;
	enum turn	 turn = TURN_DRAW;

	session_step(s, &step);
	if (f->screen->resume != NULL) {
		before = session_enter(s, f);
		turn = f->screen->resume(s, f->state, a);
		session_leave(s, before);
		if (turn == TURN_KEEP && session_frame(s) == f && !f->dead &&
		    !step.denied) {
			session_ask_again(s, a);
		}
	}
	session_turned(s, turn);
	return session_stepped(s, &step, turn);
}

static void
session_deliver(struct session *s)
{
	struct frame	*f = session_frame(s);
	struct answer	 a = s->answer;
	char		*text = s->answer_text;

	s->answered = false;
	s->answer_text = NULL;
	if (s->config.approval != NULL &&
	    a.from == s->config.approval->screen) {
		(void)session_again(s, a.ok);
	} else if (f != NULL) {
		(void)session_resume(s, f, &a);
	} else {
		session_turned(s, TURN_DRAW);
	}
	if (text != NULL) {
		explicit_bzero(text, strlen(text));
	}
	free(text);
}

/* What a screen missed while it was hidden, once it shows again. */
static void
session_uncover(struct session *s)
{
	for (size_t i = session_base(s); i < s->depth; i++) {
		struct frame	*f = s->frames[i];

		if (!f->covered) {
			continue;
		}
		f->covered = false;
		if (f->screen->news != NULL && f->screen->topics != 0) {
			struct frame	*before = session_enter(s, f);
			enum turn	 turn;

			turn = f->screen->news(s, f->state,
			    f->screen->topics);
			session_leave(s, before);
			session_turned(s, turn);
			return;		/* the stack may be another now */
		}
	}
}

void
session_turned(struct session *s, enum turn turn)
{
	bool	moved = false;

	if (turn == TURN_DRAW || turn == TURN_KEEP) {
		s->dirty |= DIRTY_HEAD | DIRTY_BODY | DIRTY_ENTRY | DIRTY_BAR;
	}
	if (s->running > 0) {
		return;		/* a handler above us still uses its state */
	}
	while (session_bury(s)) {
		moved = true;
	}
	if (s->answered) {
		session_deliver(s);
		return;
	}
	if (s->depth == 0) {
		s->over = true;
		return;
	}
	if (moved) {
		session_listen(s);
	}
	session_uncover(s);
	if (s->chosen != ACT_NONE && !s->over) {
		enum action	act = s->chosen;

		s->chosen = ACT_NONE;
		(void)session_act(s, act, "");
	}
	session_settle(s);
}

void
session_close_all(struct session *s)
{
	s->running++;		/* nothing is told to anybody any more */
	while (s->depth > 0) {
		frame_close(s, s->frames[--s->depth]);
	}
	s->running--;
	free(s->frames);
	s->frames = NULL;
	free(s->answer_text);
	s->answer_text = NULL;
	s->answered = false;
}
