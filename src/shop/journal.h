/* SPDX-License-Identifier: ISC */
/* The chained, signed record of tickets, duplicates and events
 * (domain.md 1.3); one versioned module. */
#ifndef SHOP_JOURNAL_H
#define SHOP_JOURNAL_H

#include "base/buf.h"
#include "shop/shop.h"

#define JOURNAL_VERSION	"1.0"
/* "1.0-1a2b3c": with the first characters of its source's hash, and the whole
 * hash; printed on receipts and in archives. */
const char *journal_module(void);
const char *journal_module_hash(void);

/* The text stored before this one in a chain, and the next place in it. */
struct journal_place {
	char	chain[48];
	int64_t	seq;			/* the next record's */
	char	previous[65];		/* "" for the first */
};

/*
 * Chains and series of a database that was restored go on as "ticket/1.2"
 * and "1.2-000001": a number that was printed once is never given again.  ""
 * in the first life.
 */
#define JOURNAL_LIFE	16
int	 journal_life(struct shop *shop, char out[static JOURNAL_LIFE])
	    MUST_CHECK;

/*
 * Inside the transaction of what is recorded.  journal_place() says which
 * number the next record of a chain ("ticket/1", "duplicate/1") will have,
 * since payloads name their own; journal_add() appends it: the payload
 * completed by the flag and the previous hash, its SHA-256, an Ed25519
 * signature over that and the detail (detail.h, or ""), the signed head, a
 * line for the witness.  `sale` is what it is about, or 0; *id is the row's.
 */
int	 journal_place(struct shop *shop, const char *chain,
	    struct journal_place *out) MUST_CHECK;
int	 journal_add(struct shop *shop, const struct journal_place *place,
	    const char *payload, const char *detail, int64_t sale,
	    char hash[static 65], int64_t *id) MUST_CHECK;
/* Events of chain "event/shop": those up to 399 are numbered as NF525 does
 * (domain.md 1.3), ours follow. */
enum jet {
	JET_ARCHIVE = 20,
	JET_ARCHIVE_YEAR = 30,		/* of a whole fiscal year */
	JET_LOGOFF = 40,
	JET_CLOSING = 50,		/* of a day or a month */
	JET_YEAR = 60,
	JET_LOGIN = 80,
	JET_INTEGRITY = 90,		/* a verification found something */
	JET_EXPORT = 110,
	JET_RIGHTS = 130,		/* who may do what, changed */
	JET_IMPORT = 140,
	JET_COUNT = 170,		/* a drawer was counted */
	JET_LINE = 190,			/* a line was reversed */
	JET_MAINTENANCE = 240,		/* another version of the program */
	JET_START = 260,		/* the very first record */
	JET_COMPANY = 270,		/* what receipts say of the business */
	JET_SETTING = 300,
	JET_SALE = 320,			/* a whole sale was given up */
	JET_DRAWER = 410,		/* opened without a sale */
	JET_TENDER = 420,		/* how a ticket was paid, corrected */
	JET_CLOCK = 430,		/* a manager's word on the clock */
	JET_FORCED = 440,		/* a forgotten shift was closed */
	JET_RESTORE = 445,		/* a backup took the database's place */
	JET_KEY = 450,			/* another signing key */
	JET_PRICE = 460,		/* a price was overridden */
	JET_DISCOUNT = 470,		/* above the threshold */
	JET_ERASE = 475,		/* a customer is forgotten, by id */
	JET_TRAINING = 480,		/* somebody begins or ends practising */
	JET_MODE = 485,			/* eaten elsewhere: other rates */
	JET_NOTE = 490,			/* a bill was printed before payment */
	JET_OTHER = 910,		/* money that is no turnover */
};
/* Inside a transaction; made the first one, JET_START, where there is none. */
int	 journal_event(struct shop *shop, enum jet code, const char *info)
	    MUST_CHECK;
/* The same where work must go on without the signing key: then only the log
 * has it. */
int	 journal_event_try(struct shop *shop, enum jet code,
	    const char *info) MUST_CHECK;
/* A transaction of its own: data leave the shop. */
int	 journal_export(struct shop *shop, const char *what) MUST_CHECK;
/* When a session starts: the program, or this module, is not the one that was
 * here last; an event.  Nothing is written otherwise. */
int	 journal_maintenance(struct shop *shop) MUST_CHECK;
/* The same about a sale, covering those rows of it (detail.h). */
int	 journal_event_sale(struct shop *shop, enum jet code,
	    const char *info, int64_t sale, const char *detail) MUST_CHECK;

struct sale;
struct grand;
/* "2000:500|1000:3700,4200,12345,20261120235959,17": taxes, the period's
 * total, the perpetual one, when, the number of its level. */
void	 journal_grand_total(const struct grand *c, struct buf *out);
/* "2000:500,4200,20261120235959,3,Archive": of those taxes. */
void	 journal_archive(const struct grand *taxes, int64_t total, int64_t at,
	    int64_t terminal, struct buf *out);
/* The payload of a ticket, without flag and previous hash:
 * "2000:500|1000:3700,4990,20261120123015,1-000001,Vente". */
void	 journal_ticket(const struct sale *sale, int64_t at,
	    const char *ticket, struct buf *out);
/* Likewise of an invoice: "2000:500,500,20261120123015,F1-000001,Facture,
 * name,zip,VAT number". */
void	 journal_invoice(const struct sale *sale, int64_t at,
	    const char *number, const char *name, const char *zip,
	    const char *vat_id, struct buf *out);
/* A payload completed, and its digest (cases I01 to I04). */
void	 journal_seal(const char *payload, const char *previous,
	    struct buf *out, char hash[static 65]);
/* Characters 3, 7, 13 and 19, as printed. */
void	 journal_extract(const char *hash, char out[static 5]);

/*
 * The clock against the last ticket, duplicate or word of a manager: ERR_CLOCK
 * when it is before that, or (but in a demo shop) more than 36 hours after.
 */
int	 journal_clock_check(struct shop *shop) MUST_CHECK;
/* Right "clock": the clock is right as it is; an event, and posting goes on. */
int	 journal_clock_confirm(struct shop *shop) MUST_CHECK;

/*
 * Walk every chain: hashes, links, heads and the witness; the signature of
 * every record; and every ticket, closing, later payment and the audit as
 * they are in their tables now.  Each finding to fn(); when there are some,
 * event 90.
 */
enum {
	VERIFY_SIGNATURES = 1 << 0,
	VERIFY_ROWS = 1 << 1,
	VERIFY_ALL = VERIFY_SIGNATURES | VERIFY_ROWS
};
int	 journal_verify(struct shop *shop, unsigned what,
	    void (*fn)(void *ctx, const char *finding), void *ctx,
	    int64_t *records, int64_t *bad) MUST_CHECK;

/* Make the signing key in DIR/keys (0600) if there is none. */
int	 journal_key_make(const char *dir) MUST_CHECK;

#endif
