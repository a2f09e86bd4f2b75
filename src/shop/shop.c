/* SPDX-License-Identifier: ISC */
/* Opening a shop for one process, and what its actor may do. */
#include "shop/shop.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/approval.h"
#include "shop/approval_part.h"
#include "shop/price.h"
#include "shop/rates.h"
#include "shop/setting.h"
#include "shop/training.h"

/* Tests move the clock; everything else uses the real one. */
static int64_t (*shop_clock)(void) = clock_now_ms;

static const char *const door_names[] = {
	[DOOR_CONSOLE] = "console",
	[DOOR_SSH] = "ssh",
	[DOOR_LINE] = "line",
	[DOOR_SHELL] = "shell",
};

int
shop_open(const char *dir, enum db_mode mode, struct shop **out)
{
	struct shop	*shop;
	int		 r;

	*out = NULL;
	shop = xcalloc(1, sizeof(*shop));
	shop->who.door = DOOR_SHELL;
	shop->approval = approval_new();
	if ((r = db_open(dir, mode, &shop->db)) != 0 ||
	    (r = setting_load(shop)) != 0) {
		shop_close(shop);
		return r;
	}
	*out = shop;
	return 0;
}

void
shop_close(struct shop *shop)
{
	if (shop == NULL) {
		return;
	}
	rates_drop(shop);
	prices_drop(shop);
	db_close(shop->db);
	free(shop->approval);
	free(shop);
}

int
shop_reload_settings(struct shop *shop)
{
	rates_drop(shop);
	prices_drop(shop);
	return setting_load(shop);
}

bool
shop_may(const struct shop *shop, enum right r)
{
	return (shop->who.rights & RIGHT_BIT(r)) != 0;
}

int
shop_require(const struct shop *shop, enum right r)
{
	struct buf	roles = { 0 };
	int		code;

	if (training_keeps_out(shop, r)) {
		return err_set(ERR_INVALID, _("you are practising; :training "
		    "ends it"));
	}
	if (shop_may(shop, r) || approval_use(shop, r)) {
		return 0;
	}
	approval_refused(shop, r);
	for (enum role i = 0; i < ROLE_COUNT; i++) {
		if ((right_roles(r) & (1u << i)) != 0) {
			buf_fmt(&roles, "%s%s", roles.len > 0 ? ", " : "",
			    role_text(i));
		}
	}
	if ((role_rights(shop->who.role) & RIGHT_BIT(r)) != 0 &&
	    shop->who.user != 0) {
		code = err_set(ERR_DENIED, _("not from this terminal: %s; go "
		    "to another one"), right_text(r));
	} else {
		code = err_set(ERR_DENIED, _("you may not %s; ask: %s"),
		    right_text(r), buf_text(&roles));
	}
	buf_done(&roles);
	return code;
}

const char *
door_name(enum door door)
{
	return door_names[door];
}

int
door_find(const char *name, enum door *out)
{
	*out = DOOR_SHELL;
	for (size_t i = 0; i < NELEM(door_names); i++) {
		if (strcmp(name, door_names[i]) == 0) {
			*out = (enum door)i;
			return 0;
		}
	}
	return err_set(ERR_NOT_FOUND, _("there is no door \"%s\""), name);
}

/*
 * The typed name folded: case and accents do not matter and blanks are left
 * out, so that "Caisse 1" is reached as caisse1@shop.
 */
int
shop_login_name(const char *name, char out[static NAME_SIZE])
{
	char	folded[NAME_SIZE * 2];
	size_t	n = 0;

	out[0] = '\0';
	if (strlen(name) >= NAME_SIZE || !utf8_is_clean(name) ||
	    !utf8_fold(folded, sizeof(folded), name)) {
		return err_set(ERR_INVALID, _("a name is at most %d plain "
		    "characters"), NAME_SIZE / 2);
	}
	for (const char *s = folded; *s != '\0'; s++) {
		bool	plain = (*s >= 'a' && *s <= 'z') ||
		    (*s >= '0' && *s <= '9') ||
		    (n > 0 && strchr("._-", *s) != NULL);

		if (*s == ' ') {
			continue;
		}
		if (!plain || n == NAME_SIZE / 2) {
			out[0] = '\0';
			return err_set(ERR_INVALID, _("\"%s\" is no name: use "
			    "letters, digits, blanks and . _ -"), name);
		}
		out[n++] = *s;
	}
	out[n] = '\0';
	return n > 0 ? 0 : err_set(ERR_INVALID, _("a name is missing"));
}

int
language_check(const char *language)
{
	if (strcmp(language, "fr") == 0 || strcmp(language, "en") == 0) {
		return 0;
	}
	return err_set(ERR_INVALID, _("language \"%s\" is not known; choose "
	    "fr or en"), language);
}

int64_t
shop_now(void)
{
	return shop_clock();
}

void
shop_set_clock(int64_t (*now)(void))
{
	shop_clock = now == NULL ? clock_now_ms : now;
}
