/* SPDX-License-Identifier: ISC */
/* The lists of words in French: they fit where they stand, no two commands
 * have one name, and nothing is left in English. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/words.h"
#include "screens/screens.h"
#include "shop/right.h"

#define LABEL_COLS	9		/* of ten F-keys in 80 columns */

static int
french(void **state)
{
	const char	*build = getenv("B");
	char		 dir[256];

	(void)state;
	words_init();
	words_language("fr");
	if (!str_fmt(dir, sizeof(dir), "%s/locale",
	    build == NULL ? "build" : build)) {
		return -1;
	}
	(void)bindtextdomain("comptoir", dir);
	return 0;
}

static void
labels_fit_the_bar(void **state)
{
	(void)state;
	assert_string_equal(_("Help"), "Aide");
	for (int a = ACT_NONE + 1; a < ACT_COUNT; a++) {
		const char	*label = action_label((enum action)a);

		if (utf8_cols(label) > LABEL_COLS) {
			fail_msg("\"%s\" is too wide", label);
		}
	}
}

static void
names_are_words_of_their_own(void **state)
{
	(void)state;
	for (int a = ACT_NONE + 1; a < ACT_COUNT; a++) {
		const char	*name = action_name_local((enum action)a);

		assert_true(strlen(name) > 0);
		assert_null(strchr(name, ' '));
		assert_null(strchr(name, ':'));
		assert_int_equal(action_find(name), a);
		assert_int_equal(action_find(action_name((enum action)a)), a);
	}
}

static void
titles_fit_the_top_bar(void **state)
{
	static const struct screen *const	screens[] = {
#define X(name) &screen_##name,
		SCREENS(X)
#undef X
	};

	(void)state;
	for (size_t i = 0; i < NELEM(screens); i++) {
		const char	*title = _(screens[i]->title);

		assert_in_range(utf8_cols(title), 1, 16);
		assert_non_null(screens[i]->help);
		assert_string_not_equal(screens[i]->help,
		    _(screens[i]->help));
	}
}

static void
roles_and_errors_are_french(void **state)
{
	(void)state;
	for (int r = 0; r < RIGHT_COUNT; r++) {
		words_language("en");
		const char	*english = right_text((enum right)r);

		words_language("fr");
		assert_string_not_equal(english, right_text((enum right)r));
	}
	assert_string_equal(role_text(ROLE_CASHIER), "caissier");
	assert_string_equal(err_text(ERR_BUSY),
	    "la base est occupée ; réessayer");
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(labels_fit_the_bar),
		cmocka_unit_test(names_are_words_of_their_own),
		cmocka_unit_test(titles_fit_the_top_bar),
		cmocka_unit_test(roles_and_errors_are_french),
	};

	return cmocka_run_group_tests(tests, french, NULL);
}
