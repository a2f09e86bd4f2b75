/* SPDX-License-Identifier: ISC */
/* A backup made a shop again: built beside the old one, swapped in whole. */
#include "db/conn.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "db/schema.h"

/* --- what is kept of the old directory ---------------------------------- */

static int
copy_file(const char *from, const char *to, mode_t mode)
{
	int	in = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW), out = -1;
	int	r = 0;
	char	bytes[16384];
	ssize_t	n = 0;

	if (in < 0 || (out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
	    mode & 0777)) < 0) {
		r = err_sys(ERR_IO, _("cannot copy %s"), from);
	}
	while (r == 0 && (n = read(in, bytes, sizeof(bytes))) > 0) {
		r = io_write_all(out, bytes, (size_t)n);
	}
	if (r == 0 && n < 0) {
		r = err_sys(ERR_IO, _("cannot copy %s"), from);
	}
	if (in >= 0) {
		(void)close(in);
	}
	if (out >= 0 && close(out) != 0 && r == 0) {
		r = err_sys(ERR_IO, _("cannot copy %s"), to);
	}
	return r;
}

/* `same`: files that are written once may be the same file in both. */
static int
copy_tree(const char *from, const char *to, bool same)
{
	struct stat	 st;
	struct dirent	*e;
	DIR		*dir;
	int		 r = 0;

	if (lstat(from, &st) != 0) {
		return err_sys(ERR_IO, _("cannot copy %s"), from);
	}
	if (S_ISREG(st.st_mode)) {
		return same && link(from, to) == 0 ? 0 :
		    copy_file(from, to, st.st_mode);
	}
	if (!S_ISDIR(st.st_mode)) {
		return 0;		/* a socket or pipe of the old life */
	}
	if ((mkdir(to, st.st_mode & 0777) != 0 && errno != EEXIST) ||
	    (dir = opendir(from)) == NULL) {
		return err_sys(ERR_IO, _("cannot copy %s"), from);
	}
	while (r == 0 && (e = readdir(dir)) != NULL) {
		char	*a, *b;

		if (strcmp(e->d_name, ".") == 0 ||
		    strcmp(e->d_name, "..") == 0) {
			continue;
		}
		a = db_path(from, e->d_name);
		b = db_path(to, e->d_name);
		r = copy_tree(a, b, same);
		free(a);
		free(b);
	}
	(void)closedir(dir);
	return r;
}

/* The database's own files begin anew; keys, papers and settings stay. */
static bool
kept(const char *name)
{
	static const char *const own[] = {
		".", "..", "shop.db", "shop.db-wal", "shop.db-shm",
		"shop.db-journal", "shop.lock", "shop.open", "topics", "run",
		"log"
	};

	for (size_t i = 0; i < NELEM(own); i++) {
		if (strcmp(own[i], name) == 0) {
			return false;
		}
	}
	return !str_starts(name, "shop.db.new-");
}

static int
keep_rest(const char *shop, const char *fresh)
{
	DIR		*dir = opendir(shop);
	struct dirent	*e;
	int		 r = 0;

	if (dir == NULL) {
		return errno == ENOENT ? 0 :
		    err_sys(ERR_IO, _("cannot read %s"), shop);
	}
	while (r == 0 && (e = readdir(dir)) != NULL) {
		char	*from, *to;

		if (!kept(e->d_name)) {
			continue;
		}
		from = db_path(shop, e->d_name);
		to = db_path(fresh, e->d_name);
		r = copy_tree(from, to, strcmp(e->d_name, "documents") == 0 ||
		    strcmp(e->d_name, "backups") == 0);
		free(from);
		free(to);
	}
	(void)closedir(dir);
	return r;
}

/* --- the new directory -------------------------------------------------- */

static int
source_check(sqlite3 *sq, const char *backup)
{
	sqlite3_stmt	*st;
	int64_t		 application = 0;
	int		 version, rc, r;

	rc = sqlite3_prepare_v2(sq, "PRAGMA application_id", -1, &st, NULL);
	if (rc == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW) {
		application = sqlite3_column_int64(st, 0);
	}
	rc = sqlite3_finalize(st);
	if (rc != SQLITE_OK || application != DB_APPLICATION) {
		return err_set(ERR_CORRUPT, _("%s is no backup of a shop"),
		    backup);
	}
	if ((r = migrate_version(sq, &version)) != 0) {
		return r;
	}
	return version <= schema_version ? 0 : err_set(ERR_NEWER, _("%s was "
	    "made by a newer comptoir (schema %d, this one knows %d); upgrade "
	    "this one"), backup, version, schema_version);
}

static int
build_database(const char *backup, const char *path, int64_t lives)
{
	sqlite3	*from = NULL, *to = NULL;
	int	 rc, r;

	rc = sqlite3_open_v2(backup, &from, SQLITE_OPEN_READONLY |
	    SQLITE_OPEN_NOMUTEX, NULL);
	if (rc != SQLITE_OK) {
		r = err_set(ERR_NOT_FOUND, _("cannot open the backup %s: %s"),
		    backup, sqlite3_errmsg(from));
	} else if ((r = source_check(from, backup)) == 0) {
		r = backup_copy(from, path);
	}
	(void)sqlite3_close(from);
	if (r != 0) {
		return r;
	}
	rc = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE |
	    SQLITE_OPEN_NOMUTEX, NULL);
	r = rc != SQLITE_OK ? db_error_plain(to, rc, "restore") : 0;
	if (r == 0 && (r = db_settings(to)) == 0 &&
	    (r = migrate_list(to, schema_steps, schema_version)) == 0 &&
	    (r = migrate_check(to)) == 0) {
		r = migrate_incarnate(to, "restore", lives);
	}
	/* Here, alone: two sessions at once could not change the mode. */
	if (r == 0 && (rc = sqlite3_exec(to, "PRAGMA journal_mode = WAL",
	    NULL, NULL, NULL)) != SQLITE_OK) {
		r = db_error_plain(to, rc, "restore");
	}
	(void)sqlite3_close(to);
	return r;
}

static uid_t	chown_user;
static gid_t	chown_group;

static int
chown_one(const char *path, const struct stat *st, int what, struct FTW *f)
{
	(void)st;
	(void)what;
	(void)f;
	return lchown(path, chown_user, chown_group);
}

static int
remove_one(const char *path, const struct stat *st, int what, struct FTW *f)
{
	(void)st;
	(void)what;
	(void)f;
	return remove(path);
}

static void
remove_tree(const char *path)
{
	(void)nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* Root restores for the shop's user. */
static int
give_back(const char *shop, const char *fresh)
{
	struct stat	st;

	if (geteuid() != 0 || stat(shop, &st) != 0) {
		return 0;
	}
	chown_user = st.st_uid;
	chown_group = st.st_gid;
	return nftw(fresh, chown_one, 16, FTW_PHYS) == 0 ? 0 :
	    err_sys(ERR_IO, _("cannot give %s to the shop's user"), fresh);
}

static int
on_disk(const char *dir)
{
	int	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), r = 0;

	if (fd < 0 || syncfs(fd) != 0) {
		r = err_sys(ERR_IO, _("cannot write %s"), dir);
	}
	if (fd >= 0) {
		(void)close(fd);
	}
	return r;
}

static int
build(const char *shop, const char *backup, const char *fresh,
    int64_t lives)
{
	char	*path = db_path(fresh, "shop.db");
	int	 r;

	if ((r = make_directories(fresh)) == 0 &&
	    (r = build_database(backup, path, lives)) == 0 &&
	    (r = keep_rest(shop, fresh)) == 0 &&
	    (r = make_files(fresh)) == 0 &&
	    (r = give_back(shop, fresh)) == 0) {
		r = on_disk(fresh);
	}
	free(path);
	return r;
}

/* --- the swap ----------------------------------------------------------- */

/* At no moment is there no shop, where the file system can exchange. */
static int
swap_in(const char *shop, const char *fresh, const char *aside)
{
	if (access(shop, F_OK) != 0) {
		return rename(fresh, shop);
	}
	if (renameat2(AT_FDCWD, fresh, AT_FDCWD, shop, RENAME_EXCHANGE) == 0) {
		return rename(fresh, aside);
	}
	if (errno != EINVAL && errno != ENOSYS) {
		return -1;
	}
	if (rename(shop, aside) != 0) {
		return -1;
	}
	if (rename(fresh, shop) != 0) {
		int	saved = errno;

		(void)rename(aside, shop);
		errno = saved;
		return -1;
	}
	return 0;
}

/* SHOP.before-restore-TIME, and a number when that exists. */
static char *
aside_name(const char *shop)
{
	char	 when[32];
	char	*name;

	clock_local(clock_now_ms(), "%Y%m%d-%H%M%S", when, sizeof(when));
	name = xasprintf("%s.before-restore-%s", shop, when);
	for (int i = 2; access(name, F_OK) == 0; i++) {
		free(name);
		name = xasprintf("%s.before-restore-%s-%d", shop, when, i);
	}
	return name;
}

static int
restore_locked(const char *shop, const char *backup, int64_t lives,
    char **beside)
{
	char	*fresh, *aside, *copy;
	bool	 kept = access(shop, F_OK) == 0;
	int	 r;

	fresh = xasprintf("%s.restore-%d", shop, (int)getpid());
	aside = aside_name(shop);
	copy = xstrdup(shop);
	if ((r = build(shop, backup, fresh, lives)) == 0 &&
	    swap_in(shop, fresh, aside) != 0) {
		r = err_sys(ERR_IO, _("cannot put the restored shop in the "
		    "place of %s (its parent directory must be writable)"),
		    shop);
	}
	if (r != 0) {
		remove_tree(fresh);
	} else if ((r = fsync_dir(dirname(copy))) == 0) {
		log_info("restored %s from %s", shop, backup);
	}
	if (r == 0 && kept) {
		*beside = xstrdup(aside);
	}
	free(copy);
	free(aside);
	free(fresh);
	return r;
}

int
db_restore(const char *shop, const char *backup, int64_t lives, char **aside)
{
	char	*place = realpath(shop, NULL);
	int	 fd = -1, r = 0;

	*aside = NULL;
	/* "." and "shop/" have no sibling by that name. */
	if (place == NULL) {
		place = xstrdup(shop);
	}
	/* The old database is not opened: it may be damaged. */
	if (access(place, F_OK) == 0 &&
	    (r = db_open_lock(place, DB_MIGRATE, &fd)) != 0) {
		free(place);
		return r;
	}
	r = restore_locked(place, backup, lives, aside);
	if (fd >= 0) {
		(void)close(fd);
	}
	free(place);
	return r;
}
