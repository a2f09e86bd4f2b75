#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 120
# A kitchen's display on a monochrome vt100 at the end of a serial line of 9600
# baud, read no faster than such a line is: a new ticket is readable to its
# last word within a second of its commit.
. tests/lib.sh

mkshop "$T/shop"
COMPTOIR_SHOP=$T/shop
export COMPTOIR_SHOP
comptoir set language en >/dev/null
mkdir "$T/bin"
cp "$B/comptoir" "$B/comptoird" "$B/comptoir-ssh" "$B/comptoir-spool" "$T/bin/"
cp "$B/comptoir-line" "$T/bin/comptoir-line.real"
cat >"$T/bin/comptoir-line" <<END
#!/bin/sh
TTYSHIM_CARRIER=$T LD_PRELOAD=$B/tests/preload/ttyshim.so \\
    exec $T/bin/comptoir-line.real "\$@"
END
chmod +x "$T/bin/comptoir-line"
start socat "PTY,link=$T/near,raw,echo=0" "PTY,link=$T/far,raw,echo=0"
wait_for 5 test -e "$T/far" -a -e "$T/near"
start sh -c "exec sleep 300 <>'$T/far' 3<>'$T/near'"
comptoir line add cuisine "$(readlink -f "$T/near")" --speed 9600 --term vt100 \
    --charset ascii --columns 80 --rows 24 >/dev/null
start "$T/bin/comptoird" "$shop" --listen "127.0.0.1:$(free_port)" -f \
    2>"$T/log"
"$B/tests/tool/vt" -t vt100 -c ascii -b 9600 -- \
    socat STDIO,raw,echo=0 "$T/far,raw,echo=0" >"$T/cook" 2>&1 <<END &
wait "Who are you?" 30
send "cook\r"
wait "assword"
send "demo\r"
wait "Which station?"
send "1"
wait "nothing to make"
quiet 1200
bytes
run ": >$T/waits"
wait "Croque-madame" 40
run "date +%s%3N >$T/at"
expect "Omelette"
most 400 a new ticket
close
END
display=$!
check "the display is there" wait_for 40 test -e "$T/waits"
"$B/tests/tool/cook" "$shop" order 0 7 "1043 1045 1044" >"$T/order"
wait "$display"
is "it was shown" "$(grep '^not ok' "$T/cook")" ""
committed=$(sqlite3 -readonly "$shop/shop.db" "SELECT max(at) FROM kitchen_event")
note "readable $(($(cat "$T/at") - committed)) ms after its commit"
check "within a second" test $(($(cat "$T/at") - committed)) -le 1000
