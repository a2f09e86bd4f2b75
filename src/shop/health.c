/* SPDX-License-Identifier: ISC */
/* How a shop is, in numbers. */
#include "shop/health.h"

#include <sys/statvfs.h>

#include "shop/browse.h"
#include "shop/session.h"
#include "sql/health.h"

#define HOUR_MS	INT64_C(3600000)

static int
health_session(void *ctx, const struct session_row *row)
{
	int64_t	*n = ctx;

	(void)row;
	(*n)++;
	return 0;
}

int
shop_health(struct shop *shop, struct shop_health *out)
{
	struct q_health_counts	row;
	struct statvfs		fs;
	int			r;

	*out = (struct shop_health){ 0 };
	if ((r = shop_require(shop, RIGHT_CHECK)) != 0 ||
	    (r = session_list(shop, health_session, &out->sessions)) != 0 ||
	    (r = q_health_counts(shop->db, &row)) != 0) {
		return r;
	}
	out->open_sales = row.open_sales;
	out->print_waiting = row.print_waiting;
	if (statvfs(db_shop(shop->db), &fs) != 0) {
		return err_sys(ERR_IO, _("cannot look at the disk"));
	}
	out->disk_free = (int64_t)(fs.f_bavail * fs.f_frsize);
	out->disk_low = out->disk_free >> 20 < shop->set.disk_warn_mb;
	out->backup_at = browse_backup(shop);
	out->backup_old = shop_now() - out->backup_at >
	    shop->set.backup_hours * HOUR_MS;
	return 0;
}
