-- query: setting_all
-- Every setting that was changed from its default.
-- all: name text, value text
SELECT name, value FROM setting ORDER BY name;

-- query: setting_put
-- in: name text, value text, changed_at i64
-- exec
INSERT INTO setting (name, value, changed_at)
VALUES (:name, :value, :changed_at)
ON CONFLICT (name) DO UPDATE
SET value = excluded.value, changed_at = excluded.changed_at;

-- query: setting_drop
-- Back to the default.
-- in: name text
-- exec
DELETE FROM setting WHERE name = :name;
