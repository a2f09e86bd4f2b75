#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 120
# The command line: everything that lists as table, csv and json; what is
# refused, in one line and with its status; rights through a door.
. tests/lib.sh

mkshop "$T/shop"
COMPTOIR_SHOP=$shop
export COMPTOIR_SHOP

# Is the file JSON, of that kind (array, object)?
json()
{
	[ "$(sqlite3 :memory: \
	    "SELECT json_type(readfile('$T/out.json'))")" = "$1" ]
}

# Has every record of the CSV as many fields as its head?
csv()
{
	sqlite3 :memory: ".import --csv $T/out.csv t" \
	    "SELECT count(*) FROM t" >"$T/csv" 2>&1 &&
	    ! grep -q 'expected\|filling' "$T/csv"
}

lists()		# KIND COMMAND...
{
	kind=$1
	shift
	check "$*: a table" comptoir "$@"
	comptoir "$@" --format csv >"$T/out.csv" 2>"$T/err"
	check "$*: csv of one width" csv
	comptoir "$@" --format json >"$T/out.json" 2>>"$T/err"
	check "$*: json" json "$kind"
	is "$*: and not a word beside it" "$(cat "$T/err")" ""
}

# What is refused: the status of sysexits(3) and one line on stderr.
refused()	# STATUS PART COMMAND...
{
	status=$1
	part=$2
	shift 2
	comptoir "$@" >"$T/out" 2>"$T/err" </dev/null
	is "$*: status" "$?" "$status"
	is "$*: one line" "$(grep -c . "$T/err")" 1
	has "$*: says why" "$(cat "$T/err")" "$part"
	is "$*: nothing else" "$(cat "$T/out")" ""
}

comptoir line add Bar /dev/ttyS9 --speed 9600 >/dev/null
comptoir terminal add 'Back office' >/dev/null

# Each of the four says the language, the first that is set; C is English.
said()		# WORDS VARIABLE=VALUE...
{
	words=$1
	shift
	env -u LANGUAGE -u LC_ALL -u LC_MESSAGES "$@" comptoir nothing \
	    2>"$T/err"
	check "$*: $words" grep -q "$words" "$T/err"
}
said "pas de commande" LANG=fr_FR.UTF-8
said "no command" LANG=C.UTF-8
said "no command" LANG=fr_FR.UTF-8 LC_ALL=C
said "pas de commande" LANG=C LANGUAGE=fr:en

lists array tender list
lists array currency list
lists array customer list
lists array customer list --all
lists array sale list
lists array sale list --open
lists array sale list --all --limit 5
lists object sale show 1-000001
lists array report
for name in $(comptoir report --format csv | sed '1d;s/,.*//'); do
	lists array report "$name"
done
lists array report day yesterday
lists array audit --limit 20
lists array product list
lists array product find caf
lists object product show 1001
lists array stock level
lists array user list
lists array user key list admin
lists array session list
lists array terminal list
lists array terminal waiting
lists array line list
lists array printer list
lists array print list
has "a job's paper is shown as text" "$(comptoir print show 1)" "TEST"
refused 66 "there is no print job 999" print show 999
lists array set
lists array check
lists object health

has "money is in minor units beside its currency" \
    "$(comptoir product show 1001 --format json)" '"price":250'
has "and the currency is there" \
    "$(comptoir product show 1001 --format json)" '"currency":"EUR"'
has "csv has a point" "$(comptoir product show 1001 --format csv)" ",2.50,"
has "a table speaks French" "$(LANGUAGE=fr comptoir printer list)" desservie
hasnt "csv does not" "$(LANGUAGE=fr comptoir printer list --format csv)" \
    desservie
has "a report speaks French" "$(LANGUAGE=fr comptoir report)" \
    "TVA et règlements"

for program in comptoir comptoird comptoir-ssh comptoir-line comptoir-spool
do
	has "$program --version" "$($program --version)" "$program "
	has "$program --help" "$($program --help)" "usage: $program"
done
has "help of one command" "$(comptoir stock adjust --help)" "DELTA REASON"
has "half a command shows its kind" "$(comptoir stock --help)" "stock level"

# Stock, catalogue, settings: there and back.
comptoir stock adjust 2001 +1.250 count >/dev/null
was=$(comptoir stock level 2001 --format csv | tail -n 1)
comptoir stock adjust 2001 -1.250 count >/dev/null
check "a stock level moves" test "$was" != \
    "$(comptoir stock level 2001 --format csv | tail -n 1)"
comptoir product export >"$T/goods.csv"
comptoir product import "$T/goods.csv" >"$T/out"
has "what is exported is imported again" "$(cat "$T/out")" "0 new"
comptoir product export >"$T/again.csv"
check "and is the same" cmp "$T/goods.csv" "$T/again.csv"
comptoir set lock_minutes 7
is "a setting is kept" "$(comptoir set lock_minutes)" 7
has "and audited" "$(comptoir audit --limit 1)" lock_minutes
check "a test page" comptoir printer test paper
for kind in pi pc vt220 phone; do
	check "a recipe for $kind" comptoir terminal recipe $kind
done

# Every bad line is named and nothing is stored.
printf 'code,name,tax_class,price\n90,a,food,1.234\n91,,food,3\n%s' \
    '92,good,food,3
93,bad,nothing,4
' >"$T/bad.csv"
comptoir product import "$T/bad.csv" >"$T/out" 2>"$T/err"
is "a bad import: status" "$?" 65
is "each bad line and a sum" "$(grep -c '^line [235]:' "$T/err")" 3
has "in words" "$(cat "$T/err")" "3 bad lines; nothing was stored"
refused 66 "has the code 92" product show 92

refused 64 "no command nonsense" nonsense
refused 64 "usage: comptoir sale show NUMBER" sale show
refused 64 "table, csv or json" sale list --format xml
refused 66 "no ticket 999" sale show 999
refused 65 "no number" stock adjust 1001 many count
refused 65 "at most 2 decimals" product add 9001 Tea --price 1.234
refused 64 "not clean UTF-8" product add 9001 "$(printf 'a\377')" --price 1
refused 64 "not clean UTF-8" product add 9001 "$(printf 'a\033b')" --price 1
refused 65 "is no day" report day 2026-13-01
refused 65 "not in the calendar" report day 2026-02-30
refused 66 "no report is called" report nonsense
refused 66 "no setting" set nonsense
refused 65 "whole number" set lock_minutes soon
refused 66 "no printer" printer test nonsense
refused 66 "no recipe" terminal recipe nonsense
refused 66 "no user" user password nonsense
refused 65 "is not empty" init "$shop"
refused 66 "there is no shop" -s "$T/none" check
refused 66 "cannot open the backup" restore "$T/none"
refused 66 "cannot read" product import "$T/none"

# Through a door: the user's rights, and no file of the server.
id()
{
	sqlite3 "$shop/shop.db" "SELECT id FROM user WHERE name = '$1'"
}
cashier=$(id cashier)
manager=$(id manager)
comptoir user set cashier language fr
refused 77 "droit manquant" --door ssh --user "$cashier" -- report day
comptoir user set cashier language en
refused 77 "may not" --door ssh --user "$cashier" -- report day
refused 77 "may not" --door ssh --user "$cashier" -- user list
refused 77 "" --door ssh --user "$manager" -- product import /etc/passwd
refused 77 "" --door ssh --user "$manager" -- doctor
check "a manager reads the day" comptoir --door ssh --user "$manager" -- \
    report day
has "tty says what it takes" "$(comptoir tty --help)" "tty SHOP"
comptoir product list --format csv 2>"$T/err" | head -n 1 >/dev/null
hasnt "a reader that goes away is no crash" "$(cat "$T/err")" Sanitizer
comptoir product list >/dev/full 2>"$T/err"
is "a full device is said" "$?" 74
has "in words" "$(cat "$T/err")" "comptoir: "

# A disk that became read-only, in a mount namespace of its own.
frozen()
{
	# shellcheck disable=SC2016
	unshare -rm sh -c 'mount --bind "$0" "$0" &&
	    mount -o remount,ro,bind "$0" || exit 99
	    "$@"' "$shop" "$@"
}
if frozen true 2>/dev/null; then
	frozen comptoir stock adjust 1001 1 count >"$T/out" 2>"$T/err"
	is "a read-only disk: status" "$?" 74
	is "a read-only disk: one line" "$(grep -c . "$T/err")" 1
	has "a read-only disk is named" "$(cat "$T/err")" "Read-only"
	frozen comptoird -f --listen 127.0.0.1:0 "$shop" >"$T/out" 2>"$T/err"
	is "comptoird does not start on it" "$?" 74
	has "and says so" "$(grep '^comptoird: ' "$T/err")" "Read-only"
	frozen comptoir doctor >"$T/out" 2>/dev/null
	has "the doctor still looks at the rest" "$(cat "$T/out")" inotify
else
	skip "a read-only disk" "no mount namespace here"
fi

# A port somebody else has.
port=$(free_port)
start socat "TCP-LISTEN:$port,bind=127.0.0.1,fork" /dev/null
wait_for 5 grep -qi ":$(printf %04X "$port") 00000000:0000 0A" /proc/net/tcp
comptoird -f --listen "127.0.0.1:$port" "$shop" >"$T/out" 2>"$T/err"
is "a port in use: status" "$?" 65
has "a port in use is named" "$(grep '^comptoird: ' "$T/err")" \
    "127.0.0.1:$port is in use; stop the other program"

check "a backup is made" comptoir backup
check "the shop is whole" comptoir check
