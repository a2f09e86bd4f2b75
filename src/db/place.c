/* SPDX-License-Identifier: ISC */
/* Whether a shop may live there, and whether it may be opened now. */
#include "db/conn.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/mem.h"

#define OPEN_WAIT_MS	2000		/* for a migration of another */

/* Not in every linux/magic.h. */
#define MAGIC_CIFS	0xff534d42U
#define MAGIC_SMB2	0xfe534d42U
#define MAGIC_FUSE	0x65735546U
#define MAGIC_LUSTRE	0x0bd00bd0U
#define MAGIC_GFS2	0x01161970U
#define MAGIC_OCFS2	0x7461636fU

/*
 * Locks and the shared memory of WAL do not work between machines.  FUSE is
 * judged by its source in /proc/self/mounts: "user@host:/dir" is sshfs.
 */
static bool
fuse_is_remote(const char *shop)
{
	struct buf	 text = { 0 };
	char		*real = realpath(shop, NULL), *rest, *line;
	size_t		 best = 0;
	bool		 remote = false;

	if (real == NULL ||
	    io_read_file("/proc/self/mounts", 1 << 20, &text) != 0) {
		free(real);
		buf_done(&text);
		return true;
	}
	rest = text.data;
	while ((line = strsep(&rest, "\n")) != NULL) {
		char	*source = strsep(&line, " ");
		char	*dir = strsep(&line, " ");
		char	*type = strsep(&line, " ");
		size_t	 n = dir == NULL ? 0 : strlen(dir);

		if (type == NULL || n < best || !str_starts(real, dir)) {
			continue;
		}
		best = n;
		remote = strchr(source, ':') != NULL ||
		    str_starts(type, "fuse.ssh") ||
		    str_starts(type, "fuse.rclone") ||
		    str_starts(type, "fuse.gluster") ||
		    str_starts(type, "fuse.ceph") ||
		    str_starts(type, "fuse.s3");
	}
	free(real);
	buf_done(&text);
	return remote;
}

int
db_place_check(const char *shop)
{
	struct statfs	fs;
	const char	*name = NULL;

	if (statfs(shop, &fs) != 0) {
		return errno == ENOENT || errno == ENOTDIR ?
		    err_set(ERR_NOT_FOUND, _("there is no shop %s; make one "
		    "with: comptoir init %s"), shop, shop) :
		    err_sys(ERR_IO, _("cannot look at %s"), shop);
	}
	switch ((unsigned)fs.f_type) {
	case NFS_SUPER_MAGIC:
		name = "NFS";
		break;
	case SMB_SUPER_MAGIC:
	case MAGIC_CIFS:
	case MAGIC_SMB2:
		name = "SMB";
		break;
	case AFS_SUPER_MAGIC:
	case AFS_FS_MAGIC:
	case CODA_SUPER_MAGIC:
		name = "AFS";
		break;
	case CEPH_SUPER_MAGIC:
		name = "Ceph";
		break;
	case MAGIC_LUSTRE:
	case MAGIC_GFS2:
	case MAGIC_OCFS2:
		name = "cluster";
		break;
	case MAGIC_FUSE:
		name = fuse_is_remote(shop) ? "FUSE" : NULL;
		break;
	default:
		break;
	}
	return name == NULL ? 0 : err_set(ERR_NET, _("%s is on a network file "
	    "system (%s), which cannot hold a shop; move it to a local disk"),
	    shop, name);
}

static int
open_busy(int fd, enum db_mode mode)
{
	int	pid;

	if (mode != DB_MIGRATE) {
		return err_set(ERR_BUSY, _("the shop is being upgraded or "
		    "restored; try again in a minute"));
	}
	pid = lock_owner(fd);
	return pid == 0 ?
	    err_set(ERR_BUSY, _("the shop is in use; stop comptoird and the "
	    "sessions, then try again")) :
	    err_set(ERR_BUSY, _("the shop is in use (by process %d); stop "
	    "comptoird and the sessions, then try again"), pid);
}

/*
 * SHOP/shop.open, shared or alone.  A restore may have swapped the directory
 * while we waited, so the path must still lead to the file we locked.
 */
int
db_open_lock(const char *shop, enum db_mode mode, int *out)
{
	char	*path = db_path(shop, "shop.open");
	int	 fd, r;

	*out = -1;
	for (;;) {
		struct stat	have, now;

		fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
		if (fd < 0) {
			r = errno == EROFS || errno == EACCES ? ERR_READONLY :
			    ERR_IO;
			(void)err_sys(r, _("cannot open %s"), path);
			break;
		}
		r = lock_wait(fd, mode == DB_MIGRATE ? LOCK_EX : LOCK_SH,
		    OPEN_WAIT_MS);
		if (r == ERR_TIMEOUT) {
			r = open_busy(fd, mode);
		}
		if (r != 0) {
			(void)close(fd);
			break;
		}
		if (fstat(fd, &have) == 0 && stat(path, &now) == 0 &&
		    have.st_ino == now.st_ino && have.st_dev == now.st_dev) {
			*out = fd;
			break;
		}
		(void)close(fd);
	}
	free(path);
	return r;
}
