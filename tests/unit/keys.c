/* SPDX-License-Identifier: ISC */
/* The key decoder: every sentence about bytes in the key contract. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "term/keys.h"

/* What terminfo says, of what differs between the terminals we promise. */
static const char *
fake_tigetstr(const void *terminal, const char *name)
{
	static const struct {
		const char	*term, *name, *bytes;
	} caps[] = {
		{ "vt510", "kf5", "\033[17~" }, { "vt510", "kf10", "\033[29~" },
		{ "vt510", "kf9", "\033[21~" },
		{ "vt100", "kf5", "\033Ot" }, { "vt100", "kf10", "\033Ox" },
		{ "wyse60", "kf1", "\001@\r" }, { "wyse60", "kf10", "\001I\r" },
		{ "wyse60", "kcuu1", "\013" }, { "wyse60", "kcud1", "\n" },
		{ "wyse60", "khome", "\036" }, { "wyse60", "knp", "\033K" },
		{ "wyse60", "kpp", "\033J" }, { "wyse60", "kcbt", "\033I" },
		{ "xterm", "kf1", "\033OP" }, { "xterm", "kcuu1", "\033OA" },
	};

	for (size_t i = 0; i < NELEM(caps); i++) {
		if (strcmp(caps[i].term, terminal) == 0 &&
		    strcmp(caps[i].name, name) == 0) {
			return caps[i].bytes;
		}
	}
	return NULL;
}

struct typist {
	struct keymap	 map;
	struct keys	 keys;
	int64_t		 now;
	struct buf	 got;
};

static void
typist_key(struct typist *t, const struct key *keys, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char	enc[5];

		if (keys[i].code == K_CHAR) {
			buf_add(&t->got, enc, utf8_put(keys[i].ch, enc));
		} else {
			buf_fmt(&t->got, "<%s>", key_name(keys[i].code));
		}
	}
}

static struct typist
typist(const char *term)
{
	struct typist	t = { .now = 1000 };

	keymap_init(&t.map, term, fake_tigetstr, term);
	return t;
}

static void
type(struct typist *t, const char *bytes, size_t n)
{
	struct key	out[2];

	for (size_t i = 0; i < n; i++) {
		typist_key(t, out, keys_feed(&t->keys, (unsigned char)bytes[i],
		    t->now, out));
	}
}

static void
pass(struct typist *t, int ms)
{
	struct key	out[2];

	t->now += ms;
	typist_key(t, out, keys_tick(&t->keys, t->now, out));
}

static void
is(struct typist *t, const char *want)
{
	assert_string_equal(buf_text(&t->got), want);
	buf_clear(&t->got);
}

#define T(t, s)	type((t), (s), sizeof(s) - 1)

/* keys.map points into the typist: set once it stands still. */
#define TYPIST(t, term, set)						\
	struct typist	t = typist(term);			\
	keys_init(&t.keys, &t.map, (set), 50)

static void
fkeys_of_every_kind(void **state)
{
	static const char *const	xterm[] = { "\033OP", "\033OQ",
	    "\033OR", "\033OS", "\033[15~", "\033[17~", "\033[18~",
	    "\033[19~", "\033[20~", "\033[21~" };
	static const char *const	putty[] = { "\033[11~", "\033[12~",
	    "\033[13~", "\033[14~" };
	static const char *const	linux_[] = { "\033[[A", "\033[[B",
	    "\033[[C", "\033[[D", "\033[[E" };
	char				want[16];

	(void)state;
	TYPIST(t, "vt220", CHARSET_LATIN1);
	for (size_t i = 0; i < NELEM(xterm); i++) {
		type(&t, xterm[i], strlen(xterm[i]));
		(void)str_fmt(want, sizeof(want), "<F%zu>", i + 1);
		is(&t, want);
	}
	for (size_t i = 0; i < NELEM(putty); i++) {
		type(&t, putty[i], strlen(putty[i]));
		(void)str_fmt(want, sizeof(want), "<F%zu>", i + 1);
		is(&t, want);
	}
	for (size_t i = 0; i < NELEM(linux_); i++) {
		type(&t, linux_[i], strlen(linux_[i]));
		(void)str_fmt(want, sizeof(want), "<F%zu>", i + 1);
		is(&t, want);
	}
	/* A VT220 sending 8-bit controls. */
	T(&t, "\x9b" "15~\x8fP\x9b" "A");
	is(&t, "<F5><F1><Up>");
	buf_done(&t.got);
}

static void
terminfo_has_the_last_word(void **state)
{
	(void)state;
	TYPIST(t, "vt510", CHARSET_LATIN1);
	T(&t, "\033[17~\033[21~\033[29~");
	is(&t, "<F5><F9><F10>");
	TYPIST(v, "vt100", CHARSET_ASCII);
	T(&v, "\033Ot\033Ox\033Op");
	is(&v, "<F5><F10>0");
	buf_done(&t.got);
	buf_done(&v.got);
}

static void
arrows_in_both_modes(void **state)
{
	(void)state;
	TYPIST(t, "xterm", CHARSET_UTF8);
	T(&t, "\033[A\033[B\033[C\033[D\033OA\033OB\033OC\033OD");
	is(&t, "<Up><Down><Right><Left><Up><Down><Right><Left>");
	T(&t, "\033[5~\033[6~\033[H\033[F\033[1~\033[4~\033[7~\033[8~");
	is(&t, "<PgUp><PgDn><Home><End><Home><End><Home><End>");
	T(&t, "\033[3~\033[2~\033[Z\f");
	is(&t, "<Delete><Insert><BackTab><Ctrl-L>");
	buf_done(&t.got);
}

static void
a_keypad_digit_is_a_digit(void **state)
{
	static const char *const	terms[] = { "xterm", "putty", "vt220",
	    "vt510" };

	(void)state;
	for (size_t i = 0; i < NELEM(terms); i++) {
		TYPIST(t, terms[i], CHARSET_LATIN1);
		T(&t, "\033Op\033Oq\033Or\033Os\033Ot\033Ou\033Ov\033Ow"
		    "\033Ox\033Oy");
		is(&t, "0123456789");
		T(&t, "\033Oj\033Ok\033Ol\033Om\033On\033Oo\033OM");
		is(&t, "*+,-./<Enter>");
		buf_done(&t.got);
	}
}

static void
esc_is_only_esc(void **state)
{
	(void)state;
	TYPIST(t, "xterm", CHARSET_UTF8);
	T(&t, "\033");
	is(&t, "");
	assert_int_equal(keys_timeout_ms(&t.keys, t.now), 50);
	pass(&t, 49);
	is(&t, "");
	pass(&t, 1);
	is(&t, "<Esc>");
	assert_int_equal(keys_timeout_ms(&t.keys, t.now), -1);
	/* Typed ahead: Esc and then what was typed, never a function key. */
	T(&t, "\0335\0331001\r\033\0331");
	is(&t, "<Esc>5<Esc>1001<Enter><Esc><Esc>1");
	T(&t, "\033\033[A");
	is(&t, "<Esc><Up>");
	T(&t, "\033\r");
	is(&t, "<Esc><Enter>");
	T(&t, "\033");
	pass(&t, 50);
	T(&t, "[A");
	is(&t, "<Esc>[A");
	buf_done(&t.got);
}

/* Half of a key was read, then what was read is acted on, which takes longer
 * than an Esc may: the other half, there all the while, is not late. */
static void
acting_is_not_waiting(void **state)
{
	(void)state;
	TYPIST(t, "xterm", CHARSET_UTF8);
	T(&t, "1001\r\033");
	is(&t, "1001<Enter>");
	t.now += 80;
	keys_acted(&t.keys, t.now);
	pass(&t, 1);
	T(&t, "[20~");
	is(&t, "<F9>");
	buf_done(&t.got);

	TYPIST(w, "wyse60", CHARSET_ASCII);
	T(&w, "1001\r");
	w.now += 80;
	keys_acted(&w.keys, w.now);
	T(&w, "\n");
	is(&w, "1001<Enter>");
	buf_done(&w.got);
}

static void
gaps_inside_a_sequence(void **state)
{
	(void)state;
	TYPIST(t, "xterm", CHARSET_UTF8);
	/* Slower than ESCDELAY once it has begun: still one key. */
	T(&t, "\033");
	pass(&t, 40);
	T(&t, "[");
	pass(&t, 200);
	T(&t, "1");
	pass(&t, 200);
	T(&t, "7");
	pass(&t, 200);
	T(&t, "~");
	is(&t, "<F6>");
	buf_done(&t.got);
}

static void
broken_sequences_are_dropped_whole(void **state)
{
	(void)state;
	TYPIST(t, "xterm", CHARSET_UTF8);
	T(&t, "\033[1");
	pass(&t, KEYS_SEQ_MS);
	is(&t, "");
	T(&t, "\033[1\r1");		/* never an Enter */
	is(&t, "1");
	T(&t, "\033[1\r\n2");
	is(&t, "2");
	T(&t, "\033O\r3");
	is(&t, "3");
	T(&t, "\033[1;5A\033[200~\033[38;5;1m\033[I\033[O");
	is(&t, "");
	T(&t, "\033O2P\033Oz\033[[z");
	is(&t, "");
	T(&t, "\033[<0;12;3M\033[?1;2c");
	is(&t, "");
	T(&t, "\033[1111111111111111111111111111111111~4");
	is(&t, "4");
	T(&t, "\033[1\033[A");
	is(&t, "<Up>");
	T(&t, "\033[1\xc3\xa9");
	is(&t, "é");
	buf_done(&t.got);
}

static void
wyse_keys_end_in_cr(void **state)
{
	(void)state;
	TYPIST(t, "wyse60", CHARSET_ASCII);
	T(&t, "\001@\r\001D\r\001I\r");
	is(&t, "<F1><F5><F10>");
	T(&t, "\013\n\036\033K\033J\033I\010");
	is(&t, "<Up><Down><Home><PgDn><PgUp><BackTab><Backspace>");
	T(&t, "1\r");
	is(&t, "1<Enter>");
	T(&t, "2\r\n");			/* CR LF in one piece */
	is(&t, "2<Enter>");
	T(&t, "3\r");
	pass(&t, 100);
	T(&t, "\n");
	is(&t, "3<Enter><Down>");
	T(&t, "\001@\r\n");		/* F1, Down */
	is(&t, "<F1><Down>");
	/* Broken: its CR is no Enter, however late. */
	T(&t, "\001Z\r\001\r");
	is(&t, "");
	T(&t, "\001@");
	pass(&t, 2000);
	T(&t, "\r");
	is(&t, "");
	T(&t, "\r");
	is(&t, "<Enter>");
	T(&t, "\001@x\r");
	is(&t, "");
	T(&t, "\001@\001A\r");
	is(&t, "<F2>");
	buf_done(&t.got);
}

static void
one_end_of_entry(void **state)
{
	(void)state;
	TYPIST(t, "xterm", CHARSET_UTF8);
	T(&t, "1\r2\n3\r\n4\r\r5\n\n\t");
	is(&t, "1<Enter>2<Enter>3<Enter>4<Enter><Enter>5<Enter><Enter><Tab>");
	T(&t, "\b\177");
	is(&t, "<Backspace><Backspace>");
	buf_done(&t.got);
}

static void
control_bytes_are_dropped(void **state)
{
	(void)state;
	TYPIST(t, "xterm", CHARSET_UTF8);
	for (int c = 0; c < 0x20; c++) {
		char	b = (char)c;

		if (strchr("\b\t\n\f\r\033\x1d", c) == NULL || c == 0) {
			type(&t, &b, 1);
		}
	}
	is(&t, "");
	/* But GS parts the fields of a scan: it is kept, to be seen. */
	T(&t, "10L\x1d" "21S");
	is(&t, "10L\xe2\x90\x9d" "21S");
	buf_done(&t.got);
}

static void
utf8_is_whole_or_nothing(void **state)
{
	(void)state;
	TYPIST(t, "xterm", CHARSET_UTF8);
	T(&t, "é€𝄞");
	is(&t, "é€𝄞");
	T(&t, "\xc3");
	is(&t, "");
	T(&t, "a\xe2\x82" "b\x80\xbf\xff\xc0\xaf" "c");
	is(&t, "abc");
	T(&t, "\xed\xa0\x80\xf4\x90\x80\x80\xe0\x80\xaf" "d");
	is(&t, "d");
	T(&t, "\xc2\x9b" "1\xe2\x80\xae" "e");	/* C1, right-to-left mark */
	is(&t, "1e");
	T(&t, "\xc3\r");
	is(&t, "<Enter>");
	buf_done(&t.got);
}

static void
charsets_of_old_terminals(void **state)
{
	(void)state;
	TYPIST(t, "vt220", CHARSET_LATIN1);
	T(&t, "\xe9\xa4\x80\x85");
	is(&t, "é¤");
	TYPIST(u, "vt220", CHARSET_LATIN9);
	T(&u, "\xe9\xa4\xbd");
	is(&u, "é€œ");
	TYPIST(v, "vt100", CHARSET_ASCII);
	T(&v, "a\xe9\xa4z");
	is(&v, "az");
	buf_done(&t.got);
	buf_done(&u.got);
	buf_done(&v.got);
}

/* Any bytes at all, in any pieces: the decoder ends in its ground state and
 * says nothing but keys; typing after it comes through. */
static void
noise_does_no_harm(void **state)
{
	uint32_t	seed = 20260727;

	(void)state;
	for (int run = 0; run < 200; run++) {
		TYPIST(t, run % 2 ? "wyse60" : "xterm", run % 3 ?
		    CHARSET_UTF8 : CHARSET_LATIN9);

		for (int i = 0; i < 500; i++) {
			char	b;

			seed = seed * 1664525 + 1013904223;
			b = (char)(seed >> 24);
			/* More of what begins and ends sequences. */
			if ((seed >> 20 & 3) == 0) {
				b = "\033[O~\r\001;A"[seed >> 16 & 7];
			}
			type(&t, &b, 1);
			if ((seed & 0xf00) == 0) {
				pass(&t, 60);
			}
		}
		assert_true(utf8_is_clean(buf_text(&t.got)));
		pass(&t, 2000);
		buf_clear(&t.got);
		T(&t, "x1001\r");
		is(&t, "x1001<Enter>");
		buf_done(&t.got);
	}
}

static void
names_go_both_ways(void **state)
{
	(void)state;
	for (int i = K_ENTER; i < K_COUNT; i++) {
		assert_int_equal(key_find(key_name((enum key_code)i)), i);
	}
	assert_int_equal(key_find("f10"), K_F10);
	assert_int_equal(key_find("F13"), K_NONE);
	assert_string_equal(key_name(K_CHAR), "");
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(fkeys_of_every_kind),
		cmocka_unit_test(terminfo_has_the_last_word),
		cmocka_unit_test(arrows_in_both_modes),
		cmocka_unit_test(a_keypad_digit_is_a_digit),
		cmocka_unit_test(esc_is_only_esc),
		cmocka_unit_test(acting_is_not_waiting),
		cmocka_unit_test(gaps_inside_a_sequence),
		cmocka_unit_test(broken_sequences_are_dropped_whole),
		cmocka_unit_test(wyse_keys_end_in_cr),
		cmocka_unit_test(one_end_of_entry),
		cmocka_unit_test(control_bytes_are_dropped),
		cmocka_unit_test(utf8_is_whole_or_nothing),
		cmocka_unit_test(charsets_of_old_terminals),
		cmocka_unit_test(noise_does_no_harm),
		cmocka_unit_test(names_go_both_ways),
	};

	return cmocka_run_group_tests_name("keys", tests, NULL, NULL);
}
