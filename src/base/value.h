/* SPDX-License-Identifier: ISC */
/* What a listed value is, so that each format can write it its own way. */
#ifndef BASE_VALUE_H
#define BASE_VALUE_H

#include "base/money.h"

#define VALUE_KINDS(X) \
	X(TEXT, "text") \
	X(ID, "id")		/* plain number */ \
	X(COUNT, "count") \
	X(MONEY, "money")	/* minor units; JSON adds the currency */ \
	X(QTY, "qty")		/* thousandths */ \
	X(RATE, "rate")		/* 1/100 000 */ \
	X(TIME, "time")		/* milliseconds UTC; 0 is none */ \
	X(DAY, "day")		/* YYYY-MM-DD */ \
	X(BOOL, "bool")

enum value_kind {
#define X(id, name) VALUE_##id,
	VALUE_KINDS(X)
#undef X
	VALUE_KIND_COUNT
};

/* Amounts, quantities, counts: what stands right-aligned. */
bool	value_is_number(enum value_kind kind);
/* A value for people: as the country writes it, times local to the second,
 * yes or no; "" for no time.  TEXT and DAY are text already. */
void	value_text(enum value_kind kind, int64_t v,
	    const struct money_style *style, char out[static MONEY_TEXT]);

#endif
