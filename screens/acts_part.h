/* SPDX-License-Identifier: ISC */
/* What the files of the acts on the open sale share; nobody else includes
 * this. */
#ifndef SCREENS_ACTS_PART_H
#define SCREENS_ACTS_PART_H

#include "screens/sale.h"

/* acts_order.c.  `text` "Roux 24/12/2026", "30%" or an amount, a reason. */
enum turn acts_order(struct session *s, struct sale_screen *st,
	    enum sale_kind kind, const char *text);
enum turn acts_deposit(struct session *s, struct sale_screen *st,
	    const char *text);
enum turn acts_cancel(struct session *s, struct sale_screen *st,
	    const char *reason);
enum turn acts_ask_cancel(struct session *s, struct sale_screen *st,
	    const char *why);
enum turn acts_fate(struct session *s, struct sale_screen *st, int64_t chosen);

/* acts_paper.c.  `ticket` "": the last one. */
enum turn acts_reprint(struct session *s, struct sale_screen *st,
	    const char *ticket);
enum turn acts_bill(struct session *s, struct sale_screen *st);
enum turn acts_receipt(struct session *s, struct sale_screen *st);
enum turn acts_invoice(struct session *s, struct sale_screen *st,
	    const char *ticket);
enum turn acts_retender(struct session *s, struct sale_screen *st,
	    const char *tender);
enum turn acts_retender_more(struct session *s, struct sale_screen *st,
	    const char *more);

#endif
