/* SPDX-License-Identifier: ISC */
/* The keep worker is comptoird's eye on the database: it says when the shop
 * is open, and which lines and printers there are. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "door/server.h"

#define ROWS_MAX	512

int
keep_worker_start(struct server *server, const char *what, pid_t *pid, int *fd)
{
	const char	*argv[] = { "comptoir", "-s", server->shop, "worker",
			    what, NULL };
	struct spawn	 spawn = {
		.path = server->comptoir,
		.argv = (char *const *)(uintptr_t)argv,
		.who = server->drop,
		.fd = { -1, -1, STDERR_FILENO, -1 },
		.nfds = MON_FD + 1,
		.death_signal = SIGTERM,
	};
	int		 pair[2], r;

	*pid = 0;
	*fd = -1;
	if ((r = mon_pair(pair)) != 0) {
		return r;
	}
	spawn.fd[MON_FD] = pair[1];
	r = spawn_start(&spawn, pid);
	(void)close(pair[1]);
	if (r != 0) {
		(void)close(pair[0]);
		return r;
	}
	*fd = pair[0];
	return 0;
}

/* ---- what a row makes run ---- */

static int
keep_spawn_line(void *ctx, pid_t *pid)
{
	struct device	*d = ctx;
	char		 speed[16];
	const char	*argv[] = { "comptoir-line", d->path, "--speed", speed,
			    "--format", d->format, "--flow", d->flow,
			    d->modem ? "--modem" : NULL, NULL };
	struct spawn	 spawn = {
		.path = d->server->line,
		.argv = (char *const *)(uintptr_t)argv,
		.who = d->server->drop,
		.fd = { -1, -1, STDERR_FILENO, -1 },
		.nfds = MON_FD + 1,
		.death_signal = SIGTERM,
	};
	int		 r;

	*pid = 0;
	(void)str_fmt(speed, sizeof(speed), "%u", d->speed);
	if (d->entry != NULL) {
		entry_close(d->entry);
	}
	if ((r = entry_new_line(d->server, d, &spawn.fd[MON_FD])) != 0) {
		return r;
	}
	r = spawn_start(&spawn, pid);
	(void)close(spawn.fd[MON_FD]);
	if (r != 0) {
		entry_close(d->entry);
	}
	return r;
}

static int
keep_spawn_spool(void *ctx, pid_t *pid)
{
	struct device	*d = ctx;
	char		 id[24];
	const char	*argv[] = { "comptoir-spool", d->server->shop, id,
			    NULL };
	struct spawn	 spawn = {
		.path = d->server->spool,
		.argv = (char *const *)(uintptr_t)argv,
		.who = d->server->drop,
		.fd = { -1, -1, STDERR_FILENO },
		.nfds = 3,
		.death_signal = SIGTERM,
	};

	(void)str_fmt(id, sizeof(id), "%lld", (long long)d->id);
	return spawn_start(&spawn, pid);
}

static void
keep_device_free(struct device *d)
{
	for (struct device **p = &d->server->devices; *p != NULL;
	    p = &(*p)->next) {
		if (*p == d) {
			*p = d->next;
			break;
		}
	}
	if (d->entry != NULL) {
		entry_close(d->entry);
	}
	free(d);
}

/* A row that went, or a line whose program ended. */
static void
keep_device_ended(void *ctx, int status)
{
	struct device	*d = ctx;

	(void)status;
	if (d->entry != NULL) {
		entry_close(d->entry);
	}
	if (!d->service.wanted) {
		keep_device_free(d);
	}
}

static void
keep_device_start(struct device *d)
{
	(void)str_fmt(d->service.name, sizeof(d->service.name), "%s %s",
	    d->is_line ? "comptoir-line" : "comptoir-spool", d->name);
	d->service.start = d->is_line ? keep_spawn_line : keep_spawn_spool;
	d->service.ended = keep_device_ended;
	d->service.ctx = d;
	d->next = d->server->devices;
	d->server->devices = d;
	service_start(&d->service, d->server->loop);
}

static void
keep_device_stop(struct device *d)
{
	bool	runs = service_runs(&d->service);

	service_stop(&d->service);
	if (!runs) {
		keep_device_free(d);
	}
}

static bool
keep_same(const struct device *a, const struct device *b)
{
	return a->is_line == b->is_line && a->id == b->id &&
	    a->terminal == b->terminal && a->speed == b->speed &&
	    a->columns == b->columns && a->rows == b->rows &&
	    a->modem == b->modem && strcmp(a->name, b->name) == 0 &&
	    strcmp(a->path, b->path) == 0 &&
	    strcmp(a->format, b->format) == 0 &&
	    strcmp(a->flow, b->flow) == 0 && strcmp(a->term, b->term) == 0 &&
	    strcmp(a->charset, b->charset) == 0;
}

/* The list is whole: start what is new, stop what went, leave the rest. */
static void
keep_rows_done(struct server *server)
{
	struct device	*d, *next;

	for (d = server->devices; d != NULL; d = d->next) {
		d->seen = false;
	}
	for (struct device **p = &server->coming; *p != NULL;) {
		for (d = server->devices; d != NULL; d = d->next) {
			if (d->service.wanted && keep_same(d, *p)) {
				break;
			}
		}
		if (d == NULL) {
			p = &(*p)->next;
			continue;
		}
		d->seen = true;
		next = (*p)->next;
		free(*p);
		*p = next;
	}
	for (d = server->devices; d != NULL; d = next) {
		next = d->next;
		if (!d->seen && d->service.wanted) {
			keep_device_stop(d);
		}
	}
	while ((d = server->coming) != NULL) {
		server->coming = d->next;
		keep_device_start(d);
	}
}

/* ---- what the worker says ---- */

static void
keep_drop_rows(struct server *server)
{
	while (server->coming != NULL) {
		struct device	*next = server->coming->next;

		free(server->coming);
		server->coming = next;
	}
	server->rows_left = 0;
}

static int
keep_row(struct server *server, struct mon *in)
{
	struct device	*d;
	int		 r;

	if (server->rows_left == 0) {
		return err_set(ERR_INVALID, "a row too many");
	}
	d = xcalloc(1, sizeof(*d));
	d->server = server;
	d->is_line = in->type == MON_LINE_ROW;
	d->id = mon_get_i64(in);
	if (d->is_line) {
		d->terminal = mon_get_i64(in);
		mon_get_text(in, d->name, sizeof(d->name));
		mon_get_text(in, d->path, sizeof(d->path));
		mon_get_text(in, d->format, sizeof(d->format));
		mon_get_text(in, d->flow, sizeof(d->flow));
		mon_get_text(in, d->term, sizeof(d->term));
		mon_get_text(in, d->charset, sizeof(d->charset));
		d->speed = mon_get_u32(in);
		d->columns = mon_get_u32(in);
		d->rows = mon_get_u32(in);
		d->modem = mon_get_u32(in);
	} else {
		mon_get_text(in, d->name, sizeof(d->name));
	}
	if ((r = mon_end(in)) != 0) {
		free(d);
		return r;
	}
	d->next = server->coming;
	server->coming = d;
	if (--server->rows_left == 0 && !server->stopping) {
		keep_rows_done(server);
	}
	return 0;
}

static int
keep_message(struct server *server, struct mon *in)
{
	char		text[MON_WORDS_MAX];
	uint32_t	n;
	int		r;

	switch (in->type) {
	case MON_READY:
		server->demo = mon_get_u32(in) != 0;
		if ((r = mon_end(in)) == 0 && !server->keep_ready) {
			server->keep_ready = true;
			server_opened(server);
		}
		return r;
	case MON_FAILED:
		n = mon_get_u32(in);
		mon_get_text(in, text, sizeof(text));
		if ((r = mon_end(in)) != 0 || n == 0 || n >= ERR_COUNT_) {
			return ERR_INVALID;
		}
		r = err_set(-(int)n, "%s", text);
		if (!server->keep_ready) {
			server_stop(server, r);
		} else {
			log_err(r, "comptoir worker keep");
		}
		return 0;
	case MON_LOG:
		n = mon_get_u32(in);
		mon_get_text(in, text, sizeof(text));
		if ((r = mon_end(in)) == 0 && n <= LOG_LEVEL_DEBUG) {
			log_write((enum log_level)n, "worker keep: %s", text);
		}
		return r;
	case MON_ROWS:
		keep_drop_rows(server);
		n = mon_get_u32(in);
		if ((r = mon_end(in)) != 0 || n > ROWS_MAX) {
			return ERR_INVALID;
		}
		server->rows_left = n;
		if (n == 0 && !server->stopping) {
			keep_rows_done(server);
		}
		return 0;
	case MON_LINE_ROW:
	case MON_PRINTER_ROW:
		return keep_row(server, in);
	default:
		return err_set(ERR_INVALID, "%s from a worker",
		    mon_name(in->type));
	}
}

static void
keep_close(struct server *server)
{
	if (server->keep_source.fd >= 0) {
		loop_unwatch(server->loop, &server->keep_source);
		(void)close(server->keep_source.fd);
		server->keep_source.fd = -1;
	}
	keep_drop_rows(server);
}

/* One message; 0 while there may be more. */
static int
keep_read(struct server *server)
{
	int	r;

	if (server->keep_source.fd < 0) {
		return ERR_CLOSED;
	}
	r = mon_recv(server->keep_source.fd, &server->in, false);
	if (r == ERR_BUSY) {
		return r;
	}
	if (r == 0 && (r = keep_message(server, &server->in)) != 0) {
		log_err(r, "comptoir worker keep");
	}
	mon_done(&server->in);
	if (r != 0) {
		keep_close(server);
		service_kill(&server->keep, SIGTERM);
	}
	return r;
}

static void
keep_input(void *ctx, unsigned events)
{
	(void)events;
	(void)keep_read(ctx);
}

static int
keep_spawn(void *ctx, pid_t *pid)
{
	struct server	*server = ctx;
	int		 fd, r;

	if ((r = keep_worker_start(server, "keep", pid, &fd)) != 0) {
		return r;
	}
	server->keep_source = (struct source){ .fd = fd, .ready = keep_input,
	    .ctx = server };
	return loop_watch(server->loop, &server->keep_source);
}

static void
keep_ended(void *ctx, int status)
{
	struct server	*server = ctx;

	/* What it said last may still be in the socket. */
	while (keep_read(server) == 0) {
		continue;
	}
	keep_close(server);
	if (!server->keep_ready && !server->stopping) {
		server_stop(server, err_set(ERR_SYSTEM,
		    _("the shop cannot be opened: comptoir worker keep %s"),
		    service_status(status)));
	}
}

void
keep_start(struct server *server)
{
	struct service	*service = &server->keep;

	server->keep_source.fd = -1;
	(void)str_copy(service->name, sizeof(service->name),
	    "comptoir worker keep");
	service->start = keep_spawn;
	service->ended = keep_ended;
	service->ctx = server;
	service_start(service, server->loop);
}

void
keep_stop_devices(struct server *server)
{
	struct device	*next;

	for (struct device *d = server->devices; d != NULL; d = next) {
		next = d->next;
		if (d->service.wanted) {
			keep_device_stop(d);
		}
	}
}

void
keep_kill_devices(struct server *server, int sig)
{
	for (struct device *d = server->devices; d != NULL; d = d->next) {
		service_kill(&d->service, sig);
	}
}
