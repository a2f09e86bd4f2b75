-- Recipes: what a product is made of.

-- query: recipe_get
-- in: product i64
-- one: makes i64
SELECT makes FROM recipe WHERE product = :product;

-- query: recipe_lines
-- With what one whole unit of each component costs now.
-- in: product i64
-- all: component i64, code text, name text, unit text, qty i64, waste i64, cost i64!
SELECT l.component, p.code, p.name, p.unit, l.qty, l.waste,
	coalesce((SELECT CASE WHEN sum(qty) > 0
	    THEN (sum(value) * 2000 + sum(qty)) / (2 * sum(qty))
	    ELSE max(cost) END FROM stock_level WHERE product = p.id
	    AND place > 0), (SELECT cost FROM product_info
	    WHERE product = p.id), 0) AS cost
FROM recipe_line AS l JOIN product AS p ON p.id = l.component
WHERE l.product = :product ORDER BY p.code;

-- query: recipe_every
-- All lines of all recipes.
-- all: code text, component text, qty i64, waste i64, makes i64
SELECT p.code, c.code AS component, l.qty, l.waste, r.makes
FROM recipe AS r JOIN recipe_line AS l ON l.product = r.product
JOIN product AS p ON p.id = r.product
JOIN product AS c ON c.id = l.component
ORDER BY p.code, c.code;

-- query: recipe_uses
-- What is taken from stock for one, in millionths of its unit.
-- in: product i64
-- all: component i64, micro i64
SELECT component, micro FROM recipe_use WHERE product = :product
ORDER BY component;

-- query: recipe_put
-- in: product i64, makes i64, at i64
-- exec
INSERT INTO recipe (product, makes, changed_at) VALUES (:product, :makes, :at)
ON CONFLICT (product) DO UPDATE SET makes = excluded.makes;

-- query: recipe_line_drop
-- in: product i64, component i64
-- changes
DELETE FROM recipe_line WHERE product = :product AND component = :component;

-- query: recipe_line_add
-- in: product i64, component i64, qty i64, waste i64
-- exec
INSERT INTO recipe_line (product, component, qty, waste)
VALUES (:product, :component, :qty, :waste);

-- query: recipe_changed
-- It and all that takes it are worked out again (by a trigger).
-- in: product i64, at i64
-- exec
UPDATE recipe SET changed_at = CASE product WHEN :product THEN :at
	ELSE changed_at END
WHERE product IN (WITH RECURSIVE up (product) AS (
	SELECT :product
	UNION
	SELECT l.product FROM up
	JOIN recipe_line AS l ON l.component = up.product)
    SELECT product FROM up);

-- query: recipe_choice_drop
-- in: choice i64, component i64
-- changes
DELETE FROM recipe_choice WHERE choice = :choice AND component = :component;

-- query: recipe_choice_add
-- in: choice i64, component i64, qty i64
-- exec
INSERT INTO recipe_choice (choice, component, qty)
VALUES (:choice, :component, :qty);

-- query: recipe_choices
-- What the choices of a product take more or less.
-- in: product i64
-- all: grp text, name text, code text, component text, unit text, qty i64
SELECT g.name AS grp, c.name, p.code, p.name AS component, p.unit, r.qty
FROM option_group AS g
JOIN option_choice AS c ON c.grp = g.id
JOIN recipe_choice AS r ON r.choice = c.id
JOIN product AS p ON p.id = r.component
WHERE g.product = :product AND g.active = 1 AND c.active = 1
ORDER BY g.place, c.place, p.code;

-- query: recipe_choice_every
-- The same of all products.
-- all: code text, grp text, name text, component text, qty i64
SELECT p.code, g.name AS grp, c.name, k.code AS component, r.qty
FROM recipe_choice AS r
JOIN option_choice AS c ON c.id = r.choice
JOIN option_group AS g ON g.id = c.grp
JOIN product AS p ON p.id = g.product
JOIN product AS k ON k.id = r.component
WHERE g.active = 1 AND c.active = 1
ORDER BY p.code, g.place, c.place, k.code;

-- query: recipe_choice_find
-- A choice by the words of its group and its own.
-- in: product i64, grp text, name text
-- one: id i64
SELECT c.id FROM option_group AS g JOIN option_choice AS c ON c.grp = g.id
WHERE g.product = :product AND g.active = 1 AND c.active = 1
	AND g.name = :grp AND c.name = :name;

-- query: check_recipes
-- Products whose recipe takes something else than is written down.
-- all: code text
SELECT DISTINCT p.code FROM (
	WITH RECURSIVE step (product, component, micro) AS (
		SELECT l.product, l.component,
		    (l.qty * 200000000000 + r.makes * (100000 - l.waste))
			/ (2 * r.makes * (100000 - l.waste))
		FROM recipe_line AS l JOIN recipe AS r ON r.product = l.product
	), way (product, component, micro, depth) AS (
		SELECT product, component, micro, 1 FROM step
		UNION ALL
		SELECT w.product, s.component,
		    (w.micro * s.micro + 500000) / 1000000, w.depth + 1
		FROM way AS w JOIN product AS p ON p.id = w.component
		JOIN step AS s ON s.product = w.component
		WHERE p.tracked = 0 AND w.depth < 50),
	made (product, component, micro) AS (
		SELECT w.product, w.component, sum(w.micro) FROM way AS w
		JOIN product AS c ON c.id = w.component
		WHERE c.tracked = 1 GROUP BY w.product, w.component
		HAVING sum(w.micro) > 0)
	SELECT product FROM (SELECT * FROM made EXCEPT
		SELECT product, component, micro FROM recipe_use)
	UNION
	SELECT product FROM (SELECT product, component, micro FROM recipe_use
		EXCEPT SELECT * FROM made)) AS x
JOIN product AS p ON p.id = x.product ORDER BY p.code;
