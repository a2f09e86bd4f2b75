#!/bin/sh
# SPDX-License-Identifier: ISC
# A backup comes back: what is lost is said, an event tells of it, and no
# ticket number that was ever printed is given again, however often a backup
# is restored and whatever knew of the numbers is gone.
. tests/lib.sh

mkshop "$T/shop" || exit 1
COMPTOIR_SHOP=$shop
export COMPTOIR_SHOP
sell()		# N sales; their tickets are added to $T/printed
{
	"$B/tests/tool/sell" "$shop" "$1" 1 2>"$T/err" |
	    sed -n 's/^ticket [0-9]* \([^ ]*\) .*/\1/p' >"$T/sold"
	cat "$T/sold" >>"$T/printed"
}
newest()
{
	tail -n 1 "$T/sold"
}

sell 3
check "a backup" comptoir backup "$T/b.db"
check "backups of one second" sh -c 'comptoir backup & comptoir backup; wait'
check "and another" comptoir backup
sell 2
is "two tickets after it" "$(newest)" "0-000005"
said=$(comptoir restore "$T/b.db" </dev/null)
has "what is on paper only is said" "$said" \
    "tickets 0-000004 to 000005 are on paper only"
has "and how the numbers go on" "$said" "1.2-000001"
kept=$(printf '%s\n' "$said" | sed -n 's/^the state before is kept in //p')
check "and where the state before is" test -s "$kept/shop.db"
is "the event is there before any sale" "$(comptoir audit --format csv |
    grep -c ',restore,')" 1
has "in the journal as well" "$(tail -n 2 "$shop/witness")" "event/shop.2 1 "
sell 2
is "a segment of its own" "$(newest)" "0.2-000002"

# The same backup once more: it knows of one life only.
said=$(comptoir restore "$T/b.db" </dev/null)
has "what the second life printed is lost too" "$said" \
    "tickets 0.2-000001 to 000002 are on paper only"
sell 2
is "a third segment" "$(newest)" "0.3-000002"

# The machine burned: no witness, only the backup and paper.
mkdir "$T/new"
refuse "without a witness it asks for the last number" \
    comptoir -s "$T/new/shop" restore "$T/b.db"
has "in one line" "$(cat "$T/.check")" "--printed NUMBER"
check "nothing was made" test ! -e "$T/new/shop"
refuse "a number that is none is refused" \
    comptoir -s "$T/new/shop" restore --printed 17 "$T/b.db"
shop=$T/new/shop
COMPTOIR_SHOP=$shop
said=$(comptoir restore --printed 0.3-000002 "$T/b.db" </dev/null)
has "the paper says what is lost" "$said" \
    "tickets 0.3-000001 to 000002 are on paper only"
has "the key that burned is said to be new" "$said" "a new one is made"
sell 1
is "and where to go on" "$(newest)" "0.4-000001"
is "no number was printed twice" "$(sort "$T/printed" | uniq -d)" ""
is "of all these" "$(wc -l <"$T/printed")" 10
check "the shop is well" comptoir check
check "its journal too" comptoir journal verify

# Asked at a terminal; and not under people who work.
vt -- comptoir restore "$T/b.db" <<'END'
note asked at a terminal
wait "last ticket that was printed"
send "0.4-000001\r"
wait "0.4-000001 to 000001"
exit 0 20
END
mkfifo "$T/keys"
start sh -c "exec '$B/tests/tool/vt' -- comptoir tty '$shop' <'$T/keys' \
    >'$T/tty'"
exec 7>"$T/keys"
echo 'wait "?"' >&7
at_work()
{
	grep -l . /proc/[0-9]*/cmdline 2>/dev/null | while read -r f; do
		tr '\0' ' ' <"$f"
		echo
	done | grep -q "^comptoir tty $shop"
}
check "somebody is at work" wait_for 10 at_work
wait_for 5 test -s "$shop/shop.db-shm"
refuse "nothing is restored under people" \
    comptoir restore --printed unknown "$T/b.db"
note "$(cat "$T/.check")"
exec 7>&-
