/* SPDX-License-Identifier: ISC */
/* The chained, signed record: adding to it.  Proving it is in verify.c. */
#include "shop/journal.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "shop/approval.h"
#include "shop/audit.h"
#include "shop/grand.h"
#include "shop/journal_hash.h"
#include "shop/journal_key.h"
#include "shop/sale.h"
#include "sql/journal.h"

#define CLOCK_MAX_MS	(INT64_C(36) * 3600 * 1000)

/* --- payloads ----------------------------------------------------------- */

void
journal_seal(const char *payload, const char *previous, struct buf *out,
    char hash[static 65])
{
	unsigned char	digest[crypto_hash_sha256_BYTES];

	buf_fmt(out, "%s,%s,%s", payload, previous[0] == '\0' ? "N" : "Y",
	    previous);
	(void)crypto_hash_sha256(digest, (const unsigned char *)out->data,
	    out->len);
	str_hex(digest, sizeof(digest), hash);
}

void
journal_extract(const char *hash, char out[static 5])
{
	static const size_t	places[] = { 3, 7, 13, 19 };

	out[0] = '\0';
	if (strlen(hash) < places[3]) {
		return;
	}
	for (size_t i = 0; i < NELEM(places); i++) {
		out[i] = hash[places[i] - 1];
	}
	out[4] = '\0';
}

/* Free text inside a payload: a comma would be a field, a space is not seen. */
static void
payload_text(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		buf_chr(out, *text == ',' ? ';' : *text == ' ' ? '_' : *text);
	}
}

static void
payload_time(struct buf *out, int64_t at)
{
	char	text[16];

	clock_local(at, "%Y%m%d%H%M%S", text, sizeof(text));
	buf_str(out, text);
}

static int
by_rate(const void *a, const void *b)
{
	const struct sale_vat	*x = a, *y = b;

	if (x->rate != y->rate) {
		return x->rate > y->rate ? -1 : 1;
	}
	return x->part - y->part;
}

/* From the highest rate down: percent times 100 on four digits; a rate finer
 * than that keeps its rest (9.975 % is 0997.5). */
static void
payload_vat(struct buf *out, const struct sale_vat *from, int count)
{
	struct sale_vat	vat[GRAND_RATES];
	size_t		n = (size_t)count;

	_Static_assert(SALE_RATES <= GRAND_RATES, "a ticket's rates fit");
	memcpy(vat, from, n * sizeof(*vat));
	qsort(vat, n, sizeof(*vat), by_rate);
	for (size_t i = 0; i < n; i++) {
		buf_fmt(out, "%s%04lld", i == 0 ? "" : "|",
		    (long long)(vat[i].rate / 10));
		if (vat[i].rate % 10 != 0) {
			buf_fmt(out, ".%lld", (long long)(vat[i].rate % 10));
		}
		buf_fmt(out, ":%lld", (long long)vat[i].gross);
	}
}

void
journal_ticket(const struct sale *sale, int64_t at, const char *ticket,
    struct buf *out)
{
	payload_vat(out, sale->vat, sale->nvat);
	buf_fmt(out, ",%lld,", (long long)sale->total);
	payload_time(out, at);
	buf_fmt(out, ",%s,%s", ticket, sale->total < 0 ? "Retour" : "Vente");
}

void
journal_invoice(const struct sale *sale, int64_t at, const char *number,
    const char *name, const char *zip, const char *vat_id, struct buf *out)
{
	payload_vat(out, sale->vat, sale->nvat);
	buf_fmt(out, ",%lld,", (long long)sale->total);
	payload_time(out, at);
	buf_fmt(out, ",%s,%s,", number,
	    sale->total < 0 ? "Avoir" : "Facture");
	payload_text(out, name);
	buf_fmt(out, ",%s,", zip);
	payload_text(out, vat_id);
}

void
journal_grand_total(const struct grand *c, struct buf *out)
{
	payload_vat(out, c->vat, c->nvat);
	buf_fmt(out, ",%lld,%lld,", (long long)c->total,
	    (long long)c->perpetual);
	payload_time(out, c->at);
	buf_fmt(out, ",%lld", (long long)c->seq);
}

void
journal_archive(const struct grand *taxes, int64_t total, int64_t at,
    int64_t terminal, struct buf *out)
{
	payload_vat(out, taxes->vat, taxes->nvat);
	buf_fmt(out, ",%lld,", (long long)total);
	payload_time(out, at);
	buf_fmt(out, ",%lld,Archive", (long long)terminal);
}

/* --- appending ---------------------------------------------------------- */

int
journal_life(struct shop *shop, char out[static JOURNAL_LIFE])
{
	struct q_journal_life	row;
	int			r;

	out[0] = '\0';
	if ((r = q_journal_life(shop->db, &row)) == 0 && row.n > 1) {
		(void)str_fmt(out, JOURNAL_LIFE, ".%lld", (long long)row.n);
	}
	return r;
}

int
journal_place(struct shop *shop, const char *chain, struct journal_place *out)
{
	struct q_journal_head	row;
	char			life[JOURNAL_LIFE];
	int			r;

	*out = (struct journal_place){ .seq = 1 };
	if ((r = journal_life(shop, life)) != 0) {
		return r;
	}
	(void)str_fmt(out->chain, sizeof(out->chain), "%s%s", chain, life);
	if ((r = q_journal_head(shop->db, out->chain, &row)) == 0) {
		out->seq = row.seq + 1;
		(void)str_copy(out->previous, sizeof(out->previous), row.hash);
	}
	return r == ERR_NOT_FOUND ? 0 : r;
}

/* The row of our public key; a new key is known from its first record on. */
static int
journal_key_row(struct shop *shop, const struct journal_key *key,
    int64_t *id, bool *other)
{
	struct q_journal_key_get	row;
	int				r;

	*other = false;
	if ((r = q_journal_key_get(shop->db, key->public, &row)) == 0) {
		*id = row.id;
		return 0;
	}
	if (r != ERR_NOT_FOUND || (r = q_journal_key_add(shop->db,
	    key->public, shop_now(), id)) != 0) {
		return r;
	}
	*other = *id > 1;
	return 0;
}

/* Record, head and witness, with the key in hand. */
static int
journal_put(struct shop *shop, const struct journal_place *place,
    const struct journal_key *key, const char *payload, const char *detail,
    int64_t sale, const char *hash, int64_t *id, bool *other)
{
	char	record[JOURNAL_SIGNATURE], head[JOURNAL_SIGNATURE];
	char	line[256], when[CLOCK_ISO_SIZE];
	int64_t	key_id;
	int	r;

	journal_signs(hash, detail, line);
	journal_sign(key, line, record);
	(void)str_fmt(line, sizeof(line), "%s,%lld,%s", place->chain,
	    (long long)place->seq, hash);
	journal_sign(key, line, head);
	if ((r = journal_key_row(shop, key, &key_id, other)) != 0 ||
	    (r = q_journal_put(shop->db, place->chain, place->seq, shop_now(),
	    payload, hash, record, key_id, sale == 0 ? NULL : &sale,
	    detail, id)) != 0 ||
	    (r = q_journal_head_put(shop->db, place->chain, place->seq, hash,
	    head, key_id)) != 0) {
		return r;
	}
	clock_iso(shop_now(), when);
	(void)str_fmt(line, sizeof(line), "%s %s %lld %s", when, place->chain,
	    (long long)place->seq, hash);
	db_witness(shop->db, line);
	return 0;
}

int
journal_add(struct shop *shop, const struct journal_place *place,
    const char *payload, const char *detail, int64_t sale,
    char hash[static 65], int64_t *id)
{
	struct journal_key	key;
	struct buf		full = { 0 };
	bool			other = false;
	int			r;

	*id = 0;
	journal_seal(payload, place->previous, &full, hash);
	if ((r = journal_key_read(db_shop(shop->db), &key)) == 0) {
		r = journal_put(shop, place, &key, buf_text(&full), detail,
		    sale, hash, id, &other);
	}
	journal_key_wipe(&key);
	buf_done(&full);
	return r == 0 && other ? journal_event(shop, JET_KEY,
	    "another signing key") : r;
}

/* seq, code, info, dateTime, operator[/approver], terminal */
static int
event_put(struct shop *shop, const char *chain, enum jet code,
    const char *info, int64_t sale, const char *detail)
{
	struct journal_place	place;
	struct buf		payload = { 0 };
	char			hash[65];
	int64_t			id, approver;
	int			r;

	if ((r = journal_place(shop, chain, &place)) != 0) {
		return r;
	}
	if (place.seq == 1 && code != JET_START) {
		if ((r = event_put(shop, chain, JET_START,
		    strchr(place.chain, '.') == NULL ? "start" :
		    "restored", 0, "")) != 0 ||
		    (r = journal_place(shop, chain, &place)) != 0) {
			return r;
		}
	}
	buf_fmt(&payload, "%lld,%d,%s", (long long)place.seq, (int)code,
	    shop->who.training ? "training:_" : "");
	payload_text(&payload, info);
	buf_chr(&payload, ',');
	payload_time(&payload, shop_now());
	/* Ids, not names: a record can never be taken back. */
	buf_fmt(&payload, ",%lld", (long long)shop->who.user);
	if ((approver = approval_by(shop)) != shop->who.user) {
		buf_fmt(&payload, "/%lld", (long long)approver);
	}
	buf_fmt(&payload, ",%lld", (long long)shop->who.terminal);
	r = journal_add(shop, &place, buf_text(&payload), detail, sale, hash,
	    &id);
	buf_done(&payload);
	return r;
}

int
journal_event_sale(struct shop *shop, enum jet code, const char *info,
    int64_t sale, const char *detail)
{
	if (!utf8_is_clean(info)) {
		return err_set(ERR_INVALID, _("the text is no clean UTF-8"));
	}
	return event_put(shop, "event/shop", code, info, sale, detail);
}

int
journal_event(struct shop *shop, enum jet code, const char *info)
{
	return journal_event_sale(shop, code, info, 0, "");
}

int
journal_event_try(struct shop *shop, enum jet code, const char *info)
{
	int	r = journal_event(shop, code, info);

	if (r == ERR_CONFIG) {
		log_err(r, "event %d is not in the journal", (int)code);
		return 0;
	}
	return r;
}

/* One event, and nothing else. */
static int
event_alone(struct shop *shop, enum jet code, const char *info)
{
	int	r;

	if ((r = db_begin(shop->db, "journal event")) != 0) {
		return r;
	}
	if ((r = journal_event(shop, code, info)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	return db_commit(shop->db);
}

int
journal_export(struct shop *shop, const char *what)
{
	return event_alone(shop, JET_EXPORT, what);
}

/* --- the module itself -------------------------------------------------- */

const char *
journal_module(void)
{
	static char	text[32];

	(void)str_fmt(text, sizeof(text), "%s-%.6s", JOURNAL_VERSION,
	    JOURNAL_HASH);
	return text;
}

const char *
journal_module_hash(void)
{
	return JOURNAL_HASH;
}

int
journal_maintenance(struct shop *shop)
{
	struct q_journal_program	row;
	char				now[80];
	int				r;

	(void)str_fmt(now, sizeof(now), "comptoir %s journal %s", VERSION,
	    journal_module());
	if ((r = q_journal_program(shop->db, &row)) == 0 &&
	    strcmp(row.program, now) == 0) {
		return 0;
	}
	if ((r != 0 && r != ERR_NOT_FOUND) ||
	    (r = db_begin(shop->db, "journal program")) != 0) {
		return r;
	}
	if ((r = journal_event(shop, JET_MAINTENANCE, now)) != 0 ||
	    (r = q_journal_program_add(shop->db, now, shop_now())) != 0) {
		db_rollback(shop->db);
		return r;
	}
	return db_commit(shop->db);
}

/* --- the clock ---------------------------------------------------------- */

int
journal_clock_check(struct shop *shop)
{
	struct q_journal_time	row;
	int64_t			now = shop_now();
	char			then[32];
	int			r;

	if ((r = q_journal_time(shop->db, &row)) != 0) {
		return r == ERR_NOT_FOUND ? 0 : r;
	}
	clock_local(row.at, "%Y-%m-%d %H:%M", then, sizeof(then));
	if (now < row.at) {
		return err_set(ERR_CLOCK, _("the clock is before the last "
		    "ticket (%s); set it, or a manager says :clock"), then);
	}
	/* An example shop lies idle for weeks, and has nothing to protect. */
	if (!shop->set.demo && now > row.at + CLOCK_MAX_MS) {
		return err_set(ERR_CLOCK, _("the last ticket is of %s; if the "
		    "clock is right, a manager says :clock"), then);
	}
	return 0;
}

int
journal_clock_confirm(struct shop *shop)
{
	struct q_journal_time	row;
	char			info[64] = "first";
	int			r;

	if ((r = shop_require(shop, RIGHT_CLOCK)) != 0 ||
	    (r = db_begin(shop->db, "clock confirm")) != 0) {
		return r;
	}
	if ((r = q_journal_time(shop->db, &row)) == 0) {
		(void)str_fmt(info, sizeof(info), "clock confirmed after %lld",
		    (long long)row.at);
	}
	/* The event, and the record that clocks are judged by from now on. */
	if ((r != 0 && r != ERR_NOT_FOUND) ||
	    (r = journal_event(shop, JET_CLOCK, info)) != 0 ||
	    (r = event_put(shop, "clock/shop", JET_CLOCK, info, 0, "")) != 0 ||
	    (r = audit_add(shop, "clock.confirm", "", 0, "")) != 0) {
		db_rollback(shop->db);
		return r;
	}
	return db_commit(shop->db);
}
