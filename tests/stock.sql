-- SPDX-License-Identifier: ISC
-- The stockroom added up again from the movements alone, by rules of its own:
-- every line this prints is something that does not add up.  Each movement is
-- held against what all those before it left.
CREATE TEMP TABLE m AS
SELECT id, product, place, kind, qty, value, lot, serial, at,
	coalesce(sum(qty) OVER w, 0) AS q0, coalesce(sum(value) OVER w, 0) AS v0
FROM stock_move
WINDOW w AS (PARTITION BY product, place ORDER BY id
	ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING);
CREATE INDEX temp.m_at ON m (product, place, id);

-- Level and worth are the last sums; nothing is worth nothing.
SELECT 'level', a.product, a.place, l.qty, a.qty, l.value, a.value
FROM (SELECT product, place, sum(qty) AS qty, sum(value) AS value
	FROM m GROUP BY product, place) AS a
LEFT JOIN stock_level AS l ON l.product = a.product AND l.place = a.place
WHERE l.qty IS NOT a.qty OR l.value IS NOT a.value;
SELECT 'level of nothing', product, place FROM stock_level
WHERE (product, place) NOT IN (SELECT product, place FROM m);
SELECT 'worth of nothing', product, place, id FROM m
WHERE q0 + qty = 0 AND v0 + value <> 0 AND kind <> 'revalue';
SELECT 'place', w.place, w.value, sum(m.value) FROM stock_worth AS w
JOIN m ON m.place = w.place GROUP BY w.place HAVING w.value <> sum(m.value);

-- What goes out (or comes back) goes at the average, to half a cent: the
-- value kept, not a rounded unit cost.  Not where entries are kept apart.
SELECT 'average', id, product, place, kind, qty, value, q0, v0 FROM m
WHERE kind NOT IN ('receipt', 'arrive', 'supplier', 'revalue') AND q0 <> 0
	AND NOT (kind = 'make' AND qty > 0)
	AND abs(2 * (value * q0 - v0 * qty)) > abs(q0)
	AND NOT EXISTS (SELECT 1 FROM setting
	    WHERE name = 'valuation' AND value = 'fifo');

-- An entry into less than nothing: all of it at the entry's own cost.
SELECT 'anew', m.id, m.product, m.place, m.q0, m.v0, m.qty, m.value FROM m
WHERE kind = 'receipt' AND q0 < 0 AND qty > 0
	AND abs(v0 * qty - q0 * value) > 2 * abs(qty);

-- First in, first out: what is left is the newest entries, at their cost.
WITH entry AS (
	SELECT product, place, id, qty, value, sum(qty) OVER (
	    PARTITION BY product, place ORDER BY id DESC
	    ROWS UNBOUNDED PRECEDING) - qty AS newer
	FROM m WHERE qty > 0),
	worth AS (
	SELECT l.product, l.place, l.value, sum(CASE
	    WHEN e.newer + e.qty <= l.qty THEN e.value
	    ELSE e.value * (l.qty - e.newer) / e.qty END) AS expected
	FROM stock_level AS l JOIN entry AS e ON e.product = l.product
	    AND e.place = l.place AND e.newer < l.qty
	WHERE l.qty > 0 GROUP BY l.product, l.place)
SELECT 'fifo', product, place, value, expected FROM worth
WHERE abs(value - expected) > 3 AND EXISTS (SELECT 1 FROM setting
	WHERE name = 'valuation' AND value = 'fifo');

-- Lots: what came less what went, and a lot is of one product.
SELECT 'lot', m.product, m.place, m.lot, sum(m.qty), l.qty FROM m
LEFT JOIN stock_lot_level AS l ON l.product = m.product
	AND l.place = m.place AND l.lot = m.lot
WHERE m.lot IS NOT NULL
GROUP BY m.product, m.place, m.lot
HAVING sum(m.qty) <> coalesce(l.qty, 0);
SELECT 'lot of another', m.id FROM m JOIN stock_lot AS o ON o.id = m.lot
WHERE o.product <> m.product;

-- The first to expire goes first: when something left a lot there was nothing
-- of those before it.  (A supplier gets back what was theirs.)
CREATE TEMP TABLE lots AS
SELECT m.id, m.product, m.place, m.lot, m.kind, m.qty,
	(CASE o.expiry WHEN '' THEN '9' ELSE o.expiry END)
	    || printf(' %09d', o.id) AS rank
FROM m JOIN stock_lot AS o ON o.id = m.lot;
CREATE INDEX temp.lots_at ON lots (product, place, id);
SELECT DISTINCT 'not the first to expire', w.id, w.product, w.lot, b.lot
FROM lots AS w JOIN lots AS b ON b.product = w.product
	AND b.place = w.place AND b.id < w.id AND b.rank < w.rank
WHERE w.qty < 0 AND w.kind <> 'supplier'
GROUP BY w.id, b.lot HAVING sum(b.qty) > 0;

-- Pieces: in and out by turns, and here if the last was in.
SELECT 'piece', id, product, serial FROM (
	SELECT id, product, serial, qty, lag(qty) OVER (
	    PARTITION BY product, serial ORDER BY id) AS before
	FROM m WHERE serial <> '')
WHERE abs(qty) <> 1000 OR qty = before;
SELECT 'piece here', s.product, s.serial FROM stock_serial AS s
WHERE s.here <> (SELECT qty > 0 FROM m WHERE m.product = s.product
	AND m.serial = s.serial AND serial <> '' ORDER BY id DESC LIMIT 1);

-- A past date: each mark is the sum of all movements until its period ended.
SELECT 'mark', k.product, k.place, k.period, k.qty, sum(m.qty)
FROM stock_mark AS k JOIN m ON m.product = k.product AND m.place = k.place
	AND m.at / 2592000000 <= k.period
GROUP BY k.product, k.place, k.period
HAVING k.qty <> sum(m.qty) OR k.value <> sum(m.value);

-- A ticket took what it sold.
SELECT 'sold', s.id, l.product, sum(l.qty), (SELECT -sum(qty)
	FROM stock_move WHERE sale = s.id AND product = l.product
	AND kind IN ('sale', 'return')) AS went
FROM sale AS s JOIN sale_line AS l ON l.sale = s.id
WHERE s.state = 'paid' AND s.training = 0 AND l.state = 'live'
	AND (l.parent IS NULL OR l.product <> (SELECT product FROM sale_line
	    WHERE id = l.parent)) AND l.product IN (SELECT product FROM stock_move
	    WHERE sale = s.id AND kind IN ('sale', 'return'))
	AND l.product NOT IN (SELECT component FROM recipe_use)
GROUP BY s.id, l.product HAVING sum(l.qty) <> went;
