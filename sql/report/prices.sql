-- report: Price list
-- right: look
-- column: category text category
-- column: code text code
-- column: name text name
-- column: brand text brand
-- column: unit text unit
-- column: price money price
SELECT p.category, p.code, p.name, coalesce(i.brand, '') AS brand, p.unit,
    p.price
FROM product p LEFT JOIN product_info i ON i.product = p.id
WHERE p.active = 1 AND p.kind = 'item' AND p.choices & 2 = 0
ORDER BY p.category, p.code;
