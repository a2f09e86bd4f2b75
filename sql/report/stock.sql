-- report: Stock by place, and what it is worth
-- right: cost
-- param: place text place
-- column: code text code
-- column: name text name
-- column: place text place
-- column: unit text unit
-- column: level qty level
-- column: cost money cost
-- column: value money value
-- chart: value
SELECT p.code, p.name, w.name AS place, p.unit, l.qty AS level,
    CASE WHEN l.qty > 0 THEN (l.value * 2000 + l.qty) / (2 * l.qty)
	ELSE l.cost END AS cost, l.value
FROM stock_level l
JOIN product p ON p.id = l.product
JOIN stock_place w ON w.id = l.place
WHERE p.active = 1 AND (l.qty <> 0 OR p.tracked = 1)
    AND (:place IS NULL OR w.login = lower(:place))
    AND (l.place > 0 OR l.qty <> 0)
    AND (:me = 0 OR NOT EXISTS (SELECT 1 FROM user_place WHERE user = :me)
	OR EXISTS (SELECT 1 FROM user_place WHERE user = :me
	    AND place IN (w.id, w.parent)))
ORDER BY p.code, w.id;
