#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 120
# What papers look like, from the shell: every template is shown, changed from
# a file, tried before it is in force, refused with the number of its line, and
# put back; papers as plain text, ready for a mail; invoices by number.
. tests/lib.sh

mkshop "$T/shop" || exit 1
COMPTOIR_SHOP=$T/shop
export COMPTOIR_SHOP
comptoir set language en >/dev/null
"$B/tests/tool/sell" "$T/shop" 3 2 >"$T/sold"
ticket=$(sed -n 's/^ticket [0-9]* \([^ ]*\) .*/\1/p' "$T/sold" | head -n 1)

one_line()	# TEXT PART COMMAND...: refused, in one line that says PART
{
	what=$1
	part=$2
	shift 2
	if said=$("$@" 2>&1 >"$T/out"); then
		not_ok "$what"
	elif [ "$(printf '%s\n' "$said" | wc -l)" -ne 1 ]; then
		not_ok "$what: $said"
	elif [ -s "$T/out" ]; then
		not_ok "$what: something came out all the same"
	else
		has "$what" "$said" "$part"
	fi
}

widest()	# FILE: columns of its widest line
{
	wc -L <"$1"
}

# --- list and show ----------------------------------------------------------

kinds="receipt note quotation invoice x z credit-note gift-card drawer account"
is "the papers" "$(comptoir document list --format csv |
    sed '1d; s/,.*//' | tr -d '\r' | tr '\n' ' ')" "$kinds "
hasnt "none is changed" "$(comptoir document list --format json)" \
    '"own":true'
for kind in $kinds; do
	comptoir document show "$kind" >"$T/$kind" 2>&1
	check "$kind has a template" grep -q '{company}' "$T/$kind"
done
one_line "no such paper" "one of receipt, note" comptoir document show bon

# --- tried on the newest thing ----------------------------------------------

comptoir customer add Roux --code R1 --credit 500 \
    --address '3 rue du Port;75013 Paris' >/dev/null
one_line "no invoice yet" "nothing yet to show" comptoir document preview \
    invoice
check "an invoice of a ticket" comptoir invoice make "$ticket" R1
check "a pay-out" comptoir shift pay-out 5 bread
check "goods come back as a credit note" comptoir sale return "$ticket" \
    --tender credit
for kind in receipt note quotation invoice x credit-note drawer; do
	for columns in 32 42 48; do
		comptoir document preview "$kind" --columns "$columns" \
		    >"$T/paper" 2>"$T/err"
		check "$kind on $columns columns" test -s "$T/paper"
		check "$kind fits $columns columns" \
		    test "$(widest "$T/paper")" -le "$columns"
	done
done
has "the X says which program and module" \
    "$(comptoir document preview x)" "comptoir 0"
number=$(comptoir voucher list --format json |
    sed 's/.*"number":"[* ]*\([0-9]*\)".*/\1/')
hasnt "a preview shows no number that is money" \
    "$(comptoir document preview credit-note)" "$number"
one_line "too narrow" "20 to 132" comptoir document preview x --columns 5
for columns in 32 42 48; do
	comptoir document preview receipt --columns "$columns" >"$T/a"
	comptoir document preview receipt --columns "$columns" >"$T/b"
	check "the same each time ($columns)" cmp "$T/a" "$T/b"
done

# --- another one, from a file -----------------------------------------------

cat >"$T/mine" <<'END'
% ours
^*{company}
{each lines}
{qty} {label} >> {full}
{end}
TOTAL TO PAY >> {total}
^See you at {company}
END
has "tried before it is in force" \
    "$(comptoir document preview receipt --file "$T/mine")" "TOTAL TO PAY"
hasnt "which changes nothing" "$(comptoir document preview receipt)" \
    "TOTAL TO PAY"
check "in force" comptoir document set receipt "$T/mine"
has "it is" "$(comptoir document preview receipt)" "TOTAL TO PAY"
is "it is read back as it was written" "$(comptoir document show receipt)" \
    "$(cat "$T/mine")"
has "the list says so" "$(comptoir document list --format csv |
    grep '^receipt,')" ",1"
has "a ticket already printed looks so, too" \
    "$(comptoir document text "$ticket")" "See you at"
comptoir document show receipt | sed 's/See you/Soon/' |
    comptoir document set receipt -
has "by a pipe" "$(comptoir document preview receipt)" "Soon at"
has "audited" "$(comptoir audit --format csv)" "document.template"

# --- no template ------------------------------------------------------------

refused()	# TEXT PART TEMPLATE
{
	printf '%b' "$3" >"$T/bad"
	one_line "$1" "$2" comptoir document set receipt "$T/bad"
	one_line "$1, tried" "$2" comptoir document preview receipt \
	    --file "$T/bad"
}
refused "a list that does not end" "line 3" '^{company}\n{each lines}\nx\n'
refused "an end too many" "line 2" 'x\n{end}\n'
refused "no name" "line 1: a name is" '{Company}\n'
refused "half a field" "line 2" 'a\n{company\n'
refused "two free cells" "line 1" '| {a} | {b}\n'
printf 'a\033b\n' >"$T/bad"
one_line "control characters" "clean" comptoir document set receipt "$T/bad"
printf 'a\000b\n' >"$T/bad"
one_line "a zero byte" "clean" comptoir document set receipt "$T/bad"
: >"$T/bad"
one_line "nothing" "reset" comptoir document set receipt "$T/bad"
awk 'BEGIN { for (i = 0; i < 5000; i++) print "abcd" }' >"$T/bad"
one_line "too long" "16384" comptoir document set receipt "$T/bad"
one_line "no such file" "nowhere" comptoir document set receipt \
    "$T/nowhere"
one_line "no such paper" "one of" comptoir document set bon "$T/mine"
has "what was in force still is" "$(comptoir document preview receipt)" \
    "Soon at"
check "the usual one again" comptoir document reset receipt
is "as it was" "$(comptoir document show receipt)" "$(cat "$T/receipt")"
check "twice does no harm" comptoir document reset receipt

# --- papers as text, ready for a mail ---------------------------------------

comptoir document text "$ticket" --columns 60 >"$T/mail"
has "a ticket" "$(cat "$T/mail")" "Ticket $ticket"
check "no control characters" sh -c "! LC_ALL=C grep -q '[[:cntrl:]]' \
    '$T/mail'"
check "clean UTF-8" iconv -f UTF-8 -t UTF-8 -o /dev/null "$T/mail"
check "not wider than asked" test "$(widest "$T/mail")" -le 60
has "an invoice by its number" "$(comptoir document text F0-000001)" "Roux"
one_line "no such number" "no invoice" comptoir document text F0-000009
one_line "no number" "F1-000003" comptoir document text Fx

# --- invoices: a series of their own, no turnover ---------------------------

z()
{
	comptoir shift show --format json | sed 's/.*"amount":\([-0-9]*\).*/\1/'
}
before=$(z)
sold=$(sed -n 's/^ticket [0-9]* \([^ ]*\) .*/\1/p' "$T/sold" | sed -n 2p)
has "the next number of the series" \
    "$(comptoir invoice make "$sold" R1)" "F0-000002"
is "no turnover twice" "$(z)" "$before"
has "asked for again it is the same one" \
    "$(comptoir invoice make "$sold" R1)" "F0-000002"
is "two invoices" "$(comptoir invoice list --format csv | sed 1d | wc -l)" 2
check "and a duplicate on paper" wait_for 10 sh -c \
    "comptoir print list --format csv | grep -q 'F0-000002-D1'"
one_line "nobody to invoice" "no customer has" comptoir invoice make \
    "$sold" R9
one_line "no ticket" "no ticket" comptoir invoice make 9-000001 R1
check "the journal holds" comptoir journal verify
check "the books too" comptoir check

# --- the Z, once it is there ------------------------------------------------

check "closed" comptoir shift close --uncounted --leave
comptoir document preview z --columns 32 >"$T/paper"
has "the Z" "$(cat "$T/paper")" "CLOSING Z0-000001"
check "fits 32 columns" test "$(widest "$T/paper")" -le 32
one_line "and no X any more" "nothing yet to show" comptoir document preview x

# --- somebody asks to be forgotten ------------------------------------------

has "forgotten" "$(comptoir customer erase R1)" "EFFACE"
one_line "no longer known" "no customer has" comptoir customer show R1
hasnt "by name neither" "$(comptoir customer list --all --format csv)" Roux
has "the invoice is whole" "$(comptoir document text F0-000001)" "Roux"
check "the journal verifies" comptoir journal verify
