#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 120
# Stations and what is before them, on the command line: made, routed, filled
# by a waiter's order, bumped, recalled, served.
. tests/lib.sh

mkshop "$T/shop"
c()
{
	comptoir -s "$shop" "$@"
}
c set language en >/dev/null

is "the demo has a kitchen, a cold one and a bar" "$(c station list --format csv |
    tail -n +2 | cut -d, -f1 | tr -d '\r' | tr '\n' ' ')" "Chaud Froid Bar "
is "the kitchen takes the rest" "$(c station list --format json |
    grep -o '"rest":true' | wc -l)" 1
is "the bar pours" "$(c station route --format csv | grep -c ',Bières,')" 1

check "the cold one goes" c station remove Froid
check "a third station" c station add Grill --warn 8 --late 15 \
    --display yes --fallback Chaud
is "it is there" "$(c station list --format csv | tr -d '\r' |
    grep '^Grill,')" "Grill,1,,Chaud,8,15,0"
is "no two of a name" "$(c station add Grill 2>&1 | grep -c already)" 1
c station set Grill --fallback Grill 2>"$T/err"
is "none stands in for itself" $? 65
c station set Grill --warn soon 2>"$T/err"
is "minutes are a number" $? 65
c station set Grill --display perhaps 2>"$T/err"
is "yes or no" $? 64
check "other minutes for starters" c station minutes Grill 1 4 6
is "they are kept" "$(c station minutes grill --format csv | tr -d '\r' |
    tail -n 1)" "1,Entrées,4,6"
check "one item goes there" c station route Grill --item 1040
is "an item or a category" "$(c station route Grill --item 1040 \
    --category Plats 2>&1 | wc -l)" 1
rule=$(c station route --format csv | grep '^[0-9]*,Grill,1040,' |
    cut -d, -f1)
check "the rule is known by its number" test -n "$rule"
c station route Grill --room Nowhere 2>"$T/err"
is "a room that is not" $? 66

c station route Grill --category Dessserts 2>"$T/err"
is "a category that is not" "$? $(cat "$T/err")" \
    '66 comptoir: there is no category "Dessserts"'
c course set 3 --category Dessserts 2>"$T/err"
is "nor for a course" "$? $(cat "$T/err")" \
    '66 comptoir: there is no category "Dessserts"'
check "one without items yet" c category set Glaces
check "a course for it" c course set 3 --category Glaces
check "a station" c station route Grill --category Glaces
c station route Grill --mode nowhere 2>"$T/err"
is "no way of consuming" $? 65
is "and no word of the database" "$(grep -c CHECK "$T/err")" 0

check "a room" c room add Étage
c room add étage 2>"$T/err"
is "no two rooms of a name" $? 65
c room add Cour --mode nowhere 2>"$T/err"
is "no way of consuming there" $? 65
c table add 81 --room Étage --cell 0 2>"$T/err"
is "a table stands somewhere" "$? $(cat "$T/err")" \
    "65 comptoir: --line is a number from 0 to 19"
check "a table in it" c table add 81 --room Étage --line 0 --cell 0
c room remove Étage 2>"$T/err"
is "not while a table stands there" $? 65
check "another name" c room set étage --name Balcon --mode on_site
is "it is kept" "$(c room list --format csv | tr -d '\r' |
    tail -n 1 | cut -d, -f2-)" "Balcon,on_site,1"
c booking add 'whenever 2 Nobody' 2>"$T/err"
is "when?" $? 65
c booking add '31/12 20h 2 Lefort, 0600000000, a quiet one' \
    --table 81 >"$T/booking"
booking=$(sed 's/[^0-9]*//' "$T/booking")
check "another table is kept" c booking table "$booking" 30
is "that one" "$(c booking list --format csv | tr -d '\r' |
    grep Lefort | cut -d, -f3-)" "2,Lefort,0600000000,30,a quiet one"
check "they do not come" c booking cancel "$booking"
is "nobody is awaited" "$(c booking list --format csv | grep -c Lefort)" 0
c booking cancel "$booking" 2>"$T/err"
check "not twice" test $? -ne 0
check "the table goes" c table remove 81
check "then the room" c room remove balcon
c table remove 81 2>"$T/err"
is "there is no such table" $? 66

is "nothing is to be made" "$(c kitchen list --format csv | wc -l)" 1
vt -- comptoir tty "$shop" <<'END'
wait "Who are you?"
send "waiter\rdemo\r"
wait "Salle"
send ":tab Paul\r"
wait "Paul"
send "1040\r2*1021\r1052\r"
wait "Plat du jour"
send "\r"
wait "4 items sent"
close
END
c kitchen list --format csv >"$T/all"
is "each at its station" "$(tr -d '\r' <"$T/all" | tail -n +2 |
    cut -d, -f1,2,3,4,6 | sort | tr '\n' ' ')" \
    "Bar,Paul,0,1,sent Chaud,Paul,2,0,sent Grill,Paul,1,1,sent "
is "one station alone" "$(c kitchen list bar --format json |
    grep -o '"qty":2000' | wc -l)" 1
is "two courses at the pass" "$(c kitchen pass --format csv | wc -l)" 3
check "somebody pours" c kitchen start Bar Paul
is "poured" "$(c kitchen bump Bar Paul)" "Paul: ready"
is "the same once more finds nothing" "$(c kitchen bump Bar Paul 2>&1)" \
    "comptoir: nothing of Paul is there"
is "taken back" "$(c kitchen recall Bar)" "Paul: to be made again"
c kitchen serve Paul 0 2>"$T/err"
is "nothing to serve" $? 65
check "poured again" c kitchen bump Bar Paul 0
is "to the table" "$(c kitchen serve Paul 0)" "Paul: served"
is "the starter is still made" "$(c kitchen pass --format csv | tr -d '\r' |
    tail -n 1 | cut -d, -f1,2,5,6,7,8)" "Paul,1,sent,1,0,Grill"
c station remove Grill 2>"$T/err"
is "not while it has work" $? 75
c kitchen bump Chaud Paul 2 2>"$T/err"
is "a course that waits is not made" $? 65
check "the starter is ready" c kitchen bump Grill Paul 1
check "it is served" c kitchen serve Paul
check "now it may go" c station remove Grill
is "its rules went with it" "$(c station route --format csv |
    grep -c Grill)" 0
is "each with who and when" "$(sqlite3 "file:$shop/shop.db?mode=ro" \
    "SELECT count(*) > 5 FROM audit WHERE action LIKE 'kitchen.%' OR
	action LIKE 'station.%'")" 1
check "check agrees" c check
