#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 300
# A waiter killed in the middle of an order, a line cut during "send", a
# kitchen's display killed while it bumps, at random moments: an order is sent
# once or not at all, a ticket is ready once or not, and who comes back sees
# which.
. tests/lib.sh

note "SEED=$SEED KILLS=$KILLS"
mkshop "$T/shop" || exit 1
COMPTOIR_SHOP=$T/shop
export COMPTOIR_SHOP
comptoir set language en >/dev/null
ssh-keygen -q -t ed25519 -N '' -f "$T/key"
comptoir user key add waiter "$T/key.pub" >/dev/null
port=$(free_port)
start comptoird "$shop" --listen "127.0.0.1:$port" -f 2>"$T/log"
wait_for 10 nc -z 127.0.0.1 "$port"
far="ssh -tt -F /dev/null -p $port -i $T/key -o IdentitiesOnly=yes
    -o LogLevel=ERROR -o StrictHostKeyChecking=no
    -o UserKnownHostsFile=$T/hosts -l waiter 127.0.0.1"
sql()
{
	sqlite3 -readonly -cmd '.timeout 5000' "$shop/shop.db" "$1"
}
# waiter WAY: the script on stdin, signed in
waiter()
{
	if [ "$1" = line ]; then
		# shellcheck disable=SC2086
		"$B/tests/tool/vt" -- $far
		return
	fi
	{
		printf 'wait "Who are you?"\nsend "waiter\\rdemo\\r"\n'
		cat
	} | "$B/tests/tool/vt" -- comptoir tty "$shop"
}
lines()		# TABLE WHICH: how many of those who sit there
{
	sql "SELECT count(*) FROM serving_line x
	    JOIN sale_line l ON l.id = x.line AND l.state = 'live'
	    JOIN serving v ON v.sale = l.sale AND v.ended_at IS NULL
	    JOIN room_table t ON t.id = v.tbl
	    WHERE t.number = $1 AND x.sent_at $2"
}
# What was on its way is done with: a session whose line was cut reads on what
# came before the cut, and ends.
settled()
{
	! pgrep -f "$shop --door ssh" >/dev/null
}

torn=0
unseen=0
lost=0
sent=0
cut=0
i=0
while [ $i -lt "$KILLS" ]; do
	i=$((i + 1))
	table=$((i % 20 + 1))
	before=$(lines $table 'IS NOT NULL')
	rnd 16
	if [ $((i % 2)) -eq 0 ]; then
		way='line'
		end=close
	else
		way='tty'
		end='signal KILL'
	fi
	waiter $way >"$T/out" 2>&1 <<END
wait "covers  "
send "$table*2\r"
wait "T$table  2 covers"
send "1039\r1043\r1001\r"
wait "Enter sends"
quiet 60
send "\r"
during $rnd
$end
END
	wait_for 10 settled
	new=$(lines $table 'IS NULL')
	now=$(lines $table 'IS NOT NULL')
	[ $((now + new)) -ge $((before + 3)) ] || {
		lost=$((lost + 1))
		note "round $i ($way): $before, then $now sent and $new new"
		note "$(cat "$T/out")"
	}
	if [ "$new" -eq 0 ]; then
		sent=$((sent + 1))
		see='refuse "Enter sends"'
	elif [ "$now" -eq "$before" ]; then
		cut=$((cut + 1))
		see='expect "Enter sends"'
	else
		torn=$((torn + 1))
		note "round $i ($way): $now sent, $new new"
		continue
	fi
	waiter tty >"$T/out" 2>&1 <<END || unseen=$((unseen + 1))
wait "covers  "
send "$table\r"
wait "T$table  2 covers"
$see
close
END
	! grep -q '^not ok' "$T/out" || note "$(cat "$T/out")"
done
note "$sent sent, $cut not"
is "an order is sent whole or not at all" $torn 0
is "what was on the screen is not lost" $lost 0
is "who comes back sees which" $unseen 0
is "the kitchen has each line that was sent, once" "$(sql "SELECT x.line
    FROM serving_line x LEFT JOIN kitchen_event e ON e.line = x.line
	AND e.kind = 'sent'
    GROUP BY x.line HAVING count(e.id) <> max(x.sent_at IS NOT NULL)")" ""

# A course that is asked for while the line is cut: that one or none, and who
# comes back is asked for the next that waits.
comptoir room add Annexe >/dev/null
i=31
while [ $i -le $((20 + KILLS / 4)) ]; do	# the shop has but thirty
	comptoir table add $i --room Annexe --line $(((i - 31) / 10)) \
	    --cell $(((i - 31) % 10)) >/dev/null
	i=$((i + 1))
done
wrong=0
fired=0
i=0
while [ $i -lt $((KILLS / 4)) ]; do
	i=$((i + 1))
	table=$((i + 20))
	"$B/tests/tool/cook" "$shop" order 0 $table 1039,1052,1056 >/dev/null
	rnd 16
	if [ $((i % 2)) -eq 0 ]; then
		way='line'
		end=close
	else
		way='tty'
		end='signal KILL'
	fi
	waiter $way >"$T/out" 2>&1 <<END
wait "covers  "
send "$table\r"
wait ":fire  Plats"
quiet 60
send ":fire\r"
during $rnd
$end
END
	wait_for 10 settled
	course=$(sql "SELECT v.course FROM serving v JOIN room_table t
	    ON t.id = v.tbl WHERE t.number = $table AND v.ended_at IS NULL")
	case $course in
	1) see=Plats ;;
	2) see=Desserts fired=$((fired + 1)) ;;
	*) see=nothing ;;
	esac
	waiter tty >"$T/out" 2>&1 <<END || wrong=$((wrong + 1))
wait "covers  "
send "$table\r"
wait ":fire  $see"
close
END
	! grep -q '^not ok' "$T/out" || note "course $course: $(cat "$T/out")"
done
note "$fired of $i fired"
is "one course is fired or none, and who comes back sees which" $wrong 0

# The display: its first ticket, pressed, then killed.
tickets()
{
	sql "SELECT count(DISTINCT l.sale || '/' || x.course)
	    FROM kitchen_line k JOIN station s ON s.id = k.station
	    JOIN serving_line x ON x.line = k.line
	    JOIN sale_line l ON l.id = k.line
	    WHERE s.name = 'Bar' AND k.state IN ('sent', 'started')"
}
cook()
{
	{
		printf 'wait "Who are you?"\nsend "cook\\rdemo\\r"\n'
		printf 'wait "Which station?"\nsend "3"\nwait "to make"\n'
		cat
	} | "$B/tests/tool/vt" -- comptoir tty "$shop" >"$T/out" 2>&1
}
wrong=0
made=0
i=0
while [ $i -lt $((KILLS / 4)) ] && [ "$(tickets)" -gt 1 ]; do
	i=$((i + 1))
	before=$(tickets)
	rnd 16
	cook <<END
quiet 50
send "1"
during $rnd
signal KILL
END
	now=$(tickets)
	[ "$now" -eq "$before" ] || made=$((made + 1))
	if [ "$now" -eq 1 ]; then
		see="1 ticket "
	else
		see="$now tickets"
	fi
	cook <<END || wrong=$((wrong + 1))
expect "$see"
close
END
	[ "$now" -ge $((before - 1)) ] || wrong=$((wrong + 1))
done
note "$made of $i tickets ready"
is "the next display shows what is to be made" $wrong 0
is "nothing is ready twice" "$(sql "SELECT line FROM kitchen_event
    WHERE kind = 'ready' GROUP BY line, station HAVING count(*) > 1")" ""
is "a line is what happened to it last" "$(sql "SELECT count(*)
    FROM kitchen_line k WHERE event <> (SELECT max(id) FROM kitchen_event
	WHERE line = k.line AND station = k.station)")" 0
check "the shop is sound" comptoir check
