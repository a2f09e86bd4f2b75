#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 120
# A till's day through the real ssh client: sold, counted, a wrong tender put
# right, closed; the Z on paper, again as a duplicate, and the same from the
# command line.
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
note the till is opened with a float
wait "assword"
send "demo\r"
wait "SALE"
send ":shift\r"
wait "The till is closed"
send "150\r"
wait "Open since"
send "\e"
wait "SALE"
note two in cash; one of them was a card
send "1001\r\r\r"
wait "PAID"
send "1044\r\r\r"
wait "PAID"
send ":pay-out 5 bread\r"
wait "Pay-out: 5,00"
note blind: Enter counts
send ":shift\r"
wait "was not counted"
refuse "expected"
send "\r"
wait "how many of 500,00"
send "\r\r1\r\r2\r\r1\r1\r\r1\r"
key F9
wait "Enter: 147,50"
send "\r"
wait "difference"
expect "-11,30"
expect "0-000002"
send "\e[B\r"
wait "How was it really paid"
send "\r"
wait "is corrected"
wait "147,50"
refuse "-11,30"
note and now the Z
send "100\r"
wait "Close the till"
expect "100,00"
send "\r"
wait "Z0-000001 is closed"
close
END
z=$shop/paper
check "the Z is on paper" wait_for 10 sh -c "grep -l 'Z0-000001' '$z'/*.txt"
paper=$(grep -l 'CLOSING Z0-000001' "$z"/*.txt | head -n 1)
has "with what was taken out" "$(tr -s ' ' <"$paper")" "Taken out 47,50"
has "and what was left" "$(tr -s ' ' <"$paper")" \
    "Left for the next shift 100,00"
hasnt "it is no duplicate" "$(cat "$paper")" DUPLICATA
is "one Z is printed once" "$(grep -l 'CLOSING Z0-000001' "$z"/*.txt |
    wc -l)" 1
comptoir -s "$shop" shift z Z0-000001 >/dev/null
check "printed again it says so" wait_for 10 sh -c \
    "grep -q 'DUPLICATA 1' '$z'/*Z0-000001-D1.txt 2>/dev/null"

# The same till from a shell, and from a script through the door.
json=$(comptoir -s "$shop" shift show Z0-000001 --format json)
has "the figures as JSON" "$json" '"z":"Z0-000001","state":"closed"'
has "cash" "$json" '"tender":"cash","currency":"EUR","float":15000,"moved":-500,"payments":1,"taken":250,"expected":14750,"counted":14750,"difference":0,"left":10000'
has "the card it really was" "$json" '"tender":"card","currency":"EUR","float":0,"moved":0,"payments":1,"taken":1130'
# A payment that was taken back, and what took it back, are none.
day=$(comptoir -s "$shop" report day --format csv)
has "one ticket in cash" "$day" 'tender,Cash,,1,2.50'
has "one by card, as it really was" "$day" 'tender,Card,,1,11.30'
has "opened anew with what was left" "$(comptoir -s "$shop" shift open)" \
    "is open"
refuse "not twice" comptoir -s "$shop" shift open 5
comptoir -s "$shop" shift pay-in 20 from the bank >/dev/null
comptoir -s "$shop" shift drop 30 >/dev/null
refuse "no coin of 3" comptoir -s "$shop" shift count 3=1
refuse "not closed before it is counted" comptoir -s "$shop" shift close
has "counted" "$(comptoir -s "$shop" shift count 50=1 20=1 cheque=0)" "70,00"
has "what would explain it" "$(comptoir -s "$shop" shift gaps)" "Pay-in"
has "closed" "$(comptoir -s "$shop" shift close)" "Z0-000002"
is "the difference is a row" "$(comptoir -s "$shop" shift list --limit 1 \
    --format json | grep -o '"difference":-*[0-9]*')" '"difference":-2000'
has "a report" "$(comptoir -s "$shop" report gaps)" "Z0-000002"
has "the day's shifts" "$(comptoir -s "$shop" report shifts)" "Z0-000002"
# shellcheck disable=SC2086
vt -- $far manager@127.0.0.1 shift list --limit 2 --format json <<'END'
note through ssh
wait "assword"
send "demo\r"
wait "Z0-000002"
exit 0
END
check "the shop is sound" comptoir -s "$shop" check
