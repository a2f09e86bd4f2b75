/* SPDX-License-Identifier: ISC */
/* The one list of rights, and which roles have them. */
#ifndef SHOP_RIGHT_H
#define SHOP_RIGHT_H

#include "base/base.h"

#define ROLES(X) \
	X(ADMIN,      "admin",      N_("admin")) \
	X(MANAGER,    "manager",    N_("manager")) \
	X(SELLER,     "seller",     N_("seller")) \
	X(CASHIER,    "cashier",    N_("cashier")) \
	X(WAITER,     "waiter",     N_("waiter")) \
	X(COOK,       "cook",       N_("cook")) \
	X(STOCK,      "stock",      N_("stock keeper")) \
	X(BOOKKEEPER, "bookkeeper", N_("bookkeeper"))

enum role {
#define X(id, name, text) ROLE_##id,
	ROLES(X)
#undef X
	ROLE_COUNT
};

#define R(id)	(1u << ROLE_##id)
#define R_ALL	((1u << ROLE_COUNT) - 1)
#define R_BOSS	(R(ADMIN) | R(MANAGER))
#define R_TILL	(R_BOSS | R(CASHIER))
#define R_FLOOR	(R_TILL | R(SELLER) | R(WAITER))

/*
 * name (stored and shown, never the ordinal), roles that have it, what it
 * allows.  Every action and every shop function asks for one of these.
 */
#define RIGHTS(X) \
	X(SELL,     "sell",     R_FLOOR, N_("make sales")) \
	X(PAY,      "pay",      R_TILL, N_("take money")) \
	X(PRICE,    "price",    R_BOSS, N_("override a price")) \
	X(VOID,     "void",     R_FLOOR, N_("void a fresh line")) \
	X(REVERSE,  "reverse",  R_TILL, N_("reverse an older line")) \
	X(CANCEL,   "cancel",   R_TILL, N_("cancel a whole sale")) \
	X(TAKE,     "take",     R_FLOOR, N_("take over somebody's sale")) \
	X(REPRINT,  "reprint",  R_TILL | R(BOOKKEEPER), \
	    N_("print a duplicate")) \
	X(NOSALE,   "nosale",   R_TILL, N_("open the drawer without a sale")) \
	X(CLOCK,    "clock",    R_BOSS, N_("confirm an odd clock")) \
	X(PRODUCT,  "product",  R_BOSS | R(STOCK), N_("change products")) \
	X(ADJUST,   "adjust",   R_BOSS | R(STOCK), N_("adjust stock")) \
	X(LOOK,     "look",     R_ALL, N_("look at products and stock")) \
	X(SALES,    "sales",    R_TILL | R(BOOKKEEPER), \
	    N_("read past sales")) \
	X(REPORT,   "report",   R_BOSS | R(BOOKKEEPER), N_("read reports")) \
	X(AUDIT,    "audit",    R_BOSS | R(BOOKKEEPER), \
	    N_("read the audit and the journal")) \
	X(USER,     "user",     R(ADMIN), N_("manage users")) \
	X(TERMINAL, "terminal", R(ADMIN), N_("manage terminals and lines")) \
	X(PRINTER,  "printer",  R_BOSS, N_("manage printers")) \
	X(SETTING,  "setting",  R(ADMIN), N_("change settings")) \
	X(BACKUP,   "backup",   R(ADMIN), N_("back up and restore")) \
	X(CHECK,    "check",    R_BOSS | R(BOOKKEEPER), \
	    N_("check and watch the shop")) \
	X(RETURN,   "return",   R_TILL, N_("take goods back with a ticket")) \
	X(RETURN_FREE, "return-free", R_BOSS, \
	    N_("take goods back without a ticket")) \
	X(VOUCHER,  "voucher",  R_BOSS, \
	    N_("make, block and change gift cards and credit notes")) \
	X(CLOSING,  "closing",  R_BOSS, N_("close a day")) \
	X(TRAINING, "training", R_BOSS, N_("let somebody practise")) \
	X(DISCOUNT, "discount", R_FLOOR, N_("give a discount")) \
	X(DISCOUNT_ANY, "discount-any", R_BOSS, \
	    N_("give a discount above the limit")) \
	X(OFFER,    "offer",    R_BOSS, N_("offer an item")) \
	X(DOCUMENT, "document", R_BOSS, N_("change what papers look like")) \
	X(PROMO,    "promo",    R_BOSS, N_("set price lists and promotions")) \
	X(TENDER,   "tender",   R_BOSS, N_("change tenders and currencies")) \
	X(RETENDER, "retender", R_BOSS, \
	    N_("correct a payment by voucher or on account")) \
	X(CUSTOMER, "customer", R_FLOOR, N_("add and change customers")) \
	X(CREDIT,   "credit",   R_BOSS, \
	    N_("let a customer owe, and how much")) \
	X(SHIFT,    "shift",    R_TILL, N_("open, count and close a till")) \
	X(DRAWER,   "drawer",   R_TILL, \
	    N_("put money in the drawer or take it out")) \
	X(EXPECTED, "expected", R_BOSS, \
	    N_("see what a drawer should hold, close any till")) \
	X(QUICKKEY, "quickkey", R_BOSS, N_("arrange quick keys")) \
	X(COST,     "cost",     R_BOSS | R(STOCK) | R(BOOKKEEPER), \
	    N_("see what things cost, and margins")) \
	X(PURCHASE, "purchase", R_BOSS | R(STOCK), \
	    N_("order goods, receive them, take suppliers' invoices")) \
	X(ROOM,     "room",     R_BOSS, \
	    N_("draw rooms and tables, set up stations")) \
	X(COUNT_STOCK, "count-stock", R_BOSS | R(STOCK) | R(SELLER) | \
	    R(CASHIER), N_("count stock")) \
	X(TRANSFER, "transfer", R_BOSS | R(STOCK), \
	    N_("send goods to another store and take them in")) \
	X(DISH,     "dish",     R_TILL | R(WAITER) | R(COOK), \
	    N_("say what is sold out, add a dish of the day")) \
	X(KITCHEN,  "kitchen",  R_BOSS | R(COOK) | R(WAITER), \
	    N_("say what is made, ready and served"))

enum right {
#define X(id, name, roles, text) RIGHT_##id,
	RIGHTS(X)
#undef X
	RIGHT_COUNT
};
_Static_assert(RIGHT_COUNT <= 64, "rights fit one mask");

#define RIGHT_BIT(r)	(UINT64_C(1) << (r))

const char *right_name(enum right r);
const char *right_text(enum right r);		/* translated */
int	 right_find(const char *name, enum right *out) MUST_CHECK;
unsigned right_roles(enum right r);		/* R() bits */
const char *role_name(enum role r);
const char *role_text(enum role r);		/* translated */
int	 role_find(const char *name, enum role *out) MUST_CHECK;
/* What a role may do, before the door takes away. */
uint64_t role_rights(enum role r);
/* What no other role may do: taken from an admin at a door that is not for
 * admins. */
uint64_t role_rights_alone(enum role r);

#endif
