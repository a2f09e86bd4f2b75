/* SPDX-License-Identifier: ISC */
/*
 * What the doors start, reduced to what their tests need: it answers as
 * `comptoir worker auth|keep` from small files in the shop, and as a session
 * it says what it was given and does what it is told.
 *	SHOP/users	NAME PASSWORD ID SECOND		(second factor 123456)
 *	SHOP/userkeys	NAME TYPE KEY ID TERMINAL CODE	(CODE - : no enrolment)
 *	SHOP/rows	ID TERMINAL NAME DEVICE FORMAT FLOW TERM CHARSET SPEED
 *			COLUMNS ROWS MODEM
 */
#include <sys/ioctl.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"
#include "door/monitor.h"

static const char	*shop = ".";
static volatile sig_atomic_t got_signal, got_winch;

static void
on_signal(int sig)
{
	if (sig == SIGWINCH) {
		got_winch = 1;
	} else {
		got_signal = sig;
	}
}

static FILE *
shop_file(const char *name, const char *mode)
{
	char	path[4096];

	(void)snprintf(path, sizeof(path), "%s/%s", shop, name);
	return fopen(path, mode);
}

static void
say(struct buf *out)
{
	if (mon_send(MON_FD, out, NULL, 0) != 0) {
		exit(1);
	}
}

static void
grant(int result, int second, long long user, long long terminal,
    const char *name, const char *code)
{
	struct buf	out;

	mon_start(&out, MON_GRANT);
	mon_u32(&out, (uint32_t)-result);
	mon_u32(&out, (uint32_t)second);
	mon_u32(&out, code[0] != '\0');
	mon_i64(&out, user);
	mon_i64(&out, terminal);
	mon_text(&out, name);
	mon_text(&out, code);
	say(&out);
}

static void
check_password(struct mon *in)
{
	char		 name[MON_NAME_MAX], secret[MON_SECRET_MAX], line[256];
	char		 n[64], p[64], from[128];
	long long	 id;
	int		 second;
	FILE		*f = shop_file("users", "r");

	mon_get_text(in, name, sizeof(name));
	mon_get_text(in, secret, sizeof(secret));
	mon_get_text(in, from, sizeof(from));
	while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
		if (sscanf(line, "%63s %63s %lld %d", n, p, &id, &second) ==
		    4 && strcmp(n, name) == 0 && strcmp(p, secret) == 0) {
			(void)fclose(f);
			grant(0, second, id, 0, name, "");
			return;
		}
	}
	if (f != NULL) {
		(void)fclose(f);
	}
	grant(ERR_AUTH, 0, 0, 0, "", "");
}

static void
check_key(struct mon *in)
{
	char		 name[MON_NAME_MAX], type[MON_KEY_TYPE_MAX];
	char		 key[MON_KEY_MAX], line[MON_KEY_MAX];
	char		 n[64], t[64], k[MON_KEY_MAX], code[16];
	long long	 id, terminal;
	FILE		*f = shop_file("userkeys", "r");

	mon_get_text(in, name, sizeof(name));
	mon_get_text(in, type, sizeof(type));
	mon_get_text(in, key, sizeof(key));
	while (f != NULL && fgets(line, sizeof(line), f) != NULL) {
		if (sscanf(line, "%63s %63s %5999s %lld %lld %15s", n, t, k,
		    &id, &terminal, code) == 6 && strcmp(n, name) == 0 &&
		    strcmp(t, type) == 0 && strcmp(k, key) == 0) {
			(void)fclose(f);
			grant(0, 0, id, terminal, name,
			    strcmp(code, "-") == 0 ? "" : code);
			return;
		}
	}
	if (f != NULL) {
		(void)fclose(f);
	}
	grant(ERR_AUTH, 0, 0, 0, "", "");
}

static int
worker_auth(void)
{
	struct mon	*in = xmalloc(sizeof(*in));
	char		 code[64];

	while (mon_recv(MON_FD, in, true) == 0) {
		switch (in->type) {
		case MON_CHECK_PASSWORD:
			check_password(in);
			break;
		case MON_CHECK_KEY:
			check_key(in);
			break;
		case MON_SECOND:
			(void)mon_get_i64(in);
			mon_get_text(in, code, sizeof(code));
			grant(strcmp(code, "123456") == 0 ? 0 : ERR_AUTH, 0,
			    0, 0, "", "");
			break;
		default:
			return 1;
		}
		mon_done(in);
	}
	return 0;
}

static int
worker_keep(void)
{
	struct mon	*in = xmalloc(sizeof(*in));
	struct buf	 out, rows[16];
	uint32_t	 n = 0;
	char		 line[512], name[64], device[128], format[8], flow[16];
	char		 term[32], charset[16];
	long long	 id, terminal;
	unsigned	 speed, columns, height, modem;
	FILE		*f = shop_file("rows", "r");

	mon_start(&out, MON_READY);
	mon_u32(&out, 0);
	say(&out);
	while (f != NULL && n < 16 && fgets(line, sizeof(line), f) != NULL) {
		if (sscanf(line, "%lld %lld %63s %127s %7s %15s %31s %15s "
		    "%u %u %u %u", &id, &terminal, name, device, format, flow,
		    term, charset, &speed, &columns, &height, &modem) != 12) {
			continue;
		}
		mon_start(&rows[n], MON_LINE_ROW);
		mon_i64(&rows[n], id);
		mon_i64(&rows[n], terminal);
		mon_text(&rows[n], name);
		mon_text(&rows[n], device);
		mon_text(&rows[n], format);
		mon_text(&rows[n], flow);
		mon_text(&rows[n], term);
		mon_text(&rows[n], charset);
		mon_u32(&rows[n], speed);
		mon_u32(&rows[n], columns);
		mon_u32(&rows[n], height);
		mon_u32(&rows[n], modem);
		n++;
	}
	mon_start(&out, MON_ROWS);
	mon_u32(&out, n);
	say(&out);
	for (uint32_t i = 0; i < n; i++) {
		say(&rows[i]);
	}
	while (mon_recv(MON_FD, in, true) == 0) {
		mon_done(in);
	}
	return 0;
}

static void
show_size(void)
{
	struct winsize	size = { 0 };

	(void)ioctl(0, TIOCGWINSZ, &size);
	(void)printf("size %ux%u\r\n", size.ws_col, size.ws_row);
	(void)fflush(stdout);
}

static int
parked(const char *why)
{
	FILE	*f = shop_file("parked", "a");

	if (f != NULL) {
		(void)fprintf(f, "%s %d\n", why, (int)getpid());
		(void)fclose(f);
	}
	return 0;
}

/* Echo; q ends, # counts the bytes up to the next # and says how many. */
static int
interactive(const char *user, const char *terminal, const char *from)
{
	struct sigaction	sa = { .sa_handler = on_signal };
	struct termios		raw;
	unsigned long		count = 0;
	bool			counting = false;
	const char		*charset = getenv("COMPTOIR_CHARSET");

	(void)sigaction(SIGHUP, &sa, NULL);
	(void)sigaction(SIGTERM, &sa, NULL);
	(void)sigaction(SIGWINCH, &sa, NULL);
	if (tcgetattr(0, &raw) == 0) {
		raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
		raw.c_iflag &= ~(tcflag_t)ICRNL;
		(void)tcsetattr(0, TCSANOW, &raw);
	}
	(void)printf("stub user=%s terminal=%s from=%s term=%s charset=%s "
	    "lines=%s pid=%d\r\n", user, terminal, from, getenv("TERM"),
	    charset == NULL ? "-" : charset,
	    getenv("LINES") == NULL ? "-" : getenv("LINES"), (int)getpid());
	show_size();
	for (;;) {
		char	bytes[4096];
		ssize_t	n;

		if (got_signal != 0) {
			return parked(got_signal == SIGHUP ? "HUP" : "TERM");
		}
		if (got_winch != 0) {
			got_winch = 0;
			show_size();
		}
		n = read(0, bytes, sizeof(bytes));
		if (n < 0 && errno == EINTR) {
			continue;
		}
		if (n <= 0) {
			return parked("EIO");
		}
		for (ssize_t i = 0; i < n; i++) {
			if (bytes[i] == '#') {
				if (counting) {
					(void)printf("counted %lu\r\n", count);
				}
				counting = !counting;
				count = 0;
			} else if (counting) {
				count++;
			} else if (bytes[i] == 'q') {
				(void)printf("bye\r\n");
				(void)fflush(stdout);
				return 0;
			} else if (bytes[i] == 'F') {
				for (int k = 0; k < 1000000; k++) {
					(void)printf("%07d flood of text for "
					    "a stalled client\r\n", k);
				}
			} else {
				(void)putchar(bytes[i]);
			}
		}
		(void)fflush(stdout);
	}
}

static int
command(int argc, char **argv)
{
	char	bytes[8192];
	size_t	n;

	if (strcmp(argv[0], "exit") == 0 && argc == 2) {
		return (int)strtol(argv[1], NULL, 10);
	}
	if (strcmp(argv[0], "cat") == 0) {
		while ((n = fread(bytes, 1, sizeof(bytes), stdin)) > 0) {
			(void)fwrite(bytes, 1, n, stdout);
		}
		return 0;
	}
	if (strcmp(argv[0], "flood") == 0 && argc == 2) {
		long	lines = strtol(argv[1], NULL, 10);

		for (long k = 0; k < lines; k++) {
			(void)printf("%09ld the same again and again\n", k);
		}
		return 0;
	}
	if (strcmp(argv[0], "abort") == 0) {
		abort();
	}
	if (strcmp(argv[0], "wait") == 0) {
		(void)printf("waiting %d\n", (int)getpid());
		(void)fflush(stdout);
		(void)pause();
	}
	if (strcmp(argv[0], "env") == 0) {
		for (char **e = environ; *e != NULL; e++) {
			(void)puts(*e);
		}
		return 0;
	}
	if (strcmp(argv[0], "status") == 0) {
		FILE	*f = fopen("/proc/self/status", "r");

		while (f != NULL && (n = fread(bytes, 1, sizeof(bytes), f)) >
		    0) {
			(void)fwrite(bytes, 1, n, stdout);
		}
		return 0;
	}
	for (int i = 0; i < argc; i++) {
		(void)printf("[%s]\n", argv[i]);
	}
	(void)fprintf(stderr, "%d words\n", argc);
	return 0;
}

int
main(int argc, char **argv)
{
	const char	*user = "", *terminal = "", *from = "";
	int		 i;

	for (i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strcmp(argv[i], "-s") == 0 && i + 1 < argc) {
			shop = argv[++i];
		} else if (strcmp(argv[i], "--user") == 0 && i + 1 < argc) {
			user = argv[++i];
		} else if (strcmp(argv[i], "--terminal") == 0 &&
		    i + 1 < argc) {
			terminal = argv[++i];
		} else if (strcmp(argv[i], "--from") == 0 && i + 1 < argc) {
			from = argv[++i];
		} else if (strcmp(argv[i], "worker") == 0 && i + 1 < argc) {
			return strcmp(argv[i + 1], "keep") == 0 ?
			    worker_keep() : worker_auth();
		}
	}
	if (i + 1 < argc) {
		return command(argc - i - 1, argv + i + 1);
	}
	return interactive(user, terminal, from);
}
