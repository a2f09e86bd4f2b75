/* SPDX-License-Identifier: ISC */
/* One printer's outbox: what is queued goes out once, what became of it is
 * known or said to be unknown. */
#ifndef SPOOL_SPOOL_H
#define SPOOL_SPOOL_H

#include "drivers/driver.h"
#include "shop/print.h"

#define SPOOL_NOTE	128
#define SPOOL_EMPTY	16
#define SEVERE		3		/* no paper can come out */

/* Where a job stands on the other side. */
enum fate {
	FATE_OPEN,			/* it has the data, not ended */
	FATE_ACTIVE,			/* it is printing it */
	FATE_EMPTY,			/* it has a job and no data */
	FATE_DONE,
	FATE_CANCELLED,
	FATE_FAILED,
	FATE_GONE,			/* nobody knows of it */
};

struct spool;

/* A job as it is sent: its row, and its name for the other side. */
struct errand {
	int64_t		 id;
	enum print_kind	 kind;
	const char	*ref;
	char		 name[64];	/* "comptoir-17-0123456789abcdef" */
	int64_t		 device_job;	/* 0: none known */
};

/*
 * A way to a printer.  Calls return 0 or ERR_*; ERR_DEVICE and ERR_TIMEOUT
 * mean try later.  None blocks longer than about three seconds.
 */
struct port {
	const char	*prefix;	/* of printer.connection */
	/* It keeps jobs that can be asked for: sent is not yet printed. */
	bool		 keeps_jobs;
	/* Sending the same job twice leaves one. */
	bool		 repeatable;

	/* How the printer is now, and in its words. */
	void	(*look)(struct spool *spool, enum printer_state *state,
		    char detail[static SPOOL_NOTE]);
	/* Have its job made or its line opened, ahead of the first row that
	 * says so: where that fails nothing was tried. */
	int	(*reserve)(struct spool *spool, struct errand *e);
	/* Everything, or an error; *left says whether a byte may have left. */
	int	(*send)(struct spool *spool, const struct errand *e,
		    const void *data, size_t n, bool *left);

	/* 0 only when it was taken back for certain. */
	int	(*cancel)(struct spool *spool, const struct errand *e);

	/* The rest only where jobs are kept. */
	int	(*ask)(struct spool *spool, const struct errand *e,
		    enum fate *fate, char note[static SPOOL_NOTE]);
	/* The job of that name, whatever its number: FATE_GONE when there is
	 * none, else e->device_job is filled. */
	int	(*find)(struct spool *spool, struct errand *e,
		    enum fate *fate);
};

extern const struct port port_cups, port_file, port_tcp, port_device;

struct spool {
	struct shop		*shop;
	struct printer		 printer;	/* its row */
	struct driver_setup	 setup;
	const struct port	*port;		/* NULL: the row is no good */
	char			 fault[SPOOL_NOTE];	/* why it is not */
	enum printer_state	 state;		/* as last looked */
	int64_t			 look_at;	/* boot ms; next look */
	int64_t			 retry_at;	/* boot ms; nothing before */
	struct {
		int64_t	 job, at;		/* seen without data; boot ms */
	}			 empty[SPOOL_EMPTY];
	bool			 unsure;	/* a queued job may be there */
	int64_t			 printing;	/* the job that was seen to */
	int64_t			 printing_at;	/* boot ms; well since then */
	bool			 slow;		/* it takes too long; until one
						   is known to come out */
	bool			 probed;	/* an empty job was sent to see
						   whether it is well again */
	enum printer_state	 past;		/* named although it was over;
						   PRINTER_READY: nothing is */
	bool			 drawer;	/* a queued one may yet die */
	int			 line;		/* open to a printer, or -1 */
	size_t			 open;		/* jobs the other side has */
};

/* The connection behind the port's prefix: a queue, HOST:PORT, a path. */
const char *spool_where(const struct spool *spool);

/*
 * errand.c: the way of single jobs.  Each returns 0, ERR_DEVICE or
 * ERR_TIMEOUT when the printer is to be tried later, else what ails the shop.
 */
/* Give up drawers that nobody waits for any more. */
int	 errand_expire(struct spool *spool) MUST_CHECK;
/* Ask after every job that is on its way; fills spool->open, ->slow. */
int	 errand_ask_all(struct spool *spool) MUST_CHECK;
/* Send the next queued job; ERR_NOT_FOUND when there is none. */
int	 errand_next(struct spool *spool, bool drawers_only) MUST_CHECK;

/* Serve printer `id` of the shop until SIGTERM; the exit status. */
int	 spool_main(const char *shop, int64_t id);

#endif
