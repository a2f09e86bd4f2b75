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
