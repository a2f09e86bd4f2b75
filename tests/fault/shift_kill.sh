#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 300
# A Z in bad company: kill -9 in the middle of it (all of it or nothing), a
# printer that is gone (the Z closes, its paper waits), a full disk (the
# shop's reserve lets the day be closed).
. tests/lib.sh

note "SEED=$SEED KILLS=$KILLS"
mkshop "$T/shop" || exit 1
comptoir -s "$shop" set language en >/dev/null
sell=$B/tests/tool/sell
sql()
{
	sqlite3 -readonly "$shop/shop.db" "$1"
}
# How long one takes when nobody kills it, in milliseconds.
sold()
{
	"$sell" "$shop" 2 2 >/dev/null 2>>"$T/err" </dev/null
}
sold
comptoir -s "$shop" shift close --uncounted >/dev/null
closed=$(sql "SELECT count(*) FROM shift WHERE series = '0'")
is "one is closed" "$closed" 1

i=0
torn=0
half=0
while [ "$i" -lt "$KILLS" ]; do
	i=$((i + 1))
	sold
	comptoir -s "$shop" shift close --uncounted >"$T/said" 2>>"$T/err" &
	pid=$!
	rnd 30
	sleep "$(printf '0.%03d' "$rnd")"
	kill -KILL "$pid" 2>/dev/null
	wait "$pid" 2>/dev/null
	now=$(sql "SELECT count(*) FROM shift WHERE series = '0'
	    AND state = 'closed'")
	[ -z "$(cat "$T/said")" ] || [ "$now" -gt "$closed" ] || {
		torn=$((torn + 1))
		note "said, and not closed"
	}
	[ "$now" -le $((closed + 1)) ] || torn=$((torn + 1))
	# Of one that stayed open nothing is written down.
	half=$((half + $(sql "SELECT (SELECT count(*) FROM shift_total AS t
	    JOIN shift AS s ON s.id = t.shift WHERE s.state = 'open')
	    + (SELECT count(*) FROM shift AS s WHERE s.series = '0'
	    AND s.state = 'closed' AND 1 <> (SELECT count(*) FROM print_job
	    WHERE ref = printf('Z%s-%06d', s.series, s.number)))
	    + (SELECT count(*) FROM shift AS s WHERE s.state = 'closed'
	    AND NOT EXISTS (SELECT 1 FROM closing WHERE shift = s.id))")))
	closed=$now
done
note "$closed closed"
check "some were closed and some were not" \
    test "$closed" -gt 1 -a "$closed" -le "$KILLS"
is "what was said was closed, once" "$torn" 0
is "a Z is whole or not at all: figures, record, paper" "$half" 0
check "the shop is sound" comptoir -s "$shop" check

# The printer is gone: the till closes, the paper waits for another one.
sold
comptoir -s "$shop" printer set paper connection device:/dev/no-such-printer
start comptoir-spool "$shop" 1 2>>"$T/spool.log"
has "a dead printer holds no Z up" \
    "$(comptoir -s "$shop" shift close --uncounted)" "is closed"
last=$(sql "SELECT printf('Z%s-%06d', series, number) FROM shift
    ORDER BY id DESC LIMIT 1")
waits()
{
	[ "$(sql "SELECT state FROM print_job WHERE ref = '$last'")" = "$1" ]
}
check "its paper waits" wait_for 5 waits queued
comptoir -s "$shop" printer set paper connection file:
check "and comes once the printer is back" wait_for 20 waits printed
is "as the original" "$(grep -l "CLOSING $last" "$shop"/paper/*.txt |
    xargs grep -c DUPLICATA | tail -n 1)" 0
stop "$pid"

# A full disk, in a name space of its own.
# shellcheck disable=SC2016
full='mount -t tmpfs -o size=96m none "$T/disk" &&
mkdir "$T/disk/in" && comptoir init "$T/disk/in/shop" --demo >/dev/null &&
"$sell" "$T/disk/in/shop" 3 2 >/dev/null </dev/null &&
cat /dev/zero >"$T/disk/fill" 2>/dev/null
i=0
while [ $i -lt 40 ] && ! comptoir -s "$T/disk/in/shop" shift pay-in 1 \
    "a coin" 2>&1 | grep -q reserve; do
	i=$((i + 1))
done
[ $i -lt 40 ] || exit 3
comptoir -s "$T/disk/in/shop" shift count cash=1 >"$T/full" 2>&1 &&
comptoir -s "$T/disk/in/shop" shift close --uncounted >>"$T/full" 2>&1 &&
comptoir -s "$T/disk/in/shop" check >>"$T/full" 2>&1'
mkdir "$T/disk"
export sell T
if unshare -m true 2>/dev/null; then
	check "the reserve closes the day on a full disk" \
	    unshare -m sh -c "$full"
	has "its Z is there" "$(cat "$T/full")" "is closed"
else
	skip "a full disk" "needs a name space"
fi
