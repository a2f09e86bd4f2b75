-- report: Courses of a day: from sent to fired, and between them
-- right: report
-- param: day day business day
-- column: course text course
-- column: fired count fired
-- column: average count minutes after sitting down
-- column: since count minutes after the course before
-- column: longest count longest minutes between
SELECT coalesce((SELECT name FROM course WHERE number = e.course),
	CAST(e.course AS TEXT)) AS course, count(*) AS fired,
    sum(e.at - e.seated_at) / count(*) / 60000 AS average,
    sum(e.at - e.before) / nullif(count(e.before), 0) / 60000 AS since,
    max(e.at - e.before) / 60000 AS longest
FROM (SELECT f.course, f.at, v.seated_at, (SELECT max(b.at)
	FROM serving_event b WHERE b.sale = f.sale AND b.kind = 'fired'
	AND b.id < f.id) AS before
    FROM sale s JOIN serving v ON v.sale = s.id
    JOIN serving_event f ON f.sale = s.id AND f.kind = 'fired'
    WHERE s.business_day = :day AND s.state = 'paid' AND s.training = 0) e
GROUP BY e.course ORDER BY e.course;
