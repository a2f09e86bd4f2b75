/* SPDX-License-Identifier: ISC */
/* A till for tests: a shop with a few things to sell, and screens on it. */
#ifndef TESTS_TILL_H
#define TESTS_TILL_H

#include "trade.h"

#include "db/watch.h"
#include "screen.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "shop/user.h"

struct till {
	struct app	 app;
	struct shop	*shop;
	struct session	*s;
};

/* A brasserie with a shop corner: what the tests sell. */
static inline struct shop *
till_shop(char dir[static 64])
{
	struct shop	*shop;
	int64_t		 id;

	test_now = till_now;
	shop = test_shop("FR", dir);
	(void)setenv("TZ", "Europe/Paris", 1);
	tzset();
	(void)test_product(shop, "10", "Café", "meal", "pc", 250, false);
	(void)test_product(shop, "11", "Café crème", "meal", "pc", 380, false);
	(void)test_product(shop, "1001", "Croque-monsieur", "meal", "pc", 980,
	    false);
	(void)test_product(shop, "1002", "Entrecôte 300 g", "meal", "pc", 2400,
	    false);
	(void)test_product(shop, "1003", "Bière 1664", "alcohol", "pc", 450,
	    true);
	(void)test_product(shop, "2001", "Comté 18 mois", "food", "kg", 2890,
	    true);
	id = test_product(shop, "3001", "Carnet quadrillé", "standard", "pc",
	    320, true);
	OK(product_barcode_add(shop, id, "4006381333931"));
	id = test_product(shop, "3002", "Gomme", "standard", "pc", 90, true);
	OK(product_barcode_add(shop, id, "96385074"));
	return shop;
}

/* The catalogue of this build, wherever the test itself lies. */
static inline void
till_words(void)
{
	const char	*build = getenv("B");
	char		 path[4096], dir[3072];

	assert_non_null(getcwd(dir, sizeof(dir)));
	if (build == NULL) {
		build = "build";
	}
	(void)snprintf(path, sizeof(path), "%s%s%s/locale",
	    build[0] == '/' ? "" : dir, build[0] == '/' ? "" : "/", build);
	(void)bindtextdomain("comptoir", path);
}

/* Somebody of that role at that terminal, signed in, on their home screen. */
static inline void
till_enter(struct till *t, const char *dir, const char *user, enum role role,
    const char *terminal, const char *language, struct session_config *c)
{
	struct shop	*shop = test_till(dir, user, terminal);

	shop->who.role = role;
	shop->who.rights = role_rights(role);
	(void)strcpy(shop->who.language, language);
	t->shop = shop;
	t->app = (struct app){ .shop = shop, .door = DOOR_SSH,
	    .terminal = shop->who.terminal };
	c->shop = shop;
	c->app = &t->app;
	c->allowed = app_allowed;
	c->refusal = app_refusal;
	c->approval = &app_approval;
	c->act = app_act;
	c->topics = APP_TOPICS;
	c->heard = app_heard;
	c->lock = &screen_lock;
	c->language = language;
	OK(session_open(c, &t->s));
	till_words();
	session_language(t->s, language);
	app_bar(t->s);
	assert_true(session_begin(t->s, &screen_login, t));
}

static inline void
till_leave(struct till *t)
{
	session_close(t->s);
	shop_close(t->shop);
}

/* The open sale that was begun last, as the database has it. */
static inline void
till_stored(struct shop *owner, struct sale *out)
{
	struct sale_brief	*rows;
	size_t			 n;

	OK(sale_open_list(owner, &rows, &n));
	assert_true(n > 0);
	OK(sale_load(owner, rows[n - 1].id, out));
	free(rows);
}

#endif
