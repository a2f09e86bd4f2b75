/* SPDX-License-Identifier: ISC */
/* All combinations of sizes and colours at once. */
#include "shop/variant_part.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "shop/product_part.h"

#define MAKE_FOLDED	(3 * VARIANT_VALUE)
#define MAKE_TRIES	(2 * VARIANT_MADE)

struct make_value {
	char	word[VARIANT_VALUE];		/* "Blue" */
	char	folded[MAKE_FOLDED];		/* "blue": equal is the same */
	char	code[VARIANT_VALUE];		/* "BLUE" */
	int64_t	delta;
};
struct make_axis {
	char			 name[VARIANT_VALUE];
	struct make_value	*value;
	size_t			 n;
};
struct make {
	struct shop		 *shop;
	unsigned		  how;
	struct product		  template;
	struct variant_set	  set;		/* those that are there */
	struct make_axis	  axis[VARIANT_AXES];
	const struct variant	**has;		/* of each combination */
	char			  axes[2 * VARIANT_VALUE];	/* "" named */
};

/* --- words ---------------------------------------------------------------- */

static int
make_many(size_t n)
{
	return n <= VARIANT_MADE ? 0 : err_set(ERR_RANGE,
	    _("%zu variants; at most %d can be made at once"), n,
	    VARIANT_MADE);
}

/* A piece of a text without the blanks around it; false: empty, too long. */
static bool
make_word(const char *text, size_t n, char *out, size_t size)
{
	while (n > 0 && *text == ' ') {
		text++;
		n--;
	}
	while (n > 0 && text[n - 1] == ' ') {
		n--;
	}
	return str_fmt(out, size, "%.*s", (int)n, text) && n > 0 &&
	    utf8_is_clean(out);
}

/* "bleu nuit" is BLEU-NUIT; where no letter is left of it, its number. */
static void
make_value_code(struct make_value *v, size_t number)
{
	size_t	n = 0;

	for (const char *s = v->folded; *s != '\0' &&
	    n + 1 < sizeof(v->code); s++) {
		unsigned char	c = (unsigned char)*s;

		if (c < 0x80 && isalnum(c)) {
			v->code[n++] = (char)toupper(c);
		} else if (n > 0 && v->code[n - 1] != '-') {
			v->code[n++] = '-';
		}
	}
	while (n > 0 && v->code[n - 1] == '-') {
		n--;
	}
	v->code[n] = '\0';
	if (n == 0) {
		(void)str_fmt(v->code, sizeof(v->code), "%zu", number);
	}
}

/* "Blue" or "Blue:+2.00", in place; n bytes. */
static int
make_value(struct shop *shop, struct make_axis *axis, const char *text,
    size_t n)
{
	struct make_value	*v = &axis->value[axis->n];
	const char		*colon = memchr(text, ':', n);
	size_t			 word = colon == NULL ? n :
				    (size_t)(colon - text);
	char			 amount[MONEY_TEXT];
	bool			 sign;
	int			 r;

	if (!make_word(text, word, v->word, sizeof(v->word)) ||
	    !utf8_fold(v->folded, sizeof(v->folded), v->word)) {
		return err_set(ERR_INVALID, _("%s: a value is missing or too "
		    "long: \"%.*s\""), axis->name, (int)n, text);
	}
	for (size_t i = 0; i < axis->n; i++) {
		if (strcmp(axis->value[i].folded, v->folded) == 0) {
			return err_set(ERR_INVALID, _("%s: %s is there "
			    "twice"), axis->name, v->word);
		}
	}
	make_value_code(v, ++axis->n);
	if (colon == NULL) {
		return 0;
	}
	if (!make_word(colon + 1, n - word - 1, amount, sizeof(amount))) {
		return err_set(ERR_INVALID, _("%s: no amount behind \"%s:\""),
		    axis->name, v->word);
	}
	sign = amount[0] == '+' || amount[0] == '-';
	r = money_parse(&shop->money, amount + (sign ? 1 : 0), false,
	    &v->delta);
	v->delta = amount[0] == '-' ? -v->delta : v->delta;
	return r;
}

/* "Blue:+2,00": what stands behind the comma would be a value of its own. */
static bool
make_is_cents(struct shop *shop, const char *text, size_t n, const char *next)
{
	return shop->money.digits > 0 && *next == ',' &&
	    memchr(text, ':', n) != NULL && memchr(text, '.', n) == NULL &&
	    strspn(next + 1, "0123456789") == (size_t)shop->money.digits &&
	    strchr(",", next[1 + shop->money.digits]) != NULL;
}

/* "Colour=Red,Blue:+2.00" */
static int
make_axis(struct shop *shop, const char *text, struct make_axis *axis)
{
	const char	*equal = strchr(text, '='), *s;
	char		 mark[2] = ",";
	size_t		 n = 1;
	int		 r;

	if (equal == NULL || !make_word(text, (size_t)(equal - text),
	    axis->name, sizeof(axis->name)) ||
	    strchr(axis->name, '|') != NULL) {
		return err_set(ERR_INVALID, _("\"%s\": write what differs and "
		    "its values: Size=S,M,L"), text);
	}
	mark[0] = strchr(equal, ';') != NULL ? ';' : ',';
	for (s = equal; *s != '\0'; s++) {
		n += *s == mark[0] ? 1 : 0;
	}
	if ((r = make_many(n)) != 0) {
		return r;
	}
	axis->value = xcalloc(n, sizeof(*axis->value));
	for (s = equal + 1; r == 0; s += n + 1) {
		n = strcspn(s, mark);
		if (make_is_cents(shop, s, n, s + n)) {
			return err_set(ERR_INVALID, _("%s: write amounts with "
			    "a point, or a ; between the values"),
			    axis->name);
		}
		if ((r = make_value(shop, axis, s, n)) != 0 ||
		    s[n] == '\0') {
			break;
		}
	}
	return r;
}

/* --- what is there -------------------------------------------------------- */

static bool
make_same(const char *word, const char *folded)
{
	char	other[MAKE_FOLDED];

	return utf8_fold(other, sizeof(other), word) &&
	    strcmp(other, folded) == 0;
}

/* Which of the values it is, written as it was before; n: none of them. */
static size_t
make_find(struct make_axis *axis, const char *word)
{
	size_t	i;

	for (i = 0; i < axis->n; i++) {
		if (make_same(word, axis->value[i].folded)) {
			(void)str_copy(axis->value[i].word,
			    sizeof(axis->value[i].word), word);
			break;
		}
	}
	return i;
}

/* The template's variants differ in just these, in this order. */
static bool
make_fits(const struct make *m, size_t naxes)
{
	char	folded[MAKE_FOLDED];

	for (size_t i = 0; i < m->set.naxes && i < naxes; i++) {
		if (!utf8_fold(folded, sizeof(folded), m->axis[i].name) ||
		    !make_same(m->set.axis[i], folded)) {
			return false;
		}
	}
	for (size_t i = 0; i < m->set.n; i++) {
		if ((m->set.variant[i].value[1][0] != '\0') != (naxes > 1)) {
			return false;
		}
	}
	return m->set.naxes == 0 || m->set.naxes == naxes;
}

static int
make_load(struct make *m, const char *template, size_t naxes)
{
	size_t	width = naxes > 1 ? m->axis[1].n : 1;
	int	r;

	if ((r = product_find(m->shop, template, &m->template)) != 0 ||
	    (r = variant_load(m->shop, m->template.id, &m->set)) != 0) {
		return r;
	}
	if (!make_fits(m, naxes)) {
		return err_set(ERR_INVALID, _("the variants of %s differ in "
		    "something else; product variant list %s shows them"),
		    m->template.name, m->template.code);
	}
	if (m->set.naxes == 0) {
		(void)str_fmt(m->axes, sizeof(m->axes), "%s%s%s",
		    m->axis[0].name, naxes > 1 ? "|" : "", m->axis[1].name);
	}
	m->has = xcalloc(m->axis[0].n * width, sizeof(const struct variant *));
	for (size_t i = 0; i < m->set.n; i++) {
		const struct variant	*v = &m->set.variant[i];
		size_t			 a = make_find(&m->axis[0],
					    v->value[0]);
		size_t			 b = naxes > 1 ?
					    make_find(&m->axis[1],
					    v->value[1]) : 0;

		if (a < m->axis[0].n && b < width) {
			m->has[a * width + b] = v;
		}
	}
	return 0;
}

/* --- what is not ---------------------------------------------------------- */

/* Values shortened alike until they fit behind the template's code; then with
 * a number, where somebody has that. */
static int
make_code(struct make *m, const struct make_value *first,
    const struct make_value *second, char out[static PRODUCT_CODE])
{
	char	code[PRODUCT_CODE + 2 * VARIANT_VALUE], number[24] = "";
	int64_t	id;
	size_t	room;
	int	r;

	for (int most = VARIANT_VALUE; most > 0; most--) {
		(void)str_fmt(code, sizeof(code), "%s-%.*s%s%.*s",
		    m->template.code, most, first->code,
		    second == NULL ? "" : "-", most,
		    second == NULL ? "" : second->code);
		if (strlen(code) < PRODUCT_CODE) {
			break;
		}
	}
	for (int i = 2; i < MAKE_TRIES; i++) {
		room = strlen(code);
		if (room + strlen(number) >= PRODUCT_CODE) {
			room = PRODUCT_CODE - 1 - strlen(number);
		}
		while (number[0] != '\0' && room > 0 &&
		    code[room - 1] == '-') {
			room--;		/* the number has one */
		}
		(void)str_fmt(out, PRODUCT_CODE, "%.*s%s", (int)room, code,
		    number);
		if ((r = product_id_of(m->shop, out, &id)) != 0) {
			return r == ERR_NOT_FOUND ? 0 : r;
		}
		(void)str_fmt(number, sizeof(number), "-%d", i);
	}
	return err_set(ERR_EXISTS, _("%s is taken, and so is what would come "
	    "behind it"), code);
}

/* Inside the transaction; fills `v`. */
static int
make_new(struct make *m, const struct make_value *first,
    const struct make_value *second, struct variant *v,
    char barcode[static 14])
{
	struct variant_row	row = {
		.axes = m->axes, .code = v->code, .first = first->word,
		.second = second == NULL ? "" : second->word,
		.delta = first->delta + (second == NULL ? 0 : second->delta),
	};
	struct product		p;
	int			r;

	if ((r = make_code(m, first, second, v->code)) != 0 ||
	    (r = variant_new(m->shop, &row, &m->template, &p)) != 0 ||
	    (r = variant_link(m->shop, &row, &m->template, &p)) != 0 ||
	    ((m->how & VARIANT_BARCODE) != 0 &&
	    (r = product_barcode_give(m->shop, p.id, 0, barcode)) != 0)) {
		return r;
	}
	m->axes[0] = '\0';
	v->product = p.id;
	v->delta = row.delta;
	v->price = p.price;
	(void)str_copy(v->value[0], sizeof(v->value[0]), row.first);
	(void)str_copy(v->value[1], sizeof(v->value[1]), row.second);
	return 0;
}

/* Inside the transaction. */
static int
make_all(struct make *m, size_t naxes,
    int (*fn)(void *ctx, const struct variant *v, const char *barcode,
    bool fresh), void *ctx, int64_t *made)
{
	size_t	width = naxes > 1 ? m->axis[1].n : 1;
	int	r = 0;

	for (size_t i = 0; i < m->axis[0].n * width && r == 0; i++) {
		const struct make_value	*second = naxes > 1 ?
					    &m->axis[1].value[i % width] :
					    NULL;
		struct variant		 v = { .active = true };
		char			 barcode[14] = "";

		if (m->has[i] != NULL) {
			r = fn(ctx, m->has[i], "", false);
			continue;
		}
		if ((r = make_new(m, &m->axis[0].value[i / width], second, &v,
		    barcode)) == 0) {
			(*made)++;
			r = fn(ctx, &v, barcode, true);
		}
	}
	return r;
}

static int
make_read(struct make *m, const char *const *attribute, size_t n)
{
	size_t	all = 1;
	int	r;

	if (n == 0 || n > VARIANT_AXES) {
		return err_set(ERR_INVALID, _("variants differ in one thing "
		    "or two: Size=S,M,L Colour=Red,Blue"));
	}
	for (size_t i = 0; i < n; i++) {
		if ((r = make_axis(m->shop, attribute[i],
		    &m->axis[i])) != 0) {
			return r;
		}
		all *= m->axis[i].n;
	}
	return make_many(all);
}

int
variant_make(struct shop *shop, const char *template,
    const char *const *attribute, size_t n, unsigned how,
    int (*fn)(void *ctx, const struct variant *v, const char *barcode,
    bool fresh), void *ctx, int64_t *made)
{
	struct make	m = { .shop = shop, .how = how };
	int		r;

	*made = 0;
	if ((r = shop_require(shop, RIGHT_PRODUCT)) != 0 ||
	    (r = make_read(&m, attribute, n)) != 0 ||
	    (r = db_begin_large(shop->db, "variants")) != 0) {
		goto out;
	}
	if ((r = make_load(&m, template, n)) != 0 ||
	    (r = make_all(&m, n, fn, ctx, made)) != 0 ||
	    (how & VARIANT_DRY) != 0) {
		db_rollback(shop->db);
		goto out;
	}
	if (*made > 0) {
		db_topic(shop->db, "product");
	}
	r = db_commit(shop->db);
out:
	if (r != 0) {
		*made = 0;
	}
	variant_done(&m.set);
	free(m.has);
	free(m.axis[0].value);
	free(m.axis[1].value);
	return r;
}
