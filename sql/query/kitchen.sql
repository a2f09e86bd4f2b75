-- Stations, and how far each line is there.

-- query: station_all
-- all: id i64, name text, place i64, display bool, printer i64?, printer_name text!, fallback i64?, fallback_name text!, warn i64, late i64, rest bool
SELECT id, name, place, display, printer,
	coalesce((SELECT name FROM printer WHERE id = s.printer), '')
	    AS printer_name,
	fallback, coalesce((SELECT name FROM station WHERE id = s.fallback),
	    '') AS fallback_name, warn, late, rest
FROM station AS s WHERE active = 1 ORDER BY place, name;

-- query: station_add
-- in: name text, place i64, display bool, printer i64?, fallback i64?, warn i64, late i64, rest bool
-- id
INSERT INTO station (name, place, display, printer, fallback, warn, late, rest)
VALUES (:name, :place, :display, :printer, :fallback, :warn, :late, :rest);

-- query: station_change
-- in: id i64, name text, place i64, display bool, printer i64?, fallback i64?, warn i64, late i64, rest bool
-- changes
UPDATE station SET name = :name, place = :place, display = :display,
	printer = :printer, fallback = :fallback, warn = :warn, late = :late,
	rest = :rest
WHERE id = :id AND active = 1;

-- query: station_end
-- Not while something is to be made there.
-- in: id i64
-- changes
UPDATE station SET active = 0, rest = 0 WHERE id = :id AND active = 1
	AND (display = 0 OR NOT EXISTS (SELECT 1 FROM kitchen_line
	    WHERE station = :id AND (state IN ('sent', 'started')
	    OR told = 0)));

-- query: station_forget
-- Nothing goes there any more.
-- in: id i64
-- changes
UPDATE station SET fallback = NULL WHERE fallback = :id;

-- query: station_rest
-- in: id i64
-- exec
UPDATE station SET rest = id = :id;

-- query: station_minutes
-- in: station i64, course i64, warn i64, late i64
-- exec
INSERT INTO station_course (station, course, warn, late)
VALUES (:station, :course, :warn, :late)
ON CONFLICT (station, course) DO UPDATE SET warn = :warn, late = :late;

-- query: station_minutes_all
-- in: station i64
-- all: course i64, warn i64, late i64
SELECT course, warn, late FROM station_course WHERE station = :station
ORDER BY course;

-- query: route_add
-- in: station i64, product i64?, category text?, room i64?, mode text?
-- id
INSERT INTO station_route (station, product, category, room, mode)
VALUES (:station, :product, :category, :room, :mode);

-- query: route_drop
-- in: id i64
-- changes
DELETE FROM station_route WHERE id = :id;

-- query: route_drop_all
-- in: station i64
-- changes
DELETE FROM station_route WHERE station = :station;

-- query: route_drop_item
-- in: product i64
-- changes
DELETE FROM station_route WHERE product = :product;

-- query: route_all
-- all: id i64, station i64, name text, code text!, category text!, room text!, mode text!
SELECT r.id, r.station, s.name,
	coalesce((SELECT code FROM product WHERE id = r.product), '') AS code,
	coalesce(r.category, '') AS category,
	coalesce((SELECT name FROM room WHERE id = r.room), '') AS room,
	coalesce(r.mode, '') AS mode
FROM station_route AS r JOIN station AS s ON s.id = r.station
WHERE s.active = 1
ORDER BY s.place, r.product IS NULL, code, category, room, mode;

-- query: route_words
-- What the rules are matched against: their ids, for kitchen.c.
-- all: station i64, product i64?, category text?, room i64?, mode text?
SELECT r.station, r.product, r.category, r.room, r.mode
FROM station_route AS r JOIN station AS s ON s.id = r.station
WHERE s.active = 1 ORDER BY r.id;

-- query: kitchen_unsent
-- Lines that were sent and are at no station yet; a menu is made by its
-- components, what was divided since by the line it is a part of.
-- in: sale i64
-- all: line i64, product i64, category text!, qty i64, room i64!, mode text!
SELECT l.id AS line, l.product, p.category, x.qty, coalesce(t.room, 0) AS room,
	s.mode
FROM sale_line AS l
JOIN serving_line AS x ON x.line = l.id
JOIN product AS p ON p.id = l.product
JOIN sale AS s ON s.id = l.sale
JOIN serving AS v ON v.sale = s.id
LEFT JOIN room_table AS t ON t.id = v.tbl
WHERE l.sale = :sale AND l.state = 'live' AND x.sent_at IS NOT NULL
	AND x.had = 0 AND x.part_of IS NULL
	AND NOT EXISTS (SELECT 1 FROM kitchen_line WHERE line = l.id)
	AND NOT EXISTS (SELECT 1 FROM sale_line AS c
	    JOIN serving_line AS cx ON cx.line = c.id WHERE c.parent = l.id)
ORDER BY l.seq;

-- query: kitchen_category_up
-- A category and those it stands in, the nearest first.
-- in: category text
-- all: name text!
WITH RECURSIVE up (name, depth) AS (SELECT :category, 0
	UNION ALL SELECT c.parent, up.depth + 1 FROM up
	JOIN category AS c ON c.name = up.name
	WHERE c.parent IS NOT NULL AND up.depth < 20)
SELECT name FROM up ORDER BY depth;

-- query: kitchen_event_add
-- in: line i64, station i64, at i64, user i64?, kind text, qty i64, source i64?
-- id
INSERT INTO kitchen_event (line, station, at, user, kind, qty, source)
VALUES (:line, :station, :at, :user, :kind, :qty, :source);

-- query: kitchen_line_add
-- in: line i64, station i64, qty i64, event i64, at i64
-- exec
INSERT INTO kitchen_line (line, station, qty, event, sent_at)
VALUES (:line, :station, :qty, :event, :at);

-- query: kitchen_line_set
-- in: line i64, station i64, state text, told bool, event i64, ready_at i64?
-- exec
UPDATE kitchen_line SET state = :state, told = :told, event = :event,
	ready_at = :ready_at
WHERE line = :line AND station = :station;

-- query: kitchen_line_move
-- in: line i64, station i64, to i64, event i64
-- exec
UPDATE kitchen_line SET station = :to, event = :event
WHERE line = :line AND station = :station;

-- query: kitchen_of_line
-- A line and what is under it, wherever it is made; of a part, what it is a
-- part of.  `rest` is what all bills together still have of it.
-- in: line i64
-- all: line i64, station i64, state text, qty i64, told bool, ready_at i64?, rest i64!
SELECT k.line, k.station, k.state, k.qty, k.told, k.ready_at,
	(SELECT coalesce(sum(l.qty), 0) FROM sale_line AS l
	    JOIN sale AS s ON s.id = l.sale
	    WHERE (l.id = k.line OR l.id IN (SELECT line FROM serving_line
	    WHERE part_of = k.line)) AND l.state = 'live'
	    AND s.state <> 'cancelled') AS rest
FROM kitchen_line AS k
WHERE k.line IN (SELECT coalesce(x.part_of, x.line) FROM serving_line AS x
	WHERE x.line = :line OR x.line IN (SELECT id FROM sale_line
	    WHERE parent = :line))
ORDER BY k.line, k.station;

-- query: kitchen_lines
-- What the kitchen may have of a sale, its parts of what others have too.
-- in: sale i64
-- all: line i64
SELECT x.line FROM sale_line AS l JOIN serving_line AS x ON x.line = l.id
WHERE l.sale = :sale AND (x.sent_at IS NOT NULL OR x.part_of IS NOT NULL)
ORDER BY l.seq;

-- query: kitchen_line_rest
-- Less of it is wanted.
-- in: line i64, station i64, qty i64
-- exec
UPDATE kitchen_line SET qty = :qty
WHERE line = :line AND station = :station;

-- query: kitchen_sent_rest
-- in: line i64, qty i64
-- exec
UPDATE serving_line SET qty = :qty WHERE line = :line;

-- query: kitchen_of_sale
-- Of a sale, or of one course of it (course >= 0).
-- in: sale i64, course i64
-- all: line i64, station i64, course i64, state text, qty i64, told bool, fired bool!, ready_at i64?
SELECT k.line, k.station, x.course, k.state, k.qty, k.told,
	x.fired_at IS NOT NULL AS fired, k.ready_at
FROM sale_line AS l JOIN kitchen_line AS k ON k.line = l.id
JOIN serving_line AS x ON x.line = l.id
WHERE l.sale = :sale AND (:course < 0 OR x.course = :course)
ORDER BY l.seq, k.station;

-- query: kitchen_open
-- Where something of a sale is to be made, and how much.
-- in: sale i64
-- all: station i64, lines i64!
SELECT k.station, count(*) AS lines
FROM sale_line AS l JOIN kitchen_line AS k ON k.line = l.id
WHERE l.sale = :sale AND k.state IN ('sent', 'started')
GROUP BY k.station;

-- query: kitchen_served_last
-- The ticket that left the pass last and may come back, paid or not.
-- in: training bool, since i64
-- one: sale i64, course i64, at i64, name text
SELECT l.sale, x.course, e.at, s.name
FROM kitchen_event AS e
JOIN kitchen_line AS k ON k.line = e.line AND k.station = e.station
	AND k.event = e.id AND k.state = 'served'
JOIN sale_line AS l ON l.id = e.line
JOIN serving_line AS x ON x.line = e.line
JOIN sale AS s ON s.id = l.sale AND s.training = :training
WHERE e.kind = 'served' AND e.at > :since
	AND e.id > (SELECT max(id) FROM kitchen_event) - 2000
ORDER BY e.id DESC LIMIT 1;

-- query: kitchen_served_then
-- What left with it.
-- in: sale i64, course i64, at i64
-- all: line i64, station i64, qty i64, told bool, ready_at i64?
SELECT k.line, k.station, k.qty, k.told, k.ready_at
FROM sale_line AS l JOIN kitchen_line AS k ON k.line = l.id
JOIN serving_line AS x ON x.line = l.id
JOIN kitchen_event AS e ON e.id = k.event
WHERE l.sale = :sale AND x.course = :course AND k.state = 'served'
	AND e.at = :at
ORDER BY l.seq, k.station;

-- query: station_here
-- in: terminal i64
-- one: station i64
SELECT station FROM station_terminal WHERE terminal = :terminal;

-- query: station_stays
-- in: terminal i64, station i64
-- exec
INSERT INTO station_terminal (terminal, station)
VALUES (:terminal, :station)
ON CONFLICT (terminal) DO UPDATE SET station = excluded.station;

-- query: kitchen_rev
-- What happened last to each line of a ticket at a station (0: at any): lines
-- that come from another table change it as well.
-- in: station i64, sale i64, course i64
-- one: rev i64!
SELECT coalesce(sum(k.event), 0) AS rev
FROM sale_line AS l JOIN serving_line AS x ON x.line = l.id
JOIN kitchen_line AS k ON k.line = l.id
WHERE l.sale = :sale AND x.course = :course
	AND (:station = 0 OR k.station = :station);

-- query: kitchen_last
-- one: id i64!
SELECT coalesce(max(id), 0) AS id FROM audit;

-- query: kitchen_since
-- What was done after that row of the audit.
-- in: seen i64, most i64
-- all: id i64, action text, object text, object_id i64
SELECT id, action, object, object_id FROM audit WHERE id > :seen
ORDER BY id LIMIT :most;

-- query: kitchen_sales
-- Whose tickets are before a station, or (0) before the pass.
-- in: station i64, since i64
-- all: sale i64
SELECT l.sale FROM kitchen_line AS k JOIN sale_line AS l ON l.id = k.line
WHERE :station <> 0 AND k.station = :station
	AND (k.state IN ('sent', 'started') OR k.told = 0)
UNION SELECT l.sale FROM station AS d CROSS JOIN kitchen_line AS k
	ON k.station = d.id JOIN sale_line AS l ON l.id = k.line
	WHERE :station = 0 AND d.display = 1
	AND (k.state IN ('sent', 'started') OR k.told = 0)
UNION SELECT l.sale FROM kitchen_line AS k JOIN sale_line AS l
	ON l.id = k.line WHERE :station = 0 AND k.state = 'ready'
	AND k.ready_at > :since;

-- query: kitchen_ticket
-- All of a sale that is or was in the kitchen.  Sorted in kitchen_board.c: here
-- that would be a third of the whole.  A bill's share
-- ("Wine 1/3") is a whole dish there.  `display`: it is made at one; of paper
-- alone nobody says how far it is.
-- in: sale i64
-- all: course i64, line i64, head i64!, station i64, place i64, station_name text, label text!, words text, note text, seat i64, qty i64, state text, told bool, event i64, sent_at i64, fired_at i64!, ready_at i64!, display bool
SELECT x.course, k.line, coalesce(l.parent, l.id) AS head, k.station, st.place,
	st.name AS station_name,
	iif(x.shares > 1 AND l.label LIKE '% 1/' || x.shares,
	    substr(l.label, 1, length(l.label) - 3 - length(x.shares)),
	    l.label) AS label,
	l.words, l.note, x.seat, k.qty, k.state, k.told, k.event, k.sent_at,
	coalesce(x.fired_at, 0) AS fired_at,
	coalesce(k.ready_at, 0) AS ready_at, st.display
FROM sale_line AS l
JOIN kitchen_line AS k ON k.line = l.id
JOIN serving_line AS x ON x.line = l.id
JOIN station AS st ON st.id = k.station
WHERE l.sale = :sale;

-- query: kitchen_states
-- How far each of them is, for who knows the rest.
-- in: sale i64
-- all: line i64, station i64, state text, told bool, event i64, ready_at i64!
SELECT k.line, k.station, k.state, k.told, k.event,
	coalesce(k.ready_at, 0) AS ready_at
FROM sale_line AS l JOIN kitchen_line AS k ON k.line = l.id
WHERE l.sale = :sale;

-- query: kitchen_served
-- Who is served, by whom, how it is consumed, whether that was another way
-- when it was sent, when it was promised (0 at once), the newest message, and
-- whether somebody there must not eat something.
-- in: sale i64
-- one: rush bool, kind text, name text!, mode text!, moded bool!, covers i64, promised i64!, server text!, message text!, allergic bool!
SELECT v.rush, v.kind, s.name, s.mode,
	EXISTS (SELECT 1 FROM serving_event WHERE sale = v.sale
	    AND kind = 'mode') AS moded, v.covers,
	coalesce(v.promised_at, 0) AS promised,
	coalesce((SELECT name FROM user WHERE id = v.server), '') AS server,
	coalesce((SELECT words FROM serving_event WHERE sale = v.sale
	    AND kind = 'message' ORDER BY id DESC LIMIT 1), '') AS message,
	EXISTS (SELECT 1 FROM serving_allergy WHERE sale = v.sale) AS allergic
FROM serving AS v JOIN sale AS s ON s.id = v.sale WHERE v.sale = :sale;

-- query: kitchen_contains
-- What allergens the lines of a ticket have in them, where there are any.
-- in: sale i64, course i64
-- all: line i64, allergens i64
SELECT l.id AS line, i.allergens
FROM sale_line AS l JOIN serving_line AS x ON x.line = l.id
JOIN product_info AS i ON i.product = l.product
WHERE l.sale = :sale AND x.course = :course AND i.allergens <> 0;

-- query: kitchen_ended
-- What was last made at a station, the newest first.
-- in: station i64, most i64
-- all: sale i64, course i64, number i64!, kind text, name text!, ready_at i64!, lines i64!
SELECT l.sale, x.course, coalesce(t.number, 0) AS number, v.kind, s.name,
	max(k.ready_at) AS ready_at, count(*) AS lines
FROM kitchen_line AS k
JOIN sale_line AS l ON l.id = k.line
JOIN serving_line AS x ON x.line = l.id
JOIN sale AS s ON s.id = l.sale
JOIN serving AS v ON v.sale = l.sale
LEFT JOIN room_table AS t ON t.id = v.tbl
WHERE k.station = :station AND k.state = 'ready'
GROUP BY l.sale, x.course ORDER BY max(k.ready_at) DESC LIMIT :most;

-- query: kitchen_called
-- When somebody was called for what is ready of its courses.
-- in: sale i64
-- all: course i64, at i64
SELECT course, at FROM serving_event WHERE sale = :sale AND kind = 'called';

-- query: kitchen_runners
-- What a server was called for and that still stands at the pass.
-- in: server i64, since i64
-- all: sale i64, course i64, name text, at i64!
SELECT l.sale, x.course, s.name, max(e.at) AS at
FROM kitchen_line AS k
JOIN sale_line AS l ON l.id = k.line
JOIN serving_line AS x ON x.line = l.id
JOIN sale AS s ON s.id = l.sale
JOIN serving AS v ON v.sale = l.sale
JOIN serving_event AS e ON e.sale = l.sale AND e.kind = 'called'
	AND e.course = x.course AND e.at >= k.ready_at
WHERE k.state = 'ready' AND k.ready_at > :since AND v.server = :server
GROUP BY l.sale, x.course, s.name ORDER BY max(e.at);

-- query: kitchen_sent_last
-- Where what was sent last of a sale is made.
-- in: sale i64
-- all: station i64
SELECT DISTINCT k.station FROM sale_line AS l
JOIN serving_line AS x ON x.line = l.id
JOIN kitchen_line AS k ON k.line = l.id
WHERE l.sale = :sale AND x.sent_at = (SELECT max(o.sent_at)
	FROM sale_line AS ol JOIN serving_line AS o ON o.line = ol.id
	WHERE ol.sale = :sale)
ORDER BY k.station;

-- query: kitchen_paper
-- One line as a kitchen's paper has it.
-- in: line i64
-- one: sale i64, label text!, words text, note text, seat i64, course i64, qty i64, under bool!, fired bool!, allergens i64!
SELECT l.sale,
	iif(x.shares > 1 AND l.label LIKE '% 1/' || x.shares,
	    substr(l.label, 1, length(l.label) - 3 - length(x.shares)),
	    l.label) AS label,
	l.words, l.note, x.seat, x.course, x.qty,
	l.parent IS NOT NULL AS under, x.fired_at IS NOT NULL AS fired,
	coalesce((SELECT allergens FROM product_info
	    WHERE product = l.product), 0) AS allergens
FROM sale_line AS l JOIN serving_line AS x ON x.line = l.id
WHERE l.id = :line;
