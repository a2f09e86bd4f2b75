#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 300
# kill -9 of an import at random moments, from its first line to its last
# word: the catalogue is the old one or the new one, whole, and whoever comes
# next clears away what was left.
. tests/lib.sh

note "SEED=$SEED KILLS=$KILLS"
mkshop "$T/base" || exit 1
goods()	# PRICE BRAND STOCK FROM
{
	awk -v price="$1" -v brand="$2" -v stock="$3" -v from="$4" 'BEGIN {
		print "code,name,category,tax_class,price,barcodes,stock," \
		    "brand,content,cost,packs";
		for (i = from; i < 4000; i++)
			printf "I%04d,%s %d,%s %d,standard,%d.50," \
			    "Y%04d %s%04d,%d,%s,0.75 l,1.20," \
			    "box=%d:Q%04d pallet=144\n", i, brand, i, brand,
			    i % 40, price + i, i, brand, i, stock + i % 7,
			    brand, price, i;
	}'
}
# The new file changes what there is and brings a thousand more.
goods 6 Ancien 10 1000 >"$T/old.csv"
goods 8 Neuf 20 0 >"$T/new.csv"
export_of()	# SHOP
{
	comptoir -s "$1" product export --all
}
left_of()	# SHOP: rows of any import under way
{
	sqlite3 "$1/shop.db" "SELECT (SELECT count(*) FROM import_batch) +
	    (SELECT count(*) FROM import_line) +
	    (SELECT count(*) FROM import_barcode) +
	    (SELECT count(*) FROM import_info) +
	    (SELECT count(*) FROM import_pack)"
}
words_of()	# SHOP: nothing when the words are those of the names
{
	sqlite3 "$1/shop.db" "INSERT INTO product_word (product_word, rank)
	    VALUES ('integrity-check', 1)" 2>&1
}
check "the old goods" comptoir -s "$T/base" product import "$T/old.csv"
cp -R "$T/base" "$T/whole"
start=$(date +%s%3N)
check "the new goods" comptoir -s "$T/whole" product import "$T/new.csv"
took=$(($(date +%s%3N) - start))
export_of "$T/base" >"$T/old"
export_of "$T/whole" >"$T/new"
refuse "they differ" cmp "$T/old" "$T/new"

i=0 none=0 all=0 half=0 untidy=0 early=0
while [ "$i" -lt "$KILLS" ]; do
	i=$((i + 1))
	s=$T/s
	rm -rf "$s"
	cp -R "$T/base" "$s"
	comptoir -s "$s" product import "$T/new.csv" >"$T/log" 2>&1 &
	pid=$!
	rnd $((took + took / 8 + 1))
	sleep "$(printf '%d.%03d' $((rnd / 1000)) $((rnd % 1000)))"
	kill -KILL "$pid" 2>/dev/null
	wait "$pid" 2>/dev/null
	# What the catalogue says of an item is of one file, at once.
	prices=$(sqlite3 "$s/shop.db" "SELECT group_concat(DISTINCT
	    substr(name, 1, instr(name, ' ') - 1)) FROM product
	    WHERE code GLOB 'I????'")
	case $prices in
	Ancien) early=$((early + 1)) ;;
	Neuf) ;;
	*) half=$((half + 1)); note "round $i: both: $prices" ;;
	esac
	# Every other time the next import clears away, else `check` does.
	if [ $((i % 2)) = 0 ]; then
		comptoir -s "$s" product import "$T/new.csv" >"$T/log" 2>&1 ||
		    note "round $i: $(tail -n 2 "$T/log")"
		prices=again
	fi
	comptoir -s "$s" check >"$T/log" 2>&1 ||
	    { half=$((half + 1)); note "round $i: $(tail -n 3 "$T/log")"; }
	export_of "$s" >"$T/now"
	if cmp -s "$T/now" "$T/old" && [ "$prices" = Ancien ]; then
		none=$((none + 1))
	elif cmp -s "$T/now" "$T/new" && [ "$prices" != Ancien ]; then
		all=$((all + 1))
	else
		half=$((half + 1))
		note "round $i ($prices): $(diff "$T/now" "$T/new" | wc -l)"
	fi
	if [ "$(left_of "$s")" != 0 ] || [ -n "$(words_of "$s")" ]; then
		untidy=$((untidy + 1))
		note "round $i: left $(left_of "$s") $(words_of "$s")"
	fi
done
note "$none times nothing, $all times all; $early killed before it counted"
is "never something of both" "$half" 0
is "nothing was left of it, and every word is found" "$untidy" 0
is "every kill was judged" $((none + all)) "$KILLS"

# A till goes on meanwhile, also with what was killed lying about.
rm -rf "$T/s"
cp -R "$T/base" "$T/s"
comptoir -s "$T/s" product import "$T/new.csv" >"$T/log" 2>&1 &
pid=$!
staged()
{
	[ "$(sqlite3 "file:$T/s/shop.db?mode=ro" \
	    "SELECT count(*) FROM import_line")" -gt 0 ]
}
check "some of it is staged" wait_for 10 staged
kill -KILL "$pid"
wait "$pid" 2>/dev/null
has "a till sells" "$("$B/tests/tool/sell" "$T/s" 1 2)" ticket
