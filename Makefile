# comptoir: one Makefile.  `make help` lists the targets, `make V=1` shows the
# commands.  Objects in build/; each floor is an archive, each program links
# only the floors it may know.  The rules are in scripts/rules.mk.

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
	   $(if $(SAN),,-D_FORTIFY_SOURCE=2)
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
LIB_test = $(shell $(PKG) --libs cmocka vterm) -lutil

PROGRAMS = $(patsubst src/%.c,%,$(wildcard src/comptoir*.c))
BIN	 = $(addprefix $(B)/,$(PROGRAMS))

Q	 = $(if $(V),,@)
say	 = $(if $(V),,@printf '%7s %s\n' $(1) $(2);)

.PHONY: all help test test-programs asan demo clean po
.DELETE_ON_ERROR:

all: $(BIN) $(B)/locale/fr/LC_MESSAGES/comptoir.mo

help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

## all		the programs, in build/
## demo		a living example to log in to (scripts/demo)
demo:
	scripts/demo

## test		every test (scripts/test also installs what they need)
test: all test-programs
	tests/run

## asan		unit and screen tests under address and UB sanitizers
asan:
	$(MAKE) -s B=build-asan OPT='-O1 -g' \
	    SAN='-fsanitize=address,undefined -fno-sanitize-recover=all' \
	    test-programs
	B=build-asan tests/run tests/unit tests/screen

## po		src/po/fr.po brought up to date with the source
po:
	scripts/po

## clean
clean:
	rm -rf build build-asan build-fuzz

include scripts/rules.mk

-include $(shell [ -d $(B) ] && find $(B) -name '*.d')
