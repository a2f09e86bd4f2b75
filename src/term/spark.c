/* SPDX-License-Identifier: ISC */
/* Numbers as a line of digits, readable on the plainest terminal. */
#include "base/money.h"
#include "term/widgets.h"

void
spark_line(const int64_t *values, size_t n, char *out, size_t size)
{
	int64_t	most = 0;
	size_t	at = 0;

	for (size_t i = 0; i < n; i++) {
		if (values[i] > most) {
			most = values[i];
		}
	}
	for (size_t i = 0; i < n && at + 1 < size; i++) {
		int64_t	tenth = 0;

		/* A dot for nothing: 0 would read as a little. */
		if (values[i] <= 0 ||
		    muldiv(values[i], 9, most, &tenth) != 0) {
			out[at++] = '.';
		} else {
			out[at++] = (char)('0' + tenth);
		}
	}
	if (size > 0) {
		out[at] = '\0';
	}
}
