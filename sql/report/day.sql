-- report: Day: tickets, VAT and tenders
-- right: report
-- param: day day business day
-- column: section text section
-- column: label text what
-- column: rate rate VAT %
-- column: count count count
-- column: amount money amount
-- column: net money before VAT
-- column: vat money VAT
-- chart: amount
-- words: sales; tickets; no turnover; VAT; tender; rounding; cash rounding
--
-- Tickets of the business day; VAT is the sum of what the tickets say, never
-- computed again (a day of two tickets may differ by a cent from its total).  A
-- payment and its counter-entry are no payment.
WITH ticket AS (
	SELECT id, total, turnover, rounding FROM sale
	WHERE business_day = :day AND state = 'paid' AND training = 0
), vat AS (
	SELECT v.name, v.rate, v.gross, v.net, v.vat, v.sale
	FROM sale_vat v JOIN ticket t ON t.id = v.sale
)
SELECT section, label, rate, count, amount, net, vat FROM (
	SELECT 1 AS place, 0 AS rank, 'sales' AS section, 'tickets' AS label,
	    NULL AS rate,
	    count(*) AS count, coalesce(sum(turnover), 0) AS amount,
	    (SELECT coalesce(sum(net), 0) FROM vat) AS net,
	    (SELECT coalesce(sum(vat), 0) FROM vat) AS vat
	FROM ticket
	UNION ALL
	SELECT 1, 1, 'sales', 'no turnover', NULL, count(*),
	    sum(total - turnover), NULL, NULL
	FROM ticket WHERE total <> turnover HAVING count(*) > 0
	UNION ALL
	SELECT 2, -rate, 'VAT', name, rate, count(DISTINCT sale), sum(gross),
	    sum(net), sum(vat)
	FROM vat GROUP BY name, rate
	UNION ALL
	SELECT 3, n.place, 'tender', n.label, NULL, sum(CASE
	    WHEN p.state IN ('back', 'failed') THEN -1 ELSE 1 END),
	    sum(p.amount), NULL, NULL
	FROM payment p JOIN ticket t ON t.id = p.sale
	JOIN tender n ON n.name = p.tender
	GROUP BY p.tender
	HAVING sum(CASE WHEN p.state IN ('back', 'failed') THEN -1
	    ELSE 1 END) <> 0 OR sum(p.amount) <> 0
	UNION ALL
	SELECT 4, 0, 'rounding', 'cash rounding', NULL, count(*), sum(rounding),
	    NULL, NULL
	FROM ticket WHERE rounding <> 0 HAVING count(*) > 0
)
ORDER BY place, rank, label;
