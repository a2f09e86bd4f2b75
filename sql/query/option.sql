-- Variants, and what is chosen for a product.

-- query: variant_axes
-- in: template i64
-- all: place i64, name text
SELECT place, name FROM variant_axis WHERE template = :template
ORDER BY place;

-- query: variant_axis_put
-- in: template i64, place i64, name text
-- exec
INSERT INTO variant_axis (template, place, name)
VALUES (:template, :place, :name)
ON CONFLICT (template, place) DO UPDATE SET name = excluded.name;

-- query: variant_list
-- Of one template; in the order they were added; with what the stores have
-- that `user` may see (0: all of them).
-- in: template i64, user i64
-- all: product i64, code text, name text, first text, second text, delta i64, price i64, active bool, tracked bool, stock i64!
SELECT v.product, p.code, p.name, v.first, v.second, v.delta, p.price,
	p.active, p.tracked, coalesce((SELECT sum(s.qty) FROM stock_level AS s
	    JOIN stock_place AS w ON w.id = s.place
	    WHERE s.product = p.id AND s.place > 0 AND (:user = 0
		OR NOT EXISTS (SELECT 1 FROM user_place WHERE user = :user)
		OR EXISTS (SELECT 1 FROM user_place WHERE user = :user
		    AND place IN (w.id, w.parent)))), 0) AS stock
FROM variant AS v JOIN product AS p ON p.id = v.product
WHERE v.template = :template
ORDER BY v.id;

-- query: variant_templates
-- In order of code.
-- all: id i64, code text, name text
SELECT id, code, name FROM product WHERE choices & 2 ORDER BY code;

-- query: variant_of
-- in: product i64
-- one: template i64, first text, second text
SELECT template, first, second FROM variant WHERE product = :product;

-- query: variant_add
-- in: product i64, template i64, first text, second text, delta i64
-- exec
INSERT INTO variant (product, template, first, second, delta)
VALUES (:product, :template, :first, :second, :delta)
ON CONFLICT (product) DO UPDATE SET first = excluded.first,
	second = excluded.second, delta = excluded.delta
WHERE template = excluded.template;

-- query: variant_priced
-- The variant's price follows its template's.
-- in: product i64
-- exec
UPDATE product SET price = max(0, (SELECT t.price + v.delta
	FROM variant AS v JOIN product AS t ON t.id = v.template
	WHERE v.product = product.id))
WHERE id = :product;

-- query: option_groups
-- in: product i64
-- all: id i64, place i64, name text, least i64, most i64, included bool
SELECT id, place, name, least, most, included FROM option_group
WHERE product = :product AND active = 1 ORDER BY place;

-- query: option_choices
-- Of all groups of a product; with what the stores have that `user` may see
-- (0: all of them).
-- in: product i64, user i64
-- all: id i64, grp i64, place i64, name text, component i64?, code text!, price i64, preset bool, tax_class text!, alone i64!, tracked bool!, stock i64!
SELECT c.id, c.grp, c.place, c.name, c.component,
	coalesce(p.code, '') AS code, c.price, c.preset,
	coalesce(p.tax_class, '') AS tax_class,
	coalesce(p.price, 0) AS alone, coalesce(p.tracked, 0) AS tracked,
	coalesce((SELECT sum(s.qty) FROM stock_level AS s
	    JOIN stock_place AS w ON w.id = s.place
	    WHERE s.product = c.component AND s.place > 0 AND (:user = 0
		OR NOT EXISTS (SELECT 1 FROM user_place WHERE user = :user)
		OR EXISTS (SELECT 1 FROM user_place WHERE user = :user
		    AND place IN (w.id, w.parent)))), 0) AS stock
FROM option_group AS g JOIN option_choice AS c ON c.grp = g.id
LEFT JOIN product AS p ON p.id = c.component
WHERE g.product = :product AND g.active = 1 AND c.active = 1
ORDER BY g.place, c.place;

-- query: option_conflicts
-- in: product i64
-- all: a i64, b i64
SELECT x.a, x.b FROM option_group AS g
JOIN option_choice AS c ON c.grp = g.id
JOIN option_conflict AS x ON x.a = c.id
WHERE g.product = :product AND g.active = 1 AND c.active = 1;

-- query: option_products
-- What has options, in order of code.
-- all: id i64, code text, name text
SELECT id, code, name FROM product WHERE choices & 1 ORDER BY code;

-- query: option_group_add
-- in: product i64, name text, least i64, most i64, included bool
-- id
INSERT INTO option_group (product, place, name, least, most, included)
VALUES (:product, (SELECT coalesce(max(place), 0) + 1 FROM option_group
	WHERE product = :product AND active = 1), :name, :least, :most,
	:included);

-- query: option_group_set
-- in: id i64, least i64, most i64, included bool
-- exec
UPDATE option_group SET least = :least, most = :most, included = :included
WHERE id = :id;

-- query: option_group_end
-- in: id i64
-- exec
UPDATE option_group SET active = 0 WHERE id = :id;

-- query: option_choice_add
-- in: grp i64, name text, component i64?, price i64, preset bool
-- id
INSERT INTO option_choice (grp, place, name, component, price, preset)
VALUES (:grp, (SELECT coalesce(max(place), 0) + 1 FROM option_choice
	WHERE grp = :grp AND active = 1), :name, :component, :price, :preset);

-- query: option_choice_set
-- in: id i64, component i64?, price i64, preset bool
-- exec
UPDATE option_choice SET component = :component, price = :price,
	preset = :preset
WHERE id = :id;

-- query: option_choice_end
-- in: id i64
-- exec
UPDATE option_choice SET active = 0 WHERE id = :id;

-- query: option_conflict_add
-- in: one i64, other i64
-- exec
INSERT INTO option_conflict (a, b)
VALUES (min(:one, :other), max(:one, :other))
ON CONFLICT DO NOTHING;

-- query: option_line_add
-- A line under another one: `share` 0 or what it costs by itself, by which
-- the other's price is shared out.
-- in: parent i64, product i64, code text, label text, price i64, rate i64, rate2 i64, share i64, at i64, user i64?
-- exec
INSERT INTO sale_line (sale, seq, product, code, label, unit, qty, price,
	amount, rate, rate2, at, user, kind, list_price, parent, share)
SELECT l.sale, (SELECT max(seq) + 1 FROM sale_line WHERE sale = l.sale),
	:product, :code, :label, 'pc', l.qty, :price, :price * l.qty / 1000,
	:rate, :rate2, :at, :user, 'option', :price, l.id, :share
FROM sale_line AS l WHERE l.id = :parent;

-- query: option_words
-- What was chosen, in words; amounts are worked out again from here on.
-- in: line i64, words text
-- exec
UPDATE sale_line SET words = :words WHERE id = :line;

-- query: option_flag
-- in: sale i64
-- exec
UPDATE sale SET discounted = 1 WHERE id = :sale AND discounted = 0;

-- query: option_chosen
-- in: line i64
-- all: choice i64
SELECT choice FROM sale_choice WHERE line = :line ORDER BY choice;

-- query: option_choose
-- in: line i64, choice i64
-- exec
INSERT INTO sale_choice (line, choice) VALUES (:line, :choice);

-- query: option_unchoose
-- in: line i64
-- exec
DELETE FROM sale_choice WHERE line = :line;

-- query: option_lines_drop
-- Others take their place.
-- in: line i64
-- exec
UPDATE sale_line SET state = 'void', reason = 'other options'
WHERE parent = :line AND state = 'live';

-- query: option_follow
-- Options have the quantity of what they belong to; what comes back has that of
-- its ticket (return_set_qty()).
-- in: sale i64
-- exec
UPDATE sale_line SET off = 0, moved = 0,
	qty = (SELECT qty FROM sale_line AS p WHERE p.id = sale_line.parent),
	amount = price * (SELECT qty FROM sale_line AS p
	    WHERE p.id = sale_line.parent) / 1000
WHERE sale = :sale AND parent IS NOT NULL AND state = 'live'
	AND returns IS NULL AND qty <>
	(SELECT qty FROM sale_line AS p WHERE p.id = sale_line.parent);

-- query: option_follow_void
-- And go with it.
-- in: sale i64
-- exec
UPDATE sale_line SET state = 'void', reason = 'with it'
WHERE sale = :sale AND parent IS NOT NULL AND state = 'live' AND
	(SELECT state FROM sale_line AS p WHERE p.id = sale_line.parent)
	= 'void';

-- query: option_back
-- What went with a line comes back with it.
-- in: line i64
-- exec
UPDATE sale_line SET state = 'live', reason = ''
WHERE parent = :line AND state = 'void' AND reason = 'with it';

-- query: option_lines
-- The options under a line that still count.
-- in: line i64
-- all: id i64
SELECT id FROM sale_line WHERE parent = :line AND state = 'live'
ORDER BY seq;

-- query: option_mirror
-- The mirror of an option stands under the mirror of its line.
-- in: id i64, parent i64
-- exec
UPDATE sale_line SET parent = :parent, moved = (SELECT -moved
	FROM sale_line AS o WHERE o.id = sale_line.reverses)
WHERE id = :id;

-- query: option_mirrored
-- in: id i64
-- exec
UPDATE sale_line SET moved = (SELECT -moved FROM sale_line AS o
	WHERE o.id = sale_line.reverses), words = (SELECT words
	FROM sale_line AS o WHERE o.id = sale_line.reverses)
WHERE id = :id;

-- query: sale_mode
-- in: id i64
-- one: mode text
SELECT mode FROM sale WHERE id = :id;

-- query: sale_mode_set
-- in: id i64, mode text
-- changes
UPDATE sale SET mode = :mode WHERE id = :id AND mode <> :mode;

-- query: sale_mode_lines
-- Lines whose tax depends on how they are eaten: not what comes back, nor what
-- was taxed when it was paid (a deposit, a card for goods of one rate).
-- in: sale i64
-- all: id i64, rate i64, rate2 i64, at i64, tax_class text
SELECT l.id, l.rate, l.rate2, l.at, p.tax_class
FROM sale_line AS l JOIN product AS p ON p.id = l.product
WHERE l.sale = :sale AND l.returns IS NULL AND l.turnover = 1
	AND l.kind <> 'deposit' AND l.voucher IS NULL;

-- query: sale_line_rate
-- in: id i64, rate i64, rate2 i64
-- exec
UPDATE sale_line SET rate = :rate, rate2 = :rate2 WHERE id = :id;
