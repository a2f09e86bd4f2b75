-- report: Stations of a day: how long dishes take, by course
-- right: report
-- param: day day business day
-- column: station text station
-- column: course text course
-- column: dishes count dishes
-- column: average count minutes to make
-- column: longest count longest
-- column: pass count minutes at the pass
-- column: voided count taken back
-- From fired, or sent where it goes at once, until ready; then until served.
SELECT t.name AS station, coalesce((SELECT name FROM course
	WHERE number = k.course), CASE k.course WHEN 0 THEN ''
	ELSE CAST(k.course AS TEXT) END) AS course,
    sum(k.ready IS NOT NULL) AS dishes,
    sum(k.ready - k.since) / nullif(sum(k.ready IS NOT NULL), 0) / 60000
	AS average,
    max(k.ready - k.since) / 60000 AS longest,
    sum(k.served - k.ready) / nullif(sum(k.served IS NOT NULL), 0) / 60000
	AS pass,
    sum(k.state = 'voided') AS voided
FROM (SELECT l.station, x.course, l.state, coalesce(x.fired_at, l.sent_at)
	AS since, l.ready_at AS ready, CASE WHEN l.ready_at IS NOT NULL
	THEN (SELECT max(e.at) FROM kitchen_event e WHERE e.line = l.line
	    AND e.station = l.station AND e.kind = 'served'
	    AND l.state = 'served') END AS served
    FROM sale s JOIN serving v ON v.sale = s.id
    JOIN sale_line i ON i.sale = s.id
    JOIN kitchen_line l ON l.line = i.id
    JOIN serving_line x ON x.line = i.id
    WHERE s.business_day = :day AND s.training = 0) k
JOIN station t ON t.id = k.station
GROUP BY t.id, k.course ORDER BY t.place, k.course;
