#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 180
# A serial line over a pair of ptys, with the real libserialport: the login
# screen comes, ends, comes again; a hang-up parks; a missing device waits.
. tests/lib.sh
. tests/door.sh

mkdoor
mv "$T/bin/comptoir-line" "$T/bin/comptoir-line.real"
cat >"$T/bin/comptoir-line" <<END
#!/bin/sh
TTYSHIM_CARRIER=\$(case \$* in *--modem*) echo $T/carrier ;; *) echo $T ;; esac)
export TTYSHIM_CARRIER
LD_PRELOAD=$B/tests/preload/ttyshim.so exec $T/bin/comptoir-line.real "\$@"
END
chmod +x "$T/bin/comptoir-line"

cable()		# NAME: ptys $T/NAME.near and $T/NAME.far; $cable holds it
{
	rm -f "$T/$1.near" "$T/$1.far"
	start socat "PTY,link=$T/$1.near,raw,echo=0" \
	    "PTY,link=$T/$1.far,raw,echo=0"
	cable=$pid
	wait_for 5 test -e "$T/$1.far"
	wait_for 5 test -e "$T/$1.near"
	# A pty whose last user goes ends socat: hold both ends.
	start sh -c "exec sleep 300 <>'$T/$1.far' 3<>'$T/$1.near'"
}
on_line()	# the far end as a terminal, script on stdin
{
	line=$1
	shift
	vt "$@" -- socat "STDIO,raw,echo=0" "$T/$line.far,raw,echo=0"
}

cable bar
bar=$cable
cable back
cat >"$shop/rows" <<END
4 5 bar $T/bar.near 8N1 xonxoff vt220 latin9 9600 80 24 0
6 0 back $T/back.near 8N2 rtscts wyse60 ascii 4800 80 25 1
7 0 gone $T/gone.near 8N1 none vt100 ascii 9600 80 24 0
END
door_start

on_line bar -t vt220 <<'END'
note on a line
wait "stub user=0 terminal=5" 15
wait "lines=24"
wait "size 80x24"
END
has "with its type and character set" "$(tr '\0' '\n' \
    <"/proc/$(pgrep -f "$shop --door line.*bar.near")/environ")" \
    "COMPTOIR_CHARSET=latin9
TERM=vt220"
has "from the device" "$(pgrep -af "$shop --door line")" \
    "--from $T/bar.near"
session=$(pgrep -f "$shop --door line.*bar.near")
settings=$(stty -F "$T/bar.near" -a)
has "the speed is set" "$settings" "speed 9600 baud"
has "the format is set" "$settings" "cs8"
has "flow control is set" "$settings" " ixon"
has "nothing is echoed" "$settings" "-echo "
is "it is the session's controlling terminal" \
    "$(ps -o tty= -p "$session" | tr -d ' ')" \
    "$(readlink -f "$T/bar.near" | sed 's,/dev/,,')"

# The end of a session is the beginning of the next.
on_line bar -t vt220 <<'END'
note signing off
send "q"
wait "bye"
wait "stub user=0 terminal=5" 15
END
check "the session has ended" gone "$session"

# Hang-up: the session parks, and the line is tried again.
next()
{
	session=$(pgrep -f "$shop --door line.*bar.near")
}
wait_for 10 next
first=$session
kill -KILL "$bar"
check "a hang-up ends the session" wait_for 5 gone "$first"
check "which parks" grep -q "[A-Z] $first" "$shop/parked"
check "a line without its device is named once" \
    wait_for 10 grep -q "bar.near is not there" "$T/log"
cable bar
on_line bar -t vt220 <<'END'
note plugged in again
wait "stub user=0 terminal=5" 20
END
is "a device that never was is named once" \
    "$(grep -c "gone.near is not there" "$T/log")" 1

# A modem line waits for its carrier.
hasnt "no carrier, no session" "$(pgrep -af "$shop --door line")" back.near
: >"$T/carrier"
on_line back <<'END'
note with a carrier
wait "stub user=0 terminal=0" 15
wait "lines=25"
END
settings=$(stty -F "$T/back.near" -a)
has "two stop bits" "$settings" " cstopb"
has "a modem line hangs up" "$settings" " -clocal"
has "and drops DTR" "$settings" " hupcl"

# Taken by another program: said, not fought over.
cp "$shop/rows" "$T/rows"
echo "8 0 twin $T/bar.near 8N1 none vt100 ascii 9600 80 24 0" >>"$shop/rows"
kill -HUP "$door"
check "a device in use is named" \
    wait_for 10 grep -q "bar.near is used by another" "$T/log"

# Rows that change while it runs.
before=$(pgrep -f "$shop --door line.*bar.near")
grep -v ' back ' "$T/rows" >"$shop/rows"
kill -HUP "$door"
back_gone()
{
	! pgrep -f "$shop --door line.*back.near" >/dev/null &&
	    ! pgrep -f "comptoir-line.*back.near" >/dev/null
}
check "a line taken from the list closes" wait_for 10 back_gone
is "the others stay as they are" \
    "$(pgrep -f "$shop --door line.*bar.near")" "$before"

kill -TERM "$door"
check "stopping ends the sessions of lines" wait_for 8 gone "$before"
check "which are told" grep -q "TERM $before" "$shop/parked"
wait_for 10 gone "$door"
is "and leaves no program" "$(pgrep -f "$T/bin/comptoir-line")" ""
