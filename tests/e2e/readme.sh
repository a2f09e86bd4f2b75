#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 60
# What README.md says to type works, as it stands there, in an example shop.
. tests/lib.sh

mkshop
export COMPTOIR_SHOP="$shop"
echo KEY-0417 >"$T/code"

sed -n '/^## How to add/,/^## For good/s/^    \(comptoir .*\)/\1/p' README.md \
    >"$T/lines"
while read -r line; do
	check "$line" sh -c "cd '$T' && set -e; $line" </dev/null
done <"$T/lines"
check "there is much to type" test "$(grep -c . "$T/lines")" -gt 20
check "and the shop is whole" comptoir check
