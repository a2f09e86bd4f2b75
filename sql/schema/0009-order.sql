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

-- Those that are open: what they come to, and what was paid down on them and
-- did not come back.
CREATE VIEW order_open AS
SELECT s.id, s.kind, s.paper, s.name, s.due_day, s.opened_at,
	coalesce(u.name, '') AS seller,
	coalesce((SELECT sum(amount) FROM sale_line
	    WHERE sale = s.id AND state <> 'void'), 0) AS total,
	coalesce((SELECT sum(l.amount + coalesce((
		SELECT sum(b.amount) FROM sale_line AS b
		JOIN sale AS t ON t.id = b.sale
		WHERE b.returns = l.id AND b.returns IS NOT NULL
		    AND b.state = 'live' AND t.state = 'paid'), 0))
	    FROM sale AS d JOIN sale_line AS l ON l.sale = d.id
	    WHERE d.refers = s.id AND d.state = 'paid' AND l.kind = 'deposit'
		AND l.state = 'live'), 0) AS deposit
FROM sale AS s LEFT JOIN user AS u ON u.id = s.seller
WHERE s.kind <> 'sale' AND s.state IN ('draft', 'pending', 'paying');
