#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 150
# Twenty people who do nothing: none holds a read lock, the log empties under
# them, and each program has no more descriptors than it needs.  Then the shop
# closes: they are told, what was rung up waits.
. tests/lib.sh
. tests/door.sh

mkdoor
rm -rf "$shop"
mkshop "$shop" || exit 1
COMPTOIR_SHOP=$shop
export COMPTOIR_SHOP
cp "$B/comptoir" "$B/comptoir-spool" "$T/bin/"
ln -s "$B/locale" "$T/bin/locale"
comptoir set language en >/dev/null
comptoir set lock_minutes 0 >/dev/null
comptoir user key add cashier "$T/id.pub"
door_start

i=0
while [ "$i" -lt 20 ]; do
	i=$((i + 1))
	mkfifo "$T/keys.$i"
	"$T/client" -i "$T/id" -o BatchMode=yes -tt cashier@127.0.0.1 \
	    <"$T/keys.$i" >"$T/screen.$i" 2>/dev/null &
	tests_pids="$tests_pids $!"
	# Kept open by one process: the shell has few descriptors by name.
	start sleep 300 >"$T/keys.$i"
done
screens()	# how many stand
{
	grep -l 'scan' "$T"/screen.* | wc -l
}
all()
{
	[ "$(screens)" -eq 20 ]
}
check "twenty people are at work" wait_for 60 all
sessions=$(pgrep -f "$shop --door ssh")
is "a process each" "$(echo "$sessions" | wc -l)" 20

# A reader holds one of the bytes 123 to 127 of the -shm (sqlite's own map).
readers()
{
	awk -v inode=":$(stat -c %i "$shop/shop.db-shm")" '
	    substr($6, length($6) - length(inode) + 1) == inode &&
	    $7 >= 120 && $7 <= 127' /proc/locks
}
no_reader()
{
	[ -z "$(readers)" ]
}
check "nobody holds a read lock" wait_for 5 no_reader
check "nor the writers' queue" sh -c "flock -n '$shop/shop.lock' true"
empties()
{
	[ "$(sqlite3 "$shop/shop.db" 'PRAGMA wal_checkpoint(TRUNCATE)')" = \
	    "0|0|0" ] && [ ! -s "$shop/shop.db-wal" ]
}
check "the log empties under them" wait_for 5 empties

# What a session has open: its terminal, the shop, news, its log.
strange=$(for p in $sessions; do
	find "/proc/$p/fd" -type l -printf '%l\n'
done | sort | uniq -c | grep -v -e '/dev/pts/' -e "$shop/shop\.open" \
    -e "$shop/shop\.lock" -e "$shop/shop\.db" -e "$shop/topics/" \
    -e "anon_inode:inotify" -e "$shop/log/sessions.log")
is "a session has nothing else open" "$strange" ""
is "each one terminal only" "$(for p in $sessions; do
	find "/proc/$p/fd" -type l -printf '%l\n' | grep /dev/pts | sort -u |
	    wc -l
done | sort -u)" 1
# The master of a pty is the connection's alone: a copy elsewhere and nobody
# would hear a hang-up.
is "comptoird has no terminal" \
    "$(find "/proc/$door/fd" -type l -printf '%l\n' | grep -e ptmx -e pts)" ""
is "nor the database" \
    "$(find "/proc/$door/fd" -type l -printf '%l\n' | grep shop.db)" ""
mother=$(pgrep -P "$door" -f 'comptoir-ssh --serve')
connections=$(pgrep -P "$mother")
is "a connection neither, nor anything of the shop" "$(for p in $connections
do
	find "/proc/$p/fd" -type l -printf '%l\n'
done | grep -c -e "$shop/" -e topics)" 0
is "one pty for each" "$(for p in $connections; do
	find "/proc/$p/fd" -type l -printf '%l\n' | grep ptmx
done | wc -l)" 20
is "sessions cannot gain rights" "$(for p in $sessions; do
	sed -n 's/^NoNewPrivs:[[:space:]]*//p' "/proc/$p/status"
done | sort -u)" 1
is "nor leave a core" "$(for p in $connections; do
	sed -n 's/^Max core file size *\([0-9a-z]*\).*/\1/p' "/proc/$p/limits"
done | sort -u)" 0

# One of them rings up; the shop closes.
printf '1001\r1002\r' >"$T/keys.7"
rung_up()
{
	comptoir sale list --open --format json | grep -q '"lines":2'
}
check "one rings up two lines" wait_for 20 rung_up
kill -TERM "$door"
check "the shop closes" wait_for 15 gone "$door"
wait "$door"
is "in order" "$?" 0
check "who was at work is told, and that nothing is lost" \
    grep -q "rung up waits" "$T/screen.7"
is "everybody is" "$(grep -l 'rung up waits' "$T"/screen.* | wc -l)" 20
nobody()
{
	! pgrep -f "$shop" >/dev/null
}
for p in $tests_pids; do
	kill "$p" 2>/dev/null
done
check "nothing is left running" wait_for 5 nobody
check "the sale waits" rung_up
rm -f "$shop/run/listen"
door_start
vt -- "$T/client" -i "$T/id" -o BatchMode=yes -t cashier@127.0.0.1 <<'END'
note the next morning
wait "TOTAL" 20
END
check "the shop is well" comptoir check
