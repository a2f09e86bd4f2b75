#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 180
# The real program on a console: a sale from login to ticket, on every
# terminal type, killed, cut, taken over.
. tests/lib.sh

mkshop "$T/shop"
comptoir -s "$shop" set language en >/dev/null
till()		# [vt options]: a console, the script on stdin
{
	vt "$@" -- comptoir tty "$shop"
}
# Numbers of the open sales and how many lines each has.
tickets()
{
	comptoir -s "$shop" sale list --format json |
	    grep -o '"ticket"' | wc -l
}

till <<'END'
note a console
wait "Who are you?"
send "cashier\r"
wait "password"
send "demo\r"
wait "code, name or scan"
row 0 "cashier"
row 0 "SALE"
note ringing up
send "1001\r2*1002\r0,350*2001\r"
wait "TOTAL"
expect "0,350 kg"
send "nosuchthing\r"
wait "no code or name begins with nosuchthing"
key Esc
note taking the money
send "\r"
wait "e Cash  c Card"
send "50\r"
wait "CHANGE"
note the next key starts the next sale
send "1"
waitnot "CHANGE"
key Backspace
send "1001\r\rc\r"
wait "PAID"
key F10
key F10
wait "Leave the till?"
send "y"
wait "Who are you?"
key F10
exit 0
END
is "two tickets in the shop" "$(tickets)" 2

for term in xterm-256color linux vt100 vt220 vt510 wyse60 screen \
    tmux-256color; do
	till -t "$term" <<END
note on $term
wait "Who are you?"
send "cashier\rdemo\r"
wait "code, name or scan"
send "1001\r1002\r"
wait "TOTAL"
key F9
wait "e Cash"
send "\r"
wait "PAID"
END
done
is "a ticket from each" "$(tickets)" 10

# No terminal type we know: something that works, or one plain line.
till -t nosuchterm <<'END'
note an unknown terminal
wait "Who are you?"
END
"$B/tests/tool/vt" -t dumb -- comptoir tty "$shop" >"$T/dumb" 2>&1 <<'END'
wait "terminal"
END
has "dumb is refused in one line" "$(cat "$T/dumb")" "ok - "

till -t vt220 -s 40x12 <<'END'
note 40 by 12
wait "Who are you?"
send "cashier\rdemo\r"
wait "code, name"
send "1001\r"
wait "TOTAL"
expect "Tab menu"
send ":9"
wait "e Cash"
send "20\r"
wait "CHANGE"
END

# Latin and ASCII terminals get what they can show.
till -t vt220 -c ascii <<'END'
note ascii
wait "Who are you?"
send "cashier\rdemo\r"
wait "code, name or scan"
send "1001\r"
wait "1 Cafe"
wait "EUR"
END

# Killed at once after a line showed: the next login has it, and all of it.
till <<'END'
note killed
wait "Who are you?"
send "cashier\rdemo\r"
wait "TOTAL"
send "1002\r1002\r"
wait "3 items"
signal KILL
END
till <<'END'
note after the kill
wait "Who are you?"
send "cashier\rdemo\r"
wait "3 items"
send "1002\r"
wait "4 items"
note hang-up
close
END
till <<'END'
note after the hang-up
wait "Who are you?"
send "cashier\rdemo\r"
wait "4 items"
key F9
wait "e Cash"
send "\r"
wait "PAID"
END

# A long paste is painted as it goes, and nothing of it is lost.
{
	printf 'note a paste\nwait "Who are you?"\n'
	printf 'send "cashier\\rdemo\\r"\nwait "code, name or scan"\nsend "'
	i=0
	while [ $i -lt 700 ]; do
		i=$((i + 1))
		printf '1001\\r'
	done
	printf '"\nwait "items" 20\nrefuse "  700 items"\nwait "  700 items" 60\n'
	printf 'send ":cancel\\r"\nwait "Cancel the whole sale"\nsend "y"\n'
	printf 'wait "cancelled"\n'
} >"$T/paste"
till <"$T/paste"

# A window that shrinks and grows is painted at once.
till <<'END'
note resize
wait "Who are you?"
send "cashier\rdemo\r"
wait "code, name or scan"
send "1001\r"
wait "F1Help"
resize 40x12
wait "Tab menu"
expect "TOTAL"
resize 100x30
wait "F1Help"
expect "TOTAL"
send ":cancel\r"
wait "Cancel the whole sale"
send "y"
wait "cancelled"
END
check "the shop is sound" comptoir -s "$shop" check
