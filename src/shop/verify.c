/* SPDX-License-Identifier: ISC */
/* Proving the journal: every record, every head, and the witness. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "shop/journal_key.h"
#include "shop/verify_part.h"

#define VERIFY_PAGE	500

void
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
	char		hash[65], line[JOURNAL_SIGNED];

	if (row->seq != seq) {
		verify_found(v, _("%s: record %lld is missing"), chain,
		    (long long)seq);
		return;			/* the link is broken, of course */
	}
	(void)crypto_hash_sha256(digest, (const unsigned char *)row->payload,
	    strlen(row->payload));
	str_hex(digest, sizeof(digest), hash);
	journal_signs(row->hash, row->detail, line);
	if (strcmp(hash, row->hash) != 0) {
		verify_found(v, _("%s: record %lld does not match its hash"),
		    chain, (long long)seq);
	} else if (!verify_linked(row->payload, previous)) {
		verify_found(v, _("%s: record %lld does not follow record "
		    "%lld"), chain, (long long)seq, (long long)seq - 1);
	} else if ((v->what & VERIFY_SIGNATURES) != 0 &&
	    !journal_signed(verify_key(v, row->key), line, row->signature)) {
		verify_found(v, _("%s: record %lld has a false signature"),
		    chain, (long long)seq);
	}
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
			if (r == 0 && (v->what & VERIFY_ROWS) != 0) {
				r = verify_rows(v, chain, &rows[i]);
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

/* A record the witness saw. */
struct seen {
	char	chain[48];
	int64_t	seq;
	char	hash[65];
};

struct witness {
	FILE		*file;		/* NULL: nothing witnessed yet */
	off_t		 end;		/* what was written by then counts */
	struct seen	*missing;	/* a chain each, the furthest record */
	size_t		 nmissing;
};

static int
witness_open(const char *dir, struct witness *w)
{
	char		*path = xasprintf("%s/witness", dir);
	struct stat	 st;
	int		 r = 0;

	*w = (struct witness){ NULL };
	w->file = fopen(path, "re");
	if (w->file != NULL && fstat(fileno(w->file), &st) == 0) {
		w->end = st.st_size;
	} else if (w->file != NULL || errno != ENOENT) {
		r = err_sys(ERR_IO, _("cannot read %s"), path);
	}
	free(path);
	return r;
}

static void
witness_close(struct witness *w)
{
	if (w->file != NULL) {
		(void)fclose(w->file);
	}
	free(w->missing);
}

/* A line cut by a crash is no record. */
static bool
seen_parse(const char *line, struct seen *out)
{
	long long	seq;

	*out = (struct seen){ .seq = 0 };
	if (sscanf(line, "%*s %47s %lld %64s", out->chain, &seq,
	    out->hash) != 3) {
		return false;
	}
	out->seq = seq;
	return strlen(out->hash) == 64;
}

static void
seen_missing(struct witness *w, const struct seen *seen)
{
	size_t	i = 0;

	while (i < w->nmissing &&
	    strcmp(w->missing[i].chain, seen->chain) != 0) {
		i++;
	}
	if (i == w->nmissing) {
		w->missing = xrealloc(w->missing, ++w->nmissing,
		    sizeof(*w->missing));
	} else if (w->missing[i].seq > seen->seq) {
		return;
	}
	w->missing[i] = *seen;
}

static int
verify_seen(struct verify *v, struct witness *w, const struct seen *seen)
{
	struct q_journal_hash	row;
	int			r;

	r = q_journal_hash(v->shop->db, seen->chain, seen->seq, &row);
	if (r == ERR_NOT_FOUND) {
		seen_missing(w, seen);
		return 0;
	}
	if (r == 0 && strcmp(row.hash, seen->hash) != 0) {
		verify_found(v, _("%s: record %lld is not the one the witness "
		    "saw"), seen->chain, (long long)seen->seq);
	}
	return r;
}

/* Which life of the database a chain belongs to: "ticket/1.2" is of the
 * second.  What a restore lost of an earlier one is known to be lost. */
static bool
chain_is_of(const char *chain, const char *life)
{
	const char	*dot = strchr(chain, '.');

	return strcmp(dot == NULL ? "" : dot, life) == 0;
}

static int
verify_witness(struct verify *v, struct witness *w)
{
	char	*line = NULL, life[JOURNAL_LIFE];
	size_t	 size = 0;
	int64_t	 head;
	int	 r;

	if ((r = journal_life(v->shop, life)) != 0) {
		return r;
	}
	while (r == 0 && w->file != NULL && ftello(w->file) < w->end &&
	    getline(&line, &size, w->file) > 0) {
		struct seen	seen;

		if (seen_parse(line, &seen)) {
			r = verify_seen(v, w, &seen);
		}
	}
	free(line);
	for (size_t i = 0; i < w->nmissing; i++) {
		head = 0;
		for (size_t k = 0; k < v->nheads; k++) {
			if (strcmp(v->heads[k].chain,
			    w->missing[i].chain) == 0) {
				head = v->heads[k].seq;
			}
		}
		if (chain_is_of(w->missing[i].chain, life)) {
			verify_found(v, _("%s: the witness saw record %lld, "
			    "this database ends at %lld: it is an older one"),
			    w->missing[i].chain,
			    (long long)w->missing[i].seq, (long long)head);
		}
	}
	return r;
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
		if ((r = journal_event(shop, JET_INTEGRITY, info)) == 0) {
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
verify_all(struct verify *v, struct witness *w)
{
	int	r;

	if ((r = q_journal_keys(v->shop->db, &v->keys, &v->nkeys)) != 0 ||
	    (r = q_journal_heads(v->shop->db, &v->heads, &v->nheads)) != 0) {
		return r;
	}
	for (size_t i = 0; i < v->nheads && r == 0; i++) {
		r = verify_head(v, &v->heads[i]);
	}
	if (r == 0 && (r = verify_witness(v, w)) == 0 &&
	    (r = verify_headless(v)) == 0) {
		verify_own_key(v);
	}
	return r;
}

int
journal_verify(struct shop *shop, unsigned what,
    void (*fn)(void *ctx, const char *finding), void *ctx, int64_t *records,
    int64_t *bad)
{
	struct verify	v = { .shop = shop, .what = what, .fn = fn,
			    .ctx = ctx };
	struct witness	w;
	int		r;

	*records = *bad = 0;
	if ((r = shop_require(shop, RIGHT_CHECK)) != 0) {
		return r;
	}
	/* The witness first: what it has by then is in the database that is
	 * read after it, however much is sold meanwhile. */
	if ((r = witness_open(db_shop(shop->db), &w)) == 0 &&
	    (r = db_read_begin(shop->db)) == 0) {
		r = verify_all(&v, &w);
		db_read_end(shop->db);
	}
	witness_close(&w);
	free(v.keys);
	free(v.heads);
	free(v.later);
	*records = v.records;
	*bad = v.bad;
	if (r == 0 && v.bad > 0) {
		verify_record_failure(shop, v.bad);
	}
	return r;
}
