#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 60
# The first day on a terminal: an answer that is not good is asked for again.
. tests/lib.sh

vt -- comptoir init "$T/shop" <<'END'
wait "company:"
send "\r"
wait "name is missing"
send "Chez Zoé\r"
wait "address"
send "1 rue des Lilas;75001 Paris\r"
wait "SIRET"
send "\r"
wait "[FR]:"
send "ZZ\r"
wait "ZZ"
send "\r"
wait "[file:]:"
send "nowhere\r"
wait "no connection"
send "\r"
wait "[admin]:"
send "\r"
wait "password of the first admin"
send "short\r"
wait "too short"
wait "first admin:"
send "zwei blaue Hunde\r"
wait "once more"
send "zwei blaue Hinde\r"
wait "two different"
send "zwei blaue Hunde\r"
wait "once more"
send "zwei blaue Hunde\r"
wait "is ready"
exit 0
END
is "the shop is there" \
    "$(comptoir -s "$T/shop" set company)" "Chez Zoé"
is "its country is the usual one" \
    "$(comptoir -s "$T/shop" set country)" "FR"
has "and its admin may sign in" \
    "$(comptoir -s "$T/shop" user list)" "admin"

# A place that is taken is told before the first question.
vt -- comptoir init "$T/shop" <<'END'
wait "is not empty"
exit 65
END
