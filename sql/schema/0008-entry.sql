-- SPDX-License-Identifier: ISC
-- Entry at speed: labels with a weight or a price, quick keys, serial numbers.

-- Labels a scale prints: digits, I item, W weight, P price, C check, V check
-- of the weight or price alone, N anything.  `decimals` are those of the
-- weight in kilograms, or of the price in the shop's money.
CREATE TABLE barcode_pattern (
	pattern		TEXT PRIMARY KEY,
	decimals	INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 3)
) STRICT, WITHOUT ROWID;

-- A page of quick keys.  terminal NULL: of every till that has no page of its
-- own.
CREATE TABLE quick_page (
	id		INTEGER PRIMARY KEY,
	terminal	INTEGER REFERENCES terminal (id),
	place		INTEGER NOT NULL CHECK (place BETWEEN 1 AND 99),
	title		TEXT NOT NULL CHECK (title <> '')
) STRICT;
CREATE UNIQUE INDEX quick_page_place
	ON quick_page (coalesce(terminal, 0), place);

-- A key is one letter, which is also its place on the page.
CREATE TABLE quick_key (
	page		INTEGER NOT NULL REFERENCES quick_page (id),
	letter		TEXT NOT NULL CHECK (letter GLOB '[a-z]'),
	label		TEXT NOT NULL CHECK (label <> ''),
	PRIMARY KEY (page, letter)
) STRICT, WITHOUT ROWID;

-- What one press sells, in this order.  price NULL: the catalogue's; note is
-- what stands under the line ("rare").
CREATE TABLE quick_item (
	page		INTEGER NOT NULL,
	letter		TEXT NOT NULL,
	seq		INTEGER NOT NULL CHECK (seq > 0),
	product		INTEGER NOT NULL REFERENCES product (id),
	qty		INTEGER NOT NULL CHECK (qty > 0),
	price		INTEGER CHECK (price >= 0),
	note		TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 60),
	PRIMARY KEY (page, letter, seq),
	FOREIGN KEY (page, letter) REFERENCES quick_key (page, letter)
) STRICT, WITHOUT ROWID;

-- Lines with a serial number, by it.
CREATE INDEX sale_line_serial ON sale_line (product, serial)
	WHERE serial <> '';

-- A piece is out once a line sold it, unless the sale was cancelled or a later
-- line that is paid for, or stands on the same sale, brought it back, not to be
-- thrown away.  One that is out cannot be sold: not even from two tills at
-- once.  Practice sells nothing.
CREATE TRIGGER sale_line_serial_insert BEFORE INSERT ON sale_line
WHEN NEW.serial <> '' AND NEW.state = 'live' AND NEW.qty > 0
	AND (SELECT serials FROM product WHERE id = NEW.product) = 1
	AND (SELECT training FROM sale WHERE id = NEW.sale) = 0
BEGIN
	SELECT RAISE(ABORT, 'ERR:INVALID a serial number is one piece')
	WHERE NEW.qty <> 1000;
	SELECT RAISE(ABORT, 'ERR:EXISTS this serial number is sold already')
	FROM sale_line AS l JOIN sale AS s ON s.id = l.sale
	WHERE l.product = NEW.product AND l.serial = NEW.serial
		AND l.serial <> ''
		AND l.state = 'live' AND l.qty > 0
		AND s.state <> 'cancelled' AND s.training = 0
		AND NOT EXISTS (SELECT 1 FROM sale_line AS b
		    JOIN sale AS t ON t.id = b.sale
		    WHERE b.product = NEW.product AND b.serial = NEW.serial
			AND b.serial <> '' AND b.scrap = 0
			AND b.state = 'live' AND b.qty < 0 AND b.id > l.id
			AND t.training = 0
			AND (t.state = 'paid' OR t.id = NEW.sale));
END;
-- What brought it back stays where it is sold again beside it.
CREATE TRIGGER sale_line_serial_back BEFORE UPDATE OF state ON sale_line
WHEN OLD.serial <> '' AND OLD.qty < 0 AND OLD.state = 'live'
	AND NEW.state <> 'live'
	AND (SELECT serials FROM product WHERE id = OLD.product) = 1
	AND (SELECT training FROM sale WHERE id = OLD.sale) = 0
BEGIN
	SELECT RAISE(ABORT,
	    'ERR:INVALID it is sold again here; void that line first')
	FROM sale_line AS l
	WHERE l.sale = OLD.sale AND l.product = OLD.product
		AND l.serial = OLD.serial AND l.serial <> ''
		AND l.state = 'live' AND l.qty > 0 AND l.id > OLD.id;
END;
CREATE TRIGGER sale_line_serial_update
BEFORE UPDATE OF state, serial, qty ON sale_line
WHEN NEW.serial <> '' AND NEW.state = 'live' AND NEW.qty > 0
	AND (OLD.state <> 'live' OR OLD.serial <> NEW.serial
	    OR OLD.qty <> NEW.qty)
	AND (SELECT serials FROM product WHERE id = NEW.product) = 1
	AND (SELECT training FROM sale WHERE id = NEW.sale) = 0
BEGIN
	SELECT RAISE(ABORT, 'ERR:INVALID a serial number is one piece')
	WHERE NEW.qty <> 1000;
	SELECT RAISE(ABORT, 'ERR:EXISTS this serial number is sold already')
	FROM sale_line AS l JOIN sale AS s ON s.id = l.sale
	WHERE l.product = NEW.product AND l.serial = NEW.serial
		AND l.serial <> '' AND l.id <> NEW.id
		AND l.state = 'live' AND l.qty > 0
		AND s.state <> 'cancelled' AND s.training = 0
		AND NOT EXISTS (SELECT 1 FROM sale_line AS b
		    JOIN sale AS t ON t.id = b.sale
		    WHERE b.product = NEW.product AND b.serial = NEW.serial
			AND b.serial <> '' AND b.scrap = 0
			AND b.state = 'live' AND b.qty < 0 AND b.id > l.id
			AND t.training = 0
			AND (t.state = 'paid' OR t.id = NEW.sale));
END;
