-- query: audit_add
-- in: at i64, user i64?, terminal i64?, session i64?, door text, unix_user text, action text, object text, object_id i64, detail text, approver i64?
-- exec
INSERT INTO audit (at, user, terminal, session, door, unix_user, action,
	object, object_id, detail, approver)
VALUES (:at, :user, :terminal, :session, :door, :unix_user, :action,
	:object, :object_id, :detail, :approver);

-- query: audit_page
-- Newest first; `before` is the id of the last row already seen.
-- in: since i64, until i64, user i64, unix_user text, before i64, most i64
-- all: id i64, at i64, object_id i64, user text, terminal text, door text, action text, object text, detail text, approver text
SELECT a.id, a.at, a.object_id,
	coalesce(u.name, CASE a.unix_user WHEN '' THEN ''
	    ELSE 'unix:' || a.unix_user END) AS user,
	coalesce(t.name, '') AS terminal,
	a.door, a.action, a.object, a.detail,
	coalesce(v.name, '') AS approver
FROM audit AS a
LEFT JOIN user AS u ON u.id = a.user
LEFT JOIN terminal AS t ON t.id = a.terminal
LEFT JOIN user AS v ON v.id = a.approver
WHERE a.id < :before AND a.at >= :since AND a.at < :until
	AND (:user = -1 OR a.user = :user
	    OR (:unix_user <> '' AND a.unix_user = :unix_user))
ORDER BY a.id DESC
LIMIT :most;
