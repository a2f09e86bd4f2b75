-- report: Sales of a day by hour
-- right: report
-- param: day day business day
-- column: hour text hour
-- column: tickets count tickets
-- column: amount money amount
-- column: average money average
-- chart: amount
SELECT strftime('%H', posted_at / 1000, 'unixepoch', 'localtime') AS hour,
    count(*) AS tickets, sum(turnover) AS amount,
    sum(turnover) / count(*) AS average
FROM sale
WHERE business_day = :day AND state = 'paid' AND training = 0
GROUP BY hour
ORDER BY min(posted_at);
