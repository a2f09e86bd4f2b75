#!/bin/sh
# SPDX-License-Identifier: ISC
# The terminal floor on real ttys: every terminal, every character set, few
# bytes, no terminal too strange, none too dead.
. tests/lib.sh
floor=$B/tests/tool/floor
FLOOR_LOG=$T/log
export FLOOR_LOG

# Each terminal by its own keys; F5 by the digit where it has none.
terminals()	# SPEED
{
	for term in xterm-256color linux vt100 vt220 vt510 wyse60 screen tmux; do
		vt -t "$term" -c latin9 -- sh -c "stty $1; exec $floor" <<-END
		note "$term $1"
		wait "TOTAL  0,00 €"
		send "Crêpe\r"
		wait "> Crêpe"
		key Backspace
		send "12\x0834\r"
		wait "> 134"
		send "12\x7f34\r"
		wait "3 articles"
		key F2
		wait "article n° 1 à l'écharpe"
		key Down Down Up
		wait "> 1001"
		key Esc
		wait VENTE
		key F9
		wait PAIEMENT
		send "20"
		key Enter
		wait "RENDU"
		key Tab
		wait " 1   Chercher"
		send "1\r"
		wait ARTICLES
		key F10
		wait VENTE
		key F1
		wait HELP
		send ":0"
		wait VENTE
		send ":leave\r"
		exit 0
		END
	done
}
terminals 38400

# On a slow line ncurses looks for the fewest bytes, elsewhere we paint.
terminals 9600
for speed in 38400:raw 9600:rawnot; do
	vt -t vt220 -- sh -c "stty ${speed%:*}; exec $floor" <<-END
	note "at ${speed%:*}"
	wait "TOTAL  0,00"
	quiet 100
	${speed#*:} "\e[m\e[H\e[2J"
	END
done

# What goes over the line, byte by byte.
vt -c utf8 -- "$floor" <<-'END'
	note "utf8"
	wait "TOTAL  0,00 €"
	quiet 100
	raw "Zo\xc3\xa9"
	rawnot "\e="
	rawnot "\e[?1h"
	raw "\xe2\x82\xac"
	send "\xc3\xa9t\xc3\xa9\r"
	wait "> été"
END
vt -t vt220 -c latin9 -- "$floor" <<-'END'
	note "latin9"
	wait "TOTAL  0,00 €"
	quiet 100
	raw "Zo\xe9"
	raw "0,00 \xa4"
	send "\xe9t\xe9 \xbduf\r"
	wait "> été œuf"
	quiet 100
	raw "\xe9t\xe9 \xbduf"
END
vt -t vt220 -c latin1 -- "$floor" <<-'END'
	note "latin1"
	wait "TOTAL  0,00 EUR"
	quiet 100
	raw "Zo\xe9"
	send "\xe9t\xe9\r"
	wait "> été"
END
vt -t vt100 -c ascii -- "$floor" <<-'END'
	note "ascii"
	wait "TOTAL  0,00 EUR"
	wait "Zoe"
	quiet 100
	rawnot "\xe9"
	rawnot "\xc3"
	send "a\xe9\xc3\xa9b\r"
	wait "> ab"
END

# The number pad keeps its digits; nobody asks for application keys or paste
# brackets, and a pad left in application mode is put back.
vt -- sh -c "printf '\\033[?1h\\033='; exec $floor" <<-'END'
	note "number pad"
	wait "VENTE"
	quiet 100
	raw "\x1b[?1l\x1b>"
	rawnot "\x1b[?2004h"
	key KP1 KP0 KP5
	key Enter
	wait "> 105"
	key Up Down
	expect "VENTE"
END

# Bytes on a VT220: the digit, the line, a screen, an idle minute.
FLOOR_SECOND=57 vt -t vt220 -c latin9 -- "$floor" <<-'END'
	note "vt220"
	wait "VENTE"
	during 300
	most 2200 screen
	send "1001\r1002\r"
	wait "> 1002"
	during 200
	bytes
	send "7"
	during 60
	most 10 digit
	send "7\r"
	wait "> 77"
	during 60
	most 120 line
	during 3000
	most 20 "idle minute"
	send ":leave\r"
	exit 0
END

# Sizes: a phone, a large window, and whatever comes in between.
vt -- "$floor" <<-'END'
	note "resize"
	wait "imprimante ok"
	resize 40x12
	waitnot "imprimante ok"
	wait "Tab menu :9Payer"
	send "1001\r"
	wait "> 1001"
	row 9 " "
	row 11 "Tab menu"
	resize 132x50
	wait "F1Help"
	row 49 "F1Help"
	resize 20x5
	resize 80x24
	wait "F1Help"
	row 23 "F1Help"
	row 0 "Caisse 1  Zo"
	key F2
	wait "1018"
	resize 80x30
	wait "1024"
END

# A terminal nobody knows is tried as its family; what cannot work is told in
# one line.
for term in xterm-nosuch nosuchterm vt999; do
	vt -t "$term" -- "$floor" <<-END
	note "$term"
	wait VENTE
	send "1001\r"
	wait "1001"
	send ":leave\r"
	exit 0
	END
done
for term in dumb unknown "../../etc/passwd"; do
	out=$(TERM=$term "$floor" 2>&1 </dev/null)
	is "TERM=$term ends with status 78" "$?" 78
	is "TERM=$term has one line" "$(printf '%s\n' "$out" | wc -l)" 1
	has "TERM=$term says what to do" "$out" "use another"
done

# The end: hang-up, a signal, a client that takes nothing any more.
: >"$FLOOR_LOG"
vt -- "$floor" <<-'END'
	note "hang-up"
	wait VENTE
	send "11\r12\r13"
	wait "13"
	close
	exit 129
END
is "a hang-up parks what was shown" "$(tr '\n' ' ' <"$FLOOR_LOG")" \
    "11 12 parked 2 "
: >"$FLOOR_LOG"
vt -- "$floor" <<-'END'
	note "SIGTERM"
	wait VENTE
	send "21\r"
	wait "> 21"
	signal TERM
	exit 143
END
is "SIGTERM parks too" "$(tr '\n' ' ' <"$FLOOR_LOG")" "21 parked 1 "
: >"$FLOOR_LOG"
i=0
{
	echo 'note "frozen"'
	echo 'wait VENTE'
	echo 'freeze'
	while [ $i -lt 400 ]; do
		echo 'key F2 PgDn PgDn PgDn Esc'
		printf '%s\n' 'send "31\r"'
		i=$((i + 1))
	done
	echo 'signal TERM'
	echo 'exit 143 5'
} >"$T/frozen"
vt -- "$floor" <"$T/frozen"
has "a frozen terminal holds up nothing" "$(cat "$FLOOR_LOG")" "parked"
vt -- "$floor" <<-'END'
	note "stopped"
	wait VENTE
	signal STOP
	send "41\r"
	signal CONT
	wait "> 41"
END

# Idle, it locks.
vt -- "$floor" 300 <<-'END'
	note "idle"
	wait VENTE
	wait ARTICLES 3
END
