/* SPDX-License-Identifier: ISC */
/* Signing in: the door asks, a worker decides, this counts and waits. */
#include "door/entry.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define GUESSES_MAX	6	/* wrong passwords and codes, one connection */
#define ASKS_MAX	40	/* questions of any kind before signing in */
#define SESSION_MS	60000	/* from signing in to asking for a session */

static void
entry_ask(struct entry *e, const char *prompt, bool echo)
{
	struct buf	out;

	mon_start(&out, MON_ASK);
	mon_text(&out, prompt);
	mon_u32(&out, echo);
	(void)entry_send(e, &out, NULL, 0);
}

static void
entry_verdict(struct entry *e, enum mon_verdict verdict, const char *words)
{
	struct buf	out;

	if (verdict == MON_NO_LAST) {
		/* A good door hangs up now; another gets no more answers. */
		e->state = ENTRY_ENDED;
		loop_after(e->server->loop, &e->deadline, HANG_UP_MS);
	}
	mon_start(&out, MON_VERDICT);
	mon_u32(&out, verdict);
	mon_text(&out, words);
	(void)entry_send(e, &out, NULL, 0);
}

static void
entry_signed(struct entry *e)
{
	e->state = ENTRY_SIGNED;
	entry_leave_guard(e);
	loop_after(e->server->loop, &e->deadline, SESSION_MS);
	log_info("%s signed in from %s", e->code[0] != '\0' ?
	    "a terminal to enrol" : e->who, e->from);
	entry_verdict(e, MON_YES, "");
}

static void
entry_refused(struct entry *e, enum guard_kind kind)
{
	if (e->asked == MON_KEY && !e->verified) {
		/* A client offers every key it has; that is no guess. */
		entry_verdict(e, e->asks < ASKS_MAX ? MON_NO : MON_NO_LAST,
		    "");
		return;
	}
	guard_refused(e->server->guard, e->stranger, kind);
	e->guesses++;
	entry_verdict(e, e->guesses < GUESSES_MAX && e->asks < ASKS_MAX ?
	    MON_NO : MON_NO_LAST, "");
}

/* The first factor, or both, are right. */
static void
entry_granted(struct entry *e, bool second)
{
	if (e->asked == MON_KEY && !e->verified) {
		entry_verdict(e, MON_YES, "");
	} else if (!second) {
		entry_signed(e);
	} else {
		e->proven = true;
		memcpy(e->proven_name, e->name, sizeof(e->proven_name));
		if (e->asked == MON_REPLY) {
			entry_ask(e, _("Code: "), true);
		} else {
			entry_verdict(e, MON_MORE, "");
		}
	}
}

/* What somebody at the door may do about it; why is for the log. */
static const char *
entry_trouble(const struct entry *e)
{
	int	r = workers_failed(e->server->workers);

	return r == ERR_OLDER || r == ERR_NEWER ?
	    _("nobody can sign in: the shop and its server are of different "
	    "versions; ask for a restart of comptoird") :
	    _("nobody can sign in just now; try again");
}

static void
entry_answered(void *ctx, struct mon *in)
{
	struct entry	*e = ctx;
	uint32_t	 result = ERR_SYSTEM_, second = 0, enrol = 0;
	bool		 was_second = e->proven && e->asked == MON_REPLY;
	int64_t		 user = 0, terminal = 0;
	char		 who[MON_NAME_MAX] = "", code[MON_CODE_MAX] = "";

	e->question = NULL;
	if (in != NULL) {
		result = mon_get_u32(in);
		second = mon_get_u32(in);
		enrol = mon_get_u32(in);
		user = mon_get_i64(in);
		terminal = mon_get_i64(in);
		mon_get_text(in, who, sizeof(who));
		mon_get_text(in, code, sizeof(code));
		if (mon_end(in) != 0) {
			result = ERR_SYSTEM_;
		}
	}
	if (e->source.fd < 0 || e->state != ENTRY_ASKING) {
		return;
	}
	if (result == ERR_AUTH_) {
		entry_refused(e, was_second ? GUARD_CODE :
		    e->asked == MON_KEY ? GUARD_KEY : GUARD_PASSWORD);
	} else if (result == ERR_LOCKED_) {
		entry_verdict(e, MON_NO_LAST, err_text(ERR_LOCKED));
	} else if (result != 0) {
		entry_verdict(e, MON_NO, entry_trouble(e));
	} else {
		if (!was_second) {
			e->user = user;
			e->terminal = terminal;
			memcpy(e->who, who, sizeof(e->who));
			if (enrol != 0) {
				memcpy(e->code, code, sizeof(e->code));
			}
		}
		entry_granted(e, second != 0 && !was_second);
	}
}

void
entry_held(void *ctx)
{
	struct entry	*e = ctx;

	e->question = workers_ask(e->server->workers, &e->held,
	    entry_answered, e);
}

/* Queue the question; a guess after many waits first. */
static void
entry_question(struct entry *e, struct buf *message, bool guess)
{
	int	ms = guess ? guard_delay(e->stranger) : 0;

	e->held = *message;
	if (ms == 0) {
		entry_held(e);
		return;
	}
	loop_after(e->server->loop, &e->hold, ms);
}

/* One at a time, and not for ever. */
static int
entry_may_ask(struct entry *e, enum mon_type what)
{
	if (e->question != NULL || e->hold.on || ++e->asks > ASKS_MAX) {
		return err_set(ERR_DENIED, "too many questions");
	}
	e->asked = what;
	return 0;
}

static void
entry_check_password(struct entry *e, const char *secret)
{
	struct buf	out;

	mon_start(&out, MON_CHECK_PASSWORD);
	mon_text(&out, e->name);
	mon_text(&out, secret);
	mon_text(&out, e->from);
	entry_question(e, &out, true);
}

int
entry_on_password(struct entry *e, struct mon *in)
{
	char	secret[MON_SECRET_MAX];
	int	r;

	mon_get_text(in, e->name, sizeof(e->name));
	mon_get_text(in, secret, sizeof(secret));
	if ((r = mon_end(in)) == 0 &&
	    (r = entry_may_ask(e, MON_PASSWORD)) == 0) {
		e->proven = false;
		if (conf_flag(&e->server->conf, CONF_PASSWORDS)) {
			entry_check_password(e, secret);
		} else {
			entry_verdict(e, MON_NO, "");
		}
	}
	explicit_bzero(secret, sizeof(secret));
	return r;
}

int
entry_on_key(struct entry *e, struct mon *in)
{
	char		type[MON_KEY_TYPE_MAX], *key = xmalloc(MON_KEY_MAX);
	struct buf	out;
	int		r;

	mon_get_text(in, e->name, sizeof(e->name));
	mon_get_text(in, type, sizeof(type));
	mon_get_text(in, key, MON_KEY_MAX);
	e->verified = mon_get_u32(in) != 0;
	if ((r = mon_end(in)) == 0 && (r = entry_may_ask(e, MON_KEY)) == 0) {
		e->proven = false;
		mon_start(&out, MON_CHECK_KEY);
		mon_text(&out, e->name);
		mon_text(&out, type);
		mon_text(&out, key);
		mon_u32(&out, e->verified);
		mon_text(&out, e->from);
		entry_question(e, &out, false);
	}
	free(key);
	return r;
}

int
entry_on_prompt(struct entry *e, struct mon *in)
{
	int	r;

	mon_get_text(in, e->name, sizeof(e->name));
	if ((r = mon_end(in)) != 0 ||
	    (r = entry_may_ask(e, MON_PROMPT)) != 0) {
		return r;
	}
	if (e->proven && strcmp(e->name, e->proven_name) == 0) {
		entry_ask(e, _("Code: "), true);
	} else if (conf_flag(&e->server->conf, CONF_PASSWORDS)) {
		entry_ask(e, _("Password: "), false);
	} else {
		entry_verdict(e, MON_NO, "");
	}
	return 0;
}

int
entry_on_reply(struct entry *e, struct mon *in)
{
	char		answer[MON_SECRET_MAX];
	struct buf	out;
	int		r;

	mon_get_text(in, e->name, sizeof(e->name));
	mon_get_text(in, answer, sizeof(answer));
	if ((r = mon_end(in)) == 0 &&
	    (r = entry_may_ask(e, MON_REPLY)) == 0) {
		if (e->proven && strcmp(e->name, e->proven_name) == 0) {
			mon_start(&out, MON_SECOND);
			mon_i64(&out, e->user);
			mon_text(&out, answer);
			entry_question(e, &out, true);
		} else if (conf_flag(&e->server->conf, CONF_PASSWORDS)) {
			e->proven = false;
			entry_check_password(e, answer);
		} else {
			entry_verdict(e, MON_NO, "");
		}
	}
	explicit_bzero(answer, sizeof(answer));
	return r;
}
