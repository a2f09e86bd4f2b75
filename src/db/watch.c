/* SPDX-License-Identifier: ISC */
/* Hearing of commits: inotify wakes, the counts say what, a poll makes sure. */
#include "db/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "db/conn.h"

#define POLL_MS		10000		/* the safety poll beside inotify */
#define POLL_ALONE_MS	1000		/* without inotify */
#define POLL_EARLY_MS	4000		/* who is awake need not wake for it */
#define WAL_HEAD	12		/* words that every commit changes */

struct watch {
	struct db		*db;
	int			 fd;	/* inotify, -1 when refused */
	int			 wd[TOPIC_COUNT];
	unsigned		 topics;
	struct topic_counts	 seen;
	uint64_t		 own[TOPIC_COUNT];
	uint64_t		 own_total;
	int64_t			 data_version;
	uint32_t		 wal[WAL_HEAD];	/* as it was at the last poll */
	int64_t			 polled;	/* boot clock */
	bool			 resting;
};

/* Does the log's index begin as it did?  Read without a lock: half of a change
 * is a change. */
static bool
watch_still(struct watch *w)
{
	const volatile uint32_t	*head = db_wal_index(w->db);
	bool			 still = head != NULL;

	for (size_t i = 0; i < WAL_HEAD && head != NULL; i++) {
		uint32_t	word = head[i];

		still = still && word == w->wal[i];
		w->wal[i] = word;
	}
	return still;
}

/* SQLite is asked only where somebody committed: a hundred tills at rest ask
 * it for a read lock each. */
static int
watch_data_version(struct watch *w, int64_t *out)
{
	if (watch_still(w)) {
		*out = w->data_version;
		return 0;
	}
	return db_pragma(w->db, w->db->data_version, out);
}

int
watch_open(struct db *db, struct watch **out)
{
	struct watch	*w;
	int		 r;

	*out = NULL;
	w = xcalloc(1, sizeof(*w));
	w->db = db;
	for (size_t i = 0; i < TOPIC_COUNT; i++) {
		w->wd[i] = -1;
	}
	w->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (w->fd < 0) {
		log_warn("no inotify (%s): asking every second; raise "
		    "fs.inotify.max_user_instances", strerror(errno));
	}
	w->polled = clock_boot_ms();
	w->own_total = db->own_total;
	memcpy(w->own, db->own, sizeof(w->own));
	if ((r = topic_read(db, &w->seen)) != 0 ||
	    (r = watch_data_version(w, &w->data_version)) != 0) {
		watch_close(w);
		return r;
	}
	*out = w;
	return 0;
}

void
watch_close(struct watch *w)
{
	if (w == NULL) {
		return;
	}
	if (w->fd >= 0) {
		(void)close(w->fd);
	}
	free(w);
}

/* The file must exist to be watched, and is never replaced. */
static int
watch_add(struct watch *w, enum topic topic)
{
	char	*path = xasprintf("%s/topics/%s", w->db->shop,
	    topic_name(topic));
	int	 fd;

	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd >= 0) {
		(void)close(fd);
	}
	w->wd[topic] = inotify_add_watch(w->fd, path, IN_MODIFY);
	free(path);
	return w->wd[topic] >= 0 ? 0 : -1;
}

int
watch_topics(struct watch *w, unsigned topics)
{
	struct topic_counts	c;
	unsigned		fresh = topics & ~w->topics;
	int			r;

	for (enum topic i = 0; w->fd >= 0 && i < TOPIC_COUNT; i++) {
		if (fresh & 1u << i && watch_add(w, i) != 0) {
			log_warn("no inotify watch (%s): asking every second",
			    strerror(errno));
			(void)close(w->fd);
			w->fd = -1;
		} else if (w->wd[i] >= 0 && !(topics & 1u << i)) {
			(void)inotify_rm_watch(w->fd, w->wd[i]);
			w->wd[i] = -1;
		}
	}
	/* Only after the watch stands: a commit from here on is heard, one
	 * before it is in what the caller reads next. */
	if ((r = topic_read(w->db, &c)) != 0) {
		return r;
	}
	for (size_t i = 0; i < TOPIC_COUNT; i++) {
		if (fresh & 1u << i) {
			w->seen.topic[i] = c.topic[i];
			w->own[i] = w->db->own[i];
		}
	}
	w->topics = topics;
	return 0;
}

int
watch_fd(const struct watch *w)
{
	return w->fd;
}

int
watch_timeout_ms(const struct watch *w)
{
	int64_t	every = w->fd >= 0 ? POLL_MS : POLL_ALONE_MS;
	int64_t	left = w->polled + every - clock_boot_ms();

	return left < 0 ? 0 : (int)left;
}

void
watch_hurry(struct watch *w)
{
	w->polled = clock_boot_ms() - POLL_MS;
}

static bool
watch_drain(struct watch *w)
{
	char	events[512];
	bool	any = false;
	ssize_t	n = 0;

	/* One that is nearly full may not have been all. */
	do {
		n = w->fd < 0 ? -1 : read(w->fd, events, sizeof(events));
		any = any || n > 0;
	} while (n > (ssize_t)sizeof(events) / 2);
	return any;
}

/*
 * Did anybody else commit without being counted?  Their mark stands still,
 * or SQLite saw a commit and no counter moved (a foreign program's).
 */
static bool
watch_poll(struct watch *w, const struct topic_counts *c)
{
	int64_t	version;
	bool	uncounted;

	if (watch_data_version(w, &version) != 0) {
		return true;
	}
	uncounted = version != w->data_version &&
	    c->total - w->seen.total == w->db->own_total - w->own_total;
	w->data_version = version;
	w->seen.total = c->total;
	w->own_total = w->db->own_total;
	return uncounted || c->dirty != 0;
}

/* A till that sleeps needs no cache; a hundred of them share one machine. */
static void
watch_rest(struct watch *w)
{
	if (!w->db->used && !w->resting) {
		db_rest(w->db);
		w->resting = true;
	} else if (w->db->used) {
		w->resting = false;
	}
	w->db->used = false;
}

unsigned
watch_take(struct watch *w)
{
	struct topic_counts	c;
	unsigned		changed = 0;
	bool			due = watch_timeout_ms(w) <=
				    (w->fd >= 0 ? POLL_EARLY_MS : 0);

	if (!watch_drain(w) && !due) {
		return 0;
	}
	if (topic_read(w->db, &c) != 0) {
		return w->topics;
	}
	if (due) {
		w->polled = clock_boot_ms();
		watch_rest(w);
		if (watch_poll(w, &c)) {
			changed = w->topics;
		}
	}
	for (size_t i = 0; i < TOPIC_COUNT; i++) {
		if (c.topic[i] - w->seen.topic[i] !=
		    w->db->own[i] - w->own[i]) {
			changed |= 1u << i;
		}
		w->seen.topic[i] = c.topic[i];
		w->own[i] = w->db->own[i];
	}
	return changed & w->topics;
}
