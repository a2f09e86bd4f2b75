#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 100
# Taken away, read and proven without comptoir, and every change is named.
. tests/lib.sh

mkshop "$T/shop" || exit 1
COMPTOIR_SHOP=$T/shop
export COMPTOIR_SHOP
"$B/tests/tool/sell" "$T/shop" 2 2 >/dev/null

check "everything so far goes into one file" \
    comptoir journal archive "$T/a.tar" --format json
refuse "an archive is never written over" comptoir journal archive "$T/a.tar"
check "it says what it is, and the journal that it was made" \
    comptoir journal verify
events=$(sqlite3 "$T/shop/shop.db" "SELECT count(*) FROM journal
    WHERE chain = 'archive/shop'
    OR (chain = 'event/shop' AND payload GLOB '*,20,*')")
is "a record of its own, and event 20" "$events" 2

# Nothing of ours is needed.
mkdir "$T/out"
(cd "$T/out" && tar xf "$T/a.tar" && sha256sum --quiet -c MANIFEST) \
    >"$T/sums" 2>&1
is "sha256sum knows its files" "$(cat "$T/sums")" ""
check "openssl knows its signature" openssl pkeyutl -verify -rawin -pubin \
    -inkey "$T/out/PUBLIC-KEY.pem" -in "$T/out/MANIFEST" \
    -sigfile "$T/out/MANIFEST.sig"
tickets=$(($(wc -l <"$T/out/tickets.csv") - 1))
is "every ticket is in it" "$tickets" \
    "$(sqlite3 "$T/shop/shop.db" "SELECT count(*) FROM sale
    WHERE state = 'paid'")"
# The sum of the tickets, from the text alone.
total=$(awk -F ';' 'NR > 1 { sub(/\./, "", $7); sum += $7 }
    END { print sum }' "$T/out/tickets.csv")
is "and so is their total" "$total" "$(sqlite3 "$T/shop/shop.db" \
    "SELECT sum(total) FROM sale WHERE state = 'paid'")"
days=$(awk -F ';' '$3 == "day" { sub(/\./, "", $10); sum += $10 }
    END { print sum + 0 }' "$T/out/totals.csv")
is "and of the days that were closed" "$days" "$(sqlite3 \
    "$T/shop/shop.db" "SELECT coalesce(sum(total), 0) FROM closing
    WHERE level = 'day'")"

# Without the shop.
unset COMPTOIR_SHOP
check "it is proven where there is no shop" \
    comptoir journal verify-archive "$T/a.tar"
# shellcheck disable=SC2002
cat "$T/a.tar" | comptoir journal verify-archive - >"$T/piped" 2>&1
is "through a pipe as well" "$?" 0
bad()	# WHAT FINDING: the archive was changed, and that is said of it
{
	comptoir journal verify-archive "$T/b.tar" --format csv >"$T/said" 2>&1
	is "$1: it is refused" "$?" 65
	grep -q "$2" "$T/said"
	is "$1: and named" "$?" 0
}
again()	# FILE: the same archive with that file in it
{
	rm -rf "$T/in"
	cp -R "$T/out" "$T/in"
	cp "$2" "$T/in/$1"
	(cd "$T/in" && tar --format ustar -cf "$T/b.tar" README.txt \
	    PUBLIC-KEY.pem ./*.csv MANIFEST MANIFEST.sig --transform 's|^\./||')
}
again keys.csv "$T/out/keys.csv"
check "packed again by tar it is the same" \
    comptoir journal verify-archive "$T/b.tar"
sed '2s/;[0-9]*\.[0-9][0-9];/;0.01;/' "$T/out/tickets.csv" >"$T/changed"
again tickets.csv "$T/changed"
bad "a total in a table" "tickets.csv was changed"
bad "its ticket" "ticket 1-000001 does not match its record"
sed '2s/Croque\|Caf.\|[A-Z]/X/' "$T/out/lines.csv" >"$T/changed"
again lines.csv "$T/changed"
bad "a word of a line" "lines.csv was changed"
sed '3d' "$T/out/journal.csv" >"$T/changed"
again journal.csv "$T/changed"
bad "a record taken out" "event/shop: record 2 is missing"
sed '5s/"\([0-9]*\),/"9\1,/' "$T/out/journal.csv" >"$T/changed"
again journal.csv "$T/changed"
bad "a byte of a record" "does not match its hash"
# Its hash put into the list as well: the signature is not that list's.
(cd "$T/in" && sha256sum README.txt PUBLIC-KEY.pem ./*.csv |
    sed 's|\./||') >"$T/changed"
cp "$T/changed" "$T/in/MANIFEST"
(cd "$T/in" && tar --format ustar -cf "$T/b.tar" README.txt PUBLIC-KEY.pem \
    ./*.csv MANIFEST MANIFEST.sig --transform 's|^\./||')
bad "a list made anew" "the signature of the archive is false"
rm "$T/in/payments.csv"
(cd "$T/in" && tar --format ustar -cf "$T/b.tar" README.txt PUBLIC-KEY.pem \
    ./*.csv MANIFEST MANIFEST.sig --transform 's|^\./||')
bad "a table left out" "payments.csv is missing"
head -c 100000 "$T/a.tar" >"$T/b.tar"
refuse "half an archive is none" comptoir journal verify-archive "$T/b.tar"
echo hello >"$T/b.tar"
refuse "nor is a text" comptoir journal verify-archive "$T/b.tar"

# A year by name.
COMPTOIR_SHOP=$T/shop
export COMPTOIR_SHOP
check "a fiscal year" comptoir journal archive "$T/year.tar" \
    --year "$(date +%Y)"
is "is event 30" "$(sqlite3 "$T/shop/shop.db" "SELECT count(*) FROM journal
    WHERE chain = 'event/shop' AND payload GLOB '[0-9]*,30,*'")" 1
refuse "a year nothing happened in" comptoir journal archive "$T/no.tar" \
    --year 2001
check "leaves nothing behind" test ! -e "$T/no.tar" -a ! -e "$T/no.tar.new"
comptoir journal archive - | comptoir journal verify-archive - >"$T/piped"
is "and one goes through a pipe both ways" "$?" 0
