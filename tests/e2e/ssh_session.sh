#!/bin/sh
# SPDX-License-Identifier: ISC
# What a session gets through the ssh door, and what the door refuses.
. tests/lib.sh
. tests/door.sh

mkdoor
door_start

# Commands: three pipes, words, status, signals.
out=$(client ann@127.0.0.1 "one 'two three' \"fo\\\"ur\" fi\\ ve ''" \
    2>"$T/err")
is "words as a shell would cut them" "$out" "[one]
[two three]
[fo\"ur]
[fi ve]
[]"
has "standard error is its own" "$(cat "$T/err")" "5 words"
# shellcheck disable=SC2016
is "but no shell sees them" "$(client ann@127.0.0.1 'a $HOME `id` ; *' \
    2>/dev/null | tr '\n' ' ')" '[a] [$HOME] [`id`] [;] [*] '
client ann@127.0.0.1 "half 'quote" >"$T/out" 2>&1
is "a quote that does not end" "$?" 65
has "in one line" "$(cat "$T/out")" "does not end"
client ann@127.0.0.1 exit 42
is "exit status" "$?" 42
client ann@127.0.0.1 abort 2>"$T/err"
is "exit by a signal" "$?" 255
for sig in TERM INT KILL HUP; do
	is "signal $sig" "$("$B/tests/tool/sshsignal" "$port" ann "$T/id" $sig \
	    wait 2>&1)" "signal $sig"
done
head -c 3000000 /dev/urandom >"$T/data"
client ann@127.0.0.1 cat <"$T/data" >"$T/back"
check "3 MB there and back, bit by bit" cmp "$T/data" "$T/back"
env=$(LANG=fr_FR.UTF-8 LC_ALL='' FOO=bar client -o SendEnv='LANG FOO' \
    -o SetEnv=LD_PRELOAD=x ann@127.0.0.1 env)
has "the language comes through" "$env" "LANG=fr_FR.UTF-8"
has "and names the character set" "$env" "COMPTOIR_CHARSET=utf8"
hasnt "nothing else does" "$env" "FOO"
hasnt "nor a library" "$env" "LD_PRELOAD"
hasnt "nor a terminal without one" "$env" "TERM="
status=$(client ann@127.0.0.1 status)
has "no new privileges" "$status" "NoNewPrivs:	1"

start "$T/client" -i "$T/id" -o BatchMode=yes ann@127.0.0.1 wait >"$T/out"
wait_for 5 grep -q waiting "$T/out"
waiting=$(sed -n 's/^waiting //p' "$T/out")
kill -KILL "$pid"
check "a command whose client was killed ends" wait_for 5 gone "$waiting"

# Screens.
vt -s 100x30 -- "$T/client" -i "$T/id" -t ann@127.0.0.1 <<'END'
note a screen
wait "stub user=7 terminal=0 from=127.0.0.1 term=xterm-256color"
wait "size 100x30"
resize 120x40
wait "size 120x40"
resize 40x12
wait "size 40x12"
send "abc"
wait "abc"
send q
wait "bye"
exit 0
END
TERM='x;y' vt -- sh -c "TERM='../x' exec $T/client -i $T/id -t ann@127.0.0.1" \
    <<'END'
note a terminal type that is none
wait "term=dumb"
send q
exit 0
END
said=$(client -T ann@127.0.0.1 </dev/null 2>&1)
is "a screen without a terminal" "$?" 64
has "says what to do" "$said" "ssh -t"

# 200 kB pasted at once arrive whole.
# shellcheck disable=SC2094
{
	printf '#'	# before the screen is even there
	head -c 200000 /dev/zero | tr '\0' 'x'
	printf '#'
	wait_for 20 grep -q counted "$T/paste"
	printf 'q'
} | "$T/client" -i "$T/id" -tt ann@127.0.0.1 >"$T/paste" 2>&1
has "200 kB pasted at once arrive whole" "$(cat "$T/paste")" "counted 200000"

# New keys every megabyte, while 4 MB come.
client -o RekeyLimit=1M ann@127.0.0.1 flood 120000 >"$T/flood"
"$T/bin/comptoir" -- flood 120000 >"$T/wanted"
check "nothing is lost when keys change" cmp "$T/flood" "$T/wanted"

# A client that stops reading: the screen waits, the door does not grow.
mkfifo "$T/in"
"$T/client" -i "$T/id" -tt ann@127.0.0.1 <"$T/in" >"$T/stalled" 2>&1 &
stalled=$!
exec 9>"$T/in"
wait_for 5 grep -q "size" "$T/stalled"
printf 'F' >&9
wait_for 5 grep -q 'flood of text' "$T/stalled"
kill -STOP "$stalled"
session=$(sed -n 's/.*pid=\([0-9]*\).*/\1/p' "$T/stalled")
connection=$(pgrep -P "$(pgrep -P "$door" -f 'comptoir-ssh --serve')" |
    tail -n 1)
sleeping()
{
	[ "$(sed -n 's/^wchar: //p' "/proc/$session/io")" -gt 100000 ] &&
	    grep -q '^State:.S' "/proc/$session/status"
}
check "a client that does not read stops its screen" wait_for 5 sleeping
memory=$(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\) kB/\1/p' \
    "/proc/$connection/status")
check "a stalled client costs no memory (${memory:-?} kB)" \
    test "${memory:-99999}" -lt 16000
kill -CONT "$stalled"
wait_for 30 grep -q 0999999 "$T/stalled"
is "and loses nothing" "$(grep -c 'flood of text' "$T/stalled")" 1000000
kill -KILL "$stalled"
wait "$stalled" 2>/dev/null
exec 9>&-
check "a killed client's session is told" wait_for 5 gone "$session"
check "by a hang-up" wait_for 5 grep -q "HUP $session\|EIO $session" \
    "$shop/parked"

# What the door does not do.
refuse_forward()
{
	"$T/client" -i "$T/id" -o BatchMode=yes -o ExitOnForwardFailure=yes \
	    -N "$@" ann@127.0.0.1 2>&1
}
has "tunnels from the server" "$(refuse_forward -R 0:127.0.0.1:1)" \
    "forwarding failed"
tunnel=$(echo x | client -W 127.0.0.1:1 ann@127.0.0.1 2>&1)
has "tunnels from the client" "$tunnel" "forwarding failed"
denied "sftp" client -s ann@127.0.0.1 sftp
start "$T/client" -i "$T/id" -o BatchMode=yes -o ControlMaster=yes \
    -o ControlPath="$T/master" ann@127.0.0.1 wait >"$T/out"
wait_for 5 grep -q waiting "$T/out"
denied "a second channel" "$T/client" -o ControlPath="$T/master" \
    ann@127.0.0.1 hello
