-- SPDX-License-Identifier: ISC
-- The books added up again from the rows alone, by rules of their own: every
-- line this prints is something that does not balance.

-- What a line comes to: price times quantity, rounded half away from zero,
-- less what is taken off; a label of a scale says its own amount.
SELECT 'line', s.series || '-' || s.number, l.seq, l.amount
FROM sale_line AS l JOIN sale AS s ON s.id = l.sale
WHERE s.state = 'paid' AND l.state = 'live' AND l.unit = 'pc'
	AND l.amount <> (CASE WHEN l.qty < 0 THEN -1 ELSE 1 END)
	    * ((abs(l.price * l.qty) * 2 + 1000) / 2000) - l.off;

-- The total of a ticket is its lines.
SELECT 'total', s.series || '-' || s.number, s.total, sum(l.amount)
FROM sale AS s JOIN sale_line AS l ON l.sale = s.id
WHERE s.state = 'paid' AND s.tax_added = 0 AND l.state <> 'void'
GROUP BY s.id HAVING s.total <> sum(l.amount);

-- Tax of each rate of each ticket, from its lines.
SELECT 'tax', s.series || '-' || s.number, l.rate, v.vat, v.gross,
	sum(l.amount)
FROM sale AS s
JOIN sale_line AS l ON l.sale = s.id AND l.state <> 'void'
	AND l.turnover = 1
LEFT JOIN sale_vat AS v ON v.sale = s.id AND v.part = 1 AND v.rate = l.rate
WHERE s.state = 'paid' AND s.tax_added = 0
GROUP BY s.id, l.rate
HAVING v.vat IS NULL OR v.gross <> sum(l.amount)
	OR v.net + v.vat <> v.gross
	OR v.vat <> (CASE WHEN sum(l.amount) < 0 THEN -1 ELSE 1 END)
	    * ((abs(sum(l.amount)) * l.rate * 2 + 100000 + l.rate)
	    / (2 * (100000 + l.rate)));

-- Money: each ticket is paid to the cent, cash rounding apart.
SELECT 'paid', s.series || '-' || s.number, s.total + s.rounding,
	coalesce(sum(p.amount), 0)
FROM sale AS s LEFT JOIN payment AS p ON p.sale = s.id
WHERE s.state = 'paid'
GROUP BY s.id HAVING s.total + s.rounding <> coalesce(sum(p.amount), 0);
SELECT 'given', p.id, p.given, p.change, p.tip, p.amount FROM payment AS p
WHERE p.given - p.change - p.tip <> p.amount;

-- All tickets together against all tenders together, account included.
SELECT 'tenders', (SELECT sum(total + rounding) FROM sale
	WHERE state = 'paid') AS tickets, sum(given) - sum(change) - sum(tip)
FROM payment WHERE sale IN (SELECT id FROM sale WHERE state = 'paid')
HAVING tickets <> sum(given) - sum(change) - sum(tip);

-- A closed shift is the sum of its tickets, in all and per rate.
SELECT 'closing', c.till, c.seq, c.total, coalesce((SELECT sum(s.turnover)
	FROM sale AS s WHERE s.shift = c.shift AND s.state = 'paid'), 0) AS own
FROM closing AS c WHERE c.level = 'shift' AND c.total <> own;
SELECT 'closing rate', c.till, c.seq, v.rate, v.gross, coalesce((
	SELECT sum(t.gross) FROM sale AS s JOIN sale_vat AS t ON t.sale = s.id
	WHERE s.shift = c.shift AND t.part = v.part AND t.rate = v.rate), 0)
	AS own
FROM closing AS c JOIN closing_vat AS v ON v.closing = c.id
WHERE c.level = 'shift' AND v.gross <> own;

-- Perpetual totals are those before and the period's.
SELECT 'perpetual', c.till, c.seq, c.perpetual, sum(b.total)
FROM closing AS c JOIN closing AS b ON b.till = c.till
	AND b.level = c.level AND b.seq <= c.seq
WHERE c.level = 'shift'
GROUP BY c.id HAVING c.perpetual <> sum(b.total)
	OR c.perpetual_absolute <> sum(b.absolute);

-- Numbers without gaps.
SELECT 'gap', series, count(*), max(number) FROM sale
WHERE state = 'paid' GROUP BY series HAVING count(*) <> max(number);

-- Stock is what moved, and a sale moved what it sold.
SELECT 'stock', l.product, l.place, l.qty, sum(m.qty) FROM stock_level AS l
JOIN stock_move AS m ON m.product = l.product AND m.place = l.place
GROUP BY l.product, l.place HAVING l.qty <> sum(m.qty);
