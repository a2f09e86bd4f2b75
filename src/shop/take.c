/* SPDX-License-Identifier: ISC */
/* How an amount that is handed over counts. */
#include "shop/take.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "shop/country.h"
#include "shop/currency.h"
#include "shop/return.h"
#include "shop/tax.h"
#include "shop/voucher.h"
#include "sql/customer.h"
#include "sql/tender.h"

#define DAY_MS		INT64_C(86400000)
#define PAN_LEAST	13		/* digits of a card's number */
#define PAN_MOST	19
#define PHONE_LEAST	6
#define PHONE_MOST	15

static const char *
take_money(const struct shop *shop, int64_t amount)
{
	static char	text[2][MONEY_TEXT];
	static int	at;

	at = 1 - at;
	money_symbol(&shop->money, amount, text[at]);
	return text[at];
}

/* ---- words -------------------------------------------------------------- */

/* The sum a card's number obeys; what is typed by mistake must not stay. */
static bool
take_is_card(const char *text)
{
	int	sum = 0, n = 0;

	for (size_t i = strlen(text); i-- > 0;) {
		int	digit = text[i] - '0';

		if (text[i] == ' ' || text[i] == '-') {
			continue;
		}
		if (digit < 0 || digit > 9) {
			return false;
		}
		if (n++ % 2 == 1) {
			digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
		}
		sum += digit;
	}
	return n >= PAN_LEAST && n <= PAN_MOST && sum % 10 == 0;
}

int
take_reference(const char *text, char out[static PAY_REFERENCE])
{
	out[0] = '\0';
	if (take_is_card(text)) {
		return err_set(ERR_INVALID, _("the number of a card is never "
		    "kept; give the receipt's or none"));
	}
	if (!utf8_is_clean(text) || strlen(text) >= PAY_REFERENCE) {
		return err_set(ERR_TOO_LONG, _("a reference has at most %d "
		    "characters"), PAY_REFERENCE - 1);
	}
	(void)str_copy(out, PAY_REFERENCE, text);
	return 0;
}

int
take_phone(const char *text, char out[static 24])
{
	size_t	n = 0, digits = 0;

	for (const char *p = text; *p != '\0'; p++) {
		if (strchr(" .-()/", *p) != NULL) {
			continue;
		}
		if ((*p < '0' || *p > '9') && (*p != '+' || n > 0)) {
			digits = 0;
			break;
		}
		digits += *p != '+';
		if (digits > PHONE_MOST) {
			break;
		}
		out[n++] = *p;
	}
	out[n] = '\0';
	return digits >= PHONE_LEAST && digits <= PHONE_MOST ? 0 :
	    err_set(ERR_INVALID, _("%.24s is no telephone number"), text);
}

int
take_reference_once(struct shop *shop, const struct tender *tender,
    const char *reference)
{
	struct q_payment_same_reference	row;
	char				then[CLOCK_DAY_SIZE];
	char				today[CLOCK_DAY_SIZE];
	int				r;

	if (tender->reference < 2 || reference[0] == '\0') {
		return 0;
	}
	r = q_payment_same_reference(shop->db, tender->name, reference,
	    shop->who.training, &row);
	if (r != 0) {
		return r == ERR_NOT_FOUND ? 0 : r;
	}
	clock_business_day(row.at, shop->set.day_start_hour, then);
	clock_business_day(shop_now(), shop->set.day_start_hour, today);
	return strcmp(then, today) != 0 ? 0 : err_set(ERR_EXISTS,
	    _("%.40s paid something today already"), reference);
}

int
take_words(struct shop *shop, const struct pay *pay, struct take *take)
{
	const struct tender	*t = &take->tender;
	const char		*reference = pay->reference;
	const char		*phone = pay->phone;
	int			 r;

	reference = reference == NULL ? "" : reference;
	phone = phone == NULL ? "" : phone;
	if ((r = take_reference(reference, take->p.reference)) != 0) {
		return r;
	}
	if (t->phone && phone[0] == '\0') {
		return err_set(ERR_EMPTY, t->reference > 0 && !t->waits ?
		    _("%s: telephone and reference") : _("%s: telephone"),
		    t->label);
	}
	if (phone[0] != '\0' && (r = take_phone(phone, take->phone)) != 0) {
		return r;
	}
	/* What is waited for has its reference when it comes. */
	if (t->reference > 0 && !t->waits && reference[0] == '\0') {
		return err_set(ERR_EMPTY, _("%s: number or reference"),
		    t->label);
	}
	return take_reference_once(shop, t, take->p.reference);
}

/* ---- rules of a tender -------------------------------------------------- */

static int64_t
take_so_far(const struct sale *sale, const struct tender *tender)
{
	int64_t	sum = 0;

	for (size_t i = 0; i < sale->npayments; i++) {
		if (strcmp(sale->payments[i].tender, tender->name) == 0) {
			sum += sale->payments[i].amount;
		}
	}
	return sum;
}

/* What is left of the items this tender pays for; taxes that were added are
 * shared out, the odd unit to what it does not pay. */
static int
take_eligible(struct shop *shop, const struct sale *sale,
    const struct tender *tender, int64_t *left)
{
	struct q_payment_eligible	row;
	int64_t				share;
	int				r;

	*left = sale->due;
	if (tender->eligible[0] == '\0') {
		return 0;
	}
	if ((r = q_payment_eligible(shop->db, sale->id, tender->eligible,
	    &row)) != 0) {
		return r;
	}
	share = row.some;
	if (sale->tax_added && row.whole > 0) {
		share = sale->total / row.whole * row.some +
		    sale->total % row.whole * row.some / row.whole;
	}
	share -= take_so_far(sale, tender);
	if (share <= 0) {
		return err_set(ERR_RANGE, _("%s: nothing here that it pays "
		    "for is left"), tender->label);
	}
	if (share < *left) {
		*left = share;
	}
	return 0;
}

/* Onto the card that had paid, if it can still be used; else a new credit
 * note is made. */
static int
take_voucher_back(struct shop *shop, const struct sale *sale,
    struct take *take)
{
	struct voucher	v;
	char		name[16];
	int64_t		voucher;
	int		r;

	if ((r = return_tender(shop, sale->id, name, &voucher)) != 0 ||
	    voucher == 0 || strcmp(name, take->tender.name) != 0) {
		return r;
	}
	if ((r = voucher_get(shop, voucher, &v)) == 0 &&
	    (v.state == VOUCHER_GOOD || v.state == VOUCHER_USED_UP)) {
		take->p.voucher = voucher;
	}
	return r;
}

/* Money that goes back onto a card that was named: one it can be spent from
 * again, and by the same rules. */
static int
take_voucher_onto(struct shop *shop, const struct voucher *v)
{
	if (v->single) {
		return err_set(ERR_INVALID, _("nothing can be put on this "
		    "voucher; without a number a credit note is made"));
	}
	return v->state == VOUCHER_USED_UP ? 0 : voucher_usable(shop, v);
}

/* A credit note counted as a gift card, or the other way round. */
static bool
take_other_kind(const char *tender, const struct voucher *v)
{
	return strcmp(tender, v->kind == VOUCHER_GIFT ? VOUCHER_TENDER_CREDIT :
	    VOUCHER_TENDER_GIFT) == 0;
}

/* The card that was named: what is on it is a limit too.  Money that goes
 * back needs none: a new credit note is made. */
static int
take_voucher(struct shop *shop, const struct sale *sale,
    const struct pay *pay, struct take *take, int64_t *balance)
{
	const char	*number = pay->reference;
	struct voucher	 v;
	int		 r;

	*balance = INT64_MAX;
	if (number == NULL || number[0] == '\0') {
		return sale->due < 0 ? take_voucher_back(shop, sale, take) :
		    err_set(ERR_EMPTY, _("%s: its number"),
		    take->tender.label);
	}
	if ((r = voucher_find(shop, number, &v)) != 0) {
		return r;
	}
	take->p.voucher = v.id;
	if (take_other_kind(take->tender.name, &v)) {
		return err_set(ERR_INVALID, _("this number is of a %s"),
		    voucher_kind_text(v.kind));
	}
	if (sale->due < 0) {
		return take_voucher_onto(shop, &v);
	}
	if (v.single) {
		return err_set(ERR_INVALID, _("this card pays on the sale: "
		    "Esc, then its number"));
	}
	*balance = v.balance;
	return voucher_usable(shop, &v);
}

int
sale_ask(struct shop *shop, const struct sale *sale,
    const struct tender *tender, int64_t *ask)
{
	int	r;

	*ask = sale->due;
	if (tender->rounded) {
		return cash_round(sale->due, shop->set.cash_step,
		    country_of(shop)->cash_keep, ask);
	}
	if (sale->due <= 0) {
		return 0;
	}
	if ((r = take_eligible(shop, sale, tender, ask)) != 0) {
		return r;
	}
	if (tender->most > 0 && *ask > tender->most) {
		*ask = tender->most;
	}
	return 0;
}

/* What this customer has paid by it today, on other sales too. */
static int
take_today(struct shop *shop, const struct sale *sale,
    const struct tender *tender, int64_t *sum)
{
	struct q_payment_of_customer	*rows;
	char				 today[CLOCK_DAY_SIZE];
	char				 day[CLOCK_DAY_SIZE];
	size_t				 n;
	int				 r;

	*sum = 0;
	if ((r = q_payment_of_customer(shop->db, sale->customer,
	    tender->name, shop_now() - 2 * DAY_MS, &rows, &n)) != 0) {
		return r;
	}
	clock_business_day(shop_now(), shop->set.day_start_hour, today);
	for (size_t i = 0; i < n; i++) {
		clock_business_day(rows[i].at, shop->set.day_start_hour, day);
		*sum += strcmp(day, today) == 0 ? rows[i].amount : 0;
	}
	free(rows);
	return 0;
}

/* The day's limit of one payer: refused where we know who it is, doubted
 * where it may be another guest at the table. */
static int
take_limits(struct shop *shop, const struct sale *sale,
    const struct pay *pay, const struct take *take)
{
	const struct tender	*t = &take->tender;
	int64_t			 amount = take->p.amount, before;
	int			 r;

	if (amount < t->least && amount < sale->due) {
		return err_set(ERR_RANGE, _("%s: from %s on"), t->label,
		    take_money(shop, t->least));
	}
	if (t->most == 0) {
		return 0;
	}
	if (amount > t->most) {
		return err_set(ERR_RANGE, _("%s: at most %s of one person a "
		    "day"), t->label, take_money(shop, t->most));
	}
	if (sale->customer != 0) {
		if ((r = take_today(shop, sale, t, &before)) != 0) {
			return r;
		}
		return before + amount <= t->most ? 0 : err_set(ERR_RANGE,
		    _("%s: %s of at most %s were paid today"), t->label,
		    take_money(shop, before), take_money(shop, t->most));
	}
	if (take_so_far(sale, t) + amount > t->most && !pay->sure) {
		return err_set(ERR_DOUBT, _("more than %s: another person's? "
		    "Enter again"), take_money(shop, t->most));
	}
	return 0;
}

int
take_account(struct shop *shop, int64_t customer, int64_t more)
{
	struct q_customer_account	row;
	int				r;

	if (customer == 0) {
		return err_set(ERR_INVALID, _("on whose account? F7 chooses "
		    "the customer"));
	}
	if ((r = q_customer_account(shop->db, customer, &row)) != 0) {
		return r;
	}
	if (more <= 0) {
		return 0;
	}
	if (row.credit_null) {
		return err_set(ERR_DENIED, _("%s pays at once: no limit is "
		    "set; F7, F3 sets one"), row.name);
	}
	return row.owed + more <= row.credit ? 0 : err_set(ERR_RANGE,
	    _("%s would owe %s; at most %s"), row.name,
	    take_money(shop, row.owed + more), take_money(shop, row.credit));
}

/* ---- amounts ------------------------------------------------------------ */

/* Foreign money: its worth here, in coins there are. */
static int
take_foreign(struct shop *shop, const struct sale *sale,
    const struct pay *pay, struct take *take)
{
	struct currency	c;
	int64_t		enough;
	char		text[MONEY_TEXT];
	int		r;

	if ((r = currency_find(shop, pay->currency, &c)) != 0) {
		return r;
	}
	if (take->tender.kind != TENDER_CASH) {
		return err_set(ERR_INVALID, _("%s is taken in cash only"),
		    c.code);
	}
	if (sale->due < 0) {
		return err_set(ERR_INVALID, _("money goes back in %s"),
		    shop->money.currency);
	}
	if (pay->amount == 0) {
		if ((r = currency_abroad(&c, sale->due, &enough)) != 0) {
			return r;
		}
		money_plain(&c.money, enough, text);
		return err_set(ERR_INVALID, _("how much? %s %s is enough"),
		    text, c.code);
	}
	if (pay->amount > MONEY_MAX ||
	    (r = currency_home(&c, pay->amount, &take->p.given)) != 0 ||
	    (r = cash_round(take->p.given, shop->set.cash_step, 0,
	    &take->p.given)) != 0 || take->p.given <= 0 ||
	    take->p.given > MONEY_MAX) {
		return err_set(ERR_RANGE, _("this is no amount to pay with"));
	}
	(void)str_copy(take->p.currency, sizeof(take->p.currency), c.code);
	take->p.abroad = pay->amount;
	take->p.home = c.home;
	take->p.per = c.abroad;
	return 0;
}

/* More was given than is asked: change, a tip, or too much. */
static int
take_over(struct shop *shop, const struct sale *sale, const struct pay *pay,
    int64_t ask, struct take *take)
{
	const struct tender	*t = &take->tender;
	int64_t			 over = take->p.given - ask;
	bool			 tip = pay->tip == TIP_MEANT ||
				    (pay->tip == TIP_ASKED && t->tip &&
				    ask == sale->due);

	if (tip && take->p.currency[0] == '\0' && (t->tip || t->change)) {
		if (over > ask) {
			return err_set(ERR_RANGE, _("a tip of %s is more "
			    "than the sale"), take_money(shop, over));
		}
		if (!pay->sure && pay->tip != TIP_MEANT) {
			return err_set(ERR_DOUBT, _("tip %s? Enter again if "
			    "so"), take_money(shop, over));
		}
		take->p.tip = over;
		return 0;
	}
	if (!t->change) {
		return err_set(ERR_RANGE, _("%s gives no change; at most %s"),
		    t->label, take_money(shop, ask));
	}
	if (over > shop->set.largest_note && !pay->sure) {
		return err_set(ERR_DOUBT, _("%s back? Enter again if you mean "
		    "it"), take_money(shop, over));
	}
	take->p.change = over;
	return 0;
}

/* More cash than the law lets one take. */
static int
take_cash_limit(struct shop *shop, const struct sale *sale,
    const struct pay *pay, const struct take *take)
{
	int64_t	limit = country_of(shop)->cash_limit;

	if (take->tender.kind != TENDER_CASH || limit == 0 || pay->sure ||
	    take_so_far(sale, &take->tender) + take->p.amount <= limit) {
		return 0;
	}
	return err_set(ERR_DOUBT, _("the law allows %s in cash; Enter again "
	    "to take more"), take_money(shop, limit));
}

/* The sale is below nothing: what goes back, at most all of it. */
static int
take_back(struct shop *shop, const struct pay *pay, int64_t ask,
    struct take *take)
{
	if (!take->tender.refund) {
		return err_set(ERR_INVALID, _("%s gives no money back"),
		    take->tender.label);
	}
	if (pay->amount > -ask) {
		return err_set(ERR_RANGE, _("at most %s goes back"),
		    take_money(shop, -ask));
	}
	take->p.given = take->p.amount = pay->amount == 0 ? ask :
	    -pay->amount;
	return 0;
}

static int
take_amount(struct shop *shop, const struct sale *sale,
    const struct pay *pay, struct take *take)
{
	int64_t	ask, balance;
	int	r;

	if (pay->amount < 0 || pay->amount > MONEY_MAX) {
		return err_set(ERR_RANGE, _("this is no amount to pay with"));
	}
	take->p.given = pay->amount;
	if (pay->currency != NULL && pay->currency[0] != '\0' &&
	    strcmp(pay->currency, shop->money.currency) != 0 &&
	    (r = take_foreign(shop, sale, pay, take)) != 0) {
		return r;
	}
	if ((r = sale_ask(shop, sale, &take->tender, &ask)) != 0) {
		return r;
	}
	if (take->tender.kind == TENDER_VOUCHER) {
		if ((r = take_voucher(shop, sale, pay, take,
		    &balance)) != 0) {
			return r;
		}
		ask = balance < ask ? balance : ask;
	}
	if (sale->due < 0) {
		r = take_back(shop, pay, ask, take);
	} else if (take->p.given == 0) {
		take->p.given = take->p.amount = ask;
	} else if (take->p.given > ask) {
		take->p.amount = ask;
		r = take_over(shop, sale, pay, ask, take);
	} else {
		take->p.amount = take->p.given;
	}
	if (r != 0) {
		return r;
	}
	/* Cash covers at the rounded amount; another tender to the unit. */
	take->covers = take->p.amount == ask &&
	    (take->tender.rounded || ask == sale->due);
	take->rounding = take->covers ? ask - sale->due : 0;
	return 0;
}

int
take_plan(struct shop *shop, const struct sale *sale, const struct pay *pay,
    struct take *take)
{
	const struct tender	*t = &take->tender;
	int			 r;

	if (t->kind == TENDER_ACCOUNT) {
		if (sale->customer == 0) {
			return take_account(shop, 0, 0);
		}
		take->p.customer = sale->customer;
	}
	if ((r = take_amount(shop, sale, pay, take)) != 0) {
		return r;
	}
	take->p.pending = t->waits && take->p.amount > 0;
	if (sale->waits && take->covers && take->rounding != 0) {
		return err_set(ERR_INVALID, _("a payment is waited for; "
		    ":confirmed or :failed first, then cash"));
	}
	if (sale->due >= 0 && (r = take_limits(shop, sale, pay, take)) != 0) {
		return r;
	}
	if ((r = take_cash_limit(shop, sale, pay, take)) != 0 ||
	    t->kind == TENDER_VOUCHER) {
		return r;		/* a card's number is not kept */
	}
	return take_words(shop, pay, take);
}

int
take_check(struct shop *shop, const struct take *take)
{
	int	r;

	if (take->p.customer != 0 && (r = take_account(shop,
	    take->p.customer, take->p.amount)) != 0) {
		return r;
	}
	return take_reference_once(shop, &take->tender, take->p.reference);
}
