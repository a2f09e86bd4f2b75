-- SPDX-License-Identifier: ISC
-- Printers and the outbox.

-- query: printer_insert
-- in: name text, driver text, model text, connection text, columns i64, charset text, drawer i64, is_default bool, since i64
-- id
INSERT INTO printer (name, driver, model, connection, columns, charset,
	drawer, is_default, since)
VALUES (:name, :driver, :model, :connection, :columns, :charset, :drawer,
	:is_default, :since);

-- query: printer_update
-- in: id i64, driver text, model text, connection text, columns i64, charset text, drawer i64, active bool, is_default bool
-- exec
UPDATE printer SET driver = :driver, model = :model,
	connection = :connection, columns = :columns, charset = :charset,
	drawer = :drawer, active = :active, is_default = :is_default
WHERE id = :id;

-- query: printer_no_default
-- exec
UPDATE printer SET is_default = 0 WHERE is_default = 1;

-- query: printer_mark_removed
-- in: id i64, at i64
-- exec
UPDATE printer SET removed_at = :at, active = 0, is_default = 0
WHERE id = :id;

-- query: printer_unlink
-- Terminals that used it go by the default printer from now on.
-- in: id i64
-- exec
UPDATE terminal SET printer = NULL WHERE printer = :id;

-- query: printer_by_name
-- in: name text
-- one: id i64
SELECT id FROM printer
WHERE name = :name COLLATE NOCASE AND removed_at IS NULL;

-- query: printer_by_id
-- in: id i64
-- one: id i64, name text, driver text, model text, connection text, columns i64, charset text, drawer i64, active bool, is_default bool, state text, detail text, since i64
SELECT id, name, driver, model, connection, columns, charset, drawer, active,
	is_default, state, detail, since
FROM printer WHERE id = :id AND removed_at IS NULL;

-- query: printer_all
-- all: id i64
SELECT id FROM printer WHERE removed_at IS NULL
ORDER BY name COLLATE NOCASE;

-- query: printer_count
-- one: n i64
SELECT count(*) AS n FROM printer WHERE removed_at IS NULL;

-- query: printer_of_terminal
-- The terminal's own printer, else the default one.
-- in: terminal i64
-- one: id i64
SELECT id FROM printer
WHERE removed_at IS NULL AND (is_default = 1
	OR id = (SELECT printer FROM terminal WHERE id = :terminal))
ORDER BY is_default LIMIT 1;

-- query: printer_seen
-- How it is now; nothing happens when that was known.
-- in: id i64, state text, detail text, at i64
-- changes
UPDATE printer
SET since = CASE WHEN state = :state THEN since ELSE :at END,
	state = :state, detail = :detail
WHERE id = :id AND (state <> :state OR detail <> :detail);

-- query: print_insert
-- in: printer i64, kind text, ref text, slip text, dies_at i64?, at i64, user i64?, terminal i64?
-- id
INSERT INTO print_job (printer, kind, ref, slip, dies_at, made_at, changed_at,
	user, terminal)
VALUES (:printer, :kind, :ref, :slip, :dies_at, :at, :at, :user, :terminal);

-- query: print_by_id
-- in: id i64
-- one: id i64, printer i64, kind text, state text, printer_name text, ref text, note text, attempts i64, made_at i64, changed_at i64
SELECT j.id, j.printer, j.kind, j.state, p.name AS printer_name, j.ref,
	j.note, j.attempts, j.made_at, j.changed_at
FROM print_job AS j JOIN printer AS p ON p.id = j.printer
WHERE j.id = :id;

-- query: print_slip_of
-- in: id i64
-- one: slip text
SELECT slip FROM print_job WHERE id = :id;

-- query: print_newest
-- Newest first; printer 0 for all.
-- in: printer i64, limit i64
-- all: id i64, printer i64, kind text, state text, printer_name text, ref text, note text, attempts i64, made_at i64, changed_at i64
SELECT j.id, j.printer, j.kind, j.state, p.name AS printer_name, j.ref,
	j.note, j.attempts, j.made_at, j.changed_at
FROM print_job AS j JOIN printer AS p ON p.id = j.printer
WHERE :printer = 0 OR j.printer = :printer
ORDER BY j.id DESC LIMIT :limit;

-- query: print_newest_open
-- in: printer i64, limit i64
-- all: id i64, printer i64, kind text, state text, printer_name text, ref text, note text, attempts i64, made_at i64, changed_at i64
SELECT j.id, j.printer, j.kind, j.state, p.name AS printer_name, j.ref,
	j.note, j.attempts, j.made_at, j.changed_at
FROM print_job AS j JOIN printer AS p ON p.id = j.printer
WHERE j.state IN ('queued', 'sending', 'sent')
	AND (:printer = 0 OR j.printer = :printer)
ORDER BY +j.id DESC LIMIT :limit;

-- query: print_waiting
-- in: printer i64
-- one: n i64
SELECT count(*) AS n FROM print_job
WHERE printer = :printer AND state IN ('queued', 'sending', 'sent');

-- query: print_trouble
-- The last job of a printer that ended badly after `since`.
-- in: printer i64, since i64
-- one: id i64, kind text, state text, ref text, note text
SELECT id, kind, state, ref, note FROM print_job
WHERE printer = :printer AND state IN ('failed', 'printed?')
	AND changed_at > :since
ORDER BY changed_at DESC LIMIT 1;

-- query: print_numbered
-- What is sent again is a duplicate with a number of its own.
-- in: id i64, ref text, slip text
-- exec
UPDATE print_job SET kind = 'duplicate', ref = :ref, slip = :slip
WHERE id = :id;

-- query: print_requeue
-- Another sending, under another name.
-- in: id i64, at i64
-- changes
UPDATE print_job SET state = 'queued', note = '', device_job = NULL,
	recalled = 0, key = lower(hex(randomblob(8))), changed_at = :at
WHERE id = :id AND state IN ('failed', 'printed?', 'cancelled');

-- query: print_stuck
-- Kitchen paper that waits at a printer, or (held) in its print system, and
-- was never sent elsewhere.
-- in: printer i64, held bool
-- all: id i64, queued bool, slip text
SELECT id, state = 'queued' AS queued, slip FROM print_job
WHERE printer = :printer AND state IN ('queued', 'sending', 'sent')
	AND (state = 'queued' OR :held) AND kind = 'kitchen' AND note = ''
	AND recalled = 0
ORDER BY id;

-- query: print_leave
-- The spooler is to take it back from the print system, for another printer.
-- in: id i64
-- changes
UPDATE print_job SET recalled = 2
WHERE id = :id AND state IN ('sending', 'sent') AND recalled = 0;

-- query: print_left
-- Was taken back from there.
-- in: id i64
-- one: slip text
SELECT slip FROM print_job
WHERE id = :id AND state IN ('queued', 'sending', 'sent') AND recalled = 2;

-- query: print_away
-- To another printer, under another name; nothing happens when it left
-- meanwhile.  What was tried is kept: paper that may be out is a DUPLICATA.
-- in: id i64, from i64, to i64, slip text, note text, at i64
-- changes
UPDATE print_job SET printer = :to, slip = :slip, note = :note,
	state = 'queued', recalled = 0, device_job = NULL,
	key = lower(hex(randomblob(8))), changed_at = :at
WHERE id = :id AND printer = :from AND note = ''
	AND (state = 'queued' OR recalled = 2);

-- query: print_stay
-- Nobody stands in any more: it waits at its own printer again.
-- in: id i64, at i64
-- exec
UPDATE print_job SET state = 'queued', recalled = 0, device_job = NULL,
	key = lower(hex(randomblob(8))), changed_at = :at
WHERE id = :id AND recalled = 2;

-- query: print_recall
-- in: id i64, at i64
-- changes
UPDATE print_job SET
	state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END,
	recalled = 1, changed_at = :at
WHERE id = :id AND state IN ('queued', 'sending', 'sent');

-- query: spool_next
-- What to send next: a drawer goes before any paper.
-- in: printer i64, drawers_only bool
-- one: id i64, kind text, ref text, slip text, key text, attempts i64, dies_at i64?, made_at i64
SELECT id, kind, ref, slip, key, attempts, dies_at, made_at FROM print_job
WHERE printer = :printer AND state IN ('queued', 'sending', 'sent')
	AND state = 'queued' AND (kind = 'drawer' OR NOT :drawers_only)
ORDER BY kind <> 'drawer', id LIMIT 1;

-- query: spool_open
-- Jobs the print system has, or may have.
-- in: printer i64
-- all: id i64, kind text, state text, key text, device_job i64?, dies_at i64?, made_at i64, recalled bool, leaves bool
SELECT id, kind, state, key, device_job, dies_at, made_at,
	recalled = 1 AS recalled, recalled = 2 AS leaves
FROM print_job
WHERE printer = :printer AND state IN ('queued', 'sending', 'sent')
	AND state <> 'queued'
ORDER BY id;

-- query: spool_begin
-- Just before the data leaves; nothing happens when it was cancelled.
-- in: id i64, key text, device_job i64?, at i64
-- changes
UPDATE print_job SET state = 'sending', device_job = :device_job,
	attempts = attempts + 1, changed_at = :at
WHERE id = :id AND key = :key AND state = 'queued';

-- query: spool_end
-- in: id i64, key text, state text, note text, at i64
-- changes
UPDATE print_job SET state = :state, note = :note, changed_at = :at
WHERE id = :id AND key = :key AND state IN ('queued', 'sending', 'sent');

-- query: spool_once_more
-- Nobody knows whether a kitchen's ticket came out: a cook rather has it twice,
-- the second time marked, than never.  Not for ever: a printer that breaks off
-- every time is somebody's to look at.
-- in: id i64, key text, at i64
-- changes
UPDATE print_job SET state = 'queued', device_job = NULL, note = '',
	key = lower(hex(randomblob(8))), recalled = 0, changed_at = :at
WHERE id = :id AND key = :key AND kind = 'kitchen' AND recalled <> 1
	AND attempts BETWEEN 1 AND 4
	AND state IN ('queued', 'sending', 'sent');

-- query: spool_again
-- The data is known not to have left: as if nothing had been tried.
-- in: id i64, key text, at i64
-- changes
UPDATE print_job SET state = 'queued', device_job = NULL,
	attempts = attempts - 1, key = lower(hex(randomblob(8))),
	recalled = 0, changed_at = :at
WHERE id = :id AND key = :key AND state = 'sending';
