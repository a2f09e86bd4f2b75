/* SPDX-License-Identifier: ISC */
/* Practice on the sale screen: said in words as long as it lasts. */
#include "till.h"

static char		dir[64];
static struct shop	*owner;
static struct till	t;

static void
begin(int rows, int cols, const char *language, enum role role)
{
	struct session_config	c = till_config(rows, cols);

	owner = till_shop(dir);
	till_enter(&t, dir, "Anna", role, "Till 1", language, &c);
	if (role == ROLE_MANAGER) {
		till_type(t.s, language[0] == 'f' ? ":vendre\r" : ":sell\r");
	}
}

static void
end(void)
{
	till_leave(&t);
	test_done(owner, dir);
}

static void
practise(int rows, int cols, const char *language, const char *command)
{
	begin(rows, cols, language, ROLE_MANAGER);
	till_refuse(t.s, "MODE ECOLE");
	till_type(t.s, "10\r");
	till_type(t.s, command);
	till_expect(t.s, "MODE ECOLE");
	/* The real sale waits elsewhere; this one begins empty. */
	till_refuse(t.s, "Café");
	till_type(t.s, "11\r\r\r");
	till_expect(t.s, language[0] == 'f' ? "PAYÉ" : "PAID");
	if (cols >= 80) {
		till_expect(t.s, "E1-000001");
	}
	till_expect(t.s, "MODE ECOLE");
	till_type(t.s, command);
	till_refuse(t.s, "MODE ECOLE");
	till_type(t.s, "10\r\r\r");
	if (cols >= 80) {
		till_expect(t.s, " 1-000001");
	}
	till_refuse(t.s, "E1-000001");
	end();
}

static void
it_is_said(void **state)
{
	(void)state;
	practise(24, 80, "en", ":training\r");
	practise(24, 80, "fr", ":formation\r");
}

static void
it_is_said_on_a_phone(void **state)
{
	(void)state;
	practise(12, 40, "fr", ":formation\r");
	practise(12, 40, "en", ":training\r");
}

/* What is real is refused in one line, and the till goes on. */
static void
real_acts_are_refused(void **state)
{
	(void)state;
	begin(24, 80, "en", ROLE_MANAGER);
	till_type(t.s, ":training\r");
	till_type(t.s, ":no-sale change\r");
	till_expect(t.s, "you are practising; :training ends it");
	till_type(t.s, "10\r");
	till_expect(t.s, "Café");
	till_expect(t.s, "MODE ECOLE");
	end();
}

/* A cashier needs somebody's word for it. */
static void
it_needs_the_right(void **state)
{
	(void)state;
	begin(24, 80, "en", ROLE_CASHIER);
	till_type(t.s, ":training\r");
	till_expect(t.s, "let somebody practise");
	till_refuse(t.s, "MODE ECOLE");
	end();
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(it_is_said),
		cmocka_unit_test(it_is_said_on_a_phone),
		cmocka_unit_test(real_acts_are_refused),
		cmocka_unit_test(it_needs_the_right),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
