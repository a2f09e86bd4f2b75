-- Entry at speed: serial numbers, quick keys, label patterns.

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
		AND b.serial <> ''
		AND b.state = 'live' AND b.qty < 0 AND b.id > l.id
		AND t.training = 0
		AND (t.state = 'paid' OR t.id = :sale))
ORDER BY l.id LIMIT 1;

-- query: serial_lines
-- The life of a number, whatever product bears it; lines taken out again and
-- cancelled sales do not count.
-- in: serial text
-- all: code text, label text, at i64, qty i64, series text?, number i64?
SELECT l.code, l.label, l.at, l.qty, s.series, s.number
FROM product AS p
JOIN sale_line AS l ON l.product = p.id AND l.serial = :serial
	AND l.serial <> ''
JOIN sale AS s ON s.id = l.sale
WHERE p.serials = 1 AND l.state = 'live' AND s.state <> 'cancelled'
ORDER BY l.id;

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
