/* SPDX-License-Identifier: ISC */
/* What a command file sees: its call, its options, its output. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "base/buf.h"
#include "cli/cli.h"
#include "cli/out.h"

#define CALL_ARGS	40		/* a count names every coin */
#define CALL_OPTIONS	32

/* One call being served. */
struct call {
	const struct cli_caller	*caller;
	const struct command	*command;
	struct shop		*shop;		/* NULL for COMMAND_NO_SHOP */
	struct out		 out;
	int			 nargs;
	const char		*arg[CALL_ARGS];
	struct {
		const char	*name, *value;	/* a flag's value is "" */
	}			 option[CALL_OPTIONS];
	int			 noptions;
};

enum {
	COMMAND_NO_SHOP	= 1 << 0,	/* works without an open shop */
	COMMAND_READ	= 1 << 1,	/* opens it read-only */
	COMMAND_OWNER	= 1 << 2,	/* only the server's owner, no door */
	COMMAND_LISTS	= 1 << 3,	/* takes --format */
};

/*
 * `words` is "noun verb" or "verb".  `args` as shown to people: NAME is one,
 * [NAME] may be missing, NAME… takes the rest.  `options` is a space-separated
 * list: "role=ROLE! stdin" (with a value, "!" when it has to be given;
 * without one).
 */
struct command {
	const char	*words;
	const char	*args;
	const char	*options;
	const char	*help;
	unsigned	 flags;
	int		 right;		/* enum right, or -1 */
	int		 (*run)(struct call *call);
};

/* The value of an option, "" for a flag that is there, NULL when absent. */
const char *call_option(const struct call *call, const char *name);
/* The nth argument; NULL when absent. */
const char *call_arg(const struct call *call, int n);
/* One line on stdout for people ("sale 17 …"); nothing with --format json. */
void	 call_say(struct call *call, const char *fmt, ...) PRINTF(2, 3);
/* First line of standard input without its end: a password, a PIN. */
int	 call_secret(struct call *call, const char *prompt, char *out,
	    size_t size) MUST_CHECK;
/* A file named on the command line; "-" is the standard input or output.
 * Through a door only "-" is allowed: it names files of the server. */
int	 call_open(struct call *call, const char *path, bool write, int *fd)
	    MUST_CHECK;
/* --dry-run and --encoding, which every import has, as IMPORT_…. */
#define IMPORT_OPTIONS	"dry-run encoding=utf8|latin1"
int	 call_how(const struct call *call, unsigned *how) MUST_CHECK;
/* Each bad line of one, on stderr. */
void	 call_bad_line(void *ctx, int64_t line, const char *why);
/* … import FILE; … export [FILE], with --json.  …_of: its lines are of that
 * one; the file is the second argument, of an export the one that is said. */
typedef int call_reader(struct shop *shop, int fd, unsigned how,
	    void (*bad)(void *ctx, int64_t line, const char *why), void *ctx,
	    int64_t *lines);
int	 call_import(struct call *call, call_reader *read) MUST_CHECK;
typedef int call_reader_of(struct shop *shop, int64_t of, int fd,
	    unsigned how, void (*bad)(void *ctx, int64_t line,
	    const char *why), void *ctx, int64_t *lines);
int	 call_import_of(struct call *call, int64_t of, call_reader_of *read)
	    MUST_CHECK;
typedef int call_writer(struct shop *shop, bool json, struct buf *out);
int	 call_export(struct call *call, call_writer *write) MUST_CHECK;
typedef int call_writer_of(struct shop *shop, int64_t of, bool json,
	    struct buf *out);
int	 call_export_of(struct call *call, int64_t of, int at,
	    call_writer_of *write) MUST_CHECK;
/* The first line of such a file, or of the standard input: a public key. */
int	 call_key(struct call *call, const char *path, struct buf *line)
	    MUST_CHECK;

/* The tables, one of each file; ended by a row without words. */
extern const struct command commands_day[];
extern const struct command commands_goods[];
extern const struct command commands_stock[];
extern const struct command commands_counting[];
extern const struct command commands_catalogue[];
extern const struct command commands_label[];
extern const struct command commands_supplier[];
extern const struct command commands_purchase[];
extern const struct command commands_options[];
extern const struct command commands_prices[];
extern const struct command commands_journal[];
extern const struct command commands_entry[];
extern const struct command commands_returns[];
extern const struct command commands_people[];
extern const struct command commands_money[];
extern const struct command commands_devices[];
extern const struct command commands_kitchen[];
extern const struct command commands_server[];
extern const struct command commands_paper[];
extern const struct command commands_shift[];
extern const struct command commands_document[];
extern const struct command commands_room[];

#endif
