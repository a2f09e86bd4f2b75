#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 1200
# run: first
# The unit and screen tests under the address and undefined-behaviour
# sanitizers, random input for the readers, and a few programs in valgrind.
. tests/lib.sh

check "unit and screen tests under the sanitizers" make -s -j"$(nproc)" asan
check "five seconds of random input" make -s fuzz FUZZ_SECONDS=5
for name in base entry slip csv; do
	check "unit/$name in valgrind" valgrind -q --error-exitcode=9 \
	    --leak-check=full --show-leak-kinds=definite \
	    "$B/tests/unit/$name"
done
