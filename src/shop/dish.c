/* SPDX-License-Identifier: ISC */
/* Sold-out counts, and the dish of the day. */
#include "shop/dish.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/kitchen.h"
#include "shop/product_part.h"
#include "shop/sale_part.h"
#include "sql/kitchen.h"
#include "sql/room.h"

#define DISH_CATEGORY	"Plat du jour"
#define DISH_COURSE	2

static void
dish_day(const struct shop *shop, char day[static CLOCK_DAY_SIZE])
{
	clock_business_day(shop_now(), shop->set.day_start_hour, day);
}

int
dish_get(struct shop *shop, int64_t product, struct dish *out)
{
	struct q_dish_get	row;
	int			r;

	*out = (struct dish){ .product = product };
	if ((r = q_dish_get(shop->db, product, &row)) == 0) {
		out->counted = !row.rest_null;
		out->left = row.rest_null ? 0 : row.rest;
		(void)str_copy(out->day, sizeof(out->day), row.day);
		(void)str_copy(out->station, sizeof(out->station),
		    row.station);
	}
	return r;
}

int
dish_list(struct shop *shop, struct dish **rows, size_t *n)
{
	struct q_dish_all	*all;
	int			 r;

	*rows = NULL;
	if ((r = q_dish_all(shop->db, &all, n)) != 0) {
		return r;
	}
	*rows = xcalloc(*n + 1, sizeof(**rows));
	for (size_t i = 0; i < *n; i++) {
		struct dish	*d = &(*rows)[i];

		d->product = all[i].product;
		d->maker = all[i].maker;
		d->price = all[i].price;
		d->counted = !all[i].rest_null;
		d->left = all[i].rest_null ? 0 : all[i].rest;
		(void)str_copy(d->code, sizeof(d->code), all[i].code);
		(void)str_copy(d->name, sizeof(d->name), all[i].name);
		(void)str_copy(d->day, sizeof(d->day), all[i].day);
		(void)str_copy(d->station, sizeof(d->station),
		    all[i].station);
	}
	free(all);
	return 0;
}

static int
dish_order(const void *one, const void *other)
{
	const struct dish	*a = one, *b = other;
	bool			 today = a->day[0] != '\0';

	if (today != (b->day[0] != '\0')) {
		return today ? -1 : 1;
	}
	if (a->counted != b->counted) {
		return a->counted ? -1 : 1;
	}
	return a->left != b->left ? a->left < b->left ? -1 : 1 :
	    strcmp(a->name, b->name);
}

int
dish_board(struct shop *shop, int64_t station, struct dish **rows, size_t *n)
{
	char	day[CLOCK_DAY_SIZE];
	size_t	all;
	int	r;

	*n = 0;
	if ((r = dish_list(shop, rows, &all)) != 0) {
		return r;
	}
	dish_day(shop, day);
	for (size_t i = 0; i < all; i++) {
		const struct dish	*d = &(*rows)[i];

		if ((d->maker == 0 || d->maker == station) &&
		    (d->day[0] == '\0' || strcmp(d->day, day) >= 0)) {
			(*rows)[(*n)++] = *d;
		}
	}
	qsort(*rows, *n, sizeof(**rows), dish_order);
	return 0;
}

int
dish_back(struct shop *shop)
{
	struct q_dish_any	row;
	int			r;

	if ((r = q_dish_any(shop->db, &row)) == 0 && row.counted) {
		db_topic(shop->db, "dish");
	}
	return r;
}

static int
dish_end(struct shop *shop, int r)
{
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "dish");
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}

int
dish_left(struct shop *shop, int64_t product, int64_t left)
{
	char	detail[32];
	int64_t	n;
	int	r;

	if ((r = shop_require(shop, RIGHT_DISH)) != 0) {
		return r;
	}
	if (left < -1 || left > QTY_MAX) {
		return err_set(ERR_RANGE, _("a count is at most 9999"));
	}
	if ((r = db_begin(shop->db, "dish count")) != 0) {
		return r;
	}
	if (left >= 0) {
		r = q_dish_put(shop->db, product, &left, shop_now(),
		    some(&shop->who.user));
	} else if ((r = q_dish_uncount(shop->db, product, &n)) == 0) {
		r = q_dish_drop(shop->db, product, &n);
	}
	(void)str_fmt(detail, sizeof(detail), "%lld", (long long)left);
	if (r == 0) {
		r = audit_add(shop, "dish.count", "product", product, detail);
	}
	return dish_end(shop, r);
}

/* ---- of the day --------------------------------------------------------- */

/* "x20": a count, right or not. */
static bool
dish_is_count(const char *word)
{
	return (word[0] == 'x' || word[0] == 'X') && word[1] >= '0' &&
	    word[1] <= '9';
}

/* Which word is the price?  A name may have figures in it, and so may a
 * station: the last with a decimal mark, else the last before the count. */
static size_t
dish_price_at(const struct shop *shop, char *const *word, size_t n)
{
	size_t	at = 0, counted = n;
	bool	exact = false;
	int64_t	price;

	for (size_t i = 1; i < n; i++) {
		bool	marked = strpbrk(word[i], ".,") != NULL;

		if (dish_is_count(word[i]) && counted == n) {
			counted = i;
		}
		if (word[i][0] < '0' || word[i][0] > '9' ||
		    money_parse(&shop->money, word[i], false, &price) != 0 ||
		    (exact && !marked) || (!marked && counted < n &&
		    at != 0)) {
			continue;
		}
		at = i;
		exact = marked;
	}
	return at;
}

static int
dish_join(char *out, size_t size, const char *word)
{
	size_t	used = strlen(out);

	return str_fmt(out + used, size - used, "%s%s", used > 0 ? " " : "",
	    word) ? 0 : err_set(ERR_TOO_LONG, _("that is too long for a "
	    "dish"));
}

/* What stands behind the price: a count, and the words of a station. */
static int
dish_behind(struct dish_new *out, const char *word)
{
	int64_t	n;

	if (!dish_is_count(word)) {
		return dish_join(out->station, sizeof(out->station), word);
	}
	if (str_to_i64(word + 1, 1, 9999, &n) != 0) {
		return err_set(ERR_RANGE, _("%s: a count is x1 to x9999"),
		    word);
	}
	out->left = n * QTY_ONE;
	return 0;
}

int
dish_parse(struct shop *shop, const char *text, struct dish_new *out)
{
	char	 words[200], *word[sizeof(words) / 2], *save = NULL;
	size_t	 n = 0, at;
	int	 r = 0;

	*out = (struct dish_new){ .left = -1 };
	if (!utf8_is_clean(text) || !str_copy(words, sizeof(words), text)) {
		return err_set(ERR_TOO_LONG, _("that is too long for a "
		    "dish"));
	}
	for (char *w = strtok_r(words, " ", &save); w != NULL;
	    w = strtok_r(NULL, " ", &save)) {
		word[n++] = w;
	}
	if ((at = dish_price_at(shop, word, n)) == 0 ||
	    money_parse(&shop->money, word[at], false, &out->price) != 0) {
		return err_set(ERR_INVALID, _("a dish has a name and a "
		    "price: Blanquette 14%c50 x20 chaud"), shop->money.mark);
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = i < at ? dish_join(out->name, sizeof(out->name),
		    word[i]) : i > at ? dish_behind(out, word[i]) : 0;
	}
	return r;
}

/* The class of a meal, else whatever the country has first. */
static int
dish_class(struct shop *shop, char out[static 16])
{
	struct tax_class	*rows;
	size_t			 n;
	int			 r;

	if ((r = tax_class_list(shop, &rows, &n)) != 0) {
		return r;
	}
	(void)str_copy(out, 16, n > 0 ? rows[0].name : "");
	for (size_t i = 0; i < n; i++) {
		if (strcmp(rows[i].name, "meal") == 0) {
			(void)str_copy(out, 16, rows[i].name);
		}
	}
	free(rows);
	return 0;
}

/* The station whose name begins so, and its name as it is written; 0 none. */
static int
dish_station(struct shop *shop, char name[static 32], int64_t *id)
{
	struct station	*rows;
	char		 said[64], its[sizeof(rows->name) * 2];
	size_t		 n;
	int		 r;

	*id = 0;
	if (name[0] == '\0' || !utf8_fold(said, sizeof(said), name)) {
		return 0;
	}
	if ((r = station_list(shop, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && *id == 0; i++) {
		if (utf8_fold(its, sizeof(its), rows[i].name) &&
		    strncmp(its, said, strlen(said)) == 0) {
			*id = rows[i].id;
			(void)str_copy(name, 32, rows[i].name);
		}
	}
	free(rows);
	return 0;
}

int
dish_said(struct shop *shop, int64_t product, char out[static DISH_SAID])
{
	struct product	p;
	struct dish	d;
	char		station[sizeof(d.station)], price[MONEY_TEXT];
	int64_t		id;
	int		r;

	if ((r = dish_get(shop, product, &d)) != 0 ||
	    (r = product_get(shop, product, &p)) != 0) {
		return r;
	}
	(void)str_copy(station, sizeof(station), d.station);
	if ((r = dish_station(shop, station, &id)) != 0) {
		return r;
	}
	money_plain(&shop->money, p.price, price);
	(void)str_fmt(out, DISH_SAID, id != 0 || d.station[0] == '\0' ?
	    _("%s at %s is on, until tonight") :
	    _("%s at %s is on, until tonight; no station is called %s"),
	    p.name, price, d.station);
	return 0;
}

/* Today's dish of that name, to be put right; 0 none. */
static int
dish_same(struct shop *shop, const char *day, const char *name, int64_t *id)
{
	struct q_dish_all	*rows;
	char			 its[PRODUCT_FOLDED], said[PRODUCT_FOLDED];
	size_t			 n;
	int			 r;

	*id = 0;
	if (!utf8_fold(said, sizeof(said), name)) {
		return err_set(ERR_TOO_LONG, _("that is too long for a "
		    "dish"));
	}
	if ((r = q_dish_all(shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		if (strcmp(rows[i].day, day) == 0 &&
		    utf8_fold(its, sizeof(its), rows[i].name) &&
		    strcmp(its, said) == 0) {
			*id = rows[i].product;
		}
	}
	free(rows);
	return 0;
}

/* Inside the transaction: in the catalogue, at that price. */
static int
dish_stored(struct shop *shop, struct product *p, int64_t *product)
{
	char	folded[PRODUCT_FOLDED];
	int	r;

	if (*product != 0) {
		return (r = product_check(p, folded)) != 0 ? r :
		    q_dish_price(shop->db, *product, p->price, shop_now());
	}
	return (r = product_insert(shop, p, product)) != 0 ? r :
	    audit_add(shop, "product.add", "product", *product, p->code);
}

/* Inside the transaction: its count, who makes it, and when. */
static int
dish_set(struct shop *shop, const struct dish_new *dish, const char *day,
    int64_t product)
{
	struct q_course_of	course;
	char			station[sizeof(dish->station)];
	int64_t			maker, n;
	int			r;

	(void)str_copy(station, sizeof(station), dish->station);
	if ((r = dish_station(shop, station, &maker)) != 0 ||
	    (r = q_dish_day(shop->db, product, dish->left < 0 ? NULL :
	    &dish->left, day, station, shop_now(),
	    some(&shop->who.user))) != 0) {
		return r;
	}
	if (station[0] != '\0' && (r = q_route_drop_item(shop->db, product,
	    &n)) != 0) {
		return r;
	}
	if (maker != 0 && (r = q_route_add(shop->db, maker, &product, NULL,
	    NULL, NULL, &n)) != 0) {
		return r;
	}
	r = q_course_of(shop->db, DISH_CATEGORY, &course);
	return r != ERR_NOT_FOUND ? r : q_course_category(shop->db,
	    DISH_CATEGORY, DISH_COURSE);
}

int
dish_today(struct shop *shop, const struct dish_new *dish, int64_t *product)
{
	struct product	p = { .price = dish->price, .active = true,
			    .unit = "pc", .category = DISH_CATEGORY };
	char		day[CLOCK_DAY_SIZE];
	int		r;

	*product = 0;
	(void)str_copy(p.name, sizeof(p.name), dish->name);
	dish_day(shop, day);
	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = db_begin(shop->db, "dish of the day")) != 0) {
		return r;
	}
	if ((r = dish_class(shop, p.tax_class)) == 0 &&
	    (r = product_free_code(shop, p.code)) == 0 &&
	    (r = dish_same(shop, day, dish->name, product)) == 0 &&
	    (r = dish_stored(shop, &p, product)) == 0 &&
	    (r = dish_set(shop, dish, day, *product)) == 0) {
		r = audit_add(shop, "dish.today", "product", *product, "");
	}
	return dish_end(shop, r);
}

int
dish_sweep(struct shop *shop)
{
	struct q_dish_old	*rows;
	char			 day[CLOCK_DAY_SIZE];
	int64_t			 since, ignored;
	size_t			 n;
	int			 r;

	dish_day(shop, day);
	since = clock_at(shop_now() - (int64_t)shop->set.day_start_hour *
	    3600000, shop->set.day_start_hour, 0);
	if ((r = q_dish_old(shop->db, day, since, &rows, &n)) != 0 ||
	    n == 0) {
		free(rows);
		return r;
	}
	if ((r = db_begin(shop->db, "dish sweep")) != 0) {
		free(rows);
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		if (rows[i].day[0] != '\0') {
			r = q_dish_off(shop->db, rows[i].product, shop_now());
			if (r == 0) {
				r = q_route_drop_item(shop->db,
				    rows[i].product, &ignored);
			}
		}
		if (r == 0 && (r = q_dish_gone(shop->db,
		    rows[i].product)) == 0) {
			r = audit_add(shop, "dish.gone", "product",
			    rows[i].product, "");
		}
	}
	free(rows);
	return dish_end(shop, r);
}

int
dish_check(struct shop *shop, const struct product *p, int64_t qty)
{
	struct dish	d;
	char		day[CLOCK_DAY_SIZE], left[MONEY_TEXT];
	int		r;

	if ((r = dish_get(shop, p->id, &d)) != 0) {
		return r == ERR_NOT_FOUND ? 0 : r;
	}
	dish_day(shop, day);
	if (d.day[0] != '\0' && strcmp(d.day, day) < 0) {
		return err_set(ERR_INVALID, _("%s was of another day"),
		    p->name);
	}
	if (!d.counted || d.left >= qty) {
		return 0;
	}
	qty_plain(shop->money.mark, d.left, left);
	return d.left <= 0 ? err_set(ERR_RANGE, _("%s is sold out"),
	    p->name) : err_set(ERR_RANGE, _("only %s of %s left"), left,
	    p->name);
}
