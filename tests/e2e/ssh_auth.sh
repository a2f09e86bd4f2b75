#!/bin/sh
# SPDX-License-Identifier: ISC
# Who gets in through the ssh door, with which proof, and who does not.
. tests/lib.sh
. tests/door.sh

mkdoor
door_user bob second 8 1
ssh-keygen -q -t ecdsa -b 256 -N '' -f "$T/ecdsa"
ssh-keygen -q -t rsa -b 3072 -N '' -f "$T/rsa"
ssh-keygen -q -t rsa -b 2048 -N '' -f "$T/weak"
ssh-keygen -q -t ed25519 -N '' -f "$T/new"
ssh-keygen -q -t ed25519 -N '' -f "$T/till"
door_key ann "$T/ecdsa.pub" 7 0 -
door_key ann "$T/rsa.pub" 7 0 -
door_key ann "$T/weak.pub" 7 0 -
door_key terminal "$T/new.pub" 0 0 AB12CD
door_key till1 "$T/till.pub" 0 3 -
door_start

is "ed25519 key" "$(client ann@127.0.0.1 hello)" "[hello]"
for type in ecdsa rsa; do
	is "$type key" "$("$T/client" -i "$T/$type" -o IdentitiesOnly=yes \
	    -o BatchMode=yes ann@127.0.0.1 hello)" "[hello]"
done
denied "an RSA key of 2048 bits" "$T/client" -i "$T/weak" \
    -o IdentitiesOnly=yes -o BatchMode=yes ann@127.0.0.1 hello
denied "somebody else's key" client bob@127.0.0.1 hello
denied "an unknown name" client nobody@127.0.0.1 hello

only="-o PubkeyAuthentication=no -o NumberOfPasswordPrompts=1"
# shellcheck disable=SC2086
{
is "password" "$(with_password secret "$T/client" $only \
    -o PreferredAuthentications=password ann@127.0.0.1 hello)" "[hello]"
is "keyboard-interactive" "$(with_password secret "$T/client" $only \
    -o PreferredAuthentications=keyboard-interactive ann@127.0.0.1 hello)" \
    "[hello]"
denied "a wrong password" with_password wrong "$T/client" $only \
    -o PreferredAuthentications=password ann@127.0.0.1 hello
denied "a wrong answer" with_password wrong "$T/client" $only \
    -o PreferredAuthentications=keyboard-interactive ann@127.0.0.1 hello

: >"$T/asked"
is "second factor after a prompt" "$(ANSWER_CODE=123456 with_password second \
    "$T/client" $only -o PreferredAuthentications=keyboard-interactive \
    bob@127.0.0.1 hello)" "[hello]"
has "the code was asked for" "$(cat "$T/asked")" "Code:"
is "second factor after a password" "$(ANSWER_CODE=123456 with_password \
    second "$T/client" $only \
    -o PreferredAuthentications=password,keyboard-interactive \
    bob@127.0.0.1 hello)" "[hello]"
ANSWER_CODE=000000; denied "a wrong code" with_password second "$T/client" \
    $only -o PreferredAuthentications=keyboard-interactive bob@127.0.0.1 \
    hello
denied "a password alone where a code is due" with_password second \
    "$T/client" $only -o PreferredAuthentications=password bob@127.0.0.1 \
    hello
}

said=$("$T/client" -i "$T/new" -o IdentitiesOnly=yes -o BatchMode=yes \
    terminal@127.0.0.1 hello 2>&1)
has "an unknown terminal gets a code" "$said" "AB12CD"
hasnt "and nothing else" "$said" "[hello]"
said=$("$T/client" -i "$T/new" -o IdentitiesOnly=yes -o BatchMode=yes -tt \
    terminal@127.0.0.1 </dev/null 2>&1)
has "on a screen too" "$said" "AB12CD"
hasnt "where no session starts" "$said" "stub user"
refuse "a terminal runs no command" "$T/client" -i "$T/till" \
    -o IdentitiesOnly=yes -o BatchMode=yes till1@127.0.0.1 hello
"$B/tests/tool/vt" >"$T/out" -- "$T/client" -i "$T/till" -o IdentitiesOnly=yes \
    -o BatchMode=yes -t till1@127.0.0.1 <<'END'
wait "stub user=0 terminal=3"
send q
exit 0
END
check "a terminal's name leads to the login screen" \
    grep -q '^ok.*user=0 terminal=3' "$T/out"

stop "$door"
logins=$(cat "$shop/log/logins")
has "refusals are summed with their address" "$logins" "from 127.0.0.1:"
has "and their kind" "$logins" "password "
hasnt "without the name" "$logins" "nobody"
hasnt "known or not" "$logins" "ann"
