/* SPDX-License-Identifier: ISC */
/*
 * For LD_PRELOAD: lets libserialport open a pseudo terminal.  The library
 * wants an entry under /sys/class/tty, which ptys lack, and control lines,
 * which they have not.  The carrier follows the file TTYSHIM_CARRIER, when
 * that is set: present while it exists.
 */
#include <sys/ioctl.h>
#include <sys/stat.h>

#include <dlfcn.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SYSFS	"/sys/class/tty/pts/"
#define WHERE	"../../devices/virtual/tty/pts"

int	__lxstat(int version, const char *path, struct stat *st);

int
__lxstat(int version, const char *path, struct stat *st)
{
	int	(*real)(int, const char *, struct stat *);

	if (strncmp(path, SYSFS, strlen(SYSFS)) == 0) {
		memset(st, 0, sizeof(*st));
		st->st_mode = S_IFLNK | 0777;
		return 0;
	}
	*(void **)&real = dlsym(RTLD_NEXT, "__lxstat");
	return real(version, path, st);
}

ssize_t
readlink(const char *path, char *out, size_t size)
{
	ssize_t	(*real)(const char *, char *, size_t);
	size_t	 n = strlen(WHERE);

	if (strncmp(path, SYSFS, strlen(SYSFS)) == 0) {
		n = n < size ? n : size;
		memcpy(out, WHERE, n);
		return (ssize_t)n;
	}
	*(void **)&real = dlsym(RTLD_NEXT, "readlink");
	return real(path, out, size);
}

int
ioctl(int fd, unsigned long request, ...)
{
	int		(*real)(int, unsigned long, void *);
	const char	*carrier = getenv("TTYSHIM_CARRIER");
	va_list		 ap;
	void		*arg;

	va_start(ap, request);
	arg = va_arg(ap, void *);
	va_end(ap);
	if (isatty(fd) != 0) {
		switch (request) {
		case TIOCMGET:
			*(int *)arg = TIOCM_DSR | TIOCM_CTS;
			if (carrier == NULL || access(carrier, F_OK) == 0) {
				*(int *)arg |= TIOCM_CAR;
			}
			return 0;
		case TIOCMSET:
		case TIOCMBIS:
		case TIOCMBIC:
		/* A pty keeps its exclusion as long as the far end is open. */
		case TIOCEXCL:
		case TIOCNXCL:
			return 0;
		default:
			break;
		}
	}
	*(void **)&real = dlsym(RTLD_NEXT, "ioctl");
	return real(fd, request, arg);
}
