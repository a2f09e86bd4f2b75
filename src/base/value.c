/* SPDX-License-Identifier: ISC */
#include "base/value.h"

#include "base/buf.h"
#include "base/clock.h"

bool
value_is_number(enum value_kind kind)
{
	return kind != VALUE_TEXT && kind != VALUE_TIME && kind != VALUE_DAY &&
	    kind != VALUE_BOOL;
}

void
value_text(enum value_kind kind, int64_t v, const struct money_style *style,
    char out[static MONEY_TEXT])
{
	switch (kind) {
	case VALUE_MONEY:
		money_plain(style, v, out);
		break;
	case VALUE_QTY:
		qty_plain(style->mark, v, out);
		break;
	case VALUE_RATE:
		rate_plain(style->mark, v, out);
		break;
	case VALUE_TIME:
		out[0] = '\0';
		if (v != 0) {
			clock_local(v, "%Y-%m-%d %H:%M:%S", out, MONEY_TEXT);
		}
		break;
	case VALUE_BOOL:
		(void)str_copy(out, MONEY_TEXT, v != 0 ? _("yes") : _("no"));
		break;
	default:
		(void)str_fmt(out, MONEY_TEXT, "%lld", (long long)v);
		break;
	}
}
