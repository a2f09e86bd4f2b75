-- Purchasing.

-- query: supplier_add
-- in: code text, name text, address text, email text, phone text, account text, lead i64, least i64, terms i64, discount i64, active bool, at i64
-- id
INSERT INTO supplier (code, name, address, email, phone, account, lead, least,
	terms, discount, active, changed_at)
VALUES (:code, :name, :address, :email, :phone, :account, :lead, :least,
	:terms, :discount, :active, :at);

-- query: supplier_set
-- in: id i64, code text, name text, address text, email text, phone text, account text, lead i64, least i64, terms i64, discount i64, active bool, at i64
-- changes
UPDATE supplier SET code = :code, name = :name, address = :address,
	email = :email, phone = :phone, account = :account, lead = :lead,
	least = :least, terms = :terms, discount = :discount,
	active = :active, changed_at = :at
WHERE id = :id;

-- query: supplier_get
-- in: id i64
-- one: code text, name text, address text, email text, phone text, account text, lead i64, least i64, terms i64, discount i64, active bool
SELECT code, name, address, email, phone, account, lead, least, terms,
	discount, active
FROM supplier WHERE id = :id;

-- query: supplier_by_code
-- in: code text
-- one: id i64
SELECT id FROM supplier WHERE code = :code;

-- query: supplier_all
-- all: id i64, items i64!, open i64!, owed i64!
SELECT s.id,
	(SELECT count(*) FROM supplier_item WHERE supplier = s.id) AS items,
	(SELECT count(*) FROM purchase WHERE supplier = s.id
	    AND state IN ('draft', 'sent', 'partial')) AS open,
	coalesce((SELECT sum(net + tax) FROM supplier_bill
	    WHERE supplier = s.id AND paid_at IS NULL), 0) AS owed
FROM supplier AS s ORDER BY s.active DESC, s.name, s.id;

-- query: supplier_item_put
-- in: supplier i64, product i64, ref text, pack i64, price i64, least i64, preferred bool
-- exec
INSERT INTO supplier_item (supplier, product, ref, pack, price, least,
	preferred)
VALUES (:supplier, :product, :ref, :pack, :price, :least, :preferred)
ON CONFLICT (supplier, product) DO UPDATE SET ref = excluded.ref,
	pack = excluded.pack, price = excluded.price, least = excluded.least,
	preferred = excluded.preferred;

-- query: supplier_item_alone
-- One is preferred, no more.
-- in: supplier i64, product i64
-- exec
UPDATE supplier_item SET preferred = 0
WHERE product = :product AND supplier <> :supplier AND preferred = 1;

-- query: supplier_item_drop
-- in: supplier i64, product i64
-- changes
DELETE FROM supplier_item WHERE supplier = :supplier AND product = :product;

-- query: supplier_item_get
-- in: supplier i64, product i64
-- one: ref text, pack i64, price i64, least i64, preferred bool
SELECT ref, pack, price, least, preferred FROM supplier_item
WHERE supplier = :supplier AND product = :product;

-- query: supplier_item_ref
-- What they call so.
-- in: supplier i64, ref text
-- one: product i64
SELECT product FROM supplier_item
WHERE supplier = :supplier AND ref = :ref AND ref <> '';

-- query: supplier_items
-- Of a supplier (0: all), of a product (0: all).
-- in: supplier i64, product i64
-- all: supplier i64, supplier_code text, product i64, code text, name text, unit text, ref text, pack i64, price i64, least i64, preferred bool
SELECT i.supplier, s.code AS supplier_code, i.product, p.code, p.name, p.unit,
	i.ref, i.pack, i.price, i.least, i.preferred
FROM supplier_item AS i
JOIN supplier AS s ON s.id = i.supplier
JOIN product AS p ON p.id = i.product
WHERE (:supplier = 0 OR i.supplier = :supplier)
	AND (:product = 0 OR i.product = :product)
ORDER BY s.code, p.code;

-- query: purchase_add
-- in: supplier i64, place i64, wanted text, note text, at i64, user i64?
-- id
INSERT INTO purchase (supplier, place, wanted, note, made_at, user)
VALUES (:supplier, :place, :wanted, :note, :at, :user);

-- query: purchase_get
-- in: id i64
-- one: number text?, supplier i64, place i64, state text, made_at i64, sent_at i64?, wanted text, note text
SELECT number, supplier, place, state, made_at, sent_at, wanted, note
FROM purchase WHERE id = :id;

-- query: purchase_by_number
-- in: number text
-- one: id i64
SELECT id FROM purchase WHERE number = :number;

-- query: purchase_draft
-- The draft for a supplier and place, if there is one.
-- in: supplier i64, place i64
-- one: id i64
SELECT id FROM purchase
WHERE supplier = :supplier AND place = :place AND state = 'draft'
ORDER BY id LIMIT 1;

-- query: purchase_wanted
-- in: id i64, wanted text
-- exec
UPDATE purchase SET wanted = :wanted WHERE id = :id;

-- query: purchase_list
-- Newest first; state '' for all, 'open' for what is waited for; supplier 0
-- for all.  Of stores the user may see.
-- in: state text, supplier i64, user i64, limit i64
-- all: id i64, number text!, supplier i64, supplier_name text, state text, made_at i64, sent_at i64?, wanted text, lines i64!, amount i64!
SELECT p.id, coalesce(p.number, '') AS number, p.supplier,
	s.name AS supplier_name, p.state, p.made_at, p.sent_at, p.wanted,
	(SELECT count(*) FROM purchase_line WHERE purchase = p.id) AS lines,
	coalesce((SELECT sum(packs * price - (packs * price * discount
	    + 50000) / 100000) FROM purchase_line WHERE purchase = p.id), 0)
	    AS amount
FROM purchase AS p JOIN supplier AS s ON s.id = p.supplier
WHERE (:state = '' OR p.state = :state OR (:state = 'open'
	AND p.state IN ('draft', 'sent', 'partial')))
	AND (:supplier = 0 OR p.supplier = :supplier)
	AND (:user = 0 OR NOT EXISTS (SELECT 1 FROM user_place
	    WHERE user = :user) OR EXISTS (SELECT 1 FROM user_place AS u
	    JOIN stock_place AS w ON w.id = p.place
		AND u.place IN (w.id, w.parent)
	    WHERE u.user = :user))
ORDER BY p.id DESC LIMIT :limit;

-- query: purchase_lines
-- in: purchase i64
-- all: id i64, product i64, code text, name text, unit text, ref text!, packs i64, pack i64, price i64, discount i64, received i64
SELECT l.id, l.product, p.code, p.name, p.unit,
	coalesce(i.ref, '') AS ref, l.packs, l.pack, l.price, l.discount,
	l.received
FROM purchase_line AS l
JOIN purchase AS o ON o.id = l.purchase
JOIN product AS p ON p.id = l.product
LEFT JOIN supplier_item AS i ON i.supplier = o.supplier
	AND i.product = l.product
WHERE l.purchase = :purchase ORDER BY l.id;

-- query: purchase_file
-- The lines of one order, or (0) of all drafts of stores the user may see.
-- in: purchase i64, user i64
-- all: supplier text, code text, packs i64, price i64, pack i64, place text, wanted text
SELECT s.code AS supplier, p.code, l.packs, l.price, l.pack, w.name AS place,
	o.wanted
FROM purchase AS o
JOIN supplier AS s ON s.id = o.supplier
JOIN stock_place AS w ON w.id = o.place
JOIN purchase_line AS l ON l.purchase = o.id
JOIN product AS p ON p.id = l.product
WHERE (o.id = :purchase OR (:purchase = 0 AND o.state = 'draft'))
	AND (:user = 0 OR NOT EXISTS (SELECT 1 FROM user_place
	    WHERE user = :user) OR EXISTS (SELECT 1 FROM user_place AS u
	    WHERE u.place IN (w.id, w.parent) AND u.user = :user))
ORDER BY s.code, w.name, o.id, l.id;

-- query: purchase_line_put
-- in: purchase i64, product i64, packs i64, pack i64, price i64, discount i64
-- exec
INSERT INTO purchase_line (purchase, product, packs, pack, price, discount)
VALUES (:purchase, :product, :packs, :pack, :price, :discount)
ON CONFLICT (purchase, product) DO UPDATE SET packs = excluded.packs,
	pack = excluded.pack, price = excluded.price,
	discount = excluded.discount;

-- query: purchase_line_of
-- in: purchase i64, product i64
-- one: id i64, packs i64, pack i64, price i64, discount i64, received i64
SELECT id, packs, pack, price, discount, received FROM purchase_line
WHERE purchase = :purchase AND product = :product;

-- query: purchase_line_drop
-- in: purchase i64, product i64
-- changes
DELETE FROM purchase_line WHERE purchase = :purchase AND product = :product;

-- query: purchase_send
-- in: id i64, number text, at i64
-- changes
UPDATE purchase SET state = 'sent', number = :number, sent_at = :at
WHERE id = :id AND state = 'draft';

-- query: purchase_end
-- in: id i64, state text
-- changes
UPDATE purchase SET state = :state WHERE id = :id;

-- query: purchase_received
-- in: purchase i64, product i64, qty i64
-- exec
UPDATE purchase_line SET received = received + :qty
WHERE purchase = :purchase AND product = :product;

-- query: purchase_state
-- After a receipt: all of it, or some.
-- in: id i64
-- exec
UPDATE purchase SET state = CASE WHEN EXISTS (SELECT 1 FROM purchase_line
	WHERE purchase = :id AND received < packs * pack)
	THEN 'partial' ELSE 'received' END
WHERE id = :id AND state IN ('sent', 'partial', 'received');

-- query: purchase_due
-- What was ordered and has not come, of stores the user may see.
-- in: supplier i64, user i64
-- all: number text!, supplier text, code text, name text, unit text, qty i64!, day text!, sent_at i64!
SELECT coalesce(o.number, '') AS number, s.name AS supplier, p.code, p.name,
	p.unit, l.packs * l.pack - l.received AS qty,
	CASE WHEN o.wanted <> '' THEN o.wanted ELSE
	    date(o.sent_at / 1000, 'unixepoch', 'localtime',
		s.lead || ' days') END AS day,
	o.sent_at
FROM purchase AS o
JOIN supplier AS s ON s.id = o.supplier
JOIN purchase_line AS l ON l.purchase = o.id
JOIN product AS p ON p.id = l.product
WHERE o.state IN ('sent', 'partial') AND l.received < l.packs * l.pack
	AND (:supplier = 0 OR o.supplier = :supplier)
	AND (:user = 0 OR NOT EXISTS (SELECT 1 FROM user_place
	    WHERE user = :user) OR EXISTS (SELECT 1 FROM user_place AS u
	    JOIN stock_place AS w ON w.id = o.place
		AND u.place IN (w.id, w.parent)
	    WHERE u.user = :user))
ORDER BY day, o.id, l.id;

-- query: receipt_add
-- in: kind text, supplier i64, purchase i64?, place i64, reference text, reason text, at i64, user i64?
-- id
INSERT INTO receipt (kind, supplier, purchase, place, reference, reason,
	made_at, user)
VALUES (:kind, :supplier, :purchase, :place, :reference, :reason, :at,
	:user);

-- query: receipt_get
-- in: id i64
-- one: kind text, number text?, supplier i64, purchase i64?, place i64, state text, reference text, costs i64, reason text, bill i64?, made_at i64, posted_at i64?
SELECT kind, number, supplier, purchase, place, state, reference, costs,
	reason, bill, made_at, posted_at
FROM receipt WHERE id = :id;

-- query: receipt_by_number
-- in: number text
-- one: id i64
SELECT id FROM receipt WHERE number = :number;

-- query: receipt_draft_of
-- in: purchase i64
-- one: id i64
SELECT id FROM receipt WHERE purchase = :purchase AND state = 'draft'
ORDER BY id LIMIT 1;

-- query: receipt_set
-- in: id i64, reference text, costs i64
-- changes
UPDATE receipt SET reference = :reference, costs = :costs WHERE id = :id;

-- query: receipt_list
-- Newest first; state '' for all; supplier 0 for all.  Of stores the user may
-- see.
-- in: state text, supplier i64, user i64, limit i64
-- all: id i64, kind text, number text!, supplier_name text, order_number text!, state text, reference text, at i64!, lines i64!, amount i64!, costs i64, billed bool!
SELECT r.id, r.kind, coalesce(r.number, '') AS number,
	s.name AS supplier_name, coalesce(o.number, '') AS order_number,
	r.state, r.reference, coalesce(r.posted_at, r.made_at) AS at,
	(SELECT count(*) FROM receipt_line WHERE receipt = r.id) AS lines,
	coalesce((SELECT sum(amount) FROM receipt_line
	    WHERE receipt = r.id), 0) AS amount,
	r.costs, r.bill IS NOT NULL AS billed
FROM receipt AS r JOIN supplier AS s ON s.id = r.supplier
LEFT JOIN purchase AS o ON o.id = r.purchase
WHERE (:state = '' OR r.state = :state)
	AND (:supplier = 0 OR r.supplier = :supplier)
	AND (:user = 0 OR NOT EXISTS (SELECT 1 FROM user_place
	    WHERE user = :user) OR EXISTS (SELECT 1 FROM user_place AS u
	    JOIN stock_place AS w ON w.id = r.place
		AND u.place IN (w.id, w.parent)
	    WHERE u.user = :user))
ORDER BY r.id DESC LIMIT :limit;

-- query: receipt_lines
-- in: receipt i64
-- all: id i64, product i64, code text, name text, unit text, qty i64, amount i64, value i64?, lot text, expiry text, serial text
SELECT l.id, l.product, p.code, p.name, p.unit, l.qty, l.amount, l.value,
	l.lot, l.expiry, l.serial
FROM receipt_line AS l JOIN product AS p ON p.id = l.product
WHERE l.receipt = :receipt ORDER BY l.id;

-- query: receipt_line_put
-- One more beep of the same: it adds up.
-- in: receipt i64, product i64, qty i64, lot text, expiry text, serial text
-- exec
INSERT INTO receipt_line (receipt, product, qty, amount, lot, expiry, serial)
VALUES (:receipt, :product, :qty, 0, :lot, :expiry, :serial)
ON CONFLICT (receipt, product, lot, serial) DO UPDATE SET
	qty = qty + excluded.qty, expiry = CASE WHEN excluded.expiry = ''
	THEN expiry ELSE excluded.expiry END;

-- query: receipt_line_get
-- in: receipt i64, product i64, lot text, serial text
-- one: id i64, qty i64, amount i64
SELECT id, qty, amount FROM receipt_line
WHERE receipt = :receipt AND product = :product AND lot = :lot
	AND serial = :serial;

-- query: receipt_line_qty
-- in: id i64, qty i64, amount i64
-- exec
UPDATE receipt_line SET qty = :qty, amount = :amount WHERE id = :id;

-- query: receipt_line_value
-- in: id i64, value i64
-- exec
UPDATE receipt_line SET value = :value WHERE id = :id;

-- query: receipt_line_drop
-- in: receipt i64, id i64
-- changes
DELETE FROM receipt_line WHERE receipt = :receipt AND id = :id;

-- query: receipt_post
-- in: id i64, number text, at i64
-- changes
UPDATE receipt SET state = 'posted', number = :number, posted_at = :at
WHERE id = :id AND state = 'draft';

-- query: receipt_cancel
-- in: id i64
-- changes
UPDATE receipt SET state = 'cancelled' WHERE id = :id AND state = 'draft';

-- query: receipt_missing
-- Of the order of a receipt being counted: ordered, come before, counted now.
-- in: receipt i64
-- all: product i64, code text, name text, unit text, ordered i64!, before i64!, now i64!
SELECT l.product, p.code, p.name, p.unit, l.packs * l.pack AS ordered,
	l.received AS before,
	coalesce((SELECT sum(qty) FROM receipt_line
	    WHERE receipt = r.id AND product = l.product), 0) AS now
FROM receipt AS r
JOIN purchase_line AS l ON l.purchase = r.purchase
JOIN product AS p ON p.id = l.product
WHERE r.id = :receipt
UNION ALL
SELECT x.product, p.code, p.name, p.unit, 0, 0, sum(x.qty)
FROM receipt_line AS x JOIN product AS p ON p.id = x.product
WHERE x.receipt = :receipt AND x.product NOT IN (SELECT l.product
	FROM purchase_line AS l JOIN receipt AS r ON r.purchase = l.purchase
	WHERE r.id = :receipt)
GROUP BY x.product
ORDER BY 2;

-- query: bill_add
-- in: supplier i64, number text, day text, due text, net i64, tax i64, accepted text, at i64, user i64?
-- id
INSERT INTO supplier_bill (supplier, number, day, due, net, tax, accepted,
	made_at, user)
VALUES (:supplier, :number, :day, :due, :net, :tax, :accepted, :at, :user);

-- query: bill_receipt
-- Returns are taken off.
-- in: id i64, supplier i64, bill i64
-- changes
UPDATE receipt SET bill = :bill
WHERE id = :id AND supplier = :supplier AND state = 'posted'
	AND bill IS NULL;

-- query: bill_expected
-- in: bill i64
-- one: net i64!, receipts i64!
SELECT coalesce(sum(CASE r.kind WHEN 'return' THEN -1 ELSE 1 END * (r.costs +
	(SELECT coalesce(sum(amount), 0) FROM receipt_line
	WHERE receipt = r.id))), 0) AS net, count(*) AS receipts
FROM receipt AS r WHERE r.bill = :bill;

-- query: bill_list
-- Due first; paid ones only when asked for.
-- in: paid bool, supplier i64
-- all: id i64, supplier_code text, supplier_name text, number text, day text, due text, net i64, tax i64, accepted text, paid_at i64?, expected i64!
SELECT b.id, s.code AS supplier_code, s.name AS supplier_name, b.number,
	b.day, b.due, b.net, b.tax, b.accepted, b.paid_at,
	coalesce((SELECT sum(CASE r.kind WHEN 'return' THEN -1 ELSE 1 END
	    * (r.costs + (SELECT coalesce(sum(amount), 0) FROM receipt_line
	    WHERE receipt = r.id))) FROM receipt AS r WHERE r.bill = b.id), 0)
	    AS expected
FROM supplier_bill AS b JOIN supplier AS s ON s.id = b.supplier
WHERE (:paid = 1 OR b.paid_at IS NULL)
	AND (:supplier = 0 OR b.supplier = :supplier)
ORDER BY b.due, b.id;

-- query: bill_by_number
-- in: supplier i64, number text
-- one: id i64
SELECT id FROM supplier_bill
WHERE supplier = :supplier AND number = :number;

-- query: bill_pay
-- in: id i64, at i64
-- changes
UPDATE supplier_bill SET paid_at = :at WHERE id = :id AND paid_at IS NULL;

-- query: purchase_needs
-- Items that somebody sells to us and that have reorder points, or were sold
-- since then, with what is here and on its way: of a store and its rooms; 0:
-- of all.
-- in: since i64, place i64
-- all: product i64, code text, name text, unit text, supplier i64, supplier_code text, lead i64, ref text, pack i64, price i64, least i64, reorder_min i64?, reorder_max i64?, here i64!, coming i64!, sold i64!
SELECT p.id AS product, p.code, p.name, p.unit, i.supplier,
	s.code AS supplier_code, s.lead, i.ref, i.pack, i.price, i.least,
	n.reorder_min, n.reorder_max,
	coalesce((SELECT sum(qty) FROM stock_level WHERE product = p.id
	    AND place > 0 AND (:place = 0 OR place IN (SELECT id
		FROM stock_place WHERE :place IN (id, parent)))), 0) AS here,
	coalesce((SELECT sum(l.packs * l.pack - l.received)
	    FROM purchase_line AS l JOIN purchase AS o ON o.id = l.purchase
	    WHERE l.product = p.id AND o.state IN ('draft', 'sent', 'partial')
		AND l.received < l.packs * l.pack
		AND (:place = 0 OR o.place IN (SELECT id
		    FROM stock_place WHERE :place IN (id, parent)))), 0)
	    AS coming,
	-coalesce((SELECT sum(qty) FROM stock_move WHERE product = p.id
	    AND at >= :since AND kind IN ('sale', 'return')
	    AND (:place = 0 OR place IN (SELECT id FROM stock_place
		WHERE :place IN (id, parent)))), 0) AS sold
FROM supplier_item AS i
JOIN supplier AS s ON s.id = i.supplier AND s.active = 1
JOIN product AS p ON p.id = i.product AND p.active = 1
LEFT JOIN product_info AS n ON n.product = p.id
WHERE i.supplier = (SELECT x.supplier FROM supplier_item AS x
	JOIN supplier AS y ON y.id = x.supplier AND y.active = 1
	WHERE x.product = p.id
	ORDER BY x.preferred DESC, x.price * 1000 / x.pack, x.supplier
	LIMIT 1)
ORDER BY s.code, p.code;

-- query: check_received
-- Order lines that do not say what their receipts make.
-- all: number text!, code text, received i64, sum i64!
SELECT coalesce(o.number, '') AS number, p.code, l.received,
	coalesce((SELECT sum(x.qty) FROM receipt AS r
	    JOIN receipt_line AS x ON x.receipt = r.id
	    WHERE r.purchase = l.purchase AND r.state = 'posted'
		AND x.product = l.product), 0) AS sum
FROM purchase_line AS l
JOIN purchase AS o ON o.id = l.purchase
JOIN product AS p ON p.id = l.product
WHERE l.received <> coalesce((SELECT sum(x.qty) FROM receipt AS r
	JOIN receipt_line AS x ON x.receipt = r.id
	WHERE r.purchase = l.purchase AND r.state = 'posted'
	    AND x.product = l.product), 0);

-- query: check_intake
-- Posted receipts whose movements are not what they say.
-- all: number text!, code text
SELECT coalesce(r.number, '') AS number, p.code
FROM receipt AS r
JOIN (SELECT receipt, product, sum(qty) AS qty, sum(value) AS value
	FROM receipt_line GROUP BY receipt, product) AS l ON l.receipt = r.id
JOIN product AS p ON p.id = l.product
WHERE r.state = 'posted' AND NOT EXISTS (SELECT 1 FROM stock_move AS m
	WHERE m.doc = 'receipt' AND m.doc_id = r.id AND m.product = l.product
	    AND m.kind <> 'revalue'
	GROUP BY m.product
	HAVING sum(m.qty) = CASE r.kind WHEN 'return' THEN -l.qty
		ELSE l.qty END
	    AND (r.kind = 'return' OR sum(m.value) = l.value));

-- query: check_paper_numbers
-- Series of orders, receipts and returns with a hole.
-- all: series text!, papers i64!, last i64!
SELECT series, papers, last
FROM (SELECT n.series, n.last, (SELECT count(*) FROM
	(SELECT number FROM purchase UNION ALL SELECT number FROM receipt)
	WHERE number GLOB n.series || '-*') AS papers
    FROM paper_number AS n WHERE n.series IN ('PO', 'REC', 'RET'))
WHERE papers <> last;
