/* SPDX-License-Identifier: ISC */
/* The floor of the news: the least program that hears of a commit.  A bare
 * inotify wake, one row read from the shop, a few bytes to its terminal.
 *	waker SHOP [TOPIC] */
#include <poll.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	sqlite3		*db;
	sqlite3_stmt	*stmt;
	char		 path[1024], events[4096];
	int		 fd = inotify_init1(IN_CLOEXEC), n;
	struct pollfd	 wake = { .fd = fd, .events = POLLIN };

	if (argc < 2 || fd < 0) {
		return 64;
	}
	(void)snprintf(path, sizeof(path), "%s/topics/%s", argv[1],
	    argc > 2 ? argv[2] : "sale");
	if (inotify_add_watch(fd, path, IN_MODIFY) < 0) {
		return 74;
	}
	(void)snprintf(path, sizeof(path), "%s/shop.db", argv[1]);
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "SELECT max(id) FROM sale", -1, &stmt,
	    NULL) != SQLITE_OK) {
		return 74;
	}
	for (;;) {
		if (sqlite3_step(stmt) != SQLITE_ROW) {
			return 74;
		}
		n = snprintf(path, sizeof(path), "\rsale %d",
		    sqlite3_column_int(stmt, 0));
		(void)sqlite3_reset(stmt);
		if (write(STDOUT_FILENO, path, (size_t)n) < 0 ||
		    ppoll(&wake, 1, NULL, NULL) < 0 ||
		    read(fd, events, sizeof(events)) <= 0) {
			return 0;
		}
	}
}
