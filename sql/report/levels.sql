-- report: Stock levels, lowest first
-- right: look
-- column: code text code
-- column: name text name
-- column: unit text unit
-- column: level qty level
SELECT p.code, p.name, p.unit, coalesce(sum(s.qty), 0) AS level
FROM product p LEFT JOIN stock_level s ON s.product = p.id AND s.place > 0
    AND (:me = 0 OR NOT EXISTS (SELECT 1 FROM user_place WHERE user = :me)
	OR EXISTS (SELECT 1 FROM user_place u JOIN stock_place w
	    ON w.id = s.place AND u.place IN (w.id, w.parent)
	    WHERE u.user = :me))
WHERE p.tracked = 1 AND p.active = 1
GROUP BY p.id
ORDER BY level, p.code;
