-- SPDX-License-Identifier: ISC
-- Things to choose: sizes and colours, the steps of a menu, how a steak is
-- done, what a bicycle comes with.  product.choices says that there are any,
-- so that selling anything else asks nothing here.

-- What a template's variants differ in: "Size", then "Colour".
CREATE TABLE variant_axis (
	template	INTEGER NOT NULL REFERENCES product (id),
	place		INTEGER NOT NULL CHECK (place BETWEEN 1 AND 2),
	name		TEXT NOT NULL CHECK (name <> ''),
	PRIMARY KEY (template, place)
) STRICT, WITHOUT ROWID;

-- A variant is a product of its own: code, barcodes, stock.  Its price is the
-- template's and `delta`; `second` is '' where there is one axis.
CREATE TABLE variant (
	id		INTEGER PRIMARY KEY,
	product		INTEGER NOT NULL UNIQUE REFERENCES product (id),
	template	INTEGER NOT NULL REFERENCES product (id),
	first		TEXT NOT NULL CHECK (first <> ''),
	second		TEXT NOT NULL DEFAULT '',
	delta		INTEGER NOT NULL DEFAULT 0,
	UNIQUE (template, first, second),
	CHECK (product <> template)
) STRICT;
CREATE TRIGGER variant_flag AFTER INSERT ON variant
BEGIN
	SELECT RAISE(ABORT, 'ERR:INVALID a variant has no variants of its own')
	FROM variant WHERE product = NEW.template OR template = NEW.product;
	UPDATE product SET choices = choices | 2 WHERE id = NEW.template;
END;
CREATE TRIGGER variant_unflag AFTER DELETE ON variant
WHEN NOT EXISTS (SELECT 1 FROM variant WHERE template = OLD.template)
BEGIN
	UPDATE product SET choices = choices & 5 WHERE id = OLD.template;
END;
-- Prices move together; a variant's own price moves its difference.
CREATE TRIGGER variant_price AFTER UPDATE OF price ON product
WHEN NEW.price <> OLD.price AND NEW.choices & 2
BEGIN
	UPDATE product SET changed_at = NEW.changed_at,
	    changed_by = NEW.changed_by,
	    price = max(0, NEW.price + (SELECT delta FROM variant
	    WHERE product = product.id))
	WHERE id IN (SELECT product FROM variant WHERE template = NEW.id);
END;
CREATE TRIGGER variant_own_price AFTER UPDATE OF price ON product
WHEN NEW.price <> OLD.price AND NOT NEW.choices & 2
BEGIN
	UPDATE variant SET delta = NEW.price -
	    (SELECT price FROM product WHERE id = template)
	WHERE product = NEW.id;
END;

-- A question about a product: from `least` to `most` of its choices.
-- `included`: what is chosen is part of the product's own price, which is
-- shared out over its components (a menu); else it comes on top.
CREATE TABLE option_group (
	id		INTEGER PRIMARY KEY,
	product		INTEGER NOT NULL REFERENCES product (id),
	place		INTEGER NOT NULL CHECK (place BETWEEN 1 AND 99),
	name		TEXT NOT NULL CHECK (name <> ''),
	least		INTEGER NOT NULL DEFAULT 0 CHECK (least >= 0),
	most		INTEGER NOT NULL DEFAULT 1 CHECK (most >= 1),
	included	INTEGER NOT NULL DEFAULT 0 CHECK (included IN (0, 1)),
	active		INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	CHECK (least <= most)
) STRICT;
CREATE UNIQUE INDEX option_group_place ON option_group (product, place)
	WHERE active = 1;
CREATE TRIGGER option_group_flag AFTER INSERT ON option_group
BEGIN
	UPDATE product SET choices = choices | 1 WHERE id = NEW.product;
END;
CREATE TRIGGER option_group_unflag AFTER UPDATE OF active ON option_group
BEGIN
	UPDATE product SET choices = choices & 6 |
	    EXISTS (SELECT 1 FROM option_group
		WHERE product = NEW.product AND active = 1)
	WHERE id = NEW.product;
END;

-- `component` is what comes with it, with its own tax and stock; NULL: only
-- words.  `price` is the supplement for one.  Never deleted: lines name them.
CREATE TABLE option_choice (
	id		INTEGER PRIMARY KEY,
	grp		INTEGER NOT NULL REFERENCES option_group (id),
	place		INTEGER NOT NULL CHECK (place BETWEEN 1 AND 99),
	name		TEXT NOT NULL CHECK (name <> ''),
	component	INTEGER REFERENCES product (id),
	price		INTEGER NOT NULL DEFAULT 0 CHECK (price >= 0),
	preset		INTEGER NOT NULL DEFAULT 0 CHECK (preset IN (0, 1)),
	active		INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX option_choice_place ON option_choice (grp, place)
	WHERE active = 1;

-- Two choices that do not go together; the smaller id first.
CREATE TABLE option_conflict (
	a		INTEGER NOT NULL REFERENCES option_choice (id),
	b		INTEGER NOT NULL REFERENCES option_choice (id),
	PRIMARY KEY (a, b),
	CHECK (a < b)
) STRICT, WITHOUT ROWID;

-- What was chosen for a line.  Lines of kind 'option' under it are those of
-- the choices that have a component or a price.
CREATE TABLE sale_choice (
	line		INTEGER NOT NULL REFERENCES sale_line (id),
	choice		INTEGER NOT NULL REFERENCES option_choice (id),
	PRIMARY KEY (line, choice)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER sale_choice_no_insert BEFORE INSERT ON sale_choice
WHEN (SELECT s.state FROM sale_line AS l JOIN sale AS s ON s.id = l.sale
	WHERE l.id = NEW.line) IN ('paid', 'cancelled')
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a posted sale cannot be changed');
END;
CREATE TRIGGER sale_choice_no_update BEFORE UPDATE ON sale_choice
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a choice is taken back, not changed');
END;
CREATE TRIGGER sale_choice_no_delete BEFORE DELETE ON sale_choice
WHEN (SELECT s.state FROM sale_line AS l JOIN sale AS s ON s.id = l.sale
	WHERE l.id = OLD.line) IN ('paid', 'cancelled')
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a posted sale cannot be changed');
END;
