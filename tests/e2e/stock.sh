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

# 100 000 movements of one seed, at average cost; 20 000 of another, entries
# kept apart.
mkshop "$T/average" || exit 1
check "100 000 movements" "$B/tests/tool/stockstorm" "$shop" 20261121 100000
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
mkshop "$T/fifo" || exit 1
check "20 000 movements" "$B/tests/tool/stockstorm" "$shop" 7 20000 fifo
is "first in, first out, added up again" "$(books)" ""
check "check agrees there" comptoir -s "$shop" check

# What is edited by hand is found.
sqlite3 "$shop/shop.db" "UPDATE stock_level SET qty = qty + 1
	WHERE product = (SELECT min(product) FROM stock_level)"
refuse "a level that was edited" comptoir -s "$shop" check
