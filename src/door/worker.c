/* SPDX-License-Identifier: ISC */
/* The two workers: questions about people, and the eye on the rows. */
#include "door/worker.h"

#include <sys/stat.h>

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "db/watch.h"
#include "door/monitor.h"
#include "shop/auth.h"
#include "shop/print.h"
#include "shop/session.h"
#include "shop/stock_alert.h"
#include "shop/user.h"

#define AUTH_IDLE_MS	60000		/* nobody asked: end */
#define KEEP_LOOK_MS	60000		/* between looks at the log's length */
#define KEEP_STOCK_LOOKS 10		/* of them to one at the stock */
#define KEEP_QUIET_MS	2000		/* nobody wrote for so long */
#define WAL_WORTH	(1 << 20)	/* a checkpoint is worth it */
#define WAL_ALARM	(64 << 20)	/* somebody reads for too long */

/* ---- auth ---- */

static int
worker_password(struct shop *shop, struct mon *in, struct grant *grant)
{
	char	name[MON_NAME_MAX], secret[MON_SECRET_MAX];
	char	from[MON_NAME_MAX];
	int	r;

	mon_get_text(in, name, sizeof(name));
	mon_get_text(in, secret, sizeof(secret));
	mon_get_text(in, from, sizeof(from));
	if ((r = mon_end(in)) == 0) {
		r = auth_password(shop, name, secret, DOOR_SSH, from, grant);
	}
	explicit_bzero(secret, sizeof(secret));
	return r;
}

static int
worker_key(struct shop *shop, struct mon *in, struct grant *grant)
{
	char	name[MON_NAME_MAX], type[MON_KEY_TYPE_MAX], key[MON_KEY_MAX];
	char	from[MON_NAME_MAX];
	bool	verified;
	int	r;

	mon_get_text(in, name, sizeof(name));
	mon_get_text(in, type, sizeof(type));
	mon_get_text(in, key, sizeof(key));
	verified = mon_get_u32(in) != 0;
	mon_get_text(in, from, sizeof(from));
	if ((r = mon_end(in)) == 0) {
		r = auth_key(shop, name, type, key, verified, DOOR_SSH, from,
		    grant);
	}
	return r;
}

static int
worker_second(struct shop *shop, struct mon *in)
{
	int64_t	user = mon_get_i64(in);
	char	code[MON_SECRET_MAX];
	int	r;

	mon_get_text(in, code, sizeof(code));
	if ((r = mon_end(in)) == 0) {
		r = auth_second(shop, user, code);
	}
	explicit_bzero(code, sizeof(code));
	return r;
}

/* One question, one GRANT. */
static int
worker_answer(struct shop *shop, struct mon *in)
{
	struct grant	grant = { 0 };
	struct buf	out;
	int		r;

	/* Who needs a second factor may have changed since the last one. */
	if ((r = shop_reload_settings(shop)) != 0) {
		log_err(r, "the settings");
	}
	switch (in->type) {
	case MON_CHECK_PASSWORD:
		r = worker_password(shop, in, &grant);
		break;
	case MON_CHECK_KEY:
		r = worker_key(shop, in, &grant);
		break;
	case MON_SECOND:
		r = worker_second(shop, in);
		break;
	default:
		return err_set(ERR_INVALID, "%s to a worker",
		    mon_name(in->type));
	}
	if (r != 0 && r != ERR_AUTH && r != ERR_LOCKED) {
		log_err(r, "a question about a person");
	}
	if (r != 0) {
		grant = (struct grant){ 0 };
	}
	mon_start(&out, MON_GRANT);
	mon_u32(&out, (uint32_t)-r);
	mon_u32(&out, grant.needs_second);
	mon_u32(&out, grant.enrol);
	mon_i64(&out, grant.user);
	mon_i64(&out, grant.terminal);
	mon_text(&out, grant.name);
	mon_text(&out, grant.enrol ? grant.code : "");
	return mon_send(MON_FD, &out, NULL, 0);
}

static int
worker_auth(const char *dir, struct mon *in)
{
	struct pollfd	p = { .fd = MON_FD, .events = POLLIN };
	struct shop	*shop;
	int		r, n;

	if ((r = shop_open(dir, DB_WRITE, &shop)) != 0) {
		return r;
	}
	while (r == 0) {
		n = poll(&p, 1, AUTH_IDLE_MS);
		if (n == 0) {
			break;
		}
		if (n < 0) {
			if (errno == EINTR) {
				continue;
			}
			r = err_sys(ERR_SYSTEM, _("cannot wait"));
			break;
		}
		if (mon_recv(MON_FD, in, true) != 0) {
			break;		/* comptoird wants no more */
		}
		r = worker_answer(shop, in);
		mon_done(in);
	}
	shop_close(shop);
	return r;
}

/* ---- keep ---- */

struct rows {
	struct buf	*message;
	uint32_t	 n;
};

static struct buf *
rows_next(struct rows *rows)
{
	rows->message = xrealloc(rows->message, rows->n + 1,
	    sizeof(rows->message[0]));
	return &rows->message[rows->n++];
}

static int
rows_line(void *ctx, const struct line_row *line)
{
	struct buf	*out;

	if (!line->active) {
		return 0;
	}
	out = rows_next(ctx);
	mon_start(out, MON_LINE_ROW);
	mon_i64(out, line->id);
	mon_i64(out, line->terminal);
	mon_text(out, line->name);
	mon_text(out, line->device);
	mon_text(out, line->format);
	mon_text(out, line->flow);
	mon_text(out, line->term);
	mon_text(out, line->charset);
	mon_u32(out, (uint32_t)line->speed);
	mon_u32(out, (uint32_t)line->columns);
	mon_u32(out, (uint32_t)line->rows);
	mon_u32(out, line->modem);
	return 0;
}

static int
rows_printer(void *ctx, const struct printer *printer)
{
	struct buf	*out;

	if (!printer->active) {
		return 0;
	}
	out = rows_next(ctx);
	mon_start(out, MON_PRINTER_ROW);
	mon_i64(out, printer->id);
	mon_text(out, printer->name);
	return 0;
}

static int
keep_send_rows(struct shop *shop)
{
	struct rows	rows = { 0 };
	struct buf	out;
	int		r;

	if ((r = line_list(shop, rows_line, &rows)) == 0) {
		r = printer_list(shop, rows_printer, &rows);
	}
	if (r == 0) {
		mon_start(&out, MON_ROWS);
		mon_u32(&out, rows.n);
		r = mon_send(MON_FD, &out, NULL, 0);
	}
	for (uint32_t i = 0; i < rows.n; i++) {
		if (r == 0) {
			r = mon_send(MON_FD, &rows.message[i], NULL, 0);
		} else {
			mon_drop(&rows.message[i]);
		}
	}
	free(rows.message);
	return r;
}

/* Sales of killed processes become free.  The log of the database grows until
 * somebody copies it back; that takes the writers' queue, so it is done when
 * nobody writes. */
static void
keep_look(struct shop *shop, const char *dir)
{
	struct stat	st;
	char		path[PATH_MAX];
	int64_t		gone;
	int		r;

	if ((r = session_reap(shop, &gone)) != 0) {
		log_err(r, "sessions of ended processes");
	}
	db_reserve_refill(dir);
	r = 0;
	if (!str_fmt(path, sizeof(path), "%s/shop.db-wal", dir) ||
	    stat(path, &st) != 0 || st.st_size < WAL_WORTH) {
		return;
	}
	if (clock_now_ms() - (int64_t)st.st_mtim.tv_sec * 1000 >
	    KEEP_QUIET_MS || st.st_size > WAL_ALARM) {
		r = db_checkpoint(shop->db, st.st_size > WAL_ALARM);
	}
	if (r != 0) {
		log_err(r, "checkpoint");
	}
	if (st.st_size > WAL_ALARM) {
		log_warn("the write-ahead log has %lld MB; comptoir health "
		    "names who reads for so long",
		    (long long)(st.st_size >> 20));
	}
}

static int
keep_wait(struct shop *shop, struct watch *watch, const char *dir)
{
	struct pollfd	p[] = {
		{ .fd = MON_FD, .events = POLLIN },
		{ .fd = watch_fd(watch), .events = POLLIN },
	};
	int64_t		look = clock_boot_ms() + KEEP_LOOK_MS;
	unsigned	looks = 0;
	int		r;

	for (;;) {
		if (poll(p, NELEM(p), watch_timeout_ms(watch)) < 0 &&
		    errno != EINTR) {
			return err_sys(ERR_SYSTEM, _("cannot wait"));
		}
		if (p[0].revents != 0) {
			return 0;	/* comptoird says nothing but goodbye */
		}
		if (watch_take(watch) != 0 &&
		    (r = keep_send_rows(shop)) != 0) {
			return r;
		}
		if (clock_boot_ms() >= look) {
			keep_look(shop, dir);
			if (looks++ % KEEP_STOCK_LOOKS == 0 &&
			    (r = stock_alert_look(shop)) != 0) {
				log_err(r, "stock alerts");
			}
			look = clock_boot_ms() + KEEP_LOOK_MS;
		}
	}
}

static int
worker_keep(const char *dir)
{
	struct shop	*shop = NULL;
	struct watch	*watch = NULL;
	struct buf	 out;
	int64_t		 gone;
	int		 r;

	/* An upgrade wants the shop alone, which it never is when a keeper that
	 * died is replaced: sessions and spoolers go on. */
	if ((r = shop_open(dir, DB_WRITE, &shop)) == ERR_OLDER &&
	    (r = db_migrate(dir)) == 0) {
		r = shop_open(dir, DB_WRITE, &shop);
	}
	if (r != 0) {
		goto out;
	}
	/* What a power cut left behind. */
	if ((r = session_reap(shop, &gone)) != 0) {
		goto out;
	}
	db_reserve_refill(dir);
	/* Watching first, so that no change falls between. */
	if ((r = watch_open(shop->db, &watch)) != 0 ||
	    (r = watch_topics(watch, 1u << TOPIC_LINE |
	    1u << TOPIC_PRINTER)) != 0) {
		goto out;
	}
	mon_start(&out, MON_READY);
	mon_u32(&out, shop->set.demo);
	if ((r = mon_send(MON_FD, &out, NULL, 0)) == 0 &&
	    (r = keep_send_rows(shop)) == 0) {
		r = keep_wait(shop, watch, dir);
	}
out:
	watch_close(watch);
	shop_close(shop);
	return r;
}

int
worker_main(const char *shop, const char *what)
{
	struct mon	*in = xmalloc(sizeof(*in));
	struct stat	 st;
	int		 r;

	if (fstat(MON_FD, &st) != 0 || !S_ISSOCK(st.st_mode)) {
		free(in);
		log_error("a worker is started by comptoird only");
		return err_status(ERR_USAGE);
	}
	(void)signal(SIGPIPE, SIG_IGN);
	mon_log_to(MON_FD);
	if (strcmp(what, "auth") == 0) {
		r = worker_auth(shop, in);
	} else if (strcmp(what, "keep") == 0) {
		r = worker_keep(shop);
	} else {
		r = err_set(ERR_USAGE, _("no such worker"));
	}
	free(in);
	if (r != 0) {
		struct buf	out;
		char		words[MON_WORDS_MAX];

		(void)str_copy(words, sizeof(words), err_text(r));
		mon_start(&out, MON_FAILED);
		mon_u32(&out, (uint32_t)-r);
		mon_text(&out, words);
		if (mon_send(MON_FD, &out, NULL, 0) != 0) {
			log_to(NULL);
		}
	}
	return r == 0 ? 0 : err_status(r);
}
