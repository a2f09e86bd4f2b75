/* SPDX-License-Identifier: ISC */
/* What the figures are made of: clients on ptys, bare transactions, samples. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <sys/types.h>

#include <termios.h>
#include <vterm.h>

#include "base/buf.h"

double	 now_ms(void);			/* monotonic */

/* ---- samples ------------------------------------------------------------ */

struct samples {
	double	*v;
	size_t	 n, size;
};
void	 sample(struct samples *s, double value);
/* p of 100; sorts.  0 when there are none. */
double	 percentile(struct samples *s, double p);
double	 median(struct samples *s);
void	 samples_done(struct samples *s);

/* ---- a program at a terminal -------------------------------------------- */

struct client {
	int		 fd;		/* the pty's master */
	pid_t		 pid;
	VTerm		*vterm;		/* what a person would see */
	VTermScreen	*screen;
	size_t		 bytes;		/* that ever came */
	double		 heard;		/* when the last of them did */
	int		 sum;		/* cents on its screen */
};
/* Exits the whole benchmark when it cannot be started. */
void	 client_start(struct client *c, const char *const *argv,
	    const char *term, speed_t speed);
void	 client_send(struct client *c, const char *bytes);
/* Is the text on that row, counted from 0?  At column col; anywhere: -1. */
bool	 client_shows(struct client *c, int row, int col, const char *text);
/* One read of what is there or comes within ms; false when nothing did. */
bool	 client_hear(struct client *c, double ms);
/* Reads until the row does; returns when the last byte of it came.  Exits
 * the benchmark after 20 s without. */
double	 client_until(struct client *c, int row, int col, const char *text);
/* Reads until the program of a pty of ours has read and painted all it was
 * sent, and sleeps.  Not for ssh, which sleeps while others work. */
void	 client_rest(struct client *c);
/* Reads what comes until nothing came for quiet_ms: a typist's pause. */
void	 client_quiet(struct client *c, int quiet_ms);
void	 client_stop(struct client *c);

/* ---- the same rows without us ------------------------------------------- */

struct bare;

/*
 * What one act wrote: the rows that differ between a copy of the database
 * from before it and one from after.  bare_run() writes rows like those, in
 * tables with the same columns and indexes but no trigger and no constraint,
 * in one transaction with synchronous=FULL, and returns its milliseconds.
 */
struct bare *bare_learn(const char *before, const char *after,
	    const char *path);
double	 bare_run(struct bare *b);
int	 bare_rows(const struct bare *b);
void	 bare_done(struct bare *b);
/* A copy of a living database. */
void	 bare_copy(const char *db, const char *to);

/* ---- bench.c, for the parts in other files ------------------------------ */

/* A figure, and one with a limit: shown and kept. */
void	 figure(const char *name, double value);
void	 judge(const char *words, const char *name, double value,
	    double limit);
char	*path_in(const char *name);	/* of the directory; free() */
/* ssh to the floor or to the shop: same client, key and algorithms; then until
 * the screen can be typed at. */
void	 ssh_start(struct client *c, bool floor);
void	 ssh_ready(struct client *c, bool floor);
/* Where either screen has what is waited for. */
enum { ENTRY = 21, PAID = 20, OUR_TOTAL = 19, KEY_BAR = 23, FLOOR_ENTRY = 22,
	FLOOR_TOTAL = 20, HEAD = 0 };
#define BENCH_PRICE	250		/* of the article 1001, in cents */
#define BENCH_WAIT_MS	20000
/* Does the total say c->sum, and is the entry line empty? */
bool	 client_shows_sum(struct client *c, bool floor);
/* The bare transactions of a sale of three lines; milliseconds. */
double	 bare_sale(void);
/* A session on a pty of our own, as comptoird starts it; B38400 is what any
 * pseudo-terminal says. */
void	 tty_start(struct client *c, const char *dir, int64_t user,
	    speed_t speed);

/* script.c */
void	 bench_script(void);
/* kitchen.c */
void	 bench_kitchen(void);
/* stockroom.c */
void	 bench_stockroom(void);
/* plain.c: milliseconds of so many new items, each with name, barcode, brand
 * and words, in prepared statements alone. */
double	 plain_import(const char *dir, int items);
/* The same of a receipt's movements, levels and marks, one of each a line:
 * with triggers these write them, else three statements do. */
double	 plain_receipt(const char *dir, const int64_t *product, int lines,
	    int64_t at, bool triggers);

/* journal.c */
void	 bench_journal(void);
void	 bench_past(void);

void	 die(const char *fmt, ...) PRINTF(1, 2) NORETURN;

#endif
