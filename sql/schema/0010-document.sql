-- SPDX-License-Identifier: ISC
-- Papers: what they look like, and invoices made from tickets.

-- A template a manager changed; the others are the program's own
-- (src/shop/document.c).
CREATE TABLE template (
	kind		TEXT PRIMARY KEY,
	text		TEXT NOT NULL CHECK (text <> ''),
	changed_at	INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id)
) STRICT, WITHOUT ROWID;

-- The picture on top of papers: rows of (width + 7) / 8 bytes, 1 is black.
CREATE TABLE logo (
	id	INTEGER PRIMARY KEY CHECK (id = 1),
	width	INTEGER NOT NULL CHECK (width BETWEEN 1 AND 640),
	height	INTEGER NOT NULL CHECK (height BETWEEN 1 AND 512),
	dots	BLOB NOT NULL CHECK (length(dots) = (width + 7) / 8 * height)
) STRICT;

-- append-only: invoice
-- An invoice made from a ticket: it has a series of its own and counts no
-- turnover, which is the ticket's.  The buyer stands here as he was written,
-- since the law wants the document whole for ten years.
CREATE TABLE invoice (
	id		INTEGER PRIMARY KEY,
	sale		INTEGER NOT NULL UNIQUE REFERENCES sale (id),
	series		TEXT NOT NULL,
	number		INTEGER NOT NULL CHECK (number > 0),
	customer	INTEGER NOT NULL REFERENCES customer (id),
	buyer_name	TEXT NOT NULL CHECK (buyer_name <> ''),
	buyer_address	TEXT NOT NULL,
	buyer_vat_id	TEXT NOT NULL,
	at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	terminal	INTEGER REFERENCES terminal (id),
	journal		INTEGER NOT NULL REFERENCES journal (id),
	UNIQUE (series, number)
) STRICT;
CREATE TRIGGER invoice_no_update BEFORE UPDATE ON invoice
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN an invoice cannot be changed');
END;
CREATE TRIGGER invoice_no_delete BEFORE DELETE ON invoice
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN an invoice cannot be changed');
END;
