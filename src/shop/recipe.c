/* SPDX-License-Identifier: ISC */
/* Recipes: a machine becomes a workplace, in steps to type. */
#include "shop/recipe.h"

#include <string.h>

#include "base/base.h"

static const struct {
	const char	*machine, *text;
} recipes[] = {
	{ "pi", N_(
	    "A Raspberry Pi (or any small Linux box) that is a till when it "
	    "is switched on\n"
	    "\n"
	    "1. Install Raspberry Pi OS Lite; in raspi-config choose Console "
	    "Autologin.\n"
	    "2. Make the terminal's own key, without a passphrase:\n"
	    "     ssh-keygen -t ed25519 -N '' -f ~/.ssh/id_ed25519\n"
	    "3. Show it to the shop once; a code of six characters appears:\n"
	    "     ssh -p 2222 terminal@SERVER\n"
	    "4. On the server, give it a name:\n"
	    "     comptoir -s SHOP terminal accept CODE till1\n"
	    "5. Put this at the end of ~/.profile, so that it signs in by "
	    "itself:\n"
	    "     [ \"$(tty)\" = /dev/tty1 ] && while :; do\n"
	    "       ssh -p 2222 -o ServerAliveInterval=30 till1@SERVER; "
	    "sleep 2\n"
	    "     done\n"
	    "6. A scanner on USB needs nothing: it types.\n") },
	{ "pc", N_(
	    "An old PC as a till\n"
	    "\n"
	    "1. Install Debian without a desktop; make a user till.\n"
	    "2. As till:  ssh-keygen -t ed25519 -N ''\n"
	    "             ssh -p 2222 terminal@SERVER      (note the code)\n"
	    "3. On the server:  comptoir -s SHOP terminal accept CODE till1\n"
	    "4. As root, systemctl edit getty@tty1 and write:\n"
	    "     [Service]\n"
	    "     ExecStart=\n"
	    "     ExecStart=-/sbin/agetty --autologin till --noclear tty1 "
	    "linux\n"
	    "5. At the end of ~till/.profile:\n"
	    "     [ \"$(tty)\" = /dev/tty1 ] && while :; do\n"
	    "       ssh -p 2222 -o ServerAliveInterval=30 till1@SERVER; "
	    "sleep 2\n"
	    "     done\n"
	    "   A Windows PC: PuTTY, host SERVER, port 2222, user till1, "
	    "Terminal >\n"
	    "   Keyboard > function keys: Xterm R6, with its own key.\n") },
	{ "vt220", N_(
	    "A VT220, VT510, Wyse 60 or any serial terminal\n"
	    "\n"
	    "1. Wire it to the server: a serial port or a USB adapter, RTS and "
	    "CTS\n"
	    "   crossed if the cable has them.\n"
	    "2. Set the terminal to 9600 baud, 8 bits, no parity, XON/XOFF, "
	    "VT220 mode\n"
	    "   with 7-bit controls, no auto wrap, no local echo.\n"
	    "3. On the server (the user of the shop must be in the group "
	    "dialout):\n"
	    "     comptoir -s SHOP line add bar /dev/ttyUSB0 --speed 9600 \\\n"
	    "       --format 8N1 --flow xonxoff --term vt220 --charset "
	    "latin1\n"
	    "   A Wyse 60: --term wyse60 --charset ascii.  DCD wired: --modem "
	    "yes.\n"
	    "4. The login screen appears.  F6 to F10 are on the keyboard; for "
	    "F1 to F5\n"
	    "   type : and the digit on an empty line, or Tab for the "
	    "menu.\n") },
	{ "phone", N_(
	    "A telephone in a waiter's pocket\n"
	    "\n"
	    "1. Install an SSH client (Termux, ConnectBot, Blink, Termius).\n"
	    "2. Let it make an ed25519 key; connect once as terminal@SERVER, "
	    "port 2222,\n"
	    "   and note the code.\n"
	    "3. On the server:  comptoir -s SHOP terminal accept CODE "
	    "julie-phone\n"
	    "4. Connect as julie-phone@SERVER.  40 columns are enough; there "
	    "are no\n"
	    "   F-keys: type : and the digit, or Tab for the menu.\n"
	    "5. When the phone slept, connect again: the PIN brings back the "
	    "same screen.\n"
	    "     comptoir -s SHOP user pin julie\n") },
};

const char *
recipe_text(const char *machine)
{
	for (size_t i = 0; i < NELEM(recipes); i++) {
		if (strcmp(recipes[i].machine, machine) == 0) {
			return _(recipes[i].text);
		}
	}
	return NULL;
}
