# comptoir: one Makefile.  `make help` lists the targets, `make V=1` shows the
# commands.  Objects in build/; each floor is an archive, each program links
# only the floors it may know.  The rules are in scripts/rules.mk.

VERSION	 = 0.1.0
B	 = build
CC	 = gcc
PKG	 = pkg-config
PREFIX	 = /usr
LOCALEDIR = $(PREFIX)/share/locale
SYSCONFDIR = /etc

WARN	 = -Wall -Wextra -Wpedantic -Wshadow -Wconversion \
	   -Wmissing-prototypes -Wstrict-prototypes -Wwrite-strings -Wvla \
	   -Wformat=2 -Wno-format-nonliteral -Wundef $(if $(CI),-Werror) \
	   $(if $(SAN),-Wno-format-truncation)
HARDEN	 = -fstack-protector-strong -fstack-clash-protection -fPIE \
	   $(if $(SAN),,-D_FORTIFY_SOURCE=2)
OPT	 = -O2 -g
CPPFLAGS += -D_GNU_SOURCE -Isrc -I. -I$(B)/gen -DVERSION='"$(VERSION)"' \
	   -DLOCALEDIR='"$(LOCALEDIR)"' \
	   -DSHAREDIR='"$(PREFIX)/share/comptoir"'
CFLAGS	+= -std=c11 $(OPT) $(WARN) $(HARDEN) $(SAN) -MMD -MP
LDFLAGS	+= -pie -Wl,-z,relro,-z,now -Wl,--as-needed $(SAN)

LIB_ui	 = $(shell $(PKG) --libs ncursesw)
LIB_db	 = $(shell $(PKG) --libs sqlite3)
LIB_shop = $(shell $(PKG) --libs libsodium liboath libpcre2-8)
LIB_ssh	 = $(shell $(PKG) --libs libssh libcrypto libseccomp)
LIB_line = $(shell $(PKG) --libs libserialport)
LIB_cups = -lcups
LIB_test = $(shell $(PKG) --libs cmocka vterm) -lutil

SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all \
	   -fno-omit-frame-pointer

PROGRAMS = $(patsubst src/%.c,%,$(wildcard src/comptoir*.c))
BIN	 = $(addprefix $(B)/,$(PROGRAMS))
DATA	 = $(B)/locale/fr/LC_MESSAGES/comptoir.mo $(B)/terminfo/v/vt220
MAN	 = $(addprefix $(B)/,$(wildcard man/*.[1-8]))

Q	 = $(if $(V),,@)
say	 = $(if $(V),,@printf '%7s %s\n' $(1) $(2);)


.PHONY: all help demo test test-programs unit-programs soak bench \
	bench-programs lint asan fuzz fuzz-programs man po install uninstall deb dist clean
.DELETE_ON_ERROR:

all: $(BIN) $(DATA)

## all		the programs, in build/
## demo		a living example to log in to (scripts/demo)
## test		every test (scripts/test also installs what they need)
## soak		200 random kills of each program; SEED=n repeats a run
## bench		the figures against their floors, into build/bench.json
## lint		what the compiler cannot see; silent when all is well
## asan		unit and screen tests under the sanitizers
## fuzz		keys, text and CSV readers against random input, FUZZ_SECONDS
## man		the manual pages, their tables filled in, in build/man
## po		src/po/fr.po brought up to date with the source
## install	under $(DESTDIR)$(PREFIX)
## uninstall	what install put there
## deb		build/comptoir_VERSION_ARCH.deb
## dist		build/comptoir-VERSION.tar.gz
## clean
help:
	@sed -n 's/^## //p' Makefile

demo:
	scripts/demo

test: all test-programs
	tests/run

soak: all test-programs
	tests/soak

bench: all bench-programs
	tests/bench/run

lint: all man
	@scripts/lint

# A quarter of the random sales: there it is memory that is looked at.
asan:
	$(MAKE) B=build-asan OPT='-O1 -g' SAN='$(SANITIZE)' unit-programs
	B=build-asan COMPTOIR_SALES=$${COMPTOIR_SALES:-2500} \
	    LSAN_OPTIONS=suppressions=scripts/lsan.supp:print_suppressions=0 \
	    tests/run tests/unit tests/screen

FUZZ_SECONDS = 60
fuzz:
	$(MAKE) B=build-asan OPT='-O1 -g' SAN='$(SANITIZE)' fuzz-programs
	build-asan/tests/fuzz/fuzz $(FUZZ_SECONDS)

man: $(MAN)

po:
	scripts/po

deb: all man
	VERSION=$(VERSION) scripts/deb

dist:
	VERSION=$(VERSION) scripts/dist

clean:
	rm -rf build build-asan

include scripts/rules.mk

-include $(shell [ -d $(B) ] && find $(B) -type f -name '*.d')
