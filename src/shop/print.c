/* SPDX-License-Identifier: ISC */
/* The outbox: jobs go in with what they print; people look after them. */
#include "shop/print.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "shop/audit.h"
#include "shop/document.h"
#include "sql/print.h"

#define PRINT_SLIP_MAX	(256 * 1024)

static const char *const print_kinds[PRINT_KIND_COUNT] = {
#define X(id, word) [PRINT_##id] = word,
	PRINT_KINDS(X)
#undef X
};

static const struct {
	const char	*word, *text;
} print_states[PRINT_STATE_COUNT] = {
#define X(id, word, text) [PRINT_STATE_##id] = { word, text },
	PRINT_STATES(X)
#undef X
};

const char *
print_kind_word(enum print_kind kind)
{
	return print_kinds[kind];
}

const char *
print_state_word(enum print_state state)
{
	return print_states[state].word;
}

const char *
print_state_text(enum print_state state)
{
	return _(print_states[state].text);
}

static enum print_kind
print_kind_find(const char *word)
{
	size_t	i;

	for (i = 0; i + 1 < PRINT_KIND_COUNT; i++) {
		if (strcmp(print_kinds[i], word) == 0) {
			break;
		}
	}
	return (enum print_kind)i;
}

static enum print_state
print_state_find(const char *word)
{
	size_t	i;

	for (i = 0; i + 1 < PRINT_STATE_COUNT; i++) {
		if (strcmp(print_states[i].word, word) == 0) {
			break;
		}
	}
	return (enum print_state)i;
}

static int
print_put(struct shop *shop, int64_t printer, enum print_kind kind,
    const char *ref, struct slip *slip, const int64_t *dies_at, int64_t *job)
{
	const char	*stored = slip_stored(slip);
	const int64_t	*user = shop->who.user == 0 ? NULL : &shop->who.user;
	const int64_t	*terminal = shop->who.terminal == 0 ? NULL :
	    &shop->who.terminal;
	int		 r;

	*job = 0;
	if (strlen(stored) > PRINT_SLIP_MAX) {
		return err_set(ERR_TOO_LONG,
		    _("this is too long for a receipt printer"));
	}
	if ((r = q_print_insert(shop->db, printer, print_kinds[kind], ref,
	    stored, dies_at, shop_now(), user, terminal, job)) != 0) {
		return r;
	}
	db_topic(shop->db, "print");
	return 0;
}

int
print_add(struct shop *shop, int64_t printer, enum print_kind kind,
    const char *ref, struct slip *slip, int64_t *job)
{
	return print_put(shop, printer, kind, ref, slip, NULL, job);
}

int
print_drawer(struct shop *shop, int64_t printer, const char *ref,
    int64_t *job)
{
	int64_t		dies_at = clock_boot_ms() + PRINT_DRAWER_MS;
	struct printer	p;
	struct slip	slip = { 0 };
	int		r;

	*job = 0;
	if ((r = printer_get(shop, printer, &p)) != 0 || p.drawer == 0) {
		return r;
	}
	slip_drawer(&slip, p.drawer, 0, 0);
	r = print_put(shop, printer, PRINT_DRAWER, ref, &slip, &dies_at, job);
	slip_done(&slip);
	return r;
}

/*
 * Reading.
 */

/* Notes are stored in English and said in the reader's language; gettext("")
 * would give the catalogue's header. */
static const char *
print_note(const char *note)
{
	return *note == '\0' ? "" : _(note);
}

/* The rows of both lists have the same fields under two types. */
#define PRINT_JOB(row) { \
	.id = (row)->id, .printer = (row)->printer, \
	.kind = print_kind_find((row)->kind), \
	.state = print_state_find((row)->state), \
	.printer_name = (row)->printer_name, .ref = (row)->ref, \
	.note = print_note((row)->note), .attempts = (row)->attempts, \
	.created = (row)->made_at, .changed = (row)->changed_at, \
}

static int
print_list_open(struct shop *shop, int64_t printer, int64_t limit,
    int (*fn)(void *ctx, const struct print_job *job), void *ctx)
{
	struct q_print_newest_open	*rows;
	size_t				 n;
	int				 r;

	if ((r = q_print_newest_open(shop->db, printer, limit, &rows,
	    &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct print_job	job = PRINT_JOB(&rows[i]);

		r = fn(ctx, &job);
	}
	free(rows);
	return r;
}

int
print_list(struct shop *shop, int64_t printer, bool open, int64_t limit,
    int (*fn)(void *ctx, const struct print_job *job), void *ctx)
{
	struct q_print_newest	*rows;
	size_t			 n;
	int			 r;

	if (open) {
		return print_list_open(shop, printer, limit, fn, ctx);
	}
	if ((r = q_print_newest(shop->db, printer, limit, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct print_job	job = PRINT_JOB(&rows[i]);

		r = fn(ctx, &job);
	}
	free(rows);
	return r;
}

int
print_slip(struct shop *shop, int64_t job, struct buf *out)
{
	struct q_print_slip_of	row;
	int			r;

	if ((r = q_print_slip_of(shop->db, job, &row)) != 0) {
		return r == ERR_NOT_FOUND ?
		    err_set(r, _("there is no print job %lld"),
		    (long long)job) : r;
	}
	buf_str(out, row.slip);
	return 0;
}

/*
 * Looking after jobs.
 */
static int
print_commit(struct shop *shop, const char *action, int64_t job, int r)
{
	if (r == 0) {
		r = audit_add(shop, action, "print_job", job, "");
	}
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "print");
	return db_commit(shop->db);
}

static int
print_get(struct shop *shop, int64_t id, struct q_print_by_id *row)
{
	int	r = q_print_by_id(shop->db, id, row);

	return r != ERR_NOT_FOUND ? r :
	    err_set(r, _("there is no print job %lld"), (long long)id);
}

/* The document of a job, as the numbered duplicate it now is.  One that is not
 * counted keeps its text; the spooler marks it. */
static int
print_number(struct shop *shop, int64_t job, const char *ref)
{
	struct slip	slip = { 0 };
	char		again[60];
	int		r;

	r = document_again(shop, ref, again, &slip);
	if (r == 0) {
		r = q_print_numbered(shop->db, job, again, slip_stored(&slip));
	} else if (r == ERR_NOT_FOUND) {
		r = 0;
	}
	slip_done(&slip);
	return r;
}

static int
print_retry_in(struct shop *shop, int64_t job)
{
	struct q_print_by_id	row;
	struct printer		p;
	int64_t			n;
	int			r;

	if ((r = print_get(shop, job, &row)) != 0) {
		return r;
	}
	if (strcmp(row.kind, "drawer") == 0) {
		return err_set(ERR_INVALID,
		    _("a drawer is never opened late; open it anew"));
	}
	if ((r = printer_get(shop, row.printer, &p)) != 0) {
		return r;
	}
	if ((r = q_print_requeue(shop->db, job, shop_now(), &n)) != 0) {
		return r;
	}
	if (n == 0) {
		return err_set(ERR_INVALID, _("only a job that failed, was "
		    "cancelled or perhaps printed is sent again"));
	}
	/* It may lie on the counter already: the next one is counted. */
	return row.attempts > 0 && (strcmp(row.kind, "receipt") == 0 ||
	    strcmp(row.kind, "duplicate") == 0 ||
	    strcmp(row.kind, "report") == 0) ?
	    print_number(shop, job, row.ref) : 0;
}

int
print_retry(struct shop *shop, int64_t job)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_REPRINT)) != 0 ||
	    (r = db_begin(shop->db, "print retry")) != 0) {
		return r;
	}
	r = print_retry_in(shop, job);
	return print_commit(shop, "print.retry", job, r);
}

static int
print_cancel_in(struct shop *shop, int64_t job)
{
	struct q_print_by_id	row;
	int64_t			n;
	int			r;

	if ((r = print_get(shop, job, &row)) != 0 ||
	    (r = q_print_recall(shop->db, job, shop_now(), &n)) != 0) {
		return r;
	}
	return n > 0 ? 0 : err_set(ERR_INVALID,
	    _("this job has ended; nothing is left to cancel"));
}

int
print_cancel(struct shop *shop, int64_t job)
{
	int	r;

	if (!shop_may(shop, RIGHT_PRINTER) &&
	    (r = shop_require(shop, RIGHT_REPRINT)) != 0) {
		return r;
	}
	if ((r = db_begin(shop->db, "print cancel")) != 0) {
		return r;
	}
	r = print_cancel_in(shop, job);
	return print_commit(shop, "print.cancel", job, r);
}
