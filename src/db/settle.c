/* SPDX-License-Identifier: ISC */
/* A shop in the making: nobody else has it open, and it is thrown away when
 * making it fails, so it need not reach the disk before it is whole. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/mem.h"
#include "db/conn.h"

int
db_unsettle(struct db *db)
{
	int	r;

	if (db->in_write || db->in_read != 0 || db->mode == DB_READ) {
		fatal("a shop in use cannot be unsettled");
	}
	/* Whoever opens it from here on waits for this lock. */
	if (flock(db->open_fd, LOCK_EX | LOCK_NB) != 0) {
		return errno == EWOULDBLOCK ? err_set(ERR_BUSY, _("somebody "
		    "else has this shop open")) :
		    err_sys(ERR_SYSTEM, _("cannot lock the shop"));
	}
	if ((r = db_set(db, "PRAGMA synchronous = OFF")) != 0) {
		(void)flock(db->open_fd, LOCK_SH);
		return r;
	}
	db->unsettled = true;
	return 0;
}

static int
settle_file(struct db *db, const char *name)
{
	char	*path = db_path(db->shop, name);
	int	 fd, r = 0;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT) {
		free(path);
		return 0;
	}
	if (fd < 0 || fsync(fd) != 0) {
		r = err_sys(ERR_IO, _("cannot write %s"), path);
	}
	if (fd >= 0) {
		(void)close(fd);
	}
	free(path);
	return r;
}

/*
 * Through SQLite's own descriptor: closing another one of the database would
 * drop the locks this process has on it.
 */
static int
settle_database(struct db *db)
{
	sqlite3_file	*f = NULL;
	int		 rc;

	rc = sqlite3_file_control(db->sq, "main", SQLITE_FCNTL_FILE_POINTER,
	    &f);
	if (rc == SQLITE_OK && f != NULL && f->pMethods != NULL) {
		rc = f->pMethods->xSync(f, SQLITE_SYNC_FULL);
	}
	return rc == SQLITE_OK ? 0 : db_error(db, rc, "fsync");
}

int
db_settle(struct db *db)
{
	int	r;

	if (!db->unsettled) {
		return 0;
	}
	if ((r = db_set(db, "PRAGMA synchronous = FULL")) != 0 ||
	    (r = db_checkpoint(db, true)) != 0 ||
	    (r = settle_database(db)) != 0 ||
	    (r = settle_file(db, "shop.db-wal")) != 0 ||
	    (r = settle_file(db, "witness")) != 0 ||
	    (r = fsync_dir(db->shop)) != 0) {
		return r;
	}
	db->unsettled = false;
	return flock(db->open_fd, db->mode == DB_MIGRATE ? LOCK_EX :
	    LOCK_SH) == 0 ? 0 : err_sys(ERR_SYSTEM, _("cannot lock the shop"));
}
