#!/bin/sh
# SPDX-License-Identifier: ISC
# A print server killed, silent, forgetful, absent: every job once, or called
# "printed?".
# timeout: 120
# shellcheck disable=SC2119
. tests/lib.sh
. tests/paper.sh

paper_cups
paper_shop
spool
check "the first page comes out" wait_for 5 is_state 1 printed

# The server dies between accepting and printing.
cupsdisable bon
id=$(jobs receipt 1)
check "accepted, not printed" wait_for 5 is_state "$id" sent
tests/cupsd.sh kill "$cups"
check "a dead server is named" wait_for 6 \
    says "nocups 1 $bar: print system not running; start cups"
late=$(jobs receipt 1)
drawer=$(jobs drawer 1)
tests/cupsd.sh again "$cups"
wait_for 5 cupsenable bon
check "the job came through it" wait_for 8 is_state "$id" printed
check "so did the one after" wait_for 8 is_state "$late" printed
check "the drawer ended" wait_for 8 all_ended
check "each came out once" each_once

# A server that answers nothing.
kill -STOP "$(cat "$cups/pid")"
before=$(date +%s%N)
id=$(jobs receipt 1)
took=$((($(date +%s%N) - before) / 1000000))
check "a till does not wait for it (${took} ms)" [ "$took" -lt 1500 ]
drawer=$(jobs drawer 1)
check "silence is named" wait_for 8 says "$bar: print system mute; restart cups"
has "in a word" "$(paper_status)" "mute "
check "its drawer is given up" wait_for 12 is_state "$drawer" failed
is "its receipt waits" "$(state "$id")" queued
kill -CONT "$(cat "$cups/pid")"
check "and comes out" wait_for 12 is_state "$id" printed
check "once" each_once

# Lost by a server that writes down later: nobody can know.
cupsdisable bon
id=$(jobs receipt 1)
check "accepted again" wait_for 5 is_state "$id" sent
kill -STOP "$spool"
tests/cupsd.sh kill "$cups"
rm -f "$cups"/spool/c* "$cups"/spool/d* "$cups"/cache/job.cache*
tests/cupsd.sh again "$cups"
wait_for 5 cupsenable bon
kill -CONT "$spool"
check "a job the server forgot may have been printed" \
    wait_for 8 is_state "$id" "printed?"
check "the till is told" says "may not have come out; look"
check "it is sent again" comptoir -s "$shop" print retry "$id"
check "and comes out" wait_for 8 is_state "$id" printed
has "as a duplicate" "$(cat "$cups/out/bon/$(sed -n \
    "s/ comptoir-$id-.*//p" "$cups/out/bon/log" | tail -n 1).prn")" DUPLICATA

# No server at all, and none installed.
stop "$spool"
tests/cupsd.sh stop "$cups"
spool
check "no server is named at once" wait_for 3 says "nocups 0 $bar"
stop "$spool"
CUPS_SERVER=$T/none/cups.sock
export CUPS_SERVER
spool
check "a socket that is not there too" wait_for 3 says "nocups 0 $bar"
stop "$spool"

# One that has been silent for so long that its socket takes nobody any more.
start socat "UNIX-LISTEN:$T/full.sock,backlog=0,fork" /dev/null
full=$pid
wait_for 5 test -S "$T/full.sock"
kill -STOP "$full"
for _ in 1 2 3; do
	start socat -u OPEN:/dev/zero "UNIX-CONNECT:$T/full.sock" 2>/dev/null
done
CUPS_SERVER=$T/full.sock
spool
check "a server that takes no connection is silent, not away" \
    wait_for 8 says "mute 0 $bar"
stop "$full"
refuse "a second spooler of one printer" comptoir-spool "$shop" 1
check "the shop is whole" comptoir -s "$shop" check
