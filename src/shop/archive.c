/* SPDX-License-Identifier: ISC */
/* Writing an archive: tables as CSV, one after the other, then the list of
 * their hashes, signed. */
#include "shop/archive.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/tar.h"
#include "shop/archive_part.h"
#include "shop/audit.h"
#include "shop/grand.h"
#include "shop/journal.h"
#include "shop/journal_key.h"
#include "shop/sale_part.h"
#include "sql/archive.h"
#include "sql/journal.h"

#define PEN_FLUSH	(64 * 1024)

/* One file being written: its line, its hash, its place in the tar. */
struct pen {
	struct shop			*shop;
	struct money_style		 plain;
	struct tar			 tar;
	struct buf			 text;
	crypto_hash_sha256_state	 state;
	struct buf			 manifest;
	bool				 first;	/* of a row */
	const char			*chain;	/* of the records picked */
	int64_t				 since, until, after, last;
};

/* --- the pen ------------------------------------------------------------ */

static int
pen_flush(struct pen *p)
{
	int	r;

	(void)crypto_hash_sha256_update(&p->state,
	    (const unsigned char *)buf_text(&p->text), p->text.len);
	r = tar_add(&p->tar, buf_text(&p->text), p->text.len);
	buf_clear(&p->text);
	return r;
}

/* Quoted only when it must be; the columns are parted by semicolons. */
static void
pen_text(struct pen *p, const char *text)
{
	if (!p->first) {
		buf_chr(&p->text, ';');
	}
	p->first = false;
	if (strpbrk(text, ";,\"\r\n") == NULL) {
		buf_str(&p->text, text);
		return;
	}
	buf_chr(&p->text, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"') {
			buf_chr(&p->text, '"');
		}
		buf_chr(&p->text, *text);
	}
	buf_chr(&p->text, '"');
}

static void
pen_int(struct pen *p, int64_t v)
{
	char	text[24];

	(void)str_fmt(text, sizeof(text), "%lld", (long long)v);
	pen_text(p, text);
}

static void
pen_money(struct pen *p, int64_t v)
{
	char	text[MONEY_TEXT];

	money_plain(&p->plain, v, text);
	pen_text(p, text);
}

static void
pen_qty(struct pen *p, int64_t v)
{
	char	text[MONEY_TEXT];

	qty_plain('.', v, text);
	pen_text(p, text);
}

static void
pen_rate(struct pen *p, int64_t v)
{
	char	text[MONEY_TEXT];

	rate_plain('.', v, text);
	pen_text(p, text);
}

static void
pen_time(struct pen *p, int64_t at)
{
	char	text[CLOCK_ISO_SIZE];

	clock_iso(at, text);
	pen_text(p, text);
}

static void
pen_ticket(struct pen *p, const char *series, int64_t number)
{
	char	text[32];

	sale_ticket(series, number, text);
	pen_text(p, text);
}

static int
pen_row(struct pen *p)
{
	buf_chr(&p->text, '\n');
	p->first = true;
	return p->text.len >= PEN_FLUSH ? pen_flush(p) : 0;
}

/* --- the tables --------------------------------------------------------- */

static int
row_record(void *ctx, const struct q_archive_records *r)
{
	struct pen	*p = ctx;

	pen_text(p, r->chain);
	pen_int(p, r->seq);
	pen_time(p, r->at);
	pen_text(p, r->payload);
	pen_text(p, r->hash);
	pen_text(p, r->detail);
	pen_text(p, r->signature);
	pen_int(p, r->key);
	return pen_row(p);
}

static int
fill_journal(struct pen *p)
{
	return q_archive_records(p->shop->db, p->after, p->last, row_record,
	    p);
}

/* The fields of a payload as columns, without flag and previous hash. */
static int
row_fields(void *ctx, const struct q_archive_records *r)
{
	struct pen	*p = ctx;
	char		 copy[1024], *rest = copy, *word;
	int		 n = 0;

	if (!str_starts(r->chain, p->chain)) {
		return 0;
	}
	(void)str_copy(copy, sizeof(copy), r->payload);
	while (n++ < 6 && (word = strsep(&rest, ",")) != NULL) {
		pen_text(p, word);
	}
	pen_text(p, r->chain);
	return pen_row(p);
}

static int
fill_duplicates(struct pen *p)
{
	p->chain = "duplicate/";
	return q_archive_records(p->shop->db, p->after, p->last, row_fields,
	    p);
}

static int
fill_events(struct pen *p)
{
	p->chain = "event/";
	return q_archive_records(p->shop->db, p->after, p->last, row_fields,
	    p);
}

static int
fill_keys(struct pen *p)
{
	struct q_journal_keys	*keys;
	size_t			 n;
	int			 r;

	if ((r = q_journal_keys(p->shop->db, &keys, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		pen_int(p, keys[i].id);
		pen_text(p, keys[i].public);
		r = pen_row(p);
	}
	free(keys);
	return r;
}

static int
row_ticket(void *ctx, const struct q_archive_tickets *r)
{
	struct pen	*p = ctx;

	pen_ticket(p, r->series, r->number);
	pen_time(p, r->posted_at);
	pen_text(p, r->day);
	pen_text(p, r->till);
	pen_int(p, r->person);
	pen_text(p, r->total < 0 ? "return" : "sale");
	pen_money(p, r->total);
	pen_money(p, r->turnover);
	pen_money(p, r->rounding);
	pen_text(p, p->shop->money.currency);
	pen_text(p, r->tax_added ? "added" : "included");
	pen_int(p, r->customer_null ? 0 : r->customer);
	pen_text(p, r->cancels);
	pen_int(p, r->training);
	pen_text(p, r->hash);
	return pen_row(p);
}

static int
fill_tickets(struct pen *p)
{
	return q_archive_tickets(p->shop->db, p->after, p->last, row_ticket,
	    p);
}

static int
row_line(void *ctx, const struct q_archive_lines *r)
{
	struct pen	*p = ctx;

	pen_ticket(p, r->series, r->number);
	pen_int(p, r->seq);
	pen_text(p, r->code);
	pen_text(p, r->label);
	pen_qty(p, r->qty);
	pen_text(p, r->unit);
	pen_money(p, r->list_price);
	pen_money(p, r->price);
	pen_money(p, r->off);
	pen_money(p, r->amount);
	pen_rate(p, r->rate);
	pen_rate(p, r->rate2);
	pen_int(p, r->turnover);
	pen_text(p, r->state);
	pen_text(p, r->reason);
	pen_text(p, r->note);
	pen_time(p, r->at);
	pen_int(p, r->person);
	return pen_row(p);
}

static int
fill_lines(struct pen *p)
{
	return q_archive_lines(p->shop->db, p->after, p->last, row_line, p);
}

static int
row_tax(void *ctx, const struct q_archive_taxes *r)
{
	struct pen	*p = ctx;

	pen_ticket(p, r->series, r->number);
	pen_text(p, r->name);
	pen_text(p, r->letter);
	pen_rate(p, r->rate);
	pen_money(p, r->gross);
	pen_money(p, r->net);
	pen_money(p, r->vat);
	return pen_row(p);
}

static int
fill_taxes(struct pen *p)
{
	return q_archive_taxes(p->shop->db, p->after, p->last, row_tax, p);
}

static int
row_payment(void *ctx, const struct q_archive_payments *r)
{
	struct pen	*p = ctx;

	pen_ticket(p, r->series, r->number);
	pen_int(p, r->id);
	pen_time(p, r->at);
	pen_text(p, r->tender);
	pen_text(p, r->label);
	pen_money(p, r->amount);
	pen_money(p, r->given);
	pen_money(p, r->change);
	pen_money(p, r->tip);
	pen_text(p, r->state);
	pen_text(p, r->reference);
	pen_text(p, r->currency);
	pen_int(p, r->abroad);
	pen_int(p, r->corrects_null ? 0 : r->corrects);
	pen_int(p, r->person);
	return pen_row(p);
}

static int
fill_payments(struct pen *p)
{
	return q_archive_payments(p->shop->db, p->after, p->last, p->since,
	    p->until, row_payment, p);
}

static int
row_total(void *ctx, const struct q_archive_closings *r)
{
	struct pen	*p = ctx;

	pen_int(p, r->till);
	pen_text(p, r->terminal);
	pen_text(p, r->level);
	pen_int(p, r->seq);
	pen_text(p, r->period);
	pen_time(p, r->at);
	pen_int(p, r->forced);
	pen_int(p, r->tickets);
	pen_int(p, r->refunds);
	pen_money(p, r->total);
	pen_money(p, r->absolute);
	pen_money(p, r->perpetual);
	pen_money(p, r->perpetual_absolute);
	pen_text(p, r->hash);
	return pen_row(p);
}

static int
fill_totals(struct pen *p)
{
	return q_archive_closings(p->shop->db, p->after, p->last, row_total,
	    p);
}

static int
row_total_tax(void *ctx, const struct q_archive_closing_taxes *r)
{
	struct pen	*p = ctx;

	pen_int(p, r->till);
	pen_text(p, r->level);
	pen_int(p, r->seq);
	pen_text(p, r->period);
	pen_text(p, r->name);
	pen_text(p, r->letter);
	pen_rate(p, r->rate);
	pen_money(p, r->gross);
	pen_money(p, r->net);
	pen_money(p, r->vat);
	return pen_row(p);
}

static int
fill_total_taxes(struct pen *p)
{
	return q_archive_closing_taxes(p->shop->db, p->after, p->last,
	    row_total_tax, p);
}

static int
row_person(void *ctx, const struct q_archive_people *r)
{
	struct pen	*p = ctx;

	pen_int(p, r->id);
	pen_text(p, r->name);
	pen_text(p, r->role);
	return pen_row(p);
}

static int
fill_people(struct pen *p)
{
	return q_archive_people(p->shop->db, row_person, p);
}

/* For who opens it in twenty years. */
static int
fill_readme(struct pen *p)
{
	const struct shop	*shop = p->shop;
	char			 since[CLOCK_ISO_SIZE], until[CLOCK_ISO_SIZE];

	clock_iso(p->since, since);
	clock_iso(p->until, until);
	buf_fmt(&p->text,
	    "company: %s\naddress: %s\nnumbers: %s\ncountry: %s\n"
	    "currency: %s\nperiod: %s to %s\nrecords: %lld to %lld\n"
	    "program: comptoir %s, journal module %s\nmodule hash: %s\n\n",
	    shop->set.company, shop->set.address, shop->set.tax_ids,
	    shop->set.country, shop->money.currency, since, until,
	    (long long)p->after + 1, (long long)p->last, VERSION,
	    journal_module(), journal_module_hash());
	buf_str(&p->text,
	    "Tables: UTF-8, one line a row, columns parted by semicolons, the "
	    "first line\nnames them.  Times are UTC.  Amounts are in the "
	    "currency, with a point.\n\n"
	    ARCHIVE_TICKETS "  one row a ticket; training = 1 counts nowhere\n"
	    ARCHIVE_LINES "  their lines; state void was taken out before "
	    "payment\n"
	    ARCHIVE_TAXES "  their taxes per rate\n"
	    ARCHIVE_PAYMENTS "  their payments; corrects names the one taken "
	    "back\n"
	    ARCHIVE_TOTALS "  closings of shifts, days, months, years, with "
	    "both perpetual totals\n"
	    ARCHIVE_TOTAL_TAXES "  their taxes per rate\n"
	    ARCHIVE_DUPLICATES "  every later print\n"
	    ARCHIVE_EVENTS "  events, by the codes of NF525\n"
	    ARCHIVE_PEOPLE "  who the numbers of people are\n"
	    ARCHIVE_JOURNAL "  the chained records of all of these\n"
	    ARCHIVE_KEYS "  the public keys they are signed with\n\n"
	    "A record's hash is the SHA-256 of its payload, which ends in the "
	    "hash of the\nrecord before it in its chain.  Its signature is "
	    "Ed25519, in base64url, over the\nhash, or over "
	    "\"hash,detail\" where it has a detail.\n\n"
	    "To prove this archive without comptoir:\n"
	    "  sha256sum -c " ARCHIVE_MANIFEST "\n"
	    "  openssl pkeyutl -verify -rawin -pubin -inkey " ARCHIVE_KEY
	    " \\\n      -in " ARCHIVE_MANIFEST " -sigfile " ARCHIVE_SIGNATURE
	    "\n");
	return 0;
}

static int
fill_pem(struct pen *p)
{
	struct journal_key	key;
	unsigned char		der[ARCHIVE_SPKI_SIZE +
				    crypto_sign_PUBLICKEYBYTES];
	char			text[128];
	int			r;

	if ((r = journal_key_read(db_shop(p->shop->db), &key)) == 0) {
		memcpy(der, archive_spki, ARCHIVE_SPKI_SIZE);
		memcpy(der + ARCHIVE_SPKI_SIZE,
		    key.secret + crypto_sign_SEEDBYTES,
		    crypto_sign_PUBLICKEYBYTES);
		(void)sodium_bin2base64(text, sizeof(text), der, sizeof(der),
		    sodium_base64_VARIANT_ORIGINAL);
		buf_fmt(&p->text, "-----BEGIN PUBLIC KEY-----\n%s\n"
		    "-----END PUBLIC KEY-----\n", text);
	}
	journal_key_wipe(&key);
	return r;
}

static const struct {
	const char	*name, *head;	/* "": no table */
	int		 (*fill)(struct pen *p);
} archive_files[] = {
	{ ARCHIVE_README, "", fill_readme },
	{ ARCHIVE_KEY, "", fill_pem },
	{ ARCHIVE_KEYS, "key;public\n", fill_keys },
	{ ARCHIVE_JOURNAL, "chain;seq;time;payload;hash;detail;signature;"
	    "key\n", fill_journal },
	{ ARCHIVE_TICKETS, "ticket;time;business_day;till;person;operation;"
	    "total;turnover;rounding;currency;tax;customer;cancels;training;"
	    "hash\n", fill_tickets },
	{ ARCHIVE_LINES, "ticket;line;code;label;quantity;unit;list_price;"
	    "price;discount;amount;rate;rate2;turnover;state;reason;note;"
	    "time;person\n", fill_lines },
	{ ARCHIVE_TAXES, "ticket;tax;letter;rate;gross;net;vat\n",
	    fill_taxes },
	{ ARCHIVE_PAYMENTS, "ticket;payment;time;tender;label;amount;given;"
	    "change;tip;state;reference;foreign_currency;foreign_amount;"
	    "corrects;person\n", fill_payments },
	{ ARCHIVE_TOTALS, "till;terminal;level;number;period;time;forced;"
	    "tickets;refunds;total;absolute;perpetual;perpetual_absolute;"
	    "hash\n", fill_totals },
	{ ARCHIVE_TOTAL_TAXES, "till;level;number;period;tax;letter;rate;"
	    "gross;net;vat\n", fill_total_taxes },
	{ ARCHIVE_DUPLICATES, "number;document;reprint;person;time;ticket;"
	    "chain\n", fill_duplicates },
	{ ARCHIVE_EVENTS, "number;code;information;time;person;terminal;"
	    "chain\n", fill_events },
	{ ARCHIVE_PEOPLE, "person;name;role\n", fill_people },
};

/* --- all of it ---------------------------------------------------------- */

static int
write_file(struct pen *p, size_t i)
{
	unsigned char	digest[crypto_hash_sha256_BYTES];
	char		hash[65];
	int		r;

	(void)crypto_hash_sha256_init(&p->state);
	buf_clear(&p->text);
	p->first = true;
	if ((r = tar_begin(&p->tar, archive_files[i].name)) != 0) {
		return r;
	}
	buf_str(&p->text, archive_files[i].head);
	if ((r = archive_files[i].fill(p)) != 0 || (r = pen_flush(p)) != 0 ||
	    (r = tar_end(&p->tar)) != 0) {
		return r;
	}
	(void)crypto_hash_sha256_final(&p->state, digest);
	str_hex(digest, sizeof(digest), hash);
	buf_fmt(&p->manifest, "%s  %s\n", hash, archive_files[i].name);
	return 0;
}

/* A file that is in the tar and not in the manifest: it, and its signature. */
static int
write_plain(struct pen *p, const char *name, const void *data, size_t n)
{
	int	r;

	if ((r = tar_begin(&p->tar, name)) != 0 ||
	    (r = tar_add(&p->tar, data, n)) != 0) {
		return r;
	}
	return tar_end(&p->tar);
}

static int
write_manifest(struct pen *p, char hash[static ARCHIVE_HASH])
{
	struct journal_key	key;
	unsigned char		signature[crypto_sign_BYTES];
	unsigned char		digest[crypto_hash_sha256_BYTES];
	const unsigned char	*text;
	int			r;

	text = (const unsigned char *)buf_text(&p->manifest);
	(void)crypto_hash_sha256(digest, text, p->manifest.len);
	str_hex(digest, sizeof(digest), hash);
	if ((r = journal_key_read(db_shop(p->shop->db), &key)) == 0) {
		(void)crypto_sign_detached(signature, NULL, text,
		    p->manifest.len, key.secret);
	}
	journal_key_wipe(&key);
	if (r != 0 || (r = write_plain(p, ARCHIVE_MANIFEST, text,
	    p->manifest.len)) != 0 ||
	    (r = write_plain(p, ARCHIVE_SIGNATURE, signature,
	    sizeof(signature))) != 0) {
		return r;
	}
	return tar_done(&p->tar);
}

/* vatBreakdown, total, dateTime, terminal, "Archive" */
static int
archive_payload(struct shop *shop, const struct pen *p, int64_t total,
    struct buf *out)
{
	struct q_archive_sum_vat	*rows;
	struct grand			 g = { .till = 0 };
	size_t				 n;
	int				 r;

	if ((r = q_archive_sum_vat(shop->db, p->after, p->last, &rows,
	    &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && i < GRAND_RATES; i++) {
		g.vat[g.nvat++] = (struct sale_vat){
			.part = (int)rows[i].part, .rate = rows[i].rate,
			.gross = rows[i].gross };
	}
	free(rows);
	journal_archive(&g, total, shop_now(), shop->who.terminal, out);
	return 0;
}

/* All is written: what was is said in the journal. */
static int
archive_record(struct shop *shop, const struct pen *p,
    const struct archive_span *span, const struct archive_made *made)
{
	struct journal_place	place;
	struct buf		payload = { 0 };
	char			detail[96], info[128], hash[65];
	int64_t			record, id;
	int			r;

	(void)str_fmt(detail, sizeof(detail), "a1:%s", made->manifest);
	(void)str_fmt(info, sizeof(info), "records %lld to %lld manifest %.16s",
	    (long long)p->after + 1, (long long)p->last, made->manifest);
	if ((r = db_begin(shop->db, "archive")) != 0) {
		return r;
	}
	if ((r = journal_place(shop, "archive/shop", &place)) == 0 &&
	    (r = archive_payload(shop, p, made->total, &payload)) == 0 &&
	    (r = journal_add(shop, &place, buf_text(&payload), detail, 0,
	    hash, &record)) == 0 &&
	    (r = q_archive_add(shop->db, p->since, p->until, p->after,
	    p->last, made->manifest, record, &id)) == 0 &&
	    (r = journal_event(shop, span->year ? JET_ARCHIVE_YEAR :
	    JET_ARCHIVE, info)) == 0) {
		r = audit_add(shop, "archive", "archive", id, "");
	}
	buf_done(&payload);
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	return db_commit(shop->db);
}

/* Which records. */
static int
archive_range(struct shop *shop, const struct archive_span *span,
    struct pen *p)
{
	struct q_archive_last	last;
	struct q_archive_bounds	bounds;
	int			r;

	if ((r = q_archive_last(shop->db, &last)) != 0) {
		return r;
	}
	p->since = span->since != 0 ? span->since : last.until;
	/* What is still to come goes into the next one. */
	p->until = shop_now() + 1;
	if (span->until != 0 && span->until < p->until) {
		p->until = span->until;
	}
	if ((r = q_archive_bounds(shop->db, p->since, p->until,
	    &bounds)) != 0) {
		return r;
	}
	if (bounds.first == 0) {
		return err_set(ERR_EMPTY, _("nothing was recorded in that "
		    "time; there is nothing to archive"));
	}
	if (p->since == 0) {
		p->since = bounds.at;
	}
	p->after = bounds.first - 1;
	p->last = bounds.last;
	return 0;
}

int
archive_write(struct shop *shop, int fd, const struct archive_span *span,
    struct archive_made *out)
{
	struct pen		p = { .shop = shop, .plain = shop->money };
	struct q_archive_sum	sum;
	int			r;

	*out = (struct archive_made){ .records = 0 };
	if ((r = shop_require(shop, RIGHT_AUDIT)) != 0 ||
	    (r = archive_range(shop, span, &p)) != 0 ||
	    (r = q_archive_sum(shop->db, p.after, p.last, &sum)) != 0) {
		return r;
	}
	p.plain.mark = '.';
	p.plain.group[0] = '\0';
	tar_init(&p.tar, fd, shop_now() / 1000);
	out->records = p.last - p.after;
	out->tickets = sum.tickets;
	out->total = sum.total;
	for (size_t i = 0; i < NELEM(archive_files) && r == 0; i++) {
		r = write_file(&p, i);
	}
	if (r == 0 && (r = write_manifest(&p, out->manifest)) == 0) {
		r = archive_record(shop, &p, span, out);
	}
	buf_done(&p.text);
	buf_done(&p.manifest);
	return r;
}

/* --- spans -------------------------------------------------------------- */

/* The first moment of a business day. */
static int64_t
day_begin(const struct shop *shop, const char *day)
{
	struct tm	tm = { 0 };

	tm.tm_year = (int)strtol(day, NULL, 10) - 1900;
	tm.tm_mon = (int)strtol(day + 5, NULL, 10) - 1;
	tm.tm_mday = (int)strtol(day + 8, NULL, 10);
	tm.tm_hour = shop->set.day_start_hour;
	tm.tm_isdst = -1;
	return (int64_t)mktime(&tm) * 1000;
}

int
archive_days(const struct shop *shop, const char *first, const char *last,
    struct archive_span *out)
{
	char	next[CLOCK_DAY_SIZE];
	int	r;

	*out = (struct archive_span){ .since = 0 };
	if ((first != NULL && (r = clock_day_check(first)) != 0) ||
	    (last != NULL && (r = clock_day_check(last)) != 0)) {
		return r;
	}
	if (first != NULL) {
		out->since = day_begin(shop, first);
	}
	if (last != NULL) {
		clock_day_step(last, 1, next);
		out->until = day_begin(shop, next);
	}
	return first != NULL && last != NULL && out->until <= out->since ?
	    err_set(ERR_INVALID, _("%s is before %s"), last, first) : 0;
}

int
archive_year(const struct shop *shop, const char *year,
    struct archive_span *out)
{
	char	day[CLOCK_DAY_SIZE];
	int64_t	y;
	int	r;

	*out = (struct archive_span){ .year = true };
	(void)str_fmt(day, sizeof(day), "%.4s", year);
	if ((r = str_to_i64(day, 2000, 2999, &y)) != 0) {
		return err_set(ERR_INVALID, _("\"%s\" is no year"), year);
	}
	(void)str_fmt(day, sizeof(day), "%04d-%02d-01", (int)y,
	    shop->set.year_month);
	out->since = day_begin(shop, day);
	(void)str_fmt(day, sizeof(day), "%04d-%02d-01", (int)y + 1,
	    shop->set.year_month);
	out->until = day_begin(shop, day);
	return 0;
}
