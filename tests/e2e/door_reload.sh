#!/bin/sh
# SPDX-License-Identifier: ISC
# SIGHUP: other addresses, other host keys; whoever is at work stays.
. tests/lib.sh
. tests/door.sh

mkdoor
first=$(free_port)
second=$(free_port)
echo "listen = 127.0.0.1:$first 127.0.0.1:$second" >"$shop/shop.conf"
start "$T/bin/comptoird" -f "$shop" 2>"$T/log"
door=$pid
wait_for 10 test -s "$shop/run/listen"
client_script()
{
	cat >"$T/client" <<END
#!/bin/sh
exec ssh -F none -p \${PORT:-$first} -o StrictHostKeyChecking=no \\
    -o LogLevel=ERROR -o UserKnownHostsFile=$T/known.\${PORT:-$first} "\$@"
END
	chmod +x "$T/client"
}
client_script
reached()	# PORT
{
	[ "$(PORT=$1 client ann@127.0.0.1 hello 2>/dev/null)" = "[hello]" ]
}
check "it answers on the first address" wait_for 30 reached "$first"
check "and on the second" wait_for 30 reached "$second"

mkfifo "$T/keys"
client -tt ann@127.0.0.1 <"$T/keys" >"$T/screen" 2>/dev/null &
screen=$!
exec 7>"$T/keys"
wait_for 10 grep -q size "$T/screen"

third=$(free_port)
echo "listen = 127.0.0.1:$second 127.0.0.1:$third" >"$shop/shop.conf"
rm "$shop/keys/ssh_host_ed25519_key"
"$T/bin/comptoir-ssh" --make-hostkey "$shop/keys/ssh_host_ed25519_key"
kill -HUP "$door"
check "after a reload it answers on the new one" wait_for 30 reached "$third"
check "with the new host key" grep -q "$(ssh-keygen -y \
    -f "$shop/keys/ssh_host_ed25519_key" | cut -d' ' -f2)" \
    "$T/known.$third"
denied "and no longer on the first" client ann@127.0.0.1 hello
rm -f "$T/known.$second"
check "the second stays" wait_for 30 reached "$second"
is "run/listen says which" "$(cat "$shop/run/listen")" "127.0.0.1:$second
127.0.0.1:$third"
printf 'still here' >&7
check "an open screen stays" wait_for 20 grep -q "still here" "$T/screen"
printf 'q' >&7
check "and ends as it should" wait_for 20 gone "$screen"

# An address that is taken: said, and the others stay.
start socat -u "TCP-LISTEN:$first,bind=127.0.0.1,reuseaddr" "OPEN:/dev/null"
listens()
{
	grep -q "0100007F:$(printf %04X "$first") 00000000:0000 0A" \
	    /proc/net/tcp
}
wait_for 20 listens
echo "listen = 127.0.0.1:$third 127.0.0.1:$first" >"$shop/shop.conf"
kill -HUP "$door"
check "an address in use is named" \
    wait_for 20 grep -q "127.0.0.1:$first is in use" "$T/log"
check "and it listens as before" wait_for 30 reached "$second"
check "on all of them" wait_for 30 reached "$third"
