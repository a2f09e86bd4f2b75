/* SPDX-License-Identifier: ISC */
/* The audit: written by every function that changes something, in its own
 * transaction; read by page so that no reading stays open. */
#include "shop/audit.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/approval.h"
#include "sql/audit.h"
#include "sql/user.h"

#define AUDIT_PAGE	500

static const int64_t *
audit_id(const int64_t *id)
{
	return *id == 0 ? NULL : id;
}

int
audit_add(struct shop *shop, const char *action, const char *object,
    int64_t id, const char *detail)
{
	const struct actor	*who = &shop->who;
	int64_t			 approver;
	int			 r;

	if (!db_in_write(shop->db)) {
		fatal("audit_add(%s) outside a transaction", action);
	}
	if ((r = approval_spend(shop, &approver)) != 0) {
		return r;
	}
	return q_audit_add(shop->db, shop_now(), audit_id(&who->user),
	    audit_id(&who->terminal), audit_id(&who->session),
	    door_name(who->door), who->user == 0 ? who->unix_user : "",
	    action, object, id, detail, audit_id(&approver));
}

/* A user's name, or "unix:NAME" for the owner at the shell. */
static int
audit_who(struct shop *shop, const char *name, int64_t *user,
    const char **unix_user)
{
	char			 login[NAME_SIZE];
	struct q_user_by_login	 row;
	int			 r;

	*user = -1;
	*unix_user = "";
	if (name == NULL) {
		return 0;
	}
	if (str_starts(name, "unix:") && name[5] != '\0') {
		*user = -2;
		*unix_user = name + 5;
		return 0;
	}
	if ((r = shop_login_name(name, login)) != 0 ||
	    (r = q_user_by_login(shop->db, login, &row)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("there is no user \"%s\""), name);
	}
	*user = row.id;
	return 0;
}

int
audit_list(struct shop *shop, int64_t since, int64_t until,
    const char *user, int64_t limit,
    int (*fn)(void *ctx, const struct audit_row *row), void *ctx)
{
	int64_t		 id, before = INT64_MAX, left = limit;
	const char	*unix_user;
	int		 r;

	if ((r = shop_require(shop, RIGHT_AUDIT)) != 0 ||
	    (r = audit_who(shop, user, &id, &unix_user)) != 0) {
		return r;
	}
	if (until == 0) {
		until = INT64_MAX;
	}
	if (limit <= 0) {
		left = INT64_MAX;
	}
	while (left > 0) {
		struct q_audit_page	*rows;
		size_t			 n;
		int64_t			 most = left < AUDIT_PAGE ? left :
					    AUDIT_PAGE;

		if ((r = q_audit_page(shop->db, since, until, id, unix_user,
		    before, most, &rows, &n)) != 0) {
			return r;
		}
		for (size_t i = 0; i < n && r == 0; i++) {
			const struct audit_row	row = {
				.id = rows[i].id,
				.at = rows[i].at,
				.object_id = rows[i].object_id,
				.user = rows[i].user,
				.terminal = rows[i].terminal,
				.door = rows[i].door,
				.action = rows[i].action,
				.object = rows[i].object,
				.detail = rows[i].detail,
				.approver = rows[i].approver,
			};

			before = row.id;
			r = fn(ctx, &row);
		}
		free(rows);
		if (r != 0) {
			return r;
		}
		left -= (int64_t)n;
		if ((int64_t)n < most) {
			break;
		}
	}
	return 0;
}
