/* SPDX-License-Identifier: ISC */
/* Whose language the words of _() are in; may change while running. */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include "base/base.h"

/*
 * Bind the catalogue: "locale" beside the running program (a build tree),
 * else LOCALEDIR; always UTF-8.  Needs no locale installed: LC_MESSAGES is
 * C.UTF-8 and LANGUAGE chooses.  Call once, before the first _().
 */
void	words_init(void);
/* "fr", "en", "fr_CA.UTF-8" (a hint from outside: only its letters count);
 * "" or an unknown one is English. */
void	words_language(const char *code);
/* What LANGUAGE, LC_ALL, LC_MESSAGES or LANG asks for, the first that is
 * set. */
void	words_environment(void);

#endif
