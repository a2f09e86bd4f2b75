-- Customers, and what they owe.

-- query: customer_add
-- An empty code: the next number there is.
-- in: code text, name text, folded text, phone text, email text, address text, vat_id text, credit i64?, at i64
-- id
INSERT INTO customer (code, name, folded, phone, email, address, vat_id,
	credit, made_at, changed_at)
VALUES (CASE :code WHEN '' THEN (SELECT coalesce(max(CAST(code AS INTEGER)),
	    0) + 1 FROM customer WHERE code NOT GLOB '*[^0-9]*'
	    AND length(code) <= 12) || '' ELSE :code END,
	:name, :folded, :phone, :email, :address, :vat_id, :credit, :at, :at);

-- query: customer_change
-- in: id i64, code text, name text, folded text, phone text, email text, address text, vat_id text, credit i64?, active bool, at i64
-- changes
UPDATE customer SET code = :code, name = :name, folded = :folded,
	phone = :phone, email = :email, address = :address, vat_id = :vat_id,
	credit = :credit, active = :active, changed_at = :at
WHERE id = :id;

-- query: customer_get
-- in: id i64
-- one: id i64, code text, name text, phone text, email text, address text, vat_id text, credit i64?, active bool, owed i64!
SELECT id, code, name, phone, email, address, vat_id, credit, active,
	(SELECT coalesce(sum(amount), 0) FROM customer_entry
	    WHERE customer = c.id) AS owed
FROM customer AS c WHERE id = :id;

-- query: customer_by_code
-- in: code text
-- one: id i64
SELECT id FROM customer WHERE code = :code;

-- query: customer_all
-- Those still served, by name; all of them when every.
-- in: every bool
-- all: id i64, code text, name text, phone text, email text, address text, vat_id text, credit i64?, active bool, owed i64!
SELECT id, code, name, phone, email, address, vat_id, credit, active,
	(SELECT coalesce(sum(amount), 0) FROM customer_entry
	    WHERE customer = c.id) AS owed
FROM customer AS c WHERE active = 1 OR :every
ORDER BY folded, id;

-- query: customer_search
-- Words that begin so in the name, a code that begins so, or a telephone
-- number with these digits; a word more narrows.
-- in: first text, second text, digits text, limit i64
-- all: id i64, code text, name text, phone text, email text, address text, vat_id text, credit i64?, active bool, owed i64!
SELECT id, code, name, phone, email, address, vat_id, credit, active,
	(SELECT coalesce(sum(amount), 0) FROM customer_entry
	    WHERE customer = c.id) AS owed
FROM customer AS c
WHERE active = 1 AND ((instr(' ' || folded, ' ' || :first) > 0
	AND instr(' ' || folded, ' ' || :second) > 0)
	OR substr(lower(code), 1, length(:first)) = :first
	OR (:digits <> '' AND instr(phone, :digits) > 0))
ORDER BY folded, id LIMIT :limit;

-- query: customer_account
-- What one owes, and how much at most.
-- in: id i64
-- one: code text, name text, active bool, credit i64?, owed i64!
SELECT code, name, active, credit, (SELECT coalesce(sum(amount), 0)
	FROM customer_entry WHERE customer = c.id) AS owed
FROM customer AS c WHERE id = :id;

-- query: customer_entry_add
-- in: customer i64, kind text, amount i64, tender text?, reference text, reason text, at i64, user i64?, terminal i64?
-- id
INSERT INTO customer_entry (customer, kind, amount, tender, reference, reason,
	at, user, terminal)
VALUES (:customer, :kind, :amount, :tender, :reference, :reason, :at, :user,
	:terminal);

-- query: customer_entries
-- Oldest first, with the ticket they come from.
-- in: customer i64
-- all: id i64, kind text, amount i64, tender text!, reference text, reason text, at i64, user text!, series text!, number i64!
SELECT e.id, e.kind, e.amount, coalesce(e.tender, p.tender, '')
	    AS tender,
	e.reference, e.reason, e.at, coalesce(u.name, '') AS user,
	coalesce(s.series, '') AS series, coalesce(s.number, 0) AS number
FROM customer_entry AS e
LEFT JOIN user AS u ON u.id = e.user
LEFT JOIN payment AS p ON p.id = e.payment
LEFT JOIN sale AS s ON s.id = p.sale
WHERE e.customer = :customer ORDER BY e.id;

-- query: customer_busy
-- Sales that somebody is to pay yet.
-- in: customer i64
-- one: n i64!
SELECT count(*) AS n FROM sale
WHERE customer = :customer AND state IN ('draft', 'pending', 'paying');

-- query: customer_forget_phones
-- Numbers that payments came from.
-- in: customer i64
-- exec
DELETE FROM payment_phone WHERE payment IN
	(SELECT p.id FROM payment AS p JOIN sale AS s ON s.id = p.sale
	WHERE s.customer = :customer OR p.customer = :customer);

-- query: customer_forget_prints
-- The name in what the outbox keeps of papers that came out.
-- in: name text
-- exec
UPDATE print_job SET slip = 'slip 1' || char(10)
WHERE state IN ('printed', 'cancelled') AND instr(slip, :name) > 0;

-- query: customer_receipt
-- A payment on account, for its paper: with what was owed after it.
-- in: id i64
-- one: id i64, name text, code text, tender text!, reference text, amount i64, at i64, user text!, terminal text!, owed i64!
SELECT e.id, c.name, c.code, coalesce(e.tender, '') AS tender, e.reference,
	e.amount, e.at, coalesce(u.name, '') AS user,
	coalesce(t.name, '') AS terminal,
	(SELECT coalesce(sum(amount), 0) FROM customer_entry
	    WHERE customer = e.customer AND id <= e.id) AS owed
FROM customer_entry AS e JOIN customer AS c ON c.id = e.customer
LEFT JOIN user AS u ON u.id = e.user
LEFT JOIN terminal AS t ON t.id = e.terminal
WHERE e.id = :id AND e.kind = 'payment';

-- query: customer_receipt_newest
-- one: id i64!
SELECT id FROM customer_entry WHERE kind = 'payment'
ORDER BY id DESC LIMIT 1;

-- query: customer_of_sale
-- The fence, and who buys.
-- in: id i64, version i64, session i64?, customer i64?
-- changes
UPDATE sale SET version = version + 1, customer = :customer, act = '',
	act_session = :session, act_line = NULL, act_value = NULL,
	act_past = ''
WHERE id = :id AND version = :version AND owner_session IS :session
	AND state IN ('draft', 'paying');
