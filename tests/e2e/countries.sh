#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 180
# A shop of each country, from its first day to a sale, its receipt and its
# report: Belgium, Cameroon, Quebec; then the verbs of tenders and customers.
. tests/lib.sh

# Makes a shop of COUNTRY with one thing to sell and says so.
country()	# COUNTRY PRICE CLASS
{
	shop=$T/$1
	COMPTOIR_SHOP=$shop
	export COMPTOIR_SHOP
	echo 'demo demo demo' | comptoir init "$shop" --country "$1" \
	    --company "Maison $1" --address 'Rue du Port 1' \
	    --tax-ids "ID $1" --printer file: --admin anna \
	    --password-stdin >"$T/out" 2>&1
	is "$1: made" "$?" 0
	comptoir set language en
	comptoir product add 1 Thing --price "$2" --tax "$3" >/dev/null
}

till()
{
	vt -- comptoir tty "$shop"
}

# What is queued for the printer, no-break spaces as blanks.
receipt()
{
	sum "SELECT slip FROM print_job WHERE kind = 'receipt'" |
	    sed 's/\xc2\xa0/ /g'
}

sum()		# SQL
{
	sqlite3 -readonly "$shop/shop.db" "$1"
}

# --- Belgium: only what is paid in cash is rounded (B02) ----------------------
country BE 23.47 standard
till <<'END'
note Belgium
wait "Who are you?"
send "anna\rdemo demo demo\r"
wait "F1Help"
send ":sell\r"
wait "code, name or scan"
send "1\r"
wait "23,47"
send "\r"
wait "Enter = Cash 23,45"
send "8c\r"
wait "15,45"
send "\r"
wait "PAID"
close
END
is "BE: by card to the cent, in cash to five" \
    "$(sum "SELECT group_concat(tender || ' ' || amount) FROM
	(SELECT * FROM payment ORDER BY id)")" "card 800,cash 1545"
is "BE: the rounding is its own" \
    "$(sum 'SELECT total, rounding FROM sale')" "2347|-2"
has "BE: on the receipt" "$(receipt)" "-0,02"
check "BE: the books are whole" comptoir check

# --- Cameroon: no decimals, mobile money (A14) --------------------------------
country CM 11925 standard
till <<'END'
note Cameroon
wait "Who are you?"
send "anna\rdemo demo demo\r"
wait "F1Help"
send ":sell\r"
wait "code, name or scan"
send "1\r"
wait "11\xC2\xA0925 F"
send "1@2500,50\r"
wait "decimals"
key Esc
send "\r"
wait "r Orange Money"
send "5000m 699112233\r"
wait "MTN MoMo"
wait "6\xC2\xA0925"
send ":confirmed MP240101\r"
wait "Enter = Cash 6\xC2\xA0925"
send "10000\r"
wait "CHANGE"
wait "3\xC2\xA0075"
close
END
is "CM: VAT of 19.25 % in whole francs" \
    "$(sum 'SELECT gross, net, vat FROM sale_vat')" "11925|10000|1925"
is "CM: both ways to pay" \
    "$(sum "SELECT group_concat(tender || ' ' || amount) FROM
	(SELECT * FROM payment ORDER BY id)")" "mobile 5000,cash 6925"
hasnt "CM: no decimals on the receipt" "$(receipt)" "925,00"
has "CM: francs on the receipt" "$(receipt)" "11 925"
is "CM: none in a report" "$(comptoir report day --format csv | grep -c \
    '[0-9],[0-9][0-9],\|\.00')" 0
comptoir currency set EUR 655.957 --worth
has "CM: the euro's parity" "$(comptoir currency list --format csv)" \
    "EUR,\"655,957\",EUR,655957,100000"
check "CM: the books are whole" comptoir check

# --- Quebec: two taxes on top, five cents in cash (A16, B01) ------------------
country CA-QC 20.00 standard
till <<'END'
note Quebec
wait "Who are you?"
send "anna\rdemo demo demo\r"
wait "F1Help"
send ":sell\r"
wait "code, name or scan"
send "1\r"
wait "23,00 $"
send "1@0.02\r"
wait "TVQ 9,975\xC2\xA0%"
send "\r"
wait "Enter = Cash 23,00"
send "\r"
wait "PAID"
close
END
is "CA-QC: GST and QST on the price" \
    "$(sum 'SELECT group_concat(name || vat) FROM
	(SELECT * FROM sale_vat ORDER BY part)')" "TPS100,TVQ200"
is "CA-QC: cash to five cents" \
    "$(sum 'SELECT s.total, s.rounding, p.amount FROM sale s, payment p')" \
    "2302|-2|2300"
has "CA-QC: both taxes on the receipt" "$(receipt)" "TVQ"
check "CA-QC: the books are whole" comptoir check

# --- the verbs ----------------------------------------------------------------
country FR 10.00 meal
is "tenders are listed" "$(comptoir tender list --format csv | tr -d '\r' |
    sed -n 's/^\(meal,t,.*,meal,1\),.*/\1/p')" \
    "meal,t,Meal voucher,meal,1"
comptoir tender set transfer active yes
comptoir tender set transfer letter v
has "a rule is changed" "$(comptoir tender list)" "transfer"
refuse "a letter twice" comptoir tender set transfer letter c
refuse "no such rule" comptoir tender set cash colour red
refuse "cash stays" comptoir tender set cash active no
comptoir currency set usd 1.1650
is "a rate is a fraction" \
    "$(comptoir currency list --format csv | tail -1 | tr -d '\r')" \
    'USD,"1,165",EUR,200,233'
refuse "no rate of zero" comptoir currency set usd 0
refuse "not our own" comptoir currency set EUR 1
refuse "no such currency" comptoir currency set XXX 1
comptoir currency set usd off
is "no longer taken" "$(comptoir currency list --format csv | wc -l)" 1
is "a customer" "$(comptoir customer add 'Éléonore Dupré' \
    --phone '06 12 34 56 78' --credit 100)" "customer 1 added"
has "found" "$(comptoir customer list ele --format json)" '"credit":10000'
refuse "a code twice" comptoir customer add X --code 1
refuse "no telephone" comptoir customer add X --phone abc
comptoir customer adjust 1 65 carried over
comptoir customer pay 1 30 --tender card
is "what is left" "$(comptoir customer show 1 --format csv | tail -1 |
    cut -d, -f8)" "35.00"
is "and how" "$(comptoir customer statement 1 --format csv | wc -l)" 3
refuse "not more than is owed" comptoir customer pay 1 35.01
refuse "not by a meal voucher" comptoir customer pay 1 1 --tender meal
is "no turnover" "$(sum "SELECT count(*) FROM sale")" 0
is "in the drawer's ledger" \
    "$(sum "SELECT tender, amount FROM drawer_move WHERE kind = 'pay_in'")" \
    "card|3000"
hasnt "no name in audit or journal" "$(sum 'SELECT detail FROM audit
    UNION ALL SELECT payload FROM journal')" "ore"
check "the books are whole" comptoir check
