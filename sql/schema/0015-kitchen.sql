-- SPDX-License-Identifier: ISC
-- Stations, what each has to make, and how far it is.  A shop without stations
-- writes nothing here.

-- Where something is made: a display, a printer or both.  `fallback` gets the
-- paper while its own printer is out.  warn and late: minutes after which a
-- ticket is said to wait and to be late.
CREATE TABLE station (
	id		INTEGER PRIMARY KEY,
	name		TEXT NOT NULL CHECK (name <> ''),
	place		INTEGER NOT NULL CHECK (place BETWEEN 1 AND 99),
	display		INTEGER NOT NULL DEFAULT 1 CHECK (display IN (0, 1)),
	printer		INTEGER REFERENCES printer (id),
	fallback	INTEGER REFERENCES station (id),
	warn		INTEGER NOT NULL DEFAULT 10
			CHECK (warn BETWEEN 1 AND 600),
	late		INTEGER NOT NULL DEFAULT 20
			CHECK (late BETWEEN 1 AND 600),
	-- what nothing else names goes here
	rest		INTEGER NOT NULL DEFAULT 0 CHECK (rest IN (0, 1)),
	active		INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	CHECK (fallback <> id),
	CHECK (late >= warn)
) STRICT;
CREATE UNIQUE INDEX station_name ON station (name) WHERE active = 1;

-- Other minutes for a course.
CREATE TABLE station_course (
	station		INTEGER NOT NULL REFERENCES station (id),
	course		INTEGER NOT NULL CHECK (course BETWEEN 0 AND 9),
	warn		INTEGER NOT NULL CHECK (warn BETWEEN 1 AND 600),
	late		INTEGER NOT NULL CHECK (late BETWEEN 1 AND 600),
	PRIMARY KEY (station, course),
	CHECK (late >= warn)
) STRICT, WITHOUT ROWID;

-- What is made where; NULL stands for any.  The rules that name most decide:
-- the item before its category, then the room, then the mode; several equal
-- ones send a line to each of their stations.
CREATE TABLE station_route (
	id		INTEGER PRIMARY KEY,
	station		INTEGER NOT NULL REFERENCES station (id),
	product		INTEGER REFERENCES product (id),
	category	TEXT,
	room		INTEGER REFERENCES room (id),
	mode		TEXT CHECK (mode IN ('on_site', 'take_away_now') OR
			mode IN ('take_away_later', 'delivery')),
	CHECK (product IS NULL OR category IS NULL),
	CHECK (product IS NOT NULL OR category IS NOT NULL OR
			room IS NOT NULL OR mode IS NOT NULL)
) STRICT;
CREATE INDEX station_route_station ON station_route (station);

-- The station a display stood at last: whoever signs in there next sees it.
CREATE TABLE station_terminal (
	terminal	INTEGER PRIMARY KEY REFERENCES terminal (id),
	station		INTEGER NOT NULL REFERENCES station (id)
) STRICT;

-- How far a line is at a station.  `event` is the last one of the line there,
-- which every key at a display states.  `told`: what must be seen (it was
-- taken back or changed) was seen.
CREATE TABLE kitchen_line (
	line		INTEGER NOT NULL REFERENCES sale_line (id),
	station		INTEGER NOT NULL REFERENCES station (id),
	state		TEXT NOT NULL DEFAULT 'sent' CHECK (state IN ('sent',
			'started') OR state IN ('ready', 'served') OR
			state = 'voided'),
	qty		INTEGER NOT NULL,
	told		INTEGER NOT NULL DEFAULT 1 CHECK (told IN (0, 1)),
	event		INTEGER NOT NULL,
	sent_at		INTEGER NOT NULL,
	ready_at	INTEGER,
	PRIMARY KEY (line, station)
) STRICT, WITHOUT ROWID;
CREATE INDEX kitchen_line_open ON kitchen_line (station, sent_at)
	WHERE state IN ('sent', 'started') OR told = 0;
CREATE INDEX kitchen_line_ready ON kitchen_line (state, ready_at)
	WHERE state = 'ready';

-- append-only: kitchen_event
-- Everything that happened to a line at a station, with who and when.
CREATE TABLE kitchen_event (
	id		INTEGER PRIMARY KEY,
	line		INTEGER NOT NULL REFERENCES sale_line (id),
	station		INTEGER NOT NULL REFERENCES station (id),
	at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	kind		TEXT NOT NULL CHECK (kind IN ('sent', 'fired') OR
			kind IN ('started', 'ready') OR kind IN ('recalled',
			'served') OR kind IN ('voided', 'seen') OR
			kind IN ('changed', 'moved')),
	qty		INTEGER NOT NULL,
	-- the station it was moved from
	source		INTEGER REFERENCES station (id)
) STRICT;
CREATE INDEX kitchen_event_line ON kitchen_event (line);
CREATE INDEX kitchen_event_at ON kitchen_event (station, at);
CREATE TRIGGER kitchen_event_no_update BEFORE UPDATE ON kitchen_event
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN what happened cannot be changed');
END;
CREATE TRIGGER kitchen_event_no_delete BEFORE DELETE ON kitchen_event
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN what happened cannot be changed');
END;
