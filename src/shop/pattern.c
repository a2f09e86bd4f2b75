/* SPDX-License-Identifier: ISC */
/* The shop's labels: how its scales print weights and prices. */
#include "shop/pattern.h"

#include <stdlib.h>
#include <string.h>

#include "shop/audit.h"
#include "shop/ean.h"
#include "sql/entry.h"

int
pattern_list(struct shop *shop,
    int (*fn)(void *ctx, const struct pattern_row *row), void *ctx)
{
	struct q_pattern_all	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_pattern_all(shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct pattern_row	row = {
			.pattern = rows[i].pattern,
			.decimals = rows[i].decimals };

		r = fn(ctx, &row);
	}
	free(rows);
	return r;
}

/* Could one label be read by both?  Then what it means would be a matter of
 * order. */
static bool
pattern_clash(const char *a, const char *b)
{
	if (strlen(a) != strlen(b)) {
		return false;
	}
	for (; *a != '\0'; a++, b++) {
		if (*a >= '0' && *a <= '9' && *b >= '0' && *b <= '9' &&
		    *a != *b) {
			return false;
		}
	}
	return true;
}

static int
pattern_end(struct shop *shop, int r, const char *action,
    const char *pattern)
{
	if (r != 0 || (r = audit_add(shop, action, "pattern", 0,
	    pattern)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "product");
	return db_commit(shop->db);
}

int
pattern_add(struct shop *shop, const char *pattern, int decimals)
{
	struct q_pattern_all	*rows;
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = label_pattern_check(pattern, decimals)) != 0 ||
	    (r = db_begin(shop->db, "pattern add")) != 0) {
		return r;
	}
	if ((r = q_pattern_all(shop->db, &rows, &n)) == 0) {
		for (size_t i = 0; i < n && r == 0; i++) {
			if (pattern_clash(pattern, rows[i].pattern)) {
				r = err_set(ERR_EXISTS, _("%s would read the "
				    "same labels; remove it first"),
				    rows[i].pattern);
			}
		}
		free(rows);
	}
	if (r == 0) {
		r = q_pattern_add(shop->db, pattern, decimals);
	}
	return pattern_end(shop, r, "pattern.add", pattern);
}

int
pattern_remove(struct shop *shop, const char *pattern)
{
	int64_t	n = 0;
	int	r;

	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = db_begin(shop->db, "pattern remove")) != 0) {
		return r;
	}
	r = q_pattern_remove(shop->db, pattern, &n);
	if (r == 0 && n == 0) {
		r = err_set(ERR_NOT_FOUND, _("there is no pattern \"%.30s\""),
		    pattern);
	}
	return pattern_end(shop, r, "pattern.remove", pattern);
}
