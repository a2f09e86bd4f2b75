/* SPDX-License-Identifier: ISC */
/* The first day: a shop made whole beside its place, then put there. */
#include "shop/init.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/conf.h"
#include "base/mem.h"
#include "db/watch.h"
#include "shop/audit.h"
#include "shop/country.h"
#include "shop/journal.h"
#include "shop/print.h"
#include "shop/secret.h"
#include "shop/setting.h"
#include "shop/user.h"

#define BALLAST_BYTES	(16 << 20)	/* freed when the disk is full */

/* Example people; each has the password "demo". */
static const struct {
	const char	*name;
	enum role	 role;
} init_people[] = {
	{ "admin", ROLE_ADMIN }, { "manager", ROLE_MANAGER },
	{ "seller", ROLE_SELLER }, { "cashier", ROLE_CASHIER },
	{ "waiter", ROLE_WAITER }, { "cook", ROLE_COOK },
	{ "stock", ROLE_STOCK }, { "bookkeeper", ROLE_BOOKKEEPER },
};

/* --- files --------------------------------------------------------------- */

static int
init_text(const char *dir, const char *name, const char *text)
{
	char	*path = xasprintf("%s/%s", dir, name);
	int	 r = io_write_file(path, 0600, text, strlen(text));

	free(path);
	return r;
}

/* shop.conf with every key commented out: what there is to say, and what
 * happens when it is not said. */
static int
init_conf(const char *dir)
{
	struct buf	text = { 0 };
	int		r;

	buf_str(&text, "# What comptoird must know before the shop opens; "
	    "shop.conf(5).\n# Everything else: comptoir set\n");
	for (size_t i = 0; i < CONF_COUNT; i++) {
		const struct conf_about	*about = &conf_abouts[i];

		buf_fmt(&text, "\n# %s\n#%s = %s\n", about->help, about->name,
		    about->fallback);
	}
	r = init_text(dir, "shop.conf", buf_text(&text));
	buf_done(&text);
	return r;
}

/* Space that is ours already: a full disk can still close the day. */
static int
init_ballast(const char *dir)
{
	char	*path = xasprintf("%s/ballast", dir);
	int	 fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	int	 r = 0, error;

	if (fd < 0) {
		r = err_sys(ERR_IO, _("cannot make %s"), path);
	} else {
		if ((error = posix_fallocate(fd, 0, BALLAST_BYTES)) != 0) {
			errno = error;
			r = err_sys(error == ENOSPC ? ERR_FULL : ERR_IO,
			    _("no room for the shop"));
		}
		(void)close(fd);
	}
	free(path);
	return r;
}

static int
init_files(const char *dir)
{
	char	*paper = xasprintf("%s/paper", dir);
	int	 r = 0;

	if (mkdir(paper, 0700) != 0) {
		r = err_sys(ERR_IO, _("cannot make %s"), paper);
	}
	free(paper);
	if (r == 0) {
		r = init_conf(dir);
	}
	return r == 0 ? init_ballast(dir) : r;
}

static int
init_remove_one(const char *path, const struct stat *st, int type,
    struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static void
init_remove(const char *dir)
{
	(void)nftw(dir, init_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static uid_t init_uid;		/* nftw(3) hands nothing on */
static gid_t init_gid;

static int
init_give_one(const char *path, const struct stat *st, int type,
    struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return lchown(path, init_uid, init_gid);
}

/*
 * Made by root, a shop belongs to whose place it is: the directory that waits
 * for it, or the one it is made in.  Else every session would be root's.
 */
static int
init_give(const char *fresh, const char *dir)
{
	char		*parent = xstrdup(dir);
	struct stat	 st;
	int		 r = 0;

	if (geteuid() == 0 && (stat(dir, &st) == 0 ||
	    stat(dirname(parent), &st) == 0) && st.st_uid != 0) {
		init_uid = st.st_uid;
		init_gid = st.st_gid;
		if (nftw(fresh, init_give_one, 16, FTW_PHYS) != 0) {
			r = err_sys(ERR_SYSTEM, _("cannot give %s to its "
			    "user"), fresh);
		}
	}
	free(parent);
	return r;
}

/* The place is free: not there, or an empty directory. */
static int
init_place(const char *dir)
{
	DIR		*d = opendir(dir);
	struct dirent	*e;
	bool		 empty = true;

	if (d == NULL) {
		return errno == ENOENT ? 0 :
		    err_sys(ERR_IO, _("cannot use %s"), dir);
	}
	while (empty && (e = readdir(d)) != NULL) {
		empty = strcmp(e->d_name, ".") == 0 ||
		    strcmp(e->d_name, "..") == 0;
	}
	(void)closedir(d);
	return empty ? 0 : err_set(ERR_EXISTS,
	    _("%s is not empty; name a new directory"), dir);
}

/* --- rows ---------------------------------------------------------------- */

static int
init_settings(struct shop *shop, const struct init_answers *a)
{
	const struct country	*c;
	char			 number[24];
	int			 r;

	if ((r = country_find(a->country, &c)) != 0 ||
	    (r = db_begin(shop->db, "init")) != 0) {
		return r;
	}
	if ((r = journal_event(shop, JET_START, journal_module())) != 0 ||
	    (r = country_seed(shop, c->code)) != 0 ||
	    (r = setting_put(shop, SETTING_COUNTRY, c->code)) != 0 ||
	    (r = setting_put(shop, SETTING_CURRENCY, c->currency)) != 0 ||
	    (r = setting_put(shop, SETTING_COMPANY, a->company)) != 0 ||
	    (r = setting_put(shop, SETTING_ADDRESS, a->address)) != 0 ||
	    (r = setting_put(shop, SETTING_TAX_IDS, a->tax_ids)) != 0 ||
	    (r = setting_put(shop, SETTING_DEMO, a->demo ? "1" : "0")) != 0) {
		goto fail;
	}
	(void)str_fmt(number, sizeof(number), "%lld",
	    (long long)c->cash_step);
	if ((r = setting_put(shop, SETTING_CASH_STEP, number)) != 0) {
		goto fail;
	}
	(void)str_fmt(number, sizeof(number), "%lld",
	    (long long)c->largest_note);
	if ((r = setting_put(shop, SETTING_LARGEST_NOTE, number)) != 0 ||
	    (r = audit_add(shop, "init", "", 0, c->code)) != 0) {
		goto fail;
	}
	if ((r = db_commit(shop->db)) != 0) {
		return r;
	}
	return shop_reload_settings(shop);
fail:
	db_rollback(shop->db);
	return r;
}

static int
init_printer(struct shop *shop, const struct init_answers *a)
{
	struct printer_change	change = PRINTER_NO_CHANGE;
	bool			files = strcmp(a->printer, "file:") == 0;
	int64_t			id, job;
	int			r;

	change.connection = a->printer;
	if ((r = printer_add(shop, files ? PRINTER_NAME_PAPER :
	    _("receipts"), &change, &id)) != 0) {
		return r;
	}
	if (a->printer_model != NULL && (r = printer_set_key(shop, id,
	    "driver", a->printer_model)) != 0) {
		return r;
	}
	return printer_test(shop, id, &job);
}

static int
init_user(struct shop *shop, const char *name, enum role role,
    const char *password)
{
	int64_t	id;
	int	r = user_add(shop, name, role, "", &id);

	return r != 0 ? r : user_set_password(shop, id, password);
}

static int
init_users(struct shop *shop, const struct init_answers *a)
{
	int	r = 0;

	if (!a->demo) {
		return init_user(shop, a->admin, ROLE_ADMIN, a->password);
	}
	for (size_t i = 0; i < NELEM(init_people) && r == 0; i++) {
		r = init_user(shop, init_people[i].name, init_people[i].role,
		    "demo");
	}
	return r;
}

static int
init_fill(const char *dir, const struct init_answers *a)
{
	struct shop	*shop;
	int		 r;

	if ((r = journal_key_make(dir)) != 0 || (r = db_create(dir)) != 0 ||
	    (r = init_files(dir)) != 0 ||
	    (r = shop_open(dir, DB_WRITE, &shop)) != 0) {
		return r;
	}
	/* Nobody is there yet to be asked for rights. */
	shop->who = (struct actor){ .role = ROLE_ADMIN, .door = DOOR_SHELL,
		.rights = role_rights(ROLE_ADMIN) };
	(void)str_copy(shop->who.unix_user, sizeof(shop->who.unix_user),
	    "init");
	if ((r = init_settings(shop, a)) == 0 &&
	    (r = init_users(shop, a)) == 0 &&
	    (r = init_printer(shop, a)) == 0 && a->demo) {
		r = demo_fill(shop);
	}
	shop_close(shop);
	return r;
}

static int
init_check_admin(const struct init_answers *a)
{
	struct shop	shop = { 0 };	/* what is known of it so far */
	char		login[NAME_SIZE];
	int		r = shop_login_name(a->admin, login);

	if (r != 0 || a->password == NULL) {
		return r;
	}
	shop.set.password_min = (int)setting_default(SETTING_PASSWORD_MIN);
	if (a->company != NULL) {
		(void)str_copy(shop.set.company, sizeof(shop.set.company),
		    a->company);
	}
	return secret_password_check(&shop, login, a->password);
}

/* Answers that are wrong are told before anything is made. */
int
init_check(const char *dir, const struct init_answers *a)
{
	const struct country	*c;
	int			 r;

	if ((r = init_place(dir)) != 0) {
		return r;
	}
	if (a->company != NULL && a->company[0] == '\0') {
		return err_set(ERR_INVALID, _("the company's name is missing"));
	}
	if ((a->country != NULL && (r = country_find(a->country, &c)) != 0) ||
	    (a->printer != NULL &&
	    (r = printer_check_connection(a->printer)) != 0)) {
		return r;
	}
	return a->demo || a->admin == NULL ? 0 : init_check_admin(a);
}

int
init_shop(const char *place, const struct init_answers *answers)
{
	struct init_answers	 a = *answers;
	char			*dir = xstrdup(place), *fresh = NULL;
	mode_t			 mask = umask(077);
	int			 r;

	for (size_t n = strlen(dir); n > 1 && dir[n - 1] == '/'; n--) {
		dir[n - 1] = '\0';
	}

	if (a.demo) {
		a.company = "Brasserie du Comptoir";
		a.address = "12 rue du Port;17000 La Rochelle;France";
		a.tax_ids = "SIRET 732 829 320 00074;TVA FR44732829320;"
		    "NAF 5610A";
		a.printer = "file:";
		a.printer_model = NULL;
	}
	if ((r = init_check(dir, &a)) != 0) {
		goto out;
	}
	fresh = xasprintf("%s.new-%d", dir, (int)getpid());
	if (mkdir(fresh, 0700) != 0) {
		r = err_sys(errno == EROFS || errno == EACCES ? ERR_READONLY :
		    ERR_IO, _("cannot make %s"), fresh);
		goto out;
	}
	if ((r = init_fill(fresh, &a)) == 0) {
		r = init_give(fresh, dir);
	}
	/* onto an empty directory rename(2) is fine too */
	if (r == 0 && rename(fresh, dir) != 0) {
		r = err_sys(ERR_IO, _("cannot put the shop at %s"), dir);
	}
	if (r != 0) {
		init_remove(fresh);
	}
out:
	(void)umask(mask);
	free(fresh);
	free(dir);
	return r;
}
