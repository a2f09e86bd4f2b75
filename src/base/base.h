/* SPDX-License-Identifier: ISC */
/* What every file may use without thinking: attributes, errors, text marks. */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_CHECK	__attribute__((warn_unused_result))
#define PRINTF(f, a)	__attribute__((format(printf, f, a)))
#define NORETURN	__attribute__((noreturn))
#define NELEM(a)	(sizeof(a) / sizeof((a)[0]))

/* Words for people go through gettext; N_() only marks a constant. */
#include <libintl.h>
/* _() of a literal that is reached through a table. */
const char *words_of(const char *id) __attribute__((format_arg(1)));
#define _(s)	(__builtin_constant_p(s) ? words_of(s) : gettext(s))
#define N_(s)	(s)

/*
 * Every error of the product, once: name, sysexits(3) status, the words used
 * when nothing more exact was said with err_set().
 */
#define ERRS(X) \
	X(NOT_FOUND,	66, N_("not found")) \
	X(EXISTS,	65, N_("already exists")) \
	X(DENIED,	77, N_("you may not do that")) \
	X(AUTH,		77, N_("wrong name or password")) \
	X(LOCKED,	77, N_("this user is locked; ask an admin")) \
	X(BUSY,		75, N_("the shop database is busy; try again")) \
	X(CHANGED,	75, N_("somebody else changed this; look again")) \
	X(TAKEN,	75, N_("taken by another terminal")) \
	X(PARKED,	75, N_("the shop was upgraded; log in again")) \
	X(TIMEOUT,	75, N_("no answer in time; try again")) \
	X(RANGE,	65, N_("number out of range")) \
	X(INVALID,	65, N_("not valid")) \
	X(EMPTY,	65, N_("nothing to do")) \
	X(DOUBT,	65, N_("once more if that is meant")) \
	X(TOO_LONG,	65, N_("too long")) \
	X(UNBALANCED,	70, N_("the posting does not balance")) \
	X(FROZEN,	65, N_("a posted document cannot be changed")) \
	X(FULL,		74, N_("the disk is full; free some space")) \
	X(READONLY,	74, N_("the disk or the shop is read-only")) \
	X(IO,		74, N_("reading or writing failed")) \
	X(CORRUPT,	65, \
	    N_("the shop database is damaged; restore a backup")) \
	X(NEWER,	65, \
	    N_("the shop was made by a newer comptoir; upgrade this one")) \
	X(OLDER,	65, \
	    N_("the shop needs an upgrade; restart comptoird")) \
	X(CLOCK,	75, \
	    N_("the clock looks wrong; a manager must confirm it")) \
	X(DEVICE,	69, N_("the device does not answer")) \
	X(CONFIG,	78, N_("the configuration is not valid")) \
	X(USAGE,	64, N_("usage; see --help")) \
	X(CLOSED,	69, N_("the connection is closed")) \
	X(NET,		68, N_("network file systems cannot hold a shop")) \
	X(SYSTEM,	71, N_("the system refused")) \
	X(BUG,		70, N_("internal error; see the log"))

enum err {
	ERR_OK_ = 0,
#define X(name, status, text) ERR_##name##_,
	ERRS(X)
#undef X
	ERR_COUNT_
};

/* Functions return 0 or one of these negative codes. */
enum {
#define X(name, status, text) ERR_##name = -ERR_##name##_,
	ERRS(X)
#undef X
	ERR_END_ = 0
};

/*
 * Remember the exact words for the error about to be returned (what happened,
 * what to do; one line; already translated) and return its code:
 *	return err_set(ERR_NOT_FOUND, _("no product has code %s"), code);
 * The text is kept until the next err_set() of this process.
 */
int err_set(int code, const char *fmt, ...) PRINTF(2, 3);
/* As err_set(), with ": " and the text of errno after it. */
int err_sys(int code, const char *fmt, ...) PRINTF(2, 3);
/* The words for a code: those last set for it, else the general ones. */
const char *err_text(int code);
/* Stable English name ("NOT_FOUND") for logs and JSON. */
const char *err_name(int code);
/* sysexits(3) status for a code; 0 for 0. */
int err_status(int code);

#endif
