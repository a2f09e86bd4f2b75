#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 240
# Two people count, two sell and two receive the same item at the same time,
# and one throws some away, each in a process of their own: the ledger tells
# one story.
. tests/lib.sh

mkshop "$T/shop" || exit 1
COMPTOIR_SHOP=$T/shop
export COMPTOIR_SHOP
one()
{
	sqlite3 "file:$shop/shop.db?mode=ro" "$1"
}
moved()	# CONDITION: how much of it
{
	one "SELECT coalesce(sum(qty), 0) FROM stock_move AS m
	    JOIN product AS p ON p.id = m.product
	    WHERE p.code = 'R1' AND $1"
}
level()
{
	one "SELECT l.qty FROM stock_level AS l
	    JOIN product AS p ON p.id = l.product WHERE p.code = 'R1'"
}
check "an item" comptoir product add R1 Rouleau --price 5 --tax standard
check "a hundred of it" comptoir stock adjust R1 100 delivery --cost 2
check "who sells it to us" comptoir supplier add GRO Grossiste
check "at that price" comptoir supplier item GRO R1 3
check "a count" comptoir count open part
many()	# TIMES COMMAND...
{
	n=$1
	shift
	while [ "$n" -gt 0 ]; do
		"$@" >>"$T/log" 2>&1 || echo "refused $*" >>"$T/refused"
		n=$((n - 1))
	done
}
receive()	# a receipt of its own: a beep, two more, into the stock
{
	id=$(comptoir receipt start GRO | grep -o '#[0-9]*') &&
	    comptoir receipt add "$id" R1 &&
	    comptoir receipt add "$id" R1 2 &&
	    comptoir receipt post "$id"
}
: >"$T/refused"
many 20 comptoir count enter 1 R1 1 &
many 20 comptoir count enter 1 R1 1 &
many 8 receive &
many 8 receive &
many 15 comptoir stock waste R1 1 broken &
"$B/tests/tool/sell" "$shop" 20 2 R1 >"$T/sold1" 2>&1 &
"$B/tests/tool/sell" "$shop" 20 2 R1 >"$T/sold2" 2>&1 &
wait
is "nobody was refused" "$(cat "$T/refused")" ""
is "forty beeps" "$(one "SELECT sum(qty) FROM stock_count_entry")" 40000
is "forty tickets" "$(cat "$T/sold1" "$T/sold2" | grep -c ^ticket)" 40
is "took eighty" "$(moved "m.kind = 'sale'")" -80000
is "sixteen receipts brought three each" "$(moved "m.doc = 'receipt'")" 48000
is "at what was paid" "$(one "SELECT sum(m.value) FROM stock_move AS m
	JOIN product AS p ON p.id = m.product
	WHERE p.code = 'R1' AND m.doc = 'receipt'")" 14400
is "and fifteen were thrown away" "$(moved "m.kind = 'waste'")" -15000
is "what is there is what moved" "$(level)" 53000
is "each ticket took its own" "$(one "SELECT count(*) FROM (SELECT sale
	FROM stock_move AS m JOIN product AS p ON p.id = m.product
	WHERE p.code = 'R1' AND m.kind = 'sale' GROUP BY sale
	HAVING sum(m.qty) = -2000)")" 40
expected=$(one "SELECT expected - counted FROM stock_count_now")
level=$(level)
check "the stock is put right" comptoir count close 1
is "by exactly what differed" "$(level)" "$((level - expected))"
check "check agrees" comptoir check
is "plain SQL, too" "$(sqlite3 "file:$shop/shop.db?mode=ro" \
    <tests/stock.sql)" ""
