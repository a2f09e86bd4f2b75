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
