/* SPDX-License-Identifier: ISC */
/* How to turn a machine into a workplace, step by step. */
#ifndef SHOP_RECIPE_H
#define SHOP_RECIPE_H

/* "pi", "pc", "vt220", "phone"; translated; NULL for another name. */
const char *recipe_text(const char *machine);

#endif
