-- report: Stock turnover and cover over the days before one
-- right: cost
-- param: day day day
-- param: days count days
-- column: code text code
-- column: name text name
-- column: level qty level
-- column: sold qty sold
-- column: spent money cost of it
-- column: value money value
-- column: turnover rate turnover %
-- column: cover count days left
-- chart: turnover
--
-- Turnover: what went at its cost, of a year, against what lies there.  Cover:
-- how many days what is there lasts as it was sold.
WITH span AS (
	SELECT CAST(strftime('%s', :day, '+1 day', 'utc') AS INTEGER) * 1000
	    AS til, max(1, coalesce(:days, 90)) AS days
), went AS (
	SELECT m.product, -sum(m.qty) AS qty, -sum(m.value) AS value
	FROM span CROSS JOIN stock_move m
	JOIN stock_place w ON w.id = m.place
	WHERE m.at >= span.til - span.days * 86400000 AND m.at < span.til
	    AND m.kind IN ('sale', 'return')
	    AND (:me = 0 OR NOT EXISTS (SELECT 1 FROM user_place
		WHERE user = :me)
	OR EXISTS (SELECT 1 FROM user_place WHERE user = :me
	    AND place IN (w.id, w.parent)))
	GROUP BY m.product
), held AS (
	SELECT l.product, sum(l.qty) AS qty, sum(l.value) AS value
	FROM stock_level l JOIN stock_place w ON w.id = l.place
	WHERE l.place > 0 AND (:me = 0
	OR NOT EXISTS (SELECT 1 FROM user_place WHERE user = :me)
	OR EXISTS (SELECT 1 FROM user_place WHERE user = :me
	    AND place IN (w.id, w.parent)))
	GROUP BY l.product
)
SELECT p.code, p.name, h.qty AS level, coalesce(g.qty, 0) AS sold,
    coalesce(g.value, 0) AS spent, h.value,
    CASE WHEN h.value > 0
	THEN coalesce(g.value, 0) * 36500000 / span.days / h.value END
	AS turnover,
    CASE WHEN g.qty > 0 AND h.qty > 0
	THEN h.qty * span.days / g.qty END AS cover
FROM held h CROSS JOIN span
JOIN product p ON p.id = h.product
LEFT JOIN went g ON g.product = h.product
WHERE p.tracked = 1 AND (h.qty <> 0 OR g.qty IS NOT NULL)
ORDER BY turnover IS NULL, turnover DESC, p.code;
