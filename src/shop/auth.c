/* SPDX-License-Identifier: ISC */
/* Who somebody is, proven the same way for every door. */
#include "shop/auth.h"

#include <errno.h>
#include <pwd.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "shop/audit.h"
#include "shop/sale.h"
#include "shop/secret.h"
#include "shop/session.h"
#include "shop/sshkey.h"
#include "shop/user.h"
#include "sql/session.h"
#include "sql/terminal.h"
#include "sql/user.h"

#define ENROL_KEPT	5		/* codes of one address at most */

static int
auth_refuse(void)
{
	return err_set(ERR_AUTH, _("wrong name or password"));
}

/* Is the word in a list parted by blanks or commas? */
static bool
auth_listed(const char *list, const char *word)
{
	size_t	n = strlen(word);

	while (*list != '\0') {
		size_t	len = strcspn(list, " ,");

		if (len == n && strncmp(list, word, n) == 0) {
			return true;
		}
		list += len;
		list += strspn(list, " ,");
	}
	return false;
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
	bool	demanded = auth_listed(shop->set.second_factor, user->role);

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
	return auth_admit(shop, id, &user, out);
}

/* --- keys ------------------------------------------------------------------ */

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

/* A key nobody knows, at the name "terminal": a code, and nothing else. */
static int
auth_enrol(struct shop *shop, const struct sshkey *key, const char *from,
    struct grant *out)
{
	struct q_enrolment_by_key	row;
	int64_t				now = shop_now();
	int				r;

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
	if ((r = q_enrolment_prune(shop->db, now, from, ENROL_KEPT - 1)) != 0 ||
	    (r = q_enrolment_add(shop->db, out->code, key->type, key->key,
	    key->fingerprint, from, now, now +
	    (int64_t)shop->set.enrol_minutes * 60 * 1000)) != 0) {
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
	return auth_admit(shop, id, &user, out);
}

/* --- codes and PINs --------------------------------------------------------- */

int
auth_second(struct shop *shop, int64_t id, const char *code)
{
	struct q_user_secret	user;
	int64_t			step, taken = 0;
	int			r;

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

static int
auth_pin_count(struct shop *shop, int64_t id,
    int (*query)(struct db *, int64_t))
{
	int	r = db_begin(shop->db, "pin");

	if (r != 0) {
		return r;
	}
	if ((r = query(shop->db, id)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	return db_commit(shop->db);
}

int
auth_pin(struct shop *shop, const char *name, const char *pin,
    struct grant *out)
{
	struct q_terminal_get	terminal;
	struct q_user_secret	user;
	char			hash[SECRET_HASH] = "";
	int64_t			id, tries;
	int			r;

	*out = (struct grant){ 0 };
	if (shop->who.terminal == 0 || q_terminal_get(shop->db,
	    shop->who.terminal, &terminal) != 0 || !terminal.trusted ||
	    !terminal.active) {
		return err_set(ERR_AUTH, _("a PIN works only on a trusted "
		    "terminal; type your password"));
	}
	r = auth_user(shop, name, &id, &user);
	if (r != 0 && r != ERR_AUTH) {
		return r;
	}
	tries = r == 0 ? user.pin_fails : 0;
	if (r == 0 && user.pin != NULL && tries < PIN_TRIES) {
		(void)str_copy(hash, sizeof(hash), user.pin);
	}
	if (secret_verify(shop, hash[0] == '\0' ? NULL : hash, pin)) {
		if (tries > 0 && (r = auth_pin_count(shop, id,
		    q_user_pin_clear)) != 0) {
			return r;
		}
		r = auth_admit(shop, id, &user, out);
		/* Who knows the PIN already proved the second at this
		 * terminal; it is asked with the password. */
		out->needs_second = false;
		out->terminal = r == 0 ? shop->who.terminal : 0;
		return r;
	}
	if (id != 0 && hash[0] != '\0' &&
	    (r = auth_pin_count(shop, id, q_user_pin_fail)) != 0) {
		return r;
	}
	if (tries + 1 >= PIN_TRIES) {
		return err_set(ERR_AUTH, _("too many wrong PINs; type your "
		    "password"));
	}
	return err_set(ERR_AUTH, _("wrong name or PIN"));
}

/* --- coming and going -------------------------------------------------------- */

/* Rights this terminal takes away from everybody. */
static uint64_t
auth_denied(const char *list)
{
	uint64_t	mask = 0;

	for (enum right r = 0; r < RIGHT_COUNT; r++) {
		if (auth_listed(list, right_name(r))) {
			mask |= RIGHT_BIT(r);
		}
	}
	return mask;
}

static int
auth_rights(struct shop *shop, int64_t terminal, struct actor *who)
{
	struct q_terminal_get	row;
	const char		*places = shop->set.admin_from;
	bool			here;
	int			r;

	who->rights = role_rights(who->role);
	here = places[0] == '\0' || auth_listed(places, door_name(who->door));
	if (terminal != 0) {
		r = q_terminal_get(shop->db, terminal, &row);
		if (r == ERR_NOT_FOUND || (r == 0 && !row.active)) {
			return err_set(ERR_DENIED,
			    _("this terminal is switched off; ask an admin"));
		}
		if (r != 0) {
			return r;
		}
		(void)str_copy(who->terminal_name,
		    sizeof(who->terminal_name), row.name);
		who->rights &= ~auth_denied(row.deny);
		here = here || auth_listed(places, row.login);
	}
	if (who->role == ROLE_ADMIN && !here) {
		/* Elsewhere an admin is a manager. */
		who->rights &= role_rights(ROLE_MANAGER);
	}
	return 0;
}

static int
auth_record(struct shop *shop, bool interactive)
{
	struct actor	*who = &shop->who;
	char		 boot[SESSION_BOOT];
	int64_t		 pid, start, now = shop_now();
	int		 r;

	if ((r = db_begin(shop->db, "login")) != 0) {
		return r;
	}
	if (interactive) {
		session_self(boot, &pid, &start);
		r = q_session_add(shop->db, who->user,
		    who->terminal == 0 ? NULL : &who->terminal,
		    door_name(who->door), who->from, boot, pid, start, now,
		    &who->session);
	}
	if (r == 0) {
		r = q_user_seen(shop->db, who->user, now);
	}
	if (r == 0 && who->terminal != 0) {
		r = q_terminal_seen(shop->db, who->terminal, now);
	}
	if (r == 0) {
		r = audit_add(shop, "login", "user", who->user,
		    interactive ? "" : "command");
	}
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	if (interactive) {
		db_topic(shop->db, "session");
	}
	return db_commit(shop->db);
}

int
auth_enter(struct shop *shop, int64_t user, int64_t terminal, enum door door,
    const char *from, bool interactive)
{
	struct q_user_secret	row;
	struct actor		who = { .user = user, .terminal = terminal,
				    .door = door };
	struct actor		before = shop->who;
	int			r;

	r = q_user_secret(shop->db, user, &row);
	if (r == ERR_NOT_FOUND || (r == 0 && !row.active)) {
		return auth_refuse();
	}
	if (r != 0) {
		return r;
	}
	if (row.locked) {
		return err_set(ERR_LOCKED,
		    _("this user is locked; ask an admin"));
	}
	if ((r = role_find(row.role, &who.role)) != 0) {
		return r;
	}
	(void)str_copy(who.name, sizeof(who.name), row.name);
	(void)str_copy(who.language, sizeof(who.language),
	    row.language[0] == '\0' ? shop->set.language : row.language);
	who.implied = row.implied;
	(void)str_copy(who.from, sizeof(who.from), from == NULL ? "" : from);
	(void)str_copy(who.unix_user, sizeof(who.unix_user),
	    before.unix_user);
	if ((r = auth_rights(shop, terminal, &who)) != 0) {
		return r;
	}
	shop->who = who;
	if ((r = auth_record(shop, interactive)) != 0) {
		shop->who = before;
	}
	return r;
}

int
auth_owner(struct shop *shop, enum door door)
{
	struct stat		 st;
	const struct passwd	*pw = getpwuid(getuid());
	const char		*sudo = getenv("SUDO_USER");
	struct actor		*who = &shop->who;

	if (stat(db_shop(shop->db), &st) != 0) {
		return err_sys(ERR_SYSTEM, _("cannot look at the shop"));
	}
	if (geteuid() != 0 && geteuid() != st.st_uid) {
		return err_set(ERR_DENIED, _("only the owner of the shop's "
		    "directory may do this; use sudo"));
	}
	*who = (struct actor){ .role = ROLE_ADMIN, .door = door,
		.rights = role_rights(ROLE_ADMIN) };
	(void)str_fmt(who->unix_user, sizeof(who->unix_user), "%s%s%s",
	    pw == NULL ? "?" : pw->pw_name, sudo == NULL ? "" : " for ",
	    sudo == NULL ? "" : sudo);
	(void)str_copy(who->language, sizeof(who->language),
	    shop->set.language);
	return 0;
}

static int
auth_end(struct shop *shop)
{
	int64_t	changes;
	int	r;

	if ((r = db_begin(shop->db, "logout")) != 0) {
		return r;
	}
	if ((r = q_session_end(shop->db, shop->who.session, shop_now(),
	    "logout", &changes)) != 0 ||
	    (r = audit_add(shop, "logout", "user", shop->who.user, "")) != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "session");
	return db_commit(shop->db);
}

void
auth_leave(struct shop *shop)
{
	int	r;

	if (shop->who.session != 0) {
		/* Where this fails the sale is parked by the session's death. */
		if ((r = sale_park_all(shop)) != 0) {
			log_err(r, "parking the sales of session %lld",
			    (long long)shop->who.session);
		}
		if ((r = auth_end(shop)) != 0) {
			log_err(r, "ending session %lld",
			    (long long)shop->who.session);
		}
	}
	shop->who = (struct actor){ .door = shop->who.door };
}
