-- What screens look through: the whole catalogue by place, what runs out, a
-- day hour by hour.

-- query: browse_total
-- in:
-- one: n i64!
SELECT count(*) AS n FROM product WHERE active = 1;

-- query: browse_rows
-- In order of code.
-- in: skip i64, limit i64
-- all: id i64, code text, name text, unit text, price i64, tracked bool, stock i64!
SELECT p.id, p.code, p.name, p.unit, p.price, p.tracked,
	coalesce((SELECT sum(qty) FROM stock_level
	    WHERE product = p.id AND place > 0), 0) AS stock
FROM (SELECT id FROM product WHERE active = 1
	ORDER BY code LIMIT :limit OFFSET :skip) AS w
JOIN product AS p ON p.id = w.id
ORDER BY p.code;

-- query: browse_place
-- How many stand before it.
-- in: id i64
-- one: n i64!
SELECT count(*) AS n FROM product
WHERE active = 1 AND code < (SELECT code FROM product WHERE id = :id);

-- query: browse_low
-- What is out, and what is nearly: lowest first.
-- Only of stores that `user` may see.
-- in: below i64, user i64, limit i64
-- all: id i64, code text, name text, unit text, stock i64
SELECT p.id, p.code, p.name, p.unit, l.qty AS stock
FROM stock_level AS l
JOIN product AS p ON p.id = l.product
WHERE l.qty <= 5000 AND l.qty <= :below AND l.place > 0
	AND p.tracked = 1 AND p.active = 1
	AND (NOT EXISTS (SELECT 1 FROM user_place WHERE user = :user)
	OR EXISTS (SELECT 1 FROM user_place AS u JOIN stock_place AS w
	    ON w.id = l.place AND u.place IN (w.id, w.parent)
	    WHERE u.user = :user))
ORDER BY l.qty, p.code LIMIT :limit;

-- query: browse_hours
-- Takings of a business day by local hour.
-- in: day text
-- all: hour i64!, tickets i64, amount i64!
SELECT CAST(strftime('%H', posted_at / 1000, 'unixepoch', 'localtime')
	AS INTEGER) AS hour,
	count(*) AS tickets, sum(total) AS amount
FROM sale
WHERE business_day = :day AND state = 'paid' AND training = 0
GROUP BY hour ORDER BY min(posted_at);
