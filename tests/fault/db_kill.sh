#!/bin/sh
# SPDX-License-Identifier: ISC
# A writer killed at random moments loses nothing that was acknowledged; a
# disk that fills up says so, opens the reserve and spoils nothing.
. tests/lib.sh

note "SEED=$SEED KILLS=$KILLS"
check "$KILLS kills of a writer" "$B/tests/tool/db-kill" "$T/shop" "$KILLS" \
    "$SEED"

# A disk of its own, in a mount namespace of its own.
# shellcheck disable=SC2016	# that shell expands it
full='mkdir "$T/disk" && mount -t tmpfs -o size=128m none "$T/disk" &&
"$B/comptoir" init "$T/disk/shop" --demo && "$B/tests/tool/db-kill" \
"$T/disk/shop" fill && "$B/comptoir" -s "$T/disk/shop" check'
if unshare -m true 2>/dev/null; then
	check "a full disk" unshare -m sh -c "$full"
else
	skip "a full disk" "needs the right to mount"
fi
