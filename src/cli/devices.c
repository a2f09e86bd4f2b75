/* SPDX-License-Identifier: ISC */
/* terminal … and line …: where people work. */
#include "cli/command.h"

#include <string.h>

#include "shop/recipe.h"
#include "shop/user.h"

static int
terminal_list_row(void *ctx, const struct terminal_row *t)
{
	struct out	*o = ctx;

	out_text(o, t->name);
	out_text(o, t->fingerprint);
	out_int(o, t->trusted);
	out_int(o, t->active);
	out_text(o, t->printer);
	out_text(o, t->tender);
	out_text(o, t->rights);
	out_int(o, t->last_seen);
	return 0;
}

static int
run_terminal_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "name", N_("name"), VALUE_TEXT },
		{ "key", N_("key"), VALUE_TEXT },
		{ "trusted", N_("trusted"), VALUE_BOOL },
		{ "active", N_("active"), VALUE_BOOL },
		{ "printer", N_("printer"), VALUE_TEXT },
		{ "default_tender", N_("tender"), VALUE_TEXT },
		{ "denied_rights", N_("denied"), VALUE_TEXT },
		{ "last_seen", N_("last seen"), VALUE_TIME },
	};
	int	r;

	out_begin(&call->out, columns, NELEM(columns), false);
	r = terminal_list(call->shop, terminal_list_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
run_terminal_add(struct call *call)
{
	int64_t	id;
	int	r = terminal_add(call->shop, call_arg(call, 0), &id);

	if (r == 0) {
		call_say(call, _("terminal %s added"), call_arg(call, 0));
	}
	return r;
}

static int
run_terminal_accept(struct call *call)
{
	int64_t	id;
	int	r = terminal_accept(call->shop, call_arg(call, 0),
		    call_arg(call, 1), &id);

	if (r == 0) {
		call_say(call, _("terminal %s accepted; let it connect again"),
		    call_arg(call, 1));
	}
	return r;
}

static int
terminal_waiting_row(void *ctx, const struct enrolment_row *w)
{
	struct out	*o = ctx;

	out_text(o, w->code);
	out_text(o, w->from);
	out_text(o, w->fingerprint);
	out_int(o, w->made_at);
	out_int(o, w->expires_at);
	return 0;
}

static int
run_terminal_waiting(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "code", N_("code"), VALUE_TEXT },
		{ "from", N_("from"), VALUE_TEXT },
		{ "fingerprint", N_("fingerprint"), VALUE_TEXT },
		{ "since", N_("since"), VALUE_TIME },
		{ "until", N_("until"), VALUE_TIME },
	};
	int	r;

	out_begin(&call->out, columns, NELEM(columns), false);
	r = terminal_waiting(call->shop, terminal_waiting_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
run_terminal_key_add(struct call *call)
{
	struct buf	line = { 0 };
	int64_t		id;
	int		r;

	if ((r = terminal_find(call->shop, call_arg(call, 0), &id)) == 0 &&
	    (r = call_key(call, call_arg(call, 1), &line)) == 0) {
		r = terminal_key_add(call->shop, id, buf_text(&line));
	}
	buf_done(&line);
	return r;
}

static int
run_terminal_key_forget(struct call *call)
{
	int64_t	id;
	int	r = terminal_find(call->shop, call_arg(call, 0), &id);

	return r != 0 ? r : terminal_key_forget(call->shop, id);
}

static int
run_terminal_set(struct call *call)
{
	int64_t	id;
	int	r = terminal_find(call->shop, call_arg(call, 0), &id);

	return r != 0 ? r : terminal_set(call->shop, id, call_arg(call, 1),
	    call_arg(call, 2));
}

static int
run_terminal_recipe(struct call *call)
{
	const char	*text = recipe_text(call_arg(call, 0));

	if (text == NULL) {
		return err_set(ERR_NOT_FOUND,
		    _("no recipe for %.20s; there are pi, pc, vt220, phone"),
		    call_arg(call, 0));
	}
	call_say(call, "%s", text);
	return 0;
}

static int
line_list_row(void *ctx, const struct line_row *l)
{
	struct out	*o = ctx;

	out_text(o, l->name);
	out_text(o, l->device);
	out_int(o, l->speed);
	out_text(o, l->format);
	out_text(o, l->flow);
	out_text(o, l->term);
	out_int(o, l->columns);
	out_int(o, l->rows);
	out_text(o, l->charset);
	out_int(o, l->modem);
	out_int(o, l->active);
	return 0;
}

static int
run_line_list(struct call *call)
{
	static const struct out_column	columns[] = {
		{ "name", N_("name"), VALUE_TEXT },
		{ "device", N_("device"), VALUE_TEXT },
		{ "speed", N_("speed"), VALUE_COUNT },
		{ "format", N_("format"), VALUE_TEXT },
		{ "flow", N_("flow"), VALUE_TEXT },
		{ "term", N_("type"), VALUE_TEXT },
		{ "columns", N_("columns"), VALUE_COUNT },
		{ "rows", N_("rows"), VALUE_COUNT },
		{ "charset", N_("characters"), VALUE_TEXT },
		{ "modem", N_("modem"), VALUE_BOOL },
		{ "active", N_("active"), VALUE_BOOL },
	};
	int	r;

	out_begin(&call->out, columns, NELEM(columns), false);
	r = line_list(call->shop, line_list_row, &call->out);
	return r != 0 ? r : out_end(&call->out);
}

static int
run_line_add(struct call *call)
{
	static const char *const keys[] = { "speed", "format", "flow", "term",
		"charset", "columns", "rows", "modem" };
	int64_t	id;
	int	r;

	r = line_add(call->shop, call_arg(call, 0), call_arg(call, 1), &id);
	for (size_t i = 0; r == 0 && i < NELEM(keys); i++) {
		const char	*value = call_option(call, keys[i]);

		if (value != NULL) {
			r = line_set(call->shop, id, keys[i], value);
		}
	}
	if (r == 0) {
		call_say(call, _("line %s added"), call_arg(call, 0));
	}
	return r;
}

static int
run_line_set(struct call *call)
{
	int64_t	id;
	int	r = line_find(call->shop, call_arg(call, 0), &id);

	return r != 0 ? r : line_set(call->shop, id, call_arg(call, 1),
	    call_arg(call, 2));
}

const struct command commands_devices[] = {
	{ "terminal list", "", "", N_("workplaces known by key or line"),
	    COMMAND_LISTS, RIGHT_TERMINAL, run_terminal_list },
	{ "terminal add", "NAME", "", N_("name a workplace"),
	    0, RIGHT_TERMINAL, run_terminal_add },
	{ "terminal accept", "CODE NAME", "",
	    N_("trust the key that was shown this code"),
	    0, RIGHT_TERMINAL, run_terminal_accept },
	{ "terminal waiting", "", "",
	    N_("codes shown to terminals that nobody has accepted yet"),
	    COMMAND_LISTS, RIGHT_TERMINAL, run_terminal_waiting },
	{ "terminal key add", "NAME [FILE]", "",
	    N_("give a terminal an SSH public key without a code"),
	    0, RIGHT_TERMINAL, run_terminal_key_add },
	{ "terminal key forget", "NAME", "",
	    N_("a lost terminal: none of its keys opens any more"),
	    0, RIGHT_TERMINAL, run_terminal_key_forget },
	{ "terminal set", "NAME KEY VALUE", "",
	    N_("change printer, tender, drawer, trusted, active or deny"),
	    0, RIGHT_TERMINAL, run_terminal_set },
	{ "terminal recipe", "pi|pc|vt220|phone", "",
	    N_("how to turn such a machine into a workplace"),
	    COMMAND_NO_SHOP, -1, run_terminal_recipe },
	{ "line list", "", "", N_("serial lines"),
	    COMMAND_LISTS, RIGHT_TERMINAL, run_line_list },
	{ "line add", "NAME DEVICE",
	    "speed=BAUD format=8N1 flow=none|xonxoff|rtscts term=TERM "
	    "charset=SET columns=N rows=N modem=yes|no",
	    N_("serve a terminal on a serial port"),
	    0, RIGHT_TERMINAL, run_line_add },
	{ "line set", "NAME KEY VALUE", "",
	    N_("change a line (also active yes or no)"),
	    0, RIGHT_TERMINAL, run_line_set },
	{ .words = NULL },
};
