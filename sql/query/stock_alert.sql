-- What somebody should look at in the stockroom.

-- query: stock_alert_look
-- One kind: below nothing; out and sold of late; no more than it is ordered
-- again at; lots that expire; what nobody bought; what costs more than it
-- brings.  A thousand of each at most, what is worth most first: who has more
-- of them does not read them.
-- in: kind text, at i64, today text, until text, unsold i64, added bool
-- exec
INSERT INTO stock_alert (kind, product, place, amount, detail, since,
	looked_at)
SELECT :kind, product, place, amount, detail, :at, :at FROM (
	SELECT l.product, l.place, l.qty AS amount, '' AS detail,
		-l.qty AS worth
	FROM stock_level AS l
	WHERE :kind = 'negative' AND l.qty <= 5000 AND l.qty < 0
		AND l.place > 0
	UNION ALL
	SELECT l.product, l.place, 0, '', l.sold_at
	FROM stock_level AS l JOIN product AS p ON p.id = l.product
	WHERE :kind = 'out' AND l.qty <= 5000 AND l.qty = 0 AND l.place > 0
		AND p.active = 1
		AND l.sold_at >= :unsold
	UNION ALL
	SELECT i.product, 0, coalesce(sum(l.qty), 0), '', 0
	FROM product_info AS i JOIN product AS p ON p.id = i.product
	LEFT JOIN stock_level AS l ON l.product = i.product AND l.place > 0
	WHERE :kind = 'low' AND i.reorder_min IS NOT NULL AND p.active = 1
	GROUP BY i.product
	HAVING coalesce(sum(l.qty), 0) <= max(i.reorder_min)
	UNION ALL
	SELECT l.product, l.place, sum(l.qty), min(o.expiry), 0
	FROM stock_lot_level AS l JOIN stock_lot AS o ON o.id = l.lot
	WHERE :kind = 'expiring' AND l.qty > 0 AND l.place > 0
		AND o.expiry <> '' AND o.expiry <= :until
	GROUP BY l.product, l.place
	UNION ALL
	SELECT l.product, l.place, l.qty, '', l.value
	FROM stock_level AS l
	WHERE :kind = 'unsold' AND l.qty > 0 AND l.place > 0
		AND coalesce(l.sold_at, (SELECT min(at) FROM stock_move
		    WHERE product = l.product)) < :unsold
	UNION ALL
	SELECT l.product, l.place, l.cost, '', l.value
	FROM stock_level AS l JOIN product AS p ON p.id = l.product
	WHERE :kind = 'cost' AND l.qty > 0 AND l.place > 0 AND p.price > 0
		AND p.active = 1 AND p.kind = 'item' AND l.cost > p.price
		    * 100000 / (100000 + CASE WHEN :added THEN 0 ELSE
		    coalesce((SELECT rate FROM tax_rate
			WHERE class = p.tax_class AND mode = '' AND part = 1
			AND since <= :today ORDER BY since DESC LIMIT 1), 0)
		    END)
	ORDER BY worth DESC, 1, 2 LIMIT 1000)
WHERE true
ON CONFLICT (kind, product, place) DO UPDATE SET amount = excluded.amount,
	detail = excluded.detail, looked_at = excluded.looked_at;

-- query: stock_alert_drop
-- What is no more; the clock may have been ahead when it was found.
-- in: kind text, at i64
-- exec
DELETE FROM stock_alert WHERE kind = :kind AND looked_at <> :at;

-- query: stock_alert_list
-- Of one kind, the worst first, as the index has them: no more are read than
-- are wanted.  Of places somebody may see; what runs low in all stores says
-- how much theirs have.
-- in: kind text, user i64, limit i64
-- all: product i64, code text!, name text!, unit text!, place text!, amount i64, detail text, since i64
SELECT a.product, p.code, p.name, p.unit,
	CASE a.place WHEN 0 THEN '' ELSE w.name END AS place,
	CASE WHEN a.place <> 0 OR :user = 0
	    OR NOT EXISTS (SELECT 1 FROM user_place WHERE user = :user)
	THEN a.amount ELSE coalesce((SELECT sum(l.qty) FROM stock_level AS l
	    JOIN stock_place AS s ON s.id = l.place
	    WHERE l.product = a.product AND l.place > 0
		AND EXISTS (SELECT 1 FROM user_place WHERE user = :user
		    AND place IN (s.id, s.parent))), 0) END AS amount,
	a.detail, a.since
FROM stock_alert AS a
JOIN product AS p ON p.id = a.product
JOIN stock_place AS w ON w.id = a.place
WHERE a.kind = :kind AND (:user = 0 OR a.place = 0
	OR NOT EXISTS (SELECT 1 FROM user_place WHERE user = :user)
	OR EXISTS (SELECT 1 FROM user_place WHERE user = :user
	    AND place IN (w.id, w.parent)))
ORDER BY a.detail, a.amount, a.product, a.place LIMIT :limit;

-- query: stock_alert_counts
-- in: user i64
-- all: kind text, n i64
SELECT a.kind, count(*) AS n
FROM stock_alert AS a JOIN stock_place AS w ON w.id = a.place
WHERE :user = 0 OR a.place = 0
	OR NOT EXISTS (SELECT 1 FROM user_place WHERE user = :user)
	OR EXISTS (SELECT 1 FROM user_place WHERE user = :user
	    AND place IN (w.id, w.parent))
GROUP BY a.kind;
