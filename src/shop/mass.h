/* SPDX-License-Identifier: ISC */
/* One change of many items at once: looked at first, taken back in one act. */
#ifndef SHOP_MASS_H
#define SHOP_MASS_H

#include "shop/product.h"

#define MASS_VALUE	64

enum mass_field {
	MASS_PRICE, MASS_CATEGORY, MASS_CLASS, MASS_BRAND, MASS_ACTIVE,
	MASS_FIELDS
};
const char *mass_field_name(enum mass_field f);

/* Which items: "" is any.  Variants follow their template's price: where it is
 * among them, theirs is not changed a second time. */
struct mass_select {
	const char	*words;		/* words or /pattern/, as a search */
	const char	*category;	/* it and all below it */
	const char	*brand;
	bool		 archived;	/* also what is no longer sold */
};
struct mass_rule {
	enum mass_field	 field;
	char		 value[MASS_VALUE];	/* the new one, or … */
	bool		 relative;	/* … of a price: */
	int64_t		 rate;		/* so much more, 1/100 000 */
	int64_t		 amount;	/* and so much more */
	int64_t		 ending;	/* up to the next …,ending; < 0 none */
};
/* "+5%", "-0.20", "12.50", with "x90" behind: ends in ,90. */
int	 mass_price_rule(const struct money_style *money, const char *text,
	    struct mass_rule *out) MUST_CHECK;

struct mass_line {
	int64_t		 product;
	const char	*code, *name;
	char		 old[MASS_VALUE], new[MASS_VALUE];	/* as stored */
};
/* Right "product".  Only what would be another value; *n is how many. */
int	 mass_preview(struct shop *shop, const struct mass_select *select,
	    const struct mass_rule *rule,
	    int (*fn)(void *ctx, const struct mass_line *line), void *ctx,
	    int64_t *n) MUST_CHECK;
/*
 * The same, done: written down in slices, then changed in one moment.  What
 * somebody changed in between stays theirs.  *id 0: there was nothing to do.
 */
int	 mass_apply(struct shop *shop, const struct mass_select *select,
	    const struct mass_rule *rule, int64_t *id, int64_t *n)
	    MUST_CHECK;
/* All of it as it was, but what was changed again since: *kept of them. */
int	 mass_undo(struct shop *shop, int64_t id, int64_t *back,
	    int64_t *kept) MUST_CHECK;

struct mass_change {
	int64_t		 id, at, items, undone_at;
	const char	*who, *field, *what;
};
/* Newest first. */
int	 mass_list(struct shop *shop, int64_t limit,
	    int (*fn)(void *ctx, const struct mass_change *m), void *ctx)
	    MUST_CHECK;

#endif
