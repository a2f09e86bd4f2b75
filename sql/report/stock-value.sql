-- report: What the stock was worth at the end of a day
-- right: cost
-- param: day day day
-- param: place text place
-- column: code text code
-- column: name text name
-- column: category text category
-- column: place text place
-- column: level qty level
-- column: value money value
-- chart: value
--
-- The mark before that moment's period and the movements of the period: what
-- is read does not grow with the years.  Item by item, as the marks lie: in
-- order of level each would be read from the disk a hundred times.
WITH moment AS (
	SELECT CAST(strftime('%s', :day, '+1 day', 'utc') AS INTEGER) * 1000
	    AS at
), period AS (
	SELECT at, at / 2592000000 AS n FROM moment
), moved AS (
	SELECT m.product, m.place, sum(m.qty) AS qty, sum(m.value) AS value
	FROM period q CROSS JOIN stock_move m
	WHERE m.at >= q.n * 2592000000 AND m.at < q.at
	GROUP BY m.product, m.place
)
SELECT p.code, p.name, p.category, w.name AS place,
    coalesce(k.qty, 0) + coalesce(v.qty, 0) AS level,
    coalesce(k.value, 0) + coalesce(v.value, 0) AS value
FROM period q CROSS JOIN product p
CROSS JOIN stock_level l ON l.product = p.id
JOIN stock_place w ON w.id = l.place
LEFT JOIN stock_mark k ON k.product = l.product AND k.place = l.place
    AND k.period = (SELECT max(period) FROM stock_mark
	WHERE product = l.product AND place = l.place AND period < q.n)
LEFT JOIN moved v ON v.product = l.product AND v.place = l.place
WHERE (coalesce(k.qty, 0) + coalesce(v.qty, 0) <> 0
    OR coalesce(k.value, 0) + coalesce(v.value, 0) <> 0)
    AND (:place IS NULL OR w.login = lower(:place))
    AND (:me = 0 OR NOT EXISTS (SELECT 1 FROM user_place WHERE user = :me)
	OR EXISTS (SELECT 1 FROM user_place WHERE user = :me
	    AND place IN (w.id, w.parent)))
ORDER BY value DESC, p.code, w.id;
