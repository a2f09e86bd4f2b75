/* SPDX-License-Identifier: ISC */
/* What is chosen for a product: how a steak is done, the steps of a menu, what
 * a bicycle comes with.  One mechanism: groups of choices, from least to most
 * of each; a choice is words, or a component with its own tax and stock. */
#ifndef SHOP_OPTION_H
#define SHOP_OPTION_H

#include "base/buf.h"
#include "shop/sale.h"

#define OPTION_NAME	64
#define OPTION_PICKS	40		/* chosen for one line at most */

struct option_group {
	int64_t	id, place;
	char	name[OPTION_NAME];
	int64_t	least, most;
	bool	included;		/* part of the product's own price */
	size_t	first, n;		/* of the choices */
};

struct option_choice {
	int64_t	id, place;
	size_t	group;			/* index */
	char	name[OPTION_NAME];
	int64_t	component;		/* product; 0: only words */
	char	code[PRODUCT_CODE], tax_class[16];
	int64_t	price;			/* supplement for one, >= 0 */
	int64_t	alone;			/* the component's own price */
	bool	preset, tracked;
	int64_t	stock;
};

struct option_set {
	struct option_group	*group;
	size_t			 ngroups;
	struct option_choice	*choice;	/* group after group */
	size_t			 nchoices;
	int64_t			*conflict;	/* pairs of ids */
	size_t			 nconflicts;
};
/* In the order they are asked; none is fine.  option_done() frees. */
int	 option_load(struct shop *shop, int64_t product,
	    struct option_set *out) MUST_CHECK;
void	 option_done(struct option_set *set);

/* NULL when it is none of them. */
const struct option_choice *option_find(const struct option_set *set,
	    int64_t choice);
/* How many of a group are picked. */
int64_t	 option_count(const struct option_set *set, size_t group,
	    const int64_t *picks, size_t n);
/* What `choice` does not go together with among them; NULL nothing. */
const struct option_choice *option_against(const struct option_set *set,
	    int64_t choice, const int64_t *picks, size_t n);
/* ERR_EMPTY: this group still needs something; ERR_RANGE: it has too much;
 * ERR_INVALID: two of them do not go together. */
int	 option_check(const struct option_set *set, const int64_t *picks,
	    size_t n) MUST_CHECK;
/* What is chosen where nobody says otherwise. */
size_t	 option_presets(const struct option_set *set,
	    int64_t picks[static OPTION_PICKS]);
/*
 * "2.1": the second of the first group, the first of the second; "0" none of
 * one that needs none.  *used is how many numbers were understood; picks are
 * added to.
 */
int	 option_numbers(const struct option_set *set, const char *text,
	    int64_t picks[static OPTION_PICKS], size_t *n) MUST_CHECK;

/* Other options for a line of an open sale: all of them. */
int	 sale_set_options(struct shop *shop, int64_t id, int64_t *version,
	    int64_t line, const int64_t *picks, size_t n) MUST_CHECK;
/* What a line has now. */
int	 sale_options(struct shop *shop, int64_t line,
	    int64_t picks[static OPTION_PICKS], size_t *n) MUST_CHECK;

/* ---- for sale_add.c and undo.c, inside the transaction ------------------- */

/* Lines, words and choices under a line just added or emptied; *lines says
 * how many lines. */
int	 option_put(struct shop *shop, int64_t sale, int64_t line,
	    const struct product *p, const char *mode,
	    const struct option_set *set, const int64_t *picks, size_t n)
	    MUST_CHECK;
size_t	 option_lines(const struct option_set *set, const int64_t *picks,
	    size_t n);
/* "12 15 ": the options of a line as undo keeps them. */
int	 option_undo(struct shop *shop, int64_t sale, int64_t line,
	    const char *text) MUST_CHECK;

/* ---- keeping them (right "product", audited) ----------------------------- */

struct option_row {
	const char	*code, *group, *choice, *component, *against;
	int64_t		 least, most, price;
	int64_t		 place, number;	/* of group and choice */
	bool		 included, preset;
};
/* Every choice of one product, or of all (0). */
int	 option_list(struct shop *shop, int64_t product,
	    int (*fn)(void *ctx, const struct option_row *row), void *ctx)
	    MUST_CHECK;
/*
 * Add a choice, or change the one of that name; its group is made when it is
 * new and else gets this least, most and included.  `component` and `against`
 * ("Name|Name", any of the product's choices) may be "".
 */
int	 option_put_row(struct shop *shop, const struct option_row *row)
	    MUST_CHECK;
/* A choice; "" the group; "" all of them.  Past sales keep theirs. */
int	 option_end(struct shop *shop, const char *code, const char *group,
	    const char *choice) MUST_CHECK;
/* CSV with a header line: code,group,least,most,included,choice,component,
 * price,preset,against; or JSON.  Every bad line to bad(); all is stored or
 * nothing. */
int	 option_import(struct shop *shop, int fd, unsigned how,
	    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
	    int64_t *lines) MUST_CHECK;
/* All of them, so that importing changes nothing; fills `out`. */
int	 option_export(struct shop *shop, bool json, struct buf *out)
	    MUST_CHECK;

#endif
