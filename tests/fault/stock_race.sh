#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 240
# Two people count, two sell and one receives the same item at the same time,
# each in a process of their own: the ledger tells one story.
. tests/lib.sh

mkshop "$T/shop" || exit 1
COMPTOIR_SHOP=$T/shop
export COMPTOIR_SHOP
one()
{
	sqlite3 "file:$shop/shop.db?mode=ro" "$1"
}
check "an item" comptoir product add R1 Rouleau --price 5 --tax standard
check "a hundred of it" comptoir stock adjust R1 100 delivery --cost 2
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
: >"$T/refused"
many 20 comptoir count enter 1 R1 1 &
many 20 comptoir count enter 1 R1 1 &
many 15 comptoir stock adjust R1 2 delivery --cost 3 &
many 15 comptoir stock waste R1 1 broken &
"$B/tests/tool/sell" "$shop" 20 2 >"$T/sold" 2>&1 &
wait
is "nobody was refused" "$(cat "$T/refused")" ""
is "forty beeps" "$(one "SELECT sum(qty) FROM stock_count_entry")" 40000
is "what is there is what moved" "$(one "SELECT l.qty = (SELECT sum(qty)
	FROM stock_move WHERE product = l.product) FROM stock_level AS l
	JOIN product AS p ON p.id = l.product WHERE p.code = 'R1'")" 1
is "received and thrown away" "$(one "SELECT sum(qty) FROM stock_move AS m
	JOIN product AS p ON p.id = m.product
	WHERE p.code = 'R1' AND m.kind <> 'sale'")" 115000
expected=$(one "SELECT expected - counted FROM stock_count_now")
level=$(one "SELECT l.qty FROM stock_level AS l
	JOIN product AS p ON p.id = l.product WHERE p.code = 'R1'")
check "the stock is put right" comptoir count close 1
is "by exactly what differed" "$(one "SELECT l.qty FROM stock_level AS l
	JOIN product AS p ON p.id = l.product WHERE p.code = 'R1'")" \
    "$((level - expected))"
check "check agrees" comptoir check
is "plain SQL, too" "$(sqlite3 "file:$shop/shop.db?mode=ro" \
    <tests/stock.sql)" ""
