/* SPDX-License-Identifier: ISC */
/* Templates of papers: the values, the little language, the rendering. */
#include "shop/template.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "shop/slip.h"

#define TEMPLATE_NAME	24

/* --- values --------------------------------------------------------------- */

struct value {
	char		 name[TEMPLATE_NAME];
	char		*text;		/* NULL: a list */
	struct paper	**row;
	size_t		 nrows;
};

struct paper {
	struct value		*value;
	size_t			 n, size;
	const struct paper	*up;	/* a row sees what is around it */
	unsigned char		*logo;
	int			 width, height;
};

struct paper *
paper_new(void)
{
	return xcalloc(1, sizeof(struct paper));
}

void
paper_free(struct paper *p)
{
	if (p == NULL) {
		return;
	}
	for (size_t i = 0; i < p->n; i++) {
		for (size_t k = 0; k < p->value[i].nrows; k++) {
			paper_free(p->value[i].row[k]);
		}
		free(p->value[i].row);
		free(p->value[i].text);
	}
	free(p->value);
	free(p->logo);
	free(p);
}

static struct value *
value_find(const struct paper *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++) {
		const char	*known = p->value[i].name;

		if (known[0] == name[0] && strcmp(known, name) == 0) {
			return &p->value[i];
		}
	}
	return NULL;
}

static struct value *
value_make(struct paper *p, const char *name)
{
	struct value	*v = value_find(p, name);

	if (v == NULL) {
		if (p->n == p->size) {
			p->size = p->size == 0 ? 16 : p->size * 2;
			p->value = xrealloc(p->value, p->size,
			    sizeof(*p->value));
		}
		v = &p->value[p->n++];
		*v = (struct value){ .text = NULL };
		(void)str_copy(v->name, sizeof(v->name), name);
	}
	return v;
}

void
paper_set(struct paper *p, const char *name, const char *text)
{
	struct value	*v = value_make(p, name);

	free(v->text);
	v->text = xstrdup(text);
}

void
paper_fmt(struct paper *p, const char *name, const char *fmt, ...)
{
	char	text[512];
	va_list	args;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	paper_set(p, name, text);
}

struct paper *
paper_row(struct paper *p, const char *list)
{
	struct value	*v = value_make(p, list);
	struct paper	*row = paper_new();

	v->row = xrealloc(v->row, v->nrows + 1, sizeof(*v->row));
	v->row[v->nrows++] = row;
	row->up = p;
	return row;
}

void
paper_logo(struct paper *p, int width, int height, const unsigned char *rows)
{
	size_t	n = (size_t)((width + 7) / 8) * (size_t)height;

	free(p->logo);
	p->logo = xcalloc(n, 1);
	memcpy(p->logo, rows, n);
	p->width = width;
	p->height = height;
}

static const struct value *
value_seen(const struct paper *p, const char *name)
{
	const struct value	*v = NULL;

	for (; p != NULL && v == NULL; p = p->up) {
		v = value_find(p, name);
	}
	return v;
}

static const char *
value_text(const struct paper *p, const char *name)
{
	const struct value	*v = value_seen(p, name);

	return v == NULL || v->text == NULL ? "" : v->text;
}

const char *
paper_get(const struct paper *p, const char *name)
{
	return value_text(p, name);
}

static bool
value_there(const struct paper *p, const char *name)
{
	const struct value	*v = value_seen(p, name);

	return v != NULL && (v->nrows > 0 ||
	    (v->text != NULL && v->text[0] != '\0'));
}

/* --- lines ---------------------------------------------------------------- */

enum word {
	WORD_NONE,			/* a line to print */
	WORD_COMMENT, WORD_EACH, WORD_IF, WORD_IF_NOT, WORD_ELSE, WORD_END,
	WORD_LOGO, WORD_QR, WORD_BARCODE,
};

struct line {
	enum word	word;
	char		name[TEMPLATE_NAME];	/* of a list or field */
};

/* Where we are: the text still to read, and the number of its line. */
struct cursor {
	const char	*at;
	int		 line;
};

/* The name in the `n` bytes of `text`; false: it is none. */
static bool
name_read(const char *text, size_t n, char out[static TEMPLATE_NAME])
{
	out[0] = '\0';
	if (n == 0 || n >= TEMPLATE_NAME) {
		return false;
	}
	for (size_t i = 0; i < n; i++) {
		if (!(text[i] >= 'a' && text[i] <= 'z') &&
		    !(text[i] >= '0' && text[i] <= '9') && text[i] != '_') {
			return false;
		}
	}
	memcpy(out, text, n);
	out[n] = '\0';
	return true;
}

/* The line at the cursor, without its end; false: no more. */
static bool
cursor_next(struct cursor *c, struct buf *line)
{
	size_t	n;

	if (*c->at == '\0') {
		return false;
	}
	n = strcspn(c->at, "\n");
	buf_clear(line);
	buf_add(line, c->at, n);
	while (line->len > 0 && (line->data[line->len - 1] == '\r' ||
	    line->data[line->len - 1] == ' ')) {
		line->data[--line->len] = '\0';
	}
	c->at += n + (c->at[n] == '\n');
	c->line++;
	return true;
}

static int
line_bad(const struct cursor *c, const char *why)
{
	return err_set(ERR_INVALID, _("line %d: %s"), c->line, why);
}

/* Is the whole line one {word}?  Fields alone on a line are none. */
static int
line_read(const struct cursor *c, const char *text, struct line *out)
{
	static const struct {
		const char	*word;
		enum word	 id;
		bool		 named;
	} words[] = {
		{ "each ", WORD_EACH, true }, { "if not ", WORD_IF_NOT, true },
		{ "if ", WORD_IF, true }, { "else", WORD_ELSE, false },
		{ "end", WORD_END, false }, { "logo", WORD_LOGO, false },
		{ "qr ", WORD_QR, true }, { "barcode ", WORD_BARCODE, true },
	};
	const char	*close;

	*out = (struct line){ .word = WORD_NONE };
	if (text[0] == '%') {
		out->word = WORD_COMMENT;
		return 0;
	}
	if (text[0] != '{' || (close = strchr(text, '}')) == NULL ||
	    close[1] != '\0') {
		return 0;
	}
	text++;
	for (size_t i = 0; i < NELEM(words); i++) {
		size_t	len = strlen(words[i].word);

		if (strncmp(text, words[i].word, len) != 0 ||
		    (!words[i].named && text + len != close)) {
			continue;
		}
		out->word = words[i].id;
		if (words[i].named && !name_read(text + len,
		    (size_t)(close - text) - len, out->name)) {
			return line_bad(c, _("a name is small letters, digits "
			    "and _"));
		}
		return 0;
	}
	return 0;
}

/* Skip to the {else} (if `at_else`) or {end} that closes what is open. */
static int
cursor_skip(struct cursor *c, bool at_else, bool *found_else)
{
	struct buf	text = { 0 };
	struct line	line;
	int		depth = 0, r = 0;

	*found_else = false;
	while (r == 0 && cursor_next(c, &text)) {
		if ((r = line_read(c, buf_text(&text), &line)) != 0) {
			break;
		}
		if (line.word == WORD_EACH || line.word == WORD_IF ||
		    line.word == WORD_IF_NOT) {
			depth++;
		} else if (line.word == WORD_ELSE && depth == 0 && at_else) {
			*found_else = true;
			break;
		} else if (line.word == WORD_END && depth-- == 0) {
			break;
		}
	}
	buf_done(&text);
	return r;
}

/* --- printing a line ------------------------------------------------------ */

/* `text` with its fields filled in; *fields and *filled count them.  `p` NULL
 * only checks. */
static int
fields_fill(const struct cursor *c, const char *text, const struct paper *p,
    struct buf *out, int *fields, int *filled)
{
	char	name[TEMPLATE_NAME];

	for (;;) {
		const char	*close, *from = text;

		while (*text != '\0' && *text != '\\' && *text != '{' &&
		    *text != '}') {
			text++;
		}
		buf_add(out, from, (size_t)(text - from));
		if (*text == '\0') {
			return 0;
		}
		if (*text == '\\') {
			/* The last of a line stands for itself. */
			text += text[1] != '\0';
			buf_chr(out, *text++);
			continue;
		}
		if (*text == '}') {
			return line_bad(c, _("} without {; write \\}"));
		}
		if ((close = strchr(text, '}')) == NULL) {
			return line_bad(c, _("{ without }; write \\{"));
		}
		if (!name_read(text + 1, (size_t)(close - text - 1), name)) {
			return line_bad(c, _("a name is small letters, digits "
			    "and _"));
		}
		(*fields)++;
		if (p != NULL) {
			const char	*value = value_text(p, name);

			*filled += value[0] != '\0';
			buf_str(out, value);
		}
		text = close + 1;
	}
}

/* Marks at the start of a line. */
static const char *
line_marks(const char *text, enum slip_align *align, unsigned *style)
{
	static const struct {
		char		mark;
		unsigned	style;
	} marks[] = {
		{ '*', SLIP_BOLD }, { '+', SLIP_HIGH }, { '=', SLIP_WIDE },
		{ '_', SLIP_UNDERLINE }, { '~', SLIP_SMALL },
	};

	*align = SLIP_LEFT;
	*style = 0;
	for (; *text != '\0'; text++) {
		size_t	i = 0;

		if (*text == '^') {
			*align = SLIP_CENTRE;
			continue;
		}
		if (*text == '<') {
			*align = SLIP_RIGHT;
			continue;
		}
		while (i < NELEM(marks) && marks[i].mark != *text) {
			i++;
		}
		if (i == NELEM(marks)) {
			break;
		}
		*style |= marks[i].style;
	}
	return text;
}

static bool
line_is_rule(const char *text)
{
	size_t	n = 0;

	if (text[0] == '\0' || strchr("-=.*", text[0]) == NULL) {
		return false;
	}
	while (text[n] == text[0]) {
		n++;
	}
	return n >= 3 && text[n] == '\0';
}

/* One paragraph, or as many as the fields have lines. */
static void
print_text(struct slip *out, enum slip_align align, unsigned style,
    char *text)
{
	char	*save = NULL;

	for (char *line = strtok_r(text, "\n", &save); line != NULL;
	    line = strtok_r(NULL, "\n", &save)) {
		slip_text(out, align, style, line);
	}
}

static void
trim(char *text)
{
	size_t	n = strlen(text), lead = strspn(text, " ");

	while (n > lead && text[n - 1] == ' ') {
		text[--n] = '\0';
	}
	memmove(text, text + lead, n - lead + 1);
}

/* "left >> right" */
static int
print_columns(const struct cursor *c, const char *text, const char *arrow,
    unsigned style, const struct paper *p, struct slip *out)
{
	struct buf	left = { 0 }, right = { 0 };
	char		*half = xasprintf("%.*s", (int)(arrow - text), text);
	int		 fields = 0, filled = 0, r;

	/* Blanks before the arrow are the template's, those in front are the
	 * paper's. */
	for (size_t n = strlen(half); n > 0 && half[n - 1] == ' '; n--) {
		half[n - 1] = '\0';
	}
	if ((r = fields_fill(c, half, p, &left, &fields, &filled)) == 0 &&
	    (r = fields_fill(c, arrow + 2 + strspn(arrow + 2, " "), p, &right,
	    &fields, &filled)) == 0 && out != NULL &&
	    (fields == 0 || filled > 0)) {
		slip_columns(out, style, buf_text(&left), buf_text(&right));
	}
	free(half);
	buf_done(&left);
	buf_done(&right);
	return r;
}

/* "| a | b:8 | c:7" */
static int
print_row(const struct cursor *c, const char *text, unsigned style,
    const struct paper *p, struct slip *out)
{
	struct buf	 cell[SLIP_CELLS] = { { 0 } };
	const char	*cells[SLIP_CELLS];
	int		 width[SLIP_CELLS];
	char		*own = xstrdup(text + 1), *save = NULL;
	int		 n = 0, rest = 0, fields = 0, filled = 0, r = 0;

	for (char *part = strtok_r(own, "|", &save); part != NULL && r == 0;
	    part = strtok_r(NULL, "|", &save)) {
		char	*colon;
		int64_t	 columns = 0;

		if (n == SLIP_CELLS) {
			r = line_bad(c, _("a row has at most 6 cells"));
			break;
		}
		trim(part);
		colon = strrchr(part, ':');
		if (colon != NULL && str_to_i64(colon + 1, 1, 99,
		    &columns) == 0) {
			*colon = '\0';
			trim(part);
		}
		rest += columns == 0;
		width[n] = (int)columns;
		r = fields_fill(c, part, p, &cell[n], &fields, &filled);
		cells[n] = buf_text(&cell[n]);
		n++;
	}
	if (r == 0 && (n == 0 || rest != 1)) {
		r = line_bad(c, _("all cells of a row but one have a width, "
		    "as in {net}:8"));
	}
	if (r == 0 && out != NULL && (fields == 0 || filled > 0)) {
		slip_row(out, style, (size_t)n, width, cells);
	}
	for (int i = 0; i < n; i++) {
		buf_done(&cell[i]);
	}
	free(own);
	return r;
}

/* `out` NULL only checks. */
static int
print_line(const struct cursor *c, const char *text, const struct paper *p,
    struct slip *out)
{
	enum slip_align	 align;
	unsigned	 style;
	struct buf	 full = { 0 };
	const char	*arrow;
	int		 fields = 0, filled = 0, r;

	if (text[0] == '\0' || line_is_rule(text)) {
		if (out != NULL && text[0] == '\0') {
			slip_feed(out, 1);
		} else if (out != NULL) {
			slip_rule(out, text[0]);
		}
		return 0;
	}
	text = line_marks(text, &align, &style);
	if (text[0] == '|') {
		return print_row(c, text, style, p, out);
	}
	if ((arrow = strstr(text, ">>")) != NULL) {
		return print_columns(c, text, arrow, style, p, out);
	}
	r = fields_fill(c, text, p, &full, &fields, &filled);
	if (r == 0 && out != NULL && full.len > 0 &&
	    (fields == 0 || filled > 0)) {
		print_text(out, align, style, full.data);
	}
	buf_done(&full);
	return r;
}

/* A paper is for somebody who waits: what cannot be a code is text. */
static void
print_code(const struct line *line, const struct paper *p, struct slip *out)
{
	const char	*text = value_text(p, line->name);
	int		 r;

	if (text[0] == '\0') {
		return;
	}
	if (line->word == WORD_QR) {
		r = slip_qr(out, 5, 'M', text);
	} else {
		r = strlen(text) == 13 && strspn(text, "0123456789") == 13 ?
		    slip_ean13(out, text) : slip_code128(out, text);
	}
	if (r != 0) {
		slip_text(out, SLIP_CENTRE, 0, text);
	}
}

static int
print_logo(const struct paper *p, struct slip *out)
{
	while (p != NULL && p->logo == NULL) {
		p = p->up;
	}
	return p == NULL ? 0 : slip_logo(out, p->width, p->height, p->logo);
}

/* --- the whole ------------------------------------------------------------ */

static int render(struct cursor *c, const struct paper *p, struct slip *out,
	    int depth);

static int
render_each(struct cursor *c, const char *name, const struct paper *p,
    struct slip *out, int depth)
{
	const struct value	*v = value_seen(p, name);
	struct cursor		 start = *c;
	bool			 other;
	int			 r = 0;

	if (v == NULL || v->nrows == 0) {
		return cursor_skip(c, false, &other);
	}
	for (size_t i = 0; i < v->nrows && r == 0; i++) {
		*c = start;
		r = render(c, v->row[i], out, depth + 1);
	}
	return r;
}

static int
render_if(struct cursor *c, bool yes, const struct paper *p,
    struct slip *out, int depth)
{
	bool	other = true;
	int	r;

	if (!yes && ((r = cursor_skip(c, true, &other)) != 0 || !other)) {
		return r;
	}
	return render(c, p, out, depth + 1);
}

/* Up to the {end} that closes what was opened at this depth. */
static int
render(struct cursor *c, const struct paper *p, struct slip *out, int depth)
{
	struct buf	text = { 0 };
	struct line	line;
	bool		other;
	int		r = 0;

	while (r == 0 && cursor_next(c, &text)) {
		if ((r = line_read(c, buf_text(&text), &line)) != 0) {
			break;
		}
		if (line.word == WORD_END) {
			break;
		}
		switch (line.word) {
		case WORD_NONE:
			r = print_line(c, buf_text(&text), p, out);
			break;
		case WORD_EACH:
			r = render_each(c, line.name, p, out, depth);
			break;
		case WORD_IF:
		case WORD_IF_NOT:
			r = render_if(c, value_there(p, line.name) ==
			    (line.word == WORD_IF), p, out, depth);
			break;
		case WORD_ELSE:
			/* The branch before it was taken. */
			r = cursor_skip(c, false, &other);
			goto out;
		case WORD_LOGO:
			r = print_logo(p, out);
			break;
		case WORD_QR:
		case WORD_BARCODE:
			print_code(&line, p, out);
			break;
		case WORD_COMMENT:
		case WORD_END:
			break;
		}
	}
out:
	buf_done(&text);
	return r;
}

/* What opens and closes, as it stands in the text. */
static int
check_block(const struct cursor *c, enum word word, enum word *open,
    int *depth)
{
	switch (word) {
	case WORD_EACH:
	case WORD_IF:
	case WORD_IF_NOT:
		if (*depth == TEMPLATE_DEPTH) {
			return line_bad(c, _("too many {each} and {if} inside "
			    "each other"));
		}
		open[(*depth)++] = word;
		return 0;
	case WORD_ELSE:
		if (*depth == 0 || open[*depth - 1] == WORD_EACH ||
		    open[*depth - 1] == WORD_ELSE) {
			return line_bad(c, _("{else} without {if}"));
		}
		open[*depth - 1] = WORD_ELSE;
		return 0;
	case WORD_END:
		if (*depth == 0) {
			return line_bad(c, _("{end} without {each} or {if}"));
		}
		(*depth)--;
		return 0;
	default:
		return 0;
	}
}

int
template_check(const char *text, int *line)
{
	struct cursor	c = { .at = text };
	struct buf	row = { 0 };
	struct line	read;
	enum word	open[TEMPLATE_DEPTH];
	int		depth = 0, r = 0;

	*line = 0;
	if (strlen(text) > TEMPLATE_MAX) {
		return err_set(ERR_TOO_LONG, _("a template has at most %d "
		    "bytes"), TEMPLATE_MAX);
	}
	while (r == 0 && cursor_next(&c, &row)) {
		if ((r = line_read(&c, buf_text(&row), &read)) == 0 &&
		    read.word == WORD_NONE) {
			r = print_line(&c, buf_text(&row), NULL, NULL);
		} else if (r == 0) {
			r = check_block(&c, read.word, open, &depth);
		}
	}
	if (r == 0 && depth > 0) {
		r = line_bad(&c, _("{end} is missing"));
	}
	if (r != 0) {
		*line = c.line;
	}
	buf_done(&row);
	return r;
}

int
template_render(const char *text, const struct paper *p, struct slip *out)
{
	struct cursor	c = { .at = text };

	return render(&c, p, out, 0);
}
