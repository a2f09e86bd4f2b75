#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 120
# A sale through the real ssh client, and the same sale taken over on the
# console: who had it is told.
. tests/lib.sh

mkshop "$T/shop"
comptoir -s "$shop" set language en >/dev/null
port=$(free_port)
start comptoird "$shop" --listen "127.0.0.1:$port" -f 2>"$T/log"
wait_for 10 nc -z 127.0.0.1 "$port"
far="ssh -p $port -o StrictHostKeyChecking=no -o LogLevel=ERROR
    -o UserKnownHostsFile=$T/hosts -o PreferredAuthentications=password
    -o NumberOfPasswordPrompts=1"

# shellcheck disable=SC2086
vt -- $far cashier@127.0.0.1 <<'END'
note through ssh
wait "assword"
send "demo\r"
wait "SALE"
send "1001\r"
wait "TOTAL"
note typed ahead of the screen, nothing is lost
send "1002\r3*1001\r"
wait "5 items"
send "\r20\r"
wait "CHANGE"
send "1001\r1002\r"
wait "2 items"
close
END
vt -- comptoir tty "$shop" <<'END'
note on the console, left on the line
wait "Who are you?"
send "cashier\rdemo\r"
wait "2 items"
END

# Two at once: the far one is told, and keeps what it showed.
mkfifo "$T/go"
# shellcheck disable=SC2086
"$B/tests/tool/vt" -- $far cashier@127.0.0.1 >"$T/far" 2>&1 <<'END' &
wait "assword"
send "demo\r"
wait "2 items"
send "1003\r"
wait "3 items"
print "ready"
wait "has taken this sale" 20
expect "3 items"
send "1001\r"
wait "F6 takes it back"
expect "3 items"
END
far_pid=$!
wait_for 10 grep -q ready "$T/far"
vt -- comptoir tty "$shop" <<'END'
note taking over
wait "Who are you?"
send "cashier\rdemo\r"
wait "Your sale is open elsewhere"
expect "3 lines"
send "\r"
wait "3 items"
send "1001\r"
wait "4 items"
note it is paid here, once
key F9
wait "e Cash"
send "\r"
wait "PAID"
END
wait "$far_pid"
is "the far till was told" "$(grep -c '^not ok' "$T/far")" 0
is "two tickets" "$(comptoir -s "$shop" sale list --format json |
    grep -o '"ticket"' | wc -l)" 2

# The command line through the same door, with that user's rights.
# shellcheck disable=SC2086
vt -- $far manager@127.0.0.1 report day --format json <<'END'
note a report through ssh
wait "assword"
send "demo\r"
wait "tickets"
exit 0
END
# shellcheck disable=SC2086
vt -- $far cashier@127.0.0.1 tty "$shop" <<'END'
note no word opens another door
wait "assword"
send "demo\r"
wait "tty"
exit 64
END
check "the shop is sound" comptoir -s "$shop" check
