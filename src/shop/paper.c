/* SPDX-License-Identifier: ISC */
/* Making a paper of values and a template, and the fields many papers have;
 * comptoir-templates(7) lists them all. */
#include <string.h>

#include "base/clock.h"
#include "shop/country.h"
#include "shop/document_part.h"
#include "shop/journal.h"
#include "shop/receipt.h"
#include "shop/slip.h"
#include "sql/document.h"

/* Whatever a template says, a copy, practice or an example is called so: above
 * it, where the template does not. */
static void
paper_said(const struct paper *p, struct slip *made, struct slip *out)
{
	static const char *const	names[] = { "demo", "training",
						"duplicate" };

	for (size_t i = 0; i < NELEM(names); i++) {
		const char	*word = paper_get(p, names[i]);

		if (word[0] != '\0' &&
		    strstr(slip_stored(made), word) == NULL) {
			slip_text(out, SLIP_CENTRE, SLIP_BOLD, word);
		}
	}
	slip_add(out, made);
}

int
document_make(struct shop *shop, enum document d, const char *text,
    paper_fill fill, const void *of, struct slip *out)
{
	struct paper	*p = paper_new();
	struct slip	 made = { 0 };
	struct buf	 own = { 0 };
	char		 was[8];
	bool		 changed;
	int		 line, r;

	receipt_language(shop->set.language, was);
	/* Our own was checked when it was set. */
	if (text != NULL) {
		r = template_check(text, &line);
	} else if ((r = document_template(shop, d, &own, &changed)) == 0) {
		text = buf_text(&own);
	}
	if (r == 0 && (r = paper_company(shop, p)) == 0 &&
	    (r = fill(shop, of, p)) == 0 &&
	    (r = template_render(text, p, &made)) == 0) {
		paper_said(p, &made, out);
		slip_cut(out, false);
	}
	slip_done(&made);
	receipt_language(was, NULL);
	buf_done(&own);
	paper_free(p);
	return r;
}

/* --- amounts and days ----------------------------------------------------- */

void
paper_money(struct paper *p, const struct shop *shop, const char *name,
    int64_t amount)
{
	char	text[MONEY_TEXT];

	money_plain(&shop->money, amount, text);
	paper_set(p, name, text);
}

void
paper_abroad(struct paper *p, const struct shop *shop, const char *name,
    const char *currency, int64_t amount)
{
	struct money_style	style;
	char			text[MONEY_TEXT];

	if (currency[0] == '\0' ||
	    money_style_set(&style, currency, shop->set.country) != 0) {
		paper_money(p, shop, name, amount);
		return;
	}
	money_plain(&style, amount, text);
	paper_set(p, name, text);
}

void
paper_cash(struct paper *p, const struct shop *shop, const char *name,
    int64_t amount)
{
	char	text[MONEY_TEXT] = "";

	if (amount != 0) {
		money_symbol(&shop->money, amount, text);
	}
	paper_set(p, name, text);
}

void
paper_day(struct paper *p, const struct shop *shop, const char *name,
    const char *day)
{
	char	text[COUNTRY_DAY];

	if (day[0] != '\0') {
		paper_set(p, name, country_day(shop, day, text));
	}
}

void
paper_when(struct paper *p, int64_t at)
{
	char	when[32];

	clock_local(at, "%d/%m/%Y %H:%M", when, sizeof(when));
	paper_set(p, "date_time", when);
	when[10] = '\0';
	paper_set(p, "date", when);
}

/* --- who and where -------------------------------------------------------- */

void
paper_lines(struct paper *p, const char *name, const char *text)
{
	struct buf	out = { 0 };

	for (bool first = true; *text != '\0'; first = false) {
		size_t	n;

		text += strspn(text, " ");
		n = strcspn(text, ";");
		if (!first) {
			buf_chr(&out, '\n');
		}
		buf_add(&out, text, n);
		text += n + (text[n] == ';');
	}
	paper_set(p, name, buf_text(&out));
	buf_done(&out);
}

void
paper_place(struct paper *p, const char *terminal, const char *user)
{
	paper_fmt(p, "place", "%s%s%s", terminal,
	    terminal[0] != '\0' ? "  " : "", user);
	paper_set(p, "terminal", terminal);
	paper_set(p, "user", user);
}

void
paper_duplicate(struct paper *p, int64_t n)
{
	if (n > 0) {
		paper_fmt(p, "duplicate", "DUPLICATA %lld", (long long)n);
	}
}

void
paper_program(struct paper *p, const char *hash)
{
	char	extract[5];

	journal_extract(hash, extract);
	paper_set(p, "extract", extract);
	paper_fmt(p, "program", "comptoir %s / %s", VERSION,
	    journal_module());
}

int
paper_company(struct shop *shop, struct paper *p)
{
	struct q_document_logo	logo;
	struct buf		mentions = { 0 };
	int			r;

	paper_set(p, "company", shop->set.company);
	paper_lines(p, "address", shop->set.address);
	paper_lines(p, "tax_ids", shop->set.tax_ids);
	paper_lines(p, "footer", shop->set.receipt_footer);
	for (const char *const *m = country_of(shop)->mentions;
	    m != NULL && *m != NULL; m++) {
		buf_fmt(&mentions, "%s%s", mentions.len > 0 ? "\n" : "",
		    _(*m));
	}
	paper_set(p, "mentions", buf_text(&mentions));
	buf_done(&mentions);
	if (shop->set.demo) {
		paper_set(p, "demo", _("DEMO - not a receipt"));
		paper_set(p, "demo_end", "DEMO");
	}
	r = q_document_logo(shop->db, &logo);
	if (r == 0) {
		paper_logo(p, (int)logo.width, (int)logo.height, logo.dots);
	}
	return r == ERR_NOT_FOUND ? 0 : r;
}
