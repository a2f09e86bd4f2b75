-- SPDX-License-Identifier: ISC
-- The books added up again from the rows alone, by rules of their own: every
-- line this prints is something that does not balance.

-- What a line comes to: price times quantity, rounded half away from zero,
-- less what is taken off, and what it gives to or takes from its options; a
-- label of a scale says its own amount, goods that come back are below.
SELECT 'line', s.series || '-' || s.number, l.seq, l.amount
FROM sale_line AS l JOIN sale AS s ON s.id = l.sale
WHERE s.state = 'paid' AND l.state = 'live' AND l.unit = 'pc'
	AND l.returns IS NULL
	AND NOT EXISTS (SELECT 1 FROM serving_line AS x WHERE x.line = l.id
	    AND x.shares > 1)
	AND l.amount <> (CASE WHEN l.qty < 0 THEN -1 ELSE 1 END)
	    * ((abs(l.price * l.qty) * 2 + 1000) / 2000) - l.off + l.moved;
-- The shares of a line come to the line, to the cent.
SELECT 'shares', l.sale, l.seq, sum(y.amount + y.off - y.moved),
	l.price * sum(y.qty) / 1000
FROM serving_line AS x JOIN sale_line AS l ON l.id = x.line
JOIN sale_line AS y ON y.id = l.id OR y.id IN (SELECT line FROM serving_line
	WHERE part_of = l.id)
WHERE x.shares > 1 AND x.part_of IS NULL AND l.unit = 'pc'
	AND l.state = 'live' AND y.state = 'live'
GROUP BY l.id HAVING abs(l.price * sum(y.qty)
	- 1000 * sum(y.amount + y.off - y.moved)) > 500;
SELECT 'weighed', s.series || '-' || s.number, l.seq, l.price, l.qty, l.amount
FROM sale_line AS l JOIN sale AS s ON s.id = l.sale
WHERE s.state = 'paid' AND l.state = 'live' AND l.unit <> 'pc'
	AND l.returns IS NULL
	AND abs(l.price * l.qty - (l.amount + l.off - l.moved) * 1000)
	    > l.price / 2 + 1000;

-- A line and its options: the same quantity, and nothing lost between them.
SELECT 'options', l.sale, l.seq FROM sale_line AS l
WHERE l.parent IS NULL AND l.state <> 'void' AND l.moved + coalesce((
	SELECT sum(o.moved) FROM sale_line AS o
	WHERE o.parent = l.id AND o.state <> 'void'), 0) <> 0
	AND l.returns IS NULL;

-- Reversed lines make nothing with their reversals.
SELECT 'reversal', l.sale, l.seq, l.qty, r.qty, l.amount, r.amount
FROM sale_line AS l LEFT JOIN sale_line AS r ON r.reverses = l.id
WHERE l.state = 'reversed'
	AND (r.id IS NULL OR r.qty <> -l.qty OR r.amount <> -l.amount);

-- What is taken off a sale is what its lines gave up.
SELECT 'off', s.series || '-' || s.number, coalesce((SELECT sum(d.amount)
	FROM sale_discount AS d LEFT JOIN sale_line AS x ON x.id = d.line
	WHERE d.sale = s.id AND d.live = 1 AND (d.line IS NULL
	OR x.state = 'live')), 0) AS taken,
	coalesce((SELECT sum(l.off) FROM sale_line AS l WHERE l.sale = s.id
	AND l.state = 'live' AND l.qty > 0), 0) AS gone
FROM sale AS s WHERE s.state = 'paid' AND taken <> gone;

-- Never more comes back than was sold, in goods or in money, counting every
-- sale that is not cancelled; and what came back whole gave back all of it.
SELECT 'returned', l.sale, l.seq, l.qty, sum(r.qty), l.amount, sum(r.amount)
FROM sale_line AS l JOIN sale_line AS r ON r.returns = l.id
	AND r.state <> 'void'
JOIN sale AS s ON s.id = r.sale AND s.state <> 'cancelled'
WHERE l.qty > 0
GROUP BY l.id HAVING -sum(r.qty) > l.qty OR -sum(r.amount) > l.amount
	OR (sum(r.qty) = -l.qty AND sum(r.amount) <> -l.amount)
	OR max(r.rate <> l.rate OR r.rate2 <> l.rate2
	    OR r.turnover <> l.turnover);

-- A piece with a number is in the shop or out of it: in the order of their
-- tickets its lines say out, in, out ..., thrown away is out for good; and at
-- most one open sale has it.
SELECT 'serial', p.code, x.serial, x.ticket, x.out FROM (
	SELECT l.product, l.serial, s.series || '-' || s.number AS ticket,
	    sum(CASE l.scrap WHEN 0 THEN l.qty ELSE 0 END)
		OVER (PARTITION BY l.product, l.serial
		ORDER BY s.journal, l.id) AS out
	FROM sale_line AS l JOIN sale AS s ON s.id = l.sale
	WHERE l.serial <> '' AND l.state = 'live' AND s.state = 'paid'
	    AND s.training = 0) AS x
JOIN product AS p ON p.id = x.product AND p.serials = 1
WHERE x.out NOT IN (0, 1000);
SELECT 'serial open', l.product, l.serial, sum(l.qty)
FROM sale_line AS l JOIN sale AS s ON s.id = l.sale
JOIN product AS p ON p.id = l.product AND p.serials = 1
WHERE l.serial <> '' AND l.state = 'live' AND s.state <> 'cancelled'
	AND s.training = 0
GROUP BY l.product, l.serial HAVING sum(l.qty) NOT IN (0, 1000)
	AND sum(l.qty) > 1000;

-- The total of a ticket is its lines, and the taxes where they are added.
SELECT 'total', s.series || '-' || s.number, s.total, sum(l.amount)
FROM sale AS s JOIN sale_line AS l ON l.sale = s.id
WHERE s.state = 'paid' AND l.state <> 'void'
GROUP BY s.id HAVING s.total <> sum(l.amount) + CASE s.tax_added WHEN 0 THEN 0
	ELSE coalesce((SELECT sum(vat) FROM sale_vat WHERE sale = s.id), 0)
	END;
SELECT 'turnover', s.series || '-' || s.number, s.turnover, s.total
FROM sale AS s WHERE s.state = 'paid' AND s.turnover <> s.total - coalesce((
	SELECT sum(l.amount) FROM sale_line AS l WHERE l.sale = s.id
	AND l.state <> 'void' AND l.turnover = 0), 0);

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

-- Where it is added: each of the two taxes on the price, each rounded.
SELECT 'tax added', s.series || '-' || s.number, x.part, x.rate, v.vat,
	x.net
FROM (
	SELECT sale, 1 AS part, rate, sum(amount) AS net FROM sale_line
	WHERE state <> 'void' AND turnover = 1 GROUP BY sale, rate
	UNION ALL
	SELECT sale, 2, rate2, sum(amount) FROM sale_line
	WHERE state <> 'void' AND turnover = 1 AND rate2 <> 0
	GROUP BY sale, rate2
) AS x JOIN sale AS s ON s.id = x.sale AND s.state = 'paid'
	AND s.tax_added = 1
LEFT JOIN sale_vat AS v ON v.sale = s.id AND v.part = x.part
	AND v.rate = x.rate
WHERE v.vat IS NULL OR v.net <> x.net OR v.vat <> (CASE WHEN x.net < 0 THEN -1
	ELSE 1 END) * ((abs(x.net) * x.rate * 2 + 100000) / 200000);
SELECT 'tax of nothing', v.sale, v.rate FROM sale_vat AS v
WHERE NOT EXISTS (SELECT 1 FROM sale_line AS l WHERE l.sale = v.sale
	AND l.state <> 'void' AND l.turnover = 1
	AND v.rate = CASE v.part WHEN 1 THEN l.rate ELSE l.rate2 END);

-- Money: each ticket is paid to the cent, cash rounding apart.
SELECT 'paid', s.series || '-' || s.number, s.total + s.rounding,
	coalesce(sum(p.amount), 0)
FROM sale AS s LEFT JOIN payment AS p ON p.sale = s.id
WHERE s.state = 'paid'
GROUP BY s.id HAVING s.total + s.rounding <> coalesce(sum(p.amount), 0);
SELECT 'given', p.id, p.given, p.change, p.tip, p.amount FROM payment AS p
WHERE p.given - p.change - p.tip <> p.amount;

SELECT 'foreign', p.id, p.given, p.abroad, p.home, p.per FROM payment AS p
WHERE p.currency <> '' AND p.corrects IS NULL
	AND abs(p.given - p.abroad * p.home / p.per) > 5;
-- A counter-entry is the mirror of what it corrects, and there is one at most;
-- what is waited for is not paid.
SELECT 'back', p.id, p.amount, b.amount FROM payment AS b
JOIN payment AS p ON p.id = b.corrects
WHERE b.state IN ('back', 'failed') AND (b.amount <> -p.amount
	OR b.given <> -p.given OR b.change <> -p.change OR b.tip <> -p.tip
	OR b.tender <> p.tender OR b.currency <> p.currency
	OR b.abroad <> -p.abroad);
SELECT 'waits', s.series || '-' || s.number, p.id
FROM payment AS p JOIN sale AS s ON s.id = p.sale
WHERE p.state = 'pending' AND s.state = 'paid'
	AND (SELECT count(*) FROM payment_settled WHERE payment = p.id)
	    + (SELECT count(*) FROM payment WHERE corrects = p.id
	    AND state IN ('back', 'failed')) = 0;
-- A cancelled sale kept no money.
SELECT 'kept', s.id, sum(p.amount), sum(p.tip)
FROM sale AS s JOIN payment AS p ON p.sale = s.id
WHERE s.state = 'cancelled' GROUP BY s.id
HAVING sum(p.amount) <> 0 OR sum(p.tip) <> 0;

-- All tickets together against all tenders together, account included.
SELECT 'tenders', (SELECT sum(total + rounding) FROM sale
	WHERE state = 'paid') AS tickets, sum(given) - sum(change) - sum(tip)
FROM payment WHERE sale IN (SELECT id FROM sale WHERE state = 'paid')
HAVING tickets <> sum(given) - sum(change) - sum(tip);

-- A drawer: what its Z expects is what went in and out, in each money.
SELECT 'drawer', t.shift, t.tender, t.currency, t.moved + t.taken AS says,
	coalesce((SELECT sum(amount) FROM drawer_move AS m
	    WHERE m.shift = t.shift AND m.tender = t.tender
	    AND m.currency = t.currency
	    AND m.kind NOT IN ('surplus', 'shortage')), 0)
	+ coalesce((SELECT sum(given - change) FROM payment AS p
	    WHERE p.shift = t.shift AND p.tender = t.tender
	    AND p.currency = '' AND t.currency = ''), 0)
	+ coalesce((SELECT sum(abroad) FROM payment AS p
	    WHERE p.shift = t.shift AND p.tender = t.tender
	    AND p.currency = t.currency AND p.currency <> ''), 0)
	- coalesce((SELECT sum(change) FROM payment AS p
	    WHERE p.shift = t.shift AND p.tender = t.tender
	    AND p.currency <> '' AND t.currency = ''), 0) AS own
FROM shift_total AS t WHERE says <> own;
SELECT 'not in a Z', p.id, p.shift FROM payment AS p
JOIN shift AS h ON h.id = p.shift AND h.state = 'closed'
WHERE NOT EXISTS (SELECT 1 FROM shift_total AS t WHERE t.shift = p.shift
	AND t.tender = p.tender AND t.currency = p.currency);
-- What a Z says was found and left is no more than there was.
SELECT 'left', t.shift, t.tender, t.counted, t.left FROM shift_total AS t
WHERE t.counted IS NOT NULL AND t.left > t.counted;

-- Gift cards and credit notes: what is on one came from tickets that sold it,
-- money that went back onto it and a manager's word, and nothing else.
SELECT 'voucher', v.id, v.balance, (
	SELECT coalesce(sum(l.amount), 0) FROM sale_line AS l
	JOIN sale AS s ON s.id = l.sale AND s.state = 'paid'
	WHERE l.voucher = v.id AND l.state = 'live' AND l.returns IS NULL)
	- (SELECT coalesce(sum(p.amount), 0) FROM payment AS p
	WHERE p.voucher = v.id)
	+ (SELECT coalesce(sum(m.amount), 0) FROM voucher_move AS m
	WHERE m.voucher = v.id AND m.kind IN ('adjust', 'return', 'unuse'))
	AS own
FROM voucher AS v WHERE v.balance <> own OR v.balance < 0;

-- What customers owe: what was put on their account, less what they paid.
SELECT 'account', c.code, (SELECT coalesce(sum(amount), 0)
	FROM customer_entry WHERE customer = c.id AND kind = 'sale') AS says,
	(SELECT coalesce(sum(p.amount), 0) FROM payment AS p
	WHERE p.customer = c.id) AS own
FROM customer AS c WHERE says <> own;

-- Practice is nowhere: no drawer, no stock, no day.
SELECT 'practice', s.id FROM sale AS s WHERE s.training = 1 AND (
	s.shift IS NOT NULL OR EXISTS (SELECT 1 FROM stock_move
	WHERE sale = s.id) OR EXISTS (SELECT 1 FROM payment
	WHERE sale = s.id AND shift IS NOT NULL)
	OR EXISTS (SELECT 1 FROM voucher_move WHERE sale = s.id));

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

-- What was deposited on an order, and not given back, was taken off it when it
-- was paid.
SELECT 'deposit', s.id, coalesce((SELECT -sum(l.amount) FROM sale_line AS l
	WHERE l.sale = s.id AND l.state <> 'void' AND l.kind = 'deposit'
	AND l.returns IS NULL), 0) AS off,
	coalesce((SELECT sum(d.amount) FROM sale AS t
	    JOIN sale_line AS d ON d.sale = t.id AND d.state <> 'void'
	    WHERE t.refers = s.id AND t.state = 'paid'), 0)
	+ coalesce((SELECT sum(b.amount) FROM sale AS t
	    JOIN sale_line AS d ON d.sale = t.id
	    JOIN sale_line AS b ON b.returns = d.id AND b.state <> 'void'
	    JOIN sale AS r ON r.id = b.sale AND r.state = 'paid'
	    WHERE t.refers = s.id AND t.state = 'paid'), 0) AS own
FROM sale AS s WHERE s.state = 'paid' AND s.kind = 'order' AND off <> own;

-- Stock is what moved, and a sale moved what it sold.
SELECT 'moved', s.series || '-' || s.number, l.product, -sum(CASE l.scrap
	WHEN 0 THEN l.qty ELSE 0 END) AS sold,
	coalesce((SELECT sum(m.qty) FROM stock_move AS m
	    WHERE m.sale = s.id AND m.product = l.product), 0) AS went
FROM sale AS s JOIN sale_line AS l ON l.sale = s.id AND l.state = 'live'
JOIN product AS p ON p.id = l.product AND p.tracked = 1
LEFT JOIN sale_line AS b ON b.id = l.returns
LEFT JOIN sale_line AS o ON o.id = coalesce(l.parent, b.parent)
WHERE s.state = 'paid' AND s.training = 0
	AND l.product IS NOT o.product	-- words that cost something
GROUP BY s.id, l.product HAVING sold <> went;
SELECT 'stock', l.product, l.place, l.qty, sum(m.qty) FROM stock_level AS l
JOIN stock_move AS m ON m.product = l.product AND m.place = l.place
GROUP BY l.product, l.place HAVING l.qty <> sum(m.qty);
