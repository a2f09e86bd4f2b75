/* SPDX-License-Identifier: ISC */
/* Practising on a real till: sales with numbers and a chain of their own, that
 * count nowhere (domain.md 1.3, I08). */
#ifndef SHOP_TRAINING_H
#define SHOP_TRAINING_H

#include "shop/sale.h"

/* On every paper, in any language: the law's words. */
#define TRAINING_WORDS	"MODE ECOLE"

/*
 * Right "training", for this session only: its open sales are parked, an
 * event and an audit row are written, and until it is ended shop_require()
 * lets only that through which can be practised.  ERR_DENIED for a command.
 */
int	 training_set(struct shop *shop, bool on) MUST_CHECK;

/* For shop_require(): practising, this right is out of reach. */
bool	 training_keeps_out(const struct shop *shop, enum right right);
/* May this session work on that sale: both practise, or none does. */
int	 training_same(const struct shop *shop, bool training) MUST_CHECK;
/* Before a practice sale is paid: no gift card, no deposit, no money but
 * cash and card. */
int	 training_pays(const struct sale *sale, const char *tender)
	    MUST_CHECK;

#endif
