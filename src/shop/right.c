/* SPDX-License-Identifier: ISC */
/* Rights and roles by name; both lists are in right.h. */
#include "shop/right.h"

#include <string.h>

static const struct {
	const char	*name;
	const char	*text;
	unsigned	 roles;
} right_table[RIGHT_COUNT] = {
#define X(id, name, roles, text) [RIGHT_##id] = { name, text, roles },
	RIGHTS(X)
#undef X
};

static const struct {
	const char	*name;
	const char	*text;
} role_table[ROLE_COUNT] = {
#define X(id, name, text) [ROLE_##id] = { name, text },
	ROLES(X)
#undef X
};

const char *
right_name(enum right r)
{
	return right_table[r].name;
}

const char *
right_text(enum right r)
{
	return _(right_table[r].text);
}

int
right_find(const char *name, enum right *out)
{
	*out = RIGHT_COUNT;
	for (enum right r = 0; r < RIGHT_COUNT; r++) {
		/* Each painting asks for every key of the bar. */
		if (name[0] == right_table[r].name[0] &&
		    strcmp(name, right_table[r].name) == 0) {
			*out = r;
			return 0;
		}
	}
	return err_set(ERR_NOT_FOUND, _("there is no right \"%s\""), name);
}

unsigned
right_roles(enum right r)
{
	return right_table[r].roles;
}

const char *
role_name(enum role r)
{
	return role_table[r].name;
}

const char *
role_text(enum role r)
{
	return _(role_table[r].text);
}

int
role_find(const char *name, enum role *out)
{
	*out = ROLE_COUNT;
	for (enum role r = 0; r < ROLE_COUNT; r++) {
		if (strcmp(name, role_table[r].name) == 0) {
			*out = r;
			return 0;
		}
	}
	return err_set(ERR_NOT_FOUND, _("there is no role \"%s\"; choose "
	    "admin, manager, seller, cashier, waiter, cook, stock or "
	    "bookkeeper"), name);
}

uint64_t
role_rights(enum role r)
{
	uint64_t	mask = 0;

	for (enum right i = 0; i < RIGHT_COUNT; i++) {
		if ((right_table[i].roles & (1u << r)) != 0) {
			mask |= RIGHT_BIT(i);
		}
	}
	return mask;
}

uint64_t
role_rights_alone(enum role r)
{
	uint64_t	mask = 0;

	for (enum right i = 0; i < RIGHT_COUNT; i++) {
		if (right_table[i].roles == (1u << r)) {
			mask |= RIGHT_BIT(i);
		}
	}
	return mask;
}
