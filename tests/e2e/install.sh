#!/bin/sh
# SPDX-License-Identifier: ISC
# timeout: 300
# make install, uninstall, deb and dist: all of it in its place, nothing left,
# and the installed programs work from there.
. tests/lib.sh

root=$T/root
check "make install" make -s install DESTDIR="$root"
for file in bin/comptoir sbin/comptoird libexec/comptoir/comptoir-ssh \
    libexec/comptoir/comptoir-line libexec/comptoir/comptoir-spool \
    lib/systemd/system/comptoir@.service lib/sysctl.d/60-comptoir.conf \
    lib/sysusers.d/comptoir.conf lib/udev/rules.d/60-comptoir.rules \
    share/man/man1/comptoir.1 share/man/man5/shop.conf.5 \
    share/man/man7/comptoir-keys.7 share/man/man8/comptoird.8 \
    share/locale/fr/LC_MESSAGES/comptoir.mo share/doc/comptoir/README.md \
    share/bash-completion/completions/comptoir \
    share/comptoir/terminfo/v/vt220; do
	check "installs $file" test -s "$root/usr/$file"
done
has "the unit starts the installed program" \
    "$(cat "$root/usr/lib/systemd/system/comptoir@.service")" \
    "ExecStart=/usr/sbin/comptoird "
is "the installed program runs" "$("$root/usr/bin/comptoir" --version)" \
    "comptoir $(sed -n 's/^VERSION.*= //p' Makefile)"
check "a shop is made by the installed program" \
    "$root/usr/bin/comptoir" init "$T/shop" --demo

is "completion is sound bash" "$(bash -n \
    "$root/usr/share/bash-completion/completions/comptoir" 2>&1)" ""
completed()	# WORD...: what bash would make of the last one
{
	bash -c '. "$0"; COMP_WORDS=(comptoir "$@"); COMP_CWORD=$#; _comptoir
	    echo "${COMPREPLY[*]}"' \
	    "$root/usr/share/bash-completion/completions/comptoir" "$@"
}
is "completion knows the commands" "$(completed printer te)" "test"
is "with a shop before them" "$(completed -s "$T" product opt)" "option"
is "their options, behind words too" "$(completed user add ann --r)" "--role"
is "how they list" "$(completed user list --f) $(completed audit --format c)" \
    "--format csv"
is "the words they take" "$(completed terminal recipe p)" "pc phone pi"
is "settings" "$(completed set lock)" "lock_minutes"
is "reports" "$(completed report ho)" "hours"
mkdir "$T/files"
: >"$T/files/goods.csv"
is "and files" "$(completed product import "$T/files/g")" "$T/files/goods.csv"

check "make uninstall" make -s uninstall DESTDIR="$root"
is "uninstall leaves only the configuration" \
    "$(cd "$root" && find . -type f -o -type l)" "./etc/default/comptoir"

check "make deb" make -s deb
deb=$(echo "$B"/comptoir_*.deb)
control=$(dpkg-deb -f "$deb")
has "the package depends on the libssh that has the fixes" "$control" \
    "libssh-4 (>= 0.10.6-0+deb12u3)"
for library in libc6 libncursesw6 libsqlite3-0 libsodium23 libcups2 \
    libserialport0 libseccomp2 libpcre2-8-0 ncurses-term; do
	has "the package depends on $library" "$control" "$library"
done
list=$(dpkg-deb -c "$deb")
hasnt "the package brings no shop" "$list" "/var/lib"
hasnt "everything in it is root's" \
    "$(printf '%s\n' "$list" | grep -v 'root/root')" "/"
dpkg-deb -e "$deb" "$T/control"
is "its configuration file is known" "$(cat "$T/control/conffiles")" \
    "/etc/default/comptoir"
for script in postinst prerm postrm; do
	check "$script is sound" sh -n "$T/control/$script"
done
mkdir -p "$T/deb"
dpkg-deb -x "$deb" "$T/deb"
is "the packaged program runs" "$("$T/deb/usr/bin/comptoir" --version)" \
    "comptoir $(sed -n 's/^VERSION.*= //p' Makefile)"

check "make dist" make -s dist
has "dist has the sources" "$(tar -tzf "$B"/comptoir-*.tar.gz)" \
    "/src/base/base.h"
