-- SPDX-License-Identifier: ISC
-- Rooms, tables and whoever sits at them.  An open table is an open sale with
-- a row of `serving` beside it; a shop that has none writes nothing here.

-- A part of the house with tables in it.
CREATE TABLE room (
	id		INTEGER PRIMARY KEY,
	place		INTEGER NOT NULL CHECK (place BETWEEN 1 AND 99),
	name		TEXT NOT NULL CHECK (name <> ''),
	-- how what is ordered in it is consumed, for the tax
	mode		TEXT NOT NULL DEFAULT 'on_site' CHECK (mode IN ('',
			'on_site') OR mode IN ('take_away_now',
			'take_away_later') OR mode = 'delivery'),
	active		INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX room_place ON room (place) WHERE active = 1;

-- A table, by the number people call it; line and cell are where it stands on
-- the room's grid.  `joined`: it stands at that other table.  `state`
-- is what is left when nobody sits at it.
CREATE TABLE room_table (
	id		INTEGER PRIMARY KEY,
	room		INTEGER NOT NULL REFERENCES room (id),
	number		INTEGER NOT NULL CHECK (number BETWEEN 1 AND 9999),
	seats		INTEGER NOT NULL CHECK (seats BETWEEN 1 AND 99),
	shape		TEXT NOT NULL DEFAULT 'square' CHECK (shape IN
			('square', 'round') OR shape IN ('long', 'bar')),
	line		INTEGER NOT NULL CHECK (line BETWEEN 0 AND 19),
	cell		INTEGER NOT NULL CHECK (cell BETWEEN 0 AND 19),
	joined		INTEGER REFERENCES room_table (id),
	state		TEXT NOT NULL DEFAULT 'free' CHECK (state IN ('free',
			'paid') OR state IN ('dirty', 'blocked')),
	since		INTEGER NOT NULL DEFAULT 0,
	note		TEXT NOT NULL DEFAULT '',	-- why it is blocked
	active		INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	CHECK (joined <> id)
) STRICT;
CREATE UNIQUE INDEX room_table_number ON room_table (number)
	WHERE active = 1;
CREATE UNIQUE INDEX room_table_spot ON room_table (room, line, cell)
	WHERE active = 1;

-- The courses of a meal, and which one a category belongs to; what belongs to
-- none (drinks) goes at once, as course 0.
CREATE TABLE course (
	number		INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 9),
	name		TEXT NOT NULL CHECK (name <> '')
) STRICT;
CREATE TABLE course_of (
	category	TEXT PRIMARY KEY,
	course		INTEGER NOT NULL CHECK (course BETWEEN 0 AND 9)
) STRICT, WITHOUT ROWID;

-- Somebody who is served: at a table, at the bar under a name, or who comes
-- for it or has it brought.  `course` is the last one fired.  `whole`: it was
-- split off that sale.  Times of what happened last; serving_event has all.
CREATE TABLE serving (
	sale		INTEGER PRIMARY KEY REFERENCES sale (id),
	kind		TEXT NOT NULL CHECK (kind IN ('table', 'tab') OR
			kind IN ('take_away', 'delivery')),
	tbl		INTEGER REFERENCES room_table (id),
	covers		INTEGER NOT NULL DEFAULT 0
			CHECK (covers BETWEEN 0 AND 999),
	server		INTEGER REFERENCES user (id),
	seated_at	INTEGER NOT NULL,
	ordered_at	INTEGER,
	course		INTEGER NOT NULL DEFAULT 0,
	fired_at	INTEGER,
	bill_at		INTEGER,
	rush		INTEGER NOT NULL DEFAULT 0 CHECK (rush IN (0, 1)),
	whole		INTEGER REFERENCES sale (id),
	phone		TEXT NOT NULL DEFAULT '',
	address		TEXT NOT NULL DEFAULT '',
	promised_at	INTEGER,
	ended_at	INTEGER,
	ended_how	TEXT CHECK (ended_how IN ('paid', 'cancelled') OR
			ended_how = 'merged'),
	CHECK ((kind = 'table') = (tbl IS NOT NULL)),
	CHECK ((ended_at IS NULL) = (ended_how IS NULL))
) STRICT;
CREATE INDEX serving_open ON serving (tbl) WHERE ended_at IS NULL;
CREATE INDEX serving_seated ON serving (seated_at);
CREATE INDEX serving_whole ON serving (whole) WHERE whole IS NOT NULL;

-- What the kitchen and the waiter know of a line.  sent_at: the kitchen has
-- it, `qty` of it then, however the bill is divided later; fired_at: it is to
-- be made now; had: whoever ordered it has it already, nobody makes it.  A
-- share of a line (one of `shares` parts of `part_of`) is never sent itself.
CREATE TABLE serving_line (
	line		INTEGER PRIMARY KEY REFERENCES sale_line (id),
	course		INTEGER NOT NULL CHECK (course BETWEEN 0 AND 9),
	seat		INTEGER NOT NULL DEFAULT 0
			CHECK (seat BETWEEN 0 AND 99),
	held		INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),
	sent_at		INTEGER,
	sent_by		INTEGER REFERENCES user (id),
	qty		INTEGER NOT NULL DEFAULT 0,
	fired_at	INTEGER,
	fired_by	INTEGER REFERENCES user (id),
	part_of		INTEGER REFERENCES sale_line (id),
	shares		INTEGER NOT NULL DEFAULT 1
			CHECK (shares BETWEEN 1 AND 99),
	had		INTEGER NOT NULL DEFAULT 0 CHECK (had IN (0, 1)),
	CHECK (fired_at IS NULL OR sent_at IS NOT NULL)
) STRICT;
CREATE INDEX serving_line_part ON serving_line (part_of)
	WHERE part_of IS NOT NULL;

-- A guest who must not eat something; `seat` 0: somebody at the table.
CREATE TABLE serving_allergy (
	sale		INTEGER NOT NULL REFERENCES sale (id),
	seat		INTEGER NOT NULL CHECK (seat BETWEEN 0 AND 99),
	words		TEXT NOT NULL CHECK (words <> ''),
	PRIMARY KEY (sale, seat, words)
) STRICT, WITHOUT ROWID;

-- append-only: serving_event
-- Everything that happened to somebody served, with who and when.  `n` is
-- covers, an amount or the other sale, as the kind has it.
CREATE TABLE serving_event (
	id		INTEGER PRIMARY KEY,
	sale		INTEGER NOT NULL REFERENCES sale (id),
	tbl		INTEGER REFERENCES room_table (id),
	at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	kind		TEXT NOT NULL CHECK (kind IN ('seated', 'covers')
			OR kind IN ('sent', 'fired') OR kind IN ('rush',
			'message') OR kind IN ('bill', 'split') OR kind IN
			('merged', 'moved') OR kind IN ('server', 'lines') OR
			kind IN ('voided', 'paid') OR kind IN ('cancelled',
			'cleared') OR kind IN ('allergy',
			'called') OR kind IN ('had', 'mode')),
	course		INTEGER NOT NULL DEFAULT 0,
	line		INTEGER REFERENCES sale_line (id),
	n		INTEGER NOT NULL DEFAULT 0,
	words		TEXT NOT NULL DEFAULT '',
	approver	INTEGER REFERENCES user (id)
) STRICT;
CREATE INDEX serving_event_sale ON serving_event (sale);
CREATE INDEX serving_event_at ON serving_event (at);
CREATE TRIGGER serving_event_no_update BEFORE UPDATE ON serving_event
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN what happened cannot be changed');
END;
CREATE TRIGGER serving_event_no_delete BEFORE DELETE ON serving_event
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN what happened cannot be changed');
END;

-- A table that somebody has asked for.
CREATE TABLE booking (
	id		INTEGER PRIMARY KEY,
	at		INTEGER NOT NULL,
	covers		INTEGER NOT NULL CHECK (covers BETWEEN 1 AND 999),
	name		TEXT NOT NULL CHECK (name <> ''),
	phone		TEXT NOT NULL DEFAULT '',
	note		TEXT NOT NULL DEFAULT '',
	tbl		INTEGER REFERENCES room_table (id),
	state		TEXT NOT NULL DEFAULT 'booked' CHECK (state IN
			('booked', 'seated') OR state IN ('cancelled',
			'missed')),
	sale		INTEGER REFERENCES sale (id),
	made_at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	version		INTEGER NOT NULL DEFAULT 1,
	CHECK ((state = 'seated') = (sale IS NOT NULL))
) STRICT;
CREATE INDEX booking_at ON booking (at) WHERE state = 'booked';

-- What there is only so much of today.  `rest` goes down and up with the lines
-- of open sales, by triggers, and never below 0: whoever asks second is
-- refused; what is practised is not eaten.  `day`: a dish of that business day
-- only.  product.choices has 4.
CREATE TABLE dish_count (
	product		INTEGER PRIMARY KEY REFERENCES product (id),
	rest		INTEGER,		-- NULL: no count
	day		TEXT CHECK (day GLOB '????-??-??'),
	station		TEXT NOT NULL DEFAULT '',	-- who makes it, as said
	set_at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	CHECK (rest IS NOT NULL OR day IS NOT NULL)
) STRICT;
CREATE TRIGGER dish_count_flag AFTER INSERT ON dish_count
BEGIN
	UPDATE product SET choices = choices | 4 WHERE id = NEW.product;
END;
CREATE TRIGGER dish_count_unflag AFTER DELETE ON dish_count
BEGIN
	UPDATE product SET choices = choices & 3 WHERE id = OLD.product;
END;
CREATE TRIGGER dish_count_end BEFORE UPDATE OF rest ON dish_count
WHEN NEW.rest < 0 AND NEW.rest < OLD.rest
BEGIN
	SELECT RAISE(ABORT, 'ERR:RANGE sold out: there are not so many left');
END;
CREATE TRIGGER dish_count_sold AFTER INSERT ON sale_line
WHEN (SELECT choices FROM product WHERE id = NEW.product) & 4
	AND NEW.returns IS NULL AND NEW.state <> 'void'
	AND (SELECT training FROM sale WHERE id = NEW.sale) = 0
BEGIN
	UPDATE dish_count SET rest = rest - NEW.qty
	WHERE product = NEW.product AND rest IS NOT NULL;
END;
CREATE TRIGGER dish_count_changed AFTER UPDATE OF qty, state ON sale_line
WHEN (SELECT choices FROM product WHERE id = NEW.product) & 4
	AND NEW.returns IS NULL
	AND (SELECT training FROM sale WHERE id = NEW.sale) = 0
BEGIN
	UPDATE dish_count SET rest = rest
	    + CASE OLD.state WHEN 'void' THEN 0 ELSE OLD.qty END
	    - CASE NEW.state WHEN 'void' THEN 0 ELSE NEW.qty END
	WHERE product = NEW.product AND rest IS NOT NULL;
END;
CREATE TRIGGER dish_count_cancelled AFTER UPDATE OF state ON sale
WHEN NEW.state = 'cancelled' AND OLD.state <> 'cancelled'
	AND NEW.training = 0 AND EXISTS (SELECT 1 FROM dish_count)
BEGIN
	UPDATE dish_count SET rest = rest + (SELECT coalesce(sum(qty), 0)
	    FROM sale_line AS l WHERE l.sale = NEW.id AND l.state <> 'void'
	    AND l.product = dish_count.product AND l.returns IS NULL)
	WHERE rest IS NOT NULL;
END;
