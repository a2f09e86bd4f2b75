-- report: Sales of a day by user
-- right: report
-- param: day day business day
-- column: user text user
-- column: tickets count tickets
-- column: amount money amount
-- column: average money average
-- column: voids count voided or reversed lines
-- chart: amount
SELECT coalesce(u.name, '') AS user, count(*) AS tickets,
    sum(s.turnover) AS amount, sum(s.turnover) / count(*) AS average,
    sum((SELECT count(*) FROM sale_line l
	WHERE l.sale = s.id AND l.state IN ('void', 'reversal'))) AS voids
FROM sale s LEFT JOIN user u ON u.id = s.user
WHERE s.business_day = :day AND s.state = 'paid' AND s.training = 0
GROUP BY s.user
ORDER BY sum(s.turnover) DESC;
