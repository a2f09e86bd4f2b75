/* SPDX-License-Identifier: ISC */
/* SHOP/ballast: room kept back, so that a full disk can close the day. */
#include "db/conn.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/log.h"

#define BALLAST_BYTES	(16 << 20)
#define BALLAST_TIMES	4		/* free beside it before it is taken */

/* Empty, the file still says that the shop wants one. */
bool
ballast_drop(const char *shop)
{
	char		*path = db_path(shop, "ballast");
	struct stat	 st;
	bool		 dropped;

	dropped = stat(path, &st) == 0 && st.st_blocks > 0 &&
	    truncate(path, 0) == 0;
	if (dropped) {
		log_warn("the disk is full: the shop's reserve is opened");
	}
	free(path);
	return dropped;
}

void
db_reserve_refill(const char *shop)
{
	char		*path = db_path(shop, "ballast");
	struct stat	 st;
	struct statvfs	 fs;
	int		 fd, error;

	if (stat(path, &st) == 0 && st.st_size == 0 &&
	    statvfs(path, &fs) == 0 && fs.f_bavail * fs.f_frsize >
	    (uint64_t)BALLAST_BYTES * BALLAST_TIMES &&
	    (fd = open(path, O_WRONLY | O_CLOEXEC)) >= 0) {
		error = posix_fallocate(fd, 0, BALLAST_BYTES);
		if (error != 0) {
			log_warn("the shop's reserve: %s", strerror(error));
		}
		(void)close(fd);
	}
	free(path);
}
