/* SPDX-License-Identifier: ISC */
/* Print the tables of the manual pages from the lists the programs use, so
 * that no page says what no program does. */
#include <stdio.h>
#include <string.h>

#include "base/conf.h"
#include "base/words.h"
#include "cli/cli.h"
#include "drivers/driver.h"
#include "screens/screens.h"
#include "shop/print.h"
#include "shop/right.h"
#include "shop/setting.h"
#include "term/actions.h"

/* One cell of a mdoc column list: no macro, no escape. */
static void
cell(const char *text)
{
	for (const char *first = text; *text != '\0'; text++) {
		/* A lone ";" would be drawn to the word before it. */
		if (text > first && text[-1] == ' ' &&
		    strchr(".,;:?!)", *text) != NULL) {
			(void)fputs("\\&", stdout);
		}
		if (*text == '\\') {
			(void)fputs("\\e", stdout);
		} else {
			(void)putchar(*text);
		}
	}
}

/* Sentences of a help text, each on a line of its own as mdoc wants them. */
static void
prose(const char *text)
{
	while (*text != '\0') {
		size_t	n = strcspn(text, ".?!");

		n += strspn(text + n, ".?!)\"");
		(void)fputs("\\&", stdout);
		for (size_t i = 0; i < n; i++) {
			const char	one[2] = { text[i], '\0' };

			cell(one);
		}
		(void)fputs(text[n] == ' ' || text[n] == '\0' ? "\n" : "\\c\n",
		    stdout);
		text += n + strspn(text + n, " ");
	}
}

/* "\&" keeps words such as "No" or "." from being read as macros. */
static void
item(const char *first)
{
	(void)printf(".It \\&");
	cell(first);
}

static void
next(const char *text)
{
	(void)printf(" Ta \\&");
	cell(text);
}

static void
table_actions(void)
{
	(void)puts(".Bl -tag -width Ds -compact");
	for (int i = ACT_NONE + 1; i < ACT_COUNT; i++) {
		enum action	a = (enum action)i;
		const char	*right = action_right(a);

		(void)printf(".It Ic :");
		cell(action_name(a));
		words_language("fr");
		(void)printf(" , Ic :");
		cell(action_name_local(a));
		words_language("en");
		if (right != NULL) {
			(void)printf(" Pq %s", right);
		}
		(void)putchar('\n');
		prose(action_help(a));
	}
	(void)puts(".El");
}

static void
table_rights(void)
{
	(void)puts(".Bl -tag -width \"discount-any\" -compact");
	for (int i = 0; i < RIGHT_COUNT; i++) {
		enum right	right = (enum right)i;

		const char	*comma = ":";

		(void)printf(".It Cm %s\n", right_name(right));
		cell(right_text(right));
		for (int role = 0; role < ROLE_COUNT; role++) {
			if (role_rights((enum role)role) & RIGHT_BIT(right)) {
				(void)printf("%s\n%s", comma,
				    role_name((enum role)role));
				comma = ",";
			}
		}
		(void)puts(".");
	}
	(void)puts(".El");
}

static void
table_errors(void)
{
	(void)puts(".Bl -column \"UNBALANCED\" \"Status\" \"x\"");
	(void)puts(".It Sy Name Ta Sy Status Ta Sy Says");
	for (int i = 1; i < ERR_COUNT_; i++) {
		item(err_name(-i));
		(void)printf(" Ta %d", err_status(-i));
		next(err_text(-i));
		(void)putchar('\n');
	}
	(void)puts(".El");
}

static void
table_settings(void)
{
	static const struct {
		const char	*name, *fallback, *help;
	} settings[] = {
#define X(id, name, kind, min, max, fallback, help) { name, fallback, help },
		SETTINGS(X)
#undef X
	};

	(void)puts(".Bl -tag -width Ds -compact");
	for (size_t i = 0; i < NELEM(settings); i++) {
		(void)printf(".It Cm %s", settings[i].name);
		if (settings[i].fallback[0] != '\0') {
			(void)printf(" No = %s", settings[i].fallback);
		}
		(void)putchar('\n');
		prose(settings[i].help);
	}
	(void)puts(".El");
}

static void
table_conf(void)
{
	(void)puts(".Bl -tag -width Ds");
	for (size_t i = 0; i < CONF_COUNT; i++) {
		const struct conf_about	*about = &conf_abouts[i];

		(void)printf(".It Cm %s No = Ar %s\n", about->name,
		    about->kind == CONF_TEXT ? "text" :
		    about->kind == CONF_FLAG ? "yes | no" : "number");
		cell(_(about->help));
		if (about->kind == CONF_NUMBER) {
			(void)printf(",\n%lld to %lld", (long long)about->min,
			    (long long)about->max);
		}
		(void)puts(".");
		if (about->fallback[0] != '\0') {
			(void)printf("The default is\n.Ql %s .\n",
			    about->fallback);
		}
	}
	(void)puts(".El");
}

static void
table_printer_states(void)
{
	(void)puts(".Bl -column \"rejecting\" \"x\"");
	for (int i = 0; i < PRINTER_STATE_COUNT; i++) {
		item(printer_state_word((enum printer_state)i));
		next(printer_state_text((enum printer_state)i));
		(void)putchar('\n');
	}
	(void)puts(".El");
}

/* "NAME [VALUE…]" as mdoc arguments; "[A [B]]" may leave both out. */
static void
arguments(const char *args)
{
	while (*args != '\0') {
		size_t	n = strcspn(args, " ");
		size_t	open = strspn(args, "[");
		size_t	word = strcspn(args + open, "] ");

		for (size_t i = 0; i < open; i++) {
			(void)fputs("Oo ", stdout);
		}
		(void)printf("Ar %.*s ", (int)word, args + open);
		for (size_t i = open + word; i < n; i++) {
			(void)fputs("Oc ", stdout);
		}
		args += n + strspn(args + n, " ");
	}
}

static void
one_command(void *ctx, const char *command, const char *args,
    const char *options, const char *help, bool lists)
{
	(void)ctx;
	(void)lists;
	(void)printf(".It Xo\n.Cm %s\n", command);
	while (*options != '\0') {
		size_t	n = strcspn(options, " ");
		size_t	name = strcspn(options, " =");

		bool	needed = n > 0 && options[n - 1] == '!';

		(void)printf("%s -%.*s", needed ? ".Fl" : ".Op Fl",
		    (int)name, options);
		if (name < n) {
			(void)printf(" Ar %.*s",
			    (int)(n - name - 1 - (needed ? 1 : 0)),
			    options + name + 1);
		}
		(void)putchar('\n');
		options += n + strspn(options + n, " ");
	}
	if (*args != '\0') {
		(void)putchar('.');
		arguments(args);
		(void)putchar('\n');
	}
	(void)puts(".Xc");
	cell(help);
	(void)puts(".");
}

static void
table_commands(void)
{
	(void)puts(".Bl -tag -width Ds");
	cli_list(one_command, NULL);
	(void)puts(".El");
}

static void
command_name(void *ctx, const char *command, const char *args,
    const char *options, const char *help, bool lists)
{
	(void)ctx;
	(void)args;
	(void)options;
	(void)help;
	(void)lists;
	(void)puts(command);
}

static void
names_commands(void)
{
	cli_list(command_name, NULL);
}

/* "line list: --help --format": what may follow a command, for completion. */
static void
command_words(void *ctx, const char *command, const char *args,
    const char *options, const char *help, bool lists)
{
	size_t	n = strcspn(args, " ");

	(void)ctx;
	(void)help;
	(void)printf("%s: --help%s", command, lists ? " --format" : "");
	for (; *options != '\0'; options += strspn(options, " ")) {
		(void)printf(" --%.*s", (int)strcspn(options, " =!"), options);
		options += strcspn(options, " ");
	}
	/* One of these words: "pi|pc|vt220|phone", "[full|part]". */
	if (memchr(args, '|', n) != NULL) {
		(void)putchar(' ');
		for (size_t i = 0; i < n; i++) {
			if (args[i] == '|') {
				(void)putchar(' ');
			} else if (args[i] != '[' && args[i] != ']') {
				(void)putchar(args[i]);
			}
		}
	}
	if (strcmp(command, "set") == 0) {
#define X(id, name, kind, min, max, fallback, help) (void)printf(" %s", name);
		SETTINGS(X)
#undef X
	}
	(void)putchar('\n');
}

static void
names_words(void)
{
	cli_list(command_words, NULL);
}

static const struct screen *const screens[] = {
#define X(name) &screen_##name,
	SCREENS(X)
#undef X
};

static const struct screen_face *const faces[] = {
#define X(name) &face_##name,
	SCREEN_FACES(X)
#undef X
};

static void
screen_keys(const char *name, const char *help, const struct binding *b)
{
	(void)printf(".Ss %s\n", name);
	prose(help);
	if (b == NULL || b->act == ACT_NONE) {
		return;
	}
	(void)puts(".Bl -column \"F10\" \"x\" \":terminals\" \"x\"");
	for (; b->act != ACT_NONE; b++) {
		const char	letter[2] = { b->letter, '\0' };

		item(b->key == K_NONE ? "" : key_name(b->key));
		next(letter);
		(void)printf(" Ta :%s", action_name(b->act));
		next(b->label != NULL ? b->label : action_label(b->act));
		(void)putchar('\n');
	}
	(void)puts(".El");
}

static void
table_screens(void)
{
	for (size_t i = 0; i < NELEM(screens); i++) {
		const struct screen	*screen = screens[i];

		screen_keys(screen->name, screen->help == NULL ?
		    screen->title : screen->help, screen->keys);
	}
	for (size_t i = 0; i < NELEM(faces); i++) {
		screen_keys(faces[i]->name, faces[i]->help, faces[i]->keys);
	}
}

static void
names_screens(void)
{
	for (size_t i = 0; i < NELEM(screens); i++) {
		(void)puts(screens[i]->name);
	}
}

static void
table_drivers(void)
{
	for (size_t i = 0; drivers[i] != NULL; i++) {
		const struct driver	*d = drivers[i];

		(void)printf(".Ss %s\n", d->name);
		cell(d->title);
		(void)puts(".\n.Bl -column \"generic-80\" \"Columns\" "
		    "\"cp858 cp858 cp858\" \"x\"");
		(void)puts(".It Sy Model Ta Sy Columns Ta Sy Characters Ta "
		    "Sy Printers");
		for (size_t m = 0; m < d->nmodels; m++) {
			const struct driver_model	*model = &d->models[m];

			item(model->name);
			(void)printf(" Ta %d Ta ", model->columns);
			for (size_t p = 0; p < model->npages; p++) {
				(void)printf("%s ",
				    charset_name(model->pages[p].set));
			}
			next(model->title);
			(void)putchar('\n');
		}
		(void)puts(".El");
	}
}

static void
names_drivers(void)
{
	for (size_t i = 0; drivers[i] != NULL; i++) {
		(void)puts(drivers[i]->name);
	}
}

static const struct {
	const char	*name;
	void		 (*print)(void);
} tables[] = {
	{ "actions", table_actions },
	{ "rights", table_rights },
	{ "errors", table_errors },
	{ "printer-states", table_printer_states },
	{ "conf", table_conf },
	{ "settings", table_settings },
	{ "commands", table_commands },
	{ "screens", table_screens },
	{ "names:screens", names_screens },
	{ "drivers", table_drivers },
	{ "names:commands", names_commands },
	{ "names:words", names_words },
	{ "names:drivers", names_drivers },
};

int
main(int argc, char **argv)
{
	words_init();
	words_language("en");
	for (size_t i = 0; argc == 2 && i < NELEM(tables); i++) {
		if (strcmp(argv[1], tables[i].name) == 0) {
			tables[i].print();
			return fflush(stdout) == 0 ? 0 : 1;
		}
	}
	(void)fprintf(stderr, "usage: mantable TABLE\n");
	return 64;
}
