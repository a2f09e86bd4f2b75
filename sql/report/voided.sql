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
SELECT strftime('%H:%M', e.at / 1000, 'unixepoch', 'localtime') AS hour,
    s.name, l.label AS item, e.n AS quantity, l.amount,
    coalesce(u.name, '') AS user, coalesce(a.name, '') AS approver,
    e.words AS reason
FROM sale s JOIN serving_event e ON e.sale = s.id AND e.kind = 'voided'
JOIN sale_line l ON l.id = e.line
LEFT JOIN user u ON u.id = e.user
LEFT JOIN user a ON a.id = e.approver
WHERE s.business_day = :day AND s.training = 0
ORDER BY e.id;
