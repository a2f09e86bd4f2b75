/* SPDX-License-Identifier: ISC */
/* Printer languages, byte for byte: cases G of the trade, and a recorded
 * transcript per driver (RECORD=1 writes them anew). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drivers/bars.h"
#include "drivers/driver.h"

/* The bytes of a rendering as "1B 40 0A". */
static const char *
hex(const struct buf *b)
{
	static char	text[16384];
	size_t		at = 0;

	text[0] = '\0';
	for (size_t i = 0; i < b->len && at + 4 < sizeof(text); i++) {
		at += (size_t)snprintf(text + at, sizeof(text) - at, "%s%02X",
		    i == 0 ? "" : " ", (unsigned char)b->data[i]);
	}
	return text;
}

/* A printer and a slip in, bytes after the initialisation out. */
static void
render(const char *name, struct slip *s, struct buf *out)
{
	struct driver_setup	setup;
	char			driver[32], model[32];

	driver_split(name, driver, model);
	assert_int_equal(driver_find(driver, model, 0, "", &setup), 0);
	buf_clear(out);
	assert_int_equal(driver_render(&setup, slip_stored(s), out), 0);
	slip_done(s);
}

static void
expect(const char *name, struct slip *s, const char *want)
{
	struct buf	out = { 0 };

	render(name, s, &out);
	assert_string_equal(hex(&out), want);
	buf_done(&out);
}

/* What one call of a driver says, outside of any job. */
static void
begin(struct device *dev, struct driver_setup *setup, struct buf *out,
    const char *driver, const char *model)
{
	assert_int_equal(driver_find(driver, model, 0, "", setup), 0);
	*dev = (struct device){ .setup = setup, .out = out, .page = 0 };
}

static void
test_g01_text(void **state)
{
	struct slip	s = { 0 };

	(void)state;
	slip_text(&s, SLIP_LEFT, 0, "Café 3,50 €");
	expect("escpos/tm-t88", &s, "1B 40 1B 74 13 43 61 66 82 20 33 2C 35 "
	    "30 20 D5 0A");
}

static void
test_g03_styles(void **state)
{
	unsigned		style = SLIP_BOLD | SLIP_WIDE | SLIP_HIGH;
	struct driver_setup	setup;
	struct device		dev;
	struct buf		out = { 0 };
	struct slip		s = { 0 };

	(void)state;
	begin(&dev, &setup, &out, "escpos", "tm-t88");
	setup.driver->align(&dev, SLIP_CENTRE);
	setup.driver->style(&dev, style, true);
	dev_text(&dev, "TOTAL");
	setup.driver->style(&dev, style, false);
	setup.driver->align(&dev, SLIP_LEFT);
	assert_string_equal(hex(&out), "1B 61 01 1B 45 01 1D 21 11 "
	    "54 4F 54 41 4C 1D 21 00 1B 45 00 1B 61 00");
	buf_done(&out);

	/* In a job the line is ended before the alignment changes, for a
	 * printer takes that only at the start of one. */
	slip_text(&s, SLIP_CENTRE, style, "TOTAL");
	expect("escpos/tm-t88", &s, "1B 40 1B 74 13 1B 61 01 1B 45 01 "
	    "1D 21 11 54 4F 54 41 4C 1D 21 00 1B 45 00 0A 1B 61 00");
}

static void
test_g04_cut_and_drawer(void **state)
{
	struct slip	s = { 0 };

	(void)state;
	slip_cut(&s, false);
	slip_drawer(&s, 2, 120, 240);
	expect("escpos/tm-t88", &s, "1B 40 1D 56 42 03 1B 70 00 3C 78");
	slip_cut(&s, true);
	slip_drawer(&s, 5, 50, 500);
	expect("escpos/tm-t88", &s, "1B 40 1D 56 41 03 1B 70 01 19 FA");
}

static void
test_g05_ean13(void **state)
{
	struct slip	s = { 0 };

	(void)state;
	assert_int_equal(slip_ean13(&s, "4006381333931"), 0);
	expect("escpos/generic-58", &s, "1B 40 1B 61 01 1D 77 02 1D 68 50 "
	    "1D 48 02 1D 6B 02 34 30 30 36 33 38 31 33 33 33 39 33 00 "
	    "1B 61 00");
	assert_int_equal(slip_ean13(&s, "4006381333931"), 0);
	expect("escpos/tm-t88", &s, "1B 40 1B 61 01 1D 77 03 1D 68 50 "
	    "1D 48 02 1D 6B 43 0D 34 30 30 36 33 38 31 33 33 33 39 33 31 "
	    "1B 61 00");
	/* No bar codes here: the digits. */
	assert_int_equal(slip_ean13(&s, "4006381333931"), 0);
	expect("escpos/tm-u220", &s, "1B 40 1B 61 01 1B 74 13 34 30 30 36 "
	    "33 38 31 33 33 33 39 33 31 0A 1B 61 00");
}

static void
test_g07_qr(void **state)
{
	struct slip	s = { 0 };

	(void)state;
	assert_int_equal(slip_qr(&s, 6, 'M', "https://x.fr"), 0);
	expect("escpos/tm-t88", &s, "1B 40 1B 61 01 "
	    "1D 28 6B 04 00 31 41 32 00 1D 28 6B 03 00 31 43 06 "
	    "1D 28 6B 03 00 31 45 31 1D 28 6B 0F 00 31 50 30 68 74 74 70 73 "
	    "3A 2F 2F 78 2E 66 72 1D 28 6B 03 00 31 51 30 1B 61 00");
}

static void
test_g08_logo(void **state)
{
	const unsigned char	 rows[] = { 0xff, 0x00, 0xaa, 0x55 };
	unsigned char		*tall = calloc(300, 2);
	struct slip		 s = { 0 };
	struct buf		 out = { 0 };

	(void)state;
	assert_int_equal(slip_logo(&s, 16, 2, rows), 0);
	expect("escpos/tm-t88", &s, "1B 40 1B 61 01 "
	    "1D 76 30 00 02 00 02 00 FF 00 AA 55 1B 61 00");
	/* 300 rows are two bands of a printer that holds 256. */
	assert_non_null(tall);
	assert_int_equal(slip_logo(&s, 16, 300, tall), 0);
	render("escpos/tm-t88", &s, &out);
	assert_memory_equal(out.data + 5, "\x1dv0\0\2\0\0\1", 8);
	assert_memory_equal(out.data + 5 + 8 + 512, "\x1dv0\0\2\0\x2c\0", 8);
	assert_int_equal(out.len, 5 + 8 + 512 + 8 + 88 + 3);
	buf_done(&out);
	free(tall);
}

static void
columns_at(int columns, const char *left, const char *right, const char *want)
{
	struct driver_setup	setup;
	struct slip		s = { 0 };
	struct buf		out = { 0 };

	slip_columns(&s, 0, left, right);
	assert_int_equal(driver_find("text", "", columns, "utf8", &setup), 0);
	assert_int_equal(driver_render(&setup, slip_stored(&s), &out), 0);
	assert_string_equal(buf_text(&out), want);
	slip_done(&s);
	buf_done(&out);
}

static void
test_g10_columns(void **state)
{
	const char	*item = "2 Entrecôte sauce au poivre vert";

	(void)state;
	columns_at(42, item, "37,00 B",
	    "2 Entrecôte sauce au poivre vert   37,00 B\n");
	columns_at(48, item, "37,00 B",
	    "2 Entrecôte sauce au poivre vert         37,00 B\n");
	columns_at(32, item, "37,00 B",
	    "2 Entrecôte sauce au poi 37,00 B\n");
	/* The amount is never cut, even where there is no place for both. */
	columns_at(16, item, "1 234 567,89 EUR",
	    "2 Entrecôte\nsauce au poivre\nvert\n1 234 567,89 EUR\n");
	columns_at(20, item, "", "2 Entrecôte sauce au\n");
}

/* Widths are counted after what the printer cannot show was replaced. */
static void
test_g10_transliterated(void **state)
{
	struct driver_setup	setup;
	struct slip		s = { 0 };
	struct buf		out = { 0 };

	(void)state;
	slip_columns(&s, 0, "Œufs cocotte, bœuf en gelée du chef", "12,00 €");
	assert_int_equal(driver_find("escpos", "cp850", 0, "", &setup), 0);
	assert_int_equal(driver_render(&setup, slip_stored(&s), &out), 0);
	assert_string_equal(buf_text(&out),
	    "\x1b@\x1bt\x02OEufs cocotte, boeuf en gel\x82" "e du 12,00 EUR\n");
	assert_int_equal(out.len, 5 + 42 + 1);
	slip_done(&s);
	buf_done(&out);
}

static void
test_g11_star(void **state)
{
	struct driver_setup	setup;
	struct device		dev;
	struct buf		out = { 0 };
	struct slip		s = { 0 };

	(void)state;
	slip_cut(&s, true);
	slip_drawer(&s, 2, 200, 200);
	expect("star/tsp100", &s, "1B 40 18 1B 64 00 1B 07 14 14 07");
	begin(&dev, &setup, &out, "star", "tsp100");
	setup.driver->style(&dev, SLIP_BOLD, true);
	setup.driver->style(&dev, SLIP_BOLD, false);
	assert_string_equal(hex(&out), "1B 45 1B 46");
	buf_done(&out);
	slip_text(&s, SLIP_LEFT, SLIP_BOLD, "A");
	expect("star/tsp100", &s, "1B 40 18 1B 1D 74 04 1B 45 41 1B 46 0A");
}

static void
test_g12_kitchen(void **state)
{
	struct slip	s = { 0 };

	(void)state;
	slip_text(&s, SLIP_LEFT, SLIP_RED, "ANNULE");
	slip_buzz(&s, 2, 300);
	expect("escpos/kitchen", &s, "1B 40 1B 74 13 "
	    "1B 72 01 41 4E 4E 55 4C 45 1B 72 00 0A 1B 42 02 03");
	slip_buzz(&s, 2, 300);
	expect("escpos/tm-t20", &s, "1B 40 1B 28 41 04 00 30 01 02 03");
	/* No ribbon, no bell: nothing but the word. */
	slip_text(&s, SLIP_LEFT, SLIP_RED, "A");
	expect("escpos/generic-58", &s, "1B 40 1B 74 13 41 0A");
}

/* A glyph of another page of the model is taken from there, else replaced. */
static void
test_pages(void **state)
{
	struct slip	s = { 0 };

	(void)state;
	slip_text(&s, SLIP_LEFT, 0, "œ é π");
	expect("escpos/tm-t88", &s, "1B 40 1B 74 13 1B 74 10 9C 20 E9 20 "
	    "1B 74 00 E3 0A");
	slip_text(&s, SLIP_LEFT, 0, "5 € œ");
	expect("escpos/cp850", &s, "1B 40 1B 74 02 35 20 45 55 52 20 6F 65 0A");
}

static void
test_charset_forced(void **state)
{
	struct driver_setup	setup;
	struct slip		s = { 0 };
	struct buf		out = { 0 };

	(void)state;
	slip_text(&s, SLIP_LEFT, 0, "é€");
	assert_int_equal(driver_find("escpos", "tm-t88", 0, "latin9", &setup),
	    0);
	assert_int_equal(driver_render(&setup, slip_stored(&s), &out), 0);
	assert_string_equal(hex(&out), "1B 40 1B 74 28 E9 A4 0A");
	buf_clear(&out);
	assert_int_equal(driver_find("escpos", "tm-t88", 0, "ascii", &setup),
	    0);
	assert_int_equal(driver_render(&setup, slip_stored(&s), &out), 0);
	assert_string_equal(hex(&out), "1B 40 65 45 55 52 0A");
	buf_clear(&out);
	assert_int_equal(driver_find("text", "", 0, "latin1", &setup), 0);
	assert_int_equal(driver_render(&setup, slip_stored(&s), &out), 0);
	assert_string_equal(hex(&out), "E9 45 55 52 0A");
	slip_done(&s);
	buf_done(&out);
}

static void
preview_is(struct slip *s, int columns, const char *want)
{
	struct buf	out = { 0 };

	assert_int_equal(driver_preview(slip_stored(s), columns, &out), 0);
	assert_string_equal(buf_text(&out), want);
	slip_done(s);
	buf_done(&out);
}

static void
test_wrapping(void **state)
{
	struct slip	s = { 0 };

	(void)state;
	slip_text(&s, SLIP_CENTRE, 0, "Prix nets, service compris");
	slip_text(&s, SLIP_RIGHT, 0, "Merci");
	slip_text(&s, SLIP_LEFT, 0, "Donaudampfschifffahrtsgesellschaft");
	slip_text(&s, SLIP_LEFT, 0, "");
	slip_rule(&s, '=');
	preview_is(&s, 16, "   Prix nets,\nservice compris\n"
	    "           Merci\nDonaudampfschiff\nfahrtsgesellscha\nft\n\n"
	    "================\n");
}

static void
test_rows(void **state)
{
	const int		 widths[] = { 0, 9, 8, 9 };
	const char *const	 cells[] = { "A 20 %", "10,00", "2,00",
	    "12,00" };
	const char *const	 big[] = { "B 5,5 %", "1 000 000,00",
	    "55 000,00", "1 055 000,00" };
	struct slip		 s = { 0 };

	(void)state;
	slip_row(&s, 0, 4, widths, cells);
	preview_is(&s, 42, "A 20 %            10,00     2,00     12,00\n");
	slip_row(&s, 0, 4, widths, cells);
	/* Three columns would not say which rate it is. */
	preview_is(&s, 32, "A 20 %\n        10,00     2,00     12,00\n");
	slip_row(&s, 0, 4, widths, big);
	preview_is(&s, 32,
	    "B 5,5 % 1 000 000,00 55 000,00\n1 055 000,00\n");
}

static void
test_code128(void **state)
{
	struct slip	s = { 0 };

	(void)state;
	assert_int_equal(slip_code128(&s, "A{1"), 0);
	expect("escpos/tm-t88", &s, "1B 40 1B 61 01 1D 77 03 1D 68 50 "
	    "1D 48 02 1D 6B 49 06 7B 42 41 7B 7B 31 1B 61 00");
	assert_int_equal(slip_code128(&s, "012345"), 0);
	expect("escpos/tm-t88", &s, "1B 40 1B 61 01 1D 77 03 1D 68 50 "
	    "1D 48 02 1D 6B 49 05 7B 43 01 17 2D 1B 61 00");
	/* Too wide for the paper: said in text. */
	assert_int_equal(slip_code128(&s,
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJ"), 0);
	expect("star/mpop", &s, "1B 40 18 1B 1D 61 01 1B 1D 74 04 41 42 43 44 "
	    "45 46 47 48 49 4A 4B 4C 4D 4E 4F 50 51 52 53 54 55 56 57 58 59 "
	    "5A 41 42 43 44 45 46 0A 47 48 49 4A 0A 1B 1D 61 00");
}

static void
test_unknown(void **state)
{
	struct driver_setup	setup;
	struct buf		out = { 0 };

	(void)state;
	assert_int_equal(driver_find("epson", "", 0, "", &setup),
	    ERR_NOT_FOUND);
	assert_string_equal(err_text(ERR_NOT_FOUND),
	    "no printer driver is called epson; there are: escpos star text "
	    "pdf");
	assert_int_equal(driver_find("star", "tm", 0, "", &setup),
	    ERR_NOT_FOUND);
	assert_int_equal(driver_find("star", "", 8, "", &setup), ERR_RANGE);
	assert_int_equal(driver_find("star", "", 0, "latin9", &setup),
	    ERR_INVALID);
	assert_int_equal(driver_preview("not a slip", 42, &out), ERR_INVALID);
	buf_done(&out);
}

/* A sheet from its third label on: where that one begins, how many pages. */
static void
test_sheet(void **state)
{
	const struct slip_sheet	sheet = { 3, 8, 700, 370, 0, 5, 0, 0, 2 };
	struct slip_sheet	none = { 3, 8, 700, 370, 0, 5, 0, 0, 24 };
	struct buf		out = { 0 };
	struct slip		s = { 0 };

	(void)state;
	assert_int_equal(slip_sheet(&s, &none), ERR_RANGE);
	none.skip = none.width = 0;
	assert_int_equal(slip_sheet(&s, &none), ERR_RANGE);
	assert_int_equal(slip_sheet(&s, &sheet), 0);
	for (int i = 0; i < 23; i++) {
		slip_text(&s, SLIP_LEFT, 0, "Thé (vert)");
		slip_text(&s, SLIP_RIGHT, SLIP_WIDE | SLIP_HIGH, "4,50 €");
		slip_cut(&s, false);
	}
	render("pdf/a4", &s, &out);
	assert_non_null(strstr(buf_text(&out), "/Count 2 "));
	/* two labels of 70 mm and 2.5 mm inside: 142.5 mm are 403.93 points */
	assert_non_null(strstr(buf_text(&out),
	    " 403.93 824.40 Td (Th\\351 \\(vert\\)) Tj"));
	/* elsewhere a sheet is a roll */
	assert_int_equal(slip_sheet(&s, &sheet), 0);
	slip_text(&s, SLIP_LEFT, 0, "a");
	expect("text/plain", &s, "61 0A");
	buf_done(&out);
}

/* Widths of bars and spaces as they stand in the standards. */
static void
test_bars(void **state)
{
	struct buf	out = { 0 };
	int		modules, quiet;

	(void)state;
	bars_ean13("4003994155486", &out, &modules, &quiet);
	assert_string_equal(buf_text(&out), "111" "3211" "1123" "1411" "3112"
	    "2113" "2311" "11111" "2221" "1231" "1231" "1132" "1213" "1114"
	    "111");
	assert_int_equal(modules, 95 + 2 * quiet);
	buf_clear(&out);
	/* start B, seven letters, 879 mod 103 = 55, stop */
	bars_code128("PJJ123C", &out, &modules, &quiet);
	assert_string_equal(buf_text(&out), "211214" "313121" "112133"
	    "112133" "123221" "223211" "221132" "131321" "311321" "2331112");
	assert_int_equal(modules, 11 * 9 + 13 + 2 * quiet);
	buf_clear(&out);
	/* four digits are two symbols of set C; an odd one goes back to B */
	bars_code128("12345", &out, &modules, &quiet);
	assert_int_equal(modules, 11 * 6 + 13 + 2 * quiet);
	buf_done(&out);
}

/* One slip with everything, as each driver says it. */
static void
build_everything(struct slip *s)
{
	const unsigned char	logo[] = { 0xff, 0x00, 0xaa, 0x55 };
	const int		widths[] = { 0, 8, 8 };
	const char *const	cells[] = { "A 20 %", "9,17", "1,83" };

	assert_int_equal(slip_logo(s, 16, 2, logo), 0);
	slip_text(s, SLIP_CENTRE, SLIP_BOLD | SLIP_WIDE | SLIP_HIGH,
	    "CHEZ ZOÉ");
	slip_text(s, SLIP_CENTRE, 0, "12 rue de l'Œillet, 75011 Paris");
	slip_rule(s, '-');
	slip_columns(s, 0, "2 Café crème", "7,00 A");
	slip_columns(s, SLIP_SMALL, "  sans sucre", "");
	slip_row(s, 0, 3, widths, cells);
	slip_columns(s, SLIP_BOLD | SLIP_WIDE, "TOTAL", "11,00 €");
	slip_text(s, SLIP_LEFT, SLIP_REVERSE, " DUPLICATA ");
	slip_text(s, SLIP_LEFT, SLIP_UNDERLINE, "Merci");
	slip_text(s, SLIP_LEFT, SLIP_RED | SLIP_HIGH, "ANNULÉ");
	assert_int_equal(slip_ean13(s, "4006381333931"), 0);
	assert_int_equal(slip_code128(s, "T1-000017"), 0);
	assert_int_equal(slip_qr(s, 6, 'M', "https://x.fr"), 0);
	slip_feed(s, 2);
	slip_cut(s, false);
	slip_drawer(s, 2, 0, 0);
	slip_buzz(s, 2, 300);
}

static void
transcript(const char *name)
{
	struct slip	s = { 0 };
	struct buf	out = { 0 }, want = { 0 };
	char		path[128], *slash;

	build_everything(&s);
	render(name, &s, &out);
	assert_true(str_fmt(path, sizeof(path), "tests/unit/transcript/%s",
	    name));
	slash = strrchr(path, '/');
	*slash = '-';
	if (getenv("RECORD") != NULL) {
		assert_int_equal(io_write_file(path, 0644, out.data, out.len),
		    0);
	}
	assert_int_equal(io_read_file(path, 65536, &want), 0);
	assert_int_equal(out.len, want.len);
	assert_memory_equal(out.data, want.data, want.len);
	buf_done(&out);
	buf_done(&want);
}

static void
test_transcripts(void **state)
{
	(void)state;
	for (size_t i = 0; drivers[i] != NULL; i++) {
		for (size_t k = 0; k < drivers[i]->nmodels; k++) {
			char	name[64];

			assert_true(str_fmt(name, sizeof(name), "%s/%s",
			    drivers[i]->name, drivers[i]->models[k].name));
			transcript(name);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(test_g01_text),
		cmocka_unit_test(test_g03_styles),
		cmocka_unit_test(test_g04_cut_and_drawer),
		cmocka_unit_test(test_g05_ean13),
		cmocka_unit_test(test_g07_qr),
		cmocka_unit_test(test_g08_logo),
		cmocka_unit_test(test_g10_columns),
		cmocka_unit_test(test_g10_transliterated),
		cmocka_unit_test(test_g11_star),
		cmocka_unit_test(test_g12_kitchen),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_charset_forced),
		cmocka_unit_test(test_wrapping),
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_code128),
		cmocka_unit_test(test_unknown),
		cmocka_unit_test(test_sheet),
		cmocka_unit_test(test_bars),
		cmocka_unit_test(test_transcripts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
