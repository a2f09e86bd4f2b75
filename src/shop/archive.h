/* SPDX-License-Identifier: ISC */
/* A part of the books in a file that is read without us: CSV in a tar, with
 * its hashes, signed (domain.md 1.5). */
#ifndef SHOP_ARCHIVE_H
#define SHOP_ARCHIVE_H

#include "shop/shop.h"

#define ARCHIVE_HASH	65

struct archive_span {
	int64_t	since, until;	/* ms UTC, until is not in it; since 0: where
				 * the last archive ended; until 0: now */
	bool	year;		/* a fiscal year: another event */
};

struct archive_made {
	int64_t	records, tickets, total;
	char	manifest[ARCHIVE_HASH];	/* what to keep on paper */
};

/*
 * Right "audit".  Writes to an empty file that can be sought in; the archive
 * is recorded (chain "archive/shop", an event) when all of it is written.
 * ERR_EMPTY: nothing happened in that time.
 */
int	 archive_write(struct shop *shop, int fd,
	    const struct archive_span *span, struct archive_made *out)
	    MUST_CHECK;
/* A fiscal year by its name, "2026" or "2026/27", as a span. */
int	 archive_year(const struct shop *shop, const char *year,
	    struct archive_span *out) MUST_CHECK;
/* Business days, both in it; NULL: open. */
int	 archive_days(const struct shop *shop, const char *first,
	    const char *last, struct archive_span *out) MUST_CHECK;

struct archive_seen {
	int64_t	files, records, bad;
	char	manifest[ARCHIVE_HASH];
	char	key[48];		/* the public one, base64url */
	char	company[128], period[64];
};
/*
 * Without a shop or a database: every file against the manifest, that against
 * its signature, and the records against each other and against the tickets
 * and closings in the tables.  Each finding to fn().  ERR_CORRUPT when it is
 * no archive at all.
 */
int	 archive_verify(int fd, void (*fn)(void *ctx, const char *finding),
	    void *ctx, struct archive_seen *out) MUST_CHECK;

#endif
