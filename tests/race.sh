# SPDX-License-Identifier: ISC
# shellcheck shell=sh disable=SC2034,SC2154
# For races in room and kitchen: a demo shop, and acts at one moment by
# processes of their own (tests/tool/cook.c).  Sourced after lib.sh.
#
#	sql STATEMENT
#	cook ACT AT TABLE [WHAT [USER]]
#	order TABLE CODES
#	both "ACT TABLE [WHAT [USER]]" "ACT TABLE [WHAT [USER]]"
#			at one moment, the second $later ms after (or before)
#			the first; "ok" or the error of each is $first, $second
#	longest		ms that the slowest of them took

note "SEED=$SEED"
mkshop "$T/shop" || exit 1
COMPTOIR_SHOP=$T/shop
export COMPTOIR_SHOP
# One kitchen makes all that is eaten at the demo's thirty tables.
comptoir station remove Froid >/dev/null || exit 1
later=0

sql()
{
	sqlite3 -readonly -cmd '.timeout 5000' "$shop/shop.db" "$1"
}

cook()
{
	"$B/tests/tool/cook" "$shop" "$@" 2>>"$T/err"
}

order()
{
	[ "$(cook order 0 "$1" "$2")" = "ok 0" ] || not_ok "table $1 orders"
}

race_one()	# MOMENT ACT TABLE [WHAT [USER]]
{
	race_at=$1 race_act=$2
	shift 2
	cook "$race_act" "$race_at" "$@"
}

both()
{
	race_soon=$(($(date +%s%3N) + 500))
	# shellcheck disable=SC2086
	race_one $race_soon $1 >"$T/first" &
	race_first=$!
	# shellcheck disable=SC2086
	race_one $((race_soon + later)) $2 >"$T/second" &
	wait $race_first
	wait $!
	first=$(cut -d ' ' -f 1 "$T/first")
	second=$(cut -d ' ' -f 1 "$T/second")
	cat "$T/first" "$T/second" >>"$T/said"
}

longest()
{
	cut -d ' ' -f 2 "$T/said" | sort -n | tail -n 1
}
