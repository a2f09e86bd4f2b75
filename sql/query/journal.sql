-- The chained record.

-- query: journal_head
-- in: chain text
-- one: seq i64, hash text
SELECT seq, hash FROM journal_head WHERE chain = :chain;

-- query: journal_put
-- in: chain text, seq i64, at i64, payload text, hash text, signature text, key i64, sale i64?, detail text
-- id
INSERT INTO journal (chain, seq, at, payload, hash, signature, key, sale,
	detail)
VALUES (:chain, :seq, :at, :payload, :hash, :signature, :key, :sale, :detail);

-- query: journal_head_put
-- in: chain text, seq i64, hash text, signature text, key i64
-- exec
INSERT INTO journal_head (chain, seq, hash, signature, key)
VALUES (:chain, :seq, :hash, :signature, :key)
ON CONFLICT (chain) DO UPDATE SET seq = excluded.seq,
	hash = excluded.hash, signature = excluded.signature,
	key = excluded.key;

-- query: journal_time
-- When the last record was made that a clock is judged by.
-- one: at i64
SELECT at FROM journal WHERE chain NOT GLOB 'event/*'
ORDER BY id DESC LIMIT 1;

-- query: journal_key_get
-- in: public text
-- one: id i64
SELECT id FROM journal_key WHERE public = :public;

-- query: journal_key_add
-- in: public text, made_at i64
-- id
INSERT INTO journal_key (public, made_at) VALUES (:public, :made_at);

-- query: journal_keys
-- all: id i64, public text
SELECT id, public FROM journal_key ORDER BY id;

-- query: journal_heads
-- all: chain text, seq i64, hash text, signature text, key i64
SELECT chain, seq, hash, signature, key FROM journal_head ORDER BY chain;

-- query: journal_chain
-- A page of one chain.
-- in: chain text, after i64, limit i64
-- all: id i64, seq i64, at i64, payload text, hash text, signature text, key i64, sale i64?, detail text
SELECT id, seq, at, payload, hash, signature, key, sale, detail FROM journal
WHERE chain = :chain AND seq > :after ORDER BY seq LIMIT :limit;

-- query: journal_headless
-- Chains that have records and no head.
-- all: chain text
SELECT DISTINCT chain FROM journal
WHERE chain NOT IN (SELECT chain FROM journal_head) ORDER BY chain;

-- query: journal_hash
-- in: chain text, seq i64
-- one: hash text
SELECT hash FROM journal WHERE chain = :chain AND seq = :seq;

-- query: journal_life
-- Which life of the database this is; a restore may have left some out.
-- one: n i64!
SELECT max(seq) AS n FROM incarnation;

-- query: journal_program
-- one: program text
SELECT program FROM journal_program ORDER BY id DESC LIMIT 1;

-- query: journal_program_add
-- in: program text, at i64
-- exec
INSERT INTO journal_program (program, at) VALUES (:program, :at);
