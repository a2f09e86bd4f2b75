/* SPDX-License-Identifier: ISC */
/* For tests of screens: keys in, text out; no terminal, no sleep, and time
 * only moves when told to.  Include after cmocka. */
#ifndef TESTS_SCREEN_H
#define TESTS_SCREEN_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "term/session.h"

/* 2026-11-20 12:31 in Paris, where tests/run puts us. */
static int64_t till_now = INT64_C(1795174260000);
static int64_t till_boot = 1000000;

static inline int64_t
till_now_ms(void)
{
	return till_now;
}

static inline int64_t
till_boot_ms(void)
{
	return till_boot;
}

/* A session with these defaults; the caller sets what it needs, then opens. */
static inline struct session_config
till_config(int rows, int cols)
{
	struct session_config	c = {
		.fd = -1,
		.profile = { .term = "xterm-256color",
		    .charset = CHARSET_UTF8, .rows = rows, .cols = cols },
		.now_ms = till_now_ms,
		.boot_ms = till_boot_ms,
	};

	setenv("TZ", "Europe/Paris", 1);
	return c;
}

static inline struct session *
till_open(const struct session_config *c, const struct screen *first,
    const void *arg)
{
	struct session	*s;

	assert_int_equal(session_open(c, &s), 0);
	assert_true(session_begin(s, first, arg));
	return s;
}

/* The catalogue of the build tree: a test does not sit beside it. */
static inline void
till_language(struct session *s, const char *code)
{
	const char	*build = getenv("B");
	char		 path[256];

	(void)str_fmt(path, sizeof(path), "%s/locale",
	    build != NULL ? build : "build");
	(void)bindtextdomain("comptoir", path);
	session_language(s, code);
	session_feed(s, "", 0);
}

static inline void
till_type(struct session *s, const char *bytes)
{
	session_feed(s, bytes, strlen(bytes));
}

/* A lone Esc: typed, then the time passes that makes it one. */
static inline void
till_esc(struct session *s)
{
	till_type(s, "\033");
	till_boot += 200;
	session_advance(s);
}

static inline void
till_pass(struct session *s, int64_t ms)
{
	till_boot += ms;
	till_now += ms;
	session_advance(s);
}

static inline void
till_screen(struct session *s, struct buf *out)
{
	char	row[2048];

	buf_clear(out);
	for (int i = 0; i < 200; i++) {
		if (!session_text(s, i, row, sizeof(row))) {
			break;
		}
		buf_str(out, row);
		buf_chr(out, '\n');
	}
}

static inline bool
till_shows(struct session *s, const char *text)
{
	struct buf	b = { 0 };
	bool		shows;

	till_screen(s, &b);
	shows = strstr(buf_text(&b), text) != NULL;
	buf_done(&b);
	return shows;
}

static inline void
till_dump(struct session *s, const char *why)
{
	struct buf	b = { 0 };

	till_screen(s, &b);
	fprintf(stderr, "about \"%s\"; the screen:\n%s", why, buf_text(&b));
	buf_done(&b);
}

#define till_expect(s, text) do {					\
	if (!till_shows((s), (text))) {					\
		till_dump((s), (text));					\
		fail_msg("not on the screen: %s", (text));		\
	}								\
} while (0)

#define till_refuse(s, text) do {					\
	if (till_shows((s), (text))) {					\
		till_dump((s), (text));					\
		fail_msg("on the screen: %s", (text));			\
	}								\
} while (0)

#define till_expect_row(s, row, text) do {				\
	char	row_[2048];						\
									\
	assert_true(session_text((s), (row), row_, sizeof(row_)));	\
	if (strstr(row_, (text)) == NULL) {				\
		till_dump((s), (text));					\
		fail_msg("row %d is \"%s\"", (row), row_);		\
	}								\
} while (0)

/*
 * The whole screen is what tests/screen/golden/NAME says.  To make or renew
 * the file on purpose: VT_GOLDEN=1, then read the difference.
 */
static inline void
till_golden(struct session *s, const char *name)
{
	struct buf	is = { 0 }, want = { 0 };
	char		path[256];
	bool		same;

	till_screen(s, &is);
	(void)str_fmt(path, sizeof(path), "tests/screen/golden/%s", name);
	if (getenv("VT_GOLDEN") != NULL) {
		assert_int_equal(io_write_file(path, 0644, is.data, is.len),
		    0);
	}
	same = io_read_file(path, 100000, &want) == 0 &&
	    strcmp(buf_text(&is), buf_text(&want)) == 0;
	if (!same) {
		fprintf(stderr, "%s; wanted:\n%sgot:\n%s", path,
		    buf_text(&want), buf_text(&is));
	}
	buf_done(&is);
	buf_done(&want);
	if (!same) {
		fail_msg("the screen is not %s", path);
	}
}

/* One of a set: the file is WHAT-80x24-fr. */
static inline void
till_looks(struct session *s, const char *what, const char *language)
{
	char	name[64], row[2048];
	int	rows = 0;

	while (session_text(s, rows, row, sizeof(row))) {
		rows++;
	}
	(void)snprintf(name, sizeof(name), "%s-%dx%d-%s", what,
	    session_cols(s), rows, language);
	till_golden(s, name);
}

/* look(rows, cols, language) at each size in each language, a test each, and
 * what stands in the list of tests for them. */
#define TILL_LOOK(name, look, rows, cols, language)			\
static void								\
name(void **state)							\
{									\
	(void)state;							\
	look(rows, cols, language);					\
}
#define TILL_LOOKS(name, look)						\
TILL_LOOK(name##_80, look, 24, 80, "en")				\
TILL_LOOK(name##_80_fr, look, 24, 80, "fr")				\
TILL_LOOK(name##_40, look, 12, 40, "en")				\
TILL_LOOK(name##_40_fr, look, 12, 40, "fr")				\
TILL_LOOK(name##_132, look, 43, 132, "en")				\
TILL_LOOK(name##_132_fr, look, 43, 132, "fr")
#define TILL_LOOKS_TESTS(G, name)					\
	G(name##_80), G(name##_80_fr), G(name##_40), G(name##_40_fr),	\
	G(name##_132), G(name##_132_fr)

#endif
