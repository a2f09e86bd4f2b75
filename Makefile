# comptoir: one Makefile.  `make V=1` shows the commands.
# Objects in build/; each floor is an archive, each program links only the
# floors it may know.

VERSION	 = 0.1.0
B	 = build
CC	 = gcc
PKG	 = pkg-config
PREFIX	 = /usr
LOCALEDIR = $(PREFIX)/share/locale

WARN	 = -Wall -Wextra -Wpedantic -Wshadow -Wconversion \
	   -Wmissing-prototypes -Wstrict-prototypes -Wwrite-strings -Wvla \
	   -Wformat=2 -Wno-format-nonliteral -Wundef $(if $(CI),-Werror)
HARDEN	 = -fstack-protector-strong -fstack-clash-protection -fPIE \
	   -D_FORTIFY_SOURCE=2
OPT	 = -O2 -g
CPPFLAGS += -D_GNU_SOURCE -Isrc -I. -I$(B)/gen -DVERSION='"$(VERSION)"' \
	   -DLOCALEDIR='"$(LOCALEDIR)"'
CFLAGS	+= -std=c11 $(OPT) $(WARN) $(HARDEN) $(SAN) -MMD -MP
LDFLAGS	+= -pie -Wl,-z,relro,-z,now -Wl,--as-needed $(SAN)

LIB_ui	 = $(shell $(PKG) --libs ncursesw)
LIB_db	 = $(shell $(PKG) --libs sqlite3)
LIB_shop = $(shell $(PKG) --libs libsodium libpcre2-8)
LIB_ssh	 = $(shell $(PKG) --libs libssh libseccomp)
LIB_line = $(shell $(PKG) --libs libserialport)
LIB_cups = -lcups

PROGRAMS = comptoir comptoird comptoir-ssh comptoir-line comptoir-spool
BIN	 = $(addprefix $(B)/,$(PROGRAMS))

Q	 = $(if $(V),,@)
say	 = $(if $(V),,@printf '%7s %s\n' $(1) $(2);)

all: $(BIN) $(B)/locale/fr/LC_MESSAGES/comptoir.mo

include scripts/rules.mk

-include $(shell [ -d $(B) ] && find $(B) -name '*.d')
