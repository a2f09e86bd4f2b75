#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 120
# People with the real program: a lost password, a PIN at a trusted console,
# somebody locked in the middle of work, a session killed, what is audited.
. tests/lib.sh

mkshop "$T/shop"
COMPTOIR_SHOP=$shop
export COMPTOIR_SHOP
comptoir set language en >/dev/null
# Each console begins with nobody, also after one that was cut.
comptoir set away_minutes 0 >/dev/null
tty()		# a console, the script on stdin
{
	vt -- comptoir tty "$shop"
}

for role in admin manager seller cashier waiter cook stock bookkeeper; do
	has "the demo has somebody who is $role" \
	    "$(comptoir user list --format csv)" ",$role,"
done

# Who serves here begins at the counter, not at the tables.
comptoir user set waiter role seller >/dev/null

# Root, or the shop's Unix user, always gets back in.
check "a new password from the server's shell" \
    sh -c 'echo "otters knit in autumn" | comptoir user password admin'
check "a PIN too" sh -c 'echo 2580 | comptoir user pin cashier'
echo 1234 | comptoir user pin cashier >"$T/out" 2>&1
is "a PIN that is a run is refused" "$?" 65
has "in one line that says why" "$(cat "$T/out")" "too easy to guess"
has "a user without a password is told how to get one" \
    "$(comptoir user add bella --role cook)" "comptoir user password bella"
check "a badge" sh -c 'echo %K7F3-22QX | comptoir user badge add manager'
echo %K7F3-22QX | comptoir user badge add cashier >"$T/out" 2>&1
is "which is nobody else's" "$?" 65
has "has a name" "$(comptoir user badge list manager --format csv)" "1,20"
hasnt "and stands nowhere as it is" "$(strings "$shop/shop.db")" "K7F3-22QX"
check "a second one" \
    sh -c 'echo 3F0000012B4A8801 | comptoir user badge add manager ring'
comptoir user badge remove manager >"$T/out" 2>&1
is "which one to take away is said" "$?" 64
check "one" comptoir user badge remove manager 1
check "all" comptoir user badge remove manager --all
is "none is left" "$(comptoir user badge list manager --format json)" "[]"
comptoir user add alice --role king >"$T/out" 2>&1
is "a role that is none" "$?" 66
refuse "a password that is none" sh -c \
    'comptoir user add alice --role cook --password-stdin </dev/null'
hasnt "leaves nobody half made" "$(comptoir user list)" "alice"
comptoir user >"$T/out" 2>&1
is "half a command" "$?" 64
has "is shown the rest" "$(cat "$T/out")" "comptoir user --help"
tty <<'END'
note the new password
wait "Who are you?"
send "admin\rotters knit in autumn\r"
wait "HOME"
END

# A trusted console takes the PIN; after five wrong ones the password.
check "the console is a terminal" comptoir terminal add Console
check "and trusted" comptoir terminal set console trusted yes
tty <<'END'
note a PIN at the console
wait "Who are you?"
send "cashier\r2580\r"
wait "code, name or scan"
row 0 "Console"
END
tty <<'END'
note five wrong PINs
wait "Who are you?"
send "waiter\rdemo\r"
wait "code, name or scan"
key F10
wait "Leave"
send "y"
wait "Who are you?"
send "cashier\r"
send "9991\r"
wait "wrong name or PIN"
send "9992\r"
send "9993\r"
send "9994\r"
send "9995\r"
wait "type your password" 20
send "2580\r"
wait "type your password"
send "demo\r"
wait "code, name or scan" 20
END

# Locked in the middle of work: out at once, and nothing shown is lost.
(wait_for 30 sh -c 'comptoir session list --format csv | grep -q seller' &&
    wait_for 30 sh -c 'comptoir sale list --open --format json |
    grep -q "\"lines\":2"' && comptoir user lock seller) &
tty <<'END'
note locked meanwhile
wait "Who are you?"
send "seller\rdemo\r"
wait "code, name or scan"
send "1001\r1002\r"
wait "this user is locked" 30
END
wait
check "the two lines wait for somebody else" sh -c \
    'comptoir sale list --open --format json | grep -q "\"lines\":2"'
tty <<'END'
note somebody locked
wait "Who are you?"
send "seller\rdemo\r"
wait "locked"
END
comptoir user unlock seller

# kill -9: its session is nobody's the moment it dies.
(wait_for 30 sh -c 'comptoir session list --format csv | grep -q waiter' &&
    wait_for 30 sh -c 'comptoir sale list --open --format json |
    grep -q "\"lines\":3"' && kill -KILL "$(comptoir session list \
    --format csv | sed -n "/waiter/s/.*,\([0-9]*\),[^,]*$/\1/p")") &
tty <<'END'
note killed
wait "Who are you?"
send "waiter\rdemo\r"
wait "code, name or scan"
send "1001\r1002\r1003\r"
exit 137 40
END
wait
is "nobody is at work" "$(comptoir session list --format csv | wc -l)" 1
tty <<'END'
note what it had shown is there
wait "Who are you?"
send "waiter\rdemo\r"
wait "TOTAL" 20
END

# What is written down, and what never is.
log=$(comptoir audit --format csv --limit 200)
has "a login is audited" "$log" ",cashier,Console,console,login,"
has "a logout too" "$log" ",logout,"
has "and who locked whom" "$log" "user.set"
tty <<'END'
note a password typed as a name
wait "Who are you?"
send "hunter2hunter2\rwrong\r"
wait "wrong name or password"
END
is "is in no file of the shop" \
    "$(grep -rl hunter2hunter2 "$shop" | wc -l)" 0
check "the shop is well" comptoir check
