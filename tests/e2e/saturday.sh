#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 900
# A Saturday of a brasserie through the real ssh client: thirty parties, four
# waiters (two with a telephone), bar, hot and cold kitchen, a pass and two
# cashiers, each reading their own screen only, fifty times as fast as people.
# Nothing is lost and nothing is there twice, the books balance to the cent, and
# what the screens show is what the database says.
# SATURDAY_SECONDS (40) and SATURDAY_TURNS (1) make it longer.
. tests/lib.sh

: "${SATURDAY_SECONDS:=40}" "${SATURDAY_TURNS:=1}"
note "SEED=$SEED"
mkshop "$T/shop"
COMPTOIR_SHOP=$T/shop
export COMPTOIR_SHOP
sql()
{
	sqlite3 -readonly -cmd '.timeout 5000' "$shop/shop.db" "$1"
}
comptoir set language en >"$T/setup"
ssh-keygen -q -t ed25519 -N '' -f "$T/key"
for who in w1:waiter w2:waiter w3:waiter w4:waiter k1:cook k2:cook k3:cook \
    p1:waiter c1:cashier c2:cashier; do
	comptoir user add --role "${who#*:}" "${who%:*}" >>"$T/setup"
	comptoir user key add "${who%:*}" "$T/key.pub" >>"$T/setup"
done
port=$(free_port)
start comptoird "$shop" --listen "127.0.0.1:$port" -f 2>"$T/log"
wait_for 10 nc -z 127.0.0.1 "$port"

began=$(date +%s)
"$B/tests/tool/saturday" "$T" "$SEED" "$SATURDAY_SECONDS" "$SATURDAY_TURNS" \
    ssh -tt -F /dev/null -p "$port" -i "$T/key" -o IdentitiesOnly=yes \
    -o IdentityAgent=none -o LogLevel=ERROR -o StrictHostKeyChecking=no \
    -o UserKnownHostsFile=/dev/null -o PreferredAuthentications=publickey \
    127.0.0.1 -l >"$T/service" 2>&1 &
service=$!
rest_or_end()
{
	[ -e "$T/rest" ] || gone "$service"
}
wait_for $((SATURDAY_SECONDS + 60)) rest_or_end
if [ ! -e "$T/rest" ]; then
	not_ok "everybody saw what they should"
	note "$(grep -a -A 30 '^not ok' "$T/service")"
	exit 1
fi

# Four tables have just ordered, the others have paid: what everybody sees is
# what the shop has.
sql "SELECT '[' || t.number || ' ' || v.covers || '] Entr'
    FROM serving v JOIN room_table t ON t.id = v.tbl
    WHERE v.ended_at IS NULL ORDER BY t.number" >"$T/seated"
is "four tables are seated" "$(wc -l <"$T/seated")" 4
shown()		# SCREEN: the seated tables of a plan, each with its state
{
	# A column is a byte in Latin-1.
	iconv -f UTF-8 -t LATIN1//TRANSLIT "$1" | awk '/^[> ][[(|][0-9]/ { head = $0; next }
	head != "" { n = split("", x); for (at = 1; at < 46; at += 9) {
		cell = substr(head, at, 8); state = substr($0, at + 1, 4)
		sub(/ +$/, "", state); sub(/^[> ]/, "", cell)
		sub(/^[(|]/, "[", cell); sub(/[^0-9]*$/, "]", cell)
		sub(/ +/, " ", cell)
		if (cell ~ / [0-9]+\]/) print cell, state
		else if (cell ~ /^\[/ && state != "free") print cell, state }
	    head = "" }' | sort -t '[' -k 2n
}
for who in w1 w2 c1 c2; do
	is "the plan of $who" "$(shown "$T/$who.screen")" "$(cat "$T/seated")"
done
for who in w3 w4; do
	is "the list of $who" "$(grep -o '^[> ]T[0-9]* *[0-9]* Entr' \
	    "$T/$who.screen" | sed 's/^[> ]T\([0-9]*\) *\([0-9]*\)/[\1 \2]/')" \
	    "$(cat "$T/seated")"
done
i=0
for station in Chaud Froid Bar; do
	i=$((i + 1))
	is "the tickets of $station" "$(grep -oE '[1-9] T[0-9]+  [0-9]+c' \
	    "$T/k$i.screen" | cut -d ' ' -f 2 | sort)" "$(sql "
	    SELECT 'T' || t.number FROM kitchen_line k
	    JOIN station s ON s.id = k.station
	    JOIN sale_line l ON l.id = k.line
	    JOIN serving v ON v.sale = l.sale
	    JOIN room_table t ON t.id = v.tbl
	    WHERE s.name = '$station' AND k.state IN ('sent', 'started')
	    GROUP BY l.sale, (SELECT course FROM serving_line
		WHERE line = l.id) ORDER BY 'T' || t.number")"
	sql "SELECT k.qty / 1000 || ' ' || l.label FROM kitchen_line k
	    JOIN station s ON s.id = k.station
	    JOIN sale_line l ON l.id = k.line
	    WHERE s.name = '$station' AND k.state IN ('sent', 'started')" |
	    cut -c 1-18 | sort >"$T/dishes"
	check "there is something to make" test -s "$T/dishes"
	# shellcheck disable=SC2094
	while read -r dish; do
		[ "$(grep -oF "$dish" "$T/k$i.screen" | wc -l)" -ge \
		    "$(grep -cF "$dish" "$T/dishes")" ] || echo "$dish"
	done <"$T/dishes" >"$T/missing"
	is "and all of it stands there" "$(cat "$T/missing")" ""
done
is "the pass" "$(grep -oE '^[> ][1-9] T[0-9]+ ' "$T/p1.screen" |
    cut -c 4- | sort | uniq -c)" "$(sql "SELECT 'T' || t.number || ' '
    FROM kitchen_line k JOIN sale_line l ON l.id = k.line
    JOIN serving_line x ON x.line = l.id JOIN serving v ON v.sale = l.sale
    JOIN room_table t ON t.id = v.tbl WHERE x.fired_at IS NOT NULL
    AND k.state IN ('sent', 'started', 'ready') GROUP BY l.sale, x.course" |
    sort | uniq -c)"
shift=$(sql "SELECT max(id) FROM shift WHERE state = 'open'")
check "a drawer may be closed meanwhile" comptoir shift close "$shift" \
    --uncounted --leave
has "the day is not closed while tables are open, and says which" \
    "$(comptoir journal close 2>&1)" T3

: >"$T/on"
check "the service ends" wait_for 60 gone "$service"
is "everybody saw what they should" "$(grep -a -A 30 '^not ok' "$T/service")" ""
note "$(($(date +%s) - began)) s, $(cat "$T"/w?.log | grep -c ^line) lines, \
$(cat "$T"/k?.log | grep -c ^bump) bumps"

# What was said at the tables, against the rows.
sums()		# WORD: CODE QTY of each code
{
	cat "$T"/w?.log | awk -v word="$1" '$1 == word { n[$2] += $3 }
	    END { for (c in n) print c, n[c] }' | sort
}
dishes="SELECT p.code || ' ' || (sum(x.qty) / 1000) FROM serving_line x
    JOIN sale_line l ON l.id = x.line JOIN product p ON p.id = l.product
    WHERE x.part_of IS NULL AND x.sent_at IS NOT NULL"
is "no dish is lost, none is there twice" "$(sums line)" \
    "$(sql "$dishes AND l.reverses IS NULL GROUP BY p.code ORDER BY 1")"
is "what was sent back, and no other" "$(sums void)" \
    "$(sql "$dishes AND l.state = 'reversed' GROUP BY p.code ORDER BY 1")"
is "every line is at its station, once" "$(sql "SELECT x.line
    FROM serving_line x JOIN sale_line l ON l.id = x.line
    JOIN product p ON p.id = l.product
    LEFT JOIN kitchen_line k ON k.line = x.line
    LEFT JOIN station s ON s.id = k.station
    WHERE x.part_of IS NULL AND l.reverses IS NULL
    GROUP BY x.line HAVING count(*) <> 1 OR max(s.name) IS NOT CASE
	WHEN p.code = '1038' THEN 'Chaud'
	WHEN p.category IN ('Entrées', 'Desserts') THEN 'Froid'
	WHEN p.category = 'Plats' THEN 'Chaud' ELSE 'Bar' END")" ""
is "each dish is made once and leaves once" "$(sql "SELECT k.line, k.state
    FROM kitchen_line k WHERE (k.state <> 'served' AND k.state <> 'voided')
    OR (k.state = 'served' AND ((SELECT count(*) FROM kitchen_event
	WHERE line = k.line AND kind = 'ready') <> 1
    OR (SELECT count(*) FROM kitchen_event
	WHERE line = k.line AND kind = 'served') <> 1))")" ""
is "the kitchen saw what was taken back" "$(sql "SELECT count(*)
    FROM kitchen_line WHERE told = 0")" 0
is "nobody sits there any more" "$(comptoir table list --open \
    --format csv | wc -l)" 1
is "no cent is lost" "$(sql "SELECT sum(s.total) FROM sale s
    JOIN serving v ON v.sale = s.id WHERE s.state = 'paid'")" \
    "$(cat "$T"/c?.log | awk '/^paid/ { n += $2 } END { print n }')"
is "the books, added up again, balance" \
    "$(sqlite3 "file:$shop/shop.db?mode=ro" <tests/books.sql)" ""

# From the key at a station to what the pass shows, for what it shows.
cat "$T"/k?.log "$T/p1.log" | sort -k 2n | awk '
	$1 == "ready" { key = $3 " " $4
		if (key in bump) { print $2 - bump[key]; delete bump[key] }
		seen[key] = 1; next }
	$1 == "bump" && ($3 " " $4) in seen { bump[$3 " " $4] = $2 }' |
    sort -n >"$T/seen"
n=$(wc -l <"$T/seen")
p99=$(sed -n "$(((n * 99 + 99) / 100))p" "$T/seen")
note "$n bumps at the pass: p50 $(sed -n "$((n / 2 + 1))p" "$T/seen") ms," \
    "p99 $p99 ms, at most $(tail -n 1 "$T/seen") ms"
check "the pass saw them" test "$n" -gt 5
# Beside all else that this machine does now; make bench has the figure.
check "and soon, p99" test "${p99:-9999}" -lt 2000

for shift in $(sql "SELECT id FROM shift WHERE state = 'open'"); do
	check "Z of shift $shift" comptoir shift close "$shift" --uncounted \
	    --leave
done
check "the day is closed" comptoir journal close
check "every record is as it was written" comptoir journal verify
check "the shop is sound" comptoir check
