-- report: Purchases by supplier, of the month of that day
-- right: cost
-- param: day day business day
-- column: code text supplier
-- column: name text name
-- column: receipts count receipts
-- column: amount money without tax
-- column: costs money costs
-- column: back money sent back
-- chart: amount
SELECT s.code, s.name, sum(r.kind = 'receipt') AS receipts,
    sum(CASE r.kind WHEN 'receipt' THEN l.amount ELSE 0 END) AS amount,
    sum(CASE r.kind WHEN 'receipt' THEN r.costs ELSE 0 END) AS costs,
    sum(CASE r.kind WHEN 'return' THEN l.amount ELSE 0 END) AS back
FROM receipt r
JOIN supplier s ON s.id = r.supplier
JOIN (SELECT receipt, sum(amount) AS amount FROM receipt_line
    GROUP BY receipt) l ON l.receipt = r.id
WHERE r.state = 'posted'
    AND strftime('%Y-%m', r.posted_at / 1000, 'unixepoch', 'localtime')
	= substr(:day, 1, 7)
    AND (:me = 0 OR NOT EXISTS (SELECT 1 FROM user_place WHERE user = :me)
	OR EXISTS (SELECT 1 FROM user_place u JOIN stock_place w
	    ON w.id = r.place AND u.place IN (w.id, w.parent)
	    WHERE u.user = :me))
GROUP BY s.id
ORDER BY amount DESC, s.code;
