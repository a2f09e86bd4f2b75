/* SPDX-License-Identifier: ISC */
/* Commits counted by topic, and the files that wake who watches. */
#include "db/conn.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"

static const char *const topic_names[TOPIC_COUNT] = {
#define X(id, name) [TOPIC_##id] = name,
	TOPICS(X)
#undef X
};

const char *
topic_name(enum topic topic)
{
	return topic_names[topic];
}

void
db_topic(struct db *db, const char *topic)
{
	if (!db->in_write) {
		fatal("topic %s outside a transaction", topic);
	}
	for (size_t i = 0; i < TOPIC_COUNT; i++) {
		if (strcmp(topic, topic_names[i]) == 0) {
			db->topics |= 1u << i;
			return;
		}
	}
	fatal("there is no topic %s", topic);
}

static int
topic_open(struct db *db)
{
	char	*path;

	if (db->counts_fd >= 0) {
		return 0;
	}
	path = db_path(db->shop, "topics");
	(void)mkdir(path, 0700);
	free(path);
	path = db_path(db->shop, "topics/counts");
	db->counts_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	free(path);
	return db->counts_fd >= 0 ? 0 :
	    err_sys(ERR_IO, _("cannot open the shop's topics"));
}

/* A short file (a new shop) reads as zeros. */
int
topic_read(struct db *db, struct topic_counts *out)
{
	int	r;

	memset(out, 0, sizeof(*out));
	if ((r = topic_open(db)) != 0) {
		return r;
	}
	if (pread(db->counts_fd, out, sizeof(*out), 0) < 0) {
		return err_sys(ERR_IO, _("cannot read the shop's topics"));
	}
	return 0;
}

static void
topic_write(struct db *db, const struct topic_counts *counts)
{
	if (pwrite(db->counts_fd, counts, sizeof(*counts), 0) !=
	    (ssize_t)sizeof(*counts)) {
		log_error("cannot count a commit: %s", strerror(errno));
	}
}

/*
 * In the queue, so that no two writers count at once.  The mark says that a
 * commit may come that nobody counts: its writer is killed before it can.
 */
void
topic_before(struct db *db)
{
	struct topic_counts	c;

	if (topic_read(db, &c) != 0) {
		return;
	}
	if (c.dirty) {
		/* The writer before us died: all may have changed. */
		for (size_t i = 0; i < TOPIC_COUNT; i++) {
			c.topic[i]++;
		}
		db->topics = (1u << TOPIC_COUNT) - 1;
	}
	c.dirty = 1;
	topic_write(db, &c);
}

void
topic_commit(struct db *db)
{
	struct topic_counts	c;

	if (topic_read(db, &c) != 0) {
		return;
	}
	c.dirty = 0;
	c.total++;
	db->own_total++;
	for (size_t i = 0; i < TOPIC_COUNT; i++) {
		if (db->topics & 1u << i) {
			c.topic[i]++;
			db->own[i]++;
		}
	}
	topic_write(db, &c);
}

/* One byte into an existing file, which is never replaced and stays open:
 * IN_MODIFY for who watches. */
void
topic_touch(struct db *db)
{
	for (size_t i = 0; i < TOPIC_COUNT; i++) {
		if (!(db->topics & 1u << i)) {
			continue;
		}
		if (db->topic_fd[i] < 0) {
			char	*path = xasprintf("%s/topics/%s", db->shop,
				    topic_names[i]);

			db->topic_fd[i] = open(path, O_WRONLY | O_CREAT |
			    O_CLOEXEC, 0600);
			free(path);
		}
		if (pwrite(db->topic_fd[i], "!", 1, 0) != 1) {
			log_error("cannot touch topic %s: %s", topic_names[i],
			    strerror(errno));
		}
	}
	db->topics = 0;
}
