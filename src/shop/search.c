/* SPDX-License-Identifier: ISC */
/* Live search: word starts, accents and case ignored, the same order every
 * time.  What it costs depends on what is shown, not on the catalogue. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "shop/product_part.h"
#include "shop/stock.h"
#include "sql/product.h"

#define SEARCH_WORDS	8
#define SEARCH_WINDOW	48	/* candidates put in order, at least */
#define SEARCH_PAGE	1000	/* names read at a time for a pattern */
#define SEARCH_STEPS	2000	/* backtracking a pattern may do a name … */
#define SEARCH_COSTLY	200	/* … and how many names may need more */

/* How well a name answers; less is better. */
enum search_rank {
	RANK_EQUAL,			/* the whole name */
	RANK_FIRST,			/* begins with it, at a word's end */
	RANK_BEGINS,
	RANK_WORDS,			/* has all of it as whole words */
	RANK_STARTS,
};

struct hit {
	enum search_rank		 rank;
	const struct q_product_words	*row;
};

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	    (unsigned char)c >= 0x80;
}

/* How the words of a text are asked for, from the surest to the widest. */
enum search_pass {
	PASS_WHOLE,			/* every word as it is */
	PASS_LAST,			/* the last one may go on */
	PASS_STARTS,			/* any may */
	PASS_COUNT
};

/* "cro mon" -> "cro"* "mon"* for FTS5.  Words are what the ascii tokenizer
 * takes for one, so nothing needs escaping. */
static size_t
search_match(const char *folded, enum search_pass pass, struct buf *out)
{
	size_t	words = 0;

	while (*folded != '\0' && words < SEARCH_WORDS) {
		size_t	n = 0;

		while (is_word(folded[n])) {
			n++;
		}
		if (n == 0) {
			folded++;
			continue;
		}
		buf_fmt(out, "%s\"%.*s\"%s", words == 0 ? "" : " ", (int)n,
		    folded, pass == PASS_STARTS ? "*" : "");
		folded += n;
		words++;
	}
	if (pass == PASS_LAST && words > 0) {
		buf_chr(out, '*');
	}
	return words;
}

static enum search_rank
search_rank(const char *name, const char *text, bool whole)
{
	size_t	n = strlen(text);

	if (strncmp(name, text, n) == 0) {
		return name[n] == '\0' ? RANK_EQUAL :
		    is_word(name[n]) ? RANK_BEGINS : RANK_FIRST;
	}
	return whole ? RANK_WORDS : RANK_STARTS;
}

static int
hit_order(const void *a, const void *b)
{
	const struct hit	*x = a, *y = b;
	int			 by_name;

	if (x->rank != y->rank) {
		return x->rank < y->rank ? -1 : 1;
	}
	by_name = strcmp(x->row->folded, y->row->folded);
	if (by_name != 0) {
		return by_name;
	}
	return x->row->id < y->row->id ? -1 : x->row->id > y->row->id;
}

static bool
search_seen(const struct hit *hits, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++) {
		if (hits[i].row->id == id) {
			return true;
		}
	}
	return false;
}

struct search {
	struct q_product_words	*rows[PASS_COUNT];
	struct hit		*hits;
	size_t			 nhits;
};

/* One pass; its rows stay with the search. */
static int
search_pass(struct shop *shop, const char *folded, enum search_pass pass,
    int64_t most, struct search *s)
{
	struct buf	match = { 0 };
	size_t		n = 0;
	int		r = 0;

	if (search_match(folded, pass, &match) > 0) {
		r = q_product_words(shop->db, buf_text(&match), most,
		    &s->rows[pass], &n);
	}
	buf_done(&match);
	for (size_t i = 0; i < n; i++) {
		const struct q_product_words	*row = &s->rows[pass][i];

		if (!search_seen(s->hits, s->nhits, row->id)) {
			s->hits[s->nhits].rank = search_rank(row->folded,
			    folded, pass == PASS_WHOLE);
			s->hits[s->nhits++].row = row;
		}
	}
	return r;
}

/*
 * Whole words first, so that "the" shows Thé before a thousand things that
 * only begin so.  A wider pass is asked only where the surer ones left room:
 * its cost is that of the words, not of the catalogue.
 */
static int
search_words(struct shop *shop, const char *text, int limit,
    struct product *out, int *n)
{
	struct search	s = { .nhits = 0 };
	char		folded[256];
	int64_t		most = limit < SEARCH_WINDOW ? SEARCH_WINDOW : limit;
	int		r = 0;

	while (*text == ' ') {
		text++;
	}
	if (!utf8_fold(folded, sizeof(folded), text)) {
		return 0;		/* longer than any name */
	}
	for (size_t len = strlen(folded); len > 0 && folded[len - 1] == ' ';) {
		folded[--len] = '\0';
	}
	s.hits = xcalloc((size_t)most * PASS_COUNT, sizeof(*s.hits));
	for (int pass = 0; pass < PASS_COUNT && r == 0 &&
	    s.nhits < (size_t)limit; pass++) {
		r = search_pass(shop, folded, (enum search_pass)pass, most,
		    &s);
	}
	qsort(s.hits, s.nhits, sizeof(*s.hits), hit_order);
	for (size_t i = 0; i < s.nhits && *n < limit && r == 0; i++) {
		struct product	*p = &out[(*n)++];

		*p = (struct product){ .active = true };
		PRODUCT_FROM(p, s.hits[i].row);
	}
	if (r == 0) {
		r = product_rates(shop, out, *n);
	}
	free(s.hits);
	for (int pass = 0; pass < PASS_COUNT; pass++) {
		free(s.rows[pass]);
	}
	return r;
}

/* --- "/…/" --------------------------------------------------------------- */

struct pattern {
	pcre2_code		*code;
	pcre2_match_data	*data;
	pcre2_match_context	*limits;
};

static void
pattern_done(struct pattern *p)
{
	pcre2_match_context_free(p->limits);
	pcre2_match_data_free(p->data);
	pcre2_code_free(p->code);
}

static int
pattern_compile(struct pattern *p, const char *text)
{
	char		own[256], why[128];
	size_t		len, offset;
	int		error;

	*p = (struct pattern){ 0 };
	if (!str_copy(own, sizeof(own), text + 1)) {
		return err_set(ERR_TOO_LONG, _("the pattern is too long"));
	}
	len = strlen(own);
	if (len > 0 && own[len - 1] == '/') {
		own[--len] = '\0';
	}
	p->code = pcre2_compile((PCRE2_SPTR)own, len,
	    PCRE2_CASELESS | PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C, &error,
	    &offset, NULL);
	if (p->code == NULL) {
		(void)pcre2_get_error_message(error, (PCRE2_UCHAR *)why,
		    sizeof(why));
		return err_set(ERR_INVALID, _("pattern, at %zu: %s"), offset,
		    why);
	}
	p->data = pcre2_match_data_create_from_pattern(p->code, NULL);
	p->limits = pcre2_match_context_create(NULL);
	if (p->data == NULL || p->limits == NULL) {
		pattern_done(p);
		return err_set(ERR_SYSTEM, _("no memory for the pattern"));
	}
	(void)pcre2_set_match_limit(p->limits, SEARCH_STEPS);
	return 0;
}

/*
 * In order of entry.  A name that costs too many steps counts as no match,
 * and a pattern that many names cost too much is refused: counted in steps,
 * not in time, so that the answer is the same on every machine.
 */
static int
search_pattern(struct shop *shop, const char *text, int limit,
    bool (*stop)(void *ctx), void *ctx, struct product *out, int *n)
{
	int		costly = 0, found;
	struct pattern	pattern;
	int64_t		after = 0;
	size_t		count;
	int		r;

	if ((r = pattern_compile(&pattern, text)) != 0) {
		return r;
	}
	do {
		struct q_product_names	*rows;

		if ((r = q_product_names(shop->db, after, SEARCH_PAGE, &rows,
		    &count)) != 0) {
			break;
		}
		for (size_t i = 0; i < count && *n < limit && r == 0; i++) {
			after = rows[i].id;
			found = pcre2_match(pattern.code,
			    (PCRE2_SPTR)rows[i].name, strlen(rows[i].name), 0,
			    0, pattern.data, pattern.limits);
			if (found >= 0) {
				r = product_get(shop, after, &out[(*n)++]);
			} else if (found == PCRE2_ERROR_MATCHLIMIT &&
			    ++costly > SEARCH_COSTLY) {
				r = err_set(ERR_RANGE, _("this pattern takes "
				    "too long; make it simpler"));
			}
		}
		free(rows);
		if (r == 0 && stop != NULL && stop(ctx)) {
			r = ERR_TIMEOUT;
		}
	} while (r == 0 && count == SEARCH_PAGE && *n < limit);
	pattern_done(&pattern);
	return r;
}

/* --- all of them --------------------------------------------------------- */

struct ids {
	int64_t	*id;
	size_t	 n, room;
};

static void
ids_add(struct ids *all, int64_t id)
{
	if (all->n == all->room) {
		all->room = all->room == 0 ? 256 : all->room * 2;
		all->id = xrealloc(all->id, all->room, sizeof(*all->id));
	}
	all->id[all->n++] = id;
}

static int
ids_words(struct shop *shop, const char *text, struct ids *all)
{
	struct q_product_word_ids	*rows;
	struct buf			 match = { 0 };
	char				 folded[256];
	int64_t				 after = 0;
	size_t				 n;
	int				 r = 0;

	if (!utf8_fold(folded, sizeof(folded), text) ||
	    search_match(folded, PASS_STARTS, &match) == 0) {
		buf_done(&match);
		return 0;
	}
	do {
		if ((r = q_product_word_ids(shop->db, buf_text(&match), after,
		    SEARCH_PAGE, &rows, &n)) != 0) {
			break;
		}
		for (size_t i = 0; i < n; i++) {
			after = rows[i].id;
			ids_add(all, after);
		}
		free(rows);
	} while (n == SEARCH_PAGE);
	buf_done(&match);
	return r;
}

static int
ids_pattern(struct shop *shop, const char *text, struct ids *all)
{
	struct q_product_names	*rows;
	struct pattern		 pattern;
	int64_t			 after = 0;
	int			 costly = 0;
	size_t			 n;
	int			 r;

	if ((r = pattern_compile(&pattern, text)) != 0) {
		return r;
	}
	do {
		if ((r = q_product_names(shop->db, after, SEARCH_PAGE, &rows,
		    &n)) != 0) {
			break;
		}
		for (size_t i = 0; i < n && r == 0; i++) {
			int	found = pcre2_match(pattern.code,
				    (PCRE2_SPTR)rows[i].name,
				    strlen(rows[i].name), 0, 0, pattern.data,
				    pattern.limits);

			after = rows[i].id;
			if (found >= 0) {
				ids_add(all, after);
			} else if (found == PCRE2_ERROR_MATCHLIMIT &&
			    ++costly > SEARCH_COSTLY) {
				r = err_set(ERR_RANGE, _("this pattern takes "
				    "too long; make it simpler"));
			}
		}
		free(rows);
	} while (r == 0 && n == SEARCH_PAGE);
	pattern_done(&pattern);
	return r;
}

int
product_search_ids(struct shop *shop, const char *text, int64_t **out,
    size_t *n)
{
	struct ids	all = { .n = 0 };
	int		r = text[0] == '/' && text[1] != '\0' ?
			    ids_pattern(shop, text, &all) :
			    ids_words(shop, text, &all);

	if (r != 0) {
		free(all.id);
		all = (struct ids){ .n = 0 };
	}
	*out = all.id;
	*n = all.n;
	return r;
}

int
product_search_until(struct shop *shop, const char *text, int limit,
    bool (*stop)(void *ctx), void *ctx, struct product *out, int *n)
{
	int	r;

	*n = 0;
	if (limit <= 0) {
		return 0;
	}
	if ((r = text[0] == '/' && text[1] != '\0' ?
	    search_pattern(shop, text, limit, stop, ctx, out, n) :
	    search_words(shop, text, limit, out, n)) != 0) {
		return r;
	}
	return stock_shown(shop, out, (size_t)*n);
}

int
product_search(struct shop *shop, const char *text, int limit,
    struct product *out, int *n)
{
	return product_search_until(shop, text, limit, NULL, NULL, out, n);
}
