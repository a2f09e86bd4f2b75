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
