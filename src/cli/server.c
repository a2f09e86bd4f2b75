/* SPDX-License-Identifier: ISC */
/* init, doctor, check, backup, restore, health, metrics, set: the server. */
#include "cli/command.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "drivers/driver.h"
#include "shop/audit.h"
#include "shop/health.h"
#include "shop/init.h"
#include "shop/restore.h"
#include "shop/setting.h"

#define INIT_TRIES	3	/* at a password */

/* One question on the terminal; an empty answer is the usual one. */
static int
ask(const char *question, const char *usual, char *out, size_t size)
{
	char	line[256];

	(void)printf(usual[0] != '\0' ? "%s [%s]: " : "%s: ", question, usual);
	(void)fflush(stdout);
	if (fgets(line, sizeof(line), stdin) == NULL) {
		return err_set(ERR_EMPTY, _("no answer; nothing was made"));
	}
	line[strcspn(line, "\r\n")] = '\0';
	return str_copy(out, size, line[0] != '\0' ? line : usual) ? 0 :
	    err_set(ERR_TOO_LONG, _("%s: too long"), question);
}

struct init_question {
	const char	*option, *words, *usual;
	const char	**answer;
	char		*room;
	size_t		 size;
};

/* From the option, else asked, and again while the answer is not good. */
static int
init_ask(struct call *call, struct init_answers *a,
    const struct init_question *q)
{
	const char	*given = call_option(call, q->option);
	bool		 asked = given == NULL && isatty(STDIN_FILENO) != 0;
	int		 r;

	for (;;) {
		if (!asked) {
			r = str_copy(q->room, q->size, given == NULL ||
			    given[0] == '\0' ? q->usual : given) ? 0 :
			    err_set(ERR_TOO_LONG, _("%s: too long"),
			    q->option);
		} else if ((r = ask(_(q->words), q->usual, q->room,
		    q->size)) == ERR_EMPTY) {
			return r;
		}
		*q->answer = q->room;
		if (r == 0) {
			r = init_check(call_arg(call, 0), a);
		}
		if (r == 0 || !asked) {
			return r;
		}
		(void)fprintf(stderr, "  %s\n", err_text(r));
	}
}

/* On a terminal twice: nobody sees what was typed, and it is the only one. */
static int
init_password(struct call *call, struct init_answers *a, char *password,
    size_t size)
{
	char	again[256];
	bool	asked = call_option(call, "password-stdin") == NULL;
	int	r = ERR_INVALID;

	if (asked && isatty(STDIN_FILENO) == 0) {
		return err_set(ERR_USAGE, _("the admin's password is missing: "
		    "--password-stdin, or answer on a terminal"));
	}
	for (int i = 0; r != 0 && i < (asked ? INIT_TRIES : 1); i++) {
		if (i > 0) {
			(void)fprintf(stderr, "  %s\n", err_text(r));
		}
		if ((r = call_secret(call, _("password of the first admin"),
		    password, size)) != 0) {
			continue;
		}
		a->password = password;
		if ((r = init_check(call_arg(call, 0), a)) != 0 || !asked) {
			continue;
		}
		if ((r = call_secret(call, _("the same once more"), again,
		    sizeof(again))) == 0 && strcmp(again, password) != 0) {
			r = err_set(ERR_INVALID,
			    _("these are two different passwords"));
		}
		explicit_bzero(again, sizeof(again));
	}
	return r;
}

/* "escpos/tm-t88": the floors below keep it without knowing it. */
static int
init_model(const char *name)
{
	struct driver_setup	setup;
	char			driver[32], model[32];

	if (name == NULL) {
		return 0;
	}
	driver_split(name, driver, model);
	return driver_find(driver, model, 0, "", &setup);
}

static int
run_init(struct call *call)
{
	struct init_answers		a = { 0 };
	char				company[128], address[256], ids[256];
	char				country[8], printer[128];
	char				admin[NAME_SIZE], password[256] = "";
	const struct init_question	questions[] = {
		{ "company", N_("company"), "", &a.company, company,
		    sizeof(company) },
		{ "address", N_("address, with ; between its lines"), "",
		    &a.address, address, sizeof(address) },
		{ "tax-ids", N_("SIRET, VAT number and the like, with ; "
		    "between them"), "", &a.tax_ids, ids, sizeof(ids) },
		{ "country", N_("country: FR, BE, CM or CA-QC"), "FR",
		    &a.country, country, sizeof(country) },
		{ "printer", N_("printer: cups:QUEUE, tcp:HOST:9100, or file: "
		    "for text files"), "file:", &a.printer, printer,
		    sizeof(printer) },
		{ "admin", N_("name of the first admin"), "admin", &a.admin,
		    admin, sizeof(admin) },
	};
	const char			*given = call_option(call, "country");
	int				 r;

	a.demo = call_option(call, "demo") != NULL;
	a.printer_model = call_option(call, "model");
	if ((r = init_check(call_arg(call, 0), &a)) != 0 ||
	    (r = init_model(a.printer_model)) != 0) {
		return r;
	}
	if (a.demo) {
		a.country = given == NULL ? "FR" : given;
	}
	for (size_t i = 0; !a.demo && i < NELEM(questions); i++) {
		if ((r = init_ask(call, &a, &questions[i])) != 0) {
			return r;
		}
	}
	if (a.demo || (r = init_password(call, &a, password,
	    sizeof(password))) == 0) {
		r = init_shop(call_arg(call, 0), &a);
	}
	explicit_bzero(password, sizeof(password));
	if (r == 0) {
		call_say(call, _("shop %s is ready; start it: comptoird %s"),
		    call_arg(call, 0), call_arg(call, 0));
	}
	return r;
}

struct doctor_out {
	struct call	*call;
	int		 worst;
};

static void
doctor_line(void *ctx, const char *what, enum doctor_state state,
    const char *finding, const char *cure)
{
	static const char *const	words[] = {
		[DOCTOR_OK] = N_("ok"), [DOCTOR_WARN] = N_("warning"),
		[DOCTOR_BAD] = N_("BAD"),
	};
	struct doctor_out	*d = ctx;

	if ((int)state > d->worst) {
		d->worst = (int)state;
	}
	out_word(&d->call->out, what, _(what));
	out_word(&d->call->out, words[state], _(words[state]));
	out_text(&d->call->out, finding);
	out_text(&d->call->out, cure);
}

static int
run_doctor(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "what", N_("what"), VALUE_TEXT },
		{ "state", N_("state"), VALUE_TEXT },
		{ "finding", N_("finding"), VALUE_TEXT },
		{ "cure", N_("cure"), VALUE_TEXT },
	};
	struct doctor_out	d = { call, 0 };
	int			r;

	if (call->caller->dir == NULL) {
		return err_set(ERR_USAGE,
		    _("no shop is named; use -s SHOP or COMPTOIR_SHOP"));
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	r = doctor_run(call->caller->dir, doctor_line, &d);
	if (r != 0 || (r = out_end(&call->out)) != 0) {
		return r;
	}
	return d.worst == DOCTOR_BAD ? err_set(ERR_CONFIG,
	    _("something is wrong; the cures stand beside it")) : 0;
}

static void
check_line(void *ctx, const char *what, const char *finding)
{
	struct call	*call = ctx;

	out_word(&call->out, what, _(what));
	out_text(&call->out, finding);
}

static int
run_check(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "what", N_("what"), VALUE_TEXT },
		{ "finding", N_("finding"), VALUE_TEXT },
	};
	int64_t	bad = 0;
	int	r;

	out_begin(&call->out, columns, NELEM(columns), false);
	r = check_run(call->shop, check_line, call, &bad);
	if (r != 0 || (bad == 0 && call->out.format == OUT_TABLE)) {
		if (r == 0) {
			call_say(call, _("the shop is whole"));
		}
		return r;
	}
	if ((r = out_end(&call->out)) != 0) {
		return r;
	}
	return bad == 0 ? 0 : err_set(ERR_CORRUPT,
	    _("%lld findings; keep a copy of the shop and ask for help"),
	    (long long)bad);
}

/* SHOP/backups/shop-TIME.db, and a number when that second has one. */
static int
backup_name(const char *shop, const char *when, char *out, size_t size)
{
	bool	fits = str_fmt(out, size, "%s/backups/shop-%s.db", shop, when);

	for (int i = 2; fits && access(out, F_OK) == 0; i++) {
		fits = str_fmt(out, size, "%s/backups/shop-%s-%d.db", shop,
		    when, i);
	}
	return fits ? 0 : ERR_TOO_LONG;
}

static int
run_backup(struct call *call)
{
	char	path[PATH_MAX], when[32];
	int	r;

	clock_local(shop_now(), "%Y%m%d-%H%M%S", when, sizeof(when));
	if (call_arg(call, 0) != NULL) {
		if (call->caller->door != DOOR_SHELL) {
			return err_set(ERR_DENIED, _("files of the server "
			    "cannot be named here; leave the name away"));
		}
		if (!str_copy(path, sizeof(path), call_arg(call, 0))) {
			return ERR_TOO_LONG;
		}
	} else if ((r = backup_name(db_shop(call->shop->db), when, path,
	    sizeof(path))) != 0) {
		return r;
	}
	if ((r = db_backup(call->shop->db, path)) != 0) {
		return r;
	}
	if ((r = db_begin(call->shop->db, "backup")) == 0) {
		if ((r = audit_add(call->shop, "backup", "", 0, when)) != 0) {
			db_rollback(call->shop->db);
		} else {
			r = db_commit(call->shop->db);
		}
	}
	if (r == 0) {
		call_say(call, _("backed up, checked: %s"), path);
	}
	return r;
}

static int
run_restore(struct call *call)
{
	struct restored	 done;
	const char	*printed = call_option(call, "printed");
	char		 line[64];
	int		 r;

	if (call->caller->dir == NULL) {
		return err_set(ERR_USAGE,
		    _("no shop is named; use -s SHOP or COMPTOIR_SHOP"));
	}
	if (printed == NULL && isatty(STDIN_FILENO)) {
		(void)fprintf(stderr, "%s: ", _("number on the last ticket "
		    "that was printed (Enter: not known)"));
		if (fgets(line, sizeof(line), stdin) != NULL) {
			line[strcspn(line, "\r\n")] = '\0';
			printed = line;
		}
	} else if (printed == NULL && !restore_witnessed(call->caller->dir)) {
		return err_set(ERR_USAGE, _("nothing here knows what was "
		    "printed; add --printed NUMBER of the last ticket, or "
		    "--printed unknown"));
	}
	if (printed != NULL && (printed[0] == '\0' ||
	    strcmp(printed, "unknown") == 0)) {
		printed = NULL;
	}
	r = shop_restore(call->caller->dir, call_arg(call, 0), printed,
	    &done);
	for (size_t i = 0; r == 0 && i < done.nlost; i++) {
		call_say(call, _("tickets %s-%06lld to %06lld are on paper "
		    "only: they came after the backup"), done.lost[i].series,
		    (long long)done.lost[i].first,
		    (long long)done.lost[i].last);
	}
	if (r == 0 && done.new_key) {
		call_say(call, _("the signing key was not here; a new one is "
		    "made, and the journal says so"));
	}
	if (r == 0) {
		call_say(call, _("restored; tickets are numbered 1%s-000001 "
		    "and on"), done.life);
	}
	if (r == 0 && done.aside != NULL) {
		call_say(call, _("the state before is kept in %s"),
		    done.aside);
	}
	restored_done(&done);
	return r;
}

static int
health_read(struct call *call, struct db_health *h, struct shop_health *s)
{
	int	r = db_health(call->shop->db, h);

	return r != 0 ? r : shop_health(call->shop, s);
}

static int
run_health(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "state", N_("state"), VALUE_TEXT },
		{ "db_bytes", N_("database bytes"), VALUE_COUNT },
		{ "wal_bytes", N_("log bytes"), VALUE_COUNT },
		{ "holder_pid", N_("writer pid"), VALUE_ID },
		{ "holder_verb", N_("writer does"), VALUE_TEXT },
		{ "holder_ms", N_("writer since ms"), VALUE_COUNT },
		{ "oldest_reader_pid", N_("oldest reader pid"), VALUE_ID },
		{ "oldest_reader_ms", N_("reading for ms"), VALUE_COUNT },
		{ "sessions", N_("sessions"), VALUE_COUNT },
		{ "open_sales", N_("open sales"), VALUE_COUNT },
		{ "print_waiting", N_("print jobs waiting"), VALUE_COUNT },
		{ "disk_free", N_("free disk bytes"), VALUE_COUNT },
		{ "last_backup", N_("last backup"), VALUE_TIME },
	};
	struct shop_health	s;
	struct db_health	h;
	const char		*state = "ok";
	int64_t			 held;
	int			 r = health_read(call, &h, &s);

	if (r != 0) {
		return r;
	}
	held = h.holder_since_ms == 0 ? 0 : shop_now() - h.holder_since_ms;
	if (held > 5000) {
		state = "writer stuck";
	} else if (h.oldest_reader_ms > 60000) {
		state = "reader stuck";
	} else if (h.wal_bytes > INT64_C(64) * 1024 * 1024) {
		state = "log too long";
	} else if (s.disk_low) {
		state = "disk nearly full";
	}
	out_begin(&call->out, columns, NELEM(columns), true);
	out_text(&call->out, state);
	out_int(&call->out, h.db_bytes);
	out_int(&call->out, h.wal_bytes);
	out_int(&call->out, h.holder_pid);
	out_text(&call->out, h.holder_verb);
	out_int(&call->out, held);
	out_int(&call->out, h.oldest_reader_pid);
	out_int(&call->out, h.oldest_reader_ms);
	out_int(&call->out, s.sessions);
	out_int(&call->out, s.open_sales);
	out_int(&call->out, s.print_waiting);
	out_int(&call->out, s.disk_free);
	out_int(&call->out, s.backup_at);
	if ((r = out_end(&call->out)) != 0) {
		return r;
	}
	return strcmp(state, "ok") == 0 ? 0 :
	    err_set(ERR_BUSY, _("the shop is not well: %s"), state);
}

/* The text format scrapers of metrics read: name and number. */
static int
run_metrics(struct call *call)
{
	struct shop_health	s;
	struct db_health	h;
	int			r = health_read(call, &h, &s);

	if (r != 0) {
		return r;
	}
	(void)printf("comptoir_db_bytes %lld\n", (long long)h.db_bytes);
	(void)printf("comptoir_wal_bytes %lld\n", (long long)h.wal_bytes);
	(void)printf("comptoir_writer_held %d\n", h.holder_pid != 0);
	(void)printf("comptoir_oldest_reader_seconds %lld\n",
	    (long long)(h.oldest_reader_ms / 1000));
	(void)printf("comptoir_sessions %lld\n", (long long)s.sessions);
	(void)printf("comptoir_open_sales %lld\n", (long long)s.open_sales);
	(void)printf("comptoir_print_waiting %lld\n",
	    (long long)s.print_waiting);
	(void)printf("comptoir_disk_free_bytes %lld\n",
	    (long long)s.disk_free);
	if (s.backup_at != 0) {
		(void)printf("comptoir_backup_age_seconds %lld\n",
		    (long long)((shop_now() - s.backup_at) / 1000));
	}
	return 0;
}

static int
setting_out_row(void *ctx, const struct setting_row *s)
{
	struct out	*o = ctx;

	out_text(o, s->name);
	out_text(o, s->value);
	out_text(o, s->fallback);
	out_text(o, _(s->help));
	return 0;
}

static int
run_set(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "name", N_("name"), VALUE_TEXT },
		{ "value", N_("value"), VALUE_TEXT },
		{ "default", N_("default"), VALUE_TEXT },
		{ "help", N_("help"), VALUE_TEXT },
	};
	char	value[512];
	int	r;

	if (call->nargs == 2) {
		return setting_set(call->shop, call_arg(call, 0),
		    call_arg(call, 1));
	}
	if (call->nargs == 1) {
		r = setting_get(call->shop, call_arg(call, 0), value,
		    sizeof(value));
		if (r == 0) {
			(void)printf("%s\n", value);
		}
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	r = setting_list(call->shop, setting_out_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

/* src/comptoir.c takes `tty` before any table is read, but not from a door. */
static int
run_tty(struct call *call)
{
	(void)call;
	return err_set(ERR_USAGE,
	    _("tty works only in a shell on the server"));
}

const struct command commands_server[] = {
	{ "tty", "SHOP", "", N_("a session on this very terminal"),
	    COMMAND_NO_SHOP, -1, run_tty },
	{ "init", "SHOP", "demo company=NAME address=TEXT tax-ids=TEXT "
	    "country=FR|BE|CM|CA-QC printer=CONNECTION model=DRIVER/MODEL "
	    "admin=NAME password-stdin",
	    N_("make a new shop; asks what is not given"),
	    COMMAND_NO_SHOP | COMMAND_OWNER, -1, run_init },
	{ "check", "", "",
	    N_("prove the shop: integrity, ledgers, numbers, journal"),
	    COMMAND_LISTS, RIGHT_CHECK, run_check },
	{ "doctor", "", "", N_("what ails this server, with the cure"),
	    COMMAND_NO_SHOP | COMMAND_OWNER | COMMAND_LISTS, -1, run_doctor },
	{ "backup", "[FILE]", "",
	    N_("a checked copy, into SHOP/backups unless named"),
	    0, RIGHT_BACKUP, run_backup },
	{ "restore", "FILE", "printed=NUMBER",
	    N_("put a backup in the shop's place; the old is kept; NUMBER is "
	    "on the last ticket that was printed"),
	    COMMAND_NO_SHOP | COMMAND_OWNER, -1, run_restore },
	{ "health", "", "",
	    N_("is it well: sizes, who writes, who has read longest"),
	    COMMAND_LISTS, RIGHT_CHECK, run_health },
	{ "metrics", "", "", N_("the same as name and number lines"),
	    0, RIGHT_CHECK, run_metrics },
	{ "set", "[NAME] [VALUE]", "",
	    N_("read or change a setting; without NAME all of them"),
	    COMMAND_LISTS, RIGHT_SETTING, run_set },
	{ .words = NULL },
};
