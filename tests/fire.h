/* SPDX-License-Identifier: ISC */
/* A waiter who looks at what waits, and fires it. */
#ifndef TESTS_FIRE_H
#define TESTS_FIRE_H

#include "shop/course.h"

static inline int
fire_seen(struct shop *shop, int64_t sale, bool all, int *course)
{
	struct serving	v;
	int		seen, r;

	*course = 0;
	if ((r = serving_get(shop, sale, &v)) != 0 ||
	    (r = course_waits(shop, &v, &seen)) != 0) {
		return r;
	}
	return course_fire(shop, sale, seen, all, course);
}

#endif
