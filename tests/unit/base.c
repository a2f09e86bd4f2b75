/* SPDX-License-Identifier: ISC */
/* The base floor: errors, text, characters, money, numbers and days. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/money.h"
#include "base/utf8.h"

static void
errors_have_words(void **state)
{
	(void)state;
	for (int i = 1; i < ERR_COUNT_; i++) {
		assert_true(strlen(err_text(-i)) > 0);
		assert_in_range(err_status(-i), 64, 78);
	}
	assert_int_equal(err_set(ERR_NOT_FOUND, "no %s", "coffee"),
	    ERR_NOT_FOUND);
	assert_string_equal(err_text(ERR_NOT_FOUND), "no coffee");
	/* Words set for one error are not said of another. */
	assert_string_not_equal(err_text(ERR_BUSY), "no coffee");
	assert_string_equal(err_name(ERR_NOT_FOUND), "NOT_FOUND");
	errno = ENOENT;
	assert_int_equal(err_sys(ERR_IO, "cannot read x"), ERR_IO);
	assert_string_equal(err_text(ERR_IO),
	    "cannot read x: No such file or directory");
	/* An argument may be the text of the error before. */
	assert_int_equal(err_set(ERR_IO, "again: %s", err_text(ERR_IO)),
	    ERR_IO);
	assert_string_equal(err_text(ERR_IO),
	    "again: cannot read x: No such file or directory");
	/* Of what somebody's file has, a terminal is shown what is text. */
	assert_int_equal(err_set(ERR_INVALID, "no \"%.5s\"",
	    "\033[2J\303\251"), ERR_INVALID);
	assert_string_equal(err_text(ERR_INVALID), "no \"[2J\"");
}

static void
buffers_grow(void **state)
{
	struct buf	b = { 0 };
	char		*s;

	(void)state;
	assert_string_equal(buf_text(&b), "");
	for (int i = 0; i < 1000; i++) {
		buf_fmt(&b, "%d,", i);
	}
	assert_int_equal(b.len, 10 * 2 + 90 * 3 + 900 * 4);
	s = buf_take(&b);
	assert_true(str_starts(s, "0,1,2,"));
	assert_int_equal(b.len, 0);
	free(s);
	buf_done(&b);
}

static void
copies_say_when_cut(void **state)
{
	char	small[4];

	(void)state;
	assert_true(str_copy(small, sizeof(small), "abc"));
	assert_false(str_copy(small, sizeof(small), "abcd"));
	assert_string_equal(small, "abc");
	/* Never half a character. */
	assert_false(str_copy(small, sizeof(small), "abé"));
	assert_string_equal(small, "ab");
	assert_false(str_fmt(small, sizeof(small), "%d", 12345));
	assert_string_equal(small, "123");
}

static void
numbers_are_whole(void **state)
{
	int64_t	n;

	(void)state;
	assert_int_equal(str_to_i64("-12", -20, 20, &n), 0);
	assert_int_equal(n, -12);
	assert_int_equal(str_to_i64("21", -20, 20, &n), ERR_RANGE);
	assert_int_equal(str_to_i64("", 0, 9, &n), ERR_INVALID);
	assert_int_equal(str_to_i64("1x", 0, 9, &n), ERR_INVALID);
	assert_int_equal(str_to_i64(" 1", 0, 9, &n), ERR_INVALID);
	assert_true(str_to_i64("99999999999999999999", 0, INT64_MAX, &n) < 0);
}

static void
files_are_replaced_whole(void **state)
{
	char		dir[] = "/tmp/comptoir-base.XXXXXX";
	char		path[64];
	struct buf	b = { 0 };
	struct stat	st;

	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_true(str_fmt(path, sizeof(path), "%s/x", dir));
	assert_int_equal(io_write_file(path, 0600, "one", 3), 0);
	assert_int_equal(io_write_file(path, 0600, "two", 3), 0);
	assert_int_equal(io_read_file(path, 10, &b), 0);
	assert_string_equal(buf_text(&b), "two");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	buf_clear(&b);
	assert_int_equal(io_read_file(path, 2, &b), ERR_TOO_LONG);
	buf_done(&b);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(dir), 0);
}

static void
three_lengths_are_three(void **state)
{
	/* e with a combining accent, a wide character, an invalid byte */
	const char	*s = "e\xcc\x81\xe5\xad\x97\xff";

	(void)state;
	assert_int_equal(strlen(s), 7);
	assert_int_equal(utf8_chars(s), 4);
	assert_int_equal(utf8_cols(s), 1 + 2 + 1);
	/* Half of a wide character is not shown. */
	assert_int_equal(utf8_cut("a\xe5\xad\x97", 2), 1);
	/* A combining mark stays with its letter. */
	assert_int_equal(utf8_cut("e\xcc\x81z", 1), 3);
	assert_int_equal(utf8_back("aé", 3), 1);
	assert_int_equal(utf8_back("aé", 0), 0);
}

static void
bad_bytes_come_one_at_a_time(void **state)
{
	/* overlong slash, a surrogate, beyond Unicode, a cut sequence */
	static const char *const bad[] = {
		"\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82",
	};

	(void)state;
	for (size_t i = 0; i < NELEM(bad); i++) {
		const char	*s = bad[i];

		assert_false(utf8_is_clean(bad[i]));
		while (*s != '\0') {
			assert_int_equal(utf8_next(&s), UTF8_BAD);
		}
	}
	assert_true(utf8_is_clean("Crêpe 5 €"));
	assert_false(utf8_is_clean("a\033[2J"));
	assert_false(utf8_is_clean("a\xc2\x9b"));	/* C1: CSI */
	assert_false(utf8_is_clean("a\177"));
}

static void
cleaning_keeps_what_can_be_kept(void **state)
{
	char	out[16];

	(void)state;
	assert_true(utf8_clean(out, sizeof(out), "a\001é\xff\033b"));
	assert_string_equal(out, "aéb");
}

static void
folding_is_for_people(void **state)
{
	char	out[32];

	(void)state;
	assert_true(utf8_fold(out, sizeof(out), "Crêpe ŒUF Ça Straße"));
	assert_string_equal(out, "crepe oeuf ca strasse");
	assert_false(utf8_fold(out, 4, "crêpe"));
}

static void
every_set_takes_back_its_own_bytes(void **state)
{
	(void)state;
	for (int set = CHARSET_ASCII; set < CHARSET_COUNT; set++) {
		for (int byte = 0x20; byte < 0x100; byte++) {
			uint32_t	c;

			c = charset_char((enum charset)set,
			    (unsigned char)byte);
			if (c == UTF8_BAD) {
				continue;
			}
			assert_int_equal(charset_byte((enum charset)set, c),
			    byte);
		}
	}
	assert_int_equal(charset_byte(CHARSET_LATIN9, 0x20ac), 0xa4);
	assert_int_equal(charset_byte(CHARSET_CP858, 0x20ac), 0xd5);
	assert_int_equal(charset_byte(CHARSET_LATIN1, 0x20ac), -1);
}

static void
what_a_set_lacks_degrades(void **state)
{
	struct buf	b = { 0 };
	enum charset	set;

	(void)state;
	charset_encode(CHARSET_ASCII, "Œuf 5 € « été »", &b);
	for (size_t i = 0; i < b.len; i++) {
		assert_in_range((unsigned char)b.data[i], 0x20, 0x7e);
	}
	assert_true(strstr(buf_text(&b), "EUR") != NULL);
	assert_true(strstr(buf_text(&b), "ete") != NULL);
	buf_clear(&b);
	charset_fit(CHARSET_LATIN1, "5 €", &b);
	assert_string_equal(buf_text(&b), "5 EUR");
	buf_done(&b);
	assert_int_equal(charset_find("latin9", &set), 0);
	assert_int_equal(set, CHARSET_LATIN9);
	assert_true(charset_find("klingon", &set) < 0);
}

static void
style(struct money_style *s, const char *currency, const char *country)
{
	assert_int_equal(money_style_set(s, currency, country), 0);
}

static void
money_is_written_as_the_country_does(void **state)
{
	struct money_style	s;
	char			out[MONEY_TEXT];

	(void)state;
	style(&s, "EUR", "FR");
	money_plain(&s, -1250, out);
	assert_string_equal(out, "-12,50");
	money_symbol(&s, 5, out);
	assert_string_equal(out, "0,05\xc2\xa0€");
	money_plain(&s, INT64_MIN, out);	/* never overflows */
	assert_int_equal(out[0], '-');
	style(&s, "XAF", "CM");
	money_plain(&s, 500, out);
	assert_string_equal(out, "500");
	assert_true(money_style_set(&s, "ZZZ", "FR") < 0);
}

static void
money_reads_both_marks(void **state)
{
	struct money_style	s;
	int64_t			n;

	(void)state;
	style(&s, "EUR", "FR");
	assert_int_equal(money_parse(&s, "9.5", false, &n), 0);
	assert_int_equal(n, 950);
	assert_int_equal(money_parse(&s, "9,50", false, &n), 0);
	assert_int_equal(n, 950);
	assert_int_equal(money_parse(&s, "2000", true, &n), 0);
	assert_int_equal(n, 2000);
	assert_int_equal(money_parse(&s, "2000", false, &n), 0);
	assert_int_equal(n, 200000);
	assert_int_equal(money_parse(&s, "9.505", false, &n), ERR_INVALID);
	assert_int_equal(money_parse(&s, "1.000,50", false, &n), ERR_INVALID);
	assert_true(money_parse(&s, "", false, &n) < 0);
	assert_true(money_parse(&s, "9x", false, &n) < 0);
	assert_true(money_parse(&s, "99999999999999999999", false, &n) < 0);
}

static void
quantities_and_rates(void **state)
{
	char	out[MONEY_TEXT];
	int64_t	n;

	(void)state;
	assert_int_equal(qty_parse("0.350", &n), 0);
	assert_int_equal(n, 350);
	assert_int_equal(qty_parse("3", &n), 0);
	assert_int_equal(n, 3000);
	assert_true(qty_parse("0.3505", &n) < 0);
	qty_plain(',', 350, out);
	assert_string_equal(out, "0,350");
	qty_plain(',', 3000, out);
	assert_string_equal(out, "3");
	assert_int_equal(rate_parse("9,975", &n), 0);
	assert_int_equal(n, 9975);
	rate_plain('.', 5500, out);
	assert_string_equal(out, "5.5");
}

static void
halves_go_away_from_zero(void **state)
{
	int64_t	n;

	(void)state;
	assert_int_equal(muldiv(1, 1, 2, &n), 0);
	assert_int_equal(n, 1);
	assert_int_equal(muldiv(-1, 1, 2, &n), 0);
	assert_int_equal(n, -1);
	assert_int_equal(muldiv(1, 1, 3, &n), 0);
	assert_int_equal(n, 0);
	/* The product may be wider than 64 bits, the result may not. */
	assert_int_equal(muldiv(INT64_MAX, 7, 7, &n), 0);
	assert_true(n == INT64_MAX);
	assert_int_equal(muldiv(INT64_MAX, 2, 1, &n), ERR_RANGE);
	assert_true(muldiv(1, 1, 0, &n) < 0);
	/* 12.90 x 1.235 kg = 15.93 (case A13) */
	assert_int_equal(money_times(1290, 1235, &n), 0);
	assert_int_equal(n, 1593);
}

static void
days_end_when_the_shop_says(void **state)
{
	char		day[CLOCK_DAY_SIZE];
	char		iso[CLOCK_ISO_SIZE];
	const int64_t	half_past_one = INT64_C(1792287000000);

	(void)state;
	assert_int_equal(setenv("TZ", "Europe/Paris", 1), 0);
	tzset();
	clock_iso(half_past_one, iso);
	assert_string_equal(iso, "2026-10-18T01:30:00.000Z");
	clock_business_day(half_past_one, 5, day);
	assert_string_equal(day, "2026-10-17");
	clock_business_day(half_past_one, 0, day);
	assert_string_equal(day, "2026-10-18");
	assert_int_equal(clock_day_check("2028-02-29"), 0);
	assert_true(clock_day_check("2026-02-29") < 0);
	assert_true(clock_day_check("2026-2-9") < 0);
	assert_int_equal(clock_day_read("2026-11-20", day), 0);
	assert_string_equal(day, "2026-11-20");
	assert_int_equal(clock_day_read("5/1/2027", day), 0);
	assert_string_equal(day, "2027-01-05");
	assert_int_equal(clock_day_read("29.02.28", day), 0);
	assert_string_equal(day, "2028-02-29");
	assert_true(clock_day_read("29/02/2027", day) < 0);
	assert_true(clock_day_read("20/11/2026x", day) < 0);
	assert_true(clock_day_read("20/11", day) < 0);
	assert_true(clock_day_read("-1/1/2026", day) < 0);
	assert_true(clock_day_read("1/1/-026", day) < 0);
	assert_true(clock_day_read("", day) < 0);
	assert_true(clock_boot_ms() > 0);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(errors_have_words),
		cmocka_unit_test(buffers_grow),
		cmocka_unit_test(copies_say_when_cut),
		cmocka_unit_test(numbers_are_whole),
		cmocka_unit_test(files_are_replaced_whole),
		cmocka_unit_test(three_lengths_are_three),
		cmocka_unit_test(bad_bytes_come_one_at_a_time),
		cmocka_unit_test(cleaning_keeps_what_can_be_kept),
		cmocka_unit_test(folding_is_for_people),
		cmocka_unit_test(every_set_takes_back_its_own_bytes),
		cmocka_unit_test(what_a_set_lacks_degrades),
		cmocka_unit_test(money_is_written_as_the_country_does),
		cmocka_unit_test(money_reads_both_marks),
		cmocka_unit_test(quantities_and_rates),
		cmocka_unit_test(halves_go_away_from_zero),
		cmocka_unit_test(days_end_when_the_shop_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
