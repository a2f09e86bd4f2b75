#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 150
# A waiter's telephone, 40 columns, through the real ssh client: a table is
# seated, ordered and sent; the telephone sleeps with half a line typed and is
# back on the same table after the PIN; the bill is paid in parts at the till.
. tests/lib.sh

mkshop "$T/shop"
comptoir -s "$shop" set language en >/dev/null
echo 2580 | comptoir -s "$shop" user pin waiter >/dev/null
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
comptoir -s "$shop" terminal accept "$code" phone1 >/dev/null
comptoir -s "$shop" terminal set phone1 trusted yes >/dev/null

# shellcheck disable=SC2086
vt -s 40x12 -- $far phone1@127.0.0.1 <<'END'
note the plan is where a waiter begins
wait "Who are you?" 20
send "waiter\rdemo\r"
wait "T3"
send "2*4\r"
wait "T2  4 covers"
send "2*1039\r1021\r1043\r"
wait "*Croque"
send "\r"
wait "4 items sent"
send "2*10"
wait "2*10"
note the telephone sleeps
signal KILL
END
is "the order was sent once" "$(sqlite3 "$shop/shop.db" "SELECT count(*)
    FROM serving_line WHERE sent_at IS NOT NULL")" 3

# shellcheck disable=SC2086
vt -s 40x12 -- $far phone1@127.0.0.1 <<'END'
note and is back at the table
wait "Welcome back" 20
send "2580\r"
wait "T2  4 covers"
expect "2*10"
send "43\r"
wait "*Croque"
send "1056\r"
wait "Crème"
send "\r"
wait "3 items sent"
send ":fire\r"
wait "fired"
note whose answer is lost says it again
signal KILL
END
# shellcheck disable=SC2086
vt -s 40x12 -- $far phone1@127.0.0.1 <<'END'
wait "Welcome back" 20
send "2580\r"
wait "T2  4 covers"
wait ":fire  Desserts"
send ":fire\r"
wait "too?"
send "n"
wait ":fire  Desserts"
send "\r"
wait "T3"
END
is "one course was fired by it" "$(sqlite3 "$shop/shop.db" "SELECT count(*)
    FROM serving_event WHERE kind = 'fired' AND course > 1")" 1
# shellcheck disable=SC2086
vt -- comptoir tty "$shop" <<'END'
note the manager takes the money in two parts
wait "Who are you?"
send "manager\rdemo\r"
wait "HOME"
send ":tables 2\r"
send "\r"
wait "T2  4 covers"
send ":divide\r"
wait "SPLIT"
send ":heads 2\r"
wait "T2/2"
send "\r"
wait "Enter = "
send "\r"
wait "PAID"
send "\r"
wait "Enter = "
send "\r"
wait "all of it is paid"
expect "paid"
END
is "two tickets, and they are the bill" "$(sqlite3 "$shop/shop.db" "
    SELECT count(*), sum(s.total) = (SELECT sum(l.amount) FROM sale_line l
	JOIN serving w ON w.sale = l.sale WHERE l.state = 'live')
    FROM sale s JOIN serving v ON v.sale = s.id
    WHERE s.state = 'paid'")" "2|1"
is "the table has paid" "$(comptoir -s "$shop" table list --format csv |
    sed -n 's/^2,2,\([a-z]*\),.*/\1/p')" paid
check "the reports know it" sh -c "comptoir -s '$shop' report servers |
    grep -q waiter"
check "the shop is sound" comptoir -s "$shop" check
