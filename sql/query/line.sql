-- query: line_add
-- in: name text, login text, device text, terminal i64
-- id
INSERT INTO line (name, login, device, terminal)
VALUES (:name, :login, :device, :terminal);

-- query: line_by_login
-- in: login text
-- one: id i64
SELECT id FROM line WHERE login = :login;

-- query: line_list
-- all: id i64, terminal i64, speed i64, columns i64, height i64, name text, device text, format text, flow text, term text, charset text, modem bool, active bool
SELECT id, terminal, speed, columns, rows AS height, name, device, format,
	flow, term, charset, modem, active
FROM line ORDER BY login;

-- query: line_get
-- in: id i64
-- one: terminal i64, speed i64, columns i64, height i64, name text, device text, format text, flow text, term text, charset text, modem bool, active bool
SELECT terminal, speed, columns, rows AS height, name, device, format, flow,
	term, charset, modem, active
FROM line WHERE id = :id;

-- query: line_put
-- in: id i64, device text, speed i64, columns i64, height i64, format text, flow text, term text, charset text, modem bool, active bool
-- changes
UPDATE line SET device = :device, speed = :speed, columns = :columns,
	rows = :height, format = :format, flow = :flow, term = :term,
	charset = :charset, modem = :modem, active = :active
WHERE id = :id;

-- query: line_by_device
-- in: device text
-- one: id i64, name text
SELECT id, name FROM line WHERE device = :device;
