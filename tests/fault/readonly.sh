#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 60
# The disk turns read-only under a till that is ringing up, as a kernel does
# with one that fails: the till says so and what to do, keeps what was typed
# and shows no line that is not there; when the disk is well it goes on.
. tests/lib.sh

mkshop "$T/shop"
comptoir -s "$shop" set language en >/dev/null
RODISK=$T/readonly
export RODISK
cat >"$T/till" <<END
#!/bin/sh
LD_PRELOAD=$B/tests/preload/rodisk.so exec "$B/comptoir" tty "$shop"
END
chmod +x "$T/till"
vt -- "$T/till" <<END
wait "Who are you?"
send "cashier\rdemo\r"
wait "code, name or scan"
send "1001\r"
wait "2,50"
run "touch $RODISK"
send "2*1002\r"
wait "read-only; nothing was changed"
expect "2*1002"
refuse "5,40"
run "rm $RODISK"
send "\r"
wait "3 items"
send "\r"
wait "e Cash"
run "touch $RODISK"
send "50\r"
wait "read-only; nothing was changed"
refuse "CHANGE"
run "rm $RODISK"
send "\r"
wait "CHANGE"
END
is "one ticket" "$(comptoir -s "$shop" sale list --format json |
    grep -c '"ticket"')" 1
check "nothing is broken" comptoir -s "$shop" check
