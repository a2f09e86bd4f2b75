/* SPDX-License-Identifier: ISC */
/* Badges: known by their prefix, kept as a hash. */
#include "shop/badge.h"

#include <sodium.h>
#include <string.h>

#include "base/buf.h"
#include "shop/ean.h"
#include "shop/secret.h"
#include "sql/schema.h"

#define BADGE_LEAST	8
#define BADGE_MOST	64

/* Behind the prefixes; *seen: the badges' own was there. */
static const char *
badge_bare(const struct shop *shop, const char *text, bool *seen)
{
	const char	*prefix = shop->set.badge_prefix;

	text = scan_bare(text, shop->set.scan_prefix);
	*seen = prefix[0] != '\0' && str_starts(text, prefix);
	return *seen ? text + strlen(prefix) : text;
}

static bool
badge_graphic(const char *text)
{
	while (*text > ' ' && *text <= '~') {
		text++;
	}
	return *text == '\0';
}

bool
badge_begun(const struct shop *shop, const char *text)
{
	bool		 seen;
	const char	*bare;

	if (shop->set.badge_prefix[0] == '\0') {
		return false;
	}
	bare = badge_bare(shop, text, &seen);
	return seen && badge_graphic(bare);
}

bool
badge_is(const struct shop *shop, const char *text)
{
	bool		 seen;
	const char	*bare = badge_bare(shop, text, &seen);

	return seen && badge_graphic(bare) && strlen(bare) >= BADGE_LEAST;
}

int
badge_check(const struct shop *shop, const char *text)
{
	bool		 seen;
	const char	*bare = badge_bare(shop, text, &seen);
	size_t		 n = strlen(bare);

	if (shop->set.badge_prefix[0] == '\0') {
		return err_set(ERR_INVALID, _("the setting badge_prefix says "
		    "no badges; set it to what a badge begins with"));
	}
	if (n < BADGE_LEAST || n > BADGE_MOST || !badge_graphic(bare)) {
		return err_set(ERR_INVALID, _("a badge is %d to %d letters, "
		    "digits and signs, without blanks"), BADGE_LEAST,
		    BADGE_MOST);
	}
	if (bare[strspn(bare, (const char[]){ bare[0], '\0' })] == '\0') {
		return err_set(ERR_INVALID, _("too easy to guess: not all "
		    "alike"));
	}
	return 0;
}

int
badge_hash(struct shop *shop, const char *text, char out[static BADGE_HASH])
{
	struct q_incarnation_first	first;
	bool				seen;
	const char			*bare = badge_bare(shop, text, &seen);
	int				r;

	out[0] = '\0';
	if ((r = q_incarnation_first(shop->db, &first)) != 0) {
		return r;
	}
	return secret_digest(shop, bare, first.uid, first.uid_len, out);
}
