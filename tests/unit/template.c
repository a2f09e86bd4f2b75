/* SPDX-License-Identifier: ISC */
/* Templates of papers: what each line makes, and what is no template. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "shop/slip.h"
#include "shop/template.h"

static struct paper	*p;

static int
setup(void **state)
{
	struct paper	*row;

	(void)state;
	p = paper_new();
	paper_set(p, "company", "Brasserie du Port");
	paper_set(p, "address", "1 quai de la Gare\n75013 Paris");
	paper_set(p, "none", "");
	paper_fmt(p, "total", "%d,%02d", 49, 90);
	row = paper_row(p, "lines");
	paper_set(row, "label", "2 Café {crème}");
	paper_set(row, "amount", "7,00");
	paper_set(row, "note", "sans sucre");
	row = paper_row(p, "lines");
	paper_set(row, "label", "1 Thé");
	paper_set(row, "amount", "4,00");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	paper_free(p);
	return 0;
}

static void
makes(const char *template, const char *stored)
{
	struct slip	s = { 0 };

	if (template_render(template, p, &s) != 0) {
		fail_msg("%s", err_text(ERR_INVALID));
	}
	assert_true(str_starts(slip_stored(&s), "slip 1\n"));
	assert_string_equal(slip_stored(&s) + 7, stored);
	slip_done(&s);
}

static void
is_bad(const char *template, int at)
{
	int	line;

	assert_int_equal(template_check(template, &line), ERR_INVALID);
	assert_int_equal(line, at);
}

static void
text_and_marks(void **state)
{
	(void)state;
	makes("^*{company}\n", "text c b Brasserie du Port\n");
	makes("^{address}\n% nobody sees this\n",
	    "text c - 1 quai de la Gare\ntext c - 75013 Paris\n");
	makes("<+=THE END", "text r wh THE END\n");
	makes("\\*not bold\\{\\}\n", "text l - *not bold{}\n");
	makes("\n---\n====\n", "feed 1\nrule -\nrule =\n");
	makes("{company}\r\n", "text l - Brasserie du Port\n");
}

static void
a_line_of_empty_fields_is_left_out(void **state)
{
	(void)state;
	makes("{none}\n{none} >> {unknown}\n| {none} | {none}:8\n"
	    "x {none}\ny{none} {total}\n",
	    "text l - y 49,90\n");
}

static void
columns_and_rows(void **state)
{
	(void)state;
	makes("*TOTAL   >>  {total} €\n", "cols b TOTAL\t49,90 €\n");
	makes("| {company} | {total}:8 | x:7\n",
	    "row - 0,8,7 Brasserie du Port\t49,90\tx\n");
	makes("| a:b | {total}:8\n", "row - 0,8 a:b\t49,90\n");
}

/* What a field holds is never read as template. */
static void
lists_and_conditions(void **state)
{
	(void)state;
	makes("{each lines}\n{label} >> {amount}\n    {note}\n{end}\n.\n",
	    "cols - 2 Café {crème}\t7,00\ntext l -     sans sucre\n"
	    "cols - 1 Thé\t4,00\ntext l - .\n");
	makes("{each nothing}\nx\n{end}\ny", "text l - y\n");
	makes("{if none}\na\n{else}\nb\n{end}\n{if not none}\nc\n{end}\n"
	    "{if lines}\nd\n{else}\ne\n{end}\n",
	    "text l - b\ntext l - c\ntext l - d\n");
	makes("{each lines}\n{if note}\nN {company}\n{else}\n-\n{end}\n{end}\n",
	    "text l - N Brasserie du Port\ntext l - -\n");
	makes("{if none}\n{each lines}\n{if note}\n{else}\n{end}\n{end}\n"
	    "{else}\nz\n{end}\n", "text l - z\n");
}

static void
codes_and_logo(void **state)
{
	const unsigned char	dots[] = { 0xff, 0x00 };

	(void)state;
	makes("{logo}\n{qr none}\n", "");
	paper_logo(p, 8, 2, dots);
	paper_set(p, "ean", "4006381333931");
	paper_set(p, "ticket", "1-000017");
	makes("{logo}\n{barcode ean}\n{barcode ticket}\n{qr ticket}\n",
	    "logo 8 2 ff00\nean13 4006381333931\ncode128 1-000017\n"
	    "qr 5 M 1-000017\n");
}

static void
what_is_no_template(void **state)
{
	(void)state;
	is_bad("a\n{company\n", 2);
	is_bad("a}\n", 1);
	is_bad("{Company}\n", 1);
	is_bad("{}\n", 1);
	is_bad("{each lines}\nx\n", 2);
	is_bad("x\n{end}\n", 2);
	is_bad("{else}\n", 1);
	is_bad("{if a}\n{else}\n{else}\n{end}\n", 3);
	is_bad("{each LINES}\n{end}\n", 1);
	is_bad("| a | b\n", 1);
	is_bad("|a|b:1|c:1|d:1|e:1|f:1|g:1\n", 1);
	is_bad("{if a}\n{if a}\n{if a}\n{if a}\n{if a}\n{if a}\n{if a}\n"
	    "{if a}\n{if a}\n", 9);
}

#define T(name)	cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(text_and_marks),
		T(a_line_of_empty_fields_is_left_out),
		T(columns_and_rows),
		T(lists_and_conditions),
		T(codes_and_logo),
		T(what_is_no_template),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
