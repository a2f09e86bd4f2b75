#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 120
# A kitchen's printer is dead: its paper comes at the bar, once, and says whose
# it is; the waiter who sends is told, and the pass sees it.
. tests/lib.sh

mkshop "$T/shop" || exit 1
c()
{
	comptoir -s "$shop" "$@"
}
sql()
{
	sqlite3 -readonly -cmd '.timeout 5000' "$shop/shop.db" "$1"
}
spool()	# PRINTER
{
	start comptoir-spool "$shop" "$1" 2>>"$T/spool.log"
}
is_state()
{
	[ "$(sql "SELECT state FROM print_job WHERE id = $1")" = "$2" ]
}
printer_is()
{
	[ "$(sql "SELECT state FROM printer WHERE name = '$1'")" = "$2" ]
}
c set language en >/dev/null
port=$(free_port)
check "a printer for the kitchen" c printer add Four "tcp:127.0.0.1:$port" \
    --driver escpos/tm-t88
check "one for the bar" c printer add Zinc file: --driver text
four=$(sql "SELECT id FROM printer WHERE name = 'Four'")
zinc=$(sql "SELECT id FROM printer WHERE name = 'Zinc'")
check "the kitchen's station has it" c station set Chaud --printer Four \
    --fallback Bar
check "the bar's has the other" c station set Bar --printer Zinc
spool "$zinc"
zinc_pid=$pid
check "the bar prints" wait_for 5 printer_is Zinc ready

note "what waited when the printer died"
one=$("$B/tests/tool/printjob" "$shop" Four kitchen 1 "Blanquette")
two=$("$B/tests/tool/printjob" "$shop" Four kitchen 1 "Navarin")
bill=$("$B/tests/tool/printjob" "$shop" Four receipt 1 "Café")
# Somebody tried the second one before: paper may be out there already.
sqlite3 -cmd '.timeout 5000' "$shop/shop.db" \
    "UPDATE print_job SET attempts = 1 WHERE id = $two"
spool "$four"
four_pid=$pid
check "it is out" wait_for 8 printer_is Four off
check "the ticket came" wait_for 8 is_state "$one" printed
check "the other one, too" wait_for 8 is_state "$two" printed
cat "$(grep -l Blanquette "$shop"/paper/*)" >"$T/one"
cat "$(grep -l Navarin "$shop"/paper/*)" >"$T/two"
is "one paper each" "$(grep -l 'Blanquette\|Navarin' "$shop"/paper/* |
    wc -l)" 2
is "once" "$(grep -c Blanquette "$T/one")" 1
has "whose it is" "$(cat "$T/one")" "FOR Chaud, whose printer is out"
hasnt "the first is no duplicate" "$(cat "$T/one")" DUPLICATA
has "the second one may be" "$(cat "$T/two")" DUPLICATA
is "a receipt is no kitchen's paper" "$(sql "SELECT state || printer
    FROM print_job WHERE id = $bill")" "queued$four"

note "what is sent while it is out"
vt -- comptoir tty "$shop" <<'END'
wait "Who are you?"
send "waiter\rdemo\r"
wait "Salle"
send ":tab Paul\r"
wait "Paul"
send "1052\r"
wait "Plat du jour"
send "\r"
wait "Chaud: the printer is out, its paper comes at Bar"
send ":pass\r"
wait "PASS"
wait "Chaud: the printer is out, its paper comes at Bar"
close
END
check "the bar has it" wait_for 8 sh -c "grep -l 'Plat du jour' \
    '$shop'/paper/*Paul* >'$T/found'"
is "once" "$(cat "$shop"/paper/*Paul* | grep -c 'Plat du jour')" 1
has "for the kitchen" "$(cat "$shop"/paper/*Paul*)" "FOR Chaud"

note "both are out: it waits, and says so"
stop "$zinc_pid"
c printer set Zinc connection device:/dev/no-such-printer
spool "$zinc"
check "the bar's is out, too" wait_for 8 printer_is Zinc off
three=$("$B/tests/tool/printjob" "$shop" Four kitchen 1 "Cassoulet")
start socat -u "TCP-LISTEN:$port,bind=127.0.0.1,reuseaddr,fork" \
    "OPEN:$T/tcp.out,creat,append"
check "it comes when its own is back" wait_for 15 is_state "$three" printed
check "at the kitchen" wait_for 5 grep -q Cassoulet "$T/tcp.out"
is "once" "$(grep -ac Cassoulet "$T/tcp.out")" 1
stop "$four_pid"
check "check agrees" c check
