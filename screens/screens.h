/* SPDX-License-Identifier: ISC */
/* Every screen, once. */
#ifndef SCREENS_SCREENS_H
#define SCREENS_SCREENS_H

#include "term/term.h"

#define SCREENS(X) \
	X(login)	/* who is it? */ \
	X(lock)		/* locked; PIN, or somebody else */ \
	X(choose)	/* sizes, options, steps of a menu */ \
	X(approve)	/* somebody's word for what was refused */ \
	X(sale)		/* ring up */ \
	X(line)		/* quantity and price of one line */ \
	X(pay)		/* take the money */ \
	X(opened)	/* open sales: recall, take over */ \
	X(newitem)	/* a barcode that nobody knew */ \
	X(quickkeys)	/* a manager arranges the quick keys */ \
	X(quickkey)	/* what one of them sells */ \
	X(find)		/* the catalogue, 100 000 rows of it */ \
	X(product)	/* one item: price, stock, barcodes */ \
	X(return)	/* what of a ticket comes back */ \
	X(tickets)	/* past tickets: look, print again */ \
	X(home)		/* the day, alerts, what runs out */ \
	X(reports)	/* their list */ \
	X(report)	/* one of them, of a day */ \
	X(self)		/* own password, PIN, language */ \
	X(users)	/* who may sign in */ \
	X(terminals)	/* workplaces */ \
	X(prices)	/* price lists */ \
	X(price_list)	/* the prices of one */ \
	X(price_form)	/* a new list */ \
	X(promos)	/* promotions and coupons */ \
	X(promo_form)	/* a new one */ \
	X(printers)	/* printers and their jobs */ \
	X(customer)	/* who buys, and what they owe */ \
	X(person)	/* one of them, as a form */ \
	X(templates)	/* what papers look like */ \
	X(template)	/* the lines of one */ \
	X(keytest)	/* what a key sends */ \
	X(shift)	/* this till: X, what is missing, Z */ \
	X(count)	/* its drawer, coin by coin */ \
	X(drawer)	/* money in or out of it */ \
	X(plan)		/* rooms, tables, who sits there */ \
	X(pass)		/* what is ready to be fetched */ \
	X(split)	/* a bill in parts */ \
	X(bookings)	/* who has asked for a table */ \
	X(rooms)	/* a manager draws rooms and tables */ \
	X(kitchen)	/* what a station has to make */ \
	X(stock)	/* what wants attention, levels */ \
	X(stockcount)	/* counting: a beep is one */ \
	X(transfers)	/* goods between stores */ \
	X(orders)	/* to suppliers, not done with */ \
	X(intake)	/* counting what came */ \
	X(supplier)	/* one of them, as a form */ \
	X(sells)	/* what one of them sells */ \
	X(bills)	/* their invoices, due and paid */ \
	X(labels)	/* gathered, then printed together */ \
	X(suppliers)	/* who sells to the shop */

/* What some of them are meanwhile. */
#define SCREEN_FACES(X) \
	X(table)	/* somebody is served: the sale screen */

#define X(name) extern const struct screen screen_##name;
SCREENS(X)
#undef X
#define X(name) extern const struct screen_face face_##name;
SCREEN_FACES(X)
#undef X

/* By its stable name; NULL when there is none. */
const struct screen *screen_named(const char *name);

#endif
