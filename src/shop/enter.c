/* SPDX-License-Identifier: ISC */
/* Becoming somebody in this process, and leaving again: the rights a door
 * leaves to a role, the session's row, the audit. */
#include "shop/auth.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "shop/audit.h"
#include "shop/booking.h"
#include "shop/grand.h"
#include "shop/journal.h"
#include "shop/sale.h"
#include "shop/session.h"
#include "sql/session.h"
#include "sql/terminal.h"
#include "sql/user.h"

/* Rights this terminal takes away from everybody. */
static uint64_t
auth_denied(const char *list)
{
	uint64_t	mask = 0;

	for (enum right r = 0; r < RIGHT_COUNT; r++) {
		if (str_listed(list, right_name(r))) {
			mask |= RIGHT_BIT(r);
		}
	}
	return mask;
}

/* Is an admin one at this door, or at this terminal ("" for none)? */
static bool
auth_admin_here(const struct shop *shop, enum door door, const char *login)
{
	char	copy[sizeof(shop->set.admin_from)];
	char	*rest = copy, *word;
	char	folded[NAME_SIZE];

	if (shop->set.admin_from[0] == '\0') {
		return true;
	}
	(void)str_copy(copy, sizeof(copy), shop->set.admin_from);
	while ((word = strsep(&rest, " ,")) != NULL) {
		if (strcmp(word, door_name(door)) == 0 ||
		    (login[0] != '\0' && shop_login_name(word, folded) == 0 &&
		    strcmp(folded, login) == 0)) {
			return true;
		}
	}
	return false;
}

static int
auth_rights(struct shop *shop, int64_t terminal, struct actor *who)
{
	struct q_terminal_get	row;
	char			login[NAME_SIZE] = "";
	int			r;

	who->rights = role_rights(who->role);
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
		(void)str_copy(who->mode, sizeof(who->mode), row.mode);
		(void)str_copy(login, sizeof(login), row.login);
	}
	if (who->role == ROLE_ADMIN &&
	    !auth_admin_here(shop, who->door, login)) {
		who->rights &= ~role_rights_alone(ROLE_ADMIN);
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
	if (r == 0 && interactive) {
		r = journal_event_try(shop, JET_LOGIN, door_name(who->door));
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

/* Who that user is at that place, as the rows say it now. */
int
auth_actor(struct shop *shop, struct actor *who)
{
	struct q_user_secret	row;
	int			r;

	r = q_user_secret(shop->db, who->user, &row);
	if (r == ERR_NOT_FOUND || (r == 0 && !row.active)) {
		return err_set(ERR_AUTH, _("there is no such user"));
	}
	if (r != 0) {
		return r;
	}
	if (row.locked) {
		return err_set(ERR_LOCKED,
		    _("this user is locked; ask an admin"));
	}
	if ((r = role_find(row.role, &who->role)) != 0) {
		return r;
	}
	(void)str_copy(who->name, sizeof(who->name), row.name);
	(void)str_copy(who->language, sizeof(who->language),
	    row.language[0] == '\0' ? shop->set.language : row.language);
	who->implied = row.implied;
	return auth_rights(shop, who->terminal, who);
}

/* What the days before left to be done.  It waits when it cannot be done now:
 * the next sale asks again, and says why. */
static void
auth_late(struct shop *shop)
{
	int	r;

	if ((r = journal_maintenance(shop)) != 0 ||
	    (r = grand_catch_up(shop)) != 0 ||
	    (r = booking_catch_up(shop)) != 0) {
		log_err(r, "closing what is over");
	}
}

int
auth_enter(struct shop *shop, int64_t user, int64_t terminal, enum door door,
    const char *from, bool interactive)
{
	struct actor	who = { .user = user, .terminal = terminal,
			    .door = door };
	struct actor	before = shop->who;
	int		r;

	(void)str_copy(who.from, sizeof(who.from), from == NULL ? "" : from);
	(void)str_copy(who.unix_user, sizeof(who.unix_user),
	    before.unix_user);
	if ((r = auth_actor(shop, &who)) != 0) {
		return r;
	}
	shop->who = who;
	if ((r = auth_record(shop, interactive)) != 0) {
		shop->who = before;
		return r;
	}
	if (interactive) {
		auth_late(shop);
	}
	return 0;
}

int
auth_refresh(struct shop *shop)
{
	struct actor	who = shop->who;
	int		r;

	if (who.user == 0) {
		return 0;		/* the owner, or nobody yet */
	}
	if ((r = auth_actor(shop, &who)) == 0) {
		shop->who = who;
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
	    (r = journal_event_try(shop, JET_LOGOFF, "")) != 0 ||
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
		/* Where this fails the session's death parks the sale. */
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
