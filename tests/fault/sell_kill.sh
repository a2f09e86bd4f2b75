#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 200
# kill -9 of a seller at random moments, a second one selling beside it: each
# line and ticket it was told of is there exactly once, no ticket is half
# there, numbers have no gap, the journal verifies.
. tests/lib.sh

note "SEED=$SEED KILLS=$KILLS"
mkshop "$T/shop" || exit 1
sell=$B/tests/tool/sell
: >"$T/told"

i=0
while [ "$i" -lt "$KILLS" ]; do
	i=$((i + 1))
	"$sell" "$shop" 100000 3 >"$T/a" 2>>"$T/err" &
	a=$!
	"$sell" "$shop" 100000 2 >"$T/b" 2>>"$T/err" &
	b=$!
	# Both at work, then a random moment.
	wait_for 20 test -s "$T/a" -a -s "$T/b" || note "round $i: too slow"
	rnd 200
	sleep "$(printf '0.%03d' "$rnd")"
	kill -KILL "$a"
	rnd 20
	sleep "$(printf '0.%03d' "$rnd")"
	kill -KILL "$b"
	wait "$a" "$b" 2>/dev/null
	# A last line without its end was not said.
	for f in a b; do
		sed -n '$!p' "$T/$f" >>"$T/told"
		[ -z "$(tail -c 1 "$T/$f")" ] && tail -n 1 "$T/$f" >>"$T/told"
	done
done
note "$(grep -c ^line "$T/told") lines, $(grep -c ^ticket "$T/told") tickets"
check "something was sold in every round" \
    test "$(grep -c ^line "$T/told")" -ge $((2 * KILLS))
is "nobody was refused" "$(cat "$T/err")" ""

sqlite3 "$shop/shop.db" "SELECT 'line', sale, id FROM sale_line
    WHERE state = 'live'" | tr '|' ' ' | sort >"$T/lines"
grep '^line' "$T/told" | sort >"$T/told.lines"
is "no line was said twice" "$(uniq -d "$T/told.lines")" ""
is "every line that was said is there" \
    "$(comm -23 "$T/told.lines" "$T/lines")" ""
sqlite3 "$shop/shop.db" "SELECT 'ticket', id, printf('%s-%06d', series,
    number), total FROM sale WHERE state = 'paid'" | tr '|' ' ' |
    sort >"$T/tickets"
grep '^ticket' "$T/told" | sort >"$T/told.tickets"
is "every ticket that was said is there, with its total" \
    "$(comm -23 "$T/told.tickets" "$T/tickets")" ""
# Who dies between commit and word leaves one more; of two sellers a round,
# two at most, and a line each.
more=$(comm -13 "$T/told.tickets" "$T/tickets" | grep -c ' 0-')
check "at most one ticket more for each kill ($more)" \
    test "$more" -le $((2 * KILLS))
is "each with its lines and its money" "$(sqlite3 "$shop/shop.db" "SELECT id
    FROM sale s WHERE state = 'paid' AND series = '0' AND (
    (SELECT count(*) FROM sale_line WHERE sale = s.id) NOT IN (2, 3) OR
    (SELECT sum(amount) FROM payment WHERE sale = s.id) IS NOT s.total)")" ""
is "none is paid twice" "$(cut -d' ' -f3 "$T/tickets" | sort | uniq -d)" ""
is "the numbers have no gap" "$(sqlite3 "$shop/shop.db" "SELECT series FROM
    sale WHERE series IS NOT NULL GROUP BY series
    HAVING count(*) <> max(number)")" ""
is "nothing refers to what is not there" "$(sqlite3 "$shop/shop.db" "PRAGMA
    foreign_key_check")" ""
check "the journal verifies" comptoir -s "$shop" journal verify
check "the shop is well" comptoir -s "$shop" check
# What was left open is found by the next login and paid by nobody.
open=$(comptoir -s "$shop" sale list --open --format json |
    grep -o '"id"' | wc -l)
check "at most one open sale for each kill ($open)" \
    test "$open" -le $((2 * KILLS))
echo ok | "$sell" "$shop" 1 1 >"$T/a"
has "the next one sells" "$(cat "$T/a")" "ticket"
