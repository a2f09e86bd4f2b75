/* SPDX-License-Identifier: ISC */
/* Who is served, and what the plan says of it. */
#include "shop/table.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/approval.h"
#include "shop/audit.h"
#include "shop/course.h"
#include "shop/kitchen.h"
#include "shop/sale_part.h"
#include "shop/training.h"
#include "sql/room.h"

/* A table is shown as reserved this long before its guests come, and kept for
 * those who are late. */
#define BOOKED_SOON_MS	(INT64_C(90) * 60000)
#define BOOKED_LATE_MS	(INT64_C(30) * 60000)

static const struct {
	const char	*name, *text;
} table_words[TABLE_STATE_COUNT] = {
#define X(id, name, text) [TABLE_##id] = { name, text },
	TABLE_STATES(X)
#undef X
}, serving_words[] = {
	[SERVING_TABLE] = { "table", N_("table") },
	[SERVING_TAB] = { "tab", N_("tab") },
	[SERVING_TAKE_AWAY] = { "take_away", N_("take-away") },
	[SERVING_DELIVERY] = { "delivery", N_("delivery") },
};

const char *
table_state_name(enum table_state s)
{
	return table_words[s].name;
}

const char *
table_state_text(enum table_state s)
{
	return _(table_words[s].text);
}

const char *
serving_kind_name(enum serving_kind k)
{
	return serving_words[k].name;
}

void
serving_out(enum serving_kind k, int64_t promised, char *out, size_t size)
{
	char	when[24] = "", day[CLOCK_DAY_SIZE], today[CLOCK_DAY_SIZE];

	if (k != SERVING_TAKE_AWAY && k != SERVING_DELIVERY) {
		*out = '\0';
		return;
	}
	if (promised != 0) {
		clock_business_day(promised, 0, day);
		clock_business_day(shop_now(), 0, today);
		clock_local(promised, strcmp(day, today) == 0 ? " %H:%M" :
		    " %d/%m %H:%M", when, sizeof(when));
	}
	(void)str_fmt(out, size, "%s%s", _(serving_words[k].text), when);
}

void
serving_way(enum serving_kind k, const char *mode, int64_t promised, char *out,
    size_t size)
{
	bool	leaves = k == SERVING_TAKE_AWAY || k == SERVING_DELIVERY;

	if (strcmp(mode, "on_site") == 0) {
		(void)str_copy(out, size, leaves ? sale_mode_text(mode) : "");
		return;
	}
	if (strcmp(mode, "delivery") == 0) {
		k = SERVING_DELIVERY;
	} else if (mode[0] != '\0') {
		k = SERVING_TAKE_AWAY;
	}
	serving_out(k, promised, out, size);
}

enum serving_kind
serving_kind_of(const char *name)
{
	enum serving_kind	k = SERVING_TABLE;

	while (k < SERVING_DELIVERY && strcmp(serving_words[k].name,
	    name) != 0) {
		k++;
	}
	return k;
}

/* ---- the plan ----------------------------------------------------------- */

/* What is to be said of it, and since when. */
static void
view_state(struct table_view *v, const struct q_table_plan *row)
{
	bool	served = !row->sale_null;

	if (served) {
		v->state = row->bill_at != 0 ? TABLE_BILL :
		    row->course > 0 ? TABLE_COURSE :
		    row->ordered_at != 0 ? TABLE_ORDERED : TABLE_SEATED;
		v->since = row->bill_at != 0 ? row->bill_at :
		    row->course > 0 ? row->fired_at :
		    row->ordered_at != 0 ? row->ordered_at : row->seated_at;
		return;
	}
	v->since = v->t.since;
	v->state = strcmp(row->state, "blocked") == 0 ? TABLE_BLOCKED :
	    strcmp(row->state, "paid") == 0 ? TABLE_PAID :
	    strcmp(row->state, "dirty") == 0 ? TABLE_DIRTY :
	    row->booked_at != 0 ? TABLE_RESERVED : TABLE_FREE;
}

static void
view_from(const struct shop *shop, struct table_view *v,
    const struct q_table_plan *row)
{
	v->t.id = row->id;
	v->t.room = row->room;
	v->t.number = (int)row->number;
	v->t.seats = (int)row->seats;
	v->t.shape = shape_of(row->shape);
	v->t.line = (int)row->line;
	v->t.cell = (int)row->cell;
	v->t.joined = row->joined_null ? 0 : row->joined;
	v->t.since = row->since;
	(void)str_copy(v->t.state, sizeof(v->t.state), row->state);
	(void)str_copy(v->t.note, sizeof(v->t.note), row->note);
	v->sale = row->sale_null ? 0 : row->sale;
	v->version = row->version;
	v->covers = (int)row->covers;
	v->course = (int)row->course;
	v->parts = (int)row->parts;
	v->waits = (int)row->waits;
	v->lines = row->lines;
	v->unsent = row->unsent;
	v->total = row->total;
	v->rush = row->rush;
	v->here = row->owner != 0 && row->owner == shop->who.session;
	(void)str_copy(v->server, sizeof(v->server), row->server);
	v->booked_at = row->booked_at;
	v->booking = row->booked;
	(void)str_copy(v->booked, sizeof(v->booked), row->booked_name);
	view_state(v, row);
}

int
table_plan(struct shop *shop, struct table_view **rows, size_t *n)
{
	struct q_table_plan	*all;
	int64_t			 now = shop_now();
	int			 r;

	*rows = NULL;
	*n = 0;
	if ((r = q_table_plan(shop->db, shop->who.training,
	    now - BOOKED_LATE_MS, now + BOOKED_SOON_MS, &all, n)) != 0) {
		return r;
	}
	*rows = xcalloc(*n + 1, sizeof(**rows));
	for (size_t i = 0; i < *n; i++) {
		view_from(shop, &(*rows)[i], &all[i]);
	}
	free(all);
	return 0;
}

int
tab_list(struct shop *shop, struct tab_view **rows, size_t *n)
{
	struct q_tab_all	*all;
	int			 r;

	*rows = NULL;
	*n = 0;
	if ((r = q_tab_all(shop->db, shop->who.training, &all, n)) != 0) {
		return r;
	}
	*rows = xcalloc(*n + 1, sizeof(**rows));
	for (size_t i = 0; i < *n; i++) {
		struct tab_view	*v = &(*rows)[i];

		v->sale = all[i].sale;
		v->version = all[i].version;
		v->kind = serving_kind_of(all[i].kind);
		(void)str_copy(v->name, sizeof(v->name), all[i].name);
		(void)str_copy(v->phone, sizeof(v->phone), all[i].phone);
		(void)str_copy(v->server, sizeof(v->server), all[i].server);
		v->covers = (int)all[i].covers;
		v->waits = (int)all[i].waits;
		v->since = all[i].seated_at;
		v->promised = all[i].promised_at;
		v->total = all[i].total;
		v->lines = all[i].lines;
		v->unsent = all[i].unsent;
		v->bill = all[i].bill_at != 0;
		v->rush = all[i].rush;
		v->here = all[i].owner != 0 &&
		    all[i].owner == shop->who.session;
	}
	free(all);
	return 0;
}

int
serving_get(struct shop *shop, int64_t sale, struct serving *out)
{
	struct q_serving_get	row;
	int			r;

	*out = (struct serving){ 0 };
	if ((r = q_serving_get(shop->db, sale, &row)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("this is no table's sale"));
	}
	out->sale = row.sale;
	out->version = row.version;
	out->kind = serving_kind_of(row.kind);
	out->table = row.tbl_null ? 0 : row.tbl;
	out->number = (int)row.number;
	out->covers = (int)row.covers;
	out->course = (int)row.course;
	out->server = row.server_null ? 0 : row.server;
	(void)str_copy(out->server_name, sizeof(out->server_name),
	    row.server_name);
	out->seated_at = row.seated_at;
	out->ordered_at = row.ordered_at_null ? 0 : row.ordered_at;
	out->fired_at = row.fired_at_null ? 0 : row.fired_at;
	out->bill_at = row.bill_at_null ? 0 : row.bill_at;
	out->rush = row.rush;
	out->ended = !row.ended_at_null;
	out->training = row.training;
	out->whole = row.whole_null ? 0 : row.whole;
	(void)str_copy(out->name, sizeof(out->name), row.name);
	(void)str_copy(out->phone, sizeof(out->phone), row.phone);
	(void)str_copy(out->address, sizeof(out->address), row.address);
	(void)str_copy(out->mode, sizeof(out->mode), row.mode);
	out->promised = row.promised_at_null ? 0 : row.promised_at;
	return 0;
}

void
serving_called(const struct serving *v, char *out, size_t size)
{
	(void)str_copy(out, size, v->name);
}

/* ---- what happened ------------------------------------------------------ */

int
serving_note(struct shop *shop, const struct serving_note *note)
{
	int64_t	approver = note->approved ? approval_by(shop) : 0;

	db_topic(shop->db, "table");
	return q_serving_event_add(shop->db, note->sale, some(&note->table),
	    shop_now(), some(&shop->who.user), note->kind, note->course,
	    some(&note->line), note->n, note->words == NULL ? "" :
	    note->words, some(&approver));
}

/* ---- sitting down ------------------------------------------------------- */

/* Inside the transaction: a sale of this session for somebody served. */
static int
serving_begin(struct shop *shop, const struct tab_new *tab,
    const struct q_table_get *table, int64_t *sale, int64_t *version)
{
	char	name[64];
	int64_t	id = table == NULL ? 0 : table->id;
	int	r;

	if (table != NULL) {
		(void)str_fmt(name, sizeof(name), "T%lld",
		    (long long)table->number);
	} else {
		(void)str_copy(name, sizeof(name), tab->name);
	}
	if ((r = sale_mode_next(shop, table != NULL ? table->mode :
	    tab->kind == SERVING_DELIVERY ? "delivery" :
	    tab->kind == SERVING_TAKE_AWAY ? "take_away_now" :
	    "on_site")) != 0 ||
	    (r = sale_first(shop, 0, sale, version)) != 0 ||
	    (r = q_serving_name(shop->db, *sale, name)) != 0 ||
	    (r = q_serving_add(shop->db, *sale, serving_words[tab->kind].name,
	    some(&id), tab->covers, some(&shop->who.user), shop_now(), NULL,
	    tab->phone, tab->address, some(&tab->promised))) != 0 ||
	    (r = serving_note(shop, &(struct serving_note){ .kind = "seated",
	    .sale = *sale, .table = id, .n = tab->covers })) != 0) {
		return r;
	}
	return audit_add(shop, "table.seat", "sale", *sale, "");
}

static int
seat_check(struct shop *shop, int64_t *table, struct q_table_get *row)
{
	int	r;

	if ((r = q_table_get(shop->db, *table, shop->who.training,
	    row)) == 0 &&
	    !row->joined_null) {
		*table = row->joined;
		r = q_table_get(shop->db, *table, shop->who.training, row);
	}
	if (r != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("there is no such table"));
	}
	if (row->open != 0) {
		return err_set(ERR_TAKEN, _("somebody sits at table %lld "
		    "already"), (long long)row->number);
	}
	if (strcmp(row->state, "blocked") == 0) {
		return err_set(ERR_INVALID, _("table %lld is blocked: %s"),
		    (long long)row->number, row->note);
	}
	return 0;
}

static int
covers_check(int covers)
{
	return covers >= 0 && covers <= 999 ? 0 : err_set(ERR_RANGE,
	    _("a table has at most 999 covers"));
}

int
table_seat(struct shop *shop, int64_t table, int covers, int64_t *sale,
    int64_t *version)
{
	int	r;

	*sale = 0;
	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = covers_check(covers)) != 0 ||
	    (r = db_begin(shop->db, "table seat")) != 0) {
		return r;
	}
	return sale_end(shop, table_taken(shop, table, covers, sale,
	    version));
}

int
table_taken(struct shop *shop, int64_t table, int covers, int64_t *sale,
    int64_t *version)
{
	const struct tab_new	tab = { .kind = SERVING_TABLE,
				    .covers = covers, .phone = "",
				    .address = "" };
	struct q_table_get	row;
	int			r;

	if ((r = seat_check(shop, &table, &row)) == 0 &&
	    (r = serving_begin(shop, &tab, &row, sale, version)) == 0 &&
	    !shop->who.training && strcmp(row.state, "free") != 0) {
		r = table_left(shop, table, "free");
	}
	return r;
}

static int
tab_check(const struct tab_new *tab)
{
	if (tab->name[0] == '\0' || !utf8_is_clean(tab->name) ||
	    strlen(tab->name) >= 60) {
		return err_set(ERR_INVALID, _("under what name? At most 60 "
		    "characters"));
	}
	if (!utf8_is_clean(tab->phone) || strlen(tab->phone) >= 32 ||
	    !utf8_is_clean(tab->address) || strlen(tab->address) >= 128) {
		return err_set(ERR_INVALID, _("the telephone or the address "
		    "is too long"));
	}
	if (tab->kind == SERVING_DELIVERY && tab->address[0] == '\0') {
		return err_set(ERR_EMPTY, _("a delivery needs an address"));
	}
	return covers_check(tab->covers);
}

int
tab_open(struct shop *shop, const struct tab_new *tab, int64_t *sale,
    int64_t *version)
{
	int	r;

	*sale = 0;
	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = tab_check(tab)) != 0 ||
	    (r = db_begin(shop->db, "tab open")) != 0) {
		return r;
	}
	return sale_end(shop, serving_begin(shop, tab, NULL, sale, version));
}

/* ---- small acts --------------------------------------------------------- */

int
serving_act(struct shop *shop, const char *verb, int64_t sale,
    struct serving *v)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = db_begin(shop->db, verb)) != 0) {
		return r;
	}
	if ((r = serving_get(shop, sale, v)) == 0 && v->ended) {
		r = err_set(ERR_CHANGED, _("%s has paid or left meanwhile"),
		    v->name);
	}
	if (r != 0) {
		db_rollback(shop->db);
	}
	return r;
}

int
table_covers(struct shop *shop, int64_t sale, int covers)
{
	struct serving	v;
	int		r;

	if ((r = covers_check(covers)) != 0 ||
	    (r = serving_act(shop, "table covers", sale, &v)) != 0) {
		return r;
	}
	if ((r = q_serving_covers(shop->db, sale, covers)) == 0 &&
	    (r = serving_note(shop, &(struct serving_note){
	    .kind = "covers", .sale = sale, .table = v.table,
	    .n = covers })) == 0) {
		r = audit_add(shop, "table.covers", "sale", sale, "");
	}
	return sale_end(shop, r);
}

int
table_server(struct shop *shop, int64_t sale, int64_t user)
{
	struct serving	v;
	char		detail[32];
	int		r;

	if ((r = serving_act(shop, "table server", sale, &v)) != 0) {
		return r;
	}
	(void)str_fmt(detail, sizeof(detail), "%lld to %lld",
	    (long long)v.server, (long long)user);
	if ((r = q_serving_server(shop->db, sale, some(&user))) == 0 &&
	    (r = serving_note(shop, &(struct serving_note){
	    .kind = "server", .sale = sale, .table = v.table,
	    .n = user })) == 0) {
		r = audit_add(shop, "table.server", "sale", sale, detail);
	}
	return sale_end(shop, r);
}

int
table_serves(struct shop *shop, bool *serves)
{
	struct q_serving_by	row;
	int			r = q_serving_by(shop->db, shop->who.user,
				    shop->who.training, &row);

	*serves = r == 0 && row.any;
	return r;
}

int
table_none_open(struct shop *shop)
{
	struct q_serving_open_list	*rows;
	struct buf			 text = { 0 };
	size_t				 n;
	int				 r;

	if ((r = q_serving_open_list(shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && text.len < 60; i++) {
		buf_fmt(&text, "%s%s", i > 0 ? ", " : "", rows[i].name);
		if (i + 1 < n && text.len >= 60) {
			buf_str(&text, "…");
		}
	}
	free(rows);
	if (n > 0) {
		r = err_set(ERR_INVALID, ngettext("%zu is still open: %s",
		    "%zu are still open: %s", n), n, buf_text(&text));
	}
	buf_done(&text);
	return r;
}

int
table_all_paid(struct shop *shop, int64_t shift)
{
	struct q_serving_shifts	row;
	int			r;

	if ((r = q_serving_shifts(shop->db, shift, &row)) != 0 ||
	    row.others > 0) {
		return r;
	}
	return table_none_open(shop);
}

int
serving_given_up(struct shop *shop, int64_t sale, const char *reason)
{
	struct q_serving_sent	*rows;
	struct serving		 v = { 0 };
	size_t			 n;
	int			 r;

	if ((r = q_serving_sent(shop->db, sale, &rows, &n)) != 0) {
		return r;
	}
	if (n > 0 && reason[0] == '\0') {
		r = err_set(ERR_EMPTY, _("the kitchen has some of it; say why "
		    "it goes"));
	} else if (n > 0) {
		r = serving_get(shop, sale, &v);
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		r = serving_note(shop, &(struct serving_note){
		    .kind = "voided", .sale = sale, .table = v.table,
		    .line = rows[i].line, .n = rows[i].qty, .words = reason,
		    .approved = true });
	}
	free(rows);
	return r;
}

int
serving_billed(struct shop *shop, int64_t sale, int64_t total)
{
	struct serving	v;
	int64_t		now = shop_now();
	int		r;

	if ((r = serving_get(shop, sale, &v)) != 0 ||
	    (r = q_serving_bill(shop->db, sale, &now)) != 0) {
		return r;
	}
	return serving_note(shop, &(struct serving_note){ .kind = "bill",
	    .sale = sale, .table = v.table, .n = total });
}

int
serving_over(struct shop *shop, int64_t sale, const char *how)
{
	struct q_serving_at	*rows;
	struct serving		 v;
	int64_t			 changed;
	size_t			 n;
	int			 r;

	if ((r = q_serving_end(shop->db, sale, shop_now(), how,
	    &changed)) != 0 || changed == 0) {
		return r;
	}
	if (strcmp(how, "cancelled") == 0 &&
	    (r = kitchen_over(shop, sale)) != 0) {
		return r;
	}
	/* Nobody opens it again to send the rest or ask for what waits. */
	if (strcmp(how, "paid") == 0 &&
	    (r = course_paid(shop, sale)) != 0) {
		return r;
	}
	if ((r = serving_get(shop, sale, &v)) != 0 ||
	    (strcmp(how, "merged") != 0 &&
	    (r = serving_note(shop, &(struct serving_note){ .kind = how,
	    .sale = sale, .table = v.table })) != 0) || v.table == 0) {
		return r;
	}
	if ((r = q_serving_at(shop->db, v.table, v.training, &rows,
	    &n)) != 0) {
		return r;
	}
	free(rows);
	/* Others of the party have yet to pay. */
	if (n > 0 || v.training) {
		return 0;
	}
	return table_left(shop, v.table, strcmp(how, "paid") == 0 ? "paid" :
	    "free");
}
