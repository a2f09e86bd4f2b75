/* SPDX-License-Identifier: ISC */
/* What sqlgen built in: the migrations, the append-only tables, reports. */
#ifndef DB_SCHEMA_H
#define DB_SCHEMA_H

#include "base/base.h"

struct schema_step {
	int		 version;	/* PRAGMA user_version after it */
	const char	*name;
	int64_t		 hash;		/* of all texts up to this one */
	const char	*sql;
};

extern const struct schema_step schema_steps[];	/* schema_version of them */
extern const int schema_version;
/* Marked "-- append-only: NAME …" in sql/schema; ends with NULL. */
extern const char *const schema_append_only[];

/* sql/report/NAME.sql, whole; report_count of them. */
struct report_text {
	const char	*name;
	const char	*text;
};

extern const struct report_text report_texts[];
extern const size_t report_count;

#endif
