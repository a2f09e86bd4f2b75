-- SPDX-License-Identifier: ISC
-- The stockroom: places, the ledger of movements, what it is worth, recipes.

-- Where goods are: a store, or (parent) a room or shelf of one.  Goods that
-- left one store and have not come to the other are in place 0, which is none
-- of them; place 1 is there from the first day.
CREATE TABLE stock_place (
	id	INTEGER PRIMARY KEY,
	name	TEXT NOT NULL CHECK (name <> ''),
	login	TEXT NOT NULL UNIQUE CHECK (login <> ''), -- as compared
	parent	INTEGER REFERENCES stock_place (id),
	active	INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	made_at	INTEGER NOT NULL DEFAULT 0,
	CHECK (parent IS NULL OR parent <> id)
) STRICT;
INSERT INTO stock_place (id, name, login) VALUES (0, '…', '-'), (1, '1', '1');
CREATE TRIGGER stock_place_depth BEFORE INSERT ON stock_place
WHEN NEW.parent IS NOT NULL AND (NEW.parent = 0 OR
	(SELECT parent FROM stock_place WHERE id = NEW.parent) IS NOT NULL)
BEGIN
	SELECT RAISE(ABORT, 'ERR:INVALID a place is in a store, not deeper');
END;

-- Which stores somebody may see and act in; without a row, all of them.
CREATE TABLE user_place (
	user	INTEGER NOT NULL REFERENCES user (id),
	place	INTEGER NOT NULL REFERENCES stock_place (id),
	PRIMARY KEY (user, place)
) STRICT, WITHOUT ROWID;

-- Some of a product that came together and expires together; '' never.
CREATE TABLE stock_lot (
	id	INTEGER PRIMARY KEY,
	product	INTEGER NOT NULL REFERENCES product (id),
	code	TEXT NOT NULL CHECK (code <> ''),
	expiry	TEXT NOT NULL DEFAULT ''
		CHECK (expiry = '' OR expiry GLOB '????-??-??'),
	UNIQUE (product, code)
) STRICT;

-- append-only: stock_move
-- The ledger.  A level is the sum of its movements, nothing else, and what it
-- is worth is the sum of their values (minor units, with the sign of qty);
-- the unit cost of a movement is value / qty.  `doc` names the paper it is of:
-- 'count', 'transfer', 'receipt' and the id there; sales have their column.
-- Written through the view stock_post alone.
CREATE TABLE stock_move (
	id		INTEGER PRIMARY KEY,
	product		INTEGER NOT NULL REFERENCES product (id),
	qty		INTEGER NOT NULL
			CHECK (qty BETWEEN -2000000000 AND 2000000000),
	kind		TEXT NOT NULL CHECK (kind IN ('sale', 'adjust')
			OR kind IN ('import', 'return')
			OR kind IN ('scrap', 'receipt')
			OR kind IN ('supplier', 'count')
			OR kind IN ('ship', 'arrive')
			OR kind IN ('loss', 'waste')
			OR kind IN ('make', 'revalue')),
	sale		INTEGER REFERENCES sale (id),
	reason		TEXT NOT NULL DEFAULT '',
	at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	place		INTEGER NOT NULL DEFAULT 1 REFERENCES stock_place (id),
	value		INTEGER NOT NULL DEFAULT 0,
	lot		INTEGER REFERENCES stock_lot (id),
	serial		TEXT NOT NULL DEFAULT '',
	doc		TEXT NOT NULL DEFAULT '',
	doc_id		INTEGER NOT NULL DEFAULT 0,
	CHECK (qty <> 0 OR kind = 'revalue')
) STRICT;
CREATE INDEX stock_move_product ON stock_move (product, at);
CREATE INDEX stock_move_at ON stock_move (at);
CREATE INDEX stock_move_sale ON stock_move (sale) WHERE sale IS NOT NULL;
CREATE INDEX stock_move_doc ON stock_move (doc, doc_id) WHERE doc <> '';
CREATE INDEX stock_move_lot ON stock_move (lot) WHERE lot IS NOT NULL;
CREATE INDEX stock_move_serial ON stock_move (product, serial)
	WHERE serial <> '';

-- The sums, kept by triggers and proven by `comptoir check`.  `cost` is the
-- last unit cost (minor units for one whole unit), for what goes out while
-- there is nothing to take an average of.  Value and quantity are kept, never
-- the rounded average.
CREATE TABLE stock_level (
	product	INTEGER NOT NULL REFERENCES product (id),
	place	INTEGER NOT NULL REFERENCES stock_place (id),
	qty	INTEGER NOT NULL
		CHECK (qty BETWEEN -2000000000 AND 2000000000),
	value	INTEGER NOT NULL DEFAULT 0,
	cost	INTEGER NOT NULL DEFAULT 0,
	sold_at	INTEGER,
	PRIMARY KEY (product, place)
) STRICT, WITHOUT ROWID;
-- Only what runs out: of all levels each movement would write two pages more.
-- A query finds it where it says `qty <= 5000` in these words.
CREATE INDEX stock_level_low ON stock_level (qty) WHERE qty <= 5000;

-- What all of a place is worth.
CREATE TABLE stock_worth (
	place	INTEGER PRIMARY KEY REFERENCES stock_place (id),
	value	INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO stock_worth (place) VALUES (0), (1);
CREATE TRIGGER stock_place_worth AFTER INSERT ON stock_place
BEGIN
	INSERT INTO stock_worth (place) VALUES (NEW.id);
END;

-- How it stood at the end of a period of 30 days in which it moved (period =
-- at / 2 592 000 000): a past date is the mark before it and the movements
-- of one period, not of all time.
CREATE TABLE stock_mark (
	product	INTEGER NOT NULL,
	place	INTEGER NOT NULL,
	period	INTEGER NOT NULL,
	qty	INTEGER NOT NULL,
	value	INTEGER NOT NULL,
	PRIMARY KEY (product, place, period)
) STRICT, WITHOUT ROWID;

-- What is left of a lot, where; a row goes when nothing is.
CREATE TABLE stock_lot_level (
	product	INTEGER NOT NULL,
	place	INTEGER NOT NULL,
	lot	INTEGER NOT NULL REFERENCES stock_lot (id),
	qty	INTEGER NOT NULL,
	PRIMARY KEY (product, place, lot)
) STRICT, WITHOUT ROWID;

-- A piece with a number: is it here, and where was it last?
CREATE TABLE stock_serial (
	product	INTEGER NOT NULL REFERENCES product (id),
	serial	TEXT NOT NULL CHECK (serial <> ''),
	place	INTEGER NOT NULL REFERENCES stock_place (id),
	here	INTEGER NOT NULL CHECK (here IN (0, 1)),
	PRIMARY KEY (product, serial)
) STRICT, WITHOUT ROWID;

-- First in, first out: what is left of each entry.  Only where the setting
-- valuation says so; the sum of a product's layers is then its level.
CREATE TABLE stock_layer (
	move	INTEGER PRIMARY KEY REFERENCES stock_move (id),
	product	INTEGER NOT NULL,
	place	INTEGER NOT NULL,
	qty	INTEGER NOT NULL CHECK (qty >= 0),
	value	INTEGER NOT NULL
) STRICT;
CREATE INDEX stock_layer_product ON stock_layer (product, place, move);

CREATE TRIGGER stock_move_no_update BEFORE UPDATE ON stock_move
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a stock movement cannot be changed');
END;
CREATE TRIGGER stock_move_no_delete BEFORE DELETE ON stock_move
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a stock movement cannot be changed');
END;
-- The first movement of a period makes what the sums are kept in: as it stood
-- before, so that all that follow are changes.
CREATE TRIGGER stock_move_first BEFORE INSERT ON stock_move
WHEN NOT EXISTS (SELECT 1 FROM stock_mark WHERE product = NEW.product
	AND place = NEW.place AND period = NEW.at / 2592000000)
BEGIN
	INSERT INTO stock_level (product, place, qty)
	VALUES (NEW.product, NEW.place, 0) ON CONFLICT DO NOTHING;
	INSERT INTO stock_mark (product, place, period, qty, value)
	VALUES (NEW.product, NEW.place, NEW.at / 2592000000,
	    coalesce((SELECT qty FROM stock_mark
		WHERE product = NEW.product AND place = NEW.place
		    AND period < NEW.at / 2592000000
		ORDER BY period DESC LIMIT 1), 0),
	    coalesce((SELECT value FROM stock_mark
		WHERE product = NEW.product AND place = NEW.place
		    AND period < NEW.at / 2592000000
		ORDER BY period DESC LIMIT 1), 0));
END;
-- A movement never changes the past of another period alone: all marks from
-- its own on move with it.
CREATE TRIGGER stock_move_level AFTER INSERT ON stock_move
BEGIN
	UPDATE stock_level SET qty = qty + NEW.qty, value = value + NEW.value,
	    cost = CASE
		WHEN NEW.qty > 0 AND qty <= 0
		THEN (NEW.value * 2000 + NEW.qty) / (2 * NEW.qty)
		WHEN NEW.qty >= 0 AND qty + NEW.qty > 0
		THEN ((value + NEW.value) * 2000 + qty + NEW.qty)
		    / (2 * (qty + NEW.qty))
		ELSE cost END,
	    sold_at = CASE NEW.kind WHEN 'sale' THEN NEW.at ELSE sold_at END
	WHERE product = NEW.product AND place = NEW.place;
	UPDATE stock_worth SET value = value + NEW.value
	WHERE place = NEW.place AND NEW.value <> 0;
	UPDATE stock_mark SET qty = qty + NEW.qty, value = value + NEW.value
	WHERE product = NEW.product AND place = NEW.place
	    AND period >= NEW.at / 2592000000;
END;
CREATE TRIGGER stock_move_lot AFTER INSERT ON stock_move
WHEN NEW.lot IS NOT NULL
BEGIN
	INSERT INTO stock_lot_level (product, place, lot, qty)
	VALUES (NEW.product, NEW.place, NEW.lot, NEW.qty)
	ON CONFLICT (product, place, lot) DO UPDATE
	SET qty = qty + excluded.qty;
	DELETE FROM stock_lot_level WHERE product = NEW.product
	    AND place = NEW.place AND lot = NEW.lot AND qty = 0;
END;
CREATE TRIGGER stock_move_serial AFTER INSERT ON stock_move
WHEN NEW.serial <> ''
BEGIN
	INSERT INTO stock_serial (product, serial, place, here)
	VALUES (NEW.product, NEW.serial, NEW.place, NEW.qty > 0)
	ON CONFLICT (product, serial) DO UPDATE
	SET place = excluded.place, here = excluded.here;
END;

-- The one way into the ledger.  value NULL: what it is worth now, the average
-- of the place (or its oldest entries, as the setting valuation says); what
-- goes out while nothing is left goes at the last cost, and an entry into less
-- than nothing begins anew at its own cost, a 'revalue' taking the difference.
-- Where entries are kept apart what goes always goes at their cost.
-- lot: its code, '' none, NULL the first to expire.  A piece with a number
-- comes once and leaves once, from where it is; where it was never seen to
-- come, it is known from its leaving on.
CREATE VIEW stock_post AS
SELECT product, place, qty, value, kind, '' AS lot, '' AS expiry, serial,
	sale, doc, doc_id, reason, at, user
FROM stock_move;

-- What most sales take goes a short way: at the average, without a number, of
-- no lot or of one that has enough, and nothing forbids it.  `took` is that
-- lot, 0 none; NULL is the long way, which makes a dozen tables to think in:
-- its triggers stand apart, for each is made room for before it is asked.
CREATE VIEW stock_way AS SELECT *, lot AS took FROM stock_post;
CREATE VIEW stock_long AS SELECT * FROM stock_post;

CREATE TRIGGER stock_post_way INSTEAD OF INSERT ON stock_post
BEGIN
	INSERT INTO stock_way (product, place, qty, value, kind, lot, expiry,
	    serial, sale, doc, doc_id, reason, at, user, took)
	VALUES (NEW.product, NEW.place, NEW.qty, NEW.value, NEW.kind, NEW.lot,
	    NEW.expiry, NEW.serial, NEW.sale, NEW.doc, NEW.doc_id, NEW.reason,
	    NEW.at, NEW.user,
	    CASE WHEN NEW.qty < 0 AND NEW.value IS NULL AND NEW.serial IS ''
		AND NOT EXISTS (SELECT 1 FROM setting
		    WHERE name = 'valuation' AND value = 'fifo')
		AND (NOT EXISTS (SELECT 1 FROM setting
		    WHERE name = 'negative_stock' AND value = 'no')
		OR NEW.qty + (SELECT qty FROM stock_level
		    WHERE product = NEW.product AND place = NEW.place) >= 0)
	    THEN CASE WHEN NEW.lot = '' THEN 0 WHEN NEW.lot IS NULL
	    -- the first to expire, and of those the first that came
	    THEN (SELECT CASE WHEN qty IS NULL THEN 0
		    WHEN qty + NEW.qty >= 0 THEN lot END
		FROM (SELECT l.lot, l.qty, min(CASE o.expiry WHEN '' THEN '~'
			ELSE o.expiry END)
		    FROM stock_lot_level AS l
		    JOIN stock_lot AS o ON o.id = l.lot
		    WHERE l.product = NEW.product AND l.place = NEW.place
			AND l.qty > 0)) END END);
END;
CREATE TRIGGER stock_way_short INSTEAD OF INSERT ON stock_way
WHEN NEW.took IS NOT NULL
BEGIN
	INSERT INTO stock_move (product, qty, kind, sale, reason, at, user,
	    place, value, lot, doc, doc_id)
	VALUES (NEW.product, NEW.qty, NEW.kind, NEW.sale, NEW.reason, NEW.at,
	    NEW.user, NEW.place, coalesce(
	    (SELECT CASE
		WHEN qty + NEW.qty = 0 THEN -value
		WHEN qty <> 0 THEN (value / qty) * NEW.qty +
		    ((value % qty) * NEW.qty * 2 + (CASE
			WHEN (value % qty) * NEW.qty < 0 THEN -1 ELSE 1 END)
			* abs(qty)) / (2 * qty)
		ELSE NEW.qty * cost / 1000 END
	    FROM stock_level
	    WHERE product = NEW.product AND place = NEW.place),
	    NEW.qty * coalesce((SELECT max(cost) FROM stock_level
		WHERE product = NEW.product), (SELECT cost FROM product_info
		WHERE product = NEW.product), 0) / 1000),
	    nullif(NEW.took, 0), NEW.doc, NEW.doc_id);
END;
CREATE TRIGGER stock_way_long INSTEAD OF INSERT ON stock_way
WHEN NEW.took IS NULL
BEGIN
	INSERT INTO stock_long (product, place, qty, value, kind, lot, expiry,
	    serial, sale, doc, doc_id, reason, at, user)
	VALUES (NEW.product, NEW.place, NEW.qty, NEW.value, NEW.kind, NEW.lot,
	    NEW.expiry, NEW.serial, NEW.sale, NEW.doc, NEW.doc_id, NEW.reason,
	    NEW.at, NEW.user);
END;

-- A piece with a number is of the lot it moved with before.
CREATE TRIGGER stock_long_piece INSTEAD OF INSERT ON stock_long
WHEN NEW.lot IS NULL AND NEW.serial IS NOT ''
BEGIN
	INSERT INTO stock_post (product, place, qty, value, kind, lot, expiry,
	    serial, sale, doc, doc_id, reason, at, user)
	VALUES (NEW.product, NEW.place, NEW.qty, NEW.value, NEW.kind,
	    coalesce((SELECT o.code FROM stock_move AS m
		LEFT JOIN stock_lot AS o ON o.id = m.lot
		WHERE m.product = NEW.product AND m.serial = NEW.serial
		    AND m.serial <> '' ORDER BY m.id DESC LIMIT 1), ''),
	    NEW.expiry, NEW.serial, NEW.sale, NEW.doc, NEW.doc_id, NEW.reason,
	    NEW.at, NEW.user);
END;
CREATE TRIGGER stock_long_fefo INSTEAD OF INSERT ON stock_long
WHEN NEW.lot IS NULL AND NEW.serial IS ''
BEGIN
	-- what no lot is left for, first: it changes none of them
	INSERT INTO stock_post (product, place, qty, value, kind, lot, expiry,
	    serial, sale, doc, doc_id, reason, at, user)
	SELECT NEW.product, NEW.place, NEW.qty + here,
	    CASE WHEN NEW.qty > 0 THEN NEW.value END, NEW.kind, '', '',
	    NEW.serial, NEW.sale, NEW.doc, NEW.doc_id, NEW.reason, NEW.at,
	    NEW.user
	FROM (SELECT coalesce(sum(qty), 0) AS here FROM stock_lot_level
	    WHERE product = NEW.product AND place = NEW.place AND qty > 0
	    AND NEW.qty < 0)
	WHERE NEW.qty > 0 OR NEW.qty + here < 0;
	INSERT INTO stock_post (product, place, qty, value, kind, lot, expiry,
	    serial, sale, doc, doc_id, reason, at, user)
	SELECT NEW.product, NEW.place, -min(qty, -NEW.qty - before), NULL,
	    NEW.kind, code, expiry, NEW.serial, NEW.sale, NEW.doc, NEW.doc_id,
	    NEW.reason, NEW.at, NEW.user
	FROM (SELECT o.code, o.expiry, l.qty, sum(l.qty) OVER
		(ORDER BY o.expiry = '', o.expiry, o.id
		ROWS UNBOUNDED PRECEDING) - l.qty AS before
	    FROM stock_lot_level AS l JOIN stock_lot AS o ON o.id = l.lot
	    WHERE l.product = NEW.product AND l.place = NEW.place
		AND l.qty > 0)
	WHERE before < -NEW.qty;
END;
CREATE TRIGGER stock_long_move INSTEAD OF INSERT ON stock_long
WHEN NEW.lot IS NOT NULL
BEGIN
	SELECT RAISE(ABORT, 'ERR:INVALID a serial number is one piece')
	WHERE NEW.serial <> '' AND abs(NEW.qty) <> 1000;
	SELECT RAISE(ABORT, 'ERR:EXISTS this serial number is in stock already')
	FROM stock_serial WHERE product = NEW.product AND serial = NEW.serial
	    AND NEW.serial <> '' AND here = 1 AND NEW.qty > 0;
	SELECT RAISE(ABORT, 'ERR:EXISTS this serial number has left already')
	FROM stock_serial WHERE product = NEW.product AND serial = NEW.serial
	    AND NEW.serial <> '' AND here = 0 AND NEW.qty < 0;
	SELECT RAISE(ABORT, 'ERR:EXISTS this serial number is in another place')
	FROM stock_serial WHERE product = NEW.product AND serial = NEW.serial
	    AND NEW.serial <> '' AND here = 1 AND NEW.qty < 0
	    AND place <> NEW.place;
	SELECT RAISE(ABORT, 'ERR:EMPTY there is not so much left')
	FROM setting WHERE name = 'negative_stock' AND value = 'no'
	    AND NEW.qty < 0 AND (NEW.kind IN ('sale', 'adjust')
		OR NEW.kind IN ('waste', 'ship')
		OR NEW.kind IN ('supplier', 'make'))
	    AND NEW.qty + coalesce((SELECT qty FROM stock_level
		WHERE product = NEW.product AND place = NEW.place), 0) < 0;
	INSERT INTO stock_lot (product, code, expiry)
	SELECT NEW.product, NEW.lot, coalesce(NEW.expiry, '')
	WHERE NEW.lot <> '' AND NOT EXISTS (SELECT 1 FROM stock_lot
	    WHERE product = NEW.product AND code = NEW.lot);
	UPDATE stock_lot SET expiry = NEW.expiry
	WHERE product = NEW.product AND code = NEW.lot AND expiry = ''
	    AND NEW.expiry <> '';
	-- An entry into less than nothing: what is owed was taken at a cost
	-- that is known only now.  The last of it going at a price that is
	-- said: no value is left behind.
	INSERT INTO stock_move (product, qty, kind, sale, reason, at, user,
	    place, value, doc, doc_id)
	SELECT NEW.product, 0, 'revalue', NEW.sale, NEW.reason, NEW.at,
	    NEW.user, NEW.place, by, NEW.doc, NEW.doc_id
	FROM (SELECT (NEW.value / NEW.qty) * qty
		+ (NEW.value % NEW.qty) * qty / NEW.qty - value AS by
	    FROM stock_level
	    WHERE product = NEW.product AND place = NEW.place
		AND NEW.value IS NOT NULL AND (qty + NEW.qty = 0
		OR (qty < 0 AND NEW.qty > 0))
		AND (NEW.qty > 0 OR NOT EXISTS (SELECT 1 FROM setting
		    WHERE name = 'valuation' AND value = 'fifo')))
	WHERE by <> 0;
	INSERT INTO stock_move (product, qty, kind, sale, reason, at, user,
	    place, value, lot, serial, doc, doc_id)
	SELECT NEW.product, NEW.qty, NEW.kind, NEW.sale, NEW.reason, NEW.at,
	    NEW.user, NEW.place,
	    CASE
	    WHEN NEW.value IS NOT NULL AND (NEW.qty >= 0 OR NOT fifo)
	    THEN NEW.value
	    -- all that is left takes its whole value away
	    WHEN qty + NEW.qty = 0 THEN -value
	    WHEN fifo AND NEW.qty < 0 AND qty > 0 THEN
		-coalesce((SELECT sum(CASE
		    WHEN before + y.qty <= -NEW.qty THEN y.value
			    ELSE (y.value / y.qty) * (-NEW.qty - before) +
			((y.value % y.qty) * (-NEW.qty - before) * 2 + y.qty)
			/ (2 * y.qty) END)
		FROM (SELECT qty, value, sum(qty) OVER (ORDER BY move
			ROWS UNBOUNDED PRECEDING) - qty AS before
		    FROM stock_layer WHERE product = NEW.product
			AND place = NEW.place) AS y
		WHERE before < -NEW.qty), 0)
		+ min(0, qty + NEW.qty) * cost / 1000
	    WHEN qty <> 0 THEN (value / qty) * NEW.qty +
		((value % qty) * NEW.qty * 2 + (CASE
		    WHEN (value % qty) * NEW.qty < 0 THEN -1 ELSE 1 END)
		    * abs(qty)) / (2 * qty)
	    ELSE NEW.qty * cost / 1000 END,
	    (SELECT id FROM stock_lot WHERE product = NEW.product
		AND code = NEW.lot),
	    NEW.serial, NEW.doc, NEW.doc_id
	FROM (SELECT coalesce(l.qty, 0) AS qty, coalesce(l.value, 0) AS value,
		coalesce(l.cost, (SELECT max(cost) FROM stock_level
		    WHERE product = NEW.product), (SELECT cost
		    FROM product_info WHERE product = NEW.product), 0) AS cost,
		EXISTS (SELECT 1 FROM setting WHERE name = 'valuation'
		    AND value = 'fifo') AS fifo
	    FROM (SELECT 1) LEFT JOIN stock_level AS l
		ON l.product = NEW.product AND l.place = NEW.place);
	INSERT INTO stock_layer (move, product, place, qty, value)
	SELECT m.id, m.product, m.place, min(m.qty, l.qty),
	    CASE WHEN l.qty < m.qty THEN l.value ELSE m.value END
	FROM stock_move AS m
	JOIN stock_level AS l ON l.product = m.product AND l.place = m.place
	WHERE NEW.qty > 0 AND m.id = last_insert_rowid() AND l.qty > 0
	    AND EXISTS (SELECT 1 FROM setting WHERE name = 'valuation'
		AND value = 'fifo');
	UPDATE stock_layer SET qty = stock_layer.qty - t.taken,
	    value = stock_layer.value - t.gone
	FROM (SELECT move, min(qty, -NEW.qty - before) AS taken,
		CASE WHEN before + qty <= -NEW.qty THEN value
		ELSE (value / qty) * (-NEW.qty - before) +
		    ((value % qty) * (-NEW.qty - before) * 2 + qty)
		    / (2 * qty) END AS gone
	    FROM (SELECT move, qty, value, sum(qty) OVER (ORDER BY move
		    ROWS UNBOUNDED PRECEDING) - qty AS before
		FROM stock_layer WHERE product = NEW.product
		    AND place = NEW.place AND NEW.qty < 0)
	    WHERE before < -NEW.qty) AS t
	WHERE stock_layer.move = t.move;
	DELETE FROM stock_layer WHERE NEW.qty < 0
	    AND product = NEW.product AND place = NEW.place AND qty = 0;
END;

-- Recipes.  `makes` of the product take these (thousandths of each one's
-- unit); `waste` is the part of what is taken that never gets there (1/100
-- 000): 1 kg clean at 20 % is 1.250 kg taken.  A component that is kept in
-- stock is taken from there, another through its own recipe.
CREATE TABLE recipe (
	product	INTEGER PRIMARY KEY REFERENCES product (id),
	makes	INTEGER NOT NULL DEFAULT 1000 CHECK (makes > 0),
	changed_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE recipe_line (
	product		INTEGER NOT NULL REFERENCES recipe (product),
	component	INTEGER NOT NULL REFERENCES product (id),
	qty		INTEGER NOT NULL CHECK (qty > 0),
	waste		INTEGER NOT NULL DEFAULT 0
			CHECK (waste BETWEEN 0 AND 99000),
	PRIMARY KEY (product, component),
	CHECK (product <> component)
) STRICT, WITHOUT ROWID;
CREATE INDEX recipe_line_component ON recipe_line (component);

-- What a choice (an option's words) takes more, or less (below 0), for one of
-- what it is chosen for.
CREATE TABLE recipe_choice (
	choice		INTEGER NOT NULL REFERENCES option_choice (id),
	component	INTEGER NOT NULL REFERENCES product (id),
	qty		INTEGER NOT NULL CHECK (qty <> 0),
	PRIMARY KEY (choice, component)
) STRICT, WITHOUT ROWID;

-- All recipes followed to what is kept in stock: so much of the product takes
-- `micro` millionths of that of the component.  Written anew with each recipe.
CREATE TABLE recipe_use (
	product		INTEGER NOT NULL REFERENCES product (id),
	component	INTEGER NOT NULL REFERENCES product (id),
	micro		INTEGER NOT NULL CHECK (micro > 0),
	PRIMARY KEY (product, component)
) STRICT, WITHOUT ROWID;
-- Any product that takes itself again, however far down, is none.
CREATE TRIGGER recipe_line_circle BEFORE INSERT ON recipe_line
BEGIN
	SELECT RAISE(ABORT, 'ERR:INVALID a recipe cannot come back to itself')
	FROM (WITH RECURSIVE down (product, depth) AS (
		SELECT NEW.component, 1
		UNION
		SELECT l.component, down.depth + 1 FROM down
		JOIN recipe_line AS l ON l.product = down.product
		WHERE down.depth < 50)
	    SELECT product FROM down)
	WHERE product = NEW.product;
END;
-- What it takes, worked out again: the ratio of each line, through components
-- that are not kept in stock themselves.
CREATE TRIGGER recipe_changed AFTER UPDATE OF changed_at ON recipe
BEGIN
	DELETE FROM recipe_use WHERE product = NEW.product;
	INSERT INTO recipe_use (product, component, micro)
	SELECT NEW.product, u.component, sum(u.micro)
	FROM (WITH RECURSIVE step (product, component, micro) AS (
		SELECT l.product, l.component,
		    (l.qty * 200000000000 + r.makes * (100000 - l.waste))
			/ (2 * r.makes * (100000 - l.waste))
		FROM recipe_line AS l JOIN recipe AS r ON r.product = l.product
	    ), way (component, micro, depth) AS (
		SELECT component, micro, 1 FROM step
		WHERE product = NEW.product
		UNION ALL
		SELECT s.component, (w.micro * s.micro + 500000) / 1000000,
		    w.depth + 1
		FROM way AS w JOIN product AS p ON p.id = w.component
		JOIN step AS s ON s.product = w.component
		WHERE p.tracked = 0 AND w.depth < 50)
	    SELECT component, micro FROM way) AS u
	JOIN product AS c ON c.id = u.component
	WHERE c.tracked = 1
	GROUP BY u.component HAVING sum(u.micro) > 0;
END;
-- A component that is kept in stock from now on is taken itself.
CREATE TRIGGER recipe_tracked AFTER UPDATE OF tracked ON product
WHEN NEW.tracked <> OLD.tracked
BEGIN
	UPDATE recipe SET changed_at = changed_at
	WHERE product IN (WITH RECURSIVE up (product) AS (
		SELECT NEW.id
		UNION
		SELECT l.product FROM up
		JOIN recipe_line AS l ON l.component = up.product)
	    SELECT product FROM up);
END;

-- Counting.  A count freezes how far the ledger went (`move`) and what each
-- item's level was; people go on selling.  `place` has one open at a time.
CREATE TABLE stock_count (
	id		INTEGER PRIMARY KEY,
	kind		TEXT NOT NULL CHECK (kind IN ('full', 'rolling')
			OR kind = 'part'),
	place		INTEGER NOT NULL REFERENCES stock_place (id),
	-- blind: who counts does not see what is expected
	blind		INTEGER NOT NULL DEFAULT 1 CHECK (blind IN (0, 1)),
	-- closing: nobody counts any more, and the stock of its items is put
	-- right up to product `reached`, a few at a time, so that tills go on
	state		TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open',
			'done') OR state IN ('closing', 'cancelled')),
	zero		INTEGER NOT NULL DEFAULT 0 CHECK (zero IN (0, 1)),
	reached		INTEGER NOT NULL DEFAULT 0,
	round		INTEGER NOT NULL DEFAULT 1 CHECK (round > 0),
	move		INTEGER NOT NULL,
	opened_at	INTEGER NOT NULL,
	opened_by	INTEGER REFERENCES user (id),
	closed_at	INTEGER,
	closed_by	INTEGER REFERENCES user (id),
	CHECK ((state IN ('open', 'closing')) = (closed_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX stock_count_open ON stock_count (place)
	WHERE closed_at IS NULL;

-- What is to be counted.  `round` is the one that holds for it: a difference
-- is counted again in the next.  What it came to is kept when it is closed.
CREATE TABLE stock_count_item (
	count		INTEGER NOT NULL REFERENCES stock_count (id),
	product		INTEGER NOT NULL REFERENCES product (id),
	frozen		INTEGER NOT NULL,
	round		INTEGER NOT NULL DEFAULT 1,
	counted		INTEGER,	-- NULL until closed, or never counted
	expected	INTEGER,
	value		INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (count, product)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_count_item_product ON stock_count_item (product);

-- append-only: stock_count_entry
-- Each beep as it came, of anybody: what is counted is their sum.  `move` is
-- how far the ledger went then: what is sold later was still there.
CREATE TABLE stock_count_entry (
	id		INTEGER PRIMARY KEY,
	count		INTEGER NOT NULL REFERENCES stock_count (id),
	product		INTEGER NOT NULL REFERENCES product (id),
	qty		INTEGER NOT NULL
			CHECK (qty BETWEEN -2000000000 AND 2000000000),
	round		INTEGER NOT NULL,
	move		INTEGER NOT NULL,
	at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	terminal	INTEGER REFERENCES terminal (id),
	-- which ones it was; where one entry of an item names that, each lot or
	-- number of it is put right by itself
	lot		TEXT NOT NULL DEFAULT '',
	expiry		TEXT NOT NULL DEFAULT '',
	serial		TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX stock_count_entry_item ON stock_count_entry (count, product);
CREATE TRIGGER stock_count_entry_no_update BEFORE UPDATE ON stock_count_entry
BEGIN SELECT RAISE(ABORT, 'ERR:FROZEN'); END;
CREATE TRIGGER stock_count_entry_no_delete BEFORE DELETE ON stock_count_entry
BEGIN SELECT RAISE(ABORT, 'ERR:FROZEN'); END;
CREATE TRIGGER stock_count_entry_open BEFORE INSERT ON stock_count_entry
WHEN (SELECT state FROM stock_count WHERE id = NEW.count) <> 'open'
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN this count is closed');
END;

-- An item of an open count as it stands: counted NULL where nobody has; what
-- is expected is what was frozen and what moved until it was counted.
CREATE VIEW stock_count_now AS
SELECT i.count, i.product, i.frozen, i.round,
	(SELECT sum(qty) FROM stock_count_entry WHERE count = i.count
	    AND product = i.product AND round = i.round) AS counted,
	i.frozen + coalesce((SELECT sum(m.qty) FROM stock_move AS m
	    WHERE m.product = i.product AND m.place = c.place
		AND m.at >= c.opened_at - 3600000 AND m.id > c.move
		AND m.id <= coalesce((SELECT max(move)
		    FROM stock_count_entry WHERE count = i.count
		    AND product = i.product AND round = i.round),
		    9223372036854775807)), 0) AS expected
FROM stock_count_item AS i JOIN stock_count AS c ON c.id = i.count;

-- From one store to another: what was sent is under way (place 0) until it has
-- come; what has not is settled, lost or back.
CREATE TABLE stock_transfer (
	id		INTEGER PRIMARY KEY,
	source		INTEGER NOT NULL REFERENCES stock_place (id),
	target		INTEGER NOT NULL REFERENCES stock_place (id),
	state		TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft',
			'shipped') OR state IN ('received', 'cancelled')),
	made_at		INTEGER NOT NULL,
	made_by		INTEGER REFERENCES user (id),
	shipped_at	INTEGER,
	shipped_by	INTEGER REFERENCES user (id),
	closed_at	INTEGER,
	closed_by	INTEGER REFERENCES user (id),
	CHECK (source <> target AND source > 0 AND target > 0)
) STRICT;
CREATE INDEX stock_transfer_state ON stock_transfer (state, id);
-- `received` of what was shipped came, `settled` of it never will.
CREATE TABLE stock_transfer_line (
	id		INTEGER PRIMARY KEY,
	transfer	INTEGER NOT NULL REFERENCES stock_transfer (id),
	product		INTEGER NOT NULL REFERENCES product (id),
	lot		TEXT NOT NULL DEFAULT '',
	serial		TEXT NOT NULL DEFAULT '',
	qty		INTEGER NOT NULL CHECK (qty > 0),
	received	INTEGER NOT NULL DEFAULT 0,
	settled		INTEGER NOT NULL DEFAULT 0,
	UNIQUE (transfer, product, lot, serial),
	CHECK (received >= 0 AND settled >= 0 AND received + settled <= qty)
) STRICT;

-- What somebody should look at, as the last look found it; `since` is when it
-- was found first.  place 0: of all stores together.
CREATE TABLE stock_alert (
	kind		TEXT NOT NULL CHECK (kind IN ('negative', 'out')
			OR kind IN ('low', 'expiring')
			OR kind IN ('unsold', 'cost')),
	product		INTEGER NOT NULL REFERENCES product (id),
	place		INTEGER NOT NULL REFERENCES stock_place (id),
	amount		INTEGER NOT NULL,	-- a level; of 'cost' that cost
	detail		TEXT NOT NULL DEFAULT '',	-- the lot's last day
	since		INTEGER NOT NULL,
	looked_at	INTEGER NOT NULL,
	PRIMARY KEY (kind, product, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_alert_worst ON stock_alert (kind, detail, amount, product,
	place);
