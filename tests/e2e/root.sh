#!/bin/sh
# SPDX-License-Identifier: ISC
# Root is the shop's user in a shop, and nothing more: neither root's groups
# nor root's hand in directories that are somebody else's.
. tests/lib.sh

if [ "$(id -u)" -ne 0 ]; then
	skip "root acts as the shop's user" "not root"
	exit 0
fi

# A number that is nobody's: there are no groups to look up.
nobody=54321
chmod 755 "$T"
mkshop
chown -R "$nobody:$nobody" "$shop"
ssh-keygen -q -t ed25519 -N '' -f "$T/id"
chown root:root "$T/id.pub"
chmod 040 "$T/id.pub"
refuse "root's groups are left behind" setpriv --groups 0 \
    comptoir -s "$shop" user key add cashier "$T/id.pub"
has "the file cannot be read" "$(cat "$T/.check")" "cannot read"

# What comptoird makes it makes as the shop's user; a way that leads out of
# the shop ends there.
chown -R daemon:daemon "$shop"
mkdir "$T/other"
rm -rf "$shop/run"
ln -s "$T/other/run" "$shop/run"
"$B/comptoird" -f --listen 127.0.0.1:0 "$shop" >"$T/log" 2>&1
is "comptoird does not follow" "$(ls "$T/other")" ""
rm "$shop/run"
rm -rf "$shop/log"
# The programs where that user may come: a checkout of root's may be closed.
mkdir "$T/bin"
cp "$B/comptoir" "$B/comptoird" "$B/comptoir-ssh" \
    "$B/comptoir-line" "$B/comptoir-spool" "$T/bin/"
start "$T/bin/comptoird" -f --listen 127.0.0.1:0 "$shop" 2>"$T/log"
check "comptoird starts" wait_for 10 test -s "$shop/run/listen"
is "and nothing in the shop is root's" "$(find "$shop" -user root)" ""
