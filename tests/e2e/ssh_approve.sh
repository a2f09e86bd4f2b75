#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 180
# Two people and one till, through the real ssh client: what the waiter may
# not do the manager approves with a password over the same screen; it is done
# once, both are named, and no secret is written anywhere.
. tests/lib.sh

mkshop "$T/shop"
comptoir -s "$shop" set language en >/dev/null
port=$(free_port)
start comptoird "$shop" --listen "127.0.0.1:$port" -f 2>"$T/log"
wait_for 10 nc -z 127.0.0.1 "$port"
far="ssh -p $port -o StrictHostKeyChecking=no -o LogLevel=ERROR
    -o UserKnownHostsFile=$T/hosts -o PreferredAuthentications=password
    -o NumberOfPasswordPrompts=1"
secret='not to be seen 4711'
printf '%s\n' "$secret" | comptoir -s "$shop" user password manager \
    >/dev/null

# shellcheck disable=SC2086
vt -- $far waiter@127.0.0.1 <<END
note a waiter
wait "assword"
send "demo\r"
wait "Salle"
send ":sell\r"
wait "SALE"
send "1001\r"
wait "TOTAL"
send ":cancel walked out\r"
wait "Approval: cancel a whole sale.  Who?"
note a wrong password, then the right one
send "manager\rnot this\r"
wait "wrong name or password"
send "$secret\r"
wait "the sale is cancelled"
note and only that once
send "1001\r:cancel walked out\r"
wait "Enter = manager"
key Esc
wait "you may not cancel"
close
END
# shellcheck disable=SC2086
vt -- $far manager@127.0.0.1 audit --limit 9 <<END
note the manager reads it
wait "assword"
send "$secret\r"
wait "sale.cancel"
expect "approver"
exit 0
END
comptoir -s "$shop" audit --format json >"$T/audit"
is "the cancelling names both" "$(grep -o '{[^}]*}' "$T/audit" |
    grep '"sale.cancel"' | grep '"user":"waiter"' |
    grep -c '"approver":"manager"')" 1
is "and so does the word" "$(grep -o '{[^}]*}' "$T/audit" |
    grep '"approval"' | grep '"user":"waiter"' |
    grep -c '"approver":"manager"')" 1
is "one sale is still open" "$(sqlite3 "$shop/shop.db" \
    "SELECT count(*) FROM sale WHERE state = 'draft'")" 1
is "no secret in the shop" "$(grep -rlaF "$secret" "$shop" "$T/log" |
    wc -l)" 0
