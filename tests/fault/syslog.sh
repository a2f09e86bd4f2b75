#!/bin/sh
# SPDX-License-Identifier: ISC
# The witness also goes to the machine's log, and a log that is mute or gone
# holds up no sale.
. tests/lib.sh

mkshop "$T/shop" || exit 1
if ! unshare -m true 2>/dev/null; then
	skip "a log of its own" "needs the right to mount"
	exit
fi
# A /dev of our own, with a log that the test reads.
cat >"$T/dev.sh" <<'END'
mkdir "$T/dev" && mount -t tmpfs none "$T/dev" || exit 1
for f in null zero random urandom; do
	: >"$T/dev/$f"
	mount --bind "/dev/$f" "$T/dev/$f" || exit 1
done
mount --rbind "$T/dev" /dev || exit 1
exec "$@"
END
start unshare -m sh "$T/dev.sh" socat -u UNIX-RECV:/dev/log \
    "OPEN:$T/heard,creat,append"
reader=$pid
own()		# a command that sees that /dev
{
	nsenter -m -t "$reader" "$@"
}
check "there is a log" wait_for 10 own test -S /dev/log
sell()
{
	own timeout 20 "$B/tests/tool/sell" "$shop" "$1" 1
}
lines=$(wc -l <"$shop/witness")
sell 2 >"$T/out"
is "two are sold" "$(grep -c ^ticket "$T/out")" 2
told()
{
	[ "$(tr '\0' '\n' <"$T/heard" | grep -o 'comptoir witness: ' |
	    wc -l)" -eq $(($(wc -l <"$shop/witness") - lines)) ]
}
check "each line of the witness is in the log" wait_for 5 told
has "word for word" "$(cat "$T/heard")" \
    "comptoir witness: $(tail -n 1 "$shop/witness")"
kill -STOP "$reader"
sell 100 >"$T/out"
is "a log that is mute holds up nobody" "$(grep -c ^ticket "$T/out")" 100
kill -KILL "$reader"
wait "$reader" 2>/dev/null
"$B/tests/tool/sell" "$shop" 1 1 >"$T/out"
is "nor one that is gone" "$(grep -c ^ticket "$T/out")" 1
check "the shop is well" comptoir -s "$shop" check
