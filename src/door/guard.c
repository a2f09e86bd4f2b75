/* SPDX-License-Identifier: ISC */
/* A bounded list of addresses; what is known of one fades with time. */
#include "door/guard.h"

#include <sys/stat.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"

#define STRANGERS_MAX	1024	/* remembered at once */
#define FREE_GUESSES	3	/* a finger slips */
#define GUESS_MS	500	/* more for each guess after those */
#define DELAY_MAX_MS	3000
#define FADE_MS		10000	/* one guess is forgotten in this time */
#define SUM_MS		60000	/* refusals are summed for this long */
#define LOG_MAX		(1024 * 1024)

struct stranger {
	struct stranger	*next;
	struct in6_addr	 key;
	char		 text[GUARD_FROM];
	int		 waiting;
	int		 guesses;	/* at the time below */
	int64_t		 guessed_at;
	unsigned	 refused[GUARD_KINDS];
};

struct guard {
	struct loop	*loop;
	struct stranger	*list;
	int		 count;
	int		 waiting, each, all;
	unsigned	 others;	/* refused, of addresses forgotten */
	struct timer	 sum;
	int		 log;
};

static const char *const guard_words[GUARD_KINDS] = {
	[GUARD_PASSWORD] = "password",
	[GUARD_CODE] = "code",
	[GUARD_KEY] = "key",
	[GUARD_LEFT] = "left",
	[GUARD_FULL] = "turned-away",
};

static void
guard_sum(void *ctx)
{
	guard_flush(ctx);
}

struct guard *
guard_new(struct loop *loop, int log)
{
	struct guard	*guard = xcalloc(1, sizeof(*guard));

	guard->loop = loop;
	guard->log = log;
	guard->sum.fired = guard_sum;
	guard->sum.ctx = guard;
	guard_limits(guard, 48, 128);
	return guard;
}

void
guard_free(struct guard *guard)
{
	if (guard == NULL) {
		return;
	}
	guard_flush(guard);
	loop_cancel(guard->loop, &guard->sum);
	while (guard->list != NULL) {
		struct stranger	*next = guard->list->next;

		free(guard->list);
		guard->list = next;
	}
	if (guard->log >= 0) {
		(void)close(guard->log);
	}
	free(guard);
}

void
guard_limits(struct guard *guard, int each, int all)
{
	guard->each = each;
	guard->all = all;
}

/* IPv4 as mapped; of IPv6 only the network, which is what one owner has. */
static void
guard_key(const struct sockaddr_storage *from, struct in6_addr *key)
{
	memset(key, 0, sizeof(*key));
	if (from->ss_family == AF_INET6) {
		const struct sockaddr_in6	*in6 = (const void *)from;

		*key = in6->sin6_addr;
		if (!IN6_IS_ADDR_V4MAPPED(key)) {
			memset(&key->s6_addr[8], 0, 8);
		}
	} else if (from->ss_family == AF_INET) {
		const struct sockaddr_in	*in = (const void *)from;

		key->s6_addr[10] = key->s6_addr[11] = 0xff;
		memcpy(&key->s6_addr[12], &in->sin_addr, 4);
	}
}

void
guard_from(const struct sockaddr_storage *from, char out[static GUARD_FROM])
{
	const struct sockaddr_in	*in = (const void *)from;
	const struct sockaddr_in6	*in6 = (const void *)from;

	out[0] = '?';
	out[1] = '\0';
	if (from->ss_family == AF_INET) {
		(void)inet_ntop(AF_INET, &in->sin_addr, out, GUARD_FROM);
	} else if (from->ss_family == AF_INET6) {
		if (IN6_IS_ADDR_V4MAPPED(&in6->sin6_addr)) {
			(void)inet_ntop(AF_INET, &in6->sin6_addr.s6_addr[12],
			    out, GUARD_FROM);
		} else {
			(void)inet_ntop(AF_INET6, &in6->sin6_addr, out,
			    GUARD_FROM);
		}
	}
}

static int
guard_guesses(const struct stranger *who)
{
	int64_t	faded = (clock_boot_ms() - who->guessed_at) / FADE_MS;

	return faded >= who->guesses ? 0 : who->guesses - (int)faded;
}

static unsigned
guard_refusals(const struct stranger *who)
{
	unsigned	sum = 0;

	for (size_t i = 0; i < GUARD_KINDS; i++) {
		sum += who->refused[i];
	}
	return sum;
}

/* Forget whom nothing is known of; when that is nobody, the oldest guess. */
static void
guard_forget(struct guard *guard)
{
	struct stranger	**p = &guard->list, **oldest = NULL;

	while (*p != NULL) {
		struct stranger	*who = *p;

		if (who->waiting == 0 && guard_guesses(who) == 0 &&
		    guard_refusals(who) == 0) {
			*p = who->next;
			free(who);
			guard->count--;
			continue;
		}
		if (who->waiting == 0 && (oldest == NULL ||
		    who->guessed_at < (*oldest)->guessed_at)) {
			oldest = p;
		}
		p = &who->next;
	}
	if (guard->count >= STRANGERS_MAX && oldest != NULL) {
		struct stranger	*who = *oldest;

		guard->others += guard_refusals(who);
		*oldest = who->next;
		free(who);
		guard->count--;
	}
}

struct stranger *
guard_enter(struct guard *guard, const struct sockaddr_storage *from)
{
	struct stranger	*who;
	struct in6_addr	 key;

	guard_key(from, &key);
	for (who = guard->list; who != NULL; who = who->next) {
		if (memcmp(&who->key, &key, sizeof(key)) == 0) {
			break;
		}
	}
	if (who == NULL) {
		guard_forget(guard);
		who = xcalloc(1, sizeof(*who));
		who->key = key;
		guard_from(from, who->text);
		who->next = guard->list;
		guard->list = who;
		guard->count++;
	}
	if (who->waiting >= guard->each) {
		guard_refused(guard, who, GUARD_FULL);
		return NULL;
	}
	who->waiting++;
	guard->waiting++;
	return who;
}

void
guard_leave(struct guard *guard, struct stranger *who)
{
	who->waiting--;
	guard->waiting--;
}

bool
guard_is_full(const struct guard *guard)
{
	return guard->waiting > guard->all;
}

int
guard_waiting(const struct stranger *who)
{
	return who->waiting;
}

void
guard_refused(struct guard *guard, struct stranger *who, enum guard_kind kind)
{
	if (kind != GUARD_LEFT && kind != GUARD_FULL) {
		int	now = guard_guesses(who);

		who->guesses = now < 100 ? now + 1 : now;
		who->guessed_at = clock_boot_ms();
	}
	who->refused[kind]++;
	if (!guard->sum.on) {
		loop_after(guard->loop, &guard->sum, SUM_MS);
	}
}

int
guard_delay(const struct stranger *who)
{
	int	ms = (guard_guesses(who) - FREE_GUESSES) * GUESS_MS;

	return ms < 0 ? 0 : ms > DELAY_MAX_MS ? DELAY_MAX_MS : ms;
}

static void
guard_line(struct buf *out, const char *when, struct stranger *who)
{
	const char	*sep = " ";

	if (guard_refusals(who) == 0) {
		return;
	}
	buf_fmt(out, "%s refused %u from %s:", when, guard_refusals(who),
	    who->text);
	for (size_t i = 0; i < GUARD_KINDS; i++) {
		if (who->refused[i] > 0) {
			buf_fmt(out, "%s%s %u", sep, guard_words[i],
			    who->refused[i]);
			sep = ", ";
		}
	}
	buf_chr(out, '\n');
	memset(who->refused, 0, sizeof(who->refused));
}

/* No name is written, known or not: people type passwords there. */
void
guard_flush(struct guard *guard)
{
	struct buf	out = { 0 };
	struct stat	st;
	char		when[CLOCK_ISO_SIZE];

	clock_iso(clock_now_ms(), when);
	for (struct stranger *who = guard->list; who != NULL;
	    who = who->next) {
		guard_line(&out, when, who);
	}
	if (guard->others > 0) {
		buf_fmt(&out, "%s refused %u from other addresses\n", when,
		    guard->others);
		guard->others = 0;
	}
	if (out.len > 0 && guard->log >= 0) {
		/* The sums are worth a megabyte, not the disk. */
		if ((fstat(guard->log, &st) == 0 && st.st_size > LOG_MAX &&
		    ftruncate(guard->log, 0) != 0) ||
		    io_write_all(guard->log, out.data, out.len) != 0) {
			log_warn("the sums of refused logins are not written");
		}
	}
	buf_done(&out);
}
