#!/bin/sh
# SPDX-License-Identifier: ISC
# The sessions in README.md are what the programs show today.
. tests/lib.sh

check "README.md shows the sessions as they are (scripts/sessions --update)" scripts/sessions --check
is "no session went wrong" "$(grep '^not ok' README.md)" ""
