#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 120
# Returns and vouchers from the shell: what is given back, what is refused in
# one line, and the report of what the shop owes.
. tests/lib.sh

mkshop "$T/shop" || exit 1
COMPTOIR_SHOP=$T/shop
export COMPTOIR_SHOP
"$B/tests/tool/sell" "$T/shop" 3 2 >"$T/sold"
ticket=$(sed -n 's/^ticket [0-9]* \([^ ]*\) .*/\1/p' "$T/sold" | head -n 1)
other=$(sed -n 's/^ticket [0-9]* \([^ ]*\) .*/\1/p' "$T/sold" | sed -n 2p)

one_line()	# TEXT PART COMMAND...: refused, in one line that says PART
{
	what=$1
	part=$2
	shift 2
	if said=$("$@" 2>&1); then
		not_ok "$what"
	elif [ "$(printf '%s\n' "$said" | wc -l)" -ne 1 ]; then
		not_ok "$what: $said"
	else
		has "$what" "$said" "$part"
	fi
}

has "a line comes back, the money too" \
    "$(comptoir sale return "$ticket" 1=1)" "given back"
one_line "not twice" "came back already" comptoir sale return "$ticket" 1=1
one_line "a line that is not there" "lines 1 to 2" \
    comptoir sale return "$ticket" 9
one_line "another shop's ticket" "there is no ticket" \
    comptoir sale return 9-000001
one_line "half a piece" "so much" comptoir sale return "$ticket" 2=0.5
one_line "cancelling what came back in part" "came back already" \
    comptoir sale cancel-ticket "$ticket" wrong table
has "the rest comes back as a credit note" \
    "$(comptoir sale return "$ticket" --tender credit --scrap)" "given back"
has "lists say so" "$(comptoir sale list --format json)" '"returned":"all"'
one_line "a reason is asked" "REASON" comptoir sale cancel-ticket "$other"
has "a whole ticket is cancelled" \
    "$(comptoir sale cancel-ticket "$other" rung up twice)" "given back"
one_line "once" "cancelled already" comptoir sale cancel-ticket "$other" again
is "nothing is left open" "$(comptoir sale list --open --format csv |
    tail -n +2)" ""

# Vouchers.
has "the note is there, its number hidden" \
    "$(comptoir voucher list --format csv)" '**** **** ****'
has "with what is on it" "$(comptoir voucher show 1 --format json)" \
    '"kind":"credit"'
comptoir voucher add --count 2 --format csv | tr -d '\r' >"$T/cards"
is "two cards are made" "$(wc -l <"$T/cards")" 3
number=$(sed -n '2s/^[0-9]*,//p' "$T/cards")
has "known by number" "$(comptoir voucher show "$number" --format csv)" blank
has "put on" "$(comptoir voucher adjust "$number" 25 from the old till)" 25
one_line "never below nothing" "not so much left" \
    comptoir voucher adjust "$number" -25.01 too much
check "taken off" comptoir voucher adjust "$number" -5 a mistake
has "all of it is logged" "$(comptoir voucher log "$number" --format csv)" \
    "a mistake"
check "blocked" comptoir voucher block "$number"
has "and says so" "$(comptoir voucher show "$number" --format csv)" blocked
check "good again" comptoir voucher unblock "$number"
check "extended" comptoir voucher extend "$number" 2031-01-31
has "until then" "$(comptoir voucher show "$number" --format csv)" 2031-01-31
one_line "a day that is none" "2031-02-31" \
    comptoir voucher extend "$number" 2031-02-31
one_line "unknown" "knows no voucher" comptoir voucher show 9800000000000005
one_line "wrong check digit" "a digit of that" \
    comptoir voucher show 9800000000000001
one_line "no number at all" "no voucher number" comptoir voucher show card
has "what the shop owes" "$(comptoir report vouchers --format csv)" \
    "gift,good,1,20.00"
check "the shop is well" comptoir check
check "the journal verifies" comptoir journal verify

# An order given up: nothing to say where none was deposited.
one_line "no such order" "there is no order" comptoir order cancel C-000009 x
one_line "no such place for a deposit" "voucher or kept" comptoir order \
    cancel C-000009 --deposit bin x
