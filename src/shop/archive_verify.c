/* SPDX-License-Identifier: ISC */
/* Proving an archive with nothing but the file. */
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/tar.h"
#include "shop/archive.h"
#include "shop/archive_part.h"
#include "shop/journal.h"
#include "shop/journal_key.h"

#define SMALL_MAX	(1 << 20)	/* manifest, keys, readme */
#define ENTRIES_MAX	64
#define CHAINS_MAX	4096

/* One chain while its records go by, and one ticket's or closing's hash. */
struct chain {
	char	name[48];
	int64_t	seq;
	char	hash[65];
};

struct proof {
	int			 fd;
	void			(*fn)(void *ctx, const char *finding);
	void			*ctx;
	struct archive_seen	*seen;
	struct tar_entry	 entry[ENTRIES_MAX];
	size_t			 nentries;
	struct chain		*chains;
	size_t			 nchains;
	char			*keys[64];	/* public, by id */
};

static void found(struct proof *p, const char *fmt, ...) PRINTF(2, 3);

static void
found(struct proof *p, const char *fmt, ...)
{
	char	text[256];
	va_list	ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	p->seen->bad++;
	p->fn(p->ctx, text);
}

/* --- its files ---------------------------------------------------------- */

static const struct tar_entry *
entry_of(const struct proof *p, const char *name)
{
	for (size_t i = 0; i < p->nentries; i++) {
		if (strcmp(p->entry[i].name, name) == 0) {
			return &p->entry[i];
		}
	}
	return NULL;
}

static int
entries_read(struct proof *p)
{
	off_t	at = 0;
	int	r = 0;

	while (p->nentries < ENTRIES_MAX &&
	    (r = tar_next(p->fd, &at, &p->entry[p->nentries])) == 0) {
		p->nentries++;
	}
	p->seen->files = (int64_t)p->nentries;
	return r == ERR_NOT_FOUND ? 0 : r != 0 ? r : ERR_CORRUPT;
}

/* A small file whole. */
static int
entry_text(const struct proof *p, const char *name, struct buf *out)
{
	const struct tar_entry	*e = entry_of(p, name);
	ssize_t			 n;

	if (e == NULL || e->size > SMALL_MAX) {
		return err_set(ERR_CORRUPT, _("%s is missing in the archive"),
		    name);
	}
	buf_room(out, (size_t)e->size);
	n = pread(p->fd, out->data, (size_t)e->size, e->data);
	if (n != (ssize_t)e->size) {
		return err_sys(ERR_IO, _("cannot read the archive"));
	}
	out->len = (size_t)n;
	out->data[out->len] = '\0';
	return 0;
}

static int
entry_hash(const struct proof *p, const struct tar_entry *e,
    char hash[static 65])
{
	crypto_hash_sha256_state	state;
	unsigned char			digest[crypto_hash_sha256_BYTES];
	unsigned char			bytes[16384];
	int64_t				done = 0;

	(void)crypto_hash_sha256_init(&state);
	while (done < e->size) {
		int64_t	want = e->size - done;
		ssize_t	n = pread(p->fd, bytes, want < (int64_t)sizeof(bytes) ?
		    (size_t)want : sizeof(bytes), e->data + (off_t)done);

		if (n <= 0) {
			return err_sys(ERR_IO, _("cannot read the archive"));
		}
		(void)crypto_hash_sha256_update(&state, bytes, (size_t)n);
		done += n;
	}
	(void)crypto_hash_sha256_final(&state, digest);
	str_hex(digest, sizeof(digest), hash);
	return 0;
}

/* --- the manifest ------------------------------------------------------- */

/* The key of PUBLIC-KEY.pem, as raw bytes. */
static bool
pem_key(const char *pem, unsigned char key[static crypto_sign_PUBLICKEYBYTES])
{
	unsigned char	 der[ARCHIVE_SPKI_SIZE + crypto_sign_PUBLICKEYBYTES];
	const char	*text = strchr(pem, '\n');
	size_t		 n;

	if (text == NULL || sodium_base642bin(der, sizeof(der), text + 1,
	    strcspn(text + 1, "-"), "\n", &n, NULL,
	    sodium_base64_VARIANT_ORIGINAL) != 0 || n != sizeof(der) ||
	    memcmp(der, archive_spki, ARCHIVE_SPKI_SIZE) != 0) {
		return false;
	}
	memcpy(key, der + ARCHIVE_SPKI_SIZE, crypto_sign_PUBLICKEYBYTES);
	return true;
}

static int
manifest_signed(struct proof *p, const struct buf *manifest)
{
	unsigned char	key[crypto_sign_PUBLICKEYBYTES];
	unsigned char	digest[crypto_hash_sha256_BYTES];
	struct buf	pem = { 0 }, signature = { 0 };
	int		r;

	(void)crypto_hash_sha256(digest, (const unsigned char *)manifest->data,
	    manifest->len);
	str_hex(digest, sizeof(digest), p->seen->manifest);
	if ((r = entry_text(p, ARCHIVE_KEY, &pem)) == 0 &&
	    (r = entry_text(p, ARCHIVE_SIGNATURE, &signature)) == 0) {
		bool	good = pem_key(buf_text(&pem), key);

		if (good) {
			(void)sodium_bin2base64(p->seen->key,
			    sizeof(p->seen->key), key, sizeof(key),
			    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
		}
		if (!good || signature.len != crypto_sign_BYTES ||
		    crypto_sign_verify_detached(
		    (const unsigned char *)signature.data,
		    (const unsigned char *)manifest->data, manifest->len,
		    key) != 0) {
			found(p, _("the signature of the archive is false"));
		}
	}
	buf_done(&pem);
	buf_done(&signature);
	return r;
}

/* Every line names a file that is there, and the other way round. */
static int
manifest_files(struct proof *p, const char *text)
{
	bool	listed[ENTRIES_MAX] = { false };
	char	line[256], hash[65];
	int	r;

	while (*text != '\0') {
		size_t			 n = strcspn(text, "\n");
		const struct tar_entry	*e;

		(void)str_fmt(line, sizeof(line), "%.*s", (int)n, text);
		text += n + (text[n] == '\n');
		if (strlen(line) < 67) {
			found(p, _("the list of files is cut"));
			continue;
		}
		if ((e = entry_of(p, line + 66)) == NULL) {
			found(p, _("%s is missing in the archive"), line + 66);
			continue;
		}
		listed[e - p->entry] = true;
		if ((r = entry_hash(p, e, hash)) != 0) {
			return r;
		}
		if (strncmp(hash, line, 64) != 0) {
			found(p, _("%s was changed"), e->name);
		}
	}
	for (size_t i = 0; i < p->nentries; i++) {
		const char	*name = p->entry[i].name;

		if (!listed[i] && strcmp(name, ARCHIVE_MANIFEST) != 0 &&
		    strcmp(name, ARCHIVE_SIGNATURE) != 0) {
			found(p, _("%s does not belong to the archive"), name);
		}
	}
	return 0;
}

/* --- tables ------------------------------------------------------------- */

/* A table read line by line, its fields parted; quotes undone in place. */
struct table {
	FILE	*f;
	int64_t	 left;
	char	*line;
	size_t	 size;
	char	*field[24];
	size_t	 n;
};

static int
table_open(const struct proof *p, const char *name, struct table *t)
{
	const struct tar_entry	*e = entry_of(p, name);
	char			 path[48];

	*t = (struct table){ .f = NULL };
	if (e == NULL) {
		return err_set(ERR_CORRUPT, _("%s is missing in the archive"),
		    name);
	}
	/* Opened anew: each table has a place of its own in the file. */
	(void)str_fmt(path, sizeof(path), "/proc/self/fd/%d", p->fd);
	if ((t->f = fopen(path, "re")) == NULL) {
		return err_sys(ERR_SYSTEM, _("cannot read the archive"));
	}
	t->left = e->size;
	return fseeko(t->f, e->data, SEEK_SET) == 0 ? 0 :
	    err_sys(ERR_IO, _("cannot read the archive"));
}

static void
table_close(struct table *t)
{
	if (t->f != NULL) {
		(void)fclose(t->f);
	}
	free(t->line);
}

/* Our tables hold no newline inside a field: labels are clean text. */
static bool
table_row(struct table *t)
{
	ssize_t	 n = t->left > 0 ? getline(&t->line, &t->size, t->f) : -1;
	char	*in, *out;

	t->n = 0;
	if (n <= 0 || n > t->left) {
		return false;
	}
	t->left -= n;
	if (t->line[n - 1] == '\n') {
		t->line[n - 1] = '\0';
	}
	for (in = t->line; in != NULL && t->n < NELEM(t->field);) {
		t->field[t->n++] = out = in;
		if (*in != '"') {
			if ((in = strchr(in, ';')) != NULL) {
				*in++ = '\0';
			}
			continue;
		}
		for (in++; *in != '\0' && (*in != '"' || in[1] == '"'); in++) {
			in += *in == '"';
			*out++ = *in;
		}
		in = *in == '"' && in[1] == ';' ? in + 2 : NULL;
		*out = '\0';
	}
	return true;
}

/* --- the records -------------------------------------------------------- */

static struct chain *
chain_of(struct proof *p, const char *name)
{
	for (size_t i = 0; i < p->nchains; i++) {
		if (strcmp(p->chains[i].name, name) == 0) {
			return &p->chains[i];
		}
	}
	if (p->nchains == CHAINS_MAX) {
		return NULL;
	}
	p->chains = xrealloc(p->chains, p->nchains + 1, sizeof(*p->chains));
	p->chains[p->nchains] = (struct chain){ .seq = 0 };
	(void)str_copy(p->chains[p->nchains].name,
	    sizeof(p->chains[0].name), name);
	return &p->chains[p->nchains++];
}

/* The first record of a chain here may follow one of an earlier archive. */
static bool
linked(const char *payload, const struct chain *chain)
{
	char	end[80];
	size_t	n, len = strlen(payload);

	if (chain->seq == 0) {
		return true;
	}
	(void)str_fmt(end, sizeof(end), ",Y,%s", chain->hash);
	n = strlen(end);
	return len >= n && strcmp(payload + len - n, end) == 0;
}

/* chain seq time payload hash detail signature key */
static void
record_prove(struct proof *p, char *const *f)
{
	unsigned char	 digest[crypto_hash_sha256_BYTES];
	char		 hash[65], line[JOURNAL_SIGNED];
	struct chain	*chain = chain_of(p, f[0]);
	int64_t		 seq = strtoll(f[1], NULL, 10);
	long		 key = strtol(f[7], NULL, 10);

	if (chain == NULL) {
		found(p, _("more chains than an archive can have"));
		return;
	}
	(void)crypto_hash_sha256(digest, (const unsigned char *)f[3],
	    strlen(f[3]));
	str_hex(digest, sizeof(digest), hash);
	journal_signs(f[4], f[5], line);
	if (strcmp(hash, f[4]) != 0) {
		found(p, _("%s: record %lld does not match its hash"), f[0],
		    (long long)seq);
	} else if (chain->seq != 0 && seq != chain->seq + 1) {
		found(p, _("%s: record %lld is missing"), f[0],
		    (long long)chain->seq + 1);
	} else if (!linked(f[3], chain)) {
		found(p, _("%s: record %lld does not follow record %lld"),
		    f[0], (long long)seq, (long long)seq - 1);
	} else if (key < 0 || key >= (long)NELEM(p->keys) ||
	    p->keys[key] == NULL ||
	    !journal_signed(p->keys[key], line, f[6])) {
		found(p, _("%s: record %lld has a false signature"), f[0],
		    (long long)seq);
	}
	chain->seq = seq;
	(void)str_copy(chain->hash, sizeof(chain->hash), f[4]);
	p->seen->records++;
}

static int
keys_read(struct proof *p)
{
	struct table	t;
	int		r;

	if ((r = table_open(p, ARCHIVE_KEYS, &t)) == 0 && table_row(&t)) {
		while (table_row(&t)) {
			long	id = t.n == 2 ? strtol(t.field[0], NULL, 10) :
				    -1;

			if (id >= 0 && id < (long)NELEM(p->keys) &&
			    p->keys[id] == NULL) {
				p->keys[id] = xstrdup(t.field[1]);
			}
		}
	}
	table_close(&t);
	return r;
}

static int
records_prove(struct proof *p)
{
	struct table	t;
	int		r;

	if ((r = table_open(p, ARCHIVE_JOURNAL, &t)) == 0 && table_row(&t)) {
		while (table_row(&t)) {
			if (t.n == 8) {
				record_prove(p, t.field);
			} else {
				found(p, _("%s has a broken line"),
				    ARCHIVE_JOURNAL);
			}
		}
	}
	table_close(&t);
	return r;
}

/* --- tickets and closings against their records ------------------------- */

/* "1-000017;…;HASH": the amount without its point is the payload's. */
static bool
ticket_fits(const char *payload, const char *ticket, const char *total)
{
	char	amount[40], want[96];
	size_t	n = 0;

	for (; *total != '\0' && n + 1 < sizeof(amount); total++) {
		if (*total != '.' && *total != ',') {
			amount[n++] = *total;
		}
	}
	amount[n] = '\0';
	(void)str_fmt(want, sizeof(want), ",%lld,",
	    (long long)strtoll(amount, NULL, 10));
	if (strstr(payload, want) == NULL) {
		return false;
	}
	(void)str_fmt(want, sizeof(want), ",%s,", ticket);
	return strstr(payload, want) != NULL;
}

/*
 * Both tables are in the order of the journal: each ticket's record is further
 * on in it than the one before's.
 */
static int
tickets_prove(struct proof *p)
{
	struct table	tickets, journal;
	int		r;

	if ((r = table_open(p, ARCHIVE_TICKETS, &tickets)) != 0) {
		table_close(&tickets);
		return r;
	}
	if ((r = table_open(p, ARCHIVE_JOURNAL, &journal)) == 0 &&
	    table_row(&tickets) && table_row(&journal)) {
		while (table_row(&tickets)) {
			const char	*number = tickets.field[0];
			bool		 there = false;

			if (tickets.n != 15) {
				found(p, _("%s has a broken line"),
				    ARCHIVE_TICKETS);
				continue;
			}
			while (!there && table_row(&journal)) {
				there = journal.n == 8 &&
				    strcmp(journal.field[4],
				    tickets.field[14]) == 0;
			}
			if (!there) {
				found(p, _("ticket %s is in no record"),
				    number);
				break;
			}
			if (!ticket_fits(journal.field[3], number,
			    tickets.field[6])) {
				found(p, _("ticket %s does not match its "
				    "record"), number);
			}
		}
	}
	table_close(&journal);
	table_close(&tickets);
	return r;
}

/* --- what it says of itself --------------------------------------------- */

static void
readme_line(const char *text, const char *key, char *out, size_t size)
{
	const char	*at = strstr(text, key);

	if (at != NULL) {
		at += strlen(key);
		(void)str_fmt(out, size, "%.*s", (int)strcspn(at, "\n"), at);
	}
}

static int
proof_all(struct proof *p)
{
	struct buf	manifest = { 0 }, readme = { 0 };
	int		r;

	if ((r = entries_read(p)) != 0 ||
	    (r = entry_text(p, ARCHIVE_MANIFEST, &manifest)) != 0) {
		goto out;
	}
	if (entry_text(p, ARCHIVE_README, &readme) == 0) {
		readme_line(buf_text(&readme), "company: ", p->seen->company,
		    sizeof(p->seen->company));
		readme_line(buf_text(&readme), "period: ", p->seen->period,
		    sizeof(p->seen->period));
	}
	if ((r = manifest_signed(p, &manifest)) == 0 &&
	    (r = manifest_files(p, buf_text(&manifest))) == 0 &&
	    (r = keys_read(p)) == 0 && (r = records_prove(p)) == 0) {
		r = tickets_prove(p);
	}
out:
	buf_done(&manifest);
	buf_done(&readme);
	return r;
}

int
archive_verify(int fd, void (*fn)(void *ctx, const char *finding), void *ctx,
    struct archive_seen *out)
{
	struct proof	p = { .fd = fd, .fn = fn, .ctx = ctx, .seen = out };
	int		r;

	*out = (struct archive_seen){ .files = 0 };
	if (sodium_init() < 0) {
		return err_set(ERR_SYSTEM, _("no random numbers to be had"));
	}
	r = proof_all(&p);
	for (size_t i = 0; i < NELEM(p.keys); i++) {
		free(p.keys[i]);
	}
	free(p.chains);
	return r;
}
