-- SPDX-License-Identifier: ISC
-- The catalogue beyond what a sale needs: the tree of categories, what is
-- known of an item, its packs, its past prices, changes of many at once.  A
-- sale reads none of it; a shop that uses none of it has no row of it.

-- A tree over the categories that products name.  One that stands in no row
-- is at the top.
CREATE TABLE category (
	name		TEXT PRIMARY KEY CHECK (name <> ''),
	parent		TEXT REFERENCES category (name) ON UPDATE CASCADE,
	CHECK (parent IS NULL OR parent <> name)
) STRICT, WITHOUT ROWID;
CREATE INDEX category_parent ON category (parent) WHERE parent IS NOT NULL;
CREATE TRIGGER category_circle AFTER UPDATE OF parent ON category
WHEN NEW.parent IS NOT NULL
BEGIN
	SELECT RAISE(ABORT, 'ERR:INVALID a category stands within itself')
	FROM (WITH RECURSIVE up (name, depth) AS (
		SELECT NEW.parent, 1
		UNION ALL
		SELECT c.parent, up.depth + 1 FROM up
		JOIN category AS c ON c.name = up.name
		WHERE c.parent IS NOT NULL AND up.depth < 100)
	    SELECT name FROM up)
	WHERE name = NEW.name;
END;

-- What else is known of an item; no row where nothing is.  `allergens` has a
-- bit for each of the fourteen (src/shop/catalogue.h).  `content` is what one
-- piece holds, in thousandths of content_unit, for the price of a kilogram on
-- the shelf.  `cost` is what one costs without tax, until a receipt says.
CREATE TABLE product_info (
	product		INTEGER PRIMARY KEY REFERENCES product (id),
	brand		TEXT NOT NULL DEFAULT '',
	allergens	INTEGER NOT NULL DEFAULT 0
			CHECK (allergens BETWEEN 0 AND 16383),
	-- kept by lot: a receipt asks for the lot and its last day
	lots		INTEGER NOT NULL DEFAULT 0 CHECK (lots IN (0, 1)),
	-- days it keeps from its receipt, where no day is given; 0 none
	keeps		INTEGER NOT NULL DEFAULT 0 CHECK (keeps BETWEEN 0
			AND 9999),
	origin		TEXT NOT NULL DEFAULT '',
	content		INTEGER NOT NULL DEFAULT 0 CHECK (content >= 0),
	content_unit	TEXT NOT NULL DEFAULT '' CHECK (content_unit IN
			('', 'kg', 'l', 'm')),
	cost		INTEGER CHECK (cost >= 0),
	-- the part of the price before tax that is to stay, 1/100 000; 0 none
	margin		INTEGER NOT NULL DEFAULT 0
			CHECK (margin BETWEEN 0 AND 99999),
	-- ordered when no more than reorder_min is left, up to reorder_max
	reorder_min	INTEGER CHECK (reorder_min >= 0),
	reorder_max	INTEGER CHECK (reorder_max >= 0),
	CHECK ((reorder_min IS NULL) = (reorder_max IS NULL)),
	CHECK (reorder_max >= reorder_min),
	CHECK ((content = 0) = (content_unit = ''))
) STRICT;
-- What a sale looks at stands with the product.
CREATE TRIGGER product_info_lots_new AFTER INSERT ON product_info
WHEN NEW.lots = 1
BEGIN
	UPDATE product SET lots = 1 WHERE id = NEW.product;
END;
CREATE TRIGGER product_info_lots AFTER UPDATE OF lots ON product_info
WHEN NEW.lots <> OLD.lots
BEGIN
	UPDATE product SET lots = NEW.lots WHERE id = NEW.product;
END;
CREATE INDEX product_brand ON product_info (brand) WHERE brand <> '';
CREATE INDEX product_reorder ON product_info (product)
	WHERE reorder_min IS NOT NULL;

-- So many of an item under one name: "box" of 6.  A barcode may name a pack;
-- scanned, it sells all of it.
CREATE TABLE pack (
	id		INTEGER PRIMARY KEY,
	product		INTEGER NOT NULL REFERENCES product (id),
	name		TEXT NOT NULL CHECK (name <> ''),
	qty		INTEGER NOT NULL CHECK (qty > 0),
	UNIQUE (product, name)
) STRICT;

-- append-only: price_change
-- Every price an item had, from the first change on.
CREATE TABLE price_change (
	id		INTEGER PRIMARY KEY,
	product		INTEGER NOT NULL REFERENCES product (id),
	old		INTEGER NOT NULL,
	price		INTEGER NOT NULL,
	at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id)
) STRICT;
CREATE INDEX price_change_product ON price_change (product);
CREATE INDEX price_change_at ON price_change (at);
CREATE TRIGGER price_change_note AFTER UPDATE OF price ON product
WHEN NEW.price <> OLD.price
BEGIN
	INSERT INTO price_change (product, old, price, at, user)
	VALUES (NEW.id, OLD.price, NEW.price, NEW.changed_at, NEW.changed_by);
END;
CREATE TRIGGER price_change_no_update BEFORE UPDATE ON price_change
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a past price cannot be changed');
END;
CREATE TRIGGER price_change_no_delete BEFORE DELETE ON price_change
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a past price cannot be changed');
END;

-- A change of many items at once, and what each of them was before, so that
-- one act takes all of it back.
CREATE TABLE mass_change (
	id		INTEGER PRIMARY KEY,
	at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	field		TEXT NOT NULL CHECK (field IN ('price', 'category')
			OR field IN ('tax_class', 'brand')
			OR field = 'active'),
	what		TEXT NOT NULL,
	-- 1: its items are being written down, nothing is changed yet
	staging		INTEGER NOT NULL CHECK (staging IN (0, 1)),
	undone_at	INTEGER
) STRICT;

CREATE TABLE mass_change_item (
	mass		INTEGER NOT NULL REFERENCES mass_change (id),
	product		INTEGER NOT NULL REFERENCES product (id),
	old		TEXT NOT NULL,
	new		TEXT NOT NULL,
	PRIMARY KEY (mass, product)
) STRICT, WITHOUT ROWID;

-- Labels somebody means to print, so many of each; user 0 is the server's
-- owner.
CREATE TABLE label_want (
	user	INTEGER NOT NULL,
	product	INTEGER NOT NULL REFERENCES product (id),
	copies	INTEGER NOT NULL CHECK (copies BETWEEN 1 AND 2000),
	PRIMARY KEY (user, product)
) STRICT, WITHOUT ROWID;

-- Of a file being imported: what is known of a line's item, and its packs.
CREATE TABLE import_info (
	batch		INTEGER NOT NULL,
	line		INTEGER NOT NULL,
	brand		TEXT NOT NULL,
	allergens	INTEGER NOT NULL,
	lots		INTEGER NOT NULL,
	keeps		INTEGER NOT NULL,
	origin		TEXT NOT NULL,
	content		INTEGER NOT NULL,
	content_unit	TEXT NOT NULL,
	cost		INTEGER,
	margin		INTEGER NOT NULL,
	reorder_min	INTEGER,
	reorder_max	INTEGER,
	PRIMARY KEY (batch, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_pack (
	batch		INTEGER NOT NULL,
	owner		TEXT NOT NULL,		-- the product's code
	name		TEXT NOT NULL,
	qty		INTEGER NOT NULL,
	PRIMARY KEY (batch, owner, name)
) STRICT, WITHOUT ROWID;
