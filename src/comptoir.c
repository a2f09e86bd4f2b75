/* SPDX-License-Identifier: ISC */
/* comptoir: a session on a terminal, a command on a line, or a worker of
 * comptoird.  Which of them, and for whom, is decided here. */
#include <sys/stat.h>

#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/conf.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/words.h"
#include "cli/cli.h"
#include "db/watch.h"
#include "door/worker.h"
#include "screens/app.h"
#include "screens/screens.h"
#include "shop/auth.h"
#include "shop/user.h"

/* The part of the command line before its words. */
struct options {
	const char	*shop;
	const char	*from;
	enum door	 door;
	bool		 doored;	/* a door started us: --door */
	int64_t		 user, terminal;
};

static NORETURN void
main_usage(void)
{
	fprintf(stderr, "%s\n", _("comptoir: which shop, and what? "
	    "comptoir tty SHOP is a till here; comptoir --help lists all"));
	exit(err_status(ERR_USAGE));
}

static int
main_fail(int r)
{
	fprintf(stderr, "comptoir: %s\n", err_text(r));
	return err_status(r);
}

/* The next word as the value of an option. */
static char *
main_value(int argc, char **argv, int *at)
{
	if (*at + 1 >= argc) {
		main_usage();
	}
	return argv[++*at];
}

/*
 * Options end at the first word, or at "--"; what follows is the command's.
 * The door's own options are for comptoird: whoever may read the directory
 * may use them, and nobody else gets to the database anyway.
 */
static int
main_options(struct options *o, int argc, char **argv)
{
	int	at = 1;

	*o = (struct options){ .door = DOOR_SHELL, .from = "" };
	for (; at < argc && argv[at][0] == '-'; at++) {
		const char	*name = argv[at];

		if (strcmp(name, "--") == 0) {
			return at + 1;
		} else if (strcmp(name, "-s") == 0) {
			o->shop = main_value(argc, argv, &at);
		} else if (strcmp(name, "--from") == 0) {
			o->from = main_value(argc, argv, &at);
		} else if (strcmp(name, "--door") == 0) {
			o->doored = true;
			if (door_find(main_value(argc, argv, &at),
			    &o->door) != 0) {
				main_usage();
			}
		} else if (strcmp(name, "--user") == 0) {
			if (str_to_i64(main_value(argc, argv, &at), 0,
			    INT64_MAX, &o->user) != 0) {
				main_usage();
			}
		} else if (strcmp(name, "--terminal") == 0) {
			if (str_to_i64(main_value(argc, argv, &at), 0,
			    INT64_MAX, &o->terminal) != 0) {
				main_usage();
			}
		} else {
			return at;	/* --help, --version: a command's */
		}
	}
	return at;
}

/*
 * Root acts as the shop's user: a file made as root would lock the shop's own
 * programs out of their directory.
 */
static int
main_become_owner(const char *shop)
{
	struct stat		 st;
	const struct passwd	*pw;

	if (geteuid() != 0 || shop == NULL || stat(shop, &st) != 0 ||
	    st.st_uid == 0) {
		return 0;
	}
	pw = getpwuid(st.st_uid);
	if ((pw != NULL ? initgroups(pw->pw_name, st.st_gid) :
	    setgroups(0, NULL)) != 0 || setgid(st.st_gid) != 0 ||
	    setuid(st.st_uid) != 0) {
		return err_sys(ERR_SYSTEM,
		    _("cannot act as the owner of %s"), shop);
	}
	return 0;
}

/* ---- a session ---------------------------------------------------------- */

/* "/dev/pts/4" -> "pts/4": where a console session is. */
static void
main_tty_name(char *out, size_t size)
{
	char		 path[64] = "";
	const char	*name = path;

	if (ttyname_r(STDIN_FILENO, path, sizeof(path)) != 0) {
		name = "tty";
	} else if (str_starts(name, "/dev/")) {
		name += 5;
	}
	(void)str_copy(out, size, name);
}

/* From here on the terminal is the screens': a word of the log would stand in
 * the middle of a sale. */
static void
main_log_quiet(enum log_level level, const char *text)
{
	(void)level;
	(void)text;
}

static void
main_log(const struct shop *shop)
{
	char	*path = xasprintf("%s/log/sessions.log", db_shop(shop->db));

	if (log_open_file(path) != 0) {
		log_to(main_log_quiet);
	}
	free(path);
}

static int
main_session_run(struct app *app, int64_t user, struct watch *watch)
{
	struct session_config	 config = {
		.fd = STDIN_FILENO,
		.shop = app->shop,
		.app = app,
		.watch = watch,
		.allowed = app_allowed,
		.refusal = app_refusal,
		.approval = &app_approval,
		.act = app_act,
		.topics = APP_TOPICS,
		.heard = app_heard,
		.lock = &screen_lock,
		.lock_ms = (int64_t)app->shop->set.lock_minutes * 60000,
	};
	struct session		*s;
	int			 r, status;

	config.language = app->shop->who.language[0] != '\0' ?
	    app->shop->who.language : app->shop->set.language;
	profile_from_env(&config.profile, STDIN_FILENO);
	if ((r = session_open(&config, &s)) != 0) {
		return main_fail(r);
	}
	main_log(app->shop);
	app_bar(s);
	status = session_run(s, &screen_login, user != 0 ? app : NULL);
	session_close(s);
	if (app->farewell == NULL && status == 128 + SIGTERM) {
		app->farewell = _("the server ended this session; what was "
		    "rung up waits for the next login");
	}
	if (app->farewell != NULL) {
		fprintf(stderr, "%s\r\n", app->farewell);
	}
	return status;
}

static int
main_session(const struct options *o)
{
	struct app	 app = { .door = o->door, .terminal = o->terminal };
	struct watch	*watch = NULL;
	struct conf	 conf;
	int		 r, status;

	if (!isatty(STDIN_FILENO)) {
		return main_fail(err_set(ERR_USAGE, _("a session needs a "
		    "terminal; with ssh, add -t")));
	}
	(void)str_copy(app.from, sizeof(app.from), o->from);
	if (app.from[0] == '\0') {
		main_tty_name(app.from, sizeof(app.from));
	}
	if ((r = conf_load(&conf, o->shop)) == 0) {
		conf_set_zone(&conf);
		r = shop_open(o->shop, DB_WRITE, &app.shop);
	}
	conf_done(&conf);
	if (r != 0) {
		return main_fail(r);
	}
	if (o->door == DOOR_CONSOLE && app.terminal == 0 &&
	    terminal_find(app.shop, "console", &app.terminal) != 0) {
		app.terminal = 0;	/* none was named so: that is fine */
	}
	if (o->user != 0) {
		r = auth_enter(app.shop, o->user, o->terminal, o->door,
		    app.from, true);
	}
	if (r == 0) {
		r = watch_open(app.shop->db, &watch);
	}
	status = r != 0 ? main_fail(r) :
	    main_session_run(&app, o->user, watch);
	if (app.shop->who.session != 0) {
		auth_leave(app.shop);
	}
	watch_close(watch);
	shop_close(app.shop);
	return status;
}

int
main(int argc, char **argv)
{
	struct options		o;
	struct cli_caller	caller;
	int			at = main_options(&o, argc, argv), r;

	words_init();
	words_environment();
	log_open("comptoir", LOG_LEVEL_WARN);
	(void)umask(077);	/* a shop is nobody else's business */
	argc -= at;
	argv += at;
	if (o.shop == NULL) {
		o.shop = getenv("COMPTOIR_SHOP");
	}
	if (!o.doored && argc > 0 && strcmp(argv[0], "tty") == 0 &&
	    (argc == 1 || strcmp(argv[1], "--help") != 0)) {
		if (argc > 2) {
			main_usage();
		}
		if (argc == 2) {
			o.shop = argv[1];
		}
		o.door = DOOR_CONSOLE;
		argc = 0;
	}
	if ((r = main_become_owner(o.shop)) != 0) {
		return main_fail(r);
	}
	if (!o.doored && argc == 2 && strcmp(argv[0], "worker") == 0 &&
	    o.shop != NULL) {
		return worker_main(o.shop, argv[1]);
	}
	if (argc == 0) {
		if (o.shop == NULL || o.door == DOOR_SHELL) {
			main_usage();
		}
		return main_session(&o);
	}
	caller = (struct cli_caller){
		.dir = o.shop,
		.door = o.door,
		.user = o.user,
		.terminal = o.terminal,
		.from = o.from,
	};
	return cli_main(&caller, argc, argv);
}
