-- SPDX-License-Identifier: ISC
-- What a thing costs: price lists, dated prices, promotions, and what was
-- taken off a sale.
--
-- A window of time is days of the calendar from `since` to `until`, both
-- included ('' open), weekdays as bits (1 Monday … 64 Sunday) and minutes of
-- the day, the last one not included; from_minute > until_minute goes past
-- midnight and belongs to the day it began.

-- Prices beside the catalogue's: of a till, a room with tables, a store (the
-- tills that sell from it), a group of customers, a way of consuming ('' any),
-- a happy hour.  Of those that apply the lowest `place` with a price for the
-- item decides.  Never renamed: tickets refer to it.
CREATE TABLE price_list (
	id		INTEGER PRIMARY KEY,
	name		TEXT NOT NULL CHECK (name <> ''),
	label		TEXT NOT NULL CHECK (label <> ''),	-- as printed
	place		INTEGER NOT NULL CHECK (place > 0),
	terminal	INTEGER REFERENCES terminal (id),
	room		INTEGER REFERENCES room (id),
	store		INTEGER REFERENCES stock_place (id),
	customer_group	TEXT NOT NULL DEFAULT '',
	mode		TEXT NOT NULL DEFAULT '',
	since		TEXT NOT NULL DEFAULT ''
			CHECK (since = '' OR since GLOB '????-??-??'),
	until		TEXT NOT NULL DEFAULT ''
			CHECK (until = '' OR until GLOB '????-??-??'),
	days		INTEGER NOT NULL DEFAULT 127
			CHECK (days BETWEEN 1 AND 127),
	from_minute	INTEGER NOT NULL DEFAULT 0
			CHECK (from_minute BETWEEN 0 AND 1439),
	until_minute	INTEGER NOT NULL DEFAULT 1440
			CHECK (until_minute BETWEEN 1 AND 1440),
	made_at		INTEGER NOT NULL,
	ended_at	INTEGER,
	CHECK (from_minute <> until_minute),
	CHECK (room IS NULL OR store IS NULL)
) STRICT;
CREATE UNIQUE INDEX price_list_name ON price_list (name)
	WHERE ended_at IS NULL;

-- Whose prices a customer gets: "gold", "staff"; '' those of everybody.
CREATE TABLE customer_group (
	customer	INTEGER PRIMARY KEY REFERENCES customer (id),
	name		TEXT NOT NULL
) STRICT;

-- A price of an item on a list (NULL: the catalogue itself) between two days.
-- Of those that hold the latest `since` counts; 0 is a price.
CREATE TABLE price (
	id		INTEGER PRIMARY KEY,
	product		INTEGER NOT NULL REFERENCES product (id),
	list		INTEGER REFERENCES price_list (id),
	since		TEXT NOT NULL DEFAULT ''
			CHECK (since = '' OR since GLOB '????-??-??'),
	until		TEXT NOT NULL DEFAULT ''
			CHECK (until = '' OR until GLOB '????-??-??'),
	price		INTEGER NOT NULL CHECK (price >= 0),
	changed_at	INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX price_of ON price (product, ifnull(list, 0), since);

-- What is taken off by itself, or for a coupon.  `percent` is a rate; what
-- `amount` is depends on the kind: off each piece (amount), off the ticket
-- (threshold), the price of the set (bundle).  n for the price of m.  `alone`:
-- shares no line with another promotion.  Never changed, only ended.
CREATE TABLE promo (
	id		INTEGER PRIMARY KEY,
	name		TEXT NOT NULL CHECK (name <> ''),
	label		TEXT NOT NULL CHECK (label <> ''),	-- as printed
	kind		TEXT NOT NULL CHECK (kind IN ('percent', 'amount',
			'n_for_m', 'second', 'bundle', 'threshold')),
	percent		INTEGER NOT NULL DEFAULT 0
			CHECK (percent BETWEEN 0 AND 100000),
	amount		INTEGER NOT NULL DEFAULT 0 CHECK (amount >= 0),
	n		INTEGER NOT NULL DEFAULT 0 CHECK (n >= 0),
	m		INTEGER NOT NULL DEFAULT 0 CHECK (m >= 0),
	threshold	INTEGER NOT NULL DEFAULT 0 CHECK (threshold >= 0),
	times		INTEGER NOT NULL DEFAULT 0	-- on a ticket; 0 any
			CHECK (times >= 0),
	alone		INTEGER NOT NULL DEFAULT 0 CHECK (alone IN (0, 1)),
	place		INTEGER NOT NULL CHECK (place > 0),
	coupon		TEXT NOT NULL DEFAULT '',	-- '' needs none
	uses		INTEGER NOT NULL DEFAULT 0	-- of a coupon; 0 any
			CHECK (uses >= 0),
	terminal	INTEGER REFERENCES terminal (id),
	room		INTEGER REFERENCES room (id),
	store		INTEGER REFERENCES stock_place (id),
	customer_group	TEXT NOT NULL DEFAULT '',
	mode		TEXT NOT NULL DEFAULT '',
	since		TEXT NOT NULL DEFAULT ''
			CHECK (since = '' OR since GLOB '????-??-??'),
	until		TEXT NOT NULL DEFAULT ''
			CHECK (until = '' OR until GLOB '????-??-??'),
	days		INTEGER NOT NULL DEFAULT 127
			CHECK (days BETWEEN 1 AND 127),
	from_minute	INTEGER NOT NULL DEFAULT 0
			CHECK (from_minute BETWEEN 0 AND 1439),
	until_minute	INTEGER NOT NULL DEFAULT 1440
			CHECK (until_minute BETWEEN 1 AND 1440),
	made_at		INTEGER NOT NULL,
	ended_at	INTEGER,
	user		INTEGER REFERENCES user (id),
	CHECK (from_minute <> until_minute),
	CHECK (room IS NULL OR store IS NULL),
	CHECK (kind <> 'n_for_m' OR (m > 0 AND n > m)),
	CHECK (kind NOT IN ('percent', 'second') OR percent > 0),
	CHECK (kind NOT IN ('amount', 'bundle') OR amount > 0),
	CHECK (kind <> 'threshold' OR (percent > 0) <> (amount > 0))
) STRICT;
CREATE UNIQUE INDEX promo_name ON promo (name) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX promo_coupon ON promo (coupon)
	WHERE ended_at IS NULL AND coupon <> '';
CREATE TRIGGER promo_no_update BEFORE UPDATE ON promo
WHEN OLD.ended_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.label <> OLD.label
	OR NEW.kind <> OLD.kind OR NEW.percent <> OLD.percent
	OR NEW.amount <> OLD.amount
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a promotion is ended, not changed');
END;
CREATE TRIGGER promo_no_delete BEFORE DELETE ON promo
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a promotion is ended, not deleted');
END;

-- What a promotion is about: an item or a category; none: everything.  Of a
-- bundle `qty` pieces of each part make a set.
CREATE TABLE promo_item (
	promo		INTEGER NOT NULL REFERENCES promo (id),
	part		INTEGER NOT NULL DEFAULT 1 CHECK (part > 0),
	product		INTEGER REFERENCES product (id),
	category	TEXT,
	qty		INTEGER NOT NULL DEFAULT 1 CHECK (qty > 0),
	CHECK ((product IS NULL) <> (category IS NULL))
) STRICT;
CREATE INDEX promo_item_promo ON promo_item (promo);

-- What takes something off a sale, who said so and why; line NULL: the whole
-- ticket, spread over its lines pro rata (sale_line.off holds the shares).
-- 'promo' rows are worked out anew with every change of the lines; 'discount'
-- and 'offer' were given by somebody, as `percent` or `fixed`, and take at
-- most `most` of what they are taken from, their giver's limit.  `cap` is the
-- most that a percentage off the ticket came to while somebody was at it who
-- may give that much; others' additions do not take it further, and `capped`
-- says that it would.  'coupon' is one that was shown; it takes nothing
-- itself.  live 0: taken back.
CREATE TABLE sale_discount (
	id		INTEGER PRIMARY KEY,
	sale		INTEGER NOT NULL REFERENCES sale (id),
	line		INTEGER REFERENCES sale_line (id),
	kind		TEXT NOT NULL CHECK (kind IN ('promo', 'discount',
			'offer', 'coupon')),
	promo		INTEGER REFERENCES promo (id),
	amount		INTEGER NOT NULL DEFAULT 0 CHECK (amount >= 0),
	percent		INTEGER CHECK (percent BETWEEN 1 AND 100000),
	fixed		INTEGER CHECK (fixed > 0),
	most		INTEGER NOT NULL DEFAULT 100000
			CHECK (most BETWEEN 0 AND 100000),
	cap		INTEGER CHECK (cap >= 0),
	capped		INTEGER NOT NULL DEFAULT 0 CHECK (capped IN (0, 1)),
	label		TEXT NOT NULL,
	reason		TEXT NOT NULL DEFAULT '',
	live		INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1)),
	at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	approver	INTEGER REFERENCES user (id),
	CHECK ((kind IN ('promo', 'coupon')) = (promo IS NOT NULL)),
	CHECK (kind <> 'discount' OR (percent IS NULL) <> (fixed IS NULL)),
	CHECK (kind <> 'offer' OR (line IS NOT NULL AND reason <> ''))
) STRICT;
CREATE INDEX sale_discount_sale ON sale_discount (sale);
CREATE INDEX sale_discount_coupon ON sale_discount (promo)
	WHERE kind = 'coupon';
CREATE TRIGGER sale_discount_no_insert BEFORE INSERT ON sale_discount
WHEN (SELECT state FROM sale WHERE id = NEW.sale) IN ('paid', 'cancelled')
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a posted sale cannot be changed');
END;
-- It moves only with its line.
CREATE TRIGGER sale_discount_no_update BEFORE UPDATE ON sale_discount
WHEN (SELECT state FROM sale WHERE id = OLD.sale) IN ('paid', 'cancelled')
	OR (NEW.sale <> OLD.sale AND NOT EXISTS (SELECT 1 FROM sale_line
	WHERE id = NEW.line AND sale = NEW.sale))
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a posted sale cannot be changed');
END;
CREATE TRIGGER sale_discount_no_delete BEFORE DELETE ON sale_discount
WHEN OLD.kind <> 'promo' OR
	(SELECT state FROM sale WHERE id = OLD.sale) IN ('paid', 'cancelled')
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a discount that was given stays');
END;
