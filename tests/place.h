/* SPDX-License-Identifier: ISC */
/* Where a test keeps what it makes: in TMPDIR (tests/run gives one in memory,
 * for the tests in C wait for the disk more than they compute), else /tmp. */
#ifndef TESTS_PLACE_H
#define TESTS_PLACE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A new directory; the name is short enough for its shops to be named. */
static inline void
test_dir(char dir[static 64])
{
	const char	*tmp = getenv("TMPDIR");

	if (tmp == NULL || strlen(tmp) > 40) {
		tmp = "/tmp";
	}
	(void)snprintf(dir, 64, "%s/comptoir-trade-XXXXXX", tmp);
	assert_non_null(mkdtemp(dir));
}

static inline int
test_unlink(const char *path, const struct stat *st, int flag, struct FTW *at)
{
	(void)st;
	(void)flag;
	(void)at;
	return remove(path);
}

static inline void
test_remove(const char *dir)
{
	(void)nftw(dir, test_unlink, 16, FTW_DEPTH | FTW_PHYS);
}

/* All of one directory into another that is there. */
static inline void
test_dir_copy(const char *from, const char *to)
{
	char	command[160];

	(void)snprintf(command, sizeof(command), "cp -a %s/. %s", from, to);
	assert_int_equal(system(command), 0);
}

#endif
