/* SPDX-License-Identifier: ISC */
/* A command line cut into words, as a shell would quote; nothing expands. */
#ifndef DOOR_WORDS_H
#define DOOR_WORDS_H

#include "base/base.h"

#define WORDS_MAX	256

/*
 * Spaces part words; '...' is literal, in "..." a backslash keeps " \ $ and
 * `, outside it keeps anything.  words[] is one block to free(), a NULL at
 * the end.  ERR_INVALID for a quote that does not end, ERR_TOO_LONG.
 */
int	words_split(const char *command, char ***words, size_t *n) MUST_CHECK;

#endif
