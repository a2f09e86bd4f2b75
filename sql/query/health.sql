-- Figures for whoever watches the shop.

-- query: health_counts
-- one: open_sales i64!, print_waiting i64!
SELECT (SELECT count(*) FROM sale WHERE state IN ('draft', 'pending', 'paying'))
	AS open_sales,
	(SELECT count(*) FROM print_job
	    WHERE state IN ('queued', 'sending', 'sent') AND state <> 'sent')
	AS print_waiting;
