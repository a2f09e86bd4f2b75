/* SPDX-License-Identifier: ISC */
/* fork, drop, exec: everything between is listed here and nowhere else. */
#include "door/spawn.h"

#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <libgen.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"

#ifndef LIBEXECDIR
#define LIBEXECDIR	"/usr/libexec/comptoir"
#endif

static int
identity_fill(const struct passwd *pw, struct identity *out)
{
	out->uid = pw->pw_uid;
	out->gid = pw->pw_gid;
	out->ngroups = SPAWN_GROUPS;
	if (!str_copy(out->name, sizeof(out->name), pw->pw_name)) {
		return err_set(ERR_TOO_LONG, _("user name too long"));
	}
	if (getgrouplist(pw->pw_name, pw->pw_gid, out->groups,
	    &out->ngroups) < 0) {
		return err_set(ERR_RANGE, _("%s is in more than %d groups"),
		    out->name, SPAWN_GROUPS);
	}
	return 0;
}

int
identity_of_name(const char *name, struct identity *out)
{
	const struct passwd	*pw = getpwnam(name);

	*out = (struct identity){ 0 };
	if (pw == NULL) {
		return err_set(ERR_NOT_FOUND, _("no Unix user %.32s"), name);
	}
	return identity_fill(pw, out);
}

int
identity_of_uid(uid_t uid, struct identity *out)
{
	const struct passwd	*pw = getpwuid(uid);

	*out = (struct identity){ 0 };
	if (pw == NULL) {
		return err_set(ERR_NOT_FOUND,
		    _("no Unix user has the number %u"), (unsigned)uid);
	}
	return identity_fill(pw, out);
}

int
identity_take(const struct identity *who)
{
	if (who != NULL && geteuid() == 0) {
		if (setgroups((size_t)who->ngroups, who->groups) != 0 ||
		    setresgid(who->gid, who->gid, who->gid) != 0 ||
		    setresuid(who->uid, who->uid, who->uid) != 0) {
			return err_sys(ERR_SYSTEM, _("cannot become %s"),
			    who->name);
		}
		if (who->uid != 0 && (setuid(0) == 0 || seteuid(0) == 0)) {
			return err_set(ERR_SYSTEM, _("%s could be root again"),
			    who->name);
		}
	}
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
		return err_sys(ERR_SYSTEM, _("cannot give up new privileges"));
	}
	return 0;
}

int
spawn_find(const char *program, char path[static PATH_MAX])
{
	static const char *const others[] = { LIBEXECDIR, "/usr/bin",
	    "/usr/sbin" };
	char		self[PATH_MAX];
	ssize_t		n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (n > 0) {
		self[n] = '\0';
		if (str_fmt(path, PATH_MAX, "%s/%s", dirname(self), program) &&
		    access(path, X_OK) == 0) {
			return 0;
		}
	}
	for (size_t i = 0; i < NELEM(others); i++) {
		if (str_fmt(path, PATH_MAX, "%s/%s", others[i], program) &&
		    access(path, X_OK) == 0) {
			return 0;
		}
	}
	return err_set(ERR_NOT_FOUND, _("%s is not installed beside comptoird"),
	    program);
}

/* fd[i] becomes i; first all out of the way, so that none is overwritten. */
static bool
spawn_fds(const struct spawn *spawn)
{
	int	high[SPAWN_FDS], null = -1;

	for (size_t i = 0; i < spawn->nfds; i++) {
		int	from = spawn->fd[i];

		if (from < 0 && null < 0 &&
		    (null = open("/dev/null", O_RDWR | O_CLOEXEC)) < 0) {
			return false;
		}
		high[i] = fcntl(from < 0 ? null : from, F_DUPFD_CLOEXEC, 64);
		if (high[i] < 0) {
			return false;
		}
	}
	for (size_t i = 0; i < spawn->nfds; i++) {
		if (dup2(high[i], (int)i) < 0) {
			return false;
		}
	}
	/* Our log stays open until exec has worked. */
	return close_range((unsigned)spawn->nfds, ~0U,
	    CLOSE_RANGE_CLOEXEC) == 0;
}

static void
spawn_signals(void)
{
	sigset_t	none;

	for (int sig = 1; sig < NSIG; sig++) {
		(void)signal(sig, SIG_DFL);
	}
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

static NORETURN void
spawn_child(const struct spawn *spawn, pid_t parent)
{
	const struct rlimit	no_core = { 0, 0 };
	int			r;

	spawn_signals();
	(void)setsid();
	(void)umask(027);
	(void)setrlimit(RLIMIT_CORE, &no_core);
	if (!spawn_fds(spawn)) {
		log_error("%s: cannot place its descriptors", spawn->path);
		_exit(71);
	}
	if (spawn->tty && ioctl(0, TIOCSCTTY, 0) != 0) {
		log_error("%s: no controlling terminal: %s", spawn->path,
		    strerror(errno));
		_exit(71);
	}
	if (!spawn->locks_itself && (r = identity_take(spawn->who)) != 0) {
		log_err(r, "%s", spawn->path);
		_exit(71);
	}
	/* After the identity: changing that clears it. */
	if (spawn->death_signal != 0) {
		(void)prctl(PR_SET_PDEATHSIG, spawn->death_signal, 0, 0, 0);
		if (getppid() != parent) {
			_exit(71);
		}
	}
	if (chdir("/") != 0) {
		_exit(71);
	}
	(void)execve(spawn->path, spawn->argv,
	    spawn->env != NULL ? spawn->env : environ);
	log_error("%s: %s", spawn->path, strerror(errno));
	_exit(71);
}

int
spawn_start(const struct spawn *spawn, pid_t *pid)
{
	pid_t	parent = getpid();

	*pid = fork();
	if (*pid < 0) {
		*pid = 0;
		return err_sys(ERR_SYSTEM, _("cannot start %s"), spawn->path);
	}
	if (*pid == 0) {
		spawn_child(spawn, parent);
	}
	return 0;
}
