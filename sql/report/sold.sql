-- report: Products sold on a day
-- right: report
-- param: day day business day
-- column: code text code
-- column: name text name
-- column: category text category
-- column: qty qty quantity
-- column: amount money amount
-- chart: amount
SELECT l.code, l.label, p.category, sum(l.qty) AS qty,
    sum(l.amount - l.moved) AS amount
FROM sale s
JOIN sale_line l ON l.sale = s.id
JOIN product p ON p.id = l.product
WHERE s.business_day = :day AND s.state = 'paid' AND s.training = 0
    AND l.state <> 'void' AND l.turnover = 1
GROUP BY l.product, l.label
HAVING sum(l.qty) <> 0
ORDER BY sum(l.amount - l.moved) DESC, l.code;
