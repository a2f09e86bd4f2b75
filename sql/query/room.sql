-- Rooms, tables, and who is served at them.

-- query: room_all
-- all: id i64, place i64, name text, mode text, tables i64!
SELECT id, place, name, mode, (SELECT count(*) FROM room_table
	WHERE room = r.id AND active = 1) AS tables
FROM room AS r WHERE active = 1 ORDER BY place;

-- query: room_any
-- Does the shop have tables at all?
-- one: any bool!
SELECT EXISTS (SELECT 1 FROM room_table WHERE active = 1) AS any;

-- query: room_add
-- in: place i64, name text, mode text
-- id
INSERT INTO room (place, name, mode) VALUES (:place, :name, :mode);

-- query: room_change
-- in: id i64, place i64, name text, mode text
-- changes
UPDATE room SET place = :place, name = :name, mode = :mode
WHERE id = :id AND active = 1;

-- query: room_end
-- in: id i64
-- changes
UPDATE room SET active = 0 WHERE id = :id AND active = 1
	AND NOT EXISTS (SELECT 1 FROM room_table
	    WHERE room = room.id AND active = 1);

-- query: table_all
-- Of a room, or of all (0), as they stand.
-- in: room i64
-- all: id i64, room i64, number i64, seats i64, shape text, line i64, cell i64, joined i64?, state text, since i64, note text
SELECT t.id, t.room, t.number, t.seats, t.shape, t.line, t.cell, t.joined,
	t.state, t.since, t.note
FROM room_table AS t JOIN room AS r ON r.id = t.room
WHERE t.active = 1 AND (:room = 0 OR t.room = :room)
ORDER BY r.place, t.number;

-- query: table_get
-- `open`: who sits there, for somebody who practises or does not.
-- in: id i64, training bool
-- one: id i64, room i64, number i64, seats i64, shape text, line i64, cell i64, joined i64?, state text, since i64, note text, mode text!, open i64!
SELECT id, room, number, seats, shape, line, cell, joined, state, since, note,
	(SELECT mode FROM room WHERE id = t.room) AS mode,
	coalesce((SELECT min(v.sale) FROM serving AS v
	    JOIN sale AS s ON s.id = v.sale WHERE v.tbl = t.id
	    AND v.ended_at IS NULL AND s.training = :training), 0) AS open
FROM room_table AS t WHERE id = :id AND active = 1;

-- query: table_numbered
-- in: number i64
-- one: id i64!
SELECT id FROM room_table WHERE number = :number AND active = 1;

-- query: table_add
-- in: room i64, number i64, seats i64, shape text, line i64, cell i64
-- id
INSERT INTO room_table (room, number, seats, shape, line, cell)
VALUES (:room, :number, :seats, :shape, :line, :cell);

-- query: table_change
-- in: id i64, room i64, number i64, seats i64, shape text, line i64, cell i64
-- changes
UPDATE room_table SET room = :room, number = :number, seats = :seats,
	shape = :shape, line = :line, cell = :cell
WHERE id = :id AND active = 1;

-- query: table_end
-- in: id i64
-- changes
UPDATE room_table SET active = 0, joined = NULL
WHERE id = :id AND active = 1 AND NOT EXISTS (SELECT 1 FROM serving
	WHERE tbl = room_table.id AND ended_at IS NULL);

-- query: table_apart
-- Nothing stands at this one any more.
-- in: id i64
-- changes
UPDATE room_table SET joined = NULL WHERE joined = :id;

-- query: table_parted
-- The same, and each is to be left as that one is.
-- in: id i64, state text, at i64
-- changes
UPDATE room_table SET joined = NULL, state = :state, since = :at, note = ''
WHERE joined = :id;

-- query: table_join
-- in: id i64, joined i64?
-- exec
UPDATE room_table SET joined = :joined WHERE id = :id;

-- query: table_state
-- in: id i64, state text, at i64, note text
-- exec
UPDATE room_table SET state = :state, since = :at, note = :note
WHERE id = :id;

-- query: table_plan
-- Every table with whoever sits at it.
-- in: training bool, from i64, until i64
-- all: id i64, room i64, number i64, seats i64, shape text, line i64, cell i64, joined i64?, state text, since i64, note text, sale i64?, version i64!, covers i64!, course i64!, seated_at i64!, ordered_at i64!, fired_at i64!, bill_at i64!, rush bool!, server text!, owner i64!, total i64!, parts i64!, lines i64!, unsent i64!, waits i64!, booked_at i64!, booked i64!, booked_name text!
SELECT t.id, t.room, t.number, t.seats, t.shape, t.line, t.cell, t.joined,
	t.state, t.since, t.note,
	v.sale, coalesce(s.version, 0) AS version,
	-- whose first bill is paid already has them there
	coalesce(max(v.covers, coalesce((SELECT covers FROM serving
	    WHERE sale = v.whole), 0)), 0) AS covers,
	coalesce(v.course, 0) AS course,
	coalesce(v.seated_at, 0) AS seated_at,
	coalesce(v.ordered_at, 0) AS ordered_at,
	coalesce(v.fired_at, 0) AS fired_at,
	-- of whichever of their bills it was asked for first
	coalesce((SELECT min(p.bill_at) FROM serving AS p
	    JOIN sale AS ps ON ps.id = p.sale
	    WHERE p.tbl = t.id AND p.ended_at IS NULL
	    AND ps.training = :training), 0) AS bill_at,
	coalesce(v.rush, 0) AS rush,
	coalesce((SELECT name FROM user WHERE id = v.server), '') AS server,
	coalesce(s.owner_session, 0) AS owner,
	coalesce((SELECT sum(l.amount) FROM serving AS p
	    JOIN sale AS ps ON ps.id = p.sale
	    JOIN sale_line AS l ON l.sale = p.sale
	    WHERE p.tbl = t.id AND p.ended_at IS NULL
	    AND ps.training = :training AND l.state <> 'void'), 0) AS total,
	(SELECT count(*) FROM serving AS p JOIN sale AS ps ON ps.id = p.sale
	    WHERE p.tbl = t.id AND p.ended_at IS NULL
	    AND ps.training = :training) AS parts,
	(SELECT count(*) FROM sale_line WHERE sale = v.sale
	    AND state = 'live') AS lines,
	(SELECT count(*) FROM sale_line AS l JOIN serving_line AS x
	    ON x.line = l.id WHERE l.sale = v.sale AND l.state = 'live'
	    AND x.sent_at IS NULL AND (x.part_of IS NULL
	    OR x.shares = 1) AND x.held = 0) AS unsent,
	coalesce((SELECT min(x.course) FROM serving AS p
	    JOIN sale AS ps ON ps.id = p.sale
	    JOIN sale_line AS l ON l.sale = p.sale
	    JOIN serving_line AS x ON x.line = l.id
	    WHERE p.tbl = t.id AND p.ended_at IS NULL
	    AND ps.training = :training AND l.state = 'live'
	    AND x.sent_at IS NOT NULL AND x.fired_at IS NULL
	    AND x.course > 0), 0) AS waits,
	coalesce((SELECT min(at) FROM booking WHERE tbl = t.id
	    AND state = 'booked' AND at BETWEEN :from AND :until), 0)
	    AS booked_at,
	coalesce((SELECT id FROM booking WHERE tbl = t.id
	    AND state = 'booked' AND at BETWEEN :from AND :until
	    ORDER BY at LIMIT 1), 0) AS booked,
	coalesce((SELECT name FROM booking WHERE tbl = t.id
	    AND state = 'booked' AND at BETWEEN :from AND :until
	    ORDER BY at LIMIT 1), '') AS booked_name
FROM room_table AS t
JOIN room AS r ON r.id = t.room
LEFT JOIN serving AS v ON v.sale = (SELECT min(o.sale) FROM serving AS o
	JOIN sale AS os ON os.id = o.sale
	WHERE o.tbl = t.id AND o.ended_at IS NULL
	AND os.training = :training)
LEFT JOIN sale AS s ON s.id = v.sale
WHERE t.active = 1
ORDER BY r.place, t.number;

-- query: tab_all
-- Who is served without a table, oldest first.
-- in: training bool
-- all: sale i64, version i64, kind text, name text, covers i64, seated_at i64, bill_at i64!, promised_at i64!, phone text, server text!, owner i64!, total i64!, lines i64!, unsent i64!, waits i64!, rush bool
SELECT v.sale, s.version, v.kind, s.name, v.covers, v.seated_at,
	coalesce(v.bill_at, 0) AS bill_at,
	coalesce(v.promised_at, 0) AS promised_at, v.phone,
	coalesce((SELECT name FROM user WHERE id = v.server), '') AS server,
	coalesce(s.owner_session, 0) AS owner,
	coalesce((SELECT sum(amount) FROM sale_line WHERE sale = v.sale
	    AND state <> 'void'), 0) AS total,
	(SELECT count(*) FROM sale_line WHERE sale = v.sale
	    AND state = 'live') AS lines,
	(SELECT count(*) FROM sale_line AS l JOIN serving_line AS x
	    ON x.line = l.id WHERE l.sale = v.sale AND l.state = 'live'
	    AND x.sent_at IS NULL AND (x.part_of IS NULL
	    OR x.shares = 1) AND x.held = 0) AS unsent,
	coalesce((SELECT min(x.course) FROM sale_line AS l
	    JOIN serving_line AS x ON x.line = l.id WHERE l.sale = v.sale
	    AND l.state = 'live' AND x.sent_at IS NOT NULL
	    AND x.fired_at IS NULL), 0) AS waits, v.rush
FROM serving AS v JOIN sale AS s ON s.id = v.sale
WHERE v.ended_at IS NULL AND v.tbl IS NULL AND s.training = :training
ORDER BY coalesce(v.promised_at, v.seated_at), v.sale;

-- query: serving_get
-- in: sale i64
-- one: sale i64, kind text, tbl i64?, number i64!, covers i64, server i64?, server_name text!, seated_at i64, ordered_at i64?, course i64, fired_at i64?, bill_at i64?, rush bool, whole i64?, phone text, address text, promised_at i64?, ended_at i64?, state text!, version i64!, owner i64?, name text!, mode text!, training bool!
SELECT v.sale, v.kind, v.tbl, coalesce(t.number, 0) AS number, v.covers,
	v.server, coalesce(u.name, '') AS server_name, v.seated_at,
	v.ordered_at, v.course, v.fired_at, v.bill_at, v.rush, v.whole,
	v.phone, v.address, v.promised_at, v.ended_at, s.state, s.version,
	s.owner_session AS owner, s.name, s.mode, s.training
FROM serving AS v
JOIN sale AS s ON s.id = v.sale
LEFT JOIN room_table AS t ON t.id = v.tbl
LEFT JOIN user AS u ON u.id = v.server
WHERE v.sale = :sale;

-- query: serving_add
-- in: sale i64, kind text, tbl i64?, covers i64, server i64?, at i64, whole i64?, phone text, address text, promised_at i64?
-- exec
INSERT INTO serving (sale, kind, tbl, covers, server, seated_at, whole, phone,
	address, promised_at)
VALUES (:sale, :kind, :tbl, :covers, :server, :at, :whole, :phone, :address,
	:promised_at);

-- query: serving_name
-- in: sale i64, name text
-- exec
UPDATE sale SET name = :name WHERE id = :sale;

-- query: serving_fence
-- What is done to a sale that is open here, or nowhere.
-- in: sale i64, version i64, session i64?
-- changes
UPDATE sale SET version = version + 1, act = '', act_session = NULL,
	act_line = NULL, act_value = NULL, act_text = '', act_past = ''
WHERE id = :sale AND version = :version
	AND (owner_session IS NULL OR owner_session IS :session)
	AND state IN ('draft', 'paying');

-- query: serving_moved_on
-- The other side of it: whoever has that sale open sees it has changed.
-- in: sale i64
-- changes
UPDATE sale SET version = version + 1, act = '', act_session = NULL,
	act_line = NULL, act_value = NULL, act_text = '', act_past = ''
WHERE id = :sale AND state IN ('draft', 'paying');

-- query: serving_covers
-- in: sale i64, covers i64
-- exec
UPDATE serving SET covers = :covers WHERE sale = :sale;

-- query: serving_server
-- in: sale i64, server i64?
-- exec
UPDATE serving SET server = :server WHERE sale = :sale;

-- query: serving_by
-- in: user i64, training bool
-- one: any bool
SELECT EXISTS (SELECT 1 FROM serving AS v JOIN sale AS s ON s.id = v.sale
	WHERE v.ended_at IS NULL AND v.server = :user
	AND s.training = :training) AS any;

-- query: serving_bill
-- in: sale i64, at i64?
-- exec
UPDATE serving SET bill_at = :at WHERE sale = :sale;

-- query: serving_rush
-- in: sale i64, rush bool
-- exec
UPDATE serving SET rush = :rush WHERE sale = :sale;

-- query: serving_to
-- Everybody at a table goes to another.
-- in: from i64, to i64, training bool
-- changes
UPDATE serving SET tbl = :to WHERE tbl = :from AND ended_at IS NULL
	AND (SELECT training FROM sale WHERE id = serving.sale) = :training;

-- query: serving_at
-- Open sales of a table, the first one first.
-- in: tbl i64, training bool
-- all: sale i64, version i64, owner i64?, name text
SELECT v.sale, s.version, s.owner_session AS owner, s.name
FROM serving AS v JOIN sale AS s ON s.id = v.sale
WHERE v.tbl = :tbl AND v.ended_at IS NULL AND s.training = :training
ORDER BY v.sale;

-- query: serving_end
-- in: sale i64, at i64, how text
-- changes
UPDATE serving SET ended_at = :at, ended_how = :how
WHERE sale = :sale AND ended_at IS NULL;

-- query: serving_event_add
-- in: sale i64, tbl i64?, at i64, user i64?, kind text, course i64, line i64?, n i64, words text, approver i64?
-- exec
INSERT INTO serving_event (sale, tbl, at, user, kind, course, line, n, words,
	approver)
VALUES (:sale, :tbl, :at, :user, :kind, :course, :line, :n, :words,
	:approver);

-- query: serving_open_list
-- Whoever has not paid yet, for who wants to close.
-- all: sale i64, kind text, number i64!, name text, covers i64, seated_at i64, total i64!, server text!
SELECT v.sale, v.kind, coalesce(t.number, 0) AS number, s.name, v.covers,
	v.seated_at, coalesce((SELECT sum(amount) FROM sale_line
	    WHERE sale = v.sale AND state <> 'void'), 0) AS total,
	coalesce((SELECT name FROM user WHERE id = v.server), '') AS server
FROM serving AS v
JOIN sale AS s ON s.id = v.sale
LEFT JOIN room_table AS t ON t.id = v.tbl
WHERE v.ended_at IS NULL AND s.training = 0
ORDER BY t.number IS NULL, t.number, v.sale;

-- query: course_all
-- all: number i64, name text
SELECT number, name FROM course ORDER BY number;

-- query: course_put
-- in: number i64, name text
-- exec
INSERT INTO course (number, name) VALUES (:number, :name)
ON CONFLICT (number) DO UPDATE SET name = excluded.name;

-- query: course_category
-- in: category text, course i64
-- exec
INSERT INTO course_of (category, course) VALUES (:category, :course)
ON CONFLICT (category) DO UPDATE SET course = excluded.course;

-- query: course_of
-- in: category text
-- one: course i64
SELECT course FROM course_of WHERE category = :category;

-- query: course_lines
-- What a table's lines are to the kitchen; none for a line entered elsewhere.
-- in: sale i64
-- all: line i64, course i64, seat i64, held bool, sent_at i64?, fired_at i64?, qty i64, part_of i64?, shares i64
SELECT x.line, x.course, x.seat, x.held, x.sent_at, x.fired_at, x.qty,
	x.part_of, x.shares
FROM sale_line AS l JOIN serving_line AS x ON x.line = l.id
WHERE l.sale = :sale ORDER BY l.seq;

-- query: course_fill
-- Lines of somebody served that the kitchen could be told of: all but words.
-- A menu's components go by their own category.
-- in: sale i64, course i64?, seat i64
-- changes
INSERT INTO serving_line (line, course, seat)
SELECT l.id, CASE WHEN l.parent IS NULL
	THEN coalesce(:course, c.course, 0)
	ELSE coalesce(c.course, (SELECT course FROM serving_line
	    WHERE line = l.parent), 0) END,
	CASE WHEN l.parent IS NULL THEN :seat
	ELSE coalesce((SELECT seat FROM serving_line WHERE line = l.parent),
	    :seat) END
FROM sale_line AS l JOIN product AS p ON p.id = l.product
LEFT JOIN course_of AS c ON c.category = p.category
WHERE l.sale = :sale AND l.state = 'live' AND (l.parent IS NULL OR
	l.product <> (SELECT product FROM sale_line WHERE id = l.parent))
	AND NOT EXISTS (SELECT 1 FROM serving_line WHERE line = l.id);

-- query: course_line
-- in: line i64, sale i64
-- one: course i64, seat i64, held bool, sent_at i64?, fired_at i64?, part_of i64?
SELECT course, seat, held, sent_at, fired_at, part_of FROM serving_line
WHERE line = :line AND line IN (SELECT id FROM sale_line WHERE sale = :sale);

-- query: course_line_set
-- With the components under it that have the same course as it.
-- in: line i64, course i64, seat i64, held bool
-- exec
UPDATE serving_line SET course = CASE WHEN line = :line OR course =
	(SELECT course FROM serving_line WHERE line = :line) THEN :course
	ELSE course END, seat = :seat, held = :held
WHERE line = :line OR line IN (SELECT id FROM sale_line
	WHERE parent = :line);

-- query: course_pieces
-- Pieces that were divided before they are sent are lines of their own.
-- in: sale i64
-- changes
UPDATE serving_line SET part_of = NULL
WHERE part_of IS NOT NULL AND sent_at IS NULL AND shares = 1
	AND (part_of IN (SELECT id FROM sale_line WHERE sale = :sale)
	    OR line IN (SELECT id FROM sale_line WHERE sale = :sale));

-- query: course_send
-- A line that is shared is sent whole, by the bill it was divided from.
-- in: sale i64, at i64, user i64?
-- changes
UPDATE serving_line SET sent_at = :at, sent_by = :user,
	qty = (SELECT sum(l.qty) FROM sale_line AS l
	    JOIN sale AS s ON s.id = l.sale
	    WHERE (l.id = serving_line.line OR l.id IN (SELECT p.line
	    FROM serving_line AS p WHERE p.part_of = serving_line.line))
	    AND l.state = 'live' AND s.state <> 'cancelled')
WHERE sent_at IS NULL AND held = 0 AND part_of IS NULL
	AND line IN (SELECT id FROM sale_line WHERE sale = :sale
	    AND state = 'live');

-- query: course_unsent
-- Pieces that no station has, held back or not; a share goes with its whole.
-- in: sale i64
-- one: pieces i64!
SELECT coalesce(sum(CASE WHEN l.unit = 'pc' THEN (l.qty + 999) / 1000
	ELSE 1 END), 0) AS pieces
FROM sale_line AS l JOIN serving_line AS x ON x.line = l.id
WHERE l.sale = :sale AND l.parent IS NULL AND l.state = 'live'
	AND x.sent_at IS NULL AND (x.part_of IS NULL OR x.shares = 1)
	AND EXISTS (SELECT 1 FROM station WHERE active = 1);

-- query: course_released
-- Nothing is held back any more.
-- in: sale i64
-- changes
UPDATE serving_line SET held = 0 WHERE held = 1 AND sent_at IS NULL
	AND line IN (SELECT id FROM sale_line WHERE sale = :sale);

-- query: course_had
-- As if it were sent and fired, and nobody's to make.
-- in: sale i64, at i64, user i64?
-- changes
UPDATE serving_line SET had = 1, sent_at = :at, sent_by = :user,
	fired_at = :at, fired_by = :user,
	qty = (SELECT sum(l.qty) FROM sale_line AS l
	    JOIN sale AS s ON s.id = l.sale
	    WHERE (l.id = serving_line.line OR l.id IN (SELECT p.line
	    FROM serving_line AS p WHERE p.part_of = serving_line.line))
	    AND l.state = 'live' AND s.state <> 'cancelled')
WHERE sent_at IS NULL AND part_of IS NULL
	AND line IN (SELECT id FROM sale_line WHERE sale = :sale
	    AND state = 'live');

-- query: course_new
-- What course_send would send, as a waiter counts it: pieces, a menu as one.
-- in: sale i64
-- one: pieces i64!
SELECT coalesce(sum(CASE WHEN l.unit = 'pc' THEN ((SELECT sum(o.qty)
	FROM sale_line AS o JOIN sale AS s ON s.id = o.sale
	WHERE (o.id = l.id OR o.id IN (SELECT p.line FROM serving_line AS p
	    WHERE p.part_of = l.id))
	AND o.state = 'live' AND s.state <> 'cancelled') + 999) / 1000
	ELSE 1 END), 0) AS pieces
FROM sale_line AS l JOIN serving_line AS x ON x.line = l.id
WHERE l.sale = :sale AND l.parent IS NULL AND l.state = 'live'
	AND x.sent_at IS NULL AND x.held = 0 AND x.part_of IS NULL;

-- query: course_next
-- The first course that was sent and waits; 0 none.
-- in: sale i64
-- one: course i64!
SELECT coalesce(min(x.course), 0) AS course FROM sale_line AS l
	JOIN serving_line AS x ON x.line = l.id
WHERE l.sale = :sale AND l.state = 'live' AND x.sent_at IS NOT NULL
	AND x.fired_at IS NULL AND x.course > 0;

-- query: course_waits
-- The first course that was sent and waits on any bill of a party; 0 none.
-- in: whole i64
-- one: course i64!
SELECT coalesce(min(x.course), 0) AS course
FROM serving AS v JOIN sale_line AS l ON l.sale = v.sale
JOIN serving_line AS x ON x.line = l.id
WHERE (v.sale = :whole OR v.whole = :whole) AND v.ended_at IS NULL
	AND l.state = 'live' AND x.sent_at IS NOT NULL
	AND x.fired_at IS NULL AND x.course > 0;

-- query: course_fired_by
-- Who fired that course of a party first, and when.
-- in: whole i64, course i64
-- one: at i64!, user text!
SELECT x.fired_at AS at, coalesce(u.name, '') AS user
FROM serving AS v JOIN sale_line AS l ON l.sale = v.sale
JOIN serving_line AS x ON x.line = l.id
LEFT JOIN user AS u ON u.id = x.fired_by
WHERE (v.sale = :whole OR v.whole = :whole) AND x.course = :course
	AND x.fired_at IS NOT NULL
ORDER BY x.fired_at LIMIT 1;

-- query: course_just
-- The course that somebody fired for a party by the last thing they did, while
-- its kitchens have done nothing since: the same key again is that key twice,
-- or an answer that a cut line has lost.
-- in: whole i64, user i64
-- one: course i64!, at i64
SELECT (SELECT max(course) FROM serving
	    WHERE sale = :whole OR whole = :whole) AS course, a.at
FROM audit AS a
WHERE a.id = (SELECT max(id) FROM audit WHERE user = :user
	    AND id > (SELECT max(id) FROM audit) - 2000
	    AND action NOT IN ('login', 'logout', 'sale.take', 'sale.park'))
	AND a.action = 'table.fire'
	AND a.object_id IN (SELECT sale FROM serving
	    WHERE sale = :whole OR whole = :whole)
	AND NOT EXISTS (SELECT 1 FROM audit AS k WHERE k.id > a.id
	    AND k.action IN ('kitchen.start', 'kitchen.bump', 'kitchen.serve')
	    AND k.object_id IN (SELECT sale FROM serving
	    WHERE sale = :whole OR whole = :whole));

-- query: serving_said
-- What the kitchen was told last about somebody served.
-- in: sale i64
-- one: words text
SELECT words FROM serving_event WHERE sale = :sale AND kind = 'message'
ORDER BY id DESC LIMIT 1;

-- query: course_fire
-- All that was sent up to that course.
-- in: sale i64, course i64, at i64, user i64?
-- changes
UPDATE serving_line SET fired_at = :at, fired_by = :user
WHERE sent_at IS NOT NULL AND fired_at IS NULL AND course <= :course
	AND line IN (SELECT id FROM sale_line WHERE sale = :sale
	    AND state = 'live');

-- query: serving_ordered
-- in: sale i64, at i64
-- exec
UPDATE serving SET ordered_at = coalesce(ordered_at, :at), bill_at = NULL
WHERE sale = :sale;

-- query: serving_course
-- in: sale i64, course i64, at i64
-- exec
UPDATE serving SET course = :course, fired_at = :at WHERE sale = :sale;

-- query: allergy_add
-- On every bill of a party.
-- in: whole i64, seat i64, words text
-- changes
INSERT OR IGNORE INTO serving_allergy (sale, seat, words)
SELECT sale, :seat, :words FROM serving
WHERE (sale = :whole OR whole = :whole) AND ended_at IS NULL;

-- query: allergy_drop
-- in: whole i64, seat i64
-- changes
DELETE FROM serving_allergy WHERE seat = :seat AND sale IN
	(SELECT sale FROM serving WHERE sale = :whole OR whole = :whole);

-- query: allergy_follow
-- Of who sits at that seat (0: all of them) at one table, to every bill of the
-- party they join.
-- in: from i64, seat i64, whole i64
-- changes
INSERT OR IGNORE INTO serving_allergy (sale, seat, words)
SELECT v.sale, a.seat, a.words FROM serving AS v JOIN serving_allergy AS a
	ON a.sale = :from AND (:seat = 0 OR a.seat IN (0, :seat))
WHERE (v.sale = :whole OR v.whole = :whole) AND v.ended_at IS NULL;

-- query: allergy_all
-- in: sale i64
-- all: seat i64, words text
SELECT seat, words FROM serving_allergy WHERE sale = :sale
ORDER BY seat, words;

-- query: serving_sent
-- What the kitchen has of a sale, a menu as one.
-- in: sale i64
-- all: line i64, qty i64
SELECT l.id AS line, l.qty FROM sale_line AS l
JOIN serving_line AS x ON x.line = l.id
WHERE l.sale = :sale AND l.parent IS NULL AND l.state = 'live'
	AND x.sent_at IS NOT NULL
ORDER BY l.seq;

-- query: party_row
-- in: sale i64
-- one: state text, training bool, mode text, discounted bool, payments i64!, coupons i64!, lines i64!
SELECT state, training, mode, discounted,
	(SELECT count(*) FROM payment WHERE sale = s.id
	    AND state NOT IN ('back', 'failed') AND NOT EXISTS (SELECT 1
	    FROM payment AS c WHERE c.corrects = payment.id
	    AND c.state IN ('back', 'failed'))) AS payments,
	(SELECT count(*) FROM sale_discount WHERE sale = s.id AND line IS NULL
	    AND live = 1 AND kind = 'coupon') AS coupons,
	(SELECT count(*) FROM sale_line WHERE sale = s.id
	    AND state <> 'void') AS lines
FROM sale AS s WHERE id = :sale;

-- query: party_all_lines
-- All lines of one go to another, in their order.
-- in: from i64, to i64
-- changes
UPDATE sale_line SET sale = :to, seq = seq + (SELECT coalesce(max(seq), 0)
	FROM sale_line WHERE sale = :to)
WHERE sale = :from;

-- query: party_line
-- One line with what is under it.
-- in: line i64, from i64, to i64
-- changes
UPDATE sale_line SET sale = :to, seq = seq + (SELECT coalesce(max(seq), 0)
	FROM sale_line WHERE sale = :to)
WHERE sale = :from AND (id = :line OR parent = :line);

-- query: party_discounts
-- What was given on lines that are there now.
-- in: from i64, to i64
-- changes
UPDATE sale_discount SET sale = :to WHERE sale = :from AND line IN
	(SELECT id FROM sale_line WHERE sale = :to);

-- query: party_flag
-- in: sale i64
-- exec
UPDATE sale SET discounted = 1 WHERE id = :sale AND discounted = 0;

-- query: party_emptied
-- Nothing is left of it: all went to another table.
-- in: sale i64, at i64
-- changes
UPDATE sale SET state = 'cancelled', version = version + 1, posted_at = :at,
	owner_session = NULL, act = 'cancel', act_text = 'merged', act_past = ''
WHERE id = :sale AND state = 'draft' AND NOT EXISTS (SELECT 1 FROM sale_line
	WHERE sale = :sale);

-- query: party_seat
-- What a seat has, each with what is under it.
-- in: sale i64, seat i64
-- all: line i64, seat i64
SELECT l.id AS line, x.seat FROM sale_line AS l
JOIN serving_line AS x ON x.line = l.id
WHERE l.sale = :sale AND l.state = 'live' AND l.parent IS NULL
	AND x.seat = :seat
ORDER BY l.seq;

-- query: party_allergies
-- To a bill of the same party.
-- in: from i64, to i64
-- changes
INSERT OR IGNORE INTO serving_allergy (sale, seat, words)
SELECT :to, seat, words FROM serving_allergy WHERE sale = :from;

-- query: party_merged
-- The kitchen's side of two that are one: the later course, the earlier order.
-- Who asked for the bill of a party that was divided waits for it still;
-- another party's new bill was not asked for.
-- in: from i64, to i64, parts bool
-- exec
UPDATE serving SET
	course = max(course, (SELECT course FROM serving WHERE sale = :from)),
	covers = min(999, covers + (SELECT covers FROM serving
	    WHERE sale = :from)),
	ordered_at = coalesce(ordered_at, (SELECT ordered_at FROM serving
	    WHERE sale = :from)),
	fired_at = coalesce(fired_at, (SELECT fired_at FROM serving
	    WHERE sale = :from)),
	rush = max(rush, (SELECT rush FROM serving WHERE sale = :from)),
	bill_at = CASE WHEN :parts THEN (SELECT min(bill_at) FROM serving
	    WHERE sale IN (:from, :to)) END
WHERE sale = :to;

-- query: part_all
-- A party's bills: the first and what was split off it.
-- in: whole i64
-- all: sale i64, version i64, state text, name text, ended bool!, series text?, number i64?, total i64!, paid i64!, lines i64!
SELECT v.sale, s.version, s.state, s.name, v.ended_at IS NOT NULL AS ended,
	s.series, s.number,
	CASE s.state WHEN 'paid' THEN s.total ELSE
	    coalesce((SELECT sum(amount) FROM sale_line WHERE sale = v.sale
	    AND state <> 'void'), 0) END AS total,
	coalesce((SELECT sum(amount) FROM payment WHERE sale = v.sale), 0)
	    AS paid,
	(SELECT count(*) FROM sale_line WHERE sale = v.sale
	    AND state = 'live' AND parent IS NULL) AS lines
FROM serving AS v JOIN sale AS s ON s.id = v.sale
WHERE v.sale = :whole OR v.whole = :whole
ORDER BY v.sale;

-- query: part_open
-- in: uid blob, user i64?, terminal i64?, tax_added bool, at i64, training bool, mode text, name text, customer i64?
-- id
INSERT INTO sale (uid, user, terminal, tax_added, opened_at, training, mode,
	name, customer, recalled)
VALUES (:uid, :user, :terminal, :tax_added, :at, :training, :mode, :name,
	:customer, 1);

-- query: part_serving
-- in: sale i64, whole i64, of i64
-- exec
INSERT INTO serving (sale, kind, tbl, covers, server, seated_at, ordered_at,
	course, fired_at, bill_at, whole, phone, address, promised_at)
SELECT :sale, kind, tbl, 0, server, seated_at, ordered_at, course, fired_at,
	bill_at, :whole, phone, address, promised_at
FROM serving WHERE sale = :of;

-- query: part_lines
-- What can be divided: lines that count, options behind their line.
-- in: sale i64
-- all: id i64, parent i64?, qty i64, amount i64!, price i64, label text, seat i64!, shares i64!, part_of i64?, given i64!, offered bool!, state text, voucher i64?, unit text
SELECT l.id, l.parent, l.qty, l.amount - l.moved + l.off AS amount, l.price,
	l.label, coalesce(x.seat, 0) AS seat, coalesce(x.shares, 1) AS shares,
	x.part_of, (SELECT coalesce(sum(amount), 0) FROM sale_discount
	    WHERE sale = l.sale AND line = l.id AND live = 1
	    AND kind = 'discount') AS given,
	EXISTS (SELECT 1 FROM sale_discount WHERE sale = l.sale
	    AND line = l.id AND live = 1 AND kind = 'offer') AS offered,
	l.state, l.voucher, l.unit
FROM sale_line AS l LEFT JOIN serving_line AS x ON x.line = l.id
WHERE l.sale = :sale AND l.state <> 'void'
ORDER BY coalesce(l.parent, l.id), l.parent IS NOT NULL, l.seq;

-- query: part_line_cut
-- What is left of a line; the kitchen goes by serving_line.qty.
-- in: id i64, qty i64, amount i64, label text
-- exec
UPDATE sale_line SET qty = :qty, amount = :amount, off = 0, moved = 0,
	label = :label
WHERE id = :id;

-- query: part_line_copy
-- The other part of it, on that sale.
-- in: of i64, sale i64, parent i64?, qty i64, amount i64, label text
-- id
INSERT INTO sale_line (sale, seq, product, code, label, unit, qty, price,
	amount, rate, rate2, overridden, note, state, at, user, kind, serial,
	lot, expiry, turnover, parent, share, words, list_price, price_list)
SELECT :sale, (SELECT coalesce(max(seq), 0) + 1 FROM sale_line
	WHERE sale = :sale), product, code, :label, unit, :qty, price,
	:amount, rate, rate2, overridden, note, state, at, user, kind, serial,
	lot, expiry, turnover, :parent, share, words, list_price, price_list
FROM sale_line WHERE id = :of;

-- query: part_line_choices
-- What was chosen for it holds for each part.
-- in: line i64, of i64
-- exec
INSERT INTO sale_choice (line, choice)
SELECT :line, choice FROM sale_choice WHERE line = :of ORDER BY choice;

-- query: part_line_serving
-- in: line i64, of i64, shares i64
-- exec
INSERT INTO serving_line (line, course, seat, held, sent_at, sent_by, qty,
	fired_at, fired_by, part_of, shares, had)
SELECT :line, course, seat, held, sent_at, sent_by, 0, fired_at, fired_by,
	coalesce(part_of, line), :shares, had
FROM serving_line WHERE line = :of;

-- query: part_line_shares
-- in: line i64, shares i64
-- exec
UPDATE serving_line SET shares = :shares WHERE line = :line;

-- query: part_gone
-- A share that is in its line again.
-- in: line i64
-- exec
UPDATE sale_line SET state = 'void' WHERE id = :line;

-- query: party_sits
-- in: sale i64, tbl i64
-- exec
UPDATE serving SET kind = 'table', tbl = :tbl WHERE sale = :sale;

-- query: serving_shifts
-- in: shift i64
-- one: others i64!
SELECT count(*) AS others FROM shift WHERE state = 'open' AND id <> :shift;

-- query: dish_get
-- in: product i64
-- one: rest i64?, day text!, station text
SELECT rest, coalesce(day, '') AS day, station FROM dish_count
WHERE product = :product;

-- query: dish_all
-- all: product i64, code text, name text, price i64, rest i64?, day text!, station text, maker i64!
SELECT d.product, p.code, p.name, p.price, d.rest, coalesce(d.day, '') AS day,
	d.station, coalesce((SELECT id FROM station WHERE name = d.station
	    AND active = 1), 0) AS maker
FROM dish_count AS d JOIN product AS p ON p.id = d.product ORDER BY p.name;

-- query: dish_any
-- one: counted bool!
SELECT EXISTS (SELECT 1 FROM dish_count) AS counted;

-- query: dish_put
-- in: product i64, rest i64?, at i64, user i64?
-- exec
INSERT INTO dish_count (product, rest, set_at, user)
VALUES (:product, :rest, :at, :user)
ON CONFLICT (product) DO UPDATE SET rest = excluded.rest,
	set_at = excluded.set_at, user = excluded.user;

-- query: dish_day
-- Said once more, what is not said stays.
-- in: product i64, rest i64?, day text, station text, at i64, user i64?
-- exec
INSERT INTO dish_count (product, rest, day, station, set_at, user)
VALUES (:product, :rest, :day, :station, :at, :user)
ON CONFLICT (product) DO UPDATE SET rest = coalesce(excluded.rest, rest),
	station = iif(excluded.station = '', station, excluded.station),
	set_at = excluded.set_at, user = excluded.user;

-- query: dish_price
-- in: product i64, price i64, at i64
-- exec
UPDATE product SET price = :price, changed_at = :at WHERE id = :product;

-- query: dish_uncount
-- What is of today only stays so.
-- in: product i64
-- changes
UPDATE dish_count SET rest = NULL WHERE product = :product
	AND day IS NOT NULL;

-- query: dish_drop
-- in: product i64
-- changes
DELETE FROM dish_count WHERE product = :product AND day IS NULL;

-- query: dish_old
-- One of a day that has passed, or a count of it; none is usual.
-- in: today text, since i64
-- all: product i64, day text!
SELECT product, coalesce(day, '') AS day FROM dish_count
WHERE (day IS NOT NULL AND day < :today) OR (day IS NULL AND set_at < :since);

-- query: dish_off
-- in: product i64, at i64
-- exec
UPDATE product SET active = 0, changed_at = :at WHERE id = :product;

-- query: dish_gone
-- in: product i64
-- exec
DELETE FROM dish_count WHERE product = :product;

-- query: booking_add
-- in: at i64, covers i64, name text, phone text, note text, tbl i64?, made_at i64, user i64?
-- id
INSERT INTO booking (at, covers, name, phone, note, tbl, made_at, user)
VALUES (:at, :covers, :name, :phone, :note, :tbl, :made_at, :user);

-- query: booking_from
-- Those that are expected, from a moment on.
-- in: since i64
-- all: id i64, at i64, covers i64, name text, phone text, note text, tbl i64?, version i64, number i64!, seats i64!
SELECT b.id, b.at, b.covers, b.name, b.phone, b.note, b.tbl, b.version,
	coalesce(t.number, 0) AS number, coalesce(t.seats, 0) AS seats
FROM booking AS b LEFT JOIN room_table AS t ON t.id = b.tbl
WHERE b.state = 'booked' AND b.at >= :since ORDER BY b.at, b.id;

-- query: booking_get
-- in: id i64
-- one: at i64, covers i64, name text, phone text, note text, tbl i64?, state text
SELECT at, covers, name, phone, note, tbl, state FROM booking WHERE id = :id;

-- query: booking_table
-- in: id i64, tbl i64?
-- changes
UPDATE booking SET tbl = :tbl, version = version + 1
WHERE id = :id AND state = 'booked';

-- query: booking_change
-- in: id i64, version i64, at i64, covers i64, name text, phone text, note text
-- changes
UPDATE booking SET at = :at, covers = :covers, name = :name, phone = :phone,
	note = :note, version = version + 1
WHERE id = :id AND state = 'booked' AND version = :version;

-- query: booking_clash
-- Somebody else who is expected at that table about then.
-- in: id i64, tbl i64?, from i64, until i64
-- one: at i64, name text
SELECT at, name FROM booking WHERE tbl = :tbl AND state = 'booked'
	AND id <> :id AND at > :from AND at < :until
ORDER BY at LIMIT 1;

-- query: booking_untable
-- The table is gone; they are expected all the same.
-- in: tbl i64
-- changes
UPDATE booking SET tbl = NULL, version = version + 1
WHERE tbl = :tbl AND state = 'booked';

-- query: booking_overdue
-- in: until i64
-- one: any bool
SELECT EXISTS (SELECT 1 FROM booking WHERE state = 'booked' AND at < :until)
	AS any;

-- query: booking_missed
-- Nobody said that they came, nor that they do not.
-- in: until i64
-- changes
UPDATE booking SET state = 'missed', version = version + 1
WHERE state = 'booked' AND at < :until;

-- query: booking_end
-- in: id i64, state text, sale i64?
-- changes
UPDATE booking SET state = :state, sale = :sale
WHERE id = :id AND state = 'booked';
