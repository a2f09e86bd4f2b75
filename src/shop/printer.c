/* SPDX-License-Identifier: ISC */
/* Printers: rows people manage, and how the spooler last saw them. */
#include "shop/print.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "shop/audit.h"
#include "sql/print.h"

#define PRINTER_TROUBLE_MS	(90 * 1000)	/* a failed job is told of */

static const struct {
	const char	*word;
	int		 severity;
	const char	*text;
} printer_states[PRINTER_STATE_COUNT] = {
#define X(id, word, severity, text) [PRINTER_##id] = { word, severity, text },
	PRINTER_STATES(X)
#undef X
};

const char *
printer_state_word(enum printer_state state)
{
	return printer_states[state].word;
}

const char *
printer_state_text(enum printer_state state)
{
	return _(printer_states[state].text);
}

int
printer_state_severity(enum printer_state state)
{
	return printer_states[state].severity;
}

static enum printer_state
printer_state_find(const char *word)
{
	for (size_t i = 0; i < PRINTER_STATE_COUNT; i++) {
		if (strcmp(printer_states[i].word, word) == 0) {
			return (enum printer_state)i;
		}
	}
	return PRINTER_ERROR;
}

/*
 * Values.
 */
static int
printer_check_name(const char *name)
{
	if (*name == '\0' || strlen(name) >= NAME_SIZE ||
	    !utf8_is_clean(name) || strchr(name, '/') != NULL) {
		return err_set(ERR_INVALID,
		    _("a printer's name is 1 to %d bytes, without /"),
		    NAME_SIZE - 1);
	}
	return 0;
}

/* The host and port of "tcp:HOST:PORT" look like ones. */
static bool
printer_good_tcp(const char *rest)
{
	const char	*colon = strrchr(rest, ':');
	int64_t		 port;

	return colon != NULL && colon != rest &&
	    strpbrk(rest, " \t/") == NULL &&
	    str_to_i64(colon + 1, 1, 65535, &port) == 0;
}

int
printer_check_connection(const char *connection)
{
	const char	*rest = strchrnul(connection, ':');

	rest += *rest == ':';
	if (strlen(connection) < PRINTER_CONNECTION_SIZE &&
	    utf8_is_clean(connection)) {
		if (strcmp(connection, "file:") == 0) {
			return 0;
		}
		/* What lpadmin(8) allows in the name of a queue. */
		if (str_starts(connection, "cups:") && *rest != '\0' &&
		    strlen(rest) < 128 && strpbrk(rest, " \t/#'\"?") == NULL) {
			return 0;
		}
		if (str_starts(connection, "tcp:") && printer_good_tcp(rest)) {
			return 0;
		}
		if (str_starts(connection, "device:/dev/") &&
		    strstr(rest, "..") == NULL) {
			return 0;
		}
	}
	return err_set(ERR_INVALID, _("%.40s is no connection; use "
	    "cups:QUEUE, tcp:HOST:9100, device:/dev/usb/lp0 or file:"),
	    connection);
}

/* Put the change onto the printer, refusing what cannot be. */
static int
printer_apply(struct printer *p, const struct printer_change *change)
{
	enum charset	set;
	int		r;

	if (change->connection != NULL) {
		if ((r = printer_check_connection(change->connection)) != 0) {
			return r;
		}
		(void)str_copy(p->connection, sizeof(p->connection),
		    change->connection);
	}
	if (change->charset != NULL) {
		if (*change->charset != '\0' &&
		    (r = charset_find(change->charset, &set)) != 0) {
			return r;
		}
		(void)str_copy(p->charset, sizeof(p->charset),
		    change->charset);
	}
	if ((change->driver != NULL && (*change->driver == '\0' || !str_copy(
	    p->driver, sizeof(p->driver), change->driver))) ||
	    (change->model != NULL &&
	    !str_copy(p->model, sizeof(p->model), change->model))) {
		return err_set(ERR_INVALID, _("that is no printer driver"));
	}
	if (change->columns > 0 &&
	    (change->columns < 16 || change->columns > 132)) {
		return err_set(ERR_RANGE,
		    _("a printer has 16 to 132 columns, not %d"),
		    change->columns);
	}
	if (change->drawer > 0 && change->drawer != 2 && change->drawer != 5) {
		return err_set(ERR_INVALID,
		    _("a drawer is wired to pin 2 or 5; 0 means none"));
	}
	p->columns = change->columns >= 0 ? change->columns : p->columns;
	p->drawer = change->drawer >= 0 ? change->drawer : p->drawer;
	p->active = change->active >= 0 ? change->active != 0 : p->active;
	p->is_default = change->is_default >= 0 ? change->is_default != 0 :
	    p->is_default;
	return 0;
}

static int
printer_read(struct shop *shop, int64_t id, struct printer *out)
{
	struct q_printer_by_id	row;
	int			r;

	*out = (struct printer){ 0 };
	if ((r = q_printer_by_id(shop->db, id, &row)) != 0) {
		return r == ERR_NOT_FOUND ?
		    err_set(r, _("there is no such printer")) : r;
	}
	out->id = row.id;
	(void)str_copy(out->name, sizeof(out->name), row.name);
	(void)str_copy(out->driver, sizeof(out->driver), row.driver);
	(void)str_copy(out->model, sizeof(out->model), row.model);
	(void)str_copy(out->connection, sizeof(out->connection),
	    row.connection);
	(void)str_copy(out->charset, sizeof(out->charset), row.charset);
	(void)str_copy(out->detail, sizeof(out->detail), row.detail);
	out->columns = (int)row.columns;
	out->drawer = (int)row.drawer;
	out->active = row.active;
	out->is_default = row.is_default;
	out->state = row.active ? printer_state_find(row.state) :
	    PRINTER_DISABLED;
	out->since = row.since;
	return 0;
}

/* One change of printers: right, transaction, body's work, audit. */
static int
printer_begin(struct shop *shop, const char *verb)
{
	int	r;

	if ((r = shop_require(shop, RIGHT_PRINTER)) != 0) {
		return r;
	}
	return db_begin(shop->db, verb);
}

static int
printer_commit(struct shop *shop, const char *action, int64_t id, int r)
{
	if (r == 0) {
		r = audit_add(shop, action, "printer", id, "");
	}
	if (r != 0) {
		db_rollback(shop->db);
		return r;
	}
	db_topic(shop->db, "printer");
	return db_commit(shop->db);
}

static int
printer_insert(struct shop *shop, const char *name,
    const struct printer_change *values, int64_t *id)
{
	struct printer		p = { 0 };
	struct q_printer_by_name same;
	struct q_printer_count	count;
	int			r;

	(void)str_copy(p.driver, sizeof(p.driver),
	    strcmp(values->connection, "file:") == 0 ? "text" : "escpos");
	if ((r = printer_apply(&p, values)) != 0) {
		return r;
	}
	if ((r = q_printer_by_name(shop->db, name, &same)) == 0) {
		return err_set(ERR_EXISTS,
		    _("there is already a printer %s"), name);
	} else if (r != ERR_NOT_FOUND) {
		return r;
	}
	if ((r = q_printer_count(shop->db, &count)) != 0) {
		return r;
	}
	p.is_default = p.is_default || count.n == 0;
	if (p.is_default && (r = q_printer_no_default(shop->db)) != 0) {
		return r;
	}
	return q_printer_insert(shop->db, name, p.driver, p.model,
	    p.connection, p.columns, p.charset, p.drawer, p.is_default,
	    shop_now(), id);
}

int
printer_add(struct shop *shop, const char *name,
    const struct printer_change *values, int64_t *id)
{
	int	r;

	*id = 0;
	if ((r = printer_check_name(name)) != 0) {
		return r;
	}
	if (values->connection == NULL) {
		return err_set(ERR_INVALID, _("say where the printer is: "
		    "cups:QUEUE, tcp:HOST:9100, device:/dev/usb/lp0, file:"));
	}
	if ((r = printer_begin(shop, "printer add")) != 0) {
		return r;
	}
	r = printer_insert(shop, name, values, id);
	return printer_commit(shop, "printer.add", *id, r);
}

static int
printer_update(struct shop *shop, int64_t id,
    const struct printer_change *values)
{
	struct printer	p;
	bool		was_default;
	int		r;

	if ((r = printer_read(shop, id, &p)) != 0) {
		return r;
	}
	was_default = p.is_default;
	if ((r = printer_apply(&p, values)) != 0) {
		return r;
	}
	if (was_default && !p.is_default) {
		return err_set(ERR_INVALID,
		    _("make another printer the default one instead"));
	}
	if (!was_default && p.is_default &&
	    (r = q_printer_no_default(shop->db)) != 0) {
		return r;
	}
	return q_printer_update(shop->db, id, p.driver, p.model, p.connection,
	    p.columns, p.charset, p.drawer, p.active, p.is_default);
}

int
printer_set(struct shop *shop, int64_t id, const struct printer_change *values)
{
	int	r;

	if ((r = printer_begin(shop, "printer set")) != 0) {
		return r;
	}
	r = printer_update(shop, id, values);
	return printer_commit(shop, "printer.set", id, r);
}

static int
printer_key_number(const char *key, const char *value, int max, int *out)
{
	int64_t	n;

	if (strcmp(value, "yes") == 0 || strcmp(value, "no") == 0) {
		*out = value[0] == 'y';
		return 0;
	}
	if (str_to_i64(value, 0, max, &n) != 0) {
		return err_set(ERR_INVALID, _("%s of a printer is a number "
		    "from 0 to %d, not %.20s"), key, max, value);
	}
	*out = (int)n;
	return 0;
}

int
printer_set_key(struct shop *shop, int64_t id, const char *key,
    const char *value)
{
	struct printer_change	 change = PRINTER_NO_CHANGE;
	char			 driver[64];
	char			*slash;
	int			 r = 0;

	if (strcmp(key, "driver") == 0) {
		(void)str_copy(driver, sizeof(driver), value);
		change.driver = driver;
		change.model = "";
		if ((slash = strchr(driver, '/')) != NULL) {
			*slash = '\0';
			change.model = slash + 1;
		}
	} else if (strcmp(key, "model") == 0) {
		change.model = value;
	} else if (strcmp(key, "connection") == 0) {
		change.connection = value;
	} else if (strcmp(key, "charset") == 0) {
		change.charset = value;
	} else if (strcmp(key, "columns") == 0) {
		r = printer_key_number(key, value, 132, &change.columns);
	} else if (strcmp(key, "drawer") == 0) {
		r = printer_key_number(key, value, 5, &change.drawer);
	} else if (strcmp(key, "active") == 0) {
		r = printer_key_number(key, value, 1, &change.active);
	} else if (strcmp(key, "default") == 0) {
		r = printer_key_number(key, value, 1, &change.is_default);
	} else {
		return err_set(ERR_INVALID, _("a printer has driver, model, "
		    "connection, charset, columns, drawer, active, default"));
	}
	return r != 0 ? r : printer_set(shop, id, &change);
}

static int
printer_take_away(struct shop *shop, int64_t id)
{
	struct printer		p;
	struct q_print_waiting	waiting;
	struct q_printer_count	count;
	int			r;

	if ((r = printer_read(shop, id, &p)) != 0 ||
	    (r = q_print_waiting(shop->db, id, &waiting)) != 0 ||
	    (r = q_printer_count(shop->db, &count)) != 0) {
		return r;
	}
	if (waiting.n > 0) {
		return err_set(ERR_BUSY,
		    _("%s has %d jobs waiting; cancel them first"), p.name,
		    (int)waiting.n);
	}
	if (p.is_default && count.n > 1) {
		return err_set(ERR_INVALID,
		    _("make another printer the default one first"));
	}
	if ((r = q_printer_unlink(shop->db, id)) != 0) {
		return r;
	}
	return q_printer_mark_removed(shop->db, id, shop_now());
}

int
printer_remove(struct shop *shop, int64_t id)
{
	int	r;

	if ((r = printer_begin(shop, "printer remove")) != 0) {
		return r;
	}
	db_topic(shop->db, "terminal");
	r = printer_take_away(shop, id);
	return printer_commit(shop, "printer.remove", id, r);
}

/* Enough to see what a printer makes of styles, characters and widths. */
static int
printer_test_slip(struct shop *shop, const struct printer *p,
    struct slip *slip)
{
	char	when[32];
	int	r;

	clock_local(shop_now(), "%Y-%m-%d %H:%M", when, sizeof(when));
	slip_text(slip, SLIP_CENTRE, SLIP_BOLD | SLIP_WIDE | SLIP_HIGH,
	    _("TEST"));
	slip_text(slip, SLIP_CENTRE, 0, shop->set.company);
	slip_rule(slip, '=');
	slip_columns(slip, 0, p->name, when);
	slip_fmt(slip, SLIP_LEFT, 0, "%s%s%s %s", p->driver,
	    *p->model == '\0' ? "" : "/", p->model, p->connection);
	slip_text(slip, SLIP_LEFT, 0, "àâçéèêëîïôùûüÿ ÀÇÉÈÊ œŒ æÆ € £ ½ ° « »");
	slip_columns(slip, 0, "2 Entrecôte sauce au poivre vert", "37,00 B");
	slip_text(slip, SLIP_LEFT, SLIP_BOLD, _("bold"));
	slip_text(slip, SLIP_LEFT, SLIP_WIDE, _("wide"));
	slip_text(slip, SLIP_LEFT, SLIP_HIGH, _("high"));
	slip_text(slip, SLIP_LEFT, SLIP_REVERSE, _("reverse"));
	slip_text(slip, SLIP_LEFT, SLIP_UNDERLINE, _("underlined"));
	slip_text(slip, SLIP_LEFT, SLIP_RED, _("red"));
	slip_text(slip, SLIP_LEFT, SLIP_SMALL, _("small"));
	if ((r = slip_ean13(slip, "4006381333931")) != 0 ||
	    (r = slip_code128(slip, "COMPTOIR")) != 0 ||
	    (r = slip_qr(slip, 6, 'M', "comptoir")) != 0) {
		return r;
	}
	slip_text(slip, SLIP_CENTRE, 0, _("no sale, no receipt"));
	slip_cut(slip, false);
	return 0;
}

int
printer_test(struct shop *shop, int64_t id, int64_t *job)
{
	struct printer	p;
	struct slip	slip = { 0 };
	int		r;

	*job = 0;
	if ((r = printer_begin(shop, "printer test")) != 0) {
		return r;
	}
	if ((r = printer_read(shop, id, &p)) == 0 &&
	    (r = printer_test_slip(shop, &p, &slip)) == 0) {
		r = print_add(shop, id, PRINT_TEST, "test", &slip, job);
	}
	slip_done(&slip);
	return printer_commit(shop, "printer.test", id, r);
}

/*
 * Reading.
 */
int
printer_find(struct shop *shop, const char *name, int64_t *id)
{
	struct q_printer_by_name	row;
	int				r;

	*id = 0;
	if ((r = q_printer_by_name(shop->db, name, &row)) != 0) {
		return r == ERR_NOT_FOUND ?
		    err_set(r, _("there is no printer %.40s"), name) : r;
	}
	*id = row.id;
	return 0;
}

int
printer_get(struct shop *shop, int64_t id, struct printer *out)
{
	return printer_read(shop, id, out);
}

int
printer_list(struct shop *shop,
    int (*fn)(void *ctx, const struct printer *printer), void *ctx)
{
	struct q_printer_all	*rows;
	size_t			 n;
	int			 r;

	if ((r = q_printer_all(shop->db, &rows, &n)) != 0) {
		return r;
	}
	for (size_t i = 0; i < n && r == 0; i++) {
		struct printer	p;

		r = printer_read(shop, rows[i].id, &p);
		if (r == ERR_NOT_FOUND) {
			r = 0;		/* removed meanwhile */
		} else if (r == 0) {
			r = fn(ctx, &p);
		}
	}
	free(rows);
	return r;
}

int
printer_for(struct shop *shop, int64_t terminal, int64_t *id)
{
	struct q_printer_of_terminal	row;
	int				r;

	*id = 0;
	r = q_printer_of_terminal(shop->db, terminal, &row);
	if (r == ERR_NOT_FOUND) {
		return 0;
	}
	*id = r == 0 ? row.id : 0;
	return r;
}

/*
 * How it is.  A spooler holds a lock on SHOP/run/printer-ID.lock as long as
 * it lives; a row may still say "ready" when everything was killed.
 */
static bool
printer_is_served(struct shop *shop, int64_t id)
{
	struct flock	lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	char		path[4096];
	int		fd, r;

	if (!str_fmt(path, sizeof(path), "%s/run/printer-%lld.lock",
	    db_shop(shop->db), (long long)id)) {
		return false;
	}
	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) < 0) {
		return errno == EACCES;		/* not for us to know */
	}
	r = fcntl(fd, F_OFD_GETLK, &lock);
	(void)close(fd);
	return r != 0 || lock.l_type != F_UNLCK;
}

/* "Bar: out of paper; put a roll in (3 min)" */
static void
printer_say(const struct printer *p, struct print_status *out)
{
	int64_t	minutes = (shop_now() - p->since) / 60000;
	char	age[32] = "";

	if (printer_state_severity(out->state) == 0) {
		return;
	}
	if (out->state == p->state && p->since > 0 && minutes > 0) {
		(void)str_fmt(age, sizeof(age), _(" (%d min)"),
		    minutes > 9999 ? 9999 : (int)minutes);
	}
	if (out->state == PRINTER_ERROR && p->detail[0] != '\0') {
		(void)str_fmt(out->text, sizeof(out->text), "%s: %s%s",
		    p->name, p->detail, age);
	} else {
		(void)str_fmt(out->text, sizeof(out->text), "%s: %s%s",
		    p->name, printer_state_text(out->state), age);
	}
}

/* A job that went wrong a moment ago is told of when nothing worse is. */
static int
printer_say_job(struct shop *shop, const struct printer *p,
    struct print_status *out)
{
	struct q_print_trouble	job;
	int			r;

	r = q_print_trouble(shop->db, p->id,
	    shop_now() - PRINTER_TROUBLE_MS, &job);
	if (r == ERR_NOT_FOUND) {
		return 0;
	} else if (r != 0) {
		return r;
	}
	if (strcmp(job.kind, "drawer") == 0) {
		(void)str_fmt(out->text, sizeof(out->text),
		    _("%s: drawer not opened: %s"), p->name, _(job.note));
	} else if (strcmp(job.state, "printed?") == 0) {
		(void)str_fmt(out->text, sizeof(out->text),
		    _("%s: %s may not have come out; look"), p->name,
		    job.ref);
	} else if (*job.note == '\0') {
		(void)str_fmt(out->text, sizeof(out->text),
		    _("%s: %s not printed"), p->name, job.ref);
	} else {
		(void)str_fmt(out->text, sizeof(out->text),
		    _("%s: %s not printed: %s"), p->name, job.ref,
		    _(job.note));
	}
	return 0;
}

int
printer_status(struct shop *shop, int64_t printer, struct print_status *out)
{
	struct printer		p;
	struct q_print_waiting	waiting;
	int			r;

	*out = (struct print_status){ .state = PRINTER_READY };
	if ((r = printer_read(shop, printer, &p)) != 0 ||
	    (r = q_print_waiting(shop->db, printer, &waiting)) != 0) {
		return r;
	}
	out->waiting = waiting.n;
	out->state = p.state;
	if (p.active && !printer_is_served(shop, printer)) {
		out->state = PRINTER_UNSERVED;
	}
	printer_say(&p, out);
	if (printer_state_severity(out->state) <= 1) {
		return printer_say_job(shop, &p, out);
	}
	return 0;
}

int
print_status(struct shop *shop, int64_t terminal, struct print_status *out)
{
	int64_t	printer;
	int	r;

	*out = (struct print_status){ .state = PRINTER_READY };
	if ((r = printer_for(shop, terminal, &printer)) != 0 ||
	    printer == 0) {
		return r;
	}
	return printer_status(shop, printer, out);
}
