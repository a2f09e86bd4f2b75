#!/bin/sh
# SPDX-License-Identifier: ISC
# A till is as quick after ten years as on its first day: no statement of
# sql/query reads a table from end to end that grows with every sale, but for
# those below, which say why.
. tests/lib.sh

# Rows from the newest on, and few of them (LIMIT); what proves, archives or
# forgets reads everything.
allowed='closing_list closing_audit invoice_all journal_time print_newest
    sale_posted_all shift_list voucher_all'

# "= name" and the plan of every statement, "@ alias table" before it; a
# parameter that is not bound is NULL, and the plan is the same.
plans()
{
	cat sql/query/*.sql | awk '
	function aliases(text,    word, n, i)
	{
		n = split(text, word, /[ \t\n(),;]+/)
		for (i = 1; i < n; i++) {
			if (word[i] != "FROM" && word[i] != "JOIN") {
				continue
			}
			if (word[i + 2] == "AS") {
				printf ".print @ %s %s\n", word[i + 3],
				    word[i + 1]
			} else if (word[i + 2] ~ /^[a-z]+$/) {
				printf ".print @ %s %s\n", word[i + 2],
				    word[i + 1]
			}
		}
	}
	/^-- query: /{
		name = $3 ~ /^(check|archive)_|_forget_|_newest$/ ? "" : $3
		body = ""
		next
	}
	/^--/{ next }
	NF == 0 && body == ""{ next }
	name != ""{
		body = body $0 "\n"
		if ($0 ~ /;$/) {
			if (body !~ /[{]/) {
				printf ".print = %s\n", name
				aliases(body)
				printf "EXPLAIN QUERY PLAN %s", body
			}
			name = ""
		}
	}' | sqlite3 -readonly "$1/shop.db" 2>&1
}

mkshop >/dev/null
plans "$shop" >"$T/plans"
is 'every statement has a plan' \
    "$(grep -i '^\(parse \)\{0,1\}error' "$T/plans")" ''
is 'and there are many' "$(test "$(grep -c '^= ' "$T/plans")" -gt 300 &&
    echo yes)" yes

grown='sale sale_line payment payment_settled sale_vat sale_discount journal
    audit print_job stock_move drawer_move duplicate closing shift voucher
    voucher_move customer_entry invoice serving serving_line serving_event
    kitchen_line kitchen_event booking'
awk -v grown=" $(echo "$grown" | tr -s '\n ' ' ') " \
    -v allowed=" $(echo "$allowed" | tr -s '\n ' ' ') " '
	/^= /{ name = $2; delete table; next }
	/^@ /{ table[$2] = $3; next }
	{ sub(/^[ |`-]*/, "") }
	/^SCAN / && !/USING/ && index(allowed, " " name " ") == 0{
		what = $2 in table ? table[$2] : $2
		if (index(grown, " " what " ") > 0) {
			print name ": " what
		}
	}
' "$T/plans" >"$T/scans"
is 'nothing reads all of what grows' "$(cat "$T/scans")" ''
