-- What the database floor knows about the database itself.

-- query: incarnation_last
-- The present life of this database; trade opens number segments by it.
-- one: seq i64, uid blob, at i64, why text
SELECT seq, uid, at, why FROM incarnation ORDER BY seq DESC LIMIT 1;
