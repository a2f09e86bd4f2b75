/* SPDX-License-Identifier: ISC */
/* The first day: what init leaves behind, what doctor finds, the recipes. */
#include "trade.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/conf.h"
#include "shop/auth.h"
#include "shop/health.h"
#include "shop/init.h"
#include "shop/print.h"
#include "shop/recipe.h"

static char	dir[64];		/* shops are made in here */
static char	place[96];

static const struct init_answers answers = {
	.company = "Chez Léa", .address = "1 rue du Port;17000 La Rochelle",
	.tax_ids = "SIRET 732 829 320 00074", .country = "FR",
	.printer = "file:", .admin = "lea", .password = "three words apart",
};

static int
setup(void **state)
{
	(void)state;
	log_open("test", LOG_LEVEL_ERROR);
	test_dir(dir);
	(void)snprintf(place, sizeof(place), "%s/shop", dir);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	test_remove(dir);
	return 0;
}

static int
entries(const char *path)
{
	DIR		*d = opendir(path);
	struct dirent	*e;
	int		 n = 0;

	assert_non_null(d);
	while ((e = readdir(d)) != NULL) {
		n += e->d_name[0] != '.';
	}
	(void)closedir(d);
	return n;
}

static mode_t
mode_of(const char *name)
{
	char		path[256];
	struct stat	st;

	(void)snprintf(path, sizeof(path), "%s/%s", place, name);
	if (stat(path, &st) != 0) {
		fail_msg("%s is not there", path);
	}
	return st.st_mode & 07777;
}

/* --- init ---------------------------------------------------------------- */

static void
test_files(void **state)
{
	static const char *const	dirs[] = { "", "keys", "topics", "run",
					    "log", "backups", "documents",
					    "paper" };
	static const char *const	files[] = { "shop.db", "shop.conf",
					    "witness", "ballast",
					    "shop.lock", "shop.open",
					    "topics/sale", "topics/session",
					    "keys/journal.key" };
	struct conf			conf;
	struct stat			st;
	mode_t				mask = umask(0);

	(void)state;
	OK(init_shop(place, &answers));
	(void)umask(mask);
	for (size_t i = 0; i < NELEM(dirs); i++) {
		assert_int_equal(mode_of(dirs[i]), 0700);
	}
	for (size_t i = 0; i < NELEM(files); i++) {
		assert_int_equal(mode_of(files[i]), 0600);
	}
	assert_int_equal(entries(dir), 1);	/* no temporary beside it */
	assert_int_equal(chdir(place), 0);
	assert_int_equal(stat("ballast", &st), 0);
	assert_true(st.st_size >= 16 << 20);
	assert_true(st.st_blocks * 512 >= st.st_size);	/* really taken */
	assert_int_equal(chdir("/"), 0);
	/* Every key is in shop.conf, commented, as it is when not said. */
	OK(conf_load(&conf, place));
	assert_string_equal(conf_text(&conf, CONF_LISTEN),
	    conf_abouts[CONF_LISTEN].fallback);
	conf_done(&conf);
}

static int
name_user(void *ctx, const struct user_row *row)
{
	buf_fmt(ctx, "%s %s %d|", row->name, row->role, row->has_password);
	return 0;
}

static int
name_job(void *ctx, const struct print_job *job)
{
	buf_fmt(ctx, "%s %s %s|", job->printer_name,
	    print_kind_word(job->kind), print_state_word(job->state));
	return 0;
}

static void
test_rows(void **state)
{
	struct buf	out = { 0 };
	struct grant	grant;
	struct shop	*shop;

	(void)state;
	OK(init_shop(place, &answers));
	OK(shop_open(place, DB_WRITE, &shop));
	OK(auth_owner(shop, DOOR_SHELL));
	assert_string_equal(shop->set.company, "Chez Léa");
	assert_string_equal(shop->set.country, "FR");
	assert_string_equal(shop->set.currency, "EUR");
	assert_int_equal(shop->set.cash_step, 1);
	assert_false(shop->set.demo);
	OK(user_list(shop, name_user, &out));
	assert_string_equal(buf_text(&out), "lea admin 1|");
	buf_clear(&out);
	/* The test receipt waits for its printer. */
	OK(print_list(shop, 0, true, 10, name_job, &out));
	assert_string_equal(buf_text(&out), "paper test queued|");
	OK(auth_password(shop, "lea", "three words apart", DOOR_SSH, "here",
	    &grant));
	buf_done(&out);
	shop_close(shop);
}

static void
refused(const struct init_answers *a, int code)
{
	int	before = entries(dir), r = init_shop(place, a);

	if (r != code) {
		fail_msg("%s: %s", err_name(r), err_text(r));
	}
	assert_int_equal(entries(dir), before);
}

static void
test_nothing_left_behind(void **state)
{
	struct init_answers	a = answers;

	(void)state;
	a.password = "short";
	refused(&a, ERR_INVALID);
	a = answers;
	a.country = "XX";
	refused(&a, ERR_NOT_FOUND);
	a = answers;
	a.company = "";
	refused(&a, ERR_INVALID);
	a = answers;
	a.printer = "carrier pigeon";
	refused(&a, ERR_INVALID);
	a = answers;
	a.admin = "terminal";
	refused(&a, ERR_INVALID);
	assert_int_equal(entries(dir), 0);
	OK(init_shop(place, &answers));
	refused(&answers, ERR_EXISTS);
}

static void
test_places(void **state)
{
	(void)state;
	/* An empty directory and a slash at the end are fine. */
	assert_int_equal(mkdir(place, 0755), 0);
	(void)strcat(place, "/");
	OK(init_shop(place, &answers));
	assert_int_equal(mode_of(""), 0700);
	(void)snprintf(place, sizeof(place), "%s/no/such/parent", dir);
	assert_true(init_shop(place, &answers) < 0);
}

static void
test_countries(void **state)
{
	static const struct {
		const char	*country, *currency;
		int64_t		 step;
	} expect[] = {
		{ "FR", "EUR", 1 }, { "BE", "EUR", 5 }, { "CM", "XAF", 1 },
		{ "CA-QC", "CAD", 5 },
	};

	(void)state;
	for (size_t i = 0; i < NELEM(expect); i++) {
		struct init_answers	 a = answers;
		struct shop		*shop;

		a.country = expect[i].country;
		(void)snprintf(place, sizeof(place), "%s/%s", dir, a.country);
		OK(init_shop(place, &a));
		OK(shop_open(place, DB_WRITE, &shop));
		assert_string_equal(shop->set.country, a.country);
		assert_string_equal(shop->set.currency, expect[i].currency);
		if (shop->set.cash_step != expect[i].step) {
			fail_msg("%s rounds cash to %lld", a.country,
			    (long long)shop->set.cash_step);
		}
		shop_close(shop);
	}
}

/* By root in a directory of somebody: theirs, every file of it. */
static void
test_owner(void **state)
{
	struct stat	st;

	(void)state;
	if (geteuid() != 0) {
		skip();
	}
	assert_int_equal(chown(dir, 65534, 65534), 0);
	OK(init_shop(place, &answers));
	assert_int_equal(stat(place, &st), 0);
	assert_int_equal(st.st_uid, 65534);
	assert_int_equal(chdir(place), 0);
	assert_int_equal(stat("shop.db", &st), 0);
	assert_int_equal(st.st_uid, 65534);
	assert_int_equal(stat("keys/journal.key", &st), 0);
	assert_int_equal(st.st_uid, 65534);
	assert_int_equal(chdir("/"), 0);
}

/* --- doctor -------------------------------------------------------------- */

static void
finding(void *ctx, const char *what, enum doctor_state state,
    const char *text, const char *cure)
{
	buf_fmt(ctx, "%d %s: %s [%s]\n", (int)state, what, text, cure);
	/* A finding that is not fine brings its cure. */
	assert_true((state == DOCTOR_OK) == (cure[0] == '\0'));
}

static void
doctor(struct buf *out)
{
	buf_clear(out);
	OK(doctor_run(place, finding, out));
}

static void
shows(struct buf *out, const char *part)
{
	if (strstr(buf_text(out), part) == NULL) {
		fail_msg("no \"%s\" in:\n%s", part, buf_text(out));
	}
}

static void
test_doctor(void **state)
{
	static const char *const	always[] = { "files: ", "disk: ",
					    "clock: ", "backup: ",
					    "inotify: ", "group: ", "port: ",
					    "database: ", "printer: ",
					    "file system: ", "reserve: " };
	struct buf			out = { 0 };
	char				path[256];
	int				fd;

	(void)state;
	OK(init_shop(place, &answers));
	doctor(&out);
	for (size_t i = 0; i < NELEM(always); i++) {
		shows(&out, always[i]);
	}
	shows(&out, "1 backup: there is none");
	shows(&out, "0 reserve: ");
	shows(&out, "printer: paper: unserved [not served; start comptoird]");

	(void)snprintf(path, sizeof(path), "%s/backups/x.db", place);
	fd = open(path, O_CREAT | O_WRONLY, 0600);
	assert_true(fd >= 0);
	(void)close(fd);
	(void)snprintf(path, sizeof(path), "%s/keys/journal.key", place);
	assert_int_equal(chmod(path, 0644), 0);
	(void)snprintf(path, sizeof(path), "%s/ballast", place);
	assert_int_equal(truncate(path, 0), 0);
	doctor(&out);
	shows(&out, "0 backup: the last is 0 h old");
	shows(&out, "2 files: keys/journal.key has mode 644 [");
	shows(&out, "1 reserve: used up");

	(void)snprintf(path, sizeof(path), "%s/shop.conf", place);
	fd = open(path, O_TRUNC | O_WRONLY);
	assert_int_equal(write(fd, "nonsense\n", 9), 9);
	(void)close(fd);
	doctor(&out);
	shows(&out, "2 shop.conf: ");
	buf_done(&out);
}

/* Where comptoird says that it listens, else where shop.conf would have it. */
static void
test_doctor_asks_every_address(void **state)
{
	struct sockaddr_in	at = { .sin_family = AF_INET,
				    .sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t		n = sizeof(at);
	struct buf		out = { 0 };
	char			path[256], text[64], said[96];
	int			fd = socket(AF_INET, SOCK_STREAM, 0);

	(void)state;
	OK(init_shop(place, &answers));
	(void)snprintf(path, sizeof(path), "%s/shop.conf", place);
	OK(io_write_file(path, 0600, "listen = 127.0.0.1:1 [::1]:1\n", 29));
	doctor(&out);
	shows(&out, "1 port: nobody answers at 127.0.0.1 port 1 [");
	shows(&out, "1 port: nobody answers at ::1 port 1 [");

	OK(bind(fd, (struct sockaddr *)&at, sizeof(at)));
	OK(listen(fd, 1));
	OK(getsockname(fd, (struct sockaddr *)&at, &n));
	(void)snprintf(path, sizeof(path), "%s/run/listen", place);
	(void)snprintf(text, sizeof(text), "127.0.0.1:%d\n[::1]:1\n",
	    ntohs(at.sin_port));
	OK(io_write_file(path, 0600, text, strlen(text)));
	doctor(&out);
	(void)snprintf(said, sizeof(said), "0 port: somebody answers at "
	    "127.0.0.1 port %d [", ntohs(at.sin_port));
	shows(&out, said);
	shows(&out, "1 port: nobody answers at ::1 port 1 [");
	assert_null(strstr(buf_text(&out), "127.0.0.1 port 1 ["));
	(void)close(fd);
	buf_done(&out);
}

static void
test_doctor_sees_lines(void **state)
{
	struct buf	out = { 0 };
	struct shop	*shop;
	int64_t		 id;

	(void)state;
	OK(init_shop(place, &answers));
	OK(shop_open(place, DB_WRITE, &shop));
	OK(auth_owner(shop, DOOR_SHELL));
	OK(line_add(shop, "bar", "/dev/comptoir-none", &id));
	OK(line_add(shop, "null", "/dev/null", &id));
	shop_close(shop);
	doctor(&out);
	shows(&out, "1 line: bar: /dev/comptoir-none is not there [plug");
	shows(&out, "0 line: null: /dev/null can be opened");
	buf_done(&out);
}

/* A shop that does not open is a finding; no shop at all is an error. */
static void
test_doctor_without_a_shop(void **state)
{
	struct buf	out = { 0 };

	(void)state;
	assert_int_equal(doctor_run(place, finding, &out), ERR_NOT_FOUND);
	assert_int_equal(mkdir(place, 0700), 0);
	doctor(&out);
	shows(&out, "2 shop: ");
	buf_done(&out);
}

static void
test_health(void **state)
{
	struct shop_health	 h;
	struct shop		*shop, *till;
	char			 path[256];
	int64_t			 coffee, id = 0, version = 0, line;
	int			 fd;

	(void)state;
	OK(init_shop(place, &answers));
	OK(shop_open(place, DB_WRITE, &shop));
	assert_int_equal(shop_health(shop, &h), ERR_DENIED);
	OK(auth_owner(shop, DOOR_SHELL));
	OK(shop_health(shop, &h));
	assert_int_equal(h.sessions, 0);
	assert_int_equal(h.open_sales, 0);
	assert_int_equal(h.print_waiting, 1);	/* the test receipt */
	assert_true(h.disk_free > 0);
	assert_int_equal(h.backup_at, 0);
	assert_true(h.backup_old);
	coffee = test_product(shop, "1", "Café", "drink", "pc", 250, false);
	till = test_till(place, "ann", "till1");
	OK(sale_add(till, &id, &version, coffee, QTY_ONE, NULL, &line));
	(void)snprintf(path, sizeof(path), "%s/backups/x.db", place);
	fd = open(path, O_CREAT | O_WRONLY, 0600);
	assert_true(fd >= 0);
	(void)close(fd);
	OK(setting_set(shop, "disk_warn_mb", "1000000"));
	OK(shop_health(shop, &h));
	assert_int_equal(h.sessions, 1);
	assert_int_equal(h.open_sales, 1);
	assert_true(h.backup_at > 0);
	assert_false(h.backup_old);
	assert_true(h.disk_low);
	shop_close(till);
	shop_close(shop);
}

/* --- recipes ------------------------------------------------------------- */

static void
test_recipes(void **state)
{
	static const char *const	names[] = { "pi", "pc", "vt220",
					    "phone" };

	(void)state;
	for (size_t i = 0; i < NELEM(names); i++) {
		const char	*text = recipe_text(names[i]);

		assert_non_null(text);
		assert_non_null(strstr(text, "1. "));
		/* Every line fits a terminal. */
		for (const char *s = text; *s != '\0';) {
			size_t	n = strcspn(s, "\n");

			if (n > 80) {
				fail_msg("%s: %.*s", names[i], (int)n, s);
			}
			s += n + (s[n] != '\0');
		}
	}
	assert_null(recipe_text("toaster"));
}

int
main(void)
{
#define T(f)	cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest	tests[] = {
		T(test_files), T(test_rows), T(test_nothing_left_behind),
		T(test_places), T(test_countries), T(test_owner),
		T(test_doctor), T(test_doctor_asks_every_address),
		T(test_doctor_sees_lines),
		T(test_doctor_without_a_shop), T(test_health),
		T(test_recipes),
	};

	return cmocka_run_group_tests_name("firstday", tests, NULL, NULL);
}
