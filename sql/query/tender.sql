-- Tenders and their rules, payments that are waited for, currencies.

-- query: tender_add
-- in: name text, label text, letter text, change bool, drawer bool, rounded bool, place i64, active bool, kind text, reference i64, phone bool, waits bool, eligible text, least i64, most i64, refund bool, tip bool
-- exec
INSERT INTO tender (name, label, letter, change, drawer, rounded, place,
	active, kind, reference, phone, waits, eligible, least, most, refund,
	tip)
VALUES (:name, :label, :letter, :change, :drawer, :rounded, :place, :active,
	:kind, :reference, :phone, :waits, :eligible, :least, :most, :refund,
	:tip);

-- query: tender_all
-- all: name text, label text, letter text, change bool, drawer bool, rounded bool, active bool, kind text, reference i64, phone bool, waits bool, eligible text, least i64, most i64, refund bool, tip bool
SELECT name, label, letter, change, drawer, rounded, active, kind, reference,
	phone, waits, eligible, least, most, refund, tip
FROM tender ORDER BY place;

-- query: tender_change
-- in: name text, label text, letter text, active bool, reference i64, phone bool, waits bool, eligible text, least i64, most i64, refund bool, tip bool
-- changes
UPDATE tender SET label = :label, letter = :letter, active = :active,
	reference = :reference, phone = :phone, waits = :waits,
	eligible = :eligible, least = :least, most = :most, refund = :refund,
	tip = :tip
WHERE name = :name;

-- query: tender_of_terminal
-- in: terminal i64
-- one: tender text
SELECT tender FROM terminal WHERE id = :terminal;

-- query: currency_set
-- in: code text, home i64, abroad i64, active bool, at i64
-- exec
INSERT INTO currency (code, home, abroad, active, changed_at)
VALUES (:code, :home, :abroad, :active, :at)
ON CONFLICT (code) DO UPDATE SET home = excluded.home,
	abroad = excluded.abroad, active = excluded.active,
	changed_at = excluded.changed_at;

-- query: currency_all
-- all: code text, home i64, abroad i64, active bool
SELECT code, home, abroad, active FROM currency ORDER BY code;

-- query: payment_eligible
-- What the lines of these tax classes come to, of all that stand.
-- in: sale i64, classes text
-- one: some i64!, whole i64!
SELECT coalesce(sum(CASE WHEN instr(' ' || :classes || ' ',
	' ' || p.tax_class || ' ') > 0 THEN l.amount ELSE 0 END), 0) AS some,
	coalesce(sum(l.amount), 0) AS whole
FROM sale_line AS l JOIN product AS p ON p.id = l.product
WHERE l.sale = :sale AND l.state <> 'void';

-- query: payment_same_reference
-- When a reference was last used in a tender, by what was not taken back;
-- practice and what is real know nothing of each other.
-- in: tender text, reference text, training bool
-- one: at i64!
SELECT max(at) AS at FROM (
	SELECT p.at FROM payment AS p JOIN sale AS t ON t.id = p.sale
	WHERE p.tender = :tender AND p.reference = :reference
		AND t.training = :training
		AND p.reference <> '' AND p.state NOT IN ('back', 'failed')
		AND NOT EXISTS (SELECT 1 FROM payment AS c
		    WHERE c.corrects = p.id AND c.state IN ('back', 'failed'))
	UNION ALL
	SELECT s.at FROM payment_settled AS s
	JOIN payment AS p ON p.id = s.payment JOIN sale AS t ON t.id = p.sale
	WHERE p.tender = :tender AND s.reference = :reference
		AND t.training = :training
		AND s.reference <> ''
) HAVING count(*) > 0;

-- query: payment_of_customer
-- What a customer paid in a tender since a moment.
-- in: customer i64, tender text, since i64
-- all: at i64, amount i64
SELECT p.at, p.amount
FROM sale AS s JOIN payment AS p ON p.sale = s.id
WHERE s.customer = :customer AND p.tender = :tender AND p.at >= :since;

-- query: payment_phone_add
-- in: payment i64, phone text
-- exec
INSERT INTO payment_phone (payment, phone) VALUES (:payment, :phone);

-- query: payment_settle
-- in: payment i64, reference text, at i64, user i64?
-- exec
INSERT INTO payment_settled (payment, reference, at, user)
VALUES (:payment, :reference, :at, :user);
