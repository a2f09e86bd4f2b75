-- report: Taken back after the kitchen had it, of a day
-- right: report
-- param: day day business day
-- column: hour text hour
-- column: name text table
-- column: item text item
-- column: quantity qty quantity
-- column: amount money amount
-- column: user text by
-- column: approver text approved by
-- column: reason text reason
-- Of the day it was done, paid, given up or open still: its amount with what
-- was chosen for it.
SELECT strftime('%H:%M', e.at / 1000, 'unixepoch', 'localtime') AS hour,
    s.name, l.label AS item, e.n AS quantity,
    l.amount + coalesce((SELECT sum(c.amount) FROM sale_line c
	WHERE c.parent = l.id), 0) AS amount,
    coalesce(u.name, '') AS user, coalesce(a.name, '') AS approver,
    e.words AS reason
FROM serving_event e
JOIN sale s ON s.id = e.sale
JOIN sale_line l ON l.id = e.line
LEFT JOIN user u ON u.id = e.user
LEFT JOIN user a ON a.id = e.approver
WHERE e.kind = 'voided' AND s.training = 0
    AND e.at BETWEEN (strftime('%s', :day) - 86400) * 1000
	AND (strftime('%s', :day) + 3 * 86400) * 1000
    AND date(e.at / 1000 - 3600 * coalesce((SELECT value FROM setting
	WHERE name = 'day_start_hour'), 4), 'unixepoch', 'localtime') = :day
ORDER BY e.id;
