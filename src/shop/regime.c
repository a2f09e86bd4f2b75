/* SPDX-License-Identifier: ISC */
/* Regimes of the journal by country (domain.md 1.1, 1.7). */
#include "shop/regime.h"

#include <string.h>

static const struct regime regime_none = { "none", false };

static const struct {
	const char	*country;
	struct regime	 regime;
} regimes[] = {
	{ "FR", { "fr", true } },
};

const struct regime *
regime_of(const struct shop *shop)
{
	for (size_t i = 0; i < NELEM(regimes); i++) {
		if (strcmp(regimes[i].country, shop->set.country) == 0) {
			return &regimes[i].regime;
		}
	}
	return &regime_none;
}
