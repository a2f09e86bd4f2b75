/* SPDX-License-Identifier: ISC */
/* One printer's outbox: what is queued goes out once, what became of it is
 * known or said to be unknown. */
#ifndef SPOOL_SPOOL_H
#define SPOOL_SPOOL_H

#include "drivers/driver.h"
#include "shop/print.h"

#define SPOOL_NOTE	128

/* Where a job stands on the other side. */
enum fate {
	FATE_OPEN,			/* it has the data, not ended */
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
	int64_t		 device_job;	/* 0: the other side keeps no jobs */
};

/*
 * A way to a printer.  Calls return 0 or ERR_*; ERR_DEVICE and ERR_TIMEOUT
 * mean try later.  None blocks longer than about three seconds.
 */
struct port {
	const char	*prefix;	/* of printer.connection */
	/* It keeps jobs that can be asked for: sent is not yet printed. */
	bool		 keeps_jobs;

	/* How the printer is now, and in its words. */
	void	(*look)(struct spool *spool, enum printer_state *state,
		    char detail[static SPOOL_NOTE]);
	/* Reserve a job; only then is its number written down and the data
	 * sent.  NULL where there is nothing to reserve. */
	int	(*reserve)(struct spool *spool, struct errand *e);
	/* Everything, or an error; *left says whether a byte may have left. */
	int	(*send)(struct spool *spool, const struct errand *e,
		    const void *data, size_t n, bool *left);
	int	(*ask)(struct spool *spool, const struct errand *e,
		    enum fate *fate, char note[static SPOOL_NOTE]);
	void	(*cancel)(struct spool *spool, const struct errand *e);
	/* Jobs of ours that were reserved and never written down. */
	void	(*sweep)(struct spool *spool, const char *const *keys,
		    size_t nkeys);
};

extern const struct port port_cups, port_file, port_tcp, port_device;

struct spool {
	struct shop		*shop;
	struct printer		 printer;
	struct driver_setup	 setup;
	const struct port	*port;
	int64_t			 retry_at;	/* boot ms; trouble: not before */
	int64_t			 look_at;
	enum printer_state	 state;		/* as last looked */
	bool			 known;		/* state has been looked at */
};

/* The connection behind the port's prefix: a queue, HOST:PORT, a path. */
const char *spool_where(const struct spool *spool);

/* Serve printer `id` of the shop until SIGTERM; the exit status. */
int	spool_main(const char *shop, int64_t id);

#endif
