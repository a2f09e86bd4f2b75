/* SPDX-License-Identifier: ISC */
/* A shop without a printer: each slip is a text file under SHOP/paper. */
#include "spool/spool.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

static void
file_look(struct spool *s, enum printer_state *state,
    char detail[static SPOOL_NOTE])
{
	char	path[PATH_MAX];

	(void)str_fmt(path, sizeof(path), "%s/paper", db_shop(s->shop->db));
	if (mkdir(path, 0700) != 0 && errno != EEXIST) {
		*state = PRINTER_ERROR;
		(void)str_copy(detail, SPOOL_NOTE, strerror(errno));
	}
}

/* The same job always writes the same file: sending twice is sending once. */
static int
file_send(struct spool *s, const struct errand *e, const void *data,
    size_t n, bool *left)
{
	const char	*suffix = s->setup.driver->suffix;
	char		 path[PATH_MAX], ref[48];
	int		 r;

	*left = false;
	if (e->kind == PRINT_DRAWER) {
		return 0;		/* there is no drawer either */
	}
	(void)str_copy(ref, sizeof(ref), e->ref[0] == '\0' ?
	    print_kind_word(e->kind) : e->ref);
	for (char *p = ref; *p != '\0'; p++) {
		if (!isalnum((unsigned char)*p) && strchr("-_.", *p) == NULL) {
			*p = '_';
		}
	}
	if (!str_fmt(path, sizeof(path), "%s/paper/%06lld-%s.%s",
	    db_shop(s->shop->db), (long long)e->id, ref,
	    suffix != NULL ? suffix : "txt")) {
		return err_set(ERR_TOO_LONG, _("the path is too long"));
	}
	r = io_write_file(path, 0600, data, n);
	return r == 0 ? 0 : err_set(ERR_DEVICE, "%s", err_text(r));
}

const struct port port_file = {
	.prefix = "file:",
	.repeatable = true,
	.look = file_look,
	.send = file_send,
};
