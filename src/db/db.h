/* SPDX-License-Identifier: ISC */
/* The one SQLite database of a shop: opening, the writers' queue, commits. */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/base.h"

struct db;		/* one connection of one process; never across fork */

enum db_mode {
	DB_READ,	/* sessions that only look; query_only */
	DB_WRITE,
	DB_MIGRATE,	/* LOCK_EX on shop.open; comptoird, init, restore */
};

/*
 * Open SHOP/shop.db with every pragma set (WAL, synchronous=FULL, foreign
 * keys, recursive triggers, secure_delete, no mmap, authorizer) and hold
 * LOCK_SH on SHOP/shop.open until db_close().  On failure *out is NULL:
 * ERR_NOT_FOUND, ERR_NEWER, ERR_OLDER (not yet migrated), ERR_NET (network
 * file system), ERR_READONLY, ERR_CORRUPT, ERR_BUSY (being migrated).
 */
int	 db_open(const char *shop, enum db_mode mode, struct db **out)
	    MUST_CHECK;
void	 db_close(struct db *db);		/* NULL is fine */
const char *db_shop(const struct db *db);	/* the directory; borrowed */

/*
 * One write transaction: the queue (flock on shop.lock, at most 5 s, names
 * the holder when it gives up), then BEGIN IMMEDIATE.  `verb` says who holds
 * it, e.g. "sale add".  Refuses with ERR_PARKED once the schema version is
 * not the one this program was built for.  Never nested (that is a bug and
 * aborts), never open across a key, a printer or a network.
 */
int	 db_begin(struct db *db, const char *verb) MUST_CHECK;
/*
 * The same for one that writes hundreds of rows all over the shop: with a cache
 * that holds its pages, so that none is written, or read, twice.
 */
int	 db_begin_large(struct db *db, const char *verb) MUST_CHECK;
/* Commit, leave the queue, then touch the topics named meanwhile.  On
 * failure everything is rolled back. */
int	 db_commit(struct db *db) MUST_CHECK;
void	 db_rollback(struct db *db);	/* fine without a transaction */
/* Between two of many transactions: who waits in the queue comes first, which
 * flock(2) alone does not see to. */
void	 db_yield(void);
bool	 db_in_write(const struct db *db);
/* Which write transaction of this connection is open, or was the last. */
uint64_t db_serial(const struct db *db);
/* How many rows this connection has written so far, by triggers too: whether
 * a statement did anything where its own count does not say. */
int64_t	 db_written(const struct db *db);

/* Inside a transaction: name a topic to touch after the commit. */
void	 db_topic(struct db *db, const char *topic);
/* Inside a transaction: a line for SHOP/witness (and syslog), appended after
 * the commit and before the queue is left. */
void	 db_witness(struct db *db, const char *line);

/*
 * A consistent reading of several queries.  No key, printer or network
 * between begin and end; both are cheap.
 */
int	 db_read_begin(struct db *db) MUST_CHECK;
void	 db_read_end(struct db *db);

/* Checkpoint under the queue when the WAL is long; comptoird's keeper calls
 * it in quiet moments.  `truncate` also shortens the file. */
int	 db_checkpoint(struct db *db, bool truncate) MUST_CHECK;
/* The reserve that a full disk opened is taken back once there is room. */
void	 db_reserve_refill(const char *shop);
/* Pages and bytes of the write-ahead log, oldest reader and so on: health. */
struct db_health {
	int64_t	 wal_bytes;
	int64_t	 db_bytes;
	int	 holder_pid;		/* of the write queue, 0 none */
	bool	 holder_stopped;	/* SIGSTOP: holds up everybody */
	char	 holder_verb[64];
	int64_t	 holder_since_ms;	/* wall clock; 0 unknown */
	int	 oldest_reader_pid;	/* 0 none or unknown */
	int64_t	 oldest_reader_ms;	/* at least; seen reading that long */
	int64_t	 oldest_reader_pages;	/* of the log it keeps alive */
};
int	 db_health(struct db *db, struct db_health *out) MUST_CHECK;

/* sqlite integrity_check and foreign_key_check: each finding to fn(). */
int	 db_integrity(struct db *db, void (*fn)(void *, const char *),
	    void *ctx) MUST_CHECK;

/* Create an empty shop.db with the schema; ERR_EXISTS if there is one. */
int	 db_create(const char *shop) MUST_CHECK;
/*
 * Making a shop: from db_unsettle() to db_settle() commits do not each wait
 * for the disk.  Only while nobody else has it open (ERR_BUSY) and only where
 * a failure throws the directory away, as `init` does.
 */
int	 db_unsettle(struct db *db) MUST_CHECK;
/* All of it on the disk; from here on every commit is again. */
int	 db_settle(struct db *db) MUST_CHECK;
/* Bring an older database up, under LOCK_EX, after a backup into
 * SHOP/backups.  Nothing to do is fine. */
int	 db_migrate(const char *shop) MUST_CHECK;

/* A checked, fsynced copy under its final name (temporary, then rename): over
 * an older backup, never over another file nor beside shop.db. */
int	 db_backup(struct db *db, const char *path) MUST_CHECK;
/* Build a new directory from a backup and swap it in under LOCK_EX.  `lives`
 * is how many lives the database is known to have had (0: what the backup
 * says); the new one comes after them.  *aside, the caller's to free(), is
 * where the old one is kept, NULL when there was none. */
int	 db_restore(const char *shop, const char *backup, int64_t lives,
	    char **aside) MUST_CHECK;

#endif
