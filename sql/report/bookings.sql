-- report: Bookings of the last days: who came, called off, never came
-- right: report
-- param: day day last day
-- param: days count days
-- column: day day day
-- column: booked count bookings
-- column: covers count covers
-- column: came count came
-- column: came_covers count covers that came
-- column: cancelled count called off
-- column: missed count never came
-- column: missed_covers count covers that never came
-- column: expected count expected
-- chart: missed
-- By the business day they were expected on, whenever it was said.
WITH of_day AS (SELECT date(at / 1000 - 3600 * coalesce((SELECT
	CAST(value AS INTEGER) FROM setting WHERE name = 'day_start_hour'), 4),
	'unixepoch', 'localtime') AS day, covers, state FROM booking)
SELECT day, count(*) AS booked, sum(covers) AS covers,
    sum(state = 'seated') AS came,
    sum(iif(state = 'seated', covers, 0)) AS came_covers,
    sum(state = 'cancelled') AS cancelled,
    sum(state = 'missed') AS missed,
    sum(iif(state = 'missed', covers, 0)) AS missed_covers,
    sum(state = 'booked') AS expected
FROM of_day
WHERE day <= :day
    AND day > date(:day, '-' || max(1, coalesce(:days, 31)) || ' days')
GROUP BY day ORDER BY day;
