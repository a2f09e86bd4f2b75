-- query: user_add
-- in: name text, login text, role text, language text, made_at i64
-- id
INSERT INTO user (name, login, role, language, made_at)
VALUES (:name, :login, :role, :language, :made_at);

-- query: user_by_login
-- in: login text
-- one: id i64
SELECT id FROM user WHERE login = :login;

-- query: user_list
-- all: id i64, name text, role text, language text, active bool, locked bool, implied bool, has_password bool, has_pin bool, has_totp bool, nkeys i64, nbadges i64, last_login i64
SELECT id, name, role, language, active, locked, implied,
	password IS NOT NULL AS has_password,
	pin IS NOT NULL AS has_pin,
	totp IS NOT NULL AS has_totp,
	(SELECT count(*) FROM user_key AS k WHERE k.user = u.id) AS nkeys,
	(SELECT count(*) FROM user_badge AS b WHERE b.user = u.id)
	    AS nbadges,
	coalesce(last_login, 0) AS last_login
FROM user AS u
ORDER BY login;

-- query: user_secret
-- What proving and becoming a user needs.
-- in: id i64
-- one: name text, login text, role text, language text, active bool, locked bool, implied bool, password text?, pin text?, pin_fails i64, totp blob?, totp_step i64
SELECT name, login, role, language, active, locked, implied, password, pin,
	pin_fails, totp, totp_step
FROM user WHERE id = :id;

-- query: user_lenders
-- Who else could prove at a till who they are.
-- in: me i64
-- all: id i64
SELECT id FROM user
WHERE id <> :me AND active = 1 AND locked = 0
	AND (password IS NOT NULL OR pin IS NOT NULL
	    OR EXISTS (SELECT 1 FROM user_badge AS b
	    WHERE b.user = user.id));

-- query: user_password_set
-- A new password also forgives the PIN typed wrong.
-- in: id i64, password text?
-- changes
UPDATE user SET password = :password, pin_fails = 0 WHERE id = :id;

-- query: user_pin_set
-- in: id i64, pin text?
-- changes
UPDATE user SET pin = :pin, pin_fails = 0 WHERE id = :id;

-- query: user_pin_try
-- Uses up one try, while there are some.
-- in: id i64, most i64
-- changes
UPDATE user SET pin_fails = pin_fails + 1
WHERE id = :id AND pin_fails < :most;

-- query: user_pin_clear
-- in: id i64
-- exec
UPDATE user SET pin_fails = 0 WHERE id = :id AND pin_fails > 0;

-- query: user_role_set
-- in: id i64, role text
-- changes
UPDATE user SET role = :role WHERE id = :id;

-- query: user_language_set
-- in: id i64, language text
-- changes
UPDATE user SET language = :language WHERE id = :id;

-- query: user_implied_set
-- in: id i64, implied bool
-- changes
UPDATE user SET implied = :implied WHERE id = :id;

-- query: user_active_set
-- in: id i64, active bool
-- changes
UPDATE user SET active = :active WHERE id = :id;

-- query: user_locked_set
-- in: id i64, locked bool
-- changes
UPDATE user SET locked = :locked WHERE id = :id;

-- query: user_totp_set
-- in: id i64, totp blob?
-- changes
UPDATE user SET totp = :totp, totp_step = 0 WHERE id = :id;

-- query: user_totp_try
-- Uses up one of the tries of the present step, while there are some.
-- in: id i64, step i64, most i64
-- changes
UPDATE user SET totp_tried = :step,
	totp_tries = CASE totp_tried WHEN :step THEN totp_tries + 1 ELSE 1 END
WHERE id = :id AND NOT (totp_tried = :step AND totp_tries >= :most);

-- query: user_totp_step
-- Takes a step of the authenticator's clock, once.
-- in: id i64, step i64
-- changes
UPDATE user SET totp_step = :step WHERE id = :id AND totp_step < :step;

-- query: user_seen
-- in: id i64, at i64
-- exec
UPDATE user SET last_login = :at WHERE id = :id;

-- query: user_admins
-- Active, unlocked admins other than this one.
-- in: id i64
-- one: n i64!
SELECT count(*) AS n FROM user
WHERE role = 'admin' AND active = 1 AND locked = 0 AND id <> :id;

-- query: user_key_add
-- in: user i64, type text, key text, fingerprint text, comment text, made_at i64
-- id
INSERT INTO user_key (user, type, key, fingerprint, comment, made_at)
VALUES (:user, :type, :key, :fingerprint, :comment, :made_at);

-- query: user_key_drop
-- in: user i64, fingerprint text
-- changes
DELETE FROM user_key WHERE user = :user AND fingerprint = :fingerprint;

-- query: user_key_list
-- in: user i64
-- all: id i64, type text, key text, fingerprint text, comment text, made_at i64
SELECT id, type, key, fingerprint, comment, made_at FROM user_key
WHERE user = :user ORDER BY id;

-- query: user_key_has
-- in: user i64, type text, key text
-- one: id i64
SELECT id FROM user_key
WHERE user = :user AND type = :type AND key = :key;

-- query: user_badge_add
-- in: user i64, hash text, label text, made_at i64
-- id
INSERT INTO user_badge (user, hash, label, made_at)
VALUES (:user, :hash, :label, :made_at);

-- query: user_badge_drop
-- One of them by its label, "" all.
-- in: user i64, label text
-- changes
DELETE FROM user_badge
WHERE user = :user AND (:label = '' OR label = :label);

-- query: user_badge_list
-- in: user i64
-- all: id i64, label text, made_at i64
SELECT id, label, made_at FROM user_badge WHERE user = :user ORDER BY id;

-- query: user_badge_next
-- A number no badge of theirs has as its label yet.
-- in: user i64
-- one: n i64!
SELECT coalesce(max(CAST(label AS INTEGER)), 0) + 1 AS n FROM user_badge
WHERE user = :user AND label NOT GLOB '*[^0-9]*';

-- query: user_badge_labelled
-- in: user i64, label text
-- one: id i64
SELECT id FROM user_badge WHERE user = :user AND label = :label;

-- query: user_badge_whose
-- in: hash text
-- one: id i64, user i64
SELECT id, user FROM user_badge WHERE hash = :hash;
