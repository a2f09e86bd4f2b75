/* SPDX-License-Identifier: ISC */
/* A scan that comes where none is wanted: known by what it is, never by how
 * fast it came, refused in one line.  Nothing is done with it and nothing that
 * was there is lost. */
#include <string.h>

#include "shop/badge.h"
#include "shop/ean.h"
#include "shop/entry.h"
#include "shop/shop.h"
#include "term/inside.h"

static const char *
stray_prefix(const struct session *s)
{
	return s->config.shop != NULL ? s->config.shop->set.scan_prefix : "";
}

static void
stray_say(struct session *s, const struct frame *f)
{
	if (f->secret) {
		session_warn(s, _("a barcode is no secret; nothing was "
		    "tried"));
	} else if ((f->screen->flags & SCREEN_DIRECT) != 0) {
		session_warn(s, _("a barcode was scanned; it is not taken "
		    "here"));
	} else {
		session_warn(s, _("a barcode is not taken here; Enter again "
		    "if it is meant"));
	}
	session_beep(s);
}

bool
session_badge_begun(const struct session *s, const char *text)
{
	return s->config.shop != NULL && badge_begun(s->config.shop, text);
}

/* A badge is nobody's text: not looked up, not kept, not shown. */
static bool
stray_badge(struct session *s, const struct frame *f, const char *text)
{
	if ((f->screen->flags & SCREEN_BADGES) != 0 ||
	    (f->secret && f->scans) || s->config.shop == NULL ||
	    !badge_is(s->config.shop, text)) {
		return false;
	}
	session_warn(s, _("a badge was shown; it is not taken here"));
	session_beep(s);
	return true;
}

bool
session_stray_entered(struct session *s, struct frame *f,
    const struct edit *text)
{
	bool	meant = f->kept && f->stray;

	f->stray = false;
	if (stray_badge(s, f, text->text)) {
		return true;
	}
	if ((f->screen->flags & SCREEN_BADGES) != 0 &&
	    s->config.shop != NULL && badge_is(s->config.shop, text->text)) {
		return false;
	}
	if (meant || f->scans || (f->screen->flags & SCREEN_SCANS) != 0 ||
	    !scan_is(text->text, stray_prefix(s))) {
		return false;
	}
	stray_say(s, f);
	if (!f->secret) {
		session_keep(s, f, text);
		f->stray = true;
	}
	return true;
}

/* What was pressed so far can only be the head of a scan: letters in it are
 * no letters of the menu. */
static bool
stray_begun(const struct session *s, const char *pressed)
{
	const char	*prefix = stray_prefix(s);
	const char	*badge = s->config.shop != NULL ?
			    s->config.shop->set.badge_prefix : "";
	size_t		 n = strspn(pressed, "0123456789");

	return strchr(pressed, ']') != NULL || n >= ENTRY_SCAN ||
	    (badge[0] != '\0' && strstr(pressed, badge) != NULL) ||
	    (prefix[0] != '\0' && strstr(pressed, prefix) != NULL);
}

bool
session_stray_pressed(struct session *s, struct frame *f, struct key key)
{
	bool	scan;

	if ((f->screen->flags & SCREEN_DIRECT) == 0 || f->line.len > 0 ||
	    (f->screen->flags & SCREEN_DIGITS) != 0) {
		edit_clear(&f->pressed);
		return false;
	}
	if (key.code == K_CHAR && key.ch == '?') {
		edit_clear(&f->pressed);	/* help, by hand */
		return false;
	}
	if (key.code == K_CHAR) {
		(void)edit_insert(&f->pressed, key.ch);
		return stray_begun(s, f->pressed.text);
	}
	scan = (key.code == K_ENTER || key.code == K_TAB) &&
	    (scan_is(f->pressed.text, stray_prefix(s)) ||
	    stray_begun(s, f->pressed.text));
	edit_clear(&f->pressed);
	if (scan) {
		stray_say(s, f);
	}
	return scan;
}
