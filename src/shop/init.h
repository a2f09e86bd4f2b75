/* SPDX-License-Identifier: ISC */
/* The first day: making a shop, a demo shop, and what ails a server. */
#ifndef SHOP_INIT_H
#define SHOP_INIT_H

#include "shop/shop.h"

struct init_answers {
	const char	*company, *address, *tax_ids;
	const char	*country;	/* FR BE CM CA-QC … */
	const char	*printer;	/* connection: "cups:NAME", "file:" */
	const char	*printer_model;
	const char	*admin, *password;
	bool		 demo;
};
/* Is the place free, and are the answers good that are given already (not
 * NULL)?  For who asks them one by one. */
int	 init_check(const char *dir, const struct init_answers *answers)
	    MUST_CHECK;
/* Directory, keys, database, country data, first users and the test receipt.
 * On failure nothing is left behind. */
int	 init_shop(const char *dir, const struct init_answers *answers)
	    MUST_CHECK;
/* 60 dishes and drinks, 300 shop items, users, a month of sales, made by the
 * functions the screens use (trade's half; called by init_shop). */
int	 demo_fill(struct shop *shop) MUST_CHECK;

enum doctor_state { DOCTOR_OK, DOCTOR_WARN, DOCTOR_BAD };
/* Each check with its cure: groups, inotify, file system, clock, CUPS, port,
 * backup age, disk, permissions. */
int	 doctor_run(const char *dir, void (*fn)(void *ctx, const char *what,
	    enum doctor_state state, const char *finding, const char *cure),
	    void *ctx) MUST_CHECK;
/* `comptoir check`: integrity, foreign keys, ledgers, gapless numbers,
 * journal.  0 also when something was found; *bad counts. */
int	 check_run(struct shop *shop, void (*fn)(void *ctx, const char *what,
	    const char *finding), void *ctx, int64_t *bad) MUST_CHECK;

#endif
