-- Goods from one store to another.

-- query: transfer_add
-- in: source i64, target i64, at i64, user i64?
-- id
INSERT INTO stock_transfer (source, target, made_at, made_by)
VALUES (:source, :target, :at, :user);

-- query: transfer_get
-- in: id i64
-- one: source i64, target i64, state text, made_at i64, shipped_at i64?, closed_at i64?, made_by text!, lines i64!, qty i64!, received i64!, settled i64!
SELECT t.source, t.target, t.state, t.made_at, t.shipped_at, t.closed_at,
	coalesce(u.name, '') AS made_by, count(l.id) AS lines,
	coalesce(sum(l.qty), 0) AS qty, coalesce(sum(l.received), 0)
	AS received, coalesce(sum(l.settled), 0) AS settled
FROM stock_transfer AS t
LEFT JOIN stock_transfer_line AS l ON l.transfer = t.id
LEFT JOIN user AS u ON u.id = t.made_by
WHERE t.id = :id GROUP BY t.id;

-- query: transfer_list
-- Newest first; `open` alone those that are not closed.
-- in: open bool, limit i64
-- all: id i64
SELECT id FROM stock_transfer
WHERE NOT :open OR state = 'draft' OR state = 'shipped'
ORDER BY id DESC LIMIT :limit;

-- query: transfer_lines
-- in: transfer i64
-- all: id i64, product i64, code text, name text, unit text, lot text, serial text, qty i64, received i64, settled i64
SELECT l.id, l.product, p.code, p.name, p.unit, l.lot, l.serial, l.qty,
	l.received, l.settled
FROM stock_transfer_line AS l JOIN product AS p ON p.id = l.product
WHERE l.transfer = :transfer ORDER BY l.id;

-- query: transfer_line_add
-- More of it, or less; nothing left takes the line away.
-- in: transfer i64, product i64, lot text, serial text, qty i64
-- exec
INSERT INTO stock_transfer_line (transfer, product, lot, serial, qty)
VALUES (:transfer, :product, :lot, :serial, :qty)
ON CONFLICT (transfer, product, lot, serial) DO UPDATE
SET qty = qty + excluded.qty;

-- query: transfer_line_set
-- in: id i64, qty i64
-- exec
UPDATE stock_transfer_line SET qty = :qty WHERE id = :id;

-- query: transfer_line_drop
-- in: id i64
-- exec
DELETE FROM stock_transfer_line WHERE id = :id;

-- query: transfer_shipped
-- in: id i64, at i64, user i64?
-- changes
UPDATE stock_transfer SET state = 'shipped', shipped_at = :at,
	shipped_by = :user WHERE id = :id AND state = 'draft';

-- query: transfer_received
-- in: id i64, qty i64
-- exec
UPDATE stock_transfer_line SET received = received + :qty WHERE id = :id;

-- query: transfer_settled
-- in: id i64, qty i64
-- exec
UPDATE stock_transfer_line SET settled = settled + :qty WHERE id = :id;

-- query: transfer_closed
-- in: id i64, state text, at i64, user i64?
-- changes
UPDATE stock_transfer SET state = :state, closed_at = :at, closed_by = :user
WHERE id = :id AND (state = 'draft' OR state = 'shipped');

-- query: transfer_last
-- The last movement so far.
-- one: id i64!
SELECT coalesce(max(id), 0) AS id FROM stock_move;

-- query: transfer_arrives
-- What left a place since that movement comes to another as it left.
-- in: last i64, source i64, target i64, kind text
-- exec
INSERT INTO stock_post (product, place, qty, value, kind, lot, expiry, serial,
	doc, doc_id, reason, at, user)
SELECT m.product, :target, -m.qty, -m.value, :kind, coalesce(o.code, ''),
	coalesce(o.expiry, ''), m.serial, m.doc, m.doc_id, '', m.at, m.user
FROM stock_move AS m LEFT JOIN stock_lot AS o ON o.id = m.lot
WHERE m.id > :last AND m.place = :source AND m.qty < 0
ORDER BY m.id;

-- query: transfer_lots
-- Of what lots that is, which came under way since that movement.
-- in: last i64
-- all: lot text!, qty i64!
SELECT coalesce(o.code, '') AS lot, sum(m.qty) AS qty
FROM stock_move AS m LEFT JOIN stock_lot AS o ON o.id = m.lot
WHERE m.id > :last AND m.place = 0 AND m.qty > 0
GROUP BY m.lot ORDER BY min(m.id);

-- query: check_transfers
-- Products of which something else is under way than was sent and has not
-- come.
-- all: code text
SELECT p.code FROM product AS p JOIN (
	SELECT product, sum(qty) AS qty FROM (
		SELECT product, qty FROM stock_level WHERE place = 0
		UNION ALL
		SELECT l.product, -(l.qty - l.received - l.settled)
		FROM stock_transfer_line AS l
		JOIN stock_transfer AS t ON t.id = l.transfer
		WHERE t.state = 'shipped' OR t.state = 'received')
	GROUP BY product) AS w ON w.product = p.id
WHERE w.qty <> 0 ORDER BY p.code;
