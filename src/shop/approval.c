/* SPDX-License-Identifier: ISC */
/* A right lent for one act: granted, used, spent; the table of who is where
 * in that is struct approval, one for each open shop. */
#include "shop/approval.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/approval_part.h"
#include "shop/audit.h"
#include "shop/auth.h"
#include "sql/user.h"

struct approval *
approval_new(void)
{
	return xcalloc(1, sizeof(struct approval));
}

/* ---- who could ---------------------------------------------------------- */

/* The rights every other user who can sign in here has together. */
static int
approval_others(struct shop *shop, uint64_t *mask)
{
	struct q_user_lenders	*rows;
	struct actor		 who;
	size_t			 n;
	int			 r;

	*mask = 0;
	if ((r = q_user_lenders(shop->db, shop->who.user, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		who = (struct actor){ .user = rows[i].id,
			.terminal = shop->who.terminal,
			.door = shop->who.door };
		if (auth_actor(shop, &who) == 0) {
			*mask |= who.rights & ~RIGHTS_OWN;
		}
	}
	free(rows);
	return 0;
}

bool
approval_can(struct shop *shop, enum right right)
{
	struct approval	*a = shop->approval;

	if (!a->known || a->known_for != shop->who.user) {
		a->known = approval_others(shop, &a->others) == 0;
		a->known_for = shop->who.user;
	}
	return a->known && (a->others & RIGHT_BIT(right)) != 0;
}

void
approval_forget(struct shop *shop)
{
	shop->approval->known = false;
}

bool
approval_wanted(struct shop *shop, enum right *right)
{
	const struct approval	*a = shop->approval;

	*right = a->refused.right;
	return a->refused.set && approval_can(shop, a->refused.right);
}

bool
approval_ask(struct shop *shop, enum right *right)
{
	if (!approval_wanted(shop, right)) {
		return false;
	}
	shop->approval->asked = shop->approval->refused;
	return true;
}

/* ---- refused, lent, used, spent ----------------------------------------- */

void
approval_refused(const struct shop *shop, enum right right)
{
	shop->approval->refused = (struct approval_want){ .set = true,
		.right = right };
}

void
approval_begin(struct shop *shop)
{
	shop->approval->refused.set = false;
	shop->approval->used = false;
}

/* Spent means: outside the transaction it was spent in. */
static bool
approval_over(const struct shop *shop)
{
	const struct approval	*a = shop->approval;

	return a->spent && !(db_in_write(shop->db) &&
	    db_serial(shop->db) == a->serial);
}

bool
approval_holds(const struct shop *shop)
{
	return shop->approval->user != 0 && !approval_over(shop);
}

bool
approval_lends(const struct shop *shop, enum right right)
{
	return approval_holds(shop) &&
	    (shop->approval->rights & RIGHT_BIT(right)) != 0;
}

bool
approval_use(const struct shop *shop, enum right right)
{
	if (!approval_lends(shop, right)) {
		return false;
	}
	shop->approval->used = true;
	return true;
}

int64_t
approval_by(const struct shop *shop)
{
	const struct approval	*a = shop->approval;

	return a->used && approval_holds(shop) ? a->user : shop->who.user;
}

int
approval_spend(struct shop *shop, int64_t *user)
{
	struct approval	*a = shop->approval;
	struct actor	 who = { .user = a->user,
			    .terminal = shop->who.terminal,
			    .door = shop->who.door };
	int		 r;

	*user = 0;
	if (!a->used || !approval_holds(shop)) {
		return 0;
	}
	if (!a->spent) {
		/* Locked, or another role, between their word and the act. */
		if ((r = auth_actor(shop, &who)) != 0) {
			approval_end(shop);
			return r;
		}
		if ((a->rights & ~who.rights) != 0) {
			approval_end(shop);
			return err_set(ERR_DENIED, _("%s may not approve this "
			    "any more; nothing was changed"), who.name);
		}
		a->spent = true;
		a->serial = db_serial(shop->db);
	}
	*user = a->user;
	return 0;
}

void
approval_end(struct shop *shop)
{
	struct approval	*a = shop->approval;

	a->user = 0;
	a->rights = 0;
	a->used = a->spent = false;
	a->refused.set = a->asked.set = false;
}

/* ---- lending ------------------------------------------------------------ */

/* May they, at this place, and as far as it has to go? */
static bool
approval_suits(const struct shop *shop, const struct approval_want *want,
    const struct actor *who)
{
	return (who->rights & RIGHT_BIT(want->right) & ~RIGHTS_OWN) != 0 &&
	    (want->may == NULL || want->may(shop, who->role, want->value));
}

/* The roles that may, as words. */
static void
approval_roles(const struct shop *shop, const struct approval_want *want,
    struct buf *out)
{
	for (enum role i = 0; i < ROLE_COUNT; i++) {
		if ((right_roles(want->right) & (1u << i)) != 0 &&
		    (want->may == NULL || want->may(shop, i, want->value))) {
			buf_fmt(out, "%s%s", out->len > 0 ? ", " : "",
			    role_text(i));
		}
	}
}

/* The word itself is noted before the act that follows it. */
static int
approval_note(struct shop *shop, int64_t user, enum right right,
    const char *by)
{
	char	detail[64];
	int	r;

	(void)str_fmt(detail, sizeof(detail), "%s by=%s", right_name(right),
	    by);

	if ((r = db_begin(shop->db, "approval")) != 0) {
		return r;
	}
	if ((r = audit_add(shop, "approval", "user", user, detail)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	return db_commit(shop->db);
}

int
approval_grant(struct shop *shop, int64_t user, const char *by)
{
	struct approval		*a = shop->approval;
	struct approval_want	*want = &a->asked;
	struct actor		 who = { .user = user,
				    .terminal = shop->who.terminal,
				    .door = shop->who.door };
	struct buf		 roles = { 0 };
	int			 r;

	if (!want->set) {
		return err_set(ERR_BUG, "approved what nobody had refused");
	}
	if ((r = auth_actor(shop, &who)) != 0) {
		return r;
	}
	if (user == shop->who.user || !approval_suits(shop, want, &who)) {
		approval_roles(shop, want, &roles);
		r = err_set(ERR_DENIED, _("%s may not %s either; ask: %s"),
		    who.name, right_text(want->right), buf_text(&roles));
		buf_done(&roles);
		return r;
	}
	/* A second right for the same act is lent beside the first. */
	a->rights = (a->user == user && approval_holds(shop) && !a->spent ?
	    a->rights : 0) | RIGHT_BIT(want->right);
	a->user = user;
	a->role = who.role;
	a->used = true;
	a->spent = false;
	if ((r = approval_note(shop, user, want->right, by)) != 0) {
		approval_end(shop);
		return r;
	}
	want->set = false;
	a->spent = a->used = false;
	return 0;
}

bool
approval_extend(struct shop *shop)
{
	struct approval			*a = shop->approval;
	const struct approval_want	*want = &a->refused;
	struct actor			 who = { .user = a->user,
					    .terminal = shop->who.terminal,
					    .door = shop->who.door };

	if (!want->set || !approval_holds(shop) || a->spent ||
	    (a->rights & RIGHT_BIT(want->right)) != 0 ||
	    auth_actor(shop, &who) != 0 ||
	    !approval_suits(shop, want, &who)) {
		return false;
	}
	a->rights |= RIGHT_BIT(want->right);
	return true;
}

int
approval_limit(struct shop *shop, enum right right, int64_t value,
    bool (*may)(const struct shop *shop, enum role role, int64_t value))
{
	struct approval	*a = shop->approval;
	struct buf	 roles = { 0 };
	int		 r;

	if (may(shop, shop->who.role, value) ||
	    (may(shop, a->role, value) && approval_use(shop, right))) {
		return 0;
	}
	a->refused = (struct approval_want){ .set = true, .right = right,
		.may = may, .value = value };
	approval_roles(shop, &a->refused, &roles);
	r = err_set(ERR_DENIED, _("more than you may: %s; ask: %s"),
	    right_text(right), buf_text(&roles));
	buf_done(&roles);
	return r;
}
