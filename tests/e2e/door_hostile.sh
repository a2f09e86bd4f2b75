#!/bin/sh
# SPDX-License-Identifier: ISC
# comptoird before an ssh door that was taken over: nothing but what is
# allowed, when it is allowed, and comptoird goes on.
. tests/lib.sh
. tests/door.sh

mkdoor
"$T/bin/comptoir-ssh" --make-hostkey "$T/key"
mkdir -m 700 "$shop/keys"
cp "$T/key" "$shop/keys/ssh_host_ed25519_key"
cp "$B/tests/tool/baddoor" "$T/bin/comptoir-ssh"
door_start

# What comptoird answered, in one line, before it closed or killed: which of
# both the door sees is a race.
try()		# WORD
{
	echo "$1" | socat -t 20 - "TCP:127.0.0.1:$port" | grep -v closed |
	    tr '\n' ' '
}
for word in no-hello hello-twice session-first signal-first descriptors \
    garbage as-worker as-line; do
	is "$word: no answer" "$(try $word)" ""
done
# On a busy machine the second may be read only when the first was answered,
# and is then a question like any other.
n=0
while n=$((n + 1)); said=$(try two-questions); [ -n "$said" ] &&
    [ "$n" -lt 5 ]; do
	note "read one by one: $said"
done
is "two-questions: no answer" "$said" ""
hasnt "no session was started by any of them" "$(pgrep -af "$shop --door")" \
    "--user"
is "six guesses, then none" "$(try guess | tr ' ' '\n' | grep -c VERDICT)" 6
is "who signed in has one session" "$(try two-sessions)" \
    "VERDICT SESSION "
is "an absurd size" "$(try huge)" "VERDICT "
is "no signing in twice" "$(try again)" "VERDICT "
check "comptoird goes on" kill -0 "$door"
check "and has said what it refused" grep -q "not allowed now" "$T/log"
no_session()
{
	! pgrep -f "$shop --door" >/dev/null
}
check "no session stays" wait_for 15 no_session
