/* SPDX-License-Identifier: ISC */
/* Who is called to the pass. */
#include "shop/kitchen.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/audit.h"
#include "shop/kitchen_part.h"

static int
call_note(struct shop *shop, const struct kitchen_ticket *ticket)
{
	struct serving	v;
	bool		ready = false;
	int		r;

	for (size_t i = 0; i < ticket->n; i++) {
		ready = ready || ticket->lines[i].state == KITCHEN_READY;
	}
	if (!ready) {
		return err_set(ERR_EMPTY, _("nothing of it is ready yet"));
	}
	if ((r = serving_get(shop, ticket->sale, &v)) != 0 ||
	    (r = serving_note(shop, &(struct serving_note){
	    .kind = "called", .sale = ticket->sale, .table = v.table,
	    .course = ticket->course })) != 0) {
		return r;
	}
	return audit_add(shop, "kitchen.call", "sale", ticket->sale, "");
}

int
kitchen_call(struct shop *shop, const struct kitchen_ticket *ticket)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_KITCHEN)) != 0 ||
	    (r = db_begin(shop->db, "kitchen.call")) != 0) {
		return r;
	}
	if ((r = call_note(shop, ticket)) != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "kitchen");
	db_topic(shop->db, "call");
	return db_commit(shop->db);
}

int
kitchen_runners(struct shop *shop, int64_t server,
    struct kitchen_runner **rows, size_t *n)
{
	struct q_kitchen_runners	*all;
	int				 r;

	*rows = NULL;
	if ((r = q_kitchen_runners(shop->db, server,
	    shop_now() - PASS_MS, &all, n)) != 0) {
		return r;
	}
	*rows = xcalloc(*n + 1, sizeof(**rows));
	for (size_t i = 0; i < *n; i++) {
		(*rows)[i] = (struct kitchen_runner){ .sale = all[i].sale,
		    .at = all[i].at, .course = (int)all[i].course };
		(void)str_copy((*rows)[i].called,
		    sizeof((*rows)[i].called), all[i].name);
	}
	free(all);
	return 0;
}
