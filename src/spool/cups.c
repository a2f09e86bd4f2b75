/* SPDX-License-Identifier: ISC */
/* Printing through CUPS: a job is made by name, its number written down by
 * the spooler, and only then is the data sent.  Every call is bounded. */
#include "spool/spool.h"

#include <cups/cups.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"

#define CUPS_CONNECT_MS	2000
#define CUPS_SILENCE_S	2.0		/* then the server is mute */
#define CUPS_PROBE_MOST	16		/* bytes that print nothing */
#define CUPS_MUTE_MS	1900		/* a connection that took longer */

/* One conversation.  After a silence the error texts of libcups mislead ("No
 * such file or directory"), so the silence itself is remembered. */
struct cups_talk {
	http_t	*http;
	bool	 mute;
};

/* Returning 0 gives up instead of waiting on. */
static int
cups_timeout(http_t *http, void *data)
{
	struct cups_talk	*talk = data;

	(void)http;
	talk->mute = true;
	return 0;
}

/* There is nobody to be asked for a password. */
static const char *
cups_no_password(const char *prompt, http_t *http, const char *method,
    const char *resource, void *data)
{
	(void)prompt;
	(void)http;
	(void)method;
	(void)resource;
	(void)data;
	return NULL;
}

static int
cups_silent(void)
{
	return err_set(ERR_TIMEOUT, _("the print system does not answer"));
}

/* A mute server's socket is full some day; libcups calls that a host that is
 * down. */
static bool
cups_crowded(const char *server)
{
	struct sockaddr_un	to = { .sun_family = AF_UNIX };
	bool			crowded;
	int			fd;

	if (server[0] != '/' ||
	    !str_copy(to.sun_path, sizeof(to.sun_path), server)) {
		return false;
	}
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0) {
		return false;
	}
	crowded = connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0 &&
	    errno == EAGAIN;
	(void)close(fd);
	return crowded;
}

static int
cups_open(struct cups_talk *talk)
{
	int64_t	since = clock_boot_ms();

	*talk = (struct cups_talk){ 0 };
	cupsSetPasswordCB2(cups_no_password, NULL);
	talk->http = httpConnect2(cupsServer(), ippPort(), NULL, AF_UNSPEC,
	    cupsEncryption(), 1, CUPS_CONNECT_MS, NULL);
	if (talk->http == NULL) {
		return clock_boot_ms() - since >= CUPS_MUTE_MS ||
		    cups_crowded(cupsServer()) ?
		    cups_silent() :
		    err_set(ERR_DEVICE, _("the print system is not running"));
	}
	httpSetTimeout(talk->http, CUPS_SILENCE_S, cups_timeout, talk);
	return 0;
}

static void
cups_close(struct cups_talk *talk)
{
	httpClose(talk->http);
}

/* What a failed call of libcups means. */
static int
cups_refused(const struct cups_talk *talk)
{
	return talk->mute ? cups_silent() :
	    err_set(ERR_DEVICE, "%s", cupsLastErrorString());
}

static ipp_t *
cups_request_for(ipp_op_t op, const char *what, const char *path)
{
	ipp_t	*request = ippNewRequest(op);
	char	 uri[HTTP_MAX_URI];

	(void)httpAssembleURI(HTTP_URI_CODING_ALL, uri, sizeof(uri), "ipp",
	    NULL, "localhost", 0, path);
	(void)ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, what,
	    NULL, uri);
	(void)ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME,
	    "requesting-user-name", NULL, cupsUser());
	return request;
}

static ipp_t *
cups_request(const struct spool *s, ipp_op_t op)
{
	char	path[PRINTER_CONNECTION_SIZE + 16];

	(void)str_fmt(path, sizeof(path), "/printers/%s", spool_where(s));
	return cups_request_for(op, "printer-uri", path);
}

/* By its number alone: the row may name another queue by now. */
static ipp_t *
cups_job_request(ipp_op_t op, const struct errand *e)
{
	char	path[32];

	(void)str_fmt(path, sizeof(path), "/jobs/%d", (int)e->device_job);
	return cups_request_for(op, "job-uri", path);
}

/* The answer, or NULL with *r: ERR_NOT_FOUND, ERR_TIMEOUT, ERR_DEVICE. */
static ipp_t *
cups_answer(struct cups_talk *talk, ipp_t *request, int *r)
{
	ipp_t		*answer = cupsDoRequest(talk->http, request, "/");
	ipp_status_t	 status = cupsLastError();

	*r = 0;
	if (answer != NULL && status < IPP_STATUS_ERROR_BAD_REQUEST) {
		return answer;
	}
	*r = answer != NULL && status == IPP_STATUS_ERROR_NOT_FOUND ?
	    ERR_NOT_FOUND : cups_refused(talk);
	ippDelete(answer);
	return NULL;
}

/*
 * How is the printer?
 */
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

/* *idle: what it says is from the last job it had, for CUPS asks the printer
 * itself only while it prints; and it would take another. */
static void
cups_state(ipp_t *answer, enum printer_state *state,
    char detail[static SPOOL_NOTE], bool *idle)
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
	*idle = ps == IPP_PSTATE_IDLE;
	if (cups_integer(answer, "printer-is-accepting-jobs",
	    IPP_TAG_BOOLEAN, 1) == 0) {
		cups_worse(state, PRINTER_REJECTING);
		*idle = false;
	}
	/* An old message stays behind when all is well again. */
	if (*state != PRINTER_READY) {
		(void)utf8_clean(detail, SPOOL_NOTE, message);
	}
}

/*
 * A job.  The requests are made here: cupsCreateJob() and its like first ask
 * for the queue on a connection of their own, which no timeout bounds.
 */
static int
cups_reserve(struct spool *s, struct errand *e)
{
	struct cups_talk	 talk;
	ipp_t			*request, *answer;
	int			 r;

	if ((r = cups_open(&talk)) != 0) {
		return r;
	}
	request = cups_request(s, IPP_OP_CREATE_JOB);
	(void)ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME,
	    "job-name", NULL, e->name);
	if (e->kind == PRINT_DRAWER) {
		/* Ahead of the receipts that wait. */
		(void)ippAddInteger(request, IPP_TAG_JOB, IPP_TAG_INTEGER,
		    "job-priority", 100);
	}
	answer = cups_answer(&talk, request, &r);
	if (answer != NULL) {
		e->device_job = cups_integer(answer, "job-id",
		    IPP_TAG_INTEGER, 0);
		ippDelete(answer);
	}
	cups_close(&talk);
	return r == ERR_NOT_FOUND ? err_set(ERR_DEVICE,
	    _("no such queue: %s"), spool_where(s)) : r;
}

static int
cups_document(struct cups_talk *talk, ipp_t *request, const void *data,
    size_t n, bool *left)
{
	ipp_t	*answer;
	int	 r = 0;

	if (cupsSendRequest(talk->http, request, "/",
	    ippLength(request) + n) != HTTP_STATUS_CONTINUE) {
		return cups_refused(talk);
	}
	*left = true;
	if (n > 0 && cupsWriteRequestData(talk->http, data, n) !=
	    HTTP_STATUS_CONTINUE) {
		return cups_refused(talk);
	}
	answer = cupsGetResponse(talk->http, "/");
	if (answer == NULL ||
	    ippGetStatusCode(answer) >= IPP_STATUS_ERROR_BAD_REQUEST) {
		r = cups_refused(talk);
	}
	ippDelete(answer);
	return r;
}

/*
 * CUPS takes a document only whole: one whose end it has not seen is dropped.
 * From the moment the end is sent until it is confirmed nobody knows.
 */
static int
cups_send(struct spool *s, const struct errand *e, const void *data,
    size_t n, bool *left)
{
	struct cups_talk	 talk;
	ipp_t			*request;
	const char		*format = s->setup.driver->format;
	int			 r;

	*left = false;
	if ((r = cups_open(&talk)) != 0) {
		return r;
	}
	request = cups_job_request(IPP_OP_SEND_DOCUMENT, e);
	(void)ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME,
	    "document-name", NULL, e->name);
	(void)ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE,
	    "document-format", NULL, format != NULL ? format :
	    CUPS_FORMAT_RAW);
	(void)ippAddBoolean(request, IPP_TAG_OPERATION, "last-document", 1);
	r = cups_document(&talk, request, data, n, left);
	ippDelete(request);
	cups_close(&talk);
	return r;
}

/*
 * A printer whose jobs were all taken back has none that would find it well
 * again: a job that prints nothing does.  Only where a job's beginning is a few
 * bytes; a page of its own would be paper.
 */
static void
cups_probe(struct spool *s)
{
	struct errand	e = { .kind = PRINT_TEST, .ref = "",
			    .name = "comptoir-probe" };
	struct buf	data = { 0 };
	bool		left;

	if (s->setup.driver->format != NULL ||
	    driver_render(&s->setup, "slip 1\n", &data) != 0 ||
	    data.len == 0 || data.len > CUPS_PROBE_MOST) {
		s->slow = false;		/* the next job will tell */
	} else if (cups_reserve(s, &e) == 0) {
		s->probed = cups_send(s, &e, data.data, data.len,
		    &left) == 0;
	}
	buf_done(&data);
}

/*
 * What it says, judged.  CUPS forgets a trouble when a back end says that it is
 * over, and some never say so: what it still names after the probe went through
 * is past, until it names something else or a job takes too long.
 */
static void
cups_judge(struct spool *s, bool remembered, enum printer_state *state,
    char detail[static SPOOL_NOTE])
{
	if (s->open > 0 && s->slow) {
		s->probed = false;
		s->past = PRINTER_READY;
	} else if (s->open == 0 && s->probed && remembered) {
		s->slow = false;		/* it printed, if nothing */
		s->past = *state;
	} else if (*state != s->past) {
		s->past = PRINTER_READY;
	}
	if (s->past != PRINTER_READY) {
		*state = PRINTER_READY;
		*detail = '\0';
	} else if (s->open == 0 && remembered) {
		cups_probe(s);
	} else {
		/* What comes next is another trouble. */
		s->probed = s->probed && s->open == 0 &&
		    printer_state_severity(*state) >= SEVERE;
	}
}

static void
cups_look(struct spool *s, enum printer_state *state,
    char detail[static SPOOL_NOTE])
{
	static const char *const	wanted[] = { "printer-state",
		"printer-state-reasons", "printer-state-message",
		"printer-is-accepting-jobs" };
	struct cups_talk		 talk;
	ipp_t				*request, *answer;
	bool				 idle = false;
	int				 r;

	*state = PRINTER_READY;
	if ((r = cups_open(&talk)) != 0) {
		*state = r == ERR_TIMEOUT ? PRINTER_MUTE : PRINTER_NOCUPS;
		return;
	}
	request = cups_request(s, IPP_OP_GET_PRINTER_ATTRIBUTES);
	(void)ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD,
	    "requested-attributes", NELEM(wanted), NULL, wanted);
	answer = cups_answer(&talk, request, &r);
	if (answer != NULL) {
		cups_state(answer, state, detail, &idle);
		ippDelete(answer);
	} else if (r == ERR_NOT_FOUND) {
		*state = PRINTER_MISSING;
	} else if (r == ERR_TIMEOUT) {
		*state = PRINTER_MUTE;
	} else {
		*state = PRINTER_NOCUPS;
		(void)str_copy(detail, SPOOL_NOTE, err_text(r));
	}
	cups_close(&talk);
	if (s->slow && printer_state_severity(*state) < SEVERE) {
		*state = PRINTER_OFF;
	}
	cups_judge(s, idle && printer_state_severity(*state) >= SEVERE,
	    state, detail);
}

static enum fate
cups_fate(ipp_t *answer)
{
	/* Files of an ended job are gone: only an open one tells by them
	 * whether it ever had its data. */
	int	documents = cups_integer(answer, "number-of-documents",
	    IPP_TAG_INTEGER, 1);

	switch (cups_integer(answer, "job-state", IPP_TAG_ENUM,
	    IPP_JSTATE_PENDING)) {
	case IPP_JSTATE_COMPLETED:
		return FATE_DONE;
	case IPP_JSTATE_CANCELED:
		return FATE_CANCELLED;
	case IPP_JSTATE_ABORTED:
		return FATE_FAILED;
	case IPP_JSTATE_PROCESSING:
		return FATE_ACTIVE;
	default:
		return documents == 0 ? FATE_EMPTY : FATE_OPEN;
	}
}

static int
cups_ask(struct spool *s, const struct errand *e, enum fate *fate,
    char note[static SPOOL_NOTE])
{
	static const char *const	wanted[] = {
		"job-name", "job-state", "job-printer-state-message",
		"number-of-documents",
	};
	struct cups_talk		 talk;
	ipp_t				*request, *answer;
	int				 r;

	(void)s;
	*fate = FATE_GONE;
	if ((r = cups_open(&talk)) != 0) {
		return r;
	}
	request = cups_job_request(IPP_OP_GET_JOB_ATTRIBUTES, e);
	(void)ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD,
	    "requested-attributes", NELEM(wanted), NULL, wanted);
	answer = cups_answer(&talk, request, &r);
	/* Numbers start again when CUPS lost its state: the name tells our
	 * job from another's. */
	if (answer != NULL &&
	    strcmp(cups_string(answer, "job-name"), e->name) == 0) {
		*fate = cups_fate(answer);
		(void)utf8_clean(note, SPOOL_NOTE, cups_string(answer,
		    "job-printer-state-message"));
	}
	ippDelete(answer);
	cups_close(&talk);
	return r == ERR_NOT_FOUND ? 0 : r;
}

static int
cups_find(struct spool *s, struct errand *e, enum fate *fate)
{
	struct cups_talk	 talk;
	cups_job_t		*jobs = NULL;
	char			 note[SPOOL_NOTE];
	int			 n, r;

	*fate = FATE_GONE;
	if ((r = cups_open(&talk)) != 0) {
		return r;
	}
	n = cupsGetJobs2(talk.http, &jobs, spool_where(s), 0,
	    CUPS_WHICHJOBS_ALL);
	if (n < 0) {
		r = cups_refused(&talk);
	}
	for (int i = 0; i < n; i++) {
		if (strcmp(jobs[i].title, e->name) == 0) {
			e->device_job = jobs[i].id;
		}
	}
	cupsFreeJobs(n < 0 ? 0 : n, jobs);
	cups_close(&talk);
	if (r != 0 || e->device_job == 0) {
		return r;
	}
	return cups_ask(s, e, fate, note);
}

static int
cups_cancel(struct spool *s, const struct errand *e)
{
	struct cups_talk	 talk;
	ipp_t			*answer;
	int			 r;

	(void)s;
	if (e->device_job == 0) {
		return 0;
	}
	if ((r = cups_open(&talk)) != 0) {
		return r;
	}
	answer = cups_answer(&talk, cups_job_request(IPP_OP_CANCEL_JOB, e),
	    &r);
	ippDelete(answer);
	if (r == ERR_NOT_FOUND) {
		/* Asked after once more, it is found to be gone. */
		r = cups_refused(&talk);
	}
	cups_close(&talk);
	return r;
}

const struct port port_cups = {
	.prefix = "cups:",
	.keeps_jobs = true,
	.look = cups_look,
	.send = cups_send,
	.reserve = cups_reserve,
	.ask = cups_ask,
	.find = cups_find,
	.cancel = cups_cancel,
};
