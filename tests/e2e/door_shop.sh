#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 150
# The doors before a real shop: users, terminals, keys and lines as the
# database has them, sales that survive the ways a session can end.
. tests/lib.sh
. tests/door.sh

mkdoor
rm -rf "$shop"
mkshop "$shop" || exit 1
comptoir -s "$shop" user set waiter role seller >/dev/null
export COMPTOIR_SHOP="$shop"
# The real programs, and comptoir-line with ptys for ports.
for program in comptoir comptoir-spool; do
	cp "$B/$program" "$T/bin/$program"
done
ln -s "$B/locale" "$T/bin/locale"
mv "$T/bin/comptoir-line" "$T/bin/comptoir-line.real"
cat >"$T/bin/comptoir-line" <<END
#!/bin/sh
LD_PRELOAD=$B/tests/preload/ttyshim.so exec $T/bin/comptoir-line.real "\$@"
END
chmod +x "$T/bin/comptoir-line"
door_start
only="-o PubkeyAuthentication=no -o NumberOfPasswordPrompts=1"
as()		# USER WORDS...: a command through the door, by password
{
	user=$1
	shift
	# shellcheck disable=SC2086
	with_password demo "$T/client" $only "$user@127.0.0.1" "$@"
}

has "a report, no screen" "$(as manager report day --format json)" \
    '"label":"tickets"'
as cashier report day >"$T/out" 2>&1
is "the role's rights hold at the door" "$?" 77
is "in one line" "$(wc -l <"$T/out")" 1
as manager sale show T9-999999 >/dev/null 2>&1
is "the status of the command comes back" "$?" 66

check "a user's key" comptoir user key add cashier "$T/id.pub"
vt -- "$T/client" -i "$T/id" -o BatchMode=yes -t cashier@127.0.0.1 <<'END'
note a till by key
wait "9Payer"
send "1001\r"
wait "TOTAL"
signal KILL
END
has "the sale is there after the client was killed" \
    "$(comptoir sale list --open --format json)" '"lines":1'

# The terminal that nobody knows, then everybody.
ssh-keygen -q -t ed25519 -N '' -f "$T/till"
till()
{
	"$T/client" -i "$T/till" -o IdentitiesOnly=yes -o BatchMode=yes "$@"
}
said=$(till -tt terminal@127.0.0.1 </dev/null 2>&1)
code=$(printf '%s\n' "$said" | sed -n 's/.*terminal accept \([A-Z0-9-]*\).*/\1/p')
check "an unknown terminal is given a code ($code)" test -n "$code"
check "which enrols it" comptoir terminal accept "$code" bar1
vt -- "$T/client" -i "$T/till" -o IdentitiesOnly=yes -o BatchMode=yes \
    -t bar1@127.0.0.1 <<'END'
note a known terminal
wait "bar1"
END
denied "somebody else's key is no terminal" client bar1@127.0.0.1

# A line: added while comptoird runs.
start socat "PTY,link=$T/near,raw,echo=0" "PTY,link=$T/far,raw,echo=0"
cable=$pid
wait_for 5 test -e "$T/near" -a -e "$T/far"
start sh -c "exec sleep 300 <>'$T/far' 3<>'$T/near'"
port_near=$(readlink -f "$T/near")
check "a line is added" comptoir line add --term vt220 --charset latin9 \
    counter "$port_near"
waiter=$(comptoir sale list --open --format json)
vt -t vt220 -c latin9 -- socat "STDIO,raw,echo=0" "$T/far,raw,echo=0" <<'END'
note on a line
wait "counter" 20
send "waiter\r"
quiet 300
send "demo\r"
wait "code, nom ou scan" 10
send "1002\r"
wait "TOTAL" 10
END
note "$waiter"
open_sales()
{
	comptoir sale list --open --format json | tr '}' '\n' |
	    grep -c '"lines":1'
}
is "what was rung up on the line is kept" "$(open_sales)" 2
kill -KILL "$cable"
no_line()
{
	! pgrep -f "$shop --door line" >/dev/null
}
check "a pulled cable ends the session" wait_for 10 no_line
is "the sale waits" "$(open_sales)" 2
check "a line taken out of service" comptoir line set counter active no
closed()
{
	! pgrep -f "comptoir-line.*$port_near" >/dev/null
}
check "its program ends" wait_for 10 closed

# The keeper that sees such changes dies, or everything is read again, while
# spoolers and sessions have the shop open: the next one sees them.
spoolers()	# N
{
	[ "$(pgrep -P "$door" -fc "comptoir-spool $shop")" -eq "$1" ]
}
kill -KILL "$(pgrep -P "$door" -f 'worker keep')"
comptoir printer add second file: >/dev/null
check "after a keeper that died a printer is served" wait_for 10 spoolers 2
kill -HUP "$door"
comptoir printer add third file: >/dev/null
check "after a reload as well" wait_for 10 spoolers 3
hasnt "nobody had to leave for it" "$(cat "$T/log")" "is in use"
# As the doctor says of a reserve that a full disk opened.
truncate -s 0 "$shop/ballast"
kill -HUP "$door"
check "the reserve is taken back" wait_for 10 test -s "$shop/ballast"

# Equal answers, in equal time, for names that are and are not.
printf '#!/bin/sh\necho wrong\n' >"$T/wrong"
chmod +x "$T/wrong"
refusal()	# NAME ADDRESS: its milliseconds to $T/times.NAME
{
	before=$(date +%s%N)
	# shellcheck disable=SC2086
	SSH_ASKPASS_REQUIRE=force SSH_ASKPASS=$T/wrong DISPLAY=none \
	    "$T/client" $only -o BindAddress="$2" "$1@127.0.0.1" x \
	    >"$T/said.$1" 2>&1 </dev/null
	echo $((($(date +%s%N) - before) / 1000000)) >>"$T/times.$1"
}
# In turns, so that what else the machine does hits both; each from an address
# of its own, so that none has to wait.
median()
{
	sort -n "$1" | sed -n $((($(wc -l <"$1") + 1) / 2))p
}
# A busy machine needs more of them for a median that stands.
for round in 1 2 3 4 5 6 7 8; do
	for i in 1 2 3 4 5 6 7 8 9; do
		refusal cashier 127.0.$round.$i
		refusal nobody 127.0.$round.10$i
	done
	known=$(median "$T/times.cashier")
	unknown=$(median "$T/times.nobody")
	apart=$((known > unknown ? known - unknown : unknown - known))
	[ $((apart * 10)) -gt "$known" ] || break
done
is "the same words for both" "$(sed 's/.*@/@/' "$T/said.nobody")" \
    "$(sed 's/.*@/@/' "$T/said.cashier")"
check "and the same time ($known ms, $unknown ms)" \
    test $((apart * 10)) -le "$known"

stop "$door"
said=$("$T/bin/comptoird" -f --listen 0.0.0.0:0 "$shop" 2>&1 |
    grep '^comptoird: ')
has "a demo shop is for this machine only" "$said" "127.0.0.1 only"
said=$("$T/bin/comptoird" -f --listen 127.0.0.1:99999 "$shop" 2>&1 |
    grep '^comptoird: ')
has "a port that is none is refused" "$said" "127.0.0.1:99999 is no address"
is "nothing is left running" "$(pgrep -f "$shop")" ""
check "and the shop is well" comptoir check
