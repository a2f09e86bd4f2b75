/* SPDX-License-Identifier: ISC */
/* Terminals: workplaces, their keys and what may not be done at them. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "shop/audit.h"
#include "shop/journal.h"
#include "shop/print.h"
#include "shop/sale.h"
#include "shop/sshkey.h"
#include "shop/user.h"
#include "sql/terminal.h"

static int
terminal_end(struct shop *shop, int r, const char *action, int64_t id,
    const char *detail)
{
	char	info[200];

	if (r == 0 && (str_starts(detail, "deny=") ||
	    str_starts(detail, "trusted=") || str_starts(detail, "active=") ||
	    strcmp(action, "terminal.accept") == 0)) {
		(void)str_fmt(info, sizeof(info), "terminal %lld %s",
		    (long long)id, detail);
		r = journal_event(shop, JET_RIGHTS, info);
	}
	if (r == 0) {
		r = audit_add(shop, action, "terminal", id, detail);
	}
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "terminal");
	return db_commit(shop->db);
}

/* A row that was looked up by its id, a row that was changed by it. */
static int
terminal_known(int r)
{
	return r != ERR_NOT_FOUND ? r :
	    err_set(ERR_NOT_FOUND, _("there is no such terminal"));
}

static int
terminal_changed(int r, int64_t changes)
{
	if (r == 0 && changes == 0) {
		return err_set(ERR_NOT_FOUND, _("there is no such terminal"));
	}
	return r;
}

int
terminal_add(struct shop *shop, const char *name, int64_t *id)
{
	char	login[NAME_SIZE];
	int	r;

	*id = 0;
	if ((r = shop_require(shop, RIGHT_TERMINAL)) != 0 ||
	    (r = shop_login_name(name, login)) != 0 ||
	    (r = db_begin(shop->db, "terminal add")) != 0) {
		return r;
	}
	if ((r = people_name_free(shop, login)) == 0) {
		r = q_terminal_add(shop->db, name, login, false, shop_now(),
		    id);
	}
	if ((r = terminal_end(shop, r, "terminal.add", *id, "")) != 0) {
		*id = 0;
	}
	return r;
}

int
terminal_find(struct shop *shop, const char *name, int64_t *id)
{
	struct q_terminal_by_login	row;
	char				login[NAME_SIZE];
	int				r;

	*id = 0;
	if ((r = shop_login_name(name, login)) == 0) {
		r = q_terminal_by_login(shop->db, login, &row);
	}
	if (r == ERR_NOT_FOUND || r == ERR_INVALID) {
		return err_set(ERR_NOT_FOUND, _("there is no terminal "
		    "\"%s\""), name);
	}
	if (r == 0) {
		*id = row.id;
	}
	return r;
}

int
terminal_name(struct shop *shop, int64_t id, char out[static NAME_SIZE])
{
	struct q_terminal_get	row;
	int			r = q_terminal_get(shop->db, id, &row);

	(void)str_copy(out, NAME_SIZE, r == 0 ? row.name : "");
	return r;
}

int
terminal_list(struct shop *shop,
    int (*fn)(void *ctx, const struct terminal_row *row), void *ctx)
{
	struct q_terminal_list	*rows;
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_TERMINAL)) != 0 ||
	    (r = q_terminal_list(shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct terminal_row	row = {
			.id = rows[i].id,
			.last_seen = rows[i].last_seen,
			.name = rows[i].name,
			.fingerprint = rows[i].fingerprint,
			.printer = rows[i].printer,
			.tender = rows[i].tender,
			.rights = rows[i].deny,
			.active = rows[i].active,
			.trusted = rows[i].trusted,
		};

		r = fn(ctx, &row);
	}
	free(rows);
	return r;
}

/* --- enrolment ----------------------------------------------------------- */

int
terminal_waiting(struct shop *shop,
    int (*fn)(void *ctx, const struct enrolment_row *row), void *ctx)
{
	struct q_enrolment_list	*rows;
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_TERMINAL)) != 0 ||
	    (r = q_enrolment_list(shop->db, shop_now(), &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct enrolment_row	row = {
			.made_at = rows[i].made_at,
			.expires_at = rows[i].expires_at,
			.code = rows[i].code,
			.fingerprint = rows[i].fingerprint,
			.from = rows[i].origin,
		};

		r = fn(ctx, &row);
	}
	free(rows);
	return r;
}

/* As it is stored: upper case with its dash, however it was typed. */
static void
terminal_code(const char *typed, char out[static 16])
{
	size_t	n = 0;

	for (const char *s = typed; *s != '\0' && n < 14; s++) {
		char	c = *s >= 'a' && *s <= 'z' ? (char)(*s - 'a' + 'A') :
			    *s;

		if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
			out[n++] = c;
			if (n == 3) {
				out[n++] = '-';
			}
		}
	}
	out[n] = '\0';
}

/* The terminal of that name, made when there is none; trusted. */
static int
terminal_for_key(struct shop *shop, const char *name, int64_t *id)
{
	struct q_terminal_by_login	row;
	char				login[NAME_SIZE];
	int64_t				changes;
	int				r;

	if ((r = shop_login_name(name, login)) != 0) {
		return r;
	}
	if ((r = q_terminal_by_login(shop->db, login, &row)) == 0) {
		*id = row.id;
		return q_terminal_trusted_set(shop->db, row.id, true,
		    &changes);
	}
	if (r != ERR_NOT_FOUND || (r = people_name_free(shop, login)) != 0) {
		return r;
	}
	return q_terminal_add(shop->db, name, login, true, shop_now(), id);
}

static int
terminal_take_key(struct shop *shop, int64_t id, const struct sshkey *key)
{
	struct q_terminal_key_find	has;
	int				r;

	r = q_terminal_key_find(shop->db, key->type, key->key, &has);
	if (r == ERR_NOT_FOUND) {
		return q_terminal_key_add(shop->db, id, key->type, key->key,
		    key->fingerprint, shop_now());
	}
	return r != 0 ? r : err_set(ERR_EXISTS, _("a terminal already has "
	    "the key %s"), key->fingerprint);
}

int
terminal_accept(struct shop *shop, const char *code, const char *name,
    int64_t *id)
{
	struct q_enrolment_by_code	row;
	struct sshkey			key = { 0 };
	char				plain[16];
	int				r;

	*id = 0;
	if ((r = shop_require(shop, RIGHT_TERMINAL)) != 0 ||
	    (r = db_begin(shop->db, "terminal accept")) != 0) {
		return r;
	}
	terminal_code(code, plain);
	r = q_enrolment_by_code(shop->db, plain, shop_now(), &row);
	if (r == ERR_NOT_FOUND) {
		r = err_set(ERR_NOT_FOUND, _("no terminal shows the code %s; "
		    "it may have expired: connect it again"), plain);
	}
	if (r == 0) {
		(void)str_copy(key.type, sizeof(key.type), row.type);
		(void)str_copy(key.key, sizeof(key.key), row.key);
		(void)str_copy(key.fingerprint, sizeof(key.fingerprint),
		    row.fingerprint);
		if ((r = terminal_for_key(shop, name, id)) == 0 &&
		    (r = terminal_take_key(shop, *id, &key)) == 0) {
			r = q_enrolment_drop(shop->db, row.id);
		}
	}
	if ((r = terminal_end(shop, r, "terminal.accept", *id,
	    key.fingerprint)) != 0) {
		*id = 0;
	}
	return r;
}

int
terminal_key_add(struct shop *shop, int64_t id, const char *line)
{
	struct q_terminal_get	row;
	struct sshkey		key;
	int			r;

	if ((r = shop_require(shop, RIGHT_TERMINAL)) != 0 ||
	    (r = sshkey_line(line, &key)) != 0 ||
	    (r = db_begin(shop->db, "terminal key")) != 0) {
		return r;
	}
	r = terminal_known(q_terminal_get(shop->db, id, &row));
	if (r == 0) {
		r = terminal_take_key(shop, id, &key);
	}
	return terminal_end(shop, r, "terminal.key.add", id,
	    key.fingerprint);
}

int
terminal_key_forget(struct shop *shop, int64_t id)
{
	struct q_terminal_get	row;
	int			r;

	if ((r = shop_require(shop, RIGHT_TERMINAL)) != 0 ||
	    (r = db_begin(shop->db, "terminal key")) != 0) {
		return r;
	}
	r = terminal_known(q_terminal_get(shop->db, id, &row));
	if (r == 0) {
		r = q_terminal_key_drop(shop->db, id);
	}
	return terminal_end(shop, r, "terminal.key.forget", id, "");
}

/* --- one value ----------------------------------------------------------- */

static int
terminal_set_printer(struct shop *shop, int64_t id, const char *value,
    int64_t *changes)
{
	int64_t	printer;
	int	r;

	if (value[0] == '\0') {
		return q_terminal_printer_set(shop->db, id, NULL, changes);
	}
	if ((r = printer_find(shop, value, &printer)) != 0) {
		return r;
	}
	return q_terminal_printer_set(shop->db, id, &printer, changes);
}

static int
terminal_set_tender(struct shop *shop, int64_t id, const char *value,
    int64_t *changes)
{
	if (strcmp(value, "cash") != 0 && strcmp(value, "card") != 0 &&
	    strcmp(value, "none") != 0) {
		return err_set(ERR_INVALID, _("the tender is cash, card or "
		    "none"));
	}
	return q_terminal_tender_set(shop->db, id, value, changes);
}

/* How what is sold here is consumed, where nobody says otherwise. */
static int
terminal_set_mode(struct shop *shop, int64_t id, const char *value,
    int64_t *changes)
{
	char	mode[SALE_MODE];
	int	r = sale_mode_find(value, mode);

	return r != 0 ? r : q_terminal_mode_set(shop->db, id, mode, changes);
}

static int
terminal_set_deny(struct shop *shop, int64_t id, const char *value,
    int64_t *changes)
{
	struct buf	 names = { 0 };
	char		 copy[512];
	char		*rest = copy, *word;
	enum right	 right;
	int		 r = 0;

	if (!str_copy(copy, sizeof(copy), value)) {
		return err_set(ERR_TOO_LONG, _("these are more rights than "
		    "there are"));
	}
	while (r == 0 && (word = strsep(&rest, " ,")) != NULL) {
		if (word[0] != '\0' && (r = right_find(word, &right)) == 0) {
			buf_fmt(&names, "%s%s", names.len > 0 ? " " : "",
			    right_name(right));
		}
	}
	if (r == 0) {
		r = q_terminal_deny_set(shop->db, id, buf_text(&names),
		    changes);
	}
	buf_done(&names);
	return r;
}

static int
terminal_set_trusted(struct shop *shop, int64_t id, const char *value,
    int64_t *changes)
{
	bool	flag;
	int	r = people_flag(value, &flag);

	return r != 0 ? r : q_terminal_trusted_set(shop->db, id, flag,
	    changes);
}

static int
terminal_set_active(struct shop *shop, int64_t id, const char *value,
    int64_t *changes)
{
	bool	flag;
	int	r = people_flag(value, &flag);

	return r != 0 ? r : q_terminal_active_set(shop->db, id, flag,
	    changes);
}

static int
terminal_set_drawer(struct shop *shop, int64_t id, const char *value,
    int64_t *changes)
{
	bool	flag;
	int	r = people_flag(value, &flag);

	return r != 0 ? r : q_terminal_drawer_set(shop->db, id, flag,
	    changes);
}

static const struct {
	const char	*key;
	int		 (*set)(struct shop *shop, int64_t id,
			    const char *value, int64_t *changes);
} terminal_fields[] = {
	{ "printer", terminal_set_printer },
	{ "tender", terminal_set_tender },
	{ "trusted", terminal_set_trusted },
	{ "active", terminal_set_active },
	{ "deny", terminal_set_deny },
	{ "drawer", terminal_set_drawer },
	{ "mode", terminal_set_mode },
};

int
terminal_set(struct shop *shop, int64_t id, const char *key,
    const char *value)
{
	char	detail[160];
	int64_t	changes = 0;
	size_t	i = 0;
	int	r;

	while (i < NELEM(terminal_fields) &&
	    strcmp(key, terminal_fields[i].key) != 0) {
		i++;
	}
	if (i == NELEM(terminal_fields)) {
		return err_set(ERR_INVALID, _("a terminal has no \"%s\"; set "
		    "printer, tender, drawer, trusted, active, deny or mode"),
		    key);
	}
	if ((r = shop_require(shop, RIGHT_TERMINAL)) != 0 ||
	    (r = db_begin(shop->db, "terminal set")) != 0) {
		return r;
	}
	r = terminal_fields[i].set(shop, id, value, &changes);
	r = terminal_changed(r, changes);
	(void)str_fmt(detail, sizeof(detail), "%s=%s", key, value);
	return terminal_end(shop, r, "terminal.set", id, detail);
}
