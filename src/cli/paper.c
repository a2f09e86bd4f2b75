/* SPDX-License-Identifier: ISC */
/* printer … and print …: printers and the outbox. */
#include "cli/command.h"

#include <string.h>
#include <unistd.h>

#include "drivers/driver.h"
#include "shop/print.h"

static int
printer_id(struct call *call, int64_t *id)
{
	return printer_find(call->shop, call_arg(call, 0), id);
}

static int
printer_row(void *ctx, const struct printer *p)
{
	struct out	*o = ctx;
	char		 model[48];

	(void)str_fmt(model, sizeof(model), "%s%s%s", p->driver,
	    p->model[0] == '\0' ? "" : "/", p->model);
	out_text(o, p->name);
	out_text(o, model);
	out_text(o, p->connection);
	out_int(o, p->active);
	out_int(o, p->is_default);
	out_word(o, printer_state_word(p->state),
	    printer_state_text(p->state));
	out_text(o, p->detail);
	out_int(o, p->since);
	return 0;
}

static int
run_printer_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "name", N_("name"), VALUE_TEXT },
		{ "driver", N_("driver"), VALUE_TEXT },
		{ "connection", N_("where"), VALUE_TEXT },
		{ "active", N_("active"), VALUE_BOOL },
		{ "default", N_("default"), VALUE_BOOL },
		{ "state", N_("state"), VALUE_TEXT },
		{ "detail", N_("detail"), VALUE_TEXT },
		{ "since", N_("since"), VALUE_TIME },
	};
	int	r;

	out_begin(&call->out, columns, NELEM(columns), false);
	r = printer_list(call->shop, printer_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

/* This floor knows the drivers: the shop only keeps their names. */
static int
printer_check(const struct printer *p)
{
	struct driver_setup	setup;

	return driver_find(p->driver, p->model, p->columns, p->charset,
	    &setup);
}

/* A number, or left as it is when the option was not given. */
static int
printer_number(struct call *call, const char *name, int *out)
{
	const char	*value = call_option(call, name);
	int64_t		 n;
	int		 r;

	if (value == NULL) {
		return 0;
	}
	if ((r = str_to_i64(value, 0, 132, &n)) != 0) {
		return r;
	}
	*out = (int)n;
	return 0;
}

static int
run_printer_add(struct call *call)
{
	struct printer_change	change = PRINTER_NO_CHANGE;
	struct printer		p = { .driver = "escpos" };
	const char		*driver = call_option(call, "driver");
	char			name[32], model[32];
	int64_t			id;
	int			r;

	change.connection = call_arg(call, 1);
	change.charset = call_option(call, "charset");
	if ((r = printer_number(call, "columns", &change.columns)) != 0 ||
	    (r = printer_number(call, "drawer", &change.drawer)) != 0) {
		return r;
	}
	if (driver == NULL) {
		driver = strcmp(change.connection, "file:") == 0 ? "text" :
		    "escpos";
	}
	driver_split(driver, name, model);
	change.driver = name;
	change.model = model;
	(void)str_copy(p.driver, sizeof(p.driver), name);
	(void)str_copy(p.model, sizeof(p.model), model);
	(void)str_copy(p.charset, sizeof(p.charset),
	    change.charset == NULL ? "" : change.charset);
	p.columns = change.columns > 0 ? change.columns : 0;
	if ((r = printer_check(&p)) != 0 ||
	    (r = printer_add(call->shop, call_arg(call, 0), &change,
	    &id)) != 0) {
		return r;
	}
	call_say(call, _("printer %s added; try: printer test %s"),
	    call_arg(call, 0), call_arg(call, 0));
	return 0;
}

static int
run_printer_set(struct call *call)
{
	const char	*key = call_arg(call, 1), *value = call_arg(call, 2);
	struct printer	p;
	char		driver[32], model[32];
	int64_t		id, n;
	int		r;

	if ((r = printer_id(call, &id)) != 0 ||
	    (r = printer_get(call->shop, id, &p)) != 0) {
		return r;
	}
	if (strcmp(key, "driver") == 0) {
		driver_split(value, driver, model);
		(void)str_copy(p.driver, sizeof(p.driver), driver);
		(void)str_copy(p.model, sizeof(p.model), model);
	} else if (strcmp(key, "model") == 0) {
		(void)str_copy(p.model, sizeof(p.model), value);
	} else if (strcmp(key, "charset") == 0) {
		(void)str_copy(p.charset, sizeof(p.charset), value);
	} else if (strcmp(key, "columns") == 0 &&
	    str_to_i64(value, 0, 999, &n) == 0) {
		p.columns = (int)n;
	}
	if ((r = printer_check(&p)) != 0) {
		return r;
	}
	return printer_set_key(call->shop, id, key, value);
}

static int
run_printer_remove(struct call *call)
{
	int64_t	id;
	int	r = printer_id(call, &id);

	return r != 0 ? r : printer_remove(call->shop, id);
}

static int
run_printer_test(struct call *call)
{
	int64_t	id, job;
	int	r;

	if ((r = printer_id(call, &id)) != 0 ||
	    (r = printer_test(call->shop, id, &job)) != 0) {
		return r;
	}
	call_say(call, _("test page is job %lld; print list shows it"),
	    (long long)job);
	return 0;
}

static int
job_row(void *ctx, const struct print_job *j)
{
	struct out	*o = ctx;

	out_int(o, j->id);
	out_text(o, j->printer_name);
	out_word(o, print_kind_word(j->kind), _(print_kind_word(j->kind)));
	out_text(o, j->ref);
	out_word(o, print_state_word(j->state), print_state_text(j->state));
	out_int(o, j->attempts);
	out_int(o, j->created);
	out_text(o, j->note);
	return 0;
}

static int
run_print_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "job", N_("job"), VALUE_ID },
		{ "printer", N_("printer"), VALUE_TEXT },
		{ "kind", N_("kind"), VALUE_TEXT },
		{ "document", N_("document"), VALUE_TEXT },
		{ "state", N_("state"), VALUE_TEXT },
		{ "attempts", N_("tries"), VALUE_COUNT },
		{ "created", N_("created"), VALUE_TIME },
		{ "note", N_("note"), VALUE_TEXT },
	};
	int	r;

	out_begin(&call->out, columns, NELEM(columns), false);
	r = print_list(call->shop, 0, call_option(call, "open") != NULL, 200,
	    job_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
job_id(struct call *call, int64_t *id)
{
	return str_to_i64(call_arg(call, 0), 1, INT64_MAX, id);
}

#define PREVIEW_COLUMNS	42

/* What a job puts on paper, as text. */
static int
run_print_show(struct call *call)
{
	struct buf	slip = { 0 }, text = { 0 };
	int64_t		id;
	int		r = job_id(call, &id);

	if (r == 0 && (r = print_slip(call->shop, id, &slip)) == 0 &&
	    (r = driver_preview(buf_text(&slip), PREVIEW_COLUMNS,
	    &text)) == 0) {
		r = io_write_all(STDOUT_FILENO, text.data, text.len);
	}
	buf_done(&slip);
	buf_done(&text);
	return r;
}

static int
run_print_retry(struct call *call)
{
	int64_t	id;
	int	r = job_id(call, &id);

	return r != 0 ? r : print_retry(call->shop, id);
}

static int
run_print_cancel(struct call *call)
{
	int64_t	id;
	int	r = job_id(call, &id);

	return r != 0 ? r : print_cancel(call->shop, id);
}

const struct command commands_paper[] = {
	{ "printer list", "", "", N_("printers and how they are"),
	    COMMAND_LISTS, RIGHT_LOOK, run_printer_list },
	{ "printer add", "NAME CONNECTION",
	    "driver=DRIVER/MODEL columns=N charset=SET drawer=PIN",
	    N_("cups:QUEUE, tcp:HOST:9100, device:PATH or file:"),
	    0, RIGHT_PRINTER, run_printer_add },
	{ "printer set", "NAME KEY VALUE", "",
	    N_("change driver, connection, columns, charset, drawer, active "
	    "or default"), 0, RIGHT_PRINTER, run_printer_set },
	{ "printer remove", "NAME", "", N_("its jobs stay readable"),
	    0, RIGHT_PRINTER, run_printer_remove },
	{ "printer test", "NAME", "",
	    N_("a page with its styles, characters and columns"),
	    0, RIGHT_PRINTER, run_printer_test },
	{ "print list", "", "open", N_("the outbox, newest first"),
	    COMMAND_LISTS, RIGHT_SALES, run_print_list },
	{ "print show", "JOB", "", N_("what a job puts on paper, as text"),
	    0, RIGHT_AUDIT, run_print_show },
	{ "print retry", "JOB", "", N_("send again (says DUPLICATA)"),
	    0, RIGHT_REPRINT, run_print_retry },
	{ "print cancel", "JOB", "", N_("take back a job not yet printed"),
	    0, RIGHT_REPRINT, run_print_cancel },
	{ .words = NULL },
};
