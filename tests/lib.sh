# SPDX-License-Identifier: ISC
# shellcheck shell=sh
# Sourced by every shell test, from the top of the tree.
#
#	ok TEXT				a test that passed
#	not_ok TEXT			one that did not
#	check TEXT COMMAND...		passes when the command succeeds
#	refuse TEXT COMMAND...		passes when it fails (and not by a signal)
#	is TEXT GOT WANTED		equal strings
#	has TEXT GOT PART		PART is somewhere in GOT
#	hasnt TEXT GOT PART		and nowhere
#	skip TEXT WHY
#	note WORDS...			a TAP comment
#	wait_for SECONDS COMMAND...	until it succeeds; fails when it never does
#	free_port			a loopback port nobody listens on
#	start COMMAND...		in the background, $pid; killed at the end
#	stop PID			end one of those and wait for it
#	mkshop [DIR]			a demo shop of its own, in $shop
#	vt [OPTION...] -- COMMAND...	a scripted terminal (tests/tool/vt.c), its
#				script on stdin; its checks count here
#	later COMMAND			run when the test ends (last first)
#	rnd N				$rnd: 0 to N-1, the same again for one $SEED
#
# Fault tests kill $KILLS times (20; make soak says 200) at moments from rnd.
# $B is the build directory, $T a private directory, gone at the end.

: "${B:=build}"
case $B in
/*) ;;
*) B=$PWD/$B ;;
esac
PATH=$B:$PATH
export B PATH
# Nothing of the caller's shop or language gets in.
unset COMPTOIR_SHOP LANGUAGE SSH_AUTH_SOCK
LC_ALL=C.UTF-8
TERM=xterm-256color
export LC_ALL TERM
T=$(mktemp -d "${TMPDIR:-/tmp}/comptoir-test.XXXXXX") || exit 1
export T
tests_run=0
tests_failed=0
tests_pids=
tests_later=:

tests_end()
{
	status=$?
	trap - EXIT INT TERM HUP
	eval "$tests_later"
	for tests_pid in $tests_pids; do
		stop "$tests_pid"
	done
	if [ -n "${KEEP:-}" ]; then
		note "kept $T"
	else
		rm -rf "$T"
	fi
	[ "$tests_run" -eq 0 ] || echo "1..$tests_run"
	[ "$tests_failed" -eq 0 ] || status=1
	exit "$status"
}
trap tests_end EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

: "${KILLS:=20}"
: "${SEED:=$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}"
rnd_state=$SEED

rnd()
{
	rnd_state=$(((rnd_state * 1103515245 + 12345) % 2147483648))
	# shellcheck disable=SC2034
	rnd=$((rnd_state / 65536 % $1))
}

later()
{
	tests_later="$1; $tests_later"
}

note()
{
	printf '%s\n' "$*" | sed 's/^/# /'
}

ok()
{
	tests_run=$((tests_run + 1))
	echo "ok $tests_run - $*"
}

not_ok()
{
	tests_run=$((tests_run + 1))
	tests_failed=$((tests_failed + 1))
	echo "not ok $tests_run - $*"
}

skip()
{
	tests_run=$((tests_run + 1))
	echo "ok $tests_run - $1 # SKIP $2"
}

check()
{
	tests_text=$1
	shift
	if "$@" >"$T/.check" 2>&1; then
		ok "$tests_text"
		return 0
	fi
	not_ok "$tests_text"
	note "$*"
	note "$(tail -n 20 "$T/.check")"
	return 1
}

refuse()
{
	tests_text=$1
	shift
	"$@" >"$T/.check" 2>&1
	tests_status=$?
	if [ "$tests_status" -gt 0 ] && [ "$tests_status" -lt 126 ]; then
		ok "$tests_text"
		return 0
	fi
	not_ok "$tests_text"
	note "status $tests_status: $*"
	note "$(tail -n 20 "$T/.check")"
	return 1
}

is()
{
	if [ "$2" = "$3" ]; then
		ok "$1"
		return 0
	fi
	not_ok "$1"
	note "got:"
	note "$2"
	note "wanted:"
	note "$3"
	return 1
}

has()
{
	case $2 in
	*"$3"*)
		ok "$1"
		return 0
		;;
	esac
	not_ok "$1"
	note "no '$3' in:"
	note "$2"
	return 1
}

hasnt()
{
	case $2 in
	*"$3"*)
		not_ok "$1"
		note "'$3' is in:"
		note "$2"
		return 1
		;;
	esac
	ok "$1"
}

vt()
{
	"$B/tests/tool/vt" "$@" >"$T/.vt" 2>&1
	tests_status=$?
	while IFS= read -r tests_line; do
		case $tests_line in
		"ok - "*)
			ok "${tests_line#ok - }"
			;;
		"not ok - "*)
			not_ok "${tests_line#not ok - }"
			;;
		"#"*)
			printf '%s\n' "$tests_line"
			;;
		*)
			note "$tests_line"
			;;
		esac
	done <"$T/.vt"
	return "$tests_status"
}

# write_sql SHOP STATEMENT: by hand, into a shop that others write to.
write_sql()
{
	sqlite3 -cmd '.timeout 5000' "$1/shop.db" "$2"
}

# wait_for SECONDS COMMAND...: the limit is for what hangs, not for speed, which
# the bench measures; so a loaded machine is given three times as long.
wait_for()
{
	tests_until=$(($(date +%s) + $1 * ${TESTS_PATIENCE:-3}))
	shift
	until "$@" >/dev/null 2>&1; do
		[ "$(date +%s)" -lt "$tests_until" ] || return 1
		sleep 0.05
	done
}

free_port()
{
	while :; do
		# Below the range the kernel hands out by itself.
		port=$(od -An -N2 -tu2 /dev/urandom)
		port=$((10000 + port % 22000))
		grep -qi ":$(printf %04X "$port") " /proc/net/tcp \
		    /proc/net/tcp6 2>/dev/null || break
	done
	echo "$port"
}

start()
{
	"$@" &
	pid=$!
	tests_pids="$tests_pids $pid"
}

stop()
{
	kill -TERM "$1" 2>/dev/null || return 0
	kill -CONT "$1" 2>/dev/null
	if ! wait_for 10 gone "$1"; then
		kill -KILL "$1" 2>/dev/null
	fi
	wait "$1" 2>/dev/null
	return 0
}

# True when no such process runs (a zombie counts as gone).
gone()
{
	tests_state=$(sed -n 's/^State:[[:space:]]*\(.\).*/\1/p' \
	    "/proc/$1/status" 2>/dev/null)
	[ -z "$tests_state" ] || [ "$tests_state" = Z ]
}

mkshop()
{
	shop=${1:-$T/shop}
	if [ -n "${DEMO:-}" ] && [ "${TZ:-}" = Europe/Paris ]; then
		# the first test that wants one makes it for all of them
		# shellcheck disable=SC2016
		flock "$DEMO" sh -c '[ -e "$DEMO/shop" ] ||
		    { comptoir init "$DEMO/new" --demo &&
		    mv "$DEMO/new" "$DEMO/shop"; }' >"$T/init.log" 2>&1 &&
		mkdir -p "$shop" && cp -Rp "$DEMO/shop/." "$shop"
	else
		comptoir init "$shop" --demo >"$T/init.log" 2>&1
	fi || {
		note "$(tail -n 5 "$T/init.log")"
		return 1
	}
}
