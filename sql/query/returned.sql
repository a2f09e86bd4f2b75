-- Goods that come back.

-- query: return_head
-- in: sale i64
-- one: state text, series text?, number i64?, posted_at i64?, total i64, tax_added bool, by_series text?, by_number i64?, backward bool!, lines i64!
SELECT s.state, s.series, s.number, s.posted_at, s.total, s.tax_added,
	c.series AS by_series, c.number AS by_number,
	EXISTS (SELECT 1 FROM sale_line WHERE sale = s.id AND state = 'live'
	    AND qty < 0 AND voucher IS NULL) AS backward,
	(SELECT count(*) FROM sale_line WHERE sale = s.id AND state = 'live')
	    AS lines
FROM sale AS s
LEFT JOIN sale AS c ON c.cancels = s.id AND c.state <> 'cancelled'
	AND c.state = 'paid'
WHERE s.id = :sale;

-- query: return_lines
-- Lines of a ticket that may come back, and what of each did or is about to.
-- in: sale i64
-- all: id i64, product i64, code text, label text, unit text, qty i64, amount i64, off i64!, back i64!, back_amount i64!, voucher i64?, parent i64?
SELECT l.id, l.product, l.code, l.label, l.unit, l.qty, l.amount,
	l.off - l.moved AS off,
	-coalesce(sum(r.qty), 0) AS back,
	-coalesce(sum(r.amount), 0) AS back_amount, l.voucher, l.parent
FROM sale_line AS l
LEFT JOIN (sale_line AS r JOIN sale AS s ON s.id = r.sale
	AND s.state <> 'cancelled')
	ON r.returns = l.id AND r.returns IS NOT NULL AND r.state <> 'void'
WHERE l.sale = :sale AND l.state = 'live'
GROUP BY l.id
ORDER BY l.seq;

-- query: return_line
-- One of them; lines `but` does not count.
-- in: id i64, but i64
-- one: sale i64, product i64, code text, label text, unit text, qty i64, price i64, amount i64, off i64!, state text, back i64!, back_amount i64!
SELECT l.sale, l.product, l.code, l.label, l.unit, l.qty, l.price, l.amount,
	l.off - l.moved AS off, l.state,
	-coalesce(sum(r.qty), 0) AS back,
	-coalesce(sum(r.amount), 0) AS back_amount
FROM sale_line AS l
LEFT JOIN (sale_line AS r JOIN sale AS s ON s.id = r.sale
	AND s.state <> 'cancelled')
	ON r.returns = l.id AND r.returns IS NOT NULL AND r.state <> 'void'
	AND r.id <> :but
WHERE l.id = :id
GROUP BY l.id;

-- query: return_line_add
-- The mirror of a line of a ticket, or of a part of it, on another sale: under
-- the mirror of the line it was an option of, where that comes back beside it.
-- in: sale i64, line i64, qty i64, amount i64, off i64, scrap bool, at i64, user i64?
-- id
INSERT INTO sale_line (sale, seq, product, code, label, unit, qty, price,
	amount, rate, rate2, overridden, kind, serial, lot, expiry, at,
	user, returns, turnover, scrap, voucher, list_price, price_list, off,
	parent)
SELECT :sale,
	(SELECT coalesce(max(seq), 0) + 1 FROM sale_line WHERE sale = :sale),
	product, code, label, unit, :qty, price, :amount, rate, rate2,
	overridden, kind, serial, lot, expiry, :at, :user, id, turnover,
	:scrap, voucher, list_price, price_list, :off,
	(SELECT max(m.id) FROM sale_line AS m WHERE m.returns = o.parent
	    AND m.sale = :sale AND m.state = 'live')
FROM sale_line AS o WHERE id = :line;

-- query: return_follow
-- Where options came back with their line they go with it from here on.
-- in: sale i64
-- exec
UPDATE sale SET discounted = 1 WHERE id = :sale AND discounted = 0
	AND EXISTS (SELECT 1 FROM sale_line
	WHERE sale = :sale AND parent IS NOT NULL);

-- query: return_options
-- Options that come back with a line of a sale.
-- in: line i64
-- all: id i64, returns i64!
SELECT id, returns FROM sale_line
WHERE parent = :line AND state = 'live' AND returns IS NOT NULL
ORDER BY seq;

-- query: return_line_qty
-- in: id i64, qty i64, amount i64, off i64
-- exec
UPDATE sale_line SET qty = :qty, amount = :amount, off = :off WHERE id = :id;

-- query: return_same
-- Are both exercises, or neither?
-- in: sale i64, ticket i64
-- one: same bool!
SELECT a.training = b.training AS same
FROM sale AS a JOIN sale AS b ON b.id = :ticket WHERE a.id = :sale;

-- query: return_free
-- What a line that takes something back without a ticket says of it.
-- in: line i64, scrap bool, reason text, approver i64?
-- exec
UPDATE sale_line SET scrap = :scrap, reason = :reason, approver = :approver
WHERE id = :line;

-- query: return_whole
-- A sale in the making that takes a whole ticket back.
-- in: id i64, cancels i64?
-- exec
UPDATE sale SET cancels = :cancels WHERE id = :id;

-- query: return_blank
-- Is there nothing on it (any more), so that it may be a whole ticket's?
-- in: id i64
-- one: blank bool!
SELECT s.state = 'draft' AND s.kind = 'sale' AND s.name = ''
	AND NOT EXISTS (SELECT 1 FROM sale_line
	    WHERE sale = s.id AND state <> 'void')
	AND NOT EXISTS (SELECT 1 FROM sale_discount
	    WHERE sale = s.id AND live = 1)
	AND NOT EXISTS (SELECT 1 FROM serving WHERE sale = s.id) AS blank
FROM sale AS s WHERE id = :id;

-- query: return_emptied
-- All of it was taken back: another sale may be about that ticket.
-- in: id i64
-- exec
UPDATE sale SET cancels = NULL WHERE id = :id AND cancels IS NOT NULL
	AND NOT EXISTS (SELECT 1 FROM sale_line AS l
	    WHERE l.sale = sale.id AND l.state = 'live');

-- query: return_deposits
-- Deposits that were taken off a ticket.
-- in: sale i64
-- one: n i64!
SELECT count(*) AS n FROM sale_line
WHERE sale = :sale AND state = 'live' AND kind = 'deposit' AND qty < 0;

-- query: return_partial
-- One that no longer does: a line was taken out or put in beside.
-- in: id i64
-- changes
UPDATE sale SET cancels = NULL WHERE id = :id AND cancels IS NOT NULL
	AND (EXISTS (SELECT 1 FROM sale_line AS l
	    WHERE l.sale = sale.id AND l.state = 'live' AND (l.returns IS NULL
	    OR (SELECT o.sale FROM sale_line AS o WHERE o.id = l.returns)
	    <> sale.cancels))
	OR EXISTS (SELECT 1 FROM sale_line AS o
	    WHERE o.sale = sale.cancels AND o.state = 'live' AND o.qty <>
	    -coalesce((SELECT sum(l.qty) FROM sale_line AS l
	    WHERE l.returns = o.id AND l.sale = sale.id
	    AND l.state = 'live'), 0)));

-- query: return_paid
-- How the tickets were paid that a sale takes something back of, the largest
-- payment first.
-- in: sale i64
-- one: tender text, voucher i64?
SELECT p.tender, p.voucher
FROM payment AS p
WHERE p.sale IN (SELECT o.sale FROM sale_line AS l
	JOIN sale_line AS o ON o.id = l.returns
	WHERE l.sale = :sale AND l.state = 'live')
GROUP BY p.tender, p.voucher
HAVING sum(p.amount) > 0
ORDER BY sum(p.amount) DESC, p.tender
LIMIT 1;

-- query: return_tickets
-- The tickets that lines of a sale take something back of.
-- in: sale i64
-- all: line i64, series text!, number i64!
SELECT l.id AS line, s.series, s.number
FROM sale_line AS l
JOIN sale_line AS o ON o.id = l.returns
JOIN sale AS s ON s.id = o.sale
WHERE l.sale = :sale ORDER BY l.id;

-- query: return_cancels
-- The ticket a sale takes back whole, and the one that took it back.
-- in: sale i64
-- one: series text?, number i64?, by_series text?, by_number i64?
SELECT o.series, o.number, c.series AS by_series, c.number AS by_number
FROM sale AS s
LEFT JOIN sale AS o ON o.id = s.cancels
LEFT JOIN sale AS c ON c.cancels = s.id AND c.state <> 'cancelled'
	AND c.state = 'paid'
WHERE s.id = :sale;
