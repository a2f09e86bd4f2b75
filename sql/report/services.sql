-- report: Services of a day: lunch and dinner, covers, average per cover
-- right: report
-- param: day day business day
-- column: service text service
-- column: tables count tables
-- column: covers count covers
-- column: amount money amount
-- column: per_cover money per cover
-- column: minutes count minutes at table
-- words: lunch; dinner
-- chart: amount
SELECT CASE WHEN strftime('%H', v.seated_at / 1000, 'unixepoch', 'localtime')
	BETWEEN '04' AND '16' THEN 'lunch' ELSE 'dinner' END AS service,
    sum(v.whole IS NULL) AS tables, sum(v.covers) AS covers,
    sum(s.turnover) AS amount,
    sum(s.turnover) / nullif(sum(v.covers), 0) AS per_cover,
    sum(v.ended_at - v.seated_at) / count(*) / 60000 AS minutes
FROM sale s JOIN serving v ON v.sale = s.id
WHERE s.business_day = :day AND s.state = 'paid' AND s.training = 0
GROUP BY service ORDER BY min(v.seated_at);
