/* SPDX-License-Identifier: ISC */
/* A disk that turns read-only while a program runs: once the file $RODISK is
 * there, nothing is written to any file any more. */
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static int
rodisk_now(void)
{
	const char	*flag = getenv("RODISK");

	return flag != NULL && access(flag, F_OK) == 0;
}

ssize_t
pwrite64(int fd, const void *data, size_t n, off64_t at)
{
	ssize_t	(*real)(int, const void *, size_t, off64_t);

	if (rodisk_now()) {
		errno = EROFS;
		return -1;
	}
	*(void **)&real = dlsym(RTLD_NEXT, "pwrite64");
	return real(fd, data, n, at);
}

ssize_t
pwrite(int fd, const void *data, size_t n, off_t at)
{
	return pwrite64(fd, data, n, at);
}
