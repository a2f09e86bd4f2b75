/* SPDX-License-Identifier: ISC */
/* Bytes of a terminal in, keys out: a state machine that owns no descriptor,
 * sets no terminal mode and never waits. */
#ifndef TERM_KEYS_H
#define TERM_KEYS_H

#include "base/utf8.h"

enum key_code {
	K_NONE = 0,
	K_CHAR,			/* `ch` was typed: printable, never control */
	K_ENTER,		/* CR, LF or CR LF: one */
	K_TAB,
	K_BACKTAB,
	K_ESC,			/* only ever a lone Esc */
	K_BACKSPACE,		/* ^H and ^? */
	K_DELETE,
	K_INSERT,
	K_UP,
	K_DOWN,
	K_LEFT,
	K_RIGHT,
	K_PGUP,
	K_PGDN,
	K_HOME,
	K_END,
	K_REDRAW,		/* Ctrl-L */
	K_F1, K_F2, K_F3, K_F4, K_F5, K_F6, K_F7, K_F8, K_F9, K_F10,
	K_F11, K_F12,
	K_COUNT
};

struct key {
	enum key_code	code;
	uint32_t	ch;	/* the character when code is K_CHAR */
};

#define KEYS_SEQ_MAX	16	/* bytes of the longest known sequence */
#define KEYS_SEQ_MS	500	/* wait for the rest of a begun sequence */
#define KEYS_CRLF_MS	20	/* a Wyse's LF later than this is Down */

/* One sequence of one terminal; sorted tables of them make a keymap. */
struct key_seq {
	char		bytes[KEYS_SEQ_MAX];
	uint8_t		len;
	uint8_t		code;	/* enum key_code */
	uint8_t		ch;	/* for K_CHAR: a keypad digit */
};

struct keymap {
	struct key_seq	seq[128];
	size_t		n;
	bool		wyse;	/* ^A x CR are F-keys; ^J ^K are arrows */
};

struct keys {
	const struct keymap *map;
	enum charset	 charset;
	int		 escdelay_ms;
	int64_t		 last_ms;	/* when the last byte came */
	unsigned char	 seq[KEYS_SEQ_MAX];
	size_t		 len;		/* bytes held of an unfinished one */
	uint8_t		 state;		/* enum keys_state of keys.c */
	bool		 after_cr;	/* an LF now belongs to that CR */
	bool		 at_once;	/* this byte came with the one before */
	bool		 broken;	/* a Wyse F-key's CR is to come */
	unsigned char	 utf8[4];	/* of an unfinished character */
	uint8_t		 utf8_len;
};

/*
 * The sequences of a terminal type: what every profile shares, then what the
 * type adds.  `tigetstr` gives terminfo's strings ("kf1", "kcuu1", …) of the
 * `terminal` and may be NULL; it returns NULL for what that lacks.
 */
void	keymap_init(struct keymap *map, const char *term,
	    const char *(*tigetstr)(const void *terminal, const char *name),
	    const void *terminal);

void	keys_init(struct keys *k, const struct keymap *map, enum charset set,
	    int escdelay_ms);
/*
 * One byte that came at `now_ms` (boot clock).  Fills out[] with 0, 1 or 2
 * keys and returns how many: two when a byte proves that an Esc before it
 * stood alone.
 */
size_t	keys_feed(struct keys *k, unsigned char byte, int64_t now_ms,
	    struct key out[static 2]);
/* Time went by: a lone Esc becomes Esc, a broken sequence is forgotten. */
size_t	keys_tick(struct keys *k, int64_t now_ms, struct key out[static 2]);
/* Until `now_ms` keys were acted on: bytes came meanwhile and were not late. */
void	keys_acted(struct keys *k, int64_t now_ms);
/* Milliseconds until keys_tick() has something to say; -1 never. */
int	keys_timeout_ms(const struct keys *k, int64_t now_ms);

/* "F5", "Enter", "Esc", "PgUp": stable; _() makes it the keycap's word. */
const char *key_name(enum key_code code);
/* The same from a name, any case; K_NONE when unknown. */
enum key_code key_find(const char *name);

#endif
