/* SPDX-License-Identifier: ISC */
/* A shop of its own for each test of the trade, and a clock that obeys. */
#ifndef TESTS_TRADE_H
#define TESTS_TRADE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "db/db.h"
#include "place.h"
#include "shop/country.h"
#include "shop/journal.h"
#include "shop/sale.h"
#include "shop/session.h"
#include "shop/setting.h"
#include "shop/user.h"
#include "sql/session.h"
#include "sql/terminal.h"
#include "sql/user.h"

#define OK(call) do { \
	int r_ = (call); \
	if (r_ != 0) { \
		fail_msg("%s: %s: %s", #call, err_name(r_), err_text(r_)); \
	} \
} while (0)

static int64_t test_now = INT64_C(1795177815000);  /* 2026-11-20 12:30:15 Z */

static inline int64_t
test_clock(void)
{
	return test_now;
}

/* Making a shop takes ten times as long as copying one, and most tests begin
 * with one: the first of a country and a moment is kept to copy. */
static struct test_model {
	char	country[16], dir[64];
	int64_t	at;
	pid_t	of;		/* not of a child of it */
} test_model[4];

static inline void
test_models_go(void)
{
	for (size_t i = 0; i < NELEM(test_model); i++) {
		if (test_model[i].of == getpid()) {
			test_remove(test_model[i].dir);
		}
	}
}

static inline void
test_make(const char *country, const char *dir)
{
	const struct country	*c;
	struct shop		*shop;
	char			 step[16];

	OK(country_find(country, &c));
	OK(journal_key_make(dir));
	OK(db_create(dir));
	OK(shop_open(dir, DB_WRITE, &shop));
	OK(db_begin(shop->db, "test"));
	OK(country_seed(shop, country));
	OK(setting_put(shop, SETTING_COUNTRY, country));
	OK(setting_put(shop, SETTING_CURRENCY, c->currency));
	(void)snprintf(step, sizeof(step), "%d", (int)c->cash_step);
	OK(setting_put(shop, SETTING_CASH_STEP, step));
	OK(setting_put(shop, SETTING_COMPANY, "Brasserie du Port"));
	OK(db_commit(shop->db));
	shop_close(shop);
}

static inline const char *
test_model_of(const char *country)
{
	struct test_model	*m = test_model;

	while (m->of != 0 && (m->at != test_now ||
	    strcmp(m->country, country) != 0)) {
		if (++m == test_model + NELEM(test_model)) {
			return NULL;
		}
	}
	if (m->of == 0) {
		if (m == test_model) {
			(void)atexit(test_models_go);
		}
		test_dir(m->dir);
		test_make(country, m->dir);
		(void)strcpy(m->country, country);
		m->at = test_now;
		m->of = getpid();
	}
	return m->dir;
}

/* A new shop of that country, open for writing as its owner. */
static inline struct shop *
test_shop(const char *country, char dir[static 64])
{
	const char	*model;
	struct shop	*shop;

	log_open("test", LOG_LEVEL_ERROR);
	(void)setenv("TZ", "UTC", 1);
	tzset();
	shop_set_clock(test_clock);
	test_dir(dir);
	if ((model = test_model_of(country)) != NULL) {
		test_dir_copy(model, dir);
	} else {
		test_make(country, dir);
	}
	OK(shop_open(dir, DB_WRITE, &shop));
	OK(shop_reload_settings(shop));
	shop->who.rights = UINT64_MAX;
	shop->who.door = DOOR_SHELL;
	return shop;
}

static inline void
test_done(struct shop *shop, const char *dir)
{
	shop_close(shop);
	shop_set_clock(NULL);
	test_remove(dir);
}

/* A second connection that acts as a user at a terminal, with a session of
 * this very process. */
static inline struct shop *
test_till(const char *dir, const char *user, const char *terminal)
{
	struct shop	*shop;
	char		 boot[SESSION_BOOT];
	int64_t		 pid, start;

	OK(shop_open(dir, DB_WRITE, &shop));
	shop->who.rights = UINT64_MAX;
	if (user_find(shop, user, &shop->who.user) != 0) {
		OK(user_add(shop, user, ROLE_CASHIER, "", &shop->who.user));
	}
	if (terminal_find(shop, terminal, &shop->who.terminal) != 0) {
		OK(terminal_add(shop, terminal, &shop->who.terminal));
	}
	(void)strcpy(shop->who.name, user);
	(void)strcpy(shop->who.terminal_name, terminal);
	shop->who.door = DOOR_SSH;
	session_self(boot, &pid, &start);
	OK(db_begin(shop->db, "test session"));
	OK(q_session_add(shop->db, shop->who.user, &shop->who.terminal, "ssh",
	    "test", boot, pid, start, shop_now(), &shop->who.session));
	OK(db_commit(shop->db));
	return shop;
}

static inline int64_t
test_product(struct shop *shop, const char *code, const char *name,
    const char *class, const char *unit, int64_t price, bool tracked)
{
	struct product	p = { .price = price, .tracked = tracked,
			    .active = true };
	int64_t		id;

	(void)strcpy(p.code, code);
	(void)strcpy(p.name, name);
	(void)strcpy(p.tax_class, class);
	(void)strcpy(p.unit, unit);
	OK(product_add(shop, &p, NULL, 0, &id));
	return id;
}

#endif
