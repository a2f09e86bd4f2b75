#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 200
# The reports of a service against the books, read another way: two waiters'
# tables, divided bills and all, moved to lunch and to dinner.
. tests/lib.sh

mkshop "$T/shop" || exit 1
COMPTOIR_SHOP=$T/shop
export COMPTOIR_SHOP
sql()
{
	sqlite3 -separator , "$shop/shop.db" "$1"
}
for who in waiter manager; do
	check "$who serves" "$B/tests/tool/serve" "$shop" "$who" 40 \
	    $((SEED % 100000))
done
day=$(sql "SELECT max(business_day) FROM sale WHERE state = 'paid' AND id IN
    (SELECT sale FROM serving)")
report()	# NAME
{
	comptoir report --format csv "$1" "$day" | sed 1d
}

# Half of them sat down at noon.
sqlite3 "$shop/shop.db" "UPDATE serving SET seated_at =
    (strftime('%s', '$day') + 12 * 3600) * 1000 WHERE coalesce(whole, sale) % 2"

# The books: each ticket once, its people, its server; a morning's hour in
# local time, by the clock of the shell.
sql "SELECT s.id, v.seated_at / 1000, v.covers, s.turnover, u.name,
    v.whole IS NULL FROM sale s, serving v, user u
    WHERE v.sale = s.id AND u.id = v.server AND s.state = 'paid'
    AND s.training = 0 AND s.business_day = '$day'" >"$T/books"
while IFS=, read -r _ at covers amount server first; do
	hour=$(date -d "@$at" +%H)
	meal=dinner
	[ "${hour#0}" -lt 4 ] || [ "${hour#0}" -gt 16 ] || meal=lunch
	echo "$meal,$server,$first,$covers,$amount"
done <"$T/books" >"$T/by"
check "people came and paid" test -s "$T/by"
summed()	# KEY
{
	awk -F, -v k="$1" '{ t[$k] += $3; c[$k] += $4; a[$k] += $5 }
	    END { for (m in t) printf "%s,%d,%d,%.2f,%.2f\n", m, t[m], c[m],
	    a[m] / 100, c[m] ? int(a[m] / c[m]) / 100 : 0 }' "$T/by" | sort
}
is "turnover, covers and average of lunch and dinner" \
    "$(report services | cut -d, -f1-5 | sort)" "$(summed 1)"
is "and of each server" "$(report servers | cut -d, -f1-5 | sort)" \
    "$(summed 2)"
is "their sum is what was paid" "$(awk -F, '{ n += $5 } END { print n + 0 }' \
    "$T/by")" "$(sql "SELECT sum(p.amount) FROM payment p JOIN sale s
    ON s.id = p.sale JOIN serving v ON v.sale = s.id WHERE s.state = 'paid'
    AND s.training = 0 AND s.business_day = '$day'")"
