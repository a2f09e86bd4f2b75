-- Shifts, what is in their drawers, and what their closings say.

-- query: shift_of_till
-- The open one of a till; 0 is the shell.
-- in: terminal i64
-- one: id i64, business_day text, opened_at i64
SELECT id, business_day, opened_at FROM shift
WHERE state = 'open' AND per = 'till' AND coalesce(terminal, 0) = :terminal;

-- query: shift_of_cashier
-- in: user i64
-- one: id i64, business_day text, opened_at i64
SELECT id, business_day, opened_at FROM shift
WHERE state = 'open' AND per = 'cashier' AND coalesce(user, 0) = :user;

-- query: shift_seen
-- When money last moved in it.
-- in: shift i64
-- one: at i64!
SELECT max(coalesce((SELECT opened_at FROM shift WHERE id = :shift), 0),
	coalesce((SELECT at FROM payment WHERE shift = :shift
	    ORDER BY id DESC LIMIT 1), 0),
	coalesce((SELECT at FROM drawer_move WHERE shift = :shift
	    ORDER BY id DESC LIMIT 1), 0)) AS at;

-- query: shift_day_of
-- in: id i64
-- one: business_day text
SELECT business_day FROM shift WHERE id = :id;

-- query: shift_add
-- in: per text, terminal i64?, user i64?, drawer bool, business_day text, at i64, automatic bool
-- id
INSERT INTO shift (per, terminal, user, drawer, business_day, opened_at,
	automatic)
VALUES (:per, :terminal, :user, :drawer, :business_day, :at, :automatic);

-- query: shift_has_drawer
-- Does a drawer stand at this terminal?
-- in: terminal i64
-- one: drawer bool
SELECT drawer FROM terminal WHERE id = :terminal;

-- query: shift_left
-- What the closing before a shift, of the same drawer, left in it.
-- in: shift i64
-- all: tender text, currency text, amount i64
SELECT t.tender, t.currency, t.left AS amount
FROM shift_total AS t
WHERE t.left <> 0 AND t.shift = (SELECT o.id
	FROM shift AS o JOIN shift AS n ON n.id = :shift
	WHERE o.id < n.id AND o.per = n.per AND o.state = 'closed'
	    AND CASE n.per WHEN 'till' THEN o.terminal IS n.terminal
		ELSE o.user IS n.user END
	ORDER BY o.id DESC LIMIT 1)
ORDER BY t.tender, t.currency;

-- query: drawer_move_add
-- in: shift i64, kind text, tender text, currency text, amount i64, reason text, at i64, user i64?, terminal i64?
-- id
INSERT INTO drawer_move (shift, kind, tender, currency, amount, reason, at,
	user, terminal)
VALUES (:shift, :kind, :tender, :currency, :amount, :reason, :at, :user,
	:terminal);

-- query: shift_get
-- in: id i64
-- one: id i64, per text, drawer bool, business_day text, opened_at i64, automatic bool, state text, closed_at i64?, forced bool, series text?, number i64?, counted i64?, terminal_id i64!, user_id i64!, terminal text!, user text!, closer text!
SELECT s.id, s.per, s.drawer, s.business_day, s.opened_at, s.automatic,
	s.state, s.closed_at, s.forced, s.series, s.number, s.counted,
	coalesce(s.terminal, 0) AS terminal_id, coalesce(s.user, 0) AS user_id,
	coalesce(t.name, '') AS terminal, coalesce(u.name, '') AS user,
	coalesce(c.name, '') AS closer
FROM shift AS s
LEFT JOIN terminal AS t ON t.id = s.terminal
LEFT JOIN user AS u ON u.id = s.user
LEFT JOIN user AS c ON c.id = s.closed_by
WHERE s.id = :id;

-- query: shift_next
-- The number its Z would have.
-- in: series text
-- one: number i64!
SELECT coalesce(max(number), 0) + 1 AS number FROM shift
WHERE series = :series;

-- query: shift_end
-- Last of a closing: from here on it is frozen.
-- in: id i64, at i64, user i64?, forced bool, series text, number i64, counted i64?
-- changes
UPDATE shift SET state = 'closed', closed_at = :at, closed_by = :user,
	forced = :forced, series = :series, number = :number,
	counted = :counted
WHERE id = :id AND state = 'open';

-- query: shift_total_add
-- in: shift i64, tender text, currency text, moved i64, taken i64, payments i64, counted i64?, left i64
-- exec
INSERT INTO shift_total (shift, tender, currency, moved, taken, payments,
	counted, left)
VALUES (:shift, :tender, :currency, :moved, :taken, :payments, :counted,
	:left);

-- query: shift_vat_add
-- in: shift i64, part i64, rate i64, name text, letter text, gross i64, net i64, vat i64
-- exec
INSERT INTO shift_vat (shift, part, rate, name, letter, gross, net, vat)
VALUES (:shift, :part, :rate, :name, :letter, :gross, :net, :vat);

-- query: shift_figure_add
-- in: shift i64, name text, n i64, amount i64
-- exec
INSERT INTO shift_figure (shift, name, count, amount)
VALUES (:shift, :name, :n, :amount);

-- query: closing_totals
-- What went through a shift per tender and currency, and what a count found of
-- it (0: none).  A payment and its counter-entry are no payment.
-- in: shift i64, counted i64
-- all: tender text, label text, cash bool, drawer bool, currency text!, opened i64!, moved i64!, taken i64!, payments i64!, found i64?, stays i64?
WITH flow AS (
	SELECT tender, currency, CASE kind WHEN 'float' THEN amount ELSE 0 END
	    AS opened, CASE kind WHEN 'float' THEN 0 ELSE amount END AS moved,
	    0 AS taken, 0 AS payments
	FROM drawer_move
	WHERE shift = :shift
	    AND kind IN ('float', 'pay_in', 'pay_out', 'drop')
	UNION ALL
	SELECT tender, currency, 0, 0, CASE WHEN currency = ''
	    THEN given - change ELSE abroad END,
	    CASE WHEN state IN ('back', 'failed') THEN -1 ELSE 1 END
	FROM payment WHERE shift = :shift
	UNION ALL
	SELECT tender, '', 0, 0, -change, 0
	FROM payment WHERE shift = :shift AND currency <> '' AND change <> 0
	UNION ALL
	SELECT tender, currency, 0, 0, 0, 0
	FROM drawer_count_sum WHERE count = :counted
)
SELECT f.tender, t.label, t.change AS cash, t.drawer, f.currency,
	sum(f.opened) AS opened, sum(f.moved) AS moved, sum(f.taken) AS taken,
	sum(f.payments) AS payments, c.counted AS found, z.left AS stays
FROM flow AS f
JOIN tender AS t ON t.name = f.tender
LEFT JOIN shift_total AS z ON z.shift = :shift
	AND z.tender = f.tender AND z.currency = f.currency
LEFT JOIN drawer_count_sum AS c ON c.count = :counted
	AND c.tender = f.tender AND c.currency = f.currency
GROUP BY f.tender, f.currency
ORDER BY t.place, f.currency;

-- query: closing_vats
-- in: shift i64, day text
-- all: part i64, rate i64, name text, letter text!, gross i64!, net i64!, vat i64!
SELECT v.part, v.rate, v.name, max(v.letter) AS letter, sum(v.gross) AS gross,
	sum(v.net) AS net, sum(v.vat) AS vat
FROM sale AS s JOIN sale_vat AS v ON v.sale = s.id
WHERE s.business_day = :day AND s.shift = :shift AND s.state = 'paid'
GROUP BY v.part, v.rate, v.name
ORDER BY v.rate DESC, v.part;

-- query: closing_tickets
-- The first and the last ticket of a shift.
-- in: shift i64, day text
-- one: first text!, last text!
SELECT coalesce((SELECT printf('%s-%06d', series, number) FROM sale
	WHERE business_day = :day AND shift = :shift AND state = 'paid'
	ORDER BY posted_at, number LIMIT 1), '') AS first,
	coalesce((SELECT printf('%s-%06d', series, number) FROM sale
	WHERE business_day = :day AND shift = :shift AND state = 'paid'
	ORDER BY posted_at DESC, number DESC LIMIT 1), '') AS last;

-- query: closing_users
-- in: shift i64, day text
-- all: user text!, tickets i64!, amount i64!
SELECT coalesce(u.name, '') AS user, count(*) AS tickets,
	sum(s.total) AS amount
FROM sale AS s LEFT JOIN user AS u ON u.id = s.user
WHERE s.business_day = :day AND s.shift = :shift AND s.state = 'paid'
GROUP BY s.user
ORDER BY u.name;

-- query: closing_figures
-- Everything else that is counted, each under its name.
-- in: shift i64, day text
-- all: name text!, n i64!, amount i64!
WITH ticket AS (
	SELECT id, total, rounding, turnover FROM sale
	WHERE business_day = :day AND shift = :shift AND state = 'paid'
), line AS (
	SELECT l.state, l.amount, l.overridden, l.qty
	FROM ticket AS t JOIN sale_line AS l ON l.sale = t.id
)
SELECT 'tickets' AS name, count(*) AS n,
	coalesce(sum(total), 0) AS amount FROM ticket
UNION ALL
SELECT 'not_turnover', count(*), coalesce(sum(total - turnover), 0)
FROM ticket WHERE total <> turnover
UNION ALL
SELECT 'returns', count(*), coalesce(sum(amount), 0) FROM line
WHERE qty < 0 AND state = 'live'
UNION ALL
SELECT 'discounts', count(*), coalesce(sum(d.amount), 0)
FROM ticket AS t JOIN sale_discount AS d ON d.sale = t.id
WHERE d.live = 1 AND d.kind <> 'offer' AND d.amount <> 0
UNION ALL
SELECT 'offers', count(*), coalesce(sum(d.amount), 0)
FROM ticket AS t JOIN sale_discount AS d ON d.sale = t.id
WHERE d.live = 1 AND d.kind = 'offer'
UNION ALL
SELECT 'tips', coalesce(sum(CASE WHEN tip < 0 THEN -1 ELSE 1 END), 0),
	coalesce(sum(tip), 0)
FROM payment WHERE shift = :shift AND tip <> 0
UNION ALL
-- Money of sales that are not tickets of this shift, or not yet; one given
-- back in a later shift is that one's.
SELECT 'advances', coalesce(sum(p.corrects IS NULL), 0),
	coalesce(sum(p.amount), 0)
FROM payment AS p JOIN sale AS s ON s.id = p.sale
WHERE p.shift = :shift AND s.shift IS NOT :shift
UNION ALL
SELECT 'paid_before', coalesce(sum(p.corrects IS NULL), 0),
	coalesce(sum(p.amount), 0)
FROM ticket AS t JOIN payment AS p ON p.sale = t.id
WHERE p.shift <> :shift AND p.id <= (SELECT max(id) FROM payment
	WHERE sale = t.id AND corrects IS NULL)
UNION ALL
SELECT 'rounding', count(*), coalesce(sum(rounding), 0) FROM ticket
WHERE rounding <> 0
UNION ALL
SELECT 'voids', count(*), coalesce(sum(amount), 0) FROM line
WHERE state = 'void'
UNION ALL
SELECT 'reversals', count(*), coalesce(sum(-amount), 0) FROM line
WHERE state = 'reversal'
UNION ALL
SELECT 'prices', count(*), 0 FROM line
WHERE overridden = 1 AND state = 'live'
UNION ALL
SELECT 'cancelled', count(DISTINCT s.id), coalesce(sum(l.amount), 0)
FROM sale AS s LEFT JOIN sale_line AS l ON l.sale = s.id AND l.state <> 'void'
WHERE s.state = 'cancelled' AND s.shift = :shift
UNION ALL
SELECT 'duplicates', count(*), 0 FROM duplicate WHERE shift = :shift
UNION ALL
SELECT 'no_sales', count(*), 0 FROM drawer_move
WHERE shift = :shift AND kind = 'no_sale'
UNION ALL
SELECT 'counts', count(*), 0 FROM drawer_count WHERE shift = :shift;

-- query: drawer_no_sale
-- Opened without a sale: nothing moved.
-- in: shift i64, reason text, at i64, user i64?, terminal i64?
-- exec
INSERT INTO drawer_move (shift, kind, tender, currency, amount, reason, at,
	user, terminal)
SELECT :shift, 'no_sale', name, '', 0, :reason, :at, :user, :terminal
FROM tender WHERE change = 1 ORDER BY place LIMIT 1;

-- query: drawer_cash
-- The tender a drawer's notes and coins are.
-- one: name text
SELECT name FROM tender WHERE change = 1 ORDER BY place LIMIT 1;

-- query: drawer_moves
-- Oldest first; what the last closing left is no act of anybody.
-- in: shift i64
-- all: id i64, kind text, tender text, currency text, amount i64, reason text, at i64, user text!
SELECT m.id, m.kind, m.tender, m.currency, m.amount, m.reason, m.at,
	coalesce(u.name, '') AS user
FROM drawer_move AS m LEFT JOIN user AS u ON u.id = m.user
WHERE m.shift = :shift ORDER BY m.id;

-- query: drawer_sheet_all
-- What was typed so far of a count that goes on.
-- in: shift i64
-- all: tender text, currency text, value i64, n i64
SELECT tender, currency, value, n FROM drawer_sheet WHERE shift = :shift;

-- query: drawer_sheet_put
-- in: shift i64, tender text, currency text, value i64, n i64
-- exec
INSERT INTO drawer_sheet (shift, tender, currency, value, n)
VALUES (:shift, :tender, :currency, :value, :n)
ON CONFLICT (shift, tender, currency, value) DO UPDATE SET n = excluded.n;

-- query: drawer_sheet_drop
-- in: shift i64, tender text, currency text, value i64
-- exec
DELETE FROM drawer_sheet WHERE shift = :shift AND tender = :tender
	AND currency = :currency AND value = :value;

-- query: drawer_sheet_end
-- in: shift i64
-- exec
DELETE FROM drawer_sheet WHERE shift = :shift;

-- query: drawer_count_add
-- What was there by then is what the last payment and movement say.
-- in: shift i64, seen bool, at i64, user i64?, terminal i64?
-- id
INSERT INTO drawer_count (shift, seen, at, user, terminal, payment, move)
VALUES (:shift, :seen, :at, :user, :terminal,
	(SELECT coalesce(max(id), 0) FROM payment WHERE shift = :shift),
	(SELECT coalesce(max(id), 0) FROM drawer_move WHERE shift = :shift));

-- query: drawer_count_line_add
-- in: id i64, tender text, currency text, value i64, n i64
-- exec
INSERT INTO drawer_count_line (count, tender, currency, value, n)
VALUES (:id, :tender, :currency, :value, :n);

-- query: drawer_count_sum_add
-- in: id i64, tender text, currency text, counted i64, expected i64
-- exec
INSERT INTO drawer_count_sum (count, tender, currency, counted, expected)
VALUES (:id, :tender, :currency, :counted, :expected);

-- query: drawer_count_last
-- The newest count, and whether the drawer moved since: by a payment, by one
-- given back before its ticket was made, by a movement.  A correction of how
-- a ticket was paid moves no money.
-- in: shift i64
-- one: id i64, at i64, seen bool, old bool!, user text!
SELECT c.id, c.at, c.seen,
	EXISTS (SELECT 1 FROM payment AS p
	    JOIN sale AS s ON s.id = p.sale
	    JOIN tender AS t ON t.name = p.tender
	    WHERE p.shift = c.shift AND p.id > c.payment AND t.drawer = 1
		AND (p.corrects IS NULL OR s.state <> 'paid'))
	OR EXISTS (SELECT 1 FROM drawer_move AS m
	    WHERE m.shift = c.shift AND m.id > c.move AND m.amount <> 0)
	    AS old,
	coalesce(u.name, '') AS user
FROM drawer_count AS c LEFT JOIN user AS u ON u.id = c.user
WHERE c.shift = :shift ORDER BY c.id DESC LIMIT 1;

-- query: drawer_count_lines
-- in: id i64
-- all: tender text, currency text, value i64, n i64
SELECT tender, currency, value, n FROM drawer_count_line WHERE count = :id
ORDER BY tender, currency, value DESC;

-- query: shift_sales
-- Open sales with something on them: a till's, or those of a cashier.  An order
-- or a quotation waits for its day, not for the evening.
-- in: cashier bool, who i64
-- all: id i64, name text, state text, user text!, total i64!, lines i64!
SELECT s.id, s.name, s.state, coalesce(u.name, '') AS user,
	(SELECT coalesce(sum(amount), 0) FROM sale_line
	    WHERE sale = s.id AND state <> 'void') AS total,
	(SELECT count(*) FROM sale_line
	    WHERE sale = s.id AND state = 'live') AS lines
FROM sale AS s LEFT JOIN user AS u ON u.id = s.user
WHERE s.state IN ('draft', 'pending', 'paying') AND lines > 0
	AND (s.kind = 'sale' OR s.state = 'paying')
	AND coalesce(CASE WHEN :cashier THEN s.user ELSE s.terminal END, 0)
	    = :who
ORDER BY s.id;

-- query: shift_list
-- Newest first.
-- in: open bool, limit i64
-- all: id i64, state text, series text?, number i64?, business_day text, terminal text!, user text!, opened_at i64, closed_at i64?, forced bool, counted bool!, tickets i64?, amount i64?, gap i64?
SELECT s.id, s.state, s.series, s.number, s.business_day,
	coalesce(t.name, '') AS terminal, coalesce(u.name, '') AS user,
	s.opened_at, s.closed_at, s.forced, s.counted IS NOT NULL AS counted,
	f.count AS tickets, f.amount,
	(SELECT sum(amount) FROM drawer_move WHERE shift = s.id
	    AND kind IN ('surplus', 'shortage') AND currency = '') AS gap
FROM shift AS s
LEFT JOIN terminal AS t ON t.id = s.terminal
LEFT JOIN user AS u ON u.id = s.user
LEFT JOIN shift_figure AS f ON f.shift = s.id AND f.name = 'tickets'
WHERE :open = 0 OR s.state = 'open'
ORDER BY s.id DESC
LIMIT :limit;

-- query: shift_newest
-- in: open bool
-- one: id i64
SELECT id FROM shift WHERE (closed_at IS NULL) = :open
ORDER BY id DESC LIMIT 1;

-- query: drawer_newest
-- The last movement that somebody made by hand.
-- one: id i64, shift i64
SELECT id, shift FROM drawer_move
WHERE kind IN ('pay_in', 'pay_out', 'drop') ORDER BY id DESC LIMIT 1;

-- query: shift_by_z
-- in: series text, number i64
-- one: id i64
SELECT id FROM shift WHERE series = :series AND number = :number;

-- query: shift_print_last
-- in: shift i64
-- one: n i64!
SELECT coalesce(max(n), 0) AS n FROM shift_duplicate WHERE shift = :shift;

-- query: shift_print_add
-- in: shift i64, n i64, at i64, user i64?, journal i64
-- exec
INSERT INTO shift_duplicate (shift, n, at, user, journal)
VALUES (:shift, :n, :at, :user, :journal);

-- query: gap_hints
-- What would explain that cash is off by exactly :gap (below 0: missing):
-- 1 a ticket whose tender is the wrong one; 2 a movement of that amount; 3 a
-- note taken for another one; 4 a sale that was cancelled; 5 a ticket of that
-- amount; 6 change that may have been a note too much, or too little; 7 the
-- drawer was opened.  Newest first, each kind in its turn.
-- in: shift i64, day text, gap i64, notes text
-- all: rank i64!, sale i64, single bool!, series text?, number i64?, at i64!, tender text!, given i64!, change i64!, amount i64!, words text!
WITH note AS (
	SELECT CAST(value AS INTEGER) AS value FROM json_each(:notes)
), standing AS (
	SELECT p.id, p.sale, p.tender, p.given, p.change, p.at,
	    p.given - p.change AS amount, t.change AS cash, s.series, s.number,
	    (SELECT count(*) FROM payment AS o WHERE o.sale = p.sale
		AND o.state NOT IN ('back', 'failed') AND NOT EXISTS
		(SELECT 1 FROM payment AS c WHERE c.corrects = o.id
		    AND c.state IN ('back', 'failed'))) = 1 AS single
	FROM payment AS p
	JOIN tender AS t ON t.name = p.tender
	JOIN sale AS s ON s.id = p.sale
	WHERE p.shift = :shift AND p.currency = ''
	    AND p.state NOT IN ('back', 'failed')
	    AND NOT EXISTS (SELECT 1 FROM payment AS c
		WHERE c.corrects = p.id AND c.state IN ('back', 'failed'))
), hint AS (
	SELECT 1 AS rank, sale, single, series, number, at, tender, given,
	    change, amount, '' AS words
	FROM standing
	WHERE CASE WHEN :gap < 0 THEN cash = 1 AND amount = -:gap
	    ELSE cash = 0 AND amount = :gap END
	UNION ALL
	SELECT 2, 0, 0, NULL, NULL, at, tender, 0, 0, amount,
	    kind || ' ' || reason
	FROM drawer_move WHERE shift = :shift AND currency = ''
	    AND kind IN ('pay_in', 'pay_out', 'drop')
	    AND abs(amount) = abs(:gap)
	UNION ALL
	SELECT 3, sale, single, series, number, at, tender, given, change,
	    amount, CAST(given + :gap AS TEXT)
	FROM standing
	WHERE cash = 1 AND given IN (SELECT value FROM note)
	    AND given + :gap IN (SELECT value FROM note)
	UNION ALL
	SELECT 4, s.id, 0, NULL, NULL, s.posted_at, '', 0, 0, :gap, ''
	FROM sale AS s
	WHERE s.state = 'cancelled' AND s.shift = :shift AND :gap > 0
	    AND (SELECT sum(amount) FROM sale_line
		WHERE sale = s.id AND state <> 'void') = :gap
	UNION ALL
	SELECT 5, s.id, 0, s.series, s.number, s.posted_at, '', 0, 0, s.total,
	    ''
	FROM sale AS s
	WHERE s.business_day = :day AND s.shift = :shift AND s.state = 'paid'
	    AND abs(s.total) = abs(:gap)
	    AND s.id NOT IN (SELECT sale FROM standing
		WHERE amount = abs(:gap) AND cash = (:gap < 0))
	UNION ALL
	SELECT 6, sale, single, series, number, at, tender, given, change,
	    amount, ''
	FROM standing
	WHERE cash = 1 AND change > 0 AND abs(:gap) IN (SELECT value FROM note)
	    AND change >= CASE WHEN :gap > 0 THEN :gap ELSE 0 END
	    AND (given <> 0 AND given + :gap NOT IN (SELECT value FROM note))
	UNION ALL
	SELECT 7, 0, 0, NULL, NULL, at, tender, 0, 0, 0, reason
	FROM drawer_move WHERE shift = :shift AND kind = 'no_sale'
)
SELECT rank, sale, single, series, number, at, tender, given, change, amount,
	words
FROM hint ORDER BY rank, at DESC LIMIT 30;
