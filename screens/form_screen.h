/* SPDX-License-Identifier: ISC */
/* A screen that is one form and nothing else.  Its state begins with a struct
 * form_screen, its open calls form_screen_init() and its struct screen has
 * FORM_SCREEN_PARTS; what is left to say is what F9 keeps. */
#ifndef SCREENS_FORM_SCREEN_H
#define SCREENS_FORM_SCREEN_H

#include "term/term.h"
#include "term/widgets.h"

struct form_screen {
	struct form	 form;
	/* Keep it: every field was checked.  The state is given whole. */
	enum turn	(*save)(struct session *s, void *state);
};

extern const struct binding form_screen_keys[];

/* Begin with these n fields; amounts are typed as the user's setting says.
 * Fields and their number stay the caller's. */
void	form_screen_init(struct session *s, void *state,
	    const struct field *fields, size_t n,
	    enum turn (*save)(struct session *s, void *state));

void	form_screen_close(struct session *s, void *state);
void	form_screen_layout(struct session *s, void *state, int rows,
	    int cols);
void	form_screen_draw(const void *state, struct canvas *c);
void	form_screen_prompt(const void *state, const char *typed, char *out,
	    size_t size);
enum turn form_screen_enter(struct session *s, void *state, const char *text);
enum turn form_screen_key(struct session *s, void *state, struct key key);
enum turn form_screen_act(struct session *s, void *state, enum action act,
	    const char *rest);

#define FORM_SCREEN_PARTS			\
	.keys = form_screen_keys,		\
	.layout = form_screen_layout,		\
	.draw = form_screen_draw,		\
	.prompt = form_screen_prompt,		\
	.key = form_screen_key,			\
	.enter = form_screen_enter,		\
	.act = form_screen_act

#endif
