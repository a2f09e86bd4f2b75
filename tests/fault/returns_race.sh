#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 240
# Two processes take the same line back, or spend the same card, at the same
# moment; spenders are killed in the middle.  One line comes back once, a card
# never goes below nothing, and every sum holds.
. tests/lib.sh

note "SEED=$SEED KILLS=$KILLS"
mkshop "$T/shop" || exit 1
COMPTOIR_SHOP=$T/shop
export COMPTOIR_SHOP

# ---- the same line, twice at once -------------------------------------------
"$B/tests/tool/sell" "$T/shop" 12 1 >"$T/sold"
sed -n 's/^ticket [0-9]* \([^ ]*\) .*/\1/p' "$T/sold" >"$T/tickets"
done=0
while read -r ticket; do
	comptoir sale return "$ticket" >"$T/a" 2>&1 &
	a=$!
	comptoir sale return "$ticket" >"$T/b" 2>&1 &
	b=$!
	ra=0
	wait "$a" || ra=$?
	rb=0
	wait "$b" || rb=$?
	if [ $((ra == 0)) -ne $((rb == 0)) ]; then
		done=$((done + 1))
	else
		note "$ticket: $ra $rb $(cat "$T/a" "$T/b")"
	fi
done <"$T/tickets"
is "each of 12 lines came back for one of two" "$done" 12
is "none more than was sold" "$(sqlite3 "$shop/shop.db" "SELECT l.id
    FROM sale_line l JOIN sale_line r ON r.returns = l.id
    JOIN sale s ON s.id = r.sale AND s.state <> 'cancelled'
    WHERE r.state = 'live' GROUP BY l.id HAVING -sum(r.qty) > l.qty")" ""

# ---- the same card ----------------------------------------------------------
comptoir voucher add --format csv | sed -n '2s/^[0-9]*,//p' >"$T/number"
number=$(tr -d ' \r' <"$T/number")
comptoir voucher adjust "$number" 100 race >/dev/null
spend=$B/tests/tool/spend
"$spend" "$shop" "$number" 300 100 >"$T/a" 2>"$T/err" &
a=$!
"$spend" "$shop" "$number" 300 100 >"$T/b" 2>>"$T/err" &
b=$!
wait "$a"
wait "$b"
is "both went on to the end" "$(cat "$T/err")" ""
is "33 times 3 of 100, by both together" \
    "$(cat "$T/a" "$T/b" | grep -c ^spent)" 33
is "1 is left" "$(sqlite3 "$shop/shop.db" "SELECT balance FROM voucher
    ORDER BY id DESC LIMIT 1")" 100

# ---- killed in the middle ----------------------------------------------------
comptoir voucher adjust "$number" 5000 race >/dev/null
before=$(sqlite3 "$shop/shop.db" "SELECT balance FROM voucher
    ORDER BY id DESC LIMIT 1")
: >"$T/told"
i=0
while [ "$i" -lt "$KILLS" ]; do
	i=$((i + 1))
	"$spend" "$shop" "$number" 100 100000 >"$T/a" 2>>"$T/err" &
	a=$!
	"$spend" "$shop" "$number" 100 100000 >"$T/b" 2>>"$T/err" &
	b=$!
	wait_for 20 test -s "$T/a" -a -s "$T/b" || note "round $i: too slow"
	rnd 200
	sleep "$(printf '0.%03d' "$rnd")"
	kill -KILL "$a" "$b"
	wait "$a" "$b" 2>/dev/null
	for f in a b; do
		grep -c ^spent "$T/$f" >>"$T/told"
	done
done
told=$(awk '{ n += $1 } END { print n }' "$T/told")
left=$(sqlite3 "$shop/shop.db" "SELECT balance FROM voucher
    ORDER BY id DESC LIMIT 1")
spent=$(((before - left) / 100))
note "$told told, $spent spent"
check "what was said to be spent is off the card" test "$spent" -ge "$told"
check "at most one more for each kill" \
    test "$spent" -le $((told + 2 * KILLS))
is "the log makes the balance" "$(sqlite3 "$shop/shop.db" "SELECT v.id FROM
    voucher v WHERE balance <> (SELECT coalesce(sum(amount), 0)
    FROM voucher_move WHERE voucher = v.id)")" ""
is "each payment has its movement" "$(sqlite3 "$shop/shop.db" "SELECT v.id
    FROM voucher v WHERE (SELECT coalesce(sum(amount), 0) FROM payment
    WHERE voucher = v.id) <> (SELECT -coalesce(sum(amount), 0)
    FROM voucher_move WHERE voucher = v.id
    AND kind IN ('pay', 'unpay', 'refund', 'issue'))")" ""
is "nothing was printed for what was not posted" "$(sqlite3 "$shop/shop.db" \
    "SELECT ref FROM print_job WHERE kind = 'receipt' AND ref <> '' AND
    ref NOT GLOB '*-V*' AND ref NOT IN (SELECT printf('%s-%06d', series,
    number) FROM sale WHERE state = 'paid')")" ""
is "nor twice" "$(sqlite3 "$shop/shop.db" "SELECT ref FROM print_job
    WHERE kind = 'receipt' AND ref <> '' GROUP BY ref HAVING count(*) > 1")" ""
check "the journal verifies" comptoir journal verify
check "the shop is well" comptoir check
