/* SPDX-License-Identifier: ISC */
/* What a vt220 is sent, in bytes: the till must be quick at 9600 baud. */
#include "till.h"

#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <termios.h>

static char		dir[64];
static struct shop	*owner;
static struct till	t;
static int		master, slave;

static int
setup_at(bool slow)
{
	struct session_config	c = till_config(24, 80);
	struct winsize		size = { .ws_row = 24, .ws_col = 80 };

	owner = till_shop(dir);
	assert_int_equal(openpty(&master, &slave, NULL, NULL, &size), 0);
	assert_int_equal(fcntl(master, F_SETFL, O_NONBLOCK), 0);
	c.fd = slave;
	c.profile.slow = slow;
	(void)strcpy(c.profile.term, "vt220");
	till_enter(&t, dir, "Anna", ROLE_CASHIER, "Till 1", "en", &c);
	return 0;
}

/* On a line where ncurses looks for the fewest, and on one where we paint. */
static int
setup_slow(void **state)
{
	(void)state;
	return setup_at(true);
}

static int
setup_fast(void **state)
{
	(void)state;
	return setup_at(false);
}

static int
teardown(void **state)
{
	(void)state;
	till_leave(&t);
	(void)close(master);
	(void)close(slave);
	test_done(owner, dir);
	return 0;
}

/* Bytes that came since the last call. */
static size_t
sent(void)
{
	char	bytes[65536];
	size_t	n = 0;
	ssize_t	got;

	while ((got = read(master, bytes, sizeof(bytes))) > 0) {
		if (getenv("BYTES") != NULL) {
			for (ssize_t i = 0; i < got; i++) {
				fprintf(stderr, bytes[i] == '\033' ? "\n\\E" :
				    "%c", bytes[i]);
			}
			fprintf(stderr, "\n");
		}
		n += (size_t)got;
	}
	return n;
}

static size_t
cost(const char *keys)
{
	(void)sent();
	for (const char *k = keys; *k != '\0'; k++) {
		session_feed(t.s, k, 1);	/* as fingers do */
	}
	return sent();
}

/* Says the figure, so that a limit nearly missed is seen too. */
static void
at_most(const char *what, size_t n, size_t limit)
{
	print_message("# %s: %zu bytes, %zu ms at 9600 baud (limit %zu)\n",
	    what, n, n * 10 * 1000 / 9600, limit);
	assert_in_range(n, 1, limit);
}

static void
one_sale_costs_little(void **state)
{
	size_t	all = 0, n, worst = 0;
	char	code[3] = "10";

	(void)state;
	at_most("the whole empty screen", sent(), 2200);
	for (int i = 0; i < 10; i++) {
		code[1] = (char)('0' + i % 2);
		n = cost(code);
		at_most("two digits", n, 20);
		all += n;
		n = cost("\r");
		at_most(i == 0 ? "the first line" : "a line", n,
		    120);
		worst = n > worst ? n : worst;
		all += n;
	}
	at_most("a line, at worst", worst, 120);
	n = cost("\r");
	at_most("to the payment", n, 200);
	all += n;
	n = cost("50\r");
	at_most("taking it, with change", n, 200);
	all += n;
	at_most("a sale of ten lines", all, 3000);
	at_most("the first key of the next sale", cost("1"), 400);
}

static void
an_exact_payment(void **state)
{
	size_t	n;

	(void)state;
	(void)cost("1001\r1002\r3*10\r");
	n = cost("\r") + cost("\r");
	at_most("to the payment and an exact one", n, 200);
}

static void
a_whole_sale_screen(void **state)
{
	(void)state;
	for (int i = 0; i < 20; i++) {
		(void)cost("1002\r");
	}
	at_most("the whole sale screen", cost("\f"), 2200);
	at_most("a line that scrolls", cost("1001\r"), 300);
}

static void
an_idle_minute(void **state)
{
	(void)state;
	(void)cost("1001\r");
	till_pass(t.s, 60000);
	at_most("an idle minute", sent(), 20);
}

#define T(name) \
	cmocka_unit_test_setup_teardown(name, setup_slow, teardown), \
	cmocka_unit_test_setup_teardown(name, setup_fast, teardown)

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		T(one_sale_costs_little),
		T(an_exact_payment),
		T(a_whole_sale_screen),
		T(an_idle_minute),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
