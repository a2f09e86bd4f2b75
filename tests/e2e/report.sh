#!/bin/sh
# SPDX-License-Identifier: ISC
# A report is one file: each of sql/report is listed, runs, and says what its
# head promises, as CSV and as JSON.
# timeout: 180
. tests/lib.sh

mkshop || exit 1
c()
{
	comptoir -s "$shop" "$@"
}
today=$(date +%F)
c report --format csv >"$T/list"
for file in sql/report/*.sql; do
	name=$(basename "$file" .sql)
	has "$name is listed" "$(cat "$T/list")" "$name,"
	keys=$(sed -n 's/^-- column: *\([^ ]*\).*/\1/p' "$file" | paste -sd,)
	set -- report "$name"
	! grep -q '^-- param: *[^ ]* *day' "$file" || set -- "$@" "$today"
	c "$@" --format csv >"$T/csv" 2>"$T/err"
	is "$name as CSV" "$(head -n 1 "$T/csv" | tr -d '\r')" \
	    "$keys"
	check "$name as JSON" sh -c "'$B/comptoir' -s '$shop' $* --format \
	    json | python3 -c 'import json, sys; json.load(sys.stdin)'"
done

# One value behind the other; what would find nothing is said.
has "a report of a day and an item" "$(c report stock-moves "$today" 3001 \
    --format csv)" ",receipt,"
is "of another item none" "$(c report stock-moves "$today" 1002 \
    --format csv | wc -l)" 1
has "a report of a day in a place" "$(c report stock-value "$today" Quai \
    --format csv)" ",Quai,"
hasnt "and of no other" "$(c report stock-value "$today" Quai --format csv)" \
    ",Cave,"
has "a value too many" "$(c report stock-value "$today" Quai 3 2>&1)" \
    "at most 2 values"
refuse "a place there is none of" c report stock-value "$today" Nulle
refuse "an item there is none of" c report stock-moves "$today" 99999
is "the levels of a place" "$(c stock level --place Quai --category Cave \
    --format csv | tr -d '\r' | sed -n '2s/.*,//p')" 0
c place user seller Quai Cave
is "a list of places" "$(c stock show 3001 --format csv | wc -l)" 4
