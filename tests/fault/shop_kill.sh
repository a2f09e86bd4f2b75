#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 240
# A shop at work, four people ringing up over ssh and on a serial line, and
# kill -9 of every program there is at random moments: the client, the
# connection, the session, comptoir-line; then the comptoir-ssh that forks, a
# worker that checks keys, the keeper, the spooler; then comptoird.  Each time
# every line that was shown is there once, and the next login goes on.
. tests/lib.sh
. tests/door.sh

note "SEED=$SEED KILLS=$KILLS"
mkdoor
rm -rf "$shop"
mkshop "$shop" || exit 1
comptoir -s "$shop" user set waiter role seller >/dev/null
COMPTOIR_SHOP=$shop
export COMPTOIR_SHOP
for program in comptoir comptoir-spool; do
	cp "$B/$program" "$T/bin/$program"
done
ln -s "$B/locale" "$T/bin/locale"
mv "$T/bin/comptoir-line" "$T/bin/comptoir-line.real"
cat >"$T/bin/comptoir-line" <<END
#!/bin/sh
LD_PRELOAD=$B/tests/preload/ttyshim.so exec $T/bin/comptoir-line.real "\$@"
END
chmod +x "$T/bin/comptoir-line"
comptoir set language en >/dev/null
comptoir user add zoe --role cashier >/dev/null
comptoir user add ann --role cashier >/dev/null
for user in cashier ann zoe; do
	ssh-keygen -q -t ed25519 -N '' -f "$T/$user"
	comptoir user key add "$user" "$T/$user.pub"
done
start socat "PTY,link=$T/near,raw,echo=0" "PTY,link=$T/far,raw,echo=0"
wait_for 5 test -e "$T/near" -a -e "$T/far"
start sh -c "exec sleep 1000 <>'$T/far' 3<>'$T/near'"
comptoir line add --term vt220 --charset ascii counter \
    "$(readlink -f "$T/near")" >/dev/null

have()		# USER: lines of open sales
{
	sqlite3 -cmd '.timeout 5000' "$shop/shop.db" "SELECT count(*)
	    FROM sale_line l JOIN sale s ON s.id = l.sale
	    JOIN user u ON u.id = l.user WHERE u.login = '$1'
	    AND s.state IN ('draft', 'paying') AND l.state = 'live'"
}
shown()		# USER: the last number of items on the screen
{
	sed -n 's/^# |  *\([0-9][0-9]*\) items.*/\1/p' "$T/till.$1" |
	    tail -n 1
}
lines='send "1001\r1001\r"
during 60
send "1001\r1001\r"
during 60
send "1001\r1001\r"'
ring()		# USER ORDER: six lines over ssh, in the background; the end
{
	rnd 40
	printf 'wait "scan" 20\nduring %d\n%s\n%s\nscreen\n' "$rnd" \
	    "$lines" "$2" | "$B/tests/tool/vt" -- "$T/client" -i "$T/$1" \
	    -o BatchMode=yes -o IdentitiesOnly=yes -t "$1@127.0.0.1" \
	    >"$T/till.$1" 2>&1 &
	tills="$tills $!"
}
# On the serial line: comptoir-line dies while waiter types.
line_killed()
{
	before_waiter=$(have waiter)
	rm -f "$T/ready" "$T/script"
	mkfifo "$T/script"
	"$B/tests/tool/vt" -t vt220 -c ascii -- socat "STDIO,raw,echo=0" \
	    "$T/far,raw,echo=0" <"$T/script" >"$T/till.waiter" 2>&1 &
	line=$!
	exec 8>"$T/script"
	printf 'wait "counter" 20\nsend "waiter\\r"\nquiet 100\n' >&8
	printf 'send "demo\\r"\nwait "scan" 20\nsave %s/ready\n' "$T" >&8
	if ! wait_for 20 test -s "$T/ready"; then
		out=$((out + 1))
	fi
	printf '%s\nduring 250\nscreen\n' "$lines" >&8
	exec 8>&-
	moment 200
	hit 'comptoir-line' "$door"
	wait "$line"
}
everybody()	# ORDER
{
	wait_for 10 nobody
	tills=
	for user in cashier ann zoe; do
		before=$(have "$user")
		eval "before_$user=$before"
		ring "$user" "$1"
	done
	wait_for 20 at_work 3
}
# Neither a session nor a connection, which might begin one for a client that
# was killed after it had asked.
nobody()
{
	! pgrep -f "$shop --door ssh" >/dev/null &&
	    ! pgrep -P "$mother" >/dev/null
}
at_work()
{
	[ "$(pgrep -fc "$shop --door ssh")" -ge "$1" ]
}
moment()
{
	rnd "$1"
	sleep "$(printf '0.%03d' "$rnd")"
}
killed=0
hit()		# PATTERN [PARENT]: one of those
{
	if [ $# -gt 1 ]; then
		victim=$(pgrep -P "$2" -f "$1" | head -n 1)
	else
		victim=$(pgrep -f "$1" | head -n 1)
	fi
	if [ -n "$victim" ] && kill -KILL "$victim" 2>/dev/null; then
		killed=$((killed + 1))
	else
		note "round $round: no $1 to kill"
	fi
}
settle()
{
	for till in $tills; do
		wait "$till"
	done
	for user in cashier ann zoe waiter; do
		eval "before=\$before_$user"
		now=$(have "$user")
		seen=$(shown "$user")
		# shellcheck disable=SC2154
		[ "$now" -ge "${seen:-0}" ] || {
			lost=$((lost + 1))
			note "round $round: $user saw $seen, stored $now"
		}
		[ "$now" -le $((before + 6)) ] || {
			twice=$((twice + 1))
			note "round $round: $user had $before, stored $now"
		}
	done
}
down()
{
	! pgrep -f "$shop" >/dev/null
}

# shellcheck disable=SC2034
before_waiter=0
lost=0
twice=0
out=0
stay=0
kept=0
round=0
enough=$((KILLS * 9 * 9 / 10))
# On a busy machine one was gone before its turn came, now and then.
while [ "$round" -lt "$KILLS" ] ||
    { [ "$killed" -lt "$enough" ] && [ "$round" -lt $((KILLS * 2)) ]; }; do
	round=$((round + 1))
	rm -f "$shop/run/listen"
	door_start
	mother=$(pgrep -P "$door" -f 'comptoir-ssh --serve' | head -n 1)

	# Ends of one session.
	everybody 'during 250' || out=$((out + 1))
	moment 250
	hit "$T/known .*ann@127"
	moment 50
	hit "$shop --door ssh --user" "$door"
	moment 50
	hit . "$mother"
	line_killed
	settle

	# What serves all: who is at work goes on, then comptoird goes too.
	everybody 'exit 255 20' || out=$((out + 1))
	busy=$(pgrep -f "$shop --door ssh")
	pgrep -af "$shop --door ssh" >"$T/busy"
	hit 'comptoir-ssh --serve' "$door"
	moment 50
	hit 'worker auth' "$door"
	hit 'worker keep' "$door"
	moment 50
	hit "comptoir-spool $shop" "$door"
	moment 100
	for p in $busy; do
		if gone "$p"; then
			stay=$((stay + 1))
			note "round $round: session $p: $(grep "^$p " \
			    "$T/busy") $(tail -n 30 "$T/log")"
		fi
	done
	kill -KILL "$door"
	killed=$((killed + 1))
	wait "$door" 2>/dev/null
	settle
	wait_for 10 down || kept=$((kept + 1))
done
note "$killed kills"
check "$KILLS kills of each of nine programs" \
    test "$killed" -ge "$enough"
is "no line that was shown is lost" "$lost" 0
is "none is there twice" "$twice" 0
is "everybody was let in after each" "$out" 0
is "whose own program lived went on" "$stay" 0
is "nothing stayed behind comptoird" "$kept" 0

rm -f "$shop/run/listen"
door_start
# By card: the law allows no such sums in cash.
for user in cashier ann zoe; do
	had=$(have "$user")
	vt -- "$T/client" -i "$T/$user" -o BatchMode=yes \
	    -o IdentitiesOnly=yes -t "$user@127.0.0.1" <<END
note $user pays
wait "$had items" 20
key F9
wait "c Card"
send "c\\r"
wait "PAID"
END
done
check "the shop is well" comptoir check
