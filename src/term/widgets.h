/* SPDX-License-Identifier: ISC */
/* The pieces screens are made of.  Each lives inside a screen's state block,
 * takes keys by its own function and paints by another. */
#ifndef TERM_WIDGETS_H
#define TERM_WIDGETS_H

#include "term/term.h"

/* ---- list: any number of rows, a window of them in memory --------------- */

struct column {
	const char	*title;		/* N_(); "": no heading */
	int		 width;		/* columns; 0: what the others leave */
	bool		 right;		/* amounts */
	int		 from_cols;	/* only on screens at least this wide */
};

struct list;

/* Where rows come from; `ctx` is the screen's state. */
struct list_source {
	int	(*count)(struct session *, void *ctx, int64_t *n) MUST_CHECK;
	/* list_add() rows [from, from + n). */
	int	(*fetch)(struct session *, void *ctx, int64_t from, int n,
		    struct list *into) MUST_CHECK;
	/* Where the row with this id is now; -1 gone. */
	int	(*find)(struct session *, void *ctx, int64_t id, int64_t *at)
		    MUST_CHECK;
};

struct list_row {
	int64_t		 id;
	enum style	 style;
	char		*text;		/* cells, a tab between two */
};

struct list {
	const struct column *columns;	/* 16 at most, then title NULL */
	const struct list_source *source;
	void		*ctx;
	int64_t		 count;
	int64_t		 top;		/* first row shown */
	int64_t		 at;		/* the chosen row … */
	int64_t		 id;		/* … and its id, which is what counts */
	int		 height;	/* rows shown, heading not counted */
	struct list_row	*rows;		/* [top, top + have) */
	int		 have, room;
	bool		 unmarked;	/* nothing chosen yet: no ">" */
	bool		 headed;	/* paint the columns' titles */
};

void	list_init(struct list *l, const struct column *columns,
	    const struct list_source *source, void *ctx);
void	list_done(struct list *l);
/* From layout(): rows it may use, its heading included. */
void	list_layout(struct session *s, struct list *l, int rows);
/* The rows changed (news, another search): read again, keep the chosen id;
 * when that row is gone the mark stays near where it was. */
int	list_reload(struct session *s, struct list *l) MUST_CHECK;
/* Up, Down, PgUp, PgDn, Home, End; TURN_PASS for other keys. */
enum turn list_key(struct session *s, struct list *l, struct key key);
/* The chosen row's id; 0 when there is none. */
int64_t	list_chosen(const struct list *l);
/* For fetch(): cells with a tab between two; control bytes are dropped. */
void	list_add(struct list *l, int64_t id, enum style style,
	    const char *fmt, ...) PRINTF(4, 5);
void	list_draw(const struct list *l, struct canvas *c, int row);

/* ---- search: a list that follows the entry line ------------------------- */

/*
 * Enter takes the exact code, else the only match, else moves into the list
 * and a second Enter takes: nothing unseen is sold.
 */
struct search {
	struct list	 list;
	bool		 open;		/* something is being searched */
	bool		 focus;		/* Enter moved into the list */
};

enum found { FOUND_NOTHING, FOUND_MANY, FOUND_ONE };
/* typed(): the text changed and the source knows it; "" closes. */
int	search_typed(struct session *s, struct search *f, const char *text)
	    MUST_CHECK;
/* enter(): `exact` is the id an exact code names, 0 none.  FOUND_ONE fills
 * *id; FOUND_MANY has moved into the list. */
enum found search_enter(struct session *s, struct search *f, int64_t exact,
	    int64_t *id);
/* Arrows go into the list; Esc (ACT_BACK) out of it: false when closed. */
enum turn search_key(struct session *s, struct search *f, struct key key);
bool	search_back(struct search *f);
/* Grows upwards from the row above `bottom`, at most `most` rows. */
void	search_draw(const struct search *f, struct canvas *c, int bottom,
	    int most);

/* ---- form: labelled fields, one at a time on the entry line ------------- */

enum field_kind {
	FIELD_TEXT,
	FIELD_SECRET,
	FIELD_NUMBER,		/* whole; min and max count when max > 0 */
	FIELD_MONEY,		/* through form.money */
	FIELD_QTY,
	FIELD_RATE,		/* percent */
	FIELD_DAY,		/* YYYY-MM-DD */
	FIELD_CHOICE,		/* one of `choices`, typed by its start or
				 * number; "+" goes on to the next */
	FIELD_BOOL,		/* stored "1" or "0"; typed yes or no */
	FIELD_SHOW,		/* only shown */
};

struct field {
	const char	*name;		/* stable, English */
	const char	*label;		/* N_() */
	const char	*hint;		/* N_(): beside the entry line; NULL */
	enum field_kind	 kind;
	bool		 required;
	size_t		 max;		/* characters; 0: 80 */
	int64_t		 least, most;
	const char	*const *choices;/* N_(): stored words, NULL ends */
	/* After the kind's own check; refuse with err_set(). */
	int		 (*check)(struct session *, void *ctx,
			    const char *text);
};

struct money_style;

struct form {
	const struct field *fields;
	size_t		 n;
	char		**values;	/* owned; UTF-8 as typed, checked */
	size_t		 at;		/* the field on the entry line */
	size_t		 top;		/* first shown */
	int		 height;
	void		*ctx;
	const struct money_style *money;
	bool		 implied;	/* "2000" is 20.00 */
	bool		 changed;
};

void	form_init(struct form *f, const struct field *fields, size_t n,
	    void *ctx);
void	form_done(struct form *f);	/* wipes secrets */
void	form_layout(struct form *f, int rows);
void	form_set(struct form *f, const char *name, const char *value);
const char *form_get(const struct form *f, const char *name);
int64_t	form_number(const struct form *f, const char *name);
/* Up, Down, Home, End move; Right brings the value to the entry line. */
enum turn form_key(struct session *s, struct form *f, struct key key);
/*
 * enter(): the text replaces the field's value ("" keeps it) and the next
 * field is on the line.  *done is set after the last one: save.  A refusal is
 * on the message line and keeps the text (TURN_KEEP).
 */
enum turn form_enter(struct session *s, struct form *f, const char *text,
	    bool *done);
/* Before saving: the first field that does not hold is on the entry line and
 * its fault on the message line; ERR_INVALID. */
int	form_check(struct session *s, struct form *f) MUST_CHECK;
/* ACT_EDIT and ACT_CLEAR; TURN_PASS for others. */
enum turn form_act(struct session *s, struct form *f, enum action act);
/* For the screen's prompt(). */
void	form_prompt(const struct form *f, char *out, size_t size);
void	form_draw(const struct form *f, struct canvas *c, int row);
/* Is the field on the entry line a secret? (typing shows as "*") */
bool	form_secret(const struct form *f);

/* ---- a bar of one line from numbers: takings by hour -------------------- */

/* `n` values in n columns: digits 0-9 of the largest (any terminal). */
void	spark_line(const int64_t *values, size_t n, char *out, size_t size);

#endif
