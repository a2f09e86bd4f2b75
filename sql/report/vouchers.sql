-- report: Vouchers outstanding: what the shop owes
-- right: report
-- column: kind text what
-- column: state text state
-- column: count count count
-- column: amount money amount
-- chart: amount
-- words: gift; credit; good; expired; blocked
--
-- A liability until it is used; one that expired stays until it is written
-- off.  VAT of a card that was sold with it is paid already.
SELECT kind, CASE WHEN blocked = 1 THEN 'blocked'
    WHEN expires IS NOT NULL AND expires < date('now', 'localtime')
    THEN 'expired' ELSE 'good' END AS state,
    count(*) AS count, sum(balance) AS amount
FROM voucher WHERE balance > 0
GROUP BY 1, 2
ORDER BY 1, 2;
