/* SPDX-License-Identifier: ISC */
/* A JSON array of flat objects, read as the records of a CSV (RFC 8259). */
#include "base/csv.h"

#include <string.h>

#include "base/utf8.h"

/* The file cannot be read on: one line says so, and it ends. */
static int
json_broken(struct csv *csv, const char *why)
{
	csv->over = true;
	csv->line = csv->next_line;
	csv->nfields = 0;
	return err_set(ERR_INVALID, _("no JSON from here on: %s"), why);
}

/* The next byte that is no blank; lines are counted. */
static int
json_byte(struct csv *csv)
{
	int	c;

	do {
		c = csv_byte(csv);
		csv->next_line += c == '\n';
	} while (c == ' ' || c == '\t' || c == '\r' || c == '\n');
	return c;
}

static int
json_look(struct csv *csv)
{
	int	c = json_byte(csv);

	if (c >= 0) {
		csv->at--;
	}
	return c;
}

/* Into csv->record behind `start`; what is too long is passed over. */
static void
json_put(struct csv *csv, size_t start, const char *bytes, size_t n,
    bool *wide)
{
	if (csv->record.len - start + n > CSV_FIELD_MAX) {
		*wide = true;
	} else {
		buf_add(&csv->record, bytes, n);
	}
}

static int
json_hex(struct csv *csv, uint32_t *out)
{
	*out = 0;
	for (int i = 0; i < 4; i++) {
		static const char	digits[] = "0123456789abcdef";
		int			c = csv_byte(csv);
		const char		*at;

		if (c <= 0 || (at = strchr(digits, c >= 'A' && c <= 'F' ?
		    c + 32 : c)) == NULL) {
			return json_broken(csv, _("\\u wants four digits"));
		}
		*out = *out << 4 | (uint32_t)(at - digits);
	}
	return 0;
}

/* Behind a backslash. */
static int
json_escape(struct csv *csv, size_t start, bool *wide)
{
	static const char	names[] = "\"\\/bfnrt";
	static const char	bytes[] = "\"\\/\b\f\n\r\t";
	int			c = csv_byte(csv), r;
	const char		*at = c > 0 ? strchr(names, c) : NULL;
	uint32_t		point, low;
	char			enc[5];

	if (at != NULL) {
		json_put(csv, start, bytes + (at - names), 1, wide);
		return 0;
	}
	if (c != 'u') {
		return json_broken(csv, _("a backslash before nothing known"));
	}
	if ((r = json_hex(csv, &point)) != 0) {
		return r;
	}
	if (point >= 0xd800 && point < 0xdc00) {
		if (csv_byte(csv) != '\\' || csv_byte(csv) != 'u') {
			return json_broken(csv, _("half a character"));
		}
		if ((r = json_hex(csv, &low)) != 0) {
			return r;
		}
		point = 0x10000 + ((point - 0xd800) << 10) +
		    ((low - 0xdc00) & 0x3ff);
	}
	if (point == 0) {
		return json_broken(csv, _("a NUL byte"));
	}
	json_put(csv, start, enc, utf8_put(point, enc), wide);
	return 0;
}

/* Behind its first quote. */
static int
json_string(struct csv *csv, size_t start, bool *wide)
{
	for (;;) {
		int	c = csv_byte(csv), r;
		char	byte = (char)c;

		if (c == -2) {
			return err_sys(ERR_IO, _("cannot read the file"));
		}
		if (c == -1) {
			return json_broken(csv, _("a quote is never closed"));
		}
		if (c == '"') {
			return 0;
		}
		if (c < 0x20) {
			return json_broken(csv, _("a control character in a "
			    "text"));
		}
		if (c == '\\') {
			if ((r = json_escape(csv, start, wide)) != 0) {
				return r;
			}
		} else {
			json_put(csv, start, &byte, 1, wide);
		}
	}
}

static bool
json_word(struct csv *csv, const char *rest)
{
	for (; *rest != '\0'; rest++) {
		if (csv_byte(csv) != *rest) {
			return false;
		}
	}
	return true;
}

/* [ "a", "b" ] as "a b", behind its bracket. */
static int
json_list(struct csv *csv, size_t start, bool *wide)
{
	int	c = json_byte(csv), r;

	if (c == ']') {
		return 0;
	}
	while (c == '"') {
		if ((r = json_string(csv, start, wide)) != 0) {
			return r;
		}
		if ((c = json_byte(csv)) == ']') {
			return 0;
		}
		if (c != ',') {
			break;
		}
		json_put(csv, start, " ", 1, wide);
		c = json_byte(csv);
	}
	return json_broken(csv, _("a list here is one of texts"));
}

static int
json_value(struct csv *csv, size_t start, bool *wide, bool *number)
{
	int	c = json_byte(csv);

	*number = false;
	switch (c) {
	case '"':
		return json_string(csv, start, wide);
	case '[':
		return json_list(csv, start, wide);
	case 't':
		json_put(csv, start, "yes", 3, wide);
		return json_word(csv, "rue") ? 0 : json_broken(csv,
		    _("an unknown word"));
	case 'f':
		json_put(csv, start, "no", 2, wide);
		return json_word(csv, "alse") ? 0 : json_broken(csv,
		    _("an unknown word"));
	case 'n':
		return json_word(csv, "ull") ? 0 : json_broken(csv,
		    _("an unknown word"));
	default:
		break;
	}
	if (c < 0 || strchr("-0123456789", c) == NULL) {
		return json_broken(csv, c < 0 ? _("the file ends too early") :
		    _("a value is missing"));
	}
	*number = true;
	do {
		char	byte = (char)c;

		json_put(csv, start, &byte, 1, wide);
		c = csv_peek(csv);
		if (c < 0 || strchr("+-.eE0123456789", c) == NULL) {
			return 0;
		}
		(void)csv_byte(csv);
	} while (true);
}

/* The place of a key; the keys of the first object are those of all. */
static int
json_key(struct csv *csv, const char *name, size_t *at)
{
	for (*at = 0; *at < csv->nkeys; (*at)++) {
		if (strcmp(csv->keys.data + csv->key[*at], name) == 0) {
			return 0;
		}
	}
	if (csv->stage != CSV_JSON_NEW) {
		return err_set(ERR_INVALID, _("\"%.30s\" is not in the first "
		    "object"), name);
	}
	if (csv->nkeys == CSV_FIELDS) {
		return err_set(ERR_TOO_LONG, _("too many columns"));
	}
	csv->key[csv->nkeys++] = csv->keys.len;
	buf_add(&csv->keys, name, strlen(name) + 1);
	return 0;
}

/* Something wrong with the content; the object is read on. */
static void
json_fault(struct csv *csv, int code, const char *why)
{
	if (csv->fault == 0) {
		csv->fault = code;
		(void)str_copy(csv->why, sizeof(csv->why), why);
	}
}

/* One "key": value. */
static int
json_member(struct csv *csv)
{
	size_t	mark = csv->record.len, at;
	bool	wide = false, number;
	int	r, found;

	if (json_byte(csv) != '"') {
		return json_broken(csv, _("a key is missing"));
	}
	if ((r = json_string(csv, mark, &wide)) != 0) {
		return r;
	}
	buf_add(&csv->record, "", 1);
	found = json_key(csv, csv->record.data + mark, &at);
	if (found != 0) {
		json_fault(csv, found, err_text(found));
		at = 0;
	}
	if (json_byte(csv) != ':') {
		return json_broken(csv, _("a colon is missing"));
	}
	mark = csv->record.len;
	if ((r = json_value(csv, mark, &wide, &number)) != 0) {
		return r;
	}
	buf_add(&csv->record, "", 1);
	if (wide) {
		json_fault(csv, ERR_TOO_LONG,
		    _("a field is longer than 4096 bytes"));
	}
	if (found == 0) {
		if (csv->value[at] != 0) {
			json_fault(csv, ERR_INVALID, _("a key stands twice"));
		}
		csv->value[at] = mark;
		csv->number[at] = number;
	}
	return 0;
}

/* Behind its brace. */
static int
json_object(struct csv *csv)
{
	int	c = json_look(csv), r;

	if (c == '}') {
		(void)json_byte(csv);
		return 0;
	}
	do {
		if ((r = json_member(csv)) != 0) {
			return r;
		}
		c = json_byte(csv);
	} while (c == ',');
	return c == '}' ? 0 : json_broken(csv, c < 0 ?
	    _("the file ends too early") : _("a comma is missing"));
}

/* The comma or bracket before an object; 1: there is one. */
static int
json_between(struct csv *csv)
{
	int	c = json_byte(csv);

	if (c == '[' && csv->stage == CSV_JSON_NEW) {
		if ((c = json_byte(csv)) == '{') {
			return 1;
		}
	} else if (c == ',') {
		return json_byte(csv) == '{' ? 1 :
		    json_broken(csv, _("an object is missing"));
	}
	if (c == ']') {
		csv->over = true;
		return json_byte(csv) == -1 ? 0 :
		    json_broken(csv, _("something behind the list"));
	}
	return json_broken(csv, c < 0 ? _("the file ends too early") :
	    _("a comma is missing"));
}

/* Their texts as the record's fields; 0 is none and shows the NUL that begins
 * the buffer. */
static int
json_fields(struct csv *csv, char *data, const size_t *at)
{
	for (size_t i = 0; i < csv->nkeys; i++) {
		csv->field[i] = data + at[i];
	}
	csv->nfields = csv->nkeys;
	return 1;
}

static int
json_values(struct csv *csv)
{
	csv->stage = CSV_JSON_ON;
	return csv->fault != 0 ? err_set(csv->fault, "%s", csv->why) :
	    json_fields(csv, csv->record.data, csv->value);
}

int
csv_json_next(struct csv *csv)
{
	int	r;

	csv->nfields = 0;
	if (csv->stage == CSV_JSON_KEYS) {
		return json_values(csv);
	}
	buf_clear(&csv->record);
	buf_add(&csv->record, "", 1);
	memset(csv->number, 0, sizeof(csv->number));
	memset(csv->value, 0, sizeof(csv->value));
	csv->fault = 0;
	if ((r = json_between(csv)) <= 0) {
		return r;
	}
	csv->line = csv->next_line;
	if ((r = json_object(csv)) != 0) {
		return r;
	}
	if (csv->stage == CSV_JSON_ON) {
		return json_values(csv);
	}
	csv->stage = CSV_JSON_KEYS;
	return json_fields(csv, csv->keys.data, csv->key);
}
