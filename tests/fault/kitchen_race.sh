#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 240
# Kitchen and room at the same instant, each a process of its own: two bumps of
# one ticket, a bump against what takes a dish back, firing against moving the
# table.  One truth, and nobody waits more than a second.
. tests/lib.sh
. tests/race.sh

rounds=8
n=0
ones=0
while [ $n -lt $rounds ]; do
	n=$((n + 1))
	order $n 1039,1040
	both "bump $n Chaud" "bump $n Chaud"
	case "$first $second" in
	# where one comes late, on a loaded machine, there is no ticket left
	"ok CHANGED" | "CHANGED ok" | "ok NOT_FOUND" | "NOT_FOUND ok")
		ones=$((ones + 1))
		;;
	*) note "two bumps: $first, $second" ;;
	esac
done
is "of two bumps one is made" $ones $rounds
is "each dish became ready once" "$(sql "SELECT count(*) FROM kitchen_event
	WHERE kind = 'ready' GROUP BY line, station HAVING count(*) <> 1")" ""
is "all of them" "$(sql "SELECT count(*) FROM kitchen_event
	WHERE kind = 'ready'")" $((2 * rounds))

agree=0
while [ $n -lt $((2 * rounds)) ]; do
	n=$((n + 1))
	order $n 1039,1040
	both "void $n -" "bump $n Chaud"
	# Either the bump saw it taken back, or it was ready and is taken back.
	case "$first $second" in
	"ok ok" | "ok CHANGED") agree=$((agree + 1)) ;;
	*) note "void and bump: $first, $second" ;;
	esac
done
is "what is taken back is taken back" $agree $rounds
is "bill and kitchen agree" "$(sql "SELECT count(*) FROM kitchen_line k
	JOIN sale_line l ON l.id = k.line
	WHERE (l.state = 'live') = (k.state = 'voided')")" 0
is "a dish was taken back at each" "$(sql "SELECT count(*) FROM kitchen_line
	WHERE state = 'voided' AND told = 0")" $rounds
is "nothing is ready after it was taken back" "$(sql "SELECT count(*)
	FROM kitchen_event a JOIN kitchen_event b ON b.line = a.line
	AND b.station = a.station AND b.id > a.id
	WHERE a.kind = 'voided' AND b.kind = 'ready'")" 0

agree=0
to=29
while [ $n -lt $((2 * rounds + 4)) ]; do
	n=$((n + 1))
	order $n 1039,1052
	both "move $n $to" "fire $n"
	case "$first $second" in
	"ok ok") agree=$((agree + 1)) ;;
	*) note "move and fire: $first, $second" ;;
	esac
	to=$((to - 1))
done
is "people move and their course is fired" $agree 4
is "all of it is to be made" "$(sql "SELECT count(*) FROM serving v
	JOIN room_table t ON t.id = v.tbl JOIN sale_line l ON l.sale = v.sale
	JOIN serving_line x ON x.line = l.id
	WHERE t.number > 25 AND v.ended_at IS NULL
	AND x.fired_at IS NULL")" 0
is "the kitchen heard it once" "$(sql "SELECT line FROM kitchen_event
	WHERE kind = 'fired' GROUP BY line, station
	HAVING count(*) <> 1")" ""
note "the longest act took $(longest) ms"
check "nobody waits more than a second" test "$(longest)" -lt 1000
is "every line's state is its last event's" "$(sql "SELECT count(*)
	FROM kitchen_line k WHERE event <> (SELECT max(id) FROM kitchen_event
	WHERE line = k.line AND station = k.station)")" 0
check "check agrees" comptoir check
