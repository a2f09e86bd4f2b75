-- Bringing a CSV into the catalogue.

-- query: import_open
-- in: boot text, pid i64, pid_start i64, at i64
-- id
INSERT INTO import_batch (state, boot, pid, pid_start, made_at)
VALUES ('staging', :boot, :pid, :pid_start, :at);

-- query: import_batches
-- Under way, or left over by an import that was killed.
-- all: id i64, state text, boot text, pid i64, pid_start i64
SELECT id, state, boot, pid, pid_start FROM import_batch ORDER BY id;

-- query: import_line_add
-- in: batch i64, line i64, code text, name text, folded text, old_folded text?, category text, tax_class text, unit text, price i64, stock i64?, kind text?, min_price i64?, max_price i64?, serials i64?, active i64?
-- exec
INSERT INTO import_line (batch, line, code, name, folded, old_folded,
	category, tax_class, unit, price, stock, kind, min_price, max_price,
	serials, active)
VALUES (:batch, :line, :code, :name, :folded, :old_folded, :category,
	:tax_class, :unit, :price, :stock, :kind, :min_price, :max_price,
	:serials, :active);

-- query: import_info_add
-- in: batch i64, line i64, brand text, allergens i64, lots bool, keeps i64, origin text, content i64, content_unit text, cost i64?, margin i64, reorder_min i64?, reorder_max i64?
-- exec
INSERT INTO import_info (batch, line, brand, allergens, lots, keeps, origin,
	content, content_unit, cost, margin, reorder_min, reorder_max)
VALUES (:batch, :line, :brand, :allergens, :lots, :keeps, :origin, :content,
	:content_unit, :cost, :margin, :reorder_min, :reorder_max);

-- query: import_pack_add
-- in: batch i64, owner text, name text, qty i64
-- exec
INSERT INTO import_pack (batch, owner, name, qty)
VALUES (:batch, :owner, :name, :qty);

-- query: import_barcode_add
-- in: batch i64, code text, owner text, pack text?
-- exec
INSERT INTO import_barcode (batch, code, owner, pack)
VALUES (:batch, :code, :owner, :pack);

-- query: import_moved
-- Of what was read of the catalogue: what has another name since, or is not
-- there any more (now NULL).
-- in: batch i64
-- all: line i64, code text, now text?
SELECT i.line, i.code, p.folded AS now
FROM import_line AS i LEFT JOIN product AS p ON p.code = i.code
WHERE i.batch = :batch AND i.old_folded IS NOT NULL
	AND p.folded IS NOT i.old_folded;

-- query: import_words_now
-- in: batch i64, line i64, now text
-- exec
UPDATE import_line SET old_folded = :now
WHERE batch = :batch AND line = :line;

-- query: import_new
-- in: batch i64, at i64
-- exec
INSERT INTO product (code, name, folded, category, tax_class, unit, price,
	tracked, kind, min_price, max_price, serials, active, changed_at)
SELECT code, name, folded, category, tax_class, unit, price,
	stock IS NOT NULL, coalesce(kind, 'item'), coalesce(min_price, 0),
	coalesce(max_price, 0), coalesce(serials, 0), coalesce(active, 1),
	:at
FROM import_line WHERE batch = :batch AND old_folded IS NULL
ORDER BY line;

-- query: import_changed
-- in: batch i64, at i64, user i64?
-- exec
UPDATE product SET name = i.name, folded = i.folded, category = i.category,
	tax_class = i.tax_class, unit = i.unit, price = i.price,
	tracked = tracked OR i.stock IS NOT NULL,
	active = coalesce(i.active, product.active),
	kind = coalesce(i.kind, product.kind),
	min_price = coalesce(i.min_price, product.min_price),
	max_price = coalesce(i.max_price, product.max_price),
	serials = coalesce(i.serials, product.serials),
	changed_at = :at, changed_by = :user
FROM import_line AS i
WHERE i.batch = :batch AND i.old_folded IS NOT NULL
	AND i.code = product.code;

-- query: import_barcodes_drop
-- Those of imported products that the file does not name.
-- in: batch i64
-- exec
DELETE FROM barcode WHERE product IN
	(SELECT p.id FROM import_line AS i JOIN product AS p ON p.code = i.code
	WHERE i.batch = :batch AND i.old_folded IS NOT NULL)
	AND pack IS NULL
	AND code NOT IN (SELECT code FROM import_barcode
	WHERE batch = :batch AND pack IS NULL);

-- query: import_barcodes
-- in: batch i64
-- exec
INSERT INTO barcode (code, product)
SELECT i.code, p.id FROM import_barcode AS i
JOIN product AS p ON p.code = i.owner
WHERE i.batch = :batch AND i.pack IS NULL
	AND NOT EXISTS (SELECT 1 FROM barcode WHERE code = i.code)
ORDER BY i.code;

-- query: import_pack_codes_drop
-- Barcodes of the packs of products in the file, and those that are to be.
-- in: batch i64
-- exec
DELETE FROM barcode WHERE code IN (SELECT code FROM import_barcode
	WHERE batch = :batch AND pack IS NOT NULL)
	OR (pack IS NOT NULL AND product IN
	(SELECT p.id FROM import_line AS i JOIN product AS p ON p.code = i.code
	WHERE i.batch = :batch AND i.old_folded IS NOT NULL));

-- query: import_packs_drop
-- Packs the file does not name.
-- in: batch i64
-- exec
DELETE FROM pack WHERE product IN
	(SELECT p.id FROM import_line AS i JOIN product AS p ON p.code = i.code
	WHERE i.batch = :batch AND i.old_folded IS NOT NULL)
	AND NOT EXISTS (SELECT 1 FROM import_pack AS i
	JOIN product AS p ON p.code = i.owner
	WHERE i.batch = :batch AND p.id = pack.product
		AND i.name = pack.name);

-- query: import_packs
-- in: batch i64
-- exec
INSERT INTO pack (product, name, qty)
SELECT p.id, i.name, i.qty FROM import_pack AS i
JOIN product AS p ON p.code = i.owner
WHERE i.batch = :batch ORDER BY i.owner, i.qty, i.name
ON CONFLICT (product, name) DO UPDATE SET qty = excluded.qty;

-- query: import_pack_codes
-- in: batch i64
-- exec
INSERT INTO barcode (code, product, pack)
SELECT i.code, p.id, k.id FROM import_barcode AS i
JOIN product AS p ON p.code = i.owner
JOIN pack AS k ON k.product = p.id AND k.name = i.pack
WHERE i.batch = :batch AND i.pack IS NOT NULL
ORDER BY i.code;

-- query: import_info
-- What is known of the items of a slice.
-- in: batch i64, last i64
-- exec
INSERT INTO product_info (product, brand, allergens, lots, keeps, origin,
	content, content_unit, cost, margin, reorder_min, reorder_max)
SELECT p.id, n.brand, n.allergens, n.lots, n.keeps, n.origin, n.content,
	n.content_unit, n.cost, n.margin, n.reorder_min, n.reorder_max
FROM import_info AS n
JOIN import_line AS i ON i.batch = n.batch AND i.line = n.line
JOIN product AS p ON p.code = i.code
WHERE n.batch = :batch AND n.line <= :last
ON CONFLICT (product) DO UPDATE SET brand = excluded.brand,
	allergens = excluded.allergens, lots = excluded.lots,
	keeps = excluded.keeps, origin = excluded.origin,
	content = excluded.content, content_unit = excluded.content_unit,
	cost = excluded.cost, margin = excluded.margin,
	reorder_min = excluded.reorder_min,
	reorder_max = excluded.reorder_max;

-- query: import_info_drop
-- in: batch i64, last i64
-- exec
DELETE FROM import_info WHERE batch = :batch AND line <= :last;

-- query: import_pack_drop
-- in: batch i64
-- exec
DELETE FROM import_pack WHERE batch = :batch;

-- query: import_flipped
-- in: batch i64
-- exec
UPDATE import_batch SET state = 'following' WHERE id = :batch;

-- query: import_slice
-- The last line of the next slice.
-- in: batch i64, size i64
-- one: last i64?
SELECT max(line) AS last FROM (SELECT line FROM import_line
	WHERE batch = :batch ORDER BY line LIMIT :size);

-- query: import_words_drop
-- in: batch i64, last i64
-- exec
INSERT INTO product_word (product_word, rowid, folded)
SELECT 'delete', p.id, i.old_folded
FROM import_line AS i JOIN product AS p ON p.code = i.code
WHERE i.batch = :batch AND i.line <= :last AND i.old_folded <> i.folded;

-- query: import_words
-- in: batch i64, last i64
-- exec
INSERT INTO product_word (rowid, folded)
SELECT p.id, p.folded
FROM import_line AS i JOIN product AS p ON p.code = i.code
WHERE i.batch = :batch AND i.line <= :last
	AND (i.old_folded IS NULL OR i.old_folded <> i.folded);

-- query: import_stock
-- The levels wanted; what makes the difference is of the first place.
-- in: batch i64, last i64, at i64, user i64?
-- exec
INSERT INTO stock_post (product, place, qty, kind, lot, expiry, serial, doc,
	doc_id, reason, at, user)
SELECT product, 1, wanted - level, 'import', CASE lots WHEN 0 THEN '' END, '',
	'', '', 0, '', :at, :user
FROM (SELECT p.id AS product, p.lots, i.stock AS wanted,
	coalesce((SELECT sum(qty) FROM stock_level
	    WHERE product = p.id AND place > 0), 0) AS level
	FROM import_line AS i JOIN product AS p ON p.code = i.code
	WHERE i.batch = :batch AND i.line <= :last AND i.stock IS NOT NULL)
WHERE wanted <> level;

-- query: import_lines_drop
-- in: batch i64, last i64
-- exec
DELETE FROM import_line WHERE batch = :batch AND line <= :last;

-- query: import_codes_drop
-- A slice of the staged barcodes.
-- in: batch i64, size i64
-- changes
DELETE FROM import_barcode WHERE batch = :batch AND code IN
	(SELECT code FROM import_barcode WHERE batch = :batch LIMIT :size);

-- query: import_close
-- in: batch i64
-- exec
DELETE FROM import_batch WHERE id = :batch;

-- query: import_pending
-- Is an import of this code still being followed up?
-- in: code text
-- one: line i64
SELECT i.line FROM import_line AS i
JOIN import_batch AS b ON b.id = i.batch
WHERE i.code = :code AND b.state = 'following';
