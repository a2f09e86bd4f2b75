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
		(void)str_copy(b->name, sizeof(b->name), all[i].name);
		(void)str_copy(b->phone, sizeof(b->phone), all[i].phone);
		(void)str_copy(b->note, sizeof(b->note), all[i].note);
	}
	free(all);
	return 0;
}

/* "2026-12-24 " or "24/12 " at the start of the text: that day's noon. */
static size_t
booking_day(const char *text, int64_t now, int64_t *day)
{
	char	iso[CLOCK_DAY_SIZE], year[8];
	size_t	n = strcspn(text, " ");

	*day = now;
	if (n == 10) {
		(void)str_fmt(iso, sizeof(iso), "%.10s", text);
	} else if (n == 5 && text[2] == '/') {
		clock_local(now, "%Y", year, sizeof(year));
		(void)str_fmt(iso, sizeof(iso), "%.4s-%.2s-%.2s", year,
		    text + 3, text);
	} else {
		return 0;
	}
	if (clock_day_check(iso) != 0) {
		return 0;
	}
	*day = clock_day_noon(iso);
	return n + strspn(text + n, " ");
}

int
booking_parse(const char *text, int64_t now, struct booking *out)
{
	char	 words[200], *part[3] = { words, NULL, NULL };
	char	*end;
	int64_t	 day, covers;
	size_t	 n;

	*out = (struct booking){ 0 };
	text += booking_day(text, now, &day);
	if ((n = clock_hour(text, day, &out->at)) == 0) {
		return err_set(ERR_INVALID, _("when, how many and who: 20h30 "
		    "4 Dupont, 0612345678, a note"));
	}
	covers = strtoll(text + n, &end, 10);
	if (end == text + n || covers < 1 || covers > 999 || *end != ' ') {
		return err_set(ERR_INVALID, _("when, how many and who: 20h30 "
		    "4 Dupont, 0612345678, a note"));
	}
	(void)str_copy(words, sizeof(words), end + strspn(end, " "));
	for (int i = 0; i < 2 && part[i] != NULL; i++) {
		if ((part[i + 1] = strchr(part[i], ',')) != NULL) {
			*part[i + 1]++ = '\0';
			part[i + 1] += strspn(part[i + 1], " ");
		}
	}
	out->covers = (int)covers;
	(void)str_copy(out->name, sizeof(out->name), words);
	(void)str_copy(out->phone, sizeof(out->phone),
	    part[1] == NULL ? "" : part[1]);
	(void)str_copy(out->note, sizeof(out->note),
	    part[1] == NULL || part[2] == NULL ? "" : part[2]);
	return 0;
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

int
booking_add(struct shop *shop, struct booking *b)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = training_same(shop, false)) != 0) {
		return r;
	}
	if (b->name[0] == '\0' || !utf8_is_clean(b->name) ||
	    !utf8_is_clean(b->phone) || !utf8_is_clean(b->note)) {
		return err_set(ERR_INVALID, _("for whom is it?"));
	}
	if (b->at < shop_now() - 3600000) {
		return err_set(ERR_RANGE, _("that hour has passed"));
	}
	if ((r = db_begin(shop->db, "booking")) != 0) {
		return r;
	}
	if ((r = q_booking_add(shop->db, b->at, b->covers, b->name, b->phone,
	    b->note, some(&b->table), shop_now(), some(&shop->who.user),
	    &b->id)) == 0) {
		r = audit_add(shop, "booking.add", "booking", b->id, "");
	}
	return booking_done(shop, r);
}

static int
booking_changed(int64_t n)
{
	return n > 0 ? 0 : err_set(ERR_CHANGED, _("they are seated or do not "
	    "come any more"));
}

int
booking_table(struct shop *shop, int64_t id, int64_t table)
{
	int64_t	n;
	int	r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = training_same(shop, false)) != 0 ||
	    (r = db_begin(shop->db, "booking")) != 0) {
		return r;
	}
	if ((r = q_booking_table(shop->db, id, some(&table), &n)) == 0 &&
	    (r = booking_changed(n)) == 0) {
		r = audit_add(shop, "booking.table", "booking", id, "");
	}
	return booking_done(shop, r);
}

int
booking_end(struct shop *shop, int64_t id, bool missed)
{
	int64_t	n;
	int	r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = training_same(shop, false)) != 0 ||
	    (r = db_begin(shop->db, "booking")) != 0) {
		return r;
	}
	if ((r = q_booking_end(shop->db, id, missed ? "missed" : "cancelled",
	    NULL, &n)) == 0 && (r = booking_changed(n)) == 0) {
		r = audit_add(shop, "booking.end", "booking", id, "");
	}
	return booking_done(shop, r);
}

/* Inside the transaction: guests sit down once. */
static int
booking_seated(struct shop *shop, int64_t id, int64_t table, int64_t *sale,
    int64_t *version)
{
	struct q_booking_get	row;
	int64_t			n;
	int			r;

	if ((r = q_booking_get(shop->db, id, &row)) != 0 ||
	    (r = booking_changed(strcmp(row.state, "booked") == 0)) != 0) {
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
