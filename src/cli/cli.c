/* SPDX-License-Identifier: ISC */
/* Finding a command in the tables, reading its words, running it. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/conf.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/words.h"
#include "cli/command.h"
#include "shop/audit.h"
#include "shop/auth.h"

#define CALL_KEY_FILE	16384	/* bytes of a file with a key */

/* In the order of a first day: the manual and --help follow it. */
static const struct command *const cli_tables[] = {
	commands_server,
	commands_people,
	commands_devices,
	commands_paper,
	commands_document,
	commands_goods,
	commands_catalogue,
	commands_options,
	commands_prices,
	commands_entry,
	commands_day,
	commands_money,
	commands_returns,
	commands_shift,
	commands_journal,
	commands_stock,
	commands_counting,
	commands_supplier,
	commands_purchase,
	commands_label,
	commands_room,
	commands_kitchen,
};

void
cli_list(void (*fn)(void *ctx, const char *command, const char *args,
    const char *options, const char *help, bool lists), void *ctx)
{
	for (size_t t = 0; t < NELEM(cli_tables); t++) {
		for (const struct command *c = cli_tables[t];
		    c->words != NULL; c++) {
			fn(ctx, c->words, c->args, c->options, _(c->help),
			    (c->flags & COMMAND_LISTS) != 0);
		}
	}
}

/* How many of the words argv begins with; 0 when it does not. */
static int
cli_match(const char *words, int argc, char **argv)
{
	int	n = 0;

	while (*words != '\0') {
		size_t	len = strcspn(words, " ");

		if (n >= argc || strlen(argv[n]) != len ||
		    strncmp(argv[n], words, len) != 0) {
			return 0;
		}
		n++;
		words += len;
		words += strspn(words, " ");
	}
	return n;
}

/* The command that takes most of the words. */
static const struct command *
cli_find(int argc, char **argv, int *used)
{
	const struct command	*best = NULL;

	*used = 0;
	for (size_t t = 0; t < NELEM(cli_tables); t++) {
		for (const struct command *c = cli_tables[t];
		    c->words != NULL; c++) {
			int	n = cli_match(c->words, argc, argv);

			if (n > *used) {
				*used = n;
				best = c;
			}
		}
	}
	return best;
}

/* "product" alone is no command, but the start of some. */
static bool
cli_begins(const char *word)
{
	size_t	n = strlen(word);

	for (size_t t = 0; t < NELEM(cli_tables); t++) {
		for (const struct command *c = cli_tables[t];
		    c->words != NULL; c++) {
			if (n > 0 && strncmp(c->words, word, n) == 0 &&
			    c->words[n] == ' ') {
				return true;
			}
		}
	}
	return false;
}

static void
cli_usage_line(FILE *to, const struct command *c)
{
	char	options[400];

	(void)fprintf(to, "  %s", c->words);
	(void)str_copy(options, sizeof(options), c->options);
	for (char *save = NULL, *o = strtok_r(options, " ", &save); o != NULL;
	    o = strtok_r(NULL, " ", &save)) {
		char	*eq = strchr(o, '=');
		size_t	 n = strlen(o);
		bool	 needed = n > 0 && o[n - 1] == '!';

		if (needed) {
			o[n - 1] = '\0';
		}
		if (eq == NULL) {
			(void)fprintf(to, " [--%s]", o);
		} else {
			(void)fprintf(to, needed ? " --%.*s %s" :
			    " [--%.*s %s]", (int)(eq - o), o, eq + 1);
		}
	}
	if ((c->flags & COMMAND_LISTS) != 0) {
		(void)fprintf(to, " [--format table|csv|json]");
	}
	if (c->args[0] != '\0') {
		(void)fprintf(to, " %s", c->args);
	}
	(void)fprintf(to, "\n        %s\n", _(c->help));
}

/* Every command that begins with the words there are; all when none do. */
static void
cli_help(FILE *to, int argc, char **argv)
{
	bool	any = false;

	(void)fprintf(to, "%s\n",
	    _("usage: comptoir [-s SHOP] COMMAND…   (SHOP: also "
	    "COMPTOIR_SHOP)"));
	for (int pass = 0; pass < 2 && !any; pass++) {
		for (size_t t = 0; t < NELEM(cli_tables); t++) {
			for (const struct command *c = cli_tables[t];
			    c->words != NULL; c++) {
				size_t	n = argc > 0 ? strlen(argv[0]) : 0;

				if (pass == 0 && (n == 0 ||
				    strncmp(c->words, argv[0], n) != 0 ||
				    (c->words[n] != ' ' &&
				    c->words[n] != '\0'))) {
					continue;
				}
				any = true;
				cli_usage_line(to, c);
			}
		}
	}
}

const char *
call_option(const struct call *call, const char *name)
{
	for (int i = 0; i < call->noptions; i++) {
		if (strcmp(call->option[i].name, name) == 0) {
			return call->option[i].value;
		}
	}
	return NULL;
}

const char *
call_arg(const struct call *call, int n)
{
	return n < call->nargs ? call->arg[n] : NULL;
}

void
call_say(struct call *call, const char *fmt, ...)
{
	va_list	ap;

	if (call->out.format == OUT_JSON) {
		return;
	}
	va_start(ap, fmt);
	(void)vprintf(fmt, ap);
	va_end(ap);
	(void)putchar('\n');
}

int
call_secret(struct call *call, const char *prompt, char *out, size_t size)
{
	struct termios	old, quiet;
	bool		tty = isatty(STDIN_FILENO) != 0;
	size_t		n = 0;
	ssize_t		r = 0;
	char		c = '\0';

	(void)call;
	if (tty && tcgetattr(STDIN_FILENO, &old) == 0) {
		(void)fprintf(stderr, "%s: ", prompt);
		quiet = old;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	}
	out[0] = '\0';
	while ((r = read(STDIN_FILENO, &c, 1)) == 1 && c != '\n') {
		if (n + 1 >= size) {
			n = size;	/* too long; read to the end first */
			continue;
		}
		if (n < size) {
			out[n++] = c;
		}
	}
	if (tty) {
		(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &old);
		(void)fputc('\n', stderr);
	}
	if (n >= size) {
		explicit_bzero(out, size);
		return err_set(ERR_TOO_LONG, _("the secret is too long"));
	}
	if (n > 0 && out[n - 1] == '\r') {
		n--;
	}
	out[n] = '\0';
	if (n == 0) {
		return err_set(ERR_EMPTY,
		    _("no secret came on the standard input"));
	}
	return 0;
}

int
call_open(struct call *call, const char *path, bool write, int *fd)
{
	*fd = -1;
	if (path == NULL || strcmp(path, "-") == 0) {
		*fd = write ? STDOUT_FILENO : STDIN_FILENO;
		return 0;
	}
	if (call->caller->door != DOOR_SHELL) {
		return err_set(ERR_DENIED,
		    _("files of the server cannot be named here; use -"));
	}
	*fd = write ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
	    0644) : open(path, O_RDONLY | O_CLOEXEC);
	if (*fd < 0) {
		return err_sys(errno == ENOENT ? ERR_NOT_FOUND : ERR_IO,
		    write ? _("cannot write %s") : _("cannot read %s"), path);
	}
	return 0;
}

int
call_key(struct call *call, const char *path, struct buf *line)
{
	int	fd, r;

	if ((r = call_open(call, path, false, &fd)) != 0) {
		return r;
	}
	r = io_read_all(fd, CALL_KEY_FILE, line);
	if (fd != STDIN_FILENO) {
		(void)close(fd);
	}
	if (r == 0) {
		line->len = strcspn(buf_text(line), "\r\n");
		if (line->len == 0) {
			return err_set(ERR_EMPTY,
			    _("no key came; give the file or its text on -"));
		}
		line->data[line->len] = '\0';
	}
	return r;
}

/* Does the command know this option, and does it take a value? */
static bool
cli_knows(const struct command *c, const char *name, size_t len, bool *value)
{
	for (const char *o = c->options; *o != '\0';) {
		size_t	n = strcspn(o, " "), plain = strcspn(o, " =");

		if (plain == len && strncmp(o, name, len) == 0) {
			*value = o[plain] == '=';
			return true;
		}
		o += n;
		o += strspn(o, " ");
	}
	return false;
}

static int
cli_format(struct call *call, const char *value)
{
	static const char *const names[] = { "table", "csv", "json" };

	for (size_t i = 0; i < NELEM(names); i++) {
		if (strcmp(value, names[i]) == 0) {
			call->out.format = (enum out_format)i;
			return 0;
		}
	}
	return err_set(ERR_USAGE,
	    _("--format is table, csv or json, not %.20s"), value);
}

/* Words after the command: options anywhere, `--` ends them. */
static int
cli_words(struct call *call, int argc, char **argv)
{
	const struct command	*c = call->command;
	bool			 words = false;

	for (int i = 0; i < argc; i++) {
		const char	*a = argv[i], *eq, *value;
		size_t		 len;
		bool		 takes = true, format;

		if (!utf8_is_clean(a)) {
			return err_set(ERR_USAGE,
			    _("argument %d is not clean UTF-8 text"), i + 1);
		}
		if (words || a[0] != '-' || a[1] != '-') {
			if (call->nargs >= CALL_ARGS) {
				return err_set(ERR_USAGE,
				    _("too many arguments"));
			}
			call->arg[call->nargs++] = a;
			continue;
		}
		if (a[2] == '\0') {
			words = true;
			continue;
		}
		eq = strchr(a, '=');
		len = eq == NULL ? strlen(a + 2) : (size_t)(eq - a - 2);
		format = len == 6 && strncmp(a + 2, "format", 6) == 0 &&
		    (c->flags & COMMAND_LISTS) != 0;
		if (!format && !cli_knows(c, a + 2, len, &takes)) {
			return err_set(ERR_USAGE,
			    _("%s has no option %.40s; see comptoir %s "
			    "--help"), c->words, a, c->words);
		}
		value = eq == NULL ? "" : eq + 1;
		if (takes && eq == NULL) {
			if (++i >= argc) {
				return err_set(ERR_USAGE,
				    _("%.40s needs a value"), a);
			}
			value = argv[i];
		}
		if (format) {
			int	r = cli_format(call, value);

			if (r != 0) {
				return r;
			}
			continue;
		}
		if (call->noptions >= CALL_OPTIONS) {
			return err_set(ERR_USAGE, _("too many options"));
		}
		call->option[call->noptions].name = xstrndup(a + 2, len);
		call->option[call->noptions++].value = value;
	}
	return 0;
}

/* At least the NAMEs without brackets, at most all of them. */
static int
cli_count(const struct call *call)
{
	int		 least = 0, most = 0;
	const char	*p = call->command->args;

	while (*p != '\0') {
		size_t	n = strcspn(p, " ");
		size_t	name = strcspn(p, " ]");

		most++;
		least += p[0] != '[';
		if (name >= 3 && strncmp(p + name - 3, "…", 3) == 0) {
			most = CALL_ARGS;
		}
		p += n;
		p += strspn(p, " ");
	}
	if (call->nargs < least || call->nargs > most) {
		return err_set(ERR_USAGE, _("usage: comptoir %s %s"),
		    call->command->words, call->command->args);
	}
	return 0;
}

/* Days and times are the shop's, wherever the command is typed. */
static int
cli_zone(const char *shop)
{
	struct conf	conf;
	int		r;

	if ((r = conf_load(&conf, shop)) == 0) {
		conf_set_zone(&conf);
	}
	conf_done(&conf);
	return r;
}

/* Open the shop and become who is calling. */
static int
cli_enter(struct call *call)
{
	const struct cli_caller	*who = call->caller;
	const struct command	*c = call->command;
	int			 r;

	if ((c->flags & COMMAND_OWNER) != 0 && who->door != DOOR_SHELL) {
		return err_set(ERR_DENIED,
		    _("%s works only in a shell on the server"), c->words);
	}
	if ((c->flags & COMMAND_NO_SHOP) != 0) {
		return 0;
	}
	if (who->dir == NULL) {
		return err_set(ERR_USAGE,
		    _("no shop is named; use -s SHOP or COMPTOIR_SHOP"));
	}
	if ((r = cli_zone(who->dir)) != 0 ||
	    (r = shop_open(who->dir, DB_WRITE, &call->shop)) != 0) {
		return r;
	}
	call->out.money = &call->shop->money;
	r = who->door == DOOR_SHELL && who->user == 0 ?
	    auth_owner(call->shop, DOOR_SHELL) :
	    auth_enter(call->shop, who->user, who->terminal, who->door,
	    who->from, false);
	/* Somebody's own language goes before what their client sends. */
	if (r == 0 && who->door != DOOR_SHELL &&
	    call->shop->who.language[0] != '\0') {
		words_language(call->shop->who.language);
	}
	if (r == 0 && c->right >= 0) {
		r = shop_require(call->shop, (enum right)c->right);
	}
	return r;
}

static int
cli_run(struct call *call, int argc, char **argv)
{
	int	r;

	if ((r = cli_words(call, argc, argv)) != 0 ||
	    (r = cli_count(call)) != 0 || (r = cli_enter(call)) != 0) {
		return r;
	}
	return call->command->run(call);
}

int
cli_main(const struct cli_caller *caller, int argc, char **argv)
{
	static const struct money_style	plain = { .mark = '.' };
	struct call			call = { .caller = caller };
	int				used, r;

	/* A reader that goes away ends the command with a word, not a kill. */
	(void)signal(SIGPIPE, SIG_IGN);
	if (argc > 0 && strcmp(argv[0], "--version") == 0) {
		(void)printf("comptoir %s\n", VERSION);
		return 0;
	}
	if (argc == 0 || strcmp(argv[0], "--help") == 0 ||
	    strcmp(argv[0], "help") == 0) {
		cli_help(argc == 0 ? stderr : stdout, argc - 1, argv + 1);
		return argc == 0 ? err_status(ERR_USAGE) : 0;
	}
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strcmp(argv[i], "--help") == 0) {
			cli_help(stdout, argc, argv);
			return 0;
		}
	}
	call.command = cli_find(argc, argv, &used);
	if (call.command == NULL) {
		(void)fprintf(stderr, "comptoir: ");
		if (cli_begins(argv[0])) {
			(void)fprintf(stderr,
			    _("%.40s what? comptoir %.40s --help lists it"),
			    argv[0], argv[0]);
		} else {
			(void)fprintf(stderr,
			    _("no command %.40s; comptoir --help lists them"),
			    argv[0]);
		}
		(void)fputc('\n', stderr);
		return err_status(ERR_USAGE);
	}
	call.out.money = &plain;
	r = cli_run(&call, argc - used, argv + used);
	if (fflush(stdout) != 0 && r == 0) {
		r = err_sys(ERR_IO, _("cannot write the output"));
	}
	if (r != 0) {
		(void)fprintf(stderr, "comptoir: %s\n", err_text(r));
	}
	out_done(&call.out);
	if (call.shop != NULL) {
		auth_leave(call.shop);
	}
	shop_close(call.shop);
	for (int i = 0; i < call.noptions; i++) {
		free((void *)(uintptr_t)call.option[i].name);
	}
	return err_status(r);
}
