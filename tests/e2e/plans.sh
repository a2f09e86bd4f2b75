#!/bin/sh
# SPDX-License-Identifier: ISC
# A till is as quick after ten years as on its first day: no statement of
# sql/query reads a table from end to end that grows with every sale, but for
# those below, which say why.
. tests/lib.sh

# Rows from the newest on, and few of them (LIMIT); what proves, archives or
# forgets reads everything.  The last ones go through the catalogue or who
# is signed in.
allowed='closing_list closing_audit invoice_all journal_time print_newest
    sale_posted_all shift_list voucher_all
    browse_low serial_lines price_all promo_all session_open_list'

# "name: plan" of every statement; a parameter that is not bound is NULL, and
# the plan is the same.
plans()
{
	for file in sql/query/*.sql; do
		awk '/^-- query: /{
			name = $3 ~ /^(check|archive)_|_forget_|_newest$/ ? \
			    "" : $3
			body = ""
			next
		    }
		    /^--/{ next }
		    NF == 0 && body == ""{ next }
		    name != ""{
			body = body $0 "\n"
			if ($0 ~ /;$/) {
				printf ".print = %s\nEXPLAIN QUERY PLAN %s",
				    name, body
				name = ""
			}
		    }' "$file"
	done | sqlite3 -readonly "$1/shop.db" 2>&1
}

mkshop >/dev/null
plans "$shop" >"$T/plans"
is 'every statement has a plan' \
    "$(grep -i '^\(parse \)\{0,1\}error' "$T/plans")" ''
is 'and there are many' "$(test "$(grep -c '^= ' "$T/plans")" -gt 300 &&
    echo yes)" yes

# The tables as statements call them; one whose alias is another table's is
# looked at all the same.
grown='sale|sale_line|payment|payment_settled|sale_vat|sale_discount|journal'
grown="$grown|audit|print_job|stock_move|drawer_move|duplicate|closing|shift"
grown="$grown|voucher|voucher_move|customer_entry|invoice|s|l|p|j|d|m|i|v|x|o"
awk -v grown="^($grown)\$" -v allowed=" $(echo "$allowed" | tr '\n' ' ') " '
	/^= /{ name = $2; next }
	{ sub(/^[ |`-]*/, "") }
	/^SCAN / && !/USING/ && $2 ~ grown &&
	    index(allowed, " " name " ") == 0{ print name ": " $0 }
' "$T/plans" >"$T/scans"
is 'nothing reads all of what grows' "$(cat "$T/scans")" ''
