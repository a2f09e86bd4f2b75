-- What is taken off a sale.

-- query: discount_lines
-- What discounts are worked out over: the lines that count;
-- nothing is taken off a gift card.  As if nothing of them had been moved to
-- their options.
-- in: sale i64
-- all: id i64, seq i64, product i64, category text, unit text, qty i64, amount i64, off i64, overridden bool, state text, at i64, turnover bool, moved i64, share i64, parent i64?
SELECT l.id, l.seq, l.product, p.category, l.unit, l.qty,
	l.amount - l.moved AS amount, l.off,
	l.overridden, l.state, l.at, l.turnover, l.moved, l.share, l.parent
FROM sale_line AS l JOIN product AS p ON p.id = l.product
WHERE l.sale = :sale AND l.state <> 'void' AND l.voucher IS NULL
ORDER BY l.seq;

-- query: discount_rows
-- What was given or worked out, in that order.
-- in: sale i64
-- all: id i64, line i64?, kind text, promo i64?, amount i64, percent i64?, fixed i64?, most i64, cap i64?, capped bool, label text, reason text, user text!
SELECT d.id, d.line, d.kind, d.promo, d.amount, d.percent, d.fixed, d.most,
	d.cap, d.capped, d.label, d.reason, coalesce(u.name, '') AS user
FROM sale_discount AS d LEFT JOIN user AS u ON u.id = d.user
WHERE d.sale = :sale AND d.live = 1
ORDER BY d.id;

-- query: discount_of_line
-- What somebody takes off a line, and how much they may.
-- in: line i64, sale i64
-- one: kind text, most i64
SELECT kind, most FROM sale_discount
WHERE sale = :sale AND line = :line AND live = 1
	AND kind IN ('offer', 'discount');

-- query: discount_by_hand
-- The row of a line's discount or offer.
-- in: sale i64, line i64
-- one: id i64, kind text, reason text
SELECT id, kind, reason FROM sale_discount
WHERE sale = :sale AND line = :line AND live = 1
	AND kind IN ('discount', 'offer');

-- query: discount_part
-- What one row gave, or a part of it, is off that line from now on; who gave
-- it, and who allowed it, stays.
-- in: of i64, sale i64, line i64, fixed i64?, most i64, reason text
-- id
INSERT INTO sale_discount (sale, line, kind, amount, fixed, most, label,
	reason, at, user, approver)
SELECT :sale, :line, kind, coalesce(:fixed, 0), :fixed, :most, label, :reason,
	at, user, approver
FROM sale_discount WHERE id = :of;

-- query: discount_get
-- in: id i64, sale i64
-- one: kind text, line i64?, percent i64?, label text, reason text
SELECT kind, line, percent, label, reason FROM sale_discount
WHERE id = :id AND sale = :sale;

-- query: discount_add
-- in: sale i64, line i64?, kind text, promo i64?, amount i64, percent i64?, fixed i64?, most i64, label text, reason text, at i64, user i64?, approver i64?
-- id
INSERT INTO sale_discount (sale, line, kind, promo, amount, percent, fixed,
	most, label, reason, at, user, approver)
VALUES (:sale, :line, :kind, :promo, :amount, :percent, :fixed, :most,
	:label, :reason, :at, :user, :approver);

-- query: discount_amount
-- in: id i64, amount i64
-- exec
UPDATE sale_discount SET amount = :amount WHERE id = :id;

-- query: discount_cap
-- in: id i64, cap i64?, capped bool
-- exec
UPDATE sale_discount SET cap = :cap, capped = :capped WHERE id = :id;

-- query: discount_live
-- in: id i64, live bool
-- exec
UPDATE sale_discount SET live = :live WHERE id = :id;

-- query: discount_act
-- What undo takes back: the row given, and the one it came instead of.
-- in: sale i64, given i64?, before text
-- exec
UPDATE sale SET discounted = 1, act_value = :given, act_text = :before
WHERE id = :sale;

-- query: discount_drop_promos
-- Before they are written anew.
-- in: sale i64
-- exec
DELETE FROM sale_discount WHERE sale = :sale AND kind = 'promo';

-- query: discount_flag
-- in: sale i64
-- exec
UPDATE sale SET discounted = 1 WHERE id = :sale AND discounted = 0;

-- query: discount_line
-- in: id i64, amount i64, off i64, moved i64
-- exec
UPDATE sale_line SET amount = :amount, off = :off, moved = :moved
WHERE id = :id;

-- query: discount_coupon_uses
-- How often a coupon was shown on sales that were not cancelled, nor practice.
-- in: promo i64
-- one: n i64!
SELECT count(*) AS n FROM sale_discount AS d JOIN sale AS s ON s.id = d.sale
WHERE d.promo = :promo AND d.kind = 'coupon' AND d.live = 1
	AND s.state <> 'cancelled' AND s.training = 0;
