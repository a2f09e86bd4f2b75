/* SPDX-License-Identifier: ISC */
/* Writing JSON: values in order, commas and quotes by themselves. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"

#define JSON_DEPTH	16

/* Zero-initialise, set `out`; the writer borrows it. */
struct json {
	struct buf	*out;
	bool		 comma[JSON_DEPTH];
	int		 depth;
	bool		 after_key;
};

void	json_array(struct json *j);
void	json_object(struct json *j);
/* Ends the innermost array or object, whichever it is. */
void	json_end_array(struct json *j);
void	json_end_object(struct json *j);
void	json_key(struct json *j, const char *key);
/* NULL writes null; bytes that are no UTF-8 become U+FFFD. */
void	json_text(struct json *j, const char *text);
void	json_i64(struct json *j, int64_t v);
void	json_bool(struct json *j, bool v);
void	json_null(struct json *j);

#endif
