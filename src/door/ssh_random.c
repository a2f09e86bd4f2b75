/* SPDX-License-Identifier: ISC */
/*
 * Random bytes from the kernel, as sshd takes them.  libssh asks for some to
 * pad each packet, and the library's own generator brings as much code into a
 * cold cache for them as the packet's encryption does: a key on the screen
 * would wait for it.
 */
#define OPENSSL_SUPPRESS_DEPRECATED	/* the only way to say so in 3.0 */
#include <sys/random.h>

#include <errno.h>
#include <openssl/rand.h>

#include "door/ssh.h"

static int
random_bytes(unsigned char *out, int n)
{
	while (n > 0) {
		ssize_t	got = getrandom(out, (size_t)n, 0);

		if (got < 0 && errno != EINTR) {
			return 0;
		}
		if (got > 0) {
			out += got;
			n -= (int)got;
		}
	}
	return 1;
}

static int
random_status(void)
{
	return 1;
}

static const RAND_METHOD random_method = {
	.bytes = random_bytes,
	.pseudorand = random_bytes,
	.status = random_status,
};

int
ssh_random(void)
{
	return RAND_set_rand_method(&random_method) == 1 ? 0 :
	    err_set(ERR_SYSTEM, _("the cryptography does not start"));
}
