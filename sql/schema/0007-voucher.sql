-- SPDX-License-Identifier: ISC
-- Gift cards and credit notes: what the shop owes to whoever holds the number.

-- append-only: voucher_move
-- One card or note.  `number` is 98, thirteen random digits and a check digit,
-- and is as good as money: lists and logs show its end only.  rate NULL: a gift
-- card for anything, outside VAT until it is used; else the VAT was paid when
-- it was sold, at that rate, and it pays for goods of that rate only.
-- `expires` is the last day it is taken, NULL none.  customer: whom a credit
-- note was made out to, NULL whoever has it; the name is joined when it is
-- printed.  balance is the sum of its movements, kept by the trigger and proven
-- by `comptoir check`.
CREATE TABLE voucher (
	id		INTEGER PRIMARY KEY,
	number		TEXT NOT NULL UNIQUE CHECK (length(number) = 16 AND
			number GLOB '98*' AND number NOT GLOB '*[^0-9]*'),
	kind		TEXT NOT NULL CHECK (kind IN ('gift', 'credit')),
	rate		INTEGER,
	rate2		INTEGER NOT NULL DEFAULT 0,
	balance		INTEGER NOT NULL DEFAULT 0 CHECK (balance >= 0),
	expires		TEXT CHECK (expires GLOB '????-??-??'),
	blocked		INTEGER NOT NULL DEFAULT 0 CHECK (blocked IN (0, 1)),
	customer	INTEGER REFERENCES customer (id),
	made_at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	CHECK (kind = 'gift' OR rate IS NULL),
	CHECK (kind = 'credit' OR customer IS NULL)
) STRICT;
CREATE INDEX voucher_left ON voucher (id) WHERE balance > 0;
CREATE TRIGGER voucher_same BEFORE UPDATE ON voucher
WHEN NEW.id <> OLD.id OR NEW.number <> OLD.number OR NEW.kind <> OLD.kind
	OR NEW.rate IS NOT OLD.rate OR NEW.rate2 <> OLD.rate2
	OR (OLD.customer IS NOT NULL AND NEW.customer IS NOT OLD.customer)
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a voucher stays what it is');
END;
CREATE TRIGGER voucher_no_delete BEFORE DELETE ON voucher
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN a voucher is never deleted');
END;

-- What came on it and went off it.  sell, reload, use, unuse, return: a line of
-- a ticket (a card taken back is empty); pay, unpay: a payment and its counter-
-- entry; refund: money that goes back, onto the card that had paid; issue: a
-- credit note in the place of money; adjust: a manager's word, with a reason.
CREATE TABLE voucher_move (
	id		INTEGER PRIMARY KEY,
	voucher		INTEGER NOT NULL REFERENCES voucher (id),
	kind		TEXT NOT NULL CHECK (kind IN ('sell', 'reload', 'use',
			'unuse', 'return', 'pay', 'unpay', 'refund', 'issue',
			'adjust')),
	amount		INTEGER NOT NULL CHECK (amount <> 0),
	sale		INTEGER REFERENCES sale (id),
	reason		TEXT NOT NULL DEFAULT '',
	at		INTEGER NOT NULL,
	user		INTEGER REFERENCES user (id),
	terminal	INTEGER REFERENCES terminal (id),
	CHECK ((sale IS NULL) = (kind = 'adjust'))
) STRICT;
CREATE INDEX voucher_move_voucher ON voucher_move (voucher);
CREATE INDEX voucher_move_sale ON voucher_move (sale) WHERE sale IS NOT NULL;
CREATE TRIGGER voucher_move_most BEFORE INSERT ON voucher_move
WHEN (SELECT balance FROM voucher WHERE id = NEW.voucher) + NEW.amount < 0
BEGIN
	SELECT RAISE(ABORT, 'ERR:RANGE the voucher has not so much left');
END;
CREATE TRIGGER voucher_move_balance AFTER INSERT ON voucher_move
BEGIN
	UPDATE voucher SET balance = balance + NEW.amount
	WHERE id = NEW.voucher;
END;
CREATE TRIGGER voucher_move_no_update BEFORE UPDATE ON voucher_move
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN the log of a voucher stands');
END;
CREATE TRIGGER voucher_move_no_delete BEFORE DELETE ON voucher_move
BEGIN
	SELECT RAISE(ABORT, 'ERR:FROZEN the log of a voucher stands');
END;
