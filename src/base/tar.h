/* SPDX-License-Identifier: ISC */
/* POSIX ustar archives of plain files: written into a file that can be sought
 * in, read from one. */
#ifndef BASE_TAR_H
#define BASE_TAR_H

#include <sys/types.h>

#include "base/base.h"

#define TAR_NAME	100		/* bytes of a name and NUL */

struct tar {
	int	fd;
	off_t	head;			/* of the file being written */
	int64_t	size;			/* of it, by now */
	char	name[TAR_NAME];
	int64_t	at;			/* every file's time, seconds */
};

/* The descriptor stays the caller's; it is at its beginning. */
void	 tar_init(struct tar *tar, int fd, int64_t at);
/* One file after the other; its size is written when it ends. */
int	 tar_begin(struct tar *tar, const char *name) MUST_CHECK;
int	 tar_add(struct tar *tar, const void *data, size_t n) MUST_CHECK;
int	 tar_end(struct tar *tar) MUST_CHECK;
/* The two empty blocks that end an archive. */
int	 tar_done(struct tar *tar) MUST_CHECK;

struct tar_entry {
	char	name[TAR_NAME];
	off_t	data;			/* where its bytes begin */
	int64_t	size;
};
/* The file that begins at *at, and *at behind it; ERR_NOT_FOUND: no more;
 * ERR_CORRUPT: this is no such archive, or its end is missing. */
int	 tar_next(int fd, off_t *at, struct tar_entry *out) MUST_CHECK;

#endif
