#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 60
# A journal that was changed, cut or put back whole is found and named.
. tests/lib.sh

mkshop "$T/shop" || exit 1
COMPTOIR_SHOP=$T/shop
export COMPTOIR_SHOP
sql()
{
	sqlite3 "$T/shop/shop.db" "$@"
}

check "a new shop verifies" comptoir journal verify
cp -R "$T/shop" "$T/old"
"$B/tests/tool/sell" "$T/shop" 2 2 >"$T/sold"
ticket=$(sed -n 's/^ticket [0-9]* \([^ ]*\) .*/\1/p' "$T/sold" | tail -n 1)
letters=$(sql "SELECT substr(hash, 3, 1) || substr(hash, 7, 1) ||
    substr(hash, 13, 1) || substr(hash, 19, 1) FROM journal
    WHERE chain GLOB 'ticket/*' ORDER BY id DESC LIMIT 1")
check "a printed ticket's letters are right" \
    comptoir journal verify --against "$ticket:$letters"
refuse "other letters are not" \
    comptoir journal verify --against "$ticket:zzzz"
refuse "half a ticket is a question" \
    comptoir journal verify --against "$ticket"

# The whole directory of before: consistent in itself, and yet.
check "an old directory verifies by itself" \
    comptoir -s "$T/old" journal verify
refuse "but not against the paper" \
    comptoir -s "$T/old" journal verify --against "$ticket:$letters"

# An old database in the place of the new one: the witness knows.
sqlite3 "$T/shop/shop.db" "PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
cp "$T/shop/shop.db" "$T/new.db"
cp "$T/shop/witness" "$T/witness"
back()	# DATABASE, under the witness of today
{
	cp "$1" "$T/shop/shop.db"
	cp "$T/witness" "$T/shop/witness"
	rm -f "$T/shop/shop.db-wal" "$T/shop/shop.db-shm"
}
back "$T/old/shop.db"
refuse "an old database under a newer witness is named" \
    comptoir journal verify
back "$T/new.db"
check "the right one verifies again" comptoir journal verify

# By hand, with the triggers out of the way.
tamper()	# SQL
{
	back "$T/new.db"
	sql ".dbconfig defensive off" "DROP TRIGGER journal_no_update;
	    DROP TRIGGER journal_no_delete; DROP TRIGGER sale_no_update;
	    DROP TRIGGER sale_line_no_update; $1" >/dev/null 2>&1 || :
}
tamper "UPDATE journal SET payload = replace(payload, ',N,', ',Y,')
    WHERE id = (SELECT min(id) FROM journal WHERE chain GLOB 'ticket/*')"
refuse "one byte of a payload is found" comptoir journal verify
tamper "DELETE FROM journal WHERE id = (SELECT max(id) FROM journal
    WHERE chain GLOB 'ticket/*')"
refuse "a last record taken away is found" comptoir journal verify
tamper "UPDATE sale SET total = total - 100 WHERE id = (SELECT max(id)
    FROM sale WHERE state = 'paid')"
refuse "a total that is not the ticket's is found" comptoir journal verify
tamper "UPDATE sale_line SET label = 'Eau' WHERE id =
    (SELECT max(id) FROM sale_line)"
refuse "a word of a line is found" comptoir journal verify
tamper "DROP TRIGGER payment_no_update; UPDATE payment SET tender =
    CASE tender WHEN 'cash' THEN 'card' ELSE 'cash' END
    WHERE id = (SELECT max(id) FROM payment)"
refuse "a tender is found" comptoir journal verify
said=$(comptoir journal verify --format json 2>/dev/null)
has "and named in JSON" "$said" "its lines, payments or people"

# A Z on paper against the whole directory of before it.
back "$T/new.db"
for shift in $(comptoir shift list --open --format csv | sed 1d |
    cut -d , -f 1); do
	comptoir shift close --uncounted --leave "$shift" >/dev/null
done
z=$(sql "SELECT 'Z' || series || '-' || printf('%06d', number) FROM shift
    WHERE state = 'closed' ORDER BY closed_at DESC LIMIT 1" | sed 's/ZZ/Z/')
sql "SELECT slip FROM print_job WHERE ref = '$z'" |
    sed 's/^[a-z]* [^-]*- //' >"$T/paper"
has "the Z says which it is" "$(cat "$T/paper")" "$z"
check "the text of a printed Z is right" \
    comptoir journal verify --against "$T/paper"
refuse "the old directory knows no such Z" \
    comptoir -s "$T/old" journal verify --against "$T/paper"
letters=$(sql "SELECT substr(j.hash, 3, 1) || substr(j.hash, 7, 1) ||
    substr(j.hash, 13, 1) || substr(j.hash, 19, 1) FROM journal AS j
    JOIN closing AS c ON c.journal = j.id JOIN shift AS s ON s.id = c.shift
    WHERE 'Z' || s.series || '-' || printf('%06d', s.number) LIKE '%$z'
    OR s.series || '-' || printf('%06d', s.number) = '$z'")
check "and so is its number with its letters" \
    comptoir journal verify --against "$z:$letters"
refuse "other letters are not" comptoir journal verify --against "$z:0000"
echo nothing >"$T/paper"
refuse "a text that is no paper of ours" \
    comptoir journal verify --against "$T/paper"

# Closed, and not sold on.
check "the day is closed" comptoir journal close
refuse "there is nothing left of it to close" comptoir journal close
"$B/tests/tool/sell" "$T/shop" 1 1 >"$T/sold" 2>&1
has "and nothing more is sold on it" "$(cat "$T/sold")" "is closed"
has "its record is listed" "$(comptoir journal list --level day --limit 1 \
    --format csv)" ",day,"
check "the chains alone are walked fast" comptoir journal verify --quick
check "and all of it holds" comptoir check
