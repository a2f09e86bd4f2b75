/* SPDX-License-Identifier: ISC */
/* comptoir-line: the serial door, one process a line. */
#include <getopt.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/words.h"
#include "door/line.h"

static void
usage(FILE *to)
{
	(void)fputs(_("usage: comptoir-line DEVICE --speed N --format 8N1\n"
	    "           --flow none|xonxoff|rtscts [--modem]\n"
	    "Started by comptoird for each line of the shop.\n"), to);
}

int
main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "speed", required_argument, NULL, 's' },
		{ "format", required_argument, NULL, 'f' },
		{ "flow", required_argument, NULL, 'w' },
		{ "modem", no_argument, NULL, 'm' },
		{ "version", no_argument, NULL, 'V' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	struct line_port	port = { .speed = 9600, .format = "8N1",
				    .flow = "xonxoff" };
	int64_t			speed;
	int			c, r = 0;

	words_init();
	while (r == 0 && (c = getopt_long(argc, argv, "", options, NULL)) !=
	    -1) {
		switch (c) {
		case 's':
			r = str_to_i64(optarg, 50, 4000000, &speed);
			port.speed = (int)speed;
			break;
		case 'f':
			port.format = optarg;
			break;
		case 'w':
			port.flow = optarg;
			break;
		case 'm':
			port.modem = true;
			break;
		case 'V':
			(void)puts("comptoir-line " VERSION);
			return 0;
		case 'h':
			usage(stdout);
			return 0;
		default:
			usage(stderr);
			return err_status(ERR_USAGE);
		}
	}
	if (r == 0 && argc - optind != 1) {
		usage(stderr);
		return err_status(ERR_USAGE);
	}
	port.device = argv[optind];
	log_open("comptoir-line", LOG_LEVEL_INFO);
	if (r == 0 && (r = line_check(&port)) == 0) {
		r = line_serve(&port);
	}
	if (r != 0) {
		log_err(r, "%s", port.device);
		return err_status(r);
	}
	return 0;
}
