/* SPDX-License-Identifier: ISC */
/* The ":" line: any action by name, the last argument takes the rest. */
#include <string.h>

#include "term/inside.h"

/* Does the screen on top have this action in its own table? */
static bool
command_here(const struct frame *f, enum action act)
{
	for (const struct binding *b = session_face(f).keys; b != NULL &&
	    b->act != ACT_NONE; b++) {
		if (b->act == act) {
			return true;
		}
	}
	return false;
}

/* By name; a beginning that only one of this screen's actions has is enough,
 * even if other screens know more of that kind. */
static enum action
command_find(const struct frame *f, const char *name)
{
	enum action	act = action_find(name), only = ACT_NONE;
	int		n = 0;

	if (act != ACT_NONE) {
		return act;
	}
	for (const struct binding *b = session_face(f).keys; b != NULL &&
	    b->act != ACT_NONE; b++) {
		if (action_begins(b->act, name)) {
			n += b->act != only;
			only = b->act;
		}
	}
	return n == 1 ? only : ACT_NONE;
}

/* The first word into name[64]; the rest of the line. */
static const char *
command_split(const char *text, char name[static 64])
{
	size_t	n = strcspn(text, " ");

	(void)str_fmt(name, 64, "%.*s", (int)n, text);
	return text + n + strspn(text + n, " ");
}

const char *
session_command_hint(struct session *s, const char *text)
{
	char	name[64];

	(void)command_split(text, name);
	return action_help(command_find(session_frame(s), name));
}

enum turn
session_command(struct session *s, const char *text)
{
	char		 name[64];
	const char	*rest = command_split(text, name);
	enum action	 act;

	if (name[0] == '\0') {
		return TURN_STAY;
	}
	act = command_find(session_frame(s), name);
	if (act == ACT_NONE) {
		session_warn(s, _("no command \":%s\"; : and Tab list them"),
		    name);
		session_beep(s);
		return TURN_KEEP;
	}
	/* A bare name is typed again soon enough, and needs no mending. */
	return session_act(s, act, rest) == TURN_KEEP && *rest != '\0' ?
	    TURN_KEEP : TURN_STAY;
}

/* The name to complete with: the user's own word, else the English one. */
static const char *
command_word(enum action act, const char *head)
{
	char	a[64], b[64];

	if (utf8_fold(a, sizeof(a), head) &&
	    utf8_fold(b, sizeof(b), action_name_local(act)) &&
	    str_starts(b, a)) {
		return action_name_local(act);
	}
	return action_name(act);
}

/* How far two words agree, in bytes of whole characters. */
static size_t
command_common(const char *a, const char *b, size_t most)
{
	size_t	n = 0;

	while (n < most && a[n] != '\0' && a[n] == b[n]) {
		n++;
	}
	while (n > 0 && ((unsigned char)a[n] & 0xc0) == 0x80) {
		n--;
	}
	return n;
}

void
session_complete(struct session *s)
{
	struct frame	*f = session_frame(s);
	const char	*head = f->line.text + 1;
	char		 list[sizeof(s->message)] = "", line[ENTRY_MAX];
	char		 word[64] = "";
	size_t		 common = 0;
	int		 n = 0;

	if (strchr(head, ' ') != NULL) {
		return;		/* the rest is the argument, as typed */
	}
	/* This screen's own first, then what is done anywhere. */
	for (int pass = 0; pass < 2; pass++) {
		for (int i = ACT_NONE + 1; i < ACT_COUNT; i++) {
			enum action	 act = (enum action)i;
			const char	*name;

			if (command_here(f, act) != (pass == 0) ||
			    !action_begins(act, head) ||
			    !session_offers(s, f, act)) {
				continue;
			}
			name = command_word(act, head);
			if (n++ == 0) {
				(void)str_copy(word, sizeof(word), name);
				common = strlen(word);
			} else {
				common = command_common(word, name, common);
			}
			(void)str_fmt(list + strlen(list),
			    sizeof(list) - strlen(list), "%s ", name);
		}
	}
	if (n == 0) {
		session_warn(s, _("no command begins with \"%s\""), head);
		return;
	}
	if (n > 1) {
		session_say(s, "%s", list);
	}
	/* Never shorter than what was typed (accents may differ). */
	if (n == 1 || common > strlen(head)) {
		(void)str_fmt(line, sizeof(line), ":%.*s%s", (int)common,
		    word, n == 1 ? " " : "");
		edit_set(&f->line, line);
		s->dirty |= DIRTY_ENTRY;
	}
}
