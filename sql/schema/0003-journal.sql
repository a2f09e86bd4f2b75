-- SPDX-License-Identifier: ISC
-- The journal's closings: what a till took in a period, and since ever.

-- Closings -------------------------------------------------------------------

-- append-only: closing closing_vat
-- A shift, day, month or year of a till that was closed.  Its sums add what
-- its tickets say and are never worked out again: a shift and a day add
-- tickets, a month adds days, a year adds months.  Only turnover counts, no
-- training.  `till` is a terminal, or 0: the shell of the shop's owner.
-- `absolute` adds refunds where `total` takes them off; the perpetual ones go
-- on for ever.  `audit` is the last audit row of the shop by then, and
-- audit_hash what the rows since the closing before it were.
CREATE TABLE closing (
	id		INTEGER PRIMARY KEY,
	till		INTEGER NOT NULL CHECK (till >= 0),
	level		TEXT NOT NULL CHECK
			(level IN ('shift', 'day', 'month', 'year')),
	seq		INTEGER NOT NULL CHECK (seq > 0),
	period		TEXT NOT NULL CHECK (length(period) BETWEEN 4 AND 10),
	shift		INTEGER,
	at		INTEGER NOT NULL,	-- of the period, when forced
	forced		INTEGER NOT NULL CHECK (forced IN (0, 1)),
	tickets		INTEGER NOT NULL CHECK (tickets >= 0),
	refunds		INTEGER NOT NULL CHECK (refunds BETWEEN 0 AND tickets),
	total		INTEGER NOT NULL,
	absolute	INTEGER NOT NULL CHECK (absolute >= abs(total)),
	perpetual	INTEGER NOT NULL,
	perpetual_absolute INTEGER NOT NULL CHECK
			(perpetual_absolute >= abs(perpetual)),
	audit		INTEGER NOT NULL,
	audit_hash	TEXT NOT NULL,
	journal		INTEGER NOT NULL REFERENCES journal (id),
	UNIQUE (till, level, seq),
	CHECK ((level = 'shift') = (shift IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX closing_record ON closing (journal);
CREATE INDEX closing_period ON closing (till, level, period);
CREATE UNIQUE INDEX closing_of_shift ON closing (shift)
	WHERE shift IS NOT NULL;
CREATE TRIGGER closing_no_update BEFORE UPDATE ON closing
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a closing cannot be changed');
END;
CREATE TRIGGER closing_no_delete BEFORE DELETE ON closing
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a closing cannot be changed');
END;

-- Taxes of a closing per rate: the sums of what its tickets say.
CREATE TABLE closing_vat (
	closing		INTEGER NOT NULL REFERENCES closing (id),
	part		INTEGER NOT NULL,
	rate		INTEGER NOT NULL,
	name		TEXT NOT NULL,
	letter		TEXT NOT NULL,
	gross		INTEGER NOT NULL,
	net		INTEGER NOT NULL,
	vat		INTEGER NOT NULL,
	PRIMARY KEY (closing, part, rate),
	CHECK (net + vat = gross)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER closing_vat_no_update BEFORE UPDATE ON closing_vat
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a closing cannot be changed');
END;
CREATE TRIGGER closing_vat_no_delete BEFORE DELETE ON closing_vat
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a closing cannot be changed');
END;

-- A business day a till sold on, and the closing that ended it: NULL while it
-- is open, and again where a country lets a closed day be sold in.
CREATE TABLE till_day (
	till		INTEGER NOT NULL CHECK (till >= 0),
	day		TEXT NOT NULL CHECK (day GLOB '????-??-??'),
	closing		INTEGER REFERENCES closing (id),
	PRIMARY KEY (till, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX till_day_open ON till_day (day, till) WHERE closing IS NULL;
CREATE TRIGGER till_day_no_delete BEFORE DELETE ON till_day
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a day is never taken away');
END;

-- append-only: journal_program
-- Which program wrote the journal from when on.
CREATE TABLE journal_program (
	id		INTEGER PRIMARY KEY,
	program		TEXT NOT NULL,
	at		INTEGER NOT NULL
) STRICT;
CREATE TRIGGER journal_program_no_update BEFORE UPDATE ON journal_program
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN the journal cannot be changed');
END;
CREATE TRIGGER journal_program_no_delete BEFORE DELETE ON journal_program
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN the journal cannot be changed');
END;

-- append-only: archive
-- What was archived: records above `after` up to `last`, of the time from
-- `since` to before `until`.  manifest is the SHA-256 of its list of files.
CREATE TABLE archive (
	id		INTEGER PRIMARY KEY,
	since		INTEGER NOT NULL,
	until		INTEGER NOT NULL CHECK (until >= since),
	after		INTEGER NOT NULL,
	last		INTEGER NOT NULL CHECK (last >= after),
	manifest	TEXT NOT NULL CHECK (length(manifest) = 64),
	journal		INTEGER NOT NULL REFERENCES journal (id)
) STRICT;
CREATE TRIGGER archive_no_update BEFORE UPDATE ON archive
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN an archive cannot be changed');
END;
CREATE TRIGGER archive_no_delete BEFORE DELETE ON archive
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN an archive cannot be changed');
END;
