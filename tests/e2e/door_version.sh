#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 60
# The shop's schema moves under a running comptoird: who knocks is told what
# to do, and so is who runs it.
. tests/lib.sh
. tests/door.sh

mkdoor
rm -rf "$shop"
mkshop "$shop" || exit 1
export COMPTOIR_SHOP="$shop"
for program in comptoir comptoir-spool; do
	cp "$B/$program" "$T/bin/$program"
done
ln -s "$B/locale" "$T/bin/locale"
comptoir set language en >/dev/null
door_start
# A banner is shown from INFO on.
sed -i s/LogLevel=ERROR/LogLevel=INFO/ "$T/client"
only="-o NumberOfPasswordPrompts=1 -o PubkeyAuthentication=no"
knock()
{
	# shellcheck disable=SC2086
	with_password demo "$T/client" $only manager@127.0.0.1 sale list \
	    >"$T/out" 2>&1
}

version=$(sqlite3 "$shop/shop.db" "PRAGMA user_version")
write_sql "$shop" "PRAGMA user_version = $((version - 1))"
knock
is "nobody comes in" "$?" 255
check "what to do is said" grep -q 'different versions; ask for a restart' \
    "$T/out"
check "nothing else" sh -c "! grep -q 'schema' '$T/out'"
comptoir doctor >"$T/doctor" 2>&1
check "the doctor has a cure" grep -q 'then restart comptoird' "$T/doctor"
write_sql "$shop" "PRAGMA user_version = $version"
knock
is "as it was, they come in" "$?" 0
