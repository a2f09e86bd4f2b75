-- query: session_add
-- in: user i64, terminal i64?, door text, origin text, boot text, pid i64, pid_start i64, started_at i64
-- id
INSERT INTO session (user, terminal, door, origin, boot, pid, pid_start,
	started_at)
VALUES (:user, :terminal, :door, :origin, :boot, :pid, :pid_start,
	:started_at);

-- query: session_end
-- in: id i64, at i64, how text
-- changes
UPDATE session SET ended_at = :at, ended_how = :how
WHERE id = :id AND ended_at IS NULL;

-- query: session_get
-- in: id i64
-- one: user i64, terminal i64?, boot text, pid i64, pid_start i64, ended_at i64?
SELECT user, terminal, boot, pid, pid_start, ended_at
FROM session WHERE id = :id;

-- query: session_open_list
-- all: id i64, user text, terminal text, door text, origin text, boot text, pid i64, pid_start i64, started_at i64
SELECT s.id, u.name AS user, coalesce(t.name, '') AS terminal, s.door,
	s.origin, s.boot, s.pid, s.pid_start, s.started_at
FROM session AS s
JOIN user AS u ON u.id = s.user
LEFT JOIN terminal AS t ON t.id = s.terminal
WHERE s.ended_at IS NULL
ORDER BY s.id;

-- query: notice_add
-- in: session i64, at i64, kind text, object_id i64, user i64?, terminal i64?
-- exec
INSERT INTO notice (session, at, kind, object_id, user, terminal)
VALUES (:session, :at, :kind, :object_id, :user, :terminal);

-- query: notice_list
-- in: session i64
-- all: id i64, at i64, kind text, object_id i64, user text, terminal text
SELECT n.id, n.at, n.kind, n.object_id, coalesce(u.name, '') AS user,
	coalesce(t.name, '') AS terminal
FROM notice AS n
LEFT JOIN user AS u ON u.id = n.user
LEFT JOIN terminal AS t ON t.id = n.terminal
WHERE n.session = :session
ORDER BY n.id;

-- query: notice_drop
-- Those of a session up to one.
-- in: session i64, last i64
-- exec
DELETE FROM notice WHERE session = :session AND id <= :last;

-- query: notice_prune
-- Those of sessions that ended.
-- exec
DELETE FROM notice WHERE session IN
	(SELECT id FROM session WHERE ended_at IS NOT NULL);

-- query: place_put
-- in: terminal i64, user i64, at i64, screen text, object_id i64, entry text
-- exec
INSERT INTO place (terminal, user, at, screen, object_id, entry)
VALUES (:terminal, :user, :at, :screen, :object_id, :entry)
ON CONFLICT (terminal, user) DO UPDATE
SET at = excluded.at, screen = excluded.screen,
	object_id = excluded.object_id, entry = excluded.entry;

-- query: place_get
-- in: terminal i64, user i64, since i64
-- one: screen text, object_id i64, entry text
SELECT screen, object_id, entry FROM place
WHERE terminal = :terminal AND user = :user AND at >= :since;

-- query: place_last
-- Who was last on a terminal, for the PIN alone.
-- in: terminal i64, since i64
-- one: user text, at i64
SELECT u.name AS user, p.at FROM place AS p
JOIN user AS u ON u.id = p.user
WHERE p.terminal = :terminal AND p.at >= :since AND u.active = 1
ORDER BY p.at DESC LIMIT 1;

-- query: place_drop
-- in: terminal i64, user i64
-- exec
DELETE FROM place WHERE terminal = :terminal AND user = :user;
