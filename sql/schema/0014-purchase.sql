-- SPDX-License-Identifier: ISC
-- Purchasing: who sells to the shop, what was ordered, what came, what it
-- cost.  Prices here are without tax.  Stock moves only when a receipt is
-- posted, through stock_write().

-- `code` is the shop's own for them.  lead: days from order to receipt.
-- least: an order below this amount they do not take.  terms: days to pay.
-- discount: what they take off every line, 1/100 000.
CREATE TABLE supplier (
	id		INTEGER PRIMARY KEY,
	code		TEXT NOT NULL UNIQUE CHECK (code <> ''),
	name		TEXT NOT NULL CHECK (name <> ''),
	address		TEXT NOT NULL DEFAULT '',
	email		TEXT NOT NULL DEFAULT '',
	phone		TEXT NOT NULL DEFAULT '',
	account		TEXT NOT NULL DEFAULT '',	-- our number there
	lead		INTEGER NOT NULL DEFAULT 7
			CHECK (lead BETWEEN 0 AND 730),
	least		INTEGER NOT NULL DEFAULT 0 CHECK (least >= 0),
	terms		INTEGER NOT NULL DEFAULT 30
			CHECK (terms BETWEEN 0 AND 730),
	discount	INTEGER NOT NULL DEFAULT 0
			CHECK (discount BETWEEN 0 AND 100000),
	active		INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	changed_at	INTEGER NOT NULL
) STRICT;

-- What they sell: their reference, the pack it is ordered in (thousandths of
-- the item's unit) and the price of that pack; at least so many packs.
-- preferred: where there are several suppliers, this one is proposed.
CREATE TABLE supplier_item (
	supplier	INTEGER NOT NULL REFERENCES supplier (id),
	product		INTEGER NOT NULL REFERENCES product (id),
	ref		TEXT NOT NULL DEFAULT '',
	pack		INTEGER NOT NULL DEFAULT 1000 CHECK (pack > 0),
	price		INTEGER NOT NULL CHECK (price >= 0),
	least		INTEGER NOT NULL DEFAULT 1 CHECK (least >= 1),
	preferred	INTEGER NOT NULL DEFAULT 0 CHECK (preferred IN (0, 1)),
	PRIMARY KEY (supplier, product)
) STRICT, WITHOUT ROWID;
CREATE INDEX supplier_item_product ON supplier_item (product);
CREATE UNIQUE INDEX supplier_item_ref ON supplier_item (supplier, ref)
	WHERE ref <> '';

-- An order.  Its number is taken when it is sent; from then on its lines stand
-- as they are.  closed: nothing more is waited for, whatever came.
CREATE TABLE purchase (
	id		INTEGER PRIMARY KEY,
	number		TEXT UNIQUE,
	supplier	INTEGER NOT NULL REFERENCES supplier (id),
	place		INTEGER NOT NULL REFERENCES stock_place (id),
	state		TEXT NOT NULL DEFAULT 'draft' CHECK (state IN
			('draft', 'sent') OR state IN ('partial', 'received')
			OR state IN ('closed', 'cancelled')),
	made_at		INTEGER NOT NULL,
	sent_at		INTEGER,
	wanted		TEXT NOT NULL DEFAULT ''	-- the day, or ''
			CHECK (wanted = '' OR wanted GLOB '????-??-??'),
	note		TEXT NOT NULL DEFAULT '',
	user		INTEGER REFERENCES user (id),
	CHECK ((state IN ('draft', 'cancelled')) OR number IS NOT NULL)
) STRICT;
CREATE INDEX purchase_open ON purchase (supplier)
	WHERE state IN ('draft', 'sent', 'partial');

-- packs of `pack` each, at `price` a pack less the discount.
CREATE TABLE purchase_line (
	id		INTEGER PRIMARY KEY,
	purchase	INTEGER NOT NULL REFERENCES purchase (id),
	product		INTEGER NOT NULL REFERENCES product (id),
	packs		INTEGER NOT NULL CHECK (packs > 0),
	pack		INTEGER NOT NULL CHECK (pack > 0),
	price		INTEGER NOT NULL CHECK (price >= 0),
	discount	INTEGER NOT NULL DEFAULT 0
			CHECK (discount BETWEEN 0 AND 100000),
	received	INTEGER NOT NULL DEFAULT 0,	-- thousandths
	UNIQUE (purchase, product)
) STRICT;
CREATE INDEX purchase_line_product ON purchase_line (product);
CREATE TRIGGER purchase_line_no_insert BEFORE INSERT ON purchase_line
WHEN (SELECT state FROM purchase WHERE id = NEW.purchase) <> 'draft'
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN an order that was sent stands');
END;
CREATE TRIGGER purchase_line_no_update
BEFORE UPDATE OF purchase, product, packs, pack, price, discount
ON purchase_line
WHEN (SELECT state FROM purchase WHERE id = OLD.purchase) <> 'draft'
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN an order that was sent stands');
END;
CREATE TRIGGER purchase_line_no_delete BEFORE DELETE ON purchase_line
WHEN (SELECT state FROM purchase WHERE id = OLD.purchase) <> 'draft'
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN an order that was sent stands');
END;

-- What came, or (kind return) went back.  Its lines are counted while it is a
-- draft; posting moves the stock and freezes it.  costs: freight, duty and so
-- on, spread over the lines by what they cost.
CREATE TABLE receipt (
	id		INTEGER PRIMARY KEY,
	kind		TEXT NOT NULL CHECK (kind IN ('receipt', 'return')),
	number		TEXT UNIQUE,
	supplier	INTEGER NOT NULL REFERENCES supplier (id),
	purchase	INTEGER REFERENCES purchase (id),
	place		INTEGER NOT NULL REFERENCES stock_place (id),
	state		TEXT NOT NULL DEFAULT 'draft'
			CHECK (state IN ('draft', 'posted')
			OR state = 'cancelled'),
	reference	TEXT NOT NULL DEFAULT '',	-- their delivery note
	costs		INTEGER NOT NULL DEFAULT 0 CHECK (costs >= 0),
	reason		TEXT NOT NULL DEFAULT '',
	bill		INTEGER REFERENCES supplier_bill (id),
	made_at		INTEGER NOT NULL,
	posted_at	INTEGER,
	user		INTEGER REFERENCES user (id),
	CHECK ((state = 'posted') = (posted_at IS NOT NULL)),
	CHECK (state <> 'posted' OR number IS NOT NULL)
) STRICT;
CREATE INDEX receipt_purchase ON receipt (purchase)
	WHERE purchase IS NOT NULL;
CREATE INDEX receipt_draft ON receipt (supplier) WHERE state = 'draft';
CREATE INDEX receipt_bill ON receipt (bill) WHERE bill IS NOT NULL;
CREATE INDEX receipt_at ON receipt (posted_at) WHERE state = 'posted';
CREATE TRIGGER receipt_no_update
BEFORE UPDATE OF kind, number, supplier, purchase, place, state, reference,
	costs, made_at, posted_at ON receipt
WHEN OLD.state <> 'draft'
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a posted receipt cannot be changed');
END;
CREATE TRIGGER receipt_no_delete BEFORE DELETE ON receipt
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a receipt cannot be deleted');
END;

-- amount: what the supplier asks for this line, after discounts; value: with
-- its share of the costs, as it went into the stock.
CREATE TABLE receipt_line (
	id		INTEGER PRIMARY KEY,
	receipt		INTEGER NOT NULL REFERENCES receipt (id),
	product		INTEGER NOT NULL REFERENCES product (id),
	qty		INTEGER NOT NULL CHECK (qty > 0),
	amount		INTEGER NOT NULL CHECK (amount >= 0),
	value		INTEGER,
	lot		TEXT NOT NULL DEFAULT '',
	expiry		TEXT NOT NULL DEFAULT ''
			CHECK (expiry = '' OR expiry GLOB '????-??-??'),
	serial		TEXT NOT NULL DEFAULT '',
	UNIQUE (receipt, product, lot, serial)
) STRICT;
CREATE INDEX receipt_line_product ON receipt_line (product);
CREATE TRIGGER receipt_line_no_insert BEFORE INSERT ON receipt_line
WHEN (SELECT state FROM receipt WHERE id = NEW.receipt) <> 'draft'
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a posted receipt cannot be changed');
END;
CREATE TRIGGER receipt_line_no_update BEFORE UPDATE ON receipt_line
WHEN (SELECT state FROM receipt WHERE id = OLD.receipt) <> 'draft'
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a posted receipt cannot be changed');
END;
CREATE TRIGGER receipt_line_no_delete BEFORE DELETE ON receipt_line
WHEN (SELECT state FROM receipt WHERE id = OLD.receipt) <> 'draft'
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a posted receipt cannot be changed');
END;

-- The supplier's invoice, held against the receipts it is for.
CREATE TABLE supplier_bill (
	id		INTEGER PRIMARY KEY,
	supplier	INTEGER NOT NULL REFERENCES supplier (id),
	number		TEXT NOT NULL CHECK (number <> ''),	-- theirs
	day		TEXT NOT NULL CHECK (day GLOB '????-??-??'),
	due		TEXT NOT NULL CHECK (due GLOB '????-??-??'),
	net		INTEGER NOT NULL,
	tax		INTEGER NOT NULL DEFAULT 0,
	-- why it is taken though it differs from what came; '' it does not
	accepted	TEXT NOT NULL DEFAULT '',
	paid_at		INTEGER,
	made_at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	UNIQUE (supplier, number)
) STRICT;
CREATE INDEX supplier_bill_due ON supplier_bill (due) WHERE paid_at IS NULL;
