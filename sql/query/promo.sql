-- Promotions.

-- query: promo_add
-- in: name text, label text, kind text, percent i64, amount i64, n i64, m i64, threshold i64, times i64, alone bool, place i64, coupon text, uses i64, terminal i64?, room i64?, store i64?, customer_group text, mode text, since text, until text, days i64, from_minute i64, until_minute i64, at i64, user i64?
-- id
INSERT INTO promo (name, label, kind, percent, amount, n, m, threshold,
	times, alone, place, coupon, uses, terminal, room, store,
	customer_group, mode, since, until, days, from_minute, until_minute,
	made_at, user)
VALUES (:name, :label, :kind, :percent, :amount, :n, :m, :threshold, :times,
	:alone, :place, :coupon, :uses, :terminal, :room, :store,
	:customer_group, :mode, :since, :until, :days, :from_minute,
	:until_minute, :at, :user);

-- query: promo_item_add
-- in: promo i64, part i64, product i64?, category text?, qty i64
-- exec
INSERT INTO promo_item (promo, part, product, category, qty)
VALUES (:promo, :part, :product, :category, :qty);

-- query: promo_all
-- Those ended after `since`, and all that were not, in their order.
-- in: since i64
-- all: id i64, name text, label text, kind text, percent i64, amount i64, n i64, m i64, threshold i64, times i64, alone bool, place i64, coupon text, uses i64, terminal i64?, till text!, room i64?, store i64?, spot text!, customer_group text, mode text, since text, until text, days i64, from_minute i64, until_minute i64, made_at i64, ended_at i64?
SELECT p.id, p.name, p.label, p.kind, p.percent, p.amount, p.n, p.m,
	p.threshold, p.times, p.alone, p.place, p.coupon, p.uses, p.terminal,
	coalesce(t.name, '') AS till, p.room, p.store,
	coalesce(r.name, s.name, '') AS spot, p.customer_group, p.mode, p.since,
	p.until, p.days, p.from_minute, p.until_minute, p.made_at, p.ended_at
FROM promo AS p
LEFT JOIN terminal AS t ON t.id = p.terminal
LEFT JOIN room AS r ON r.id = p.room
LEFT JOIN stock_place AS s ON s.id = p.store
WHERE p.ended_at IS NULL OR p.ended_at > :since
ORDER BY p.place, p.id;

-- query: promo_items
-- Of the same promotions, theirs together.
-- in: since i64
-- all: promo i64, part i64, product i64?, code text!, category text?, qty i64
SELECT i.promo, i.part, i.product, coalesce(c.code, '') AS code, i.category,
	i.qty
FROM promo_item AS i
JOIN promo AS p ON p.id = i.promo
LEFT JOIN product AS c ON c.id = i.product
WHERE p.ended_at IS NULL OR p.ended_at > :since
ORDER BY i.promo, i.part, i.rowid;

-- query: promo_end
-- in: id i64, at i64
-- changes
UPDATE promo SET ended_at = :at WHERE id = :id AND ended_at IS NULL;

-- query: promo_next_place
-- one: place i64!
SELECT coalesce(max(place), 0) + 10 AS place FROM promo
WHERE ended_at IS NULL;

-- query: promo_category
-- A category some product is in, whatever the case.
-- in: name text
-- one: category text
SELECT category FROM product
WHERE category <> '' AND category = :name COLLATE NOCASE
ORDER BY category LIMIT 1;
