/* SPDX-License-Identifier: ISC */
/* The mode a session practises in, and what it keeps out. */
#include "shop/training.h"

#include <string.h>

#include "shop/audit.h"
#include "shop/journal.h"

/* What only touches a sale that is practised on; everything else would be
 * real. */
#define TRAINING_RIGHTS \
	(RIGHT_BIT(RIGHT_SELL) | RIGHT_BIT(RIGHT_PAY) | \
	RIGHT_BIT(RIGHT_PRICE) | RIGHT_BIT(RIGHT_VOID) | \
	RIGHT_BIT(RIGHT_REVERSE) | RIGHT_BIT(RIGHT_CANCEL) | \
	RIGHT_BIT(RIGHT_TAKE) | RIGHT_BIT(RIGHT_REPRINT) | \
	RIGHT_BIT(RIGHT_LOOK) | RIGHT_BIT(RIGHT_SALES) | \
	RIGHT_BIT(RIGHT_TRAINING))

bool
training_keeps_out(const struct shop *shop, enum right right)
{
	return shop->who.training &&
	    (TRAINING_RIGHTS & RIGHT_BIT(right)) == 0;
}

int
training_same(const struct shop *shop, bool training)
{
	if (training == shop->who.training) {
		return 0;
	}
	return err_set(ERR_INVALID, training ? _("this sale is practice; "
	    ":training first") : _("you are practising; :training ends it"));
}

int
training_pays(const struct sale *sale, const char *tender)
{
	if (!sale->training) {
		return 0;
	}
	if (strcmp(tender, "cash") != 0 && strcmp(tender, "card") != 0) {
		return err_set(ERR_INVALID, _("practice is paid in cash or by "
		    "card"));
	}
	for (size_t i = 0; i < sale->nlines; i++) {
		const struct sale_line	*l = &sale->lines[i];

		if (l->state != LINE_VOID && l->no_turnover) {
			return err_set(ERR_INVALID, _("%s cannot be practised "
			    "with; void it"), l->label);
		}
	}
	return 0;
}

static int
training_write(struct shop *shop, bool on)
{
	int	r;

	if ((r = db_begin(shop->db, "training")) != 0) {
		return r;
	}
	if ((r = journal_event(shop, JET_TRAINING, on ? "begins" :
	    "ends")) != 0 ||
	    (r = audit_add(shop, on ? "training.begin" : "training.end", "",
	    0, "")) != 0) {
		db_rollback(shop->db);
		return r;
	}
	return db_commit(shop->db);
}

int
training_set(struct shop *shop, bool on)
{
	int	r;

	if (shop->who.session == 0) {
		return err_set(ERR_DENIED, _("a command cannot practise; sign "
		    "in on a screen"));
	}
	if (on == shop->who.training) {
		return 0;
	}
	/* Anybody may end it. */
	if ((on && (r = shop_require(shop, RIGHT_TRAINING)) != 0) ||
	    (r = sale_park_all(shop)) != 0 ||
	    (r = training_write(shop, on)) != 0) {
		return r;
	}
	shop->who.training = on;
	return 0;
}
