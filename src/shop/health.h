/* SPDX-License-Identifier: ISC */
/* Figures a watcher asks for: people at work, disk, backup, paper. */
#ifndef SHOP_HEALTH_H
#define SHOP_HEALTH_H

#include "shop/shop.h"

struct shop_health {
	int64_t	sessions;		/* living ones */
	int64_t	open_sales;
	int64_t	print_waiting;		/* jobs not yet at their printers */
	int64_t	disk_free;		/* bytes the shop's user may take */
	bool	disk_low;		/* under disk_warn_mb */
	int64_t	backup_at;		/* ms; 0: there is none */
	bool	backup_old;		/* none, or older than backup_hours */
};

/* Right "check". */
int	 shop_health(struct shop *shop, struct shop_health *out) MUST_CHECK;

#endif
