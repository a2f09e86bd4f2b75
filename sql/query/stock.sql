-- The stockroom: what moves, and what is there.

-- query: stock_get
-- In all stores, or in one place; what is under way is in none.
-- in: product i64, place i64
-- one: qty i64!, value i64!
SELECT coalesce(sum(qty), 0) AS qty, coalesce(sum(value), 0) AS value
FROM stock_level
WHERE product = :product AND CASE :place WHEN 0 THEN place > 0
	ELSE place = :place END;

-- query: stock_there
-- in: product i64, place i64
-- one: qty i64, value i64
SELECT qty, value FROM stock_level
WHERE product = :product AND place = :place;

-- query: stock_tracked
-- in: id i64
-- exec
UPDATE product SET tracked = 1 WHERE id = :id AND tracked = 0;

-- query: stock_post
-- One movement: value NULL what it is worth now, lot NULL the first to expire.
-- in: product i64, place i64, qty i64, value i64?, kind text, lot text?, expiry text, serial text, doc text, doc_id i64, reason text, at i64, user i64?
-- exec
INSERT INTO stock_post (product, place, qty, value, kind, lot, expiry, serial,
	doc, doc_id, reason, at, user)
SELECT :product, :place, :qty, :value, :kind, CASE WHEN :lot IS NOT NULL
	THEN :lot WHEN lots = 0 OR :qty > 0 THEN '' END, :expiry, :serial,
	:doc, :doc_id, :reason, :at, :user
FROM product WHERE id = :product;

-- query: stock_lots
-- What is left of each, the first to expire first; in stores the user may see.
-- in: product i64, place i64, user i64
-- all: code text, expiry text, place text, qty i64
SELECT o.code, o.expiry, p.name AS place, l.qty
FROM stock_lot_level AS l
JOIN stock_lot AS o ON o.id = l.lot
JOIN stock_place AS p ON p.id = l.place
WHERE l.product = :product AND (l.place = :place OR :place = 0)
	AND (:user = 0 OR NOT EXISTS (SELECT 1 FROM user_place
	    WHERE user = :user) OR EXISTS (SELECT 1 FROM user_place
	    WHERE user = :user AND place IN (p.id, p.parent)))
ORDER BY o.expiry = '', o.expiry, o.id, l.place;

-- query: stock_by_lot
-- in: id i64, lots bool
-- exec
INSERT INTO product_info (product, lots) VALUES (:id, :lots)
ON CONFLICT (product) DO UPDATE SET lots = excluded.lots;

-- query: stock_sold
-- Movements of a sale being posted; a reversed line moved nothing, and an
-- option that is its line's own product is words that cost something.  What is
-- kept in stock is taken itself, else what its recipe takes of it, and what
-- was chosen takes more or less, of what comes back too.  A piece with a number
-- is taken from where it is.
-- in: sale i64, terminal i64?, at i64, user i64?
-- exec
INSERT INTO stock_post (product, place, qty, kind, lot, expiry, serial, sale,
	doc, doc_id, reason, at, user)
SELECT l.product, coalesce((SELECT place FROM stock_serial
	WHERE product = l.product AND serial = l.serial AND p.serials = 1
	    AND here = 1 AND place > 0 AND l.qty > 0),
	(SELECT place FROM terminal WHERE id = :terminal), 1), -l.qty,
	CASE WHEN l.qty < 0 THEN 'return' ELSE 'sale' END,
	CASE WHEN p.lots = 0 THEN '' WHEN l.lot <> '' THEN l.lot END,
	l.expiry, CASE p.serials WHEN 1 THEN l.serial ELSE '' END,
	l.sale, '', 0, '', :at, :user
FROM sale_line AS l
JOIN product AS p ON p.id = l.product
WHERE l.sale = :sale AND l.state = 'live' AND p.tracked = 1
	AND (l.kind <> 'option' OR l.product <> coalesce((
	    SELECT product FROM sale_line WHERE id = coalesce(l.parent,
	    (SELECT parent FROM sale_line WHERE id = l.returns))), 0))
UNION ALL
SELECT product, coalesce((SELECT place FROM terminal WHERE id = :terminal),
	1), -qty, CASE back WHEN 1 THEN 'return' ELSE 'sale' END,
	CASE lots WHEN 0 THEN '' END, '', '', :sale, '', 0, '', :at, :user
FROM (SELECT t.id AS product, t.lots, u.back,
	(sum(u.much) + CASE u.back WHEN 1 THEN -500000 ELSE 500000 END)
	    / 1000000 AS qty
	FROM (SELECT r.component, l.qty < 0 AS back, l.qty * r.micro AS much
	    FROM sale_line AS l
	    JOIN product AS p ON p.id = l.product
	    JOIN recipe_use AS r ON r.product = l.product
	    WHERE l.sale = :sale AND l.state = 'live' AND p.tracked = 0
		AND (l.kind <> 'option' OR l.product <> coalesce((
		    SELECT product FROM sale_line WHERE id = coalesce(l.parent,
		    (SELECT parent FROM sale_line WHERE id = l.returns))), 0))
	    UNION ALL
	    SELECT r.component, l.qty < 0, l.qty * r.qty * 1000
	    FROM sale_line AS l
	    JOIN sale_choice AS c ON c.line = coalesce(l.returns, l.id)
	    JOIN recipe_choice AS r ON r.choice = c.choice
	    WHERE l.sale = :sale AND l.state = 'live') AS u
	JOIN product AS t ON t.id = u.component
	WHERE t.tracked = 1
	GROUP BY u.component, u.back)
WHERE qty <> 0 AND (qty < 0) = back;

-- query: stock_scrapped
-- What came back with a sale being posted and is thrown away.
-- in: sale i64, terminal i64?, at i64, user i64?
-- exec
INSERT INTO stock_post (product, place, qty, kind, lot, expiry, serial, sale,
	doc, doc_id, reason, at, user)
SELECT l.product, coalesce((SELECT place FROM terminal WHERE id = :terminal),
	1), l.qty, 'scrap',
	CASE WHEN p.lots = 0 THEN '' WHEN l.lot <> '' THEN l.lot
	WHEN p.serials = 0 THEN '' END, l.expiry,
	CASE p.serials WHEN 1 THEN l.serial ELSE '' END,
	l.sale, '', 0, '', :at, :user
FROM sale_line AS l
JOIN product AS p ON p.id = l.product
WHERE l.sale = :sale AND l.state = 'live' AND l.scrap = 1 AND l.qty < 0
	AND p.tracked = 1
	AND (l.kind <> 'option' OR l.product <> coalesce((
	    SELECT product FROM sale_line WHERE id = coalesce(l.parent,
	    (SELECT parent FROM sale_line WHERE id = l.returns))), 0))
UNION ALL
SELECT product, coalesce((SELECT place FROM terminal WHERE id = :terminal),
	1), qty, 'scrap', '', '', '', :sale, '', 0, '', :at, :user
FROM (SELECT t.id AS product, (sum(u.much) - 500000) / 1000000 AS qty
	FROM (SELECT r.component, l.qty * r.micro AS much
	    FROM sale_line AS l
	    JOIN product AS p ON p.id = l.product
	    JOIN recipe_use AS r ON r.product = l.product
	    WHERE l.sale = :sale AND l.state = 'live' AND l.scrap = 1
		AND l.qty < 0 AND p.tracked = 0
		AND (l.kind <> 'option' OR l.product <> coalesce((
		    SELECT product FROM sale_line WHERE id = coalesce(l.parent,
		    (SELECT parent FROM sale_line WHERE id = l.returns))), 0))
	    UNION ALL
	    SELECT r.component, l.qty * r.qty * 1000
	    FROM sale_line AS l
	    JOIN sale_choice AS c ON c.line = coalesce(l.returns, l.id)
	    JOIN recipe_choice AS r ON r.choice = c.choice
	    WHERE l.sale = :sale AND l.state = 'live' AND l.scrap = 1
		AND l.qty < 0) AS u
	JOIN product AS t ON t.id = u.component
	WHERE t.tracked = 1
	GROUP BY t.id)
WHERE qty < 0;

-- query: stock_short
-- What a sale takes more of than there is.
-- in: sale i64, terminal i64?
-- all: code text, name text, unit text, left i64!
SELECT p.code, p.name, p.unit, coalesce(v.qty, 0) AS left
FROM (SELECT product, sum(qty) AS qty FROM (
	SELECT l.product, l.qty FROM sale_line AS l
	JOIN product AS p ON p.id = l.product
	WHERE l.sale = :sale AND l.state = 'live' AND p.tracked = 1
	    AND (l.kind <> 'option' OR l.product <> coalesce((
		SELECT product FROM sale_line WHERE id = coalesce(l.parent,
		(SELECT parent FROM sale_line WHERE id = l.returns))), 0))
	UNION ALL
	SELECT r.component, l.qty * r.micro / 1000000 FROM sale_line AS l
	JOIN product AS p ON p.id = l.product
	JOIN recipe_use AS r ON r.product = l.product
	WHERE l.sale = :sale AND l.state = 'live' AND p.tracked = 0
	    AND (l.kind <> 'option' OR l.product <> coalesce((
		SELECT product FROM sale_line WHERE id = coalesce(l.parent,
		(SELECT parent FROM sale_line WHERE id = l.returns))), 0))
	UNION ALL
	SELECT r.component, l.qty * r.qty / 1000 FROM sale_line AS l
	JOIN sale_choice AS c ON c.line = coalesce(l.returns, l.id)
	JOIN recipe_choice AS r ON r.choice = c.choice
	WHERE l.sale = :sale AND l.state = 'live')
	GROUP BY product) AS w
JOIN product AS p ON p.id = w.product
LEFT JOIN stock_level AS v ON v.product = w.product AND v.place =
	coalesce((SELECT place FROM terminal WHERE id = :terminal), 1)
WHERE p.tracked = 1 AND w.qty > coalesce(v.qty, 0)
ORDER BY p.code;

-- query: sale_reserved
-- Of a product, by sales that are promised but not posted, recipes and choices
-- followed; of the tills of a store (0: all), of stores `user` may see (0:
-- all).
-- in: product i64, place i64, user i64
-- one: qty i64!
SELECT coalesce(sum(CASE WHEN l.product = :product THEN l.qty
	ELSE l.qty * r.micro / 1000000 END), 0)
	+ coalesce((SELECT sum(m.qty * x.qty / 1000)
	    FROM sale AS t CROSS JOIN sale_line AS m ON m.sale = t.id
	    JOIN sale_choice AS c ON c.line = m.id
	    JOIN recipe_choice AS x ON x.choice = c.choice
		AND x.component = :product
	    WHERE t.state IN ('draft', 'pending', 'paying')
		AND (t.state <> 'draft' OR t.kind = 'order')
		AND m.state <> 'void' AND t.training = 0
		AND (:place = 0 OR coalesce((SELECT place FROM terminal
		    WHERE id = t.terminal), 1) IN (SELECT id
		    FROM stock_place WHERE :place IN (id, parent)))
		AND (:user = 0 OR NOT EXISTS (SELECT 1 FROM user_place
		    WHERE user = :user)
		    OR coalesce((SELECT place FROM terminal
		    WHERE id = t.terminal), 1) IN (SELECT w.id
		    FROM user_place AS u JOIN stock_place AS w
		    ON u.place IN (w.id, w.parent)
		    WHERE u.user = :user))), 0) AS qty
FROM sale AS s CROSS JOIN sale_line AS l ON l.sale = s.id
LEFT JOIN recipe_use AS r ON r.product = l.product
	AND r.component = :product AND l.product <> :product
	AND (SELECT tracked FROM product WHERE id = l.product) = 0
WHERE s.state IN ('draft', 'pending', 'paying')
	AND (s.state <> 'draft' OR s.kind = 'order')
	AND (l.product = :product OR r.micro IS NOT NULL)
	AND (l.kind <> 'option' OR l.product <> coalesce((
	    SELECT product FROM sale_line WHERE id = coalesce(l.parent,
	    (SELECT parent FROM sale_line WHERE id = l.returns))), 0))
	AND l.state <> 'void' AND s.training = 0
	AND (:place = 0 OR coalesce((SELECT place FROM terminal
	    WHERE id = s.terminal), 1) IN (SELECT id FROM stock_place
	    WHERE :place IN (id, parent)))
	AND (:user = 0 OR NOT EXISTS (SELECT 1 FROM user_place
	    WHERE user = :user)
	    OR coalesce((SELECT place FROM terminal
	    WHERE id = s.terminal), 1) IN (SELECT w.id
	    FROM user_place AS u JOIN stock_place AS w
	    ON u.place IN (w.id, w.parent) WHERE u.user = :user));

-- query: stock_line_short
-- What a line just written takes of what is not there: the item and what is
-- chosen for it, or what their recipes come to, and what the choices take more
-- or less; against the place and all that the other lines of open sales have.
-- in: line i64, terminal i64
-- all: name text, unit text, left i64!
SELECT p.name, p.unit, coalesce(v.qty, 0) - coalesce((
	SELECT sum(CASE WHEN l.product = w.component THEN l.qty
	    ELSE l.qty * r.micro / 1000000 END)
	FROM sale AS s CROSS JOIN sale_line AS l ON l.sale = s.id
	LEFT JOIN recipe_use AS r ON r.product = l.product
	    AND r.component = w.component AND l.product <> w.component
	WHERE s.state IN ('draft', 'pending', 'paying') AND s.training = 0
	    AND l.state = 'live' AND l.qty > 0 AND l.id <> :line
	    AND coalesce(l.parent, 0) <> :line
	    AND (l.kind <> 'option' OR l.product <> coalesce((
		SELECT product FROM sale_line WHERE id = l.parent), 0))
	    AND (l.product = w.component OR (r.micro IS NOT NULL
		AND (SELECT tracked FROM product WHERE id = l.product) = 0))
	), 0) - coalesce((SELECT sum(m.qty * x.qty / 1000)
	FROM sale AS t CROSS JOIN sale_line AS m ON m.sale = t.id
	JOIN sale_choice AS c ON c.line = m.id
	JOIN recipe_choice AS x ON x.choice = c.choice
	    AND x.component = w.component
	WHERE t.state IN ('draft', 'pending', 'paying') AND t.training = 0
	    AND m.state = 'live' AND m.qty > 0 AND m.id <> :line), 0) AS left
FROM (SELECT component, sum(qty) AS qty FROM (
	SELECT o.id AS component, l.qty FROM sale_line AS l
	JOIN product AS o ON o.id = l.product AND o.tracked = 1
	WHERE l.id = :line
	UNION ALL
	SELECT u.component, l.qty * u.micro / 1000000 FROM sale_line AS l
	JOIN product AS o ON o.id = l.product AND o.tracked = 0
	JOIN recipe_use AS u ON u.product = o.id
	WHERE l.id = :line
	UNION ALL
	SELECT o.id, l.qty FROM sale_line AS l
	JOIN sale_line AS k ON k.parent = l.id AND k.state = 'live'
	    AND k.product <> l.product
	JOIN product AS o ON o.id = k.product AND o.tracked = 1
	WHERE l.id = :line
	UNION ALL
	SELECT u.component, l.qty * u.micro / 1000000 FROM sale_line AS l
	JOIN sale_line AS k ON k.parent = l.id AND k.state = 'live'
	    AND k.product <> l.product
	JOIN product AS o ON o.id = k.product AND o.tracked = 0
	JOIN recipe_use AS u ON u.product = o.id
	WHERE l.id = :line
	UNION ALL
	SELECT x.component, l.qty * x.qty / 1000 FROM sale_line AS l
	JOIN sale_choice AS c ON c.line = l.id
	JOIN recipe_choice AS x ON x.choice = c.choice
	WHERE l.id = :line)
	GROUP BY component HAVING sum(qty) > 0) AS w
JOIN product AS p ON p.id = w.component
LEFT JOIN stock_level AS v ON v.product = w.component AND v.place =
	coalesce((SELECT place FROM terminal WHERE id = :terminal), 1)
WHERE w.qty > left
ORDER BY p.code;

-- query: stock_seen
-- Of a product, in the stores that somebody may see; user 0: all of them.
-- in: product i64, user i64
-- one: qty i64!
SELECT coalesce(sum(l.qty), 0) AS qty FROM stock_level AS l
JOIN stock_place AS w ON w.id = l.place
WHERE l.product = :product AND l.place > 0 AND (:user = 0
	OR NOT EXISTS (SELECT 1 FROM user_place WHERE user = :user)
	OR EXISTS (SELECT 1 FROM user_place WHERE user = :user
	    AND place IN (w.id, w.parent)));

-- query: stock_sees
-- Does somebody see only some stores?
-- in: user i64
-- one: some bool!
SELECT EXISTS (SELECT 1 FROM user_place WHERE user = :user) AS some;

-- query: stock_place_all
-- Stores, each with its rooms after it.
-- all: id i64, name text, login text, parent i64?, active bool, value i64!
SELECT p.id, p.name, p.login, p.parent, p.active,
	coalesce(w.value, 0) AS value
FROM stock_place AS p LEFT JOIN stock_worth AS w ON w.place = p.id
WHERE p.id > 0
ORDER BY coalesce(p.parent, p.id), p.parent IS NOT NULL, p.login;

-- query: stock_place_get
-- in: id i64
-- one: id i64, name text, login text, parent i64?, active bool
SELECT id, name, login, parent, active FROM stock_place WHERE id = :id;

-- query: stock_place_by_login
-- in: login text
-- one: id i64
SELECT id FROM stock_place WHERE login = :login AND id > 0;

-- query: stock_place_add
-- in: name text, login text, parent i64?, at i64
-- id
INSERT INTO stock_place (name, login, parent, made_at)
VALUES (:name, :login, :parent, :at);

-- query: stock_place_set
-- in: id i64, name text, login text, active bool
-- exec
UPDATE stock_place SET name = :name, login = :login, active = :active
WHERE id = :id;

-- query: stock_place_of_terminal
-- in: terminal i64
-- one: place i64
SELECT place FROM terminal WHERE id = :terminal;

-- query: stock_place_terminal_set
-- in: terminal i64, place i64
-- changes
UPDATE terminal SET place = :place WHERE id = :terminal;

-- query: stock_place_seen
-- May somebody see a place?  Yes, unless only other stores are named for them.
-- in: user i64, place i64
-- one: seen bool!
SELECT NOT EXISTS (SELECT 1 FROM user_place WHERE user = :user)
	OR EXISTS (SELECT 1 FROM user_place AS u JOIN stock_place AS p
	    ON p.id = :place AND u.place IN (p.id, p.parent)
	    WHERE u.user = :user) AS seen;

-- query: stock_place_user_add
-- in: user i64, place i64
-- exec
INSERT INTO user_place (user, place) VALUES (:user, :place)
ON CONFLICT (user, place) DO NOTHING;

-- query: stock_place_user_drop
-- in: user i64
-- exec
DELETE FROM user_place WHERE user = :user;

-- query: stock_layers_drop
-- in:
-- exec
DELETE FROM stock_layer;

-- query: stock_layers_make
-- Each level as one entry, that of its last movement in.
-- in:
-- exec
INSERT INTO stock_layer (move, product, place, qty, value)
SELECT (SELECT max(id) FROM stock_move WHERE product = l.product
	AND place = l.place AND qty > 0), product, place, qty, value
FROM stock_level AS l WHERE qty > 0;

-- query: check_stock
-- Levels and values that are not the sum of their movements.
-- all: code text, place text, level i64!, sum i64!, value i64!, worth i64!
SELECT p.code, w.login AS place, coalesce(l.qty, 0) AS level,
	coalesce(m.qty, 0) AS sum, coalesce(l.value, 0) AS value,
	coalesce(m.value, 0) AS worth
FROM (SELECT product, place FROM stock_level
	UNION SELECT product, place FROM stock_move) AS b
JOIN product AS p ON p.id = b.product
JOIN stock_place AS w ON w.id = b.place
LEFT JOIN stock_level AS l ON l.product = b.product AND l.place = b.place
LEFT JOIN (SELECT product, place, sum(qty) AS qty, sum(value) AS value
	FROM stock_move GROUP BY product, place) AS m
	ON m.product = b.product AND m.place = b.place
WHERE coalesce(l.qty, 0) <> coalesce(m.qty, 0)
	OR coalesce(l.value, 0) <> coalesce(m.value, 0)
	OR (l.qty = 0 AND l.value <> 0)
ORDER BY p.code, w.id;

-- query: check_stock_worth
-- Places that are not worth what their movements make.
-- all: place text, value i64, sum i64!
SELECT p.login AS place, w.value, coalesce(sum(m.value), 0) AS sum
FROM stock_worth AS w JOIN stock_place AS p ON p.id = w.place
LEFT JOIN stock_move AS m ON m.place = w.place
GROUP BY w.place HAVING w.value <> coalesce(sum(m.value), 0);

-- query: check_stock_lots
-- Lots of which not what moved is left.
-- all: code text, lot text, level i64!, sum i64!
SELECT p.code, o.code AS lot, coalesce(l.qty, 0) AS level,
	coalesce(m.qty, 0) AS sum
FROM (SELECT lot, place FROM stock_lot_level UNION
	SELECT lot, place FROM stock_move WHERE lot IS NOT NULL) AS b
JOIN stock_lot AS o ON o.id = b.lot
JOIN product AS p ON p.id = o.product
LEFT JOIN stock_lot_level AS l ON l.product = o.product
	AND l.place = b.place AND l.lot = b.lot
LEFT JOIN (SELECT lot, place, sum(qty) AS qty FROM stock_move
	WHERE lot IS NOT NULL GROUP BY lot, place) AS m
	ON m.lot = b.lot AND m.place = b.place
WHERE coalesce(l.qty, 0) <> coalesce(m.qty, 0)
ORDER BY p.code, o.code;

-- query: check_stock_serials
-- Pieces that are not where their last movement left them.
-- all: code text, serial text
SELECT p.code, s.serial FROM stock_serial AS s
JOIN product AS p ON p.id = s.product
WHERE NOT EXISTS (SELECT 1 FROM stock_move AS m WHERE m.id =
	(SELECT max(id) FROM stock_move WHERE product = s.product
	    AND serial = s.serial AND serial <> '')
	AND m.place = s.place AND (m.qty > 0) = s.here)
ORDER BY p.code, s.serial;

-- query: check_stock_marks
-- Products whose last mark is not where they stand.
-- all: code text, place text
SELECT p.code, w.login AS place FROM stock_level AS l
JOIN product AS p ON p.id = l.product
JOIN stock_place AS w ON w.id = l.place
JOIN stock_mark AS m ON m.product = l.product AND m.place = l.place
	AND m.period = (SELECT max(period) FROM stock_mark
	    WHERE product = l.product AND place = l.place)
WHERE m.qty <> l.qty OR m.value <> l.value
ORDER BY p.code, w.id;

-- query: check_stock_layers
-- Where entries are kept apart: those that do not make the level.
-- all: code text, place text
SELECT p.code, w.login AS place
FROM (SELECT product, place, sum(qty) AS qty, sum(value) AS value
	FROM stock_layer GROUP BY product, place) AS y
JOIN stock_level AS l ON l.product = y.product AND l.place = y.place
JOIN product AS p ON p.id = y.product
JOIN stock_place AS w ON w.id = y.place
WHERE y.qty <> max(l.qty, 0) OR (l.qty > 0 AND y.value <> l.value)
ORDER BY p.code, w.id;
