/* SPDX-License-Identifier: ISC */
/*
 * What code running inside comptoir-ssh could do: this program locks itself
 * in with the same two functions, as the process that forks or as a
 * connection, and then tries one thing.
 *	lockprobe host|connection THING [PATH]
 * Says "did it" when the thing worked; the kernel kills it otherwise.
 */
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "door/lock.h"

static bool
try(const char *what, const char *path)
{
	if (strcmp(what, "nothing") == 0) {
		return true;
	}
	if (strcmp(what, "open") == 0) {
		return open(path, O_RDONLY) >= 0;
	}
	if (strcmp(what, "socket") == 0) {
		return socket(AF_INET, SOCK_STREAM, 0) >= 0;
	}
	if (strcmp(what, "kill") == 0) {
		return kill(getppid(), 0) == 0;
	}
	if (strcmp(what, "ptrace") == 0) {
		return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0;
	}
	if (strcmp(what, "exec") == 0) {
		return execl(path, path, (char *)NULL) == 0;
	}
	if (strcmp(what, "fork") == 0) {
		return fork() >= 0;
	}
	if (strcmp(what, "sticky") == 0) {
		/* Typing into another's terminal. */
		return ioctl(0, TIOCSTI, "x") == 0;
	}
	if (strcmp(what, "code") == 0) {
		return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
	}
	if (strcmp(what, "root") == 0) {
		return setuid(0) == 0;
	}
	return false;
}

int
main(int argc, char **argv)
{
	static const char	did[] = "did it\n";
	char			who[64];
	int			n;

	if (argc < 3) {
		return 2;
	}
	log_open("lockprobe", LOG_LEVEL_ERROR);
	if (lock_identity() != 0) {
		return 2;
	}
	n = snprintf(who, sizeof(who), "uid %u\n", (unsigned)getuid());
	if (write(1, who, (size_t)n) != n || lock_calls(true) != 0 ||
	    (strcmp(argv[1], "connection") == 0 && lock_calls(false) != 0)) {
		return 2;
	}
	if (try(argv[2], argc > 3 ? argv[3] : "/etc/passwd")) {
		return write(1, did, sizeof(did) - 1) < 0;
	}
	return 1;
}
