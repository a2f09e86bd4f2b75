-- report: Differences found by counting, since a day
-- right: cost
-- param: day day since
-- column: count id count
-- column: closed time closed
-- column: place text place
-- column: code text code
-- column: name text name
-- column: expected qty expected
-- column: counted qty counted
-- column: difference qty difference
-- column: value money value
-- chart: value
SELECT c.id AS count, c.closed_at AS closed, w.name AS place, p.code, p.name,
    i.expected, i.counted, i.counted - i.expected AS difference, i.value
FROM stock_count c
JOIN stock_count_item i ON i.count = c.id
JOIN product p ON p.id = i.product
JOIN stock_place w ON w.id = c.place
WHERE c.state = 'done' AND i.counted <> i.expected
    AND c.closed_at >= CAST(strftime('%s', :day, 'utc') AS INTEGER) * 1000
    AND (:me = 0 OR NOT EXISTS (SELECT 1 FROM user_place WHERE user = :me)
	OR EXISTS (SELECT 1 FROM user_place WHERE user = :me
	    AND place IN (w.id, w.parent)))
ORDER BY c.id, abs(i.value) DESC, p.code;
