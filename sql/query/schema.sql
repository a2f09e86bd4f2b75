-- What the database floor knows about the database itself.

-- query: incarnation_first
-- What stays the same for as long as the shop does.
-- one: uid blob
SELECT uid FROM incarnation ORDER BY seq LIMIT 1;

-- query: incarnation_last
-- The present life of this database; trade opens number segments by it.
-- one: seq i64, uid blob, at i64, why text
SELECT seq, uid, at, why FROM incarnation ORDER BY seq DESC LIMIT 1;

-- query: schema_hash
-- Which text a version was made with.
-- in: version i64
-- text: hash i64
SELECT hash FROM schema_made WHERE version = :version;

-- query: schema_made_add
-- in: version i64, hash i64, at i64
-- text
INSERT INTO schema_made (version, hash, at) VALUES (:version, :hash, :at);

-- query: incarnation_add
-- A new life, after every one there was here or, by `least`, elsewhere.
-- in: uid blob, at i64, why text, least i64
-- text
INSERT INTO incarnation (seq, uid, at, why)
SELECT max(coalesce(max(seq), 0), :least) + 1, :uid, :at, :why
FROM incarnation;
