-- Gift cards and credit notes.

-- query: voucher_add
-- in: number text, kind text, rate i64?, rate2 i64, at i64, user i64?
-- id
INSERT INTO voucher (number, kind, rate, rate2, made_at, user)
VALUES (:number, :kind, :rate, :rate2, :at, :user);

-- query: voucher_get
-- moves: how often something came on it or went off it.
-- in: id i64
-- one: id i64, number text, kind text, rate i64?, rate2 i64, balance i64, expires text?, blocked bool, made_at i64, moves i64!, holder text!
SELECT v.id, v.number, v.kind, v.rate, v.rate2, v.balance, v.expires,
	v.blocked, v.made_at,
	(SELECT count(*) FROM voucher_move WHERE voucher = v.id) AS moves,
	coalesce(c.name, '') AS holder
FROM voucher AS v LEFT JOIN customer AS c ON c.id = v.customer
WHERE v.id = :id;

-- query: voucher_by_number
-- in: number text
-- one: id i64
SELECT id FROM voucher WHERE number = :number;

-- query: voucher_all
-- Newest first; `open`: only with something on them.
-- in: open bool
-- all: id i64, number text, kind text, rate i64?, rate2 i64, balance i64, expires text?, blocked bool, made_at i64, moves i64!, holder text!
SELECT v.id, v.number, v.kind, v.rate, v.rate2, v.balance, v.expires,
	v.blocked, v.made_at,
	(SELECT count(*) FROM voucher_move WHERE voucher = v.id) AS moves,
	coalesce(c.name, '') AS holder
FROM voucher AS v LEFT JOIN customer AS c ON c.id = v.customer
WHERE :open = 0 OR v.balance > 0
ORDER BY v.id DESC;

-- query: voucher_move_add
-- in: voucher i64, kind text, amount i64, sale i64?, reason text, at i64, user i64?, terminal i64?
-- exec
INSERT INTO voucher_move (voucher, kind, amount, sale, reason, at, user,
	terminal)
VALUES (:voucher, :kind, :amount, :sale, :reason, :at, :user, :terminal);

-- query: voucher_moves
-- in: voucher i64
-- all: id i64, kind text, amount i64, sale i64?, series text?, number i64?, reason text, at i64, user text!
SELECT m.id, m.kind, m.amount, m.sale, s.series, s.number, m.reason, m.at,
	coalesce(u.name, '') AS user
FROM voucher_move AS m
LEFT JOIN sale AS s ON s.id = m.sale
LEFT JOIN user AS u ON u.id = m.user
WHERE m.voucher = :voucher ORDER BY m.id;

-- query: voucher_holder
-- A credit note is made out to whom the sale is for.
-- in: id i64, sale i64
-- exec
UPDATE voucher SET customer = (SELECT customer FROM sale WHERE id = :sale)
WHERE id = :id;

-- query: voucher_paper
-- What its paper says beside: all that was ever put on it, the ticket it was
-- made with (none yet while that is being paid), and those of the goods.
-- in: id i64
-- one: put i64!, sale i64?, series text?, number i64?, back text!
SELECT (SELECT coalesce(sum(amount), 0) FROM voucher_move
	    WHERE voucher = v.id AND amount > 0) AS put,
	s.id AS sale, s.series, s.number,
	coalesce((SELECT group_concat(DISTINCT printf('%s-%06d', t.series,
	    t.number))
	    FROM sale_line AS l JOIN sale_line AS o ON o.id = l.returns
	    JOIN sale AS t ON t.id = o.sale
	    WHERE l.sale = s.id AND l.state = 'live'), '') AS back
FROM voucher AS v LEFT JOIN sale AS s ON s.id = (
	SELECT sale FROM voucher_move
	WHERE voucher = v.id AND sale IS NOT NULL ORDER BY id LIMIT 1)
WHERE v.id = :id;

-- query: voucher_newest
-- in: kind text
-- one: id i64
SELECT id FROM voucher WHERE kind = :kind ORDER BY id DESC LIMIT 1;

-- query: voucher_begin
-- From the day something comes on it a voucher is good till then; one that is
-- good for longer already (a manager said so) stays so.
-- in: id i64, expires text?
-- exec
UPDATE voucher SET expires = CASE
	WHEN NOT EXISTS (SELECT 1 FROM voucher_move WHERE voucher = :id)
	THEN :expires
	WHEN expires IS NULL OR :expires IS NULL THEN NULL
	ELSE max(expires, :expires) END
WHERE id = :id;

-- query: voucher_until
-- in: id i64, expires text?
-- exec
UPDATE voucher SET expires = :expires WHERE id = :id;

-- query: voucher_block
-- in: id i64, blocked bool
-- exec
UPDATE voucher SET blocked = :blocked WHERE id = :id;

-- query: voucher_line
-- A line of an open sale is about that card.
-- in: line i64, voucher i64, turnover bool
-- exec
UPDATE sale_line SET voucher = :voucher, turnover = :turnover
WHERE id = :line;

-- query: voucher_product
-- The gift card that is sold for any amount, if there is one.
-- in: class text
-- one: id i64
SELECT id FROM product
WHERE kind = 'voucher' AND tax_class = :class AND active = 1
ORDER BY price > 0, id LIMIT 1;

-- query: voucher_sold_as
-- What a card was sold as.
-- in: voucher i64
-- one: product i64, code text, label text
SELECT product, code, label FROM sale_line
WHERE voucher = :voucher AND qty > 0 AND state = 'live'
ORDER BY id LIMIT 1;

-- query: voucher_goods
-- What the goods of a sale come to that a card with its VAT paid may pay for,
-- less such cards that stand on it already, and of them this very one.
-- in: sale i64, voucher i64, rate i64, rate2 i64
-- one: amount i64!, taken i64!
SELECT coalesce(sum(amount), 0) AS amount,
	coalesce(sum(voucher IS :voucher AND qty < 0), 0) AS taken
FROM sale_line
WHERE sale = :sale AND state = 'live' AND turnover = 1
	AND rate = :rate AND rate2 = :rate2;
