/* SPDX-License-Identifier: ISC */
/* One line a fact, to stderr, a file or syslog; never personal data. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/base.h"

enum log_level {
	LOG_LEVEL_ERROR,
	LOG_LEVEL_WARN,
	LOG_LEVEL_INFO,
	LOG_LEVEL_DEBUG,
};

/*
 * Where lines go until changed: stderr.  `program` prefixes each line.
 * log_open_file() appends to a file (0640) as "TIME LEVEL program[pid]: text";
 * the descriptor is CLOEXEC.  Before a terminal is drawn on, a session must
 * have left stderr.
 */
void log_open(const char *program, enum log_level most);
int log_open_file(const char *path) MUST_CHECK;
void log_close(void);
/* Lines go to this function instead: a program that may not write files. */
void log_to(void (*sink)(enum log_level level, const char *text));
/* The level called error, warn, info or debug; ERR_INVALID. */
int log_level_find(const char *name, enum log_level *out) MUST_CHECK;
/* Only lines up to this level from now on. */
void log_set_level(enum log_level most);

void log_write(enum log_level level, const char *fmt, ...) PRINTF(2, 3);
/* The error's name and text after the words. */
void log_err(int code, const char *fmt, ...) PRINTF(2, 3);
#define log_error(...)	log_write(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warn(...)	log_write(LOG_LEVEL_WARN, __VA_ARGS__)
#define log_info(...)	log_write(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...)	log_write(LOG_LEVEL_DEBUG, __VA_ARGS__)

#endif
