/* SPDX-License-Identifier: ISC */
/* Closing a shift: everything its Z says is written down, once. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "shop/audit.h"
#include "shop/grand.h"
#include "shop/journal.h"
#include "shop/print.h"
#include "shop/receipt.h"
#include "shop/sale_part.h"
#include "shop/shift_part.h"
#include "shop/table.h"
#include "sql/shift.h"

void
shift_z(const char *series, int64_t number, char out[static 40])
{
	(void)str_fmt(out, 40, "Z%s-%06lld", series, (long long)number);
}

static int
finish_figures(struct shop *shop, const struct closing *c)
{
	int64_t	id = c->shift.id;
	int	r = 0;

	for (size_t i = 0; i < c->ntotals && r == 0; i++) {
		const struct closing_total	*t = &c->totals[i];

		r = q_shift_total_add(shop->db, id, t->tender, t->currency,
		    t->opened + t->moved, t->taken, t->payments,
		    t->is_counted ? &t->counted : NULL, t->left);
	}
	for (size_t i = 0; i < c->nvats && r == 0; i++) {
		const struct closing_vat	*v = &c->vats[i];

		r = q_shift_vat_add(shop->db, id, v->part, v->rate, v->name,
		    v->letter, v->gross, v->net, v->vat);
	}
	for (size_t i = 0; i < c->nfigures && r == 0; i++) {
		const struct closing_figure	*f = &c->figures[i];

		r = q_shift_figure_add(shop->db, id, f->name, f->count,
		    f->amount);
	}
	return r;
}

/* What a count found beside the books: a row, 758 or 658 one day. */
static int
finish_gaps(struct shop *shop, const struct closing *c)
{
	int64_t	id;
	int	r = 0;

	for (size_t i = 0; i < c->ntotals && r == 0; i++) {
		const struct closing_total	*t = &c->totals[i];
		int64_t				 gap = t->counted - t->expected;

		if (t->is_counted && gap != 0) {
			r = q_drawer_move_add(shop->db, c->shift.id, gap > 0 ?
			    "surplus" : "shortage", t->tender, t->currency,
			    gap, "", shop_now(), some(&shop->who.user),
			    some(&shop->who.terminal), &id);
		}
	}
	return r;
}

/* What is taken out with the Z: the rest waits for the next shift. */
static int
finish_left(struct closing *c, const int64_t *left)
{
	if (left == NULL) {
		return 0;
	}
	for (size_t i = 0; i < c->ntotals; i++) {
		struct closing_total	*t = &c->totals[i];

		if (!t->cash || t->currency[0] != '\0') {
			continue;
		}
		if (*left < 0 || *left > t->left) {
			return err_set(ERR_RANGE, _("no more can stay in the "
			    "drawer than was found in it"));
		}
		t->left = *left;
	}
	return 0;
}

/* A till's Z are numbered as its tickets are. */
static int
finish_number(struct shop *shop, const struct shift *shift,
    char series[static SALE_SERIES], int64_t *number)
{
	struct q_shift_next	row;
	char			life[JOURNAL_LIFE];
	int			r;

	if ((r = journal_life(shop, life)) != 0) {
		return r;
	}
	(void)str_fmt(series, SALE_SERIES, "%lld%s",
	    (long long)shift->terminal_id, life);
	if ((r = q_shift_next(shop->db, series, &row)) == 0) {
		*number = row.number;
	}
	return r;
}

int
shift_finish(struct shop *shop, int64_t id, int64_t count,
    const int64_t *left, bool forced)
{
	struct closing	c;
	char		series[SALE_SERIES];
	int64_t		number, n;
	int		r;

	if ((r = closing_with(shop, id, count, &c)) != 0) {
		return r;
	}
	if ((r = finish_left(&c, left)) == 0 &&
	    (r = finish_figures(shop, &c)) == 0 &&
	    (r = finish_gaps(shop, &c)) == 0 &&
	    (r = finish_number(shop, &c.shift, series, &number)) == 0 &&
	    (r = q_shift_end(shop->db, id, shop_now(), some(&shop->who.user),
	    forced, series, number, some(&count), &n)) == 0 && n != 1) {
		r = err_set(ERR_CHANGED, _("the shift was closed meanwhile"));
	}
	/* Of a count that nobody ended nothing stays. */
	if (r == 0 && (r = q_drawer_sheet_end(shop->db, id)) == 0) {
		r = closing_shift(shop, id);
	}
	db_topic(shop->db, "shift");
	closing_done(&c);
	return r;
}

/* --- by hand -------------------------------------------------------------- */

/* What stands in the way; the count that is to be said. */
static int
close_ready(struct shop *shop, const struct shift *shift,
    const struct shift_how *how, int64_t *count)
{
	struct drawer_counted	 counted;
	struct shift_sale	*sales;
	size_t			 n;
	int			 r;

	*count = 0;
	if (!shift->open) {
		return err_set(ERR_FROZEN, _("the shift is closed: %s"),
		    shift->z);
	}
	if ((r = shift_sales(shop, shift, &sales, &n)) != 0) {
		return r;
	}
	free(sales);
	if (n > 0 && !how->leave) {
		return err_set(ERR_BUSY, ngettext("%zu sale is still open; "
		    "finish it, or say that it waits",
		    "%zu sales are still open; finish them, or say that they "
		    "wait", n), n);
	}
	if (how->uncounted || !shift->drawer) {
		return 0;
	}
	if ((r = drawer_counted(shop, shift->id, &counted)) != 0) {
		return r;
	}
	if (counted.id == 0) {
		return err_set(ERR_EMPTY, _("count the drawer first"));
	}
	if (counted.old) {
		return err_set(ERR_EMPTY, _("the drawer moved since it was "
		    "counted; count again"));
	}
	*count = counted.id;
	return 0;
}

/* The drawer of somebody else is a manager's matter, as is one not counted. */
static int
close_may(struct shop *shop, const struct shift *shift,
    const struct shift_how *how)
{
	bool	mine = shift->per_cashier ?
		    shift->user_id == shop->who.user :
		    shift->terminal_id == shop->who.terminal;

	return mine && !(how->uncounted && shift->drawer) ? 0 :
	    shop_require(shop, RIGHT_EXPECTED);
}

/* As it was written down, from where it was written. */
static int
close_paper(struct shop *shop, int64_t id)
{
	struct closing	c;
	struct slip	slip = { 0 };
	int64_t		printer, job;
	int		r;

	if ((r = printer_for(shop, shop->who.terminal, &printer)) != 0 ||
	    printer == 0 || (r = closing_read(shop, id, &c)) != 0) {
		return r;
	}
	if ((r = shift_slip(shop, &c, 0, true, &slip)) == 0) {
		r = print_add(shop, printer, PRINT_REPORT, c.shift.z, &slip,
		    &job);
	}
	slip_done(&slip);
	closing_done(&c);
	return r;
}

int
shift_close(struct shop *shop, int64_t id, const struct shift_how *how)
{
	struct shift	shift;
	int64_t		count;
	int		r;

	if ((r = shop_require(shop, RIGHT_SHIFT)) != 0 ||
	    (r = db_begin(shop->db, "shift close")) != 0) {
		return r;
	}
	if ((r = shift_get(shop, id, &shift)) == 0 &&
	    (r = close_may(shop, &shift, how)) == 0 &&
	    (r = close_ready(shop, &shift, how, &count)) == 0 &&
	    (how->leave || how->history ||
	    (r = table_all_paid(shop, id)) == 0) &&
	    (r = shift_finish(shop, id, count, how->left, false)) == 0 &&
	    (r = audit_add(shop, "shift.close", "shift", id,
	    how->uncounted ? "not counted" : "")) == 0 && !how->history) {
		r = close_paper(shop, id);
	}
	return shift_done(shop, r);
}

/* --- paper ---------------------------------------------------------------- */

int
shift_x(struct shop *shop, int64_t id)
{
	struct closing	c;
	struct slip	slip = { 0 };
	int64_t		printer, job;
	bool		sees;
	int		r;

	if ((r = shop_require(shop, RIGHT_SHIFT)) != 0 ||
	    (r = printer_for(shop, shop->who.terminal, &printer)) != 0) {
		return r;
	}
	if (printer == 0) {
		return err_set(ERR_NOT_FOUND, _("there is no printer here"));
	}
	if ((r = shift_sees(shop, id, &sees)) != 0 ||
	    (r = drawer_closing(shop, id, &c)) != 0) {
		return r;
	}
	if (!c.shift.open) {
		r = err_set(ERR_FROZEN, _("the shift is closed: %s"),
		    c.shift.z);
	} else if ((r = shift_slip(shop, &c, 0, sees, &slip)) == 0 &&
	    (r = db_begin(shop->db, "shift x")) == 0) {
		if ((r = audit_add(shop, "shift.x", "shift", id, "")) == 0) {
			r = print_add(shop, printer, PRINT_REPORT, "X", &slip,
			    &job);
		}
		r = shift_done(shop, r);
	}
	slip_done(&slip);
	closing_done(&c);
	return r;
}

/* seq, docType, reprintNo, operator, dateTime, docNumber */
static int
reprint_journal(struct shop *shop, const struct shift *shift, int64_t n,
    int64_t *record)
{
	struct journal_place	place;
	char			chain[40], when[16], payload[160], hash[65];
	int			r;

	(void)str_fmt(chain, sizeof(chain), "duplicate/%lld",
	    (long long)shop->who.terminal);
	if ((r = journal_clock_check(shop)) != 0 ||
	    (r = journal_place(shop, chain, &place)) != 0) {
		return r;
	}
	clock_local(shop_now(), "%Y%m%d%H%M%S", when, sizeof(when));
	(void)str_fmt(payload, sizeof(payload), "%lld,Z,%lld,%lld,%s,%s",
	    (long long)place.seq, (long long)n, (long long)shop->who.user,
	    when, shift->z);
	return journal_add(shop, &place, payload, "", 0, hash, record);
}

int
shift_again(struct shop *shop, const struct closing *c, int64_t *n,
    char ref[static 60], struct slip *out)
{
	struct q_shift_print_last	last;
	int64_t				record;
	int				r;

	if ((r = q_shift_print_last(shop->db, c->shift.id, &last)) != 0) {
		return r;
	}
	*n = last.n + 1;
	(void)str_fmt(ref, 60, "%s-D%lld", c->shift.z, (long long)*n);
	if ((r = reprint_journal(shop, &c->shift, *n, &record)) == 0 &&
	    (r = q_shift_print_add(shop->db, c->shift.id, *n, shop_now(),
	    some(&shop->who.user), record)) == 0) {
		r = shift_slip(shop, c, *n, true, out);
	}
	return r;
}

static int
reprint_write(struct shop *shop, const struct closing *c, int64_t printer,
    int64_t *n)
{
	struct slip	slip = { 0 };
	char		ref[60];
	int64_t		job;
	int		r;

	if ((r = shift_again(shop, c, n, ref, &slip)) == 0 &&
	    (r = audit_add(shop, "shift.reprint", "shift", c->shift.id,
	    ref)) == 0 && printer != 0) {
		r = print_add(shop, printer, PRINT_DUPLICATE, ref, &slip,
		    &job);
	}
	slip_done(&slip);
	return r;
}

int
shift_reprint(struct shop *shop, int64_t id, int64_t *n)
{
	struct closing	c;
	int64_t		printer;
	int		r;

	*n = 0;
	if ((r = shop_require(shop, RIGHT_SHIFT)) != 0 ||
	    (r = shop_require(shop, RIGHT_REPRINT)) != 0 ||
	    (r = printer_for(shop, shop->who.terminal, &printer)) != 0 ||
	    (r = closing_read(shop, id, &c)) != 0) {
		return r;
	}
	if (c.shift.open) {
		r = err_set(ERR_INVALID, _("only the Z of a closed shift is "
		    "printed again"));
	} else if ((r = db_begin(shop->db, "shift reprint")) == 0) {
		r = shift_done(shop, reprint_write(shop, &c, printer, n));
	}
	closing_done(&c);
	if (r != 0) {
		*n = 0;
	}
	return r;
}
