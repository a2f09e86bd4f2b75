-- report: Discounts of a day
-- right: report
-- param: day day business day
-- column: kind text what
-- column: what text label
-- column: user text user
-- column: count count times
-- column: amount money amount
-- chart: amount
-- words: promotion; discount; offered
SELECT CASE d.kind WHEN 'promo' THEN 'promotion' WHEN 'offer' THEN 'offered'
    ELSE 'discount' END AS kind,
    CASE d.kind WHEN 'promo' THEN d.label ELSE d.reason END AS what,
    CASE d.kind WHEN 'promo' THEN '' ELSE coalesce(u.name, '') END AS user,
    count(*) AS count, sum(d.amount) AS amount
FROM sale_discount d
JOIN sale s ON s.id = d.sale
LEFT JOIN user u ON u.id = d.user
LEFT JOIN sale_line l ON l.id = d.line
WHERE s.business_day = :day AND s.state = 'paid' AND s.training = 0
    AND d.live = 1
    AND d.kind <> 'coupon' AND (d.line IS NULL OR l.state = 'live')
GROUP BY 1, 2, 3
ORDER BY sum(d.amount) DESC, 1, 2;
