/* SPDX-License-Identifier: ISC */
/* The chained, signed record of tickets, duplicates and events
 * (domain.md 1.3); one versioned module. */
#ifndef SHOP_JOURNAL_H
#define SHOP_JOURNAL_H

#include "shop/shop.h"

#define JOURNAL_VERSION	"1.0"

/*
 * Append to a chain ("ticket/TILL", "duplicate/TILL", "event/shop") inside
 * the transaction of what is recorded: next seq, SHA-256 of the payload
 * completed by the flag and the previous hash, Ed25519 signature, signed
 * head, witness line.  `payload` comes without flag and previous hash.
 */
int	 journal_add(struct shop *shop, const char *chain,
	    const char *payload, char hash[static 65]) MUST_CHECK;
/* An event (JET code of domain.md 1.3) with its information. */
int	 journal_event(struct shop *shop, int code, const char *info)
	    MUST_CHECK;
/* Walk every chain, its head and the witness; each finding to fn(). */
int	 journal_verify(struct shop *shop,
	    void (*fn)(void *ctx, const char *finding), void *ctx,
	    int64_t *records, int64_t *bad) MUST_CHECK;
/* Make the signing key in DIR/keys (0600) if there is none. */
int	 journal_key_make(const char *dir) MUST_CHECK;

#endif
