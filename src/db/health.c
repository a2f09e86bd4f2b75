/* SPDX-License-Identifier: ISC */
/* Who holds the queue, who reads for how long, how long the log is. */
#include "db/conn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>

#include "base/clock.h"
#include "base/mem.h"

/* Where SQLite keeps its locks in the -shm file (fileformat2, WAL index). */
#define SHM_FRAMES	4		/* last valid frame, in words */
#define SHM_MARKS	25		/* five read marks, in words */
#define SHM_READ_LOCK	123		/* the byte of read mark 0 */
#define SHM_READERS	5

static int64_t
file_size(const struct db *db, const char *name)
{
	char		*path = db_path(db->shop, name);
	struct stat	 st;
	int64_t		 size = stat(path, &st) == 0 ? st.st_size : 0;

	free(path);
	return size;
}

struct reader {
	int		pid;
	uint32_t	behind;		/* frames of the log it holds back */
};

/* A reader of the mark that is furthest behind the log's end. */
static void
reader_consider(struct reader *best, int pid, int slot, const uint32_t *shm)
{
	uint32_t	frames = shm[SHM_FRAMES];
	uint32_t	mark = slot == 0 ? 0 : shm[SHM_MARKS + slot];
	uint32_t	behind = mark < frames ? frames - mark : 0;

	if (best->pid == 0 || behind > best->behind) {
		*best = (struct reader){ .pid = pid, .behind = behind };
	}
}

/* "12: POSIX  ADVISORY  READ 4711 fd:00:1234 123 123" of this file. */
static bool
lock_line(const char *line, const struct stat *st, int *pid, int64_t *from,
    int64_t *to)
{
	unsigned	major, minor;
	unsigned long	inode;
	long long	first, last;

	if (sscanf(line, "%*d: POSIX %*s READ %d %x:%x:%lu %lld %lld", pid,
	    &major, &minor, &inode, &first, &last) != 6) {
		return false;
	}
	*from = first;
	*to = last;
	return inode == st->st_ino && major == major(st->st_dev) &&
	    minor == minor(st->st_dev);
}

/*
 * The kernel knows who holds SQLite's read locks: /proc/locks names the
 * process, the file and the byte.
 */
static void
reader_find(struct db *db, struct reader *best)
{
	const volatile uint32_t	*shm = db_wal_index(db);
	uint32_t		 copy[SHM_MARKS + SHM_READERS];
	char			*path = db_path(db->shop, "shop.db-shm");
	struct stat		 st;
	FILE			*f = NULL;
	char			 line[256];
	int64_t			 from, to;
	int			 pid;

	*best = (struct reader){ 0 };
	if (shm != NULL && stat(path, &st) == 0) {
		for (size_t i = 0; i < NELEM(copy); i++) {
			copy[i] = shm[i];
		}
		f = fopen("/proc/locks", "re");
	}
	while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
		if (!lock_line(line, &st, &pid, &from, &to)) {
			continue;
		}
		for (int i = 0; i < SHM_READERS; i++) {
			if (from <= SHM_READ_LOCK + i &&
			    to >= SHM_READ_LOCK + i) {
				reader_consider(best, pid, i, copy);
			}
		}
	}
	if (f != NULL) {
		(void)fclose(f);
	}
	free(path);
}

/*
 * Nothing says since when a lock is held, so the time is from when this
 * connection first saw that reader: a second look makes sure it stays.
 */
static void
reader_health(struct db *db, struct db_health *out)
{
	struct reader	found;

	reader_find(db, &found);
	if (found.pid != 0 && found.pid != db->reader_pid) {
		struct timespec	pause = { .tv_nsec = 50 * 1000000L };
		int		first = found.pid;

		db->reader_since = clock_boot_ms();
		(void)nanosleep(&pause, NULL);
		reader_find(db, &found);
		if (found.pid != first) {
			found.pid = 0;
		}
	}
	db->reader_pid = found.pid;
	if (found.pid == 0) {
		return;
	}
	out->oldest_reader_pid = found.pid;
	out->oldest_reader_ms = clock_boot_ms() - db->reader_since;
	out->oldest_reader_pages = found.behind;
}

int
db_health(struct db *db, struct db_health *out)
{
	struct queue_holder	h;

	*out = (struct db_health){ 0 };
	out->db_bytes = file_size(db, "shop.db");
	out->wal_bytes = file_size(db, "shop.db-wal");
	if (queue_holder(&db->queue, &h)) {
		out->holder_pid = h.pid;
		out->holder_stopped = h.stopped;
		out->holder_since_ms = h.since_ms;
		(void)str_copy(out->holder_verb, sizeof(out->holder_verb),
		    h.verb);
	}
	reader_health(db, out);
	return 0;
}
