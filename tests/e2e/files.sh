#!/bin/sh
# SPDX-License-Identifier: ISC
# Everything that has rows, out as CSV and JSON and in again: nothing changes,
# an empty shop has the same afterwards; a dry run stores nothing, every bad
# line is named and then none is stored.
# timeout: 240
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
check "a question" c product option add G1 Cuisson bleu
check "with another answer" c product option add G1 Cuisson "bien cuit"
check "which takes more" c recipe choice G1 Cuisson "bien cuit" F1 0.015
check "and the other less" c recipe choice G1 Cuisson bleu G2 -1
check "a price list" c price add happy --label "Happy hour"
check "a price on it" c price set happy G1 6.50
check "one for a season" c price set happy G1 5 --from 2030-01-01 \
    --until 2030-02-28
check "a dated one" c price set catalogue G1 8.20 --from 2030-01-01
check "an order" c purchase add PAP 3001 4 --wanted 2030-01-31
check "at another price" c purchase add GRO 2001 2 --price 4.10
check "something kept by lot" c product add L1 Yaourt --price 1 --tax food \
    --lots yes
check "and by number" c product add S1 Perceuse --price 90 --tax standard \
    --serials yes

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
sqlite3 "$T/other/shop.db" "DELETE FROM recipe_use;
	DELETE FROM recipe_choice; DELETE FROM price;
	DELETE FROM purchase_line; DELETE FROM purchase; DELETE FROM recipe_line;
	DELETE FROM recipe; DELETE FROM supplier_item; DELETE FROM supplier;
	DELETE FROM category"
mirror supplier --suppliers
mirror supplier
mirror category
mirror recipe
mirror recipe --choices
mirror price
mirror purchase
mirror "product option"
mirror "product variant"
check "the recipe counts there" comptoir -s "$T/other" check

# What came and what was counted: out of one paper, into an empty one.
check "goods came" c receipt start PAP
cat >"$T/came.csv" <<END
code;qty;lot;expiry;serial;amount
CF-12;2;;;;19.20
L1;12;A7;2030-05-01;;6.00
L1;4;B1;2030-06-01;;
S1;;;;N-1;60
END
check "a delivery note is read" c receipt import '#1' "$T/came.csv"
check "and written" c receipt export '#1' "$T/a.csv"
is "their reference is our code" "$(sed -n 2p "$T/a.csv" | tr -d '\r')" \
    3001,2,,,,19.20
check "and again" c receipt start GRO
check "through pipes" sh -c "comptoir -s '$shop' receipt export '#1' - --json |
    comptoir -s '$shop' receipt import '#2' -"
c receipt export '#2' "$T/b.csv"
check "the same came twice" cmp "$T/a.csv" "$T/b.csv"
check "that is posted" c receipt post '#1'
check "what is posted takes no more" expr 65 : "$(c receipt import \
    '#1' "$T/came.csv" 2>/dev/null; echo $?)" \| 1
check "a count" c count open part
cat >"$T/seen.csv" <<END
3001;2
L1;11;A7;2030-05-01
L1;4;B1
S1;1;;;N-1
END
check "a scanner's file" c count import 1 "$T/seen.csv"
check "what was counted" c count export 1 "$T/a.csv"
is "is all of it" "$(wc -l <"$T/a.csv")" 5
check "as JSON too" c count export 1 "$T/a.json" --json
check "given up" c count cancel 1
check "another" c count open part
check "from JSON" c count import 2 "$T/a.json"
c count export 2 "$T/b.csv"
check "the same" cmp "$T/a.csv" "$T/b.csv"
check "given up too" c count cancel 2

# A shop that has nothing: each kind in its turn, then all of them are the same.
echo 'demo demo demo' | comptoir init "$T/new" --country FR --company New \
    --address 'Rue 1' --tax-ids X --printer file: --admin admin \
    --password-stdin >"$T/out" 2>&1 || note "$(cat "$T/out")"
check "its lists have names" comptoir -s "$T/new" price add happy
kinds='category| product| product_variant| product_option| recipe|
	recipe|--choices price| supplier|--suppliers supplier| purchase|'
each()		# WHAT TO DO with $what, $option and their number $n, in order
{
	n=0
	for kind in $kinds; do
		what=$(echo "${kind%|*}" | tr _ ' ')
		option=${kind#*|}
		n=$((n + 1))
		"$@"
	done
}
into_new()
{
	# shellcheck disable=SC2086
	c $what export "$T/$n.csv" $option
	# shellcheck disable=SC2086
	c $what export "$T/$n.json" $option --json
	form=csv
	[ $((n % 2)) = 0 ] || form=json
	# shellcheck disable=SC2086
	check "$what $option, as $form" comptoir -s "$T/new" $what import - \
	    $option <"$T/$n.$form"
}
same_in_new()
{
	# shellcheck disable=SC2086
	comptoir -s "$T/new" $what export "$T/new.csv" $option
	# shellcheck disable=SC2086
	comptoir -s "$T/new" $what export - $option --json >"$T/new.json"
	check "$what $option: a shop that had nothing has the same" \
	    cmp "$T/$n.csv" "$T/new.csv"
	check "as JSON, too" cmp "$T/$n.json" "$T/new.json"
}
each into_new
each same_in_new
check "and it is whole" comptoir -s "$T/new" check

# What will not do is named, line by line, and none of it is stored.
rows()
{
	sqlite3 "file:$shop/shop.db?mode=ro" "SELECT (SELECT count(*)
	    FROM recipe_line), (SELECT count(*) FROM category),
	    (SELECT count(*) FROM supplier), (SELECT count(*)
	    FROM supplier_item), (SELECT count(*) FROM recipe_choice),
	    (SELECT count(*) FROM purchase_line), (SELECT count(*)
	    FROM receipt_line), (SELECT count(*) FROM stock_count_entry),
	    (SELECT count(*) FROM price), (SELECT max(id) FROM audit)"
}
check "a third count" c count open part
before=$(rows)
bad()	# TEXT WHAT[=PAPER] LINES OPTION...: the file is on stdin
{
	text=$1 what=${2%%=*} lines=$3 of=
	[ "$what" = "$2" ] || of=${2#*=}
	shift 3
	cat >"$T/bad"
	# shellcheck disable=SC2086
	c $what import $of "$T/bad" "$@" >"$T/out" 2>&1
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
bad "choices that are none, one twice" recipe "2 3 4 6 " --choices <<END
code,group,choice,component,qty
G1,Cuisson,saignant,F1,0.1
G1,Sauce,bleu,F1,0.1
G1,Cuisson,bleu,F9,1
G1,Cuisson,bleu,F1,1
G1,Cuisson,bleu,F1,2
END
bad "orders nobody can fill" purchase "2 3 4 5 6 7 8 " <<END
supplier,code,packs,price,pack,place,wanted
NONE,3001,1,,,,
PAP,9999,1,,,,
PAP,G1,1,,,,
PAP,3001,-1,,,,
PAP,3001,1,,,Nowhere,
PAP,3001,1,,,,2030-02-30
PAP,3001,1,,24,,
PAP,3001,1,,12,,
END
bad "goods that cannot have come" "receipt=#2" "2 3 4 5 6 " <<END
code,qty,lot,expiry,serial,amount
9999,1,,,,
3001,1.5,,,,
L1,1,,2030-01-01,,
S1,1,,,N-1,
3001,1,,,,-4
3001,1,,,,4
END
bad "what nobody can have counted" "count=3" "1 2 3 4 " <<END
9999;1
3001;half
S1;1
S1;2;;;N-7
3001;1
END
bad "prices that are none" price "2 3 4 5 " <<END
list,code,price,since,until
nowhere,G1,1,,
happy,F9,1,,
happy,G1,-1,,
happy,G1,1,2030-02-01,2030-01-01
happy,G1,1,,
END

# The same for a file of any kind: other columns, another encoding, half a line,
# ten million letters in a field, nothing at all.
head -c 10000000 /dev/zero | tr '\0' x >"$T/long"
while IFS='|' read -r what of option columns good; do
	said()		# TEXT STATUS LINE: the file is $T/bad
	{
		# shellcheck disable=SC2086
		c $what import $of - $option <"$T/bad" >"$T/out" 2>&1
		is "$what $option: $1" "$?:$(grep -c "^line $3:" "$T/out")" \
		    "$2:$([ "$3" = none ] && echo 0 || echo 1)"
	}
	printf 'x%s\n%s\n' "$columns" "$good" >"$T/bad"
	if [ -n "$of" ]; then
		said "no columns are a line" 65 1
	else
		said "wrong columns" 65 none
	fi
	printf '\377\376c\0o\0' >"$T/bad"
	said UTF-16 65 none
	{
		printf '%s\n%s\n"half a l' "$columns" "$good"
	} >"$T/bad"
	said "half a line" 65 3
	{
		printf '%s\n' "$columns"
		cat "$T/long"
		printf ',%s\n%s\n' "$good" "$good"
	} >"$T/bad"
	said "ten million letters" 65 2
	printf '%s\n\351t\351,%s\n' "$columns" "$good" >"$T/bad"
	said "Latin-1 that says it is UTF-8" 65 2
	: >"$T/bad"
	said "nothing" 65 none
	printf '[{"%s":' "${columns%%,*}" >"$T/bad"
	said "half of JSON" 65 none
done <<END
category|||name,parent|Thé,
product|||code,name,tax_class,price|Z1,Thé,food,1
product variant|||template,axes,code,first|T1,Taille,T1X,XL
product option|||code,group,choice|G1,Cuisson,rosé
recipe|||code,component,qty|G2,F1,1
recipe||--choices|code,group,choice,component,qty|G1,Cuisson,bleu,F1,1
price|||list,code,price|happy,G1,2
supplier||--suppliers|code,name|NEW,Élevage
supplier|||supplier,code,price|GRO,3001,2
purchase|||supplier,code,packs|PAP,3001,2
receipt|#2||code,qty|3001,2
count|3||code,qty|3001,2
END
is "nothing of all that is stored" "$(rows)" "$before"

# A byte order mark is passed over; Windows-1252 is read where that is said.
printf '\357\273\277name;parent\r\nÉpices;\r\n' >"$T/bom"
check "with a mark" c category import "$T/bom"
printf 'name,parent\nCaf\351 \200,\n' >"$T/latin"
check "Latin-1" c category import "$T/latin" --encoding latin1
has "both are there" "$(c category export | tr -d '\r' | tr '\n' ' ')" "Café €, "
has "with their accents" "$(c category export | tr -d '\r' | tr '\n' ' ')" "Épices, "
c category import "$T/latin" --encoding utf16 >"$T/out" 2>&1
is "an encoding nobody reads" "$?" 64
before=$(rows)
check "a dry run" c recipe import --dry-run - <<END
code,component,qty,waste,makes
G2,F1,0.2,10,2
END
is "stores nothing" "$(rows)" "$before"

# One line would silently be the other's.
printf '%s\n' code,component,qty G2,F1,0.2 G2,L1,1 G2,F1,0.3 >"$T/twice.csv"
c recipe import "$T/twice.csv" >"$T/out" 2>&1
is "a component twice is refused" "$?" 65
has "both lines are named" "$(cat "$T/out")" \
    "line 4: G2 takes F1 on line 2 already"
is "and nothing stored" "$(rows)" "$before"

# Numbers of JSON are minor units and thousandths, as they come out.
printf '[{"supplier":"PAP","code":"3001","price":1234,"pack":6000,
"preferred":true}]' | c supplier import - >"$T/out" 2>&1
has "twelve euros, six pieces" "$(c supplier items PAP --format json)" \
    '"pack":6000,"unit":"pc","price":1234,"least":1,"preferred":true'
check "check agrees" c check
