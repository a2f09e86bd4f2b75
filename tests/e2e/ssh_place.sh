#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 120
# A terminal known by its key: enrolled by a code on the terminals' screen,
# then a lost line comes back to its place after the PIN alone.
. tests/lib.sh

mkshop "$T/shop"
comptoir -s "$shop" set language en >/dev/null
echo 2580 | comptoir -s "$shop" user pin cashier >/dev/null
ssh-keygen -q -t ed25519 -N '' -f "$T/key"
port=$(free_port)
start comptoird "$shop" --listen "127.0.0.1:$port" -f 2>"$T/log"
wait_for 10 nc -z 127.0.0.1 "$port"
far="ssh -tt -p $port -i $T/key -o IdentitiesOnly=yes -o LogLevel=ERROR
    -o StrictHostKeyChecking=no -o UserKnownHostsFile=$T/hosts
    -o PreferredAuthentications=publickey"

# shellcheck disable=SC2086
"$B/tests/tool/vt" -- $far terminal@127.0.0.1 >"$T/knock" 2>&1 <<'END'
wait "-" 20
quiet 300
screen
END
code=$(grep -oE '[A-Z0-9]{3}-[A-Z0-9]{3}' "$T/knock" | head -n 1)
check "an unknown terminal is shown a code" test -n "$code"

vt -- comptoir tty "$shop" <<END
note the admin lets it in
wait "Who are you?"
send "admin\rdemo\r"
wait "HOME"
send ":terminals\r"
wait "wants in"
expect "$code"
send "$code\r"
wait "Name of the new terminal"
send "Till 1\r"
wait "may come in now"
expect "trusted"
END

# shellcheck disable=SC2086
vt -- $far till1@127.0.0.1 <<'END'
note its own login asks who it is
wait "Who are you?" 20
row 0 "Till 1"
send "cashier\rdemo\r"
wait "code, name or scan"
send "1001\r1002\r2*10"
wait "2 items"
note the phone sleeps
signal KILL
END

# shellcheck disable=SC2086
vt -- $far till1@127.0.0.1 <<'END'
note and is back
wait "Welcome back" 20
expect "cashier"
send "2580\r"
wait "2 items"
row 21 " 2*10"
send "03\r"
wait "4 items"
key F9
wait "e Cash"
send "\r"
wait "PAID"
END
is "on the ticket of its till" "$(comptoir -s "$shop" sale list \
    --format json | grep -o '"terminal":"[^"]*"')" '"terminal":"Till 1"'
check "the shop is sound" comptoir -s "$shop" check
