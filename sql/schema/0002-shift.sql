-- SPDX-License-Identifier: ISC
-- Shifts: a drawer from its opening to its count.  What is in the drawer is
-- never stored: it is the sum of its movements and of the payments of the
-- shift, and what a closing wrote down is held against that sum.

-- One stretch of work on one till, or of one cashier ("per").  A ticket
-- belongs to the business day its shift was opened on, however late it is.
-- series and number name its Z ("Z1-000012"), gapless; forced: nobody closed
-- it, the next start did.
CREATE TABLE shift (
	id		INTEGER PRIMARY KEY,
	per		TEXT NOT NULL CHECK (per IN ('till', 'cashier')),
	terminal	INTEGER REFERENCES terminal (id),
	user		INTEGER REFERENCES user (id),	-- who opened it
	drawer		INTEGER NOT NULL CHECK (drawer IN (0, 1)),
	business_day	TEXT NOT NULL CHECK (business_day GLOB '????-??-??'),
	opened_at	INTEGER NOT NULL,
	automatic	INTEGER NOT NULL CHECK (automatic IN (0, 1)),
	state		TEXT NOT NULL DEFAULT 'open'
			CHECK (state IN ('open', 'closed')),
	closed_at	INTEGER,
	closed_by	INTEGER REFERENCES user (id),
	forced		INTEGER NOT NULL DEFAULT 0 CHECK (forced IN (0, 1)),
	series		TEXT,
	number		INTEGER CHECK (number > 0),
	counted		INTEGER REFERENCES drawer_count (id),
	CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
	CHECK ((state = 'closed') = (number IS NOT NULL)),
	CHECK ((number IS NULL) = (series IS NULL))
) STRICT;
-- One open at a time; 0 is the shell of the shop's owner.
CREATE UNIQUE INDEX shift_open_till ON shift (coalesce(terminal, 0))
	WHERE state = 'open' AND per = 'till';
CREATE UNIQUE INDEX shift_open_cashier ON shift (coalesce(user, 0))
	WHERE state = 'open' AND per = 'cashier';
CREATE INDEX shift_open ON shift (id) WHERE state = 'open';
CREATE UNIQUE INDEX shift_z ON shift (series, number)
	WHERE number IS NOT NULL;
CREATE INDEX shift_day ON shift (business_day);
CREATE TRIGGER shift_no_update BEFORE UPDATE ON shift
WHEN OLD.state = 'closed'
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a closed shift cannot be changed');
END;
CREATE TRIGGER shift_no_delete BEFORE DELETE ON shift
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a shift is never deleted');
END;

-- append-only: drawer_move drawer_count drawer_count_line drawer_count_sum
-- append-only: shift_total shift_vat shift_figure
-- What went into a drawer or out of it beside payments; out is negative.  A
-- drawer opened without a sale moved nothing and is here as well.  surplus
-- and shortage are what the count of a closing found (758, 658).  The currency
-- '' is the shop's own, here and below.
CREATE TABLE drawer_move (
	id		INTEGER PRIMARY KEY,
	shift		INTEGER NOT NULL REFERENCES shift (id),
	kind		TEXT NOT NULL CHECK (kind IN ('float', 'pay_in',
			'pay_out', 'drop', 'no_sale', 'surplus', 'shortage')),
	tender		TEXT NOT NULL REFERENCES tender (name),
	currency	TEXT NOT NULL CHECK (length(currency) IN (0, 3)),
	amount		INTEGER NOT NULL,
	reason		TEXT NOT NULL DEFAULT '',
	at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	terminal	INTEGER REFERENCES terminal (id),
	CHECK (CASE kind WHEN 'no_sale' THEN amount = 0
		WHEN 'float' THEN 1
		WHEN 'pay_in' THEN amount > 0 WHEN 'surplus' THEN amount > 0
		ELSE amount < 0 END)
) STRICT;
CREATE INDEX drawer_move_shift ON drawer_move (shift);
CREATE TRIGGER drawer_move_no_insert BEFORE INSERT ON drawer_move
WHEN (SELECT state FROM shift WHERE id = NEW.shift) = 'closed'
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a closed shift cannot be changed');
END;
CREATE TRIGGER drawer_move_no_update BEFORE UPDATE ON drawer_move
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a drawer movement cannot be changed');
END;
CREATE TRIGGER drawer_move_no_delete BEFORE DELETE ON drawer_move
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a drawer movement cannot be changed');
END;

-- Each time somebody counted, and what the books said at that moment.  `seen`:
-- who counted could see what was expected.  payment is the last one there
-- was: a later one makes the count old.
CREATE TABLE drawer_count (
	id		INTEGER PRIMARY KEY,
	shift		INTEGER NOT NULL REFERENCES shift (id),
	seen		INTEGER NOT NULL CHECK (seen IN (0, 1)),
	at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	terminal	INTEGER REFERENCES terminal (id),
	payment		INTEGER NOT NULL,
	move		INTEGER NOT NULL
) STRICT;
CREATE INDEX drawer_count_shift ON drawer_count (shift);

-- How many of each coin and note; value in minor units of its currency, 0 for
-- an amount that was typed whole (n is the amount then).
CREATE TABLE drawer_count_line (
	count		INTEGER NOT NULL REFERENCES drawer_count (id),
	tender		TEXT NOT NULL REFERENCES tender (name),
	currency	TEXT NOT NULL,
	value		INTEGER NOT NULL CHECK (value >= 0),
	n		INTEGER NOT NULL CHECK (n > 0),
	PRIMARY KEY (count, tender, currency, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE drawer_count_sum (
	count		INTEGER NOT NULL REFERENCES drawer_count (id),
	tender		TEXT NOT NULL REFERENCES tender (name),
	currency	TEXT NOT NULL,
	counted		INTEGER NOT NULL CHECK (counted >= 0),
	expected	INTEGER NOT NULL,
	PRIMARY KEY (count, tender, currency)
) STRICT, WITHOUT ROWID;

-- A count that goes on: what was typed of it so far, so that a line that is
-- lost loses none of it.  Gone once it is written down, given up, or closed.
CREATE TABLE drawer_sheet (
	shift		INTEGER NOT NULL REFERENCES shift (id),
	tender		TEXT NOT NULL REFERENCES tender (name),
	currency	TEXT NOT NULL,
	value		INTEGER NOT NULL CHECK (value >= 0),
	n		INTEGER NOT NULL CHECK (n > 0),
	PRIMARY KEY (shift, tender, currency, value)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER drawer_count_no_insert BEFORE INSERT ON drawer_count
WHEN (SELECT state FROM shift WHERE id = NEW.shift) = 'closed'
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a closed shift cannot be changed');
END;
CREATE TRIGGER drawer_count_no_update BEFORE UPDATE ON drawer_count
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a count cannot be changed');
END;
CREATE TRIGGER drawer_count_no_delete BEFORE DELETE ON drawer_count
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a count cannot be changed');
END;
CREATE TRIGGER drawer_count_line_no_update BEFORE UPDATE ON drawer_count_line
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a count cannot be changed');
END;
CREATE TRIGGER drawer_count_line_no_delete BEFORE DELETE ON drawer_count_line
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a count cannot be changed');
END;
CREATE TRIGGER drawer_count_sum_no_update BEFORE UPDATE ON drawer_count_sum
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a count cannot be changed');
END;
CREATE TRIGGER drawer_count_sum_no_delete BEFORE DELETE ON drawer_count_sum
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a count cannot be changed');
END;

-- What a Z says of each tender and currency: float and movements, payments,
-- and so what is expected; what was counted (NULL: it was not), and what of it
-- stays in the drawer for the next shift.
CREATE TABLE shift_total (
	shift		INTEGER NOT NULL REFERENCES shift (id),
	tender		TEXT NOT NULL REFERENCES tender (name),
	currency	TEXT NOT NULL,
	moved		INTEGER NOT NULL,
	taken		INTEGER NOT NULL,
	payments	INTEGER NOT NULL,	-- how many
	counted		INTEGER,
	left		INTEGER NOT NULL,
	PRIMARY KEY (shift, tender, currency)
) STRICT, WITHOUT ROWID;

-- VAT of its tickets per rate, added, never computed again.
CREATE TABLE shift_vat (
	shift		INTEGER NOT NULL REFERENCES shift (id),
	part		INTEGER NOT NULL,
	rate		INTEGER NOT NULL,
	name		TEXT NOT NULL,
	letter		TEXT NOT NULL,
	gross		INTEGER NOT NULL,
	net		INTEGER NOT NULL,
	vat		INTEGER NOT NULL,
	PRIMARY KEY (shift, part, rate, name),
	CHECK (net + vat = gross)
) STRICT, WITHOUT ROWID;

-- Everything else a Z counts: tickets, voids, duplicates ...
CREATE TABLE shift_figure (
	shift		INTEGER NOT NULL REFERENCES shift (id),
	name		TEXT NOT NULL,
	count		INTEGER NOT NULL,
	amount		INTEGER NOT NULL,
	PRIMARY KEY (shift, name)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER shift_total_no_insert BEFORE INSERT ON shift_total
WHEN (SELECT state FROM shift WHERE id = NEW.shift) = 'closed'
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a closed shift cannot be changed');
END;
CREATE TRIGGER shift_total_no_update BEFORE UPDATE ON shift_total
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a closed shift cannot be changed');
END;
CREATE TRIGGER shift_total_no_delete BEFORE DELETE ON shift_total
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a closed shift cannot be changed');
END;
CREATE TRIGGER shift_vat_no_insert BEFORE INSERT ON shift_vat
WHEN (SELECT state FROM shift WHERE id = NEW.shift) = 'closed'
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a closed shift cannot be changed');
END;
CREATE TRIGGER shift_vat_no_update BEFORE UPDATE ON shift_vat
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a closed shift cannot be changed');
END;
CREATE TRIGGER shift_vat_no_delete BEFORE DELETE ON shift_vat
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a closed shift cannot be changed');
END;
CREATE TRIGGER shift_figure_no_insert BEFORE INSERT ON shift_figure
WHEN (SELECT state FROM shift WHERE id = NEW.shift) = 'closed'
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a closed shift cannot be changed');
END;
CREATE TRIGGER shift_figure_no_update BEFORE UPDATE ON shift_figure
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a closed shift cannot be changed');
END;
CREATE TRIGGER shift_figure_no_delete BEFORE DELETE ON shift_figure
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a closed shift cannot be changed');
END;

-- Each later print of a Z.
-- append-only: shift_duplicate
CREATE TABLE shift_duplicate (
	shift		INTEGER NOT NULL REFERENCES shift (id),
	n		INTEGER NOT NULL CHECK (n > 0),
	at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	journal		INTEGER NOT NULL REFERENCES journal (id),
	PRIMARY KEY (shift, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER shift_duplicate_no_update BEFORE UPDATE ON shift_duplicate
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a duplicate cannot be changed');
END;
CREATE TRIGGER shift_duplicate_no_delete BEFORE DELETE ON shift_duplicate
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a duplicate cannot be changed');
END;

-- Nothing is paid into a shift that is closed.
CREATE TRIGGER payment_shift BEFORE INSERT ON payment
WHEN (SELECT state FROM shift WHERE id = NEW.shift) = 'closed'
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a closed shift cannot be changed');
END;
