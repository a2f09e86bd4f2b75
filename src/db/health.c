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
#define SHM_FRAMES	16		/* last valid frame, u32 */
#define SHM_MARKS	100		/* five read marks, u32 */
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
	uint32_t	frames = shm[SHM_FRAMES / 4];
	uint32_t	mark = slot == 0 ? 0 : shm[SHM_MARKS / 4 + slot];
	uint32_t	behind = mark < frames ? frames - mark : 0;

	if (best->pid == 0 || behind > best->behind) {
		*best = (struct reader){ .pid = pid, .behind = behind };
	}
}

/*
 * The kernel knows who holds SQLite's read locks: /proc/locks names the
 * process, the file and the byte.  Our own locks are not readers.
 */
static void
reader_find(const struct db *db, struct reader *best)
{
	char		*path = db_path(db->shop, "shop.db-shm");
	struct buf	 shm = { 0 };
	struct stat	 st;
	FILE		*f;
	char		 line[256];
	bool		 known;

	*best = (struct reader){ 0 };
	known = stat(path, &st) == 0 &&
	    io_read_file(path, 8 << 20, &shm) == 0 &&
	    shm.len >= SHM_MARKS + 4 * SHM_READERS;
	free(path);
	f = known ? fopen("/proc/locks", "re") : NULL;
	while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
		unsigned	major, minor;
		unsigned long	inode;
		long long	from, to;
		int		pid;
		uint32_t	marks[SHM_MARKS / 4 + SHM_READERS];

		if (sscanf(line, "%*d: POSIX %*s READ %d %x:%x:%lu %lld %lld",
		    &pid, &major, &minor, &inode, &from, &to) != 6 ||
		    inode != st.st_ino || major != major(st.st_dev) ||
		    minor != minor(st.st_dev)) {
			continue;
		}
		memcpy(marks, shm.data, sizeof(marks));
		for (int i = 0; i < SHM_READERS; i++) {
			if (from <= SHM_READ_LOCK + i &&
			    to >= SHM_READ_LOCK + i) {
				reader_consider(best, pid, i, marks);
			}
		}
	}
	if (f != NULL) {
		(void)fclose(f);
	}
	buf_done(&shm);
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
