/* SPDX-License-Identifier: ISC */
/* What the files of the terminal floor share about a session; screens and
 * programs never include this. */
#ifndef TERM_INSIDE_H
#define TERM_INSIDE_H

#include "term/edit.h"
#include "term/session.h"
#include "term/tty.h"

/* Parts of the screen that no longer show the truth. */
#define DIRTY_HEAD	0x01
#define DIRTY_BODY	0x02
#define DIRTY_ENTRY	0x04
#define DIRTY_MESSAGE	0x08
#define DIRTY_BAR	0x10
#define DIRTY_ALL	0x1f
#define DIRTY_BELL	0x20	/* nothing to be painted, but to be said */

#define ROWS_BELOW	3	/* entry, message, bar */

/* One screen on the stack. */
struct frame {
	const struct screen *screen;
	void		*state;
	struct edit	 line;
	int		 tag;
	int64_t		 timer_at;	/* boot clock; 0 none */
	bool		 secret;
	bool		 kept;		/* the line was refused and stands */
	bool		 stray;		/* because it was scanned */
	bool		 scans;		/* this question takes a scan */
	struct edit	 pressed;	/* on a direct screen, since Enter */
	bool		 covered;	/* was hidden: may have missed news */
	bool		 silent;	/* its end is no answer to anybody */
	bool		 dead;		/* closed as soon as no handler runs */
};

/*
 * A call of a handler that may be refused and then made again: what was
 * pressed, entered or answered.  `text` is borrowed while it runs.
 */
enum step_kind {
	STEP_NONE,
	STEP_ACT, STEP_ENTER, STEP_ANSWER, STEP_PRESS, STEP_KEY
};

struct step {
	enum step_kind	 kind;
	struct frame	*frame;
	enum action	 act;
	struct key	 key;		/* a direct screen's letter is key.ch */
	struct answer	 answer;
	const char	*text;
	char		*copy;		/* owned, wiped; once it has returned */
	bool		 denied;	/* a right that somebody could lend */
	struct step	*outer;
};

struct session {
	struct session_config config;
	struct tty	*tty;
	struct keymap	 map;
	struct keys	 keys;

	struct frame	**frames;	/* [0] is the lowest */
	size_t		 depth;
	struct frame	*current;	/* whose handler runs; NULL none */
	int		 running;	/* handlers on the C stack */

	/* The answer of the screen being popped, for the one below. */
	bool		 answered;
	struct answer	 answer;
	char		*answer_text;
	enum action	 chosen;	/* in a menu that is closing */
	struct step	*doing;		/* the call that runs; NULL none */
	struct step	 again;		/* refused, its approval is asked for */
	struct frame	*borrower;	/* acts under a lent right; NULL none */
	char		 refusal[256];
	char		 question[240];	/* last asked; for an answer refused */
	bool		 question_scans;

	char		 message[256];
	enum style	 message_style;
	bool		 message_seen;	/* painted once: a key clears it */
	bool		 message_tall;	/* stands on the keys' row too */
	char		 hint[160];	/* beside the entry line, as painted */
	int		 hint_at;	/* its column */
	int		 entry_end;	/* column after it; -1: all anew */
	const struct binding *bar[40];	/* in the keys' row, as painted */
	size_t		 bar_len;	/* of them; 0: to be painted anew */
	char		 status[STATUS_COUNT][64];
	enum style	 status_style[STATUS_COUNT];
	char		 language[8];

	unsigned	 dirty;
	bool		 dropping;	/* the rest of an overlong line */
	int64_t		 minute;	/* shown on the clock */
	char		 clock[16];	/* what it shows */
	int64_t		 key_ms;	/* last key, boot clock */
	unsigned	 news;		/* heard, not yet told */
	int64_t		 news_ms;	/* last telling */
	unsigned	 watched;

	bool		 over, dead_line;
	bool		 writable;	/* a painting would not block */
	int		 status_code;
};

/* session.c: who lacks a right is told so; `what` names the act or screen. */
int	session_refusal(struct session *s, const char *right,
	    const char *what);

/* stack.c */
struct frame *session_frame(const struct session *s);	/* top or NULL */
/* The lowest frame that shows: the top one, or what is under its OVERs. */
size_t	session_base(const struct session *s);
/* After each handler: turn into dirt, and, when none runs, really close what
 * asked to be closed and tell who is on top now. */
void	session_turned(struct session *s, enum turn turn);
struct frame *session_enter(struct session *s, struct frame *f);
void	session_leave(struct session *s, struct frame *before);
/* As session_push(); the answer carries the tag, or there is none. */
enum turn session_push_tagged(struct session *s, int tag,
	    const struct screen *screen, const void *arg);
void	session_push_silent(struct session *s, const struct screen *screen,
	    const void *arg);
void	session_close_all(struct session *s);
/* Give a screen its answer. */
enum turn session_resume(struct session *s, struct frame *f,
	    const struct answer *a);
/* Work area changed: every screen's layout(). */
void	session_layout(struct session *s);

/* dispatch.c */
void	session_key(struct session *s, struct key key);
/* The turn is the handler's: KEEP where it refused. */
enum turn session_act(struct session *s, enum action act, const char *rest);
const struct binding *session_binding(const struct session *s,
	    const struct frame *f, enum key_code key);
/* The letter to show for it: yes and no have the user's own. */
char	session_binding_letter(const struct binding *b);
/* The screen's title, help and keys as its state has them now. */
struct screen_face session_face(const struct frame *f);
/* May it be done here and now (right, can())? */
bool	session_offers(struct session *s, const struct frame *f,
	    enum action act);

/* The parts that again.c repeats. */
enum turn session_enter_text(struct session *s, struct frame *f,
	    const struct edit *text);
enum turn session_press(struct session *s, struct frame *f, uint32_t ch);
enum turn session_press_key(struct session *s, struct frame *f,
	    struct key key);
/* A refused text stands again, unless something else is on the line now. */
void	session_keep(struct session *s, struct frame *f,
	    const struct edit *text);

/* again.c: around each call of a handler that may be refused.  The turn that
 * comes back is the last one's, when it was made again at once. */
void	session_step(struct session *s, struct step *step);
enum turn session_stepped(struct session *s, struct step *step,
	    enum turn turn);
/* The running call was refused a right. */
void	session_denied(struct session *s);
/* Somebody else has this right and may lend it. */
bool	session_lendable(struct session *s, const char *right);
/* The approval has ended; ok: do it again. */
enum turn session_again(struct session *s, bool ok);
/* Is that frame covered by the question for its approval? */
bool	session_again_waits(const struct session *s, const struct frame *f);
/* The frame goes. */
void	session_again_drop(struct session *s, const struct frame *f);
/* What was lent goes back: at once, or if the act is over (the screen that
 * does it is on top again, or the right is spent). */
void	session_return_lent(struct session *s);
void	session_settle(struct session *s);

/* stray.c: does this text begin as a badge, so that stars stand for it? */
bool	session_badge_begun(const struct session *s, const char *text);
/* stray.c: a scan where none is taken is refused, and true is returned. */
bool	session_stray_entered(struct session *s, struct frame *f,
	    const struct edit *text);
/* The same on direct screens, key by key: true, the key goes no further. */
bool	session_stray_pressed(struct session *s, struct frame *f,
	    struct key key);

/* command.c */
/* KEEP: refused, the line is to stand again. */
enum turn session_command(struct session *s, const char *text);
void	session_complete(struct session *s);
/* What the ":" line as typed so far would do; "" when nothing yet. */
const char *session_command_hint(struct session *s, const char *text);

/* paint.c */
void	session_paint(struct session *s);
void	session_say_line(struct session *s, enum style style,
	    const char *text);

/* ask.c: the last question again, with the answer that was refused. */
void	session_ask_again(struct session *s, const struct answer *refused);

/* help.c, menu.c */
void	session_help(struct session *s);
void	session_menu(struct session *s);

/* run.c */
/* As if everything had changed: every screen reads again. */
void	session_reread(struct session *s);
void	session_listen(struct session *s);	/* topics of what shows now */

#endif
