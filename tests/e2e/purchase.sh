#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 180
# The catalogue and buying from a shell: a label's code, packs, one change of
# many and back, a file out as JSON and in again; ordered, received, invoiced.
. tests/lib.sh

mkshop "$T/shop"
c()
{
	comptoir -s "$shop" "$@"
}
json()	# KEY: of the first object
{
	tr ',' '\n' | sed -n "s/.*\"$1\":\"\{0,1\}\([^\"}]*\)\"\{0,1\}.*/\1/p" |
	    head -n 1
}
c set language en >/dev/null

check "a brand, allergens, content" c product set 3001 --brand Clairefontaine \
    --allergens none --content "250 g" --cost 1.20 --margin 40
is "it is known" "$(c product show 3001 --format json | json brand)" \
    "Clairefontaine"
is "no such allergen" "$(c product set 3001 --allergens gravel 2>&1 | wc -l)" 1
check "a pack" c pack set 3001 box 12 --barcode 4006381333931
is "its barcode is twelve" "$(c pattern test 4006381333931 --format json |
    json quantity)" "12000"
c pack set 3001 half 1.5 >"$T/out" 2>&1
is "a pack that does not divide" $? 65
has "a barcode of the shop's own" "$(c barcode make 3001)" "2900000000018"
check "a tree" c category set Papeterie --in Boutique 2>/dev/null ||
    c category set Boutique
check "a category within it" c category set Carnets --in Boutique
c category set Boutique --in Carnets >"$T/out" 2>&1
is "no circle" $? 65
check "a copy" c product copy 3001 3901 "Carnet bis"

before=$(c product show 1001 --format json | json price)
has "looked at first" "$(c product change caf --price +10% --dry-run)" 1001
is "and nothing changed" "$(c product show 1001 --format json | json price)" \
    "$before"
has "done" "$(c product change caf --price +10%)" "change 1"
has "and said in columns" "$(c product changes --format csv)" ",price,caf,,,"
has "the past price is known" "$(c product prices 1001)" "$(printf '%d,%02d' \
    $((before / 100)) $((before % 100)))"
check "taken back whole" c product undo 1
is "as it was" "$(c product show 1001 --format json | json price)" "$before"

c product export "$T/goods.json" --json --all
has "out and in again: nothing new" "$(c product import "$T/goods.json")" \
    "0 new, 0 changed"
printf 'code,name,tax_class,price\n9901,Caf\351,food,1\n' >"$T/latin.csv"
c product import "$T/latin.csv" >"$T/out" 2>&1
is "Latin-1 is refused" $? 65
has "and says how" "$(cat "$T/out")" "--encoding latin1"
has "read as it is meant" "$(c product import "$T/latin.csv" \
    --encoding latin1)" "1 new"
printf 'code,name,tax_class,price\n9902,"half a l' >"$T/half.csv"
c product import "$T/half.csv" >"$T/out" 2>&1
is "half a line" "$?:$(grep -c '^line 2:' "$T/out")" "65:1"
{
	printf 'code,name,tax_class,price\n9903,'
	head -c 10000000 /dev/zero | tr '\0' x
	printf ',food,1\n9904,Good,food,1\n'
} >"$T/wide.csv"
c product import "$T/wide.csv" >"$T/out" 2>&1
is "a field of 10 MB" "$?:$(grep -c '^line 2:' "$T/out")" "65:1"
printf '\377\376c\0' >"$T/utf16.csv"
c product import "$T/utf16.csv" >"$T/out" 2>&1
is "UTF-16" "$?:$(wc -l <"$T/out")" "65:1"

check "a supplier" c supplier add PAP "Papeteries du Port" --lead 3 \
    --discount 5
check "sells it" c supplier item PAP 3001 9.60 --pack 12 --ref CF-12
check "ordered" c purchase add PAP CF-12 2
is "sent" "$(c purchase send '#1')" "order PO-000001 to Papeteries du Port"
has "waited for" "$(c purchase due)" "PO-000001"
c receipt start PO-000001 >/dev/null
check "one box scanned" c receipt add '#1' 4006381333931
check "with freight" c receipt set '#1' --costs 1.20
has "what is missing" "$(c receipt gaps '#1' --format csv)" ",24,0,12,-12"
stock=$(c product show 3001 --format json | json stock)
is "into the stock" "$(c receipt post '#1')" "receipt REC-000001"
is "twelve more" "$(c product show 3001 --format json | json stock)" \
    "$((stock + 12000))"
is "in part" "$(c purchase list --format json | json state)" "partial"
c receipt start PO-000001 >/dev/null
is "as ordered: not a word" "$(c receipt add '#2' CF-12 12 2>&1 >/dev/null)" ""
has "far more than was ordered is said" "$(c receipt add '#2' CF-12 976 \
    2>&1 >/dev/null)" ": 1000 came, 24 were ordered"
has "and for a program" "$(c receipt gaps '#2' --format json)" \
    '"difference":976000'
check "taken off" c receipt add '#2' CF-12 -976
has "a lot that expired is said" "$(c receipt add '#2' CF-12 1 --lot A7 \
    --expiry 2020-01-02 2>&1 >/dev/null)" "lot A7 expired on 2020-01-02"
has "and for a program too" "$(c receipt show '#2' --format json)" \
    '"expired":true'
printf 'code;qty\n2001;1\n' >"$T/other.csv"
has "what nobody ordered, of a file" "$(c receipt import '#2' \
    "$T/other.csv" 2>&1 >/dev/null)" ": not on the order"
is "all of it is counted" "$(c receipt show '#2' --format csv | wc -l)" 4
check "that was a rehearsal" c receipt cancel '#2'
c bill add PAP F1 2026-11-20 10.00 --receipts REC-000001 >"$T/out" 2>&1
is "an invoice that differs" $? 75
check "one that does not" c bill add PAP F1 2026-11-20 10.32 \
    --receipts REC-000001
has "is due" "$(c bill list)" "2026-12-20"
check "paid" c bill pay PAP F1
check "given up" c purchase close PO-000001
has "the report" "$(c report purchases "$(date +%F)")" "PAP"
has "the price list" "$(c report prices)" "Clairefontaine"
check "labels" c label print 3001 --copies 2
check "a printer of pages" c printer add office file: --driver pdf
check "labels gathered" c label add 3001 3
check "and of what came" c label receipt REC-000001 --each
is "so many" "$(c label list --format json | json copies)" 12
has "looked at" "$(c label preview --sheet a4-3x8)" Clairefontaine
has "printed from the fifth on" "$(c label print --sheet a4-3x8 --start 5)" \
    "12 labels"
is "and gone from the list" "$(c label list --format csv | wc -l)" 1
c label print 3001 --sheet a4-9 >"$T/out" 2>&1
is "no such sheet" "$?:$(wc -l <"$T/out")" "65:1"
check "all holds" c check
