-- SPDX-License-Identifier: ISC
-- Labels to be printed.

-- query: label_want_put
-- So many; with `more` so many more.
-- in: user i64, product i64, copies i64, more bool
-- exec
INSERT INTO label_want (user, product, copies)
VALUES (:user, :product, :copies)
ON CONFLICT (user, product) DO UPDATE
SET copies = min(2000, excluded.copies + CASE WHEN :more THEN copies ELSE 0
	END);

-- query: label_want_drop
-- product 0: all of them.
-- in: user i64, product i64
-- changes
DELETE FROM label_want
WHERE user = :user AND (product = :product OR :product = 0);

-- query: label_want_receipt
-- What came on a receipt: one label each, or (each) one for every piece.
-- in: user i64, receipt i64, each bool
-- changes
INSERT INTO label_want (user, product, copies)
SELECT :user, l.product, min(2000, CASE WHEN :each AND p.unit = 'pc'
	THEN max(1, sum(l.qty) / 1000) ELSE 1 END)
FROM receipt_line AS l JOIN product AS p ON p.id = l.product
WHERE l.receipt = :receipt
GROUP BY l.product
ON CONFLICT (user, product) DO UPDATE SET copies = excluded.copies;

-- query: label_want_all
-- in: user i64
-- all: product i64, code text, name text, price i64, unit text, copies i64
SELECT w.product, p.code, p.name, p.price, p.unit, w.copies
FROM label_want AS w JOIN product AS p ON p.id = w.product
WHERE w.user = :user
ORDER BY p.code;

-- query: label_printer
-- The printer of that driver: the default one first.
-- in: driver text
-- one: id i64
SELECT id FROM printer
WHERE driver = :driver AND active = 1 AND removed_at IS NULL
ORDER BY is_default DESC, id LIMIT 1;
