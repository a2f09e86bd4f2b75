/* SPDX-License-Identifier: ISC */
/* product … and stock …: the catalogue and how much there is. */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "shop/catalogue.h"
#include "shop/stock.h"

/* Lists show the first of them, an item all. */
#define GOODS_COLUMNS	13
static const struct out_column goods_columns[] = {
	{ "code", N_("code"), VALUE_TEXT },
	{ "name", N_("name"), VALUE_TEXT },
	{ "category", N_("category"), VALUE_TEXT },
	{ "tax_class", N_("tax class"), VALUE_TEXT },
	{ "rate", N_("VAT %"), VALUE_RATE },
	{ "unit", N_("unit"), VALUE_TEXT },
	{ "price", N_("price"), VALUE_MONEY },
	{ "stock", N_("stock"), VALUE_QTY },
	{ "active", N_("active"), VALUE_BOOL },
	{ "kind", N_("kind"), VALUE_TEXT },
	{ "min_price", N_("least"), VALUE_MONEY },
	{ "max_price", N_("most"), VALUE_MONEY },
	{ "serials", N_("serials"), VALUE_BOOL },
	{ "barcodes", N_("barcodes"), VALUE_TEXT },
	{ "brand", N_("brand"), VALUE_TEXT },
	{ "origin", N_("origin"), VALUE_TEXT },
	{ "allergens", N_("allergens"), VALUE_TEXT },
	{ "lots", N_("lots"), VALUE_BOOL },
	{ "keeps_days", N_("keeps, days"), VALUE_COUNT },
	{ "content", N_("content"), VALUE_QTY },
	{ "content_unit", N_("of"), VALUE_TEXT },
	{ "unit_price", N_("price per unit"), VALUE_MONEY },
	{ "net_price", N_("net price"), VALUE_MONEY },
	{ "cost", N_("cost"), VALUE_MONEY },
	{ "gain", N_("gain"), VALUE_MONEY },
	{ "margin", N_("margin %"), VALUE_RATE },
	{ "margin_wanted", N_("margin wanted %"), VALUE_RATE },
	{ "suggested_price", N_("suggested price"), VALUE_MONEY },
	{ "lowest_30_days", N_("lowest in 30 days"), VALUE_MONEY },
	{ "reorder_min", N_("ordered at"), VALUE_QTY },
	{ "reorder_max", N_("up to"), VALUE_QTY },
};

static void
goods_known(struct out *o, bool known, int64_t v)
{
	if (known) {
		out_int(o, v);
	} else {
		out_null(o);
	}
}

static int
goods_row(void *ctx, const struct product *p)
{
	struct out	*o = ctx;

	out_text(o, p->code);
	out_text(o, p->name);
	out_text(o, p->category);
	out_text(o, p->tax_class);
	out_int(o, p->rate);
	out_text(o, p->unit);
	out_int(o, p->price);
	goods_known(o, p->tracked, p->stock);
	out_int(o, p->active);
	out_word(o, product_kind_name(p->kind), product_kind_text(p->kind));
	goods_known(o, p->min_price != 0, p->min_price);
	goods_known(o, p->max_price != 0, p->max_price);
	out_int(o, p->serials);
	return 0;
}

static int
run_product_list(struct call *call)
{
	int	r;

	out_begin(&call->out, goods_columns, GOODS_COLUMNS, false);
	r = product_list(call->shop, call_option(call, "category"), 0,
	    goods_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
run_product_find(struct call *call)
{
	struct product	found[50];
	struct product	exact;
	int		n = 0, r;

	out_begin(&call->out, goods_columns, GOODS_COLUMNS, false);
	r = product_find(call->shop, call_arg(call, 0), &exact);
	if (r == 0 && (r = stock_shown(call->shop, &exact, 1)) == 0) {
		(void)goods_row(&call->out, &exact);
		return out_end(&call->out);
	}
	if (r != ERR_NOT_FOUND || (r = product_search(call->shop,
	    call_arg(call, 0), (int)NELEM(found), found, &n)) != 0) {
		return r;
	}
	for (int i = 0; i < n; i++) {
		(void)goods_row(&call->out, &found[i]);
	}
	return out_end(&call->out);
}

static void
item_info(struct call *call, const struct product_info *info, int64_t each,
    const struct margin *m, int64_t lowest)
{
	struct out	*o = &call->out;
	char		 names[ALLERGEN_TEXT], text[ALLERGEN_TEXT];

	allergens_words(info->allergens, names);
	allergens_text(info->allergens, text);
	out_text(o, info->brand);
	out_text(o, info->origin);
	out_word(o, names, text);
	out_int(o, info->lots);
	goods_known(o, info->keeps > 0, info->keeps);
	goods_known(o, info->content > 0, info->content);
	out_text(o, info->content_unit);
	goods_known(o, info->content > 0, each);
	out_int(o, m->net);
	goods_known(o, m->known, m->cost);
	goods_known(o, m->known, m->gain);
	goods_known(o, m->known, m->rate);
	goods_known(o, info->margin > 0, info->margin);
	goods_known(o, m->suggested > 0, m->suggested);
	out_int(o, lowest);
	goods_known(o, info->has_reorder, info->reorder_min);
	goods_known(o, info->has_reorder, info->reorder_max);
}

static int
run_product_show(struct call *call)
{
	struct product_info	info;
	struct product		p;
	struct margin		margin;
	struct buf		codes = { 0 };
	int64_t			each, lowest;
	int			r;

	if ((r = product_find(call->shop, call_arg(call, 0), &p)) != 0 ||
	    (r = stock_shown(call->shop, &p, 1)) != 0 ||
	    (r = product_info_get(call->shop, p.id, &info)) != 0 ||
	    (r = product_margin(call->shop, &p, &info, &margin)) != 0 ||
	    (r = product_unit_price(&p, &info, &each)) != 0 ||
	    (r = product_price_lowest(call->shop, p.id, shop_now() -
	    30 * INT64_C(86400000), &lowest)) != 0 ||
	    (r = product_barcodes(call->shop, p.id, &codes)) != 0) {
		buf_done(&codes);
		return r;
	}
	if (!shop_may(call->shop, RIGHT_COST)) {
		margin = (struct margin){ .net = margin.net };
		info.margin = 0;
	}
	out_begin(&call->out, goods_columns, NELEM(goods_columns), true);
	(void)goods_row(&call->out, &p);
	out_text(&call->out, buf_text(&codes));
	item_info(call, &info, each, &margin, lowest);
	buf_done(&codes);
	return out_end(&call->out);
}

/* A product's fields out of the options; absent ones keep their value. */
static int
goods_options(struct call *call, struct product *p)
{
	static const struct {
		const char	*name;
		size_t		 offset, size;
	} texts[] = {
		{ "name", offsetof(struct product, name), sizeof(p->name) },
		{ "category", offsetof(struct product, category),
		    sizeof(p->category) },
		{ "tax", offsetof(struct product, tax_class),
		    sizeof(p->tax_class) },
		{ "unit", offsetof(struct product, unit), sizeof(p->unit) },
	};
	static const struct {
		const char	*name;
		size_t		 offset;
	} limits[] = {
		{ "price", offsetof(struct product, price) },
		{ "min-price", offsetof(struct product, min_price) },
		{ "max-price", offsetof(struct product, max_price) },
	};
	const char	*value;
	int		 r;

	for (size_t i = 0; i < NELEM(texts); i++) {
		if ((value = call_option(call, texts[i].name)) != NULL &&
		    !str_copy((char *)p + texts[i].offset, texts[i].size,
		    value)) {
			return err_set(ERR_TOO_LONG, _("--%s is too long"),
			    texts[i].name);
		}
	}
	if ((value = call_option(call, "kind")) != NULL &&
	    (r = product_kind_find(value, &p->kind)) != 0) {
		return r;
	}
	for (size_t i = 0; i < NELEM(limits); i++) {
		if ((value = call_option(call, limits[i].name)) != NULL &&
		    (r = money_parse(&call->shop->money, value, false,
		    (int64_t *)(void *)((char *)p + limits[i].offset))) !=
		    0) {
			return r;
		}
	}
	if ((value = call_option(call, "serials")) != NULL) {
		p->serials = strcmp(value, "yes") == 0;
	}
	if ((value = call_option(call, "unit")) != NULL) {
		p->by_weight = strcmp(value, "pc") != 0;
	}
	if ((value = call_option(call, "active")) != NULL) {
		p->active = strcmp(value, "yes") == 0;
	}
	if ((value = call_option(call, "stock")) != NULL) {
		p->tracked = strcmp(value, "yes") == 0;
	}
	return 0;
}

/* "none" is not said. */
static int
info_number(struct call *call, const char *name,
    int (*parse)(const char *text, int64_t *out), bool *has, int64_t *out)
{
	const char	*value = call_option(call, name);

	if (value == NULL) {
		return 0;
	}
	*has = strcmp(value, "none") != 0;
	*out = 0;
	return *has ? parse(value, out) : 0;
}

static int
days_parse(const char *text, int64_t *out)
{
	return str_to_i64(text, 0, 9999, out);
}

/* What is known of it, out of the options; *any says that one was there. */
static int
info_options(struct call *call, struct product_info *info, bool *any)
{
	const char	*value;
	bool		 has_margin = false, has_keeps = false;
	bool		 has_min = info->has_reorder;
	bool		 has_max = info->has_reorder;
	int		 r;

	*any = false;
	for (const char *const *name = (const char *const []){ "brand",
	    "origin", "allergens", "lots", "keeps", "content", "cost",
	    "margin", "reorder-min", "reorder-max", NULL }; *name != NULL;
	    name++) {
		*any = *any || call_option(call, *name) != NULL;
	}
	if (((value = call_option(call, "brand")) != NULL &&
	    !str_copy(info->brand, sizeof(info->brand), value)) ||
	    ((value = call_option(call, "origin")) != NULL &&
	    !str_copy(info->origin, sizeof(info->origin), value))) {
		return err_set(ERR_TOO_LONG, _("brand or origin is too long"));
	}
	if ((value = call_option(call, "lots")) != NULL) {
		info->lots = strcmp(value, "yes") == 0;
	}
	if (((value = call_option(call, "allergens")) != NULL &&
	    (r = allergens_parse(strcmp(value, "none") == 0 ? "" : value,
	    &info->allergens)) != 0) ||
	    ((value = call_option(call, "content")) != NULL &&
	    (r = content_parse(strcmp(value, "none") == 0 ? "" : value,
	    info)) != 0) ||
	    ((value = call_option(call, "cost")) != NULL &&
	    strcmp(value, "none") != 0 && (r = money_parse(
	    &call->shop->money, value, false, &info->cost)) != 0) ||
	    (r = info_number(call, "margin", rate_parse, &has_margin,
	    &info->margin)) != 0 ||
	    (r = info_number(call, "keeps", days_parse, &has_keeps,
	    &info->keeps)) != 0 ||
	    (r = info_number(call, "reorder-min", qty_parse, &has_min,
	    &info->reorder_min)) != 0 ||
	    (r = info_number(call, "reorder-max", qty_parse, &has_max,
	    &info->reorder_max)) != 0) {
		return r;
	}
	if ((value = call_option(call, "cost")) != NULL) {
		info->has_cost = strcmp(value, "none") != 0;
	}
	if (has_min != has_max) {
		return err_set(ERR_USAGE, _("--reorder-min and --reorder-max "
		    "go together"));
	}
	info->has_reorder = has_min;
	return product_info_check(info);
}

static int
run_product_add(struct call *call)
{
	struct product	 p = { .active = true, .unit = "pc" };
	const char	*barcode = call_option(call, "barcode");
	struct product_info info = { 0 };
	bool		 known;
	int64_t		 id;
	int		 r;

	if (!str_copy(p.code, sizeof(p.code), call_arg(call, 0)) ||
	    !str_copy(p.name, sizeof(p.name), call_arg(call, 1))) {
		return err_set(ERR_TOO_LONG, _("the code or name is too long"));
	}
	if ((r = goods_options(call, &p)) != 0 ||
	    (r = info_options(call, &info, &known)) != 0) {
		return r;
	}
	if (call_option(call, "tax") == NULL) {
		return err_set(ERR_USAGE, _("--tax is missing"));
	}
	if (call_option(call, "price") == NULL &&
	    p.kind != PRODUCT_DEPARTMENT) {
		return err_set(ERR_USAGE, _("--price is missing"));
	}
	r = product_add(call->shop, &p, &barcode, barcode == NULL ? 0 : 1,
	    &id);
	if (r == 0 && known) {
		r = product_info_put(call->shop, id, &info);
	}
	if (r == 0) {
		call_say(call, _("product %s added"), p.code);
	}
	return r;
}

static int
run_product_set(struct call *call)
{
	const char	*barcode = call_option(call, "barcode");
	struct product_info info;
	struct product	 p;
	bool		 known;
	int		 r = product_find(call->shop, call_arg(call, 0), &p);

	if (r != 0 || (r = goods_options(call, &p)) != 0 ||
	    (barcode != NULL && (r = product_barcode_free(call->shop,
	    barcode)) != 0) ||
	    (r = product_info_get(call->shop, p.id, &info)) != 0 ||
	    (r = info_options(call, &info, &known)) != 0 ||
	    (r = product_update(call->shop, &p)) != 0 ||
	    (known && (r = product_info_put(call->shop, p.id,
	    &info)) != 0)) {
		return r;
	}
	return barcode == NULL ? 0 :
	    product_barcode_add(call->shop, p.id, barcode);
}

static int
run_product_import(struct call *call)
{
	struct product_import	did;
	unsigned		how;
	int			fd, r;

	if ((r = call_how(call, &how)) != 0 ||
	    (r = call_open(call, call_arg(call, 0), false, &fd)) != 0) {
		return r;
	}
	r = product_import(call->shop, fd, how, call_bad_line, NULL, &did);
	if (fd != STDIN_FILENO) {
		(void)close(fd);
	}
	if (r != 0) {
		return r;
	}
	call_say(call, (how & IMPORT_DRY) != 0 ?
	    _("%lld lines read: %lld new, %lld changed; nothing stored "
	    "(dry run)") :
	    _("%lld lines read: %lld new, %lld changed"),
	    (long long)did.lines, (long long)did.added,
	    (long long)did.changed);
	return 0;
}

static int
run_product_export(struct call *call)
{
	unsigned	how = call_option(call, "all") != NULL ? EXPORT_ALL : 0;
	int		fd, r = call_open(call, call_arg(call, 0), true, &fd);

	if (r != 0) {
		return r;
	}
	if (call_option(call, "json") != NULL) {
		how |= EXPORT_JSON;
	}
	r = product_export(call->shop, fd, how);
	if (fd != STDOUT_FILENO && close(fd) != 0 && r == 0) {
		r = err_sys(ERR_IO, _("cannot write %s"), call_arg(call, 0));
	}
	return r;
}

/* In one place, or in the stores that who asks may see. */
struct levels {
	struct call		*call;
	struct stock_place	 place;		/* id 0: those stores */
};

static int
stock_row(void *ctx, const struct product *p)
{
	const struct levels	*l = ctx;
	struct call		*call = l->call;
	struct out		*o = &call->out;
	int64_t			 qty = p->stock, value;
	int			 r = 0;

	if (p->tracked && (l->place.id == 0 || (r = stock_there(call->shop,
	    p->id, l->place.id, &qty, &value)) == 0)) {
		out_text(o, p->code);
		out_text(o, p->name);
		out_text(o, p->unit);
		out_int(o, qty);
	}
	return r;
}

static int
run_stock_level(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "code", N_("code"), VALUE_TEXT },
		{ "name", N_("name"), VALUE_TEXT },
		{ "unit", N_("unit"), VALUE_TEXT },
		{ "level", N_("level"), VALUE_QTY },
	};
	const char	*place = call_option(call, "place");
	struct levels	 levels = { .call = call };
	struct product	 p;
	int		 r;

	if (place != NULL && (r = stock_place_find(call->shop, place,
	    &levels.place)) != 0) {
		return r;
	}
	out_begin(&call->out, columns, NELEM(columns), false);
	if (call_arg(call, 0) == NULL) {
		r = product_list(call->shop, call_option(call, "category"), 0,
		    stock_row, &levels);
	} else if ((r = product_find(call->shop, call_arg(call, 0),
	    &p)) == 0 && (r = stock_shown(call->shop, &p, 1)) == 0) {
		p.tracked = true;
		r = stock_row(&levels, &p);
	}
	return r != 0 ? r : out_end(&call->out);
}

#define GOODS_OPTIONS \
	"category=NAME tax=CLASS unit=UNIT price=PRICE barcode=CODE " \
	"stock=yes|no active=yes|no kind=KIND min-price=PRICE " \
	"max-price=PRICE serials=yes|no brand=NAME origin=TEXT " \
	"allergens=NAMES lots=yes|no keeps=DAYS content=QTY cost=PRICE " \
	"margin=PERCENT reorder-min=QTY reorder-max=QTY"

const struct command commands_goods[] = {
	{ "product list", "", "category=NAME", N_("the catalogue"),
	    COMMAND_LISTS, RIGHT_LOOK, run_product_list },
	{ "product find", "TEXT", "",
	    N_("by code, barcode, word starts or /pattern/"),
	    COMMAND_LISTS, RIGHT_LOOK, run_product_find },
	{ "product show", "CODE", "", N_("one product, whole"),
	    COMMAND_LISTS, RIGHT_LOOK, run_product_show },
	{ "product add", "CODE NAME", GOODS_OPTIONS, N_("a new product"),
	    0, RIGHT_PRODUCT, run_product_add },
	{ "product set", "CODE", "name=NAME " GOODS_OPTIONS,
	    N_("change a product"), 0, RIGHT_PRODUCT, run_product_set },
	{ "product import", "FILE", IMPORT_OPTIONS,
	    N_("CSV or JSON in: every bad line is named, all is stored or "
	    "nothing"),
	    0, RIGHT_PRODUCT, run_product_import },
	{ "product export", "[FILE]", "json all",
	    N_("CSV or JSON out, as import reads it"), 0, RIGHT_LOOK,
	    run_product_export },
	{ "stock level", "[CODE]", "category=NAME place=PLACE",
	    N_("how much there is"),
	    COMMAND_LISTS, RIGHT_LOOK, run_stock_level },
	{ .words = NULL },
};
