/* SPDX-License-Identifier: ISC */
#include "shop/browse.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/clock.h"
#include "shop/stock.h"
#include "sql/browse.h"

int
browse_count(struct shop *shop, int64_t *n)
{
	struct q_browse_total	row;
	int			r;

	r = q_browse_total(shop->db, &row);
	*n = row.n;
	return r;
}

int
browse_page(struct shop *shop, int64_t from, int n, struct product *out,
    int *got)
{
	struct q_browse_rows	*rows;
	size_t			 count;
	int			 r;

	*got = 0;
	if ((r = q_browse_rows(shop->db, from, n, &rows, &count)) != 0) {
		return r;
	}
	for (size_t i = 0; i < count; i++) {
		struct product	*p = &out[i];

		*p = (struct product){ .id = rows[i].id,
		    .price = rows[i].price, .tracked = rows[i].tracked,
		    .stock = rows[i].stock, .active = true,
		    .by_weight = strcmp(rows[i].unit, "pc") != 0 };
		(void)str_copy(p->code, sizeof(p->code), rows[i].code);
		(void)str_copy(p->name, sizeof(p->name), rows[i].name);
		(void)str_copy(p->unit, sizeof(p->unit), rows[i].unit);
	}
	*got = (int)count;
	free(rows);
	return stock_shown(shop, out, count);
}

int
browse_place(struct shop *shop, int64_t id, int64_t *at)
{
	struct q_browse_place	row;
	int			r;

	r = q_browse_place(shop->db, id, &row);
	*at = row.n;
	return r;
}

int
browse_low(struct shop *shop, int64_t below, int limit, struct product *out,
    int *got)
{
	struct q_browse_low	*rows;
	size_t			 count;
	int			 r;

	*got = 0;
	if ((r = q_browse_low(shop->db, below, shop->who.user, limit, &rows,
	    &count)) != 0) {
		return r;
	}
	for (size_t i = 0; i < count; i++) {
		struct product	*p = &out[i];

		*p = (struct product){ .id = rows[i].id, .tracked = true,
		    .stock = rows[i].stock, .active = true,
		    .by_weight = strcmp(rows[i].unit, "pc") != 0 };
		(void)str_copy(p->code, sizeof(p->code), rows[i].code);
		(void)str_copy(p->name, sizeof(p->name), rows[i].name);
		(void)str_copy(p->unit, sizeof(p->unit), rows[i].unit);
	}
	*got = (int)count;
	free(rows);
	return 0;
}

int
browse_day(struct shop *shop, int back, struct browse_day *out)
{
	struct q_browse_hours	*rows;
	size_t			 n;
	int			 r;

	*out = (struct browse_day){ 0 };
	if ((r = shop_require(shop, RIGHT_REPORT)) != 0) {
		return r;
	}
	clock_business_day(shop_now() - (int64_t)back * 24 * 3600 * 1000,
	    shop->set.day_start_hour, out->day);
	if ((r = q_browse_hours(shop->db, out->day, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		out->tickets += rows[i].tickets;
		out->amount += rows[i].amount;
		if (rows[i].hour >= 0 && rows[i].hour < 24) {
			out->hour[rows[i].hour] = rows[i].amount;
		}
	}
	free(rows);
	return 0;
}

int64_t
browse_backup(const struct shop *shop)
{
	char		 path[4096];
	struct dirent	*e;
	struct stat	 st;
	int64_t		 newest = 0, at;
	DIR		*dir;

	if (!str_fmt(path, sizeof(path), "%s/backups", db_shop(shop->db)) ||
	    (dir = opendir(path)) == NULL) {
		return 0;
	}
	while ((e = readdir(dir)) != NULL) {
		if (fstatat(dirfd(dir), e->d_name, &st, 0) != 0 ||
		    !S_ISREG(st.st_mode)) {
			continue;
		}
		at = (int64_t)st.st_mtim.tv_sec * 1000;
		if (at > newest) {
			newest = at;
		}
	}
	(void)closedir(dir);
	return newest;
}
