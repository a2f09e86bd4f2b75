#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 1200
# run: first
# make lint has nothing to say.
. tests/lib.sh

# What is built on the way may be said; only what lint finds may not.
make -s all man >/dev/null 2>&1
make -s lint >"$T/lint" 2>&1
is "make lint is silent" "$(head -n 60 "$T/lint")" ""
