/* SPDX-License-Identifier: ISC */
/* Sessions: rows that name a process, so that a dead one is recognised. */
#include "shop/session.h"
#include "shop/journal.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "sql/session.h"

#define PROC_START_FIELD	22	/* of /proc/PID/stat, proc(5) */
#define STAT_SIZE		1024	/* three times the most there is */

/* A file of /proc in one piece; "" when it cannot be read. */
static void
session_proc(const char *path, char out[static STAT_SIZE])
{
	int	fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t	n = fd < 0 ? 0 : read(fd, out, STAT_SIZE - 1);

	out[n > 0 ? n : 0] = '\0';
	if (fd >= 0) {
		(void)close(fd);
	}
}

/* This boot's id, which outlives this process; a pid of another boot means
 * nothing. */
static const char *
session_boot(void)
{
	static char	boot[SESSION_BOOT];
	char		text[STAT_SIZE];

	if (boot[0] == '\0') {
		session_proc("/proc/sys/kernel/random/boot_id", text);
		(void)str_fmt(boot, sizeof(boot), "%.36s", text);
	}
	return boot;
}

/*
 * When a process started, in clock ticks since boot: with it a pid used again
 * is not taken for the old one.  0 when there is no such process, or when it
 * is a zombie: nobody works in that one any more.
 */
static int64_t
session_pid_start(int64_t pid)
{
	char		 path[64], text[STAT_SIZE];
	const char	*s;

	(void)str_fmt(path, sizeof(path), "/proc/%lld/stat", (long long)pid);
	session_proc(path, text);
	/* The name in brackets may hold blanks and brackets itself. */
	s = strrchr(text, ')');
	if (s == NULL || s[1] != ' ' || s[2] == 'Z' || s[2] == 'X') {
		return 0;
	}
	for (int field = 2; s != NULL && field < PROC_START_FIELD; field++) {
		s = strchr(s + 1, ' ');
	}
	return s == NULL ? 0 : strtoll(s + 1, NULL, 10);
}

void
session_self(char boot[static SESSION_BOOT], int64_t *pid,
    int64_t *pid_start)
{
	(void)str_copy(boot, SESSION_BOOT, session_boot());
	*pid = getpid();
	*pid_start = session_pid_start(*pid);
}

/*
 * Processes that were found alive, held by their descriptor: that one goes on
 * naming the same process when its pid is used again, and to ask it costs a
 * tenth of what /proc does.  A list of open sales asks for each of its rows
 * each time that anybody sells anything.
 */
#define SEEN	16

static struct {
	int64_t	pid, pid_start;		/* 0: nothing here */
	int	fd;
} session_seen[SEEN];

static bool
session_ended(int fd)
{
	struct pollfd	p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, 0) != 0;	/* of a zombie, too */
}

static bool
session_pid_alive(int64_t pid, int64_t pid_start)
{
	size_t	at = (size_t)pid % SEEN;
	int	fd;

	if (session_seen[at].pid == pid &&
	    session_seen[at].pid_start == pid_start) {
		if (!session_ended(session_seen[at].fd)) {
			return true;
		}
		(void)close(session_seen[at].fd);
		session_seen[at].pid = 0;
		return false;
	}
	/* Opened before /proc is asked: what it says is of this process. */
	fd = pidfd_open((pid_t)pid, 0);
	if (session_pid_start(pid) != pid_start) {
		if (fd >= 0) {
			(void)close(fd);
		}
		return false;
	}
	if (fd >= 0) {
		if (session_seen[at].pid != 0) {
			(void)close(session_seen[at].fd);
		}
		session_seen[at].pid = pid;
		session_seen[at].pid_start = pid_start;
		session_seen[at].fd = fd;
	}
	return true;
}

bool
session_process_alive(const char *boot, int64_t pid, int64_t pid_start)
{
	return strcmp(boot, session_boot()) == 0 && pid > 0 &&
	    session_pid_alive(pid, pid_start);
}

bool
session_alive(struct shop *shop, int64_t session)
{
	struct q_session_get	row;

	return session != 0 &&
	    q_session_get(shop->db, session, &row) == 0 &&
	    row.ended_at_null &&
	    session_process_alive(row.boot, row.pid, row.pid_start);
}

int
session_list(struct shop *shop,
    int (*fn)(void *ctx, const struct session_row *row), void *ctx)
{
	struct q_session_open_list	*rows;
	size_t				 n;
	int				 r;

	if ((r = q_session_open_list(shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct session_row	row = {
			.id = rows[i].id,
			.started_at = rows[i].started_at,
			.pid = rows[i].pid,
			.user = rows[i].user,
			.terminal = rows[i].terminal,
			.door = rows[i].door,
			.from = rows[i].origin,
		};

		if (session_process_alive(rows[i].boot, rows[i].pid,
		    rows[i].pid_start)) {
			r = fn(ctx, &row);
		}
	}
	free(rows);
	return r;
}

int
session_reap(struct shop *shop, int64_t *count)
{
	struct q_session_open_list	*rows;
	size_t				 n, dead = 0;
	int64_t				 changes, ended = 0;
	int				 r;

	if (count != NULL) {
		*count = 0;
	}
	if ((r = q_session_open_list(shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		if (!session_process_alive(rows[i].boot, rows[i].pid,
		    rows[i].pid_start)) {
			rows[dead++].id = rows[i].id;
		}
	}
	if (dead == 0 || (r = db_begin(shop->db, "session reap")) != 0) {
		goto out;
	}
	for (size_t i = 0; i < dead && r == 0; i++) {
		char	info[48];

		r = q_session_end(shop->db, rows[i].id, shop_now(), "dead",
		    &changes);
		ended += changes;
		if (r == 0 && changes > 0) {
			(void)str_fmt(info, sizeof(info), "session %lld died",
			    (long long)rows[i].id);
			r = journal_event_try(shop, JET_LOGOFF, info);
		}
	}
	if (r != 0 || (r = q_notice_prune(shop->db)) != 0) {
		db_rollback(shop->db);
		goto out;
	}
	db_topic(shop->db, "session");
	db_topic(shop->db, "sale");
	r = db_commit(shop->db);
out:
	free(rows);
	if (count != NULL && r == 0) {
		*count = ended;
	}
	return r;
}

/* --- notices ------------------------------------------------------------ */

int
session_tell(struct shop *shop, int64_t session, const char *kind,
    int64_t object)
{
	const struct actor	*who = &shop->who;

	db_topic(shop->db, "session");
	return q_notice_add(shop->db, session, shop_now(), kind, object,
	    who->user == 0 ? NULL : &who->user,
	    who->terminal == 0 ? NULL : &who->terminal);
}

int
session_hear(struct shop *shop,
    int (*fn)(void *ctx, const struct notice *notice), void *ctx)
{
	struct q_notice_list	*rows;
	size_t			 n;
	int			 r;

	if (shop->who.session == 0) {
		return 0;
	}
	if ((r = q_notice_list(shop->db, shop->who.session, &rows, &n)) != 0) {
		return r;
	}
	if (n == 0) {
		free(rows);
		return 0;
	}
	if ((r = db_begin(shop->db, "notice")) != 0) {
		goto out;
	}
	if ((r = q_notice_drop(shop->db, shop->who.session,
	    rows[n - 1].id)) != 0) {
		db_rollback(shop->db);
		goto out;
	}
	if ((r = db_commit(shop->db)) != 0) {
		goto out;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct notice	notice = {
			.at = rows[i].at,
			.object = rows[i].object_id,
			.kind = rows[i].kind,
			.user = rows[i].user,
			.terminal = rows[i].terminal,
		};

		r = fn(ctx, &notice);
	}
out:
	free(rows);
	return r;
}

/* --- places ------------------------------------------------------------- */

static int64_t
session_place_since(const struct shop *shop)
{
	return shop_now() - (int64_t)shop->set.away_minutes * 60 * 1000;
}

int
session_place_keep(struct shop *shop, const struct place *place)
{
	const struct actor	*who = &shop->who;
	int			 r;

	if (who->terminal == 0 || who->user == 0 ||
	    shop->set.away_minutes == 0) {
		return 0;
	}
	if ((r = db_begin(shop->db, "place")) != 0) {
		return r;
	}
	if ((r = q_place_put(shop->db, who->terminal, who->user, shop_now(),
	    place->screen, place->object, place->entry)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	return db_commit(shop->db);
}

int
session_place_take(struct shop *shop, struct place *out)
{
	const struct actor	*who = &shop->who;
	struct q_place_get	 row;
	int			 r;

	*out = (struct place){ 0 };
	if ((r = q_place_get(shop->db, who->terminal, who->user,
	    session_place_since(shop), &row)) != 0) {
		return r;
	}
	(void)str_copy(out->screen, sizeof(out->screen), row.screen);
	(void)str_copy(out->entry, sizeof(out->entry), row.entry);
	out->object = row.object_id;
	if ((r = db_begin(shop->db, "place")) != 0) {
		return r;
	}
	if ((r = q_place_drop(shop->db, who->terminal, who->user)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	return db_commit(shop->db);
}

int
session_place_user(struct shop *shop, int64_t terminal,
    char name[static NAME_SIZE])
{
	struct q_place_last	row;
	int			r;

	name[0] = '\0';
	if ((r = q_place_last(shop->db, terminal, session_place_since(shop),
	    &row)) == 0) {
		(void)str_copy(name, NAME_SIZE, row.user);
	}
	return r;
}
