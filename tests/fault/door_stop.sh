#!/bin/sh
# SPDX-License-Identifier: ISC
# Stopping in order, starting where one cannot, and children that hang.
. tests/lib.sh
. tests/door.sh

mkdoor
echo 'stop-seconds = 2' >"$shop/shop.conf"
door_start

ours()
{
	pgrep -f "$T/bin/" ; pgrep -f "$shop"
}
screen()
{
	: >"$T/screen$1"
	mkfifo "$T/keys$1"
	"$T/client" -i "$T/id" -tt ann@127.0.0.1 <"$T/keys$1" \
	    >"$T/screen$1" 2>/dev/null &
	client=$!
	eval "exec $2>\"$T/keys$1\""
	wait_for 10 grep -q size "$T/screen$1"
	session=$(sed -n 's/.*pid=\([0-9]*\).*/\1/p' "$T/screen$1")
}

# A second one for the same shop, another program's port, no shop.
said=$("$T/bin/comptoird" -f --listen 127.0.0.1:0 "$shop" 2>&1)
is "a second comptoird for the shop is refused" "$?" 65
has "and names the first" "$said" "process $door"
mkdir "$T/other"
: >"$T/other/shop.db"
said=$("$T/bin/comptoird" -f --listen "127.0.0.1:$port" "$T/other" 2>&1 |
    grep '^comptoird: ')
is "a port in use is one clear line" "$said" "comptoird: 127.0.0.1:$port \
is in use; stop the other program or give another address"
said=$("$T/bin/comptoird" -f "$T/nowhere" 2>&1)
is "no such directory" "$?" 66
said=$("$T/bin/comptoird" -f "$T/bin" 2>&1)
has "no shop in it" "$said" "comptoir init"
said=$("$T/bin/comptoird" -f --listen nonsense:x "$T/other" 2>&1)
has "an address that is none" "$said" "127.0.0.1:2222"

# In order: every screen is told, every client ends with its status.
screen one 7
first=$client
first_session=$session
screen two 8
client ann@127.0.0.1 wait >"$T/waiting" 2>/dev/null &
command=$!
wait_for 5 grep -q waiting "$T/waiting"
kill -TERM "$door"
check "it ends by itself" wait_for 5 gone "$door"
wait "$door"
is "with status 0" "$?" 0
wait "$first"
is "a screen's client ends with the screen's status" "$?" 0
wait "$client"
is "and so does the second" "$?" 0
wait "$command"
is "a command's ends by its signal" "$?" 255
check "the screens were told" grep -q "TERM $first_session" "$shop/parked"
is "nothing is left running" "$(ours)" ""
is "nor in the shop's run/" "$(ls "$shop/run")" ""
exec 7>&- 8>&-

# Children that are stopped, or do not hear.
door_start
screen three 7
kill -STOP "$session"
pkill -STOP -P "$door" -f 'worker keep'
for p in $(pgrep -P "$(pgrep -P "$door" -f 'comptoir-ssh --serve')"); do
	kill -STOP "$p"
done
began=$(date +%s)
kill -TERM "$door"
check "stopped children hold nothing up" wait_for 9 gone "$door"
note "took $(($(date +%s) - began)) s"
check "and are not left behind" wait_for 3 test -z "$(ours)"
kill -KILL "$client" 2>/dev/null
wait "$client" 2>/dev/null
exec 7>&-

# In the background: back when the door is open, or with the reason.
rm -f "$shop/run/listen"
check "the background start comes back" "$T/bin/comptoird" \
    --listen 127.0.0.1:0 "$shop"
port=$(sed -n '1s/.*://p' "$shop/run/listen")
is "with the door open" "$(PORT=$port client ann@127.0.0.1 hello \
    2>/dev/null)" "[hello]"
check "its log is in the shop" grep -q 'signed in' \
    "$shop/log/comptoird.log"
pid=$(cat "$shop/run/comptoird.pid")
refuse "a second one says why" "$T/bin/comptoird" --listen 127.0.0.1:0 \
    "$shop"
kill -INT "$pid"
check "SIGINT ends it too" wait_for 5 gone "$pid"
is "and nothing is left" "$(ours)" ""

# A comptoir-ssh that is stopped takes no connection: another is started.
rm -f "$shop/run/listen"
door_start
pkill -STOP -P "$door" -f 'comptoir-ssh --serve'
client ann@127.0.0.1 hello >/dev/null 2>&1 &
let_in()
{
	[ "$(client -o ConnectTimeout=2 ann@127.0.0.1 hello 2>/dev/null)" = \
	    "[hello]" ]
}
check "a stopped comptoir-ssh is replaced" wait_for 20 let_in

# No descriptors left: it waits, and is back when there are some.
stop "$door"
rm -f "$shop/run/listen"
door_start
prlimit --pid "$door" --nofile=$(($(find "/proc/$door/fd" | wc -l) + 1)):
client -o ConnectTimeout=2 ann@127.0.0.1 hello >/dev/null 2>&1
check "without descriptors it says so" \
    wait_for 5 grep -q 'no descriptor left\|no pair of sockets' "$T/log"
check "and not more often than it must" \
    test "$(grep -c 'no descriptor' "$T/log")" -lt 20
prlimit --pid "$door" --nofile=1024:
check "and lets people in when there are some" wait_for 10 let_in
