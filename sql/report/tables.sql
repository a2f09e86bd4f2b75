-- report: Tables of a day: how long each was taken
-- right: report
-- param: day day business day
-- column: name text table
-- column: server text server
-- column: seated text seated
-- column: covers count covers
-- column: minutes count minutes
-- column: to_order count until ordered
-- column: to_bill count until the bill
-- column: amount money amount
SELECT s.name, coalesce(u.name, '') AS server,
    strftime('%H:%M', v.seated_at / 1000, 'unixepoch', 'localtime') AS seated,
    v.covers, (v.ended_at - v.seated_at) / 60000 AS minutes,
    (v.ordered_at - v.seated_at) / 60000 AS to_order,
    (v.bill_at - v.seated_at) / 60000 AS to_bill, s.turnover AS amount
FROM sale s JOIN serving v ON v.sale = s.id
LEFT JOIN user u ON u.id = v.server
WHERE s.business_day = :day AND s.state = 'paid' AND s.training = 0
ORDER BY v.seated_at;
