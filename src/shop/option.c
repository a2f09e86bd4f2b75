/* SPDX-License-Identifier: ISC */
/* Options of a product: reading them, choosing, and the lines under a line. */
#include "shop/option.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/course.h"
#include "shop/product_part.h"
#include "shop/rates.h"
#include "shop/sale_part.h"
#include "shop/stock.h"
#include "sql/option.h"

/* --- reading -------------------------------------------------------------- */

void
option_done(struct option_set *set)
{
	free(set->group);
	free(set->choice);
	free(set->conflict);
	*set = (struct option_set){ 0 };
}

static int
load_groups(struct shop *shop, int64_t product, struct option_set *set)
{
	struct q_option_groups	*rows;
	int			 r;

	if ((r = q_option_groups(shop->db, product, &rows,
	    &set->ngroups)) != 0) {
		return r;
	}
	set->group = xcalloc(set->ngroups + 1, sizeof(*set->group));
	for (size_t i = 0; i < set->ngroups; i++) {
		struct option_group	*g = &set->group[i];

		g->id = rows[i].id;
		g->place = rows[i].place;
		(void)str_copy(g->name, sizeof(g->name), rows[i].name);
		g->least = rows[i].least;
		g->most = rows[i].most;
		g->included = rows[i].included;
	}
	free(rows);
	return 0;
}

static int
load_choices(struct shop *shop, int64_t product, struct option_set *set)
{
	struct q_option_choices	*rows;
	size_t			 n, group = 0;
	int			 r;

	if ((r = q_option_choices(shop->db, product, shop->who.user, &rows,
	    &n)) != 0) {
		return r;
	}
	set->choice = xcalloc(n + 1, sizeof(*set->choice));
	set->nchoices = n;
	for (size_t i = 0; i < n; i++) {
		struct option_choice	*c = &set->choice[i];

		while (group < set->ngroups &&
		    set->group[group].id != rows[i].grp) {
			set->group[++group].first = i;
		}
		if (group == set->ngroups) {
			free(rows);
			return ERR_BUG;
		}
		set->group[group].n++;
		c->group = group;
		c->id = rows[i].id;
		c->place = rows[i].place;
		(void)str_copy(c->name, sizeof(c->name), rows[i].name);
		c->component = rows[i].component_null ? 0 : rows[i].component;
		(void)str_copy(c->code, sizeof(c->code), rows[i].code);
		(void)str_copy(c->tax_class, sizeof(c->tax_class),
		    rows[i].tax_class);
		c->price = rows[i].price;
		c->alone = rows[i].alone;
		c->preset = rows[i].preset;
		c->tracked = rows[i].tracked;
		c->stock = rows[i].stock;
	}
	free(rows);
	return 0;
}

int
option_load(struct shop *shop, int64_t product, struct option_set *out)
{
	struct q_option_conflicts	*rows;
	int				 r;

	*out = (struct option_set){ 0 };
	if ((r = load_groups(shop, product, out)) != 0 ||
	    (r = load_choices(shop, product, out)) != 0 ||
	    (r = q_option_conflicts(shop->db, product, &rows,
	    &out->nconflicts)) != 0) {
		option_done(out);
		return r;
	}
	out->conflict = xcalloc(out->nconflicts + 1,
	    2 * sizeof(*out->conflict));
	for (size_t i = 0; i < out->nconflicts; i++) {
		out->conflict[2 * i] = rows[i].a;
		out->conflict[2 * i + 1] = rows[i].b;
	}
	free(rows);
	return 0;
}

/* --- choosing ------------------------------------------------------------- */

const struct option_choice *
option_find(const struct option_set *set, int64_t choice)
{
	for (size_t i = 0; i < set->nchoices; i++) {
		if (set->choice[i].id == choice) {
			return &set->choice[i];
		}
	}
	return NULL;
}

int64_t
option_count(const struct option_set *set, size_t group,
    const int64_t *picks, size_t n)
{
	const struct option_choice	*c;
	int64_t				 count = 0;

	for (size_t i = 0; i < n; i++) {
		c = option_find(set, picks[i]);
		count += c != NULL && c->group == group;
	}
	return count;
}

static bool
picked(const int64_t *picks, size_t n, int64_t choice)
{
	for (size_t i = 0; i < n; i++) {
		if (picks[i] == choice) {
			return true;
		}
	}
	return false;
}

const struct option_choice *
option_against(const struct option_set *set, int64_t choice,
    const int64_t *picks, size_t n)
{
	for (size_t i = 0; i < set->nconflicts; i++) {
		int64_t	a = set->conflict[2 * i];
		int64_t	b = set->conflict[2 * i + 1];

		if (a == choice && picked(picks, n, b)) {
			return option_find(set, b);
		}
		if (b == choice && picked(picks, n, a)) {
			return option_find(set, a);
		}
	}
	return NULL;
}

int
option_check(const struct option_set *set, const int64_t *picks, size_t n)
{
	const struct option_choice	*c, *other;

	for (size_t i = 0; i < n; i++) {
		if ((c = option_find(set, picks[i])) == NULL ||
		    picked(picks, i, picks[i])) {
			return err_set(ERR_NOT_FOUND, _("one of these options "
			    "is not offered any more; choose again"));
		}
		if ((other = option_against(set, picks[i], picks, n)) !=
		    NULL) {
			return err_set(ERR_INVALID, _("%s does not go with "
			    "%s"), c->name, other->name);
		}
	}
	for (size_t g = 0; g < set->ngroups; g++) {
		const struct option_group	*group = &set->group[g];
		int64_t				 has;

		has = option_count(set, g, picks, n);
		if (has < group->least) {
			return err_set(ERR_EMPTY, _("%s: choose %lld"),
			    group->name, (long long)group->least);
		}
		if (has > group->most) {
			return err_set(ERR_RANGE, _("%s: %lld at most"),
			    group->name, (long long)group->most);
		}
	}
	return 0;
}

size_t
option_presets(const struct option_set *set,
    int64_t picks[static OPTION_PICKS])
{
	size_t	n = 0;

	for (size_t i = 0; i < set->nchoices && n < OPTION_PICKS; i++) {
		if (set->choice[i].preset) {
			picks[n++] = set->choice[i].id;
		}
	}
	return n;
}

int
option_numbers(const struct option_set *set, const char *text,
    int64_t picks[static OPTION_PICKS], size_t *n)
{
	for (size_t g = 0; *text != '\0'; g++) {
		size_t	digits = strspn(text, "0123456789"), number = 0;

		for (size_t i = 0; i < digits && i < 3; i++) {
			number = number * 10 + (size_t)(text[i] - '0');
		}
		if (g == set->ngroups || digits == 0 || digits > 2 ||
		    number > set->group[g].n || *n == OPTION_PICKS) {
			return err_set(ERR_INVALID, _("\"%.20s\" is no choice "
			    "here"), text);
		}
		if (number > 0) {
			picks[(*n)++] = set->choice[set->group[g].first +
			    number - 1].id;
		}
		text += digits;
		text += *text == '.' || *text == ',';
	}
	return 0;
}

/* --- the lines under a line ---------------------------------------------- */

/* A choice that costs nothing and is no thing is words beside the line. */
static bool
choice_has_line(const struct option_choice *c)
{
	return c->component != 0 || c->price > 0;
}

size_t
option_lines(const struct option_set *set, const int64_t *picks, size_t n)
{
	const struct option_choice	*c;
	size_t				 lines = 0;

	for (size_t i = 0; i < n; i++) {
		c = option_find(set, picks[i]);
		lines += c != NULL && choice_has_line(c);
	}
	return lines;
}

static int
choice_put(struct shop *shop, int64_t line, const struct product *p,
    const char *mode, const struct option_set *set,
    const struct option_choice *c)
{
	const struct rates	*rates;
	int64_t			 rate = p->rate, rate2 = p->rate2, share = 0;
	int			 r;

	if (c->component != 0) {
		if ((r = rates_of(shop, &rates)) != 0) {
			return r;
		}
		rate = rates_on(rates, c->tax_class, mode, 1, rates->today);
		rate2 = rates_on(rates, c->tax_class, mode, 2, rates->today);
		share = set->group[c->group].included ? c->alone : 0;
	}
	return q_option_line_add(shop->db, line, c->component != 0 ?
	    c->component : p->id, c->component != 0 ? c->code : p->code,
	    c->name, c->price, rate, rate2, share, shop_now(),
	    some(&shop->who.user));
}

int
option_put(struct shop *shop, int64_t sale, int64_t line,
    const struct product *p, const char *mode, const struct option_set *set,
    const int64_t *picks, size_t n)
{
	struct buf	words = { 0 };
	int		r = 0;

	/* In the order they were asked, whatever order they were picked in. */
	for (size_t i = 0; i < set->nchoices && r == 0; i++) {
		const struct option_choice	*c = &set->choice[i];

		if (!picked(picks, n, c->id)) {
			continue;
		}
		if ((r = q_option_choose(shop->db, line, c->id)) == 0 &&
		    choice_has_line(c)) {
			r = choice_put(shop, line, p, mode, set, c);
		} else if (r == 0) {
			buf_fmt(&words, "%s%s", words.len > 0 ? ", " : "",
			    c->name);
		}
	}
	if (r == 0 && (r = q_option_words(shop->db, line,
	    buf_text(&words))) == 0) {
		r = q_option_flag(shop->db, sale);
	}
	buf_done(&words);
	return r;
}

/* --- changing them later ------------------------------------------------- */

int
sale_options(struct shop *shop, int64_t line,
    int64_t picks[static OPTION_PICKS], size_t *n)
{
	struct q_option_chosen	*rows;
	size_t			 count;
	int			 r;

	*n = 0;
	if ((r = q_option_chosen(shop->db, line, &rows, &count)) != 0) {
		return r;
	}
	for (size_t i = 0; i < count && *n < OPTION_PICKS; i++) {
		picks[(*n)++] = rows[i].choice;
	}
	free(rows);
	return 0;
}

/* Inside the transaction: others instead of what a line has. */
static int
options_replace(struct shop *shop, int64_t sale, int64_t line,
    const struct product *p, const struct option_set *set,
    const int64_t *picks, size_t n)
{
	struct q_sale_discounted	row;
	char				mode[SALE_MODE];
	int				r;

	if ((r = sale_mode_of(shop, sale, mode)) != 0 ||
	    (r = q_option_lines_drop(shop->db, line)) != 0 ||
	    (r = q_option_unchoose(shop->db, line)) != 0 ||
	    (r = option_put(shop, sale, line, p, mode, set, picks,
	    n)) != 0 || (r = q_sale_discounted(shop->db, sale, &row)) != 0 ||
	    (row.seated && (r = course_fill(shop, sale, NULL, 0)) != 0)) {
		return r;
	}
	return sale_discounts_again(shop, sale, true);
}

/* What they add to the line's own price, for one. */
static int64_t
options_price(const struct option_set *set, const int64_t *picks, size_t n)
{
	const struct option_choice	*c;
	int64_t				 sum = 0;

	for (size_t i = 0; i < n; i++) {
		if ((c = option_find(set, picks[i])) != NULL) {
			sum += c->price;
		}
	}
	return sum;
}

static void
options_text(const int64_t *picks, size_t n, char *out, size_t size)
{
	out[0] = '\0';
	for (size_t i = 0; i < n; i++) {
		size_t	used = strlen(out);

		(void)str_fmt(out + used, size - used, "%lld ",
		    (long long)picks[i]);
	}
}

int
sale_set_options(struct shop *shop, int64_t id, int64_t *version,
    int64_t line, const int64_t *picks, size_t n)
{
	struct q_sale_line_get	row;
	struct option_set	set = { 0 };
	struct product		p;
	int64_t			was[OPTION_PICKS];
	char			text[OPTION_PICKS * 21], detail[64];
	size_t			nwas = 0;
	int			r;

	shop->said[0] = '\0';
	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = line_live(shop, id, line, &row)) != 0) {
		return r;
	}
	(void)str_fmt(detail, sizeof(detail), "line %lld: %s",
	    (long long)row.seq, row.code);
	if (row.qty < 0) {
		return err_set(ERR_INVALID, _("what comes back has the "
		    "options it was sold with"));
	}
	if ((r = product_get(shop, row.product, &p)) != 0 ||
	    (r = option_load(shop, p.id, &set)) != 0) {
		return r;
	}
	if (set.ngroups == 0) {
		r = err_set(ERR_EMPTY, _("%s has no options"), p.name);
	} else if ((r = option_check(&set, picks, n)) == 0) {
		r = sale_options(shop, line, was, &nwas);
	}
	if (r == 0 && row.at < shop_now() - shop->set.void_fresh_ms &&
	    options_price(&set, picks, n) < options_price(&set, was, nwas)) {
		r = err_set(ERR_INVALID, _("this line is too old to shrink; "
		    "reverse it (F8)"));
	}
	options_text(was, nwas, text, sizeof(text));
	if (r == 0 && (r = sale_begin(shop, "sale options", id, *version,
	    "options", line, 0, text)) == 0) {
		if ((r = options_replace(shop, id, line, &p, &set, picks,
		    n)) == 0 && (r = stock_short(shop, line)) == 0) {
			r = audit_add(shop, "sale.options", "sale", id,
			    detail);
		}
		if ((r = sale_end(shop, r)) == 0) {
			(*version)++;
		}
	}
	option_done(&set);
	return r;
}

int
option_undo(struct shop *shop, int64_t sale, int64_t line, const char *text)
{
	struct q_sale_line_get	row;
	struct option_set	set;
	struct product		p;
	int64_t			picks[OPTION_PICKS];
	size_t			n = 0;
	char			*end;
	int			r;

	for (; *text != '\0' && n < OPTION_PICKS;
	    text = end + strspn(end, " ")) {
		picks[n++] = strtoll(text, &end, 10);
	}
	if ((r = q_sale_line_get(shop->db, line, sale, &row)) != 0 ||
	    (r = product_get(shop, row.product, &p)) != 0 ||
	    (r = option_load(shop, p.id, &set)) != 0) {
		return r;
	}
	r = options_replace(shop, sale, line, &p, &set, picks, n);
	option_done(&set);
	return r;
}
