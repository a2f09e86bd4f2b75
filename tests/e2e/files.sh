#!/bin/sh
# SPDX-License-Identifier: ISC
# Everything that has rows, out as CSV and JSON and in again: nothing changes,
# a dry run stores nothing, every bad line is named and then none is stored.
# timeout: 200
. tests/lib.sh

mkshop "$T/shop" || exit 1
c()
{
	comptoir -s "$shop" "$@"
}
check "a supplier" c supplier add PAP "Papeteries \"du Port\", Brest" --lead 3 \
    --least 150 --discount 5 --email port@example.org
check "another" c supplier add GRO "Grossiste" --active no
check "sells it" c supplier item PAP 3001 9.60 --pack 12 --ref CF-12
check "by weight, too" c supplier item GRO 2001 4.25 --pack 2.500 \
    --preferred yes
check "an ingredient" c product add F1 Farine --price 1 --tax food --unit kg
check "a dish" c product add G1 Galette --price 8 --tax meal
check "a sauce" c product add G2 Sauce --price 2 --tax meal
check "its recipe" c recipe set G1 F1 0.080 --waste 20%
check "and its sauce" c recipe set G1 G2 1
check "for four" c recipe makes G1 4
check "a category" c category set Bio
check "within another" c category set "Bio sec" --in Bio
check "a template" c product add T1 Pull --price 30 --tax standard
check "a size" c product variant add T1 T1S S --axes Taille --delta -2.50
check "another size" c product variant add T1 T1L L --delta 3

# NAME EXPORT-OPTION...: out, in, out again, in both forms; the first is taken
# away of a copy, so that importing has something to do.
mirror()
{
	what=$1
	shift
	# shellcheck disable=SC2086
	for form in csv json; do
		json=
		[ $form = csv ] || json=--json
		check "$what out as $form" c $what export "$T/a.$form" $json "$@"
		check "with something in it" test "$(wc -l <"$T/a.$form")" -gt 2
		check "in again" c $what import "$T/a.$form" "$@"
		c $what export "$T/b.$form" $json "$@"
		check "the same" cmp "$T/a.$form" "$T/b.$form"
	done
	# JSON into an empty place is what CSV would have been.
	# shellcheck disable=SC2086
	comptoir -s "$T/other" $what import "$T/a.json" "$@" >"$T/out" 2>&1 ||
	    note "$(cat "$T/out")"
	# shellcheck disable=SC2086
	comptoir -s "$T/other" $what export "$T/c.csv" "$@"
	check "and in another shop" cmp "$T/a.csv" "$T/c.csv"
}
cp -R "$shop" "$T/other"
sqlite3 "$T/other/shop.db" "DELETE FROM recipe_use; DELETE FROM recipe_line;
	DELETE FROM recipe; DELETE FROM supplier_item; DELETE FROM supplier;
	DELETE FROM category"
mirror supplier --suppliers
mirror supplier
mirror category
mirror recipe
mirror "product option"
mirror "product variant"
check "the recipe counts there" comptoir -s "$T/other" check

# What will not do is named, line by line, and none of it is stored.
rows()
{
	sqlite3 "file:$shop/shop.db?mode=ro" "SELECT (SELECT count(*)
	    FROM recipe_line), (SELECT count(*) FROM category),
	    (SELECT count(*) FROM supplier), (SELECT count(*)
	    FROM supplier_item), (SELECT max(id) FROM audit)"
}
before=$(rows)
bad()	# TEXT WHAT LINES OPTION...: the file is on stdin
{
	text=$1 what=$2 lines=$3
	shift 3
	cat >"$T/bad"
	# shellcheck disable=SC2086
	c $what import "$T/bad" "$@" >"$T/out" 2>&1
	is "$text" "$?:$(sed -n 's/^line \([0-9]*\):.*/\1/p' "$T/out" |
	    tr '\n' ' ')" "65:$lines"
	is "and nothing of it is stored" "$(rows)" "$before"
}
bad "a recipe in a circle" recipe "4 " <<END
code,component,qty,waste
G1,F1,0.1,
G2,F1,0.2,10
F1,G1,1,
END
bad "nothing taken, all lost, no such item, no number" recipe "2 3 4 5 " <<END
code,component,qty,waste
G1,G1,1,
G1,F1,1,100
G1,F9,1,
G1,F1,much,
END
bad "categories in a circle" category "3 " <<END
name,parent
A,B
B,A
END
bad "a category in one that is not there" category "2 4 " <<END
name,parent
A,Nowhere
C,
D,D
END
bad "suppliers that are none" supplier "2 3 4 " --suppliers <<END
code,name,lead,least
X 1,Space,3,1
NEW,,3,1
NEW2,Slow,9999,1
GOOD,Good,3,1
END
bad "a pack that does not divide, an unknown one" supplier "2 4 " <<END
supplier,code,price,pack
PAP,3001,9.60,1.5
PAP,3001,9.60,12
NONE,3001,9.60,12
END
bad "JSON with an item that is not there" recipe "3 " <<END
[{"code":"G1","component":"F1","qty":90},
 {"code":"G2","component":"F1","qty":80},
 {"code":"G1","component":"F9","qty":80}]
END
c recipe import - >"$T/out" 2>&1 <<END
article,component,qty
END
is "wrong columns" "$?:$(wc -l <"$T/out")" "65:1"
printf '\377\376c\0' >"$T/bad"
c recipe import "$T/bad" >"$T/out" 2>&1
is "UTF-16" "$?:$(wc -l <"$T/out")" "65:1"
printf 'code,component,qty\nG1,"half a l' | c recipe import - >"$T/out" 2>&1
is "half a line" "$?:$(grep -c '^line 2:' "$T/out")" "65:1"
is "nothing of all that is stored" "$(rows)" "$before"
check "a dry run" c recipe import --dry-run - <<END
code,component,qty,waste,makes
G2,F1,0.2,10,2
END
is "stores nothing" "$(rows)" "$before"

# Numbers of JSON are minor units and thousandths, as they come out.
printf '[{"supplier":"PAP","code":"3001","price":1234,"pack":6000,
"preferred":true}]' | c supplier import - >"$T/out" 2>&1
has "twelve euros, six pieces" "$(c supplier items PAP --format json)" \
    '"pack":6000,"unit":"pc","price":1234,"least":1,"preferred":true'
check "check agrees" c check
