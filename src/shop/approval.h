/* SPDX-License-Identifier: ISC */
/* Somebody who may stands beside somebody who may not: their right lent for
 * one act, and both names in the audit. */
#ifndef SHOP_APPROVAL_H
#define SHOP_APPROVAL_H

#include "shop/shop.h"

/*
 * Any shop function that shop_require() or approval_limit() refused with
 * ERR_DENIED can be called again once approval_grant() has succeeded.  A right
 * that was lent is spent by the first audit row that is written under it:
 * what needs it after that transaction is refused again.  That row names the
 * approver, and nothing is written when they may not any more by then.
 *
 * A function needs no more for it than shop_require() and audit_add(); where
 * it has a column for who approved, that is approval_by().
 */

/* Rights that are never lent: the trade's own work, which one signs in for,
 * and the running of the shop. */
#define RIGHTS_OWN \
	(RIGHT_BIT(RIGHT_SELL) | RIGHT_BIT(RIGHT_PAY) | \
	RIGHT_BIT(RIGHT_LOOK) | RIGHT_BIT(RIGHT_REPORT) | \
	RIGHT_BIT(RIGHT_AUDIT) | RIGHT_BIT(RIGHT_USER) | \
	RIGHT_BIT(RIGHT_TERMINAL) | RIGHT_BIT(RIGHT_PRINTER) | \
	RIGHT_BIT(RIGHT_SETTING) | RIGHT_BIT(RIGHT_BACKUP) | \
	RIGHT_BIT(RIGHT_CHECK))

/*
 * A limit that goes by the role: 10 % off for a cashier, 30 % for a manager.
 * `may` says it of a role; 0 when the actor's own may, or the one's who lends
 * `right`; else ERR_DENIED, naming the roles that may.
 */
int	 approval_limit(struct shop *shop, enum right right, int64_t value,
	    bool (*may)(const struct shop *shop, enum role role,
	    int64_t value)) MUST_CHECK;
/* Whose word an act stands on: who approves it, else the actor.  In a
 * transaction, after its right was asked for. */
int64_t	 approval_by(const struct shop *shop);

/* ---- for who asks whom (screens/approve.c) ------------------------------ */

/* What the actor was refused since approval_begin(); false: nothing that
 * somebody could lend. */
bool	 approval_wanted(struct shop *shop, enum right *right);
/* May anybody else who can sign in lend this right here?  Remembered until
 * approval_forget(): users, roles or the terminal have changed. */
bool	 approval_can(struct shop *shop, enum right right);
void	 approval_forget(struct shop *shop);
/* One more call of the same act, or the first of another: nothing has been
 * refused or used in it yet. */
void	 approval_begin(struct shop *shop);

/* The question is put: what was wanted is what a grant now answers. */
bool	 approval_ask(struct shop *shop, enum right *right);
/*
 * `user` has proven who they are (auth.h), `by` "pin", "badge" or "password",
 * and lends what was asked, once; audited "approval" with both.  ERR_DENIED
 * when they may not either, here; the words name who may.
 */
int	 approval_grant(struct shop *shop, int64_t user, const char *by)
	    MUST_CHECK;
/* The same act was refused for another right: is it theirs too? */
bool	 approval_extend(struct shop *shop);
/* Is this right lent now?  Asking does not use it. */
bool	 approval_lends(const struct shop *shop, enum right right);
/* Is what was lent still unspent? */
bool	 approval_holds(const struct shop *shop);
/* The act is over, done or not. */
void	 approval_end(struct shop *shop);

/* ---- for shop.c and audit.c --------------------------------------------- */

bool	 approval_use(const struct shop *shop, enum right right);
void	 approval_refused(const struct shop *shop, enum right right);
/* In a transaction: *user is who approves what is being done, 0 nobody; from
 * here on what they lent is spent. */
int	 approval_spend(struct shop *shop, int64_t *user) MUST_CHECK;

#endif
