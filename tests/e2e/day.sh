#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 400
# A whole day through the real ssh client: a seller, a cashier and a manager at
# once, 200 sales of every kind, X, Z, closings; then the books are added up
# again in plain SQL, by rules of their own, and must balance.
. tests/lib.sh

mkshop "$T/shop"
c() { comptoir -s "$shop" "$@"; }
c set language en >/dev/null
c set shift_open ask >/dev/null
c currency set USD 1.1650 >/dev/null
c customer add Roux --credit 500 --address "3 rue du Port;75013 Paris" \
    >/dev/null
c promo add croque percent --label "Happy croque" --percent 10 --items 1044 >/dev/null
port=$(free_port)
start comptoird "$shop" --listen "127.0.0.1:$port" -f 2>"$T/log"
wait_for 10 nc -z 127.0.0.1 "$port"
sales()
{
	sqlite3 "file:$shop/shop.db?mode=ro" \
	    "SELECT count(*) FROM sale WHERE state = 'paid'"
}

# Ten kinds, one after the other; each ends where the next begins.
kinds()	# COUNT
{
	i=0
	while [ "$i" -lt "$1" ]; do
		case $((i % 10)) in
		0) printf 'send "1001\\r\\r\\r"\nwait "PAID"\n' ;;
		1) printf 'send "2*1002\\r1044\\r\\rc\\r"\nwait "PAID"\n' ;;
		2) printf 'send "0,350*2001\\r\\r20\\r"\nwait "CHANGE"\n' ;;
		3) printf 'send "3*1003\\r:discount 5%%\\r\\r\\r"\nwait "PAID"\n' ;;
		4) printf 'send "1044\\r\\r5\\r"\nwait "Cash"\nsend "c\\r"\nwait "PAID"\n' ;;
		5) printf 'send "1043\\r\\rt\\r"\nwait "PAID"\n' ;;
		6) printf 'send "1044\\r\\r20usd\\r"\nwait "CHANGE"\n' ;;
		7) printf 'send "1001\\r1002\\r:81003\\r\\r\\r"\nwait "PAID"\n' ;;
		8) printf 'send "1044\\r:hold Table %d\\r"\nwait "held as"\nsend "1001\\r\\r\\r"\nwait "PAID"\nsend ":open Table %d\\r\\r"\nwait "Table %d"\nsend ":9"\nwait "Enter = "\nsend "\\r"\nwait "PAID"\n' "$i" "$i" "$i" ;;
		9) printf 'send "1044\\r1002\\r\\rq\\r123456\\r"\nwait "PAID"\n' ;;
		esac
		i=$((i + 1))
	done
}

before=$(sales)
# Three tills, each known by its key.
for who in seller cashier manager; do
	ssh-keygen -q -t ed25519 -N '' -f "$T/$who"
	c terminal add "Till $who" >/dev/null
	c terminal key add "Till $who" "$T/$who.pub" >/dev/null
done
at()	# WHO: the script on stdin, through ssh
{
	vt -- ssh -tt -p "$port" -i "$T/$1" -o IdentitiesOnly=yes \
	    -o LogLevel=ERROR -o StrictHostKeyChecking=no \
	    -o "UserKnownHostsFile=$T/hosts.$1" \
	    -o PreferredAuthentications=publickey "till$1@127.0.0.1"
}
enter()	# WHO
{
	printf 'wait "Who are you?"\nsend "%s\\rdemo\\r"\n' "$1"
}
opened()	# FLOAT
{
	printf 'send ":shift\\r"\nwait "The till is closed"\nsend "%s\\r"\n' \
	    "$1"
	printf 'wait "Open since"\nsend "\\e"\nwait "SALE"\n'
}

{
	enter seller
	printf 'wait "SALE"\n'
	i=0
	while [ "$i" -lt 60 ]; do
		printf 'send "1001\\r2*1044\\r"\nwait "3 items"\n'
		printf 'send "\\r"\nwait "handed to the till"\n'
		i=$((i + 1))
	done
	printf 'close\n'
} >"$T/seller.vt"
{
	enter cashier
	printf 'wait "SALE"\n'
	opened 150
	kinds 60
	printf 'send ":pay-out 5 bread\\r"\nwait "Pay-out"\n'
	i=0
	while [ "$i" -lt 60 ]; do
		printf 'key F6\nwait "Enter takes the marked"\nsend "\\r"\n'
		printf 'wait "F9 pays"\nkey F9\nwait "Enter = "\n'
		printf 'send "%s\\r"\nwait "PAID"\n' \
		    "$([ $((i % 2)) -eq 0 ] && echo c)"
		i=$((i + 1))
	done
	kinds 40
	printf 'close\n'
} >"$T/cashier.vt"
{
	enter manager
	printf 'wait "HOME"\nsend ":sell\\r"\nwait "SALE"\n'
	opened 100
	i=1
	while [ "$i" -le 10 ]; do
		printf 'send "1001@2\\r3*1002\\r\\r\\r"\nwait "PAID"\n'
		printf 'send ":return %d\\r"\nwait "Rest Item"\n' $((3 * i - 2))
		printf 'send "\\ta"\nkey F9\nwait "-"\nsend "\\r\\r"\nwait "BACK"\n'
		printf 'send ":gift 20\\r\\rc\\r"\nwait "PAID"\n'
		i=$((i + 1))
	done
	printf 'send "2*1044\\r:order Roux 2027-01-15\\r"\nwait "C-000001"\n'
	printf 'send ":open Roux\\r\\r"\nwait "C-000001"\n'
	printf 'send ":deposit 50%%\\r"\nwait "Deposit on"\n'
	printf 'send "\\rc\\r"\nwait "PAID"\n'
	printf 'close\n'
} >"$T/manager.vt"
for who in seller manager; do
	(
		at "$who" <"$T/$who.vt" >"$T/$who.out" 2>&1
		echo "$?" >"$T/$who.status"
	) &
done
at cashier <"$T/cashier.vt"
wait_for 200 test -s "$T/seller.status"
wait_for 200 test -s "$T/manager.status"
for who in seller manager; do
	is "the $who's day" "$(cat "$T/$who.status")" 0 ||
	    note "$(grep -A30 'not ok' "$T/$who.out" | head -60)"
done
n=$(($(sales) - before))
check "200 sales and more: $n" test "$n" -ge 200

# X any time, then each till's Z; the seller's took no money and has none.
open=$(sqlite3 "file:$shop/shop.db?mode=ro" \
    "SELECT id FROM shift WHERE state = 'open'")
is "two tills are open" "$(echo "$open" | wc -l)" 2
for shift in $open; do
	check "X of shift $shift" c shift x "$shift"
	check "Z of shift $shift" c shift close "$shift" --uncounted --leave
done
check "the day is closed" c journal close
check "every record is as it was written" c journal verify
check "the shop is sound" c check
is "the books, added up again, balance" \
    "$(sqlite3 "file:$shop/shop.db?mode=ro" <tests/books.sql)" ""
