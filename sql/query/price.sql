-- Price lists and dated prices.

-- query: price_list_add
-- in: name text, label text, place i64, terminal i64?, room i64?, store i64?, customer_group text, mode text, since text, until text, days i64, from_minute i64, until_minute i64, at i64
-- id
INSERT INTO price_list (name, label, place, terminal, room, store,
	customer_group, mode, since, until, days, from_minute, until_minute,
	made_at)
VALUES (:name, :label, :place, :terminal, :room, :store, :customer_group,
	:mode, :since, :until, :days, :from_minute, :until_minute, :at);

-- query: price_list_all
-- Those that were not ended, in the order they are asked.
-- all: id i64, name text, label text, place i64, terminal i64?, till text!, room i64?, store i64?, spot text!, customer_group text, mode text, since text, until text, days i64, from_minute i64, until_minute i64, prices i64!
SELECT l.id, l.name, l.label, l.place, l.terminal,
	coalesce(t.name, '') AS till, l.room, l.store,
	coalesce(r.name, s.name, '') AS spot, l.customer_group, l.mode, l.since,
	l.until, l.days, l.from_minute, l.until_minute,
	(SELECT count(*) FROM price WHERE list = l.id) AS prices
FROM price_list AS l
LEFT JOIN terminal AS t ON t.id = l.terminal
LEFT JOIN room AS r ON r.id = l.room
LEFT JOIN stock_place AS s ON s.id = l.store
WHERE l.ended_at IS NULL
ORDER BY l.place, l.id;

-- query: price_list_end
-- in: id i64, at i64
-- changes
UPDATE price_list SET ended_at = :at WHERE id = :id AND ended_at IS NULL;

-- query: price_dated
-- Does the catalogue itself have dated prices?
-- one: n i64!
SELECT EXISTS (SELECT 1 FROM price WHERE list IS NULL) AS n;

-- query: price_of_product
-- Every price there is for it, the latest first.
-- in: product i64
-- all: list i64?, since text, until text, price i64
SELECT list, since, until, price FROM price WHERE product = :product
ORDER BY since DESC, id DESC;

-- query: price_put
-- in: product i64, list i64?, since text, until text, price i64, at i64
-- exec
INSERT INTO price (product, list, since, until, price, changed_at)
VALUES (:product, :list, :since, :until, :price, :at)
ON CONFLICT (product, ifnull(list, 0), since) DO UPDATE
SET until = excluded.until, price = excluded.price,
	changed_at = excluded.changed_at;

-- query: price_drop
-- in: product i64, list i64?, since text
-- changes
DELETE FROM price
WHERE product = :product AND list IS :list AND since = :since;

-- query: price_all
-- The prices of a list (NULL: dated ones of the catalogue), by code.
-- in: list i64?
-- all: product i64, code text, name text, catalogue i64, since text, until text, price i64
SELECT p.product, c.code, c.name, c.price AS catalogue, p.since, p.until,
	p.price
FROM price AS p JOIN product AS c ON c.id = p.product
WHERE p.list IS :list
ORDER BY c.code, p.since;

-- query: price_buyer
-- The group of who buys, '' of nobody known, and the room they sit in, 0.
-- in: sale i64
-- one: customer_group text!, room i64!
SELECT coalesce(g.name, '') AS customer_group,
	coalesce((SELECT t.room FROM serving AS v
	    JOIN room_table AS t ON t.id = v.tbl WHERE v.sale = s.id), 0)
	    AS room
FROM sale AS s LEFT JOIN customer_group AS g ON g.customer = s.customer
WHERE s.id = :sale;

-- query: price_store
-- Where a terminal's goods come from: a room of a store, or the store (0).
-- in: terminal i64
-- one: place i64, store i64!
SELECT t.place, coalesce(p.parent, 0) AS store
FROM terminal AS t JOIN stock_place AS p ON p.id = t.place
WHERE t.id = :terminal;

-- query: price_room
-- A room with tables by its name, upper or lower case.
-- in: name text
-- one: id i64, name text
SELECT id, name FROM room WHERE active = 1
	AND name = :name COLLATE NOCASE ORDER BY place LIMIT 1;

-- query: price_group_count
-- How many customers are in a group.
-- in: name text
-- one: n i64!
SELECT count(*) AS n FROM customer_group WHERE name = :name;

-- query: price_lines
-- Lines whose price a list may make another.
-- in: sale i64
-- all: id i64, product i64, qty i64, price i64, amount i64, off i64, list_price i64, at i64
SELECT id, product, qty, price, amount, off, list_price, at
FROM sale_line
WHERE sale = :sale AND state = 'live' AND qty > 0 AND overridden = 0
	AND kind = 'item' AND voucher IS NULL AND returns IS NULL
ORDER BY seq;

-- query: price_line_put
-- in: id i64, price i64, amount i64, list i64?
-- exec
UPDATE sale_line SET price = :price, amount = :amount, off = 0,
	price_list = :list
WHERE id = :id;

-- query: price_group_put
-- in: customer i64, name text
-- exec
INSERT INTO customer_group (customer, name) VALUES (:customer, :name)
ON CONFLICT (customer) DO UPDATE SET name = excluded.name;
