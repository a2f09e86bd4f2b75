/* SPDX-License-Identifier: ISC */
/* Memory that never comes back NULL: a session without memory ends itself. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include "base/base.h"

/* Each returns memory the caller owns, freed with free(). */
void	*xmalloc(size_t size);
void	*xcalloc(size_t n, size_t size);
void	*xrealloc(void *p, size_t n, size_t size);
char	*xstrdup(const char *s);		/* NULL gives NULL */
char	*xstrndup(const char *s, size_t n);
char	*xasprintf(const char *fmt, ...) PRINTF(1, 2);

/* For bugs and lost memory only: log and abort this one process. */
void	 fatal(const char *fmt, ...) PRINTF(1, 2) NORETURN;

#endif
