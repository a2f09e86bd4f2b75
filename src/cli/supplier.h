/* SPDX-License-Identifier: ISC */
/* What the verbs about suppliers share. */
#ifndef CLI_SUPPLIER_H
#define CLI_SUPPLIER_H

#include "cli/command.h"

/* The supplier that option --supplier names; none is 0. */
int	 supplier_option(struct call *call, int64_t *id) MUST_CHECK;

#endif
