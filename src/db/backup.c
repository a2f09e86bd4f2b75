/* SPDX-License-Identifier: ISC */
/* Copies that can be trusted: taken in one step, checked, on the disk. */
#include "db/conn.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"

int
fsync_dir(const char *path)
{
	int	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int	r = 0;

	if (fd < 0 || fsync(fd) != 0) {
		r = err_sys(ERR_IO, _("cannot write %s"), path);
	}
	if (fd >= 0) {
		(void)close(fd);
	}
	return r;
}

static int
fsync_file(const char *path)
{
	int	fd = open(path, O_RDWR | O_CLOEXEC), r = 0;

	if (fd < 0 || fsync(fd) != 0) {
		r = err_sys(ERR_IO, _("cannot write %s"), path);
	}
	if (fd >= 0) {
		(void)close(fd);
	}
	return r;
}

int
integrity_check(sqlite3 *sq, void (*fn)(void *, const char *), void *ctx)
{
	sqlite3_stmt	*st;
	int		 rc;

	rc = sqlite3_prepare_v2(sq, "PRAGMA integrity_check", -1, &st, NULL);
	if (rc != SQLITE_OK) {
		return db_error_plain(sq, rc, "integrity");
	}
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		const char	*s = (const char *)sqlite3_column_text(st, 0);

		if (s != NULL && strcmp(s, "ok") != 0) {
			fn(ctx, s);
		}
	}
	(void)sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : db_error_plain(sq, rc, "integrity");
}

int
foreign_key_check(sqlite3 *sq, void (*fn)(void *, const char *), void *ctx)
{
	sqlite3_stmt	*st;
	int		 rc;

	rc = sqlite3_prepare_v2(sq, "PRAGMA foreign_key_check", -1, &st,
	    NULL);
	if (rc != SQLITE_OK) {
		return db_error_plain(sq, rc, "foreign keys");
	}
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		char	*text = xasprintf(_("row %lld of %s names a row of %s "
		    "that does not exist"),
		    (long long)sqlite3_column_int64(st, 1),
		    (const char *)sqlite3_column_text(st, 0),
		    (const char *)sqlite3_column_text(st, 2));

		fn(ctx, text);
		free(text);
	}
	(void)sqlite3_finalize(st);
	return rc == SQLITE_DONE ? 0 : db_error_plain(sq, rc, "foreign keys");
}

int
db_integrity(struct db *db, void (*fn)(void *, const char *), void *ctx)
{
	int	r;

	if ((r = db_read_begin(db)) != 0) {
		return r;
	}
	if ((r = integrity_check(db->sq, fn, ctx)) == 0) {
		r = foreign_key_check(db->sq, fn, ctx);
	}
	db_read_end(db);
	return r;
}

static void
finding_log(void *ctx, const char *text)
{
	int	*n = ctx;

	log_error("backup: %s", text);
	(*n)++;
}

/* One step takes one state: a writer meanwhile cannot tear the copy. */
static int
copy_pages(sqlite3 *from, sqlite3 *to)
{
	sqlite3_backup	*job = sqlite3_backup_init(to, "main", from, "main");
	int		 rc;

	if (job == NULL) {
		return db_error_plain(to, sqlite3_errcode(to), "backup");
	}
	rc = sqlite3_backup_step(job, -1);
	(void)sqlite3_backup_finish(job);
	if (rc != SQLITE_DONE) {
		return db_error_plain(to, rc == SQLITE_OK ? SQLITE_BUSY : rc,
		    "backup");
	}
	return 0;
}

static int
copy_check(sqlite3 *sq)
{
	int	findings = 0, rc, r;

	/* One file, without a log beside it. */
	rc = sqlite3_exec(sq, "PRAGMA journal_mode = DELETE", NULL, NULL,
	    NULL);
	if (rc != SQLITE_OK) {
		return db_error_plain(sq, rc, "backup");
	}
	if ((r = integrity_check(sq, finding_log, &findings)) != 0 ||
	    (r = foreign_key_check(sq, finding_log, &findings)) != 0) {
		return r;
	}
	return findings == 0 ? 0 : err_set(ERR_CORRUPT, _("the copy has %d "
	    "faults; run: comptoir check"), findings);
}

int
backup_copy(sqlite3 *from, const char *path)
{
	sqlite3	*to;
	int	 rc, r;

	rc = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE |
	    SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE | SQLITE_OPEN_NOMUTEX,
	    NULL);
	if (rc == SQLITE_CANTOPEN) {
		errno = sqlite3_system_errno(to);
		r = err_sys(ERR_IO, _("cannot write %s"), path);
	} else if (rc != SQLITE_OK) {
		r = db_error_plain(to, rc, "backup");
	} else {
		(void)sqlite3_extended_result_codes(to, 1);
		if ((r = copy_pages(from, to)) == 0) {
			r = copy_check(to);
		}
	}
	(void)sqlite3_close(to);
	return r == 0 ? fsync_file(path) : r;
}

/*
 * What stands where the copy is to go may be an older backup, and nothing
 * else: neither another file, nor the database of a shop, which would be taken
 * from under those who have it open.
 */
static int
backup_may_go(const char *path)
{
	static const char	 magic[] = "SQLite format 3";
	struct stat		 st;
	char			 head[sizeof(magic)] = "", *copy, *beside;
	bool			 shop;
	int			 fd;

	copy = xstrdup(path);
	beside = xasprintf("%s/shop.open", dirname(copy));
	shop = access(beside, F_OK) == 0;
	free(beside);
	free(copy);
	if (shop) {
		return err_set(ERR_INVALID, _("%s would stand among a shop's "
		    "own files; name another directory, or none"), path);
	}
	if (stat(path, &st) != 0 ||
	    (S_ISREG(st.st_mode) && st.st_size == 0)) {
		return 0;
	}
	if ((fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)) >= 0) {
		if (S_ISREG(st.st_mode) &&
		    read(fd, head, sizeof(head)) != (ssize_t)sizeof(head)) {
			head[0] = '\0';
		}
		(void)close(fd);
	}
	return memcmp(head, magic, sizeof(magic)) == 0 ? 0 :
	    err_set(ERR_INVALID, _("%s is there and is no backup; name "
	    "another file"), path);
}

int
db_backup(struct db *db, const char *path)
{
	char	*temporary = xasprintf("%s.new-%d", path, (int)getpid());
	char	*copy = xstrdup(path);
	int	 r;

	(void)unlink(temporary);
	if ((r = backup_may_go(path)) != 0) {
		/* nothing was made */
	} else if ((r = backup_copy(db->sq, temporary)) != 0) {
		(void)unlink(temporary);
	} else if (rename(temporary, path) != 0) {
		r = err_sys(ERR_IO, _("cannot write %s"), path);
		(void)unlink(temporary);
	} else {
		r = fsync_dir(dirname(copy));
	}
	free(copy);
	free(temporary);
	return r;
}
