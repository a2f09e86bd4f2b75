-- What a record of the journal covers beside its payload, in a text that is
-- the same whenever it is read.

-- query: detail_sale
-- What stood in the sale before it was posted; what the posting itself writes
-- is added by detail.c.
-- in: sale i64
-- one: line text!
SELECT json_array(hex(uid), name, tax_added, opened_at, training, seller,
	submitted_at, customer, cancels, kind, paper, due_day, refers, mode)
	AS line
FROM sale WHERE id = :sale;

-- query: detail_lines
-- in: sale i64
-- each: line text!
SELECT json_array(seq, product, code, label, unit, qty, price, amount, rate,
	rate2, overridden, note, state, reverses, reason, approver, at, user,
	kind, serial, lot, expiry, returns, turnover, scrap, voucher,
	list_price, price_list, off, parent, share, moved, words) AS line
FROM sale_line WHERE sale = :sale ORDER BY seq;

-- query: detail_discounts
-- in: sale i64
-- each: line text!
SELECT json_array(id, line, kind, promo, amount, percent, fixed, most, cap,
	capped, label, reason, live, at, user, approver) AS line
FROM sale_discount WHERE sale = :sale ORDER BY id;

-- query: detail_vats
-- in: sale i64
-- each: line text!
SELECT json_array(part, rate, name, letter, gross, net, vat) AS line
FROM sale_vat WHERE sale = :sale ORDER BY part, rate;

-- query: detail_payments
-- The first of a sale, up to `last`.
-- in: sale i64, after i64, last i64
-- each: line text!
SELECT json_array(id, tender, amount, given, change, corrects, at, user,
	terminal, state, tip, reference, currency, abroad, home, per, customer,
	shift, voucher) AS line
FROM payment WHERE sale = :sale AND id > :after AND id <= :last ORDER BY id;

-- query: detail_payment_last
-- in: sale i64
-- one: id i64!
SELECT coalesce(max(id), 0) AS id FROM payment WHERE sale = :sale;

-- query: detail_posted
-- What the posting wrote into the sale.
-- in: sale i64
-- one: user i64!, terminal i64!, shift i64!, posted_at i64!, business_day text!, total i64, rounding i64
SELECT coalesce(user, 0) AS user, coalesce(terminal, 0) AS terminal,
	coalesce(shift, 0) AS shift, posted_at, business_day, total, rounding
FROM sale WHERE id = :sale;
