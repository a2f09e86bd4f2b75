/* SPDX-License-Identifier: ISC */
/* The one place where a door's words become a process's arguments and
 * environment: a fixed list, nothing else of the client gets through. */
#include "door/session.h"

#include <sys/ioctl.h>

#include <ctype.h>
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"
#include "door/words.h"

#define ENV_MAX		10

static bool
session_only(const char *s, const char *others)
{
	for (; *s != '\0'; s++) {
		if (!isascii((unsigned char)*s) ||
		    (!isalnum((unsigned char)*s) &&
		    strchr(others, *s) == NULL)) {
			return false;
		}
	}
	return true;
}

void
session_clean_term(char *term)
{
	if (term[0] == '\0' || !session_only(term, "+._-")) {
		memcpy(term, "dumb", sizeof("dumb"));
	}
}

void
session_clean_lang(char *lang)
{
	if (!session_only(lang, "+._@-")) {
		lang[0] = '\0';
	}
}

const char *
session_charset(const char *lang)
{
	static const struct {
		const char	*codeset, *charset;
	} known[] = {
		{ "UTF-8", "utf8" },
		{ "utf8", "utf8" },
		{ "ISO-8859-15", "latin9" },
		{ "ISO8859-15", "latin9" },
		{ "ISO-8859-1", "latin1" },
		{ "ISO8859-1", "latin1" },
	};
	const char	*dot = strchr(lang, '.');

	for (size_t i = 0; dot != NULL && i < NELEM(known); i++) {
		size_t	n = strlen(known[i].codeset);

		if (strncasecmp(dot + 1, known[i].codeset, n) == 0 &&
		    (dot[1 + n] == '\0' || dot[1 + n] == '@')) {
			return known[i].charset;
		}
	}
	if (strstr(lang, "@euro") != NULL) {
		return "latin9";
	}
	return "";
}

static void
session_env_add(char **env, size_t *n, const char *name, const char *value)
{
	if (value != NULL && value[0] != '\0' && *n < ENV_MAX) {
		env[(*n)++] = xasprintf("%s=%s", name, value);
	}
}

static char **
session_env(const struct session_want *want)
{
	char	**env = xcalloc(ENV_MAX + 1, sizeof(*env)), number[16];
	size_t	  n = 0;

	session_env_add(env, &n, "PATH", "/usr/bin:/bin");
	session_env_add(env, &n, "TZ", getenv("TZ"));
	session_env_add(env, &n, "LANG", want->lang);
	session_env_add(env, &n, "COMPTOIR_CHARSET",
	    want->charset != NULL ? want->charset :
	    session_charset(want->lang));
	if (want->on != SESSION_PIPES) {
		session_env_add(env, &n, "TERM", want->term);
	}
	if (want->on == SESSION_LINE) {
		/* A line has no size of its own. */
		(void)str_fmt(number, sizeof(number), "%u", want->columns);
		session_env_add(env, &n, "COLUMNS", number);
		(void)str_fmt(number, sizeof(number), "%u", want->rows);
		session_env_add(env, &n, "LINES", number);
	}
	return env;
}

static void
session_env_free(char **env)
{
	for (size_t i = 0; env[i] != NULL; i++) {
		free(env[i]);
	}
	free(env);
}

static void
session_close(int *fd)
{
	if (*fd >= 0) {
		(void)close(*fd);
		*fd = -1;
	}
}

static int
session_cloexec(int fd, bool nonblock)
{
	int	flags = nonblock ? fcntl(fd, F_GETFL) : 0;

	if (fcntl(fd, F_SETFD, FD_CLOEXEC) != 0 || flags < 0 ||
	    (nonblock && fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0)) {
		return err_sys(ERR_SYSTEM, _("cannot set up a descriptor"));
	}
	return 0;
}

/*
 * A screen starts on a terminal that already keeps every byte as it comes:
 * what is typed before comptoir has taken over is neither echoed, nor cut at
 * 4095 characters, nor does CR LF become two ends of a line.
 */
static void
session_raw(struct termios *t)
{
	t->c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR | IXON | ISTRIP);
	t->c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG | IEXTEN);
	t->c_cc[VMIN] = 1;
	t->c_cc[VTIME] = 0;
}

/* A terminal pair; the child gets three times the slave. */
static int
session_pty(const struct session_want *want, const struct identity *who,
    int mine[static 3], int its[static 3])
{
	struct winsize	size = {
		.ws_row = (unsigned short)want->rows,
		.ws_col = (unsigned short)want->columns,
	};
	struct termios	t;
	int		r;

	if (openpty(&mine[0], &its[0], NULL, NULL, &size) != 0) {
		return err_sys(ERR_SYSTEM, _("no terminal is free"));
	}
	if ((r = session_cloexec(mine[0], true)) != 0 ||
	    (r = session_cloexec(its[0], false)) != 0) {
		return r;
	}
	if (who != NULL && (fchown(its[0], who->uid, (gid_t)-1) != 0 ||
	    fchmod(its[0], 0600) != 0)) {
		return err_sys(ERR_SYSTEM, _("cannot give the terminal to %s"),
		    who->name);
	}
	/* A command that asks something wants to see lines, edited. */
	if (want->command[0] == '\0' && tcgetattr(its[0], &t) == 0) {
		session_raw(&t);
		(void)tcsetattr(its[0], TCSANOW, &t);
	}
	its[1] = its[2] = its[0];
	return 0;
}

static int
session_pipes(int mine[static 3], int its[static 3])
{
	for (size_t i = 0; i < 3; i++) {
		int	p[2], r;

		if (pipe2(p, O_CLOEXEC) != 0) {
			return err_sys(ERR_SYSTEM, _("no pipe is free"));
		}
		/* Of the first the door writes, of the others it reads. */
		mine[i] = p[i == 0 ? 1 : 0];
		its[i] = p[i == 0 ? 0 : 1];
		if ((r = session_cloexec(mine[i], true)) != 0) {
			return r;
		}
	}
	return 0;
}

static int
session_exec(const char *path, const char *shop, const struct identity *who,
    const struct session_want *want, char **words, size_t nwords,
    const int its[static 3], pid_t *pid)
{
	char		 user[24], terminal[24];
	const char	*fixed[] = { "comptoir", "-s", shop, "--door",
			    want->on == SESSION_LINE ? "line" : "ssh",
			    "--user", user, "--terminal", terminal, "--from",
			    want->from, "--" };
	const char	*argv[NELEM(fixed) + WORDS_MAX + 1];
	char		**env = session_env(want);
	struct spawn	 spawn = {
		.path = path,
		.argv = (char *const *)(uintptr_t)argv,
		.env = env,
		.who = who,
		.fd = { its[0], its[1], its[2] },
		.nfds = 3,
		.tty = want->on != SESSION_PIPES,
		/* The tty may outlive comptoird, the session must not. */
		.death_signal = SIGHUP,
	};
	int		 r;

	(void)str_fmt(user, sizeof(user), "%lld", (long long)want->user);
	(void)str_fmt(terminal, sizeof(terminal), "%lld",
	    (long long)want->terminal);
	memcpy(argv, fixed, sizeof(fixed));
	for (size_t i = 0; i < nwords; i++) {
		argv[NELEM(fixed) + i] = words[i];
	}
	argv[NELEM(fixed) + nwords] = NULL;
	r = spawn_start(&spawn, pid);
	session_env_free(env);
	return r;
}

int
session_start(const char *path, const char *shop, const struct identity *who,
    const struct session_want *want, pid_t *pid, int fds[static 3],
    size_t *nfds)
{
	int	  its[3] = { -1, -1, -1 }, r;
	char	**words = NULL;
	size_t	  nwords = 0;

	*pid = 0;
	*nfds = 0;
	fds[0] = fds[1] = fds[2] = -1;
	if ((r = words_split(want->command, &words, &nwords)) != 0) {
		return r;
	}
	switch (want->on) {
	case SESSION_TTY:
		r = session_pty(want, who, fds, its);
		*nfds = 1;
		break;
	case SESSION_PIPES:
		r = session_pipes(fds, its);
		*nfds = 3;
		break;
	case SESSION_LINE:
		its[0] = its[1] = its[2] = want->tty;
		break;
	}
	if (r == 0) {
		r = session_exec(path, shop, who, want, words, nwords, its,
		    pid);
	}
	free(words);
	if (want->on == SESSION_PIPES) {
		session_close(&its[0]);
		session_close(&its[1]);
		session_close(&its[2]);
	} else if (want->on == SESSION_TTY) {
		session_close(&its[0]);
	}
	if (r != 0) {
		session_close(&fds[0]);
		session_close(&fds[1]);
		session_close(&fds[2]);
		*nfds = 0;
	}
	return r;
}
