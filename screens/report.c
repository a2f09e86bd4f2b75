/* SPDX-License-Identifier: ISC */
/* One report: a table where it fits, else a block of lines for each row; the
 * arrows go from day to day. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "shop/report.h"
#include "term/pager.h"

#define REPORT_ARGS	128		/* bytes of "NAME VALUE…" */
#define REPORT_BAR	10		/* columns that make a bar worth it */

struct report_screen {
	struct shop	*shop;
	struct report	 report;
	char		 args[REPORT_ARGS];	/* cut into words */
	const char	*arg[REPORT_PARAMS];
	size_t		 nargs;
	char		 day[CLOCK_DAY_SIZE];	/* of its first day; "" none */
	char		**cell;
	int64_t		*chart;			/* of each row */
	int64_t		 most;			/* the largest of them */
	size_t		 ncells, room;
	int		 rows, cols;
	struct pager	 pager;
};

/* ---- reading ------------------------------------------------------------ */

static void
report_forget(struct report_screen *st)
{
	for (size_t i = 0; i < st->ncells; i++) {
		free(st->cell[i]);
	}
	free(st->cell);
	free(st->chart);
	st->cell = NULL;
	st->chart = NULL;
	st->ncells = st->room = 0;
	st->most = 0;
}

static int
report_keep(void *ctx, const struct report_value *row)
{
	struct report_screen	*st = ctx;
	const struct report	*report = &st->report;
	size_t			 n = report->ncolumns;
	char			 text[MONEY_TEXT];

	if (st->ncells + n > st->room) {
		st->room = st->room * 2 + 32 * n;
		st->cell = xrealloc(st->cell, st->room, sizeof(*st->cell));
		st->chart = xrealloc(st->chart, st->room / n,
		    sizeof(*st->chart));
	}
	st->chart[st->ncells / n] = 0;
	for (size_t i = 0; i < n; i++) {
		const char	*word = text;

		text[0] = '\0';
		if (!row[i].null && row[i].text != NULL) {
			word = row[i].text[0] == '\0' ? "" : _(row[i].text);
		} else if (!row[i].null) {
			value_text(report->column[i].kind, row[i].number,
			    &st->shop->money, text);
			if (strcmp(report->column[i].key, report->chart) ==
			    0) {
				st->chart[st->ncells / n] = row[i].number;
				st->most = row[i].number > st->most ?
				    row[i].number : st->most;
			}
		}
		st->cell[st->ncells + i] = xstrdup(word);
	}
	st->ncells += n;
	return 0;
}

/* The first value that is a day; NULL when this report asks for none. */
static const char **
report_day_arg(struct report_screen *st)
{
	for (size_t i = 0; i < st->report.nparams && i <= st->nargs; i++) {
		if (st->report.param[i].kind == VALUE_DAY) {
			return &st->arg[i];
		}
	}
	return NULL;
}

static int
report_read(struct report_screen *st)
{
	report_forget(st);
	return report_run(st->shop, &st->report, st->arg, st->nargs,
	    report_keep, st);
}

/* For this day from now on; "" is today. */
static int
report_of_day(struct report_screen *st, const char *day)
{
	const char	**arg = report_day_arg(st);
	char		  is[CLOCK_DAY_SIZE];
	int		  r;

	if (arg == NULL) {
		return err_set(ERR_INVALID, _("this report has no day"));
	}
	r = report_day(st->shop, *day == '\0' ? NULL : day, is);
	if (r != 0) {
		return r;
	}
	(void)str_copy(st->day, sizeof(st->day), is);
	*arg = st->day;
	if ((size_t)(arg - st->arg) == st->nargs) {
		st->nargs++;
	}
	return report_read(st);
}

/* ---- writing ------------------------------------------------------------ */

static void
report_pad(struct buf *b, int n)
{
	for (int i = 0; i < n; i++) {
		buf_chr(b, ' ');
	}
}

static void
report_cell(struct buf *b, const char *text, int width, bool right)
{
	int	pad = width - utf8_cols(text);

	report_pad(b, right ? pad : 0);
	buf_str(b, text);
	report_pad(b, right ? 2 : pad + 2);
}

static const char *
report_at(const struct report_screen *st, size_t row, size_t column)
{
	return st->cell[row * st->report.ncolumns + column];
}

/* Widths of the columns; the sum is what a row takes. */
static int
report_widths(const struct report_screen *st, int width[])
{
	size_t	n = st->report.ncolumns;
	int	sum = -2;

	for (size_t i = 0; i < n; i++) {
		width[i] = utf8_cols(_(st->report.column[i].title));
		for (size_t row = 0; row < st->ncells / n; row++) {
			int	w = utf8_cols(report_at(st, row, i));

			width[i] = w > width[i] ? w : width[i];
		}
		sum += width[i] + 2;
	}
	return sum;
}

static void
report_table(const struct report_screen *st, const int width[], int bar,
    struct buf *b)
{
	const struct report	*report = &st->report;

	for (size_t i = 0; i < report->ncolumns; i++) {
		report_cell(b, _(report->column[i].title), width[i],
		    value_is_number(report->column[i].kind));
	}
	buf_chr(b, '\n');
	for (size_t row = 0; row < st->ncells / report->ncolumns; row++) {
		int64_t	n = st->most > 0 ? st->chart[row] * bar / st->most :
			    0;

		for (size_t i = 0; i < report->ncolumns; i++) {
			report_cell(b, report_at(st, row, i), width[i],
			    value_is_number(report->column[i].kind));
		}
		while (n-- > 0) {
			buf_chr(b, '#');
		}
		buf_chr(b, '\n');
	}
}

/* On a narrow screen: the words of a row, then its numbers by name. */
static void
report_blocks(const struct report_screen *st, int cols, struct buf *b)
{
	const struct report	*report = &st->report;

	for (size_t row = 0; row < st->ncells / report->ncolumns; row++) {
		int	at = cols;

		for (size_t i = 0; i < report->ncolumns; i++) {
			if (!value_is_number(report->column[i].kind)) {
				buf_fmt(b, "%s ", report_at(st, row, i));
			}
		}
		for (size_t i = 0; i < report->ncolumns; i++) {
			const char	*text = report_at(st, row, i);
			const char	*name = _(report->column[i].title);
			int		 w = utf8_cols(text) +
					    utf8_cols(name) + 3;

			if (!value_is_number(report->column[i].kind) ||
			    *text == '\0') {
				continue;
			}
			if (at + w > cols) {
				buf_str(b, "\n ");
				at = 1;
			}
			buf_fmt(b, " %s %s ", name, text);
			at += w;
		}
		buf_chr(b, '\n');
	}
}

static void
report_write(struct report_screen *st)
{
	struct buf	b = { 0 };
	int		width[REPORT_COLUMNS], sum, bar;

	sum = report_widths(st, width);
	bar = st->cols - sum - 3;
	if (st->rows >= 14) {
		buf_fmt(&b, "%s\n\n", _(st->report.title));
	}
	if (st->ncells == 0) {
		buf_str(&b, _("nothing to report"));
	} else if (sum <= st->cols) {
		report_table(st, width, bar >= REPORT_BAR ? bar : 0, &b);
	} else {
		report_blocks(st, st->cols, &b);
	}
	pager_done(&st->pager);
	pager_init(&st->pager, buf_text(&b));
	pager_layout(&st->pager, st->rows, st->cols);
	buf_done(&b);
}

/* ---- the contract ------------------------------------------------------- */

/* "NAME VALUE…"; the name may be only begun. */
static int
report_open_named(struct report_screen *st)
{
	char	*save = NULL, *word = strtok_r(st->args, " ", &save);
	int	 r;

	if (word == NULL) {
		return err_set(ERR_INVALID, _("which report?"));
	}
	if ((r = report_find(word, &st->report)) != 0) {
		return r;
	}
	while ((word = strtok_r(NULL, " ", &save)) != NULL) {
		if (st->nargs == st->report.nparams) {
			return err_set(ERR_USAGE, _("report %s takes at most "
			    "%zu values"), st->report.name, st->nargs);
		}
		st->arg[st->nargs++] = word;
	}
	if (report_day_arg(st) != NULL) {
		const char	**arg = report_day_arg(st);

		return report_of_day(st, *arg == NULL ? "" : *arg);
	}
	return report_read(st);
}

static int
report_open(struct session *s, void *state, const void *arg)
{
	struct report_screen	*st = state;
	int			 r;

	st->shop = session_shop(s);
	st->rows = session_rows(s);
	st->cols = session_cols(s);
	if (!str_copy(st->args, sizeof(st->args), arg != NULL ? arg : "")) {
		return err_set(ERR_TOO_LONG, _("the report's words are too "
		    "long"));
	}
	if ((r = report_open_named(st)) != 0) {
		report_forget(st);
		return r;
	}
	report_write(st);
	return 0;
}

static void
report_close(struct session *s, void *state)
{
	struct report_screen	*st = state;

	app_keep(s, "reports", 0);
	report_forget(st);
	pager_done(&st->pager);
}

static void
report_layout(struct session *s, void *state, int rows, int cols)
{
	struct report_screen	*st = state;

	(void)s;
	st->rows = rows;
	st->cols = cols;
	report_write(st);
}

static void
report_draw(const void *state, struct canvas *c)
{
	pager_draw(&((const struct report_screen *)state)->pager, c);
}

static void
report_head(const void *state, char *out, size_t size)
{
	const struct report_screen	*st = state;

	(void)str_fmt(out, size, "%s  %s", _("REPORT"), st->day[0] != '\0' ?
	    app_day_of(st->shop, st->day) : st->report.name);
}

static void
report_prompt(const void *state, const char *typed, char *out, size_t size)
{
	const struct report_screen	*st = state;
	char				 place[48];

	if (st->day[0] != '\0' && *typed != '\0') {
		(void)str_copy(out, size, _("a day: 20/11/2026, yesterday"));
		return;
	}
	pager_place(&st->pager, place, sizeof(place));
	(void)str_fmt(out, size, "%s%s%s", place, place[0] != '\0' ? "  " : "",
	    st->day[0] != '\0' ? _("arrows: another day") :
	    _(st->report.title));
}

static enum turn
report_again(struct session *s, struct report_screen *st, int r)
{
	report_write(st);
	return r != 0 ? session_fail(s, r) : TURN_DRAW;
}

static enum turn
report_key(struct session *s, void *state, struct key key)
{
	struct report_screen	*st = state;
	char			 day[CLOCK_DAY_SIZE];

	if (key.code == K_CHAR || key.code == K_ENTER) {
		return TURN_PASS;	/* a day is typed */
	}
	if ((key.code == K_LEFT || key.code == K_RIGHT) &&
	    st->day[0] != '\0' && *session_entry(s) == '\0') {
		clock_day_step(st->day, key.code == K_LEFT ? -1 : 1, day);
		return report_again(s, st, report_of_day(st, day));
	}
	return pager_key(&st->pager, key);
}

static enum turn
report_enter(struct session *s, void *state, const char *text)
{
	struct report_screen	*st = state;
	int			 r;

	if (*text == '\0') {
		return pager_key(&st->pager, (struct key){ .code = K_PGDN });
	}
	if ((r = report_of_day(st, text)) != 0) {
		return session_fail(s, r);
	}
	return report_again(s, st, 0);
}

static enum turn
report_act(struct session *s, void *state, enum action act, const char *rest)
{
	struct report_screen	*st = state;

	(void)rest;
	return act != ACT_REFRESH ? TURN_PASS :
	    report_again(s, st, report_read(st));
}

static const struct binding report_keys[] = {
	{ ACT_REFRESH, K_NONE, 'r', NULL },
	{ 0 }
};

const struct screen screen_report = {
	.name = "report",
	.title = N_("REPORT"),
	.help = N_("A report as it is now.  Left and right go a day back and "
	    "forth; a day typed, like 20/11/2026 or yesterday, goes there.  "
	    "The other arrows scroll.  On the command line: comptoir report "
	    "NAME DAY, also as csv and json."),
	.state_size = sizeof(struct report_screen),
	.keys = report_keys,
	.open = report_open,
	.layout = report_layout,
	.draw = report_draw,
	.head = report_head,
	.prompt = report_prompt,
	.key = report_key,
	.enter = report_enter,
	.act = report_act,
	.close = report_close,
};
