/* SPDX-License-Identifier: ISC */
/* Stores and the rooms in them: who works where, and who may see which. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/audit.h"
#include "shop/sale_part.h"
#include "shop/stock.h"
#include "sql/stock.h"

static int
stock_place_known(int r)
{
	return r != ERR_NOT_FOUND ? r :
	    err_set(ERR_NOT_FOUND, _("there is no such place; \"place list\" "
	    "lists them"));
}

static void
stock_place_fill(struct stock_place *p, int64_t id, const char *name, bool room,
    int64_t parent, bool active)
{
	*p = (struct stock_place){ .id = id, .parent = room ? parent : 0,
	    .active = active };
	(void)str_copy(p->name, sizeof(p->name), name);
}

int
stock_place_seen(struct shop *shop, int64_t place)
{
	struct q_stock_place_seen	row;
	int			r;

	if (shop->who.user == 0) {
		return 0;
	}
	if ((r = q_stock_place_seen(shop->db, shop->who.user, place,
	    &row)) != 0) {
		return r;
	}
	return row.seen ? 0 : err_set(ERR_DENIED,
	    _("that store is not yours to see"));
}

int
stock_place_get(struct shop *shop, int64_t id, struct stock_place *out)
{
	struct q_stock_place_get	row;
	int			r;

	*out = (struct stock_place){ 0 };
	if ((r = stock_place_known(q_stock_place_get(shop->db, id,
	    &row))) == 0) {
		stock_place_fill(out, row.id, row.name, !row.parent_null,
		    row.parent, row.active);
	}
	return r;
}

int
stock_place_find(struct shop *shop, const char *name, struct stock_place *out)
{
	struct q_stock_place_by_login	row;
	char			login[NAME_SIZE];
	int			r;

	*out = (struct stock_place){ 0 };
	if ((r = shop_login_name(name, login)) != 0 ||
	    (r = stock_place_known(q_stock_place_by_login(shop->db, login,
	    &row))) != 0 ||
	    (r = stock_place_get(shop, row.id, out)) != 0) {
		return r;
	}
	return stock_place_seen(shop, row.id);
}

int
stock_place_list(struct shop *shop, struct stock_place **out, size_t *n)
{
	struct q_stock_place_all	*rows;
	size_t			 all;
	int			 r;

	*out = NULL;
	*n = 0;
	if ((r = q_stock_place_all(shop->db, &rows, &all)) != 0) {
		return r;
	}
	*out = xcalloc(all, sizeof(**out));
	for (size_t i = 0; i < all && r == 0; i++) {
		if ((r = stock_place_seen(shop, rows[i].id)) == ERR_DENIED) {
			r = 0;
			continue;
		}
		stock_place_fill(&(*out)[*n], rows[i].id, rows[i].name,
		    !rows[i].parent_null, rows[i].parent, rows[i].active);
		(*out)[(*n)++].value = rows[i].value;
	}
	free(rows);
	if (r != 0) {
		free(*out);
		*out = NULL;
		*n = 0;
	}
	return r;
}

static int
stock_place_end(struct shop *shop, int r, const char *action,
    const char *object, int64_t id, const char *detail)
{
	if (r == 0) {
		r = audit_add(shop, action, object, id, detail);
	}
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "stock");
	return db_commit(shop->db);
}

int
stock_place_add(struct shop *shop, const char *name, const char *store,
    int64_t *id)
{
	struct stock_place	in = { 0 };
	char		login[NAME_SIZE];
	int		r;

	*id = 0;
	if ((r = shop_require(shop, RIGHT_SETTING)) != 0 ||
	    (r = shop_login_name(name, login)) != 0 ||
	    (store != NULL && (r = stock_place_find(shop, store, &in)) != 0) ||
	    (r = db_begin(shop->db, "place add")) != 0) {
		return r;
	}
	if ((r = q_stock_place_add(shop->db, name, login, some(&in.id),
	    shop_now(), id)) == ERR_EXISTS) {
		r = err_set(ERR_EXISTS, _("there is a place called %s"), name);
	}
	return stock_place_end(shop, r, "place.add", "place", *id, "");
}

int
stock_place_rename(struct shop *shop, int64_t id, const char *name, bool active)
{
	struct stock_place	p;
	char		login[NAME_SIZE];
	int		r;

	if ((r = shop_require(shop, RIGHT_SETTING)) != 0 ||
	    (r = shop_login_name(name, login)) != 0 ||
	    (r = stock_place_get(shop, id, &p)) != 0) {
		return r;
	}
	if (id == PLACE_UNDER_WAY || (id == PLACE_FIRST && !active)) {
		return err_set(ERR_FROZEN, _("the first place stays"));
	}
	if ((r = db_begin(shop->db, "place set")) != 0) {
		return r;
	}
	return stock_place_end(shop, q_stock_place_set(shop->db, id, name,
	    login, active), "place.set", "place", id, active ? "" : "active=0");
}

int
stock_place_here(struct shop *shop, int64_t *id)
{
	struct q_stock_place_of_terminal	row;
	int				r;

	*id = PLACE_FIRST;
	if (shop->who.terminal == 0) {
		return 0;
	}
	if ((r = q_stock_place_of_terminal(shop->db, shop->who.terminal,
	    &row)) == 0) {
		*id = row.place;
	}
	return r == ERR_NOT_FOUND ? 0 : r;
}

int
stock_place_terminal(struct shop *shop, int64_t terminal, int64_t place)
{
	struct stock_place	p;
	char		detail[32];
	int64_t		n;
	int		r;

	if ((r = shop_require(shop, RIGHT_TERMINAL)) != 0 ||
	    (r = stock_place_get(shop, place, &p)) != 0) {
		return r;
	}
	if (place == PLACE_UNDER_WAY) {
		return err_set(ERR_INVALID, _("nothing is sold from what is "
		    "under way"));
	}
	if ((r = db_begin(shop->db, "terminal place")) != 0) {
		return r;
	}
	if ((r = q_stock_place_terminal_set(shop->db, terminal, place,
	    &n)) == 0 && n == 0) {
		r = err_set(ERR_NOT_FOUND, _("there is no such terminal"));
	}
	(void)str_fmt(detail, sizeof(detail), "place=%lld", (long long)place);
	return stock_place_end(shop, r, "terminal.place", "terminal", terminal,
	    detail);
}

int
stock_place_user(struct shop *shop, int64_t user, const int64_t *place,
    size_t n)
{
	char	detail[32];
	int	r;

	if ((r = shop_require(shop, RIGHT_USER)) != 0 ||
	    (r = db_begin(shop->db, "user places")) != 0) {
		return r;
	}
	r = q_stock_place_user_drop(shop->db, user);
	for (size_t i = 0; i < n && r == 0; i++) {
		r = q_stock_place_user_add(shop->db, user, place[i]);
	}
	(void)str_fmt(detail, sizeof(detail), "places=%zu", n);
	return stock_place_end(shop, r, "user.places", "user", user, detail);
}
