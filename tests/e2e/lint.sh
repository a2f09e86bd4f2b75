#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 500
# run: first
# make lint has nothing to say.
. tests/lib.sh

make -s lint >"$T/lint" 2>&1
is "make lint is silent" "$(head -n 60 "$T/lint")" ""
