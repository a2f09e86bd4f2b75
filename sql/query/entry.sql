-- Entry at speed: serial numbers, quick keys, label patterns.

-- query: serial_under_way
-- A piece that left one store and has not come to the other.
-- in: product i64, serial text
-- one: serial text
SELECT serial FROM stock_serial WHERE product = :product
	AND serial = :serial AND serial <> '' AND here = 1 AND place = 0;

-- query: serial_known
-- A piece that moved: is it in stock, and where was it last?
-- in: product i64, serial text
-- one: place i64, here bool
SELECT place, here FROM stock_serial
WHERE product = :product AND serial = :serial;

-- query: serial_unnamed
-- How many of it are there whose numbers nobody said (thousandths).
-- in: product i64, place i64
-- one: unnamed i64!
SELECT coalesce((SELECT qty FROM stock_level
	WHERE product = :product AND place = :place), 0)
	- 1000 * (SELECT count(*) FROM stock_serial
	WHERE product = :product AND place = :place AND here = 1) AS unnamed;

-- query: serial_out
-- The line on which a piece is out: sold, and not brought back by a later one
-- that is paid for or stands on the same sale.
-- in: product i64, serial text, sale i64
-- one: sale i64, series text?, number i64?
SELECT l.sale, s.series, s.number
FROM sale_line AS l JOIN sale AS s ON s.id = l.sale
WHERE l.product = :product AND l.serial = :serial AND l.serial <> ''
	AND l.state = 'live' AND l.qty > 0 AND s.state <> 'cancelled'
	AND s.training = 0 AND NOT EXISTS (SELECT 1 FROM sale_line AS b
	    JOIN sale AS t ON t.id = b.sale
	    WHERE b.product = :product AND b.serial = :serial
		AND b.serial <> '' AND b.scrap = 0
		AND b.state = 'live' AND b.qty < 0 AND b.id > l.id
		AND t.training = 0
		AND (t.state = 'paid' OR t.id = :sale))
ORDER BY l.id LIMIT 1;

-- query: serial_lines
-- The life of a number, whatever product bears it: what the stock says of it
-- beside sales (receipts by their number), and the sales; lines taken out again
-- and cancelled sales do not count.
-- in: serial text
-- all: code text!, label text!, at i64!, qty i64!, kind text!, doc text!, series text?, number i64?
SELECT p.code, p.name AS label, m.at, m.qty, m.kind, CASE m.doc
	WHEN 'receipt' THEN coalesce((SELECT number FROM receipt
	    WHERE id = m.doc_id), '') WHEN '' THEN ''
	ELSE m.doc || ' ' || m.doc_id END AS doc, NULL AS series,
	NULL AS number
FROM product AS p
CROSS JOIN stock_move AS m ON m.product = p.id AND m.serial = :serial
	AND m.serial <> ''
WHERE p.serials = 1 AND m.place > 0
	AND m.kind NOT IN ('sale', 'return', 'scrap')
UNION ALL
SELECT l.code, l.label, l.at, l.qty, '', '', s.series, s.number
FROM product AS p
CROSS JOIN sale_line AS l ON l.product = p.id AND l.serial = :serial
	AND l.serial <> ''
JOIN sale AS s ON s.id = l.sale
WHERE p.serials = 1 AND l.state = 'live' AND s.state <> 'cancelled'
	AND s.training = 0
ORDER BY 3;

-- query: pattern_all
-- all: pattern text, decimals i64
SELECT pattern, decimals FROM barcode_pattern ORDER BY pattern;

-- query: pattern_add
-- in: pattern text, decimals i64
-- exec
INSERT INTO barcode_pattern (pattern, decimals) VALUES (:pattern, :decimals);

-- query: pattern_remove
-- in: pattern text
-- changes
DELETE FROM barcode_pattern WHERE pattern = :pattern;

-- query: quick_pages
-- Of one terminal, or of all tills (NULL).
-- in: terminal i64?
-- all: id i64, place i64, title text
SELECT id, place, title FROM quick_page WHERE terminal IS :terminal
ORDER BY place;

-- query: quick_page_get
-- in: terminal i64?, place i64
-- one: id i64, title text
SELECT id, title FROM quick_page
WHERE terminal IS :terminal AND place = :place;

-- query: quick_page_add
-- in: terminal i64?, place i64, title text
-- id
INSERT INTO quick_page (terminal, place, title)
VALUES (:terminal, :place, :title);

-- query: quick_page_title
-- in: id i64, title text
-- exec
UPDATE quick_page SET title = :title WHERE id = :id;

-- query: quick_page_drop
-- in: id i64
-- exec
DELETE FROM quick_page WHERE id = :id;

-- query: quick_keys
-- What the keys of a page sell, key by key.
-- in: page i64
-- all: letter text, label text, product i64, qty i64, price i64?, note text, code text, name text
SELECT k.letter, k.label, i.product, i.qty, i.price, i.note, p.code, p.name
FROM quick_key AS k
JOIN quick_item AS i ON i.page = k.page AND i.letter = k.letter
JOIN product AS p ON p.id = i.product
WHERE k.page = :page ORDER BY k.letter, i.seq;

-- query: quick_key_add
-- in: page i64, letter text, label text
-- exec
INSERT INTO quick_key (page, letter, label) VALUES (:page, :letter, :label);

-- query: quick_item_add
-- in: page i64, letter text, seq i64, product i64, qty i64, price i64?, note text
-- exec
INSERT INTO quick_item (page, letter, seq, product, qty, price, note)
VALUES (:page, :letter, :seq, :product, :qty, :price, :note);

-- query: quick_items_drop
-- letter '' for the whole page.
-- in: page i64, letter text
-- exec
DELETE FROM quick_item
WHERE page = :page AND (:letter = '' OR letter = :letter);

-- query: quick_keys_drop
-- in: page i64, letter text
-- changes
DELETE FROM quick_key
WHERE page = :page AND (:letter = '' OR letter = :letter);

-- query: quick_terminals
-- Who has pages: terminals, and 0 for those of all tills.
-- all: terminal i64!, name text!
SELECT DISTINCT coalesce(p.terminal, 0) AS terminal,
	coalesce(t.name, '') AS name
FROM quick_page AS p LEFT JOIN terminal AS t ON t.id = p.terminal
ORDER BY terminal;
