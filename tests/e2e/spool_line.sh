#!/bin/sh
# SPDX-License-Identifier: ISC
# Printers on a line of their own: a FIFO, a serial line, TCP; off and on
# again, away in the middle of a job, and rows that are no good.
# timeout: 90
# shellcheck disable=SC2119
. tests/lib.sh
. tests/paper.sh

CUPS_SERVER=$T/none/cups.sock
export CUPS_SERVER
D=$(mktemp -d /dev/shm/comptoir-test.XXXXXX) || exit 1
later "rm -rf '$D'"
paper_shop "device:$D/fifo" escpos/tm-t88
mkfifo "$D/fifo"
cafe=1b401b74134361668220332c353020d520310a1d564203
place()		# CONNECTION
{
	comptoir -s "$shop" printer set "$bar" connection "$1"
}
bytes()		# FILE
{
	od -An -v -tx1 "$1" | tr -d '\n '
}
holds()		# FILE BYTES
{
	[ "$(bytes "$1")" = "$2" ]
}
listens()	# PORT
{
	grep -q ":$(printf %04X "$1") 00000000:0000 0A" /proc/net/tcp
}
# A receipt longer than any line holds back, in $id; it is heard of
# with the next job.
big()
{
	x=$(head -c 8000 /dev/zero | tr '\0' x)
	id=$(write_sql "$shop" "INSERT INTO print_job (printer, kind,
	    ref, slip, made_at, changed_at) VALUES (1, 'receipt', 'T1-9',
	    'slip 1
' || replace(hex(zeroblob(30)), '00', 'text l - $x
'), 0, 0); SELECT last_insert_rowid()")
}
writes()	# how often the shop was written
{
	sql 'PRAGMA data_version' >/dev/null
	stat -c %Y.%y "$shop/shop.db-wal"
}

# Nobody reads the FIFO: the printer is off, and waiting for it costs nothing.
spool
check "a device that nobody drives is off" wait_for 5 says "off 1 $bar"
mark=$(writes)
sleep 2.2
is "trying again writes nothing" "$(writes)" "$mark"
is "its first job waits" "$(state 1)" queued
start sh -c "exec cat <>'$D/fifo' >>'$T/fifo.out'"
reader=$pid
check "it prints once it is on" wait_for 5 is_state 1 printed
check "and is ready" wait_for 3 says "ready 0"
: >"$T/fifo.out"
id=$(jobs receipt 1 'Café 3,50 €')
check "a receipt comes out" wait_for 5 is_state "$id" printed
check "byte for byte" wait_for 3 sh -c "tail -c 23 '$T/fifo.out' |
    od -An -v -tx1 | tr -d '\\n ' | grep -qx $cafe"
stop "$reader"

# A serial line changes no byte, whatever its line discipline was.
start socat -u "PTY,link=$D/tty" "OPEN:$T/tty.out,creat,append"
line=$pid
wait_for 5 test -e "$D/tty"
exec 8>"$D/tty"			# a line that does not end with a job
place "device:$D/tty"
id=$(jobs receipt 1 'Café 3,50 €')
check "a serial printer prints" wait_for 5 is_state "$id" printed
check "newlines as they are" wait_for 3 holds "$T/tty.out" "$cafe"
exec 8>&-
stop "$line"

# TCP by name, and an address that is no printer's first.
port=$(free_port)
place "tcp:localhost:$port"
id=$(jobs receipt 1 'Café 3,50 €')
check "a network printer that is off is named" wait_for 5 says "off 1 $bar"
start socat -u "TCP4-LISTEN:$port,bind=127.0.0.1,reuseaddr,fork" \
    "OPEN:$T/tcp.out,creat,append"
listen=$pid
check "it prints once it is on" wait_for 6 is_state "$id" printed
check "byte for byte" wait_for 3 holds "$T/tcp.out" "$cafe"
check "and is ready" wait_for 3 says "ready 0"
place "tcp:[::ffff:127.0.0.1]:$port"
id=$(jobs receipt 1 'Café 3,50 €')
check "an address in brackets" wait_for 6 is_state "$id" printed
stop "$listen"

# One that keeps the connection and says things has the bytes all the same.
port=$(free_port)
start socat "TCP4-LISTEN:$port,bind=127.0.0.1,reuseaddr,fork" \
    "SYSTEM:echo ready; cat >>$T/chat.out; sleep 20"
place "tcp:127.0.0.1:$port"
before=$(date +%s%N)
id=$(jobs receipt 1 'Café 3,50 €')
check "a talkative printer prints" wait_for 5 is_state "$id" printed
took=$((($(date +%s%N) - before) / 1000000))
check "without waiting for its goodbye ($took ms)" [ "$took" -lt 2000 ]
check "byte for byte too" wait_for 3 holds "$T/chat.out" "$cafe"
stop "$pid"

# One that stops taking data in the middle: nobody knows what came out.
port=$(free_port)
start socat -u "TCP4-LISTEN:$port,bind=127.0.0.1,reuseaddr,rcvbuf=2048" \
    "SYSTEM:sleep 60"
stuck=$pid
place file:
wait_for 3 says "ready 0"
wait_for 5 listens "$port"
kill -STOP "$stuck"
place "tcp:127.0.0.1:$port"
big
jobs receipt 1 >/dev/null
check "a printer that stops in the middle" wait_for 12 is_state "$id" "printed?"
check "is told of" wait_for 5 says "T1-9 may not have come out; look"
stop "$stuck"

# Killed in the middle: the next one sends nothing twice.
port=$(free_port)
start socat -u "TCP4-LISTEN:$port,bind=127.0.0.1,reuseaddr,rcvbuf=2048" \
    "SYSTEM:sleep 60"
stuck=$pid
wait_for 5 listens "$port"
kill -STOP "$stuck"
place "tcp:127.0.0.1:$port"
wait_for 5 all_ended
big
jobs receipt 1 >/dev/null
check "a job is being sent" wait_for 5 is_state "$id" sending
kill -KILL "$spool"
wait "$spool" 2>/dev/null
spool
check "cut off by a kill, nobody knows" wait_for 5 is_state "$id" "printed?"
check "and says so" wait_for 5 says "T1-9 may not have come out; look"
stop "$stuck"

# Switched off here: a drawer dies all the same.
place "tcp:127.0.0.1:1"
comptoir -s "$shop" print list --open --format csv | sed '1d;s/,.*//' |
    while IFS= read -r id; do
	comptoir -s "$shop" print cancel "$id"
done
comptoir -s "$shop" printer set "$bar" active no
id=$(jobs drawer 1)
check "a drawer of a printer switched off is given up" \
    wait_for 8 is_state "$id" failed

# A row that another version left, or somebody's own SQL.
write_sql "$shop" \
    "UPDATE printer SET model = 'gone', active = 1 WHERE id = 1"
comptoir -s "$shop" printer add news file: --driver text >/dev/null
check "a row that cannot be served says why" wait_for 5 says "model gone"
stop "$spool"
check "the shop is whole" comptoir -s "$shop" check
