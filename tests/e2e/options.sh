#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 120
# Options and variants on the command line: kept one by one, as JSON, and as
# files that go out and come in again unchanged; a bad line stores nothing.
. tests/lib.sh

mkshop "$T/shop"
c()
{
	comptoir -s "$shop" "$@"
}
c set language en >/dev/null

is "the demo's steak asks how it is done" "$(c product option list 1047 \
    --format json | grep -o '"choice":"saignant"' | wc -l)" 1
is "the menu's wine is a part of its price" "$(c product option list 1053 \
    --format csv | grep -c '^1053,Boisson,1,1,1,1,Verre de rouge,1026,0.00,')" 1
is "the entrecôte has three questions: one, one or two, none or one" \
    "$(c product option list 1046 --format csv | tail -n +2 |
    cut -d, -f2-4 | uniq | tr '\n' ' ')" "Cuisson,1,1 Garniture,1,2 Sauce,0,1 "
is "a dish of the day is on, so many of it" "$(c dish list --format csv |
    tail -n 1 | cut -d, -f2,3,5 | tr -d '\r')" "Blanquette de veau,20,Chaud"
check "a supplement" c product option add 1047 Avec "frites maison" \
    --price 2.50
is "the question keeps its bounds" "$(c product option list 1047 \
    --format csv | grep 'frites maison' | tr -d '\r')" \
    "1047,Avec,0,2,0,3,frites maison,,2.50,0,"
is "no discount by the back door" "$(c product option add 1047 Avec moins \
    --price=-1 2>&1 | wc -l)" 1

c product option export "$T/options.csv"
c product variant export "$T/variants.csv"
check "options come in again" c product option import "$T/options.csv"
check "variants come in again" c product variant import "$T/variants.csv"
c product option export "$T/options2.csv"
c product variant export "$T/variants2.csv"
is "the same options" "$(cmp "$T/options.csv" "$T/options2.csv" 2>&1)" ""
is "the same variants" "$(cmp "$T/variants.csv" "$T/variants2.csv" 2>&1)" ""

cat >"$T/bad.csv" <<'END'
code,group,choice,least,most,price
1047,Avec,moutarde,0,2,0.50
1047,Avec,rien,0,2,cheap
9999,Avec,rien,0,2,1
END
c product option import "$T/bad.csv" >"$T/out" 2>&1
is "bad lines are refused" $? 65
is "each with its number" "$(grep -c '^line [34]:' "$T/out")" 2
is "and nothing is stored" "$(c product option list 1047 --format csv |
    grep -c moutarde)" 0

check "a size more" c product variant add 4000 4007 XXL noir --delta 3.00 \
    --barcode 4006381333931
is "it is a product" "$(c product show 4007 --format csv | tail -n 1 |
    cut -d, -f2,7)" "T-shirt du Comptoir XXL noir,21.00"
is "of its template" "$(c product variant list 4000 --format json |
    grep -o '"code":"4007"' | wc -l)" 1

axes=$(c product variant list 4000 --format csv | tail -n 1 | cut -d, -f2)
sizes=${axes%|*}=S,XXL,3XL colours="${axes#*|}=noir,vert d'eau:+2.00"
is "all sizes and colours, looked at first" "$(c product variant make 4000 \
    "$sizes" "$colours" --dry-run --format csv | tr -d '\r' |
    grep -c ',1$')" 4
is "stores nothing" "$(c product variant list 4000 --format csv |
    grep -c 3XL)" 0
is "made with codes, prices and barcodes" "$(c product variant make 4000 \
    "$sizes" "$colours" --barcodes --format csv | grep 3XL-VERT |
    tr -d '\r' | sed 's/,29[0-9]\{11\},/,EAN,/')" \
    "4000-3XL-VERT-D-EAU,3XL,vert d'eau,2.00,20.00,EAN,1"
is "and once only" "$(c product variant make 4000 "$sizes" "$colours" \
    --format json | grep -o '"new":true' | wc -l)" 0

# At the till, and on the ticket.
vt -- comptoir tty "$shop" <<'END'
note a steak, a menu and a T-shirt
wait "Who are you?"
send "cashier\rdemo\r"
wait "SALE"
send "1047\r"
wait "Cuisson  1/2"
send "2\r\r"
wait "saignant"
send "1053.3.1.1\r"
wait "Six huîtres"
send "1046\r"
wait "Cuisson  1/3"
note nothing is sold before it is said how
send "\r"
expect "Cuisson  1/3"
send "2\r"
wait "Garniture  2/3"
send "1\r4\r\r"
wait "Sauce  3/3"
send "1\r"
wait "gratin"
expect "saignante"
expect "poivre"
send "4000\r"
wait "Taille"
send "3\r1\r"
wait "T-shirt du Comptoir L noir"
send ":mode on_site\r"
wait "on the spot"
send "\r\r"
wait "PAID"
close
END
check "the shop is sound" c check
is "wine at 20, food at 10, in one menu" "$(sqlite3 "$shop/shop.db" "
    SELECT count(DISTINCT rate) FROM sale_line WHERE parent =
    (SELECT max(id) FROM sale_line WHERE code = '1053' AND parent IS NULL
    AND qty > 0 AND words = '' AND amount = 0)")" 2
