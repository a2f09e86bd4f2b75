# SPDX-License-Identifier: ISC
# shellcheck shell=sh disable=SC2034,SC2154
# For tests of printing: a shop, a print server of their own, a spooler.
# Sourced after lib.sh.
#
#	paper_shop [CONNECTION]	a shop with printer "bar" ($shop)
#	paper_cups [DIRECTIVE]	a print server with queue "bon" in $cups
#	mood [WORD]		how its printer is (tests/cupsd.sh)
#	spool			a spooler for it, $spool is its pid; under
#				$SPOOL_WITH (valgrind) if that is set
#	jobs KIND COUNT		put jobs into the outbox
#	state JOB		"printed", ...
#	states			how many jobs of each state, "printed 20"
#	paper_status		as a till sees the printer
#	came			names of the jobs that came out, once a line

paper_shop()
{
	shop=$T/shop
	echo secret-123 | comptoir init "$shop" --company Bar --address Paris \
	    --tax-ids 1 --country FR --printer "${1:-cups:bon}" \
	    --model "${2:-escpos/tm-t88}" --admin admin --password-stdin \
	    >"$T/init.log" 2>&1 || cat "$T/init.log" >&2
	bar=$(comptoir -s "$shop" printer list --format csv |
	    sed -n '2s/,.*//p')
	comptoir -s "$shop" printer set "$bar" drawer 2
}

paper_cups()
{
	if [ "$(id -u)" -ne 0 ] || [ ! -x /usr/sbin/cupsd ]; then
		skip "printing through a print server" \
		    "needs root and cups-daemon"
		exit 0
	fi
	chmod 711 "$T"
	cups=$T/cups
	CUPS_SERVER=$(tests/cupsd.sh start "$cups" "$@")
	export CUPS_SERVER
	later "tests/cupsd.sh stop '$cups'"
	tests/cupsd.sh queue "$cups" bon
}

mood()
{
	echo "${1:-}" >"$cups/mood/.new"
	mv "$cups/mood/.new" "$cups/mood/bon"
}

spool()
{
	# shellcheck disable=SC2086
	start ${SPOOL_WITH:-} comptoir-spool "$shop" 1 2>>"$T/spool.log"
	spool=$pid
}

jobs()
{
	"$B/tests/tool/printjob" "$shop" "$bar" "$1" "$2" "${3:-receipt}"
}

sql()
{
	sqlite3 -readonly -cmd '.timeout 5000' "$shop/shop.db" "$1"
}

state()
{
	sql "SELECT state FROM print_job WHERE id = $1"
}

states()
{
	sql "SELECT state || ' ' || count(*) FROM print_job
	    GROUP BY state ORDER BY state" | tr '\n' ' ' | sed 's/ $//'
}

is_state()	# JOB STATE
{
	[ "$(state "$1")" = "$2" ]
}

all_ended()
{
	[ "$(sql "SELECT count(*) FROM print_job WHERE state IN
	    ('queued', 'sending', 'sent')")" = 0 ]
}

paper_status()
{
	"$B/tests/tool/printjob" "$shop" "$bar" status
}

says()	# PART: the till's status line has it
{
	case $(paper_status) in
	*"$1"*) return 0 ;;
	esac
	return 1
}

came()
{
	sed 's/^[0-9]* //' "$cups/out/bon/log" 2>/dev/null
}

# Nothing came out under one name twice; every job once, but for the unsure.
each_once()
{
	[ -z "$(came | sort | uniq -d)" ] || return 1
	for each_job in $(sql "SELECT 'comptoir-' || id FROM print_job
	    WHERE state = 'printed'"); do
		[ "$(came | grep -c "^$each_job-")" = 1 ] || return 1
	done
}
