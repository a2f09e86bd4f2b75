/* SPDX-License-Identifier: ISC */
/* The sale screen: every sentence of design.md 9 on it. */
#include "till.h"

static char		dir[64];
static struct shop	*owner;
static struct till	t;

static int
setup(void **state)
{
	struct session_config	c = till_config(24, 80);

	(void)state;
	owner = till_shop(dir);
	till_enter(&t, dir, "Anna", ROLE_MANAGER, "Till 1", "en", &c);
	till_type(t.s, ":sell\r");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	till_leave(&t);
	test_done(owner, dir);
	return 0;
}

static void
lines_are(size_t n, int64_t total)
{
	struct sale	sale;

	if (n == 0) {
		struct sale_brief	*rows;
		size_t			 open;

		OK(sale_open_list(owner, &rows, &open));
		assert_int_equal(open, 0);
		free(rows);
		return;
	}
	till_stored(owner, &sale);
	assert_int_equal(sale.nlines, n);
	assert_int_equal(sale.total, total);
	sale_done(&sale);
}

static void
last_line(const char *label, int64_t qty, int64_t price)
{
	struct sale	sale;

	till_stored(owner, &sale);
	assert_true(sale.nlines > 0);
	assert_string_equal(sale.lines[sale.nlines - 1].label, label);
	assert_int_equal(sale.lines[sale.nlines - 1].qty, qty);
	assert_int_equal(sale.lines[sale.nlines - 1].price, price);
	sale_done(&sale);
}

/* ---- ringing up --------------------------------------------------------- */

static void
an_empty_screen_says_what_to_type(void **state)
{
	(void)state;
	till_expect(t.s, "3*1001");
	till_expect(t.s, "code, name or scan");
	till_expect_row(t.s, 0, "SALE");
	till_expect_row(t.s, 0, "Anna");
	till_expect_row(t.s, 0, "Till 1");
	till_expect_row(t.s, 0, "12:31");
}

/* Words under a line, asked for or given at once, and taken back. */
static void
a_line_takes_a_note(void **state)
{
	struct sale	sale;
	char		paste[200];

	(void)state;
	till_type(t.s, "1002\r\te");
	till_expect(t.s, "Note");
	till_type(t.s, "saignant\r");
	till_expect_row(t.s, 2, "Entrecôte 300 g   saignant");
	till_stored(owner, &sale);
	assert_string_equal(sale.lines[0].note, "saignant");
	sale_done(&sale);
	till_type(t.s, ":note à point\r");
	till_expect_row(t.s, 2, "Entrecôte 300 g   à point");
	till_type(t.s, ":preview\r");
	till_expect(t.s, "    à point");
	till_esc(t.s);
	till_type(t.s, ":undo\r");
	till_expect_row(t.s, 2, "saignant");
	/* Too long: said, asked again, and what was typed is still there. */
	memset(paste, 'x', sizeof(paste) - 1);
	paste[sizeof(paste) - 1] = '\0';
	till_type(t.s, "\te");
	till_type(t.s, "\025");
	till_type(t.s, paste);
	till_type(t.s, "\r");
	till_expect(t.s, "the note is too long");
	till_expect(t.s, "xxxxxxxxxx");
	till_esc(t.s);
	till_esc(t.s);
	till_expect_row(t.s, 2, "saignant");
	till_type(t.s, "\025");
}

/* A refused answer and a refused command stand again, to be mended. */
static void
what_is_refused_is_not_lost(void **state)
{
	(void)state;
	till_type(t.s, "1002\r\033OS");
	till_type(t.s, "12.345\r");
	till_expect(t.s, "New price");
	till_expect_row(t.s, 21, "12.345");
	till_type(t.s, "\177\r");
	last_line("Entrecôte 300 g", QTY_ONE, 1234);
	till_type(t.s, ":price 9.999\r");
	till_expect_row(t.s, 21, ":price 9.999");
	till_type(t.s, "\177\r");
	last_line("Entrecôte 300 g", QTY_ONE, 999);
	/* A scan does not hang on to what was refused. */
	till_type(t.s, ":price nonsense\r1001\r");
	last_line("Croque-monsieur", QTY_ONE, 980);
	till_type(t.s, ":nonsense\r");
	till_expect_row(t.s, 21, ":nonsense");
	till_type(t.s, "10\r");
	last_line("Café", QTY_ONE, 250);
}

static void
a_code_adds_one(void **state)
{
	(void)state;
	till_type(t.s, "1001\r");
	last_line("Croque-monsieur", QTY_ONE, 980);
	till_expect(t.s, "1 Croque-monsieur");
	till_expect(t.s, "TOTAL       9,80 €");
	/* What shows is stored, and the line is empty again. */
	assert_string_equal(session_entry(t.s), "");
}

static void
a_barcode_adds_one(void **state)
{
	(void)state;
	till_type(t.s, "4006381333931\r96385074\t");
	lines_are(2, 410);
	last_line("Gomme", QTY_ONE, 90);
}

static void
counts_and_weights(void **state)
{
	(void)state;
	till_type(t.s, "3*1001\r");
	last_line("Croque-monsieur", 3 * QTY_ONE, 980);
	till_type(t.s, "2x1001\r");
	last_line("Croque-monsieur", 2 * QTY_ONE, 980);
	till_type(t.s, "0.350*2001\r");
	last_line("Comté 18 mois", 350, 2890);
	till_type(t.s, "0,350*2001\r");
	last_line("Comté 18 mois", 350, 2890);
	lines_are(4, 980 * 5 + 1012 * 2);
	till_expect(t.s, "0,350 kg Comté 18 mois");
	/* A weighing is one article. */
	till_expect(t.s, "7 items");
}

static void
a_weighed_item_asks(void **state)
{
	(void)state;
	till_type(t.s, "2001\r");
	till_expect(t.s, "Comté 18 mois: how many kg?");
	lines_are(0, 0);
	till_type(t.s, "4006381333931\r");
	till_expect(t.s, "a barcode is not taken here");
	till_type(t.s, "\r");
	till_expect(t.s, "a barcode is no weight");
	till_type(t.s, "0.2\r");
	last_line("Comté 18 mois", 200, 2890);
	/* And Esc does not sell it. */
	till_type(t.s, "2001\r");
	till_esc(t.s);
	lines_are(1, 578);
}

static void
typed_ahead_of_the_question(void **state)
{
	(void)state;
	till_type(t.s, "2001\r0,5\r1001\r");
	lines_are(2, 1445 + 980);
}

static void
grams_are_asked_about(void **state)
{
	(void)state;
	till_type(t.s, "350*2001\r");
	till_expect(t.s, "350 kg?");
	lines_are(0, 0);
	assert_string_equal(session_entry(t.s), "0,350*2001");
	till_type(t.s, "\r");
	last_line("Comté 18 mois", 350, 2890);
}

static void
grams_may_be_meant(void **state)
{
	(void)state;
	till_type(t.s, "60*2001\r");
	lines_are(0, 0);
	till_esc(t.s);
	till_type(t.s, "60*2001\r");
	last_line("Comté 18 mois", 60 * QTY_ONE, 2890);
}

static void
a_fraction_of_a_piece_is_asked_about(void **state)
{
	(void)state;
	till_type(t.s, "0.5*1001\r");
	till_expect(t.s, "sold by the piece");
	lines_are(0, 0);
	till_esc(t.s);
	till_type(t.s, "0.5*1001\r");
	lines_are(0, 0);
	assert_string_equal(session_entry(t.s), "1*1001");
	till_type(t.s, "\r");
	last_line("Croque-monsieur", QTY_ONE, 980);
	/* With a price above a thousand: as it is typed, not as it is shown. */
	till_type(t.s, "2.5*1001@1500\r");
	till_type(t.s, "\r");
	last_line("Croque-monsieur", 2 * QTY_ONE, 150000);
}

static void
an_absurd_count_is_asked_about(void **state)
{
	(void)state;
	till_type(t.s, "1001*10\r");
	till_expect(t.s, "Enter again if you mean it");
	lines_are(0, 0);
	till_type(t.s, "\r");
	last_line("Café", 1001 * QTY_ONE, 250);
}

static void
quantity_nothing_is_refused(void **state)
{
	(void)state;
	till_type(t.s, "0*1001\r");
	till_expect(t.s, "F8");
	/* What was typed stays. */
	assert_string_equal(session_entry(t.s), "0*1001");
	lines_are(0, 0);
}

static void
a_price_is_overridden(void **state)
{
	(void)state;
	till_type(t.s, "1001@9.50\r");
	last_line("Croque-monsieur", QTY_ONE, 950);
	till_type(t.s, "1001/9,5\r");
	last_line("Croque-monsieur", QTY_ONE, 950);
	till_type(t.s, "1001@9.505\r");
	till_expect(t.s, "2 decimals");
	lines_are(2, 1900);
}

static void
a_price_needs_the_right(void **state)
{
	(void)state;
	t.shop->who.rights = role_rights(ROLE_CASHIER);
	till_type(t.s, "1001@9.50\r");
	lines_are(0, 0);
	assert_string_equal(session_entry(t.s), "1001@9.50");
}

static void
implied_decimals(void **state)
{
	(void)state;
	t.shop->who.implied = true;
	till_type(t.s, "1001@950\r");
	last_line("Croque-monsieur", QTY_ONE, 950);
	/* In a field as on the line. */
	till_type(t.s, "\033OR\r1150\r");
	till_expect_row(t.s, 0, "SALE");
	last_line("Croque-monsieur", QTY_ONE, 1150);
	till_type(t.s, "\033OR2\r\r");
	last_line("Croque-monsieur", 2 * QTY_ONE, 1150);
}

static void
star_four_makes_the_last_line_four(void **state)
{
	struct sale	sale;

	(void)state;
	till_type(t.s, "*4\r");
	till_expect(t.s, "there is no line yet");
	till_esc(t.s);
	till_type(t.s, "10\r1001\r*4\r");
	last_line("Croque-monsieur", 4 * QTY_ONE, 980);
	/* The marked line, when one is marked. */
	till_type(t.s, "\033[A\033[A*2\r");
	till_stored(owner, &sale);
	assert_int_equal(sale.lines[0].qty, 2 * QTY_ONE);
	assert_int_equal(sale.lines[1].qty, 4 * QTY_ONE);
	sale_done(&sale);
}

static void
type_ahead_is_never_dropped(void **state)
{
	char	text[2000] = "";

	(void)state;
	for (int i = 0; i < 100; i++) {
		strcat(text, i % 3 == 0 ? "10\r" : i % 3 == 1 ? "2*1001\r\n" :
		    "4006381333931\t");
	}
	till_type(t.s, text);
	lines_are(100, 34 * 250 + 33 * 1960 + 33 * 320);
}

/* ---- searching ---------------------------------------------------------- */

static void
letters_search_as_one_types(void **state)
{
	(void)state;
	till_type(t.s, "caf");
	till_expect(t.s, "Café crème");
	till_expect(t.s, "2,50");
	/* A word start; accents and case do not matter. */
	till_esc(t.s);
	till_type(t.s, "ENTREC");
	till_expect(t.s, "Entrecôte 300 g");
	till_type(t.s, "\r");
	last_line("Entrecôte 300 g", QTY_ONE, 2400);
	till_refuse(t.s, "> ");
}

static void
esc_gives_the_sale_back(void **state)
{
	struct buf	before = { 0 }, after = { 0 };

	(void)state;
	till_type(t.s, "1001\r10\r");
	till_screen(t.s, &before);
	till_type(t.s, "caf");
	till_expect(t.s, "Café crème");
	till_esc(t.s);
	till_screen(t.s, &after);
	assert_string_equal(buf_text(&before), buf_text(&after));
	buf_done(&before);
	buf_done(&after);
}

static void
a_second_enter_takes_from_the_list(void **state)
{
	(void)state;
	till_type(t.s, "3*caf\r");
	lines_are(0, 0);		/* two match: nothing unseen is sold */
	till_expect(t.s, "Enter takes the marked one");
	till_type(t.s, "\r");
	last_line("Café", 3 * QTY_ONE, 250);
	till_type(t.s, "caf\r\033[B\r");
	last_line("Café crème", QTY_ONE, 380);
}

static void
digits_that_are_no_code_search_names(void **state)
{
	(void)state;
	till_type(t.s, "1664\r");
	last_line("Bière 1664", QTY_ONE, 450);
}

static void
an_unknown_scan_is_refused(void **state)
{
	(void)state;
	till_type(t.s, "4006381333948\r");
	till_expect(t.s, "barcode 4006381333948 is not in the catalogue");
	lines_are(0, 0);
	/* The next scan starts afresh: nothing hangs on to it. */
	till_type(t.s, "4006381333931\r");
	last_line("Carnet quadrillé", QTY_ONE, 320);
}

static void
a_refused_line_can_be_mended(void **state)
{
	(void)state;
	till_type(t.s, "10019\r");
	assert_string_equal(session_entry(t.s), "10019");
	till_type(t.s, "\177\r");
	last_line("Croque-monsieur", QTY_ONE, 980);
	/* A command in its place leaves nothing of its search behind. */
	till_type(t.s, "zzz\r");
	till_expect(t.s, "Enter chooses from the list");
	till_type(t.s, ":redraw\r");
	till_refuse(t.s, "Enter chooses from the list");
	till_expect(t.s, "code, name or scan");
}

static void
a_pattern_searches(void **state)
{
	(void)state;
	till_type(t.s, "/quadr/\r");
	last_line("Carnet quadrillé", QTY_ONE, 320);
	/* One that is none is said, and stands there to be mended. */
	till_esc(t.s);
	till_type(t.s, ":find /(caf/\r");
	till_expect(t.s, "FIND");
	till_expect(t.s, "/(caf/");
	till_expect(t.s, "pattern");
}

static void
a_wrong_layout_is_read(void **state)
{
	(void)state;
	till_type(t.s, "&àà&\r");
	last_line("Croque-monsieur", QTY_ONE, 980);
	till_type(t.s, "'àà-\"_&\"\"\"ç\"&\r");
	last_line("Carnet quadrillé", QTY_ONE, 320);
}

/* ---- keys --------------------------------------------------------------- */

static void
enter_on_nothing_is_nothing(void **state)
{
	struct buf	before = { 0 }, after = { 0 };

	(void)state;
	till_screen(t.s, &before);
	till_type(t.s, "\r\r\r");
	till_screen(t.s, &after);
	assert_string_equal(buf_text(&before), buf_text(&after));
	buf_done(&before);
	buf_done(&after);
	lines_are(0, 0);
}

static void
f8_voids(void **state)
{
	struct sale	sale;

	(void)state;
	till_type(t.s, "\033[19~");
	till_expect(t.s, "there is no sale yet");
	till_type(t.s, "10\r1001\r\033[19~");
	till_expect(t.s, "Croque-monsieur is off");
	till_stored(owner, &sale);
	assert_int_equal(sale.total, 250);
	/* The line is kept, marked void. */
	assert_int_equal(sale.nlines, 2);
	assert_int_equal(sale.lines[1].state, LINE_VOID);
	sale_done(&sale);
	till_refuse(t.s, "1 Croque-monsieur");
}

static void
f4_changes_the_price(void **state)
{
	(void)state;
	till_type(t.s, "1001\r\033OS7.5\r");
	last_line("Croque-monsieur", QTY_ONE, 750);
	till_type(t.s, ":price 8\r");
	last_line("Croque-monsieur", QTY_ONE, 800);
}

static void
f3_is_the_line(void **state)
{
	(void)state;
	till_type(t.s, "1001\r\033OR");
	till_expect_row(t.s, 0, "LINE");
	till_type(t.s, "5\r\r");
	last_line("Croque-monsieur", 5 * QTY_ONE, 980);
	till_expect_row(t.s, 0, "SALE");
	/* Above a thousand the price that stands there is a number, too. */
	till_type(t.s, "1001@1500\r\033OR");
	till_type(t.s, "2\r\r");
	till_expect_row(t.s, 0, "SALE");
	last_line("Croque-monsieur", 2 * QTY_ONE, 150000);
}

static void
f5_holds_under_a_name(void **state)
{
	struct sale	sale;

	(void)state;
	till_type(t.s, "1001\r:hold Table de Zoé\r");
	till_expect(t.s, "held as Table de Zoé");
	till_stored(owner, &sale);
	assert_string_equal(sale.name, "Table de Zoé");
	assert_int_equal(sale.owner_session, 0);
	sale_done(&sale);
	/* From the key the name is asked, and there must be one. */
	till_type(t.s, "10\r\033[15~\r");
	till_expect(t.s, "needs a name");
	till_type(t.s, "\033[15~Paul\r");
	till_expect(t.s, "held as Paul");
}

static void
a_recalled_sale_is_not_paid_by_enter(void **state)
{
	(void)state;
	till_type(t.s, "1001\r:hold Zoé\r");
	till_type(t.s, "\033[17~");
	till_expect_row(t.s, 0, "OPEN SALES");
	till_expect(t.s, "Zoé");
	till_expect(t.s, "9,80");
	till_type(t.s, "\r");
	till_expect_row(t.s, 0, "Zoé");
	till_type(t.s, "\r");
	till_expect(t.s, "F9");
	till_refuse(t.s, "e Cash");
	till_type(t.s, "\033[20~");
	till_expect(t.s, "e Cash");
	/* Pressed twice it is still only open. */
	till_type(t.s, "\033[20~");
	till_expect(t.s, "Enter takes the money");
	till_expect(t.s, "e Cash");
}

static void
a_sale_is_swapped_for_another(void **state)
{
	struct sale_brief	*rows;
	size_t			 n;

	(void)state;
	till_type(t.s, "1001\r:hold Zoé\r10\r");
	till_type(t.s, "\033[17~zo\r");
	till_expect(t.s, "Hold the sale that is open here as");
	till_type(t.s, "Paul\r");
	till_expect_row(t.s, 0, "Zoé");
	OK(sale_open_list(owner, &rows, &n));
	assert_int_equal(n, 2);
	free(rows);
}

static void
cancelling_asks(void **state)
{
	struct sale_brief	*rows;
	size_t			 n;

	(void)state;
	till_type(t.s, "1001\r:cancel\r");
	till_expect(t.s, "Cancel the whole sale");
	till_type(t.s, "\r");			/* Enter alone is no yes */
	till_expect(t.s, "Cancel the whole sale");
	till_type(t.s, "n1001\r:cancel\ry");
	OK(sale_open_list(owner, &rows, &n));
	if (n > 0) {
		till_type(t.s, "wrong item\r");
		free(rows);
		OK(sale_open_list(owner, &rows, &n));
	}
	assert_int_equal(n, 0);
	free(rows);
	till_expect(t.s, "cancelled");
}

static void
undo_takes_the_last_act_back(void **state)
{
	(void)state;
	till_type(t.s, "10\r1001\r*3\r:undo\r");
	till_expect(t.s, "1 Croque-monsieur");
	lines_are(2, 1230);
	till_type(t.s, ":undo\r");
	till_refuse(t.s, "1 Croque-monsieur");
	lines_are(2, 250);
	/* Once more is the act before. */
	till_type(t.s, "\tu");
	lines_are(2, 0);
	till_type(t.s, ":undo\r");
	till_expect(t.s, "there is nothing to take back");
}

static void
undo_takes_a_hold_back(void **state)
{
	(void)state;
	till_type(t.s, "10\r1001\r:hold Zoé\r");
	till_refuse(t.s, "1 Croque-monsieur");
	till_type(t.s, ":undo\r");
	till_expect(t.s, "1 Croque-monsieur");
	lines_are(2, 1230);
}

static void
undo_of_a_ticket_shows_the_correction(void **state)
{
	struct sale_brief	*rows;
	size_t			 n;

	(void)state;
	till_type(t.s, "1001\r\r\r:undo\r");
	OK(sale_posted_list(owner, NULL, 9, &rows, &n));
	assert_int_equal(n, 1);
	till_expect(t.s, rows[0].ticket);
	till_expect(t.s, "PAID");
	/* Also when it has gone from the screen. */
	till_esc(t.s);
	till_type(t.s, ":undo\r");
	till_expect(t.s, rows[0].ticket);
	free(rows);
}

static void
a_scales_label_sells_what_it_says(void **state)
{
	(void)state;
	(void)test_product(owner, "12345", "Tomme", "food", "kg", 890, true);
	till_type(t.s, "2112345015002\r");
	last_line("Tomme", 1500, 890);
	/* With a price on it, that price counts: 12.50, not 1.404 x 8.90. */
	till_type(t.s, "2312345012500\r");
	lines_are(2, 1335 + 1250);
	till_type(t.s, "2*2112345015002\r");
	till_expect(t.s, "scan it alone");
}

static void
a_scan_is_never_a_price_or_a_count(void **state)
{
	(void)state;
	till_type(t.s, "1001\r:price 96385074\r");
	till_expect(t.s, "a barcode is no price");
	till_type(t.s, "1001@96385074\r");
	till_expect(t.s, "a barcode is no price");
	till_esc(t.s);
	till_type(t.s, "*96385074\r");
	till_expect(t.s, "barcode");
	till_esc(t.s);
	till_type(t.s, "\033OR96385074\r");
	till_expect_row(t.s, 0, "LINE");
	till_esc(t.s);
	till_type(t.s, "\r96385074\r");
	till_expect_row(t.s, 0, "LINE");
	lines_are(1, 980);
}

static void
a_seller_hands_the_sale_over(void **state)
{
	struct session_config	c = till_config(24, 80);
	struct till		u;

	(void)state;
	till_enter(&u, dir, "Sylvie", ROLE_SELLER, "Floor", "en", &c);
	till_type(u.s, "1001\r");
	till_expect(u.s, "Enter hands it over");
	till_refuse(u.s, "9Pay");
	till_type(u.s, "\r");
	till_expect(u.s, "handed to the till");
	till_refuse(u.s, "Croque");

	/* The till hears of it, takes it, and cannot change it by mistake. */
	till_boot += 1000;
	session_news(t.s, 1U << TOPIC_PENDING);
	till_expect_row(t.s, 0, "1 waits");
	till_type(t.s, "\033[17~");
	till_expect(t.s, "waits for the till");
	till_expect(t.s, "Sylvie");
	till_type(t.s, "\r");
	till_expect(t.s, "1 Croque-monsieur");
	till_expect_row(t.s, 0, "Sylvie");
	till_refuse(t.s, "1 waits");
	till_expect(t.s, "F9 pays; :reopen changes lines");
	till_type(t.s, "1001\r");
	till_expect(t.s, "Sylvie handed this sale over as it is");
	till_esc(t.s);
	till_type(t.s, "\033[20~");
	till_expect(t.s, "Enter = Cash");
	till_type(t.s, "\r");
	till_expect(t.s, "PAID");
	till_leave(&u);
}

/* Who handed it over may have it back while nobody has taken it. */
static void
a_seller_has_the_sale_back(void **state)
{
	struct session_config	c = till_config(24, 80);
	struct till		u;

	(void)state;
	till_enter(&u, dir, "Sylvie", ROLE_SELLER, "Floor", "en", &c);
	till_type(u.s, "1001\r\r");
	till_expect(u.s, "handed to the till");
	till_type(u.s, ":undo\r");
	till_expect(u.s, "back from the till's list");
	till_type(u.s, "1002\r");
	till_expect(u.s, "2 items");
	till_type(u.s, ":submit\r");

	/* Taken by the cashier: the seller hears by whom, and lets it be. */
	till_type(t.s, "\033[17~\r");
	till_expect(t.s, "2 items");
	till_type(u.s, "\033[17~\r");
	till_expect(u.s, "Anna has it at Till 1; take it here all the same?");
	till_type(u.s, "y");
	till_expect(u.s, "taken by Anna");
	till_type(t.s, ":reopen\r");
	till_expect(t.s, "its lines can change again");
	till_type(t.s, "1001\r");
	till_expect(t.s, "3 items");
	till_leave(&u);
}

/* From an order to its ticket, with a deposit between. */
static void
an_order_with_a_deposit(void **state)
{
	(void)state;
	till_type(t.s, ":deposit 10\r");
	till_expect(t.s, "a deposit is paid on an order; F6 has them");
	till_type(t.s, ":order\r");
	till_expect(t.s, "there is no sale yet");
	till_type(t.s, "2*1001\r:deposit 10\r");
	till_expect(t.s, ":order makes one of this");
	till_type(t.s, ":order Roux 24/12/2026\r");
	till_expect(t.s, "order C-000001 is printing");
	till_type(t.s, "\033[17~c-0000");
	till_expect(t.s, "C-000001 Roux");
	till_type(t.s, "\r");
	till_expect_row(t.s, 0, "C-000001  Roux");
	till_type(t.s, ":deposit 50%\r");
	till_expect(t.s, "Deposit on order C-000001");
	till_expect(t.s, "9,80");
	till_type(t.s, "\rc\r");
	till_expect(t.s, "PAID");
	till_type(t.s, "\033[17~roux\r");
	till_expect(t.s, "19,60");
	till_expect(t.s, "paid already; F9 takes it off");
	till_type(t.s, ":cancel\r");
	till_expect(t.s, "where do 9,80");
	till_esc(t.s);
	till_type(t.s, "\033[20~");
	till_expect(t.s, "Deposit paid, ticket 1-00000");
	till_expect(t.s, "-9,80");
	till_type(t.s, "c\r");
	till_expect(t.s, "PAID");
}

/* Given up: the till asks where the deposit goes, whatever was typed. */
static void
an_order_is_given_up(void **state)
{
	(void)state;
	till_type(t.s, "2*1001\r:order Roux 2026-12-24\r\033[17~c-0000\r"
	    ":deposit 50%\r\rc\r\033[17~roux\r:cancel moved away\r");
	till_expect(t.s, "where do 9,80");
	till_expect(t.s, "the deposit stays with the shop");
	till_type(t.s, "\033[B\r");
	till_expect(t.s, "the deposit is on a credit note, ticket 1-000002");
	till_type(t.s, "1001\r:order Petit 2026-12-24\r\033[17~c-0000\r"
	    ":deposit 50%\r\rc\r\033[17~petit\r:cancel\r\r");
	till_expect(t.s, "the deposit stays here");
}

static void
the_tab_menu_has_everything(void **state)
{
	(void)state;
	till_type(t.s, "1001\r\t");
	till_expect(t.s, "Cancel");
	till_expect(t.s, "Reprint");
	till_type(t.s, "\033[F");
	till_expect(t.s, "No sale");
	till_expect(t.s, "User");
	till_type(t.s, "c");
	till_expect(t.s, "Cancel the whole sale");
}

static void
colon_digit_is_the_f_key(void **state)
{
	(void)state;
	till_type(t.s, "1001\r:8");
	till_expect(t.s, "is off");
}

static void
long_sales_show_their_end(void **state)
{
	(void)state;
	for (int i = 0; i < 30; i++) {
		till_type(t.s, "10\r");
	}
	till_type(t.s, "1001\r");
	till_expect(t.s, "1 Croque-monsieur");
	till_expect(t.s, "lines above");
	till_type(t.s, "\033[5~\033[5~\033[5~");
	till_refuse(t.s, "1 Croque-monsieur");
	till_expect(t.s, ">   1 Café");
	/* Typing goes on at the end. */
	till_type(t.s, "1002\r");
	till_expect(t.s, "1 Entrecôte");
}

static void
a_preview_is_the_receipt(void **state)
{
	(void)state;
	till_type(t.s, "3*1001\r:preview\r");
	till_expect(t.s, "Croque-monsieur");
	till_expect(t.s, "29,40");
	till_esc(t.s);
	till_expect_row(t.s, 0, "SALE");
}

static void
f2_finds(void **state)
{
	(void)state;
	till_type(t.s, "\033OQ");
	till_expect_row(t.s, 0, "FIND");
	till_type(t.s, "gom\r");
	last_line("Gomme", QTY_ONE, 90);
	till_expect_row(t.s, 0, "SALE");
}

/* ---- how it looks ------------------------------------------------------- */

static void
looks(int rows, int cols, const char *language, const char *who,
    const char *name)
{
	struct session_config	c = till_config(rows, cols);
	struct till		u;
	char			path[64];

	/* Each a new face: the sale of the one before is not theirs. */
	till_enter(&u, dir, who, ROLE_CASHIER, "Till 2", language, &c);
	(void)str_fmt(path, sizeof(path), "sale-empty-%s", name);
	till_golden(u.s, path);
	till_type(u.s, "3*10\r1001\r1002\r0,350*2001\r2*10");
	(void)str_fmt(path, sizeof(path), "sale-%s", name);
	till_golden(u.s, path);
	till_esc(u.s);
	till_type(u.s, "ca");
	(void)str_fmt(path, sizeof(path), "sale-search-%s", name);
	till_golden(u.s, path);
	till_leave(&u);
}

static void
it_looks_right(void **state)
{
	(void)state;
	looks(24, 80, "en", "Julie", "80x24-en");
	looks(24, 80, "fr", "Karim", "80x24-fr");
	looks(12, 40, "fr", "Zoé", "40x12-fr");
	looks(43, 132, "en", "Paul", "132x43-en");
}

/* A refused line is replaced by the next one, also after an F-key that could
 * not help; and where Tab lists nothing, it is not named. */
static void
an_f_key_glues_nothing(void **state)
{
	(void)state;
	till_type(t.s, "10\r99999\r\033[23~10\r");
	till_expect(t.s, "5,00");
	till_type(t.s, "2001\r\033[20~");
	till_expect(t.s, "F9 does nothing here; Esc goes back");
	till_esc(t.s);
	till_type(t.s, "\033[23~");
	till_expect(t.s, "F11 does nothing here; Tab lists what does");
}

/* What the list says of a sale finds it, too. */
static void
what_the_list_says_is_found(void **state)
{
	(void)state;
	till_type(t.s, "10\r\033[17~being\r");
	till_expect_row(t.s, 0, "SALE");
	till_expect(t.s, "2,50");
}

/* Not a part of the rates: all of them, or their sum. */
static void
three_rates_are_one_sum(void **state)
{
	(void)state;
	till_type(t.s, "10\r1003\r");
	till_expect(t.s, "VAT 20\xc2\xa0%\xc2\xa0 0,75  "
	    "10\xc2\xa0%\xc2\xa0 0,23");
	till_type(t.s, "1*2001\r");
	till_expect(t.s, "VAT 2,49");
}

/* The change stands large, however long the sale. */
static void
the_change_stands_large(void **state)
{
	(void)state;
	for (int i = 0; i < 30; i++) {
		till_type(t.s, "10\r");
	}
	till_type(t.s, "\r100\r");
	till_expect(t.s, "CHANGE      25,00");
	till_expect(t.s, " _   _     _   _");
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(an_empty_screen_says_what_to_type),
		T(a_code_adds_one),
		T(a_line_takes_a_note),
		T(what_is_refused_is_not_lost),
		T(a_barcode_adds_one),
		T(counts_and_weights),
		T(a_weighed_item_asks),
		T(typed_ahead_of_the_question),
		T(grams_are_asked_about),
		T(grams_may_be_meant),
		T(a_fraction_of_a_piece_is_asked_about),
		T(an_absurd_count_is_asked_about),
		T(quantity_nothing_is_refused),
		T(a_price_is_overridden),
		T(a_price_needs_the_right),
		T(implied_decimals),
		T(star_four_makes_the_last_line_four),
		T(type_ahead_is_never_dropped),
		T(letters_search_as_one_types),
		T(esc_gives_the_sale_back),
		T(a_second_enter_takes_from_the_list),
		T(digits_that_are_no_code_search_names),
		T(an_unknown_scan_is_refused),
		T(a_refused_line_can_be_mended),
		T(a_pattern_searches),
		T(a_wrong_layout_is_read),
		T(enter_on_nothing_is_nothing),
		T(f8_voids),
		T(f4_changes_the_price),
		T(f3_is_the_line),
		T(f5_holds_under_a_name),
		T(a_recalled_sale_is_not_paid_by_enter),
		T(a_sale_is_swapped_for_another),
		T(cancelling_asks),
		T(undo_takes_the_last_act_back),
		T(undo_takes_a_hold_back),
		T(undo_of_a_ticket_shows_the_correction),
		T(a_scales_label_sells_what_it_says),
		T(a_scan_is_never_a_price_or_a_count),
		T(a_seller_hands_the_sale_over),
		T(a_seller_has_the_sale_back),
		T(an_order_with_a_deposit),
		T(an_order_is_given_up),
		T(the_tab_menu_has_everything),
		T(colon_digit_is_the_f_key),
		T(long_sales_show_their_end),
		T(an_f_key_glues_nothing),
		T(what_the_list_says_is_found),
		T(three_rates_are_one_sum),
		T(the_change_stands_large),
		T(a_preview_is_the_receipt),
		T(f2_finds),
		T(it_looks_right),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
