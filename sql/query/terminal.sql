-- query: terminal_add
-- in: name text, login text, trusted bool, made_at i64
-- id
INSERT INTO terminal (name, login, trusted, made_at)
VALUES (:name, :login, :trusted, :made_at);

-- query: terminal_by_login
-- in: login text
-- one: id i64
SELECT id FROM terminal WHERE login = :login;

-- query: terminal_get
-- in: id i64
-- one: name text, login text, printer i64?, tender text, deny text, trusted bool, active bool, mode text
SELECT name, login, printer, tender, deny, trusted, active, mode
FROM terminal WHERE id = :id;

-- query: terminal_badge_try
-- Uses up one try of an unknown badge, while there are some.
-- in: id i64, most i64
-- changes
UPDATE terminal SET badge_fails = badge_fails + 1
WHERE id = :id AND badge_fails < :most;

-- query: terminal_badge_fails
-- in: id i64
-- one: n i64
SELECT badge_fails AS n FROM terminal WHERE id = :id;

-- query: terminal_badge_clear
-- in: id i64
-- exec
UPDATE terminal SET badge_fails = 0 WHERE id = :id AND badge_fails > 0;

-- query: terminal_list
-- all: id i64, last_seen i64, name text, fingerprint text, printer text, tender text, deny text, trusted bool, active bool
SELECT t.id, coalesce(t.last_seen, 0) AS last_seen, t.name,
	coalesce((SELECT k.fingerprint FROM terminal_key AS k
	    WHERE k.terminal = t.id ORDER BY k.id DESC LIMIT 1), '')
	    AS fingerprint,
	coalesce(p.name, '') AS printer, t.tender, t.deny, t.trusted,
	t.active
FROM terminal AS t
LEFT JOIN printer AS p ON p.id = t.printer
ORDER BY t.login;

-- query: terminal_printer_set
-- in: id i64, printer i64?
-- changes
UPDATE terminal SET printer = :printer WHERE id = :id;

-- query: terminal_tender_set
-- in: id i64, tender text
-- changes
UPDATE terminal SET tender = :tender WHERE id = :id;

-- query: terminal_mode_set
-- in: id i64, mode text
-- changes
UPDATE terminal SET mode = :mode WHERE id = :id;

-- query: terminal_deny_set
-- in: id i64, deny text
-- changes
UPDATE terminal SET deny = :deny WHERE id = :id;

-- query: terminal_drawer_set
-- in: id i64, drawer bool
-- changes
UPDATE terminal SET drawer = :drawer WHERE id = :id;

-- query: terminal_trusted_set
-- in: id i64, trusted bool
-- changes
UPDATE terminal SET trusted = :trusted WHERE id = :id;

-- query: terminal_active_set
-- in: id i64, active bool
-- changes
UPDATE terminal SET active = :active WHERE id = :id;

-- query: terminal_seen
-- in: id i64, at i64
-- exec
UPDATE terminal SET last_seen = :at WHERE id = :id;

-- query: terminal_key_add
-- in: terminal i64, type text, key text, fingerprint text, made_at i64
-- exec
INSERT INTO terminal_key (terminal, type, key, fingerprint, made_at)
VALUES (:terminal, :type, :key, :fingerprint, :made_at);

-- query: terminal_key_find
-- Whose key this is; an inactive terminal's too.
-- in: type text, key text
-- one: terminal i64, active bool
SELECT k.terminal, t.active FROM terminal_key AS k
JOIN terminal AS t ON t.id = k.terminal
WHERE k.type = :type AND k.key = :key;

-- query: terminal_key_drop
-- in: terminal i64
-- exec
DELETE FROM terminal_key WHERE terminal = :terminal;

-- query: enrolment_add
-- in: code text, type text, key text, fingerprint text, origin text, net text, made_at i64, expires_at i64
-- exec
INSERT INTO enrolment (code, type, key, fingerprint, origin, net,
	made_at, expires_at)
VALUES (:code, :type, :key, :fingerprint, :origin, :net, :made_at,
	:expires_at);

-- query: enrolment_by_key
-- in: fingerprint text
-- one: code text, expires_at i64
SELECT code, expires_at FROM enrolment WHERE fingerprint = :fingerprint;

-- query: enrolment_by_code
-- in: code text, now i64
-- one: id i64, type text, key text, fingerprint text, origin text
SELECT id, type, key, fingerprint, origin FROM enrolment
WHERE code = :code AND expires_at > :now;

-- query: enrolment_list
-- in: now i64
-- all: code text, fingerprint text, origin text, made_at i64, expires_at i64
SELECT code, fingerprint, origin, made_at, expires_at FROM enrolment
WHERE expires_at > :now ORDER BY made_at;

-- query: enrolment_drop
-- in: id i64
-- exec
DELETE FROM enrolment WHERE id = :id;

-- query: enrolment_prune
-- Drops what has expired and, of this network, all but the newest `keep`, so
-- that a stranger cannot fill the disk with codes.
-- in: now i64, net text, keep i64
-- exec
DELETE FROM enrolment
WHERE expires_at <= :now
	OR (net = :net AND id NOT IN (SELECT id FROM enrolment
	    WHERE net = :net ORDER BY id DESC LIMIT :keep));

-- query: enrolment_count
-- one: n i64!
SELECT count(*) AS n FROM enrolment;
