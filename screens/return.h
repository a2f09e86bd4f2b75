/* SPDX-License-Identifier: ISC */
/* Returns, gift cards and credit notes on the sale screen: what its commands
 * and scans do (back.c); the ticket's lines are a screen of their own. */
#ifndef SCREENS_RETURN_H
#define SCREENS_RETURN_H

#include "screens/sale.h"

/* A receipt's barcode or a voucher's number is no item: true when `text` was
 * one, and *turn what came of it. */
bool	 back_enter(struct session *s, struct sale_screen *st,
	    const char *text, enum turn *turn);
/* :return, :return-without, :gift, :voucher; TURN_PASS for others. */
enum turn back_do(struct session *s, struct sale_screen *st, enum action act,
	    const char *rest);
/* A question that one of them had asked. */
enum turn back_answered(struct session *s, struct sale_screen *st,
	    const struct answer *a);
/* screen_return or the list of tickets came back with a sale. */
enum turn back_shown(struct session *s, struct sale_screen *st, int64_t id);

#endif
