# The rules behind the Makefile: floors, programs, generated code, tests.

floor	 = $(patsubst %.c,$(B)/%.o,$(wildcard $(1)/*.c))
GENSQL	 = $(wildcard sql/query/*.sql)
GENC	 = $(patsubst sql/query/%.sql,$(B)/gen/sql/%.c,$(GENSQL))

BASE	 = $(B)/base.a
DB	 = $(B)/db.a
SHOP	 = $(B)/shop.a
TERM	 = $(B)/term.a
DRIVERS	 = $(B)/drivers.a
SCREENS	 = $(B)/screens.a
CLI	 = $(B)/cli.a
DOOR	 = $(B)/door.a
SPOOL	 = $(B)/spool.a

$(BASE): $(call floor,src/base)
$(DB): $(call floor,src/db) $(GENC:.c=.o) $(B)/gen/schema.o
$(SHOP): $(call floor,src/shop)
$(TERM): $(call floor,src/term)
$(DRIVERS): $(call floor,drivers)
$(SCREENS): $(call floor,screens)
$(CLI): $(call floor,src/cli)
$(DOOR): $(call floor,src/door)
$(SPOOL): $(call floor,src/spool)

$(B)/%.a:
	$(call say,AR,$@)rm -f $@; ar rcs $@ $^

$(B)/%.o: %.c
	$(call say,CC,$<)mkdir -p $(@D); $(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(B)/gen/%.o: $(B)/gen/%.c | $(B)/gen/stamp
	$(call say,CC,$<)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# Typed C functions from sql/query, checked against the migrated schema: one
# run of sqlgen makes all of them, and touches only what came out different.
# The directories are named so that a file added or removed is seen.
SQLGEN	 = $(addprefix $(B)/scripts/,sqlgen.o sqlgen-query.o sqlgen-emit.o)
$(B)/sqlgen: $(SQLGEN) $(BASE)
	$(call say,LD,$@)$(CC) $(LDFLAGS) -o $@ $(SQLGEN) $(BASE) $(LIB_db)

$(B)/gen/stamp: $(B)/sqlgen sql/schema sql/query $(wildcard sql/report) $(GENSQL) \
    $(wildcard sql/schema/*.sql sql/report/*.sql)
	$(call say,SQLGEN,sql)mkdir -p $(B)/gen/sql; $(B)/sqlgen sql $(B)/gen && touch $@

# What must not change without its version: the hash goes on every receipt.
JOURNAL	 = $(sort $(wildcard src/shop/journal*.[ch] src/shop/detail.[ch] \
	   src/shop/grand.[ch] src/shop/regime.[ch] src/shop/verify*.[ch] \
	   src/shop/archive*.[ch] src/shop/training.[ch]) \
	   sql/schema/0003-journal.sql sql/query/closing.sql \
	   sql/query/detail.sql sql/query/journal.sql)
$(B)/gen/shop/journal_hash.h: $(JOURNAL)
	$(call say,HASH,$@)mkdir -p $(@D); printf '#define JOURNAL_HASH "%s"\n' \
	    "$$(cat $^ | sha256sum | cut -d ' ' -f 1)" >$@
$(B)/src/shop/journal.o: $(B)/gen/shop/journal_hash.h

$(GENC) $(GENC:.c=.h) $(B)/gen/schema.c $(B)/gen/sql_all.inc: $(B)/gen/stamp ; @:
OBJ	 = $(call floor,src/db) $(call floor,src/shop) $(call floor,src/cli) \
	   $(call floor,src/spool) $(call floor,screens) $(B)/src/comptoir.o
$(OBJ): | $(B)/gen/stamp

$(B)/comptoir: $(B)/src/comptoir.o $(CLI) $(DOOR) $(SCREENS) $(TERM) $(SHOP) $(DRIVERS) $(DB) $(BASE)
	$(call say,LD,$@)$(CC) $(LDFLAGS) -o $@ $^ $(LIB_ui) $(LIB_db) $(LIB_shop)
$(B)/comptoird: $(B)/src/comptoird.o $(DOOR) $(BASE)
	$(call say,LD,$@)$(CC) $(LDFLAGS) -o $@ $^ -lutil
$(B)/comptoir-ssh: $(B)/src/comptoir-ssh.o $(DOOR) $(BASE)
	$(call say,LD,$@)$(CC) $(LDFLAGS) -o $@ $^ $(LIB_ssh)
$(B)/comptoir-line: $(B)/src/comptoir-line.o $(DOOR) $(BASE)
	$(call say,LD,$@)$(CC) $(LDFLAGS) -o $@ $^ $(LIB_line)
$(B)/comptoir-spool: $(B)/src/comptoir-spool.o $(SPOOL) $(DRIVERS) $(SHOP) $(DB) $(BASE)
	$(call say,LD,$@)$(CC) $(LDFLAGS) -o $@ $^ $(LIB_cups) $(LIB_db) $(LIB_shop)

$(B)/terminfo/v/vt220: scripts/terminfo
	$(call say,TIC,$(B)/terminfo)scripts/terminfo $(B)/terminfo
$(B)/locale/fr/LC_MESSAGES/comptoir.mo: src/po/fr.po
	$(call say,MO,$@)mkdir -p $(@D); msgfmt -c -o $@ $<

# Tests and their tools may link every floor.
TESTS	 = $(patsubst %.c,$(B)/%,$(wildcard tests/unit/*.c tests/screen/*.c))
TOOLS	 = $(patsubst %.c,$(B)/%,$(wildcard tests/tool/*.c))
ALL	 = $(CLI) $(SCREENS) $(TERM) $(SPOOL) $(DRIVERS) $(SHOP) $(DOOR) \
	   $(DB) $(BASE)

BENCH	 = $(B)/tests/bench/bench
BENCHO	 = $(patsubst %,$(B)/tests/bench/%.o,bench client bare journal plain script \
    kitchen stockroom)

PRELOADS = $(patsubst %.c,$(B)/%.so,$(wildcard tests/preload/*.c))

unit-programs: $(TESTS) $(DATA)
test-programs: unit-programs $(TOOLS) $(PRELOADS)
$(B)/tests/preload/%.so: tests/preload/%.c
	$(call say,LD,$@)mkdir -p $(@D); $(CC) $(CPPFLAGS) $(CFLAGS) -fPIC -shared -o $@ $<
bench-programs: $(BENCH) $(B)/tests/bench/floor $(B)/tests/bench/waker \
    $(B)/tests/tool/queue-storm $(B)/tests/tool/past $(B)/tests/tool/moved \
    $(B)/tests/tool/sell

$(B)/tests/%.o: tests/%.c | $(B)/gen/stamp
	$(call say,CC,$<)mkdir -p $(@D); $(CC) $(CPPFLAGS) $(CFLAGS) -Itests -c -o $@ $<
$(TESTS) $(TOOLS) $(B)/tests/fuzz/fuzz: $(B)/%: $(B)/%.o $(ALL)
	$(call say,LD,$@)$(CC) $(LDFLAGS) -o $@ $< \
	    -Wl,--start-group $(ALL) -Wl,--end-group $(LIB_test) $(LIB_ui) \
	    $(LIB_db) $(LIB_shop) $(LIB_ssh) $(LIB_line) $(LIB_cups)
fuzz-programs: $(B)/tests/fuzz/fuzz
$(BENCH): $(BENCHO) $(ALL)
	$(call say,LD,$@)$(CC) $(LDFLAGS) -o $@ $(BENCHO) \
	    -Wl,--start-group $(ALL) -Wl,--end-group $(LIB_test) $(LIB_ui) \
	    $(LIB_db) $(LIB_shop) $(LIB_ssh) $(LIB_line) $(LIB_cups)
$(B)/tests/bench/floor: $(B)/tests/bench/floor.o
	$(call say,LD,$@)$(CC) $(LDFLAGS) -o $@ $< $(LIB_ui)
$(B)/tests/bench/waker: $(B)/tests/bench/waker.o
	$(call say,LD,$@)$(CC) $(LDFLAGS) -o $@ $< $(LIB_db)
.PRECIOUS: $(B)/tests/%.o

# Manual pages: a line `.\" table: NAME` is followed by that table, printed
# by a program that links the very lists the other programs use.
$(B)/scripts/mantable.o: scripts/mantable.c | $(B)/gen/stamp
	$(call say,CC,$<)mkdir -p $(@D); $(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<
$(B)/mantable: $(B)/scripts/mantable.o $(ALL)
	$(call say,LD,$@)$(CC) $(LDFLAGS) -o $@ $< \
	    -Wl,--start-group $(ALL) -Wl,--end-group $(LIB_ui) \
	    $(LIB_db) $(LIB_shop) $(LIB_ssh) $(LIB_line) $(LIB_cups)
$(B)/man/%: man/% $(B)/mantable $(B)/locale/fr/LC_MESSAGES/comptoir.mo \
    $(wildcard sql/schema/*.sql) scripts/manpage scripts/schema.awk
	$(call say,MAN,$@)mkdir -p $(@D); B=$(B) scripts/manpage $< >$@

# Installation.  The programs find each other beside their own file, so all
# of them live in libexec and the two that people call are linked from there.
LIBEXEC	 = $(PREFIX)/libexec/comptoir
SHARE	 = $(PREFIX)/share
UNITS	 = $(PREFIX)/lib/systemd/system
D	 = $(DESTDIR)
INSTALL	 = install -D -m 0644

install: all man
	for p in $(PROGRAMS); do \
	    install -D -m 0755 $(B)/$$p $(D)$(LIBEXEC)/$$p || exit 1; \
	done
	install -d $(D)$(PREFIX)/bin $(D)$(PREFIX)/sbin
	ln -sf ../libexec/comptoir/comptoir $(D)$(PREFIX)/bin/comptoir
	ln -sf ../libexec/comptoir/comptoird $(D)$(PREFIX)/sbin/comptoird
	for m in $(notdir $(MAN)); do \
	    $(INSTALL) $(B)/man/$$m $(D)$(SHARE)/man/man$${m##*.}/$$m || exit 1; \
	done
	$(INSTALL) $(B)/locale/fr/LC_MESSAGES/comptoir.mo \
	    $(D)$(LOCALEDIR)/fr/LC_MESSAGES/comptoir.mo
	install -d $(D)$(SHARE)/comptoir
	cp -R $(B)/terminfo $(D)$(SHARE)/comptoir/
	install -d $(D)$(SHARE)/bash-completion/completions
	awk -v commands="$$($(B)/mantable names:words | sed \
	    "s/^report:.*/& $$(cd sql/report && echo *.sql | sed 's|[.]sql||g')/")" \
	    '{ sub(/@COMMANDS@/, commands) } 1' packaging/completion.bash \
	    >$(D)$(SHARE)/bash-completion/completions/comptoir
	$(INSTALL) README.md $(D)$(SHARE)/doc/comptoir/README.md
	$(INSTALL) LICENSE $(D)$(SHARE)/doc/comptoir/copyright
	install -d $(D)$(UNITS)
	sed 's|@SBINDIR@|$(PREFIX)/sbin|' 'packaging/comptoir@.service' \
	    >'$(D)$(UNITS)/comptoir@.service'
	$(INSTALL) packaging/sysctl.conf $(D)$(PREFIX)/lib/sysctl.d/60-comptoir.conf
	$(INSTALL) packaging/sysusers.conf $(D)$(PREFIX)/lib/sysusers.d/comptoir.conf
	$(INSTALL) packaging/tmpfiles.conf $(D)$(PREFIX)/lib/tmpfiles.d/comptoir.conf
	$(INSTALL) packaging/udev.rules $(D)$(PREFIX)/lib/udev/rules.d/60-comptoir.rules
	[ -e $(D)$(SYSCONFDIR)/default/comptoir ] || \
	    $(INSTALL) packaging/default $(D)$(SYSCONFDIR)/default/comptoir

# What install wrote; shops and /etc/default/comptoir stay.
uninstall:
	rm -rf $(D)$(LIBEXEC) $(D)$(SHARE)/comptoir $(D)$(SHARE)/doc/comptoir
	rm -f $(D)$(PREFIX)/bin/comptoir $(D)$(PREFIX)/sbin/comptoird
	for m in $(notdir $(MAN)); do \
	    rm -f $(D)$(SHARE)/man/man$${m##*.}/$$m; \
	done
	rm -f $(D)$(LOCALEDIR)/fr/LC_MESSAGES/comptoir.mo \
	    $(D)$(SHARE)/bash-completion/completions/comptoir \
	    '$(D)$(UNITS)/comptoir@.service' \
	    $(D)$(PREFIX)/lib/sysctl.d/60-comptoir.conf \
	    $(D)$(PREFIX)/lib/sysusers.d/comptoir.conf \
	    $(D)$(PREFIX)/lib/tmpfiles.d/comptoir.conf \
	    $(D)$(PREFIX)/lib/udev/rules.d/60-comptoir.rules
