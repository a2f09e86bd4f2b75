/* SPDX-License-Identifier: ISC */
/* comptoird from start to stop: open the shop, answer, reload, close. */
#include "door/server.h"

#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"

#define STOP_LOOK_MS	50	/* between looks whether all have ended */
#define STOP_KILL_MS	3000	/* after the patience: for all the rest */

/* The directory is its owner's: a link in it must not lead root anywhere. */
static void
server_as_owner(const struct server *server, bool on)
{
	int	saved = errno;

	if (server->drop != NULL) {
		if (on ? setegid(server->drop->gid) != 0 ||
		    seteuid(server->drop->uid) != 0 :
		    seteuid(0) != 0 || setegid(0) != 0) {
			fatal("cannot change between root and %s",
			    server->drop->name);
		}
	}
	errno = saved;
}

int
server_open(const struct server *server, const char *name, int flags,
    mode_t mode)
{
	char	path[PATH_MAX];
	int	fd;

	if (!str_fmt(path, sizeof(path), "%s/%s", server->shop, name)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	server_as_owner(server, true);
	fd = open(path, flags | O_CLOEXEC | O_NOFOLLOW, mode);
	server_as_owner(server, false);
	return fd;
}

void
server_unlink(const struct server *server, const char *name)
{
	char	path[PATH_MAX];

	if (str_fmt(path, sizeof(path), "%s/%s", server->shop, name)) {
		server_as_owner(server, true);
		(void)unlink(path);
		server_as_owner(server, false);
	}
}

static int
server_conf(const struct server *server, struct conf *conf)
{
	int	r;

	server_as_owner(server, true);
	r = conf_load(conf, server->shop);
	server_as_owner(server, false);
	return r;
}

/* Each connection takes two descriptors here, and 1024 are soon gone. */
static void
server_descriptors(void)
{
	struct rlimit	limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &limit);
	}
}

/* ---- starting ---- */

static int
server_find_user(struct server *server)
{
	const char	*user;
	struct stat	 st;
	int		 r;

	server->root = geteuid() == 0;
	if (!server->root) {
		log_info("not root: sessions, doors and printing run as this "
		    "user");
		return server_conf(server, &server->conf);
	}
	if (stat(server->shop, &st) != 0) {
		return err_sys(ERR_NOT_FOUND, _("no shop in %s"),
		    server->shop);
	}
	if ((r = identity_of_uid(st.st_uid, &server->who)) != 0) {
		return r;
	}
	server->drop = &server->who;
	if ((r = server_conf(server, &server->conf)) != 0) {
		return r;
	}
	user = conf_text(&server->conf, CONF_USER);
	if (user[0] != '\0' && strcmp(user, server->who.name) != 0) {
		return err_set(ERR_CONFIG,
		    _("%s belongs to %s and not to %s; chown it or change "
		    "user in shop.conf"), server->shop, server->who.name,
		    user);
	}
	if (server->who.uid == 0) {
		log_warn("%s belongs to root: sessions run as root; better "
		    "give it to a user of its own", server->shop);
	}
	return 0;
}

static int
server_make_dirs(const struct server *server)
{
	static const struct {
		const char	*name;
		mode_t		 mode;
	} dirs[] = { { "run", 0750 }, { "log", 0750 }, { "keys", 0700 } };

	for (size_t i = 0; i < NELEM(dirs); i++) {
		char	path[PATH_MAX];
		int	r;

		if (!str_fmt(path, sizeof(path), "%s/%s", server->shop,
		    dirs[i].name)) {
			return err_set(ERR_TOO_LONG, _("path too long"));
		}
		server_as_owner(server, true);
		r = mkdir(path, dirs[i].mode);
		server_as_owner(server, false);
		if (r != 0 && errno != EEXIST) {
			return err_sys(ERR_READONLY, _("cannot make %s"),
			    path);
		}
	}
	return 0;
}

/* One comptoird a shop: the file is locked as long as it runs. */
static int
server_lock(struct server *server)
{
	char	text[32] = "";
	ssize_t	n;

	server->lock = server_open(server, "run/comptoird.pid",
	    O_RDWR | O_CREAT, 0644);
	if (server->lock < 0) {
		return err_sys(ERR_READONLY, _("cannot write %s/run"),
		    server->shop);
	}
	if (flock(server->lock, LOCK_EX | LOCK_NB) != 0) {
		n = pread(server->lock, text, sizeof(text) - 1, 0);
		text[n > 0 ? strspn(text, "0123456789") : 0] = '\0';
		return err_set(ERR_EXISTS,
		    _("comptoird runs already for this shop (process %s)"),
		    text);
	}
	(void)str_fmt(text, sizeof(text), "%d\n", (int)getpid());
	if (ftruncate(server->lock, 0) != 0) {
		return err_sys(ERR_IO, _("cannot write run/comptoird.pid"));
	}
	return io_write_all(server->lock, text, strlen(text));
}

static int
server_programs(struct server *server)
{
	char	path[PATH_MAX];
	int	r;

	if (!str_fmt(path, sizeof(path), "%s/shop.db", server->shop) ||
	    access(path, F_OK) != 0) {
		return err_set(ERR_NOT_FOUND,
		    _("no shop in %s; comptoir init makes one"),
		    server->shop);
	}
	if ((r = spawn_find("comptoir", server->comptoir)) != 0 ||
	    (r = spawn_find("comptoir-ssh", server->ssh)) != 0 ||
	    (r = spawn_find("comptoir-line", server->line)) != 0 ||
	    (r = spawn_find("comptoir-spool", server->spool)) != 0) {
		return r;
	}
	return 0;
}

static void
server_limits(struct server *server)
{
	enum log_level	level;

	guard_limits(server->guard,
	    conf_number(&server->conf, CONF_WAITING_PER_ADDRESS),
	    conf_number(&server->conf, CONF_WAITING));
	if (log_level_find(conf_text(&server->conf, CONF_LOG), &level) == 0) {
		log_set_level(level);
	}
	conf_set_zone(&server->conf);
}

void
server_opened(struct server *server)
{
	int	r;

	if ((r = mother_keys(server)) != 0 ||
	    (r = listen_change(server)) != 0) {
		server_stop(server, r);
		return;
	}
	listen_accept(server, false);	/* until comptoir-ssh says HELLO */
	mother_start(server);
	server->opened(server);
}

static int
server_worker(void *ctx, pid_t *pid, int *fd)
{
	return keep_worker_start(ctx, "auth", pid, fd);
}

/* ---- signals ---- */

static void
server_reload(struct server *server)
{
	struct conf	fresh;
	int		r;

	log_info("reading shop.conf again");
	if ((r = server_conf(server, &fresh)) != 0) {
		log_err(r, "the old settings stay");
		conf_done(&fresh);
		return;
	}
	conf_done(&server->conf);
	server->conf = fresh;
	server_limits(server);
	if ((r = listen_change(server)) != 0) {
		log_err(r, "listening as before");
	}
	/* Fresh host keys, fresh rows; sessions stay as they are. */
	service_renew(&server->mother);
	service_renew(&server->keep);
}

static void
server_signalled(void *ctx, int sig)
{
	struct server	*server = ctx;

	if (sig != SIGHUP) {
		server_stop(server, 0);
	} else if (server->keep_ready && !server->stopping) {
		server_reload(server);
	}
}

/* ---- stopping ---- */

static void
server_look(void *ctx)
{
	struct server	*server = ctx;
	int64_t		 late = clock_boot_ms() - server->stop_at;
	bool		 sessions = entry_sessions(server) > 0;

	if (!sessions || late >= 0) {
		/* Nobody is left to hurt: lines and connections go too. */
		keep_stop_devices(server);
		service_stop(&server->mother);
	}
	if (late >= 0) {
		entry_kill_all(server);
	}
	if (late >= STOP_KILL_MS / 2) {
		keep_kill_devices(server, SIGKILL);
		workers_kill(server->workers, SIGKILL);
		service_kill(&server->keep, SIGKILL);
		service_kill(&server->mother, SIGKILL);
	}
	if (!loop_has_children() || late >= STOP_KILL_MS) {
		loop_stop(server->loop);
		return;
	}
	loop_after(server->loop, &server->stop_timer, STOP_LOOK_MS);
}

void
server_stop(struct server *server, int result)
{
	if (server->stopping) {
		return;
	}
	log_info("closing the shop");
	server->stopping = true;
	server->result = result;
	server->stop_at = clock_boot_ms() +
	    1000 * conf_number(&server->conf, CONF_STOP_SECONDS);
	listen_close(server);
	entry_stop_all(server);
	workers_stop(server->workers);
	service_stop(&server->keep);
	for (struct device *d = server->devices; d != NULL; d = d->next) {
		/* Printing stops now; a line when its session has ended. */
		if (!d->is_line) {
			service_kill(&d->service, SIGTERM);
		}
	}
	server->stop_timer.fired = server_look;
	server->stop_timer.ctx = server;
	loop_after(server->loop, &server->stop_timer, 0);
}

static void
server_done(struct server *server)
{
	listen_close(server);
	guard_free(server->guard);
	workers_free(server->workers);
	loop_free(server->loop);
	if (server->lock >= 0) {
		server_unlink(server, "run/comptoird.pid");
		(void)close(server->lock);
	}
	conf_done(&server->conf);
}

int
server_run(struct server *server)
{
	int	r, log;

	server->lock = -1;
	server->mother_source.fd = server->keep_source.fd = -1;
	if ((r = server_programs(server)) != 0 ||
	    (r = server_find_user(server)) != 0 ||
	    (r = server_make_dirs(server)) != 0 ||
	    (r = server_lock(server)) != 0 ||
	    (r = loop_new(&server->loop, server_signalled, server)) != 0) {
		goto out;
	}
	server_descriptors();
	/* Orphans of a killed comptoir-ssh come to us, to be reaped. */
	(void)prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	log = server_open(server, "log/logins", O_WRONLY | O_CREAT | O_APPEND,
	    0640);
	server->guard = guard_new(server->loop, log);
	server->workers = workers_new(server->loop, server_worker, server);
	server_limits(server);
	if ((r = listen_open(server)) != 0) {
		goto out;
	}
	keep_start(server);
	loop_run(server->loop);
	r = server->result;
out:
	server_done(server);
	return r;
}
