/* SPDX-License-Identifier: ISC */
/* SHOP/shop.conf: the few things to know before the database opens. */
#ifndef BASE_CONF_H
#define BASE_CONF_H

#include "base/base.h"

/*
 * Every key, once: id, name, kind, least and most (of a number, or bytes of
 * a text), the value when the file is silent, one line of help.  The man page
 * shop.conf(5) is made from this list.
 */
#define CONF_KEYS(X) \
	X(LISTEN, "listen", TEXT, 0, 400, "127.0.0.1:2222", \
	    N_("addresses and ports to answer ssh on, spaces between")) \
	X(USER, "user", TEXT, 0, 32, "", \
	    N_("Unix user the shop runs as; empty: the directory's owner")) \
	X(TIMEZONE, "timezone", TEXT, 0, 64, "", \
	    N_("zone of the shop's days: Europe/Paris; empty: the machine's")) \
	X(LOG, "log", TEXT, 0, 8, "info", \
	    N_("how much is logged: error, warn, info or debug")) \
	X(LOGIN_SECONDS, "login-seconds", NUMBER, 5, 600, "30", \
	    N_("seconds a connection may take to sign in")) \
	X(WAITING, "waiting", NUMBER, 2, 1000, "128", \
	    N_("connections not yet signed in, all together")) \
	X(WAITING_PER_ADDRESS, "waiting-per-address", NUMBER, 1, 1000, "48", \
	    N_("connections not yet signed in, from one address")) \
	X(PASSWORDS, "passwords", FLAG, 0, 0, "yes", \
	    N_("passwords are accepted over ssh; no: keys only")) \
	X(STOP_SECONDS, "stop-seconds", NUMBER, 1, 120, "10", \
	    N_("seconds the sessions have to end when the shop stops"))

enum conf_key {
#define X(id, name, kind, min, max, fallback, help) CONF_##id,
	CONF_KEYS(X)
#undef X
	CONF_COUNT
};

enum conf_kind {
	CONF_TEXT,		/* anything up to the end of the line */
	CONF_NUMBER,
	CONF_FLAG,		/* yes or no */
};

struct conf {
	char	*value[CONF_COUNT];	/* checked; never NULL once loaded */
};

struct conf_about {
	const char	*name;
	enum conf_kind	 kind;
	int64_t		 min, max;
	const char	*fallback;
	const char	*help;		/* through gettext when shown */
};

extern const struct conf_about conf_abouts[];	/* CONF_COUNT of them */

/*
 * Read SHOP/shop.conf ("key = value" lines, # comments).  No file is fine:
 * every key has its fallback.  An unknown key, a key said twice or a bad
 * value is ERR_CONFIG, the file and the line in the words; conf is then all
 * fallbacks.  The caller owns conf and ends it with conf_done().
 */
int	 conf_load(struct conf *conf, const char *shop) MUST_CHECK;
/* The same from text, `name` being what messages call it. */
int	 conf_parse(struct conf *conf, const char *name, const char *text)
	    MUST_CHECK;
void	 conf_done(struct conf *conf);

const char *conf_text(const struct conf *conf, enum conf_key key);
int	 conf_number(const struct conf *conf, enum conf_key key);
bool	 conf_flag(const struct conf *conf, enum conf_key key);

/* Take the shop's time zone for this process (TZ, tzset). */
void	 conf_set_zone(const struct conf *conf);

#endif
