/* SPDX-License-Identifier: ISC */
/* The stockroom: a scan, a receipt of 500 lines, an import while a till
 * sells; at 100 000 items against 1 000. */
#include "bench.h"

#include <sys/file.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "shop/auth.h"
#include "shop/purchase.h"

#define SCANS		500
#define RECEIPT_LINES	500

static struct shop *
owner_of(const char *dir)
{
	struct shop	*shop;

	if (shop_open(dir, DB_WRITE, &shop) != 0 ||
	    auth_owner(shop, DOOR_SHELL) != 0) {
		fatal("%s: no owner", dir);
	}
	return shop;
}

static void
code_of(int i, char out[static PRODUCT_CODE])
{
	(void)str_fmt(out, PRODUCT_CODE, "B%06d", i);
}

/* p95 of finding items by code, spread over the catalogue. */
static double
scans(struct shop *shop, int items)
{
	struct samples	all = { 0 };
	struct product	p;
	char		code[PRODUCT_CODE];
	double		p95;

	for (int i = 0; i < SCANS; i++) {
		double	start = now_ms();

		code_of((int)((int64_t)i * 7919 % items), code);
		if (product_find(shop, code, &p) != 0) {
			fatal("%s: not found", code);
		}
		sample(&all, now_ms() - start);
	}
	p95 = percentile(&all, 95);
	samples_done(&all);
	return p95;
}

/* Milliseconds of posting a receipt; *scan those of a beep. */
static double
receipt(struct shop *shop, double *scan)
{
	struct supplier	s = { .code = "BENCH", .name = "Bench",
			    .active = true };
	struct product	p;
	char		code[PRODUCT_CODE], number[PURCHASE_NUMBER];
	double		start;
	int64_t		id, qty;

	if (supplier_put(shop, &s) != 0 ||
	    intake_start(shop, s.id, false, 0, "", &id) != 0) {
		fatal("no receipt");
	}
	start = now_ms();
	for (int i = 0; i < RECEIPT_LINES; i++) {
		code_of(i, code);
		if (intake_scan(shop, id, code, QTY_ONE, &p, &qty) != 0) {
			fatal("%s did not come", code);
		}
	}
	*scan = (now_ms() - start) / RECEIPT_LINES;
	start = now_ms();
	if (intake_post(shop, id, number) != 0) {
		fatal("the receipt is not posted");
	}
	return now_ms() - start;
}

static int
goods_file(int items)
{
	struct buf	text = { 0 };
	int		fd = memfd_create("goods", MFD_CLOEXEC);

	buf_str(&text, "code,name,tax_class,price,barcodes,brand\n");
	for (int i = 0; i < items; i++) {
		buf_fmt(&text, "I%06d,Import %d,standard,%d.%02d,X%07d,"
		    "Brand %d\n", i, i, i % 50, i % 100, i, i % 300);
	}
	if (fd < 0 || io_write_all(fd, text.data, text.len) != 0 ||
	    lseek(fd, 0, SEEK_SET) != 0) {
		fatal("no file to import");
	}
	buf_done(&text);
	return fd;
}

/* A till beside it: takes its turn in the queue again and again until told to
 * end, and says how long it waited at worst. */
static pid_t
till_waits(const char *dir, const int end[static 2], int answer)
{
	pid_t	pid = fork();
	char	path[4096];
	double	worst = 0;
	int	fd;

	if (pid != 0) {
		return pid;
	}
	(void)close(end[1]);		/* its end is the parent's to close */
	(void)str_fmt(path, sizeof(path), "%s/shop.lock", dir);
	if ((fd = open(path, O_RDWR | O_CLOEXEC)) < 0) {
		_exit(1);
	}
	for (char c; read(end[0], &c, 1) != 0;) {
		double	start = now_ms(), took;

		(void)flock(fd, LOCK_EX);
		took = now_ms() - start;
		(void)flock(fd, LOCK_UN);
		worst = took > worst ? took : worst;
		(void)usleep(5000);
	}
	_exit(write(answer, &worst, sizeof(worst)) != sizeof(worst));
}

/* Milliseconds of an import, and the longest a till waited. */
static double
import(struct shop *shop, const char *dir, int items, double *waited)
{
	struct product_import	did;
	int			fd = goods_file(items), end[2], answer[2];
	double			start, took;
	pid_t			till;

	if (pipe2(end, O_CLOEXEC) != 0 || pipe2(answer, O_CLOEXEC) != 0 ||
	    fcntl(end[0], F_SETFL, O_NONBLOCK) != 0 ||
	    (till = till_waits(dir, end, answer[1])) < 0) {
		fatal("no till beside the import");
	}
	(void)close(end[0]);
	start = now_ms();
	if (product_import(shop, fd, 0, NULL, NULL, &did) != 0 ||
	    did.added != items) {
		fatal("nothing imported");
	}
	took = now_ms() - start;
	(void)close(end[1]);
	if (read(answer[0], waited, sizeof(*waited)) != sizeof(*waited) ||
	    waitpid(till, NULL, 0) != till) {
		fatal("the till did not answer");
	}
	(void)close(answer[0]);
	(void)close(answer[1]);
	(void)close(fd);
	return took;
}

void
bench_stockroom(void)
{
	char		*small = path_in("small"), *large = path_in("large");
	struct shop	*s = owner_of(small), *l = owner_of(large);
	double		 a, b, beep_s, beep_l, wait_s, wait_l;

	a = scans(s, 1000);
	b = scans(l, 100000);
	judge("scan, 100 000 items to 1 000, p95", "scan_p95_ratio", b / a,
	    2);
	figure("scan_p95_ms", b);
	a = receipt(s, &beep_s);
	b = receipt(l, &beep_l);
	judge("a beep of a receipt, 100 000 items to 1 000",
	    "receipt_beep_ratio", beep_l / beep_s, 2);
	judge("500 lines received, 100 000 items to 1 000",
	    "receipt_500_ratio", b / a, 2);
	figure("receipt_500_ms", b);
	a = import(s, small, 1000, &wait_s);
	b = import(l, large, 100000, &wait_l);
	judge("import, 100 000 rows to 1 000", "import_ratio", b / a, 110);
	figure("import_100000_ms", b);
	judge("a till waits for the import, at worst, ms", "import_wait_ms",
	    wait_l, 1000);
	auth_leave(s);
	auth_leave(l);
	shop_close(s);
	shop_close(l);
	free(small);
	free(large);
}
