-- What an archive holds: everything of a run of the journal's records, from
-- after one id to another.

-- query: archive_last
-- Where the last archive ended.
-- one: last i64!, until i64!
SELECT coalesce(max(last), 0) AS last, coalesce(max(until), 0) AS until
FROM archive;

-- query: archive_bounds
-- The records of a time, [since, until), and closings of that time that were
-- written later: 0 and 0 for none.
-- in: since i64, until i64
-- one: first i64!, at i64!, last i64!
SELECT coalesce(min(id), 0) AS first, coalesce(min(at), 0) AS at,
	max(coalesce(max(id), 0),
	(SELECT coalesce(max(journal), 0) FROM closing
	    WHERE at >= :since AND at < :until)) AS last
FROM journal WHERE at >= :since AND at < :until;

-- query: archive_sum
-- Turnover of the tickets among them.
-- in: after i64, last i64
-- one: tickets i64!, total i64!
SELECT count(*) AS tickets, coalesce(sum(s.turnover), 0) AS total
FROM journal AS j JOIN sale AS s ON s.id = j.sale AND s.journal = j.id
WHERE j.id > :after AND j.id <= :last AND s.training = 0;

-- query: archive_sum_vat
-- in: after i64, last i64
-- all: part i64, rate i64, gross i64!
SELECT v.part, v.rate, sum(v.gross) AS gross
FROM journal AS j JOIN sale AS s ON s.id = j.sale AND s.journal = j.id
JOIN sale_vat AS v ON v.sale = s.id
WHERE j.id > :after AND j.id <= :last AND s.training = 0
GROUP BY v.part, v.rate ORDER BY v.part, v.rate DESC;

-- query: archive_add
-- in: since i64, until i64, after i64, last i64, manifest text, journal i64
-- id
INSERT INTO archive (since, until, after, last, manifest, journal)
VALUES (:since, :until, :after, :last, :manifest, :journal);

-- query: archive_records
-- in: after i64, last i64
-- each: id i64, chain text, seq i64, at i64, payload text, hash text, detail text, signature text, key i64
SELECT id, chain, seq, at, payload, hash, detail, signature, key
FROM journal WHERE id > :after AND id <= :last ORDER BY id;

-- query: archive_tickets
-- in: after i64, last i64
-- each: series text!, number i64!, posted_at i64!, day text!, till text!, person i64!, total i64, turnover i64, rounding i64, tax_added bool, customer i64?, cancels text!, training bool, hash text, bytes i64!
SELECT s.series, s.number, s.posted_at, s.business_day AS day,
	coalesce(t.name, '') AS till, coalesce(s.user, 0) AS person, s.total,
	s.turnover, s.rounding, s.tax_added, s.customer,
	coalesce(c.series || '-' || printf('%06d', c.number), '') AS cancels,
	s.training, j.hash, length(j.payload) AS bytes
FROM journal AS j JOIN sale AS s ON s.id = j.sale AND s.journal = j.id
LEFT JOIN terminal AS t ON t.id = s.terminal
LEFT JOIN sale AS c ON c.id = s.cancels
WHERE j.id > :after AND j.id <= :last ORDER BY j.id;

-- query: archive_lines
-- in: after i64, last i64
-- each: series text!, number i64!, seq i64, code text, label text, qty i64, unit text, list_price i64, price i64, off i64, amount i64, rate i64, rate2 i64, turnover bool, state text, reason text, note text, at i64, person i64!
SELECT s.series, s.number, l.seq, l.code, l.label, l.qty, l.unit,
	l.list_price, l.price, l.off, l.amount, l.rate, l.rate2, l.turnover,
	l.state, l.reason, l.note, l.at, coalesce(l.user, 0) AS person
FROM journal AS j JOIN sale AS s ON s.id = j.sale AND s.journal = j.id
JOIN sale_line AS l ON l.sale = s.id
WHERE j.id > :after AND j.id <= :last ORDER BY j.id, l.seq;

-- query: archive_taxes
-- in: after i64, last i64
-- each: series text!, number i64!, name text, letter text, rate i64, gross i64, net i64, vat i64
SELECT s.series, s.number, v.name, v.letter, v.rate, v.gross, v.net, v.vat
FROM journal AS j JOIN sale AS s ON s.id = j.sale AND s.journal = j.id
JOIN sale_vat AS v ON v.sale = s.id
WHERE j.id > :after AND j.id <= :last ORDER BY j.id, v.part, v.rate DESC;

-- query: archive_payments
-- Of the tickets among the records; and those that came later to tickets from
-- before them.
-- in: after i64, last i64, since i64, until i64
-- each: series text!, number i64!, id i64, at i64, tender text, label text, amount i64, given i64, change i64, tip i64, state text, reference text, currency text, abroad i64, corrects i64?, person i64!
SELECT s.series, s.number, p.id, p.at, p.tender, t.label, p.amount, p.given,
	p.change, p.tip, p.state, p.reference, p.currency, p.abroad,
	p.corrects, coalesce(p.user, 0) AS person
FROM journal AS j JOIN sale AS s ON s.id = j.sale AND s.journal = j.id
JOIN payment AS p ON p.sale = s.id
JOIN tender AS t ON t.name = p.tender
WHERE j.id > :after AND j.id <= :last
UNION ALL
SELECT s.series, s.number, p.id, p.at, p.tender, t.label, p.amount, p.given,
	p.change, p.tip, p.state, p.reference, p.currency, p.abroad,
	p.corrects, coalesce(p.user, 0) AS person
FROM payment AS p JOIN sale AS s ON s.id = p.sale
JOIN tender AS t ON t.name = p.tender
WHERE s.state = 'paid' AND s.journal <= :after
	AND p.at >= :since AND p.at < :until;

-- query: archive_closings
-- in: after i64, last i64
-- each: till i64, terminal text!, level text, seq i64, period text, at i64, forced bool, tickets i64, refunds i64, total i64, absolute i64, perpetual i64, perpetual_absolute i64, hash text
SELECT c.till, coalesce(t.name, '') AS terminal, c.level, c.seq, c.period,
	c.at, c.forced, c.tickets, c.refunds, c.total, c.absolute,
	c.perpetual, c.perpetual_absolute, j.hash
FROM journal AS j JOIN closing AS c ON c.journal = j.id
LEFT JOIN terminal AS t ON t.id = c.till
WHERE j.id > :after AND j.id <= :last ORDER BY j.id;

-- query: archive_closing_taxes
-- in: after i64, last i64
-- each: till i64, level text, seq i64, period text, name text, letter text, rate i64, gross i64, net i64, vat i64
SELECT c.till, c.level, c.seq, c.period, v.name, v.letter, v.rate, v.gross,
	v.net, v.vat
FROM journal AS j JOIN closing AS c ON c.journal = j.id
JOIN closing_vat AS v ON v.closing = c.id
WHERE j.id > :after AND j.id <= :last ORDER BY j.id, v.part, v.rate DESC;

-- query: archive_people
-- Numbers stand for people everywhere else.
-- each: id i64, name text, role text
SELECT id, name, role FROM user ORDER BY id;
