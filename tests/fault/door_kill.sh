#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 200
# kill -9 of each program of the doors at random moments: the others clean up
# or go on, and the next one is let in.
. tests/lib.sh
. tests/door.sh

: "${KILLS:=20}" "${SEED:=$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}"
note "SEED=$SEED KILLS=$KILLS"
seed=$SEED
random()	# below $1, in $number: the same numbers for the same seed
{
	seed=$(((seed * 1103515245 + 12345) % 2147483648))
	number=$((seed / 65536 % $1))
}

mkdoor
door_start

# Processes of this comptoird, by what they are.
mother()
{
	pgrep -P "$door" -f 'comptoir-ssh --serve'
}
worker()
{
	pgrep -P "$door" -f "worker $1"
}
open_session()		# $client, $session: a screen that stands
{
	: >"$T/screen"
	mkfifo "$T/keys.$1"
	"$T/client" -i "$T/id" -tt ann@127.0.0.1 <"$T/keys.$1" >"$T/screen" \
	    2>/dev/null &
	client=$!
	exec 7>"$T/keys.$1"
	wait_for 10 grep -q size "$T/screen" || return 1
	session=$(sed -n 's/.*pid=\([0-9]*\).*/\1/p' "$T/screen")
}
let_in()
{
	[ "$(client ann@127.0.0.1 hello 2>/dev/null)" = "[hello]" ]
}
pause()
{
	random 100
	sleep "0.0$number"
}

lost=0
i=0
each=$(((KILLS + 4) / 5))
while [ "$i" -lt "$each" ]; do
	i=$((i + 1))
	# A connection: its session hangs up, nobody else notices.
	open_session "a$i" || lost=$((lost + 1))
	before=$(mother)
	connection=$(pgrep -P "$before" -f 'comptoir-ssh --serve' | head -n 1)
	pause
	kill -KILL "$connection"
	wait_for 5 gone "$session" || lost=$((lost + 1))
	wait_for 5 grep -q "[A-Z]* $session" "$shop/parked" ||
	    lost=$((lost + 1))
	wait "$client" 2>/dev/null
	wait_for 5 let_in || lost=$((lost + 1))

	# A session: its client is told, its connection ends.
	open_session "b$i" || lost=$((lost + 1))
	pause
	kill -KILL "$session"
	wait_for 5 gone "$client" || lost=$((lost + 1))
	wait "$client" 2>/dev/null

	# The comptoir-ssh that forks: open screens stay, new ones come.
	open_session "c$i" || lost=$((lost + 1))
	before=$(mother)
	pause
	kill -KILL "$before"
	wait_for 35 let_in || lost=$((lost + 1))
	gone "$session" && lost=$((lost + 1))
	printf 'q' >&7
	wait_for 5 gone "$client" || lost=$((lost + 1))
	wait "$client" 2>/dev/null

	# A worker that checks passwords, in the middle of a login.
	for w in $(worker auth); do
		kill -KILL "$w"
	done
	wait_for 5 let_in || lost=$((lost + 1))

	# The keeper.
	pause
	kill -KILL "$(worker keep)"
	wait_for 5 let_in || lost=$((lost + 1))
done
is "after $((each * 5)) kills nothing was lost and nobody stayed out" \
    "$lost" 0
check "the keeper is back" wait_for 35 worker keep
only_ours()
{
	[ -z "$(pgrep -f "$shop --door")" ]
}
check "no session stays behind" wait_for 10 only_ours

# comptoird itself.
n=0
lost=0
while [ "$n" -lt $(((KILLS + 9) / 10)) ]; do
	n=$((n + 1))
	open_session "d$n" || lost=$((lost + 1))
	pause
	kill -KILL "$door"
	wait "$door" 2>/dev/null
	wait_for 5 gone "$session" || lost=$((lost + 1))
	wait_for 5 grep -q "HUP $session\|EIO $session" "$shop/parked" ||
	    lost=$((lost + 1))
	nothing_left()
	{
		! pgrep -f "$shop" >/dev/null
	}
	wait_for 5 gone "$client" || lost=$((lost + 1))
	wait "$client" 2>/dev/null
	rm -f "$shop/run/listen"
	door_start
	wait_for 5 let_in || lost=$((lost + 1))
done
is "comptoird killed $n times: sessions park, all end, the next starts" \
    "$lost" 0
kill -KILL "$door"
wait "$door" 2>/dev/null
check "and nothing stays behind" wait_for 5 nothing_left
