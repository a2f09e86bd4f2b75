/* SPDX-License-Identifier: ISC */
/* CSV in and out, JSON out, and the three ways a list is shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/json.h"
#include "cli/out.h"

static int
file_with(const char *text, size_t n)
{
	int	fd = memfd_create("csv", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(io_write_all(fd, text, n), 0);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

static void
reads_quotes_and_lines(void **state)
{
	static const char	text[] = "\xef\xbb\xbf" "code,name\r\n"
	    "1,\"a \"\"b\"\", c\"\n\n2,\"two\nlines\"\n3,last";
	struct csv		csv;
	int			fd = file_with(text, sizeof(text) - 1);

	(void)state;
	csv_init(&csv, fd);
	assert_int_equal(csv_next(&csv), 1);
	assert_string_equal(csv.field[0], "code");
	assert_int_equal(csv_next(&csv), 1);
	assert_int_equal(csv.nfields, 2);
	assert_string_equal(csv.field[1], "a \"b\", c");
	assert_int_equal(csv_next(&csv), 1);
	assert_int_equal(csv.line, 4);
	assert_string_equal(csv.field[1], "two\nlines");
	assert_int_equal(csv_next(&csv), 1);
	assert_int_equal(csv.line, 6);
	assert_string_equal(csv.field[1], "last");
	assert_int_equal(csv_next(&csv), 0);
	csv_done(&csv);
	(void)close(fd);
}

/* All records, fields parted by '|', faults as "!CODE". */
static void
json_is(const char *text, const char *expected)
{
	struct csv	csv;
	struct buf	got = { 0 };
	int		fd = file_with(text, strlen(text)), r;

	csv_init(&csv, fd);
	while ((r = csv_next(&csv)) != 0) {
		buf_fmt(&got, "%lld:", (long long)csv.line);
		if (r < 0) {
			buf_fmt(&got, "!%s", err_name(r));
		}
		for (size_t i = 0; i < csv.nfields; i++) {
			buf_fmt(&got, "%s%s%s", i == 0 ? "" : "|",
			    csv.number[i] && csv.stage == CSV_JSON_ON ? "#" :
			    "", csv.field[i]);
		}
		buf_chr(&got, '\n');
	}
	assert_string_equal(buf_text(&got), expected);
	buf_done(&got);
	csv_done(&csv);
	(void)close(fd);
}

static void
json_reads_like_csv(void **state)
{
	char	*wide = malloc(10 << 20);

	(void)state;
	json_is("[\n{\"code\": \"1\", \"price\": 250, \"on\": true},\n"
	    "{\"on\":false,\"code\":\"a\\u00e9\\ud83d\\ude00\\n\"}, "
	    "{\"code\":null,\"price\":\"2.50\"}]\n",
	    "2:code|price|on\n2:1|#250|yes\n"
	    "3:a\xc3\xa9\xf0\x9f\x98\x80\n||no\n3:|2.50|\n");
	json_is("[{\"barcodes\":[\"1\",\"2\"],\"e\":[]}]",
	    "1:barcodes|e\n1:1 2|\n");
	json_is("[]", "");
	/* What is wrong with one object, and the next one is read. */
	json_is("[{\"a\":1},{\"b\":2},{\"a\":1,\"a\":2},\n{\"a\":3}]",
	    "1:a\n1:#1\n1:!INVALID\n1:!INVALID\n2:#3\n");
	/* What is no JSON ends it, with one line. */
	json_is("[{\"a\":1},\n{\"a\":", "1:a\n1:#1\n2:!INVALID\n");
	json_is("[{\"a\":{}}]", "1:!INVALID\n");
	json_is("[{\"a\":\"\\ud800x\"}]", "1:!INVALID\n");
	json_is("[1]", "1:!INVALID\n");
	json_is("[{\"a\":1}] x", "1:a\n1:#1\n1:!INVALID\n");
	json_is("[{\"a\":1}", "1:a\n1:#1\n1:!INVALID\n");
	assert_non_null(wide);
	memset(wide, 'x', 10 << 20);
	memcpy(wide, "[{\"a\":\"", 7);
	(void)strcpy(wide + (10 << 20) - 16, "\"},{\"a\":\"y\"}]");
	json_is(wide, "1:a\n1:!TOO_LONG\n1:y\n");
	free(wide);
}

static void
other_alphabets(void **state)
{
	static const char	text[] = "name\nCaf\xe9 \x80\xff\n";
	struct csv		csv;
	int			fd = file_with(text, sizeof(text) - 1);

	(void)state;
	csv_init(&csv, fd);
	csv.latin1 = true;
	assert_int_equal(csv_next(&csv), 1);
	assert_int_equal(csv_next(&csv), 1);
	assert_string_equal(csv.field[0], "Caf\xc3\xa9 \xe2\x82\xac\xc3\xbf");
	csv_done(&csv);
	(void)close(fd);
	fd = file_with("\xff\xfe" "n\0a\0", 6);
	csv_init(&csv, fd);
	assert_int_equal(csv_next(&csv), ERR_INVALID);
	assert_int_equal(csv_next(&csv), 0);
	csv_done(&csv);
	(void)close(fd);
}

static void
semicolons_are_found(void **state)
{
	struct csv	csv;
	int		fd = file_with("a;b,c;d\n", 8);

	(void)state;
	csv_init(&csv, fd);
	assert_int_equal(csv_next(&csv), 1);
	assert_int_equal(csv.nfields, 3);
	assert_string_equal(csv.field[1], "b,c");
	csv_done(&csv);
	(void)close(fd);
}

/* Each fault has its line, and reading goes on after it. */
static void
faults_are_named_and_passed(void **state)
{
	static const char	head[] = "a,b\n\"x\"y,1\nz,";
	struct buf		text = { 0 };
	struct csv		csv;
	int			fd;

	(void)state;
	buf_str(&text, head);
	for (int i = 0; i < 10000; i++) {
		buf_chr(&text, 'm');
	}
	buf_str(&text, "\nok,2\nnul,");
	buf_add(&text, "", 1);
	buf_str(&text, "\n\"open,3\n");
	fd = file_with(text.data, text.len);
	csv_init(&csv, fd);
	assert_int_equal(csv_next(&csv), 1);
	assert_int_equal(csv_next(&csv), ERR_INVALID);
	assert_int_equal(csv.line, 2);
	assert_int_equal(csv_next(&csv), ERR_TOO_LONG);
	assert_int_equal(csv.line, 3);
	assert_int_equal(csv_next(&csv), 1);
	assert_string_equal(csv.field[0], "ok");
	assert_int_equal(csv_next(&csv), ERR_INVALID);
	assert_int_equal(csv_next(&csv), ERR_INVALID);	/* never closed */
	assert_int_equal(csv.line, 6);
	assert_int_equal(csv_next(&csv), 0);
	csv_done(&csv);
	(void)close(fd);
	buf_done(&text);
}

static void
fields_come_back(void **state)
{
	static const char *const	texts[] = { "plain", "a,b", "q\"q",
		"two\nlines", "", " space", "=1+1", "é€" };
	struct buf			out = { 0 };
	struct csv			csv;
	int				fd;

	(void)state;
	for (size_t i = 0; i < NELEM(texts); i++) {
		csv_field(&out, texts[i], i + 1 == NELEM(texts));
	}
	fd = file_with(out.data, out.len);
	csv_init(&csv, fd);
	assert_int_equal(csv_next(&csv), 1);
	assert_int_equal(csv.nfields, NELEM(texts));
	for (size_t i = 0; i < NELEM(texts); i++) {
		assert_string_equal(csv.field[i], texts[i]);
	}
	csv_done(&csv);
	(void)close(fd);
	buf_done(&out);
}

/* What a customer may be called, and what his telephone is. */
static void
nothing_runs_in_a_spreadsheet(void **state)
{
	static const char *const	run[] = { "=HYPERLINK(\"x\")",
		"@SUM(A1)", "-2+3+cmd|' /C calc'!A0", "+cmd|x", "'=1", "\t=1" };
	static const char *const	plain[] = { "+33612345678", "-12.50",
		"-10 %", "'t Hof", "-", "a=b" };
	struct buf			out = { 0 };
	struct csv			csv;
	int				fd;

	(void)state;
	for (size_t i = 0; i < NELEM(run); i++) {
		buf_clear(&out);
		csv_field(&out, run[i], true);
		assert_memory_equal(buf_text(&out), "\"'", 2);
		fd = file_with(out.data, out.len);
		csv_init(&csv, fd);
		assert_int_equal(csv_next(&csv), 1);
		assert_string_equal(csv.field[0], run[i]);
		csv_done(&csv);
		(void)close(fd);
	}
	for (size_t i = 0; i < NELEM(plain); i++) {
		buf_clear(&out);
		csv_field(&out, plain[i], true);
		assert_memory_equal(buf_text(&out), plain[i],
		    strlen(plain[i]));
	}
	buf_done(&out);
}

static void
json_is_quoted(void **state)
{
	struct buf	out = { 0 };
	struct json	j = { .out = &out };

	(void)state;
	json_array(&j);
	json_object(&j);
	json_key(&j, "a\"b");
	json_text(&j, "x\\y\n\x01\xff" "é");
	json_key(&j, "n");
	json_i64(&j, INT64_MIN);
	json_key(&j, "none");
	json_text(&j, NULL);
	json_end_object(&j);
	json_bool(&j, true);
	json_array(&j);
	json_end_array(&j);
	json_end_array(&j);
	assert_string_equal(buf_text(&out),
	    "[{\"a\\\"b\":\"x\\\\y\\n\\u0001\xef\xbf\xbd" "é\","
	    "\"n\":-9223372036854775808,\"none\":null},true,[]]");
	buf_done(&out);
}

/* What out_end() writes to the standard output, in one format. */
static char *
shown(enum out_format format, bool single)
{
	static const struct out_column	columns[] = {
		{ "name", "name", VALUE_TEXT },
		{ "price", "price", VALUE_MONEY },
		{ "qty", "qty", VALUE_QTY },
		{ "at", "at", VALUE_TIME },
		{ "on", "on", VALUE_BOOL },
	};
	struct money_style	style;
	struct out		o = { .format = format, .money = &style };
	char			*text;
	struct buf		 got = { 0 };
	int			 fd = memfd_create("out", MFD_CLOEXEC);
	int			 saved = dup(STDOUT_FILENO);

	assert_int_equal(money_style_set(&style, "EUR", "FR"), 0);
	out_begin(&o, columns, NELEM(columns), single);
	out_text(&o, "Café, crème");
	out_int(&o, -123456);
	out_int(&o, 350);
	out_int(&o, 1795177815000);
	out_int(&o, 1);
	(void)fflush(stdout);
	assert_true(dup2(fd, STDOUT_FILENO) >= 0);
	assert_int_equal(out_end(&o), 0);
	assert_true(dup2(saved, STDOUT_FILENO) >= 0);
	(void)close(saved);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(io_read_all(fd, 65536, &got), 0);
	(void)close(fd);
	text = buf_take(&got);
	return text;
}

static void
one_list_three_formats(void **state)
{
	char	*text;

	(void)state;
	text = shown(OUT_CSV, false);
	assert_string_equal(text, "name,price,qty,at,on\r\n"
	    "\"Café, crème\",-1234.56,0.350,2026-11-20T12:30:15.000Z,1\r\n");
	free(text);
	text = shown(OUT_JSON, false);
	assert_string_equal(text, "[{\"name\":\"Café, crème\","
	    "\"price\":-123456,\"qty\":350,"
	    "\"at\":\"2026-11-20T12:30:15.000Z\",\"on\":true,"
	    "\"currency\":\"EUR\"}]\n");
	free(text);
	text = shown(OUT_JSON, true);
	assert_true(text[0] == '{');
	free(text);
	text = shown(OUT_TABLE, false);
	assert_string_equal(text,
	    "name             price    qty  at                   on\n"
	    "Café, crème  -1\xc2\xa0" "234,56  0,350  "
	    "2026-11-20 12:30:15  yes\n");
	free(text);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(reads_quotes_and_lines),
		cmocka_unit_test(json_reads_like_csv),
		cmocka_unit_test(other_alphabets),
		cmocka_unit_test(semicolons_are_found),
		cmocka_unit_test(faults_are_named_and_passed),
		cmocka_unit_test(fields_come_back),
		cmocka_unit_test(nothing_runs_in_a_spreadsheet),
		cmocka_unit_test(json_is_quoted),
		cmocka_unit_test(one_list_three_formats),
	};

	(void)setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
