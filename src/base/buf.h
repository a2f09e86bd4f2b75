/* SPDX-License-Identifier: ISC */
/* Growing bytes, and bounded string helpers that report truncation. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <sys/types.h>

#include "base/base.h"

/* Zero-initialise (`struct buf b = { 0 };`); buf_done() frees. */
struct buf {
	char	*data;		/* NUL after the last byte once not empty */
	size_t	 len;
	size_t	 size;
};

void	 buf_done(struct buf *b);
void	 buf_clear(struct buf *b);		/* keeps the memory */
/* Memory for n more bytes and a NUL, without changing the text. */
void	 buf_room(struct buf *b, size_t n);
void	 buf_add(struct buf *b, const void *data, size_t n);
void	 buf_str(struct buf *b, const char *s);
void	 buf_chr(struct buf *b, char c);
void	 buf_fmt(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
/* The text, "" when empty; borrowed. */
const char *buf_text(const struct buf *b);
/* The text as an own string (free()); the buffer is empty afterwards. */
char	*buf_take(struct buf *b);

/*
 * Copy or format into dst[size]; always terminated; false when it did not
 * fit (cut at a whole UTF-8 character).
 */
bool	 str_copy(char *dst, size_t size, const char *src);
bool	 str_fmt(char *dst, size_t size, const char *fmt, ...) PRINTF(3, 4);
bool	 str_equal(const char *a, const char *b);	/* NULL-safe */
/* The word is in a list parted by blanks or commas. */
bool	 str_listed(const char *list, const char *word);
bool	 str_starts(const char *s, const char *prefix);
/* A whole decimal number in [min, max]; ERR_INVALID or ERR_RANGE. */
int	 str_to_i64(const char *s, int64_t min, int64_t max, int64_t *out)
	    MUST_CHECK;
/* Lower-case hexadecimal; hex[] holds 2 * n + 1. */
void	 str_hex(const void *data, size_t n, char *hex);

/* All bytes, EINTR and short writes handled; ERR_IO or ERR_FULL. */
int	 io_write_all(int fd, const void *data, size_t n) MUST_CHECK;
/* Up to end of file, at most `limit` bytes (else ERR_TOO_LONG). */
int	 io_read_all(int fd, size_t limit, struct buf *out) MUST_CHECK;
int	 io_read_file(const char *path, size_t limit, struct buf *out)
	    MUST_CHECK;
/* New file: temporary beside it, fsync, rename, fsync of the directory. */
int	 io_write_file(const char *path, mode_t mode, const void *data,
	    size_t n) MUST_CHECK;

#endif
