/* SPDX-License-Identifier: ISC */
/* A session's own things: its terminal, clocks, language, message and what
 * screens ask it. */
#include "term/session.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/words.h"
#include "term/inside.h"

int
session_open(const struct session_config *config, struct session **out)
{
	const struct profile	*p = &config->profile;
	struct session		*s = xcalloc(1, sizeof(*s));
	struct tty_config	 tty = {
		.fd = config->fd,
		.term = p->term,
		.charset = p->charset,
		.rows = p->rows,
		.cols = p->cols,
		.mono = p->mono,
		.slow = p->slow,
	};
	int			 r;

	*out = NULL;
	s->config = *config;
	words_init();
	session_language(s, config->language);
	if ((r = tty_open(&tty, &s->tty)) != 0) {
		free(s);
		return r;
	}
	keymap_init(&s->map, tty_term(s->tty), tty_key, s->tty);
	keys_init(&s->keys, &s->map, p->charset,
	    p->escdelay_ms > 0 ? p->escdelay_ms : 50);
	s->key_ms = session_boot_ms(s);
	s->dirty = DIRTY_ALL;
	*out = s;
	return 0;
}

void
session_close(struct session *s)
{
	if (s == NULL) {
		return;
	}
	session_close_all(s);
	tty_close(s->tty, !s->dead_line);
	explicit_bzero(&s->keys, sizeof(s->keys));
	free(s);
}

int64_t
session_now_ms(const struct session *s)
{
	return s->config.now_ms != NULL ? s->config.now_ms() : clock_now_ms();
}

int64_t
session_boot_ms(const struct session *s)
{
	return s->config.boot_ms != NULL ? s->config.boot_ms() :
	    clock_boot_ms();
}

struct shop *
session_shop(struct session *s)
{
	return s->config.shop;
}

void *
session_app(struct session *s)
{
	return s->config.app;
}

bool
session_slow(const struct session *s)
{
	return s->config.profile.slow;
}

int
session_rows(const struct session *s)
{
	int	rows = tty_rows(s->tty) - 1 - ROWS_BELOW;

	return rows > 0 ? rows : 0;
}

int
session_cols(const struct session *s)
{
	return tty_cols(s->tty);
}

bool
session_allowed(struct session *s, const char *right)
{
	return right == NULL || s->config.allowed == NULL ||
	    s->config.allowed(s, right);
}

int
session_refusal(struct session *s, const char *right, const char *what)
{
	return s->config.refusal != NULL ? s->config.refusal(s, right) :
	    err_set(ERR_DENIED, _("%s: you may not; a manager can"), what);
}

void
session_language(struct session *s, const char *code)
{
	(void)str_copy(s->language, sizeof(s->language),
	    code != NULL && code[0] != '\0' ? code : "en");
	words_language(s->language);
	s->dirty = DIRTY_ALL;
}

const char *
session_language_code(const struct session *s)
{
	return s->language;
}

void
session_set_lock(struct session *s, int64_t ms)
{
	s->config.lock_ms = ms;
}

void
session_timer(struct session *s, int64_t ms)
{
	struct frame	*f = s->current != NULL ? s->current :
	    session_frame(s);

	if (f != NULL) {
		f->timer_at = ms > 0 ? session_boot_ms(s) + ms : 0;
	}
}

void
session_status(struct session *s, enum status part, enum style style,
    const char *text)
{
	(void)utf8_clean(s->status[part], sizeof(s->status[part]), text);
	s->status_style[part] = style;
	s->dirty |= DIRTY_HEAD;
}

void
session_redraw(struct session *s)
{
	tty_forget(s->tty);
	s->dirty = DIRTY_ALL;
}

/* ---- the message row ---------------------------------------------------- */

void
session_say_line(struct session *s, enum style style, const char *text)
{
	(void)utf8_clean(s->message, sizeof(s->message), text);
	s->message_style = style;
	s->message_seen = false;
	s->dirty |= DIRTY_MESSAGE;
}

void
session_say(struct session *s, const char *fmt, ...)
{
	char	text[sizeof(s->message)];
	va_list	ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	session_say_line(s, STYLE_NORMAL, text);
}

void
session_warn(struct session *s, const char *fmt, ...)
{
	char	text[sizeof(s->message)];
	va_list	ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	session_say_line(s, STYLE_WARN, text);
}

enum turn
session_fail(struct session *s, int error)
{
	session_say_line(s, STYLE_ERROR, err_text(error));
	if (error == ERR_DENIED) {
		session_denied(s);
	}
	session_beep(s);
	return TURN_KEEP;
}

void
session_beep(struct session *s)
{
	tty_beep(s->tty);
	s->dirty |= DIRTY_BELL;
}

/* ---- the entry line ----------------------------------------------------- */

static struct frame *
session_own(const struct session *s)
{
	return s->current != NULL ? s->current : session_frame(s);
}

const char *
session_entry(const struct session *s)
{
	const struct frame	*f = session_own(s);

	return f != NULL ? f->line.text : "";
}

void
session_set_entry(struct session *s, const char *text)
{
	struct frame	*f = session_own(s);

	if (f != NULL) {
		edit_set(&f->line, text);
		s->dirty |= DIRTY_ENTRY;
	}
}

void
session_secret(struct session *s, bool on)
{
	struct frame	*f = session_own(s);

	if (f != NULL && f->secret != on) {
		f->secret = on;
		s->dirty |= DIRTY_ENTRY;
	}
}

/* ---- for tests and watchers --------------------------------------------- */

bool
session_over(const struct session *s)
{
	return s->over;
}

int
session_exit_status(const struct session *s)
{
	return s->status_code;
}

bool
session_text(struct session *s, int row, char *out, size_t size)
{
	return tty_text(s->tty, row, out, size);
}
