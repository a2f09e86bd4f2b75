/* SPDX-License-Identifier: ISC */
/* Who somebody is, proven the same way for every door.  What comes after the
 * proof is in enter.c. */
#include "shop/auth.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sodium.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/badge.h"
#include "shop/secret.h"
#include "shop/sshkey.h"
#include "sql/terminal.h"
#include "sql/user.h"

#define ENROL_KEPT	5		/* codes of one address at most */
#define CODE_TRIES	5		/* of an authenticator, in 30 s */
#define ENROL_ALL	200		/* codes of all strangers together */

static int
auth_refuse(void)
{
	return err_set(ERR_AUTH, _("wrong name or password"));
}

/* The user of a typed name; ERR_AUTH for none, whatever the reason. */
static int
auth_user(struct shop *shop, const char *name, int64_t *id,
    struct q_user_secret *out)
{
	struct q_user_by_login	row;
	char			login[NAME_SIZE];
	int			r;

	*id = 0;
	*out = (struct q_user_secret){ 0 };
	if (shop_login_name(name, login) != 0) {
		return auth_refuse();
	}
	if ((r = q_user_by_login(shop->db, login, &row)) == 0) {
		*id = row.id;
		r = q_user_secret(shop->db, row.id, out);
	}
	return r == ERR_NOT_FOUND ? auth_refuse() : r;
}

/* After a right proof only: may this user come in, and with a second one? */
static int
auth_admit(const struct shop *shop, int64_t id,
    const struct q_user_secret *user, struct grant *out)
{
	bool	demanded = str_listed(shop->set.second_factor, user->role);

	if (!user->active) {
		return auth_refuse();
	}
	if (user->locked) {
		return err_set(ERR_LOCKED,
		    _("this user is locked; ask an admin"));
	}
	if (demanded && user->totp == NULL) {
		return err_set(ERR_LOCKED, _("your role needs an "
		    "authenticator; ask an admin to set it up"));
	}
	out->user = id;
	out->needs_second = user->totp != NULL;
	(void)str_copy(out->name, sizeof(out->name), user->name);
	return 0;
}

/* Wrong tries, of a user's PIN or of badges at a terminal, are forgiven. */
static int
auth_forgive(struct shop *shop, int64_t id,
    int (*query)(struct db *, int64_t))
{
	int	r = db_begin(shop->db, "forgive");

	if (r != 0) {
		return r;
	}
	if ((r = query(shop->db, id)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	return db_commit(shop->db);
}

/* Somebody proved at this terminal who they are: badges count anew. */
static int
auth_badge_forgive(struct shop *shop)
{
	struct q_terminal_badge_fails	fails;
	int				r;

	if (shop->who.terminal == 0) {
		return 0;
	}
	r = q_terminal_badge_fails(shop->db, shop->who.terminal, &fails);
	if (r != 0) {
		return r == ERR_NOT_FOUND ? 0 : r;
	}
	return fails.n == 0 ? 0 : auth_forgive(shop, shop->who.terminal,
	    q_terminal_badge_clear);
}

int
auth_password(struct shop *shop, const char *name, const char *password,
    enum door door, const char *from, struct grant *out)
{
	struct q_user_secret	user;
	char			hash[SECRET_HASH] = "";
	int64_t			id;
	int			r;

	(void)door;
	(void)from;
	*out = (struct grant){ 0 };
	r = auth_user(shop, name, &id, &user);
	if (r != 0 && r != ERR_AUTH) {
		return r;
	}
	if (r == 0 && user.password != NULL) {
		(void)str_copy(hash, sizeof(hash), user.password);
	}
	/* The same work is done for nobody. */
	if (!secret_verify(shop, hash[0] == '\0' ? NULL : hash, password)) {
		return auth_refuse();
	}
	if ((r = auth_admit(shop, id, &user, out)) == 0 &&
	    user.pin_fails > 0) {
		/* The password was asked for and given: PINs count anew. */
		r = auth_forgive(shop, id, q_user_pin_clear);
	}
	out->by = "password";
	return r != 0 ? r : auth_badge_forgive(shop);
}

/* --- keys ---------------------------------------------------------------- */

static void
auth_code(char out[static 16])
{
	/* No 0 O 1 I: it is read aloud from one screen and typed on another. */
	static const char	letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
	unsigned		i;

	if (sodium_init() < 0) {
		fatal("no random numbers");
	}
	for (i = 0; i < 7; i++) {
		out[i] = i == 3 ? '-' :
		    letters[randombytes_uniform(sizeof(letters) - 1)];
	}
	out[i] = '\0';
}

/* Whom a limit is for: an address, or all of an IPv6 /64, of which one
 * household has 2^64. */
static void
auth_net(const char *from, char out[static NAME_SIZE])
{
	struct in6_addr	a;
	size_t		n = 0;

	(void)str_copy(out, NAME_SIZE, from);
	if (inet_pton(AF_INET6, from, &a) != 1 || IN6_IS_ADDR_V4MAPPED(&a)) {
		return;
	}
	for (int i = 0; i < 8; i += 2, n += 5) {
		(void)str_fmt(out + n, NAME_SIZE - n, "%02x%02x:",
		    a.s6_addr[i], a.s6_addr[i + 1]);
	}
	(void)str_fmt(out + n, NAME_SIZE - n, ":/64");
}

/* A key nobody knows, at the name "terminal": a code, and nothing else. */
static int
auth_enrol(struct shop *shop, const struct sshkey *key, const char *from,
    struct grant *out)
{
	struct q_enrolment_by_key	row;
	struct q_enrolment_count	all;
	int64_t				now = shop_now();
	char				net[NAME_SIZE];
	int				r;

	auth_net(from, net);
	out->enrol = true;
	r = q_enrolment_by_key(shop->db, key->fingerprint, &row);
	if (r == 0 && row.expires_at > now) {
		(void)str_copy(out->code, sizeof(out->code), row.code);
		return 0;
	}
	if (r != 0 && r != ERR_NOT_FOUND) {
		return r;
	}
	auth_code(out->code);
	if ((r = db_begin(shop->db, "terminal enrol")) != 0) {
		return r;
	}
	if ((r = q_enrolment_prune(shop->db, now, net,
	    ENROL_KEPT - 1)) == 0 &&
	    (r = q_enrolment_count(shop->db, &all)) == 0 &&
	    all.n >= ENROL_ALL) {
		r = err_set(ERR_BUSY, _("too many terminals wait for their "
		    "code; try again later"));
	}
	if (r == 0) {
		r = q_enrolment_add(shop->db, out->code, key->type, key->key,
		    key->fingerprint, from, net, now, now +
		    (int64_t)shop->set.enrol_minutes * 60 * 1000);
	}
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "terminal");
	return db_commit(shop->db);
}

static int
auth_terminal_key(struct shop *shop, const char *login,
    const struct sshkey *key, bool verified, const char *from,
    struct grant *out)
{
	struct q_terminal_key_find	known;
	struct q_terminal_by_login	named;
	struct q_terminal_get		terminal;
	bool				any = strcmp(login, "terminal") == 0;
	int				r;

	r = q_terminal_key_find(shop->db, key->type, key->key, &known);
	if (r != 0 && r != ERR_NOT_FOUND) {
		return r;
	}
	if (r == ERR_NOT_FOUND) {
		if (!any) {
			return auth_refuse();
		}
		out->enrol = true;
		return verified ? auth_enrol(shop, key, from, out) : 0;
	}
	if (!known.active || (!any && (q_terminal_by_login(shop->db, login,
	    &named) != 0 || named.id != known.terminal))) {
		return auth_refuse();
	}
	if ((r = q_terminal_get(shop->db, known.terminal, &terminal)) != 0) {
		return r;
	}
	out->terminal = known.terminal;
	(void)str_copy(out->name, sizeof(out->name), terminal.name);
	return 0;
}

int
auth_key(struct shop *shop, const char *name, const char *type,
    const char *base64, bool verified, enum door door, const char *from,
    struct grant *out)
{
	struct q_user_key_has	has;
	struct q_user_secret	user;
	struct sshkey		key;
	char			login[NAME_SIZE];
	int64_t			id;
	int			r;

	(void)door;
	*out = (struct grant){ 0 };
	if (sshkey_base64(type, base64, &key) != 0 ||
	    shop_login_name(name, login) != 0) {
		return auth_refuse();
	}
	r = auth_user(shop, name, &id, &user);
	if (r == ERR_AUTH) {
		return auth_terminal_key(shop, login, &key, verified, from,
		    out);
	}
	if (r != 0) {
		return r;
	}
	r = q_user_key_has(shop->db, id, key.type, key.key, &has);
	if (r == ERR_NOT_FOUND) {
		return auth_refuse();
	}
	if (r != 0) {
		return r;
	}
	if (!verified) {
		out->user = id;
		return user.active ? 0 : auth_refuse();
	}
	out->by = "key";
	return auth_admit(shop, id, &user, out);
}

/* --- codes and PINs ------------------------------------------------------ */

/*
 * Three of a million codes are right at any moment: a few tries in the time
 * of one code, at all doors together, so that the rest cannot be gone through.
 */
static int
auth_code_try(struct shop *shop, int64_t id)
{
	int64_t	left = 0;
	int	r;

	if ((r = db_begin(shop->db, "second factor")) != 0) {
		return r;
	}
	if ((r = q_user_totp_try(shop->db, id, shop_now() / 1000 /
	    TOTP_PERIOD, CODE_TRIES, &left)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	if ((r = db_commit(shop->db)) != 0) {
		return r;
	}
	return left == 1 ? 0 : err_set(ERR_AUTH,
	    _("wrong code, or used before; wait for the next one"));
}

int
auth_second(struct shop *shop, int64_t id, const char *code)
{
	struct q_user_secret	user;
	int64_t			step, taken = 0;
	int			r;

	if ((r = auth_code_try(shop, id)) != 0) {
		return r;
	}
	if ((r = q_user_secret(shop->db, id, &user)) != 0) {
		return r == ERR_NOT_FOUND ? auth_refuse() : r;
	}
	step = user.totp == NULL ? -1 :
	    totp_step(user.totp, user.totp_len, code, shop_now());
	if (step <= user.totp_step) {
		return err_set(ERR_AUTH,
		    _("wrong code, or used before; wait for the next one"));
	}
	if ((r = db_begin(shop->db, "second factor")) != 0) {
		return r;
	}
	/* Two doors at once: only one of them takes the step. */
	if ((r = q_user_totp_step(shop->db, id, step, &taken)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	if ((r = db_commit(shop->db)) != 0) {
		return r;
	}
	return taken == 1 ? 0 : err_set(ERR_AUTH,
	    _("wrong code, or used before; wait for the next one"));
}

/*
 * Takes one of the tries before the PIN is looked at, so that guesses made
 * at several tills at once are not more than five either.
 */
static int
auth_pin_try(struct shop *shop, int64_t id, bool *left)
{
	int64_t	changes = 0;
	int	r;

	*left = false;
	if ((r = db_begin(shop->db, "pin")) != 0) {
		return r;
	}
	if ((r = q_user_pin_try(shop->db, id, PIN_TRIES, &changes)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	*left = changes == 1;
	return db_commit(shop->db);
}

static int
auth_pin_trusted(struct shop *shop)
{
	struct q_terminal_get	terminal;
	int			r = ERR_NOT_FOUND;

	if (shop->who.terminal != 0) {
		r = q_terminal_get(shop->db, shop->who.terminal, &terminal);
	}
	if (r != 0 && r != ERR_NOT_FOUND) {
		return r;
	}
	return r == 0 && terminal.trusted && terminal.active ? 0 :
	    err_set(ERR_AUTH, _("a PIN or a badge works only on a trusted "
	    "terminal; type your password"));
}

int
auth_pin(struct shop *shop, const char *name, const char *pin,
    struct grant *out)
{
	struct q_user_secret	user;
	char			hash[SECRET_HASH] = "";
	bool			left = false;
	int64_t			id;
	int			r;

	*out = (struct grant){ 0 };
	if ((r = auth_pin_trusted(shop)) != 0) {
		return r;
	}
	r = auth_user(shop, name, &id, &user);
	if (r != 0 && r != ERR_AUTH) {
		return r;
	}
	if (r == 0 && user.pin != NULL) {
		if ((r = auth_pin_try(shop, id, &left)) != 0) {
			return r;
		}
		(void)str_copy(hash, sizeof(hash), user.pin);
	}
	if (!secret_verify(shop, left ? hash : NULL, pin)) {
		return hash[0] != '\0' && user.pin_fails + 1 >= PIN_TRIES ?
		    err_set(ERR_AUTH, _("too many wrong PINs; type your "
		    "password")) : err_set(ERR_AUTH, _("wrong name or PIN"));
	}
	if ((r = auth_forgive(shop, id, q_user_pin_clear)) != 0 ||
	    (r = auth_badge_forgive(shop)) != 0 ||
	    (r = auth_admit(shop, id, &user, out)) != 0) {
		return r;
	}
	/* The terminal's own key is the second factor of a PIN. */
	out->needs_second = false;
	out->terminal = shop->who.terminal;
	out->by = "pin";
	return 0;
}

/* --- badges -------------------------------------------------------------- */

/* As with a PIN: the try is taken before the badge is looked at. */
static int
auth_badge_try(struct shop *shop)
{
	int64_t	left = 0;
	int	r;

	if ((r = db_begin(shop->db, "badge")) != 0) {
		return r;
	}
	if ((r = q_terminal_badge_try(shop->db, shop->who.terminal, PIN_TRIES,
	    &left)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	if ((r = db_commit(shop->db)) != 0) {
		return r;
	}
	return left == 1 ? 0 : err_set(ERR_AUTH, _("too many unknown badges "
	    "here; type a name and a PIN or password"));
}

int
auth_badge(struct shop *shop, const char *text, struct grant *out)
{
	struct q_user_badge_whose	badge;
	struct q_user_secret		user;
	char				hash[BADGE_HASH];
	int				r;

	*out = (struct grant){ 0 };
	if ((r = auth_pin_trusted(shop)) != 0 ||
	    (r = auth_badge_try(shop)) != 0 ||
	    (r = badge_hash(shop, text, hash)) != 0) {
		return r;
	}
	r = q_user_badge_whose(shop->db, hash, &badge);
	if (r == 0) {
		r = q_user_secret(shop->db, badge.user, &user);
	}
	if (r == ERR_NOT_FOUND) {
		return err_set(ERR_AUTH, _("nobody's badge; type a name and a "
		    "PIN or password"));
	}
	if (r != 0 || (r = auth_badge_forgive(shop)) != 0 ||
	    (r = auth_admit(shop, badge.user, &user, out)) != 0) {
		return r;
	}
	out->needs_second = false;	/* as for a PIN */
	out->terminal = shop->who.terminal;
	out->by = "badge";
	return 0;
}
