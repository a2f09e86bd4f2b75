/* SPDX-License-Identifier: ISC */
/* The fields of a form that say where and when a price list or a promotion
 * holds; scope_set() knows each by its name. */
#ifndef SCREENS_SCOPE_FIELDS_H
#define SCREENS_SCOPE_FIELDS_H

#include "shop/price.h"
#include "term/widgets.h"

#define SCOPE_FIELDS \
	{ .name = "hours", .label = N_("Hours"), .kind = FIELD_TEXT, \
	    .hint = N_("17:00-19:00; empty: all day") }, \
	{ .name = "days", .label = N_("Weekdays"), .kind = FIELD_TEXT, \
	    .hint = N_("mon-fri; empty: every day") }, \
	{ .name = "from", .label = N_("From"), .kind = FIELD_DAY, \
	    .hint = N_("first day; empty: now") }, \
	{ .name = "until", .label = N_("Until"), .kind = FIELD_DAY, \
	    .hint = N_("last day; empty: open") }, \
	{ .name = "till", .label = N_("Till"), .kind = FIELD_TEXT, \
	    .hint = N_("empty: every till") }, \
	{ .name = "place", .label = N_("Place"), .kind = FIELD_TEXT, \
	    .hint = N_("a room or a store; empty: everywhere") }, \
	{ .name = "group", .label = N_("Customers"), .kind = FIELD_TEXT, \
	    .max = PRICE_GROUP - 1, .hint = N_("group; empty: everybody") }, \
	{ .name = "mode", .label = N_("Mode"), .kind = FIELD_TEXT, \
	    .max = PRICE_MODE - 1, .hint = N_("to take away …; empty: any") }

#endif
