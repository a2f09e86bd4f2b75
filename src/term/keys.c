/* SPDX-License-Identifier: ISC */
/* The key decoder: what terminals really send, read without ever turning one
 * thing that was typed into another. */
#include "term/keys.h"

#include <string.h>
#include <strings.h>

#include "shop/gs1.h"

enum keys_state {
	KEYS_GROUND,
	KEYS_ESC,	/* ESC: alone, or the head of a sequence? */
	KEYS_CSI,	/* ESC [ … up to a final byte */
	KEYS_LINUX,	/* ESC [ [ and one byte more */
	KEYS_SS3,	/* ESC O and one byte more */
	KEYS_WYSE,	/* ^A x CR */
};

static const char *const key_names[K_COUNT] = {
	[K_ENTER] = N_("Enter"), [K_TAB] = "Tab", [K_BACKTAB] = "BackTab",
	[K_ESC] = N_("Esc"), [K_BACKSPACE] = N_("Backspace"),
	[K_DELETE] = N_("Delete"), [K_INSERT] = N_("Insert"),
	[K_UP] = N_("Up"), [K_DOWN] = N_("Down"), [K_LEFT] = N_("Left"),
	[K_RIGHT] = N_("Right"), [K_PGUP] = N_("PgUp"),
	[K_PGDN] = N_("PgDn"), [K_HOME] = N_("Home"), [K_END] = N_("End"),
	[K_REDRAW] = "Ctrl-L",
	[K_F1] = "F1", [K_F2] = "F2", [K_F3] = "F3", [K_F4] = "F4",
	[K_F5] = "F5", [K_F6] = "F6", [K_F7] = "F7", [K_F8] = "F8",
	[K_F9] = "F9", [K_F10] = "F10", [K_F11] = "F11", [K_F12] = "F12",
};

/*
 * What every ANSI terminal may send, whatever its terminfo entry says: xterm
 * (both cursor modes), VT220 and PuTTY (ESC [ 11 ~), linux (ESC [ [ A).
 */
static const struct {
	const char	*bytes;
	enum key_code	 code;
} keys_common[] = {
	{ "\033[A", K_UP }, { "\033[B", K_DOWN },
	{ "\033[C", K_RIGHT }, { "\033[D", K_LEFT },
	{ "\033[H", K_HOME }, { "\033[F", K_END },
	{ "\033OA", K_UP }, { "\033OB", K_DOWN },
	{ "\033OC", K_RIGHT }, { "\033OD", K_LEFT },
	{ "\033OH", K_HOME }, { "\033OF", K_END },
	{ "\033[1~", K_HOME }, { "\033[2~", K_INSERT },
	{ "\033[3~", K_DELETE }, { "\033[4~", K_END },
	{ "\033[5~", K_PGUP }, { "\033[6~", K_PGDN },
	{ "\033[7~", K_HOME }, { "\033[8~", K_END },
	{ "\033[Z", K_BACKTAB },
	{ "\033OP", K_F1 }, { "\033OQ", K_F2 },
	{ "\033OR", K_F3 }, { "\033OS", K_F4 },
	{ "\033[[A", K_F1 }, { "\033[[B", K_F2 }, { "\033[[C", K_F3 },
	{ "\033[[D", K_F4 }, { "\033[[E", K_F5 },
	{ "\033[11~", K_F1 }, { "\033[12~", K_F2 }, { "\033[13~", K_F3 },
	{ "\033[14~", K_F4 }, { "\033[15~", K_F5 }, { "\033[17~", K_F6 },
	{ "\033[18~", K_F7 }, { "\033[19~", K_F8 }, { "\033[20~", K_F9 },
	{ "\033[21~", K_F10 }, { "\033[23~", K_F11 }, { "\033[24~", K_F12 },
	{ "\033[28~", K_F1 },		/* the VT220's Help key */
	{ "\033OM", K_ENTER }, { "\033OI", K_TAB },
};

/* The number pad of a terminal somebody left in application mode. */
static const struct {
	char	final, ch;
} keys_pad[] = {
	{ 'p', '0' }, { 'q', '1' }, { 'r', '2' }, { 's', '3' }, { 't', '4' },
	{ 'u', '5' }, { 'v', '6' }, { 'w', '7' }, { 'x', '8' }, { 'y', '9' },
	{ 'j', '*' }, { 'k', '+' }, { 'l', ',' }, { 'm', '-' }, { 'n', '.' },
	{ 'o', '/' }, { 'X', '=' },
};

/* What is asked of terminfo. */
static const struct {
	const char	*name;
	enum key_code	 code;
} keys_caps[] = {
	{ "kf1", K_F1 }, { "kf2", K_F2 }, { "kf3", K_F3 }, { "kf4", K_F4 },
	{ "kf5", K_F5 }, { "kf6", K_F6 }, { "kf7", K_F7 }, { "kf8", K_F8 },
	{ "kf9", K_F9 }, { "kf10", K_F10 }, { "kf11", K_F11 },
	{ "kf12", K_F12 },
	{ "kcuu1", K_UP }, { "kcud1", K_DOWN }, { "kcub1", K_LEFT },
	{ "kcuf1", K_RIGHT }, { "khome", K_HOME }, { "kend", K_END },
	{ "kpp", K_PGUP }, { "knp", K_PGDN }, { "kdch1", K_DELETE },
	{ "kich1", K_INSERT }, { "kcbt", K_BACKTAB },
};

static const struct key_seq *
keymap_find(const struct keymap *map, const unsigned char *bytes, size_t len)
{
	for (size_t i = 0; i < map->n; i++) {
		if (map->seq[i].len == len &&
		    memcmp(map->seq[i].bytes, bytes, len) == 0) {
			return &map->seq[i];
		}
	}
	return NULL;
}

static void
keymap_add(struct keymap *map, const char *bytes, enum key_code code, char ch)
{
	size_t			 len = strlen(bytes);
	const struct key_seq	*old;
	struct key_seq		*seq;

	if (len < 2 || len > KEYS_SEQ_MAX) {
		return;		/* one control byte is never a sequence */
	}
	old = keymap_find(map, (const unsigned char *)bytes, len);
	if (old == NULL && map->n == NELEM(map->seq)) {
		return;
	}
	seq = &map->seq[old != NULL ? (size_t)(old - map->seq) : map->n++];
	memcpy(seq->bytes, bytes, len);
	seq->len = (uint8_t)len;
	seq->code = (uint8_t)code;
	seq->ch = (uint8_t)ch;
}

/*
 * Terminfo has the last word where both name a sequence (a VT510's own names,
 * a VT100's F5 on the pad), for what has the shape of a sequence: ESC and a
 * letter is Esc and typing, except on a Wyse whose keys are so.
 */
static bool
keymap_takes(const struct keymap *map, const char *bytes)
{
	if (bytes[0] == '\033') {
		return bytes[1] == '[' || bytes[1] == 'O' ||
		    (map->wyse && bytes[1] >= 0x20 && bytes[2] == '\0');
	}
	return map->wyse && bytes[0] == '\001';
}

void
keymap_init(struct keymap *map, const char *term,
    const char *(*tigetstr)(const void *terminal, const char *name),
    const void *terminal)
{
	memset(map, 0, sizeof(*map));
	map->wyse = strncmp(term, "wy", 2) == 0;
	for (size_t i = 0; i < NELEM(keys_common); i++) {
		keymap_add(map, keys_common[i].bytes, keys_common[i].code, 0);
	}
	for (size_t i = 0; i < NELEM(keys_pad); i++) {
		char	bytes[4] = { '\033', 'O', keys_pad[i].final, '\0' };

		keymap_add(map, bytes, K_CHAR, keys_pad[i].ch);
	}
	for (size_t i = 0; map->wyse && i < 12; i++) {
		char	bytes[4] = { '\001', (char)('@' + i), '\r', '\0' };

		keymap_add(map, bytes, (enum key_code)(K_F1 + i), 0);
	}
	for (size_t i = 0; tigetstr != NULL && i < NELEM(keys_caps); i++) {
		const char	*bytes = tigetstr(terminal, keys_caps[i].name);

		if (bytes != NULL && keymap_takes(map, bytes)) {
			keymap_add(map, bytes, keys_caps[i].code, 0);
		}
	}
}

void
keys_init(struct keys *k, const struct keymap *map, enum charset set,
    int escdelay_ms)
{
	memset(k, 0, sizeof(*k));
	k->map = map;
	k->charset = set;
	k->escdelay_ms = escdelay_ms;
}

static size_t
keys_emit(struct key *out, enum key_code code, uint32_t ch)
{
	out->code = code;
	out->ch = ch;
	return 1;
}

/* A character, unless it is one that would move a cursor or hide text. */
static size_t
keys_char(struct key *out, uint32_t c)
{
	char	text[5];

	if (c == UTF8_BAD || c == 0) {
		return 0;
	}
	(void)utf8_put(c, text);
	return utf8_is_clean(text) ? keys_emit(out, K_CHAR, c) : 0;
}

static size_t
keys_utf8_want(unsigned char head)
{
	return head >= 0xf0 ? 4 : head >= 0xe0 ? 3 : 2;
}

static size_t
keys_high(struct keys *k, unsigned char byte, struct key *out)
{
	const char	*p;
	char		 text[5];
	uint32_t	 c;

	if (k->charset != CHARSET_UTF8) {
		return byte < 0xa0 ? 0 :
		    keys_char(out, charset_char(k->charset, byte));
	}
	if ((byte & 0xc0) == 0x80) {
		if (k->utf8_len == 0) {
			return 0;	/* no head: no character */
		}
	} else {
		k->utf8_len = 0;	/* the one before was never finished */
		if (byte < 0xc2 || byte > 0xf4) {
			return 0;
		}
	}
	k->utf8[k->utf8_len++] = byte;
	if (k->utf8_len < keys_utf8_want(k->utf8[0])) {
		return 0;
	}
	memcpy(text, k->utf8, k->utf8_len);
	text[k->utf8_len] = '\0';
	k->utf8_len = 0;
	p = text;
	c = utf8_next(&p);
	return *p == '\0' ? keys_char(out, c) : 0;
}

static void
keys_begin(struct keys *k, enum keys_state state, unsigned char byte)
{
	k->state = (uint8_t)state;
	k->seq[0] = byte;
	k->len = 1;
}

static size_t
keys_control(struct keys *k, unsigned char byte, struct key *out)
{
	bool	wyse = k->map->wyse, after_cr = k->after_cr;

	k->after_cr = byte == '\r';
	switch (byte) {
	case '\r':
		if (k->broken) {
			k->broken = false;
			return 0;	/* the end of an F-key, not an Enter */
		}
		return keys_emit(out, K_ENTER, 0);
	case '\n':
		/* On a Wyse LF is the Down key; CR LF comes in one piece. */
		if (after_cr && (!wyse || k->at_once)) {
			return 0;
		}
		return keys_emit(out, wyse ? K_DOWN : K_ENTER, 0);
	case '\t':
		return keys_emit(out, K_TAB, 0);
	case '\b':
	case 0x7f:
		return keys_emit(out, K_BACKSPACE, 0);
	case '\f':
		return keys_emit(out, wyse ? K_RIGHT : K_REDRAW, 0);
	case '\v':
		return wyse ? keys_emit(out, K_UP, 0) : 0;
	case 0x1e:
		return wyse ? keys_emit(out, K_HOME, 0) : 0;
	case 0x1d:
		/* GS parts the fields of a GS1 scan; shown, it is kept. */
		return keys_emit(out, K_CHAR, GS1_GS_SHOWN);
	case 0x01:
		if (wyse) {
			keys_begin(k, KEYS_WYSE, byte);
		}
		return 0;
	case 0x1b:
		keys_begin(k, KEYS_ESC, byte);
		return 0;
	default:
		return 0;
	}
}

static size_t
keys_ground(struct keys *k, unsigned char byte, struct key *out)
{
	if (byte < 0x20 || byte == 0x7f) {
		k->utf8_len = 0;
		return keys_control(k, byte, out);
	}
	k->after_cr = false;
	k->broken = false;
	if (byte < 0x80) {
		k->utf8_len = 0;
		return keys_emit(out, K_CHAR, byte);
	}
	if (k->charset != CHARSET_UTF8 && (byte == 0x9b || byte == 0x8f)) {
		/* A VT220 in 8-bit mode: CSI and SS3 in one byte. */
		keys_begin(k, byte == 0x9b ? KEYS_CSI : KEYS_SS3, 0x1b);
		k->seq[k->len++] = byte == 0x9b ? '[' : 'O';
		return 0;
	}
	return keys_high(k, byte, out);
}

/* The sequence has its last byte: a key, or nothing when unknown. */
static size_t
keys_finish(struct keys *k, struct key *out)
{
	const struct key_seq	*seq = NULL;

	if (k->len <= KEYS_SEQ_MAX) {
		seq = keymap_find(k->map, k->seq, k->len);
	}
	k->state = KEYS_GROUND;
	k->len = 0;
	return seq == NULL ? 0 :
	    keys_emit(out, (enum key_code)seq->code, seq->ch);
}

/* A byte that cannot stand in a sequence ends it; the whole is forgotten, an
 * end of line with it: a broken F-key must never be an Enter. */
static size_t
keys_break(struct keys *k, unsigned char byte, struct key *out)
{
	k->state = KEYS_GROUND;
	k->len = 0;
	if (byte == '\r' || byte == '\n') {
		k->after_cr = byte == '\r';
		return 0;
	}
	return keys_ground(k, byte, out);
}

static void
keys_keep(struct keys *k, unsigned char byte)
{
	/* Longer than any that is known: only its end still matters. */
	if (k->len < sizeof(k->seq)) {
		k->seq[k->len] = byte;
	}
	if (k->len <= sizeof(k->seq)) {
		k->len++;
	}
}

static size_t
keys_esc(struct keys *k, unsigned char byte, struct key out[static 2])
{
	unsigned char	two[2] = { 0x1b, byte };
	size_t		n;

	if (byte == '[' || byte == 'O') {
		k->state = byte == '[' ? KEYS_CSI : KEYS_SS3;
		keys_keep(k, byte);
		return 0;
	}
	if (k->map->wyse && keymap_find(k->map, two, 2) != NULL) {
		keys_keep(k, byte);
		return keys_finish(k, out);
	}
	/* It stood alone, and this byte is what was typed after it. */
	k->state = KEYS_GROUND;
	k->len = 0;
	n = keys_emit(out, K_ESC, 0);
	return n + keys_ground(k, byte, out + n);
}

static size_t
keys_byte(struct keys *k, unsigned char byte, struct key out[static 2])
{
	switch ((enum keys_state)k->state) {
	case KEYS_ESC:
		return keys_esc(k, byte, out);
	case KEYS_CSI:
		if (byte < 0x20 || byte > 0x7e) {
			return keys_break(k, byte, out);
		}
		keys_keep(k, byte);
		if (byte == '[' && k->len == 3) {
			k->state = KEYS_LINUX;
			return 0;
		}
		return byte >= 0x40 ? keys_finish(k, out) : 0;
	case KEYS_SS3:
		if (byte < 0x20 || byte > 0x7e) {
			return keys_break(k, byte, out);
		}
		keys_keep(k, byte);
		/* Digits before the letter are xterm's modifiers. */
		return (byte >= '0' && byte <= '9') || byte == ';' ? 0 :
		    keys_finish(k, out);
	case KEYS_LINUX:
		if (byte < 0x20 || byte > 0x7e) {
			return keys_break(k, byte, out);
		}
		keys_keep(k, byte);
		return keys_finish(k, out);
	case KEYS_WYSE:
		if (byte == 0x1b || byte == 0x01) {
			return keys_break(k, byte, out);
		}
		keys_keep(k, byte);
		if (byte == '\r') {
			k->after_cr = false;	/* its own, not an Enter's */
			return keys_finish(k, out);
		}
		if (k->len > 2) {
			k->state = KEYS_GROUND;	/* no CR where it belongs */
			k->len = 0;
			k->broken = true;
		}
		return 0;
	case KEYS_GROUND:
		break;
	}
	return keys_ground(k, byte, out);
}

int
keys_timeout_ms(const struct keys *k, int64_t now_ms)
{
	int64_t	left;

	if (k->state == KEYS_GROUND) {
		return -1;
	}
	left = k->last_ms - now_ms +
	    (k->state == KEYS_ESC ? k->escdelay_ms : KEYS_SEQ_MS);
	return left < 0 ? 0 : (int)left;
}

size_t
keys_tick(struct keys *k, int64_t now_ms, struct key out[static 2])
{
	enum keys_state	state = (enum keys_state)k->state;

	if (keys_timeout_ms(k, now_ms) != 0) {
		return 0;
	}
	k->state = KEYS_GROUND;
	k->len = 0;
	k->broken = state == KEYS_WYSE;
	return state == KEYS_ESC ? keys_emit(out, K_ESC, 0) : 0;
}

void
keys_acted(struct keys *k, int64_t now_ms)
{
	k->last_ms = now_ms;
}

size_t
keys_feed(struct keys *k, unsigned char byte, int64_t now_ms,
    struct key out[static 2])
{
	size_t	n = keys_tick(k, now_ms, out);

	/* After an Esc by time the state is the ground's: one key at most. */
	k->at_once = now_ms - k->last_ms <= KEYS_CRLF_MS;
	k->last_ms = now_ms;
	return n + (n == 0 ? keys_byte(k, byte, out) :
	    keys_ground(k, byte, out + n));
}

const char *
key_name(enum key_code code)
{
	return code < K_COUNT && key_names[code] != NULL ? key_names[code] :
	    "";
}

enum key_code
key_find(const char *name)
{
	for (int i = 0; i < K_COUNT; i++) {
		if (key_names[i] != NULL &&
		    strcasecmp(key_names[i], name) == 0) {
			return (enum key_code)i;
		}
	}
	return K_NONE;
}
