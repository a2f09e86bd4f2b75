-- report: Stock movements of a day
-- right: cost
-- param: day day day
-- param: code text item
-- column: at time at
-- column: kind text what
-- column: document text document
-- column: code text code
-- column: name text name
-- column: place text place
-- column: lot text lot or number
-- column: qty qty quantity
-- column: cost money cost
-- column: value money value
-- column: user text who
-- column: reason text why
-- words: sale; return; scrap; adjust; import; receipt; supplier; count; ship; arrive; loss; waste; make; revalue
SELECT m.at, m.kind, coalesce(s.series || '-' || printf('%06d', s.number),
	CASE m.doc WHEN 'receipt' THEN (SELECT number FROM receipt
	    WHERE id = m.doc_id) END,
	CASE m.doc WHEN '' THEN '' ELSE m.doc || ' ' || m.doc_id END)
	AS document,
    p.code, p.name, w.name AS place, coalesce(o.code, m.serial) AS lot, m.qty,
    CASE WHEN m.qty <> 0 THEN m.value * 1000 / m.qty END AS cost, m.value,
    coalesce(u.name, '') AS user, m.reason
FROM stock_move m
JOIN product p ON p.id = m.product
JOIN stock_place w ON w.id = m.place
LEFT JOIN stock_lot o ON o.id = m.lot
LEFT JOIN sale s ON s.id = m.sale
LEFT JOIN user u ON u.id = m.user
WHERE m.at >= CAST(strftime('%s', :day, 'utc') AS INTEGER) * 1000
    AND m.at < CAST(strftime('%s', :day, '+1 day', 'utc') AS INTEGER) * 1000
    AND (:code IS NULL OR p.code = :code)
    AND (:me = 0 OR NOT EXISTS (SELECT 1 FROM user_place WHERE user = :me)
	OR EXISTS (SELECT 1 FROM user_place WHERE user = :me
	    AND place IN (w.id, w.parent)))
ORDER BY m.id;
