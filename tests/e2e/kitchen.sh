#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 120
# A kitchen's display on a vt100 at 9600 baud, through the real ssh: what a
# waiter sends stands there without a key, is bumped by its digit and waits at
# the pass.
. tests/lib.sh

mkshop "$T/shop"
comptoir -s "$shop" set language en >/dev/null
# One kitchen makes all that is eaten.
comptoir -s "$shop" station remove Froid >/dev/null
port=$(free_port)
start comptoird "$shop" --listen "127.0.0.1:$port" -f 2>"$T/log"
wait_for 10 nc -z 127.0.0.1 "$port"
far="ssh -p $port -o StrictHostKeyChecking=no -o LogLevel=ERROR
    -o UserKnownHostsFile=$T/hosts -o PreferredAuthentications=password
    -o NumberOfPasswordPrompts=1"
# shellcheck disable=SC2086
"$B/tests/tool/vt" -t vt100 -b 9600 -- $far cook@127.0.0.1 >"$T/cook" 2>&1 \
    <<'END' &
wait "assword"
send "demo\r"
wait "Which station?"
send "1"
wait "nothing to make"
print "waits"
bytes
wait "1 T4  2c" 30
wait "Six hu"
expect "Chaud  1 ticket"
quiet 200
most 400 a new ticket
print "seen"
send ".1"
wait "T4 Entr"
wait "started"
send "1"
wait "READY"
waitnot "READY"
expect "0 tickets  1 to come"
send "0"
wait "1 T4  2c"
send "1"
wait "0 takes it back"
print "made"
send ":back\r"
wait "Sign out?"
send "y"
exit 0
END
cook=$!
check "the display is there" wait_for 20 grep -q '# waits' "$T/cook"
# shellcheck disable=SC2086
vt -s 40x12 -- $far waiter@127.0.0.1 <<'END'
note a waiter's telephone sends
wait "assword"
send "demo\r"
wait "TABLES"
send "4*2\r"
wait "T4  2 covers"
send "2*1039\r1042\r1043\r1001\r"
wait "5 items"
send "\r"
wait "5 items sent"
END
check "it stands there without a key" wait_for 20 grep -q '# seen' "$T/cook"
check "it is made by its digit" wait_for 20 grep -q '# made' "$T/cook"
wait "$cook"
is "all of that was on the display" "$(grep '^not ok' "$T/cook")" ""
has "it waits at the pass" "$(comptoir -s "$shop" kitchen pass \
    --format json)" '"state":"ready"'
is "the next course is not made yet" "$(comptoir -s "$shop" kitchen list \
    Chaud --format csv | cut -d, -f2-4 | tail -n 1)" "T4,2,0"
check "the shop is sound" comptoir -s "$shop" check
