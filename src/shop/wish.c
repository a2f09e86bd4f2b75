/* SPDX-License-Identifier: ISC */
/* What somebody types to take something off. */
#include <string.h>

#include "base/utf8.h"
#include "shop/discount.h"
#include "shop/entry.h"

/* Words after the number, as the reason. */
static int
wish_reason(const char *text, struct wish *out)
{
	text += strspn(text, " ");
	if (!utf8_is_clean(text) || utf8_chars(text) > SALE_REASON ||
	    !str_copy(out->reason, sizeof(out->reason), text)) {
		return err_set(ERR_TOO_LONG, _("a reason is at most %d plain "
		    "characters"), SALE_REASON);
	}
	return 0;
}

/* "offer broken glass": the word in English or in the user's language. */
static const char *
wish_offer(const char *text)
{
	const char *const	words[] = { "offer", _("offer") };

	for (size_t i = 0; i < NELEM(words); i++) {
		size_t	n = strlen(words[i]);

		if (strncmp(text, words[i], n) == 0 &&
		    (text[n] == ' ' || text[n] == '\0')) {
			return text + n;
		}
	}
	return NULL;
}

int
wish_parse(const char *text, const struct money_style *money, bool implied,
    struct wish *out)
{
	const char	*rest;
	char		 number[MONEY_TEXT];
	bool		 less;
	int		 r;

	*out = (struct wish){ .kind = WISH_OFFER };
	text += strspn(text, " ");
	if ((rest = wish_offer(text)) != NULL) {
		return wish_reason(rest, out);
	}
	less = *text == '-';
	rest = text + (less ? 1 : 0);
	(void)str_fmt(number, sizeof(number), "%.*s",
	    (int)strcspn(rest, " %"), rest);
	rest += strcspn(rest, " %");
	if (rest[strspn(rest, " ")] == '%') {
		rest += strspn(rest, " ") + 1;
		out->kind = WISH_PERCENT;
		if ((r = rate_parse(number, &out->value)) != 0) {
			return r;
		}
		return out->value > RATE_ONE ? err_set(ERR_RANGE, _("a "
		    "discount is at most 100 %%")) : wish_reason(rest, out);
	}
	out->kind = less ? WISH_AMOUNT : WISH_PRICE;
	if ((r = entry_price_parse(number, money, implied,
	    &out->value)) != 0) {
		return r;
	}
	return less ? wish_reason(rest, out) : *rest == '\0' ? 0 :
	    err_set(ERR_INVALID, _("\"%.40s\" is neither a price (9.50) nor "
	    "a discount (10%%, -2)"), text);
}
