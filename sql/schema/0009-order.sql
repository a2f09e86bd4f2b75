-- SPDX-License-Identifier: ISC
-- Quotations and orders: sales that are promised before they are paid.

-- The last number given in a series of papers that are no fiscal documents
-- ("quotation", "order"): gapless, taken in the transaction that makes one.
CREATE TABLE paper_number (
	series	TEXT PRIMARY KEY,
	last	INTEGER NOT NULL CHECK (last > 0)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX sale_paper ON sale (paper) WHERE paper <> '';
-- What follows from a sale: the deposits of an order, the returns of a ticket.
CREATE INDEX sale_refers ON sale (refers) WHERE refers IS NOT NULL;
