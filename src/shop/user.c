/* SPDX-License-Identifier: ISC */
/* Users: rows, roles, secrets and keys. */
#include "shop/user.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/badge.h"
#include "shop/journal.h"
#include "shop/secret.h"
#include "shop/sshkey.h"
#include "sql/terminal.h"
#include "sql/user.h"

int
people_flag(const char *text, bool *out)
{
	static const char *const yes[] = { "1", "yes", "on", "true", "oui" };
	static const char *const no[] = { "0", "no", "off", "false", "non" };

	*out = false;
	for (size_t i = 0; i < NELEM(yes); i++) {
		if (strcasecmp(text, yes[i]) == 0) {
			*out = true;
			return 0;
		}
		if (strcasecmp(text, no[i]) == 0) {
			return 0;
		}
	}
	return err_set(ERR_INVALID, _("\"%s\" is neither yes nor no"), text);
}

int
people_name_free(struct shop *shop, const char *login)
{
	struct q_user_by_login		user;
	struct q_terminal_by_login	terminal;
	int				r;

	if (strcmp(login, "terminal") == 0 || strcmp(login, "root") == 0) {
		return err_set(ERR_INVALID, _("\"%s\" is a name comptoir "
		    "keeps for itself; choose another"), login);
	}
	if ((r = q_user_by_login(shop->db, login, &user)) == 0 ||
	    (r == ERR_NOT_FOUND && (r = q_terminal_by_login(shop->db, login,
	    &terminal)) == 0)) {
		return err_set(ERR_EXISTS, _("\"%s\" is taken by a user or a "
		    "terminal; choose another name"), login);
	}
	return r == ERR_NOT_FOUND ? 0 : r;
}

/* The tail of every change: one audit row, topic "user", commit. */
static int
user_end(struct shop *shop, int r, const char *action, int64_t id,
    const char *detail)
{
	char	info[96];

	if (r == 0 && (strcmp(action, "user.add") == 0 ||
	    str_starts(detail, "role=") || str_starts(detail, "locked=") ||
	    str_starts(detail, "active="))) {
		(void)str_fmt(info, sizeof(info), "user %lld %s",
		    (long long)id, detail);
		r = journal_event(shop, JET_RIGHTS, info);
	}
	if (r == 0) {
		r = audit_add(shop, action, "user", id, detail);
	}
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "user");
	return db_commit(shop->db);
}

/* A row that was looked up by its id, a row that was changed by it. */
static int
user_known(int r)
{
	return r != ERR_NOT_FOUND ? r :
	    err_set(ERR_NOT_FOUND, _("there is no such user"));
}

static int
user_changed(int r, int64_t changes)
{
	if (r == 0 && changes == 0) {
		return err_set(ERR_NOT_FOUND, _("there is no such user"));
	}
	return r;
}

/* Own things are one's own; the rest needs the right. */
static int
user_own_or(struct shop *shop, int64_t id)
{
	if (id != 0 && id == shop->who.user) {
		return 0;
	}
	return shop_require(shop, RIGHT_USER);
}

int
user_add(struct shop *shop, const char *name, enum role role,
    const char *language, int64_t *id)
{
	char	login[NAME_SIZE];
	int	r;

	*id = 0;
	if ((r = shop_require(shop, RIGHT_USER)) != 0 ||
	    (r = shop_login_name(name, login)) != 0 ||
	    (language[0] != '\0' && (r = language_check(language)) != 0) ||
	    (r = db_begin(shop->db, "user add")) != 0) {
		return r;
	}
	if ((r = people_name_free(shop, login)) == 0) {
		r = q_user_add(shop->db, name, login, role_name(role),
		    language, shop_now(), id);
	}
	if ((r = user_end(shop, r, "user.add", *id, role_name(role))) != 0) {
		*id = 0;
	}
	return r;
}

int
user_find(struct shop *shop, const char *name, int64_t *id)
{
	struct q_user_by_login	row;
	char			login[NAME_SIZE];
	int			r;

	*id = 0;
	if ((r = shop_login_name(name, login)) == 0) {
		r = q_user_by_login(shop->db, login, &row);
	}
	if (r == ERR_NOT_FOUND || r == ERR_INVALID) {
		return err_set(ERR_NOT_FOUND, _("there is no user \"%s\""),
		    name);
	}
	if (r == 0) {
		*id = row.id;
	}
	return r;
}

int
user_list(struct shop *shop,
    int (*fn)(void *ctx, const struct user_row *row), void *ctx)
{
	struct q_user_list	*rows;
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_USER)) != 0 ||
	    (r = q_user_list(shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct user_row	row = {
			.id = rows[i].id,
			.keys = rows[i].nkeys,
			.badges = rows[i].nbadges,
			.last_login = rows[i].last_login,
			.name = rows[i].name,
			.role = rows[i].role,
			.language = rows[i].language,
			.active = rows[i].active,
			.locked = rows[i].locked,
			.has_password = rows[i].has_password,
			.has_pin = rows[i].has_pin,
			.has_totp = rows[i].has_totp,
			.implied = rows[i].implied,
		};

		r = fn(ctx, &row);
	}
	free(rows);
	return r;
}

/* --- secrets ------------------------------------------------------------- */

int
user_set_password(struct shop *shop, int64_t id, const char *secret)
{
	struct q_user_secret	user;
	char			hash[SECRET_HASH] = "";
	int64_t			changes = 0;
	int			r;

	if ((r = user_own_or(shop, id)) != 0 ||
	    (r = user_known(q_user_secret(shop->db, id, &user))) != 0) {
		return r;
	}
	if (secret != NULL &&
	    ((r = secret_password_check(shop, user.login, secret)) != 0 ||
	    (r = secret_hash(shop, secret, hash)) != 0)) {
		return r;
	}
	if ((r = db_begin(shop->db, "user password")) == 0) {
		r = q_user_password_set(shop->db, id,
		    secret == NULL ? NULL : hash, &changes);
		r = user_changed(r, changes);
		r = user_end(shop, r, "user.password", id,
		    secret == NULL ? "none" : "");
	}
	explicit_bzero(hash, sizeof(hash));
	return r;
}

int
user_set_pin(struct shop *shop, int64_t id, const char *pin)
{
	char	hash[SECRET_HASH] = "";
	int64_t	changes = 0;
	int	r;

	if ((r = user_own_or(shop, id)) != 0) {
		return r;
	}
	if (pin != NULL && ((r = secret_pin_check(pin)) != 0 ||
	    (r = secret_hash(shop, pin, hash)) != 0)) {
		return r;
	}
	if ((r = db_begin(shop->db, "user pin")) == 0) {
		r = q_user_pin_set(shop->db, id, pin == NULL ? NULL : hash,
		    &changes);
		r = user_changed(r, changes);
		r = user_end(shop, r, "user.pin", id,
		    pin == NULL ? "none" : "");
	}
	explicit_bzero(hash, sizeof(hash));
	return r;
}

static int
user_totp_put(struct shop *shop, int64_t id, const unsigned char *key,
    size_t n)
{
	int64_t	changes = 0;
	int	r;

	if ((r = db_begin(shop->db, "user totp")) != 0) {
		return r;
	}
	r = q_user_totp_set(shop->db, id, key, n, &changes);
	r = user_changed(r, changes);
	return user_end(shop, r, "user.totp", id, key == NULL ? "none" : "");
}

int
user_totp_new(struct shop *shop, int64_t id, char *uri, size_t size)
{
	struct q_user_secret	user;
	unsigned char		key[TOTP_BYTES];
	char			text[TOTP_BASE32], login[NAME_SIZE];
	int			r;

	uri[0] = '\0';
	if ((r = user_own_or(shop, id)) != 0 ||
	    (r = user_known(q_user_secret(shop->db, id, &user))) != 0) {
		return r;
	}
	(void)str_copy(login, sizeof(login), user.login);
	if (sodium_init() < 0) {
		return err_set(ERR_SYSTEM, _("no random numbers"));
	}
	randombytes_buf(key, sizeof(key));
	totp_to_base32(key, sizeof(key), text, sizeof(text));
	if (!str_fmt(uri, size, "otpauth://totp/comptoir:%s?secret=%s"
	    "&issuer=comptoir", login, text)) {
		r = ERR_TOO_LONG;
	} else {
		r = user_totp_put(shop, id, key, sizeof(key));
	}
	if (r != 0) {
		explicit_bzero(uri, size);
	}
	explicit_bzero(key, sizeof(key));
	explicit_bzero(text, sizeof(text));
	return r;
}

static int
user_set_totp(struct shop *shop, int64_t id, const char *value)
{
	unsigned char	key[64];
	size_t		n;
	int		r;

	if (strcmp(value, "off") == 0) {
		return user_totp_put(shop, id, NULL, 0);
	}
	if ((r = totp_from_base32(value, key, sizeof(key), &n)) == 0) {
		r = user_totp_put(shop, id, key, n);
	}
	explicit_bzero(key, sizeof(key));
	return r;
}

/* --- one value ----------------------------------------------------------- */

/* A shop without an admin could only be mended from the Unix side. */
static int
user_keep_admin(struct shop *shop, int64_t id)
{
	struct q_user_admins	admins;
	struct q_user_secret	user;
	int			r;

	if ((r = user_known(q_user_secret(shop->db, id, &user))) != 0) {
		return r;
	}
	if (strcmp(user.role, role_name(ROLE_ADMIN)) != 0) {
		return 0;
	}
	if ((r = q_user_admins(shop->db, id, &admins)) == 0 &&
	    admins.n == 0) {
		return err_set(ERR_DENIED, _("the last admin must stay one; "
		    "make another first"));
	}
	return r;
}

static int
user_set_role(struct shop *shop, int64_t id, const char *value,
    int64_t *changes)
{
	enum role	role;
	int		r;

	if ((r = role_find(value, &role)) != 0 ||
	    (role != ROLE_ADMIN && (r = user_keep_admin(shop, id)) != 0)) {
		return r;
	}
	return q_user_role_set(shop->db, id, role_name(role), changes);
}

static int
user_set_language(struct shop *shop, int64_t id, const char *value,
    int64_t *changes)
{
	int	r;

	if (value[0] != '\0' && (r = language_check(value)) != 0) {
		return r;
	}
	return q_user_language_set(shop->db, id, value, changes);
}

static int
user_set_implied(struct shop *shop, int64_t id, const char *value,
    int64_t *changes)
{
	bool	flag;
	int	r = people_flag(value, &flag);

	return r != 0 ? r : q_user_implied_set(shop->db, id, flag, changes);
}

static int
user_set_locked(struct shop *shop, int64_t id, const char *value,
    int64_t *changes)
{
	bool	flag;
	int	r;

	if ((r = people_flag(value, &flag)) != 0 ||
	    (flag && (r = user_keep_admin(shop, id)) != 0)) {
		return r;
	}
	return q_user_locked_set(shop->db, id, flag, changes);
}

static int
user_set_active(struct shop *shop, int64_t id, const char *value,
    int64_t *changes)
{
	bool	flag;
	int	r;

	if ((r = people_flag(value, &flag)) != 0 ||
	    (!flag && (r = user_keep_admin(shop, id)) != 0)) {
		return r;
	}
	return q_user_active_set(shop->db, id, flag, changes);
}

static const struct user_field {
	const char	*key;
	bool		 own;		/* one may change it of oneself */
	int		 (*set)(struct shop *shop, int64_t id,
			    const char *value, int64_t *changes);
} user_fields[] = {
	{ "role", false, user_set_role },
	{ "language", true, user_set_language },
	{ "implied", true, user_set_implied },
	{ "locked", false, user_set_locked },
	{ "active", false, user_set_active },
};

int
user_set(struct shop *shop, int64_t id, const char *key, const char *value)
{
	const struct user_field	*field = NULL;
	char			 detail[64];
	int64_t			 changes = 0;
	int			 r;

	for (size_t i = 0; i < NELEM(user_fields); i++) {
		if (strcmp(key, user_fields[i].key) == 0) {
			field = &user_fields[i];
		}
	}
	if (field == NULL && strcmp(key, "totp") != 0) {
		return err_set(ERR_INVALID, _("a user has no \"%s\"; set "
		    "role, language, implied, locked, active or totp"), key);
	}
	if ((r = field != NULL && field->own ? user_own_or(shop, id) :
	    shop_require(shop, RIGHT_USER)) != 0) {
		return r;
	}
	if (field == NULL) {
		return user_set_totp(shop, id, value);
	}
	if ((r = db_begin(shop->db, "user set")) != 0) {
		return r;
	}
	r = field->set(shop, id, value, &changes);
	r = user_changed(r, changes);
	(void)str_fmt(detail, sizeof(detail), "%s=%s", key, value);
	return user_end(shop, r, "user.set", id, detail);
}

/* --- keys ---------------------------------------------------------------- */

int
user_key_add(struct shop *shop, int64_t id, const char *line)
{
	struct q_user_key_has	has;
	struct q_user_secret	user;
	struct sshkey		key;
	int64_t			row;
	int			r;

	if ((r = user_own_or(shop, id)) != 0 ||
	    (r = sshkey_line(line, &key)) != 0 ||
	    (r = user_known(q_user_secret(shop->db, id, &user))) != 0 ||
	    (r = db_begin(shop->db, "user key")) != 0) {
		return r;
	}
	r = q_user_key_has(shop->db, id, key.type, key.key, &has);
	if (r == 0) {
		r = err_set(ERR_EXISTS, _("this user already has the key %s"),
		    key.fingerprint);
	} else if (r == ERR_NOT_FOUND) {
		r = q_user_key_add(shop->db, id, key.type, key.key,
		    key.fingerprint, key.comment, shop_now(), &row);
	}
	return user_end(shop, r, "user.key.add", id, key.fingerprint);
}

int
user_key_remove(struct shop *shop, int64_t id, const char *fingerprint)
{
	int64_t	changes = 0;
	int	r;

	if ((r = user_own_or(shop, id)) != 0 ||
	    (r = db_begin(shop->db, "user key")) != 0) {
		return r;
	}
	r = q_user_key_drop(shop->db, id, fingerprint, &changes);
	if (r == 0 && changes == 0) {
		r = err_set(ERR_NOT_FOUND, _("this user has no key %.60s"),
		    fingerprint);
	}
	return user_end(shop, r, "user.key.remove", id, fingerprint);
}

int
user_key_list(struct shop *shop, int64_t id,
    int (*fn)(void *ctx, const struct user_key_row *row), void *ctx)
{
	struct q_user_key_list	*rows;
	size_t			 n;
	int			 r;

	if ((r = user_own_or(shop, id)) != 0 ||
	    (r = q_user_key_list(shop->db, id, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct user_key_row	row = {
			.id = rows[i].id,
			.made_at = rows[i].made_at,
			.type = rows[i].type,
			.fingerprint = rows[i].fingerprint,
			.comment = rows[i].comment,
		};

		r = fn(ctx, &row);
	}
	free(rows);
	return r;
}

/* --- badges -------------------------------------------------------------- */

static int
user_badge_free(struct shop *shop, int64_t id, const char *hash,
    const char *label)
{
	struct q_user_badge_whose	whose;
	struct q_user_badge_labelled	labelled;
	int				r;

	if ((r = q_user_badge_whose(shop->db, hash, &whose)) == 0) {
		return err_set(ERR_EXISTS, _("this badge is known already; "
		    "take it away from who has it first"));
	}
	if (r == ERR_NOT_FOUND) {
		r = q_user_badge_labelled(shop->db, id, label, &labelled);
	}
	if (r == 0) {
		return err_set(ERR_EXISTS, _("this user has a badge \"%s\" "
		    "already"), label);
	}
	return r == ERR_NOT_FOUND ? 0 : r;
}

int
user_badge_add(struct shop *shop, int64_t id, const char *label,
    const char *text)
{
	struct q_user_secret	user;
	struct q_user_badge_next next;
	char			hash[BADGE_HASH], name[NAME_SIZE];
	int64_t			row;
	int			r;

	if ((r = user_own_or(shop, id)) != 0 ||
	    (r = user_known(q_user_secret(shop->db, id, &user))) != 0 ||
	    (r = badge_check(shop, text)) != 0 ||
	    (r = badge_hash(shop, text, hash)) != 0) {
		return r;
	}
	if (!utf8_clean(name, sizeof(name), label)) {
		return err_set(ERR_TOO_LONG, _("too long for a badge's name"));
	}
	if ((r = db_begin(shop->db, "user badge")) != 0) {
		return r;
	}
	if (name[0] == '\0' &&
	    (r = q_user_badge_next(shop->db, id, &next)) == 0) {
		(void)str_fmt(name, sizeof(name), "%lld", (long long)next.n);
	}
	if (r == 0 && (r = user_badge_free(shop, id, hash, name)) == 0) {
		r = q_user_badge_add(shop->db, id, hash, name, shop_now(),
		    &row);
	}
	return user_end(shop, r, "user.badge.add", id, name);
}

int
user_badge_remove(struct shop *shop, int64_t id, const char *label)
{
	int64_t	changes = 0;
	int	r;

	if ((r = user_own_or(shop, id)) != 0 ||
	    (r = db_begin(shop->db, "user badge")) != 0) {
		return r;
	}
	r = q_user_badge_drop(shop->db, id, label, &changes);
	if (r == 0 && changes == 0) {
		r = *label == '\0' ?
		    err_set(ERR_NOT_FOUND, _("this user has no badge")) :
		    err_set(ERR_NOT_FOUND, _("this user has no badge "
		    "\"%.60s\""), label);
	}
	return user_end(shop, r, "user.badge.remove", id, label);
}

int
user_badge_list(struct shop *shop, int64_t id,
    int (*fn)(void *ctx, const struct user_badge_row *row), void *ctx)
{
	struct q_user_badge_list	*rows;
	size_t				 n;
	int				 r;

	if ((r = user_own_or(shop, id)) != 0 ||
	    (r = q_user_badge_list(shop->db, id, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct user_badge_row	row = {
			.id = rows[i].id,
			.label = rows[i].label,
			.made_at = rows[i].made_at,
		};

		r = fn(ctx, &row);
	}
	free(rows);
	return r;
}
