-- The catalogue beyond what a sale needs.

-- query: info_get
-- in: product i64
-- one: brand text, allergens i64, lots bool, keeps i64, origin text, content i64, content_unit text, cost i64?, margin i64, reorder_min i64?, reorder_max i64?
SELECT brand, allergens, lots, keeps, origin, content, content_unit, cost,
	margin, reorder_min, reorder_max
FROM product_info WHERE product = :product;

-- query: info_put
-- in: product i64, brand text, allergens i64, lots bool, keeps i64, origin text, content i64, content_unit text, cost i64?, margin i64, reorder_min i64?, reorder_max i64?
-- exec
INSERT INTO product_info (product, brand, allergens, lots, keeps, origin,
	content, content_unit, cost, margin, reorder_min, reorder_max)
VALUES (:product, :brand, :allergens, :lots, :keeps, :origin, :content,
	:content_unit, :cost, :margin, :reorder_min, :reorder_max)
ON CONFLICT (product) DO UPDATE SET brand = excluded.brand,
	allergens = excluded.allergens, lots = excluded.lots,
	keeps = excluded.keeps, origin = excluded.origin,
	content = excluded.content, content_unit = excluded.content_unit,
	cost = excluded.cost, margin = excluded.margin,
	reorder_min = excluded.reorder_min,
	reorder_max = excluded.reorder_max;

-- query: info_copy
-- in: product i64, copy i64
-- exec
INSERT INTO product_info (product, brand, allergens, lots, keeps, origin,
	content, content_unit, cost, margin, reorder_min, reorder_max)
SELECT :copy, brand, allergens, lots, keeps, origin, content, content_unit,
	cost, margin, reorder_min, reorder_max
FROM product_info WHERE product = :product;

-- query: brand_list
-- all: brand text, items i64
SELECT i.brand, count(*) AS items FROM product_info AS i
JOIN product AS p ON p.id = i.product
WHERE i.brand <> '' AND p.active = 1
GROUP BY i.brand ORDER BY i.brand;

-- query: pack_list
-- in: product i64
-- all: id i64, name text, qty i64, codes text!
SELECT k.id, k.name, k.qty,
	coalesce((SELECT group_concat(code, ' ') FROM barcode
	    WHERE product = k.product AND pack = k.id), '') AS codes
FROM pack AS k WHERE k.product = :product ORDER BY k.qty, k.name;

-- query: pack_get
-- in: id i64
-- one: product i64, name text, qty i64
SELECT product, name, qty FROM pack WHERE id = :id;

-- query: pack_put
-- in: product i64, name text, qty i64
-- one: id i64
INSERT INTO pack (product, name, qty) VALUES (:product, :name, :qty)
ON CONFLICT (product, name) DO UPDATE SET qty = excluded.qty
RETURNING id;

-- query: pack_codes_drop
-- in: product i64, id i64
-- exec
DELETE FROM barcode WHERE product = :product AND pack = :id;

-- query: pack_drop
-- in: id i64
-- exec
DELETE FROM pack WHERE id = :id;

-- query: pack_copy
-- in: product i64, copy i64
-- exec
INSERT INTO pack (product, name, qty)
SELECT :copy, name, qty FROM pack WHERE product = :product ORDER BY id;

-- query: option_groups_copy
-- in: product i64, copy i64
-- exec
INSERT INTO option_group (product, place, name, least, most, included)
SELECT :copy, place, name, least, most, included FROM option_group
WHERE product = :product AND active = 1 ORDER BY place;

-- query: option_choices_copy
-- in: product i64, copy i64
-- exec
INSERT INTO option_choice (grp, place, name, component, price, preset)
SELECT n.id, c.place, c.name, c.component, c.price, c.preset
FROM option_group AS g
JOIN option_choice AS c ON c.grp = g.id AND c.active = 1
JOIN option_group AS n ON n.product = :copy AND n.place = g.place
	AND n.active = 1
WHERE g.product = :product AND g.active = 1
ORDER BY g.place, c.place;

-- query: option_conflicts_copy
-- in: product i64, copy i64
-- exec
INSERT INTO option_conflict (a, b)
SELECT min(na.id, nb.id), max(na.id, nb.id)
FROM option_conflict AS x
JOIN option_choice AS a ON a.id = x.a AND a.active = 1
JOIN option_choice AS b ON b.id = x.b AND b.active = 1
JOIN option_group AS ga ON ga.id = a.grp AND ga.product = :product
	AND ga.active = 1
JOIN option_group AS gb ON gb.id = b.grp AND gb.active = 1
JOIN option_group AS ha ON ha.product = :copy AND ha.place = ga.place
JOIN option_group AS hb ON hb.product = :copy AND hb.place = gb.place
JOIN option_choice AS na ON na.grp = ha.id AND na.place = a.place
JOIN option_choice AS nb ON nb.grp = hb.id AND nb.place = b.place;

-- query: recipe_copy
-- in: product i64, copy i64
-- exec
INSERT INTO recipe (product, makes)
SELECT :copy, makes FROM recipe WHERE product = :product;

-- query: recipe_lines_copy
-- in: product i64, copy i64
-- exec
INSERT INTO recipe_line (product, component, qty, waste)
SELECT :copy, component, qty, waste FROM recipe_line
WHERE product = :product ORDER BY component;

-- query: recipe_choices_copy
-- in: product i64, copy i64
-- exec
INSERT INTO recipe_choice (choice, component, qty)
SELECT n.id, r.component, r.qty
FROM option_group AS g
JOIN option_choice AS c ON c.grp = g.id AND c.active = 1
JOIN recipe_choice AS r ON r.choice = c.id
JOIN option_group AS h ON h.product = :copy AND h.place = g.place
	AND h.active = 1
JOIN option_choice AS n ON n.grp = h.id AND n.place = c.place
	AND n.active = 1
WHERE g.product = :product AND g.active = 1
ORDER BY n.id, r.component;

-- query: product_activate
-- An item and, of a template, its variants.
-- in: id i64, active bool, at i64, user i64?
-- changes
UPDATE product SET active = :active, changed_at = :at, changed_by = :user
WHERE active <> :active AND (id = :id OR id IN
	(SELECT product FROM variant WHERE template = :id));

-- query: barcode_pack_add
-- in: code text, product i64, pack i64?
-- exec
INSERT INTO barcode (code, product, pack) VALUES (:code, :product, :pack);

-- query: barcode_drop
-- in: code text, product i64
-- changes
DELETE FROM barcode WHERE code = :code AND product = :product;

-- query: barcode_last
-- The highest of thirteen digits from `first` on.
-- in: first text, last text
-- one: code text
SELECT code FROM barcode
WHERE code >= :first AND code <= :last AND length(code) = 13
	AND code NOT GLOB '*[^0-9]*'
ORDER BY code DESC LIMIT 1;

-- query: price_changes
-- Newest first.
-- in: product i64, limit i64
-- all: old i64, price i64, at i64, who text!
SELECT c.old, c.price, c.at, coalesce(u.name, '') AS who
FROM price_change AS c LEFT JOIN user AS u ON u.id = c.user
WHERE c.product = :product ORDER BY c.id DESC LIMIT :limit;

-- query: price_lowest
-- The lowest price that held at some moment from `since` on.
-- in: product i64, since i64
-- one: price i64!
SELECT min(p.price, coalesce((SELECT min(min(old, price)) FROM price_change
	WHERE product = p.id AND at >= :since), p.price)) AS price
FROM product AS p WHERE p.id = :product;

-- query: price_changed_since
-- Items sold whose price is another one than as that day began.
-- in: day text
-- all: id i64
SELECT p.id FROM product AS p
JOIN (SELECT c.product, c.old, min(c.id) FROM price_change AS c
	WHERE c.at >= CAST(strftime('%s', :day, 'utc') AS INTEGER) * 1000
	GROUP BY c.product) AS f ON f.product = p.id
WHERE p.active = 1 AND p.price <> f.old
ORDER BY p.code;

-- query: category_tree
-- Every category, those of products and those of the tree, by name.
-- all: name text, parent text!, items i64!
SELECT n.name, coalesce(c.parent, '') AS parent,
	(SELECT count(*) FROM product WHERE category = n.name AND active = 1)
	    AS items
FROM (SELECT name FROM category
	UNION SELECT DISTINCT category FROM product WHERE category <> '')
	AS n
LEFT JOIN category AS c ON c.name = n.name
ORDER BY n.name;

-- query: category_put
-- in: name text, parent text?
-- exec
INSERT INTO category (name, parent) VALUES (:name, :parent)
ON CONFLICT (name) DO UPDATE SET parent = excluded.parent;

-- query: category_keep
-- in: name text
-- exec
INSERT INTO category (name) VALUES (:name) ON CONFLICT (name) DO NOTHING;

-- query: category_known
-- in: name text
-- one: name text
SELECT name FROM (SELECT name FROM category
	UNION ALL SELECT category FROM product)
WHERE name = :name LIMIT 1;

-- query: category_rename
-- in: old text, new text
-- exec
UPDATE category SET name = :new WHERE name = :old;

-- query: category_rename_products
-- in: old text, new text, at i64, user i64?
-- changes
UPDATE product SET category = :new, changed_at = :at, changed_by = :user
WHERE category = :old;

-- query: category_rename_promos
-- in: old text, new text
-- exec
UPDATE promo_item SET category = :new WHERE category = :old;

-- query: category_rename_course
-- What it is in where its new name was said to be in another.
-- in: old text, new text
-- exec
UPDATE OR REPLACE course_of SET category = :new WHERE category = :old;

-- query: category_rename_routes
-- in: old text, new text
-- exec
UPDATE station_route SET category = :new WHERE category = :old;

-- query: category_used
-- in: name text
-- one: items i64!, below i64!
SELECT (SELECT count(*) FROM product WHERE category = :name) AS items,
	(SELECT count(*) FROM category WHERE parent = :name) AS below;

-- query: category_drop
-- in: name text
-- changes
DELETE FROM category WHERE name = :name;

-- query: mass_candidates
-- Items of a category and all below it, of a brand ('' any), page by page.
-- in: after i64, category text, brand text, archived bool, limit i64
-- all: id i64, code text, name text, price i64, category text, tax_class text, active bool, brand text!, template i64?
SELECT p.id, p.code, p.name, p.price, p.category, p.tax_class, p.active,
	coalesce(i.brand, '') AS brand, v.template
FROM product AS p
LEFT JOIN product_info AS i ON i.product = p.id
LEFT JOIN variant AS v ON v.product = p.id
WHERE p.id > :after AND (p.active = 1 OR :archived = 1)
	AND (:brand = '' OR i.brand = :brand)
	AND (:category = '' OR p.category IN
	(WITH RECURSIVE down (name) AS (SELECT :category
	    UNION SELECT c.name FROM down
	    JOIN category AS c ON c.parent = down.name)
	SELECT name FROM down))
ORDER BY p.id LIMIT :limit;

-- query: mass_open
-- in: at i64, user i64?, field text, what text
-- id
INSERT INTO mass_change (at, user, field, what, staging)
VALUES (:at, :user, :field, :what, 1);

-- query: mass_item
-- in: mass i64, product i64, old text, new text
-- exec
INSERT INTO mass_change_item (mass, product, old, new)
VALUES (:mass, :product, :old, :new);

-- query: mass_staged
-- Changes that were never made: somebody was killed.
-- in: at i64
-- all: id i64
SELECT id FROM mass_change WHERE staging = 1 AND at < :at;

-- query: mass_items_drop
-- in: mass i64, size i64
-- changes
DELETE FROM mass_change_item WHERE mass = :mass AND product IN
	(SELECT product FROM mass_change_item WHERE mass = :mass LIMIT :size);

-- query: mass_drop
-- in: mass i64
-- exec
DELETE FROM mass_change WHERE id = :mass AND staging = 1;

-- query: mass_made
-- in: mass i64
-- exec
UPDATE mass_change SET staging = 0 WHERE id = :mass;

-- query: mass_get
-- in: mass i64
-- one: field text, what text, undone_at i64?
SELECT field, what, undone_at FROM mass_change
WHERE id = :mass AND staging = 0;

-- query: mass_undone
-- in: mass i64, at i64
-- exec
UPDATE mass_change SET undone_at = :at WHERE id = :mass;

-- query: mass_count
-- in: mass i64
-- one: n i64!
SELECT count(*) AS n FROM mass_change_item WHERE mass = :mass;

-- query: mass_list
-- Newest first.
-- in: limit i64
-- all: id i64, at i64, who text!, field text, what text, items i64!, undone_at i64?
SELECT m.id, m.at, coalesce(u.name, '') AS who, m.field, m.what,
	(SELECT count(*) FROM mass_change_item WHERE mass = m.id) AS items,
	m.undone_at
FROM mass_change AS m LEFT JOIN user AS u ON u.id = m.user
WHERE m.staging = 0 ORDER BY m.id DESC LIMIT :limit;

-- query: mass_price
-- What is still as the change found it (undo: as it left it).
-- in: mass i64, undo bool, at i64, user i64?
-- changes
UPDATE product SET changed_at = :at, changed_by = :user,
	price = CAST(CASE :undo WHEN 1 THEN i.old ELSE i.new END AS INTEGER)
FROM mass_change_item AS i
WHERE i.mass = :mass AND product.id = i.product AND product.price =
	CAST(CASE :undo WHEN 1 THEN i.new ELSE i.old END AS INTEGER);

-- query: mass_category
-- in: mass i64, undo bool, at i64, user i64?
-- changes
UPDATE product SET changed_at = :at, changed_by = :user,
	category = CASE :undo WHEN 1 THEN i.old ELSE i.new END
FROM mass_change_item AS i
WHERE i.mass = :mass AND product.id = i.product AND product.category =
	CASE :undo WHEN 1 THEN i.new ELSE i.old END;

-- query: mass_tax_class
-- in: mass i64, undo bool, at i64, user i64?
-- changes
UPDATE product SET changed_at = :at, changed_by = :user,
	tax_class = CASE :undo WHEN 1 THEN i.old ELSE i.new END
FROM mass_change_item AS i
WHERE i.mass = :mass AND product.id = i.product AND product.tax_class =
	CASE :undo WHEN 1 THEN i.new ELSE i.old END;

-- query: mass_active
-- in: mass i64, undo bool, at i64, user i64?
-- changes
UPDATE product SET changed_at = :at, changed_by = :user,
	active = CAST(CASE :undo WHEN 1 THEN i.old ELSE i.new END AS INTEGER)
FROM mass_change_item AS i
WHERE i.mass = :mass AND product.id = i.product AND product.active =
	CAST(CASE :undo WHEN 1 THEN i.new ELSE i.old END AS INTEGER);

-- query: mass_brand
-- in: mass i64, undo bool
-- changes
INSERT INTO product_info (product, brand)
SELECT i.product, CASE :undo WHEN 1 THEN i.old ELSE i.new END
FROM mass_change_item AS i
LEFT JOIN product_info AS n ON n.product = i.product
WHERE i.mass = :mass AND coalesce(n.brand, '') =
	CASE :undo WHEN 1 THEN i.new ELSE i.old END
ON CONFLICT (product) DO UPDATE SET brand = excluded.brand;
