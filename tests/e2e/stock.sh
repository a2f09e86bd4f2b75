#!/bin/sh
# SPDX-License-Identifier: ISC
# The stockroom: random movements added up again in plain SQL, and several
# people at one item at once.
# timeout: 300
. tests/lib.sh

books()
{
	sqlite3 "file:$shop/shop.db?mode=ro" <tests/stock.sql
}

# Movements and promises of one seed; what is promised is counted by the storm,
# which holds the shop's own figures against that at every step, and again by
# the recipes and the open sales alone.
storm()	# NAME SEED COUNT [fifo]
{
	shop=$T/$1
	shift
	check "$2 movements" "$B/tests/tool/stockstorm" "$shop" "$@" || exit 1
	grep '^reserved' "$T/.check" >"$T/reserved"
	is "what is promised, added up again" "$(sqlite3 -separator ' ' \
	    "file:$shop/shop.db?mode=ro" <tests/reserved.sql)" \
	    "$(cat "$T/reserved")"
	is "promises were left to add up" "$(grep -c . "$T/reserved" |
	    sed 's/^[1-9].*/some/')" some
}

# 100 000 movements at average cost; 20 000 others, entries kept apart.
storm average 20261121 100000
is "the stock, added up again" "$(books)" ""
# At a past date: half of the way through, and what moved until then alone.
day=2024-01-10
then=$(TZ=Europe/Paris comptoir -s "$shop" report stock-value "$day" \
    --format json | python3 -c 'import json, sys
print(sum(r["value"] for r in json.load(sys.stdin)))')
is "the worth at the end of a past day" "$then" "$(TZ=Europe/Paris sqlite3 \
    "file:$shop/shop.db?mode=ro" "SELECT sum(value) FROM stock_move
    WHERE at < strftime('%s', '$day', '+1 day', 'utc') * 1000")"
check "check agrees" comptoir -s "$shop" check
storm fifo 7 20000 fifo
is "first in, first out, added up again" "$(books)" ""
check "check agrees there" comptoir -s "$shop" check

# What is edited by hand is found.
sqlite3 "$shop/shop.db" "UPDATE stock_level SET qty = qty + 1
	WHERE product = (SELECT min(product) FROM stock_level)"
refuse "a level that was edited" comptoir -s "$shop" check

# The same verbs from the shell.
mkshop "$T/verbs" || exit 1
c()
{
	comptoir -s "$shop" "$@"
}
# one number of a JSON listing: KEY of the row where NAME is VALUE
field()
{
	python3 -c 'import json, sys
print(next(r[sys.argv[3]] for r in json.load(sys.stdin)
	if str(r[sys.argv[1]]) == sys.argv[2]))' "$@"
}
check "an ingredient" c product add F1 Farine --price 1 --tax food --unit kg
check "a dish" c product add G1 Galette --price 8 --tax meal
check "its recipe" c recipe set G1 F1 0.080 --waste 20%
is "what it takes" "$(c recipe show G1 --format json | field code F1 qty)" 80
refuse "a circle" c recipe set F1 G1 1
check "flour at a cost" c stock adjust F1 10 delivery --cost 0.90
is "its worth" "$(c stock show F1 --format json | field place 1 value)" 900
check "another store" c place add Remise
# The demo has moved goods before.
transfer=$(c transfer add 1 remise | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
check "a transfer" test -n "$transfer"
check "flour on it" c transfer put "$transfer" F1 4
check "it leaves" c transfer ship "$transfer"
check "less comes" c transfer receive "$transfer" F1 3.5
refuse "more than was sent" c transfer receive "$transfer" F1 3.5
check "the rest is lost" c transfer settle "$transfer" lost
is "in the other store" \
    "$(c stock show F1 --format json | field place Remise level)" 3500
check "a count" c count open part --place remise
check "one beep" c count enter 1 F1 1
check "another" c count enter 1 F1 1.2
refuse "a second count of the place" c count open --place remise
check "the stock is put right" c count close 1
is "as counted" \
    "$(c stock show F1 --format json | field place Remise level)" 2200
is "the difference in the report" "$(c report stock-counts "$(date +%F)" \
    --format json | field code F1 difference)" -1300
check "another count" c count open part --place remise
printf 'F1;2,2\n99;1\n' >"$T/bad.csv"
refuse "a hand scanner's file with a fault" c count import 2 "$T/bad.csv"
printf 'F1;2\nF1;0,2\n' >"$T/good.csv"
check "one without" c count import 2 "$T/good.csv"
is "is what was counted" "$(c count show 2 --format json |
    field code F1 counted)" 2200
check "by lot" c count enter 2 F1 1 --lot L1 --expiry 2030-01-01
is "the lot differs" "$(c count pieces 2 --format json |
    field lot L1 counted)" 1000
check "given up" c count cancel 2
check "made ahead" c stock make G1 10
is "a kilogram of flour went" \
    "$(c stock show F1 --format json | field place 1 level)" 5000
check "more goes than there is" c stock waste F1 6 spoiled
is "which is said" "$(c stock alerts negative --look --format json |
    field code F1 level)" -1000
check "check agrees with all of it" c check
is "and so does plain SQL" "$(books)" ""
