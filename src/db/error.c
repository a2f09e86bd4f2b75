/* SPDX-License-Identifier: ISC */
/* SQLite's answers in our words. */
#include "db/conn.h"

#include <errno.h>
#include <string.h>

#include "base/log.h"

/*
 * A trigger says RAISE(ABORT, 'ERR:FROZEN the words'): the error's name, then
 * words (translated if known) or nothing.
 */
static int
error_trigger(const char *message)
{
	static const struct {
		const char	*name;
		int		 code;
	} names[] = {
#define X(name, status, text) { #name, ERR_##name },
		ERRS(X)
#undef X
	};
	const char	*s = strstr(message, "ERR:");
	size_t		 n;

	if (s == NULL) {
		return err_set(str_starts(message, "frozen") ? ERR_FROZEN :
		    ERR_INVALID, "%s", _(message));
	}
	s += 4;
	n = strcspn(s, " :");
	for (size_t i = 0; i < NELEM(names); i++) {
		if (strlen(names[i].name) != n ||
		    strncmp(names[i].name, s, n) != 0) {
			continue;
		}
		s += n + strspn(s + n, " :");
		(void)err_set(0, " ");	/* the general words, if none */
		return err_set(names[i].code, "%s", s[0] == '\0' ?
		    err_text(names[i].code) : _(s));
	}
	log_error("a trigger raised an unknown error: %s", message);
	return err_set(ERR_BUG, "%s", message);
}

static int
error_constraint(int rc, const char *message)
{
	switch (rc) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
		return err_set(ERR_EXISTS, _("already exists (%s)"), message);
	case SQLITE_CONSTRAINT_TRIGGER:
		return error_trigger(message);
	case SQLITE_CONSTRAINT_FOREIGNKEY:
		return err_set(ERR_INVALID, _("names something that does not "
		    "exist, or is still used"));
	case SQLITE_CONSTRAINT_DATATYPE:
		log_error("wrong type for a column: %s", message);
		return err_set(ERR_BUG, "%s", message);
	default:
		return err_set(ERR_INVALID, _("not valid (%s)"), message);
	}
}

static int
error_readonly(void)
{
	return err_set(ERR_READONLY, _("the disk or the shop is read-only; "
	    "nothing was changed; an admin asks comptoir doctor"));
}

/* `system` is errno of the call that failed, 0 if unknown. */
static int
error_code(int rc, int system, const char *message, const char *what)
{
	bool	no_room = system == ENOSPC || system == EDQUOT ||
	    system == EFBIG;

	switch (rc & 0xff) {
	case SQLITE_FULL:
		return err_set(ERR_FULL, _("the disk is full; nothing was "
		    "changed; free some space and try again"));
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return error_readonly();
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_PROTOCOL:
		return err_set(ERR_BUSY, _("another program is writing to the "
		    "shop; try again"));
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		log_error("%s: %s", what, message);
		return err_set(ERR_CORRUPT, _("the shop database is damaged "
		    "(%s); restore a backup"), message);
	case SQLITE_CANTOPEN:
		return system == EROFS || system == EACCES ?
		    err_set(ERR_READONLY, _("cannot open the shop database: "
		    "%s"), strerror(system)) :
		    err_set(ERR_IO, _("cannot open the shop database: %s"),
		    system != 0 ? strerror(system) : message);
	case SQLITE_IOERR:
		log_error("%s: %s (%d): %s", what, message, rc,
		    strerror(system));
		/* A disk in trouble is turned read-only by the kernel. */
		if (system == EROFS) {
			return error_readonly();
		}
		return no_room ? err_set(ERR_FULL, _("the disk is full; "
		    "nothing was changed; free some space and try again")) :
		    err_set(ERR_IO, _("reading or writing the shop failed "
		    "(%s); nothing was changed"), system != 0 ?
		    strerror(system) : message);
	case SQLITE_INTERRUPT:
		return err_set(ERR_TIMEOUT, _("this takes too long; ask for "
		    "less"));
	case SQLITE_TOOBIG:
		return err_set(ERR_TOO_LONG, _("too long for the database"));
	case SQLITE_NOMEM:
		return err_set(ERR_SYSTEM, _("out of memory"));
	default:
		/* Statements are checked when built; only the words of a
		 * search can still be wrong when they run. */
		if (str_starts(message, "fts5: ") ||
		    str_starts(message, "no such column: ")) {
			return err_set(ERR_INVALID, _("these words cannot be "
			    "searched for"));
		}
		log_error("%s: %s (%d)", what, message, rc);
		return err_set(ERR_BUG, "%s: %s", what, message);
	}
}

int
db_error_plain(sqlite3 *sq, int rc, const char *what)
{
	/* SQLite forgets the errno of a write to the log; the C library has
	 * it still. */
	int		 system = errno;
	const char	*message = sq == NULL ? sqlite3_errstr(rc) :
	    sqlite3_errmsg(sq);

	if (sq != NULL && sqlite3_system_errno(sq) != 0) {
		system = sqlite3_system_errno(sq);
	}

	if ((rc & 0xff) == SQLITE_CONSTRAINT) {
		return error_constraint(rc, message);
	}
	return error_code(rc, system, message, what);
}

int
db_error(struct db *db, int rc, const char *what)
{
	int	r = db_error_plain(db->sq, rc, what);

	if (r == ERR_FULL && ballast_drop(db->shop)) {
		r = err_set(ERR_FULL, _("the disk is full; nothing was "
		    "changed; the shop's reserve is open now: do it again, "
		    "finish, and free some space"));
	}
	/* After a failed write or fsync nobody knows what the cache and the
	 * disk agree on: never retried, always a new connection. */
	if ((rc & 0xff) == SQLITE_IOERR) {
		db->broken = true;
	}
	if (db->in_write && db->undone == 0 &&
	    sqlite3_get_autocommit(db->sq)) {
		db->undone = r;
	}
	return r;
}
