/* SPDX-License-Identifier: ISC */
/* Printing through CUPS: a job is made by name, its number written down by
 * the spooler, and only then is the data sent.  Every call is bounded. */
#include "spool/spool.h"

#include <cups/cups.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"

#define CUPS_CONNECT_MS	2000
#define CUPS_SILENCE_S	2.0		/* then the server is mute */
#define CUPS_MUTE_MS	1900		/* an answer that took longer */

/* Returning 0 gives up instead of waiting on. */
static int
cups_timeout(http_t *http, void *data)
{
	(void)http;
	(void)data;
	return 0;
}

/*
 * The error texts of libcups after a silence mislead ("No such file or
 * directory"): our own clock tells a mute server from one that is not there.
 */
static int
cups_open(http_t **out)
{
	int64_t	since = clock_boot_ms();

	*out = httpConnect2(cupsServer(), ippPort(), NULL, AF_UNSPEC,
	    cupsEncryption(), 1, CUPS_CONNECT_MS, NULL);
	if (*out == NULL) {
		return clock_boot_ms() - since >= CUPS_MUTE_MS ?
		    err_set(ERR_TIMEOUT, _("the print system does not "
		    "answer")) :
		    err_set(ERR_DEVICE, _("the print system is not running"));
	}
	httpSetTimeout(*out, CUPS_SILENCE_S, cups_timeout, NULL);
	return 0;
}

static ipp_t *
cups_request(const struct spool *s, ipp_op_t op)
{
	ipp_t	*request = ippNewRequest(op);
	char	 uri[HTTP_MAX_URI];

	(void)httpAssembleURIf(HTTP_URI_CODING_ALL, uri, sizeof(uri), "ipp",
	    NULL, "localhost", 0, "/printers/%s", spool_where(s));
	(void)ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI,
	    "printer-uri", NULL, uri);
	(void)ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME,
	    "requesting-user-name", NULL, cupsUser());
	return request;
}

/* The answer, or NULL with *r: mute, gone, or what the server refuses. */
static ipp_t *
cups_answer(http_t *http, ipp_t *request, int *r)
{
	int64_t		 since = clock_boot_ms();
	ipp_t		*answer = cupsDoRequest(http, request, "/");
	ipp_status_t	 status = cupsLastError();

	*r = 0;
	if (answer != NULL && status < IPP_STATUS_ERROR_BAD_REQUEST) {
		return answer;
	}
	if (answer != NULL && status == IPP_STATUS_ERROR_NOT_FOUND) {
		*r = ERR_NOT_FOUND;
	} else if (answer != NULL && clock_boot_ms() - since <
	    CUPS_MUTE_MS) {
		*r = err_set(ERR_DEVICE, "%s", cupsLastErrorString());
	} else if (clock_boot_ms() - since >= CUPS_MUTE_MS) {
		*r = err_set(ERR_TIMEOUT, _("the print system does not "
		    "answer"));
	} else {
		*r = err_set(ERR_DEVICE, _("the print system broke off"));
	}
	ippDelete(answer);
	return NULL;
}

/* --- how is the printer? ---------------------------------------------------------- */

static const struct {
	const char		*reason;	/* begin of a state reason */
	enum printer_state	 state;
} cups_reasons[] = {
	{ "media-empty", PRINTER_PAPER },
	{ "media-needed", PRINTER_PAPER },
	{ "cover-open", PRINTER_COVER },
	{ "door-open", PRINTER_COVER },
	{ "media-jam", PRINTER_JAM },
	{ "offline", PRINTER_OFF },
	{ "shutdown", PRINTER_OFF },
	{ "timed-out", PRINTER_OFF },
	{ "connecting-to-device", PRINTER_READY },
	{ "media-low", PRINTER_LOW },
	{ "marker-supply-low", PRINTER_LOW },
	{ "paused", PRINTER_STOPPED },
};

static void
cups_worse(enum printer_state *state, enum printer_state other)
{
	if (printer_state_severity(other) > printer_state_severity(*state)) {
		*state = other;
	}
}

static enum printer_state
cups_reason(const char *reason)
{
	size_t	n = strlen(reason);

	for (size_t i = 0; i < NELEM(cups_reasons); i++) {
		if (str_starts(reason, cups_reasons[i].reason)) {
			return cups_reasons[i].state;
		}
	}
	return n > 6 && strcmp(reason + n - 6, "-error") == 0 ?
	    PRINTER_ERROR : PRINTER_READY;
}

/* A network printer that is off shows no reason, only these words, and only
 * while a job is being tried. */
static bool
cups_says_off(const char *message, int printer_state)
{
	return printer_state == IPP_PSTATE_PROCESSING &&
	    (strstr(message, "may not exist") != NULL ||
	    strstr(message, "unavailable") != NULL ||
	    strstr(message, "not responding") != NULL ||
	    strstr(message, "Unable to locate") != NULL);
}

static int
cups_integer(ipp_t *answer, const char *name, ipp_tag_t tag, int fallback)
{
	ipp_attribute_t	*a = ippFindAttribute(answer, name, tag);

	return a == NULL ? fallback : tag == IPP_TAG_BOOLEAN ?
	    ippGetBoolean(a, 0) : ippGetInteger(a, 0);
}

static const char *
cups_string(ipp_t *answer, const char *name)
{
	ipp_attribute_t	*a = ippFindAttribute(answer, name, IPP_TAG_ZERO);
	const char	*text = a == NULL ? NULL : ippGetString(a, 0, NULL);

	return text == NULL ? "" : text;
}

static void
cups_state(ipp_t *answer, enum printer_state *state,
    char detail[static SPOOL_NOTE])
{
	ipp_attribute_t	*reasons = ippFindAttribute(answer,
			    "printer-state-reasons", IPP_TAG_KEYWORD);
	const char	*message = cups_string(answer,
			    "printer-state-message");
	int		 ps = cups_integer(answer, "printer-state",
			    IPP_TAG_ENUM, IPP_PSTATE_IDLE);

	if (ps == IPP_PSTATE_STOPPED) {
		cups_worse(state, PRINTER_STOPPED);
	}
	for (int i = 0; reasons != NULL && i < ippGetCount(reasons); i++) {
		const char	*reason = ippGetString(reasons, i, NULL);

		if (reason != NULL && strcmp(reason, "none") != 0) {
			cups_worse(state, cups_reason(reason));
		}
	}
	if (cups_says_off(message, ps)) {
		cups_worse(state, PRINTER_OFF);
	}
	if (cups_integer(answer, "printer-is-accepting-jobs",
	    IPP_TAG_BOOLEAN, 1) == 0) {
		cups_worse(state, PRINTER_REJECTING);
	}
	/* An old message stays behind when all is well again. */
	if (*state != PRINTER_READY) {
		(void)utf8_clean(detail, SPOOL_NOTE, message);
	}
}

static void
cups_look(struct spool *s, enum printer_state *state,
    char detail[static SPOOL_NOTE])
{
	static const char *const	wanted[] = { "printer-state",
		"printer-state-reasons", "printer-state-message",
		"printer-is-accepting-jobs" };
	http_t				*http;
	ipp_t				*request, *answer;
	int				 r;

	*state = PRINTER_READY;
	if ((r = cups_open(&http)) != 0) {
		*state = r == ERR_TIMEOUT ? PRINTER_MUTE : PRINTER_NOCUPS;
		return;
	}
	request = cups_request(s, IPP_OP_GET_PRINTER_ATTRIBUTES);
	(void)ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD,
	    "requested-attributes", NELEM(wanted), NULL, wanted);
	answer = cups_answer(http, request, &r);
	if (answer != NULL) {
		cups_state(answer, state, detail);
		ippDelete(answer);
	} else if (r == ERR_NOT_FOUND) {
		*state = PRINTER_MISSING;
	} else if (r == ERR_TIMEOUT) {
		*state = PRINTER_MUTE;
	} else {
		*state = PRINTER_NOCUPS;
		(void)str_copy(detail, SPOOL_NOTE, err_text(r));
	}
	httpClose(http);
}

/* --- a job -------------------------------------------------------------------------- */

static int
cups_reserve(struct spool *s, struct errand *e)
{
	int64_t	since = clock_boot_ms();
	http_t	*http;
	int	 id, r;

	if ((r = cups_open(&http)) != 0) {
		return r;
	}
	id = cupsCreateJob(http, spool_where(s), e->name, 0, NULL);
	if (id > 0) {
		e->device_job = id;
	} else {
		r = clock_boot_ms() - since >= CUPS_MUTE_MS ?
		    err_set(ERR_TIMEOUT, _("the print system does not "
		    "answer")) :
		    err_set(ERR_DEVICE, "%s", cupsLastErrorString());
	}
	httpClose(http);
	return r;
}

/*
 * A document that is not finished is not printed: until cupsFinishDocument()
 * has been answered CUPS drops what came.  After it was asked and not
 * answered nobody knows.
 */
static int
cups_send(struct spool *s, const struct errand *e, const void *data,
    size_t n, bool *left)
{
	http_t	*http;
	int	 id = (int)e->device_job, r;

	*left = false;
	if ((r = cups_open(&http)) != 0) {
		return r;
	}
	if (cupsStartDocument(http, spool_where(s), id, e->name,
	    CUPS_FORMAT_RAW, 1) != HTTP_STATUS_CONTINUE) {
		r = err_set(ERR_DEVICE, "%s", cupsLastErrorString());
	} else if (n > 0 && cupsWriteRequestData(http, data, n) !=
	    HTTP_STATUS_CONTINUE) {
		*left = true;
		r = err_set(ERR_DEVICE, "%s", cupsLastErrorString());
	} else {
		*left = true;
		if (cupsFinishDocument(http, spool_where(s)) >
		    IPP_STATUS_OK_CONFLICTING) {
			r = err_set(ERR_DEVICE, "%s", cupsLastErrorString());
		}
	}
	httpClose(http);
	return r;
}

static enum fate
cups_fate(ipp_t *answer)
{
	int	documents = cups_integer(answer, "number-of-documents",
		    IPP_TAG_INTEGER, 1);

	switch (cups_integer(answer, "job-state", IPP_TAG_ENUM,
	    IPP_JSTATE_PENDING)) {
	case IPP_JSTATE_COMPLETED:
		return FATE_DONE;
	case IPP_JSTATE_CANCELED:
		return FATE_CANCELLED;
	case IPP_JSTATE_ABORTED:
		return documents == 0 ? FATE_EMPTY : FATE_FAILED;
	default:
		return documents == 0 ? FATE_EMPTY : FATE_OPEN;
	}
}

static int
cups_ask(struct spool *s, const struct errand *e, enum fate *fate,
    char note[static SPOOL_NOTE])
{
	static const char *const	wanted[] = { "job-name", "job-state",
		"job-printer-state-message", "number-of-documents" };
	http_t				*http;
	ipp_t				*request, *answer;
	int				 r;

	*fate = FATE_OPEN;
	if ((r = cups_open(&http)) != 0) {
		return r;
	}
	request = cups_request(s, IPP_OP_GET_JOB_ATTRIBUTES);
	(void)ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER,
	    "job-id", (int)e->device_job);
	(void)ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD,
	    "requested-attributes", NELEM(wanted), NULL, wanted);
	answer = cups_answer(http, request, &r);
	if (answer == NULL && r == ERR_NOT_FOUND) {
		*fate = FATE_GONE;
		r = 0;
	} else if (answer != NULL) {
		/* Numbers start again when CUPS lost its state: the name
		 * tells our job from another's. */
		if (strcmp(cups_string(answer, "job-name"), e->name) != 0) {
			*fate = FATE_GONE;
		} else {
			*fate = cups_fate(answer);
			(void)utf8_clean(note, SPOOL_NOTE, cups_string(answer,
			    "job-printer-state-message"));
		}
		ippDelete(answer);
	}
	httpClose(http);
	return r;
}

static void
cups_cancel(struct spool *s, const struct errand *e)
{
	http_t	*http;

	if (e->device_job == 0 || cups_open(&http) != 0) {
		return;
	}
	/* Failing is fine: it is asked after again. */
	(void)cupsCancelJob2(http, spool_where(s), (int)e->device_job, 0);
	httpClose(http);
}

static bool
cups_is_ours(const char *name, const char *const *keys, size_t nkeys)
{
	const char	*dash = strrchr(name, '-');

	if (!str_starts(name, "comptoir-") || dash == NULL) {
		return false;
	}
	for (size_t i = 0; i < nkeys; i++) {
		if (strcmp(dash + 1, keys[i]) == 0) {
			return true;
		}
	}
	return false;
}

static void
cups_sweep(struct spool *s, const char *const *keys, size_t nkeys)
{
	cups_job_t	*jobs;
	http_t		*http;
	int		 n;

	if (nkeys == 0 || cups_open(&http) != 0) {
		return;
	}
	n = cupsGetJobs2(http, &jobs, spool_where(s), 0,
	    CUPS_WHICHJOBS_ACTIVE);
	for (int i = 0; i < n; i++) {
		if (cups_is_ours(jobs[i].title, keys, nkeys)) {
			log_info("%s: job %d was reserved and never sent",
			    s->printer.name, jobs[i].id);
			(void)cupsCancelJob2(http, spool_where(s), jobs[i].id,
			    1);
		}
	}
	if (n > 0) {
		cupsFreeJobs(n, jobs);
	}
	httpClose(http);
}

const struct port port_cups = {
	.prefix = "cups:",
	.keeps_jobs = true,
	.look = cups_look,
	.reserve = cups_reserve,
	.send = cups_send,
	.ask = cups_ask,
	.cancel = cups_cancel,
	.sweep = cups_sweep,
};
