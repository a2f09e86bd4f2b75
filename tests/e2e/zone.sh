#!/bin/sh
# SPDX-License-Identifier: ISC
# Days and times are those of shop.conf, wherever a command is typed, and a
# shop that moves to another zone keeps a journal that is proven.
. tests/lib.sh

mkshop
export COMPTOIR_SHOP="$shop"

zone()
{
	sed "s|^#*timezone.*|timezone = $1|" "$shop/shop.conf" >"$T/conf"
	cp "$T/conf" "$shop/shop.conf"
}

# One of these is always a day before or after the other.
zone UTC
is "today is the shop's today" \
    "$(TZ=Pacific/Kiritimati comptoir report days --format csv)" \
    "$(TZ=Pacific/Pago_Pago comptoir report days --format csv)"
check "the journal is proven from another zone" \
    env TZ=Asia/Tokyo comptoir journal verify
zone Asia/Kathmandu
check "and after the shop has moved" comptoir journal verify
hasnt "nothing is written down as tampering" \
    "$(comptoir check 2>&1)" "does not match"
