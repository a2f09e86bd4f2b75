-- SPDX-License-Identifier: ISC
-- The shop's tables.  Money in minor units, quantities in thousandths, rates
-- in 1/100 000, times in milliseconds UTC, flags 0 or 1.

-- People ---------------------------------------------------------------------

-- Somebody who signs in.  `login` is the name as compared: folded, letters
-- and digits and ._- only, so that "Zoé" is asked for as zoe@shop.  Secrets
-- are argon2id strings; a user is never deleted, only made inactive.
CREATE TABLE user (
	id		INTEGER PRIMARY KEY,
	name		TEXT NOT NULL CHECK (name <> ''),
	login		TEXT NOT NULL UNIQUE CHECK (login <> ''),
	role		TEXT NOT NULL,
	language	TEXT NOT NULL DEFAULT '',
	implied		INTEGER NOT NULL DEFAULT 0 CHECK (implied IN (0, 1)),
	active		INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	locked		INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)),
	password	TEXT,
	pin		TEXT,
	pin_fails	INTEGER NOT NULL DEFAULT 0 CHECK (pin_fails >= 0),
	totp		BLOB CHECK (totp IS NULL OR length(totp) >= 10),
	totp_step	INTEGER NOT NULL DEFAULT 0,
	made_at		INTEGER NOT NULL,
	last_login	INTEGER
) STRICT;

-- Public keys a user may sign in with; `key` is the base64 wire form.
CREATE TABLE user_key (
	id		INTEGER PRIMARY KEY,
	user		INTEGER NOT NULL REFERENCES user (id),
	type		TEXT NOT NULL,
	key		TEXT NOT NULL,
	fingerprint	TEXT NOT NULL,
	comment		TEXT NOT NULL DEFAULT '',
	made_at		INTEGER NOT NULL,
	UNIQUE (user, fingerprint)
) STRICT;

-- A workplace: known by its keys, its serial line or the console.  `deny`
-- names the rights nobody has there, spaces between.
CREATE TABLE terminal (
	id		INTEGER PRIMARY KEY,
	name		TEXT NOT NULL CHECK (name <> ''),
	login		TEXT NOT NULL UNIQUE CHECK (login <> ''),
	printer		INTEGER REFERENCES printer (id),
	tender		TEXT NOT NULL DEFAULT 'cash',
	deny		TEXT NOT NULL DEFAULT '',
	trusted		INTEGER NOT NULL DEFAULT 0 CHECK (trusted IN (0, 1)),
	active		INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	made_at		INTEGER NOT NULL,
	last_seen	INTEGER
) STRICT;

CREATE TABLE terminal_key (
	id		INTEGER PRIMARY KEY,
	terminal	INTEGER NOT NULL REFERENCES terminal (id),
	type		TEXT NOT NULL,
	key		TEXT NOT NULL,
	fingerprint	TEXT NOT NULL UNIQUE,
	made_at		INTEGER NOT NULL
) STRICT;

-- An unknown key that was shown a code, until somebody accepts it.
CREATE TABLE enrolment (
	id		INTEGER PRIMARY KEY,
	code		TEXT NOT NULL UNIQUE,
	type		TEXT NOT NULL,
	key		TEXT NOT NULL,
	fingerprint	TEXT NOT NULL UNIQUE,
	origin		TEXT NOT NULL,
	made_at		INTEGER NOT NULL,
	expires_at	INTEGER NOT NULL
) STRICT;

-- A serial line and the terminal at its end.
CREATE TABLE line (
	id		INTEGER PRIMARY KEY,
	name		TEXT NOT NULL CHECK (name <> ''),
	login		TEXT NOT NULL UNIQUE CHECK (login <> ''),
	device		TEXT NOT NULL UNIQUE,
	terminal	INTEGER NOT NULL REFERENCES terminal (id),
	speed		INTEGER NOT NULL DEFAULT 9600,
	format		TEXT NOT NULL DEFAULT '8N1',
	flow		TEXT NOT NULL DEFAULT 'xonxoff'
			CHECK (flow IN ('none', 'xonxoff', 'rtscts')),
	term		TEXT NOT NULL DEFAULT 'vt220',
	charset		TEXT NOT NULL DEFAULT 'latin1',
	columns		INTEGER NOT NULL DEFAULT 80
			CHECK (columns BETWEEN 20 AND 500),
	rows		INTEGER NOT NULL DEFAULT 24
			CHECK (rows BETWEEN 8 AND 200),
	modem		INTEGER NOT NULL DEFAULT 0 CHECK (modem IN (0, 1)),
	active		INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;

-- Somebody at work on a terminal: one row an interactive session.  A process
-- that was killed leaves its row open; (boot, pid, pid_start) tells that it
-- is dead, whoever reads it next.
CREATE TABLE session (
	id		INTEGER PRIMARY KEY,
	user		INTEGER NOT NULL REFERENCES user (id),
	terminal	INTEGER REFERENCES terminal (id),
	door		TEXT NOT NULL,
	origin		TEXT NOT NULL,
	boot		TEXT NOT NULL,
	pid		INTEGER NOT NULL,
	pid_start	INTEGER NOT NULL,
	started_at	INTEGER NOT NULL,
	ended_at	INTEGER,
	ended_how	TEXT CHECK (ended_how IN ('logout', 'dead', 'switch'))
) STRICT;
CREATE INDEX session_open ON session (user) WHERE ended_at IS NULL;

-- Something a session is told: its sale was taken by `user` at `terminal`.
CREATE TABLE notice (
	id		INTEGER PRIMARY KEY,
	session		INTEGER NOT NULL REFERENCES session (id),
	at		INTEGER NOT NULL,
	kind		TEXT NOT NULL,
	object_id	INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	terminal	INTEGER REFERENCES terminal (id)
) STRICT;
CREATE INDEX notice_session ON notice (session);

-- Where a user was on a terminal: the screen and the entry line that were
-- showing, so that a phone that slept comes back to them.
CREATE TABLE place (
	terminal	INTEGER NOT NULL REFERENCES terminal (id),
	user		INTEGER NOT NULL REFERENCES user (id),
	at		INTEGER NOT NULL,
	screen		TEXT NOT NULL,
	object_id	INTEGER NOT NULL DEFAULT 0,
	entry		TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (terminal, user)
) STRICT, WITHOUT ROWID;

-- Only what differs from the defaults in src/shop/setting.c.
CREATE TABLE setting (
	name		TEXT PRIMARY KEY,
	value		TEXT NOT NULL,
	changed_at	INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- append-only: audit
-- Who did what when.  Ids and numbers only, nothing personal.
CREATE TABLE audit (
	id		INTEGER PRIMARY KEY,
	at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	terminal	INTEGER REFERENCES terminal (id),
	session		INTEGER REFERENCES session (id),
	door		TEXT NOT NULL,
	unix_user	TEXT NOT NULL DEFAULT '',
	action		TEXT NOT NULL,
	object		TEXT NOT NULL DEFAULT '',
	object_id	INTEGER NOT NULL DEFAULT 0,
	detail		TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX audit_at ON audit (at);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
	SELECT RAISE(ABORT, 'audit is append-only');
END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
	SELECT RAISE(ABORT, 'audit is append-only');
END;

-- Paper ----------------------------------------------------------------------

-- A printer, where it is and how it was last seen (src/shop/print.h).
CREATE TABLE printer (
	id		INTEGER PRIMARY KEY,
	name		TEXT NOT NULL UNIQUE CHECK (name <> ''),
	driver		TEXT NOT NULL,
	model		TEXT NOT NULL DEFAULT '',
	connection	TEXT NOT NULL,
	columns		INTEGER NOT NULL DEFAULT 0,
	charset		TEXT NOT NULL DEFAULT '',
	drawer		INTEGER NOT NULL DEFAULT 0 CHECK (drawer IN (0, 2, 5)),
	active		INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	is_default	INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
	state		TEXT NOT NULL DEFAULT 'unserved',
	detail		TEXT NOT NULL DEFAULT '',
	since		INTEGER NOT NULL DEFAULT 0
) STRICT;
