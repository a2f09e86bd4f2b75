/* SPDX-License-Identifier: ISC */
/* pack …, barcode …, category …, brand …, and copies and ends of products. */
#include "cli/command.h"

#include <stdlib.h>
#include <string.h>

#include "shop/catalogue.h"
#include "shop/mass.h"

static int
run_product_copy(struct call *call)
{
	const char	*name = call_arg(call, 2);
	struct product	 p;
	int64_t		 copy;
	int		 r;

	if ((r = product_find(call->shop, call_arg(call, 0), &p)) != 0 ||
	    (r = product_copy(call->shop, p.id, call_arg(call, 1),
	    name == NULL ? "" : name, &copy)) != 0) {
		return r;
	}
	call_say(call, _("product %s added, like %s"), call_arg(call, 1),
	    p.code);
	return 0;
}

static int
catalogue_archive(struct call *call, bool archive)
{
	struct product	p;
	int64_t		n;
	int		r;

	if ((r = product_find(call->shop, call_arg(call, 0), &p)) != 0 ||
	    (r = product_archive(call->shop, p.id, archive, &n)) != 0) {
		return r;
	}
	call_say(call, archive ? ngettext("%lld product is no longer sold",
	    "%lld products are no longer sold", (unsigned long)n) :
	    ngettext("%lld product is sold again",
	    "%lld products are sold again", (unsigned long)n), (long long)n);
	return 0;
}

static int
run_product_archive(struct call *call)
{
	return catalogue_archive(call, true);
}

static int
run_product_restore(struct call *call)
{
	return catalogue_archive(call, false);
}

static int
history_row(void *ctx, const struct price_change *c)
{
	struct out	*o = ctx;

	out_int(o, c->at);
	out_int(o, c->old);
	out_int(o, c->price);
	out_text(o, c->who);
	return 0;
}

static int
run_product_prices(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "at", N_("time"), VALUE_TIME },
		{ "old_price", N_("before"), VALUE_MONEY },
		{ "price", N_("price"), VALUE_MONEY },
		{ "user", N_("user"), VALUE_TEXT },
	};
	struct product	p;
	int		r = product_find(call->shop, call_arg(call, 0), &p);

	if (r != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	r = product_price_history(call->shop, p.id, 0, history_row,
	    &call->out);
	return r != 0 ? r : out_end(&call->out);
}

/* --- packs and barcodes -------------------------------------------------- */

static int
run_pack_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "name", N_("pack"), VALUE_TEXT },
		{ "qty", N_("holds"), VALUE_QTY },
		{ "unit", N_("unit"), VALUE_TEXT },
		{ "barcodes", N_("barcodes"), VALUE_TEXT },
	};
	struct product	 p;
	struct pack	*rows;
	size_t		 n;
	int		 r;

	if ((r = product_find(call->shop, call_arg(call, 0), &p)) != 0 ||
	    (r = pack_list(call->shop, p.id, &rows, &n)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	for (size_t i = 0; i < n; i++) {
		out_text(&call->out, rows[i].name);
		out_int(&call->out, rows[i].qty);
		out_text(&call->out, p.unit);
		out_text(&call->out, rows[i].codes);
	}
	free(rows);
	return out_end(&call->out);
}

static int
run_pack_set(struct call *call)
{
	struct product	p;
	int64_t		qty, id;
	int		r;

	if ((r = product_find(call->shop, call_arg(call, 0), &p)) != 0 ||
	    (r = qty_parse(call_arg(call, 2), &qty)) != 0) {
		return r;
	}
	return pack_put(call->shop, p.id, call_arg(call, 1), qty,
	    call_option(call, "barcode"), &id);
}

static int
run_pack_drop(struct call *call)
{
	struct product	p;
	int		r = product_find(call->shop, call_arg(call, 0), &p);

	return r != 0 ? r : pack_drop(call->shop, p.id, call_arg(call, 1));
}

/* The id of a pack by its name; NULL is none. */
static int
pack_named(struct call *call, int64_t product, const char *name, int64_t *id)
{
	struct pack	*rows;
	size_t		 n;
	int		 r;

	*id = 0;
	if (name == NULL) {
		return 0;
	}
	if ((r = pack_list(call->shop, product, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n; i++) {
		*id = strcmp(rows[i].name, name) == 0 ? rows[i].id : *id;
	}
	free(rows);
	return *id != 0 ? 0 : err_set(ERR_NOT_FOUND,
	    _("it has no pack \"%.32s\""), name);
}

static int
run_barcode_make(struct call *call)
{
	struct product	p;
	char		code[14];
	int64_t		pack;
	int		r;

	if ((r = product_find(call->shop, call_arg(call, 0), &p)) != 0 ||
	    (r = pack_named(call, p.id, call_option(call, "pack"),
	    &pack)) != 0 ||
	    (r = product_barcode_make(call->shop, p.id, pack, code)) != 0) {
		return r;
	}
	call_say(call, _("%s: barcode %s"), p.code, code);
	return 0;
}

static int
run_barcode_drop(struct call *call)
{
	struct product	p;
	int		r = product_find(call->shop, call_arg(call, 0), &p);

	return r != 0 ? r : product_barcode_drop(call->shop, p.id,
	    call_arg(call, 1));
}

/* --- categories and brands ----------------------------------------------- */

static int
category_row(void *ctx, const struct category *c)
{
	struct out	*o = ctx;
	char		 name[96];

	(void)str_fmt(name, sizeof(name), "%*s%s", o->format == OUT_TABLE ?
	    2 * c->depth : 0, "", c->name);
	out_text(o, name);
	out_text(o, c->parent);
	out_int(o, c->depth);
	out_int(o, c->items);
	return 0;
}

static int
run_category_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "name", N_("category"), VALUE_TEXT },
		{ "parent", N_("in"), VALUE_TEXT },
		{ "depth", N_("depth"), VALUE_COUNT },
		{ "items", N_("items"), VALUE_COUNT },
	};
	int	r;

	out_begin(&call->out, columns, NELEM(columns), false);
	r = category_list(call->shop, category_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
run_category_set(struct call *call)
{
	const char	*parent = call_option(call, "in");

	return category_put(call->shop, call_arg(call, 0),
	    parent == NULL ? "" : parent);
}

static int
run_category_rename(struct call *call)
{
	int64_t	n;
	int	r = category_rename(call->shop, call_arg(call, 0),
		    call_arg(call, 1), &n);

	if (r == 0) {
		call_say(call, ngettext("%lld item moved with it",
		    "%lld items moved with it", (unsigned long)n),
		    (long long)n);
	}
	return r;
}

static int
run_category_drop(struct call *call)
{
	return category_drop(call->shop, call_arg(call, 0));
}

static int
brand_row(void *ctx, const char *brand, int64_t items)
{
	struct out	*o = ctx;

	out_text(o, brand);
	out_int(o, items);
	return 0;
}

static int
run_brand_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "brand", N_("brand"), VALUE_TEXT },
		{ "items", N_("items"), VALUE_COUNT },
	};
	int	r;

	out_begin(&call->out, columns, NELEM(columns), false);
	r = brand_list(call->shop, brand_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

/* --- many at once -------------------------------------------------------- */

static int
mass_options(struct call *call, struct mass_select *select,
    struct mass_rule *rule)
{
	static const struct {
		const char	*option;
		enum mass_field	 field;
	} texts[] = {
		{ "category", MASS_CATEGORY }, { "tax", MASS_CLASS },
		{ "brand", MASS_BRAND },
	};
	const char	*value;
	int		 rules = 0, r;

	*select = (struct mass_select){ .words = "", .category = "",
	    .brand = "" };
	*rule = (struct mass_rule){ .ending = -1 };
	if ((value = call_arg(call, 0)) != NULL) {
		select->words = value;
	}
	if ((value = call_option(call, "in")) != NULL) {
		select->category = value;
	}
	if ((value = call_option(call, "of")) != NULL) {
		select->brand = value;
	}
	select->archived = call_option(call, "archived") != NULL;
	if ((value = call_option(call, "price")) != NULL) {
		rules++;
		if ((r = mass_price_rule(&call->shop->money, value,
		    rule)) != 0) {
			return r;
		}
	}
	for (size_t i = 0; i < NELEM(texts); i++) {
		if ((value = call_option(call, texts[i].option)) != NULL) {
			rules++;
			rule->field = texts[i].field;
			if (!str_copy(rule->value, sizeof(rule->value),
			    value)) {
				return err_set(ERR_TOO_LONG,
				    _("--%s is too long"), texts[i].option);
			}
		}
	}
	if ((value = call_option(call, "active")) != NULL) {
		rules++;
		rule->field = MASS_ACTIVE;
		(void)str_copy(rule->value, sizeof(rule->value),
		    strcmp(value, "yes") == 0 ? "1" : "0");
		select->archived = true;
	}
	if (rules != 1) {
		return err_set(ERR_USAGE, _("one change at a time: --price, "
		    "--category, --tax, --brand or --active"));
	}
	return select->words[0] == '\0' && select->category[0] == '\0' &&
	    select->brand[0] == '\0' && call_option(call, "all") == NULL ?
	    err_set(ERR_USAGE, _("say which: words, --in CATEGORY, --of "
	    "BRAND, or --all")) : 0;
}

static int
mass_row(void *ctx, const struct mass_line *line)
{
	struct out	*o = ctx;

	out_text(o, line->code);
	out_text(o, line->name);
	out_text(o, line->old);
	out_text(o, line->new);
	return 0;
}

static int
mass_price_row(void *ctx, const struct mass_line *line)
{
	struct out	*o = ctx;
	int64_t		 old = 0, new = 0;
	int		 r;

	if ((r = str_to_i64(line->old, 0, MONEY_MAX, &old)) != 0 ||
	    (r = str_to_i64(line->new, 0, MONEY_MAX, &new)) != 0) {
		return r;
	}
	out_text(o, line->code);
	out_text(o, line->name);
	out_int(o, old);
	out_int(o, new);
	return 0;
}

static int
mass_look(struct call *call, const struct mass_select *select,
    const struct mass_rule *rule)
{
	static const struct out_column	texts[] = {
		{ "code", N_("code"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "before", N_("before"), VALUE_TEXT },
		{ "after", N_("after"), VALUE_TEXT },
	}, prices[] = {
		{ "code", N_("code"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "before", N_("before"), VALUE_MONEY },
		{ "after", N_("after"), VALUE_MONEY },
	};
	bool	money = rule->field == MASS_PRICE;
	int64_t	n;
	int	r;

	out_begin(&call->out, money ? prices : texts, NELEM(texts), false);
	r = mass_preview(call->shop, select, rule, money ? mass_price_row :
	    mass_row, &call->out, &n);
	return r != 0 ? r : out_end(&call->out);
}

static int
run_product_change(struct call *call)
{
	struct mass_select	select;
	struct mass_rule	rule;
	int64_t			id, n;
	int			r;

	if ((r = mass_options(call, &select, &rule)) != 0) {
		return r;
	}
	if (call_option(call, "dry-run") != NULL) {
		return mass_look(call, &select, &rule);
	}
	if ((r = mass_apply(call->shop, &select, &rule, &id, &n)) != 0) {
		return r;
	}
	if (id == 0) {
		call_say(call, "%s", _("nothing to change"));
	} else {
		call_say(call, ngettext("change %lld: %lld item",
		    "change %lld: %lld items", (unsigned long)n),
		    (long long)id, (long long)n);
	}
	return 0;
}

static int
run_product_undo(struct call *call)
{
	int64_t	id, back, kept;
	int	r;

	if ((r = str_to_i64(call_arg(call, 0), 1, INT64_MAX, &id)) != 0 ||
	    (r = mass_undo(call->shop, id, &back, &kept)) != 0) {
		return r;
	}
	call_say(call, _("%lld items as before, %lld changed since and "
	    "left"), (long long)back, (long long)kept);
	return 0;
}

static int
change_row(void *ctx, const struct mass_change *m)
{
	struct out	*o = ctx;
	char		 words[160];
	char		*part[2] = { NULL, NULL };

	/* "words|category|brand"; a pattern may have bars of its own. */
	(void)str_copy(words, sizeof(words), m->what);
	for (int i = 1; i >= 0; i--) {
		if ((part[i] = strrchr(words, '|')) != NULL) {
			*part[i]++ = '\0';
		}
	}
	out_int(o, m->id);
	out_int(o, m->at);
	out_text(o, m->who);
	out_text(o, m->field);
	out_text(o, words);
	out_text(o, part[0]);
	out_text(o, part[1]);
	out_int(o, m->items);
	out_int(o, m->undone_at);
	return 0;
}

static int
run_product_changes(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "change", N_("change"), VALUE_ID },
		{ "at", N_("time"), VALUE_TIME },
		{ "user", N_("user"), VALUE_TEXT },
		{ "field", N_("field"), VALUE_TEXT },
		{ "words", N_("words"), VALUE_TEXT },
		{ "category", N_("category"), VALUE_TEXT },
		{ "brand", N_("brand"), VALUE_TEXT },
		{ "items", N_("items"), VALUE_COUNT },
		{ "undone_at", N_("taken back"), VALUE_TIME },
	};
	int	r;

	out_begin(&call->out, columns, NELEM(columns), false);
	r = mass_list(call->shop, 0, change_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
run_category_import(struct call *call)
{
	return call_import(call, category_import);
}

static int
run_category_export(struct call *call)
{
	return call_export(call, category_export);
}

const struct command commands_catalogue[] = {
	{ "product change", "[WORDS]", "in=CATEGORY of=BRAND all archived "
	    "price=RULE category=NAME tax=CLASS brand=NAME active=yes|no "
	    "dry-run",
	    N_("many at once by words, category, brand; dry-run shows first"),
	    COMMAND_LISTS, RIGHT_PRODUCT, run_product_change },
	{ "product changes", "", "", N_("what was changed at once"),
	    COMMAND_LISTS, RIGHT_LOOK, run_product_changes },
	{ "product undo", "CHANGE", "", N_("take such a change back, whole"),
	    0, RIGHT_PRODUCT, run_product_undo },
	{ "product copy", "CODE NEWCODE [NAME]", "",
	    N_("a new product like another one, without its barcodes"),
	    0, RIGHT_PRODUCT, run_product_copy },
	{ "product archive", "CODE", "",
	    N_("no longer sold; tickets and reports still name it"),
	    0, RIGHT_PRODUCT, run_product_archive },
	{ "product restore", "CODE", "", N_("sold again"),
	    0, RIGHT_PRODUCT, run_product_restore },
	{ "product prices", "CODE", "", N_("what its price was when"),
	    COMMAND_LISTS, RIGHT_LOOK, run_product_prices },
	{ "pack list", "CODE", "", N_("packs of an item"),
	    COMMAND_LISTS, RIGHT_LOOK, run_pack_list },
	{ "pack set", "CODE NAME QTY", "barcode=CODE",
	    N_("a pack and how many it holds; its barcode sells all of it"),
	    0, RIGHT_PRODUCT, run_pack_set },
	{ "pack drop", "CODE NAME", "", N_("with its barcodes"),
	    0, RIGHT_PRODUCT, run_pack_drop },
	{ "barcode make", "CODE", "pack=NAME",
	    N_("an EAN-13 of the shop's own (setting barcode_prefix)"),
	    0, RIGHT_PRODUCT, run_barcode_make },
	{ "barcode drop", "CODE BARCODE", "",
	    N_("a barcode that names it no longer"),
	    0, RIGHT_PRODUCT, run_barcode_drop },
	{ "category list", "", "", N_("the tree of categories"),
	    COMMAND_LISTS, RIGHT_LOOK, run_category_list },
	{ "category set", "NAME", "in=CATEGORY",
	    N_("a category, within another one or at the top"),
	    0, RIGHT_PRODUCT, run_category_set },
	{ "category rename", "NAME NEWNAME", "",
	    N_("its items and promotions follow"),
	    0, RIGHT_PRODUCT, run_category_rename },
	{ "category drop", "NAME", "", N_("an empty one"),
	    0, RIGHT_PRODUCT, run_category_drop },
	{ "category import", "FILE", IMPORT_OPTIONS,
	    N_("the tree from CSV or JSON: name, parent; all is stored or "
	    "nothing"), 0, RIGHT_PRODUCT, run_category_import },
	{ "category export", "[FILE]", "json",
	    N_("CSV or JSON out; importing it changes nothing"), 0,
	    RIGHT_LOOK, run_category_export },
	{ "brand list", "", "", N_("brands, and how many items of each"),
	    COMMAND_LISTS, RIGHT_LOOK, run_brand_list },
	{ .words = NULL },
};
