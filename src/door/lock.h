/* SPDX-License-Identifier: ISC */
/* Locking comptoir-ssh in, before a stranger's first byte is read. */
#ifndef DOOR_LOCK_H
#define DOOR_LOCK_H

#include "base/base.h"

/*
 * As root: an empty root directory that exists nowhere, then the user
 * `comptoir-ssh` (else `nobody`).  Always: no new privileges, not dumpable,
 * no core, few descriptors.  As a plain user it says in the log what it could
 * not give up.
 */
int	lock_identity(void) MUST_CHECK;

/*
 * The process that forks (`forks`), then each connection: only these system
 * calls from now on; any other kills the process.  No open, no exec, no
 * socket, no kill, no ptrace; of ioctl and fcntl only what a relay needs.
 */
int	lock_calls(bool forks) MUST_CHECK;

#endif
