#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 300
# Two waiters with the same table at the same instant, each a process of its
# own: both fire, hurry, say the same to the kitchen; one divides the bill while
# the other orders.  Both see one truth, nothing is doubled, nothing lost, and
# nobody waits more than a second.
. tests/lib.sh
. tests/race.sh

events()	# KIND: of all parties
{
	sql "SELECT count(*) FROM serving_event WHERE kind = '$1'"
}

# The course that both saw waiting is fired by one; the other hears who did.
rounds=8
n=0
ones=0
while [ $n -lt $rounds ]; do
	n=$((n + 1))
	order $n 1039,1052,1056
	: >"$T/err"
	both "fire $n" "fire $n"
	case "$first $second" in
	"ok CHANGED" | "CHANGED ok") ones=$((ones + 1)) ;;
	*) note "two fire: $first, $second" ;;
	esac
	grep -q 'fire: Plats is already fired (manager, [0-9:]*)$' "$T/err" ||
	    not_ok "who was slower hears: $(cat "$T/err")"
	# Whose answer was lost says it again.
	[ "$(cook fire 0 $n 2 | cut -d ' ' -f 1)" = CHANGED ] ||
	    not_ok "the same again is refused"
done
is "of two who fire, one does" $ones $rounds
is "one course is made at each table" "$(sql "SELECT count(*) FROM serving v
	WHERE v.course = 2 AND (SELECT count(*) FROM sale_line l
	    JOIN serving_line x ON x.line = l.id WHERE l.sale = v.sale
	    AND x.fired_at IS NULL) = 1")" $rounds
is "the kitchen heard each line once" "$(sql "SELECT line FROM kitchen_event
	WHERE kind = 'fired' GROUP BY line, station
	HAVING count(*) <> 1")" ""
is "of each table" "$(sql "SELECT count(*) FROM kitchen_event
	WHERE kind = 'fired'")" $rounds

# All of it against the next of it: one of them, never more than was seen.
ones=0
while [ $n -lt $((rounds + 4)) ]; do
	n=$((n + 1))
	order $n 1039,1052,1056
	both "fireall $n" "fire $n"
	case "$first $second" in
	"ok CHANGED" | "CHANGED ok") ones=$((ones + 1)) ;;
	*) note "all and one: $first, $second" ;;
	esac
done
is "all against one: one of them" $ones 4
is "and each line once" "$(sql "SELECT line FROM kitchen_event
	WHERE kind = 'fired' GROUP BY line, station
	HAVING count(*) <> 1")" ""

n=1
while [ $n -le 4 ]; do
	both "rush $n" "rush $n"
	[ "$first $second" = "ok ok" ] || not_ok "rush: $first, $second"
	both "message $n birthday" "message $n birthday"
	[ "$first $second" = "ok ok" ] || not_ok "message: $first, $second"
	n=$((n + 1))
done
is "who hurries does not undo the other" "$(sql "SELECT count(*) FROM serving
	WHERE rush")" 4
is "and is heard once" "$(events rush)" 4
is "the same words are said once" "$(events message)" 4

# A bill is divided while something is ordered, now one first, now the other.
agree=0
ordered=0
n=13
while [ $n -le 22 ]; do
	order $n 1039,1052,1052
	ordered=$((ordered + 3))
	round=0
	while [ $round -lt 4 ]; do
		round=$((round + 1))
		rnd 13
		later=$((rnd - 6))
		both "split $n 3" "add $n 1001,1003 waiter"
		case "$first $second" in
		"ok ok" | "CHANGED ok" | "TAKEN ok")
			agree=$((agree + 1))
			ordered=$((ordered + 2))
			;;
		*) note "split and order $later ms later: $first, $second" ;;
		esac
		echo "$first" >>"$T/split"
		whole=$(cook whole 0 $n)
		[ "$whole" = "ok 0" ] || not_ok "one bill again: $whole"
	done
	n=$((n + 1))
done
note "divided first: $(grep -c ok "$T/split"), ordered first:" \
    "$(grep -vc ok "$T/split")"
is "who orders always can; who divides saw it or is told" $agree 40
is "every line that was said is there once" "$(sql "SELECT count(*)
	FROM sale_line l JOIN serving_line x ON x.line = l.id
	JOIN serving v ON v.sale = l.sale JOIN room_table t ON t.id = v.tbl
	WHERE t.number > 12 AND l.state = 'live' AND x.part_of IS NULL")" \
    $ordered
is "and all of its price" "$(sql "SELECT sum(l.amount)
	    - sum(CASE WHEN x.part_of IS NULL THEN l.price ELSE 0 END)
	FROM sale_line l JOIN serving_line x ON x.line = l.id
	JOIN serving v ON v.sale = l.sale JOIN room_table t ON t.id = v.tbl
	WHERE t.number > 12 AND l.state = 'live'")" 0
is "each was sent once, whole" "$(sql "SELECT l.id FROM sale_line l
	JOIN serving_line x ON x.line = l.id
	LEFT JOIN kitchen_event e ON e.line = l.id AND e.kind = 'sent'
	JOIN serving v ON v.sale = l.sale JOIN room_table t ON t.id = v.tbl
	WHERE t.number > 12 AND l.state = 'live' AND x.part_of IS NULL
	GROUP BY l.id HAVING count(e.id) <> 1 OR x.qty <> 1000")" ""
is "a table has one party" "$(sql "SELECT tbl FROM serving
	WHERE ended_at IS NULL GROUP BY tbl
	HAVING count(DISTINCT coalesce(whole, sale)) > 1")" ""
# One dish goes to another table, or on a bill of its own, at the moment its
# course is fired: who fires saw it there, or is told; the course behind it is
# never made instead, and no line twice.
sane=0
order 30 1039
while [ $n -le 28 ]; do
	order $n 1039,1052,1056
	rnd 9
	later=$((rnd - 4))
	if [ $((n % 2)) -eq 0 ]; then
		both "fire $n" "give $n 30 waiter"
	else
		both "fire $n" "take $n x waiter"
	fi
	case $((n % 2)) in
	0) want="ok ok,CHANGED ok" ;;
	*) want="ok ok,ok CHANGED" ;;
	esac
	case ",$want," in
	*",$first $second,"*) sane=$((sane + 1)) ;;
	*) note "fire and one line $later ms later: $first, $second" ;;
	esac
	echo "$((n % 2)) $first $second" >>"$T/single"
	n=$((n + 1))
done
note "$(sort "$T/single" | uniq -c | tr -s ' \n' ' ,')"
is "who fires and who takes a dish away agree" $sane 6
is "the course behind it waits still" "$(sql "SELECT count(*)
	FROM sale_line l JOIN serving_line x ON x.line = l.id
	JOIN product p ON p.id = l.product WHERE p.code = '1056'
	AND l.sale IN (SELECT sale FROM serving v JOIN room_table t
	    ON t.id = v.tbl WHERE t.number BETWEEN 23 AND 28)
	AND x.fired_at IS NULL")" 6
is "what was fired was told to the kitchen once, and nothing else" "$(sql "
	SELECT x.line FROM serving_line x JOIN sale_line l ON l.id = x.line
	JOIN product p ON p.id = l.product
	LEFT JOIN kitchen_event e ON e.line = x.line AND e.kind = 'fired'
	WHERE p.code IN ('1052', '1056') AND x.part_of IS NULL
	GROUP BY x.line
	HAVING count(e.id) <> (x.fired_at IS NOT NULL)")" ""
note "the longest act took $(longest) ms"
check "nobody waits more than a second" test "$(longest)" -lt 1000
check "check agrees" comptoir check
