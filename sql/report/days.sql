-- report: Days: tickets and takings of the last 31 days
-- right: report
-- param: day day last day
-- column: day day day
-- column: tickets count tickets
-- column: amount money amount
-- column: average money average
-- chart: amount
SELECT business_day, count(*) AS tickets, sum(turnover) AS amount,
    sum(turnover) / count(*) AS average
FROM sale
WHERE state = 'paid' AND training = 0 AND business_day <= :day
    AND business_day > date(:day, '-31 days')
GROUP BY business_day
ORDER BY business_day;
