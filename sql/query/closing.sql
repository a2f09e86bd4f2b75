-- Closings: sums of tickets, of days, of months.

-- query: till_day_state
-- in: till i64, day text
-- one: closing i64?
SELECT closing FROM till_day WHERE till = :till AND day = :day;

-- query: till_day_open
-- A day is sold on; where a closed one may be, it is open again.
-- in: till i64, day text
-- exec
INSERT INTO till_day (till, day) VALUES (:till, :day)
ON CONFLICT (till, day) DO UPDATE SET closing = NULL
	WHERE closing IS NOT NULL;

-- query: till_day_close
-- in: till i64, day text, closing i64
-- changes
UPDATE till_day SET closing = :closing
WHERE till = :till AND day = :day AND closing IS NULL;

-- query: till_days_due
-- Days that are over (before `today`) and not closed; till -1: of all tills.
-- Where a shift that may still sell there goes on, so does the day.
-- in: till i64, today text
-- all: till i64, day text
SELECT till, day FROM till_day AS d
WHERE closing IS NULL AND day < :today AND (:till = -1 OR till = :till)
	AND NOT EXISTS (SELECT 1 FROM shift WHERE business_day = d.day
	    AND state = 'open' AND (per = 'cashier'
	    OR coalesce(terminal, 0) = d.till))
ORDER BY day, till;

-- query: closing_shifts_open
-- in: today text
-- one: n i64!
SELECT count(*) AS n FROM shift WHERE state = 'open' AND business_day <= :today;

-- query: closing_shift_of
-- in: shift i64
-- one: till i64!, day text
SELECT coalesce(terminal, 0) AS till, business_day AS day FROM shift
WHERE id = :shift;

-- query: closing_seq
-- in: till i64, level text
-- one: seq i64!
SELECT coalesce(max(seq), 0) + 1 AS seq FROM closing
WHERE till = :till AND level = :level;

-- query: closing_perpetual
-- The two totals of a till after its last closed day.
-- in: till i64
-- one: perpetual i64, perpetual_absolute i64
SELECT perpetual, perpetual_absolute FROM closing
WHERE till = :till AND level = 'day' ORDER BY seq DESC LIMIT 1;

-- query: closing_same
-- The journal's record of the last closing of that very period, 0 for none:
-- what came later is not counted yet.
-- in: till i64, level text, period text
-- one: journal i64!
SELECT coalesce(max(journal), 0) AS journal FROM closing
WHERE till = :till AND level = :level AND period = :period;

-- query: closing_sum_day
-- Tickets of a till's day recorded after `after`.
-- in: till i64, day text, after i64
-- one: tickets i64!, refunds i64!, total i64!, absolute i64!
SELECT count(*) AS tickets, coalesce(sum(turnover < 0), 0) AS refunds,
	coalesce(sum(turnover), 0) AS total,
	coalesce(sum(abs(turnover)), 0) AS absolute
FROM (SELECT (SELECT coalesce(sum(vat + CASE part WHEN 1 THEN net ELSE 0 END),
	    0) FROM sale_vat WHERE sale = s.id) AS turnover
	FROM sale AS s
	WHERE s.business_day = :day AND coalesce(s.terminal, 0) = :till
	    AND s.state = 'paid' AND s.training = 0 AND s.journal > :after);

-- query: closing_vat_day
-- in: till i64, day text, after i64
-- all: part i64, rate i64, name text, letter text, gross i64!, net i64!, vat i64!
SELECT v.part, v.rate, v.name, v.letter, sum(v.gross) AS gross,
	sum(v.net) AS net, sum(v.vat) AS vat
FROM sale AS s JOIN sale_vat AS v ON v.sale = s.id
WHERE s.business_day = :day AND coalesce(s.terminal, 0) = :till
	AND s.state = 'paid' AND s.training = 0 AND s.journal > :after
GROUP BY v.part, v.rate ORDER BY v.part, v.rate DESC;

-- query: closing_sum_shift
-- `day` is the shift's: an index has it.
-- in: shift i64, day text
-- one: tickets i64!, refunds i64!, total i64!, absolute i64!
SELECT count(*) AS tickets, coalesce(sum(turnover < 0), 0) AS refunds,
	coalesce(sum(turnover), 0) AS total,
	coalesce(sum(abs(turnover)), 0) AS absolute
FROM (SELECT (SELECT coalesce(sum(vat + CASE part WHEN 1 THEN net ELSE 0 END),
	    0) FROM sale_vat WHERE sale = s.id) AS turnover
	FROM sale AS s
	WHERE s.business_day = :day AND s.shift = :shift
	    AND s.state = 'paid' AND s.training = 0);

-- query: closing_vat_shift
-- in: shift i64, day text
-- all: part i64, rate i64, name text, letter text, gross i64!, net i64!, vat i64!
SELECT v.part, v.rate, v.name, v.letter, sum(v.gross) AS gross,
	sum(v.net) AS net, sum(v.vat) AS vat
FROM sale AS s JOIN sale_vat AS v ON v.sale = s.id
WHERE s.business_day = :day AND s.shift = :shift
	AND s.state = 'paid' AND s.training = 0
GROUP BY v.part, v.rate ORDER BY v.part, v.rate DESC;

-- query: closing_sum_closings
-- A month adds its days, a year its months: those from first to last that
-- were closed after the record `after`.
-- in: till i64, level text, first text, last text, after i64
-- one: tickets i64!, refunds i64!, total i64!, absolute i64!
SELECT coalesce(sum(tickets), 0) AS tickets, coalesce(sum(refunds), 0)
	AS refunds, coalesce(sum(total), 0) AS total,
	coalesce(sum(absolute), 0) AS absolute
FROM closing WHERE till = :till AND level = :level
	AND period BETWEEN :first AND :last AND journal > :after;

-- query: closing_vat_closings
-- in: till i64, level text, first text, last text, after i64
-- all: part i64, rate i64, name text, letter text, gross i64!, net i64!, vat i64!
SELECT v.part, v.rate, v.name, v.letter, sum(v.gross) AS gross,
	sum(v.net) AS net, sum(v.vat) AS vat
FROM closing AS c JOIN closing_vat AS v ON v.closing = c.id
WHERE c.till = :till AND c.level = :level
	AND c.period BETWEEN :first AND :last AND c.journal > :after
GROUP BY v.part, v.rate ORDER BY v.part, v.rate DESC;

-- query: closing_days_open
-- Days of a till that no closing has counted yet.
-- in: till i64
-- all: day text
SELECT day FROM till_day WHERE closing IS NULL AND till = :till ORDER BY day;

-- query: closing_last
-- The journal's record of a till's last closing of that level, 0 for none.
-- in: till i64, level text
-- one: journal i64!
SELECT coalesce(max(journal), 0) AS journal FROM (SELECT journal FROM closing
	WHERE till = :till AND level = :level ORDER BY seq DESC LIMIT 1);

-- query: closing_uncounted
-- Closings of the level below that this level has not counted yet.
-- in: till i64, below text, before text, after i64
-- all: period text
SELECT DISTINCT period FROM closing
WHERE till = :till AND level = :below AND period < :before
	AND journal > :after
ORDER BY period;

-- query: closing_tills
-- Tills that ever closed something or have a day.
-- all: till i64
SELECT DISTINCT till FROM till_day ORDER BY till;

-- query: closing_add
-- in: till i64, level text, seq i64, period text, shift i64?, at i64, forced bool, tickets i64, refunds i64, total i64, absolute i64, perpetual i64, perpetual_absolute i64, audit i64, audit_hash text, journal i64
-- id
INSERT INTO closing (till, level, seq, period, shift, at, forced, tickets,
	refunds, total, absolute, perpetual, perpetual_absolute, audit,
	audit_hash, journal)
VALUES (:till, :level, :seq, :period, :shift, :at, :forced, :tickets,
	:refunds, :total, :absolute, :perpetual, :perpetual_absolute, :audit,
	:audit_hash, :journal);

-- query: closing_vat_add
-- in: closing i64, part i64, rate i64, name text, letter text, gross i64, net i64, vat i64
-- exec
INSERT INTO closing_vat (closing, part, rate, name, letter, gross, net, vat)
VALUES (:closing, :part, :rate, :name, :letter, :gross, :net, :vat);

-- query: closing_get
-- in: id i64
-- one: till i64, level text, seq i64, period text, shift i64?, at i64, forced bool, tickets i64, refunds i64, total i64, absolute i64, perpetual i64, perpetual_absolute i64, audit i64, audit_hash text, journal i64, hash text
SELECT c.till, c.level, c.seq, c.period, c.shift, c.at, c.forced, c.tickets,
	c.refunds, c.total, c.absolute, c.perpetual, c.perpetual_absolute,
	c.audit, c.audit_hash, c.journal, j.hash
FROM closing AS c JOIN journal AS j ON j.id = c.journal WHERE c.id = :id;

-- query: closing_of_shift
-- in: shift i64
-- one: id i64
SELECT id FROM closing WHERE shift = :shift;

-- query: closing_by_seq
-- in: till i64, level text, seq i64
-- one: id i64
SELECT id FROM closing WHERE till = :till AND level = :level AND seq = :seq;

-- query: closing_rates
-- in: closing i64
-- all: part i64, rate i64, name text, letter text, gross i64, net i64, vat i64
SELECT part, rate, name, letter, gross, net, vat FROM closing_vat
WHERE closing = :closing ORDER BY part, rate DESC;

-- query: closing_list
-- Newest first; till -1 and level '' for all.
-- in: till i64, level text, limit i64
-- all: id i64, till i64, terminal text?, level text, seq i64, period text, at i64, forced bool, tickets i64, total i64, perpetual i64, perpetual_absolute i64, hash text
SELECT c.id, c.till, t.name AS terminal, c.level, c.seq, c.period, c.at,
	c.forced, c.tickets, c.total, c.perpetual, c.perpetual_absolute, j.hash
FROM closing AS c JOIN journal AS j ON j.id = c.journal
LEFT JOIN terminal AS t ON t.id = c.till
WHERE (:till = -1 OR c.till = :till) AND (:level = '' OR c.level = :level)
ORDER BY c.id DESC LIMIT :limit;

-- query: closing_audit
-- How far the closings by now cover the audit.
-- one: upto i64!, last i64!
SELECT coalesce((SELECT audit FROM closing ORDER BY id DESC LIMIT 1), 0)
	AS upto, coalesce((SELECT max(id) FROM audit), 0) AS last;

-- query: closing_audit_rows
-- in: after i64, last i64
-- each: line text!
SELECT json_array(id, at, user, terminal, session, door, unix_user, action,
	object, object_id, detail, approver) AS line
FROM audit WHERE id > :after AND id <= :last ORDER BY id;

-- query: closing_of_record
-- in: journal i64
-- one: id i64
SELECT id FROM closing WHERE journal = :journal;

-- query: closing_audit_before
-- How far the closing before this one covers the audit.
-- in: id i64
-- one: audit i64
SELECT audit FROM closing WHERE id < :id ORDER BY id DESC LIMIT 1;
