/* SPDX-License-Identifier: ISC */
/* Print the tables of the manual pages from the lists the programs use, so
 * that no page says what no program does. */
#include <stdio.h>
#include <string.h>

#include "shop/print.h"
#include "shop/right.h"
#include "term/actions.h"

/* One cell of a mdoc column list: no macro, no escape. */
static void
cell(const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\\') {
			(void)fputs("\\e", stdout);
		} else {
			(void)putchar(*text);
		}
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
	(void)puts(".Bl -column \":language\" \"terminal\" \"x\"");
	(void)puts(".It Sy Name Ta Sy Right Ta Sy What it does");
	for (int i = ACT_NONE + 1; i < ACT_COUNT; i++) {
		enum action	a = (enum action)i;
		const char	*right = action_right(a);

		(void)printf(".It \\&:");
		cell(action_name(a));
		next(right == NULL ? "" : right);
		next(action_help(a));
		(void)putchar('\n');
	}
	(void)puts(".El");
}

static void
table_rights(void)
{
	(void)puts(".Bl -column \"terminal\" \"take over somebody's sale\" \"x\"");
	(void)puts(".It Sy Right Ta Sy Allows to Ta Sy Roles");
	for (int i = 0; i < RIGHT_COUNT; i++) {
		enum right	right = (enum right)i;

		item(right_name(right));
		next(right_text(right));
		(void)fputs(" Ta ", stdout);
		for (int role = 0; role < ROLE_COUNT; role++) {
			if (role_rights((enum role)role) & RIGHT_BIT(right)) {
				(void)printf("%s ", role_name((enum role)role));
			}
		}
		(void)putchar('\n');
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

static const struct {
	const char	*name;
	void		 (*print)(void);
} tables[] = {
	{ "actions", table_actions },
	{ "rights", table_rights },
	{ "errors", table_errors },
	{ "printer-states", table_printer_states },
};

int
main(int argc, char **argv)
{
	for (size_t i = 0; argc == 2 && i < NELEM(tables); i++) {
		if (strcmp(argv[1], tables[i].name) == 0) {
			tables[i].print();
			return fflush(stdout) == 0 ? 0 : 1;
		}
	}
	(void)fprintf(stderr, "usage: mantable TABLE\n");
	return 64;
}
