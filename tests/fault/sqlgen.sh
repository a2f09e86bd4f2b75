#!/bin/sh
# SPDX-License-Identifier: ISC
# The SQL generator refuses what the schema does not bear out, with file and
# line; what it accepts gives C of the declared types.
. tests/lib.sh

s=$T/sql
mkdir -p "$s/schema" "$s/query" "$s/report" "$T/gen/sql"
cat >"$s/schema/0001-x.sql" <<'SQL'
CREATE TABLE item (
	id	INTEGER PRIMARY KEY,
	code	TEXT NOT NULL UNIQUE,
	note	TEXT,
	pic	BLOB
) STRICT;
CREATE TABLE log (id INTEGER PRIMARY KEY, what TEXT NOT NULL) STRICT;
-- append-only: log
SQL

run()	# the query on stdin
{
	cat >"$s/query/q.sql"
	"$B/sqlgen" "$s" "$T/gen" >"$T/out" 2>&1
}

bad()	# TEXT, WORDS of the message, LINE; the query on stdin
{
	if run; then
		not_ok "$1"
	else
		has "$1" "$(cat "$T/out")" "$s/query/q.sql:$3: "
		has "$1: why" "$(cat "$T/out")" "$2"
	fi
}

good()	# TEXT; the query on stdin
{
	if run; then
		ok "$1"
	else
		not_ok "$1"
		note "$(cat "$T/out")"
	fi
}

bad "a wrong column" "no such column: cod" 4 <<'SQL'
-- query: one
-- in: id i64
-- one: code text
SELECT cod FROM item WHERE id = :id
SQL
bad "a misspelt name in double quotes" "no such column" 3 <<'SQL'
-- query: one
-- one: code text
SELECT "cod" AS code FROM item
SQL
bad "a parameter nobody declared" ":id is not declared" 3 <<'SQL'
-- query: one
-- one: code text
SELECT code FROM item WHERE id = :id
SQL
bad "a declared parameter nobody uses" "never uses :code" 1 <<'SQL'
-- query: one
-- in: id i64, code text
-- one: code text
SELECT code FROM item WHERE id = :id
SQL
bad "a column of another type" "code of one is TEXT, declared i64" 1 <<'SQL'
-- query: one
-- one: code i64
SELECT code FROM item
SQL
bad "a column that may be NULL" "may be NULL" 1 <<'SQL'
-- query: one
-- one: note text
SELECT note FROM item
SQL
bad "a column too many" "gives 2 columns, 1 declared" 1 <<'SQL'
-- query: one
-- one: code text
SELECT code, id FROM item
SQL
bad "another name for a column" "is 'code', declared 'note'" 1 <<'SQL'
-- query: one
-- one: note text
SELECT code FROM item
SQL
bad "a type that does not exist" "'number' is no type" 2 <<'SQL'
-- query: one
-- in: id number
-- exec
DELETE FROM item WHERE id = :id
SQL
bad "no kind" "lacks its kind" 1 <<'SQL'
-- query: one
-- in: id i64
DELETE FROM item WHERE id = :id
SQL
bad "a reading exec" "reads" 1 <<'SQL'
-- query: one
-- exec
SELECT 1
SQL
bad "two statements" "not one statement" 1 <<'SQL'
-- query: one
-- exec
DELETE FROM item; DELETE FROM item
SQL
bad "a number for a parameter" "written :name" 3 <<'SQL'
-- query: one
-- exec
DELETE FROM item WHERE id = ?1
SQL
bad "a change of an append-only table" "not authorized" 3 <<'SQL'
-- query: one
-- exec
UPDATE log SET what = ''
SQL
bad "an upsert into one" "not authorized" 4 <<'SQL'
-- query: one
-- in: id i64
-- exec
INSERT INTO log VALUES (:id, 'x') ON CONFLICT DO UPDATE SET what = 'y'
SQL
bad "a name that C has" "is taken" 2 <<'SQL'
-- query: one
-- in: int i64
-- exec
DELETE FROM item WHERE id = :int
SQL
bad "a name twice" "named twice" 2 <<'SQL'
-- query: one
-- in: id i64, id i64
-- exec
DELETE FROM item WHERE id = :id
SQL
bad "a query twice" "twice" 4 <<'SQL'
-- query: one
-- exec
DELETE FROM item
-- query: one
-- exec
DELETE FROM item
SQL
bad "a variant that does not prepare" "no such column: price" 4 <<'SQL'
-- query: one
-- pick order: code = code | price = price
-- all: code text
SELECT code FROM item ORDER BY {order}
SQL

good "strings, comments and an open list" <<'SQL'
-- Comments before the first query are nobody's.

-- query: item_add
-- A new item.
-- in: code text, note text?,
--     pic blob?
-- id
INSERT INTO item (code, note, pic)
VALUES (:code, coalesce(:note, ':code is no parameter here'), :pic)
-- a comment with :nothing
SQL
good "types and nullability" <<'SQL'
-- query: item_list
-- By some order.
-- in: like text, most i64?
-- pick order: code = code, id | newest = id DESC
-- all: id i64, code text, note text?, pic blob?, noted bool
SELECT id, code, note, pic, note IS NOT NULL AS noted FROM item
WHERE code GLOB :like ORDER BY {order} LIMIT coalesce(:most, 10);

-- query: item_put
-- in: code text, pic blob, id i64?
-- changes
UPDATE item SET pic = :pic WHERE code = :code AND id IS :id
SQL
h=$(tr -s ' \t\n' ' ' <"$T/gen/sql/q.h" | sed 's/\* /*/g')
has "the enum of the orders" "$h" \
    "Q_ITEM_LIST_ORDER_CODE, Q_ITEM_LIST_ORDER_NEWEST,"
has "the row" "$h" "struct q_item_list { int64_t id; const char *code; const \
char *note; const void *pic; size_t pic_len; bool noted; };"
has "the function of all" "$h" "int q_item_list(struct db *db, enum \
q_item_list_order order, const char *like, const int64_t *most, struct \
q_item_list **rows, size_t *count) MUST_CHECK;"
has "the function of changes" "$h" "int q_item_put(struct db *db, const char \
*code, const void *pic, size_t pic_len, const int64_t *id, int64_t *changes) \
MUST_CHECK;"
has "the comment" "$h" "By some order."

touch -d '2020-01-01' "$T/gen/sql/q.h"
check "a second run" "$B/sqlgen" "$s" "$T/gen"
is "does not touch what came out alike" \
    "$(date -r "$T/gen/sql/q.h" +%Y)" 2020

echo "SELECT 1 AS one; SELECT 2" >"$s/report/r.sql"
refuse "a report of two statements" "$B/sqlgen" "$s" "$T/gen"
echo "DELETE FROM item" >"$s/report/r.sql"
refuse "a report that writes" "$B/sqlgen" "$s" "$T/gen"
echo "SELECT nothing FROM item" >"$s/report/r.sql"
refuse "a report of a wrong column" "$B/sqlgen" "$s" "$T/gen"
echo "SELECT code FROM item WHERE id = :id" >"$s/report/r.sql"
check "a report" "$B/sqlgen" "$s" "$T/gen"

rm "$s/query/q.sql"
check "without the file" "$B/sqlgen" "$s" "$T/gen"
refuse "its C is gone too" test -e "$T/gen/sql/q.h"

echo "CREATE TABLE y (z);" >"$s/schema/0001-y.sql"
refuse "two migrations of one number" "$B/sqlgen" "$s" "$T/gen"
mv "$s/schema/0001-y.sql" "$s/schema/0003-y.sql"
check "each its own" "$B/sqlgen" "$s" "$T/gen"
echo "-- append-only: lgo" >>"$s/schema/0001-x.sql"
refuse "an append-only table that is not there" "$B/sqlgen" "$s" "$T/gen"
