/* SPDX-License-Identifier: ISC */
/* What ails a server, and the cure beside it. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/magic.h>
#include <netdb.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/conf.h"
#include "base/mem.h"
#include "shop/auth.h"
#include "shop/init.h"
#include "shop/journal.h"
#include "shop/print.h"
#include "shop/user.h"
#include "sql/journal.h"

#define HOUR_MS		INT64_C(3600000)
#define INOTIFY_WANTED	1024		/* sessions of one Unix user */
#define WAL_WARN	(INT64_C(64) << 20)
#define CLOCK_SANE	INT64_C(1767225600000)	/* 2026-01-01 */

struct doctor {
	const char	*dir;
	struct shop	*shop;
	void		 (*fn)(void *ctx, const char *what,
			    enum doctor_state state, const char *finding,
			    const char *cure);
	void		*ctx;
};

static void
tell(const struct doctor *d, const char *what, enum doctor_state state,
    const char *cure, const char *fmt, ...) PRINTF(5, 6);

static void
tell(const struct doctor *d, const char *what, enum doctor_state state,
    const char *cure, const char *fmt, ...)
{
	char	text[256];
	va_list	ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	d->fn(d->ctx, what, state, text, state == DOCTOR_OK ? "" : cure);
}

/* --- the machine --------------------------------------------------------- */

static int64_t
doctor_number(const char *path)
{
	struct buf	text = { 0 };
	int64_t		n = -1;

	if (io_read_file(path, 4096, &text) == 0) {
		n = strtoll(buf_text(&text), NULL, 10);
	}
	buf_done(&text);
	return n;
}

static void
doctor_inotify(const struct doctor *d)
{
	int64_t	most = doctor_number("/proc/sys/fs/inotify/"
		    "max_user_instances");
	int	fd = inotify_init1(IN_CLOEXEC);

	if (fd < 0) {
		tell(d, N_("inotify"), DOCTOR_WARN, _("sysctl "
		    "fs.inotify.max_user_instances=4096"), _("none left: "
		    "screens hear of news late, by asking"));
		return;
	}
	(void)close(fd);
	tell(d, N_("inotify"), most < INOTIFY_WANTED ? DOCTOR_WARN : DOCTOR_OK,
	    _("sysctl fs.inotify.max_user_instances=4096, and a file in "
	    "/etc/sysctl.d"), ngettext("%lld session can listen at once",
	    "%lld sessions can listen at once", (unsigned long)most),
	    (long long)most);
}

static bool
doctor_in_group(const char *name)
{
	const struct group	*g = getgrnam(name);
	gid_t			 groups[128];
	int			 n = getgroups(NELEM(groups), groups);

	if (g == NULL || geteuid() == 0) {
		return true;
	}
	for (int i = 0; i < n; i++) {
		if (groups[i] == g->gr_gid) {
			return true;
		}
	}
	return getegid() == g->gr_gid;
}

static int
doctor_line(void *ctx, const struct line_row *line)
{
	const struct doctor	*d = ctx;

	if (!line->active) {
		return 0;
	}
	if (access(line->device, F_OK) != 0) {
		tell(d, N_("line"), DOCTOR_WARN,
		    _("plug it in, or comptoir line "
		    "set NAME device PATH"), _("%s: %s is not there"),
		    line->name, line->device);
	} else {
		bool	may = access(line->device, R_OK | W_OK) == 0;

		tell(d, N_("line"), may ? DOCTOR_OK : DOCTOR_BAD,
		    _("add the shop's user to the group dialout"), may ?
		    _("%s: %s can be opened") : _("%s: no right to open %s"),
		    line->name, line->device);
	}
	return 0;
}

static void
doctor_groups(const struct doctor *d)
{
	bool	fine = doctor_in_group("dialout");

	tell(d, N_("group"), fine ? DOCTOR_OK : DOCTOR_WARN,
	    _("usermod -aG dialout USER, then sign in again (serial lines "
	    "only)"), "%s", fine ? _("serial ports may be opened") :
	    _("not in the group dialout"));
}

static void
doctor_disk(const struct doctor *d)
{
	struct statvfs	fs;
	int64_t		free_mb;
	int		warn = d->shop == NULL ? 500 :
			    d->shop->set.disk_warn_mb;

	if (statvfs(d->dir, &fs) != 0) {
		tell(d, N_("disk"), DOCTOR_BAD, _("look at the disk"), "%s",
		    strerror(errno));
		return;
	}
	free_mb = (int64_t)(fs.f_bavail * fs.f_frsize >> 20);
	tell(d, N_("disk"), free_mb < 50 ? DOCTOR_BAD : free_mb < warn ?
	    DOCTOR_WARN : DOCTOR_OK, _("free some space; old backups first"),
	    _("%lld MB free"), (long long)free_mb);
	if ((fs.f_flag & ST_RDONLY) != 0) {
		tell(d, N_("disk"), DOCTOR_BAD, _("mount it for writing"), "%s",
		    _("mounted read-only"));
	}
}

/* What a shop must not lie on; a network is refused when it is opened. */
static void
doctor_place(const struct doctor *d)
{
	struct statfs	fs;
	struct stat	st;

	if (statfs(d->dir, &fs) == 0) {
		bool	memory = fs.f_type == TMPFS_MAGIC ||
		    fs.f_type == RAMFS_MAGIC;

		tell(d, N_("file system"), memory ? DOCTOR_WARN : DOCTOR_OK,
		    _("move the shop to a disk"), "%s", memory ?
		    _("it is in memory: a power cut takes it away") :
		    _("a local disk"));
	}
	if (stat(d->dir, &st) == 0) {
		tell(d, N_("user"), st.st_uid == 0 ? DOCTOR_WARN : DOCTOR_OK,
		    _("adduser --system comptoir, then chown -R comptoir the "
		    "shop"), "%s", st.st_uid == 0 ?
		    _("the shop is root's: every session runs as root") :
		    _("the shop has a user of its own"));
	}
}

/* The reserve a full disk closes the day with. */
static void
doctor_reserve(const struct doctor *d)
{
	char		*path = xasprintf("%s/ballast", d->dir);
	struct stat	 st;
	bool		 there = stat(path, &st) == 0 && st.st_blocks > 0;

	tell(d, N_("reserve"), there ? DOCTOR_OK : DOCTOR_WARN,
	    _("free some space: comptoird takes it back within a minute"),
	    "%s", there ? _("kept, for closing the day on a full disk") :
	    _("used up: the disk was full"));
	free(path);
}

static void
doctor_clock(const struct doctor *d)
{
	struct q_journal_time	last;
	int64_t			now = clock_now_ms();

	if (now < CLOCK_SANE) {
		tell(d, N_("clock"), DOCTOR_BAD, _("set the clock; install "
		    "systemd-timesyncd or chrony"), "%s",
		    _("the clock is years behind"));
		return;
	}
	if (d->shop != NULL && q_journal_time(d->shop->db, &last) == 0 &&
	    last.at > now) {
		tell(d, N_("clock"), DOCTOR_BAD,
		    _("set the clock; a manager can "
		    "confirm it at the till"), "%s",
		    _("it is before the last ticket"));
		return;
	}
	if (d->shop != NULL && journal_clock_check(d->shop) == ERR_CLOCK) {
		tell(d, N_("clock"), DOCTOR_WARN,
		    _("look at the date; a manager "
		    "confirms it at the till"), "%s",
		    _("more than 36 h after the last ticket"));
		return;
	}
	tell(d, N_("clock"), DOCTOR_OK, "", "%s", _("after the last ticket"));
}

/* --- the shop ------------------------------------------------------------ */

static void
doctor_mode(const struct doctor *d, const char *name, mode_t most)
{
	char		*path = xasprintf("%s/%s", d->dir, name);
	struct stat	 st;

	if (stat(path, &st) != 0) {
		tell(d, N_("files"), DOCTOR_BAD, _("restore a backup"),
		    _("%s is not there"), name);
	} else if ((st.st_mode & 0777 & ~most) != 0) {
		tell(d, N_("files"), DOCTOR_BAD, _("chmod it; only the shop's "
		    "user may read it"), _("%s has mode %03o"), name,
		    (unsigned)(st.st_mode & 0777));
	}
	free(path);
}

/* Every key file: private, whatever it is called. */
static void
doctor_keys(const struct doctor *d)
{
	char		*path = xasprintf("%s/keys", d->dir);
	DIR		*dir = opendir(path);
	struct dirent	*e;

	while (dir != NULL && (e = readdir(dir)) != NULL) {
		if (e->d_name[0] != '.') {
			char	*name = xasprintf("keys/%s", e->d_name);
			size_t	 n = strlen(name);

			doctor_mode(d, name, n > 4 &&
			    strcmp(name + n - 4, ".pub") == 0 ? 0644 : 0600);
			free(name);
		}
	}
	if (dir != NULL) {
		(void)closedir(dir);
	}
	free(path);
}

static void
doctor_files(const struct doctor *d)
{
	doctor_mode(d, "", 0750);
	doctor_mode(d, "shop.db", 0660);
	doctor_mode(d, "keys", 0700);
	doctor_keys(d);
	tell(d, N_("files"), DOCTOR_OK, "", "%s", _("modes looked at"));
}

static void
doctor_backup(const struct doctor *d)
{
	char		*path = xasprintf("%s/backups", d->dir);
	DIR		*dir = opendir(path);
	struct dirent	*e;
	int64_t		 newest = 0, hours;
	int		 limit = d->shop == NULL ? 26 :
			    d->shop->set.backup_hours;

	while (dir != NULL && (e = readdir(dir)) != NULL) {
		struct stat	st;

		if (e->d_name[0] != '.' &&
		    fstatat(dirfd(dir), e->d_name, &st, 0) == 0 &&
		    S_ISREG(st.st_mode) && st.st_mtime > newest) {
			newest = st.st_mtime;
		}
	}
	if (dir != NULL) {
		(void)closedir(dir);
	}
	free(path);
	if (newest == 0) {
		tell(d, N_("backup"), DOCTOR_WARN,
		    _("comptoir backup; then daily "
		    "by cron, and a copy elsewhere"), "%s",
		    _("there is none"));
		return;
	}
	hours = (clock_now_ms() - newest * 1000) / HOUR_MS;
	tell(d, N_("backup"), hours > limit ? DOCTOR_WARN : DOCTOR_OK,
	    _("comptoir backup; is cron running?"),
	    _("the last is %lld h old"), (long long)hours);
}

static void
doctor_database(const struct doctor *d)
{
	struct db_health	h;

	if (db_health(d->shop->db, &h) != 0) {
		return;
	}
	tell(d, N_("database"),
	    h.wal_bytes > WAL_WARN ? DOCTOR_WARN : DOCTOR_OK,
	    _("comptoir health names who has been reading for so long"),
	    _("%lld MB, log %lld MB"), (long long)(h.db_bytes >> 20),
	    (long long)(h.wal_bytes >> 20));
}

/* --- what it talks to ---------------------------------------------------- */

static int
doctor_printer(void *ctx, const struct printer *p)
{
	const struct doctor	*d = ctx;
	int			 severity = printer_state_severity(p->state);

	if (!p->active) {
		return 0;
	}
	tell(d, N_("printer"), severity >= 3 ? DOCTOR_BAD : severity > 0 ?
	    DOCTOR_WARN : DOCTOR_OK, printer_state_text(p->state), "%s: %s%s%s",
	    p->name, printer_state_word(p->state),
	    p->detail[0] == '\0' ? "" : ", ", p->detail);
	if (str_starts(p->connection, "device:") &&
	    access(p->connection + 7, F_OK) == 0 &&
	    access(p->connection + 7, W_OK) != 0) {
		tell(d, N_("group"), DOCTOR_BAD, _("usermod -aG lp USER, then "
		    "restart comptoird"), _("%s: no right to write to %s"),
		    p->name, p->connection + 7);
	}
	return 0;
}

static int
doctor_uses_cups(void *ctx, const struct printer *p)
{
	bool	*uses = ctx;

	*uses = *uses || (p->active && str_starts(p->connection, "cups:"));
	return 0;
}

static void
doctor_cups(const struct doctor *d)
{
	static const char	path[] = "/run/cups/cups.sock";
	struct sockaddr_un	to = { .sun_family = AF_UNIX };
	const char		*server = getenv("CUPS_SERVER");
	bool			 uses = false, there;
	int			 fd;

	if (d->shop == NULL ||
	    printer_list(d->shop, doctor_uses_cups, &uses) != 0 || !uses) {
		return;
	}
	(void)str_copy(to.sun_path, sizeof(to.sun_path),
	    server != NULL && server[0] == '/' ? server : path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	there = fd >= 0 && connect(fd, (struct sockaddr *)&to,
	    sizeof(to)) == 0;
	if (fd >= 0) {
		(void)close(fd);
	}
	tell(d, N_("cups"), there ? DOCTOR_OK : DOCTOR_BAD,
	    _("systemctl start cups"), "%s", there ? _("it answers") :
	    _("the print system does not answer"));
}

/* Does somebody answer at an address like 127.0.0.1:22 or [::1]:22? */
static void
doctor_address(const struct doctor *d, char *host)
{
	struct addrinfo	*list = NULL, hints = { .ai_socktype = SOCK_STREAM,
			    .ai_flags = AI_NUMERICHOST };
	char		*port = strrchr(host, ':');
	bool		 answers = false;
	int		 fd;

	if (port != NULL) {
		*port++ = '\0';
		if (host[0] == '[' && port[-2] == ']') {
			port[-2] = '\0';
			host++;
		}
		if (getaddrinfo(host, port, &hints, &list) == 0) {
			fd = socket(list->ai_family, SOCK_STREAM |
			    SOCK_CLOEXEC, 0);
			answers = fd >= 0 && connect(fd, list->ai_addr,
			    list->ai_addrlen) == 0;
			if (fd >= 0) {
				(void)close(fd);
			}
			freeaddrinfo(list);
		}
	}
	tell(d, N_("port"), answers ? DOCTOR_OK : DOCTOR_WARN,
	    _("start it: systemctl start comptoir@NAME, or comptoird SHOP"),
	    answers ? _("somebody answers at %s port %s") :
	    _("nobody answers at %s port %s"), host,
	    port == NULL ? "?" : port);
}

/* Where the shop should answer: as comptoird says, which may have been told
 * other addresses than shop.conf has; else as that says. */
static void
doctor_port(const struct doctor *d)
{
	struct conf	 conf;
	struct buf	 text = { 0 };
	char		*path = xasprintf("%s/run/listen", d->dir), *all, *rest;

	if (conf_load(&conf, d->dir) != 0) {
		tell(d, "shop.conf", DOCTOR_BAD, _("mend the line named; "
		    "shop.conf(5)"), "%s", err_text(ERR_CONFIG));
	} else {
		all = xstrdup(io_read_file(path, 4096, &text) == 0 ?
		    buf_text(&text) : conf_text(&conf, CONF_LISTEN));
		rest = all;
		for (char *one; (one = strsep(&rest, " \n")) != NULL;) {
			if (one[0] != '\0') {
				doctor_address(d, one);
			}
		}
		free(all);
	}
	conf_done(&conf);
	buf_done(&text);
	free(path);
}

/* What helps a shop that does not open. */
static const char *
doctor_opening(int r)
{
	switch (r) {
	case ERR_OLDER:
	case ERR_NEWER:
		return _("nobody can sign in till they match: install the "
		    "shop's version, then restart comptoird");
	case ERR_READONLY:
		return _("mount the disk for writing (dmesg says why it is "
		    "not), or run this as the shop's user");
	case ERR_CORRUPT:
		return _("stop comptoird, then comptoir restore the newest "
		    "backup");
	case ERR_FULL:
		return _("free some space; old backups first");
	default:
		return _("do what it says, then look again");
	}
}

int
doctor_run(const char *dir, void (*fn)(void *ctx, const char *what,
    enum doctor_state state, const char *finding, const char *cure),
    void *ctx)
{
	struct doctor	d = { .dir = dir, .fn = fn, .ctx = ctx };
	int		r;

	if (access(dir, X_OK) != 0) {
		return err_sys(errno == ENOENT ? ERR_NOT_FOUND : ERR_DENIED,
		    _("cannot look into %s"), dir);
	}
	/* A shop that does not open is itself a finding. */
	if ((r = shop_open(dir, DB_WRITE, &d.shop)) != 0) {
		tell(&d, N_("shop"), DOCTOR_BAD, doctor_opening(r), "%s",
		    err_text(r));
	} else if ((r = auth_owner(d.shop, DOOR_SHELL)) != 0) {
		shop_close(d.shop);
		return r;
	}
	doctor_files(&d);
	doctor_place(&d);
	doctor_disk(&d);
	doctor_reserve(&d);
	doctor_clock(&d);
	doctor_backup(&d);
	doctor_inotify(&d);
	doctor_groups(&d);
	doctor_port(&d);
	doctor_cups(&d);
	if (d.shop != NULL) {
		doctor_database(&d);
		if ((r = printer_list(d.shop, doctor_printer, &d)) == 0) {
			r = line_list(d.shop, doctor_line, &d);
		}
		shop_close(d.shop);
		return r;
	}
	return 0;
}
