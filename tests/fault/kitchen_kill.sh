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

# killed ROUND: two tickets, and a spooler that does not see them through
killed()
{
	spool
	jobs kitchen 2 "bon $1," >/dev/null
	rnd 120
	sleep "$(printf '0.%03d' $((rnd + 5)))"
	kill -KILL "$spool"
	wait "$spool" 2>/dev/null
}

i=0
while [ $i -lt "$KILLS" ]; do
	i=$((i + 1))
	rnd 3
	[ "$rnd" -ne 0 ] || mood slow
	killed $i
	mood
done
spool
check "after $KILLS kills all tickets ended" wait_for 60 all_ended
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
    $((2 * KILLS))
is "none twice without a mark" "$(grep -v again "$T/came" | sort | uniq -d)" ""
is "all of them are called printed" "$(sql "SELECT count(*) FROM print_job
    WHERE kind = 'kitchen' AND state <> 'printed'")" 0

# The same where nobody can be asked what became of it.
comptoir -s "$shop" printer set "$bar" connection "device:$D/line"
while [ $i -lt $((2 * KILLS)) ]; do
	i=$((i + 1))
	killed $i
done
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
    $((2 * KILLS))
is "none twice without a mark" "$(grep -v again "$T/came" | sort | uniq -d)" ""
is "nobody has to look for one" "$(sql "SELECT count(*) FROM print_job
    WHERE kind = 'kitchen' AND state <> 'printed'")" 0
check "the shop is whole" comptoir -s "$shop" check
