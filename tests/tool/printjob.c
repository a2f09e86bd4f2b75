/* SPDX-License-Identifier: ISC */
/*
 * Puts print jobs into a shop's outbox, each in a transaction of its own, as a
 * sale would, and says their ids; or says how a till would see the printer.
 *	printjob SHOP PRINTER KIND COUNT [TEXT]
 *	printjob SHOP PRINTER status
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "shop/print.h"

static int
add(struct shop *shop, int64_t printer, const char *kind, int64_t n,
    const char *text)
{
	struct slip	slip = { 0 };
	char		ref[32];
	int64_t		job = 0;
	int		r;

	(void)snprintf(ref, sizeof(ref), "T1-%06lld", (long long)n);
	slip_fmt(&slip, SLIP_LEFT, 0, "%s %lld", text, (long long)n);
	slip_cut(&slip, false);
	if ((r = db_begin(shop->db, "printjob")) != 0) {
		return r;
	}
	r = strcmp(kind, "drawer") == 0 ?
	    print_drawer(shop, printer, ref, &job) :
	    print_add(shop, printer, strcmp(kind, "kitchen") == 0 ?
	    PRINT_KITCHEN : PRINT_RECEIPT, ref, &slip, &job);
	slip_done(&slip);
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	if ((r = db_commit(shop->db)) == 0) {
		(void)printf("%lld\n", (long long)job);
	}
	return r;
}

static int
run(struct shop *shop, int argc, char **argv)
{
	struct print_status	status;
	int64_t			printer;
	int			r;

	if ((r = printer_find(shop, argv[2], &printer)) != 0) {
		return r;
	}
	if (strcmp(argv[3], "status") == 0) {
		if ((r = printer_status(shop, printer, &status)) == 0) {
			(void)printf("%s %lld %s\n",
			    printer_state_word(status.state),
			    (long long)status.waiting, status.text);
		}
		return r;
	}
	for (int64_t i = 1; i <= atol(argv[4]) && r == 0; i++) {
		r = add(shop, printer, argv[3], i,
		    argc > 5 ? argv[5] : "receipt");
	}
	return r;
}

int
main(int argc, char **argv)
{
	struct shop	*shop;
	int		 r;

	if (argc < 4 || (argc < 5 && strcmp(argv[3], "status") != 0)) {
		(void)fputs("usage: see the source\n", stderr);
		return 64;
	}
	log_open("printjob", LOG_LEVEL_WARN);
	if ((r = shop_open(argv[1], DB_WRITE, &shop)) == 0) {
		r = run(shop, argc, argv);
		shop_close(shop);
	}
	if (r != 0) {
		log_err(r, "printjob");
	}
	return err_status(r);
}
