/* SPDX-License-Identifier: ISC */
/* comptoir-ssh: the ssh door.  No database, no screens, no shell. */
#include <getopt.h>
#include <stdio.h>

#include "base/words.h"
#include "door/ssh.h"

static void
usage(FILE *to)
{
	(void)fputs(_("usage: comptoir-ssh --make-hostkey FILE\n"
	    "  --make-hostkey FILE  make an ed25519 host key\n"
	    "  --serve              started by comptoird, for connections\n"
	    "  --version, --help\n"), to);
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "make-hostkey", required_argument, NULL, 'k' },
		{ "serve", no_argument, NULL, 's' },
		{ "version", no_argument, NULL, 'V' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int	c, r;

	c = getopt_long(argc, argv, "", options, NULL);
	/* A locked process can open no catalogue: it speaks to comptoird
	 * only, and that to people. */
	if (c != 's') {
		words_init();
	}
	if (c == -1 || optind != argc || c == '?') {
		usage(stderr);
		return err_status(ERR_USAGE);
	}
	log_open("comptoir-ssh", LOG_LEVEL_INFO);
	switch (c) {
	case 'V':
		(void)puts("comptoir-ssh " VERSION);
		return 0;
	case 'h':
		usage(stdout);
		return 0;
	case 'k':
		r = ssh_host_make_key(optarg);
		if (r != 0) {
			(void)fprintf(stderr, "comptoir-ssh: %s\n",
			    err_text(r));
		}
		return r == 0 ? 0 : err_status(r);
	default:
		if ((r = ssh_host_serve()) != 0) {
			log_err(r, "cannot go on");
		}
		return r == 0 ? 0 : err_status(r);
	}
}
