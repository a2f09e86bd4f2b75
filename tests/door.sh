# SPDX-License-Identifier: ISC
# shellcheck shell=sh disable=SC2034,SC2154
# Sourced after tests/lib.sh by the tests of the doors: the real comptoird,
# comptoir-ssh and comptoir-line, and instead of comptoir a stand-in that says
# what it was given (tests/tool/doorstub.c).
#
#	mkdoor			programs in $T/bin, a shop in $T/shop
#	door_start		comptoird in the foreground: $door, $port, $T/log
#	door_user NAME PASSWORD ID SECOND
#	door_key NAME KEYFILE.pub ID TERMINAL CODE	(CODE -: known)
#	client [ARG...]		ssh with the key $T/id, to that port
#	with_password PASSWORD COMMAND...	ssh answers PASSWORD when asked
#	denied TEXT COMMAND...	passes when ssh was not let in

mkdoor()
{
	shop=$T/shop
	mkdir -p "$T/bin" "$shop"
	cp "$B/comptoird" "$B/comptoir-ssh" "$B/comptoir-line" "$T/bin/"
	cp "$B/tests/tool/doorstub" "$T/bin/comptoir"
	cp /bin/true "$T/bin/comptoir-spool"
	: >"$shop/shop.db"
	: >"$shop/users"
	: >"$shop/userkeys"
	: >"$shop/rows"
	ssh-keygen -q -t ed25519 -N '' -f "$T/id"
	door_user ann secret 7 0
	door_key ann "$T/id.pub" 7 0 -
}

door_start()
{
	start "$T/bin/comptoird" -f --listen 127.0.0.1:0 "$shop" 2>"$T/log"
	door=$pid
	if ! wait_for 10 test -s "$shop/run/listen"; then
		not_ok "comptoird starts"
		note "$(cat "$T/log")"
		exit 1
	fi
	port=$(sed -n '1s/.*://p' "$shop/run/listen")
	cat >"$T/client" <<END
#!/bin/sh
exec ssh -F none -p \${PORT:-$port} -o StrictHostKeyChecking=no -o LogLevel=ERROR \\
    -o UserKnownHostsFile=$T/known -o ConnectTimeout=20 "\$@"
END
	cat >"$T/askpass" <<END
#!/bin/sh
printf '%s\n' "\$1" >>$T/asked
case \$1 in
*[Cc]ode*) printf '%s\n' "\$ANSWER_CODE" ;;
*) printf '%s\n' "\$ANSWER" ;;
esac
END
	chmod +x "$T/client" "$T/askpass"
}

door_user()
{
	echo "$*" >>"$shop/users"
}

door_key()
{
	echo "$1 $(cut -d' ' -f1,2 "$2") $3 $4 $5" >>"$shop/userkeys"
}

client()
{
	"$T/client" -i "$T/id" -o IdentitiesOnly=yes -o BatchMode=yes "$@"
}

with_password()
{
	ANSWER=$1
	shift
	ANSWER=$ANSWER ANSWER_CODE=${ANSWER_CODE:-} SSH_ASKPASS=$T/askpass \
	    SSH_ASKPASS_REQUIRE=force DISPLAY=none "$@" </dev/null
}

# Passes when ssh was not let in (its status is 255 then).
denied()
{
	door_text=$1
	shift
	"$@" >"$T/.denied" 2>&1
	is "$door_text" $? 255
}
