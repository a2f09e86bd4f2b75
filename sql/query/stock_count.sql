-- Counting what is there.

-- query: stock_count_open
-- How far the ledger goes at this moment is frozen with it.
-- in: kind text, place i64, blind bool, at i64, user i64?
-- id
INSERT INTO stock_count (kind, place, blind, move, opened_at, opened_by)
VALUES (:kind, :place, :blind, coalesce((SELECT max(id) FROM stock_move), 0),
	:at, :user);

-- query: stock_count_all
-- Everything kept in stock.
-- in: counting i64, place i64
-- changes
INSERT INTO stock_count_item (count, product, frozen)
SELECT :counting, p.id, coalesce(l.qty, 0) FROM product AS p
LEFT JOIN stock_level AS l ON l.product = p.id AND l.place = :place
WHERE p.tracked = 1 AND (p.active = 1 OR l.qty <> 0);

-- query: stock_count_category
-- What is of a category, or of one under it.
-- in: counting i64, place i64, category text
-- changes
INSERT INTO stock_count_item (count, product, frozen)
SELECT :counting, p.id, coalesce(l.qty, 0) FROM product AS p
LEFT JOIN stock_level AS l ON l.product = p.id AND l.place = :place
WHERE p.tracked = 1 AND (p.active = 1 OR l.qty <> 0)
	AND p.category IN (WITH RECURSIVE down (name) AS (
		SELECT :category
		UNION
		SELECT c.name FROM down JOIN category AS c
		ON c.parent = down.name)
	    SELECT name FROM down);

-- query: stock_count_due
-- Rolling: what is due by its class.  A makes 80 % of what was sold in a year
-- (at cost) and is counted monthly, B the next 15 %, every quarter, C the
-- rest, once a year; what was never counted first.
-- in: place i64, at i64, limit i64
-- all: product i64!
SELECT product FROM (
	SELECT v.product,
	    CASE WHEN v.before * 100 < v.total * 80 THEN 30
	    WHEN v.before * 100 < v.total * 95 THEN 91 ELSE 365 END AS days,
	    coalesce((SELECT max(c.closed_at) FROM stock_count_item AS i
		JOIN stock_count AS c ON c.id = i.count
		WHERE i.product = v.product AND c.place = :place
		    AND c.state = 'done' AND i.counted IS NOT NULL), 0)
		AS counted
	FROM (SELECT product, here, sum(value) OVER (ORDER BY value DESC,
		    product ROWS UNBOUNDED PRECEDING) - value AS before,
		sum(value) OVER () AS total
	    FROM (SELECT product, max(here) AS here, sum(value) AS value
		FROM (SELECT l.product, 1 AS here, 0 AS value
		    FROM stock_level AS l JOIN product AS p ON p.id = l.product
		    WHERE l.place = :place AND p.tracked = 1
		    UNION ALL
		    SELECT product, 0, -value FROM stock_move
		    WHERE place = :place AND kind IN ('sale', 'return')
			AND at >= :at - 31536000000)
		GROUP BY product)) AS v
	WHERE v.here = 1)
WHERE counted + days * 86400000 <= :at
ORDER BY counted + days * 86400000, days, product LIMIT :limit;

-- query: stock_count_take
-- One of those; from its level now.
-- in: counting i64, product i64, place i64
-- exec
INSERT INTO stock_count_item (count, product, frozen)
VALUES (:counting, :product, coalesce((SELECT qty FROM stock_level
	WHERE product = :product AND place = :place), 0));

-- query: stock_count_get
-- in: id i64
-- one: id i64, kind text, place i64, name text!, blind bool, state text, round i64, opened_at i64, closed_at i64?, opened_by text!
SELECT c.id, c.kind, c.place, p.name, c.blind, c.state, c.round, c.opened_at,
	c.closed_at, coalesce(u.name, '') AS opened_by
FROM stock_count AS c JOIN stock_place AS p ON p.id = c.place
LEFT JOIN user AS u ON u.id = c.opened_by
WHERE c.id = :id;

-- query: stock_count_list
-- Newest first.
-- in: limit i64
-- all: id i64
SELECT id FROM stock_count ORDER BY id DESC LIMIT :limit;

-- query: stock_count_of_place
-- The open one there.
-- in: place i64
-- one: id i64
SELECT id FROM stock_count WHERE place = :place AND closed_at IS NULL;

-- query: stock_count_sums
-- in: counting i64
-- one: items i64, counted i64!, differ i64!
SELECT count(*) AS items, coalesce(sum(counted IS NOT NULL), 0) AS counted,
	coalesce(sum(counted <> expected), 0) AS differ
FROM stock_count_now WHERE count = :counting;

-- query: stock_count_progress
-- How many of it somebody has counted, from the entries alone.
-- in: counting i64
-- one: items i64!, counted i64!
SELECT (SELECT count(*) FROM stock_count_item WHERE count = :counting) AS items,
	count(DISTINCT product) AS counted
FROM stock_count_entry WHERE count = :counting;

-- query: stock_count_missing
-- Items that nobody has counted in the round that holds for them.
-- in: counting i64
-- one: n i64
SELECT count(*) AS n FROM stock_count_item AS i
WHERE count = :counting AND NOT EXISTS (SELECT 1 FROM stock_count_entry
	WHERE count = i.count AND product = i.product AND round = i.round);

-- query: stock_count_item
-- in: counting i64, product i64
-- one: frozen i64, round i64, counted i64?, expected i64!
SELECT frozen, round, counted, expected FROM stock_count_now
WHERE count = :counting AND product = :product;

-- query: stock_count_item_add
-- Found where nobody looked for it: from its level now.
-- in: counting i64, product i64
-- exec
INSERT INTO stock_count_item (count, product, frozen, round)
SELECT c.id, :product, coalesce((SELECT qty FROM stock_level
	WHERE product = :product AND place = c.place), 0)
	- coalesce((SELECT sum(qty) FROM stock_move WHERE product = :product
	    AND place = c.place AND id > c.move), 0), c.round
FROM stock_count AS c WHERE c.id = :counting;

-- query: stock_count_enter
-- One beep; how far the ledger goes now is written with it.
-- in: counting i64, product i64, qty i64, round i64, at i64, user i64?, terminal i64?, lot text, expiry text, serial text
-- id
INSERT INTO stock_count_entry (count, product, qty, round, move, at, user,
	terminal, lot, expiry, serial)
VALUES (:counting, :product, :qty, :round,
	coalesce((SELECT max(id) FROM stock_move), 0), :at, :user, :terminal,
	:lot, :expiry, :serial);

-- query: stock_count_serial
-- How often a number was counted, and where the stock has it otherwise.
-- in: counting i64, product i64, round i64, serial text
-- one: qty i64!, place text!
SELECT coalesce((SELECT sum(qty) FROM stock_count_entry
	WHERE count = :counting AND product = :product AND round = :round
	    AND serial = :serial), 0) AS qty,
	coalesce((SELECT w.name FROM stock_serial AS s
	    JOIN stock_place AS w ON w.id = s.place
	    WHERE s.product = :product AND s.serial = :serial AND s.here = 1
		AND s.place <> (SELECT place FROM stock_count
		    WHERE id = :counting)), '') AS place;

-- query: stock_count_pieces
-- Lots and numbers that are not as they should be.  Of items counted by lot or
-- number: each of them as it should have been when the item was counted last
-- (all that moved since taken off again), and as it was seen.  What has neither
-- is the rest of the item; a number has its lot by itself.  Of the items behind
-- `after` up to `last`; what is too much there first.
-- in: counting i64, after i64, last i64
-- all: product i64, code text, name text, unit text, lot text!, serial text!, seen i64!, there i64!, expiry text!, took text?
SELECT n.product, p.code, p.name, p.unit, n.lot, n.serial, n.seen, n.there,
	n.expiry, CASE WHEN n.serial = '' THEN n.lot
	WHEN NOT EXISTS (SELECT 1 FROM stock_serial
	    WHERE product = n.product AND serial = n.serial) THEN n.of END
	AS took
FROM (WITH named AS (
	SELECT i.count, i.product, i.round, c.place, max(e.move) AS last
	FROM stock_count AS c
	JOIN stock_count_item AS i ON i.count = c.id
	JOIN stock_count_entry AS e ON e.count = i.count
	    AND e.product = i.product AND e.round = i.round
	WHERE c.id = :counting AND i.product > :after AND i.product <= :last
	GROUP BY i.product
	HAVING max(e.lot <> '' OR e.serial <> '')
    ), there AS (
	SELECT n.product, o.code AS lot, '' AS serial,
	    coalesce((SELECT qty FROM stock_lot_level
		WHERE product = n.product AND place = n.place
		    AND lot = o.id), 0)
	    - coalesce((SELECT sum(qty) FROM stock_move WHERE lot = o.id
		AND place = n.place AND id > n.last), 0) AS qty
	FROM named AS n JOIN product AS p ON p.id = n.product
	JOIN stock_lot AS o ON o.product = n.product
	WHERE p.serials = 0
	UNION ALL
	SELECT n.product, '', s.serial,
	    1000 * (s.here = 1 AND s.place = n.place)
	    - coalesce((SELECT sum(qty) FROM stock_move
		WHERE product = n.product AND serial = s.serial
		    AND serial <> '' AND place = n.place AND id > n.last), 0)
	FROM named AS n JOIN product AS p ON p.id = n.product
	JOIN stock_serial AS s ON s.product = n.product
	WHERE p.serials = 1
    )
    SELECT product, lot, serial, max(expiry) AS expiry, max(of) AS of,
	sum(seen) AS seen, sum(there) AS there
    FROM (SELECT n.product, CASE e.serial WHEN '' THEN e.lot ELSE '' END AS lot,
	    e.serial, e.expiry, e.lot AS of, e.qty AS seen, 0 AS there
	FROM named AS n JOIN stock_count_entry AS e ON e.count = n.count
	    AND e.product = n.product AND e.round = n.round
	UNION ALL
	SELECT product, lot, serial, '', '', 0, qty FROM there
	UNION ALL
	SELECT n.product, '', '', '', '', 0, w.expected - coalesce((SELECT
	    sum(qty) FROM there WHERE product = n.product), 0)
	FROM named AS n JOIN stock_count_now AS w ON w.count = n.count
	    AND w.product = n.product)
    GROUP BY product, lot, serial HAVING sum(seen) <> sum(there)) AS n
JOIN product AS p ON p.id = n.product
ORDER BY p.code, n.seen > n.there, n.lot, n.serial;

-- query: stock_count_adjust_piece
-- The movement of one of them; lot NULL: a number that was known is of the lot
-- it was.
-- in: counting i64, product i64, qty i64, lot text?, expiry text, serial text, at i64, user i64?
-- exec
INSERT INTO stock_post (product, place, qty, kind, lot, expiry, serial, doc,
	doc_id, reason, at, user)
SELECT :product, place, :qty, 'count', :lot, :expiry, :serial, 'count', id, '',
	:at, :user
FROM stock_count WHERE id = :counting;

-- query: stock_count_rows
-- Page by page in order of code; which: all, not counted yet, differing, of
-- the round that is being counted.
-- in: counting i64, after text, limit i64
-- pick which: all = 1 | left = n.counted IS NULL | differ = n.counted <> n.expected | again = n.counted IS NULL AND n.round > 1
-- all: product i64, code text, name text, unit text, frozen i64, round i64, counted i64?, expected i64!
SELECT n.product, p.code, p.name, p.unit, n.frozen, n.round, n.counted,
	n.expected
FROM stock_count_now AS n JOIN product AS p ON p.id = n.product
WHERE n.count = :counting AND p.code > :after AND {which}
ORDER BY p.code LIMIT :limit;

-- query: stock_count_file
-- All that was entered, of the round that holds for each item.
-- in: counting i64
-- all: code text, qty i64!, lot text!, expiry text!, serial text!
SELECT p.code, sum(e.qty) AS qty, e.lot, max(e.expiry) AS expiry, e.serial
FROM stock_count_item AS i
JOIN stock_count_entry AS e ON e.count = i.count AND e.product = i.product
	AND e.round = i.round
JOIN product AS p ON p.id = i.product
WHERE i.count = :counting
GROUP BY e.product, e.lot, e.serial HAVING sum(e.qty) <> 0
ORDER BY p.code, e.lot, e.serial;

-- query: stock_count_latest
-- The last entries, newest first, with what each item comes to.
-- in: counting i64, limit i64
-- all: id i64, product i64, code text, name text, unit text, qty i64, at i64, user text!, total i64!, expected i64!
SELECT e.id, e.product, p.code, p.name, p.unit, e.qty, e.at,
	coalesce(u.name, '') AS user, coalesce(n.counted, 0) AS total,
	n.expected
FROM (SELECT * FROM stock_count_entry WHERE count = :counting
	ORDER BY id DESC LIMIT :limit) AS e
JOIN product AS p ON p.id = e.product
JOIN stock_count_now AS n ON n.count = e.count AND n.product = e.product
LEFT JOIN user AS u ON u.id = e.user
ORDER BY e.id DESC;

-- query: stock_count_again
-- Differences are counted anew in the next round.
-- in: counting i64, round i64
-- changes
UPDATE stock_count_item SET round = :round
WHERE count = :counting AND product IN (SELECT product FROM stock_count_now
	WHERE count = :counting AND counted <> expected);

-- query: stock_count_round
-- in: counting i64, round i64
-- exec
UPDATE stock_count SET round = :round WHERE id = :counting;

-- query: stock_count_again_one
-- The same of an item whose lots or numbers differ and not their sum.
-- in: counting i64, product i64, round i64
-- changes
UPDATE stock_count_item SET round = :round
WHERE count = :counting AND product = :product AND round < :round;

-- query: stock_count_closing
-- From here on nobody counts.
-- in: counting i64, zero bool
-- exec
UPDATE stock_count SET state = 'closing', zero = :zero WHERE id = :counting;

-- query: stock_count_stage
-- How far closing went, and how far the ledger.
-- in: counting i64
-- one: state text, zero bool, reached i64, mark i64!
SELECT state, zero, reached,
	(SELECT coalesce(max(id), 0) FROM stock_move) AS mark
FROM stock_count WHERE id = :counting;

-- query: stock_count_slice
-- The next items behind a product: up to which, and how many.
-- in: counting i64, after i64, limit i64
-- one: last i64?, n i64
SELECT max(product) AS last, count(*) AS n
FROM (SELECT product FROM stock_count_item
	WHERE count = :counting AND product > :after
	ORDER BY product LIMIT :limit);

-- query: stock_count_reached
-- in: counting i64, last i64
-- exec
UPDATE stock_count SET reached = :last WHERE id = :counting;

-- query: stock_count_result
-- What it comes to, kept with the items behind `after` up to `last`; not
-- counted is nothing there, or (keep) nothing known.
-- in: counting i64, zero bool, after i64, last i64
-- exec
UPDATE stock_count_item SET counted = n.counted, expected = n.expected
FROM (SELECT product, CASE WHEN counted IS NULL AND :zero THEN 0
	ELSE counted END AS counted, expected FROM stock_count_now
	WHERE count = :counting AND product > :after
	    AND product <= :last) AS n
WHERE stock_count_item.count = :counting
	AND stock_count_item.product = n.product;

-- query: stock_count_adjust
-- One movement for each difference of those; of what was counted by lot or
-- number, see stock_count_adjust_piece.
-- in: counting i64, after i64, last i64, at i64, user i64?
-- exec
INSERT INTO stock_post (product, place, qty, kind, lot, expiry, serial, doc,
	doc_id, reason, at, user)
SELECT i.product, c.place, i.counted - i.expected, 'count',
	CASE WHEN p.lots = 0 OR i.counted > i.expected THEN '' END, '', '',
	'count', c.id, '', :at, :user
FROM stock_count_item AS i
JOIN stock_count AS c ON c.id = i.count
JOIN product AS p ON p.id = i.product
WHERE i.count = :counting AND i.product > :after AND i.product <= :last
	AND i.counted <> i.expected
	AND NOT EXISTS (SELECT 1 FROM stock_count_entry AS e
	    WHERE e.count = i.count AND e.product = i.product
		AND e.round = i.round AND (e.lot <> '' OR e.serial <> ''));

-- query: stock_count_values
-- Of what moved behind `mark`.
-- in: counting i64, mark i64
-- exec
UPDATE stock_count_item SET value = v.value
FROM (SELECT product, sum(value) AS value FROM stock_move
	WHERE doc = 'count' AND doc_id = :counting AND id > :mark
	GROUP BY product) AS v
WHERE stock_count_item.count = :counting
	AND stock_count_item.product = v.product;

-- query: stock_count_done
-- in: counting i64, state text, at i64, user i64?
-- changes
UPDATE stock_count SET state = :state, closed_at = :at, closed_by = :user
WHERE id = :counting AND closed_at IS NULL;

-- query: stock_count_totals
-- Of a closed one.
-- in: counting i64
-- one: items i64, counted i64!, differ i64!, value i64!
SELECT count(*) AS items, coalesce(sum(counted IS NOT NULL), 0) AS counted,
	coalesce(sum(counted <> expected), 0) AS differ,
	coalesce(sum(value), 0) AS value
FROM stock_count_item WHERE count = :counting;

-- query: check_stock_counts
-- Closed counts whose movements are not their differences.
-- all: counting i64, code text
SELECT i.count AS counting, p.code FROM stock_count_item AS i
JOIN stock_count AS c ON c.id = i.count
JOIN product AS p ON p.id = i.product
WHERE c.state = 'done' AND coalesce(i.counted - i.expected, 0) <>
	coalesce((SELECT sum(qty) FROM stock_move WHERE doc = 'count'
	    AND doc_id = i.count AND product = i.product), 0)
ORDER BY i.count, p.code;
