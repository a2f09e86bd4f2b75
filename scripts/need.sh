# SPDX-License-Identifier: ISC
# shellcheck shell=sh
# need GROUP...: install the packages of scripts/packages that are missing,
# asking nothing.  With NO_INSTALL set they are only named.
# The caller has set top to the top of the tree.

missing()
{
	for group; do
		sed -n "s/^$group //p" "${top:?}/scripts/packages"
	done | while read -r package; do
		status=$(dpkg-query -W -f '${db:Status-Status}' "$package" \
		    2>/dev/null) || :
		[ "$status" = installed ] || printf '%s\n' "$package"
	done
}

need()
{
	list=$(missing "$@" | tr '\n' ' ')
	[ -n "$list" ] || return 0
	echo "Missing Debian packages: $list"
	if [ -n "${NO_INSTALL:-}" ]; then
		echo "Not installed, as asked (--no-install)."
		return 0
	fi
	sudo=
	if [ "$(id -u)" != 0 ]; then
		if ! sudo -n true 2>/dev/null; then
			echo "Neither root nor sudo without a password." \
			    "Install them yourself, then come back:" >&2
			echo "  sudo apt-get install $list" >&2
			return 1
		fi
		sudo="sudo -n"
	fi
	echo "Installing them with apt-get."
	# shellcheck disable=SC2086
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q update &&
	    $sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
	    --no-install-recommends install $list </dev/null
}
