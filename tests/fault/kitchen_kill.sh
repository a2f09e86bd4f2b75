#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 300
# The spooler killed at random moments with a kitchen's paper waiting, on its
# way and printing, at a print server and on a line of its own: each ticket
# comes out once, or again marked DUPLICATA, and none is lost.
# shellcheck disable=SC2119
. tests/lib.sh
. tests/paper.sh

note "SEED=$SEED KILLS=$KILLS"
paper_cups "MaxJobs 0"
paper_shop
D=$(mktemp -d /dev/shm/comptoir-test.XXXXXX) || exit 1
later "rm -rf '$D'"
mkfifo "$D/line"
start sh -c "exec cat <>'$D/line' >>'$T/line.out'"
reader=$pid

unended()
{
	[ "$(sql "SELECT count(*) FROM print_job WHERE state IN
	    ('queued', 'sending', 'sent')")" -gt 0 ]
}

taken_up()	# the spooler has one of them in hand
{
	[ "$(sql "SELECT count(*) FROM print_job WHERE state IN
	    ('sending', 'sent')")" -gt 0 ] || ! unended
}

# killed ROUND: two tickets, and a spooler that is killed while they are on
# their way: a moment after it took one up, or before.  It counts only where
# something was not through yet.
killed()
{
	spool
	jobs kitchen 2 "bon $1," >/dev/null
	rnd 4
	[ "$rnd" -eq 0 ] || wait_for 20 taken_up
	rnd 40
	sleep "$(printf '0.%03d' "$rnd")"
	kill -KILL "$spool"
	wait "$spool" 2>/dev/null
	if unended; then
		hits=$((hits + 1))
		states >>"$T/hits"
		echo >>"$T/hits"
	fi
}

rounds=0
hits=0
while [ $hits -lt "$KILLS" ] && [ $rounds -lt $((5 * KILLS)) ]; do
	rounds=$((rounds + 1))
	rnd 3
	[ "$rnd" -ne 0 ] || mood slow
	killed $rounds
	mood
done
is "killed while paper was on its way" $hits "$KILLS"
note "in $rounds rounds; what was on its way:" \
    "$(grep -o 'queued\|sending\|sent' "$T/hits" | sort | uniq -c |
    tr -s ' \n' ' ')"
spool
check "after $hits kills all tickets ended" wait_for 60 all_ended
note "print server: $(states)"
stop "$spool"
# Each paper's name is of its job; what stands on it says which ticket.
for paper in "$cups"/out/bon/*.prn; do
	what=$(grep -ao 'bon [0-9]*, [0-9]*' "$paper") || continue
	if grep -aq DUPLICATA "$paper"; then
		echo "again $what"
	else
		echo "$what"
	fi
done >"$T/came"
note "$(grep -c again "$T/came") of $(wc -l <"$T/came") marked"
is "each came out" "$(sed 's/^again //' "$T/came" | sort -u | wc -l)" \
    $((2 * rounds))
is "none twice without a mark" "$(grep -v again "$T/came" | sort | uniq -d)" ""
is "all of them are called printed" "$(sql "SELECT count(*) FROM print_job
    WHERE kind = 'kitchen' AND state <> 'printed'")" 0

# The same where nobody can be asked what became of it.
comptoir -s "$shop" printer set "$bar" connection "device:$D/line"
# A printer that takes no more than some bytes, so that a ticket is begun there
# and stays so: a pipe as good as full, that nobody reads meanwhile.
PIPE=65536
reads()	# WORDS: they came out of the pipe, and all that was before them
{
	grep -aq "$1" "$T/line.out"
}

# One that sees them through: a second death of the same ticket is one that a
# person has to look at.
through()
{
	spool
	wait_for 30 all_ended
	stop "$spool"
}

hits=0
before=$rounds
while [ $hits -lt "$KILLS" ] && [ $rounds -lt $((before + 5 * KILLS)) ]; do
	rounds=$((rounds + 1))
	echo "round $rounds" >"$D/line"
	wait_for 20 reads "round $rounds" || break
	kill -STOP "$reader"
	rnd 200
	head -c $((PIPE - rnd)) /dev/zero >"$D/line"
	killed $rounds
	kill -CONT "$reader"
	through
done
is "killed while it was on its way there" $hits "$KILLS"
note "in $((rounds - before)) rounds"
spool
check "on a line all tickets ended" wait_for 30 all_ended
note "line: $(states)"
stop "$spool"
tr -c '[:print:]' '\n' <"$T/line.out" | awk '
    /DUPLICATA/ { again = "again " }
    match($0, /bon [0-9]+, [0-9]+/) {
	print again substr($0, RSTART, RLENGTH)
	again = ""
    }' >"$T/came"
note "$(grep -c again "$T/came") of $(wc -l <"$T/came") marked"
is "each came out" "$(sed 's/^again //' "$T/came" | sort -u | wc -l)" \
    $((2 * (rounds - before)))
is "none twice without a mark" "$(grep -v again "$T/came" | sort | uniq -d)" ""
is "nobody has to look for one" "$(sql "SELECT count(*) FROM print_job
    WHERE kind = 'kitchen' AND state <> 'printed'")" 0
check "the shop is whole" comptoir -s "$shop" check
