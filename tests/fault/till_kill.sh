#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 200
# kill -9 of a till at random moments, while it rings up and while it is paid:
# every line it had shown is there once, a payment is whole or not at all, and
# the next login goes on.
. tests/lib.sh

: "${KILLS:=20}" "${SEED:=$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}"
note "SEED=$SEED KILLS=$KILLS"
seed=$SEED
random()	# below $1, in $number: the same numbers for the same seed
{
	seed=$(((seed * 1103515245 + 12345) % 2147483648))
	number=$((seed / 65536 % $1))
}

mkshop "$T/shop"
comptoir -s "$shop" set language en >/dev/null
till()		# on the console, the script on stdin
{
	{
		printf 'wait "Who are you?"\nsend "cashier\\rdemo\\r"\n'
		cat
	} | "$B/tests/tool/vt" -- comptoir tty "$shop" >"$T/till" 2>&1
}
open_lines()
{
	comptoir -s "$shop" sale list --open --format json |
	    sed -n 's/.*"lines":\([0-9]*\).*/\1/p'
}
tickets()
{
	comptoir -s "$shop" sale list --format json | grep -o '"ticket"' |
	    wc -l
}
# What the screen said last: "N items"; one line alone says nothing.
shown()
{
	sed -n 's/^# |  \([0-9][0-9]*\) items.*/\1/p' "$T/till" | tail -n 1
}

lost=0
twice=0
i=0
while [ "$i" -lt $(((KILLS + 1) / 2)) ]; do
	i=$((i + 1))
	random 60
	till <<END
wait "code, name or scan"
send "1001\r1001\r1001\r1001\r1001\r1001\r1001\r1001\r1001\r1001\r"
during $number
signal KILL
screen
END
	have=$(open_lines)
	seen=$(shown)
	[ "${have:-0}" -ge "${seen:-0}" ] || {
		lost=$((lost + 1))
		note "shown $seen, stored $have"
	}
	[ "${have:-0}" -le $((${before:-0} + 10)) ] || twice=$((twice + 1))
	before=${have:-0}
done
is "no line that was shown is lost" "$lost" 0
is "none is there twice" "$twice" 0

torn=0
paid=$(tickets)
i=0
while [ "$i" -lt $((KILLS / 2)) ]; do
	i=$((i + 1))
	random 40
	till <<END
wait "code, name or scan"
send "1001\r"
wait "TOTAL"
key F9
wait "e Cash"
send "\r"
during $number
signal KILL
screen
END
	now=$(tickets)
	lines=$(open_lines)
	# Paid: one ticket more, nothing open.  Not: the sale is still there.
	if [ "$now" -eq $((paid + 1)) ] && [ -z "$lines" ]; then
		:
	elif [ "$now" -eq "$paid" ] && [ -n "$lines" ] &&
	    ! grep -q PAID "$T/till"; then
		:
	else
		torn=$((torn + 1))
		note "tickets $paid -> $now, open ${lines:-none}"
	fi
	paid=$now
done
is "a payment is whole or not at all" "$torn" 0
till <<'END'
wait "code, name or scan"
send "1001\r"
wait "TOTAL"
key F9
wait "e Cash"
send "\r"
wait "PAID"
END
is "the next login pays" "$(tickets)" "$((paid + 1))"
check "the shop is sound" comptoir -s "$shop" check
