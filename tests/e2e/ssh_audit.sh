#!/bin/sh
# SPDX-License-Identifier: ISC
# The algorithms the ssh door offers, as ssh-audit judges them.
. tests/lib.sh
. tests/door.sh

if ! command -v ssh-audit >/dev/null; then
	skip "ssh-audit finds nothing to fail" "no ssh-audit here"
	exit 0
fi
mkdoor
"$T/bin/comptoir-ssh" --make-hostkey "$T/key" && refuse \
    "a host key is never overwritten" "$T/bin/comptoir-ssh" \
    --make-hostkey "$T/key"
is "it is its owner's only" "$(stat -c %a "$T/key")" 600
mkdir -m 700 "$shop/keys"
ssh-keygen -q -t rsa -b 3072 -N '' -f "$shop/keys/ssh_host_rsa_key"
door_start
ssh-audit -p "$port" 127.0.0.1 >"$T/audit" 2>&1
hasnt "ssh-audit finds nothing to fail" "$(cat "$T/audit")" "[fail]"
has "ed25519 host key" "$(cat "$T/audit")" "ssh-ed25519"
has "RSA host key where there is one" "$(cat "$T/audit")" "rsa-sha2-512"
hasnt "no compression" "$(cat "$T/audit")" "zlib"
key=$(cksum <"$shop/keys/ssh_host_ed25519_key")
stop "$door"
rm -f "$shop/run/listen"
door_start
is "the host key stays between runs" \
    "$(cksum <"$shop/keys/ssh_host_ed25519_key")" "$key"
