-- SPDX-License-Identifier: ISC
-- What is promised of each item and not sold yet, by rules of its own: recipes
-- are followed line by line, waste added, down to what is kept in stock.
WITH RECURSIVE takes (product, item, much) AS (
	SELECT id, id, 1.0 FROM product
	UNION ALL
	SELECT t.product, l.component, t.much * l.qty * 100000.0
	    / r.makes / (100000 - l.waste)
	FROM takes AS t JOIN product AS p ON p.id = t.item AND p.tracked = 0
	JOIN recipe AS r ON r.product = t.item
	JOIN recipe_line AS l ON l.product = t.item)
SELECT 'reserved', p.code, CAST(round(sum(l.qty * t.much)) AS INTEGER)
FROM sale AS s JOIN sale_line AS l ON l.sale = s.id
JOIN takes AS t ON t.product = l.product JOIN product AS p ON p.id = t.item
WHERE s.training = 0 AND l.state = 'live'
	AND (s.state = 'pending' OR (s.state = 'draft' AND s.kind = 'order'))
GROUP BY p.code HAVING sum(l.qty * t.much) <> 0 ORDER BY p.id;
