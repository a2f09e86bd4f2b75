-- report: Drawers that were off, of the last 31 days
-- right: report
-- param: day day last day
-- column: day day day
-- column: z text Z
-- column: terminal text terminal
-- column: closer text closed by
-- column: tender text tender
-- column: expected money expected
-- column: counted money counted
-- column: difference money difference
-- column: counts count counted so often
SELECT s.business_day AS day, printf('Z%s-%06d', s.series, s.number) AS z,
    coalesce(t.name, '') AS terminal, coalesce(u.name, '') AS closer,
    n.label AS tender, x.moved + x.taken AS expected, x.counted,
    x.counted - x.moved - x.taken AS difference,
    (SELECT count(*) FROM drawer_count WHERE shift = s.id) AS counts
FROM shift_total x
JOIN shift s ON s.id = x.shift
JOIN tender n ON n.name = x.tender
LEFT JOIN terminal t ON t.id = s.terminal
LEFT JOIN user u ON u.id = s.closed_by
WHERE s.business_day <= :day AND s.business_day > date(:day, '-31 days')
    AND x.counted <> x.moved + x.taken AND x.currency = ''
ORDER BY s.closed_at;
