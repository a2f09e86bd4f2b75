/* SPDX-License-Identifier: ISC */
/* What the key contract says of all screens at once, held against their own
 * tables: same meaning everywhere, everything reachable, names that work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "screen.h"
#include "screens/screens.h"
#include "shop/right.h"

static const struct screen *const screens[] = {
#define X(name) &screen_##name,
	SCREENS(X)
#undef X
};

/* Every list of keys: the screens', and what some are meanwhile. */
static const struct keylist {
	const char		*name;
	const struct screen	*screen;
	const struct screen_face *face;
} lists[] = {
#define X(x) { #x, &screen_##x, NULL },
	SCREENS(X)
#undef X
#define X(x) { #x, NULL, &face_##x },
	SCREEN_FACES(X)
#undef X
};

#define KEYS_OF(l)	((l)->face != NULL ? (l)->face->keys :		\
			    (l)->screen->keys)

#define EACH_BINDING(l, b)						\
	for (const struct keylist *l = lists; l < lists + NELEM(lists); l++) \
		for (const struct binding *b = KEYS_OF(l);		\
		    b != NULL && b->act != ACT_NONE; b++)

static void
a_key_means_the_same_everywhere(void **state)
{
	static const struct {
		enum key_code	key;
		enum action	act[3];
	} meaning[] = {
		{ K_F1, { ACT_HELP } },
		{ K_F2, { ACT_FIND } },
		{ K_F6, { ACT_OPENED } },
		/* the marked one is taken away */
		{ K_F8, { ACT_SALE_VOID, ACT_LABEL_DROP, ACT_SELLS_DROP } },
		{ K_F10, { ACT_BACK, ACT_LEAVE } },	/* out of the lowest */
	};

	(void)state;
	EACH_BINDING(sc, b) {
		for (size_t i = 0; i < NELEM(meaning); i++) {
			bool	same = false;

			if (b->key != meaning[i].key) {
				continue;
			}
			for (size_t j = 0; j < 3; j++) {
				same = same || b->act == meaning[i].act[j];
			}
			if (!same) {
				fail_msg("%s: %s is :%s", sc->name,
				    key_name(b->key), action_name(b->act));
			}
		}
	}
}

static void
nothing_lives_on_strange_keys(void **state)
{
	(void)state;
	EACH_BINDING(sc, b) {
		if (b->key != K_NONE && (b->key < K_F1 || b->key > K_F10)) {
			fail_msg("%s: :%s is on %s", sc->name,
			    action_name(b->act), key_name(b->key));
		}
	}
}

static void
letters_and_keys_are_used_once(void **state)
{
	(void)state;
	EACH_BINDING(sc, b) {
		for (const struct binding *c = b + 1; c->act != ACT_NONE;
		    c++) {
			if ((b->letter != 0 && b->letter == c->letter) ||
			    (b->key != K_NONE && b->key == c->key) ||
			    b->act == c->act) {
				fail_msg("%s: :%s and :%s collide", sc->name,
				    action_name(b->act), action_name(c->act));
			}
		}
		/* Where each digit acts, all of a number pad does. */
		if (b->letter != 0 && strchr(sc->screen != NULL &&
		    (sc->screen->flags & SCREEN_DIGITS) != 0 ?
		    "123456789:? " : "0123456789:?*+/ ", b->letter) != NULL) {
			fail_msg("%s: '%c' is no letter", sc->name, b->letter);
		}
	}
}

static void
names_are_one_word_and_differ(void **state)
{
	static const char *const	languages[] = { "en", "fr" };
	struct session_config		c = till_config(24, 80);
	struct session			*s;

	(void)state;
	assert_int_equal(session_open(&c, &s), 0);
	for (size_t l = 0; l < NELEM(languages); l++) {
		till_language(s, languages[l]);
		for (int i = ACT_NONE + 1; i < ACT_COUNT; i++) {
			enum action	a = (enum action)i;

			assert_null(strchr(action_name_local(a), ' '));
			assert_string_not_equal(action_name_local(a), "");
			/* Both names lead to it, whatever the language. */
			if (action_find(action_name(a)) != a ||
			    action_find(action_name_local(a)) != a) {
				fail_msg("%s: :%s (:%s) means another",
				    languages[l], action_name(a),
				    action_name_local(a));
			}
			if (utf8_cols(action_label(a)) > 9) {
				fail_msg("%s: label \"%s\" is wider than 9",
				    languages[l], action_label(a));
			}
		}
	}
	session_close(s);
}

static void
rights_are_the_shops(void **state)
{
	enum right	right;

	(void)state;
	for (int i = ACT_NONE + 1; i < ACT_COUNT; i++) {
		const char	*name = action_right((enum action)i);

		if (name != NULL && right_find(name, &right) != 0) {
			fail_msg(":%s asks for an unknown right %s",
			    action_name((enum action)i), name);
		}
	}
	for (size_t i = 0; i < NELEM(screens); i++) {
		if (screens[i]->right != NULL &&
		    right_find(screens[i]->right, &right) != 0) {
			fail_msg("%s asks for an unknown right %s",
			    screens[i]->name, screens[i]->right);
		}
		assert_non_null(screens[i]->help);
		assert_non_null(screens[i]->title);
	}
}

/* Each bar fits its row with every key it may show, in both languages. */
static void
bars_fit_80_columns(void **state)
{
	static const char *const	languages[] = { "en", "fr" };
	struct session_config		c = till_config(24, 80);
	struct session			*s;

	(void)state;
	assert_int_equal(session_open(&c, &s), 0);
	for (size_t l = 0; l < NELEM(languages); l++) {
		till_language(s, languages[l]);
		for (size_t i = 0; i < NELEM(lists); i++) {
			int	width = 0;
			bool	help = true, back = true;

			for (const struct binding *b = KEYS_OF(&lists[i]);
			    b != NULL && b->act != ACT_NONE; b++) {
				if (b->key == K_NONE) {
					continue;
				}
				help = help && b->key != K_F1;
				back = back && b->key != K_F10;
				width += 2 + utf8_cols(b->label != NULL ?
				    _(b->label) : action_label(b->act));
			}
			width += help ? 2 + utf8_cols(_("Help")) : 0;
			width += back ? 3 + utf8_cols(_("Back")) : 0;
			if (width > 80) {
				fail_msg("%s: bar of %d columns in %s",
				    lists[i].name, width, languages[l]);
			}
		}
	}
	session_close(s);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(a_key_means_the_same_everywhere),
		cmocka_unit_test(nothing_lives_on_strange_keys),
		cmocka_unit_test(letters_and_keys_are_used_once),
		cmocka_unit_test(names_are_one_word_and_differ),
		cmocka_unit_test(rights_are_the_shops),
		cmocka_unit_test(bars_fit_80_columns),
	};

	return cmocka_run_group_tests_name("tables", tests, NULL, NULL);
}
