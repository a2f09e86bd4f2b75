/* SPDX-License-Identifier: ISC */
/* CSV as RFC 4180 has it, read as a stream with the faults named. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/buf.h"

#define CSV_FIELDS	64
#define CSV_FIELD_MAX	4096		/* bytes; a longer one is a fault */

/*
 * Reads a descriptor record by record.  The separator is ',' or ';', found in
 * the first line; a UTF-8 byte order mark is passed over.  A file that begins
 * with '[' is JSON, an array of objects: the first record are the keys of the
 * first object, each other one the values in their order; a list of texts has
 * blanks between them, null is "", true "yes", false "no".
 */
struct csv {
	int		 fd;
	bool		 latin1;	/* set: bytes are Windows-1252 */
	bool		 json;		/* found in the first line … */
	bool		 number[CSV_FIELDS];	/* … a value without quotes */
	char		 separator;	/* 0 until known */
	int64_t		 line;		/* of the record just read, from 1 */
	int64_t		 next_line;
	size_t		 nfields;
	char		*field[CSV_FIELDS];	/* until the next call */
	struct buf	 in, record;
	size_t		 at;
	bool		 eof;
	bool		 over;		/* no more of it can be read */
	/* Of JSON: keys, each ended by NUL, and where the values stand. */
	struct buf	 keys;
	size_t		 key[CSV_FIELDS], value[CSV_FIELDS], nkeys;
	enum { CSV_JSON_NEW, CSV_JSON_KEYS, CSV_JSON_ON } stage;
	int		 fault;		/* of the first object */
	char		 why[160];
};

/* Zeroes and sets; csv_done() frees, the descriptor stays the caller's. */
void	csv_init(struct csv *csv, int fd);
void	csv_done(struct csv *csv);
/*
 * 1: a record, 0: the end, < 0: this record is faulty (ERR_INVALID,
 * ERR_TOO_LONG, text says why; the next call goes on after it) or reading
 * failed (ERR_IO, final).
 */
int	csv_next(struct csv *csv) MUST_CHECK;

/* For the reader of JSON (csv_json.c): the next byte, -1 at the end, -2 when
 * reading failed. */
int	csv_byte(struct csv *csv);
int	csv_peek(struct csv *csv);
int	csv_json_next(struct csv *csv) MUST_CHECK;

/* One field, quoted when it must be.  Before a text that a spreadsheet would
 * run as a formula stands an apostrophe, which csv_next() takes away again:
 * export and import are each other's mirror.  Numbers, also those below 0 and
 * of telephones, are no formula. */
void	csv_field(struct buf *out, const char *text, bool last);

#endif
