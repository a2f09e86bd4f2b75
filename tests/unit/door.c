/* SPDX-License-Identifier: ISC */
/* shop.conf, words of a command, messages to the monitor, strangers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <sys/socket.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/conf.h"
#include "base/mem.h"
#include "door/guard.h"
#include "door/monitor.h"
#include "door/session.h"
#include "door/words.h"

/* ---- shop.conf ---- */

static void
conf_silent(void **state)
{
	struct conf	conf;

	(void)state;
	assert_int_equal(conf_load(&conf, "/nonexistent"), 0);
	assert_string_equal(conf_text(&conf, CONF_LISTEN), "127.0.0.1:2222");
	assert_int_equal(conf_number(&conf, CONF_LOGIN_SECONDS), 30);
	assert_true(conf_flag(&conf, CONF_PASSWORDS));
	conf_done(&conf);
}

static void
conf_fallbacks_are_good(void **state)
{
	(void)state;
	for (size_t i = 0; i < CONF_COUNT; i++) {
		char		*line = xasprintf("%s = %s\n",
				    conf_abouts[i].name,
				    conf_abouts[i].fallback);
		struct conf	 conf;

		assert_int_equal(conf_parse(&conf, "x", line), 0);
		conf_done(&conf);
		free(line);
	}
}

static void
conf_reads(void **state)
{
	struct conf	conf;

	(void)state;
	assert_int_equal(conf_parse(&conf, "shop.conf",
	    "# a shop\n\n  listen=[::]:22  \r\ntimezone =\tEurope/Paris\n"
	    "passwords = no\nwaiting=9"), 0);
	assert_string_equal(conf_text(&conf, CONF_LISTEN), "[::]:22");
	assert_string_equal(conf_text(&conf, CONF_TIMEZONE), "Europe/Paris");
	assert_false(conf_flag(&conf, CONF_PASSWORDS));
	assert_int_equal(conf_number(&conf, CONF_WAITING), 9);
	conf_done(&conf);
}

static void
conf_complains(void **state)
{
	static const struct {
		const char	*text, *words;
	} bad[] = {
		{ "listen 1.2.3.4:5\n", "shop.conf line 1: write: key" },
		{ "\n\nfoo = 1\n", "shop.conf line 3: unknown key foo" },
		{ "waiting = 1\n", "shop.conf line 1: waiting: " },
		{ "waiting = ten\n", "shop.conf line 1: waiting: " },
		{ "passwords = maybe\n", "shop.conf line 1: passwords: " },
		{ "user = a\nuser = b\n", "shop.conf line 2: user is said" },
		{ "timezone = \xff\n", "shop.conf line 1: timezone: " },
	};

	(void)state;
	for (size_t i = 0; i < NELEM(bad); i++) {
		struct conf	conf;
		int		r = conf_parse(&conf, "shop.conf",
				    bad[i].text);

		assert_int_equal(r, ERR_CONFIG);
		assert_memory_equal(err_text(r), bad[i].words,
		    strlen(bad[i].words));
		/* And nothing of it was taken. */
		assert_int_equal(conf_number(&conf, CONF_WAITING), 128);
		conf_done(&conf);
	}
}

/* ---- words ---- */

static void
words_are_cut(void **state)
{
	static const struct {
		const char	*command;
		size_t		 n;
		const char	*words[5];
	} good[] = {
		{ "", 0, { NULL } },
		{ "  \t ", 0, { NULL } },
		{ "report day", 2, { "report", "day" } },
		{ "a 'b c'd \"e f\"", 3, { "a", "b cd", "e f" } },
		{ "a '' \"\"", 3, { "a", "", "" } },
		{ "a\\ b \"\\\"\\\\\\$\\x\" '\\'", 3,
		    { "a b", "\"\\$\\x", "\\" } },
		{ "$HOME `id` *;|&", 3, { "$HOME", "`id`", "*;|&" } },
		{ "caf\xc3\xa9\nx", 2, { "caf\xc3\xa9", "x" } },
		{ "end\\", 1, { "end\\" } },
	};

	(void)state;
	for (size_t i = 0; i < NELEM(good); i++) {
		char	**words;
		size_t	  n;

		assert_int_equal(words_split(good[i].command, &words, &n), 0);
		assert_int_equal(n, good[i].n);
		for (size_t k = 0; k < n; k++) {
			assert_string_equal(words[k], good[i].words[k]);
		}
		assert_null(words[n]);
		free(words);
	}
}

static void
words_are_refused(void **state)
{
	char	 *many = xmalloc(2 * (WORDS_MAX + 1) + 1), **words;
	size_t	  n;

	(void)state;
	assert_int_equal(words_split("a 'b", &words, &n), ERR_INVALID);
	assert_null(words);
	assert_int_equal(words_split("\"", &words, &n), ERR_INVALID);
	for (size_t i = 0; i <= WORDS_MAX; i++) {
		memcpy(many + 2 * i, "x ", 3);
	}
	assert_int_equal(words_split(many, &words, &n), ERR_TOO_LONG);
	many[2 * WORDS_MAX] = '\0';
	assert_int_equal(words_split(many, &words, &n), 0);
	assert_int_equal(n, WORDS_MAX);
	free(words);
	free(many);
}

/* ---- messages ---- */

static void
monitor_carries(void **state)
{
	struct mon	*in = xmalloc(sizeof(*in));
	struct buf	 out;
	char		 text[16];
	int		 fd[2], passed[2], got;

	(void)state;
	assert_int_equal(mon_pair(fd), 0);
	assert_int_equal(pipe(passed), 0);
	assert_int_equal(mon_recv(fd[0], in, false), ERR_BUSY);
	mon_start(&out, MON_SESSION);
	mon_u32(&out, 7);
	mon_i64(&out, INT64_MIN);
	mon_text(&out, "abc");
	assert_int_equal(mon_send(fd[1], &out, &passed[1], 1), 0);
	assert_null(out.data);
	assert_int_equal(mon_recv(fd[0], in, true), 0);
	assert_int_equal(in->type, MON_SESSION);
	assert_int_equal(in->pid, getpid());
	assert_int_equal(mon_get_u32(in), 7);
	assert_true(mon_get_i64(in) == INT64_MIN);
	mon_get_text(in, text, sizeof(text));
	assert_string_equal(text, "abc");
	got = mon_take_fd(in, 0);
	assert_int_equal(mon_end(in), 0);
	mon_done(in);
	/* It is the pipe, and it closes on exec. */
	assert_int_equal(write(got, "x", 1), 1);
	assert_int_equal(fcntl(got, F_GETFD), FD_CLOEXEC);
	assert_int_equal(read(passed[0], text, 1), 1);
	(void)close(got);
	(void)close(fd[1]);
	assert_int_equal(mon_recv(fd[0], in, true), ERR_CLOSED);
	(void)close(fd[0]);
	(void)close(passed[0]);
	(void)close(passed[1]);
	free(in);
}

static void
monitor_checks(void **state)
{
	struct mon	*in = xmalloc(sizeof(*in));
	struct buf	 out;
	char		 text[4], *big = xmalloc(MON_MAX + 1);
	int		 fd[2];
	uint32_t	 raw[3];

	(void)state;
	assert_int_equal(mon_pair(fd), 0);

	/* A type that is none, a message too short for a type. */
	raw[0] = MON_COUNT;
	assert_int_equal(send(fd[1], raw, 4, 0), 4);
	assert_int_equal(mon_recv(fd[0], in, true), ERR_INVALID);
	assert_int_equal(send(fd[1], raw, 3, 0), 3);
	assert_int_equal(mon_recv(fd[0], in, true), ERR_INVALID);

	/* A text longer than the room, than the message, with a NUL. */
	mon_start(&out, MON_LOG);
	mon_text(&out, "four");
	assert_int_equal(mon_send(fd[1], &out, NULL, 0), 0);
	assert_int_equal(mon_recv(fd[0], in, true), 0);
	mon_get_text(in, text, sizeof(text));
	assert_string_equal(text, "");
	assert_int_equal(mon_end(in), ERR_INVALID);
	raw[0] = MON_LOG;
	raw[1] = 3;
	assert_int_equal(send(fd[1], raw, 8, 0), 8);
	assert_int_equal(mon_recv(fd[0], in, true), 0);
	mon_get_text(in, text, sizeof(text));
	assert_int_equal(mon_end(in), ERR_INVALID);
	memcpy(&raw[2], "a\0b", 4);
	assert_int_equal(send(fd[1], raw, 11, 0), 11);
	assert_int_equal(mon_recv(fd[0], in, true), 0);
	mon_get_text(in, text, sizeof(text));
	assert_string_equal(text, "");
	assert_int_equal(mon_end(in), ERR_INVALID);

	/* Something left over; a descriptor that is not there. */
	mon_start(&out, MON_HELLO);
	mon_u32(&out, 1);
	assert_int_equal(mon_send(fd[1], &out, NULL, 0), 0);
	assert_int_equal(mon_recv(fd[0], in, true), 0);
	assert_int_equal(mon_end(in), ERR_INVALID);
	assert_int_equal(mon_take_fd(in, 0), -1);
	assert_true(in->bad);

	/* Too long to be sent at all. */
	memset(big, 'x', MON_MAX);
	big[MON_MAX] = '\0';
	mon_start(&out, MON_LOG);
	mon_text(&out, big);
	assert_int_equal(mon_send(fd[1], &out, NULL, 0), ERR_TOO_LONG);
	(void)close(fd[0]);
	(void)close(fd[1]);
	free(big);
	free(in);
}

/* ---- sessions ---- */

static void
session_cleans(void **state)
{
	char	term[MON_TERM_MAX] = "xterm-256color", lang[MON_LANG_MAX];

	(void)state;
	session_clean_term(term);
	assert_string_equal(term, "xterm-256color");
	(void)str_copy(term, sizeof(term), "../../etc/x");
	session_clean_term(term);
	assert_string_equal(term, "dumb");
	term[0] = '\0';
	session_clean_term(term);
	assert_string_equal(term, "dumb");
	(void)str_copy(lang, sizeof(lang), "fr_FR.UTF-8");
	session_clean_lang(lang);
	assert_string_equal(lang, "fr_FR.UTF-8");
	(void)str_copy(lang, sizeof(lang), "/tmp/x");
	session_clean_lang(lang);
	assert_string_equal(lang, "");
	assert_string_equal(session_charset("fr_FR.UTF-8"), "utf8");
	assert_string_equal(session_charset("C.utf8"), "utf8");
	assert_string_equal(session_charset("fr_FR.ISO-8859-15"), "latin9");
	assert_string_equal(session_charset("fr_FR.ISO-8859-1"), "latin1");
	assert_string_equal(session_charset("fr_FR@euro"), "latin9");
	assert_string_equal(session_charset("C"), "");
}

/* ---- strangers ---- */

static void
nothing(void *ctx, int sig)
{
	(void)ctx, (void)sig;
}

static struct sockaddr_storage
address(const char *text)
{
	struct sockaddr_storage	 a = { 0 };
	struct sockaddr_in	*in = (void *)&a;
	struct sockaddr_in6	*in6 = (void *)&a;

	if (strchr(text, ':') != NULL) {
		in6->sin6_family = AF_INET6;
		assert_int_equal(inet_pton(AF_INET6, text, &in6->sin6_addr),
		    1);
	} else {
		in->sin_family = AF_INET;
		assert_int_equal(inet_pton(AF_INET, text, &in->sin_addr), 1);
	}
	return a;
}

static void
guard_counts(void **state)
{
	struct sockaddr_storage	 a = address("192.0.2.1");
	struct sockaddr_storage	 mapped = address("::ffff:192.0.2.1");
	struct sockaddr_storage	 b = address("2001:db8::1");
	struct sockaddr_storage	 near = address("2001:db8::ffff:2");
	struct sockaddr_storage	 far = address("2001:db8:0:1::1");
	struct loop		*loop;
	struct guard		*guard;
	struct stranger		*one, *two;
	char			 text[GUARD_FROM], said[512] = "";
	int			 p[2], last = 0;

	(void)state;
	assert_int_equal(pipe(p), 0);
	assert_int_equal(loop_new(&loop, nothing, NULL), 0);
	guard = guard_new(loop, p[1]);
	guard_limits(guard, 2, 3);
	guard_from(&mapped, text);
	assert_string_equal(text, "192.0.2.1");

	/* IPv4 is one address however it comes, IPv6 one network. */
	one = guard_enter(guard, &a);
	assert_non_null(one);
	assert_ptr_equal(guard_enter(guard, &mapped), one);
	assert_null(guard_enter(guard, &a));
	two = guard_enter(guard, &b);
	assert_non_null(two);
	assert_false(guard_is_full(guard));
	assert_ptr_equal(guard_enter(guard, &near), two);
	assert_true(guard_is_full(guard));
	guard_leave(guard, two);
	assert_ptr_not_equal(guard_enter(guard, &far), two);
	guard_leave(guard, one);
	assert_int_equal(guard_waiting(one), 1);
	assert_non_null(guard_enter(guard, &a));

	/* A slip costs nothing, guessing more and more, never too much. */
	assert_int_equal(guard_delay(one), 0);
	for (int i = 1; i <= 50; i++) {
		int	now;

		guard_refused(guard, one, GUARD_PASSWORD);
		now = guard_delay(one);
		assert_true(now >= last && now <= 3000);
		assert_true(i > 3 || now == 0);
		last = now;
	}
	assert_int_equal(last, 3000);
	/* Going away is no guess; others are not made to wait. */
	guard_refused(guard, two, GUARD_LEFT);
	assert_int_equal(guard_delay(two), 0);

	guard_flush(guard);
	assert_true(read(p[0], said, sizeof(said) - 1) > 0);
	assert_non_null(strstr(said, "refused 51 from 192.0.2.1: "
	    "password 50, turned-away 1\n"));
	assert_non_null(strstr(said, "refused 1 from 2001:db8::1: left 1\n"));
	guard_free(guard);
	loop_free(loop);
	(void)close(p[0]);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(conf_silent),
		cmocka_unit_test(conf_fallbacks_are_good),
		cmocka_unit_test(conf_reads),
		cmocka_unit_test(conf_complains),
		cmocka_unit_test(words_are_cut),
		cmocka_unit_test(words_are_refused),
		cmocka_unit_test(monitor_carries),
		cmocka_unit_test(monitor_checks),
		cmocka_unit_test(session_cleans),
		cmocka_unit_test(guard_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
