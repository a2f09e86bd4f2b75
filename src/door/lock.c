/* SPDX-License-Identifier: ISC */
/* Own user, empty root, few system calls. */
#include "door/lock.h"

#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <linux/sockios.h>

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"
#include "door/spawn.h"

#define DOOR_USER	"comptoir-ssh"

/* A directory that is removed while we are in it: nothing can be made there,
 * and nothing is left behind. */
static int
lock_root(void)
{
	char	dir[] = "/tmp/comptoir-ssh.XXXXXX";

	if (mkdtemp(dir) == NULL) {
		return err_sys(ERR_SYSTEM, _("no empty directory in /tmp"));
	}
	if (chdir(dir) != 0 || rmdir(dir) != 0 || chroot(".") != 0) {
		(void)rmdir(dir);
		return err_sys(ERR_SYSTEM, _("cannot take an empty root"));
	}
	return 0;
}

int
lock_identity(void)
{
	const struct rlimit	none = { 0, 0 }, few = { 64, 64 };
	struct identity		who;
	int			r;

	if (geteuid() == 0) {
		if (identity_of_name(DOOR_USER, &who) != 0) {
			if ((r = identity_of_name("nobody", &who)) != 0) {
				return r;
			}
			log_info("no Unix user " DOOR_USER
			    ": connections run as nobody");
		}
		/* Of its groups it needs none. */
		who.ngroups = 0;
		if ((r = lock_root()) != 0 || (r = identity_take(&who)) != 0) {
			return r;
		}
	} else {
		log_info("not root: connections keep this user and see its "
		    "files; system calls are limited all the same");
		if ((r = identity_take(NULL)) != 0) {
			return r;
		}
	}
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 ||
	    setrlimit(RLIMIT_CORE, &none) != 0 ||
	    setrlimit(RLIMIT_NOFILE, &few) != 0) {
		return err_sys(ERR_SYSTEM, _("cannot limit comptoir-ssh"));
	}
	return 0;
}

/* What a connection does with its three kinds of descriptors, and what libc
 * and the cryptography do by themselves. */
static const int lock_plain[] = {
	SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(sendto), SCMP_SYS(recvfrom),
	SCMP_SYS(recvmsg), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(close),
	SCMP_SYS(shutdown), SCMP_SYS(getsockopt), SCMP_SYS(setsockopt),
	SCMP_SYS(getpeername), SCMP_SYS(getsockname),
	SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
	SCMP_SYS(getrandom), SCMP_SYS(futex), SCMP_SYS(getpid),
	SCMP_SYS(gettid), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
	SCMP_SYS(time), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep),
	SCMP_SYS(alarm), SCMP_SYS(setitimer), SCMP_SYS(getrusage),
	SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(restart_syscall),
	SCMP_SYS(sched_yield), SCMP_SYS(exit), SCMP_SYS(exit_group),
};

/* The one that forks does this too; it never reads from the network. */
static const int lock_fork[] = {
	SCMP_SYS(clone), SCMP_SYS(wait4), SCMP_SYS(set_robust_list),
	SCMP_SYS(rseq), SCMP_SYS(prctl), SCMP_SYS(seccomp),
	SCMP_SYS(set_tid_address),
};

static const unsigned long lock_ioctls[] = {
	TIOCSWINSZ,		/* the client's window */
	SIOCOUTQ,		/* how much the client has not taken */
	FIONREAD, FIONBIO,
};

static const int lock_fcntls[] = { F_GETFL, F_SETFL, F_GETFD, F_SETFD };

static int
lock_add(scmp_filter_ctx ctx, bool forks)
{
	int	r = 0;

	for (size_t i = 0; r == 0 && i < NELEM(lock_plain); i++) {
		r = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, lock_plain[i], 0);
	}
	for (size_t i = 0; forks && r == 0 && i < NELEM(lock_fork); i++) {
		r = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, lock_fork[i], 0);
	}
	for (size_t i = 0; r == 0 && i < NELEM(lock_ioctls); i++) {
		r = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1,
		    SCMP_A1(SCMP_CMP_EQ, lock_ioctls[i]));
	}
	for (size_t i = 0; r == 0 && i < NELEM(lock_fcntls); i++) {
		r = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
		    SCMP_A1(SCMP_CMP_EQ, (scmp_datum_t)lock_fcntls[i]));
	}
	/* Memory yes, code no. */
	if (r == 0) {
		r = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
		    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	}
	if (r == 0) {
		r = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mprotect),
		    1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	}
	/* libc asks what kind of file standard error is: it is told no. */
	if (r == 0) {
		r = seccomp_rule_add(ctx, SCMP_ACT_ERRNO(ENOSYS),
		    SCMP_SYS(newfstatat), 0);
	}
	return r;
}

int
lock_calls(bool forks)
{
	scmp_filter_ctx	ctx = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int		r = ctx == NULL ? -ENOMEM : lock_add(ctx, forks);

	if (r == 0) {
		r = seccomp_load(ctx);
	}
	if (ctx != NULL) {
		seccomp_release(ctx);
	}
	if (r != 0) {
		errno = -r;
		return err_sys(ERR_SYSTEM, _("cannot limit system calls"));
	}
	return 0;
}
