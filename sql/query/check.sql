-- What `comptoir check` asks: each lists what does not add up.

-- query: check_series
-- Series with a gap in their numbers.
-- all: series text!, made i64!, most i64!
SELECT series, count(*) AS made, max(number) AS most
FROM sale WHERE series IS NOT NULL
GROUP BY series HAVING count(*) <> max(number)
ORDER BY series;

-- query: check_lines
-- Tickets whose lines do not make their total.
-- all: series text!, number i64!, total i64, sum i64!
SELECT s.series, s.number, s.total, coalesce((SELECT sum(amount)
	FROM sale_line WHERE sale = s.id AND state <> 'void'), 0)
	+ CASE s.tax_added WHEN 0 THEN 0 ELSE coalesce((SELECT sum(vat)
	FROM sale_vat WHERE sale = s.id), 0) END AS sum
FROM sale AS s WHERE s.state = 'paid' AND total <> sum
ORDER BY s.id;

-- query: check_vat
-- Tickets whose VAT rows do not make their turnover.
-- all: series text!, number i64!, total i64, sum i64!
SELECT s.series, s.number, s.turnover AS total, coalesce((SELECT sum(gross)
	FROM sale_vat WHERE sale = s.id), 0) AS sum
FROM sale AS s
WHERE s.state = 'paid' AND s.tax_added = 0 AND s.turnover <> sum
ORDER BY s.id;

-- query: check_turnover
-- Tickets whose turnover is not the total less what is none.
-- all: series text!, number i64!, total i64, sum i64!
SELECT s.series, s.number, s.turnover AS total, s.total - coalesce((
	SELECT sum(amount) FROM sale_line WHERE sale = s.id AND turnover = 0
	AND state <> 'void'), 0) AS sum
FROM sale AS s WHERE s.state = 'paid' AND s.turnover <> sum
ORDER BY s.id;

-- query: check_returned
-- Lines of tickets of which more came back than was sold.
-- all: series text!, number i64!, label text, total i64, sum i64!
SELECT s.series, s.number, l.label, l.qty AS total, -sum(r.qty) AS sum
FROM sale_line AS r
JOIN sale_line AS l ON l.id = r.returns
JOIN sale AS s ON s.id = l.sale
JOIN sale AS rs ON rs.id = r.sale
WHERE r.returns IS NOT NULL AND r.state <> 'void' AND rs.state <> 'cancelled'
GROUP BY l.id
HAVING -sum(r.qty) > l.qty OR abs(sum(r.amount)) > abs(l.amount)
ORDER BY l.id;

-- query: check_serials
-- Pieces with a number of their own that were sold while they were out, or
-- came back while they were in; what was thrown away stays out.
-- all: code text, serial text, series text!, number i64!
SELECT p.code, x.serial, x.series, x.number
FROM (SELECT l.product, l.serial, s.series, s.number,
	sum(CASE l.scrap WHEN 0 THEN l.qty ELSE 0 END) OVER
	    (PARTITION BY l.product, l.serial ORDER BY s.journal, l.id) AS out
	FROM sale_line AS l JOIN sale AS s ON s.id = l.sale
	WHERE l.serial <> '' AND l.state = 'live' AND s.state = 'paid'
	    AND s.training = 0) AS x
JOIN product AS p ON p.id = x.product AND p.serials = 1
WHERE x.out NOT IN (0, 1000)
ORDER BY p.code, x.serial;

-- query: check_voucher_payments
-- Vouchers whose payments are not what went off them for it.
-- all: id i64, paid i64!, moved i64!
SELECT v.id, coalesce(p.sum, 0) AS paid, -coalesce(m.sum, 0) AS moved
FROM voucher AS v
LEFT JOIN (SELECT voucher, sum(amount) AS sum FROM payment
	WHERE voucher IS NOT NULL GROUP BY voucher) AS p ON p.voucher = v.id
LEFT JOIN (SELECT voucher, sum(amount) AS sum FROM voucher_move
	WHERE kind IN ('pay', 'unpay', 'refund', 'issue')
	GROUP BY voucher) AS m ON m.voucher = v.id
WHERE coalesce(p.sum, 0) <> -coalesce(m.sum, 0)
ORDER BY v.id;

-- query: check_vouchers
-- Vouchers whose balance is not what their log makes.
-- all: id i64, balance i64, sum i64!
SELECT v.id, v.balance, coalesce(m.sum, 0) AS sum
FROM voucher AS v
LEFT JOIN (SELECT voucher, sum(amount) AS sum FROM voucher_move
	GROUP BY voucher) AS m ON m.voucher = v.id
WHERE v.balance <> coalesce(m.sum, 0)
ORDER BY v.id;

-- query: check_rates
-- Tickets with a tax that is not the one of their lines: the base is what the
-- lines at that rate make, the tax as tax.c rounds it, half away from zero.
-- all: series text!, number i64!, name text
SELECT s.series, s.number, v.name
FROM sale_vat AS v JOIN sale AS s ON s.id = v.sale
WHERE CASE s.tax_added WHEN 0 THEN v.gross ELSE v.net END <>
	coalesce((SELECT sum(l.amount) FROM sale_line AS l
	WHERE l.sale = v.sale AND l.state <> 'void' AND l.turnover = 1
	AND v.rate =
	CASE v.part WHEN 1 THEN l.rate ELSE l.rate2 END), 0)
	OR abs(v.vat) <> CASE s.tax_added
	WHEN 0 THEN (abs(v.gross) * v.rate + (100000 + v.rate) / 2)
	    / (100000 + v.rate)
	ELSE (abs(v.net) * v.rate + 50000) / 100000 END
ORDER BY s.id;

-- query: check_days
-- Tickets counted on a day that is not theirs, wherever the zone is and
-- whenever a day begins: from 14 hours before midnight UTC to 59 after it.
-- all: series text!, number i64!, day text!
SELECT series, number, business_day AS day FROM sale
WHERE state = 'paid' AND posted_at / 1000
	- CAST(strftime('%s', business_day) AS INTEGER)
	NOT BETWEEN -50400 AND 212400
ORDER BY id;

-- query: check_payments
-- Tickets not paid exactly.
-- all: series text!, number i64!, total i64!, sum i64!
SELECT s.series, s.number, s.total + s.rounding AS total,
	coalesce((SELECT sum(amount) FROM payment WHERE sale = s.id), 0)
	AS sum
FROM sale AS s WHERE s.state = 'paid' AND s.total + s.rounding <> sum
ORDER BY s.id;

-- query: check_duplicates
-- Tickets with a gap in their duplicates.
-- all: series text!, number i64!, made i64!, most i64!
SELECT s.series, s.number, count(*) AS made, max(d.n) AS most
FROM duplicate AS d JOIN sale AS s ON s.id = d.sale
GROUP BY d.sale, d.document HAVING count(*) <> max(d.n)
ORDER BY d.sale;

-- query: check_ticket
-- What a record of a ticket chain must say.
-- in: sale i64, series text, number i64
-- one: id i64, total i64, posted_at i64!
SELECT id, total, posted_at FROM sale
WHERE id = :sale AND series = :series AND number = :number;

-- query: check_z
-- Series of Z with a gap.
-- all: series text!, made i64!, most i64!
SELECT series, count(*) AS made, max(number) AS most
FROM shift WHERE series IS NOT NULL
GROUP BY series HAVING count(*) <> max(number)
ORDER BY series;

-- query: check_shift_totals
-- Closings whose tenders are not what movements and payments make.
-- all: series text!, number i64!, tender text!, says i64!, makes i64!
SELECT s.series, s.number, x.tender, sum(x.says) AS says, sum(x.makes) AS makes
FROM (
	SELECT shift, tender, currency, moved + taken AS says, 0 AS makes
	FROM shift_total
	UNION ALL
	SELECT shift, tender, currency, 0, amount FROM drawer_move
	WHERE kind IN ('float', 'pay_in', 'pay_out', 'drop')
	UNION ALL
	SELECT p.shift, m.tender, m.currency, 0, m.amount
	FROM payment_money AS m JOIN payment AS p ON p.id = m.payment
) AS x JOIN shift AS s ON s.id = x.shift
WHERE s.state = 'closed'
GROUP BY x.shift, x.tender, x.currency
HAVING sum(x.says) <> sum(x.makes)
ORDER BY x.shift;

-- query: check_shift_gaps
-- Closings whose difference is not the row that says it.
-- all: series text!, number i64!, tender text!, says i64!, makes i64!
SELECT s.series, s.number, t.tender,
	coalesce((SELECT sum(amount) FROM drawer_move AS m
	    WHERE m.shift = t.shift AND m.tender = t.tender
		AND m.currency = t.currency
		AND m.kind IN ('surplus', 'shortage')), 0) AS says,
	coalesce(t.counted - t.moved - t.taken, 0) AS makes
FROM shift_total AS t JOIN shift AS s ON s.id = t.shift
WHERE says <> makes
ORDER BY t.shift;

-- query: check_shift_vat
-- Closings whose taxes are not those of their tickets.
-- all: series text!, number i64!, name text!, says i64!, makes i64!
SELECT s.series, s.number, x.name, sum(x.says) AS says, sum(x.makes) AS makes
FROM (
	SELECT shift, part, rate, name, vat AS says, 0 AS makes FROM shift_vat
	UNION ALL
	SELECT t.shift, v.part, v.rate, v.name, 0, v.vat
	FROM sale_vat AS v JOIN sale AS t ON t.id = v.sale
	WHERE t.state = 'paid'
) AS x JOIN shift AS s ON s.id = x.shift
WHERE s.state = 'closed'
GROUP BY x.shift, x.part, x.rate, x.name
HAVING sum(x.says) <> sum(x.makes)
ORDER BY x.shift;

-- query: check_shift_tickets
-- Closings whose tickets are not those that were posted in them.
-- all: series text!, number i64!, says i64!, makes i64!
SELECT s.series, s.number, f.amount AS says,
	coalesce((SELECT sum(total) FROM sale
	    WHERE shift = s.id AND state = 'paid'), 0) AS makes
FROM shift AS s JOIN shift_figure AS f ON f.shift = s.id
	AND f.name = 'tickets'
WHERE f.amount <> makes OR f.count <> (SELECT count(*) FROM sale
	WHERE shift = s.id AND state = 'paid')
ORDER BY s.id;

-- query: check_shift_days
-- Tickets whose business day is not that of their shift.
-- all: series text!, number i64!, day text!
SELECT s.series, s.number, h.business_day AS day
FROM sale AS s JOIN shift AS h ON h.id = s.shift
WHERE s.state = 'paid' AND s.business_day <> h.business_day
ORDER BY s.id;

-- query: check_accounts
-- Customers whose account is not what their payments put on it.
-- all: code text, entries i64!, payments i64!
SELECT c.code, coalesce(e.amount, 0) AS entries,
	coalesce(p.amount, 0) AS payments
FROM customer AS c
LEFT JOIN (SELECT customer, sum(amount) AS amount FROM customer_entry
	WHERE kind = 'sale' GROUP BY customer) AS e ON e.customer = c.id
LEFT JOIN (SELECT p.customer, sum(p.amount) AS amount FROM payment AS p
	JOIN tender AS t ON t.name = p.tender WHERE t.kind = 'account'
	GROUP BY p.customer) AS p ON p.customer = c.id
WHERE coalesce(e.amount, 0) <> coalesce(p.amount, 0)
ORDER BY c.id;

-- query: check_settled
-- Tickets with a payment whose word never came.
-- all: series text!, number i64!
SELECT DISTINCT s.series, s.number
FROM payment AS p JOIN sale AS s ON s.id = p.sale
WHERE p.state = 'pending' AND s.state = 'paid'
	AND NOT EXISTS (SELECT 1 FROM payment_settled WHERE payment = p.id)
	AND NOT EXISTS (SELECT 1 FROM payment AS b WHERE b.corrects = p.id
	    AND b.state IN ('back', 'failed'))
ORDER BY s.id;

-- query: check_discounts
-- Tickets whose lines do not give up what their discounts say they take.
-- all: series text!, number i64!, taken i64!, gone i64!
SELECT s.series, s.number,
	coalesce((SELECT sum(d.amount) FROM sale_discount AS d
	    LEFT JOIN sale_line AS x ON x.id = d.line
	    WHERE d.sale = s.id AND d.live = 1
		AND (d.line IS NULL OR x.state = 'live')), 0) AS taken,
	coalesce((SELECT sum(l.off) FROM sale_line AS l
	    WHERE l.sale = s.id AND l.state = 'live' AND l.qty > 0
		AND l.returns IS NULL), 0) AS gone
FROM sale AS s
WHERE s.state = 'paid' AND s.discounted = 1 AND taken <> gone
ORDER BY s.id;

-- query: check_off
-- Lines of tickets that more is taken off than there is, or that lost
-- something without a discount.
-- all: series text!, number i64!, label text
SELECT s.series, s.number, l.label
FROM sale_line AS l JOIN sale AS s ON s.id = l.sale
WHERE s.state = 'paid' AND l.off <> 0 AND l.state = 'live' AND l.qty > 0
	AND (l.off < 0 OR l.amount < 0 OR s.discounted = 0)
ORDER BY l.id;

-- query: check_options
-- Lines that disagree with what belongs to them: another quantity, or money
-- that was moved from one and did not come to the other.  Of a menu that comes
-- back an option may have come before.
-- all: sale i64, label text
SELECT l.sale, l.label FROM sale_line AS l
WHERE l.parent IS NULL AND l.state <> 'void' AND EXISTS
	(SELECT 1 FROM sale_line WHERE parent = l.id)
	AND (l.moved + coalesce((SELECT sum(moved) FROM sale_line AS o
	    WHERE o.parent = l.id AND o.state <> 'void'), 0) <> 0
	OR EXISTS (SELECT 1 FROM sale_line AS o WHERE o.parent = l.id
	    AND o.state = 'live' AND (l.state <> 'live'
	    OR (o.qty <> l.qty AND o.returns IS NULL))))
UNION ALL
SELECT l.sale, l.label FROM sale_line AS l
WHERE l.parent IS NULL AND l.moved <> 0 AND l.state <> 'void'
	AND NOT EXISTS (SELECT 1 FROM sale_line WHERE parent = l.id)
UNION ALL
SELECT l.sale, l.label FROM sale_line AS l
WHERE l.parent IS NOT NULL AND l.state = 'live' AND l.returns IS NULL
	AND l.amount <> l.price * l.qty / 1000 - l.off + l.moved;

-- query: check_variants
-- Variants whose price is not their template's and the difference.
-- all: code text, price i64, sum i64!
SELECT p.code, p.price, max(0, t.price + v.delta) AS sum
FROM variant AS v
JOIN product AS p ON p.id = v.product
JOIN product AS t ON t.id = v.template
WHERE p.price <> max(0, t.price + v.delta)
ORDER BY p.code;

-- query: check_records
-- Paid sales without a record of their own in the journal.
-- all: series text!, number i64!
SELECT s.series, s.number FROM sale AS s
LEFT JOIN journal AS j ON j.id = s.journal
WHERE s.state = 'paid' AND (j.id IS NULL OR j.sale IS NOT s.id
	OR j.seq <> s.number)
ORDER BY s.id;

-- query: check_closing_numbers
-- Levels of a till with a gap in their numbers.
-- all: till i64, level text, made i64!, most i64!
SELECT till, level, count(*) AS made, max(seq) AS most FROM closing
GROUP BY till, level HAVING count(*) <> max(seq) ORDER BY till, level;

-- query: check_closing_days
-- Days whose closings are not what their tickets make, of turnover: only
-- those that are closed.
-- all: till i64, day text, says i64!, makes i64!
SELECT d.till, d.day,
	(SELECT coalesce(sum(total), 0) FROM closing AS c
	    WHERE c.till = d.till AND c.level = 'day' AND c.period = d.day)
	    AS says,
	(SELECT coalesce(sum(v.vat + CASE v.part WHEN 1 THEN v.net ELSE 0
	    END), 0) FROM sale AS s JOIN sale_vat AS v ON v.sale = s.id
	    WHERE s.business_day = d.day AND coalesce(s.terminal, 0) = d.till
	    AND s.state = 'paid' AND s.training = 0) AS makes
FROM till_day AS d WHERE d.closing IS NOT NULL AND says <> makes
ORDER BY d.day, d.till;

-- query: check_closing_shifts
-- all: till i64, day text, says i64!, makes i64!
SELECT c.till, c.period AS day, c.total AS says,
	(SELECT coalesce(sum(v.vat + CASE v.part WHEN 1 THEN v.net ELSE 0
	    END), 0) FROM sale AS s JOIN sale_vat AS v ON v.sale = s.id
	    WHERE s.business_day = c.period AND s.shift = c.shift
	    AND s.state = 'paid' AND s.training = 0) AS makes
FROM closing AS c WHERE c.level = 'shift' AND says <> makes ORDER BY c.id;

-- query: check_closing_taxes
-- Closings whose taxes do not make their total.
-- all: till i64, level text, period text, says i64!, makes i64!
SELECT c.till, c.level, c.period, c.total AS says,
	(SELECT coalesce(sum(vat + CASE part WHEN 1 THEN net ELSE 0 END), 0)
	    FROM closing_vat WHERE closing = c.id) AS makes
FROM closing AS c WHERE says <> makes ORDER BY c.id;

-- query: check_closing_above
-- Months that are not the sum of their days, years of their months: every one
-- of a till so far.
-- all: till i64, level text, period text, says i64!, makes i64!
SELECT c.till, c.level, c.period,
	(SELECT sum(total) FROM closing WHERE till = c.till
	    AND level = c.level AND journal <= c.journal) AS says,
	(SELECT coalesce(sum(total), 0) FROM closing WHERE till = c.till
	    AND level = CASE c.level WHEN 'month' THEN 'day' ELSE 'month' END
	    AND journal < c.journal) AS makes
FROM closing AS c WHERE c.level IN ('month', 'year') AND says <> makes
ORDER BY c.id;

-- query: check_perpetual
-- Closed days whose perpetual totals are not the day before's and their own.
-- all: till i64, day text, says i64!, makes i64!
SELECT till, period AS day, perpetual AS says,
	sum(total) OVER till_so_far AS makes
FROM closing WHERE level = 'day'
WINDOW till_so_far AS (PARTITION BY till ORDER BY seq)
EXCEPT
SELECT till, period, perpetual, perpetual FROM closing WHERE level = 'day'
ORDER BY till, day;

-- query: check_absolute
-- all: till i64, day text, says i64!, makes i64!
SELECT till, period AS day, perpetual_absolute AS says,
	sum(absolute) OVER till_so_far AS makes
FROM closing WHERE level = 'day'
WINDOW till_so_far AS (PARTITION BY till ORDER BY seq)
EXCEPT
SELECT till, period, perpetual_absolute, perpetual_absolute FROM closing
WHERE level = 'day'
ORDER BY till, day;

-- query: check_kitchen
-- Lines whose place in the kitchen is not what its history says.
-- all: line i64, station text, state text, said text!
SELECT k.line, st.name AS station, k.state, coalesce(CASE e.kind
	WHEN 'started' THEN 'started' WHEN 'ready' THEN 'ready'
	WHEN 'served' THEN 'served' WHEN 'voided' THEN 'voided'
	WHEN 'sent' THEN 'sent' WHEN 'recalled' THEN
		-- to its cook, or from the table to the pass
		iif(k.state = 'ready', 'ready', 'sent')
	ELSE k.state END, 'nothing') AS said
FROM kitchen_line AS k JOIN station AS st ON st.id = k.station
LEFT JOIN kitchen_event AS e ON e.id = k.event AND e.line = k.line
WHERE k.state <> said OR e.id IS NULL
ORDER BY k.line, k.station;

-- query: check_served
-- Sales that are over with somebody served, or open with nobody; and more than
-- one party at a table.
-- all: sale i64, name text, state text
SELECT v.sale, s.name, s.state FROM serving AS v JOIN sale AS s
	ON s.id = v.sale
WHERE (v.ended_at IS NULL) = (s.state IN ('paid', 'cancelled'))
	OR (v.ended_at IS NULL AND EXISTS (SELECT 1 FROM serving AS o
	    WHERE o.tbl = v.tbl AND o.ended_at IS NULL
	    AND (SELECT training FROM sale WHERE id = o.sale) = s.training
	    AND coalesce(o.whole, o.sale) < coalesce(v.whole, v.sale)))
ORDER BY v.sale;

-- query: check_counts
-- Lines that the kitchen has, of which it was sent nothing.
-- all: line i64
SELECT line FROM serving_line
WHERE sent_at IS NOT NULL AND part_of IS NULL AND qty = 0
ORDER BY line;
