#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 300
# run: alone
# Four waiters at six tables, each a process of its own: they order, fire, move
# people, divide bills and pay at the same instant.  Every line that was
# acknowledged is on exactly one bill, no amount is lost, nobody waits long.
. tests/lib.sh

note "SEED=$SEED"
mkshop "$T/shop" || exit 1
COMPTOIR_SHOP=$T/shop
export COMPTOIR_SHOP
# Tables enough of the demo's for four to meet at six of them.
is "the tables are there" "$(comptoir table list --format csv | wc -l)" 31

for n in 1 2 3 4; do
	who=$(echo 'cashier manager admin waiter' | cut -d ' ' -f $n)
	"$B/tests/tool/serve" "$T/shop" "$who" 120 $((SEED + n)) \
	    >"$T/out$n" 2>"$T/err$n" &
	eval "p$n=\$!"
done
for n in 1 2 3 4; do
	eval "wait \$p$n" || note "waiter $n: $(cat "$T/err$n")"
done
is "none ended in a fault" "$(cat "$T"/err?)" ""
cat "$T"/out? >"$T/out"
sed -n 's/^line \([0-9]*\) .*/\1/p' "$T/out" | sort -n >"$T/said"
check "they ordered" test "$(wc -l <"$T/said")" -gt 100
sqlite3 "$shop/shop.db" "SELECT l.id FROM sale_line l
    JOIN serving_line x ON x.line = l.id
    WHERE x.part_of IS NULL AND l.state = 'live' ORDER BY l.id" >"$T/kept"
is "every line that was said is there, and no other" \
    "$(comm -3 "$T/said" "$T/kept" | wc -l)" 0
said=$(awk '/^line/ { n += $3 } END { print n + 0 }' "$T/out")
is "no cent is lost, whoever pays what" "$(sqlite3 "$shop/shop.db" "
    SELECT sum(l.amount) FROM sale_line l JOIN serving v ON v.sale = l.sale
    WHERE l.state = 'live'")" "$said"
is "the kitchen has what was sent, once" "$(sqlite3 "$shop/shop.db" "
    SELECT count(*) FROM serving_line WHERE sent_at IS NOT NULL
    AND part_of IS NULL AND qty <> 1000")" 0
is "a table has one party" "$(sqlite3 "$shop/shop.db" "
    SELECT tbl FROM serving WHERE ended_at IS NULL
    GROUP BY tbl HAVING count(DISTINCT coalesce(whole, sale)) > 1")" ""
is "what was given up at a merge is empty" "$(sqlite3 "$shop/shop.db" "
    SELECT count(*) FROM serving v JOIN sale_line l ON l.sale = v.sale
    WHERE v.ended_how = 'merged'")" 0
longest=$(sed -n 's/^longest //p' "$T/out" | sort -n | tail -n 1)
note "the longest act took $longest ms"
check "nobody waits more than a second" test "$longest" -lt 1000
check "the shop is whole" comptoir check
