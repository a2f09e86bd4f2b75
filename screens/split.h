/* SPDX-License-Identifier: ISC */
/* Dividing a table's bill, and back to it until all of it is paid. */
#ifndef SCREENS_SPLIT_H
#define SCREENS_SPLIT_H

#include <stdint.h>

struct split_arg {
	int64_t	sale;			/* one of the party's */
};

#endif
