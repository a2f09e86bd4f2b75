/* SPDX-License-Identifier: ISC */
/* Lines of "key = value" against one table of keys. */
#include "base/conf.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

#define CONF_FILE_MAX	65536

#define CONF_KIND_TEXT	 CONF_TEXT
#define CONF_KIND_NUMBER CONF_NUMBER
#define CONF_KIND_FLAG	 CONF_FLAG

const struct conf_about conf_abouts[] = {
#define X(id, key, k, least, most, value, words) \
	[CONF_##id] = { .name = key, .kind = CONF_KIND_##k, .min = least, \
	    .max = most, .fallback = value, .help = words },
	CONF_KEYS(X)
#undef X
};
_Static_assert(NELEM(conf_abouts) == CONF_COUNT, "one row a key");

static void
conf_fallbacks(struct conf *conf)
{
	for (size_t i = 0; i < CONF_COUNT; i++) {
		free(conf->value[i]);
		conf->value[i] = xstrdup(conf_abouts[i].fallback);
	}
}

void
conf_done(struct conf *conf)
{
	for (size_t i = 0; i < CONF_COUNT; i++) {
		free(conf->value[i]);
		conf->value[i] = NULL;
	}
}

/* Cut the spaces around [s, end); the text is terminated in place. */
static char *
conf_trim(char *s, char *end)
{
	while (s < end && strchr(" \t\r", *s) != NULL) {
		s++;
	}
	while (end > s && strchr(" \t\r", end[-1]) != NULL) {
		end--;
	}
	*end = '\0';
	return s;
}

static int
conf_check(const struct conf_about *about, const char *value)
{
	int64_t	n;

	switch (about->kind) {
	case CONF_NUMBER:
		return str_to_i64(value, about->min, about->max, &n);
	case CONF_FLAG:
		if (str_equal(value, "yes") || str_equal(value, "no")) {
			return 0;
		}
		return err_set(ERR_CONFIG, _("write yes or no"));
	case CONF_TEXT:
		if ((int64_t)strlen(value) > about->max) {
			return err_set(ERR_CONFIG, _("too long"));
		}
		if (!utf8_is_clean(value)) {
			return err_set(ERR_CONFIG, _("not clean UTF-8 text"));
		}
		break;
	}
	return 0;
}

static const struct conf_about *
conf_find(const char *name)
{
	for (size_t i = 0; i < CONF_COUNT; i++) {
		if (strcmp(conf_abouts[i].name, name) == 0) {
			return &conf_abouts[i];
		}
	}
	return NULL;
}

/* One line, terminated, to be torn apart. */
static int
conf_line(struct conf *conf, bool *seen, char *line)
{
	const struct conf_about	*about;
	char			*equal, *name, *value;
	size_t			 i;
	int			 r;

	name = conf_trim(line, line + strlen(line));
	if (name[0] == '\0' || name[0] == '#') {
		return 0;
	}
	if ((equal = strchr(name, '=')) == NULL) {
		return err_set(ERR_CONFIG, _("write: key = value"));
	}
	value = conf_trim(equal + 1, equal + 1 + strlen(equal + 1));
	name = conf_trim(name, equal);
	if ((about = conf_find(name)) == NULL) {
		return err_set(ERR_CONFIG, _("unknown key %.40s"), name);
	}
	i = (size_t)(about - conf_abouts);
	if (seen[i]) {
		return err_set(ERR_CONFIG, _("%s is said twice"), name);
	}
	seen[i] = true;
	if ((r = conf_check(about, value)) != 0) {
		return err_set(ERR_CONFIG, "%s: %s", name, err_text(r));
	}
	free(conf->value[i]);
	conf->value[i] = xstrdup(value);
	return 0;
}

int
conf_parse(struct conf *conf, const char *name, const char *text)
{
	bool	 seen[CONF_COUNT] = { false };
	char	*copy = xstrdup(text), *next, *line = copy;
	int	 r = 0;

	*conf = (struct conf){ 0 };
	conf_fallbacks(conf);
	for (int n = 1; line != NULL && r == 0; n++, line = next) {
		if ((next = strchr(line, '\n')) != NULL) {
			*next++ = '\0';
		}
		if ((r = conf_line(conf, seen, line)) != 0) {
			r = err_set(ERR_CONFIG, _("%s line %d: %s"), name, n,
			    err_text(r));
			conf_fallbacks(conf);
		}
	}
	free(copy);
	return r;
}

int
conf_load(struct conf *conf, const char *shop)
{
	struct buf	text = { 0 };
	char		path[PATH_MAX];
	int		r;

	*conf = (struct conf){ 0 };
	conf_fallbacks(conf);
	if (!str_fmt(path, sizeof(path), "%s/shop.conf", shop)) {
		return err_set(ERR_TOO_LONG, _("path too long: %.80s"), shop);
	}
	r = io_read_file(path, CONF_FILE_MAX, &text);
	if (r == ERR_NOT_FOUND) {
		return 0;
	}
	if (r == 0 && memchr(buf_text(&text), '\0', text.len) != NULL) {
		r = err_set(ERR_CONFIG, _("%s is no text file"), path);
	}
	if (r == 0) {
		conf_done(conf);
		r = conf_parse(conf, path, buf_text(&text));
	}
	buf_done(&text);
	return r;
}

const char *
conf_text(const struct conf *conf, enum conf_key key)
{
	return conf->value[key];
}

int
conf_number(const struct conf *conf, enum conf_key key)
{
	return (int)strtol(conf->value[key], NULL, 10);
}

bool
conf_flag(const struct conf *conf, enum conf_key key)
{
	return str_equal(conf->value[key], "yes");
}

void
conf_set_zone(const struct conf *conf)
{
	const char	*zone = conf_text(conf, CONF_TIMEZONE);

	if (zone[0] != '\0') {
		(void)setenv("TZ", zone, 1);
	}
	tzset();
}
