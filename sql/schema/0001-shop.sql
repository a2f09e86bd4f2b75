-- SPDX-License-Identifier: ISC
-- The shop's tables.  Money in minor units, quantities in thousandths, rates
-- in 1/100 000, times in milliseconds UTC, flags 0 or 1.
--
-- A list of more than two words is written as several of two: SQLite makes a
-- table in memory of a longer one, each time a row is written.
--
-- A line "-- append-only: NAME ..." names tables that only ever grow; triggers
-- that RAISE(ABORT, 'ERR:NAME words') become that error of base/base.h.

-- The database itself ---------------------------------------------------------

-- Which lives of this database there were: the last row is the present one.
-- A restore or a promotion begins a new one.
CREATE TABLE incarnation (
	seq	INTEGER PRIMARY KEY,
	uid	BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
	at	INTEGER NOT NULL,
	why	TEXT NOT NULL CHECK (why IN ('init', 'restore', 'promote'))
) STRICT;
-- append-only: incarnation
CREATE TRIGGER incarnation_no_update BEFORE UPDATE ON incarnation
BEGIN SELECT RAISE(ABORT, 'ERR:FROZEN'); END;
CREATE TRIGGER incarnation_no_delete BEFORE DELETE ON incarnation
BEGIN SELECT RAISE(ABORT, 'ERR:FROZEN'); END;

-- The texts of the migrations that made this schema, as a hash.
CREATE TABLE schema_made (
	version	INTEGER PRIMARY KEY,
	hash	INTEGER NOT NULL,
	at	INTEGER NOT NULL
) STRICT;

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
	totp_tried	INTEGER NOT NULL DEFAULT 0,	-- in that step
	totp_tries	INTEGER NOT NULL DEFAULT 0,
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

-- Badges a user carries: a card, a printed code, an iButton.  Only a slow
-- hash of what the reader sends is kept; `label` is what people call it.
CREATE TABLE user_badge (
	id		INTEGER PRIMARY KEY,
	user		INTEGER NOT NULL REFERENCES user (id),
	hash		TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
	label		TEXT NOT NULL CHECK (label <> ''),
	made_at		INTEGER NOT NULL,
	UNIQUE (user, label)
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
	last_seen	INTEGER,
	-- unknown badges shown here in a row
	badge_fails	INTEGER NOT NULL DEFAULT 0 CHECK (badge_fails >= 0),
	-- 0: no cash drawer stands here, nothing is counted
	drawer		INTEGER NOT NULL DEFAULT 1 CHECK (drawer IN (0, 1)),
	-- how what is sold here is consumed, until somebody says otherwise
	mode		TEXT NOT NULL DEFAULT '' CHECK (mode IN ('', 'on_site',
			'take_away_now', 'take_away_later', 'delivery')),
	-- what is sold here is taken from there
	place		INTEGER NOT NULL DEFAULT 1
			REFERENCES stock_place (id)
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
	net		TEXT NOT NULL,	-- of the limit: the /64 of IPv6
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
	detail		TEXT NOT NULL DEFAULT '',
	approver	INTEGER REFERENCES user (id)	-- whose right it took
) STRICT;
CREATE INDEX audit_at ON audit (at);
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN the audit cannot be changed');
END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN the audit cannot be changed');
END;

-- Paper ----------------------------------------------------------------------

-- A printer, where it is and how it was last seen (src/shop/print.h).  One
-- that was removed stays for the sake of its jobs.
CREATE TABLE printer (
	id		INTEGER PRIMARY KEY,
	name		TEXT NOT NULL CHECK (name <> ''),
	driver		TEXT NOT NULL,
	model		TEXT NOT NULL DEFAULT '',
	connection	TEXT NOT NULL CHECK (connection <> ''),
	columns		INTEGER NOT NULL DEFAULT 0
			CHECK (columns = 0 OR columns BETWEEN 16 AND 132),
	charset		TEXT NOT NULL DEFAULT '',
	drawer		INTEGER NOT NULL DEFAULT 0 CHECK (drawer IN (0, 2, 5)),
	active		INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	is_default	INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
	state		TEXT NOT NULL DEFAULT 'unserved',
	detail		TEXT NOT NULL DEFAULT '',
	since		INTEGER NOT NULL DEFAULT 0,
	removed_at	INTEGER
) STRICT;
CREATE UNIQUE INDEX printer_name ON printer (name COLLATE NOCASE)
	WHERE removed_at IS NULL;
CREATE UNIQUE INDEX printer_default ON printer (is_default)
	WHERE is_default = 1;

-- The outbox.  `key` is drawn anew for every sending and is part of the name
-- the print system gets, so that a job of a restored or older database is
-- never taken for this one.  `attempts` counts the times the data may have
-- left.  `dies_at` is on the boot clock: a drawer pulse is soon worthless.
CREATE TABLE print_job (
	id		INTEGER PRIMARY KEY,
	printer		INTEGER NOT NULL REFERENCES printer (id),
	kind		TEXT NOT NULL CHECK (kind IN ('receipt', 'duplicate')
			OR kind IN ('report', 'kitchen') OR kind IN ('label',
			'test') OR kind = 'drawer'),
	ref		TEXT NOT NULL DEFAULT '',
	slip		TEXT NOT NULL,
	state		TEXT NOT NULL DEFAULT 'queued' CHECK (state IN (
			'queued', 'sending') OR state IN ('sent', 'printed')
			OR state IN ('printed?', 'failed')
			OR state = 'cancelled'),
	note		TEXT NOT NULL DEFAULT '',
	key		TEXT NOT NULL UNIQUE
			DEFAULT (lower(hex(randomblob(8)))),
	attempts	INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
	device_job	INTEGER,
	dies_at		INTEGER,
	-- 1: by somebody; 2: by a kitchen, for another printer
	recalled	INTEGER NOT NULL DEFAULT 0
			CHECK (recalled IN (0, 1, 2)),
	made_at		INTEGER NOT NULL,
	changed_at	INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	terminal	INTEGER REFERENCES terminal (id),
	CHECK ((kind = 'drawer') = (dies_at IS NOT NULL))
) STRICT;
CREATE INDEX print_job_open ON print_job (printer, id)
	WHERE state IN ('queued', 'sending', 'sent');
CREATE INDEX print_job_receipt ON print_job (ref) WHERE kind = 'receipt';
CREATE INDEX print_job_trouble ON print_job (printer, changed_at)
	WHERE state IN ('failed', 'printed?');

-- Catalogue ------------------------------------------------------------------

-- What the law puts under one rate: "meal", "alcohol".  The rates are dated;
-- part 2 is a second tax on the same base (Quebec's TVQ beside the TPS).  A
-- row with a mode holds where the sale is consumed so, '' where none does.
CREATE TABLE tax_class (
	name		TEXT PRIMARY KEY CHECK (name <> ''),
	label		TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tax_rate (
	class		TEXT NOT NULL REFERENCES tax_class (name),
	mode		TEXT NOT NULL DEFAULT '' CHECK (mode IN ('', 'on_site',
			'take_away_now', 'take_away_later', 'delivery')),
	part		INTEGER NOT NULL DEFAULT 1 CHECK (part IN (1, 2)),
	since		TEXT NOT NULL CHECK (since GLOB '????-??-??'),
	name		TEXT NOT NULL,
	letter		TEXT NOT NULL,
	rate		INTEGER NOT NULL CHECK (rate BETWEEN 0 AND 100000),
	PRIMARY KEY (class, mode, part, since)
) STRICT, WITHOUT ROWID;

-- A product is never deleted, only made inactive.  `folded` is the name as it
-- is searched: lower case, no accents.
CREATE TABLE product (
	id		INTEGER PRIMARY KEY,
	code		TEXT NOT NULL UNIQUE CHECK (code <> ''),
	name		TEXT NOT NULL CHECK (name <> ''),
	folded		TEXT NOT NULL,
	category	TEXT NOT NULL DEFAULT '',
	tax_class	TEXT NOT NULL REFERENCES tax_class (name),
	unit		TEXT NOT NULL DEFAULT 'pc'
			CHECK (unit IN ('pc', 'kg', 'l', 'm')),
	price		INTEGER NOT NULL CHECK (price >= 0),
	tracked		INTEGER NOT NULL DEFAULT 0 CHECK (tracked IN (0, 1)),
	active		INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	changed_at	INTEGER NOT NULL,
	-- What selling it means: a department has an open price, a voucher or
	-- a deposit is no turnover.
	kind		TEXT NOT NULL DEFAULT 'item' CHECK (kind IN
			('item', 'department', 'voucher', 'deposit')),
	-- An open price lies between these; 0 is no limit.
	min_price	INTEGER NOT NULL DEFAULT 0 CHECK (min_price >= 0),
	max_price	INTEGER NOT NULL DEFAULT 0
			CHECK (max_price = 0 OR max_price >= min_price),
	-- What the law calls it, where a paper depends on it (domain.md 1.6):
	-- '' goods, or a meal by its tax class.
	nature		TEXT NOT NULL DEFAULT '' CHECK (nature IN ('',
			'service', 'guarantee')),
	-- Each piece has a number of its own, asked when it is sold.
	serials		INTEGER NOT NULL DEFAULT 0 CHECK (serials IN (0, 1)),
	-- 1: it has options, 2: it has variants, 4: it is counted or of one
	-- day (dish_count); all by triggers
	choices		INTEGER NOT NULL DEFAULT 0
			CHECK (choices BETWEEN 0 AND 7),
	-- who changed it at changed_at
	changed_by	INTEGER REFERENCES user (id),
	-- its stock is kept by lot, as product_info says; by triggers
	lots		INTEGER NOT NULL DEFAULT 0 CHECK (lots IN (0, 1))
) STRICT;
CREATE INDEX product_category ON product (category, code);

CREATE TABLE barcode (
	code		TEXT PRIMARY KEY CHECK (code <> ''),
	product		INTEGER NOT NULL REFERENCES product (id),
	pack		INTEGER REFERENCES pack (id)	-- NULL: one of it
) STRICT, WITHOUT ROWID;
CREATE INDEX barcode_product ON barcode (product);

-- Word starts of `folded`.  Written by product.c and import.c, not by
-- triggers: row by row a large import would take four times as long.
CREATE VIRTUAL TABLE product_word USING fts5 (
	folded,
	content = 'product', content_rowid = 'id',
	tokenize = 'ascii', prefix = '1 2 3 4 5 6', detail = none,
	columnsize = 0
);

-- A CSV being imported: staged in short transactions, flipped into the
-- catalogue in one, then its words and stock follow in slices, each taking its
-- lines away.  old_folded NULL: a new product.
CREATE TABLE import_batch (
	id		INTEGER PRIMARY KEY,
	state		TEXT NOT NULL CHECK (state IN ('staging', 'following')),
	boot		TEXT NOT NULL,		-- who does it, as in session
	pid		INTEGER NOT NULL,
	pid_start	INTEGER NOT NULL,
	made_at		INTEGER NOT NULL
) STRICT;

CREATE TABLE import_line (
	batch		INTEGER NOT NULL REFERENCES import_batch (id),
	line		INTEGER NOT NULL,
	code		TEXT NOT NULL,
	name		TEXT NOT NULL,
	folded		TEXT NOT NULL,
	old_folded	TEXT,
	category	TEXT NOT NULL,
	tax_class	TEXT NOT NULL,
	unit		TEXT NOT NULL,
	price		INTEGER NOT NULL,
	stock		INTEGER,		-- the level wanted
	kind		TEXT,			-- NULL: not in the file
	min_price	INTEGER,
	max_price	INTEGER,
	serials		INTEGER,
	active		INTEGER,
	PRIMARY KEY (batch, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_line_code ON import_line (code);

CREATE TABLE import_barcode (
	batch		INTEGER NOT NULL REFERENCES import_batch (id),
	code		TEXT NOT NULL,
	owner		TEXT NOT NULL,		-- the product's code
	pack		TEXT,			-- its name; NULL: one of it
	PRIMARY KEY (batch, code)
) STRICT, WITHOUT ROWID;

-- Sales ----------------------------------------------------------------------

-- How money comes in.  `letter` is typed after an amount, the same in every
-- language; `rounded`: the country's cash rounding applies.  `kind` is what is
-- done with it (src/shop/tender.h), the rest its rules.
CREATE TABLE tender (
	name		TEXT PRIMARY KEY CHECK (name <> ''),
	label		TEXT NOT NULL,
	letter		TEXT NOT NULL UNIQUE,
	change		INTEGER NOT NULL CHECK (change IN (0, 1)),
	drawer		INTEGER NOT NULL CHECK (drawer IN (0, 1)),
	rounded		INTEGER NOT NULL CHECK (rounded IN (0, 1)),
	place		INTEGER NOT NULL,
	active		INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	kind		TEXT NOT NULL DEFAULT 'other' CHECK (kind IN ('cash',
			'card', 'cheque', 'meal', 'mobile', 'transfer',
			'voucher', 'account', 'other')),
	reference	INTEGER NOT NULL DEFAULT 0	-- 2: once a day only
			CHECK (reference IN (0, 1, 2)),
	phone		INTEGER NOT NULL DEFAULT 0 CHECK (phone IN (0, 1)),
	-- the money is waited for: :confirmed or :failed
	waits		INTEGER NOT NULL DEFAULT 0 CHECK (waits IN (0, 1)),
	-- tax classes it pays for, blanks between; '' everything
	eligible	TEXT NOT NULL DEFAULT '',
	least		INTEGER NOT NULL DEFAULT 0 CHECK (least >= 0),
	-- of one payer a day; 0 no limit
	most		INTEGER NOT NULL DEFAULT 0 CHECK (most >= 0),
	refund		INTEGER NOT NULL DEFAULT 1 CHECK (refund IN (0, 1)),
	tip		INTEGER NOT NULL DEFAULT 0 CHECK (tip IN (0, 1))
) STRICT, WITHOUT ROWID;

-- A sale from its first line on.  owner_session and version are the fence
-- every write passes: NULL is let go (held or parked).  act… is the last act,
-- for undo, and act_past those before it, newest first: fields parted by
-- character 31, each act ended by character 30; an end cut off is none.
-- 'pending': a seller handed it to the till, its lines are locked.  Paid and
-- cancelled ones are frozen.  series and number are the chain and seq of the
-- ticket's record, which finds it: no index of their own.
CREATE TABLE sale (
	id		INTEGER PRIMARY KEY,
	uid		BLOB NOT NULL CHECK (length(uid) = 16),
	state		TEXT NOT NULL DEFAULT 'draft' CHECK
			(state IN ('draft', 'pending') OR state IN ('paying',
			'paid') OR state = 'cancelled'),
	version		INTEGER NOT NULL DEFAULT 1,
	name		TEXT NOT NULL DEFAULT '',
	owner_session	INTEGER REFERENCES session (id),
	user		INTEGER REFERENCES user (id),
	terminal	INTEGER REFERENCES terminal (id),
	recalled	INTEGER NOT NULL DEFAULT 0 CHECK (recalled IN (0, 1)),
	tax_added	INTEGER NOT NULL CHECK (tax_added IN (0, 1)),
	opened_at	INTEGER NOT NULL,
	posted_at	INTEGER,
	business_day	TEXT,
	series		TEXT,
	number		INTEGER CHECK (number > 0),
	total		INTEGER NOT NULL DEFAULT 0,
	rounding	INTEGER NOT NULL DEFAULT 0,
	journal		INTEGER REFERENCES journal (id),
	act		TEXT NOT NULL DEFAULT '',
	act_at		INTEGER,
	act_session	INTEGER,
	act_line	INTEGER,
	act_value	INTEGER,
	act_text	TEXT NOT NULL DEFAULT '',
	act_past	TEXT NOT NULL DEFAULT '',
	seller		INTEGER REFERENCES user (id),	-- who submitted it
	submitted_at	INTEGER,
	customer	INTEGER REFERENCES customer (id),	-- who buys
	-- it was posted in, and its business day is the shift's; or cancelled
	-- in
	shift		INTEGER REFERENCES shift (id),
	-- The ticket it takes back as a whole ("annule le ticket n°").
	cancels		INTEGER REFERENCES sale (id),
	-- What of the total is turnover: no gift card, no deposit given back.
	turnover	INTEGER NOT NULL DEFAULT 0,
	-- Somebody is practising: counts nowhere, numbered apart.
	training	INTEGER NOT NULL DEFAULT 0 CHECK (training IN (0, 1)),
	-- A quotation becomes an order, an order a ticket.  `paper` is its
	-- number ("D-000012"), due_day until when it holds or for when it is.
	kind		TEXT NOT NULL DEFAULT 'sale'
			CHECK (kind IN ('sale', 'quotation') OR
			kind = 'order'),
	paper		TEXT NOT NULL DEFAULT '',
	due_day		TEXT CHECK (due_day GLOB '????-??-??'),
	refers		INTEGER REFERENCES sale (id),
	-- how it is consumed, for the tax; '' not said
	mode		TEXT NOT NULL DEFAULT '' CHECK (mode IN ('', 'on_site')
			OR mode IN ('take_away_now', 'take_away_later')
			OR mode = 'delivery'),
	-- there are rows of sale_discount, or options: amounts are worked out
	-- again when lines change
	discounted	INTEGER NOT NULL DEFAULT 0 CHECK (discounted IN (0, 1)),
	CHECK (kind = 'sale' OR paper <> ''),
	CHECK (state <> 'paid' OR kind <> 'quotation'),
	CHECK (state <> 'pending' OR submitted_at IS NOT NULL),
	CHECK ((state = 'paid') = (number IS NOT NULL)),
	CHECK ((number IS NULL) = (series IS NULL)),
	CHECK ((number IS NULL) = (business_day IS NULL)),
	CHECK (number IS NULL OR (shift IS NULL) = training)
) STRICT;
CREATE INDEX sale_open ON sale (id)
	WHERE state IN ('draft', 'pending', 'paying');
CREATE INDEX sale_cancelled ON sale (shift) WHERE state = 'cancelled';
CREATE INDEX sale_customer ON sale (customer) WHERE customer IS NOT NULL;
CREATE INDEX sale_day ON sale (business_day, id)
	WHERE business_day IS NOT NULL;
-- No ticket is taken back twice.
CREATE UNIQUE INDEX sale_cancels ON sale (cancels)
	WHERE cancels IS NOT NULL AND state <> 'cancelled';
CREATE TRIGGER sale_no_update BEFORE UPDATE ON sale
WHEN OLD.state IN ('paid', 'cancelled')
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a posted sale cannot be changed');
END;
CREATE TRIGGER sale_no_delete BEFORE DELETE ON sale
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a sale is never deleted');
END;

-- The rate (and second rate) is the one of the day the line was entered.
-- 'reversed' and its 'reversal' both count and make nothing; 'void' does not.
CREATE TABLE sale_line (
	id		INTEGER PRIMARY KEY,
	sale		INTEGER NOT NULL REFERENCES sale (id),
	seq		INTEGER NOT NULL CHECK (seq > 0),
	product		INTEGER NOT NULL REFERENCES product (id),
	code		TEXT NOT NULL,
	label		TEXT NOT NULL,
	unit		TEXT NOT NULL,
	qty		INTEGER NOT NULL CHECK (qty <> 0),
	price		INTEGER NOT NULL,
	amount		INTEGER NOT NULL,
	rate		INTEGER NOT NULL,
	rate2		INTEGER NOT NULL DEFAULT 0,
	overridden	INTEGER NOT NULL DEFAULT 0 CHECK (overridden IN (0, 1)),
	note		TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 60),
	state		TEXT NOT NULL DEFAULT 'live' CHECK
			(state IN ('live', 'void') OR
			state IN ('reversed', 'reversal')),
	reverses	INTEGER REFERENCES sale_line (id),
	reason		TEXT NOT NULL DEFAULT '',
	approver	INTEGER REFERENCES user (id),
	at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	-- The product's kind when it was sold.
	kind		TEXT NOT NULL DEFAULT 'item' CHECK (kind IN
			('item', 'department') OR kind IN ('voucher',
			'deposit') OR kind = 'option'),
	-- What the code scanned said of this very piece; '' nothing.
	serial		TEXT NOT NULL DEFAULT '',
	lot		TEXT NOT NULL DEFAULT '',
	expiry		TEXT NOT NULL DEFAULT ''
			CHECK (expiry = '' OR expiry GLOB '????-??-??'),
	-- The line of a ticket that this one takes back, its quantity below 0.
	returns		INTEGER REFERENCES sale_line (id),
	-- Does it count in VAT, grand totals and reports?
	turnover	INTEGER NOT NULL DEFAULT 1 CHECK (turnover IN (0, 1)),
	-- Came back and was thrown away: no stock.
	scrap		INTEGER NOT NULL DEFAULT 0 CHECK (scrap IN (0, 1)),
	-- The gift card it sells, fills or (below 0) uses.
	voucher		INTEGER REFERENCES voucher (id),
	-- The line it is an option of; what it costs by itself, where it is
	-- part of that line's price; and what was moved between the two for
	-- their taxes, nothing in all.  `words`: what was chosen beside them.
	parent		INTEGER REFERENCES sale_line (id),
	share		INTEGER NOT NULL DEFAULT 0 CHECK (share >= 0),
	moved		INTEGER NOT NULL DEFAULT 0,
	words		TEXT NOT NULL DEFAULT '',
	-- the catalogue's price when it was entered, the list that made
	-- another of it, and what discounts take off:
	-- amount = price * qty - off + moved
	list_price	INTEGER NOT NULL DEFAULT 0,
	price_list	INTEGER REFERENCES price_list (id),
	off		INTEGER NOT NULL DEFAULT 0,
	UNIQUE (sale, seq),
	CHECK ((state = 'reversal') = (reverses IS NOT NULL))
) STRICT;
CREATE INDEX sale_line_parent ON sale_line (parent)
	WHERE parent IS NOT NULL;
CREATE INDEX sale_line_voucher ON sale_line (voucher)
	WHERE voucher IS NOT NULL;
CREATE INDEX sale_line_returns ON sale_line (returns)
	WHERE returns IS NOT NULL;
CREATE TRIGGER sale_line_no_insert BEFORE INSERT ON sale_line
WHEN (SELECT state FROM sale WHERE id = NEW.sale) IN ('paid', 'cancelled')
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a posted sale cannot be changed');
END;
-- A line moves only between open orders of guests (serving).
CREATE TRIGGER sale_line_no_update BEFORE UPDATE ON sale_line
WHEN (SELECT state FROM sale WHERE id = OLD.sale) IN ('paid', 'cancelled')
	OR (NEW.sale <> OLD.sale AND
	(SELECT count(*) FROM serving AS v JOIN sale AS s ON s.id = v.sale
	WHERE v.sale IN (OLD.sale, NEW.sale)
	AND s.state NOT IN ('paid', 'cancelled')) <> 2)
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a posted sale cannot be changed');
END;
-- Never more than was sold, whoever else is taking it back at this moment: an
-- open sale counts until its line is voided or it is cancelled.
CREATE TRIGGER sale_line_return_add AFTER INSERT ON sale_line
WHEN NEW.returns IS NOT NULL AND NEW.state <> 'void' AND
	(SELECT qty FROM sale_line WHERE id = NEW.returns) +
	(SELECT sum(r.qty) FROM sale_line AS r JOIN sale AS s ON s.id = r.sale
	WHERE r.returns = NEW.returns AND r.state <> 'void'
	AND s.state <> 'cancelled') < 0
BEGIN
	SELECT RAISE(ABORT, 'ERR:RANGE more than was sold would be taken back');
END;
CREATE TRIGGER sale_line_return_change
AFTER UPDATE OF qty, state, returns ON sale_line
WHEN NEW.returns IS NOT NULL AND NEW.state <> 'void' AND
	(SELECT qty FROM sale_line WHERE id = NEW.returns) +
	(SELECT sum(r.qty) FROM sale_line AS r JOIN sale AS s ON s.id = r.sale
	WHERE r.returns = NEW.returns AND r.state <> 'void'
	AND s.state <> 'cancelled') < 0
BEGIN
	SELECT RAISE(ABORT, 'ERR:RANGE more than was sold would be taken back');
END;
CREATE TRIGGER sale_line_no_delete BEFORE DELETE ON sale_line
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a line of a sale is never deleted');
END;

-- append-only: payment sale_vat duplicate
-- Money that came in, or went back (below 0).  amount counts for the sale, tip
-- does not: given - change - tip = amount.  A mistake is taken back by a
-- counter-entry that names it ('back'); 'pending' money is waited for, and
-- where it never comes the counter-entry says 'failed'.
CREATE TABLE payment (
	id		INTEGER PRIMARY KEY,
	sale		INTEGER NOT NULL REFERENCES sale (id),
	tender		TEXT NOT NULL REFERENCES tender (name),
	amount		INTEGER NOT NULL,
	given		INTEGER NOT NULL,
	change		INTEGER NOT NULL DEFAULT 0,
	corrects	INTEGER REFERENCES payment (id),
	at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	terminal	INTEGER REFERENCES terminal (id),
	state		TEXT NOT NULL DEFAULT 'ok' CHECK (state IN ('ok',
			'pending', 'failed', 'back')),
	tip		INTEGER NOT NULL DEFAULT 0,
	reference	TEXT NOT NULL DEFAULT '',
	-- foreign money: how much of it, and the rate of that moment, `home`
	-- minor units for `per` of the currency; '' is the shop's own
	currency	TEXT NOT NULL DEFAULT '',
	abroad		INTEGER NOT NULL DEFAULT 0,
	home		INTEGER NOT NULL DEFAULT 1 CHECK (home > 0),
	per		INTEGER NOT NULL DEFAULT 1 CHECK (per > 0),
	customer	INTEGER REFERENCES customer (id), -- whose account
	-- whose drawer it went into, or out of; practice has none
	shift		INTEGER REFERENCES shift (id),
	voucher		INTEGER REFERENCES voucher (id), -- paid with it
	CHECK (given - change - tip = amount),
	CHECK ((currency = '') = (abroad = 0)),
	CHECK (state NOT IN ('failed', 'back') OR corrects IS NOT NULL)
) STRICT;
CREATE INDEX payment_sale ON payment (sale);
CREATE INDEX payment_shift ON payment (shift);
CREATE TRIGGER payment_drawer BEFORE INSERT ON payment
WHEN (NEW.shift IS NULL) <> (SELECT training FROM sale WHERE id = NEW.sale)
BEGIN
	SELECT RAISE(ABORT, 'ERR:INVALID practice and real money are apart');
END;
CREATE INDEX payment_reference ON payment (tender, reference)
	WHERE reference <> '';
-- No payment is taken back twice.
CREATE UNIQUE INDEX payment_taken_back ON payment (corrects)
	WHERE state IN ('failed', 'back');
CREATE INDEX payment_corrects ON payment (corrects) WHERE corrects IS NOT NULL;
CREATE TRIGGER payment_no_insert BEFORE INSERT ON payment
WHEN NEW.corrects IS NULL AND
	(SELECT state FROM sale WHERE id = NEW.sale) IN ('paid', 'cancelled')
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a posted sale cannot be changed');
END;
CREATE TRIGGER payment_no_update BEFORE UPDATE ON payment
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a payment cannot be changed');
END;
CREATE TRIGGER payment_no_delete BEFORE DELETE ON payment
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a payment cannot be changed');
END;

-- VAT of a ticket per rate, computed once, at posting; whatever comes later
-- adds these and never computes again.
CREATE TABLE sale_vat (
	sale		INTEGER NOT NULL REFERENCES sale (id),
	part		INTEGER NOT NULL,
	rate		INTEGER NOT NULL,
	name		TEXT NOT NULL,
	letter		TEXT NOT NULL,
	gross		INTEGER NOT NULL,
	net		INTEGER NOT NULL,
	vat		INTEGER NOT NULL,
	PRIMARY KEY (sale, part, rate),
	CHECK (net + vat = gross)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER sale_vat_no_insert BEFORE INSERT ON sale_vat
WHEN (SELECT state FROM sale WHERE id = NEW.sale) IN ('paid', 'cancelled')
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a posted sale cannot be changed');
END;
CREATE TRIGGER sale_vat_no_update BEFORE UPDATE ON sale_vat
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a posted sale cannot be changed');
END;
CREATE TRIGGER sale_vat_no_delete BEFORE DELETE ON sale_vat
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a posted sale cannot be changed');
END;

-- A ticket as lists show it: who and where by name, how many lines, how much
-- was sold on it and how much of that came back since.
CREATE VIEW sale_listed AS
SELECT s.id, s.state, s.name, s.opened_at, s.posted_at, s.business_day,
	s.series, s.number, s.training, s.journal, s.total,
	coalesce(u.name, '') AS user, coalesce(t.name, '') AS terminal,
	(SELECT count(*) FROM sale_line
	    WHERE sale = s.id AND state = 'live') AS lines,
	(SELECT coalesce(sum(qty), 0) FROM sale_line
	    WHERE sale = s.id AND state = 'live' AND qty > 0) AS sold,
	(SELECT -coalesce(sum(r.qty), 0) FROM sale_line AS l
	    JOIN sale_line AS r ON r.returns = l.id AND r.state = 'live'
	    JOIN sale AS rs ON rs.id = r.sale AND rs.state = 'paid'
	    WHERE l.sale = s.id) AS back
FROM sale AS s
LEFT JOIN user AS u ON u.id = s.user
LEFT JOIN terminal AS t ON t.id = s.terminal;

-- Each later print of a ticket, of its invoice, of the card or note it made
-- ("Voucher 12").
CREATE TABLE duplicate (
	sale		INTEGER NOT NULL REFERENCES sale (id),
	document	TEXT NOT NULL DEFAULT 'Ticket'
			CHECK (document IN ('Ticket', 'Invoice')
			OR document GLOB 'Voucher [0-9]*'),
	n		INTEGER NOT NULL CHECK (n > 0),
	at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	journal		INTEGER NOT NULL REFERENCES journal (id),
	shift		INTEGER REFERENCES shift (id),	-- that was open then
	PRIMARY KEY (sale, document, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX duplicate_shift ON duplicate (shift) WHERE shift IS NOT NULL;
CREATE TRIGGER duplicate_no_update BEFORE UPDATE ON duplicate
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a duplicate cannot be changed');
END;
CREATE TRIGGER duplicate_no_delete BEFORE DELETE ON duplicate
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a duplicate cannot be changed');
END;

-- Journal --------------------------------------------------------------------

-- append-only: journal journal_key
-- The chained record.  payload is complete, with the flag and the hash before
-- it; hash is its SHA-256 in hexadecimal.  detail is what the payload does not
-- say, as the hash of other rows (src/shop/detail.c), or "".  signature is
-- Ed25519 over "hash" or "hash,detail", in base64url.
CREATE TABLE journal (
	id		INTEGER PRIMARY KEY,
	chain		TEXT NOT NULL,
	seq		INTEGER NOT NULL CHECK (seq > 0),
	at		INTEGER NOT NULL,
	payload		TEXT NOT NULL,
	hash		TEXT NOT NULL CHECK (length(hash) = 64),
	signature	TEXT NOT NULL,
	key		INTEGER NOT NULL REFERENCES journal_key (id),
	sale		INTEGER REFERENCES sale (id),	-- recorded, or NULL
	detail		TEXT NOT NULL DEFAULT '',
	UNIQUE (chain, seq)
) STRICT;
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN the journal cannot be changed');
END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN the journal cannot be changed');
END;

-- How far each chain goes, signed, so that a cut end shows.
CREATE TABLE journal_head (
	chain		TEXT PRIMARY KEY,
	seq		INTEGER NOT NULL,
	hash		TEXT NOT NULL,
	signature	TEXT NOT NULL,
	key		INTEGER NOT NULL REFERENCES journal_key (id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER journal_head_forward BEFORE UPDATE ON journal_head
WHEN NEW.seq <> OLD.seq + 1 OR NEW.chain <> OLD.chain
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN the journal cannot be changed');
END;
CREATE TRIGGER journal_head_no_delete BEFORE DELETE ON journal_head
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN the journal cannot be changed');
END;

-- Public halves of the signing keys, in base64url.
CREATE TABLE journal_key (
	id		INTEGER PRIMARY KEY,
	public		TEXT NOT NULL UNIQUE,
	made_at		INTEGER NOT NULL
) STRICT;
CREATE TRIGGER journal_key_no_update BEFORE UPDATE ON journal_key
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN the journal cannot be changed');
END;
CREATE TRIGGER journal_key_no_delete BEFORE DELETE ON journal_key
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN the journal cannot be changed');
END;
