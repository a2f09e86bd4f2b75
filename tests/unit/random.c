/* SPDX-License-Identifier: ISC */
/*
 * Ten thousand random sales of every kind at three tills at once, in four
 * countries, keep what must hold: each ticket adds up, a step that was refused
 * or is repeated with the version it had writes nothing, and the books, added
 * up again in plain SQL (tests/books.sql), balance.
 * The seed is printed; COMPTOIR_SEED repeats a run, COMPTOIR_SALES makes it
 * shorter or longer.
 *
 * run: first
 * timeout: 400
 */
#include "trade.h"

#include "db/conn.h"
#include "shop/currency.h"
#include "shop/customer.h"
#include "shop/discount.h"
#include "shop/drawer.h"
#include "shop/ean.h"
#include "shop/grand.h"
#include "shop/init.h"
#include "shop/invoice.h"
#include "shop/option.h"
#include "shop/order.h"
#include "shop/payment.h"
#include "shop/promo.h"
#include "shop/return.h"
#include "shop/shift.h"
#include "shop/tender_set.h"
#include "shop/training.h"
#include "shop/variant.h"
#include "shop/voucher.h"

#define SALES		10000	/* in four countries */
#define PIECES		20	/* counted products */
#define WEIGHED		5
#define SERIALS		60	/* pieces of each of two things */
#define CARDS		400
#define OPEN		12	/* held, promised, waiting */
#define HOUR		INT64_C(3600000)

/* A sale that is open, at a till or nowhere. */
struct deal {
	int64_t		 id, version;
	struct shop	*at;		/* NULL: let go */
	bool		 training;
};

static uint64_t		 seed;
static struct shop	*owner, *desk[3];	/* two tills, the floor */
static char		 dir[64];
static sqlite3		*watch;
static sqlite3_stmt	*stamped;
static int64_t		 piece[PIECES], weighed[WEIGHED], department, drill[2];
static int64_t		 menu, steak, shirt[4], single, customer[4];
static char		 card[CARDS][VOUCHER_NUMBER];
static int		 cards;
static struct deal	 open[OPEN];
static int		 opens;
static int64_t		*ticket;
static size_t		 tickets;
static int64_t		 posted, refused, replayed, practised, reference;
static int64_t		 done[19];

static int
rnd(int below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int)((seed >> 11) % (uint64_t)below);
}

static bool
one_in(int n)
{
	return rnd(n) == 0;
}

/* ---- what was written ---------------------------------------------------- */

/* Another number after every commit of somebody else. */
static int64_t
stamp(void)
{
	int64_t	n;

	assert_int_equal(sqlite3_step(stamped), SQLITE_ROW);
	n = sqlite3_column_int64(stamped, 0);
	assert_int_equal(sqlite3_reset(stamped), SQLITE_OK);
	return n;
}

/*
 * One step on a sale.  Refused, it has written nothing; done, it is refused
 * when it comes a second time with the version it had, and writes nothing.
 */
#define STEP(d, r, call) do { \
	struct deal was_ = *(d), now_; \
	int64_t stamp_ = stamp(); \
	(r) = (call); \
	if ((r) != 0) { \
		refused++; \
		assert_int_equal((d)->version, was_.version); \
		assert_int_equal(stamp(), stamp_); \
	} else if (was_.id != 0 && (d)->version != was_.version && \
	    one_in(4)) { \
		now_ = *(d); \
		stamp_ = stamp(); \
		(d)->id = was_.id; \
		(d)->version = was_.version; \
		(void)!(call); \
		assert_int_equal((d)->version, was_.version); \
		assert_int_equal(stamp(), stamp_); \
		*(d) = now_; \
		replayed++; \
	} \
} while (0)

/* ---- what is sold -------------------------------------------------------- */

static int64_t
product(const char *code, const char *name, const char *class,
    enum product_kind kind, bool serials, int64_t price)
{
	struct product	p = { .price = price, .active = true, .kind = kind,
			    .serials = serials, .unit = "pc",
			    .tracked = kind == PRODUCT_ITEM };
	int64_t		id;

	(void)strcpy(p.code, code);
	(void)strcpy(p.name, name);
	(void)strcpy(p.tax_class, class);
	if (kind == PRODUCT_DEPARTMENT) {
		p.min_price = 10;
		p.max_price = 15000;
	}
	OK(product_add(owner, &p, NULL, 0, &id));
	return id;
}

static void
choice(const char *code, const char *group, const char *name,
    const char *component, int64_t least, int64_t most, bool included,
    int64_t price)
{
	const struct option_row	row = { .code = code, .group = group,
		.choice = name, .component = component, .against = "",
		.least = least, .most = most, .included = included,
		.price = price };

	OK(option_put_row(owner, &row));
}

static void
shirts(void)
{
	static const char *const	code[] = { "T1", "T2", "T3", "T4" };
	struct product			p;

	(void)product("T0", "Chemise", "standard", PRODUCT_ITEM, false, 3900);
	for (int i = 0; i < 4; i++) {
		const struct variant_row	row = { .template = "T0",
			.axes = "Taille|Couleur", .code = code[i],
			.first = i < 2 ? "M" : "L", .second = i % 2 == 0 ?
			"bleu" : "noir", .delta = i == 3 ? 400 : 0 };

		OK(variant_put(owner, &row));
		OK(product_find(owner, code[i], &p));
		shirt[i] = p.id;
	}
}

static void
catalogue(void)
{
	static const char *const	classes[] = { "standard", "meal",
					    "drink", "food", "alcohol",
					    "press", "exempt" };

	for (int i = 0; i < PIECES + WEIGHED; i++) {
		char	code[8], name[32];

		(void)snprintf(code, sizeof(code), "%d", 20000 + i);
		(void)snprintf(name, sizeof(name), "Produit %d", i);
		*(i < PIECES ? &piece[i] : &weighed[i - PIECES]) =
		    test_product(owner, code, name, i < PIECES ?
		    classes[rnd((int)NELEM(classes))] : "food", i < PIECES ?
		    "pc" : "kg", 1 + rnd(9999), true);
	}
	department = product("7", "Divers", "standard", PRODUCT_DEPARTMENT,
	    false, 0);
	drill[0] = product("91", "Perceuse", "standard", PRODUCT_ITEM, true,
	    8900);
	drill[1] = product("92", "Montre", "standard", PRODUCT_ITEM, true,
	    19900);
	single = product("CADEAU", "Carte repas", "food", PRODUCT_VOUCHER,
	    false, 2500);
	menu = product("900", "Menu", "meal", PRODUCT_ITEM, false, 2500);
	steak = product("910", "Steak", "meal", PRODUCT_ITEM, false, 1600);
	(void)product("901", "Poisson", "meal", PRODUCT_ITEM, false, 2640);
	(void)product("902", "Verre de vin", "alcohol", PRODUCT_ITEM, false,
	    600);
	(void)product("911", "Œuf", "food", PRODUCT_ITEM, false, 150);
	choice("900", "Plat", "Poisson", "901", 1, 1, true, 0);
	choice("900", "Plat", "Homard", "901", 1, 1, true, 800);
	choice("900", "Boisson", "Vin", "902", 0, 2, true, 0);
	choice("910", "Cuisson", "bleu", "", 1, 1, false, 0);
	choice("910", "Cuisson", "à point", "", 1, 1, false, 0);
	choice("910", "Avec", "œuf", "911", 0, 2, false, 150);
	choice("910", "Avec", "double", "", 0, 2, false, 500);
	shirts();
}

static void
prices(void)
{
	struct price_list	happy = { .name = "heureux", .label = "Happy",
				    .scope.when = PERIOD_ALWAYS };
	struct price_list	trade = { .name = "pro", .label = "Pro",
				    .scope.when = PERIOD_ALWAYS };
	struct promo		three = { .name = "three", .label = "3 = 2",
				    .kind = PROMO_N_FOR_M, .n = 3, .m = 2,
				    .alone = true,
				    .scope.when = PERIOD_ALWAYS };
	struct promo		second = { .name = "second", .label = "-33 %",
				    .kind = PROMO_SECOND, .percent = 33333,
				    .alone = true, .times = 2,
				    .scope.when = PERIOD_ALWAYS };
	struct promo		sum = { .name = "sum", .label = "-7 %",
				    .kind = PROMO_THRESHOLD,
				    .threshold = 20000, .percent = 7000,
				    .scope.when = PERIOD_ALWAYS };
	struct promo		bon = { .name = "bon", .label = "Bon",
				    .kind = PROMO_AMOUNT, .amount = 50,
				    .coupon = "BON50",
				    .scope.when = PERIOD_ALWAYS };
	int64_t			id;

	happy.scope.when.from = 17 * 60;
	happy.scope.when.to = 19 * 60;
	(void)strcpy(trade.scope.group, "pro");
	OK(price_list_add(owner, &happy, &id));
	OK(price_list_add(owner, &trade, &id));
	for (int i = 0; i < 8; i++) {
		struct price_row	row = { .price = 1 + rnd(5000) };

		(void)snprintf(row.list, sizeof(row.list), "%s", i % 2 == 0 ?
		    "heureux" : "pro");
		(void)snprintf(row.code, sizeof(row.code), "%d", 20000 + i);
		OK(price_set(owner, &row, false));
	}
	OK(promo_add(owner, &three, &id));
	OK(promo_add(owner, &second, &id));
	OK(promo_add(owner, &sum, &id));
	OK(promo_add(owner, &bon, &id));
}

static void
people(void)
{
	for (int i = 0; i < 4; i++) {
		struct customer	c = { .on_account = i < 3, .active = true,
				    .credit = 300000,
				    .address = "3 rue du Port;75013 Paris" };

		(void)snprintf(c.name, sizeof(c.name), "Client %d", i);
		OK(customer_add(owner, &c, &customer[i]));
	}
	OK(price_group_set(owner, "1", "pro"));
}

/* A blank card now and then, sold later by its number. */
static void
blank_card(void)
{
	struct voucher	v;
	int64_t		id;

	if (cards < CARDS) {
		OK(voucher_add(owner, &id));
		OK(voucher_get(owner, id, &v));
		(void)strcpy(card[cards++], v.number);
	}
}

/* Some credit notes and cards that were made at the till. */
static int
remember(void *ctx, const struct voucher *v)
{
	(void)ctx;
	if (cards < CARDS && (v->single || one_in(8))) {
		(void)strcpy(card[cards++], v->number);
	}
	return 0;
}

/* ---- lines --------------------------------------------------------------- */

static int
add_item(struct deal *d, const struct sale_item *item)
{
	int64_t	line;
	int	r;

	STEP(d, r, sale_add_items(d->at, &d->id, &d->version, item, 1,
	    &line));
	return r;
}

/* What a scale printed: a weight (21) or a price (23). */
static int
add_label(struct deal *d)
{
	struct product		p;
	struct scan		scan;
	struct sale_item	item = { .qty = QTY_ONE };
	char			code[16];

	(void)snprintf(code, sizeof(code), "%d%05d%05d", one_in(2) ? 21 : 23,
	    20000 + PIECES + rnd(WEIGHED), 50 + rnd(4000));
	code[12] = (char)('0' + ean_check(code));
	code[13] = '\0';
	OK(product_scan(d->at, code, &p, &scan));
	item.product = p.id;
	item.qty = scan.has_qty ? scan.qty : QTY_ONE;
	item.amount = scan.has_amount ? &scan.amount : NULL;
	return add_item(d, &item);
}

static int
add_serial(struct deal *d)
{
	struct sale_item	item = { .qty = QTY_ONE };
	char			serial[8];
	int			r;

	(void)snprintf(serial, sizeof(serial), "SN%d", rnd(SERIALS));
	item.product = drill[rnd(2)];
	item.serial = serial;
	r = add_item(d, &item);
	assert_true(r == 0 || r == ERR_EXISTS || r == ERR_INVALID);
	return r;
}

static int
add_choice(struct deal *d)
{
	static const char *const	meals[] = { "1.1", "2.1", "2", "1" };
	static const char *const	done_as[] = { "1", "2.1", "2.1.2",
					    "1.2" };
	bool				set = one_in(2);
	struct option_set		options;
	int64_t				picks[OPTION_PICKS] = { 0 };
	struct sale_item		item = { .product = set ? menu :
					    steak, .picks = picks,
					    .qty = (1 + rnd(3)) * QTY_ONE };
	int				r;

	OK(option_load(d->at, item.product, &options));
	r = option_numbers(&options, (set ? meals : done_as)[rnd(4)], picks,
	    &item.npicks);
	option_done(&options);
	return r != 0 ? r : add_item(d, &item);
}

static int
add_card(struct deal *d)
{
	int64_t	line, amount = 500 + rnd(9500);
	int	r;

	if (d->id != 0 && cards > 0 && one_in(3)) {
		STEP(d, r, voucher_redeem(d->at, d->id, &d->version,
		    card[rnd(cards)], 0));
		done[17] += r == 0;
		return r;
	}

	if (one_in(3)) {
		return add_item(d, &(struct sale_item){ .product = single,
		    .qty = QTY_ONE });
	}
	STEP(d, r, voucher_sell(d->at, &d->id, &d->version, amount,
	    cards > 0 && one_in(2) ? card[rnd(cards)] : "", &line));
	return r;
}

/* Something onto the sale. */
static void
add(struct deal *d)
{
	int64_t			price = rnd(12000);
	struct sale_item	item = { .qty = (1 + rnd(5)) * QTY_ONE,
				    .note = one_in(9) ? "bien cuit" : "" };

	switch (rnd(16)) {
	case 0:
		item.product = weighed[rnd(WEIGHED)];
		item.qty = 1 + rnd(4000);
		(void)add_item(d, &item);
		break;
	case 1:
		(void)add_label(d);
		break;
	case 2:
		item.product = department;
		item.price = &price;
		(void)add_item(d, &item);
		break;
	case 3:
	case 4:
		(void)add_serial(d);
		break;
	case 5:
	case 6:
		(void)add_choice(d);
		break;
	case 7:
		item.product = shirt[rnd(4)];
		(void)add_item(d, &item);
		break;
	case 8:
		(void)(d->training || !one_in(2) ? 0 : add_card(d));
		break;
	case 9:
		item.product = piece[rnd(PIECES)];
		item.price = &price;
		(void)add_item(d, &item);
		break;
	default:
		item.product = piece[rnd(PIECES)];
		(void)add_item(d, &item);
	}
}

/* Some line of it; 0 there is none. */
static int64_t
some_line(const struct deal *d)
{
	struct sale	sale;
	int64_t		line = 0;

	if (d->id == 0) {
		return 0;
	}
	OK(sale_load(owner, d->id, &sale));
	if (sale.nlines > 0) {
		line = sale.lines[rnd((int)sale.nlines)].id;
	}
	sale_done(&sale);
	return line;
}

/* The same piece goes out again by the ticket that takes it back. */
static void
sell_again(struct deal *d, int64_t from, int64_t line)
{
	struct sale		sale;
	struct sale_item	item = { .product = drill[0],
				    .qty = QTY_ONE };

	OK(sale_load(owner, from, &sale));
	for (size_t i = 0; i < sale.nlines; i++) {
		if (sale.lines[i].id == line) {
			item.serial = sale.lines[i].serial;
			done[18] += add_item(d, &item) == 0;
		}
	}
	sale_done(&sale);
}

/* Goods of a random ticket onto the sale: an exchange where there is more. */
static void
bring_back(struct deal *d)
{
	struct return_ticket	t;
	struct return_pick	picks[40] = { 0 };
	int64_t			sale;
	size_t			at;
	int			r;

	if (tickets == 0) {
		return;
	}
	sale = ticket[tickets - 1 - (size_t)rnd((int)(tickets < 200 ?
	    tickets : 200))];
	if (return_load(d->at, sale, &t) != 0) {
		return;
	}
	for (size_t i = 0; i < t.nlines && i < NELEM(picks); i++) {
		picks[i].line = t.lines[i].id;
	}
	at = (size_t)rnd((int)t.nlines);
	/* Pieces with a number above all: they go out and in all day. */
	for (size_t i = 0; i < t.nlines; i++) {
		at = t.lines[i].product == drill[0] ? i : at;
	}
	if (t.nlines <= NELEM(picks) && return_choose(d->at, &t, picks, at,
	    t.lines[at].by_weight && t.lines[at].left > 1 ?
	    1 + rnd((int)t.lines[at].left) : t.lines[at].left > QTY_ONE &&
	    one_in(2) ? QTY_ONE : t.lines[at].left) == 0) {
		struct return_pick	chosen[NELEM(picks)];
		size_t			n = 0;

		for (size_t i = 0; i < t.nlines; i++) {
			if (picks[i].qty > 0) {
				chosen[n] = picks[i];
				chosen[n++].scrap = one_in(5);
			}
		}
		STEP(d, r, return_add(d->at, &d->id, &d->version, sale,
		    chosen, n));
		done[0] += r == 0;
		if (r == 0 && t.lines[at].product == drill[0] && one_in(2)) {
			sell_again(d, sale, t.lines[at].id);
		}
	}
	return_done(&t);
}

static void
bring_without(struct deal *d)
{
	int64_t	price = 1 + rnd(3000);
	int	p = rnd(PIECES + 2), r;

	STEP(d, r, return_free(d->at, &d->id, &d->version, p < PIECES ?
	    piece[p] : drill[p - PIECES], QTY_ONE, one_in(2) ? &price : NULL,
	    one_in(4), "cassé"));
	done[1] += r == 0;
}

static void
choose_again(struct deal *d, int64_t line)
{
	int64_t	picks[OPTION_PICKS];
	size_t	n;
	int	r;

	if (sale_options(d->at, line, picks, &n) == 0 && n > 0) {
		n -= (size_t)rnd((int)n + 1);
		STEP(d, r, sale_set_options(d->at, d->id, &d->version, line,
		    picks, n));
	}
}

/* Something else that happens before it is paid. */
static void
change(struct deal *d)
{
	static const char *const	modes[] = { "on_site",
					    "take_away_now",
					    "take_away_later", "delivery",
					    "" };
	int64_t				line = some_line(d), more = QTY_ONE;
	char				what[160];
	struct wish			wish = { .kind = one_in(2) ?
					    WISH_PERCENT : WISH_AMOUNT,
					    .value = rnd(9000) };
	int				r;

	if (line == 0) {
		return;
	}
	switch (rnd(15)) {
	case 0:
		test_now += one_in(3) ? owner->set.void_fresh_ms + 1 : 0;
		STEP(d, r, sale_void_line(d->at, d->id, &d->version, line,
		    "erreur"));
		break;
	case 1:
	case 2:
		STEP(d, r, sale_undo(d->at, d->id, &d->version, what,
		    sizeof(what)));
		break;
	case 3:
		STEP(d, r, sale_set_qty(d->at, d->id, &d->version, line,
		    (1 + rnd(4)) * QTY_ONE));
		break;
	case 4:
		STEP(d, r, sale_set_price(d->at, d->id, &d->version, line,
		    rnd(9000)));
		break;
	case 5:
	case 6:
		STEP(d, r, sale_discount(d->at, d->id, &d->version,
		    one_in(2) ? line : 0, &wish));
		break;
	case 7:
		STEP(d, r, sale_offer(d->at, d->id, &d->version, line,
		    "la maison"));
		break;
	case 8:
		STEP(d, r, sale_coupon(d->at, d->id, &d->version, "BON50"));
		break;
	case 9:
		STEP(d, r, sale_set_mode(d->at, d->id, &d->version,
		    modes[rnd(5)]));
		break;
	case 10:
	case 11:
		STEP(d, r, sale_set_customer(d->at, &d->id, &d->version,
		    one_in(5) ? 0 : customer[rnd(4)]));
		break;
	case 12:
		choose_again(d, line);
		break;
	case 13:
		STEP(d, r, sale_more(d->at, d->id, &d->version, &line, &more,
		    1));
		break;
	default:
		STEP(d, r, sale_note(d->at, d->id, &d->version, line,
		    "sans sel"));
	}
}

/* ---- money --------------------------------------------------------------- */

/* What must hold for a ticket, whatever is on it. */
static void
holds(int64_t id)
{
	struct sale	sale;
	int64_t		sum = 0, gross = 0, paid = 0, vat = 0, out = 0;

	OK(sale_load(owner, id, &sale));
	for (size_t i = 0; i < sale.nlines; i++) {
		const struct sale_line	*l = &sale.lines[i];

		if (l->state != LINE_VOID) {
			sum += l->amount;
			out += l->no_turnover ? l->amount : 0;
		}
		if (l->state == LINE_LIVE && l->qty > 0) {
			assert_true(l->off >= 0 && l->amount >= 0);
		}
	}
	for (int i = 0; i < sale.nvat; i++) {
		assert_int_equal(sale.vat[i].net + sale.vat[i].vat,
		    sale.vat[i].gross);
		gross += sale.vat[i].gross;
		vat += sale.vat[i].vat;
	}
	for (size_t i = 0; i < sale.npayments; i++) {
		const struct sale_payment	*p = &sale.payments[i];

		assert_int_equal(p->given - p->change - p->tip, p->amount);
		assert_true(p->change >= 0 || p->amount < 0);
		paid += p->amount;
	}
	assert_int_equal(sale.total, sale.tax_added ? sum + vat : sum);
	if (!sale.tax_added) {
		assert_int_equal(sale.turnover, gross);
	}
	assert_int_equal(sale.total - out, sale.turnover);
	assert_int_equal(paid, sale.total + sale.rounding);
	assert_true(llabs((long long)sale.rounding) <= 2);
	assert_int_equal(sale.due, 0);
	assert_false(sale.waits);
	sale_done(&sale);
}

/* One try at paying something of it. */
static void
hand_over(struct deal *d, const struct sale *sale, struct paid *paid)
{
	char		 number[24];
	struct tender	*tender;
	struct pay	 pay = { .tender = "cash" };
	int64_t		 due = sale->due < 0 ? -sale->due : sale->due;
	size_t		 n;
	int		 r;

	OK(tender_list(d->at, &tender, &n));
	pay.tender = one_in(2) ? tender[rnd((int)n)].name : one_in(2) ?
	    "cash" : "card";
	if (one_in(4)) {
		pay.amount = 1 + rnd((int)(due < 1000000 ? due + 1 :
		    1000000));
	} else if (one_in(4)) {
		pay.amount = due + rnd(3000);
	}
	if (one_in(8)) {
		pay.currency = "USD";
	}
	if ((strcmp(pay.tender, "gift") == 0 ||
	    strcmp(pay.tender, "credit") == 0) && cards > 0 && !one_in(4)) {
		pay.reference = card[rnd(cards)];
	} else {
		(void)snprintf(number, sizeof(number), "R%lld",
		    (long long)(reference - (one_in(20) && reference > 0)));
		pay.reference = one_in(3) ? NULL : number;
		reference++;
	}
	pay.phone = one_in(3) ? NULL : "699112233";
	pay.tip = one_in(4) ? TIP_MEANT : TIP_ASKED;
	pay.sure = one_in(2);
	STEP(d, r, sale_pay_with(d->at, d->id, &d->version, &pay, paid));
	done[2] += r == 0 && paid->pending;
	done[3] += r == 0 && paid->tip > 0;
	done[4] += r == 0 && pay.currency != NULL;
	free(tender);
}

/* A card on it was used or blocked meanwhile: off with its line, once the
 * money is back; a spoon instead, so that there is something to pay. */
static void
untangle(struct deal *d)
{
	struct sale	sale;
	char		what[160];
	int64_t		line;
	int		r;

	OK(sale_load(owner, d->id, &sale));
	for (bool paying = sale.state == SALE_PAYING; paying;
	    paying = sale.state == SALE_PAYING) {
		r = sale_undo(d->at, d->id, &d->version, what, sizeof(what));
		if (r != 0) {
			OK(sale_pay_failed(d->at, d->id, &d->version));
		}
		OK(sale_reload(owner, &sale));
	}
	if (sale.submitted_at != 0) {
		OK(sale_reopen(d->at, d->id, &d->version));
	}
	for (size_t i = 0; i < sale.nlines; i++) {
		if ((sale.lines[i].voucher != 0 ||
		    sale.lines[i].kind == PRODUCT_DEPOSIT) &&
		    sale.lines[i].state == LINE_LIVE) {
			OK(sale_void_line(d->at, d->id, &d->version,
			    sale.lines[i].id, "carte"));
			done[16]++;
		}
	}
	OK(sale_add(d->at, &d->id, &d->version, piece[0], QTY_ONE, NULL,
	    &line));
	if (sale.kind == SALE_ORDER) {
		OK(order_settle(d->at, d->id, &d->version));
	}
	sale_done(&sale);
}

/* Until it is paid; or, now and then, not quite. */
static bool
pay(struct deal *d)
{
	struct paid	paid = { 0 };
	char		what[160], word[24];
	int		r = 0;

	for (int tries = 0;; tries++) {
		struct sale	sale;

		OK(sale_load(owner, d->id, &sale));
		if (sale.state == SALE_PAID) {
			sale_done(&sale);
			break;
		}
		if (tries > 60) {
			fail_msg("sale %lld: %s", (long long)d->id,
			    err_text(r));
		}
		if (sale.waits && (tries > 20 || one_in(2))) {
			(void)snprintf(word, sizeof(word), "OK%lld",
			    (long long)reference++);
			if (tries <= 20 && one_in(3)) {
				STEP(d, r, sale_pay_failed(d->at, d->id,
				    &d->version));
				done[5] += r == 0;
			} else {
				STEP(d, r, sale_pay_came(d->at, d->id,
				    &d->version, word, &paid));
				if (r != 0 && tries > 20) {
					untangle(d);
				}
			}
		} else if (tries > 20) {
			STEP(d, r, sale_pay_with(d->at, d->id, &d->version,
			    &(struct pay){ .tender = "cash", .sure = true,
			    .tip = TIP_NEVER }, &paid));
			if (r != 0) {
				untangle(d);
			}
		} else if (sale.npayments > 0 && one_in(6)) {
			STEP(d, r, sale_undo(d->at, d->id, &d->version, what,
			    sizeof(what)));
			done[6] += r == 0;
		} else if (sale.npayments > 0 && one_in(30)) {
			sale_done(&sale);
			return false;
		} else {
			hand_over(d, &sale, &paid);
		}
		sale_done(&sale);
	}
	if (d->training) {
		practised++;
		return true;
	}
	holds(d->id);
	posted++;
	ticket[tickets++] = d->id;
	return true;
}

/* ---- a whole sale -------------------------------------------------------- */

/* Let go of it: others will find it. */
static void
let_go(struct deal *d)
{
	int	r;

	STEP(d, r, sale_hold(d->at, d->id, &d->version, "Table"));
	OK(r);
	assert_true(opens < OPEN);
	d->at = NULL;
	open[opens++] = *d;
}

static void
give_up(struct deal *d)
{
	char	what[160];
	int	r;

	STEP(d, r, sale_cancel(d->at, d->id, &d->version, "parti"));
	for (int i = 0; r != 0 && i < 20; i++) {
		int	back = sale_undo(d->at, d->id, &d->version, what,
		    sizeof(what));

		if (back != 0) {
			back = sale_pay_failed(d->at, d->id, &d->version);
		}
		STEP(d, r, sale_cancel(d->at, d->id, &d->version, "parti"));
		if (back != 0 && r != 0) {
			break;
		}
	}
	done[7] += r == 0;
	if (r != 0) {
		(void)pay(d);		/* its money cannot be taken back */
	}
}

/* How an open sale goes on. */
static void
go_on(struct deal *d)
{
	struct sale	sale;
	char		paper[SALE_PAPER];
	struct deal	deposit;
	int64_t		lines = 0;
	enum sale_kind	kind;
	int		r;

	OK(sale_load(owner, d->id, &sale));
	kind = sale.kind;
	for (size_t i = 0; i < sale.nlines; i++) {
		lines += sale.lines[i].state == LINE_LIVE;
	}
	sale_done(&sale);
	if (lines == 0) {
		give_up(d);
		return;
	}
	if (opens < OPEN && !d->training && one_in(20)) {
		let_go(d);
		return;
	}
	if (one_in(40)) {
		give_up(d);
		return;
	}
	if (!d->training && one_in(12)) {
		STEP(d, r, order_make(d->at, d->id, &d->version, one_in(2) ?
		    SALE_ORDER : SALE_QUOTATION, "Roux", NULL, paper));
		if (r == 0) {
			done[8]++;
			OK(sale_take(d->at, d->id, &d->version));
			kind = SALE_ORDER;
		}
	}
	if (kind != SALE_SALE) {
		deposit = (struct deal){ .at = d->at };
		if (order_deposit(d->at, d->id, &d->version, 0, 10000 +
		    rnd(60000), &deposit.id, &deposit.version) == 0) {
			done[9] += pay(&deposit);
			d->version = 0;
			OK(sale_take(d->at, d->id, &d->version));
		}
		STEP(d, r, order_settle(d->at, d->id, &d->version));
	}
	if (!pay(d) && opens < OPEN && !d->training) {
		let_go(d);
	} else if (d->id != 0) {
		OK(sale_load(owner, d->id, &sale));
		if (sale.state == SALE_PAYING || sale.state == SALE_PENDING ||
		    sale.state == SALE_DRAFT) {
			while (!pay(d)) {
				continue;
			}
		}
		sale_done(&sale);
	}
}

static void
sell(struct deal *d)
{
	int	steps = 1 + rnd(7), r;

	for (int i = 0; i < steps; i++) {
		if (one_in(12) && !d->training) {
			bring_back(d);
		} else if (one_in(40) && !d->training) {
			bring_without(d);
		} else if (one_in(3)) {
			change(d);
		} else {
			add(d);
		}
		test_now += rnd(8000);
	}
	if (d->id == 0) {
		return;
	}
	/* From the floor to the till; from one till to the other. */
	if (d->at == desk[2]) {
		STEP(d, r, sale_submit(d->at, d->id, &d->version));
		if (r == 0) {
			d->at = desk[rnd(2)];
			STEP(d, r, sale_take(d->at, d->id, &d->version));
			OK(r);
			if (one_in(6)) {
				STEP(d, r, sale_reopen(d->at, d->id,
				    &d->version));
			}
		}
	} else if (one_in(15) && !d->training) {
		d->at = d->at == desk[0] ? desk[1] : desk[0];
		STEP(d, r, sale_take(d->at, d->id, &d->version));
		OK(r);
	}
	go_on(d);
}

static void
recall(void)
{
	struct deal	d = open[rnd(opens)];

	for (int i = 0; i < opens; i++) {
		if (open[i].id == d.id) {
			open[i] = open[--opens];
		}
	}
	d.at = desk[rnd(2)];
	d.version = 0;
	OK(sale_take(d.at, d.id, &d.version));
	sell(&d);
}

static void
practise(void)
{
	struct deal	d = { .at = desk[rnd(2)], .training = true };

	OK(training_set(d.at, true));
	sell(&d);
	OK(training_set(d.at, false));
}

/* A whole ticket taken back by one of its own. */
static void
cancel_ticket(void)
{
	struct deal	d = { .at = desk[rnd(2)] };

	if (tickets > 0 && return_cancel(d.at, &d.id, &d.version,
	    ticket[rnd((int)tickets)], "erreur de table") == 0) {
		done[10]++;
		while (!pay(&d)) {
			continue;
		}
	}
}

/* ---- around the sales ---------------------------------------------------- */

static void
after(void)
{
	static const char *const	tenders[] = { "cash", "card", "cheque",
					    "credit", "account" };
	struct shop			*at = desk[rnd(2)];
	char				number[INVOICE_NUMBER];
	int64_t				id, n;

	if (tickets == 0) {
		return;
	}
	id = ticket[tickets - 1 - (size_t)rnd((int)(tickets < 50 ? tickets :
	    50))];
	switch (rnd(7)) {
	case 0:
	case 1:
		done[11] += sale_retender_with(at, id, &(struct pay){
		    .tender = tenders[rnd((int)NELEM(tenders))],
		    .reference = "Q1", .sure = true }) == 0;
		break;
	case 2:
		done[12] += invoice_make(at, id, customer[rnd(4)],
		    number) == 0;
		break;
	case 3:
		n = receipt_request(at, id, &n);
		assert_true(n == 0 || n == ERR_NOT_FOUND);
		break;
	case 4:
		done[13] += customer_pay(at, customer[rnd(3)], one_in(2) ?
		    "cash" : "card", 1 + rnd(20000), "", &n) == 0;
		break;
	case 5:
		n = drawer_move(at, DRAWER_PAY_IN + (enum drawer_kind)rnd(3),
		    "", 1 + rnd(9000), "pain");
		assert_true(n == 0 || n == ERR_RANGE);
		break;
	default:
		OK(voucher_list(owner, true, remember, NULL));
	}
}

/* Counted and closed, or left for the next start to close. */
static void
close_till(struct shop *at)
{
	struct drawer_line	*rows;
	struct shift_how	 how = { .leave = true };
	int64_t			 shift, count;
	size_t			 n;

	OK(shift_now(at, &shift));
	if (shift == 0 || one_in(4)) {
		return;
	}
	if (one_in(2)) {
		OK(drawer_sheet(at, shift, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			rows[i].n = rnd(20);
		}
		OK(drawer_count(at, shift, rows, n, &count));
		free(rows);
	} else {
		how.uncounted = true;
	}
	OK(shift_close(at, shift, &how));
	done[14]++;
}

static void
evening(void)
{
	int64_t	closed;

	close_till(desk[0]);
	close_till(desk[1]);
	if (one_in(2)) {
		done[15] += grand_day(owner, &closed) == 0;
	}
	/* To eight in the morning. */
	test_now += 32 * HOUR - test_now % (24 * HOUR);
	blank_card();
}

static void
next(void)
{
	struct deal	d = { .at = desk[rnd(5) % 3] };

	if (test_now % (24 * HOUR) > 21 * HOUR) {
		evening();
	}
	switch (rnd(30)) {
	case 0:
	case 1:
		if (opens > 0) {
			recall();
			break;
		}
		/* fallthrough */
	default:
		sell(&d);
		break;
	case 2:
		practise();
		break;
	case 3:
		cancel_ticket();
		break;
	case 4:
	case 5:
	case 6:
		after();
	}
	test_now += rnd(400000);
}

/* ---- the whole of it ----------------------------------------------------- */

static void
finding(void *ctx, const char *what, const char *text)
{
	(void)ctx;
	print_message("%s: %s\n", what, text);
}

/* Whatever tests/books.sql says is wrong. */
static int
books(void)
{
	static char	 sql[65536];
	const char	*rest = sql;
	FILE		*f = fopen("tests/books.sql", "r");
	int		 wrong = 0;

	assert_non_null(f);
	sql[fread(sql, 1, sizeof(sql) - 1, f)] = '\0';
	(void)fclose(f);
	while (*rest != '\0') {
		sqlite3_stmt	*st;

		if (sqlite3_prepare_v2(watch, rest, -1, &st,
		    &rest) != SQLITE_OK) {
			fail_msg("%s", sqlite3_errmsg(watch));
		}
		while (st != NULL && sqlite3_step(st) == SQLITE_ROW) {
			if (wrong++ > 30) {
				continue;
			}
			print_message("books:");
			for (int i = 0; i < sqlite3_column_count(st); i++) {
				const unsigned char	*text =
				    sqlite3_column_text(st, i);

				print_message(" %s", text == NULL ? "NULL" :
				    (const char *)text);
			}
			print_message("\n");
		}
		(void)sqlite3_finalize(st);
	}
	return wrong;
}

/* Nothing here is about the disk: it is not waited for. */
static void
hurry(struct shop *shop)
{
	shop->db->open_to_change = true;
	assert_int_equal(sqlite3_exec(shop->db->sq, "PRAGMA synchronous=OFF",
	    NULL, NULL, NULL), SQLITE_OK);
	shop->db->open_to_change = false;
}

/* Who sells the first one makes the item, whatever becomes of that sale. */
static void
gift_card_is_known(void)
{
	int64_t	id = 0, version = 0, line;

	OK(voucher_sell(owner, &id, &version, 500, "", &line));
	OK(sale_cancel(owner, id, &version, "none yet"));
}

static void
begin(const char *country, int64_t count)
{
	struct currency	usd = { .code = "USD", .active = true };
	char		path[96];

	test_now = INT64_C(1795177815000);
	opens = cards = 0;
	tickets = 0;
	posted = refused = replayed = practised = 0;
	(void)memset(done, 0, sizeof(done));
	ticket = calloc((size_t)count + 100, sizeof(*ticket));
	assert_non_null(ticket);
	owner = test_shop(country, dir);
	hurry(owner);
	OK(setting_set(owner, "gift_months", "1"));
	OK(setting_set(owner, "credit_months", "1"));
	OK(setting_set(owner, "shift_per", one_in(2) ? "till" : "cashier"));
	catalogue();
	gift_card_is_known();
	prices();
	people();
	OK(money_style_set(&usd.money, "USD", country));
	OK(currency_rate(owner, "1.1650", false, &usd));
	OK(currency_set(owner, &usd));
	desk[0] = test_till(dir, "Anna", "Till 1");
	desk[1] = test_till(dir, "Bob", "Till 2");
	desk[2] = test_till(dir, "Sylvie", "Floor");
	for (int i = 0; i < 3; i++) {
		hurry(desk[i]);
	}
	(void)snprintf(path, sizeof(path), "%s/shop.db", dir);
	assert_int_equal(sqlite3_open_v2(path, &watch, SQLITE_OPEN_READONLY,
	    NULL), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(watch, "PRAGMA data_version", -1,
	    &stamped, NULL), SQLITE_OK);
}

static void
end(void)
{
	(void)sqlite3_finalize(stamped);
	(void)sqlite3_close(watch);
	for (int i = 0; i < 3; i++) {
		shop_close(desk[i]);
	}
	test_done(owner, dir);
	free(ticket);
}

static void
test_country(void **state)
{
	const char	*given = getenv("COMPTOIR_SALES");
	int64_t		 count = (given != NULL ? strtoll(given, NULL, 10) :
			    SALES) / 4, bad;

	begin(*state, count);
	while (posted < count) {
		next();
	}
	print_message("# %s: %lld tickets, %lld refused, %lld replayed, "
	    "%lld practised\n#", (const char *)*state, (long long)posted,
	    (long long)refused, (long long)replayed, (long long)practised);
	for (size_t i = 0; i < NELEM(done); i++) {
		print_message(" %lld", (long long)done[i]);
	}
	print_message("\n");
	OK(check_run(owner, finding, NULL, &bad));
	assert_int_equal(books() + bad, 0);
	end();
}

int
main(void)
{
	static char	fr[] = "FR", be[] = "BE", cm[] = "CM", qc[] = "CA-QC";
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test_prestate(test_country, fr),
		cmocka_unit_test_prestate(test_country, be),
		cmocka_unit_test_prestate(test_country, cm),
		cmocka_unit_test_prestate(test_country, qc),
	};
	const char		*given = getenv("COMPTOIR_SEED");

	seed = given != NULL ? strtoull(given, NULL, 10) :
	    (uint64_t)time(NULL) * 2654435761U + 1;
	print_message("# COMPTOIR_SEED=%llu\n", (unsigned long long)seed);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
