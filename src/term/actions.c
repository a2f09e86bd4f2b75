/* SPDX-License-Identifier: ISC */
/* The list of actions as tables. */
#include "term/actions.h"

#include <string.h>

#include "base/utf8.h"

static const struct {
	const char	*name, *right, *label, *help;
} action_table[ACT_COUNT] = {
	[ACT_NONE] = { ":", NULL, "", "" },
#define X(id, name, right, label, help) \
	[ACT_##id] = { name, right, label, help },
	ACTIONS(X)
#undef X
};

static bool
action_known(enum action a)
{
	return a > ACT_NONE && a < ACT_COUNT;
}

const char *
action_name(enum action a)
{
	return action_known(a) ? action_table[a].name + 1 : "";
}

const char *
action_name_local(enum action a)
{
	const char	*name;

	if (!action_known(a)) {
		return "";
	}
	/* The colon keeps ":hold" apart from the word "hold"; a translation
	 * without it is taken as it is. */
	name = words_of(action_table[a].name);
	return name[0] == ':' ? name + 1 : name;
}

const char *
action_right(enum action a)
{
	return action_known(a) ? action_table[a].right : NULL;
}

const char *
action_label(enum action a)
{
	return action_known(a) ? words_of(action_table[a].label) : "";
}

const char *
action_help(enum action a)
{
	return action_known(a) ? _(action_table[a].help) : "";
}

/* Accents and case do not matter to who types a command. */
static void
action_fold(char out[static 64], const char *name)
{
	if (!utf8_fold(out, 64, name)) {
		out[0] = '\0';
	}
}

bool
action_begins(enum action a, const char *head)
{
	char	want[64], name[64];

	action_fold(want, head);
	if (want[0] == '\0') {
		return head[0] == '\0';
	}
	action_fold(name, action_name(a));
	if (str_starts(name, want)) {
		return true;
	}
	action_fold(name, action_name_local(a));
	return str_starts(name, want);
}

enum action
action_find(const char *name)
{
	enum action	only = ACT_NONE;
	char		want[64], fold[64];
	int		n = 0;

	action_fold(want, name);
	if (want[0] == '\0') {
		return ACT_NONE;
	}
	for (int i = ACT_NONE + 1; i < ACT_COUNT; i++) {
		enum action	a = (enum action)i;

		action_fold(fold, action_name(a));
		if (strcmp(fold, want) == 0) {
			return a;
		}
		action_fold(fold, action_name_local(a));
		if (strcmp(fold, want) == 0) {
			return a;
		}
	}
	for (int i = ACT_NONE + 1; i < ACT_COUNT; i++) {
		if (action_begins((enum action)i, name)) {
			only = (enum action)i;
			n++;
		}
	}
	return n == 1 ? only : ACT_NONE;
}
