/* SPDX-License-Identifier: ISC */
/* Allocation that ends the process rather than fail: one user, one screen. */
#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

void
fatal(const char *fmt, ...)
{
	va_list	ap;
	char	text[512];

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	log_write(LOG_LEVEL_ERROR, "fatal: %s", text);
	abort();
}

void *
xmalloc(size_t size)
{
	void	*p = malloc(size == 0 ? 1 : size);

	if (p == NULL) {
		fatal("out of memory (%zu bytes)", size);
	}
	return p;
}

void *
xcalloc(size_t n, size_t size)
{
	void	*p = calloc(n == 0 ? 1 : n, size == 0 ? 1 : size);

	if (p == NULL) {
		fatal("out of memory (%zu times %zu bytes)", n, size);
	}
	return p;
}

void *
xrealloc(void *p, size_t n, size_t size)
{
	void	*q = reallocarray(p, n == 0 ? 1 : n, size == 0 ? 1 : size);

	if (q == NULL) {
		fatal("out of memory (%zu times %zu bytes)", n, size);
	}
	return q;
}

char *
xstrdup(const char *s)
{
	return s == NULL ? NULL : xstrndup(s, strlen(s));
}

char *
xstrndup(const char *s, size_t n)
{
	size_t	len = strnlen(s, n);
	char	*p = xmalloc(len + 1);

	memcpy(p, s, len);
	p[len] = '\0';
	return p;
}

char *
xasprintf(const char *fmt, ...)
{
	va_list	ap;
	char	*p = NULL;
	int	n;

	va_start(ap, fmt);
	n = vasprintf(&p, fmt, ap);
	va_end(ap);
	if (n < 0 || p == NULL) {
		fatal("out of memory formatting text");
	}
	return p;
}
