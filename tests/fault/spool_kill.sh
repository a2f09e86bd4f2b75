#!/bin/sh
# SPDX-License-Identifier: ISC
# The spooler killed at random moments: every job comes out once, or is called
# "printed?" and came out at most once.
# timeout: 300
# shellcheck disable=SC2119
. tests/lib.sh
. tests/paper.sh

: "${KILLS:=20}" "${SEED:=$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}"
note "SEED=$SEED KILLS=$KILLS"

paper_cups "MaxJobs 0"
paper_shop
seed=$((SEED % 65536))
round=0
while [ $round -lt "$KILLS" ]; do
	round=$((round + 1))
	spool
	jobs receipt 2 >/dev/null
	seed=$(((seed * 25173 + 13849) % 65536))
	sleep "0.0$((seed % 90 + 10))"
	kill -KILL "$spool"
	wait "$spool" 2>/dev/null
done
spool
check "after $KILLS kills everything ended" wait_for 60 all_ended
note "$(states)"
is "nothing was lost" "$(sql "SELECT count(*) FROM print_job")" \
    $((1 + 2 * KILLS))
check "what is called printed came out once" each_once
twice=$(for id in $(sql "SELECT id FROM print_job
    WHERE state = 'printed?'"); do
	[ "$(came | grep -c "^comptoir-$id-")" -le 1 ] || echo "$id"
done)
is "what is called unsure at most once" "$twice" ""
is "nothing failed" "$(sql "SELECT count(*) FROM print_job
    WHERE state NOT IN ('printed', 'printed?')")" 0
is "no paper says DUPLICATA" \
    "$(grep -l DUPLICATA "$cups"/out/bon/*.prn)" ""
check "the shop is whole" comptoir -s "$shop" check
