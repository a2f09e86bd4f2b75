/* SPDX-License-Identifier: ISC */
/* Gift cards and credit notes: their numbers, and what is on them. */
#include "shop/voucher.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/country.h"
#include "shop/ean.h"
#include "shop/receipt.h"
#include "shop/sale_part.h"
#include "shop/slip.h"
#include "sql/voucher.h"

#define VOUCHER_DIGITS	(VOUCHER_NUMBER - 1)
#define VOUCHER_HEAD	"98"		/* GS1 leaves it to coupons */

static const struct {
	const char	*word, *text;
} voucher_kinds[] = {
	[VOUCHER_GIFT] = { "gift", N_("gift card") },
	[VOUCHER_CREDIT] = { "credit", N_("credit note") },
}, voucher_states[] = {
	[VOUCHER_BLANK] = { "blank", N_("not sold yet") },
	[VOUCHER_GOOD] = { "good", N_("good") },
	[VOUCHER_USED_UP] = { "used", N_("used up") },
	[VOUCHER_EXPIRED] = { "expired", N_("expired") },
	[VOUCHER_BLOCKED] = { "blocked", N_("blocked") },
};

const char *
voucher_kind_word(enum voucher_kind kind)
{
	return voucher_kinds[kind].word;
}

const char *
voucher_kind_text(enum voucher_kind kind)
{
	return _(voucher_kinds[kind].text);
}

const char *
voucher_state_word(enum voucher_state state)
{
	return voucher_states[state].word;
}

const char *
voucher_state_text(enum voucher_state state)
{
	return _(voucher_states[state].text);
}

/* --- numbers ------------------------------------------------------------ */

/* Digits alone, blanks left out; false when there are not sixteen that begin
 * as ours do. */
static bool
voucher_digits(const char *text, char out[static VOUCHER_NUMBER])
{
	size_t	n = 0;

	for (text = aim_strip(text); *text != '\0'; text++) {
		if (*text == ' ') {
			continue;
		}
		if (*text < '0' || *text > '9' || n == VOUCHER_DIGITS) {
			return false;
		}
		out[n++] = *text;
	}
	out[n] = '\0';
	return n == VOUCHER_DIGITS && str_starts(out, VOUCHER_HEAD);
}

bool
voucher_looks(const char *text)
{
	char	digits[VOUCHER_NUMBER];

	return voucher_digits(text, digits);
}

int
voucher_number(const char *text, char out[static VOUCHER_NUMBER])
{
	char	head[VOUCHER_NUMBER];

	if (!voucher_digits(text, out)) {
		out[0] = '\0';
		return err_set(ERR_INVALID, _("%.30s is no voucher number; "
		    "it has %d digits and begins with %s"), text,
		    VOUCHER_DIGITS, VOUCHER_HEAD);
	}
	(void)str_fmt(head, sizeof(head), "%.*s", VOUCHER_DIGITS - 1, out);
	if (ean_check(head) != out[VOUCHER_DIGITS - 1] - '0') {
		out[0] = '\0';
		return err_set(ERR_INVALID, _("a digit of that voucher number "
		    "is wrong; type or scan it again"));
	}
	return 0;
}

void
voucher_show(const char *number, bool hidden, char out[static VOUCHER_SHOWN])
{
	size_t	n = strlen(number), at = 0;

	for (size_t i = 0; i < n && at + 2 < VOUCHER_SHOWN; i++) {
		if (i > 0 && i % 4 == 0) {
			out[at++] = ' ';
		}
		out[at++] = hidden && i + 4 < n ? '*' : number[i];
	}
	out[at] = '\0';
}

/* Random from the thirteen digits in the middle: nobody guesses one. */
static void
voucher_draw(char out[static VOUCHER_NUMBER])
{
	(void)str_copy(out, VOUCHER_NUMBER, VOUCHER_HEAD);
	for (size_t i = strlen(out); i < VOUCHER_DIGITS - 1; i++) {
		out[i] = (char)('0' + randombytes_uniform(10));
		out[i + 1] = '\0';
	}
	out[VOUCHER_DIGITS - 1] = (char)('0' + ean_check(out));
	out[VOUCHER_DIGITS] = '\0';
}

/* --- reading ------------------------------------------------------------ */

static enum voucher_state
voucher_state_of(struct shop *shop, const struct voucher *v, bool blocked,
    int64_t moves)
{
	char	today[CLOCK_DAY_SIZE];

	clock_business_day(shop_now(), shop->set.day_start_hour, today);
	return blocked ? VOUCHER_BLOCKED : moves == 0 ? VOUCHER_BLANK :
	    v->balance == 0 ? VOUCHER_USED_UP :
	    v->expires[0] != '\0' && strcmp(v->expires, today) < 0 ?
	    VOUCHER_EXPIRED : VOUCHER_GOOD;
}

/* Both queries have these columns. */
#define VOUCHER_FROM(shop, v, row) do { \
	*(v) = (struct voucher){ \
		.id = (row)->id, \
		.balance = (row)->balance, \
		.made_at = (row)->made_at, \
		.kind = strcmp((row)->kind, "gift") == 0 ? VOUCHER_GIFT : \
		    VOUCHER_CREDIT, \
		.single = !(row)->rate_null, \
		.rate = (row)->rate_null ? 0 : (row)->rate, \
		.rate2 = (row)->rate2, \
	}; \
	(void)str_copy((v)->number, sizeof((v)->number), (row)->number); \
	(void)str_copy((v)->expires, sizeof((v)->expires), \
	    (row)->expires == NULL ? "" : (row)->expires); \
	(void)str_copy((v)->holder, sizeof((v)->holder), (row)->holder); \
	(v)->state = voucher_state_of(shop, v, (row)->blocked, \
	    (row)->moves); \
} while (0)

int
voucher_get(struct shop *shop, int64_t id, struct voucher *out)
{
	struct q_voucher_get	row;
	int			r;

	*out = (struct voucher){ 0 };
	if ((r = q_voucher_get(shop->db, id, &row)) == 0) {
		VOUCHER_FROM(shop, out, &row);
	}
	return r;
}

int
voucher_find(struct shop *shop, const char *text, struct voucher *out)
{
	struct q_voucher_by_number	row;
	char				number[VOUCHER_NUMBER];
	int				r;

	*out = (struct voucher){ 0 };
	if ((r = voucher_number(text, number)) != 0) {
		return r;
	}
	if ((r = q_voucher_by_number(shop->db, number, &row)) ==
	    ERR_NOT_FOUND) {
		return err_set(ERR_NOT_FOUND, _("this shop knows no voucher "
		    "of that number"));
	}
	return r != 0 ? r : voucher_get(shop, row.id, out);
}

int
voucher_usable(struct shop *shop, const struct voucher *v)
{
	char	day[COUNTRY_DAY];

	switch (v->state) {
	case VOUCHER_GOOD:
		return 0;
	case VOUCHER_BLANK:
		return err_set(ERR_INVALID, _("nothing was ever put on this "
		    "voucher"));
	case VOUCHER_USED_UP:
		return err_set(ERR_INVALID, _("this voucher is used up"));
	case VOUCHER_EXPIRED:
		return err_set(ERR_INVALID, _("this voucher expired on %s; a "
		    "manager may extend it"),
		    country_day(shop, v->expires, day));
	case VOUCHER_BLOCKED:
		break;
	}
	return err_set(ERR_DENIED, _("this voucher is blocked; keep it and "
	    "call a manager"));
}

int
voucher_balance(struct shop *shop, const char *text, char *out, size_t size)
{
	struct voucher	v;
	char		left[MONEY_TEXT], day[COUNTRY_DAY];
	int		r;

	if ((r = shop_require(shop, RIGHT_SELL)) != 0 ||
	    (r = voucher_find(shop, text, &v)) != 0) {
		return r;
	}
	money_symbol(&shop->money, v.balance, left);
	if (v.state == VOUCHER_GOOD && v.expires[0] != '\0') {
		(void)str_fmt(out, size, _("%s: %s, until %s"),
		    voucher_kind_text(v.kind), left,
		    country_day(shop, v.expires, day));
	} else {
		(void)str_fmt(out, size, "%s: %s, %s",
		    voucher_kind_text(v.kind), left,
		    voucher_state_text(v.state));
	}
	return 0;
}

int
voucher_list(struct shop *shop, bool open,
    int (*fn)(void *ctx, const struct voucher *v), void *ctx)
{
	struct q_voucher_all	*rows;
	struct voucher		 v;
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_SALES)) != 0 ||
	    (r = q_voucher_all(shop->db, open, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		VOUCHER_FROM(shop, &v, &rows[i]);
		r = fn(ctx, &v);
	}
	free(rows);
	return r;
}

int
voucher_moves(struct shop *shop, int64_t id,
    int (*fn)(void *ctx, const struct voucher_move *move), void *ctx)
{
	struct q_voucher_moves	*rows;
	struct voucher_move	 m;
	char			 ticket[32];
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_SALES)) != 0 ||
	    (r = q_voucher_moves(shop->db, id, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		ticket[0] = '\0';
		if (!rows[i].number_null) {
			sale_ticket(rows[i].series, rows[i].number, ticket);
		}
		m = (struct voucher_move){
			.id = rows[i].id,
			.amount = rows[i].amount,
			.at = rows[i].at,
			.sale = rows[i].sale_null ? 0 : rows[i].sale,
			.kind = rows[i].kind,
			.ticket = ticket,
			.reason = rows[i].reason,
			.user = rows[i].user,
		};
		r = fn(ctx, &m);
	}
	free(rows);
	return r;
}

/* --- inside a transaction ----------------------------------------------- */

static int
voucher_move(struct shop *shop, int64_t id, const char *kind, int64_t amount,
    const int64_t *sale, const char *reason)
{
	return q_voucher_move_add(shop->db, id, kind, amount, sale, reason,
	    shop_now(), some(&shop->who.user), some(&shop->who.terminal));
}

/* The last day of so many months from today; "" for 0 of them. */
static void
voucher_until(struct shop *shop, int months, char out[static CLOCK_DAY_SIZE])
{
	static const int	lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31,
				    30, 31, 30, 31 };
	int			year, month, day, most;

	out[0] = '\0';
	if (months == 0) {
		return;
	}
	clock_business_day(shop_now(), shop->set.day_start_hour, out);
	year = (int)strtol(out, NULL, 10);
	month = (int)strtol(out + 5, NULL, 10) - 1 + months;
	day = (int)strtol(out + 8, NULL, 10);
	year += month / 12;
	month %= 12;
	most = lengths[month] + (month == 1 && year % 4 == 0 &&
	    (year % 100 != 0 || year % 400 == 0) ? 1 : 0);
	(void)str_fmt(out, CLOCK_DAY_SIZE, "%04d-%02d-%02d", year % 10000,
	    month + 1, day < most ? day : most);
}

/* From the day something comes on it a voucher is good for so long. */
static int
voucher_start(struct shop *shop, int64_t id, enum voucher_kind kind)
{
	char	until[CLOCK_DAY_SIZE];

	voucher_until(shop, kind == VOUCHER_GIFT ? shop->set.gift_months :
	    shop->set.credit_months, until);
	return q_voucher_begin(shop->db, id, until[0] == '\0' ? NULL : until);
}

int
voucher_make(struct shop *shop, enum voucher_kind kind, const int64_t *rate,
    int64_t rate2, int64_t *id)
{
	char	number[VOUCHER_NUMBER];

	voucher_draw(number);
	return q_voucher_add(shop->db, number, voucher_kind_word(kind), rate,
	    rate2, shop_now(), some(&shop->who.user), id);
}

int
voucher_short(struct shop *shop, const struct voucher *v)
{
	char	left[MONEY_TEXT];

	money_symbol(&shop->money, v->balance, left);
	return err_set(ERR_RANGE, _("there is %s left on it"), left);
}

int
voucher_use(struct shop *shop, int64_t id, int64_t amount, int64_t sale)
{
	struct voucher	v;
	int		r;

	if ((r = voucher_get(shop, id, &v)) != 0 ||
	    (r = voucher_usable(shop, &v)) != 0) {
		return r;
	}
	if (v.single) {
		return err_set(ERR_INVALID, _("this card's VAT was paid when "
		    "it was sold; scan it on the sale"));
	}
	if (amount > v.balance) {
		return voucher_short(shop, &v);
	}
	return voucher_move(shop, id, "pay", -amount, &sale, "");
}

int
voucher_unuse(struct shop *shop, int64_t id, int64_t amount, int64_t sale)
{
	return voucher_move(shop, id, "unpay", amount, &sale, "");
}

int
voucher_refund(struct shop *shop, int64_t id, int64_t amount, int64_t sale)
{
	return voucher_move(shop, id, "refund", amount, &sale, "");
}

int
voucher_issue(struct shop *shop, int64_t amount, int64_t sale,
    struct voucher *out)
{
	int64_t	id;
	int	r;

	*out = (struct voucher){ 0 };
	if ((r = voucher_make(shop, VOUCHER_CREDIT, NULL, 0, &id)) != 0 ||
	    (r = q_voucher_holder(shop->db, id, sale)) != 0 ||
	    (r = voucher_start(shop, id, VOUCHER_CREDIT)) != 0 ||
	    (r = voucher_move(shop, id, "issue", amount, &sale, "")) != 0) {
		return r;
	}
	return voucher_get(shop, id, out);
}

/* Goods may have been taken off since the card was put beside them. */
static int
voucher_goods(struct shop *shop, const struct sale *sale,
    const struct voucher *v)
{
	struct q_voucher_goods	goods;
	int			r;

	if ((r = q_voucher_goods(shop->db, sale->id, v->id, v->rate, v->rate2,
	    &goods)) != 0) {
		return r;
	}
	return goods.amount >= 0 ? 0 : err_set(ERR_RANGE, _("the gift card "
	    "takes off more than the goods it is for; void its line (F8)"));
}

/* One line of a ticket: a card sold, filled, used (VAT paid before) or taken
 * back with everything that was put on it. */
static int
voucher_line(struct shop *shop, const struct sale *sale,
    const struct sale_line *line)
{
	struct voucher	v;
	const char	*kind;
	int		r;

	if ((r = voucher_get(shop, line->voucher, &v)) != 0) {
		return r;
	}
	if (line->qty > 0 && line->returns != 0) {
		kind = "unuse";		/* its ticket is cancelled */
	} else if (line->qty > 0) {
		kind = v.state == VOUCHER_BLANK ? "sell" : "reload";
		if ((r = voucher_start(shop, v.id, v.kind)) != 0) {
			return r;
		}
	} else {
		kind = line->returns != 0 ? "return" : "use";
		if ((r = voucher_usable(shop, &v)) != 0 ||
		    (r = line->returns == 0 ? voucher_goods(shop, sale, &v) :
		    0) != 0) {
			return r;
		}
		if (v.balance + line->amount < 0) {
			return voucher_short(shop, &v);
		}
	}
	return line->amount == 0 ? 0 : voucher_move(shop, v.id, kind,
	    line->amount, &sale->id, "");
}

int
voucher_posting(struct shop *shop, const struct sale *sale)
{
	int	r = 0;

	for (size_t i = 0; i < sale->nlines && r == 0; i++) {
		if (sale->lines[i].voucher != 0 &&
		    sale->lines[i].state == LINE_LIVE) {
			r = voucher_line(shop, sale, &sale->lines[i]);
		}
	}
	return r;
}

/* --- a manager's work --------------------------------------------------- */

/* The other half of voucher_begin(): one audit row, by id. */
static int
voucher_end(struct shop *shop, int r, const char *action, int64_t id,
    const char *detail)
{
	if (r == 0) {
		r = audit_add(shop, action, "voucher", id, detail);
	}
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "sale");
	return db_commit(shop->db);
}

static int
voucher_begin(struct shop *shop, const char *verb)
{
	int	r = shop_require(shop, RIGHT_VOUCHER);

	return r != 0 ? r : db_begin(shop->db, verb);
}

int
voucher_add(struct shop *shop, int64_t *id)
{
	int	r;

	*id = 0;
	if ((r = voucher_begin(shop, "voucher add")) != 0) {
		return r;
	}
	r = voucher_make(shop, VOUCHER_GIFT, NULL, 0, id);
	return voucher_end(shop, r, "voucher.add", *id, "");
}

int
voucher_block(struct shop *shop, int64_t id, bool blocked)
{
	int	r;

	if ((r = voucher_begin(shop, "voucher block")) != 0) {
		return r;
	}
	r = q_voucher_block(shop->db, id, blocked);
	return voucher_end(shop, r, blocked ? "voucher.block" :
	    "voucher.unblock", id, "");
}

int
voucher_extend(struct shop *shop, int64_t id, const char *day)
{
	char	last[CLOCK_DAY_SIZE] = "";
	int	r;

	if ((day[0] != '\0' && (r = clock_day_read(day, last)) != 0) ||
	    (r = voucher_begin(shop, "voucher extend")) != 0) {
		return r;
	}
	r = q_voucher_until(shop->db, id, last[0] == '\0' ? NULL : last);
	return voucher_end(shop, r, "voucher.extend", id, last);
}

int
voucher_adjust(struct shop *shop, int64_t id, int64_t amount,
    const char *reason)
{
	char	detail[MONEY_TEXT];
	int	r;

	if (reason[0] == '\0' || !utf8_is_clean(reason)) {
		return err_set(ERR_EMPTY, _("say why the voucher is "
		    "changed"));
	}
	if (amount == 0 || amount > MONEY_MAX || amount < -MONEY_MAX) {
		return err_set(ERR_RANGE, _("this is no amount for a "
		    "voucher"));
	}
	if ((r = voucher_begin(shop, "voucher adjust")) != 0) {
		return r;
	}
	(void)str_fmt(detail, sizeof(detail), "%lld", (long long)amount);
	r = voucher_move(shop, id, "adjust", amount, NULL, reason);
	return voucher_end(shop, r, "voucher.adjust", id, detail);
}
