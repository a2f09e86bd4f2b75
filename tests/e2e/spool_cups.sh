#!/bin/sh
# SPDX-License-Identifier: ISC
# Printing through a real print server: bytes, trouble named, drawers.
# timeout: 120
# shellcheck disable=SC2119
. tests/lib.sh
. tests/paper.sh

paper_cups
paper_shop
spool

check "the first day's test page comes out" wait_for 5 is_state 1 printed
jobs receipt 1 "Café 3,50 €" >"$T/ids"
check "a receipt comes out" wait_for 5 is_state 2 printed
is "byte for byte" "$(od -An -v -tx1 "$cups/out/bon/2.prn" | tr -d '\n ')" \
    "1b401b74134361668220332c353020d520310a1d564203"
has "under our name" "$(came | tail -n 1)" "comptoir-2-"
is "nothing to say on the till" "$(paper_status)" "ready 0 "

mood paper
id=$(jobs receipt 1)
check "out of paper is named" wait_for 5 says "paper 1 $bar: out of paper"
is "the job is at the printer" "$(state "$id")" sent
mood
check "and comes out when there is paper" wait_for 5 is_state "$id" printed
check "nothing more to say" wait_for 5 says "ready 0 "

mood stop
id=$(jobs receipt 1)
check "a stopped queue is named" wait_for 6 says "stopped 1 $bar: stopped"
later=$(jobs receipt 1)
mood
wait_for 5 cupsenable bon
check "what waited comes out" wait_for 8 is_state "$id" printed
check "and what came after" wait_for 8 is_state "$later" printed

cupsreject bon
id=$(jobs receipt 1)
check "a queue that refuses is named" wait_for 6 says "rejecting 1 $bar"
is "its job waits here" "$(state "$id")" queued
cupsaccept bon
check "and comes out" wait_for 6 is_state "$id" printed

mood off
id=$(jobs receipt 1)
check "a network printer that is off is named" wait_for 6 says "off 1 $bar"
mood
check "and prints when it is on" wait_for 6 is_state "$id" printed

mood retry
id=$(jobs receipt 1)
check "a printer that fails is tried" wait_for 4 is_state "$id" sent
mood
check "until it prints" wait_for 8 is_state "$id" printed

# A drawer behind a receipt without paper would open late: it is given up.
mood paper
jobs receipt 1 >/dev/null
check "paper is out" wait_for 5 says "paper 1"
id=$(jobs drawer 1)
check "a drawer pulse is given up" wait_for 9 is_state "$id" failed
mood
check "the till is told" wait_for 5 says "drawer not opened: given up after 5 s"
came >"$T/came"
hasnt "it never opens late" "$(cat "$T/came")" "comptoir-$id-"
refuse "it is never sent again" comptoir -s "$shop" print retry "$id"
id=$(jobs drawer 1)
check "the next drawer opens" wait_for 5 is_state "$id" printed
is "by its own pulse" "$(od -An -v -tx1 "$cups/out/bon/$(
    sed -n "s/ comptoir-$id-.*//p" "$cups/out/bon/log").prn" | tr -d ' \n')" \
    1b401b70003c78

# Cancelled: here, and at the print system.
mood paper
first=$(jobs receipt 1)
check "paper is out again" wait_for 5 says "paper 1"
id=$(jobs receipt 1)
check "a waiting job is cancelled" comptoir -s "$shop" print cancel "$id"
is "at once" "$(state "$id")" cancelled
check "so is one at the printer" comptoir -s "$shop" print cancel "$first"
check "which may have begun" wait_for 6 is_state "$first" "printed?"
mood
check "a second sending" comptoir -s "$shop" print retry "$first"
check "comes out" wait_for 6 is_state "$first" printed
has "and says DUPLICATA" "$(cat "$cups/out/bon/$(
    sed -n "s/ comptoir-$first-.*//p" "$cups/out/bon/log" |
    tail -n 1).prn")" DUPLICATA
check "the one cancelled here too" comptoir -s "$shop" print retry "$id"
check "comes out as well" wait_for 6 is_state "$id" printed
hasnt "for the first time" "$(cat "$cups/out/bon/$(
    sed -n "s/ comptoir-$id-.*//p" "$cups/out/bon/log").prn")" DUPLICATA

check "every job came out once" each_once

# The row names another queue while a job waits at the first.
cupsdisable bon
id=$(jobs receipt 1)
check "a job waits at its queue" wait_for 5 is_state "$id" sent
tests/cupsd.sh queue "$cups" other
comptoir -s "$shop" printer set "$bar" connection cups:other
new=$(jobs receipt 1)
check "the next goes to the new one" wait_for 5 is_state "$new" printed
cupsenable bon
check "the first comes out at its own" wait_for 8 is_state "$id" printed

# A real network printer behind the print server: nobody there, then somebody.
# The way to it is a backend of the package cups, which a test does not need.
if [ -x /usr/lib/cups/backend/socket ]; then
	port=$(free_port)
	lpadmin -p net -E -v "socket://127.0.0.1:$port" -m raw \
	    -o printer-error-policy=retry-current-job 2>/dev/null
	comptoir -s "$shop" printer set "$bar" connection cups:net
	id=$(jobs receipt 1 "Café 3,50 €")
	check "a network printer nobody answers for is off" \
	    wait_for 8 says "off 1 $bar: no answer"
	start socat -u "TCP-LISTEN:$port,bind=127.0.0.1,reuseaddr,fork" \
	    "OPEN:$T/net.out,creat,append"
	listen=$pid
	check "and prints when it is there" wait_for 40 is_state "$id" printed
	is "byte for byte, once" "$(od -An -v -tx1 "$T/net.out" | tr -d '\n ')" \
	    "1b401b74134361668220332c353020d520310a1d564203"
	stop "$listen"
	check "it is well again" wait_for 5 says "ready 0"
else
	skip "a network printer, off and on" "cups has no socket backend here"
fi

comptoir -s "$shop" printer set "$bar" connection cups:bon
lpadmin -x bon
id=$(jobs receipt 1)
check "a missing queue is named" wait_for 6 says "missing 1 $bar: no such queue"
tests/cupsd.sh queue "$cups" bon
check "and found again" wait_for 6 is_state "$id" printed

stop "$spool"
check "a printer nobody serves is named" says "unserved 0 $bar: not served"
comptoir -s "$shop" printer set "$bar" active no
check "one that is switched off too" says "disabled 0 $bar: switched off"
