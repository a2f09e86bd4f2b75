/* SPDX-License-Identifier: ISC */
/* Reservations: when, how many, who, and which table is kept. */
#include "shop/booking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/sale_part.h"
#include "shop/training.h"
#include "sql/room.h"

#define BOOKING_STAY_MS	(INT64_C(2) * 3600000)	/* a table is taken */

int64_t
booking_since(const struct shop *shop, int64_t now)
{
	char	day[CLOCK_DAY_SIZE];
	int64_t	began;

	clock_business_day(now, shop->set.day_start_hour, day);
	began = clock_at(clock_day_noon(day), shop->set.day_start_hour, 0);
	return began < now - BOOKING_STAY_MS ? began : now - BOOKING_STAY_MS;
}

int
booking_list(struct shop *shop, int64_t since, struct booking **rows,
    size_t *n)
{
	struct q_booking_from	*all;
	int			 r;

	*rows = NULL;
	if ((r = q_booking_from(shop->db, since, &all, n)) != 0) {
		return r;
	}
	*rows = xcalloc(*n + 1, sizeof(**rows));
	for (size_t i = 0; i < *n; i++) {
		struct booking	*b = &(*rows)[i];

		b->id = all[i].id;
		b->at = all[i].at;
		b->covers = (int)all[i].covers;
		b->number = (int)all[i].number;
		b->table = all[i].tbl_null ? 0 : all[i].tbl;
		b->seats = (int)all[i].seats;
		b->version = all[i].version;
		(void)str_copy(b->name, sizeof(b->name), all[i].name);
		(void)str_copy(b->phone, sizeof(b->phone), all[i].phone);
		(void)str_copy(b->note, sizeof(b->note), all[i].note);
	}
	free(all);
	return 0;
}

/* "24/12": that day of this year, or of the next one once it has passed. */
static bool
booking_day_of(const char *word, int64_t now, char day[static CLOCK_DAY_SIZE])
{
	char	today[CLOCK_DAY_SIZE];
	int	d, m, end = 0, year;

	if (sscanf(word, "%2d/%2d%n", &d, &m, &end) != 2 ||
	    word[end] != '\0' || d < 1 || m < 1) {
		return false;
	}
	clock_local(now, "%Y-%m-%d", today, sizeof(today));
	year = (int)strtol(today, NULL, 10);
	for (int y = year; y <= year + 1; y++) {
		(void)str_fmt(day, CLOCK_DAY_SIZE, "%04d-%02d-%02d", y % 10000,
		    m % 100, d % 100);
		if (clock_day_check(day) == 0 && strcmp(day, today) >= 0) {
			return true;
		}
	}
	return false;
}

/* A day at the start of the text: its noon, and how many bytes it took. */
static size_t
booking_day(const char *text, int64_t now, int64_t *noon)
{
	char	word[24], day[CLOCK_DAY_SIZE];
	size_t	n = strcspn(text, " ");

	*noon = 0;
	if (n >= sizeof(word)) {
		return 0;
	}
	(void)str_fmt(word, sizeof(word), "%.*s", (int)n, text);
	if (strcmp(word, _("tomorrow")) == 0) {
		*noon = clock_at(now, 12, 0) + INT64_C(24) * 3600000;
	} else if (booking_day_of(word, now, day) ||
	    clock_day_read(word, day) == 0) {
		*noon = clock_day_noon(day);
	} else {
		return 0;
	}
	return n + strspn(text + n, " ");
}

int
booking_parse(const char *text, int64_t now, struct booking *out)
{
	char	 words[512], *part[3] = { words, NULL, NULL };
	char	*end;
	int64_t	 day, covers;
	size_t	 n;

	*out = (struct booking){ 0 };
	text += booking_day(text, now, &day);
	n = day != 0 ? clock_hour(text, day, &out->at) :
	    clock_hour_next(text, now, &out->at);
	covers = strtoll(text + n, &end, 10);
	if (n == 0 || end == text + n || covers < 1 || covers > 999 ||
	    *end != ' ') {
		return err_set(ERR_INVALID, _("when, how many and who: 20h30 "
		    "4 Dupont, 0612345678, a note"));
	}
	if (!str_copy(words, sizeof(words), end + strspn(end, " "))) {
		return err_set(ERR_TOO_LONG, _("that is too long"));
	}
	for (int i = 0; i < 2 && part[i] != NULL; i++) {
		if ((part[i + 1] = strchr(part[i], ',')) != NULL) {
			*part[i + 1]++ = '\0';
			part[i + 1] += strspn(part[i + 1], " ");
		}
	}
	out->covers = (int)covers;
	if (!str_copy(out->name, sizeof(out->name), words) ||
	    !str_copy(out->phone, sizeof(out->phone),
	    part[1] == NULL ? "" : part[1]) ||
	    !str_copy(out->note, sizeof(out->note),
	    part[1] == NULL || part[2] == NULL ? "" : part[2])) {
		return err_set(ERR_TOO_LONG, _("a name of %zu bytes at most, a "
		    "telephone of %zu, a note of %zu"), sizeof(out->name) - 1,
		    sizeof(out->phone) - 1, sizeof(out->note) - 1);
	}
	return 0;
}

void
booking_text(const struct booking *b, char out[static BOOKING_TEXT])
{
	char	when[24];

	clock_local(b->at, "%Y-%m-%d %H:%M", when, sizeof(when));
	(void)str_fmt(out, BOOKING_TEXT, "%s %d %s%s%s%s%s", when, b->covers,
	    b->name, b->phone[0] != '\0' || b->note[0] != '\0' ? ", " : "",
	    b->phone, b->note[0] != '\0' ? ", " : "", b->note);
}

static int
booking_done(struct shop *shop, int r)
{
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "table");
	return db_commit(shop->db);
}

static int
booking_check(const struct booking *b)
{
	if (b->name[0] == '\0' || !utf8_is_clean(b->name) ||
	    !utf8_is_clean(b->phone) || !utf8_is_clean(b->note)) {
		return err_set(ERR_INVALID, _("for whom is it?"));
	}
	return b->at >= shop_now() - 3600000 ? 0 :
	    err_set(ERR_RANGE, _("that hour has passed"));
}

/* Inside the transaction: is that table kept for others about then? */
static int
booking_free(struct shop *shop, int64_t id, int64_t table, int64_t at)
{
	struct q_booking_clash	row;
	char			hour[8];
	int			r;

	if (table == 0 || (r = q_booking_clash(shop->db, id, &table,
	    at - BOOKING_STAY_MS, at + BOOKING_STAY_MS, &row)) ==
	    ERR_NOT_FOUND) {
		return 0;
	}
	if (r != 0) {
		return r;
	}
	clock_local(row.at, "%H:%M", hour, sizeof(hour));
	return err_set(ERR_EXISTS, _("that table is kept for %s at %s"),
	    row.name, hour);
}

int
booking_add(struct shop *shop, struct booking *b)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = training_same(shop, false)) != 0 ||
	    (r = booking_check(b)) != 0 ||
	    (r = db_begin(shop->db, "booking")) != 0) {
		return r;
	}
	if ((r = booking_free(shop, 0, b->table, b->at)) == 0 &&
	    (r = q_booking_add(shop->db, b->at, b->covers, b->name, b->phone,
	    b->note, some(&b->table), shop_now(), some(&shop->who.user),
	    &b->id)) == 0) {
		r = audit_add(shop, "booking.add", "booking", b->id, "");
	}
	return booking_done(shop, r);
}

/* Inside the transaction: one that is still waited for. */
static int
booking_open(struct shop *shop, int64_t id, struct q_booking_get *row)
{
	int	r = q_booking_get(shop->db, id, row);

	if (r != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("there is no such booking"));
	}
	return strcmp(row->state, "booked") == 0 ? 0 : err_set(ERR_CHANGED,
	    _("they are seated or do not come any more"));
}

int
booking_change(struct shop *shop, const struct booking *b)
{
	struct q_booking_get	row;
	int64_t			n;
	int			r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = training_same(shop, false)) != 0 ||
	    (r = booking_check(b)) != 0 ||
	    (r = db_begin(shop->db, "booking")) != 0) {
		return r;
	}
	if ((r = booking_open(shop, b->id, &row)) == 0 &&
	    (r = booking_free(shop, b->id, row.tbl_null ? 0 : row.tbl,
	    b->at)) == 0 &&
	    (r = q_booking_change(shop->db, b->id, b->version, b->at,
	    b->covers, b->name, b->phone, b->note, &n)) == 0 && n == 0) {
		r = err_set(ERR_CHANGED, _("somebody else changed it "
		    "meanwhile; look again"));
	}
	if (r == 0) {
		r = audit_add(shop, "booking.change", "booking", b->id, "");
	}
	return booking_done(shop, r);
}

int
booking_table(struct shop *shop, int64_t id, int64_t table)
{
	struct q_booking_get	row;
	int64_t			n;
	int			r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = training_same(shop, false)) != 0 ||
	    (r = db_begin(shop->db, "booking")) != 0) {
		return r;
	}
	if ((r = booking_open(shop, id, &row)) == 0 &&
	    (r = booking_free(shop, id, table, row.at)) == 0 &&
	    (r = q_booking_table(shop->db, id, some(&table), &n)) == 0) {
		r = audit_add(shop, "booking.table", "booking", id, "");
	}
	return booking_done(shop, r);
}

int
booking_end(struct shop *shop, int64_t id, bool missed)
{
	struct q_booking_get	row;
	char			hour[24];
	int64_t			n;
	int			r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = training_same(shop, false)) != 0 ||
	    (r = db_begin(shop->db, "booking")) != 0) {
		return r;
	}
	if ((r = booking_open(shop, id, &row)) == 0 && missed &&
	    row.at > shop_now()) {
		clock_local(row.at, "%d/%m %H:%M", hour, sizeof(hour));
		r = err_set(ERR_INVALID, _("%s: they may come yet"), hour);
	}
	if (r == 0 && (r = q_booking_end(shop->db, id,
	    missed ? "missed" : "cancelled", NULL, &n)) == 0) {
		r = audit_add(shop, "booking.end", "booking", id, "");
	}
	return booking_done(shop, r);
}

int
booking_day_over(struct shop *shop, int64_t until)
{
	char	detail[24];
	int64_t	n;
	int	r;

	if ((r = q_booking_missed(shop->db, until, &n)) != 0 || n == 0) {
		return r;
	}
	db_topic(shop->db, "table");
	(void)str_fmt(detail, sizeof(detail), "%lld", (long long)n);
	return audit_add(shop, "booking.missed", "", 0, detail);
}

int
booking_catch_up(struct shop *shop)
{
	struct q_booking_overdue	row;
	int64_t				until = booking_since(shop,
					    shop_now());
	int				r;

	if ((r = q_booking_overdue(shop->db, until, &row)) != 0 || !row.any ||
	    (r = db_begin(shop->db, "booking")) != 0) {
		return r;
	}
	return booking_done(shop, booking_day_over(shop, until));
}

/* Inside the transaction: guests sit down once. */
static int
booking_seated(struct shop *shop, int64_t id, int64_t table, int64_t *sale,
    int64_t *version)
{
	struct q_booking_get	row;
	int64_t			n;
	int			r;

	if ((r = booking_open(shop, id, &row)) != 0) {
		return r;
	}
	if (table == 0 && row.tbl_null) {
		return err_set(ERR_EMPTY, _("At which table?"));
	}
	if ((r = table_taken(shop, table != 0 ? table : row.tbl,
	    (int)row.covers, sale, version)) != 0 ||
	    (r = q_booking_end(shop->db, id, "seated", sale, &n)) != 0) {
		return r;
	}
	return audit_add(shop, "booking.seat", "booking", id, "");
}

int
booking_seat(struct shop *shop, int64_t id, int64_t table, int64_t *sale,
    int64_t *version)
{
	int	r;

	*sale = 0;
	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = training_same(shop, false)) != 0 ||
	    (r = db_begin(shop->db, "booking")) != 0) {
		return r;
	}
	return sale_end(shop, booking_seated(shop, id, table, sale,
	    version));
}
