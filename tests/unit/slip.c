/* SPDX-License-Identifier: ISC */
/* Slips: what the calls store, and what is read back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shop/slip.h"

static void
test_stored(void **state)
{
	const int		 widths[] = { 0, 9, 8 };
	const char *const	 cells[] = { "A 20 %", "10,00", "2,00" };
	const unsigned char	 logo[] = { 0xff, 0x00, 0xaa, 0x55 };
	struct slip		 s = { 0 };

	(void)state;
	slip_text(&s, SLIP_CENTRE, SLIP_BOLD | SLIP_WIDE | SLIP_HIGH, "TOTAL");
	slip_fmt(&s, SLIP_LEFT, 0, "%d %s", 2, "Café");
	slip_text(&s, SLIP_LEFT, SLIP_REVERSE, "5");
	slip_columns(&s, SLIP_SMALL, "2 Café crème", "7,00 B");
	slip_row(&s, 0, 3, widths, cells);
	slip_rule(&s, '=');
	slip_feed(&s, 2);
	assert_int_equal(slip_ean13(&s, "4006381333931"), 0);
	assert_int_equal(slip_code128(&s, "T1-17"), 0);
	assert_int_equal(slip_qr(&s, 6, 'M', "https://x.fr"), 0);
	assert_int_equal(slip_logo(&s, 16, 2, logo), 0);
	slip_cut(&s, false);
	slip_drawer(&s, 2, 0, 0);
	slip_buzz(&s, 2, 300);
	assert_string_equal(slip_stored(&s),
	    "slip 1\n"
	    "text c bwh TOTAL\n"
	    "text l - 2 Café\n"
	    "text l x 5\n"
	    "cols s 2 Café crème\t7,00 B\n"
	    "row - 0,9,8 A 20 %\t10,00\t2,00\n"
	    "rule =\n"
	    "feed 2\n"
	    "ean13 4006381333931\n"
	    "code128 T1-17\n"
	    "qr 6 M https://x.fr\n"
	    "logo 16 2 ff00aa55\n"
	    "cut part\n"
	    "drawer 2 120 240\n"
	    "buzz 2 300\n");
	slip_done(&s);
	assert_string_equal(slip_stored(&s), "slip 1\n");
	slip_done(&s);
}

/* Nothing a label holds can start another line or another cell. */
static void
test_hostile_text(void **state)
{
	struct slip	s = { 0 };

	(void)state;
	slip_text(&s, SLIP_LEFT, 0, "a\ncut full\n\x1b" "p\xff" "z");
	slip_columns(&s, 0, "left\tmore", "ri\tght");
	assert_string_equal(slip_stored(&s),
	    "slip 1\ntext l - acut fullpz\ncols - leftmore\tright\n");
	slip_done(&s);
}

static void
test_read_back(void **state)
{
	struct slip_reader	 r = { .at =
	    "slip 1\n"
	    "text r bu  two  blanks \n"
	    "row x 0,9 A\t1,00\n"
	    "logo 16 2 ff00aa55\n"
	    "drawer 5 100 200\n"
	    "qr 3 Q a b c" };
	struct slip_op		 op;

	(void)state;
	assert_int_equal(slip_read(&r, &op), 1);
	assert_int_equal(op.kind, SLIP_OP_TEXT);
	assert_int_equal(op.align, SLIP_RIGHT);
	assert_int_equal(op.style, SLIP_BOLD | SLIP_UNDERLINE);
	assert_string_equal(op.cell[0], " two  blanks ");
	assert_int_equal(slip_read(&r, &op), 1);
	assert_int_equal(op.kind, SLIP_OP_ROW);
	assert_int_equal(op.ncell, 2);
	assert_int_equal(op.width[1], 9);
	assert_string_equal(op.cell[1], "1,00");
	assert_int_equal(slip_read(&r, &op), 1);
	assert_int_equal(op.len, 4);
	assert_memory_equal(op.data, "\xff\x00\xaa\x55", 4);
	assert_int_equal(slip_read(&r, &op), 1);
	assert_int_equal(op.n[0], 5);
	assert_int_equal(op.n[2], 200);
	assert_int_equal(slip_read(&r, &op), 1);
	assert_int_equal(op.sign, 'Q');
	assert_string_equal(op.cell[0], "a b c");
	assert_int_equal(slip_read(&r, &op), 0);
	assert_int_equal(slip_read(&r, &op), 0);
	slip_read_done(&r);
}

static void
test_damaged(void **state)
{
	static const char *const	bad[] = {
		"", "slip 2\ntext l - x\n", "slip 1\nnonsense\n",
		"slip 1\ntext q - x\n", "slip 1\ntext l z x\n",
		"slip 1\ntext l\n", "slip 1\ncols - only left\n",
		"slip 1\ncols - a\tb\tc\n", "slip 1\nrow - 0,9 a\n",
		"slip 1\nrow - 0,1000 a\tb\n",
		"slip 1\nrow - 1,1,1,1,1,1,1 a\tb\tc\td\te\tf\tg\n",
		"slip 1\nrule --\n", "slip 1\nrule\n", "slip 1\nfeed 0\n",
		"slip 1\nfeed 51\n", "slip 1\nean13 4006381333930\n",
		"slip 1\nean13 400638133393\n", "slip 1\ncode128 é\n",
		"slip 1\nqr 6 Z x\n", "slip 1\nqr 6 M \n",
		"slip 1\nlogo 16 2 ff00aa5\n", "slip 1\nlogo 16 2 ff00aaxy\n",
		"slip 1\nlogo 9999 2 00\n", "slip 1\ncut maybe\n",
		"slip 1\ndrawer 2 120\n", "slip 1\nbuzz 2 -1\n",
	};

	(void)state;
	for (size_t i = 0; i < NELEM(bad); i++) {
		struct slip_reader	r = { .at = bad[i] };
		struct slip_op		op;

		if (slip_read(&r, &op) != ERR_INVALID) {
			fail_msg("taken: %s", bad[i]);
		}
		slip_read_done(&r);
	}
}

static void
test_refused(void **state)
{
	struct slip		s = { 0 };
	char			long_text[SLIP_QR + 2];
	const unsigned char	row[1] = { 0 };

	(void)state;
	memset(long_text, 'x', sizeof(long_text) - 1);
	long_text[sizeof(long_text) - 1] = '\0';
	assert_int_equal(slip_ean13(&s, "4006381333930"), ERR_INVALID);
	assert_int_equal(slip_ean13(&s, "12"), ERR_INVALID);
	assert_int_equal(slip_code128(&s, ""), ERR_INVALID);
	assert_int_equal(slip_code128(&s, "é"), ERR_INVALID);
	assert_int_equal(slip_qr(&s, 6, 'M', long_text), ERR_INVALID);
	assert_int_equal(slip_qr(&s, 6, 'M', "a\nb"), ERR_INVALID);
	assert_int_equal(slip_logo(&s, 0, 1, row), ERR_INVALID);
	assert_string_equal(slip_stored(&s), "slip 1\n");
	/* What can be bounded is: a sale must not fail for it. */
	slip_feed(&s, 1000);
	slip_buzz(&s, 0, 50);
	slip_drawer(&s, 7, 9999, 1);
	slip_rule(&s, '\n');
	assert_string_equal(slip_stored(&s), "slip 1\nfeed 50\n"
	    "buzz 1 100\ndrawer 2 510 2\nrule -\n");
	slip_done(&s);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(test_stored),
		cmocka_unit_test(test_hostile_text),
		cmocka_unit_test(test_read_back),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
