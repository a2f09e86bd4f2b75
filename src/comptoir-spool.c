/* SPDX-License-Identifier: ISC */
/* comptoir-spool: one printer's outbox, one process a printer. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/words.h"
#include "spool/spool.h"

static void
usage(FILE *to)
{
	(void)fputs(_("usage: comptoir-spool SHOP PRINTER-ID\n"
	    "Started by comptoird for each printer of the shop.\n"), to);
}

int
main(int argc, char **argv)
{
	int64_t	id;

	words_init();
	log_open("comptoir-spool", LOG_LEVEL_INFO);
	if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		(void)puts("comptoir-spool " VERSION);
		return 0;
	}
	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		usage(stdout);
		return 0;
	}
	if (argc != 3 || str_to_i64(argv[2], 1, INT64_MAX, &id) != 0) {
		usage(stderr);
		return err_status(ERR_USAGE);
	}
	return spool_main(argv[1], id);
}
