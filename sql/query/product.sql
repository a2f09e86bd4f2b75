-- The catalogue.

-- query: product_by_id
-- What there is of it is one page more to read; 0 where it is not wanted.
-- in: id i64, counted bool
-- one: id i64, code text, name text, category text, tax_class text, unit text, price i64, tracked bool, active bool, changed_at i64, kind text, min_price i64, max_price i64, serials bool, choices i64, stock i64!
SELECT p.id, p.code, p.name, p.category, p.tax_class, p.unit, p.price,
	p.tracked, p.active, p.changed_at, p.kind, p.min_price, p.max_price,
	p.serials, p.choices,
	CASE WHEN :counted THEN coalesce((SELECT sum(qty) FROM stock_level
	    WHERE product = p.id AND place > 0), 0) ELSE 0 END
	    AS stock
FROM product AS p WHERE p.id = :id;

-- query: product_held
-- Is there any of it, or less than nothing, anywhere?
-- in: id i64
-- one: place i64
SELECT place FROM stock_level WHERE product = :id AND qty <> 0 LIMIT 1;

-- query: product_id_by_code
-- in: code text
-- one: id i64
SELECT id FROM product WHERE code = :code;

-- query: product_id_by_barcode
-- in: code text
-- one: product i64, pack i64?
SELECT product, pack FROM barcode WHERE code = :code;

-- query: product_words
-- The first products, by id, in which every word of `match` begins a word.
-- in: match text, limit i64
-- all: id i64, code text, name text, folded text, category text, tax_class text, unit text, price i64, tracked bool, kind text, min_price i64, max_price i64, serials bool, choices i64, stock i64!
SELECT p.id, p.code, p.name, p.folded, p.category, p.tax_class, p.unit,
	p.price, p.tracked, p.kind, p.min_price, p.max_price, p.serials,
	p.choices,
	coalesce((SELECT sum(qty) FROM stock_level
	    WHERE product = p.id AND place > 0), 0)
	    AS stock
FROM product_word AS w
JOIN product AS p ON p.id = w.rowid
WHERE w.product_word MATCH :match AND p.active = 1
ORDER BY w.rowid
LIMIT :limit;

-- query: product_word_ids
-- in: match text, after i64, limit i64
-- all: id i64
SELECT w.rowid AS id FROM product_word AS w
WHERE w.product_word MATCH :match AND w.rowid > :after
ORDER BY w.rowid LIMIT :limit;

-- query: product_names
-- Names for a pattern search, page by page.
-- in: after i64, limit i64
-- all: id i64, name text
SELECT id, name FROM product
WHERE id > :after AND active = 1 ORDER BY id LIMIT :limit;

-- query: product_page
-- In order of code, page by page; category '' for all, else it and all that
-- stands below it in the tree.
-- in: after text, category text, limit i64
-- all: id i64, code text, name text, category text, tax_class text, unit text, price i64, tracked bool, active bool, kind text, min_price i64, max_price i64, serials bool, choices i64, stock i64!
SELECT p.id, p.code, p.name, p.category, p.tax_class, p.unit, p.price,
	p.tracked, p.active, p.kind, p.min_price, p.max_price, p.serials,
	p.choices,
	coalesce((SELECT sum(qty) FROM stock_level
	    WHERE product = p.id AND place > 0), 0)
	    AS stock
FROM product AS p
WHERE p.code > :after AND (:category = '' OR p.category IN
	(WITH RECURSIVE down (name) AS (SELECT :category
	    UNION SELECT c.name FROM down
	    JOIN category AS c ON c.parent = down.name)
	SELECT name FROM down))
ORDER BY p.code
LIMIT :limit;

-- query: product_barcodes
-- Those of one of it, not of its packs; spaces between.
-- in: product i64
-- one: codes text!
SELECT coalesce(group_concat(code, ' '), '') AS codes
FROM (SELECT code FROM barcode WHERE product = :product AND pack IS NULL
	ORDER BY code);

-- query: product_insert
-- in: code text, name text, folded text, category text, tax_class text, unit text, price i64, tracked bool, active bool, kind text, min_price i64, max_price i64, serials bool, changed_at i64
-- id
INSERT INTO product (code, name, folded, category, tax_class, unit, price,
	tracked, active, kind, min_price, max_price, serials, changed_at)
VALUES (:code, :name, :folded, :category, :tax_class, :unit, :price,
	:tracked, :active, :kind, :min_price, :max_price, :serials,
	:changed_at);

-- query: product_change
-- in: id i64, code text, name text, folded text, category text, tax_class text, unit text, price i64, tracked bool, active bool, kind text, min_price i64, max_price i64, serials bool, changed_at i64, changed_by i64?
-- changes
UPDATE product SET code = :code, name = :name, folded = :folded,
	category = :category, tax_class = :tax_class, unit = :unit,
	price = :price, tracked = :tracked, active = :active, kind = :kind,
	min_price = :min_price, max_price = :max_price, serials = :serials,
	changed_at = :changed_at, changed_by = :changed_by
WHERE id = :id;

-- query: product_word_add
-- in: id i64
-- exec
INSERT INTO product_word (rowid, folded)
SELECT id, folded FROM product WHERE id = :id;

-- query: product_word_drop
-- Before the product changes: the words as they still are.
-- in: id i64
-- exec
INSERT INTO product_word (product_word, rowid, folded)
SELECT 'delete', id, folded FROM product WHERE id = :id;

-- query: product_word_check
-- Fails (ERR_CORRUPT) when the words do not match the catalogue.
-- exec
INSERT INTO product_word (product_word) VALUES ('integrity-check');

-- query: barcode_add
-- in: code text, product i64
-- exec
INSERT INTO barcode (code, product) VALUES (:code, :product);

-- query: tax_class_add
-- in: name text, label text
-- exec
INSERT INTO tax_class (name, label) VALUES (:name, :label)
ON CONFLICT (name) DO NOTHING;

-- query: tax_class_all
-- The one most things are in comes first.
-- all: name text, label text
SELECT c.name, c.label FROM tax_class AS c
LEFT JOIN (SELECT tax_class, count(*) AS n FROM product GROUP BY tax_class)
	AS p ON p.tax_class = c.name
ORDER BY coalesce(p.n, 0) DESC, c.name;

-- query: product_next_code
-- The next code of at most six digits; codes of other kinds do not count.
-- one: code i64!
SELECT coalesce(max(CAST(code AS INTEGER)), 0) + 1 AS code FROM product
WHERE length(code) <= 6 AND code NOT GLOB '*[^0-9]*';

-- query: tax_class_has
-- in: name text
-- one: name text
SELECT name FROM tax_class WHERE name = :name;

-- query: tax_rate_add
-- in: class text, part i64, since text, name text, letter text, rate i64, mode text
-- exec
INSERT INTO tax_rate (class, part, since, name, letter, rate, mode)
VALUES (:class, :part, :since, :name, :letter, :rate, :mode);

-- query: tax_rate_all
-- all: class text, part i64, since text, name text, letter text, rate i64, mode text
SELECT class, part, since, name, letter, rate, mode FROM tax_rate
ORDER BY class, part, since DESC;
