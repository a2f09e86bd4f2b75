#!/bin/sh
# SPDX-License-Identifier: ISC
# Code running inside comptoir-ssh reaches neither the database nor anything
# else: the lock it takes before the first byte of a stranger.
. tests/lib.sh
. tests/door.sh

probe=$B/tests/tool/lockprobe
mkdoor
echo secret >"$shop/shop.db"

for place in host connection; do
	has "$place: the probe itself runs" "$("$probe" $place nothing)" \
	    "did it"
	for what in open socket kill ptrace exec sticky code root; do
		said=$("$probe" $place $what "$shop/shop.db" 2>/dev/null)
		is "$place: $what kills it" "$?" 159
		hasnt "$place: $what is not done" "$said" "did it"
	done
done
"$probe" connection fork >/dev/null 2>&1
is "connection: fork kills it" "$?" 159

# The real one.
door_start
"$T/client" -i "$T/id" -tt ann@127.0.0.1 >"$T/out" 2>&1 </dev/zero &
here=$!
wait_for 5 grep -q size "$T/out"
n=0
for p in $(pgrep -f 'comptoir-ssh --serve'); do
	[ "$(readlink "/proc/$p/exe")" = "$T/bin/comptoir-ssh" ] || continue
	n=$((n + 1))
	is "process $n: system calls are filtered" \
	    "$(sed -n 's/^Seccomp:[^0-9]*//p' "/proc/$p/status")" 2
	is "process $n: no new privileges" \
	    "$(sed -n 's/^NoNewPrivs:[^0-9]*//p' "/proc/$p/status")" 1
	has "process $n: no core" "$(cat "/proc/$p/limits")" \
	    "Max core file size        0                    0"
	hasnt "process $n: has no file of the shop open" \
	    "$(ls -l "/proc/$p/fd")" "$shop/shop.db"
	if [ "$(id -u)" -eq 0 ]; then
		uid=$(sed -n 's/^Uid:[^0-9]*\([0-9]*\).*/\1/p' \
		    "/proc/$p/status")
		is "process $n: a user of its own, not root" \
		    "$([ "$uid" -ne 0 ] && echo yes)" yes
		is "process $n: an empty root" "$(ls -A "/proc/$p/root/")" ""
		is "process $n: no capabilities" \
		    "$(sed -n 's/^CapEff:[^0-9]*//p' "/proc/$p/status")" \
		    0000000000000000
	fi
done
is "one that forks, one connection" "$n" 2
kill -KILL "$here"
wait "$here" 2>/dev/null

# Started as a plain user it serves as well, and says what it cannot drop.
if [ "$(id -u)" -eq 0 ] && command -v setpriv >/dev/null; then
	stop "$door"
	chmod 755 "$T"
	chown -R nobody "$shop"
	start setpriv --reuid=65534 --regid=65534 --clear-groups \
	    "$T/bin/comptoird" -f --listen 127.0.0.1:0 "$shop" 2>"$T/log2"
	wait_for 10 test -s "$shop/run/listen"
	port=$(sed -n '1s/.*://p' "$shop/run/listen")
	is "a plain user serves too" "$(PORT=$port client ann@127.0.0.1 hello \
	    2>/dev/null)" "[hello]"
	has "and says what it could not drop" "$(cat "$T/log2")" "not root"
fi
