#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 180
# scripts/demo: a shop to log in to, the same host key every time, a clear word
# when the port is taken, and nothing left after Ctrl-C.
. tests/lib.sh

COMPTOIR_SHOP=$T/shop
PORT=$(free_port)
export COMPTOIR_SHOP PORT
mkfifo "$T/keys"

has "it says what it takes" "$(scripts/demo --help)" "--no-install"
refuse "and takes nothing else" scripts/demo --nonsense
has "so does the test command" "$(scripts/test --help)" "part of a name"

# The demo at a terminal of its own, driven through descriptor 3.
demo()	# FILE: what the terminal shows ends up there
{
	# Read and write: neither end waits for the other to open.
	exec 3<>"$T/keys"
	start sh -c "exec '$B/tests/tool/vt' -s 100x40 -- \
	    scripts/demo --no-install <'$T/keys'" >"$1" 2>&1 3>&-
	echo 'wait "Ctrl-C ends it" 90' >&3
	echo 'screen' >&3
}
shown()
{
	grep -q "the shop stays" "$1"
}
end()	# Ctrl-C, as typed
{
	echo 'key Ctrl-C' >&3
	echo 'exit 0 20' >&3
	exec 3>&-
	wait "$pid"
}
left()
{
	for line in /proc/[0-9]*/cmdline; do
		{ tr '\0' ' ' <"$line"; } 2>/dev/null |
		    grep -F "comptoir" | grep -F -- "$COMPTOIR_SHOP"
	done
}

demo "$T/first"
check "the demo says that it is ready" wait_for 100 shown "$T/first"
first=$(cat "$T/first")
has "it says what to type" "$first" "ssh -p $PORT cashier@127.0.0.1"
has "it names the password" "$first" "password is demo"
has "it says where receipts appear" "$first" "$COMPTOIR_SHOP/paper"
has "it shows the way without SSH" "$first" "comptoir tty"
ssh-keyscan -p "$PORT" -t ed25519 127.0.0.1 >"$T/key1" 2>/dev/null
has "it answers" "$(cat "$T/key1")" "ssh-ed25519"

second=$(COMPTOIR_SHOP=$T/other timeout 90 scripts/demo --no-install 2>&1)
has "a second demo says that the port is taken" "$second" "$PORT is in use"
check "Ctrl-C ends it" end
is "nothing of it is left" "$(left)" ""

demo "$T/again"
check "it starts again" wait_for 60 shown "$T/again"
ssh-keyscan -p "$PORT" -t ed25519 127.0.0.1 >"$T/key2" 2>/dev/null
is "with the same host key" "$(cat "$T/key2")" "$(cat "$T/key1")"
check "Ctrl-C ends it again" end
is "and nothing is left again" "$(left)" ""
is "only one place installs packages" \
    "$(grep -l 'apt-get' scripts/* | tr '\n' ' ')" "scripts/need.sh "
