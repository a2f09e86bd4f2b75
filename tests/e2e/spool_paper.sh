#!/bin/sh
# SPDX-License-Identifier: ISC
# Printers without a print server: text files, TCP, a device.
# timeout: 60
# shellcheck disable=SC2119
. tests/lib.sh
. tests/paper.sh

CUPS_SERVER=$T/none/cups.sock
export CUPS_SERVER
paper_shop file: text
is "a shop without a printer has printer paper" "$bar" paper
spool
check "the test page is a file" wait_for 5 test -s "$shop/paper/000001-test.txt"
check "and done" wait_for 5 is_state 1 printed
has "as text" "$(cat "$shop/paper/000001-test.txt")" \
    "2 Entrecôte sauce au poivre vert   37,00 B"
id=$(jobs receipt 1 "Café 3,50 €")
check "a receipt is a file named by its number" \
    wait_for 5 test -s "$shop/paper/000002-T1-000001.txt"
is "readable as it is" "$(cat "$shop/paper/000002-T1-000001.txt")" \
    "Café 3,50 € 1"
check "that is done" wait_for 5 is_state "$id" printed
is "nothing to say" "$(paper_status)" "ready 0 "
cpu()
{
	sed 's/.*) //' "/proc/$spool/stat" | cut -d ' ' -f 12,13
}
before=$(cpu)
sleep 3
is "an idle spooler costs nothing" "$(cpu)" "$before"
i=0
while [ $i -lt 20 ]; do
	i=$((i + 1))
	jobs receipt 1 >/dev/null
	kill -KILL "$spool"
	wait "$spool" 2>/dev/null
	spool
done
check "killed after each of twenty jobs" wait_for 10 all_ended
is "each is there, once" "$(find "$shop/paper" -name '*.txt' | wc -l)" 22
hasnt "and none is a duplicate" "$(cat "$shop"/paper/*)" DUPLICATA

# A bad row is told of, and mended without a restart.
comptoir -s "$shop" printer set "$bar" connection device:/dev/no-such-printer
check "a missing device is named" wait_for 5 says "off 0 paper: no answer"
mkfifo "$T/fifo"
port=$(free_port)
start socat -u "TCP-LISTEN:$port,bind=127.0.0.1,reuseaddr,fork" \
    "OPEN:$T/tcp.out,creat,append"
comptoir -s "$shop" printer set "$bar" connection "tcp:127.0.0.1:$port"
comptoir -s "$shop" printer set "$bar" driver escpos/generic-58
id=$(jobs receipt 1 "Café")
check "a network printer prints" wait_for 8 is_state "$id" printed
check "byte for byte" wait_for 5 sh -c "[ \"\$(od -An -v -tx1 '$T/tcp.out' |
    tr -d '\\n ')\" = 1b401b74134361668220310a0a0a0a0a ]"
stop "$pid"
id=$(jobs receipt 1)
check "one that is off is named" wait_for 8 says "off 1 paper: no answer"
is "its job waits" "$(state "$id")" queued
refuse "an unknown driver" comptoir -s "$shop" printer set "$bar" driver epson
refuse "a model that is another's" \
    comptoir -s "$shop" printer set "$bar" driver star/tm-t88
refuse "characters the model lacks" \
    comptoir -s "$shop" printer set "$bar" charset latin9
refuse "a connection nobody knows" \
    comptoir -s "$shop" printer set "$bar" connection ftp:x
refuse "two printers of a name" comptoir -s "$shop" printer add PAPER file:
check "another printer" comptoir -s "$shop" printer add kitchen file: \
    --driver text
refuse "removing a printer whose jobs wait" \
    comptoir -s "$shop" printer remove "$bar"
check "removing one without" comptoir -s "$shop" printer remove kitchen
stop "$spool"
check "the shop is whole" comptoir -s "$shop" check
