/* SPDX-License-Identifier: ISC */
/* What the files of the papers share; nobody else includes this. */
#ifndef SHOP_DOCUMENT_PART_H
#define SHOP_DOCUMENT_PART_H

#include "shop/document.h"
#include "shop/drawer.h"

/* The program's own template, in the language that is spoken; appended. */
void	 document_usual(enum document d, struct buf *out);

/* The values of something for a template. */
typedef int (*paper_fill)(struct shop *shop, const void *of,
	    struct paper *out);
/*
 * Append a paper to `out`, in the shop's language: what fill() says of `of`,
 * by the template as it is or, unless NULL, by `text`.
 */
int	 document_make(struct shop *shop, enum document d, const char *text,
	    paper_fill fill, const void *of, struct slip *out) MUST_CHECK;

/* Fields that several papers have. */
int	 paper_company(struct shop *shop, struct paper *p) MUST_CHECK;
/* program, and with a hash the extract of its record. */
void	 paper_program(struct paper *p, const char *hash);
void	 paper_duplicate(struct paper *p, int64_t n);	/* 0: the original */
void	 paper_place(struct paper *p, const char *terminal,
	    const char *user);
void	 paper_when(struct paper *p, int64_t at);	/* date_time, date */
void	 paper_money(struct paper *p, const struct shop *shop,
	    const char *name, int64_t amount);
/* In that currency, "" the shop's own. */
void	 paper_abroad(struct paper *p, const struct shop *shop,
	    const char *name, const char *currency, int64_t amount);
/* With the currency's sign; an amount that is 0 is not there. */
void	 paper_cash(struct paper *p, const struct shop *shop,
	    const char *name, int64_t amount);
/* "2026-12-24" as the country writes it; "" is not there. */
void	 paper_day(struct paper *p, const struct shop *shop,
	    const char *name, const char *day);
/* Lines parted by ';'. */
void	 paper_lines(struct paper *p, const char *name, const char *text);

/* Values: `of` points to a … */
struct paper_sale {
	const struct sale	*sale;
	int			 duplicate;
	bool			 invoice;	/* what it has beside */
};
int	 paper_of_sale(struct shop *shop, const void *of, struct paper *out)
	    MUST_CHECK;
int	 paper_of_invoice(struct shop *shop, const struct sale *sale,
	    struct paper *out) MUST_CHECK;
struct paper_closing {
	const struct closing	*closing;
	int64_t			 duplicate;
	bool			 sees;		/* shift_sees() */
};
int	 paper_of_closing(struct shop *shop, const void *of,
	    struct paper *out) MUST_CHECK;
struct voucher;
struct paper_voucher {
	const struct voucher	*voucher;
	int64_t			 duplicate;
};
int	 paper_of_voucher(struct shop *shop, const void *of,
	    struct paper *out) MUST_CHECK;
/* int64_t, a payment in customer_entry */
int	 paper_of_entry(struct shop *shop, const void *of,
	    struct paper *out) MUST_CHECK;
/* struct drawer_move */
int	 paper_of_move(struct shop *shop, const void *of, struct paper *out)
	    MUST_CHECK;

#endif
