/* SPDX-License-Identifier: ISC */
/* Hearing of other processes' commits: topic files, inotify, a slow poll. */
#ifndef DB_WATCH_H
#define DB_WATCH_H

#include "db/db.h"

struct watch;

/*
 * Topics are lower-case words (TOPICS below), one file each under
 * SHOP/topics.  A process whose inotify instance is refused polls
 * PRAGMA data_version instead and everything else stays the same.
 */
#define TOPICS(X) \
	X(SALE, "sale") X(PRODUCT, "product") X(STOCK, "stock") \
	X(PRINTER, "printer") X(PRINT, "print") X(USER, "user") \
	X(TERMINAL, "terminal") \
	X(LINE, "line") X(SETTING, "setting") X(SHIFT, "shift") \
	X(SESSION, "session") X(PENDING, "pending") X(PRICE, "price") \
	X(QUICKKEY, "quickkey") \
	X(CUSTOMER, "customer") X(TABLE, "table") X(KITCHEN, "kitchen") \
	X(CALL, "call") X(DISH, "dish") X(PURCHASE, "purchase")

enum topic {
#define X(id, name) TOPIC_##id,
	TOPICS(X)
#undef X
	TOPIC_COUNT
};

int	 watch_open(struct db *db, struct watch **out) MUST_CHECK;
void	 watch_close(struct watch *w);
/* The topics to hear of from now on, a bit (1u << TOPIC_x) each. */
int	 watch_topics(struct watch *w, unsigned topics) MUST_CHECK;
/* For poll(2), POLLIN; -1 when polling. */
int	 watch_fd(const struct watch *w);
/* How long poll(2) may sleep before watch_take() must be asked: 10 000 ms
 * with inotify (the safety poll), 1 000 without. */
int	 watch_timeout_ms(const struct watch *w);
/* Poll at the next watch_take(): somebody doubts what the screen says. */
void	 watch_hurry(struct watch *w);
/* Drain; the topics touched by others since the last call.  A commit whose
 * writer died before touching comes back as all watched topics. */
unsigned watch_take(struct watch *w);

#endif
