#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 120
# The command line of what makes entry fast: quick keys, patterns of labels,
# departments, serial numbers; and help that says what has to be given.
. tests/lib.sh

mkshop "$T/shop"
COMPTOIR_SHOP=$shop
export COMPTOIR_SHOP
comptoir set language en >/dev/null

note quick keys
check "a page" comptoir quickkey page 3 Desserts
check "a key" comptoir quickkey set 3 a '1001; 2*1034 tiède' --label Goûter
check "a department's price" comptoir quickkey set 3 b '7@1.20'
has "listed" "$(comptoir quickkey list --format csv)" \
    "3,Desserts,a,Goûter,\"1001; 2*1034 tiède\""
has "as json" "$(comptoir quickkey list --format json)" '"letter":"b"'
refuse "an item's price is the catalogue's" comptoir quickkey set 3 c 1001@1
refuse "no such code" comptoir quickkey set 3 c 99999
refuse "no such page" comptoir quickkey set 9 a 1001
refuse "no letter" comptoir quickkey set 3 1 1001
comptoir quickkey export >"$T/keys.csv"
check "the page goes" comptoir quickkey remove 3
hasnt "and is gone" "$(comptoir quickkey list)" Goûter
check "and comes back" comptoir quickkey import "$T/keys.csv"
comptoir quickkey export >"$T/again.csv"
check "the same" cmp "$T/keys.csv" "$T/again.csv"
printf 'terminal,page,title,letter,label,items\n,1,B,a,,1001\n,1,B,b,,nix\n' |
    comptoir quickkey import - >"$T/out" 2>"$T/err"
is "a bad line is an error" "$?" 65
has "named" "$(cat "$T/err")" "line 3:"
check "of one till" comptoir quickkey page 1 Bar --terminal 'Caisse 1'
check "its key" comptoir quickkey set 1 a 1021 --terminal 'Caisse 1'
is "it has its own" "$(comptoir quickkey list --terminal 'Caisse 1' \
    --format csv | tr -d '\r' | sed 1d)" "1,Bar,a,Demi pression 25 cl,1021"

note patterns
has "the usual ones" "$(comptoir pattern list)" 21IIIIIWWWWWC
check "one more" comptoir pattern add 28IIIIIPPPPPC
has "with the money's decimals" "$(comptoir pattern list --format csv)" \
    "28IIIIIPPPPPC,2"
has "it reads" "$(comptoir pattern test 2801001005005)" "Café"
refuse "another that reads the same" comptoir pattern add 28IIIIWWWWWWC
refuse "no pattern" comptoir pattern add 28XX
check "it goes" comptoir pattern remove 28IIIIIPPPPPC
refuse "and is gone" comptoir pattern test 2801001005005

note departments and serial numbers
check "a department" comptoir product add 8 Presse --kind department \
    --tax press --min-price 0.50 --max-price 20
has "shown" "$(comptoir product show 8 --format json)" '"kind":"department"'
has "its limits" "$(comptoir product show 8)" "20,00"
refuse "least above most" comptoir product set 8 --min-price 30
check "serial numbers" comptoir product add 9202 Montre --price 120 \
    --tax standard --serials yes
refuse "of pieces only" comptoir product set 2001 --serials yes
comptoir serial find X1 >"$T/out"
is "none sold" "$(sed 1d "$T/out")" ""

note help
has "what has to be given stands without brackets" \
    "$(comptoir user add --help)" " --role ROLE ["
