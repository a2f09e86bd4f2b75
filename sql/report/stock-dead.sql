-- report: Stock that nobody bought for so many days
-- right: cost
-- param: day day day
-- param: days count days
-- column: code text code
-- column: name text name
-- column: place text place
-- column: level qty level
-- column: value money value
-- column: sold time last sold
-- chart: value
SELECT p.code, p.name, w.name AS place, l.qty AS level, l.value,
    coalesce(l.sold_at, 0) AS sold
FROM stock_level l
JOIN product p ON p.id = l.product
JOIN stock_place w ON w.id = l.place
WHERE l.qty > 0 AND l.place > 0 AND coalesce(l.sold_at, 0) <
    CAST(strftime('%s', :day, '+1 day', 'utc') AS INTEGER) * 1000
    - max(1, coalesce(:days, 90)) * 86400000
    AND (:me = 0 OR NOT EXISTS (SELECT 1 FROM user_place WHERE user = :me)
	OR EXISTS (SELECT 1 FROM user_place WHERE user = :me
	    AND place IN (w.id, w.parent)))
ORDER BY l.value DESC, p.code;
