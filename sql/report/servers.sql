-- report: Servers of a day: sales, covers, average per cover
-- right: report
-- param: day day business day
-- column: server text server
-- column: tables count tables
-- column: covers count covers
-- column: amount money amount
-- column: per_cover money per cover
-- column: tips money tips
-- chart: amount
SELECT coalesce(u.name, '') AS server,
    sum(v.whole IS NULL) AS tables, sum(v.covers) AS covers,
    sum(s.turnover) AS amount,
    sum(s.turnover) / nullif(sum(v.covers), 0) AS per_cover,
    sum((SELECT coalesce(sum(tip), 0) FROM payment WHERE sale = s.id))
	AS tips
FROM sale s JOIN serving v ON v.sale = s.id
LEFT JOIN user u ON u.id = v.server
WHERE s.business_day = :day AND s.state = 'paid' AND s.training = 0
GROUP BY v.server ORDER BY sum(s.turnover) DESC;
