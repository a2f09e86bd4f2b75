/* SPDX-License-Identifier: ISC */
/*
 * Restoring.  A backup is older than what was printed since: the numbers go
 * on in a segment of their own.  Which segments there were is asked of
 * everything that may know: the backup, the witness, the paper.
 */
#include "shop/restore.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "shop/audit.h"
#include "shop/auth.h"
#include "sql/journal.h"

#define TICKET_CHAIN	"ticket/"

bool
restore_witnessed(const char *dir)
{
	char	*path = xasprintf("%s/witness", dir);
	FILE	*f = fopen(path, "re");
	bool	 some = f != NULL && fgetc(f) != EOF;

	if (f != NULL) {
		(void)fclose(f);
	}
	free(path);
	return some;
}

/* "ticket/1.2" and "1.2" are of the second life. */
static int64_t
life_of(const char *series)
{
	const char	*dot = strchr(series, '.');
	int64_t		 life;

	return dot != NULL && str_to_i64(dot + 1, 2, INT32_MAX, &life) == 0 ?
	    life : 1;
}

/* A ticket of that series was seen with that number. */
static void
saw(struct restored *out, const char *series, int64_t number)
{
	size_t	i = 0;

	while (i < out->nlost && strcmp(out->lost[i].series, series) != 0) {
		i++;
	}
	if (i == out->nlost) {
		out->lost = xrealloc(out->lost, ++out->nlost,
		    sizeof(*out->lost));
		out->lost[i] = (struct restore_lost){ .last = 0 };
		(void)str_copy(out->lost[i].series,
		    sizeof(out->lost[i].series), series);
	}
	if (number > out->lost[i].last) {
		out->lost[i].last = number;
	}
}

/* "1.2-000017" */
static int
saw_paper(struct restored *out, const char *printed, int64_t *lives)
{
	char		 series[48];
	const char	*dash = strchr(printed, '-');
	size_t		 n = dash == NULL ? 0 : (size_t)(dash - printed);
	int64_t		 number;

	if (n == 0 || n >= sizeof(series) ||
	    strspn(printed, "0123456789.") != n ||
	    str_to_i64(dash + 1, 1, INT64_C(999999999999), &number) != 0) {
		return err_set(ERR_INVALID, _("%.40s is no ticket number; it "
		    "looks like 1-000017 or 1.2-000017"), printed);
	}
	memcpy(series, printed, n);
	series[n] = '\0';
	saw(out, series, number);
	if (life_of(series) > *lives) {
		*lives = life_of(series);
	}
	return 0;
}

static int
saw_witness(struct restored *out, const char *dir, int64_t *lives)
{
	char	*path = xasprintf("%s/witness", dir), *line = NULL;
	FILE	*f = fopen(path, "re");
	size_t	 size = 0;
	int	 r = 0;

	if (f == NULL && errno != ENOENT) {
		r = err_sys(ERR_IO, _("cannot read %s"), path);
	}
	while (f != NULL && getline(&line, &size, f) > 0) {
		char		chain[48];
		long long	seq;

		if (sscanf(line, "%*s %47s %lld ", chain, &seq) != 2) {
			continue;
		}
		if (life_of(chain) > *lives) {
			*lives = life_of(chain);
		}
		if (str_starts(chain, TICKET_CHAIN)) {
			saw(out, chain + strlen(TICKET_CHAIN), seq);
		}
	}
	if (f != NULL) {
		(void)fclose(f);
	}
	free(line);
	free(path);
	return r;
}

/* Of what was seen, only what the new database does not have. */
static int
only_lost(struct shop *shop, struct restored *out)
{
	size_t	n = 0;

	for (size_t i = 0; i < out->nlost; i++) {
		struct q_journal_head	row;
		char			chain[64];
		int			r;

		(void)str_fmt(chain, sizeof(chain), TICKET_CHAIN "%s",
		    out->lost[i].series);
		r = q_journal_head(shop->db, chain, &row);
		if (r != 0 && r != ERR_NOT_FOUND) {
			return r;
		}
		out->lost[i].first = r == 0 ? row.seq + 1 : 1;
		if (out->lost[i].first <= out->lost[i].last) {
			out->lost[n++] = out->lost[i];
		}
	}
	out->nlost = n;
	return 0;
}

static int
begin_life(struct shop *shop, const char *printed, struct restored *out)
{
	char	info[128];
	int	r;

	(void)str_fmt(info, sizeof(info), "restored; last printed %s%s",
	    printed == NULL ? "unknown" : printed,
	    out->new_key ? "; new signing key" : "");
	if ((r = auth_owner(shop, DOOR_SHELL)) != 0 ||
	    (r = journal_life(shop, out->life)) != 0 ||
	    (r = only_lost(shop, out)) != 0 ||
	    (r = db_begin(shop->db, "restore")) != 0) {
		return r;
	}
	if ((r = journal_event(shop, JET_START, info)) != 0 ||
	    (r = journal_event(shop, JET_RESTORE, info)) != 0 ||
	    (r = audit_add(shop, "restore", "", 0, info)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	return db_commit(shop->db);
}

/* A machine that burned took its key along; the journal knows several. */
static int
have_key(const char *dir, struct restored *out)
{
	char	*path = xasprintf("%s/keys/journal.key", dir);

	out->new_key = access(path, F_OK) != 0 && errno == ENOENT;
	free(path);
	return journal_key_make(dir);
}

int
shop_restore(const char *dir, const char *backup, const char *printed,
    struct restored *out)
{
	struct shop	*shop;
	int64_t		 lives = 1;
	int		 r;

	*out = (struct restored){ .nlost = 0 };
	if ((printed != NULL && (r = saw_paper(out, printed, &lives)) != 0) ||
	    (r = saw_witness(out, dir, &lives)) != 0 ||
	    (r = db_restore(dir, backup, lives, &out->aside)) != 0 ||
	    (r = have_key(dir, out)) != 0 ||
	    (r = shop_open(dir, DB_WRITE, &shop)) != 0) {
		return r;
	}
	r = begin_life(shop, printed, out);
	shop_close(shop);
	return r;
}

void
restored_done(struct restored *r)
{
	free(r->aside);
	free(r->lost);
	*r = (struct restored){ .nlost = 0 };
}
