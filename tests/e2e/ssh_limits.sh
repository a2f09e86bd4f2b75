#!/bin/sh
# SPDX-License-Identifier: ISC
# run: alone
# Strangers at the ssh door: how many, how long, how often they may be wrong;
# and what a reload changes.
. tests/lib.sh
. tests/door.sh

mkdoor
cat >"$shop/shop.conf" <<END
login-seconds = 5
waiting = 6
waiting-per-address = 4
END
door_start

# A mute client, garbage, and more connections than one address may have.
knock()		# one connection that says nothing; its process in $pid
{
	start socat -u "TCP:127.0.0.1:$port,bind=${1:-127.0.0.1}" \
	    "OPEN:$T/knock.$n,creat"
	n=$((n + 1))
}
n=0
began=$(date +%s)
while [ "$n" -lt 6 ]; do
	knock
	eval "mute$n=$pid"
done
turned_away()
{
	gone_now=0
	for i in 1 2 3 4 5 6; do
		eval "p=\$mute$i"
		# shellcheck disable=SC2154
		if gone "$p"; then
			gone_now=$((gone_now + 1))
		fi
	done
	[ "$gone_now" -ge 2 ]
}
check "an address has its share of connections" wait_for 3 turned_away
is "and not less" "$gone_now" 2
is "others still come in" "$("$T/client" -o BindAddress=127.0.0.2 \
    -i "$T/id" -o BatchMode=yes ann@127.0.0.1 hello 2>/dev/null)" "[hello]"
knock 127.0.0.3
knock 127.0.0.3
knock 127.0.0.3
is "when all places are taken, who has most makes room" \
    "$("$T/client" -o BindAddress=127.0.0.4 -i "$T/id" -o BatchMode=yes \
    ann@127.0.0.1 hello 2>/dev/null)" "[hello]"
all_gone()
{
	! pgrep -f "TCP:127.0.0.1:$port" >/dev/null
}
check "who says nothing is let go" wait_for 12 all_gone
took=$(($(date +%s) - began))
check "in the time it has (took $took s)" test "$took" -ge 4
is "and the door is open as before" "$(client ann@127.0.0.1 hello \
    2>/dev/null)" "[hello]"
began=$(date +%s)
printf 'GET / HTTP/1.0\r\n\r\n' | socat -t 20 - "TCP:127.0.0.1:$port" \
    >"$T/http" 2>&1
took=$(($(date +%s) - began))
check "garbage is answered by hanging up (took $took s)" test "$took" -le 2

# Guessing: a connection has a few tries, an address waits longer and longer,
# nobody is locked out.
cat >"$T/guess" <<END
#!/bin/sh
echo wrong
END
chmod +x "$T/guess"
guess()
{
	SSH_ASKPASS=$T/guess SSH_ASKPASS_REQUIRE=force DISPLAY=none \
	    "$T/client" -o PubkeyAuthentication=no \
	    -o PreferredAuthentications=password -v \
	    -o NumberOfPasswordPrompts="$1" "$2@127.0.0.1" 2>&1 </dev/null
}
now_ms()
{
	echo $(($(date +%s%N) / 1000000))
}
began=$(now_ms)
tries=$(guess 20 ann | grep -c 'Permission denied, please')
is "six tries a connection, not more" "$tries" 6
took=$(($(now_ms) - began))
check "they take longer and longer (took $took ms)" test "$took" -ge 1400
began=$(now_ms)
is "the right password is taken all the same" "$(with_password secret \
    "$T/client" -o PubkeyAuthentication=no \
    -o PreferredAuthentications=password ann@127.0.0.1 hello 2>/dev/null)" \
    "[hello]"
took=$(($(now_ms) - began))
check "within four seconds (took $took ms)" test "$took" -lt 4000

# Keys only.
echo 'passwords = no' >>"$shop/shop.conf"
kill -HUP "$door"
refused()
{
	with_password secret "$T/client" -v -o PubkeyAuthentication=no \
	    ann@127.0.0.1 hello 2>&1 | tr -d '\r' |
	    grep -q 'continue: publickey$'
}
check "passwords = no leaves keys only" wait_for 5 refused
is "which still open" "$(client ann@127.0.0.1 hello 2>/dev/null)" "[hello]"
client ann@127.0.0.1 wait >"$T/out" 2>/dev/null &
session=$!
wait_for 5 grep -q waiting "$T/out"
echo 'nonsense' >>"$shop/shop.conf"
kill -HUP "$door"
check "a bad shop.conf is named with its line" \
    wait_for 5 grep -q 'shop.conf line 5' "$T/log"
is "and changes nothing" "$(client ann@127.0.0.1 hello 2>/dev/null)" \
    "[hello]"
check "sessions outlive a reload" kill -0 "$session"
kill "$session"
