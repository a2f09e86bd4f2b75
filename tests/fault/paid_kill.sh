#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 300
# The till killed while it is paid, its spooler killed while it prints, with a
# printer that works: a ticket that was paid has one receipt, and it comes out
# once; where nobody can know, that is said, and a second one says DUPLICATA.
# Then the paper runs out in the middle of a Z.
. tests/lib.sh
. tests/paper.sh

KILLS=${ROUNDS:-$(((KILLS + 1) / 2))}
note "SEED=$SEED KILLS=$KILLS"
paper_cups "MaxJobs 0"
mkshop "$T/shop"
bar=paper
comptoir -s "$shop" set language en >/dev/null
comptoir -s "$shop" printer set "$bar" driver escpos/tm-t88
comptoir -s "$shop" printer set "$bar" connection cups:bon

before=$(sql "SELECT max(id) FROM sale")
till()		# on the console, the script on stdin
{
	{
		printf 'wait "Who are you?"\nsend "cashier\\rdemo\\r"\n'
		cat
	} | "$B/tests/tool/vt" -- comptoir tty "$shop" >"$T/till" 2>&1
}
queued_more()	# JOB: there is a newer one
{
	[ "$(sql "SELECT max(id) FROM print_job")" -gt "$1" ]
}
paid="FROM sale WHERE state = 'paid' AND id > $before"

spool
round=0
while [ "$round" -lt "$KILLS" ]; do
	round=$((round + 1))
	rnd 100
	# While the next receipt is on its way, if there is one.
	(
		wait_for 1 queued_more "$(sql "SELECT max(id) FROM print_job")"
		sleep "0.$(printf '%03d' "$rnd")"
		kill -KILL "$spool" 2>/dev/null
	) &
	killer=$!
	rnd 30
	# A sale that a kill left open is paid with what is added here.
	till <<END
wait "code, name or scan"
send "1001\r"
wait "TOTAL"
key F9
wait "e Cash"
send "\r"
during $rnd
signal KILL
screen
END
	wait "$killer" "$spool" 2>/dev/null
	spool
done
check "after $KILLS kills everything ended" wait_for 60 all_ended
note "$(states); $(sql "SELECT count(*) $paid") paid"
check "some were paid" test "$(sql "SELECT count(*) $paid")" -gt 0
is "each has one receipt, and nothing else has" "$(sql "SELECT count(*) FROM (
    SELECT printf('%s-%06d', series, number) AS ticket $paid) AS t
    WHERE 1 <> (SELECT count(*) FROM print_job WHERE ref = ticket
	AND kind = 'receipt')")" 0
check "what is called printed came out once" each_once
is "what is called unsure at most once" "$(for id in $(sql "SELECT id
    FROM print_job WHERE state = 'printed?'"); do
	[ "$(came | grep -c "^comptoir-$id-")" -le 1 ] || echo "$id"
done)" ""
is "no paper says DUPLICATA" \
    "$(grep -l DUPLICATA "$cups"/out/bon/*.prn)" ""
is "each paper is of another ticket" "$(for ticket in $(sql "SELECT
    printf('%s-%06d', series, number) $paid"); do
	[ "$(grep -la "$ticket" "$cups"/out/bon/*.prn | wc -l)" -le 1 ] ||
	    echo "$ticket"
done)" ""
for id in $(sql "SELECT id FROM print_job WHERE state = 'printed?'
    LIMIT 1"); do
	comptoir -s "$shop" print retry "$id" >/dev/null
	check "one that may be lost comes again" wait_for 10 \
	    is_state "$id" printed
	has "as a duplicate" "$(cat "$cups/out/bon/$(sed -n \
	    "s/ comptoir-$id-.*//p" "$cups/out/bon/log" |
	    tail -n 1).prn")" DUPLICATA
done

# The paper runs out: the till closes all the same, the Z comes later, once.
mood paper
shift=$(sql "SELECT id FROM shift WHERE state = 'open' ORDER BY id DESC LIMIT 1")
has "the till closes without paper" \
    "$(comptoir -s "$shop" shift close "$shift" --uncounted --leave)" \
    "is closed"
z=$(sql "SELECT printf('Z%s-%06d', series, number) FROM shift
    WHERE id = $shift")
job=$(sql "SELECT id FROM print_job WHERE ref = '$z'")
check "it is said in one line" wait_for 10 says "out of paper; put a roll in"
is "the Z is not called printed" \
    "$(sql "SELECT count(*) FROM print_job WHERE ref = '$z'
    AND state = 'printed'")" 0
mood
check "and comes out with paper" wait_for 30 is_state "$job" printed
is "once" "$(came | grep -c "^comptoir-$job-")" 1
is "as the original" "$(grep -la "$z" "$cups"/out/bon/*.prn |
    xargs grep -c DUPLICATA)" 0
check "the shop is sound" comptoir -s "$shop" check
