/* SPDX-License-Identifier: ISC */
/* Proving the journal: every record, every head, and the witness. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "shop/journal.h"
#include "shop/journal_key.h"
#include "shop/sale_part.h"
#include "sql/check.h"
#include "sql/journal.h"
#include "sql/sale.h"

#define VERIFY_PAGE	500
#define EVENT_INTEGRITY	90

struct verify {
	struct shop	*shop;
	void		(*fn)(void *ctx, const char *finding);
	void		*ctx;
	int64_t		 records, bad;

	struct q_journal_keys	*keys;
	size_t			 nkeys;
	struct q_journal_heads	*heads;
	size_t			 nheads;
};

static void verify_found(struct verify *v, const char *fmt, ...) PRINTF(2, 3);

static void
verify_found(struct verify *v, const char *fmt, ...)
{
	char	text[256];
	va_list	ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	v->bad++;
	v->fn(v->ctx, text);
}

static const char *
verify_key(const struct verify *v, int64_t id)
{
	for (size_t i = 0; i < v->nkeys; i++) {
		if (v->keys[i].id == id) {
			return v->keys[i].public;
		}
	}
	return "";
}

/* The payload must end with the flag and the hash of the record before. */
static bool
verify_linked(const char *payload, const char *previous)
{
	char	end[80];
	size_t	n, len = strlen(payload);

	(void)str_fmt(end, sizeof(end), ",%s,%s",
	    previous[0] == '\0' ? "N" : "Y", previous);
	n = strlen(end);
	return len >= n && strcmp(payload + len - n, end) == 0;
}

static void
verify_record(struct verify *v, const char *chain,
    const struct q_journal_chain *row, int64_t seq, const char *previous)
{
	unsigned char	digest[crypto_hash_sha256_BYTES];
	char		hash[65];

	if (row->seq != seq) {
		verify_found(v, _("%s: record %lld is missing"), chain,
		    (long long)seq);
		return;			/* the link is broken, of course */
	}
	(void)crypto_hash_sha256(digest, (const unsigned char *)row->payload,
	    strlen(row->payload));
	str_hex(digest, sizeof(digest), hash);
	if (strcmp(hash, row->hash) != 0) {
		verify_found(v, _("%s: record %lld does not match its hash"),
		    chain, (long long)seq);
	} else if (!verify_linked(row->payload, previous)) {
		verify_found(v, _("%s: record %lld does not follow record "
		    "%lld"), chain, (long long)seq, (long long)seq - 1);
	} else if (!journal_signed(verify_key(v, row->key), row->hash,
	    row->signature)) {
		verify_found(v, _("%s: record %lld has a false signature"),
		    chain, (long long)seq);
	}
}

/*
 * The ticket itself, from its rows: who changes a total in the database and
 * not in the journal is seen here.
 */
static int
verify_ticket(struct verify *v, const char *series,
    const struct q_journal_chain *row)
{
	struct q_check_ticket	 ticket;
	struct q_sale_vats	*vats;
	struct sale		 sale = { 0 };
	struct buf		 payload = { 0 };
	char			 number[32];
	size_t			 n;
	int			 r;

	sale_ticket(series, row->seq, number);
	if ((r = q_check_ticket(v->shop->db, series, row->seq,
	    &ticket)) == ERR_NOT_FOUND) {
		verify_found(v, _("ticket %s is in the journal and not in the "
		    "sales"), number);
		return 0;
	}
	sale.total = ticket.total;
	if (r != 0 || (r = q_sale_vats(v->shop->db, ticket.id, &vats,
	    &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && i < SALE_RATES; i++) {
		sale.vat[sale.nvat++] = (struct sale_vat){
			.part = (int)vats[i].part,
			.rate = vats[i].rate,
			.gross = vats[i].gross,
		};
	}
	free(vats);
	journal_ticket(&sale, ticket.posted_at, number, &payload);
	buf_chr(&payload, ',');
	if (!str_starts(row->payload, buf_text(&payload))) {
		verify_found(v, _("ticket %s does not match its record"),
		    number);
	}
	buf_done(&payload);
	return 0;
}

/* All records of a chain; *seq and hash[] come back as those of the last. */
static int
verify_chain(struct verify *v, const char *chain, int64_t *seq,
    char hash[static 65])
{
	size_t	n;
	int	r;

	*seq = 0;
	hash[0] = '\0';
	do {
		struct q_journal_chain	*rows;

		if ((r = q_journal_chain(v->shop->db, chain, *seq,
		    VERIFY_PAGE, &rows, &n)) != 0) {
			return r;
		}
		for (size_t i = 0; i < n; i++) {
			verify_record(v, chain, &rows[i], *seq + 1, hash);
			if (r == 0 && str_starts(chain, "ticket/")) {
				r = verify_ticket(v,
				    chain + strlen("ticket/"), &rows[i]);
			}
			*seq = rows[i].seq;
			(void)str_copy(hash, 65, rows[i].hash);
			v->records++;
		}
		free(rows);
	} while (n == VERIFY_PAGE && r == 0);
	return r;
}

static int
verify_head(struct verify *v, const struct q_journal_heads *head)
{
	char	hash[65], line[200];
	int64_t	seq;
	int	r;

	if ((r = verify_chain(v, head->chain, &seq, hash)) != 0) {
		return r;
	}
	(void)str_fmt(line, sizeof(line), "%s,%lld,%s", head->chain,
	    (long long)head->seq, head->hash);
	if (!journal_signed(verify_key(v, head->key), line,
	    head->signature)) {
		verify_found(v, _("%s: the head has a false signature"),
		    head->chain);
	}
	if (seq != head->seq) {
		verify_found(v, _("%s: the head says %lld, the last record is "
		    "%lld"), head->chain, (long long)head->seq,
		    (long long)seq);
	} else if (strcmp(hash, head->hash) != 0) {
		verify_found(v, _("%s: the head does not match record %lld"),
		    head->chain, (long long)seq);
	}
	return 0;
}

/* --- the witness -------------------------------------------------------- */

/* A record the witness saw; `seen` is one of them per chain, the last. */
struct seen {
	char	chain[48];
	int64_t	seq;
	char	hash[65];
};

static bool
seen_parse(const char *line, struct seen *out)
{
	long long	seq;

	*out = (struct seen){ 0 };
	if (sscanf(line, "%*s %47s %lld %64s", out->chain, &seq,
	    out->hash) != 3) {
		return false;
	}
	out->seq = seq;
	return strlen(out->hash) == 64;
}

/* The last line of each chain; a line cut by a crash is passed over. */
static int
witness_read(const char *dir, struct seen **all, size_t *n)
{
	char	*path = xasprintf("%s/witness", dir), *line = NULL;
	size_t	 size = 0;
	FILE	*f;
	int	 r = 0;

	*all = NULL;
	*n = 0;
	if ((f = fopen(path, "re")) == NULL) {
		if (errno != ENOENT) {
			r = err_sys(ERR_IO, _("cannot read %s"), path);
		}
		free(path);
		return r;
	}
	while (getline(&line, &size, f) > 0) {
		struct seen	one;
		size_t		i = 0;

		if (!seen_parse(line, &one)) {
			continue;
		}
		while (i < *n && strcmp((*all)[i].chain, one.chain) != 0) {
			i++;
		}
		if (i == *n) {
			*all = xrealloc(*all, ++*n, sizeof(**all));
		}
		(*all)[i] = one;
	}
	free(line);
	(void)fclose(f);
	free(path);
	return 0;
}

static int
verify_seen(struct verify *v, const struct seen *seen)
{
	struct q_journal_chain	*rows;
	const char		*hash = "";
	int64_t			 head = 0;
	size_t			 n;
	int			 r;

	for (size_t i = 0; i < v->nheads; i++) {
		if (strcmp(v->heads[i].chain, seen->chain) == 0) {
			head = v->heads[i].seq;
		}
	}
	if (head < seen->seq) {
		verify_found(v, _("%s: the witness saw record %lld, this "
		    "database ends at %lld: it is an older one"), seen->chain,
		    (long long)seen->seq, (long long)head);
		return 0;
	}
	if ((r = q_journal_chain(v->shop->db, seen->chain, seen->seq - 1, 1,
	    &rows, &n)) != 0) {
		return r;
	}
	if (n == 1 && rows[0].seq == seen->seq) {
		hash = rows[0].hash;
	}
	if (strcmp(hash, seen->hash) != 0) {
		verify_found(v, _("%s: record %lld is not the one the witness "
		    "saw"), seen->chain, (long long)seen->seq);
	}
	free(rows);
	return 0;
}

/* --- all of it ---------------------------------------------------------- */

static int
verify_headless(struct verify *v)
{
	struct q_journal_headless	*rows;
	size_t				 n;
	int				 r;

	if ((r = q_journal_headless(v->shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		verify_found(v, _("%s: the head is missing"), rows[i].chain);
	}
	free(rows);
	return 0;
}

/* Records signed by a key this shop does not hold: somebody else's work, or
 * the key was lost and made again. */
static void
verify_own_key(struct verify *v)
{
	struct journal_key	key;

	if (journal_key_read(db_shop(v->shop->db), &key) != 0) {
		verify_found(v, _("the signing key cannot be read"));
	} else if (v->nkeys > 0 &&
	    strcmp(v->keys[v->nkeys - 1].public, key.public) != 0) {
		verify_found(v, _("the newest key of the journal is not this "
		    "shop's"));
	}
	journal_key_wipe(&key);
}

/* Event 90; where not even that can be written, the log has it. */
static void
verify_record_failure(struct shop *shop, int64_t bad)
{
	char	info[64];
	int	r;

	(void)str_fmt(info, sizeof(info), "findings %lld", (long long)bad);
	if ((r = db_begin(shop->db, "journal failure")) == 0) {
		if ((r = journal_event(shop, EVENT_INTEGRITY, info)) == 0) {
			r = db_commit(shop->db);
		} else {
			db_rollback(shop->db);
		}
	}
	log_error("journal: %lld findings", (long long)bad);
	if (r != 0) {
		log_err(r, "event 90");
	}
}

static int
verify_all(struct verify *v, const struct seen *seen, size_t nseen)
{
	int	r;

	if ((r = q_journal_keys(v->shop->db, &v->keys, &v->nkeys)) != 0 ||
	    (r = q_journal_heads(v->shop->db, &v->heads, &v->nheads)) != 0) {
		return r;
	}
	for (size_t i = 0; i < v->nheads && r == 0; i++) {
		r = verify_head(v, &v->heads[i]);
	}
	for (size_t i = 0; i < nseen && r == 0; i++) {
		r = verify_seen(v, &seen[i]);
	}
	if (r == 0 && (r = verify_headless(v)) == 0) {
		verify_own_key(v);
	}
	return r;
}

int
journal_verify(struct shop *shop,
    void (*fn)(void *ctx, const char *finding), void *ctx, int64_t *records,
    int64_t *bad)
{
	struct verify	 v = { .shop = shop, .fn = fn, .ctx = ctx };
	struct seen	*seen = NULL;
	size_t		 nseen;
	int		 r;

	*records = *bad = 0;
	/* The witness first: what is read of it is in the database by then,
	 * however much is sold meanwhile. */
	if ((r = shop_require(shop, RIGHT_CHECK)) != 0 ||
	    (r = witness_read(db_shop(shop->db), &seen, &nseen)) != 0 ||
	    (r = db_read_begin(shop->db)) != 0) {
		free(seen);
		return r;
	}
	r = verify_all(&v, seen, nseen);
	db_read_end(shop->db);
	free(v.keys);
	free(v.heads);
	free(seen);
	*records = v.records;
	*bad = v.bad;
	if (r == 0 && v.bad > 0) {
		verify_record_failure(shop, v.bad);
	}
	return r;
}
