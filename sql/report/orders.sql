-- report: Orders and quotations that are open
-- right: sell
-- column: due text due
-- column: paper text number
-- column: name text name
-- column: seller text seller
-- column: total money total
-- column: deposit money deposit
SELECT coalesce(s.due_day, '') AS due, s.paper, s.name,
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
WHERE s.kind <> 'sale' AND s.state IN ('draft', 'pending', 'paying')
ORDER BY s.due_day IS NULL, s.due_day, s.id;
