/* SPDX-License-Identifier: ISC */
/* Everything a user can ask for, once.  From this list come the ":" commands
 * and their completion, the F-key bar, the Tab menu, help, the rights checks
 * and the tables of comptoir-keys(7). */
#ifndef TERM_ACTIONS_H
#define TERM_ACTIONS_H

#include "base/base.h"

/*
 *	X(ID, name, right, label, help)
 * name	 the ":" command, with its colon (so that its translation is not mixed
 *	 up with another word); stable: stored and written by name
 * right the right needed, by name (src/shop's list); NULL none
 * label the word in the F-key bar: at most 9 columns
 * help	 one line; arguments first in capitals: "NAME: put the sale aside"
 */
#define ACTIONS(X) \
	/* The terminal floor's own; screens need not handle them. */ \
	X(HELP,    N_(":help"),   NULL, N_("Help"), \
	    N_("explain this screen; once more: explain the next key")) \
	X(MENU,    N_(":menu"),   NULL, N_("Menu"), \
	    N_("list what can be done here")) \
	X(BACK,    N_(":back"),   NULL, N_("Back"), \
	    N_("one screen back")) \
	X(REDRAW,  N_(":redraw"), NULL, N_("Redraw"), \
	    N_("paint the whole screen again")) \
	X(LOCK,    N_(":lock"),   NULL, N_("Lock"), \
	    N_("lock this terminal; the PIN opens it")) \
	X(LANGUAGE, N_(":language"), NULL, N_("Language"), \
	    N_("CODE: speak this language, en or fr, until you leave")) \
	X(LEAVE,   N_(":leave"),  NULL, N_("Leave"), \
	    N_("end the session")) \
	X(UP,      N_(":up"),     NULL, N_("Up"),     N_("one row up")) \
	X(DOWN,    N_(":down"),   NULL, N_("Down"),   N_("one row down")) \
	X(PGUP,    N_(":pgup"),   NULL, N_("PgUp"),   N_("one page up")) \
	X(PGDN,    N_(":pgdn"),   NULL, N_("PgDn"),   N_("one page down")) \
	X(FIRST,   N_(":first"),  NULL, N_("First"),  N_("the first row")) \
	X(LAST,    N_(":last"),   NULL, N_("Last"),   N_("the last row")) \
	X(EDIT,    N_(":edit"),   NULL, N_("Edit"), \
	    N_("bring this field's value to the entry line")) \
	X(CLEAR,   N_(":clear"),  NULL, N_("Clear"), \
	    N_("empty this field")) \
	X(SAVE,    N_(":save"),   NULL, N_("Save"), \
	    N_("keep what this form says")) \
	X(YES,     N_(":yes"),    NULL, N_("Yes"),    N_("yes, do it")) \
	X(NO,      N_(":no"),     NULL, N_("No"),     N_("no, leave it")) \
	/* The same meaning on every screen that has them. */ \
	X(FIND,    N_(":find"),   NULL, N_("Find"), \
	    N_("TEXT: search")) \
	X(OPENED,  N_(":open"),   NULL, N_("Open"), \
	    N_("NAME: open sales and tables; take one")) \
	X(UNDO,    N_(":undo"),   NULL, N_("Undo"), \
	    N_("take back the last act, then the one before it")) \
	/* The trade: screens add theirs here. */ \
	ACTIONS_TRADE(X)

#include "term/actions_trade.h"

enum action {
	ACT_NONE = 0,
#define X(id, name, right, label, help) ACT_##id,
	ACTIONS(X)
#undef X
	ACT_COUNT
};

/* The command word without its colon, in English or the user's language. */
const char *action_name(enum action a);
const char *action_name_local(enum action a);
const char *action_right(enum action a);	/* NULL: none needed */
const char *action_label(enum action a);	/* translated */
const char *action_help(enum action a);		/* translated */
/* By exact name, English or local, else by the only one that begins so;
 * ACT_NONE for an unknown or ambiguous one. */
enum action action_find(const char *name);
/* Does the English or the local name begin so (accents and case ignored)? */
bool	action_begins(enum action a, const char *head);

#endif
