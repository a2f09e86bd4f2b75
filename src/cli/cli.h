/* SPDX-License-Identifier: ISC */
/* The command line: `comptoir NOUN VERB …`, the same from a shell and through
 * a door; every command is a row of a table. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "shop/shop.h"

/* How this process was reached and as whom; from src/comptoir.c. */
struct cli_caller {
	const char	*dir;		/* the shop; NULL: none named */
	enum door	 door;
	int64_t		 user;		/* 0: the Unix owner (door SHELL) */
	int64_t		 terminal;
	const char	*from;
};

/*
 * Run one command line (argv without program name and global options) and
 * return the exit status: 0 or of sysexits(3).  Errors are one line on
 * stderr: what happened and what to do.
 */
int	cli_main(const struct cli_caller *caller, int argc, char **argv);
/* Every command once, for completion and the manual: "noun verb", its
 * arguments and its options ("day=DAY all") as struct command has them, and
 * whether it lists, so that it takes --format. */
void	cli_list(void (*fn)(void *ctx, const char *command, const char *args,
	    const char *options, const char *help, bool lists), void *ctx);

#endif
