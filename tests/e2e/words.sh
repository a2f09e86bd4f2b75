#!/bin/sh
# SPDX-License-Identifier: ISC
# scripts/po --check notices whatever is not in French: a word, and a paper,
# whose words are a message of several lines.
. tests/lib.sh

mkdir -p "$T/tree/src"
cp -r scripts screens drivers sql "$T/tree"
cp -r src "$T/tree"
cd "$T/tree" || exit 1
B=$T/b
export B

check "all is in French" scripts/po --check

without()	# TEXT FIRST-LINE: that message loses its French words
{
	cp "$T/fr.po" src/po/fr.po
	first=$2 awk '
	$0 == ENVIRON["first"] { found = 1 }
	/^msgstr/ && found {
		print "msgstr \"\""
		found = 0
		drop = 1
		next
	}
	drop && /^"/ { next }
	{ drop = 0; print }' "$T/fr.po" >src/po/fr.po
	if scripts/po --check >"$T/said" 2>&1; then
		not_ok "$1"
	else
		has "$1" "$(cat "$T/said")" "not in French: "
		is "$1: that one alone" "$(grep -c 'not in French' "$T/said")" 1
		has "$1: by its first line" "$(cat "$T/said")" "${2#msgid }"
	fi
}
cp src/po/fr.po "$T/fr.po"
without "a word" 'msgid "holder"'
without "a paper" '"^*+CREDIT NOTE\n"'
