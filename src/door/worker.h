/* SPDX-License-Identifier: ISC */
/* `comptoir worker auth|keep`: what comptoird asks a process of the shop's
 * user, because it never opens the database itself. */
#ifndef DOOR_WORKER_H
#define DOOR_WORKER_H

/*
 * Serve comptoird on MON_FD until it closes.  auth: is this password, key or
 * code right; ends by itself when nobody asked for a while.  keep: migrate
 * and open the shop, tell of lines and printers and of every change to them,
 * checkpoint in quiet moments.  Returns the exit status.
 */
int	worker_main(const char *shop, const char *what);

#endif
