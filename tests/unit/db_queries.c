/* SPDX-License-Identifier: ISC */
/* Every statement of sql/query runs once: what only shows when it runs (a
 * wrong type for a STRICT column, NULL where none was declared) fails here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/db.h"
#include "place.h"
#include "sql_all.inc"

static struct db *shop_db;
static char shop[64];

static int
shop_make(void **state)
{
	(void)state;
	test_dir(shop);
	if (db_create(shop) != 0) {
		return -1;
	}
	return db_open(shop, DB_WRITE, &shop_db);
}

static int
shop_drop(void **state)
{
	char	command[100];

	(void)state;
	db_close(shop_db);
	(void)snprintf(command, sizeof(command), "rm -rf '%s'", shop);
	return system(command);
}

/* What a rule of the schema may answer to nonsense. */
static bool
harmless(int r)
{
	return r == 0 || r == ERR_NOT_FOUND || r == ERR_EXISTS ||
	    r == ERR_INVALID || r == ERR_FROZEN || r == ERR_CHANGED ||
	    r == ERR_TAKEN || r == ERR_RANGE || r == ERR_DENIED;
}

static void
every_statement_runs(void **state)
{
	static const char *const texts[] = { "x", "", "2026-11-20" };
	int	bad = 0;

	(void)state;
	for (const struct trial *t = trials; t->name != NULL; t++) {
		for (int i = 0; i < t->variants * (int)NELEM(texts); i++) {
			int	r;

			assert_int_equal(db_begin(shop_db, "test"), 0);
			r = t->run(shop_db, texts[i % (int)NELEM(texts)],
			    i / (int)NELEM(texts));
			db_rollback(shop_db);
			if (!harmless(r)) {
				print_error("q_%s: %s: %s\n", t->name,
				    err_name(r), err_text(r));
				bad++;
			}
		}
	}
	assert_int_equal(bad, 0);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(every_statement_runs),
	};

	return cmocka_run_group_tests(tests, shop_make, shop_drop);
}
