-- Sales, from the first line to the ticket.

-- query: sale_open
-- in: uid blob, session i64?, user i64?, terminal i64?, tax_added bool, at i64, lines i64, training bool, mode text
-- id
INSERT INTO sale (uid, owner_session, user, terminal, tax_added, opened_at,
	act, act_at, act_session, act_value, training,
	mode)
VALUES (:uid, :session, :user, :terminal, :tax_added, :at, 'add', :at,
	:session, :lines, :training, :mode);

-- query: sale_touch
-- The fence: nothing changes unless this session owns the version it saw.
-- in: id i64, version i64, session i64?, act text, at i64, act_line i64?, act_value i64?, act_text text
-- changes
UPDATE sale SET version = version + 1, act = :act, act_at = :at,
	act_session = :session, act_line = :act_line, act_value = :act_value,
	act_text = :act_text, act_past = CASE WHEN :act = '' THEN ''
	WHEN act = '' THEN act_past ELSE
	substr(act || char(31) || coalesce(act_at, '') || char(31) ||
	coalesce(act_session, '') || char(31) || coalesce(act_line, '') ||
	char(31) || coalesce(act_value, '') || char(31) || act_text ||
	char(30) || act_past, 1, 1200) END
WHERE id = :id AND version = :version AND owner_session IS :session
	AND state IN ('draft', 'paying');

-- query: sale_line_add
-- in: sale i64, product i64, code text, label text, unit text, qty i64, price i64, amount i64, rate i64, rate2 i64, overridden bool, at i64, user i64?, kind text, serial text, lot text, expiry text, note text, list_price i64, price_list i64?
-- id
INSERT INTO sale_line (sale, seq, product, code, label, unit, qty, price,
	amount, rate, rate2, overridden, at, user, kind, serial, lot, expiry,
	note, list_price, price_list)
VALUES (:sale,
	(SELECT coalesce(max(seq), 0) + 1 FROM sale_line WHERE sale = :sale),
	:product, :code, :label, :unit, :qty, :price, :amount, :rate, :rate2,
	:overridden, :at, :user, :kind, :serial, :lot, :expiry, :note,
	:list_price, :price_list);

-- query: sale_discounted
-- Has it discounts, or options, to be worked out again?  Is somebody served?
-- in: id i64
-- one: discounted bool, seated bool!
SELECT discounted, EXISTS (SELECT 1 FROM serving WHERE sale = s.id) AS seated
FROM sale AS s WHERE id = :id;

-- query: sale_get
-- in: id i64
-- one: customer i64?, customer_code text!, customer_name text!, id i64, version i64, state text, name text, owner_session i64?, recalled bool, tax_added bool, opened_at i64, posted_at i64?, business_day text?, series text?, number i64?, total i64, rounding i64, submitted_at i64?, kind text, paper text, due_day text!, refers i64?, user text!, terminal text!, seller i64?, seller_name text!, owner_user text!, owner_terminal text!, boot text?, pid i64?, pid_start i64?, ended_at i64?, hash text?, discounted bool, training bool, mode text, act text, seated bool!
SELECT s.customer, coalesce(c.code, '') AS customer_code,
	coalesce(c.name, '') AS customer_name,
	s.id, s.version, s.state, s.name, s.owner_session, s.recalled,
	s.tax_added, s.opened_at, s.posted_at, s.business_day, s.series,
	s.number, s.total, s.rounding, s.submitted_at, s.kind, s.paper,
	coalesce(s.due_day, '') AS due_day, s.refers,
	coalesce(u.name, '') AS user, coalesce(t.name, '') AS terminal,
	s.seller, coalesce(sv.name, '') AS seller_name,
	coalesce(ou.name, '') AS owner_user,
	coalesce(ot.name, '') AS owner_terminal,
	o.boot, o.pid, o.pid_start, o.ended_at, j.hash, s.discounted,
	s.training, s.mode, s.act,
	EXISTS (SELECT 1 FROM serving WHERE sale = s.id) AS seated
FROM sale AS s
LEFT JOIN user AS u ON u.id = s.user
LEFT JOIN terminal AS t ON t.id = s.terminal
LEFT JOIN user AS sv ON sv.id = s.seller
LEFT JOIN session AS o ON o.id = s.owner_session
LEFT JOIN user AS ou ON ou.id = o.user
LEFT JOIN terminal AS ot ON ot.id = o.terminal
LEFT JOIN journal AS j ON j.id = s.journal
LEFT JOIN customer AS c ON c.id = s.customer
WHERE s.id = :id;

-- query: sale_lines
-- Those after the line numbered `after`; 0 for all.
-- in: sale i64, after i64
-- all: id i64, seq i64, product i64, code text, label text, unit text, qty i64, price i64, amount i64, rate i64, rate2 i64, overridden bool, note text, state text, at i64, kind text, serial text, lot text, expiry text, returns i64?, turnover bool, scrap bool, voucher i64?, list_price i64, price_label text?, off i64, parent i64?, moved i64, words text, why text!, reverses i64?
SELECT id, seq, product, code, label, unit, qty, price, amount, rate, rate2,
	overridden, note, state, at, kind, serial, lot, expiry,
	returns, turnover, scrap, voucher,
	list_price, (SELECT p.label FROM price_list AS p
	    WHERE p.id = l.price_list) AS price_label, off, parent, moved,
	words, CASE WHEN qty < 0 AND returns IS NULL AND state = 'live'
	    THEN reason ELSE '' END AS why, reverses
FROM sale_line AS l WHERE sale = :sale AND seq > :after ORDER BY seq;

-- query: sale_line_get
-- `amount` as if nothing of it had been moved to its options.
-- in: id i64, sale i64
-- one: seq i64, product i64, code text, label text, unit text, qty i64, price i64, amount i64, rate i64, rate2 i64, overridden bool, note text, state text, at i64, kind text, serial text, lot text, expiry text, returns i64?, voucher i64?, off i64, discounted bool!, parent i64?, sent bool!
SELECT seq, product, code, label, unit, qty, price, amount - moved AS amount,
	rate, rate2, overridden, note, state, at, kind, serial, lot, expiry,
	returns, voucher,
	off, (SELECT discounted FROM sale WHERE id = l.sale) AS discounted,
	parent, EXISTS (SELECT 1 FROM serving_line AS x
	    WHERE x.line = coalesce((SELECT part_of FROM serving_line
	    WHERE line = l.id), l.id) AND x.sent_at IS NOT NULL) AS sent
FROM sale_line AS l WHERE id = :id AND sale = :sale;

-- query: sale_payments
-- Counter-entries and what they correct are shown as one: not at all.
-- in: sale i64
-- all: id i64, tender text, label text, letter text, amount i64, given i64, change i64, state text!, tip i64, reference text, currency text, abroad i64, home i64, per i64, customer i64?, voucher i64?
SELECT p.id, p.tender, t.label, t.letter, p.amount, p.given, p.change,
	CASE WHEN p.state = 'pending' AND EXISTS (SELECT 1
	    FROM payment_settled WHERE payment = p.id) THEN 'ok'
	    ELSE p.state END AS state,
	p.tip, p.reference, p.currency, p.abroad, p.home, p.per, p.customer,
	p.voucher
FROM payment AS p
JOIN tender AS t ON t.name = p.tender
WHERE p.sale = :sale AND p.state NOT IN ('back', 'failed')
	AND NOT EXISTS (SELECT 1 FROM payment AS c
	    WHERE c.corrects = p.id AND c.state IN ('back', 'failed'))
ORDER BY p.id;

-- query: sale_vats
-- in: sale i64
-- all: part i64, rate i64, name text, letter text, gross i64, net i64, vat i64
SELECT part, rate, name, letter, gross, net, vat
FROM sale_vat WHERE sale = :sale ORDER BY part, rate DESC;

-- query: sale_line_qty
-- `amount` is what it comes to before discounts, which are worked out again.
-- in: id i64, qty i64, amount i64
-- exec
UPDATE sale_line SET qty = :qty, amount = :amount, off = 0, moved = 0
WHERE id = :id;

-- query: sale_line_price
-- As above.
-- in: id i64, price i64, amount i64, overridden bool
-- exec
UPDATE sale_line SET price = :price, amount = :amount, off = 0, moved = 0,
	overridden = :overridden
WHERE id = :id;

-- query: sale_line_note
-- in: id i64, note text
-- exec
UPDATE sale_line SET note = :note WHERE id = :id;

-- query: sale_line_state
-- in: id i64, state text, reason text, approver i64?
-- exec
UPDATE sale_line SET state = :state, reason = :reason, approver = :approver
WHERE id = :id;

-- query: sale_line_reverse
-- The mirror of a line, at the end.
-- in: line i64, reason text, approver i64?, at i64, user i64?
-- id
INSERT INTO sale_line (sale, seq, product, code, label, unit, qty, price,
	amount, rate, rate2, overridden, state, reverses, reason, approver, at,
	user, kind, serial, lot, expiry,
	returns, turnover, scrap, voucher,
	list_price, price_list, off)
SELECT sale,
	(SELECT max(seq) + 1 FROM sale_line WHERE sale = l.sale),
	product, code, label, unit, -qty, price, -amount, rate, rate2,
	overridden, 'reversal', id, :reason, :approver, :at, :user, kind,
	serial, lot, expiry,
	returns, turnover, scrap, voucher,
	list_price, price_list, -off
FROM sale_line AS l WHERE id = :line;

-- query: sale_last_line
-- The newest line that still counts and is no reversal.
-- in: sale i64
-- one: id i64
SELECT id FROM sale_line WHERE sale = :sale AND state = 'live'
ORDER BY seq DESC LIMIT 1;

-- query: sale_release
-- Held: nobody owns it; who let it go may take it back by undo.
-- in: id i64, version i64, session i64?, name text
-- changes
UPDATE sale SET version = version + 1, owner_session = NULL, name = :name,
	recalled = 1, act = 'hold', act_session = :session,
	act_line = NULL, act_value = recalled, act_text = name,
	act_past = CASE act WHEN '' THEN act_past ELSE
	substr(act || char(31) || coalesce(act_at, '') || char(31) ||
	coalesce(act_session, '') || char(31) || coalesce(act_line, '') ||
	char(31) || coalesce(act_value, '') || char(31) || act_text ||
	char(30) || act_past, 1, 1200) END
WHERE id = :id AND version = :version AND owner_session IS :session
	AND state IN ('draft', 'pending', 'paying');

-- query: sale_park
-- The owner went away; nothing else changes.
-- in: id i64, session i64?
-- changes
UPDATE sale SET version = version + 1, owner_session = NULL, recalled = 1
WHERE id = :id AND owner_session IS :session
	AND state IN ('draft', 'pending', 'paying');

-- query: sale_owned
-- Open sales of a session, and how many lines of each still count; somebody
-- who was only seated counts, too.
-- in: session i64
-- all: id i64, lines i64!
SELECT s.id, (SELECT count(*) FROM sale_line
	WHERE sale = s.id AND state <> 'void') + (SELECT count(*)
	FROM serving WHERE sale = s.id) AS lines
FROM sale AS s
WHERE s.owner_session = :session AND s.state IN ('draft', 'pending', 'paying')
ORDER BY s.id;

-- query: sale_sums
-- What it comes to before added taxes, and what was paid of it.
-- in: id i64
-- one: state text, lines i64!, amount i64!, paid i64!
SELECT state,
	(SELECT count(*) FROM sale_line
	    WHERE sale = s.id AND state <> 'void') AS lines,
	coalesce((SELECT sum(amount) FROM sale_line
	    WHERE sale = s.id AND state <> 'void'), 0) AS amount,
	coalesce((SELECT sum(amount) FROM payment WHERE sale = s.id), 0)
	    AS paid
FROM sale AS s WHERE id = :id;

-- query: sale_take
-- in: id i64, version i64, session i64?, user i64?, terminal i64?, recalled bool
-- changes
UPDATE sale SET version = version + 1, owner_session = :session,
	user = :user, terminal = :terminal, recalled = :recalled,
	act = '', act_session = NULL, act_line = NULL, act_value = NULL,
	act_text = '', act_past = ''
WHERE id = :id AND version = :version
	AND state IN ('draft', 'pending', 'paying');

-- query: sale_own_again
-- Undo of a hold by the session that did it.
-- in: id i64, version i64, session i64?
-- changes
UPDATE sale SET version = version + 1, owner_session = :session,
	name = act_text, recalled = act_value, act = '', act_text = ''
WHERE id = :id AND version = :version AND act = 'hold'
	AND act_session IS :session AND owner_session IS NULL
	AND state IN ('draft', 'pending', 'paying');

-- query: sale_submit
-- Handed to the till: nobody owns it, its lines are locked.
-- in: id i64, version i64, session i64?, user i64?, at i64
-- changes
UPDATE sale SET version = version + 1, state = 'pending', seller = :user,
	submitted_at = :at, owner_session = NULL, recalled = 1,
	act = 'submit', act_at = :at, act_session = :session, act_line = NULL,
	act_value = NULL, act_text = '',
	act_past = CASE act WHEN '' THEN act_past ELSE
	substr(act || char(31) || coalesce(act_at, '') || char(31) ||
	coalesce(act_session, '') || char(31) || coalesce(act_line, '') ||
	char(31) || coalesce(act_value, '') || char(31) || act_text ||
	char(30) || act_past, 1, 1200) END
WHERE id = :id AND version = :version AND owner_session IS :session
	AND state = 'draft';

-- query: sale_reopen
-- Its lines may change again; whoever does it owns it.
-- in: id i64, version i64, session i64?
-- changes
UPDATE sale SET version = version + 1, state = 'draft', submitted_at = NULL,
	owner_session = :session, recalled = 1, act = '', act_text = '',
	act_session = NULL
WHERE id = :id AND version = :version AND state = 'pending';

-- query: sale_waiting
-- Sales that wait for the till, and since when the oldest does.
-- one: n i64!, since i64!
SELECT count(*) AS n, coalesce(min(submitted_at), 0) AS since
FROM sale WHERE state IN ('draft', 'pending', 'paying')
	AND state = 'pending' AND owner_session IS NULL;

-- query: sale_cancel
-- in: id i64, version i64, session i64?, at i64, reason text, shift i64?
-- changes
UPDATE sale SET version = version + 1, state = 'cancelled', posted_at = :at,
	owner_session = NULL, act = 'cancel', act_text = :reason,
	act_past = '', shift = :shift
WHERE id = :id AND version = :version AND owner_session IS :session
	AND state IN ('draft', 'pending');

-- query: sale_act
-- The last act, for undo.
-- in: id i64
-- one: version i64, state text, owner_session i64?, act text, act_at i64?, act_session i64?, act_line i64?, act_value i64?, act_text text, act_past text
SELECT version, state, owner_session, act, act_at, act_session, act_line,
	act_value, act_text, act_past
FROM sale WHERE id = :id;

-- query: sale_past
-- The last act was taken back; these were before it.
-- in: id i64, act_past text
-- exec
UPDATE sale SET act_past = :act_past WHERE id = :id;

-- query: sale_fence
-- Part of the money: the fence alone.
-- in: id i64, version i64, session i64?, state text
-- changes
UPDATE sale SET version = version + 1, state = :state, act = 'pay',
	act_session = :session, act_line = NULL, act_value = NULL,
	act_past = CASE act WHEN '' THEN act_past ELSE
	substr(act || char(31) || coalesce(act_at, '') || char(31) ||
	coalesce(act_session, '') || char(31) || coalesce(act_line, '') ||
	char(31) || coalesce(act_value, '') || char(31) || act_text ||
	char(30) || act_past, 1, 1200) END
WHERE id = :id AND version = :version AND owner_session IS :session
	AND state IN ('draft', 'pending', 'paying');

-- query: sale_last_payment
-- The newest one that was not taken back.
-- in: sale i64
-- one: id i64, tender text, amount i64, voucher i64?
SELECT id, tender, amount, voucher FROM payment AS p
WHERE sale = :sale AND state NOT IN ('back', 'failed') AND NOT EXISTS
	(SELECT 1 FROM payment WHERE corrects = p.id
	AND state IN ('back', 'failed'))
ORDER BY id DESC LIMIT 1;

-- query: sale_unpay
-- Nothing is paid any more: what it was before.
-- in: id i64
-- exec
UPDATE sale SET state =
	CASE WHEN submitted_at IS NULL THEN 'draft' ELSE 'pending' END
WHERE id = :id AND state = 'paying';

-- query: sale_post
-- Last statement of a posting, and its fence: from here on it is frozen.
-- in: id i64, version i64, session i64?, user i64?, terminal i64?, at i64, business_day text, series text, number i64, total i64, turnover i64, rounding i64, journal i64, shift i64?
-- changes
UPDATE sale SET state = 'paid', version = version + 1, owner_session = NULL,
	act = 'pay', act_line = NULL, act_value = NULL, act_past = '',
	user = :user,
	terminal = :terminal, posted_at = :at, business_day = :business_day,
	series = :series, number = :number, total = :total,
	turnover = :turnover, rounding = :rounding, journal = :journal,
	shift = :shift
WHERE id = :id AND version = :version AND owner_session IS :session
	AND state IN ('draft', 'pending', 'paying');

-- query: sale_vat_add
-- in: sale i64, part i64, rate i64, name text, letter text, gross i64, net i64, vat i64
-- exec
INSERT INTO sale_vat (sale, part, rate, name, letter, gross, net, vat)
VALUES (:sale, :part, :rate, :name, :letter, :gross, :net, :vat);

-- query: payment_add
-- in: sale i64, tender text, amount i64, given i64, change i64, state text, tip i64, reference text, currency text, abroad i64, home i64, per i64, customer i64?, voucher i64?, corrects i64?, at i64, user i64?, terminal i64?, shift i64?
-- id
INSERT INTO payment (sale, tender, amount, given, change, state, tip,
	reference, currency, abroad, home, per, customer, voucher, corrects,
	at, user, terminal, shift)
VALUES (:sale, :tender, :amount, :given, :change, :state, :tip, :reference,
	:currency, :abroad, :home, :per, :customer, :voucher, :corrects, :at,
	:user, :terminal, :shift);

-- query: payment_back
-- The mirror of a payment: what it did is undone, in every column that counts.
-- in: id i64, state text, at i64, user i64?, terminal i64?, shift i64?
-- id
INSERT INTO payment (sale, tender, amount, given, change, state, tip,
	reference, currency, abroad, home, per, customer, voucher, corrects,
	at, user, terminal, shift)
SELECT sale, tender, -amount, -given, -change, :state, -tip, reference,
	currency, -abroad, home, per, customer, voucher, id, :at, :user,
	:terminal, :shift
FROM payment WHERE id = :id;

-- query: sale_open_all
-- Open sales, oldest first.  Every session that shows them asks at every
-- change of one: each line is read once, and nothing is sorted.
-- in: training bool
-- all: id i64, version i64, state text, name text, opened_at i64, submitted_at i64?, owner_session i64?, user text!, terminal text!, boot text?, pid i64?, pid_start i64?, ended_at i64?, kind text, paper text, customer text!, total i64!, lines i64!
SELECT s.id, s.version, s.state, s.name, s.opened_at, s.submitted_at,
	s.owner_session, coalesce(u.name, '') AS user,
	coalesce(t.name, '') AS terminal,
	o.boot, o.pid, o.pid_start, o.ended_at, s.kind, s.paper,
	coalesce(c.name, '') AS customer,
	coalesce(sum(l.amount) FILTER (WHERE l.state <> 'void'), 0) AS total,
	count(*) FILTER (WHERE l.state = 'live') AS lines
FROM sale AS s
LEFT JOIN user AS u ON u.id = s.user
LEFT JOIN terminal AS t ON t.id = s.terminal
LEFT JOIN customer AS c ON c.id = s.customer
LEFT JOIN session AS o ON o.id = s.owner_session
LEFT JOIN sale_line AS l ON l.sale = s.id
WHERE s.state IN ('draft', 'pending', 'paying') AND s.training = :training
GROUP BY s.id;

-- query: sale_of_user
-- The newest open sale of a user that was not put aside under a name.
-- in: user i64, training bool
-- one: id i64
SELECT id FROM sale
WHERE state IN ('draft', 'pending', 'paying') AND state <> 'pending'
	AND user = :user AND name = ''
	AND training = :training
ORDER BY id DESC LIMIT 1;

-- query: sale_posted_all
-- The last ones, as they were recorded.
-- in: training bool, limit i64
-- all: id i64, state text, name text, opened_at i64, posted_at i64!, series text!, number i64!, user text!, terminal text!, total i64, lines i64!, sold i64!, back i64!
SELECT s.id, s.state, s.name, s.opened_at, s.posted_at, s.series, s.number,
	s.user, s.terminal, s.total, s.lines, s.sold, s.back
FROM journal AS j JOIN sale_listed AS s ON s.id = j.sale
WHERE j.chain GLOB CASE :training WHEN 0 THEN 'ticket/*' ELSE 'training/*' END
ORDER BY j.id DESC
LIMIT :limit;

-- query: sale_posted_day
-- in: day text, training bool, limit i64
-- all: id i64, state text, name text, opened_at i64, posted_at i64!, series text!, number i64!, user text!, terminal text!, total i64, lines i64!, sold i64!, back i64!
SELECT s.id, s.state, s.name, s.opened_at, s.posted_at, s.series, s.number,
	s.user, s.terminal, s.total, s.lines, s.sold, s.back
FROM sale_listed AS s
WHERE s.business_day = :day AND s.training = :training
ORDER BY s.journal DESC
LIMIT :limit;

-- query: sale_by_ticket
-- in: chain text, number i64
-- one: id i64!
SELECT sale AS id FROM journal WHERE chain = :chain AND seq = :number;

-- query: sale_last
-- in: chain text
-- one: id i64!
SELECT sale AS id FROM journal WHERE chain = :chain
ORDER BY seq DESC LIMIT 1;

-- query: duplicate_last
-- in: sale i64, document text
-- one: n i64!
SELECT coalesce(max(n), 0) AS n FROM duplicate
WHERE sale = :sale AND document = :document;

-- query: duplicate_add
-- in: sale i64, document text, n i64, at i64, user i64?, journal i64, shift i64?
-- exec
INSERT INTO duplicate (sale, document, n, at, user, journal, shift)
VALUES (:sale, :document, :n, :at, :user, :journal, :shift);
