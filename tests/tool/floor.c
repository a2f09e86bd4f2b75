/* SPDX-License-Identifier: ISC */
/*
 * A till without a shop: the terminal floor on a real tty, for tests that
 * drive it through vt.  `floor [LOCK_MS]`.  What was added to its "sale" is
 * appended to $FLOOR_LOG when it closes; $FLOOR_SECOND is the second of a
 * minute that its clock starts at.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "term/session.h"
#include "term/widgets.h"

#define LINES_MAX	200
#define ROWS		100000

/* ---- a list of a hundred thousand rows ---------------------------------- */

static int
many_count(struct session *s, void *ctx, int64_t *n)
{
	(void)s;
	(void)ctx;
	*n = ROWS;
	return 0;
}

static int
many_fetch(struct session *s, void *ctx, int64_t from, int n,
    struct list *into)
{
	(void)s;
	(void)ctx;
	for (int i = 0; i < n; i++) {
		list_add(into, from + i + 1, STYLE_NORMAL,
		    "%lld\tarticle n° %lld à l'écharpe\t%lld,50",
		    (long long)(1000 + from + i), (long long)(from + i + 1),
		    (long long)((from + i) % 90));
	}
	return 0;
}

static int
many_find(struct session *s, void *ctx, int64_t id, int64_t *at)
{
	(void)s;
	(void)ctx;
	*at = id - 1;
	return 0;
}

static const struct list_source many_source = {
	.count = many_count, .fetch = many_fetch, .find = many_find,
};

static const struct column many_columns[] = {
	{ .title = "Code", .width = 8 },
	{ .title = "Article" },
	{ .title = "Prix", .width = 10, .right = true },
	{ 0 }
};

struct many_state {
	struct list	 list;
};

static int
many_open(struct session *s, void *state, const void *arg)
{
	struct many_state	*m = state;

	(void)arg;
	list_init(&m->list, many_columns, &many_source, m);
	m->list.headed = true;
	return list_reload(s, &m->list);
}

static void
many_layout(struct session *s, void *state, int rows, int cols)
{
	(void)cols;
	list_layout(s, &((struct many_state *)state)->list, rows);
}

static void
many_draw(const void *state, struct canvas *c)
{
	list_draw(&((const struct many_state *)state)->list, c, 0);
}

static enum turn
many_key(struct session *s, void *state, struct key key)
{
	return list_key(s, &((struct many_state *)state)->list, key);
}

static enum turn
many_enter(struct session *s, void *state, const char *text)
{
	(void)text;
	return session_pop(s, true,
	    list_chosen(&((struct many_state *)state)->list), NULL);
}

static void
many_close(struct session *s, void *state)
{
	(void)s;
	list_done(&((struct many_state *)state)->list);
}

static const struct screen screen_many = {
	.name = "many", .title = "ARTICLES",
	.state_size = sizeof(struct many_state),
	.open = many_open, .layout = many_layout, .draw = many_draw,
	.key = many_key, .enter = many_enter, .close = many_close,
};

/* ---- payment ------------------------------------------------------------ */

static int
money_open(struct session *s, void *state, const void *arg)
{
	(void)s;
	*(int *)state = *(const int *)arg;
	return 0;
}

static void
money_draw(const void *state, struct canvas *c)
{
	canvas_put(c, 1, 2, STYLE_NORMAL, "Total");
	canvas_right(c, 1, 56, 20, STYLE_NORMAL, "52,92 €");
	canvas_put(c, 2, 2, STYLE_BOLD, "Reste");
	canvas_right(c, 2, 56, 20, STYLE_TOTAL, "52,92 €");
	canvas_fmt(c, 5, 2, STYLE_NORMAL, "%d lignes", *(const int *)state);
	canvas_put(c, 6, 2, STYLE_NORMAL,
	    "e Espèces  c Carte  t Titre-resto");
}

static void
money_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size, "Entrée = espèces, le reste");
}

static enum turn
money_enter(struct session *s, void *state, const char *text)
{
	(void)state;
	return session_pop(s, true, 0, text);
}

static const struct screen screen_money = {
	.name = "money", .title = "PAIEMENT", .state_size = sizeof(int),
	.open = money_open, .draw = money_draw, .prompt = money_prompt,
	.enter = money_enter,
};

/* ---- the sale ----------------------------------------------------------- */

struct sale_state {
	char	lines[LINES_MAX][40];
	int	n;
	bool	paid;
};

static int
sale_open(struct session *s, void *state, const void *arg)
{
	(void)state;
	(void)arg;
	session_status(s, STATUS_PLACE, STYLE_NORMAL, "Caisse 1");
	session_status(s, STATUS_PERSON, STYLE_NORMAL, "Zoé");
	session_status(s, STATUS_PRINTER, STYLE_NORMAL, "imprimante ok");
	return 0;
}

static void
sale_draw(const void *state, struct canvas *c)
{
	const struct sale_state	*sale = state;
	int			 rows = canvas_rows(c) - 3;
	int			 from = sale->n > rows ? sale->n - rows : 0;

	if (sale->paid) {
		canvas_put(c, 1, 2, STYLE_SHOUT, "RENDU  0,00 €");
	} else if (sale->n == 0) {
		canvas_put(c, 1, 2, STYLE_NORMAL,
		    "Tapez un code, un nom, ou scannez.");
	}
	for (int i = from; i < sale->n; i++) {
		int	row = 1 + i - from;

		canvas_marker(c, row, 0, i == sale->n - 1);
		canvas_put(c, row, 2, i == sale->n - 1 ? STYLE_MARKER :
		    STYLE_NORMAL, sale->lines[i]);
		canvas_right(c, row, canvas_cols(c) - 10, 10, STYLE_NORMAL,
		    "2,50");
		canvas_right(c, row, canvas_cols(c), 10, STYLE_NORMAL,
		    "2,50");
	}
	canvas_fmt(c, canvas_rows(c) - 2, 2, STYLE_NORMAL, "%d articles",
	    sale->n);
	canvas_right(c, canvas_rows(c) - 2, canvas_cols(c), 24, STYLE_TOTAL,
	    sale->n > 0 ? "TOTAL  52,92 €" : "TOTAL  0,00 €");
}

static void
sale_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)typed;
	(void)str_copy(out, size, ((const struct sale_state *)state)->n > 0 ?
	    "Entrée = payer" : "code, nom ou scan");
}

static enum turn
sale_enter(struct session *s, void *state, const char *text)
{
	struct sale_state	*sale = state;

	if (text[0] == '\0') {
		return sale->n == 0 ? TURN_STAY :
		    session_push(s, &screen_money, &sale->n);
	}
	if (sale->paid) {
		sale->paid = false;
		sale->n = 0;
	}
	if (sale->n < LINES_MAX) {
		(void)str_copy(sale->lines[sale->n++], 40, text);
	}
	return TURN_DRAW;
}

static enum turn
sale_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct sale_state	*sale = state;

	(void)rest;
	switch (act) {
	case ACT_FIND:
		return session_push(s, &screen_many, NULL);
	case ACT_SALE_PAY:
		return session_push(s, &screen_money, &sale->n);
	case ACT_SALE_CANCEL:
		sale->n = 0;
		return TURN_DRAW;
	default:
		return TURN_PASS;
	}
}

static enum turn
sale_resume(struct session *s, void *state, const struct answer *a)
{
	struct sale_state	*sale = state;

	if (a->from == &screen_money && a->ok) {
		sale->paid = true;
		sale->n = 0;
	} else if (a->from == &screen_many && a->ok) {
		session_say(s, "article %lld", (long long)a->value);
	}
	return TURN_DRAW;
}

static void
sale_close(struct session *s, void *state)
{
	const struct sale_state	*sale = state;
	const char		*path = getenv("FLOOR_LOG");
	FILE			*f;

	(void)s;
	if (path == NULL || (f = fopen(path, "a")) == NULL) {
		return;
	}
	for (int i = 0; i < sale->n; i++) {
		fprintf(f, "%s\n", sale->lines[i]);
	}
	fprintf(f, "parked %d\n", sale->n);
	fclose(f);
}

static const struct binding sale_keys[] = {
	{ .act = ACT_FIND, .key = K_F2, .label = "Chercher" },
	{ .act = ACT_SALE_LINE, .key = K_F3, .label = "Ligne" },
	{ .act = ACT_SALE_HOLD, .key = K_F5, .label = "Attente" },
	{ .act = ACT_OPENED, .key = K_F6, .label = "Rappel" },
	{ .act = ACT_SALE_VOID, .key = K_F8, .label = "Suppr." },
	{ .act = ACT_SALE_PAY, .key = K_F9, .label = "Payer" },
	{ .act = ACT_SALE_CANCEL, .letter = 'x' },
	{ .act = ACT_LEAVE, .letter = 'q' },
	{ 0 }
};

static const struct screen screen_sale = {
	.name = "sale", .title = "VENTE",
	.state_size = sizeof(struct sale_state), .keys = sale_keys,
	.open = sale_open, .draw = sale_draw, .prompt = sale_prompt,
	.enter = sale_enter, .act = sale_act, .resume = sale_resume,
	.close = sale_close,
};

static int64_t floor_ahead;

static int64_t
floor_now_ms(void)
{
	return clock_now_ms() + floor_ahead;
}

int
main(int argc, char **argv)
{
	struct session_config	 config = { .fd = STDIN_FILENO };
	struct session		*s;
	int			 r;

	if (getenv("FLOOR_SECOND") != NULL) {
		floor_ahead = strtol(getenv("FLOOR_SECOND"), NULL, 10) * 1000 -
		    clock_now_ms() % 60000;
		config.now_ms = floor_now_ms;
	}
	profile_from_env(&config.profile, config.fd);
	if (argc > 1) {
		config.lock = &screen_many;
		config.lock_ms = strtol(argv[1], NULL, 10);
	}
	if ((r = session_open(&config, &s)) != 0) {
		fprintf(stderr, "floor: %s\n", err_text(r));
		return err_status(r);
	}
	r = session_run(s, &screen_sale, NULL);
	session_close(s);
	return r;
}
