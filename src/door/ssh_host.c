/* SPDX-License-Identifier: ISC */
/* The comptoir-ssh that forks: libssh loaded once, host keys read once. */
#include <sys/signalfd.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "door/lock.h"
#include "door/ssh.h"

#define HOST_KEY_MAX	65536
#define HOST_BANNER	"comptoir"

/* Nothing ssh-audit fails, nothing PuTTY 0.75 or OpenSSH 7 lacks. */
static const struct {
	enum ssh_bind_options_e	 option;
	const char		*value;
} host_options[] = {
	{ SSH_BIND_OPTIONS_BANNER, HOST_BANNER },
	{ SSH_BIND_OPTIONS_KEY_EXCHANGE, "curve25519-sha256,"
	    "curve25519-sha256@libssh.org,diffie-hellman-group16-sha512,"
	    "diffie-hellman-group18-sha512" },
	{ SSH_BIND_OPTIONS_CIPHERS_C_S, "chacha20-poly1305@openssh.com,"
	    "aes256-gcm@openssh.com,aes128-gcm@openssh.com,aes256-ctr" },
	{ SSH_BIND_OPTIONS_CIPHERS_S_C, "chacha20-poly1305@openssh.com,"
	    "aes256-gcm@openssh.com,aes128-gcm@openssh.com,aes256-ctr" },
	{ SSH_BIND_OPTIONS_HMAC_C_S, "hmac-sha2-256-etm@openssh.com,"
	    "hmac-sha2-512-etm@openssh.com" },
	{ SSH_BIND_OPTIONS_HMAC_S_C, "hmac-sha2-256-etm@openssh.com,"
	    "hmac-sha2-512-etm@openssh.com" },
	{ SSH_BIND_OPTIONS_HOSTKEY_ALGORITHMS, "ssh-ed25519,rsa-sha2-512,"
	    "rsa-sha2-256" },
	{ SSH_BIND_OPTIONS_PUBKEY_ACCEPTED_KEY_TYPES, "ssh-ed25519,"
	    "sk-ssh-ed25519@openssh.com,ecdsa-sha2-nistp256,rsa-sha2-512,"
	    "rsa-sha2-256" },
};

static int
host_error(ssh_bind bind, const char *what)
{
	return err_set(ERR_CONFIG, "%s: %s", what, ssh_get_error(bind));
}

static int
host_key(ssh_bind bind, int fd)
{
	struct buf	text = { 0 };
	ssh_key		key = NULL;
	int		r = io_read_all(fd, HOST_KEY_MAX, &text);

	(void)close(fd);
	if (r == 0 && ssh_pki_import_privkey_base64(buf_text(&text), NULL,
	    NULL, NULL, &key) != SSH_OK) {
		r = err_set(ERR_CONFIG, _("a host key cannot be read"));
	}
	if (text.data != NULL) {
		explicit_bzero(text.data, text.len);
	}
	buf_done(&text);
	/* The bind owns the key from here. */
	if (r == 0 && ssh_bind_options_set(bind, SSH_BIND_OPTIONS_IMPORT_KEY,
	    key) != SSH_OK) {
		ssh_key_free(key);
		r = host_error(bind, _("a host key is refused"));
	}
	return r;
}

static int
host_bind(ssh_bind *out)
{
	const bool	no = false;
	const int	rsa_bits = 3072;
	ssh_bind	bind = ssh_bind_new();
	int		keys = 0, r;

	*out = NULL;
	if (bind == NULL) {
		return err_set(ERR_SYSTEM, _("libssh does not start"));
	}
	if (ssh_bind_options_set(bind, SSH_BIND_OPTIONS_PROCESS_CONFIG,
	    &no) != SSH_OK ||
	    ssh_bind_options_set(bind, SSH_BIND_OPTIONS_RSA_MIN_SIZE,
	    &rsa_bits) != SSH_OK) {
		return host_error(bind, _("libssh refuses an option"));
	}
	for (size_t i = 0; i < NELEM(host_options); i++) {
		if (ssh_bind_options_set(bind, host_options[i].option,
		    host_options[i].value) != SSH_OK) {
			return host_error(bind, _("libssh refuses an option"));
		}
	}
	for (int fd = MON_FD + 1; fcntl(fd, F_GETFD) >= 0; fd++, keys++) {
		if ((r = host_key(bind, fd)) != 0) {
			return r;
		}
	}
	if (keys == 0) {
		return err_set(ERR_CONFIG, _("no host key"));
	}
	*out = bind;
	return 0;
}

static void
host_connection(ssh_bind bind, struct mon *in, int signals)
{
	unsigned	seconds = mon_get_u32(in);
	bool		passwords = mon_get_u32(in) != 0;
	int		fd = mon_take_fd(in, 0), door = mon_take_fd(in, 1);
	pid_t		pid;

	if (mon_end(in) != 0) {
		log_error("comptoird sent %s", err_text(ERR_INVALID));
	} else if ((pid = fork()) < 0) {
		log_error("cannot fork for a connection: %s",
		    strerror(errno));
	} else if (pid == 0) {
		(void)close(signals);
		(void)close(MON_FD);
		ssh_conn_run(bind, fd, door, seconds, passwords);
	}
	if (fd >= 0) {
		(void)close(fd);
	}
	if (door >= 0) {
		(void)close(door);
	}
}

/* Children that ended; false when one was killed by what it was fed. */
static bool
host_reap(int signals)
{
	struct signalfd_siginfo	info;
	int			status;
	pid_t			pid;
	bool			good = true;

	if (read(signals, &info, sizeof(info)) < 0) {
		return true;
	}
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		int	sig = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

		if (sig != 0 && sig != SIGALRM && sig != SIGTERM &&
		    sig != SIGKILL) {
			log_error("connection %d died of SIG%s", (int)pid,
			    sigabbrev_np(sig));
			good = false;
		}
	}
	return good;
}

static int
host_loop(ssh_bind bind, struct mon *in, int signals)
{
	struct pollfd	p[] = {
		{ .fd = MON_FD, .events = POLLIN },
		{ .fd = signals, .events = POLLIN },
	};

	for (;;) {
		int	r;

		if (poll(p, NELEM(p), -1) < 0 && errno != EINTR) {
			return err_sys(ERR_SYSTEM, _("cannot wait"));
		}
		if (p[1].revents != 0 && !host_reap(signals)) {
			/* Whoever did that shall not try again on the same
			 * addresses: comptoird starts another. */
			return err_set(ERR_SYSTEM,
			    _("starting afresh after a crash"));
		}
		if (p[0].revents == 0) {
			continue;
		}
		if ((r = mon_recv(MON_FD, in, false)) == ERR_BUSY) {
			continue;
		}
		if (r != 0 || in->type != MON_CONNECTION) {
			/* comptoird has gone; the connections see it too. */
			return r;
		}
		host_connection(bind, in, signals);
		mon_done(in);
	}
}

int
ssh_host_serve(void)
{
	static struct mon	in;
	struct buf		hello;
	ssh_bind		bind;
	sigset_t		set;
	int			r, signals;

	mon_log_to(MON_FD);
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGCHLD);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
	if (ssh_init() != SSH_OK) {
		return err_set(ERR_SYSTEM, _("libssh does not start"));
	}
	if ((r = ssh_random()) != 0 || (r = host_bind(&bind)) != 0) {
		return r;
	}
	/* After the keys were taken from the descriptors next to MON_FD. */
	signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (signals < 0) {
		return err_sys(ERR_SYSTEM, _("cannot wait"));
	}
	/* Before locking in: libraries read files the first time. */
	tzset();
	ssh_warm(bind);
	if ((r = lock_identity()) != 0 || (r = lock_calls(true)) != 0) {
		return r;
	}
	mon_start(&hello, MON_HELLO);
	if ((r = mon_send(MON_FD, &hello, NULL, 0)) != 0) {
		return r;
	}
	return host_loop(bind, &in, signals);
}

int
ssh_host_make_key(const char *path)
{
	ssh_key	 key = NULL;
	char	 temp[4096];
	int	 r = 0;

	if (!str_fmt(temp, sizeof(temp), "%s.new.%d", path, (int)getpid())) {
		return err_set(ERR_TOO_LONG, _("path too long: %.80s"), path);
	}
	(void)umask(077);	/* libssh would leave it readable by all */
	if (ssh_init() != SSH_OK ||
	    ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &key) != SSH_OK) {
		return err_set(ERR_SYSTEM, _("no key can be made"));
	}
	if (ssh_pki_export_privkey_file(key, NULL, NULL, NULL, temp) !=
	    SSH_OK) {
		r = err_sys(ERR_IO, _("cannot write %s"), temp);
	} else if (link(temp, path) != 0) {
		r = err_sys(errno == EEXIST ? ERR_EXISTS : ERR_IO,
		    _("cannot make %s"), path);
	}
	(void)unlink(temp);
	ssh_key_free(key);
	return r;
}
