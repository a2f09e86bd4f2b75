/* SPDX-License-Identifier: ISC */
/* The contract between a session and its screens: read this to write one. */
#ifndef TERM_TERM_H
#define TERM_TERM_H

#include "base/utf8.h"
#include "term/actions.h"
#include "term/canvas.h"
#include "term/keys.h"

struct buf;
struct session;
struct shop;

#define ENTRY_MAX	512	/* bytes of the entry line, NUL included */

/* What a handler wants done after it. */
enum turn {
	TURN_PASS,	/* not mine: the floor's own meaning, or "nothing" */
	TURN_STAY,	/* done, nothing on the screen changed */
	TURN_DRAW,	/* done, paint */
	TURN_KEEP,	/* as DRAW; from enter(), from act() on a ":" line
			 * and from resume(): refused, the text stays to be
			 * mended */
};

/* One row of a screen's own table of keys; the table ends with { 0 }. */
struct binding {
	enum action	 act;
	enum key_code	 key;	/* K_F1…; K_NONE: menu and ":" only */
	char		 letter;/* in the Tab menu; direct screen: at once */
	const char	*label;	/* N_(): other words here; NULL the action's */
};

/* What a screen is while its state makes it something else: a table on the
 * sale screen. */
struct screen_face {
	const char	*name;		/* stable, as the screen's */
	const char	*title;		/* N_(), as the screen's */
	const char	*help;		/* N_() */
	const struct binding *keys;	/* its own order; no other keys */
};

/* How a screen above this one ended; see resume(). */
struct answer {
	const struct screen *from;
	int		 tag;	/* what session_ask…() was given */
	bool		 ok;	/* false: Esc, F10 or "no" */
	int64_t		 value;	/* row id, choice */
	const char	*text;	/* what was typed, "" none; borrowed */
};

/* screen.flags */
#define SCREEN_ENTRY	0x00	/* typing goes to the entry line */
#define SCREEN_DIRECT	0x01	/* a letter or digit acts at once */
#define SCREEN_OVER	0x02	/* the screen below is painted first */
#define SCREEN_NOLOCK	0x04	/* idle time never locks it (kitchen) */
#define SCREEN_LITERAL	0x08	/* ":", "?" are text here (a password) */
#define SCREEN_SECRET	0x10	/* and typing shows as "*" */
#define SCREEN_SCANS	0x20	/* enter() takes scans; elsewhere one is
				 * refused in one line (stray.c) */

#define SCREEN_BADGES	0x80	/* enter() takes a badge; elsewhere one is
				 * refused and wiped (stray.c) */
#define SCREEN_DIGITS	0x40	/* every digit is an act of its own, however
				 * many follow: none of them is a scan's */

/*
 * A screen is one file ending in one of these.  All handlers but open and
 * draw may be NULL.  The state block belongs to the stack: zeroed before
 * open(), wiped and freed after close().  A handler may push, pop or replace
 * screens (see session_push…); the state stays valid until it has returned.
 *
 * The way of a key: key() first, raw (while text is on the entry line only
 * Up, Down, PgUp, PgDn and F-keys); then, where it passes: bindings and the
 * contract's own keys (F-keys, Tab, "?", ":", Esc); then the entry line is
 * edited and typed() told, or, at its end (Enter), enter() gets the text and
 * the line is emptied.  Enter on an empty line is enter() with "".
 * Esc empties a line with text first; on an empty one it is act(ACT_BACK).
 */
struct screen {
	const char	*name;		/* stable: rights, help, man page */
	const char	*title;		/* N_(): the top bar's state word */
	const char	*right;		/* by name, asked before open() */
	const char	*help;		/* N_(): a paragraph for F1; NULL */
	unsigned	 flags;		/* SCREEN_… */
	unsigned	 topics;	/* 1u << TOPIC_x: news() wants these */
	size_t		 state_size;
	const struct binding *keys;
	/* Another title, help and order of the keys while its state is such;
	 * NULL: these. */
	const struct screen_face *(*face)(const void *state);

	/* `arg` is what session_push() was given, valid during the call.  An
	 * error is shown and the screen does not open. */
	int		 (*open)(struct session *, void *state,
			    const void *arg) MUST_CHECK;
	/* Room for the work: after open() and after each resize. */
	void		 (*layout)(struct session *, void *state, int rows,
			    int cols);
	void		 (*draw)(const void *state, struct canvas *);
	/* The words of the top bar when more than `title` is wanted. */
	void		 (*head)(const void *state, char *out, size_t size);
	/* Before the help: what stands short on the screen, in full; each
	 * row "  key  words" and its end. */
	void		 (*legend)(const void *state, struct buf *out);
	/* Beside the entry line: the obvious next thing Enter will do. */
	void		 (*prompt)(const void *state, const char *typed,
			    char *out, size_t size);
	/* An F-key or menu entry that cannot apply now is left out. */
	bool		 (*can)(const void *state, enum action);
	/* Asked for all the same: why it cannot, and what helps; NULL: only
	 * that it cannot now. */
	const char	*(*why)(const void *state, enum action);

	enum turn	 (*key)(struct session *, void *state, struct key);
	enum turn	 (*typed)(struct session *, void *state,
			    const char *text);
	enum turn	 (*enter)(struct session *, void *state,
			    const char *text);
	/* `rest`: the rest of a ":" line, "" from a key. */
	enum turn	 (*act)(struct session *, void *state, enum action,
			    const char *rest);
	/* A direct screen's letter or digit that no binding has. */
	enum turn	 (*press)(struct session *, void *state, uint32_t ch);

	enum turn	 (*resume)(struct session *, void *state,
			    const struct answer *);
	/* Others committed.  Re-read; never move focus, mode or mark. */
	enum turn	 (*news)(struct session *, void *state,
			    unsigned topics);
	/* The timer of session_timer() ran out. */
	enum turn	 (*tick)(struct session *, void *state);
	/* Always called once after a good open(); parks what is open. */
	void		 (*close)(struct session *, void *state);
};

/* ---- the stack ---------------------------------------------------------- */

/* Each opens or closes and returns the turn for the handler to return; an
 * error is on the message line already. */
enum turn session_push(struct session *s, const struct screen *screen,
	    const void *arg);
/* Close this screen; the one below gets resume(). */
enum turn session_pop(struct session *s, bool ok, int64_t value,
	    const char *text);
/* Close down to the lowest screen. */
enum turn session_home(struct session *s);
/* End the session with this exit status: every screen's close(), top first. */
enum turn session_end(struct session *s, int status);

/* ---- asking (each comes back in resume() with `tag`) -------------------- */

/* resume() that returns TURN_KEEP refuses what session_ask() brought: it is
 * asked again with that text on the line. */

/* y or n; `danger`: Enter alone is not yes. */
enum turn session_confirm(struct session *s, int tag, bool danger,
	    const char *fmt, ...) PRINTF(4, 5);
/* One line of text, over the screen as it stands. */
enum turn session_ask(struct session *s, int tag, bool secret,
	    const char *question, const char *initial);
/* The same where the answer may be scanned: a serial number. */
enum turn session_ask_code(struct session *s, int tag, const char *question,
	    const char *initial);
/* The same for a badge: typed or shown to its reader, and never shown. */
enum turn session_ask_badge(struct session *s, int tag,
	    const char *question);
/* A choice of rows: "label" strings, value = index. */
enum turn session_choose(struct session *s, int tag, const char *question,
	    const char *const *labels, size_t n);
/* A text to read: scrolls; lines as they stand (a receipt).  Copied. */
enum turn session_view(struct session *s, const char *title,
	    const char *text);

/* ---- the message row ---------------------------------------------------- */

/* One line until the next key. */
void	session_say(struct session *s, const char *fmt, ...) PRINTF(2, 3);
void	session_warn(struct session *s, const char *fmt, ...) PRINTF(2, 3);
/* The words of an error, with the bell.  TURN_KEEP: paint, and from enter()
 * also leave the text on the line to be mended. */
enum turn session_fail(struct session *s, int error);
/* The bell, for a refusal a scanner's user must hear. */
void	session_beep(struct session *s);

/* ---- the entry line ----------------------------------------------------- */

const char *session_entry(const struct session *s);
void	session_set_entry(struct session *s, const char *text);
/* From now on typing on this screen shows as "*" and ":", "?" and Tab are
 * text (a password field); false ends it.  SCREEN_SECRET starts with it. */
void	session_secret(struct session *s, bool on);

/* ---- state shared by all screens ---------------------------------------- */

struct shop *session_shop(struct session *s);
void	*session_app(struct session *s);	/* what the program gave */
/* The row of who, where and printer; `text` is copied, "" hides it. */
enum status { STATUS_PLACE, STATUS_PERSON, STATUS_PRINTER, STATUS_COUNT };
void	session_status(struct session *s, enum status part, enum style style,
	    const char *text);
/* "en", "fr", …: from now on all words; unknown ones stay English. */
void	session_language(struct session *s, const char *code);
const char *session_language_code(const struct session *s);
/* Is this right held? (NULL: always.) */
bool	session_allowed(struct session *s, const char *right);
/* tick() after this long, once; 0 stops.  One per screen on the stack. */
void	session_timer(struct session *s, int64_t ms);
int64_t	session_now_ms(const struct session *s);	/* wall clock, UTC */
int64_t	session_boot_ms(const struct session *s);	/* for differences */
int	session_rows(const struct session *s);		/* of the work area */
int	session_cols(const struct session *s);
/* Has more been typed than was handled? For long work, to leave it. */
bool	session_pressed(const struct session *s);
/* Everything again, whatever the terminal shows now. */
void	session_redraw(struct session *s);
/* Is this a slow line (a serial terminal)? Shorter lists, fewer repaints. */
bool	session_slow(const struct session *s);

#endif
