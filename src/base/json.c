/* SPDX-License-Identifier: ISC */
/* A JSON writer that cannot forget a comma (RFC 8259). */
#include "base/json.h"

#include "base/mem.h"
#include "base/utf8.h"

static void
json_value(struct json *j)
{
	if (j->after_key) {
		j->after_key = false;
		return;
	}
	if (j->comma[j->depth]) {
		buf_chr(j->out, ',');
	}
	j->comma[j->depth] = true;
}

static void
json_open(struct json *j, char c)
{
	json_value(j);
	if (j->depth + 1 >= JSON_DEPTH) {
		fatal("JSON nested too deep");
	}
	j->comma[++j->depth] = false;
	buf_chr(j->out, c);
}

static void
json_close(struct json *j, char c)
{
	j->depth--;
	buf_chr(j->out, c);
}

void
json_array(struct json *j)
{
	json_open(j, '[');
}

void
json_object(struct json *j)
{
	json_open(j, '{');
}

void
json_end_array(struct json *j)
{
	json_close(j, ']');
}

void
json_end_object(struct json *j)
{
	json_close(j, '}');
}

static void
json_string(struct json *j, const char *text)
{
	uint32_t	c;

	buf_chr(j->out, '"');
	while ((c = utf8_next(&text)) != 0) {
		char	enc[5];

		if (c == '"' || c == '\\') {
			buf_chr(j->out, '\\');
			buf_chr(j->out, (char)c);
		} else if (c == '\n') {
			buf_str(j->out, "\\n");
		} else if (c == '\t') {
			buf_str(j->out, "\\t");
		} else if (c < 0x20 || c == 0x7f) {
			buf_fmt(j->out, "\\u%04x", (unsigned)c);
		} else {
			buf_add(j->out, enc, utf8_put(c, enc));
		}
	}
	buf_chr(j->out, '"');
}

void
json_key(struct json *j, const char *key)
{
	json_value(j);
	json_string(j, key);
	buf_chr(j->out, ':');
	j->after_key = true;
}

void
json_text(struct json *j, const char *text)
{
	if (text == NULL) {
		json_null(j);
		return;
	}
	json_value(j);
	json_string(j, text);
}

void
json_i64(struct json *j, int64_t v)
{
	json_value(j);
	buf_fmt(j->out, "%lld", (long long)v);
}

void
json_bool(struct json *j, bool v)
{
	json_value(j);
	buf_str(j->out, v ? "true" : "false");
}

void
json_null(struct json *j)
{
	json_value(j);
	buf_str(j->out, "null");
}
