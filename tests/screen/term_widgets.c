/* SPDX-License-Identifier: ISC */
/* The pieces screens are made of: lists, search, forms, text; at 80x24 and on
 * a phone's 40x12. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/money.h"
#include "screen.h"
#include "term/widgets.h"

/* ---- a list of 100 000 rows, some of which come and go ------------------ */

static int64_t	rows_first = 1;		/* ids below are gone */
static int	rows_fetches;
static int	rows_most;		/* rows ever asked at once */
static char	rows_filter[64];

#define ROWS	100000

static int
rows_count(struct session *s, void *ctx, int64_t *n)
{
	(void)s;
	(void)ctx;
	*n = strcmp(rows_filter, "one") == 0 ? 1 :
	    strcmp(rows_filter, "none") == 0 ? 0 : ROWS - rows_first + 1;
	return 0;
}

static int
rows_fetch(struct session *s, void *ctx, int64_t from, int n,
    struct list *into)
{
	(void)s;
	(void)ctx;
	rows_fetches++;
	rows_most = n > rows_most ? n : rows_most;
	for (int i = 0; i < n; i++) {
		int64_t	id = rows_first + from + i;

		list_add(into, id, id % 10 == 7 ? STYLE_WARN : STYLE_NORMAL,
		    "%lld\tCafé crème %lld, très long nom de produit "
		    "d'épicerie\t%lld,50 €", (long long)id, (long long)id,
		    (long long)(id % 1000));
	}
	return 0;
}

static int
rows_find(struct session *s, void *ctx, int64_t id, int64_t *at)
{
	(void)s;
	(void)ctx;
	*at = id >= rows_first && id <= ROWS ? id - rows_first : -1;
	return 0;
}

static const struct list_source rows_source = {
	.count = rows_count, .fetch = rows_fetch, .find = rows_find,
};

static const struct column rows_columns[] = {
	{ .title = "Code", .width = 7, .right = true },
	{ .title = "Nom" },
	{ .title = "Prix", .width = 10, .right = true, .from_cols = 60 },
	{ 0 }
};

struct rows_state {
	struct list	 list;
	struct search	 search;
	bool		 news;
};

static struct rows_state *rows_last;

static int
rows_open(struct session *s, void *state, const void *arg)
{
	struct rows_state	*r = rows_last = state;

	(void)arg;
	list_init(&r->list, rows_columns, &rows_source, r);
	list_init(&r->search.list, rows_columns, &rows_source, r);
	r->list.headed = true;
	return list_reload(s, &r->list);
}

static void
rows_layout(struct session *s, void *state, int rows, int cols)
{
	struct rows_state	*r = state;

	(void)cols;
	list_layout(s, &r->list, rows);
	list_layout(s, &r->search.list, 5);
}

static void
rows_draw(const void *state, struct canvas *c)
{
	const struct rows_state	*r = state;

	list_draw(&r->list, c, 0);
	search_draw(&r->search, c, canvas_rows(c) - 1, 5);
}

static enum turn
rows_key(struct session *s, void *state, struct key key)
{
	struct rows_state	*r = state;
	enum turn		 turn = search_key(s, &r->search, key);

	return turn != TURN_PASS ? turn : list_key(s, &r->list, key);
}

static enum turn
rows_typed(struct session *s, void *state, const char *text)
{
	struct rows_state	*r = state;

	(void)str_copy(rows_filter, sizeof(rows_filter), text);
	return search_typed(s, &r->search, text) != 0 ? TURN_KEEP : TURN_DRAW;
}

static enum turn
rows_enter(struct session *s, void *state, const char *text)
{
	struct rows_state	*r = state;
	int64_t			 id;

	switch (search_enter(s, &r->search,
	    strcmp(text, "42") == 0 ? 42 : 0, &id)) {
	case FOUND_ONE:
		session_say(s, "taken %lld", (long long)id);
		return TURN_DRAW;
	case FOUND_MANY:
		return TURN_KEEP;
	case FOUND_NOTHING:
		session_warn(s, "nothing is called \"%s\"", text);
		return TURN_KEEP;
	}
	return TURN_DRAW;
}

static enum turn
rows_news(struct session *s, void *state, unsigned topics)
{
	struct rows_state	*r = state;

	(void)topics;
	return list_reload(s, &r->list) != 0 ? TURN_KEEP : TURN_DRAW;
}

static void
rows_close(struct session *s, void *state)
{
	struct rows_state	*r = state;

	(void)s;
	list_done(&r->list);
	list_done(&r->search.list);
}

static const struct screen screen_rows = {
	.name = "rows", .title = "ROWS", .topics = 1,
	.state_size = sizeof(struct rows_state), .open = rows_open,
	.layout = rows_layout, .draw = rows_draw, .key = rows_key,
	.typed = rows_typed, .enter = rows_enter, .news = rows_news,
	.close = rows_close,
};

static struct session *
rows(int height, int width)
{
	struct session_config	c = till_config(height, width);

	rows_first = 1;
	rows_filter[0] = '\0';
	rows_fetches = rows_most = 0;
	return till_open(&c, &screen_rows, NULL);
}

static void
a_list_of_100000_rows(void **state)
{
	struct session	*s = rows(24, 80);

	(void)state;
	till_golden(s, "list-80x24");
	till_type(s, "\033[F");
	till_expect(s, ">  100000");
	till_expect(s, "    99982");
	till_type(s, "\033[5~");
	till_expect(s, ">   99982");
	till_type(s, "\033[H\033[B\033[B");
	till_expect(s, ">       3");
	assert_int_equal(list_chosen(&rows_last->list), 3);
	/* Only what shows is ever read. */
	assert_true(rows_most <= 20);
	till_type(s, "\033[A\033[A\033[A\033[A\033[A");
	assert_int_equal(list_chosen(&rows_last->list), 1);
	session_close(s);
}

static void
a_list_on_a_phone(void **state)
{
	struct session	*s = rows(12, 40);

	(void)state;
	till_golden(s, "list-40x12");
	till_type(s, "\033[6~");
	till_expect(s, ">    7");
	session_resize(s, 24, 80);
	till_expect(s, ">       7");
	till_expect(s, "Prix");
	session_resize(s, 60, 132);
	till_expect(s, ">       7");
	till_expect(s, "     50");
	session_close(s);
}

static void
a_page_is_fetched_once(void **state)
{
	struct session	*s = rows(24, 80);
	int		 before = rows_fetches;

	(void)state;
	till_type(s, "\033[B");
	assert_int_equal(rows_fetches, before);
	till_type(s, "\033[6~");
	assert_int_equal(rows_fetches, before + 1);
	session_close(s);
}

static void
a_selection_is_an_id(void **state)
{
	struct session	*s = rows(24, 80);

	(void)state;
	till_type(s, "\033[6~\033[6~\033[B\033[B");
	assert_int_equal(list_chosen(&rows_last->list), 39);
	till_expect_row(s, 4, ">      39");
	/* Ten rows above went: the mark stays on its row, its row stays put. */
	rows_first = 11;
	till_boot += 200;
	session_news(s, 1);
	assert_int_equal(list_chosen(&rows_last->list), 39);
	till_expect_row(s, 4, ">      39");
	/* The row itself went: near where it was. */
	rows_first = 60;
	till_boot += 200;
	session_news(s, 1);
	assert_true(list_chosen(&rows_last->list) >= 60);
	session_close(s);
	rows_first = 1;
}

static void
an_empty_list_is_harmless(void **state)
{
	struct session	*s = rows(24, 80);

	(void)state;
	(void)str_copy(rows_filter, sizeof(rows_filter), "none");
	till_boot += 200;
	session_news(s, 1);
	till_type(s, "\033[A\033[B\033[5~\033[6~\033[H\033[F");
	assert_int_equal(list_chosen(&rows_last->list), 0);
	session_close(s);
}

/* ---- search ------------------------------------------------------------- */

static void
nothing_unseen_is_taken(void **state)
{
	struct session	*s = rows(24, 80);

	(void)state;
	/* Many: Enter moves into the list, a second one takes. */
	till_type(s, "caf\r");
	till_refuse(s, "taken");
	assert_true(rows_last->search.focus);
	till_type(s, "\033[B\r");
	till_expect_row(s, 22, "taken 2");
	/* The only match. */
	till_type(s, "one\r");
	till_expect_row(s, 22, "taken 1");
	/* An exact code wins over matches. */
	till_type(s, "42\r");
	till_expect_row(s, 22, "taken 42");
	/* Nothing: said, and the text stays. */
	till_type(s, "none\r");
	till_expect_row(s, 22, "nothing is called \"none\"");
	assert_string_equal(session_entry(s), "none");
	session_close(s);
}

static void
esc_closes_the_search(void **state)
{
	struct session	*s = rows(24, 80);

	(void)state;
	till_type(s, "caf");
	assert_true(rows_last->search.open);
	till_golden(s, "search-80x24");
	till_esc(s);
	assert_false(rows_last->search.open);
	session_close(s);
}

/* ---- form --------------------------------------------------------------- */

static const char *const roles[] = { "admin", "manager", "cashier", "cook",
	NULL };

static int
check_name(struct session *s, void *ctx, const char *text)
{
	(void)s;
	(void)ctx;
	return strcmp(text, "root") == 0 ?
	    err_set(ERR_EXISTS, "root exists already") : 0;
}

static const struct field fields[] = {
	{ .name = "id", .label = "Number", .kind = FIELD_SHOW },
	{ .name = "name", .label = "Name", .kind = FIELD_TEXT,
	    .required = true, .max = 10, .check = check_name,
	    .hint = "as it shows on tickets" },
	{ .name = "role", .label = "Role", .kind = FIELD_CHOICE,
	    .choices = roles, .required = true },
	{ .name = "price", .label = "Price", .kind = FIELD_MONEY },
	{ .name = "weight", .label = "Weight", .kind = FIELD_QTY },
	{ .name = "rate", .label = "VAT", .kind = FIELD_RATE },
	{ .name = "count", .label = "Count", .kind = FIELD_NUMBER,
	    .least = 1, .most = 99 },
	{ .name = "day", .label = "Day", .kind = FIELD_DAY },
	{ .name = "active", .label = "Active", .kind = FIELD_BOOL },
	{ .name = "pin", .label = "PIN", .kind = FIELD_SECRET },
};

struct form_state {
	struct form		 form;
	struct money_style	 money;
	bool			 saved;
};

static struct form_state *form_last;

static int
form_screen_open(struct session *s, void *state, const void *arg)
{
	struct form_state	*f = form_last = state;

	(void)s;
	(void)arg;
	form_init(&f->form, fields, NELEM(fields), f);
	f->form.money = &f->money;
	form_set(&f->form, "id", "17");
	form_set(&f->form, "role", "cook");
	return money_style_set(&f->money, "EUR", "FR");
}

static void
form_screen_layout(struct session *s, void *state, int rows, int cols)
{
	(void)s;
	(void)cols;
	form_layout(&((struct form_state *)state)->form, rows - 1);
}

static void
form_screen_draw(const void *state, struct canvas *c)
{
	form_draw(&((const struct form_state *)state)->form, c, 1);
}

static void
form_screen_prompt(const void *state, const char *typed, char *out,
    size_t size)
{
	(void)typed;
	form_prompt(&((const struct form_state *)state)->form, out, size);
}

static enum turn
form_screen_key(struct session *s, void *state, struct key key)
{
	return form_key(s, &((struct form_state *)state)->form, key);
}

static enum turn
form_screen_enter(struct session *s, void *state, const char *text)
{
	struct form_state	*f = state;
	bool			 done;
	enum turn		 turn = form_enter(s, &f->form, text, &done);

	if (done && form_check(s, &f->form) == 0) {
		f->saved = true;
		session_say(s, "saved");
	}
	return turn;
}

static enum turn
form_screen_act(struct session *s, void *state, enum action act,
    const char *rest)
{
	(void)rest;
	return form_act(s, &((struct form_state *)state)->form, act);
}

static void
form_screen_close(struct session *s, void *state)
{
	(void)s;
	form_done(&((struct form_state *)state)->form);
}

static const struct binding form_keys[] = {
	{ .act = ACT_SAVE, .key = K_F9 },
	{ .act = ACT_CLEAR, .letter = 'c' },
	{ 0 }
};

static const struct screen screen_form = {
	.name = "form", .title = "USER", .keys = form_keys,
	.state_size = sizeof(struct form_state), .open = form_screen_open,
	.layout = form_screen_layout, .draw = form_screen_draw,
	.prompt = form_screen_prompt, .key = form_screen_key,
	.enter = form_screen_enter, .act = form_screen_act,
	.close = form_screen_close,
};

static struct session *
form(int height, int width)
{
	struct session_config	c = till_config(height, width);

	return till_open(&c, &screen_form, NULL);
}

static void
a_form_is_filled_by_enter(void **state)
{
	struct session	*s = form(24, 80);

	(void)state;
	till_golden(s, "form-80x24");
	till_type(s, "Zoé\r\r12,50\r0.350\r5,5\r12\r2026-11-20\ry\r1234\r");
	till_expect_row(s, 22, "saved");
	assert_true(form_last->saved);
	assert_string_equal(form_get(&form_last->form, "name"), "Zoé");
	assert_string_equal(form_get(&form_last->form, "role"), "cook");
	assert_int_equal(form_number(&form_last->form, "price"), 1250);
	assert_int_equal(form_number(&form_last->form, "weight"), 350);
	assert_int_equal(form_number(&form_last->form, "rate"), 5500);
	assert_int_equal(form_number(&form_last->form, "count"), 12);
	assert_int_equal(form_number(&form_last->form, "active"), 1);
	till_golden(s, "form-full-80x24");
	till_refuse(s, "1234");
	session_close(s);
}

static void
a_form_says_what_is_wrong(void **state)
{
	struct session	*s = form(24, 80);

	(void)state;
	till_type(s, "\r");
	till_expect_row(s, 22, "Name is needed");
	till_type(s, "root\r");
	till_expect_row(s, 22, "root exists already");
	assert_string_equal(session_entry(s), "root");
	till_esc(s);
	till_type(s, "Maximilienne\r");
	till_expect_row(s, 22, "at most 10 characters");
	till_esc(s);
	till_type(s, "Max\rc\r");
	till_expect_row(s, 22, "more than one begins with");
	till_esc(s);
	till_type(s, "zz\r");
	till_expect_row(s, 22, "none of these");
	till_esc(s);
	till_type(s, "man\r12,345\r");
	assert_string_equal(form_get(&form_last->form, "role"), "manager");
	assert_string_equal(session_entry(s), "12,345");
	till_esc(s);
	till_type(s, "\033[B\033[B\033[B100\r");
	till_expect_row(s, 22, "from 1 to 99");
	till_esc(s);
	till_type(s, "\033[B2026-02-30\r");
	assert_string_equal(session_entry(s), "2026-02-30");
	session_close(s);
}

static void
a_field_can_be_edited_and_emptied(void **state)
{
	struct session	*s = form(24, 80);

	(void)state;
	till_type(s, "Ann\r\033[A\033[C");
	assert_string_equal(session_entry(s), "Ann");
	till_type(s, "a\r");
	assert_string_equal(form_get(&form_last->form, "name"), "Anna");
	till_type(s, "\033[A:clear\r");
	assert_string_equal(form_get(&form_last->form, "name"), "");
	till_type(s, "\033[B+\r+\r");
	assert_string_equal(form_get(&form_last->form, "role"), "manager");
	session_close(s);
}

static void
a_secret_shows_stars(void **state)
{
	struct session	*s = form(24, 80);

	(void)state;
	till_type(s, "\033[F?:12");
	till_expect_row(s, 21, " ****");
	till_refuse(s, "?:12");
	till_type(s, "\t");
	assert_string_equal(form_get(&form_last->form, "pin"), "?:12");
	till_type(s, "\033[H?");
	till_expect_row(s, 0, "HELP");
	session_close(s);
}

static void
a_form_on_a_phone(void **state)
{
	struct session	*s = form(12, 40);

	(void)state;
	till_type(s, "Zoé\r");
	till_golden(s, "form-40x12");
	till_type(s, "\033[F");
	till_expect(s, "> PIN");
	session_close(s);
}

/* ---- text, choices, sparks ---------------------------------------------- */

static int
text_open(struct session *s, void *state, const void *arg)
{
	(void)s;
	(void)state;
	(void)arg;
	return 0;
}

static void
text_draw(const void *state, struct canvas *c)
{
	(void)state;
	canvas_put(c, 0, 2, STYLE_BOLD, "Brasserie du Pont");
	canvas_right(c, 1, 20, 8, STYLE_NORMAL, "12,50");
	canvas_right(c, 2, 20, 8, STYLE_NORMAL, "1 234,50");
	canvas_right(c, 3, 20, 8, STYLE_NORMAL, "123 456 789,50");
	canvas_put(c, 4, canvas_cols(c) - 3, STYLE_NORMAL, "cut off");
	canvas_put(c, 99, 0, STYLE_NORMAL, "nowhere");
	canvas_put(c, -1, -1, STYLE_NORMAL, "nowhere");
	canvas_cell(c, 5, 2, 8, STYLE_NORMAL, "日本語日本語");
	canvas_put(c, 5, 12, STYLE_NORMAL, "|");
	canvas_rule(c, 6, 2, 10, '-');
	(void)canvas_wrap(c, 7, 2, STYLE_NORMAL, "une longue phrase qui ne "
	    "tient pas sur une seule ligne, même sur un écran de quatre-vingts "
	    "colonnes, ni surtout sur un téléphone");
}

static enum turn
text_enter(struct session *s, void *state, const char *text)
{
	static const char *const	choices[] = { "rouge", "vert", "bleu" };
	struct buf			b = { 0 };
	enum turn			turn;

	(void)state;
	if (strcmp(text, "choose") == 0) {
		return session_choose(s, 3, "Which colour?", choices, 3);
	}
	for (int i = 1; i <= 60; i++) {
		buf_fmt(&b, "%2d  ligne du ticket %37s\n", i, "2,50 €");
	}
	turn = session_view(s, "RECEIPT 17", buf_text(&b));
	buf_done(&b);
	return turn;
}

static enum turn
text_resume(struct session *s, void *state, const struct answer *a)
{
	(void)state;
	session_say(s, "tag %d ok %d value %d %s", a->tag, a->ok,
	    (int)a->value, a->text);
	return TURN_DRAW;
}

static const struct screen screen_text = {
	.name = "text", .title = "TEXT", .state_size = 1, .open = text_open,
	.draw = text_draw, .enter = text_enter, .resume = text_resume,
};

static struct session *
text(int height, int width, enum charset set)
{
	struct session_config	c = till_config(height, width);
	struct session		*s;

	c.profile.charset = set;
	s = till_open(&c, &screen_text, NULL);
	session_status(s, STATUS_PLACE, STYLE_NORMAL, "Caisse 1");
	session_status(s, STATUS_PERSON, STYLE_NORMAL, "Zoé");
	session_status(s, STATUS_PRINTER, STYLE_NORMAL, "imprimante ok");
	till_type(s, "");
	return s;
}

static void
a_canvas_cuts_and_aligns(void **state)
{
	struct session	*s = text(24, 80, CHARSET_UTF8);

	(void)state;
	till_golden(s, "canvas-80x24");
	/* Who works here matters more than where. */
	session_status(s, STATUS_PLACE, STYLE_NORMAL,
	    "Brasserie de la Gare et du Port de Commerce");
	till_type(s, "");
	till_expect_row(s, 0, "Brasserie de la Gare et du Port de Commerce  "
	    "Zoé  TEXT");
	session_status(s, STATUS_PLACE, STYLE_NORMAL,
	    "Brasserie de la Gare et du Port de Commerce Maritime");
	till_type(s, "");
	till_refuse(s, "Maritime");
	till_expect_row(s, 0, "Zoé");
	session_close(s);
	s = text(12, 40, CHARSET_UTF8);
	till_golden(s, "canvas-40x12");
	/* A printer in trouble has a place even there. */
	session_status(s, STATUS_PRINTER, STYLE_ERROR, "papier !");
	till_type(s, "");
	till_expect_row(s, 0, "papier !");
	session_close(s);
}

static void
a_canvas_degrades(void **state)
{
	struct session	*s = text(24, 80, CHARSET_ASCII);

	(void)state;
	till_expect_row(s, 0, "Zoe");
	till_expect(s, "meme sur un ecran");
	till_expect(s, "??????    |");
	session_close(s);
	s = text(24, 80, CHARSET_LATIN9);
	till_expect_row(s, 0, "Zoé");
	till_expect(s, "même sur un écran");
	session_close(s);
}

static void
a_text_scrolls(void **state)
{
	struct session	*s = text(24, 80, CHARSET_UTF8);

	(void)state;
	till_type(s, "view\r");
	till_expect_row(s, 0, "RECEIPT 17");
	till_expect_row(s, 1, " 1  ligne");
	till_expect_row(s, 21, "1-20 of 60");
	till_type(s, " ");
	till_expect_row(s, 1, "20  ligne");
	till_type(s, "\033[F");
	till_expect_row(s, 20, "60  ligne");
	till_esc(s);
	till_expect_row(s, 0, "TEXT");
	till_refuse(s, "tag 0");	/* reading is no answer */
	session_close(s);
}

static void
a_choice_comes_back(void **state)
{
	struct session	*s = text(24, 80, CHARSET_UTF8);

	(void)state;
	till_type(s, "choose\r");
	till_expect(s, "Which colour?");
	till_golden(s, "choose-80x24");
	till_type(s, "2\r");
	till_expect_row(s, 22, "tag 3 ok 1 value 1 vert");
	till_type(s, "choose\r");
	till_esc(s);
	till_expect_row(s, 22, "tag 3 ok 0");
	session_close(s);
}

static void
a_spark_is_digits(void **state)
{
	static const int64_t	hours[] = { 0, 100, 450, 900, 0, -5 };
	char			line[16];

	(void)state;
	spark_line(hours, NELEM(hours), line, sizeof(line));
	assert_string_equal(line, ".159..");
	spark_line(hours, NELEM(hours), line, 4);
	assert_string_equal(line, ".15");
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(a_list_of_100000_rows),
		cmocka_unit_test(a_list_on_a_phone),
		cmocka_unit_test(a_page_is_fetched_once),
		cmocka_unit_test(a_selection_is_an_id),
		cmocka_unit_test(an_empty_list_is_harmless),
		cmocka_unit_test(nothing_unseen_is_taken),
		cmocka_unit_test(esc_closes_the_search),
		cmocka_unit_test(a_form_is_filled_by_enter),
		cmocka_unit_test(a_form_says_what_is_wrong),
		cmocka_unit_test(a_field_can_be_edited_and_emptied),
		cmocka_unit_test(a_secret_shows_stars),
		cmocka_unit_test(a_form_on_a_phone),
		cmocka_unit_test(a_canvas_cuts_and_aligns),
		cmocka_unit_test(a_canvas_degrades),
		cmocka_unit_test(a_text_scrolls),
		cmocka_unit_test(a_choice_comes_back),
		cmocka_unit_test(a_spark_is_digits),
	};

	return cmocka_run_group_tests_name("widgets", tests, NULL, NULL);
}
