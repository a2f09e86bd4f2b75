-- report: Shifts of a day, with their Z
-- right: report
-- param: day day business day
-- column: z text Z
-- column: terminal text terminal
-- column: user text user
-- column: tickets count tickets
-- column: amount money amount
-- column: expected money cash expected
-- column: counted money counted
-- column: difference money difference
-- words: open
-- chart: amount
SELECT CASE WHEN s.state = 'open' THEN 'open'
	ELSE printf('Z%s-%06d', s.series, s.number) END AS z,
    coalesce(t.name, '') AS terminal, coalesce(u.name, '') AS user,
    (SELECT count(*) FROM sale
	WHERE business_day = s.business_day AND shift = s.id
	    AND state = 'paid') AS tickets,
    (SELECT coalesce(sum(total), 0) FROM sale
	WHERE business_day = s.business_day AND shift = s.id
	    AND state = 'paid') AS amount,
    x.moved + x.taken AS expected, x.counted,
    x.counted - x.moved - x.taken AS difference
FROM shift s
LEFT JOIN terminal t ON t.id = s.terminal
LEFT JOIN user u ON u.id = s.user
LEFT JOIN shift_total x ON x.shift = s.id AND x.currency = ''
    AND x.tender = (SELECT name FROM tender WHERE change = 1
	ORDER BY place LIMIT 1)
WHERE s.business_day = :day
ORDER BY s.opened_at;
