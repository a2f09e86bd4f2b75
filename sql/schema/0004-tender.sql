-- SPDX-License-Identifier: ISC
-- How money comes in: customers and what they owe, foreign currencies, and
-- what became of a payment that had to be waited for.

-- Somebody the shop knows.  `code` is what the till types; `folded` the name
-- as it is searched.  Everything personal stands here and nowhere else: sales,
-- payments, audit and journal have the id.  credit is how much may be owed at
-- most, NULL: nothing goes on account.
CREATE TABLE customer (
	id		INTEGER PRIMARY KEY,
	code		TEXT NOT NULL UNIQUE CHECK (code <> ''),
	name		TEXT NOT NULL,
	folded		TEXT NOT NULL,
	phone		TEXT NOT NULL DEFAULT '',	-- digits, + first
	email		TEXT NOT NULL DEFAULT '',
	address		TEXT NOT NULL DEFAULT '',	-- ; between its lines
	vat_id		TEXT NOT NULL DEFAULT '',
	credit		INTEGER CHECK (credit >= 0),
	active		INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	made_at		INTEGER NOT NULL,
	changed_at	INTEGER NOT NULL
) STRICT;
CREATE INDEX customer_folded ON customer (folded);
CREATE INDEX customer_phone ON customer (phone) WHERE phone <> '';

-- append-only: customer_entry payment_settled
-- What a customer owes is the sum of these: 'sale' is a payment put on account
-- (or its counter-entry, below 0), 'payment' money that came in later, which
-- is no turnover, 'adjust' a manager's word.
CREATE TABLE customer_entry (
	id		INTEGER PRIMARY KEY,
	customer	INTEGER NOT NULL REFERENCES customer (id),
	kind		TEXT NOT NULL CHECK (kind IN ('sale', 'payment',
			'adjust')),
	amount		INTEGER NOT NULL,
	payment		INTEGER UNIQUE REFERENCES payment (id),
	tender		TEXT REFERENCES tender (name),
	reference	TEXT NOT NULL DEFAULT '',
	reason		TEXT NOT NULL DEFAULT '',
	at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	terminal	INTEGER REFERENCES terminal (id),
	CHECK ((kind = 'sale') = (payment IS NOT NULL)),
	CHECK ((kind = 'payment') = (tender IS NOT NULL)),
	CHECK (kind <> 'payment' OR amount < 0)
) STRICT;
CREATE INDEX customer_entry_customer ON customer_entry (customer);
CREATE TRIGGER customer_entry_no_update BEFORE UPDATE ON customer_entry
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN the account of a customer only grows');
END;
CREATE TRIGGER customer_entry_no_delete BEFORE DELETE ON customer_entry
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN the account of a customer only grows');
END;
-- A payment on account is owed from that moment on, its counter-entry no more.
CREATE TRIGGER payment_on_account AFTER INSERT ON payment
WHEN NEW.customer IS NOT NULL
BEGIN
	INSERT INTO customer_entry (customer, kind, amount, payment, at, user,
		terminal)
	VALUES (NEW.customer, 'sale', NEW.amount, NEW.id, NEW.at, NEW.user,
		NEW.terminal);
END;

-- A pending payment that did come: one row, when its word came.  One that did
-- not has a counter-entry in the state 'failed' instead.
CREATE TABLE payment_settled (
	payment		INTEGER PRIMARY KEY REFERENCES payment (id),
	reference	TEXT NOT NULL DEFAULT '',
	at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id)
) STRICT;
CREATE INDEX payment_settled_reference ON payment_settled (reference)
	WHERE reference <> '';
CREATE TRIGGER payment_settled_no_update BEFORE UPDATE ON payment_settled
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a payment cannot be changed');
END;
CREATE TRIGGER payment_settled_no_delete BEFORE DELETE ON payment_settled
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a payment cannot be changed');
END;

-- The telephone number a payment came from, apart from the payment so that it
-- can be forgotten.
CREATE TABLE payment_phone (
	payment		INTEGER PRIMARY KEY REFERENCES payment (id),
	phone		TEXT NOT NULL CHECK (phone <> '')
) STRICT;

-- Currencies taken beside the shop's own: `home` minor units of the shop's are
-- worth `abroad` minor units of this one.  Each payment keeps the rate it was
-- taken at.
CREATE TABLE currency (
	code		TEXT PRIMARY KEY CHECK (length(code) = 3),
	home		INTEGER NOT NULL CHECK (home > 0),
	abroad		INTEGER NOT NULL CHECK (abroad > 0),
	active		INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	changed_at	INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What each payment did to what is counted, by tender and currency ('' is the
-- shop's own).  Foreign notes went in whole and their change came out of the
-- shop's own money; a tip is in the till until it is paid out.
CREATE VIEW payment_money AS
SELECT id AS payment, tender, currency,
	CASE WHEN currency = '' THEN given - change ELSE abroad END AS amount
FROM payment
UNION ALL
SELECT id, tender, '', -change FROM payment
WHERE currency <> '' AND change <> 0;
