/* SPDX-License-Identifier: ISC */
/* Supervision with back-off. */
#include "door/service.h"

#include <sys/wait.h>

#include <signal.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"

#define FIRST_MS	100
#define LAST_MS		30000
#define LIVED_MS	60000		/* ran so long: all is forgiven */

const char *
service_status(int status)
{
	static char	text[48];

	if (WIFSIGNALED(status)) {
		const char	*name = sigabbrev_np(WTERMSIG(status));

		(void)str_fmt(text, sizeof(text), "was killed by SIG%s",
		    name == NULL ? "?" : name);
	} else {
		(void)str_fmt(text, sizeof(text), "ended with status %d",
		    WEXITSTATUS(status));
	}
	return text;
}

static void
service_try(void *ctx)
{
	struct service	*service = ctx;
	pid_t		 pid;
	int		 r;

	if (!service->wanted || service->child.pid != 0) {
		return;
	}
	service->started = clock_boot_ms();
	if ((r = service->start(service->ctx, &pid)) != 0) {
		log_err(r, "%s", service->name);
		service->delay_ms = LAST_MS;
		loop_after(service->loop, &service->again, LAST_MS);
		return;
	}
	service->child.pid = pid;
	loop_child(service->loop, &service->child);
}

static void
service_ended(void *ctx, int status)
{
	struct service	*service = ctx;

	if (service->wanted) {
		if (clock_boot_ms() - service->started > LIVED_MS) {
			service->delay_ms = FIRST_MS;
		}
		if (service->delay_ms > 0) {
			log_warn("%s %s; again in %d.%d s", service->name,
			    service_status(status), service->delay_ms / 1000,
			    service->delay_ms / 100 % 10);
		}
		loop_after(service->loop, &service->again, service->delay_ms);
		service->delay_ms = service->delay_ms == 0 ? FIRST_MS :
		    service->delay_ms >= LAST_MS / 2 ? LAST_MS :
		    service->delay_ms * 2;
	}
	if (service->ended != NULL) {
		service->ended(service->ctx, status);
	}
}

void
service_start(struct service *service, struct loop *loop)
{
	service->loop = loop;
	service->child.ended = service_ended;
	service->child.ctx = service;
	service->again.fired = service_try;
	service->again.ctx = service;
	service->wanted = true;
	if (service->delay_ms == 0) {
		service->delay_ms = FIRST_MS;
	}
	service_try(service);
}

void
service_stop(struct service *service)
{
	service->wanted = false;
	if (service->loop != NULL) {
		loop_cancel(service->loop, &service->again);
	}
	service_kill(service, SIGTERM);
}

void
service_renew(struct service *service)
{
	service->delay_ms = 0;
	service_kill(service, SIGTERM);
}

bool
service_runs(const struct service *service)
{
	return service->child.pid != 0;
}

void
service_kill(struct service *service, int sig)
{
	if (service->child.pid != 0) {
		(void)kill(service->child.pid, sig);
		/* A stopped process would not even hear that. */
		(void)kill(service->child.pid, SIGCONT);
	}
}
