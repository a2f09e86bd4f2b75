-- Quotations, orders and what was paid on them before.

-- query: order_number_take
-- in: series text
-- exec
INSERT INTO paper_number (series, last) VALUES (:series, 1)
ON CONFLICT (series) DO UPDATE SET last = last + 1;

-- query: order_number
-- in: series text
-- one: last i64
SELECT last FROM paper_number WHERE series = :series;

-- query: order_make
-- A draft becomes a paper and waits for the customer's word; nobody owns it.
-- in: id i64, version i64, session i64?, kind text, paper text, name text, due_day text?, seller i64?
-- changes
UPDATE sale SET version = version + 1, kind = :kind, paper = :paper,
	due_day = :due_day, owner_session = NULL, recalled = 1,
	seller = coalesce(seller, :seller),
	name = CASE WHEN :name <> '' THEN :name
		WHEN name IN ('', paper) THEN :paper ELSE name END,
	act = '', act_session = NULL, act_text = '', act_past = ''
WHERE id = :id AND version = :version AND owner_session IS :session
	AND state = 'draft';

-- query: order_refer
-- The order a deposit is for.
-- in: id i64, refers i64
-- exec
UPDATE sale SET refers = :refers WHERE id = :id;

-- query: order_settle
-- The order is being paid: a sale like any other from here on.
-- in: id i64, version i64, session i64?
-- changes
UPDATE sale SET version = version + 1, act = '', act_session = NULL,
	act_text = '', act_past = '',
	kind = CASE kind WHEN 'quotation' THEN 'sale' ELSE kind END
WHERE id = :id AND version = :version AND owner_session IS :session
	AND state IN ('draft', 'pending');

-- query: order_deposit_product
-- Hidden: nobody sells a deposit by its code.
-- in: code text, name text, at i64
-- id
INSERT INTO product (code, name, folded, tax_class, price, kind, active,
	changed_at)
SELECT :code, :name, '', name, 0, 'deposit', 0, :at
FROM tax_class ORDER BY name = 'standard' DESC LIMIT 1;

-- query: order_deposit_line
-- in: sale i64, product i64, code text, label text, qty i64, price i64, amount i64, rate i64, rate2 i64, at i64, user i64?
-- id
INSERT INTO sale_line (sale, seq, product, code, label, unit, qty, price,
	amount, rate, rate2, at, user, kind)
VALUES (:sale,
	(SELECT coalesce(max(seq), 0) + 1 FROM sale_line WHERE sale = :sale),
	:product, :code, :label, 'pc', :qty, :price, :amount, :rate, :rate2,
	:at, :user, 'deposit');

-- query: order_deposits
-- Paid on an order and not given back, by rate.
-- in: sale i64
-- all: rate i64, rate2 i64, amount i64!, ticket text!
SELECT l.rate, l.rate2, sum(l.amount) + coalesce((
	    SELECT sum(b.amount) FROM sale_line AS b
	    JOIN sale AS t ON t.id = b.sale
	    JOIN sale_line AS o ON o.id = b.returns
	    JOIN sale AS p ON p.id = o.sale
	    WHERE p.refers = :sale AND p.state = 'paid' AND t.state = 'paid'
		AND b.state = 'live' AND o.rate = l.rate
		AND o.rate2 = l.rate2), 0) AS amount,
	group_concat(DISTINCT printf('%s-%06d', s.series, s.number)) AS ticket
FROM sale AS s JOIN sale_line AS l ON l.sale = s.id
WHERE s.refers = :sale AND s.state = 'paid' AND l.kind = 'deposit'
	AND l.state = 'live'
GROUP BY l.rate, l.rate2
ORDER BY l.rate DESC, l.rate2;

-- query: order_of_deposit
-- The order that a line of a ticket is a deposit on, and what became of it.
-- in: line i64
-- one: paper text, state text
SELECT o.paper, o.state
FROM sale_line AS l JOIN sale AS t ON t.id = l.sale
JOIN sale AS o ON o.id = t.refers
WHERE l.id = :line AND l.kind = 'deposit';

-- query: order_deposit_lines
-- Lines of the deposits on an order that did not come back.
-- in: sale i64
-- all: ticket i64, line i64
SELECT s.id AS ticket, l.id AS line
FROM sale AS s JOIN sale_line AS l ON l.sale = s.id
WHERE s.refers = :sale AND s.state = 'paid' AND l.kind = 'deposit'
	AND l.state = 'live' AND NOT EXISTS
	(SELECT 1 FROM sale_line AS b JOIN sale AS t ON t.id = b.sale
	WHERE b.returns = l.id AND b.returns IS NOT NULL AND b.state <> 'void'
	AND t.state <> 'cancelled')
ORDER BY s.id, l.seq;

-- query: order_deposits_open
-- Deposits of an order that are being paid right now.
-- in: sale i64
-- one: n i64!
SELECT count(*) AS n FROM sale
WHERE refers = :sale AND state IN ('draft', 'pending', 'paying');

-- query: order_all
-- Open ones, by the day they are due; kind '' is both.
-- in: kind text
-- all: id i64, kind text, paper text, name text, due_day text!, opened_at i64, seller text!, total i64!, deposit i64!
SELECT id, kind, paper, name, coalesce(due_day, '') AS due_day, opened_at,
	seller, total, deposit
FROM order_open
WHERE :kind = '' OR kind = :kind
ORDER BY due_day IS NULL, due_day, id;

-- query: order_by_paper
-- in: paper text
-- one: id i64
SELECT id FROM sale WHERE paper = :paper AND paper <> '';
