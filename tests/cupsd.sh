#!/bin/sh
# SPDX-License-Identifier: ISC
# A private print server for tests, with a back end that keeps what it gets.
#	tests/cupsd.sh start DIR [DIRECTIVE...]	prints the CUPS_SERVER to use
#	tests/cupsd.sh queue DIR NAME		DIR/out/NAME/JOB.prn will hold jobs
#	tests/cupsd.sh stop DIR
#	tests/cupsd.sh kill DIR			kill -9
#	tests/cupsd.sh again DIR		start it as it was
# The back end looks at DIR/mood/NAME: "paper" waits for paper, "roll" too and
# never says that there is some again, "slow" says nothing, "stop" stops the
# queue, "retry" fails, "off" is a network printer that is off.  DIR/pid is
# the server's.  Extra directives go into cupsd.conf.  Needs root: cupsd wants
# to run its helpers as lp.
set -eu

# A directory short enough for a socket's name, all may enter.
place()
{
	case $1 in
	/*) dir=$1 ;;
	*) dir=$PWD/$1 ;;
	esac
	sock=$dir/run/cups.sock
}

backend()
{
	cat >"$dir/bin/backend/capture" <<'END'
#!/bin/sh
# capture:DIR/NAME; argv: job user title copies options [file]
if [ $# -eq 0 ]; then
	echo 'direct capture "Unknown" "Capture"'
	exit 0
fi
where=${DEVICE_URI#capture:}
mood=${where%/out/*}/mood/${where##*/}
mkdir -p "$where"
[ -f "${6:-}" ] || cat >"$where/$1.part"
[ ! -f "${6:-}" ] || cat "$6" >"$where/$1.part"
told=
while :; do
	case $(cat "$mood" 2>/dev/null) in
	paper)
		[ -n "$told" ] || echo 'STATE: +media-empty-error' >&2
		[ -n "$told" ] || echo 'INFO: Out of paper' >&2
		told=paper
		;;
	roll)
		[ -n "$told" ] || echo 'STATE: +media-empty-error' >&2
		told=roll
		;;
	off)
		[ -n "$told" ] || echo 'INFO: The printer may not exist or' \
		    'is unavailable at this time.' >&2
		told=off
		;;
	slow)
		told=${told:-slow}
		;;
	stop)
		rm -f "$where/$1.part"
		exit 4
		;;
	retry)
		rm -f "$where/$1.part"
		exit 1
		;;
	*)
		break
		;;
	esac
	sleep 0.05
done
[ "$told" != paper ] || echo 'STATE: -media-empty-error' >&2
echo 'INFO: ' >&2
echo "$1 $3" >>"$where/log"
mv "$where/$1.part" "$where/$1.prn"
END
	chmod 755 "$dir/bin/backend/capture"
}

configure()
{
	mkdir -p "$dir/etc" "$dir/run" "$dir/log" "$dir/spool" "$dir/tmp" \
	    "$dir/cache" "$dir/out" "$dir/mood" "$dir/bin/backend"
	# Under its own path AppArmor would hold it to /etc/cups.
	cp /usr/sbin/cupsd "$dir/bin/cupsd"
	for part in filter daemon monitor notifier cgi-bin driver; do
		[ ! -e /usr/lib/cups/$part ] ||
		    ln -sf /usr/lib/cups/$part "$dir/bin/$part"
	done
	for part in socket ipp; do
		[ ! -e /usr/lib/cups/backend/$part ] ||
		    ln -sf /usr/lib/cups/backend/$part "$dir/bin/backend/$part"
	done
	backend
	cat >"$dir/etc/cups-files.conf" <<END
ServerRoot $dir/etc
ServerBin $dir/bin
DataDir /usr/share/cups
DocumentRoot /usr/share/cups/doc-root
CacheDir $dir/cache
StateDir $dir/run
RequestRoot $dir/spool
TempDir $dir/tmp
AccessLog $dir/log/access
ErrorLog $dir/log/error
PageLog $dir/log/page
User lp
Group lp
SystemGroup lpadmin
Sandboxing relaxed
END
	cat >"$dir/etc/cupsd.conf" <<END
Listen $sock
Browsing No
DefaultAuthType None
WebInterface No
DirtyCleanInterval 0
PreserveJobFiles No
JobRetryInterval 1
ErrorPolicy retry-current-job
MaxLogSize 0
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
END
	for directive; do
		sed -i "/^${directive%% *} /d" "$dir/etc/cupsd.conf"
		echo "$directive" >>"$dir/etc/cupsd.conf"
	done
	chown -R lp "$dir/out" "$dir/mood" "$dir/spool" "$dir/cache" \
	    "$dir/run" "$dir/tmp"
	chmod 711 "$dir" "$dir/run"
	chmod 755 "$dir/out" "$dir/mood"
}

run()
{
	# A socket left by a killed server is in the way.
	rm -f "$sock"
	"$dir/bin/cupsd" -f -c "$dir/etc/cupsd.conf" \
	    -s "$dir/etc/cups-files.conf" >"$dir/log/stdout" 2>&1 &
	echo $! >"$dir/pid"
	for _ in $(seq 200); do
		if CUPS_SERVER=$sock lpstat -r >/dev/null 2>&1; then
			return
		fi
		sleep 0.05
	done
	cat "$dir/log/stdout" "$dir/log/error" >&2
	exit 1
}

end()	# SIGNAL
{
	[ -f "$dir/pid" ] || return 0
	pid=$(cat "$dir/pid")
	rm -f "$dir/pid"
	kill -CONT "$pid" 2>/dev/null || return 0
	kill "-$1" "$pid" 2>/dev/null || :
	for _ in $(seq 200); do
		kill -0 "$pid" 2>/dev/null || return 0
		case $(sed -n 's/^State:[[:space:]]*\(.\).*/\1/p' \
		    "/proc/$pid/status" 2>/dev/null) in
		Z | '') return 0 ;;
		esac
		sleep 0.05
	done
	kill -KILL "$pid" 2>/dev/null || :
}

verb=$1
place "$2"
case $verb in
start)
	shift 2
	configure "$@"
	run
	echo "$sock"
	;;
again)
	run
	;;
queue)
	CUPS_SERVER=$sock
	export CUPS_SERVER
	for _ in $(seq 20); do
		lpadmin -p "$3" -E -v "capture:$dir/out/$3" -m raw \
		    -o printer-error-policy=retry-current-job \
		    2>"$dir/log/lpadmin" || :
		if lpstat -v "$3" >/dev/null 2>&1; then
			exit 0
		fi
		sleep 0.1
	done
	cat "$dir/log/lpadmin" >&2
	exit 1
	;;
stop)
	end TERM
	;;
kill)
	end KILL
	;;
*)
	echo "usage: tests/cupsd.sh start|queue|stop|kill|again DIR" >&2
	exit 64
	;;
esac
