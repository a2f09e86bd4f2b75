/* SPDX-License-Identifier: ISC */
/* What the files of this floor share about a connection. */
#ifndef DB_CONN_H
#define DB_CONN_H

#include <sqlite3.h>
#include <sys/types.h>

#include "base/buf.h"
#include "db/db.h"
#include "db/lock.h"
#include "db/watch.h"

#define DB_APPLICATION	0x63707472	/* "cptr", PRAGMA application_id */
#define DB_WAIT_MS	4500		/* the queue, so that 5 s is kept */
#define DB_WAL_PAGES	10000		/* a session checkpoints from here */
/* What an act reads and writes fits in; and what a large one does. */
#define DB_CACHE	"PRAGMA cache_size = -1024"
#define DB_CACHE_LARGE	"PRAGMA cache_size = -32768"

struct stmt;

struct db {
	sqlite3		*sq;
	char		*shop;
	enum db_mode	 mode;
	bool		 open_to_change;	/* authorizer lets all pass */
	bool		 unsettled;	/* db_unsettle(): a shop being made */
	bool		 broken;	/* an I/O error: reopen before use */
	int		 undone;	/* why SQLite ended our transaction */
	bool		 in_write;
	bool		 large;		/* db_begin_large() */
	uint64_t	 serial;	/* write transactions begun */
	int		 in_read;	/* depth */
	int		 open_fd;	/* SHOP/shop.open */
	struct queue	 queue;
	sqlite3_stmt	*version;	/* PRAGMA user_version */
	sqlite3_stmt	*data_version;
	sqlite3_stmt	*begin, *begin_write, *commit;
	struct stmt	**stmts;	/* open hash by query */
	size_t		 nstmts, stmts_size;
	unsigned	 topics;	/* touched by this transaction */
	struct buf	 witness;
	int		 counts_fd;	/* SHOP/topics/counts, -1 at first */
	int		 topic_fd[TOPIC_COUNT];	/* to touch them, -1 at first */
	uint64_t	 own[TOPIC_COUNT]; /* our own commits, by topic */
	uint64_t	 own_total;
	bool		 used;		/* since the watch last looked */
	int		 wal_pages;	/* after our last commit */
	int		 wal_tried;	/* pages when we last checkpointed */
	int		 reader_pid;	/* health: the reader seen last time */
	int64_t		 reader_since;
	struct db	*next;		/* of this process's connections */
};

/* error.c: SQLite's answer as ERR_*, with words; notes a broken disk. */
int	 db_error(struct db *db, int rc, const char *what);
/* For a handle that is no shop's connection (a backup file). */
int	 db_error_plain(sqlite3 *sq, int rc, const char *what);

/* db.c */
int	 db_exec(struct db *db, const char *sql) MUST_CHECK;
/* A pragma that sets what sessions may not. */
int	 db_set(struct db *db, const char *pragma) MUST_CHECK;
int	 db_reopen(struct db *db) MUST_CHECK;
/*
 * The head of the WAL index as SQLite has it mapped, or NULL.  Never open the
 * -shm file itself: closing it would drop the locks this process has on it.
 */
const volatile uint32_t *db_wal_index(struct db *db);
/* One integer of a prepared pragma. */
int	 db_pragma(struct db *db, sqlite3_stmt *st, int64_t *out) MUST_CHECK;
/* Nothing was asked for a while: give the cache back. */
void	 db_rest(struct db *db);
/* Settings every handle of this floor has, backups included. */
int	 db_settings(sqlite3 *sq) MUST_CHECK;
/* rules.c: for sqlite3_set_authorizer(); ctx is the connection. */
int	 db_authorize(void *ctx, int action, const char *a, const char *b,
	    const char *c, const char *d);
/* place.c: ERR_NET, ERR_NOT_FOUND. */
int	 db_place_check(const char *shop) MUST_CHECK;
/* SHOP/shop.open: DB_MIGRATE alone, else shared; close it to let go. */
int	 db_open_lock(const char *shop, enum db_mode mode, int *out) MUST_CHECK;
char	*db_path(const char *shop, const char *name);

/* stmt.c */
void	 stmt_drop_all(struct db *db);
/* Drop those that were asked once only: a start's, a form's. */
void	 stmt_rest(struct db *db);

/* topic.c: counted inside the queue, touched outside it. */
const char *topic_name(enum topic topic);
void	 topic_before(struct db *db);
void	 topic_commit(struct db *db);
void	 topic_touch(struct db *db);
struct topic_counts {
	uint64_t	total;		/* commits */
	uint64_t	dirty;		/* a commit is under way or died */
	uint64_t	topic[TOPIC_COUNT];
};
int	 topic_read(struct db *db, struct topic_counts *out) MUST_CHECK;

/* migrate.c: steps on an open handle whose shop nobody else has open. */
struct schema_step;
int	 migrate_list(sqlite3 *sq, const struct schema_step *steps, int count)
	    MUST_CHECK;
int	 migrate_version(sqlite3 *sq, int *version) MUST_CHECK;
/* The schema is this program's, to the letter. */
int	 migrate_check(sqlite3 *sq) MUST_CHECK;
/* SHOP and what is always in it. */
int	 make_directories(const char *shop) MUST_CHECK;
int	 make_files(const char *shop) MUST_CHECK;
int	 migrate_incarnate(sqlite3 *sq, const char *why, int64_t lives)
	    MUST_CHECK;

/* backup.c: each finding to fn(); of any handle. */
int	 integrity_check(sqlite3 *sq, void (*fn)(void *, const char *),
	    void *ctx) MUST_CHECK;
int	 foreign_key_check(sqlite3 *sq, void (*fn)(void *, const char *),
	    void *ctx) MUST_CHECK;
/* All of `from` into a new file at path, checked and on the disk. */
int	 backup_copy(sqlite3 *from, const char *path) MUST_CHECK;
int	 fsync_dir(const char *path) MUST_CHECK;

/* ballast.c: true when there was room to give up. */
bool	 ballast_drop(const char *shop);

#endif
