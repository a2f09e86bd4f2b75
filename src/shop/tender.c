/* SPDX-License-Identifier: ISC */
/* Tenders, and the notes worth offering. */
#include "shop/tender.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/country.h"
#include "shop/rates.h"
#include "shop/sale_part.h"
#include "sql/tender.h"

static const char *const tender_kinds[] = {
#define X(id, name) name,
	TENDER_KINDS(X)
#undef X
};

const char *
tender_kind_name(enum tender_kind kind)
{
	return tender_kinds[kind];
}

int
tender_kind_find(const char *name, enum tender_kind *out)
{
	*out = TENDER_OTHER;
	for (size_t i = 0; i < NELEM(tender_kinds); i++) {
		if (strcmp(tender_kinds[i], name) == 0) {
			*out = (enum tender_kind)i;
			return 0;
		}
	}
	return err_set(ERR_NOT_FOUND, _("there is no kind of tender "
	    "\"%.20s\""), name);
}

/* The label in the words of whoever looks. */
static void
tender_words(struct tender *t, const struct tender *stored)
{
	*t = *stored;
	if (stored->label[0] != '\0') {
		(void)str_copy(t->label, sizeof(t->label), _(stored->label));
	}
}

int
tender_list(struct shop *shop, struct tender **rows, size_t *n)
{
	const struct rates	*rates;
	int			 r;

	*rows = NULL;
	*n = 0;
	if ((r = rates_of(shop, &rates)) != 0) {
		return r;
	}
	*rows = xcalloc(rates->ntenders + 1, sizeof(**rows));
	for (size_t i = 0; i < rates->ntenders; i++) {
		if (rates->tender[i].active) {
			tender_words(&(*rows)[(*n)++], &rates->tender[i]);
		}
	}
	return 0;
}

int
tender_find(struct shop *shop, const char *name, struct tender *out)
{
	const struct rates	*rates;
	const struct tender	*found = NULL;
	int			 r;

	*out = (struct tender){ .change = false };
	if ((r = rates_of(shop, &rates)) != 0) {
		return r;
	}
	for (size_t i = 0; i < rates->ntenders; i++) {
		const struct tender	*t = &rates->tender[i];

		if (strcmp(t->name, name) == 0 || (found == NULL &&
		    t->active && strcmp(t->letter, name) == 0)) {
			found = t;
		}
	}
	if (found == NULL) {
		return err_set(ERR_NOT_FOUND, _("there is no tender "
		    "\"%.20s\""), name);
	}
	tender_words(out, found);
	return 0;
}

int
tender_default(struct shop *shop, char out[static 16])
{
	struct q_tender_of_terminal	row;
	const char			*name = "cash";
	int				 r;

	out[0] = '\0';
	if (shop->who.terminal != 0) {
		if ((r = q_tender_of_terminal(shop->db, shop->who.terminal,
		    &row)) != 0 && r != ERR_NOT_FOUND) {
			return r;
		}
		name = r == 0 ? row.tender : name;
	}
	(void)str_copy(out, 16, strcmp(name, "none") == 0 ? "" : name);
	return 0;
}

/* Kept sorted, each once, at most max. */
static size_t
note_put(int64_t *out, size_t n, size_t max, int64_t amount)
{
	size_t	at = 0;

	while (at < n && out[at] < amount) {
		at++;
	}
	if (at == max || (at < n && out[at] == amount)) {
		return n;
	}
	if (n == max) {
		n--;
	}
	memmove(out + at + 1, out + at, (n - at) * sizeof(*out));
	out[at] = amount;
	return n + 1;
}

/*
 * What people hand over: one note, or two different ones of which neither is
 * too much already (52.92: 50+5, 50+10, 50+20, 100), on top of as many of the
 * largest as fit.
 */
size_t
tender_notes(const struct shop *shop, int64_t due, int64_t *out, size_t max)
{
	const struct country	*country = country_of(shop);
	const int64_t		*note = country->notes;
	int64_t			 base, rest;
	size_t			 count = 0, n = 0;

	while (note[count] != 0) {
		count++;
	}
	if (due <= 0 || max == 0 || count == 0) {
		return 0;
	}
	base = due / note[count - 1] * note[count - 1];
	rest = due - base;
	if (rest == 0) {
		return 0;		/* exact in the largest ones */
	}
	for (size_t i = 0; i < count; i++) {
		if (note[i] > rest) {
			n = note_put(out, n, max, base + note[i]);
			continue;
		}
		for (size_t k = 0; k < i && note[i] < rest; k++) {
			if (note[i] + note[k] > rest) {
				n = note_put(out, n, max,
				    base + note[i] + note[k]);
			}
		}
	}
	return n;
}
