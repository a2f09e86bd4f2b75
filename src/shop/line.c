/* SPDX-License-Identifier: ISC */
/* Serial lines: how the port is set, and the terminal at its end. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "shop/user.h"
#include "sql/line.h"
#include "sql/terminal.h"

#define LINE_TEXT	64
#define LINE_DEVICE	256

/* A row being changed; the texts are copies. */
struct line {
	int64_t	speed, columns, rows;
	char	device[LINE_DEVICE];
	char	format[LINE_TEXT], flow[LINE_TEXT];
	char	term[LINE_TEXT], charset[LINE_TEXT];
	bool	modem, active;
};

static int
line_end(struct shop *shop, int r, const char *action, int64_t id,
    const char *detail)
{
	if (r == 0) {
		r = audit_add(shop, action, "line", id, detail);
	}
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "line");
	db_topic(shop->db, "terminal");
	return db_commit(shop->db);
}

static int
line_device_check(const char *device)
{
	if (!str_starts(device, "/dev/") || strstr(device, "..") != NULL ||
	    !utf8_is_clean(device) || strlen(device) >= LINE_DEVICE) {
		return err_set(ERR_INVALID, _("\"%.80s\" is no device; "
		    "write it like /dev/ttyS0 or /dev/serial/by-id/…"),
		    device);
	}
	return 0;
}

int
line_add(struct shop *shop, const char *name, const char *device,
    int64_t *id)
{
	struct q_line_by_device	taken;
	char			login[NAME_SIZE];
	int64_t			terminal;
	int			r;

	*id = 0;
	if ((r = shop_require(shop, RIGHT_TERMINAL)) != 0 ||
	    (r = shop_login_name(name, login)) != 0 ||
	    (r = line_device_check(device)) != 0 ||
	    (r = db_begin(shop->db, "line add")) != 0) {
		return r;
	}
	r = q_line_by_device(shop->db, device, &taken);
	if (r == 0) {
		r = err_set(ERR_EXISTS, _("the line \"%s\" already uses %s"),
		    taken.name, device);
	} else if (r == ERR_NOT_FOUND &&
	    (r = people_name_free(shop, login)) == 0 &&
	    (r = q_terminal_add(shop->db, name, login, true, shop_now(),
	    &terminal)) == 0) {
		r = q_line_add(shop->db, name, login, device, terminal, id);
	}
	if ((r = line_end(shop, r, "line.add", *id, device)) != 0) {
		*id = 0;
	}
	return r;
}

int
line_find(struct shop *shop, const char *name, int64_t *id)
{
	struct q_line_by_login	row;
	char			login[NAME_SIZE];
	int			r;

	*id = 0;
	if ((r = shop_login_name(name, login)) == 0) {
		r = q_line_by_login(shop->db, login, &row);
	}
	if (r == ERR_NOT_FOUND || r == ERR_INVALID) {
		return err_set(ERR_NOT_FOUND, _("there is no line \"%s\""),
		    name);
	}
	if (r == 0) {
		*id = row.id;
	}
	return r;
}

/* --- one value ----------------------------------------------------------- */

static int
line_set_device(struct line *line, const char *value)
{
	int	r = line_device_check(value);

	if (r == 0) {
		(void)str_copy(line->device, sizeof(line->device), value);
	}
	return r;
}

static int
line_set_speed(struct line *line, const char *value)
{
	static const int64_t	speeds[] = { 300, 600, 1200, 2400, 4800, 9600,
				    19200, 38400, 57600, 115200, 230400 };
	int64_t			n;

	if (str_to_i64(value, 0, 1000000, &n) == 0) {
		for (size_t i = 0; i < NELEM(speeds); i++) {
			if (n == speeds[i]) {
				line->speed = n;
				return 0;
			}
		}
	}
	return err_set(ERR_INVALID, _("\"%s\" is no speed; usual ones are "
	    "9600, 19200 and 38400"), value);
}

static int
line_set_format(struct line *line, const char *value)
{
	if (strlen(value) != 3 || strchr("78", value[0]) == NULL ||
	    strchr("NEO", value[1]) == NULL ||
	    strchr("12", value[2]) == NULL) {
		return err_set(ERR_INVALID, _("the format is data bits, "
		    "parity and stop bits: 8N1, 7E1, 8E1, 8O1 …"));
	}
	(void)str_copy(line->format, sizeof(line->format), value);
	return 0;
}

static int
line_set_flow(struct line *line, const char *value)
{
	if (strcmp(value, "none") != 0 && strcmp(value, "xonxoff") != 0 &&
	    strcmp(value, "rtscts") != 0) {
		return err_set(ERR_INVALID, _("the flow control is none, "
		    "xonxoff or rtscts"));
	}
	(void)str_copy(line->flow, sizeof(line->flow), value);
	return 0;
}

static int
line_set_term(struct line *line, const char *value)
{
	if (value[0] == '\0' || strlen(value) >= sizeof(line->term) ||
	    value[strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+._-")] != '\0') {
		return err_set(ERR_INVALID, _("\"%.40s\" is no terminal "
		    "type; usual ones are vt220, vt510 and wyse60"), value);
	}
	(void)str_copy(line->term, sizeof(line->term), value);
	return 0;
}

static int
line_set_charset(struct line *line, const char *value)
{
	enum charset	set;
	int		r = charset_find(value, &set);

	if (r == 0) {
		(void)str_copy(line->charset, sizeof(line->charset),
		    charset_name(set));
	}
	return r;
}

static int
line_set_columns(struct line *line, const char *value)
{
	return str_to_i64(value, 20, 500, &line->columns);
}

static int
line_set_rows(struct line *line, const char *value)
{
	return str_to_i64(value, 8, 200, &line->rows);
}

static int
line_set_modem(struct line *line, const char *value)
{
	return people_flag(value, &line->modem);
}

static int
line_set_active(struct line *line, const char *value)
{
	return people_flag(value, &line->active);
}

static const struct {
	const char	*key;
	int		 (*set)(struct line *line, const char *value);
} line_fields[] = {
	{ "device", line_set_device },
	{ "speed", line_set_speed },
	{ "format", line_set_format },
	{ "flow", line_set_flow },
	{ "term", line_set_term },
	{ "charset", line_set_charset },
	{ "columns", line_set_columns },
	{ "rows", line_set_rows },
	{ "modem", line_set_modem },
	{ "active", line_set_active },
};

static int
line_load(struct shop *shop, int64_t id, struct line *line)
{
	struct q_line_get	row;
	int			r;

	if ((r = q_line_get(shop->db, id, &row)) != 0) {
		return r != ERR_NOT_FOUND ? r : err_set(ERR_NOT_FOUND,
		    _("there is no such line"));
	}
	*line = (struct line){
		.speed = row.speed, .columns = row.columns,
		.rows = row.height, .modem = row.modem,
		.active = row.active,
	};
	(void)str_copy(line->device, sizeof(line->device), row.device);
	(void)str_copy(line->format, sizeof(line->format), row.format);
	(void)str_copy(line->flow, sizeof(line->flow), row.flow);
	(void)str_copy(line->term, sizeof(line->term), row.term);
	(void)str_copy(line->charset, sizeof(line->charset), row.charset);
	return 0;
}

int
line_set(struct shop *shop, int64_t id, const char *key, const char *value)
{
	struct line	line;
	char		detail[160];
	int64_t		changes;
	size_t		i = 0;
	int		r;

	while (i < NELEM(line_fields) &&
	    strcmp(key, line_fields[i].key) != 0) {
		i++;
	}
	if (i == NELEM(line_fields)) {
		return err_set(ERR_INVALID, _("a line has no \"%s\"; set "
		    "device, speed, format, flow, term, charset, columns, "
		    "rows, modem or active"), key);
	}
	if ((r = shop_require(shop, RIGHT_TERMINAL)) != 0 ||
	    (r = db_begin(shop->db, "line set")) != 0) {
		return r;
	}
	if ((r = line_load(shop, id, &line)) == 0 &&
	    (r = line_fields[i].set(&line, value)) == 0) {
		r = q_line_put(shop->db, id, line.device, line.speed,
		    line.columns, line.rows, line.format, line.flow,
		    line.term, line.charset, line.modem, line.active,
		    &changes);
	}
	(void)str_fmt(detail, sizeof(detail), "%s=%s", key, value);
	return line_end(shop, r, "line.set", id, detail);
}

int
line_list(struct shop *shop,
    int (*fn)(void *ctx, const struct line_row *row), void *ctx)
{
	struct q_line_list	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_line_list(shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		const struct line_row	row = {
			.id = rows[i].id,
			.terminal = rows[i].terminal,
			.speed = rows[i].speed,
			.columns = rows[i].columns,
			.rows = rows[i].height,
			.name = rows[i].name,
			.device = rows[i].device,
			.format = rows[i].format,
			.flow = rows[i].flow,
			.term = rows[i].term,
			.charset = rows[i].charset,
			.modem = rows[i].modem,
			.active = rows[i].active,
		};

		r = fn(ctx, &row);
	}
	free(rows);
	return r;
}
