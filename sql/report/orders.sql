-- report: Orders and quotations that are open
-- right: sell
-- column: due text due
-- column: paper text number
-- column: name text name
-- column: seller text seller
-- column: total money total
-- column: deposit money deposit
SELECT coalesce(due_day, '') AS due, paper, name, seller, total, deposit
FROM order_open
ORDER BY due_day IS NULL, due_day, id;
