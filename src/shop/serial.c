/* SPDX-License-Identifier: ISC */
/* Serial numbers: which piece was sold, and that none is sold twice. */
#include "shop/serial.h"

#include <stdlib.h>
#include <string.h>

#include "shop/ean.h"
#include "shop/sale_part.h"
#include "sql/entry.h"

int
serial_clean(const char *text, char out[static SERIAL_MAX + 1])
{
	size_t	n = 0, used = 0;

	out[0] = '\0';
	while (*text == ' ') {
		text++;
	}
	for (n = strlen(text); n > 0 && text[n - 1] == ' '; n--) {
		continue;
	}
	if (n == 0 || n > SERIAL_MAX) {
		return err_set(ERR_INVALID, _("a serial number has 1 to %d "
		    "characters"), SERIAL_MAX);
	}
	for (; used < n; used++) {
		char	c = text[used];

		if (c < ' ' || c > '~') {
			out[0] = '\0';
			return err_set(ERR_INVALID, _("a serial number has "
			    "letters, digits and signs only"));
		}
		out[used] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	out[used] = '\0';
	return 0;
}

int
serial_read(const char *text, char out[static SERIAL_MAX + 1])
{
	out[0] = '\0';
	return text == NULL || text[0] == '\0' ? 0 : serial_clean(text, out);
}

int
serial_scanned(struct shop *shop, int64_t product, const char *text,
    char out[static SERIAL_MAX + 1])
{
	struct product	other;
	struct scan	scan;

	out[0] = '\0';
	if (product_scan(shop, text, &other, &scan) != 0) {
		return serial_clean(scan_bare(text, shop->set.scan_prefix),
		    out);
	}
	if (scan.serial[0] == '\0') {
		return err_set(ERR_INVALID, _("that is the code of %s, no "
		    "serial number"), other.name);
	}
	return other.id == product ? serial_clean(scan.serial, out) :
	    err_set(ERR_INVALID, _("that is a piece of %s"), other.name);
}

int
serial_free(struct shop *shop, const struct product *p, const char *serial,
    int64_t sale)
{
	struct q_serial_under_way	away;
	struct q_serial_out		row;
	char				ticket[32];
	int				r;

	if (!p->serials) {
		return 0;
	}
	if (serial[0] == '\0') {
		return err_set(ERR_EMPTY, _("%s is sold by its serial number"),
		    p->name);
	}
	r = q_serial_out(shop->db, p->id, serial, sale, &row);
	if (r == ERR_NOT_FOUND) {
		r = q_serial_under_way(shop->db, p->id, serial, &away);
		return r != 0 ? r == ERR_NOT_FOUND ? 0 : r :
		    err_set(ERR_EXISTS, _("%s no. %s is under way from "
		    "another store; take that transfer in first"), p->name,
		    serial);
	}
	if (r != 0) {
		return r;
	}
	if (row.number_null) {
		return err_set(ERR_EXISTS, row.sale == sale ?
		    _("%s no. %s is on this sale already") :
		    _("%s no. %s is on another open sale"), p->name, serial);
	}
	sale_ticket(row.series, row.number, ticket);
	return err_set(ERR_EXISTS, _("%s no. %s was sold already: ticket %s"),
	    p->name, serial, ticket);
}

int
serial_moves(struct shop *shop, const struct product *p, const char *serial,
    int64_t place, bool in)
{
	struct q_serial_known	row;
	struct q_serial_unnamed	there;
	int			r;

	if (!p->serials && serial[0] == '\0') {
		return 0;
	}
	if (serial[0] == '\0') {
		return err_set(ERR_EMPTY, _("%s %s has serial numbers; scan "
		    "each piece"), p->code, p->name);
	}
	r = q_serial_known(shop->db, p->id, serial, &row);
	if (r == ERR_NOT_FOUND && !in) {
		/* What was there before its numbers were kept may go. */
		r = q_serial_unnamed(shop->db, p->id, place, &there);
		return r != 0 || there.unnamed > 0 ? r : err_set(ERR_NOT_FOUND,
		    _("%s no. %s is not there"), p->name, serial);
	}
	if (r != 0) {
		return r == ERR_NOT_FOUND ? 0 : r;
	}
	if (in) {
		return !row.here ? 0 : err_set(ERR_EXISTS,
		    _("%s no. %s is in stock already"), p->name, serial);
	}
	if (!row.here) {
		return err_set(ERR_EXISTS, _("%s no. %s has left already"),
		    p->name, serial);
	}
	return row.place == place ? 0 : err_set(ERR_EXISTS,
	    _("%s no. %s is in another place"), p->name, serial);
}

int
serial_list(struct shop *shop, const char *serial,
    int (*fn)(void *ctx, const struct serial_row *row), void *ctx)
{
	struct q_serial_lines	*rows;
	char			 clean[SERIAL_MAX + 1], ticket[32];
	size_t			 n;
	int			 r;

	if ((r = shop_require(shop, RIGHT_SALES)) != 0 ||
	    (r = serial_clean(serial, clean)) != 0 ||
	    (r = q_serial_lines(shop->db, clean, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct serial_row	row = { .code = rows[i].code,
			.name = rows[i].label, .serial = clean,
			.ticket = ticket, .kind = rows[i].kind,
			.at = rows[i].at, .qty = rows[i].qty };

		(void)str_copy(ticket, sizeof(ticket), rows[i].doc);
		if (!rows[i].number_null) {
			sale_ticket(rows[i].series, rows[i].number, ticket);
		}
		r = fn(ctx, &row);
	}
	free(rows);
	return r;
}
