-- Papers: templates, the logo, invoices.

-- query: document_template
-- in: kind text
-- one: text text
SELECT text FROM template WHERE kind = :kind;

-- query: document_template_put
-- in: kind text, text text, at i64, user i64?
-- exec
INSERT INTO template (kind, text, changed_at, user)
VALUES (:kind, :text, :at, :user)
ON CONFLICT (kind) DO UPDATE SET text = excluded.text,
	changed_at = excluded.changed_at, user = excluded.user;

-- query: document_template_drop
-- in: kind text
-- changes
DELETE FROM template WHERE kind = :kind;

-- query: document_templates
-- all: kind text, changed_at i64, user text!
SELECT t.kind, t.changed_at, coalesce(u.name, '') AS user
FROM template AS t LEFT JOIN user AS u ON u.id = t.user ORDER BY t.kind;

-- query: document_logo
-- one: width i64, height i64, dots blob
SELECT width, height, dots FROM logo;

-- query: document_logo_put
-- in: width i64, height i64, dots blob
-- exec
INSERT INTO logo (id, width, height, dots) VALUES (1, :width, :height, :dots)
ON CONFLICT (id) DO UPDATE SET width = excluded.width,
	height = excluded.height, dots = excluded.dots;

-- query: document_logo_drop
-- changes
DELETE FROM logo;

-- query: document_printed
-- Has the original of a ticket been queued for a printer?
-- in: ref text
-- one: n i64!
SELECT count(*) AS n FROM print_job WHERE kind = 'receipt' AND ref = :ref;

-- query: document_nature_put
-- in: product i64, nature text, at i64
-- changes
UPDATE product SET nature = :nature, changed_at = :at WHERE id = :product;

-- query: document_natures
-- What the lines of a sale are, for the papers the law wants.
-- in: sale i64
-- all: nature text, tax_class text, unit text, amount i64, returned bool!
SELECT p.nature, p.tax_class, l.unit, l.amount,
	l.returns IS NOT NULL AS returned
FROM sale_line AS l JOIN product AS p ON p.id = l.product
WHERE l.sale = :sale AND l.state = 'live';

-- query: invoice_add
-- in: sale i64, series text, number i64, customer i64, buyer_name text, buyer_address text, buyer_vat_id text, at i64, user i64?, terminal i64?, journal i64
-- id
INSERT INTO invoice (sale, series, number, customer, buyer_name,
	buyer_address, buyer_vat_id, at, user, terminal, journal)
VALUES (:sale, :series, :number, :customer, :buyer_name, :buyer_address,
	:buyer_vat_id, :at, :user, :terminal, :journal);

-- query: invoice_of_sale
-- in: sale i64
-- one: series text, number i64, buyer_name text, buyer_address text, buyer_vat_id text, at i64, hash text
SELECT i.series, i.number, i.buyer_name, i.buyer_address, i.buyer_vat_id,
	i.at, j.hash
FROM invoice AS i JOIN journal AS j ON j.id = i.journal WHERE i.sale = :sale;

-- query: invoice_all
-- in: limit i64
-- all: series text, number i64, at i64, buyer_name text, ticket_series text!, ticket_number i64!, total i64
SELECT i.series, i.number, i.at, i.buyer_name, s.series AS ticket_series,
	s.number AS ticket_number, s.total
FROM invoice AS i JOIN sale AS s ON s.id = i.sale
ORDER BY i.id DESC LIMIT :limit;

-- query: invoice_by_number
-- in: series text, number i64
-- one: sale i64
SELECT sale FROM invoice WHERE series = :series AND number = :number;

-- query: document_newest
-- in: invoiced bool
-- one: id i64!
SELECT j.sale AS id FROM journal AS j
WHERE j.sale IS NOT NULL AND j.chain GLOB 'ticket/*' AND (:invoiced = 0
	OR EXISTS (SELECT 1 FROM invoice AS i WHERE i.sale = j.sale))
ORDER BY j.id DESC LIMIT 1;

-- query: document_promised
-- The newest quotation or order.
-- one: id i64
SELECT id FROM sale WHERE paper <> '' ORDER BY +id DESC LIMIT 1;
