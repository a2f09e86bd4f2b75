/* SPDX-License-Identifier: ISC */
/* What does this key send?  For setting up a terminal: every key is shown
 * under the name it has here, and nothing else happens. */
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "screens/screens.h"

#define KEYTEST_SHOWN	12
#define KEYTEST_WIDE	50		/* columns for F1 to F10 in one row */

struct keytest_screen {
	struct key	last[KEYTEST_SHOWN];
	int		n;
	bool		seen[K_COUNT];
};

static int
keytest_open(struct session *s, void *state, const void *arg)
{
	(void)s;
	(void)state;
	(void)arg;
	return 0;
}

static void
keytest_word(struct key key, char *out, size_t size)
{
	char	ch[5];

	if (key.code != K_CHAR) {
		(void)str_copy(out, size, _(key_name(key.code)));
		return;
	}
	(void)utf8_put(key.ch, ch);
	(void)str_fmt(out, size, "%s   U+%04X", ch, (unsigned)key.ch);
}

static void
keytest_draw(const void *state, struct canvas *c)
{
	const struct keytest_screen	*st = state;
	char				 word[64];
	int				 rows = canvas_rows(c), col = 4;
	int				 row = rows - 1;

	canvas_put(c, 0, 2, STYLE_BOLD,
	    _("Press keys.  Esc twice goes back."));
	for (int i = 0; i < st->n && i + 2 < rows - 3; i++) {
		keytest_word(st->last[i], word, sizeof(word));
		canvas_put(c, i + 2, 4, i == 0 ? STYLE_BOLD : STYLE_NORMAL,
		    word);
	}
	/* F-keys already proven to work here. */
	for (int k = K_F1; k <= K_F10; k++) {
		const char	*name = key_name((enum key_code)k);

		if (k == K_F1 && canvas_cols(c) < KEYTEST_WIDE) {
			row--;
		} else if (k == K_F6 && canvas_cols(c) < KEYTEST_WIDE) {
			row++;
			col = 4;
		}
		col = canvas_put(c, row, col, st->seen[k] ? STYLE_OK :
		    STYLE_DIM, name);
		col = canvas_put(c, row, col, STYLE_OK,
		    st->seen[k] ? "+ " : "  ");
	}
}

static void
keytest_prompt(const void *state, const char *typed, char *out, size_t size)
{
	(void)state;
	(void)typed;
	(void)str_copy(out, size, _("no F-key? :5 is F5 everywhere"));
}

static enum turn
keytest_key(struct session *s, void *state, struct key key)
{
	struct keytest_screen	*st = state;

	if (key.code == K_ESC && st->n > 0 && st->last[0].code == K_ESC) {
		return session_pop(s, true, 0, "");
	}
	memmove(&st->last[1], &st->last[0],
	    (KEYTEST_SHOWN - 1) * sizeof(st->last[0]));
	st->last[0] = key;
	if (st->n < KEYTEST_SHOWN) {
		st->n++;
	}
	if (key.code < K_COUNT) {
		st->seen[key.code] = true;
	}
	return TURN_DRAW;
}

const struct screen screen_keytest = {
	.name = "keytest",
	.title = N_("KEY TEST"),
	.help = N_("Shows what each key means here."),
	.flags = SCREEN_LITERAL | SCREEN_SCANS,
	.state_size = sizeof(struct keytest_screen),
	.open = keytest_open,
	.draw = keytest_draw,
	.prompt = keytest_prompt,
	.key = keytest_key,
};
