/* SPDX-License-Identifier: ISC */
/* CSV, one record at a time and never more than one record in memory. */
#include "base/csv.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"

void
csv_init(struct csv *csv, int fd)
{
	*csv = (struct csv){ .fd = fd, .next_line = 1 };
}

void
csv_done(struct csv *csv)
{
	buf_done(&csv->in);
	buf_done(&csv->record);
	buf_done(&csv->keys);
}

int
csv_byte(struct csv *csv)
{
	if (csv->at >= csv->in.len) {
		char	chunk[16384];
		ssize_t	r;

		if (csv->eof) {
			return -1;
		}
		do {
			r = read(csv->fd, chunk, sizeof(chunk));
		} while (r < 0 && errno == EINTR);
		if (r < 0) {
			return -2;
		}
		if (r == 0) {
			csv->eof = true;
			return -1;
		}
		buf_clear(&csv->in);
		buf_add(&csv->in, chunk, (size_t)r);
		csv->at = 0;
	}
	return (unsigned char)csv->in.data[csv->at++];
}

int
csv_peek(struct csv *csv)
{
	int	c = csv_byte(csv);

	if (c >= 0) {
		csv->at--;
	}
	return c;
}

/* What Windows-1252 has where Latin-1 has control characters; 0 nothing. */
static const uint16_t csv_1252[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6,
	0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0, 0x2018, 0x2019,
	0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161,
	0x203a, 0x0153, 0, 0x017e, 0x0178,
};

/* One byte of a field, in UTF-8. */
static void
csv_put(struct csv *csv, int c)
{
	uint32_t	point = (uint32_t)c;
	char		enc[5];

	if (!csv->latin1 || c < 0x80) {
		buf_chr(&csv->record, (char)c);
		return;
	}
	if (c < 0xa0 && (point = csv_1252[c - 0x80]) == 0) {
		point = 0xfffd;
	}
	buf_add(&csv->record, enc, utf8_put(point, enc));
}

/* The separator is whichever of , and ; the first line has more of. */
static void
csv_find_separator(struct csv *csv)
{
	int	commas = 0, semicolons = 0;

	if (csv_peek(csv) < 0) {
		csv->separator = ',';
		return;
	}
	if (csv->in.len - csv->at >= 3 &&
	    memcmp(csv->in.data + csv->at, "\xef\xbb\xbf", 3) == 0) {
		csv->at += 3;
		csv->latin1 = false;
	}
	csv->json = csv_peek(csv) == '[';
	for (size_t i = csv->at; i < csv->in.len; i++) {
		char	c = csv->in.data[i];

		if (c == '\n') {
			break;
		}
		commas += c == ',';
		semicolons += c == ';';
	}
	csv->separator = semicolons > commas ? ';' : ',';
}

struct csv_fault {
	int	code;
	const char *why;
};

/* Bytes of one record into csv->record, fields ended by NUL. */
static int
csv_read_record(struct csv *csv, struct csv_fault *fault, size_t starts[],
    size_t *nstarts)
{
	bool	quoted = false, was_quoted = false, any = false;
	size_t	start = 0;

	*nstarts = 0;
	starts[(*nstarts)++] = 0;
	for (;;) {
		int	c = csv_byte(csv);

		if (c == -2) {
			return -2;
		}
		if (c == -1) {
			if (quoted) {
				*fault = (struct csv_fault){ ERR_INVALID,
				    _("a quote is never closed") };
			}
			if (!any) {
				return -1;
			}
			break;
		}
		any = true;
		if (quoted) {
			if (c == '"') {
				if (csv_peek(csv) == '"') {
					(void)csv_byte(csv);
				} else {
					quoted = false;
					continue;
				}
			} else if (c == '\n') {
				csv->next_line++;
			}
		} else if (c == '"' && csv->record.len == start &&
		    !was_quoted) {
			quoted = was_quoted = true;
			continue;
		} else if (c == csv->separator) {
			buf_add(&csv->record, "", 1);
			start = csv->record.len;
			was_quoted = false;
			if (*nstarts >= CSV_FIELDS) {
				*fault = (struct csv_fault){ ERR_TOO_LONG,
				    _("too many columns") };
			} else {
				starts[(*nstarts)++] = start;
			}
			continue;
		} else if (c == '\r' && csv_peek(csv) == '\n') {
			continue;
		} else if (c == '\n') {
			csv->next_line++;
			break;
		} else if (was_quoted) {
			*fault = (struct csv_fault){ ERR_INVALID,
			    _("text after a closing quote") };
			continue;
		}
		if (c == 0) {
			*fault = (struct csv_fault){ ERR_INVALID,
			    _("a NUL byte") };
		} else if (csv->record.len - start >= CSV_FIELD_MAX) {
			*fault = (struct csv_fault){ ERR_TOO_LONG,
			    _("a field is longer than 4096 bytes") };
		} else {
			csv_put(csv, c);
		}
	}
	return 0;
}

/* Would a spreadsheet run it?  With the apostrophes that already say no. */
static bool
csv_is_formula(const char *text)
{
	text += strspn(text, "'");
	switch (*text) {
	case '=':
	case '@':
	case '\t':
	case '\r':
		return true;
	case '+':
	case '-':
		return text[strspn(text, "+-0123456789., %")] != '\0';
	default:
		return false;
	}
}

int
csv_next(struct csv *csv)
{
	size_t			starts[CSV_FIELDS], n;
	struct csv_fault	fault;
	int			r;

	if (csv->separator == '\0') {
		csv_find_separator(csv);
		if (csv->in.len >= 2 && ((unsigned char)csv->in.data[0] ^
		    (unsigned char)csv->in.data[1]) == 1 &&
		    (unsigned char)csv->in.data[0] >= 0xfe) {
			csv->over = true;
			csv->line = 1;
			return err_set(ERR_INVALID, _("the file is UTF-16; "
			    "save it as UTF-8"));
		}
	}
	if (csv->over) {
		return 0;
	}
	if (csv->json) {
		return csv_json_next(csv);
	}
	do {
		buf_clear(&csv->record);
		fault = (struct csv_fault){ 0 };
		csv->line = csv->next_line;
		csv->nfields = 0;
		r = csv_read_record(csv, &fault, starts, &n);
		if (r == -1) {
			return 0;
		}
		if (r == -2) {
			return err_sys(ERR_IO, _("cannot read the file"));
		}
		/* An empty line is no record. */
	} while (fault.code == 0 && n == 1 && csv->record.len == 0);
	if (fault.code != 0) {
		return err_set(fault.code, "%s", fault.why);
	}
	buf_add(&csv->record, "", 1);
	for (size_t i = 0; i < n; i++) {
		csv->field[i] = csv->record.data + starts[i];
		if (csv->field[i][0] == '\'' &&
		    csv_is_formula(csv->field[i])) {
			csv->field[i]++;
		}
	}
	csv->nfields = n;
	return 1;
}

void
csv_field(struct buf *out, const char *text, bool last)
{
	bool	guard = csv_is_formula(text);

	if (guard || strpbrk(text, ",;\"\r\n") != NULL || text[0] == ' ') {
		buf_str(out, guard ? "\"'" : "\"");
		for (const char *p = text; *p != '\0'; p++) {
			if (*p == '"') {
				buf_chr(out, '"');
			}
			buf_chr(out, *p);
		}
		buf_chr(out, '"');
	} else {
		buf_str(out, text);
	}
	buf_str(out, last ? "\r\n" : ",");
}
