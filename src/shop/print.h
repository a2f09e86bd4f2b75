/* SPDX-License-Identifier: ISC */
/* Printers, and the outbox: a print job is a row written in the transaction
 * of what it prints; comptoir-spool does the rest. */
#ifndef SHOP_PRINT_H
#define SHOP_PRINT_H

#include "shop/shop.h"
#include "shop/slip.h"

/* Where a printer is:
 *	cups:QUEUE		a queue of the print system
 *	file:			no printer: text files under SHOP/paper/
 *	tcp:HOST:PORT		a network printer without CUPS (9100)
 *	device:/dev/usb/lp0	a printer wired to this machine, without CUPS */
#define PRINTER_CONNECTION_SIZE	128
#define PRINTER_NAME_PAPER "paper"		/* of a shop without one */

/* How a printer is: the stable word, how bad it is (0 is fine), what is said
 * on the status bar. */
#define PRINTER_STATES(X) \
	X(READY,     "ready",     0, N_("ready")) \
	X(LOW,       "low",       1, N_("paper nearly out")) \
	X(UNSERVED,  "unserved",  2, N_("not served; start comptoird")) \
	X(DISABLED,  "disabled",  2, N_("switched off; set it active")) \
	X(REJECTING, "rejecting", 3, N_("refuses jobs; cupsaccept it")) \
	X(STOPPED,   "stopped",   3, N_("stopped; cupsenable it")) \
	X(PAPER,     "paper",     3, N_("out of paper; put a roll in")) \
	X(COVER,     "cover",     3, N_("cover open; close it")) \
	X(JAM,       "jam",       3, N_("paper jam; clear it")) \
	X(OFF,       "off",       3, N_("no answer; is it on?")) \
	X(ERROR,     "error",     3, N_("reports an error")) \
	X(MISSING,   "missing",   4, N_("no such queue; lpadmin adds it")) \
	X(MUTE,      "mute",      4, N_("print system mute; restart cups")) \
	X(NOCUPS,    "nocups",    4, N_("print system not running; start cups"))

enum printer_state {
#define X(id, word, severity, text) PRINTER_##id,
	PRINTER_STATES(X)
#undef X
	PRINTER_STATE_COUNT
};

struct printer {
	int64_t			 id;
	char			 name[NAME_SIZE];
	char			 driver[16], model[24];
	char			 connection[PRINTER_CONNECTION_SIZE];
	int			 columns;	/* 0: the model's */
	char			 charset[16];	/* "": the model's */
	int			 drawer;	/* pin 2 or 5; 0 none wired */
	bool			 active;
	bool			 is_default;
	enum printer_state	 state;		/* as last seen */
	char			 detail[128];	/* the print system's words */
	int64_t			 since;		/* of that state, ms */
};

/* What a printer's row may be given; NULL and -1 leave a value as it is. */
struct printer_change {
	const char	*driver, *model, *connection, *charset;
	int		 columns, drawer, active, is_default;
};
#define PRINTER_NO_CHANGE \
	{ .columns = -1, .drawer = -1, .active = -1, .is_default = -1 }

const char *printer_state_word(enum printer_state state);
const char *printer_state_text(enum printer_state state);  /* translated */
int	 printer_state_severity(enum printer_state state);

/*
 * Right "printer"; each is one transaction and one audit row.  The driver and
 * model were checked by the caller (driver_find()): this floor knows none.
 * The first printer becomes the default one.
 */
int	 printer_check_connection(const char *connection) MUST_CHECK;
int	 printer_add(struct shop *shop, const char *name,
	    const struct printer_change *values, int64_t *id) MUST_CHECK;
int	 printer_set(struct shop *shop, int64_t id,
	    const struct printer_change *values) MUST_CHECK;
/* As printer_set() with one value as text; key: driver ("escpos" or
 * "escpos/tm-t88"), model, connection, charset, columns, drawer, active,
 * default. */
int	 printer_set_key(struct shop *shop, int64_t id, const char *key,
	    const char *value) MUST_CHECK;
/* Its jobs stay readable; ERR_BUSY while some wait, ERR_INVALID for the
 * default printer of a shop that has others. */
int	 printer_remove(struct shop *shop, int64_t id) MUST_CHECK;
/* Queue a page that shows styles, characters, columns and codes. */
int	 printer_test(struct shop *shop, int64_t id, int64_t *job)
	    MUST_CHECK;

int	 printer_find(struct shop *shop, const char *name, int64_t *id)
	    MUST_CHECK;
int	 printer_get(struct shop *shop, int64_t id, struct printer *out)
	    MUST_CHECK;
int	 printer_list(struct shop *shop,
	    int (*fn)(void *ctx, const struct printer *printer), void *ctx)
	    MUST_CHECK;
/* The printer a terminal's receipts come from: its own, else the default one.
 * 0 in *id and no error when the shop has none. */
int	 printer_for(struct shop *shop, int64_t terminal, int64_t *id)
	    MUST_CHECK;

#define PRINT_KINDS(X) \
	X(RECEIPT,   N_("receipt")) \
	X(DUPLICATE, N_("duplicate"))	/* says DUPLICATA in its own text */ \
	X(REPORT,    N_("report")) \
	X(KITCHEN,   N_("kitchen")) \
	X(LABEL,     N_("label")) \
	X(TEST,      N_("test")) \
	X(DRAWER,    N_("drawer"))

enum print_kind {
#define X(id, word) PRINT_##id,
	PRINT_KINDS(X)
#undef X
	PRINT_KIND_COUNT
};

/* queued: here; sending: the print system made a job and waits for the data;
 * sent: it has the data; the others end it.  "printed?": it may have come out,
 * nobody can know. */
#define PRINT_STATES(X) \
	X(QUEUED,    "queued",    N_("waiting")) \
	X(SENDING,   "sending",   N_("being sent")) \
	X(SENT,      "sent",      N_("at the printer")) \
	X(PRINTED,   "printed",   N_("printed")) \
	X(UNSURE,    "printed?",  N_("perhaps printed")) \
	X(FAILED,    "failed",    N_("failed")) \
	X(CANCELLED, "cancelled", N_("cancelled"))

enum print_state {
#define X(id, word, text) PRINT_STATE_##id,
	PRINT_STATES(X)
#undef X
	PRINT_STATE_COUNT
};

#define PRINT_DRAWER_MS	5000		/* a drawer pulse lives this long */

const char *print_kind_word(enum print_kind kind);
const char *print_state_word(enum print_state state);
const char *print_state_text(enum print_state state);	/* translated */

struct print_job {
	int64_t			 id, printer;
	enum print_kind		 kind;
	enum print_state	 state;
	const char		*printer_name;
	const char		*ref;		/* document: "T1-000017" */
	const char		*note;		/* why it failed, or "" */
	int64_t			 attempts;	/* times data may have left */
	int64_t			 created, changed;
};

/*
 * Inside the write transaction of what is printed, no right of its own.
 * `ref` names the document for people (and the file of printer `paper`).
 * A drawer pulse goes by print_drawer() only.
 */
int	 print_add(struct shop *shop, int64_t printer, enum print_kind kind,
	    const char *ref, struct slip *slip, int64_t *job) MUST_CHECK;
/* Also inside a transaction: open the drawer on that printer.  *job is 0, and
 * all is well, when no drawer is wired to it. */
int	 print_drawer(struct shop *shop, int64_t printer, const char *ref,
	    int64_t *job) MUST_CHECK;

/* Newest first, at most `limit`; printer 0 for all; `open` only those not yet
 * ended. */
int	 print_list(struct shop *shop, int64_t printer, bool open,
	    int64_t limit, int (*fn)(void *ctx, const struct print_job *job),
	    void *ctx) MUST_CHECK;
/* The stored slip of a job, for a preview; appended to out. */
int	 print_slip(struct shop *shop, int64_t job, struct buf *out)
	    MUST_CHECK;
/*
 * Send an ended job again: right "reprint".  When data had left before, the
 * new sending says DUPLICATA.  A drawer pulse is refused.
 */
int	 print_retry(struct shop *shop, int64_t job) MUST_CHECK;
/* Right "printer" or "reprint".  A job already at the print system is taken
 * back there by its spooler, if it still can be. */
int	 print_cancel(struct shop *shop, int64_t job) MUST_CHECK;

/* For the status bar: the worst of a terminal's printer, in one clear line
 * ("Bar: out of paper; put a roll in (3 min)"); "" when all is well. */
struct print_status {
	enum printer_state	 state;
	int64_t			 waiting;	/* jobs not at the printer */
	char			 text[160];
};
int	 print_status(struct shop *shop, int64_t terminal,
	    struct print_status *out) MUST_CHECK;
/* The same for one printer. */
int	 printer_status(struct shop *shop, int64_t printer,
	    struct print_status *out) MUST_CHECK;

#endif
