/* SPDX-License-Identifier: ISC */
/* What a command lists: as a table for people, CSV or JSON for programs. */
#ifndef CLI_OUT_H
#define CLI_OUT_H

#include "base/json.h"
#include "base/money.h"
#include "base/value.h"

enum out_format { OUT_TABLE, OUT_CSV, OUT_JSON };

struct out_column {
	const char	*key;		/* English snake_case: JSON, CSV */
	const char	*title;		/* table head; N_() */
	enum value_kind	 kind;
};

#define OUT_COLUMNS	40

/* Filled row by row; written when ended (a table must know its widths). */
struct out {
	enum out_format			 format;
	const struct money_style	*money;
	const struct out_column		*column;
	size_t				 ncolumns, at;
	bool				 single;
	struct buf			 buf;
	struct json			 json;
	char				**cell;
	size_t				 ncells, room;
};

/* `single`: one object instead of an array, "name value" lines as table. */
void	out_begin(struct out *o, const struct out_column *columns, size_t n,
	    bool single);
/* The values of a row, in the columns' order. */
void	out_text(struct out *o, const char *text);	/* NULL: none */
/* One of a known list: `word` for programs, `text` for people. */
void	out_word(struct out *o, const char *word, const char *text);
void	out_int(struct out *o, int64_t v);
void	out_null(struct out *o);
/* Everything to stdout; ERR_IO when nobody reads it. */
int	out_end(struct out *o) MUST_CHECK;
/* Frees, when a command failed before out_end(). */
void	out_done(struct out *o);

#endif
