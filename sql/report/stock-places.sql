-- report: What each place is worth
-- right: cost
-- column: place text place
-- column: store text store
-- column: value money value
-- chart: value
-- words: under way
SELECT CASE w.id WHEN 0 THEN 'under way' ELSE w.name END AS place,
    coalesce(s.name, '') AS store, v.value
FROM stock_worth v
JOIN stock_place w ON w.id = v.place
LEFT JOIN stock_place s ON s.id = w.parent
WHERE (:me = 0 OR NOT EXISTS (SELECT 1 FROM user_place WHERE user = :me)
	OR EXISTS (SELECT 1 FROM user_place WHERE user = :me
	    AND place IN (w.id, w.parent)))
ORDER BY w.id = 0, coalesce(w.parent, w.id), w.id;
