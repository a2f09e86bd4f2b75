#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 180
# A scanner on the line of a till: every suffix, every prefix, as fast as it
# comes and at 9600 baud; what it sends is on the sale, or nothing is.
. tests/lib.sh

mkshop "$T/shop"
comptoir -s "$shop" set language en >/dev/null
sold()		# the codes of the last ticket, in order
{
	last=$(comptoir -s "$shop" sale list --format csv | tr -d '\r' | tr ',' '\n' |
	    grep -E '^[^ ]+-[0-9]{6}$' | head -n 1)
	comptoir -s "$shop" sale show "$last" --format json |
	    grep -o '"code": *"[^"]*"' | sed 's/.*: *"//; s/"//' | tr '\n' ' '
}
comptoir -s "$shop" product add 9401 Tournevis --price 4.00 --tax standard \
    --barcode 4006381333931
comptoir -s "$shop" product add 9402 Fromage --price 20.00 --tax food --unit kg
comptoir -s "$shop" product add 9403 Perceuse --price 89.00 --tax standard \
    --barcode 5901234123457 --serials yes
label=$(printf '21%s%s' 09402 00250)	# 250 g of it
digit=$(printf '%s' "$label" | awk '{
	for (i = length($0); i > 0; i--)
		s += substr($0, i, 1) * ((length($0) - i) % 2 ? 1 : 3);
	print (10 - s % 10) % 10 }')
is "a label is understood" "$(comptoir -s "$shop" pattern test "$label$digit" \
    --format csv | tr -d '\r' | sed -n 2p)" "1,9402,Fromage,0.250,,,,"

n=0
for line in "-t xterm-256color" "-t vt220 -b 9600" "-t linux -s 40x12"; do
	n=$((n + 1))
	# shellcheck disable=SC2086
	vt $line -- comptoir tty "$shop" <<END
note a scanner at $line
wait "Who are you?"
send "cashier\rdemo\r"
wait "code, name"
send "4006381333931\r4006381333931\n4006381333931\r\n4006381333931\t"
wait "Tournevis"
send "]E04006381333931\r]C1010400638133393110L7\r$label$digit\r"
wait "Fromage"
note in the payment it is an item
key F9
wait "Enter = Cash"
send "4006381333931\r"
wait "code, name"
note in a question it is nothing
send "\te"
wait "Note"
send "4006381333931\r"
wait "a barcode"
key Esc
key Esc
wait "code, name"
note a serial number out of the code, or typed
send "]d2010590123412345721sn$n\x1d10L1\r"
wait "Perceuse"
key F9
wait "Enter = Cash"
send "\r"
wait "PAID"
END
	is "what was scanned was sold, on $line" "$(sold)" \
	    "9401 9401 9401 9401 9401 9401 9402 9401 9403 "
	comptoir -s "$shop" serial find "sn$n" >"$T/serial"
	has "its number is known" "$(cat "$T/serial")" "Perceuse"
done
