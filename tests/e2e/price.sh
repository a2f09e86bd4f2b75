#!/bin/sh
# SPDX-License-Identifier: ISC
# Price lists and promotions from the command line.
. tests/lib.sh

mkshop "$T/shop"
COMPTOIR_SHOP=$shop
export COMPTOIR_SHOP
comptoir set language en >/dev/null
p() { comptoir "$@"; }
check "coffee" p product add 9001 'Café' --price 2.50 --tax drink
check "wine" p product add 9090 'Vin' --price 5 --tax alcohol \
    --category Caves

check "a list" p price add happy --label 'Happy hour' --hours 17:00-19:00 \
    --days mon-fri
refuse "the same again" p price add happy
refuse "no hours" p price add x --hours 17
check "a price on it" p price set happy 9001 1.50
check "a dated one" p price set catalogue 9001 2.60 --from 2030-01-01
p price list --format csv >"$T/lists"
check "it is listed" grep -q '^happy,Happy hour,mon-fri 17:00-19:00,1,' \
    "$T/lists"
p price list happy --format json >"$T/prices"
check "with its price" grep -q '"price":150' "$T/prices"
p price list catalogue --format csv >"$T/dated"
check "and the dated one" grep -q '^9001,Café,2.60,2.50,2030-01-01,' \
    "$T/dated"
refuse "no such list" p price set nothing 9001 1
refuse "no such item" p price set happy 9099 1
refuse "a wrong day" p price set happy 9001 1 --from 2026-02-30

printf 'list,code,price\nhappy,9090,3.50\nhappy,9099,1\n' >"$T/bad.csv"
refuse "a bad line stops all" p price import "$T/bad.csv"
check "nothing came in" test "$(p price list happy --format csv | wc -l)" = 2
printf 'list,code,price,since,until\nhappy,9090,3.50,,\n' >"$T/good.csv"
check "a dry run" p price import "$T/good.csv" --dry-run
check "stores nothing" test "$(p price list happy --format csv | wc -l)" = 2
check "an import" p price import "$T/good.csv"
check "stores" test "$(p price list happy --format csv | wc -l)" = 3
check "a price goes" p price drop happy 9090
refuse "only once" p price drop happy 9090

check "a promotion" p promo add 3for2 n_for_m --n 3 --m 2 --items 9001
check "of a category" p promo add vins percent --percent 20 --items caves \
    --label 'Foire aux vins' --until 2030-12-31
check "a coupon" p promo add hello threshold --threshold 30 --amount 5 \
    --coupon HELLO --uses 1
refuse "a kind that is none" p promo add x something
refuse "half a promotion" p promo add x n_for_m --n 3
refuse "of nothing" p promo add x percent --percent 5 --items nothing
p promo list --format csv >"$T/promos"
check "they are listed" test "$(wc -l <"$T/promos")" -ge 4
check "in words" grep -q '^3for2,n_for_m,3 for 2,9001,,' "$T/promos"
check "with its category" grep -q '^vins,percent,.*,Caves,' "$T/promos"
p promo list >"$T/promos"
check "days as the country writes them" grep -q '31/12/2030' "$T/promos"
p promo list --format json >"$T/promos"
check "as stored for a program" grep -q '2030-12-31' "$T/promos"
check "a list with its days" p price add noel --from 2030-12-01 \
    --until 2030-12-25
p price list >"$T/lists"
check "days of a list, too" grep -q '01/12/2030.*25/12/2030' "$T/lists"
p price list --format csv >"$T/lists"
check "stored in a file" grep -q '2030-12-01.*2030-12-25' "$T/lists"
p price add gold --group gold 2>"$T/said"
check "a group nobody has is told" grep -q 'no customer is in the group "gold"' \
    "$T/said"
p promo add goldp percent --percent 5 --group gold 2>"$T/said"
check "of a promotion, too" grep -q '"gold"' "$T/said"
check "a customer" p customer add Roux --code R1
check "is in it" p price group R1 gold
p price add gold2 --group gold 2>"$T/said"
check "then nothing is" test ! -s "$T/said"
check "one ends" p promo end 3for2
refuse "once" p promo end 3for2
check "the list ends" p price end happy
check "the report" p report discounts
check "the shop is whole" p check
