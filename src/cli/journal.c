/* SPDX-License-Identifier: ISC */
/* journal …: proving it, closing a day, taking a part of it away. */
#include "cli/command.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "shop/archive.h"
#include "shop/grand.h"
#include "shop/journal.h"
#include "shop/receipt.h"
#include "shop/shift.h"

#define PAPER_MAX	(64 * 1024)	/* the text of a printed Z */

static const struct out_column	finding_columns[] = {
	{ "finding", N_("finding"), VALUE_TEXT },
};

static void
journal_finding(void *ctx, const char *finding)
{
	struct call	*call = ctx;

	out_text(&call->out, finding);
}

/* --- against paper ------------------------------------------------------ */

/* What a printed ticket or Z says: its number and the letters at its foot. */
struct printed {
	char	number[40], letters[5];
};

/* "1-000123", "Z1-000012", "1.2-000003" */
static bool
is_number(const char *word)
{
	size_t	n = strspn(word, "Z"), digits = strspn(word + n,
		    "0123456789.");
	const char	*dash = word + n + digits;

	return digits > 0 && *dash == '-' && strlen(dash + 1) >= 6 &&
	    strspn(dash + 1, "0123456789") == strlen(dash + 1);
}

static bool
is_letters(const char *word)
{
	return strlen(word) == 4 && strspn(word, "0123456789abcdef") == 4;
}

/* The letters end the line of the program's name, or of the record. */
static void
printed_line(struct printed *out, char *line, const char *record)
{
	bool		 foot = strstr(line, "comptoir ") != NULL ||
			    strstr(line, "Record") != NULL ||
			    strstr(line, record) != NULL;
	char		*rest = line, *word;

	while ((word = strsep(&rest, " \t\r")) != NULL) {
		if (out->number[0] == '\0' && is_number(word)) {
			(void)str_copy(out->number, sizeof(out->number), word);
		}
		if (foot && is_letters(word)) {
			(void)str_copy(out->letters, sizeof(out->letters),
			    word);
		}
	}
}

static int
printed_file(struct call *call, const char *path, struct printed *out)
{
	struct buf	 text = { 0 };
	char		*rest, *line, record[64], was[8];
	int		 fd, r;

	if ((r = call_open(call, path, false, &fd)) != 0) {
		return r;
	}
	/* Paper is in the shop's language. */
	receipt_language(call->shop->set.language, was);
	(void)str_copy(record, sizeof(record), _("Record"));
	receipt_language(was, NULL);
	if ((r = io_read_all(fd, PAPER_MAX, &text)) == 0) {
		rest = text.data;
		while (rest != NULL &&
		    (line = strsep(&rest, "\n")) != NULL) {
			printed_line(out, line, record);
		}
	}
	buf_done(&text);
	if (fd != STDIN_FILENO) {
		(void)close(fd);
	}
	return r;
}

/* "1-000123:b380", or a file with the text of the paper. */
static int
printed_read(struct call *call, const char *from, struct printed *out)
{
	const char	*colon = strrchr(from, ':');
	int		 r = 0;

	*out = (struct printed){ .number = "" };
	if (colon != NULL && is_letters(colon + 1) &&
	    str_fmt(out->number, sizeof(out->number), "%.*s",
	    (int)(colon - from), from) && is_number(out->number)) {
		(void)str_copy(out->letters, sizeof(out->letters), colon + 1);
		return 0;
	}
	*out = (struct printed){ .number = "" };
	if (colon != NULL || (r = printed_file(call, from, out)) != 0 ||
	    out->number[0] == '\0' || out->letters[0] == '\0') {
		return r != 0 ? r : err_set(ERR_USAGE, _("--against takes the "
		    "number of a printed ticket or Z and the four letters at "
		    "its foot (1-000123:b380), or a file with its text"));
	}
	return 0;
}

/* The hash of what has that number here. */
static int
printed_hash(struct call *call, const char *number, char hash[static 65])
{
	struct grand	g;
	struct sale	s;
	int64_t		id;
	int		r;

	if (number[0] == 'Z') {
		if ((r = shift_by_name(call->shop, number, &id)) == 0 &&
		    (r = grand_of_shift(call->shop, id, &g)) == 0) {
			(void)str_copy(hash, 65, g.hash);
		}
		return r;
	}
	if ((r = sale_by_ticket(call->shop, number, &id)) == 0 &&
	    (r = sale_load(call->shop, id, &s)) == 0) {
		(void)str_copy(hash, 65, s.hash);
		sale_done(&s);
	}
	return r;
}

/*
 * Paper is outside the machine: it finds a whole old directory put back, which
 * is consistent in itself.
 */
static int
journal_against(struct call *call, const char *from)
{
	struct printed	printed;
	char		hash[65], extract[5];
	int		r;

	if ((r = printed_read(call, from, &printed)) != 0) {
		return r;
	}
	if ((r = printed_hash(call, printed.number, hash)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_CORRUPT,
		    _("%s was printed and is not here: this is an older shop, "
		    "or its end is cut off"), printed.number);
	}
	journal_extract(hash, extract);
	return strcmp(extract, printed.letters) == 0 ? 0 :
	    err_set(ERR_CORRUPT, _("%s says %s on paper and %s here: the "
	    "journal is not the one that printed it"), printed.number,
	    printed.letters, extract);
}

static int
run_journal_verify(struct call *call)
{
	const char	*from = call_option(call, "against");
	unsigned	 what = call_option(call, "quick") == NULL ?
			    VERIFY_ALL : 0;
	int64_t		 records, bad;
	int		 r;

	if (from != NULL && (r = journal_against(call, from)) != 0) {
		return r;
	}
	out_begin(&call->out, finding_columns, NELEM(finding_columns), false);
	if ((r = journal_verify(call->shop, what, journal_finding, call,
	    &records, &bad)) != 0) {
		return r;
	}
	if ((bad > 0 || call->out.format != OUT_TABLE) &&
	    (r = out_end(&call->out)) != 0) {
		return r;
	}
	if (bad > 0) {
		return err_set(ERR_CORRUPT,
		    _("the journal was changed: %lld findings in %lld "
		    "records"), (long long)bad, (long long)records);
	}
	if (call->out.format == OUT_TABLE) {
		call_say(call, _("%lld records, all as they were written"),
		    (long long)records);
	}
	return 0;
}

/* --- closings ----------------------------------------------------------- */

static int
run_journal_close(struct call *call)
{
	int64_t	count;
	int	r = grand_day(call->shop, &count);

	if (r == 0) {
		call_say(call, ngettext("%lld day of a till is closed",
		    "%lld days of tills are closed", (unsigned long)count),
		    (long long)count);
	}
	return r;
}

static int
grand_row(void *ctx, const struct grand *g, const char *terminal)
{
	struct out	*o = ctx;
	char		 extract[5];

	journal_extract(g->hash, extract);
	out_text(o, terminal);
	out_word(o, grand_level_name(g->level), _(grand_level_name(g->level)));
	out_int(o, g->seq);
	out_text(o, g->period);
	out_int(o, g->at);
	out_int(o, g->forced);
	out_int(o, g->tickets);
	out_int(o, g->total);
	out_int(o, g->perpetual);
	out_int(o, g->perpetual_absolute);
	out_text(o, extract);
	return 0;
}

static int
run_journal_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "terminal", N_("terminal"), VALUE_TEXT },
		{ "level", N_("closing"), VALUE_TEXT },
		{ "number", N_("number"), VALUE_ID },
		{ "period", N_("period"), VALUE_TEXT },
		{ "at", N_("time"), VALUE_TIME },
		{ "forced", N_("late"), VALUE_BOOL },
		{ "tickets", N_("tickets"), VALUE_COUNT },
		{ "total", N_("total"), VALUE_MONEY },
		{ "perpetual", N_("perpetual"), VALUE_MONEY },
		{ "perpetual_absolute", N_("refunds added"), VALUE_MONEY },
		{ "record", N_("record"), VALUE_TEXT },
	};
	const char	*limit = call_option(call, "limit");
	const char	*level = call_option(call, "level");
	int64_t		 most = 100;
	int		 r;

	if (limit != NULL &&
	    (r = str_to_i64(limit, 1, INT32_MAX, &most)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	r = grand_list(call->shop, level, most, grand_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

/* --- archives ----------------------------------------------------------- */

/* A file without a name beside the shop: it can be sought in. */
static int
scratch_open(const char *dir, int *fd)
{
	*fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	return *fd >= 0 ? 0 : err_sys(ERR_IO, _("cannot write in %s"), dir);
}

static int
copy_all(int from, int to)
{
	char	bytes[65536];
	ssize_t	n;
	int	r = 0;

	while (r == 0 && (n = read(from, bytes, sizeof(bytes))) != 0) {
		if (n < 0 && errno == EINTR) {
			continue;
		}
		r = n < 0 ? err_sys(ERR_IO, _("cannot read the archive")) :
		    io_write_all(to, bytes, (size_t)n);
	}
	return r;
}

static int
archive_span(struct call *call, struct archive_span *span)
{
	const char	*year = call_option(call, "year");
	const char	*from = call_option(call, "from");
	const char	*to = call_option(call, "to");

	if (year == NULL) {
		return archive_days(call->shop, from, to, span);
	}
	return from == NULL && to == NULL ?
	    archive_year(call->shop, year, span) : err_set(ERR_USAGE,
	    _("either --year or --from and --to"));
}

/* Complete under its name, or not there at all. */
static int
archive_put(struct call *call, const char *path,
    const struct archive_span *span, struct archive_made *made)
{
	char	*fresh = xasprintf("%s.new", path);
	int	 fd, r;

	if (access(path, F_OK) == 0) {
		free(fresh);
		return err_set(ERR_EXISTS, _("%s is there already; an archive "
		    "is never written over"), path);
	}
	if ((r = call_open(call, fresh, true, &fd)) == 0) {
		if ((r = archive_write(call->shop, fd, span, made)) == 0 &&
		    (fsync(fd) != 0 || rename(fresh, path) != 0)) {
			r = err_sys(ERR_IO, _("cannot write %s"), path);
		}
		(void)close(fd);
		if (r != 0) {
			(void)unlink(fresh);
		}
	}
	free(fresh);
	return r;
}

static int
archive_stream(struct call *call, const struct archive_span *span,
    struct archive_made *made)
{
	int	fd, r;

	if ((r = scratch_open(db_shop(call->shop->db), &fd)) != 0) {
		return r;
	}
	if ((r = archive_write(call->shop, fd, span, made)) == 0 &&
	    lseek(fd, 0, SEEK_SET) == 0) {
		r = copy_all(fd, STDOUT_FILENO);
	}
	(void)close(fd);
	return r;
}

static int
run_journal_archive(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "records", N_("records"), VALUE_COUNT },
		{ "tickets", N_("tickets"), VALUE_COUNT },
		{ "total", N_("total"), VALUE_MONEY },
		{ "manifest", N_("manifest"), VALUE_TEXT },
	};
	const char		*path = call_arg(call, 0);
	struct archive_span	 span;
	struct archive_made	 made;
	int			 r;

	if ((r = archive_span(call, &span)) != 0) {
		return r;
	}
	if (strcmp(path, "-") == 0) {
		return archive_stream(call, &span, &made);
	}
	if ((r = archive_put(call, path, &span, &made)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), true);
	out_int(&call->out, made.records);
	out_int(&call->out, made.tickets);
	out_int(&call->out, made.total);
	out_text(&call->out, made.manifest);
	return out_end(&call->out);
}

static void
archive_say(struct call *call, const struct archive_seen *seen)
{
	if (call->out.format != OUT_TABLE) {
		return;
	}
	call_say(call, _("archive of %s, %s"), seen->company, seen->period);
	call_say(call, _("manifest %s"), seen->manifest);
	call_say(call, _("key %s"), seen->key);
	if (seen->bad == 0) {
		call_say(call, _("%lld files, %lld records, all as they were "
		    "written"), (long long)seen->files,
		    (long long)seen->records);
	}
}

static int
run_journal_verify_archive(struct call *call)
{
	struct archive_seen	seen;
	int			fd, scratch = -1, r;

	if ((r = call_open(call, call_arg(call, 0), false, &fd)) != 0) {
		return r;
	}
	/* A pipe cannot be sought in. */
	if (lseek(fd, 0, SEEK_CUR) < 0 &&
	    (r = scratch_open("/tmp", &scratch)) == 0) {
		r = copy_all(fd, scratch);
	}
	out_begin(&call->out, finding_columns, NELEM(finding_columns), false);
	if (r == 0) {
		r = archive_verify(scratch >= 0 ? scratch : fd,
		    journal_finding, call, &seen);
	}
	if (scratch >= 0) {
		(void)close(scratch);
	}
	if (fd != STDIN_FILENO) {
		(void)close(fd);
	}
	if (r != 0) {
		return r;
	}
	if ((seen.bad > 0 || call->out.format != OUT_TABLE) &&
	    (r = out_end(&call->out)) != 0) {
		return r;
	}
	archive_say(call, &seen);
	return seen.bad == 0 ? 0 : err_set(ERR_CORRUPT, ngettext("the archive "
	    "was changed: %lld finding", "the archive was changed: %lld "
	    "findings", (unsigned long)seen.bad), (long long)seen.bad);
}

const struct command commands_journal[] = {
	{ "journal verify", "", "against=FILE|NUMBER:LETTERS quick",
	    N_("walk the chains, every signature, the witness, and tickets, "
	    "closings and the audit against their records; also against a "
	    "printed ticket or Z; quick: chains, heads and witness only"),
	    COMMAND_LISTS, RIGHT_AUDIT, run_journal_verify },
	{ "journal close", "", "",
	    N_("close the business day of every till: it is not sold on any "
	    "more"), 0, RIGHT_CLOSING, run_journal_close },
	{ "journal list", "", "level=LEVEL limit=N",
	    N_("closings of shifts, days, months and years with their "
	    "perpetual totals, newest first"),
	    COMMAND_LISTS, RIGHT_AUDIT, run_journal_list },
	{ "journal archive", "FILE", "year=YEAR from=DAY to=DAY",
	    N_("everything since the last archive, of a year or of those "
	    "days, as CSV in a signed tar"),
	    COMMAND_LISTS, RIGHT_AUDIT, run_journal_archive },
	{ "journal verify-archive", "FILE", "",
	    N_("prove an archive; needs no shop"),
	    COMMAND_NO_SHOP | COMMAND_LISTS, -1, run_journal_verify_archive },
	{ .words = NULL },
};
