# backprop: a debugger for backpropagation.
#
#   make               build ./backprop             make deps           install what building needs
#   make run           the first lesson, live       make deps test      install what testing needs, test
#   make test          every test, this build       make test-all       with and without Readline
#   make lint          warnings are errors          make memcheck       the transcripts under valgrind
#   make coverage      lines reached by the tests   make fuzz TIME=60   random input, sanitized
#   make bench         speed, against its limits    make levels         the same digits everywhere
#   make install       PREFIX=/usr/local DESTDIR=
#
#   MODE=release|debug|sanitize   READLINE=auto|yes|no   WERROR=1   CC= CPPFLAGS= CFLAGS= LDFLAGS=

VERSION := 0.1
MODE ?= release
READLINE ?= auto
PREFIX ?= /usr/local
TIME ?= 60

.DEFAULT_GOAL := all

ifneq ($(filter deps,$(MAKECMDGOALS)),)

# What gets installed decides what is found below: install first, then begin anew.
OTHERS := $(filter-out deps,$(MAKECMDGOALS))
SETS := build \
	$(if $(filter test% unit transcripts terminal memcheck coverage bench,$(OTHERS)),test) \
	$(if $(filter lint memcheck fuzz,$(OTHERS)),develop)
deps:
	@scripts/deps $(SETS)
$(firstword $(OTHERS)): deps
	@$(MAKE) --no-print-directory $(OTHERS)
$(wordlist 2,$(words $(OTHERS)),$(OTHERS)): $(firstword $(OTHERS))
	@:
.PHONY: deps $(OTHERS)

else

# --- what to build with

ifneq ($(READLINE),no)
FOUND_READLINE := $(shell \
	if pkg-config --exists readline 2>/dev/null; then pkg-config --cflags --libs readline; \
	else $(CC) $(CPPFLAGS) $(CFLAGS) -include stdio.h -include readline/readline.h \
		-fsyntax-only -x c /dev/null 2>/dev/null && echo -lreadline; fi)
ifeq ($(READLINE)$(FOUND_READLINE),yes)
$(error Readline was not found (Debian: libreadline-dev): `make deps` installs it)
endif
endif

FOUND_CMARK := $(or $(shell pkg-config --cflags --libs libcmark 2>/dev/null),-lcmark)

BUILD := build/$(MODE)$(if $(FOUND_READLINE),,-plain)
OTHER_INPUT := $(addprefix src/shell/,\
	$(if $(FOUND_READLINE),input_plain.c,input_readline.c completion.c))
SOURCES := $(filter-out $(OTHER_INPUT),$(wildcard src/*/*.c))
TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(wildcard tests/unit/*_test.c))
YARDSTICKS := $(patsubst tests/bench/%.c,$(BUILD)/tests/bench/%,$(wildcard tests/bench/*_bench.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
LIBRARY := $(filter-out $(BUILD)/src/shell/main.o,$(OBJECTS))
TRAINING := $(filter-out $(patsubst %,$(BUILD)/src/engine/%.o,dataset% classifier diagnosis facts record score sums),\
	$(filter $(BUILD)/src/base/% $(BUILD)/src/engine/%,$(OBJECTS)))
TOOLS := $(patsubst %.c,$(BUILD)/%.o,$(wildcard scripts/*.c $(foreach d,fuzz bench levels,tests/$d/*.c)))

# An enum names whole numbers here, and these may meet a double as any int.
WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wno-enum-float-conversion -Wshadow -Wstrict-prototypes \
	$(if $(WERROR),-Werror)
STRICTER := -Wmissing-prototypes -Wold-style-definition -Wvla -Wundef -Wpointer-arith -Wcast-qual \
	-Wwrite-strings -Wformat-security -Wimplicit-fallthrough -Wnull-dereference
FLAGS_release := -O3
FLAGS_debug := -O0 -g3
FLAGS_sanitize := -O1 -g -fno-omit-frame-pointer \
	-fsanitize=address,undefined -fno-sanitize-recover=undefined
FLAGS_coverage := -O0 -g --coverage
FLAGS_fuzz := $(FLAGS_sanitize) -fsanitize=fuzzer-no-link
FLAGS_lint-gcc := -O2 $(STRICTER) -Wlogical-op -Wduplicated-cond -Wduplicated-branches \
	-Wjump-misses-init
FLAGS_lint-clang := -O2 $(STRICTER) -Wunreachable-code -Wassign-enum \
	-Wconditional-uninitialized -Wshorten-64-to-32
ifeq ($(FLAGS_$(MODE)),)
$(error MODE=$(MODE) is none of release, debug, sanitize)
endif

FOUND_FLAGS := $(filter -D% -I%,$(FOUND_CMARK)) $(filter -I%,$(FOUND_READLINE))
# Same digits everywhere: no fused multiply-add, whatever CFLAGS say.
COMPILE = $(CC) -std=c17 -D_GNU_SOURCE -DVERSION=\"$(VERSION)\" $(FOUND_FLAGS) \
	-Isrc $(WARNINGS) $(FLAGS_$(MODE)) $(CPPFLAGS) $(CFLAGS) -ffp-contract=off -fno-fast-math -fno-math-errno
LINK = $(CC) $(FLAGS_$(MODE)) $(CFLAGS) $(LDFLAGS)
LIBS = -lcsv $(filter-out -D% -I%,$(FOUND_CMARK) $(FOUND_READLINE)) -lm
CHECK = $(shell pkg-config --libs check 2>/dev/null || echo -lcheck -lm -lpthread)

# --- building

all: $(BUILD)/backprop
	@[ "$$(readlink backprop)" = $< ] || ln -sfn $< backprop
backprop: all
objects: $(OBJECTS) $(TESTS:%=%.o) $(TOOLS)
	@:

$(BUILD)/backprop: $(OBJECTS) $(BUILD)/link.flags
	@$(LINK) -o $@ $(OBJECTS) $(LIBS)
	@echo 'built ./backprop ($(MODE), $(if $(FOUND_READLINE),with,without) Readline)'
$(BUILD)/%.o: %.c $(BUILD)/compile.flags | build/found/csv build/found/cmark
	@mkdir -p $(@D)
	@$(COMPILE) -MMD -MP -c -o $@ $<
$(TESTS:=.o): | build/found/check
$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(LIBRARY) $(BUILD)/link.flags
	@$(LINK) -o $@ $< $(LIBRARY) $(LIBS) $(CHECK)
$(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(LIBRARY) $(BUILD)/link.flags
	@$(LINK) -fsanitize=fuzzer -o $@ $< $(LIBRARY) $(LIBS)
$(BUILD)/tests/bench/%: $(BUILD)/tests/bench/%.o $(LIBRARY) $(BUILD)/link.flags
	@$(LINK) -o $@ $< $(LIBRARY) $(LIBS) $(PEER)
$(BUILD)/tests/bench/fann_bench: PEER = $(shell \
	$(CC) -include doublefann.h -fsyntax-only -x c /dev/null 2>/dev/null && echo -ldoublefann)
$(BUILD)/tests/levels/%: $(BUILD)/tests/levels/%.o $(TRAINING) $(BUILD)/link.flags
	@$(LINK) -o $@ $< $(TRAINING) $(LIBS)
$(BUILD)/scripts/%: $(BUILD)/scripts/%.o $(LIBRARY) $(BUILD)/link.flags
	@$(LINK) -o $@ $< $(LIBRARY) $(LIBS)

# Objects are made anew when the command line that makes them changes.
$(BUILD)/compile.flags: LINE = $(COMPILE)
$(BUILD)/link.flags: LINE = $(LINK) $(LIBS) $(OBJECTS)
$(BUILD)/%.flags: FORCE
	@mkdir -p $(@D)
	@echo '$(LINE)' | cmp -s - $@ || echo '$(LINE)' >$@

# Asked once, before the first object, so that what is missing is said in one line.
build/found/csv: MISSING = libcsv was not found (Debian: libcsv-dev): `make deps` installs it
build/found/cmark: MISSING = libcmark was not found (Debian: libcmark-dev): `make deps` installs it
build/found/check: MISSING = Check was not found (Debian: check): `make deps test` installs it
build/found/%:
	@$(CC) $(FOUND_FLAGS) $(CPPFLAGS) $(CFLAGS) -include stdio.h -include $*.h -fsyntax-only -x c /dev/null \
		2>/dev/null || { echo '$(MISSING)' >&2; exit 1; }
	@mkdir -p $(@D) && touch $@

# --- running and testing

LESSON := lessons/01-nine-derivatives.md
run: all
	@if [ -t 0 ] && [ -t 1 ]; then $(BUILD)/backprop -i $(LESSON); else $(BUILD)/backprop $(LESSON); fi

# A locale with a decimal comma, for the tests that must not be impressed by one.
LOCALE := build/locale/de_DE.UTF-8
$(LOCALE):
	@mkdir -p $(@D)
	@localedef -i de_DE -f UTF-8 $@ 2>/dev/null || echo 'no decimal-comma locale (Debian: locales)'
unit transcripts terminal memcheck: export LOCPATH := $(CURDIR)/build/locale
# Scripts read and print UTF-8, whatever the locale is.
export PYTHONUTF8 := 1

# All parts, even when one fails; Check's closing line comes last.
test:
	@failed=0; \
	$(MAKE) --no-print-directory --keep-going layers levels transcripts terminal lessons readme-check || failed=1; \
	$(MAKE) --no-print-directory unit || failed=1; exit $$failed
unit: $(TESTS) $(LOCALE)
	@scripts/unit $(TESTS)
transcripts: all $(LOCALE)
	@scripts/transcripts $(BUILD)/backprop
terminal: all $(LOCALE)
	@python3 tests/terminal/run.py $(BUILD)/backprop
lessons: all
	@$(BUILD)/backprop --check $(wildcard lessons/*.md lessons/*.bp)
readme: $(BUILD)/scripts/manual
	@scripts/readme $<
readme-check: $(BUILD)/scripts/manual
	@scripts/readme --check $<
layers: $(OBJECTS)
	@scripts/layers $(BUILD)
levels: $(BUILD)/tests/levels/levels
	@CC='$(CC)' MAKE='$(MAKE)' scripts/levels $<
test-all:
	@$(MAKE) --no-print-directory test READLINE=yes
	@$(MAKE) --no-print-directory test READLINE=no

NEED_CLANG = command -v clang >/dev/null || \
	{ echo '$@ needs clang: `make deps $@` installs it' >&2; exit 1; }
lint:
	@$(NEED_CLANG)
	@$(MAKE) --no-print-directory objects layers MODE=lint-gcc WERROR=1
	@$(MAKE) --no-print-directory objects MODE=lint-clang WERROR=1 CC=clang
	@scripts/lint
memcheck: all $(LOCALE)
	@scripts/transcripts --valgrind $(BUILD)/backprop
coverage:
	@$(MAKE) --no-print-directory objects MODE=coverage
	@find build/coverage* -name '*.gcda' -delete
	@$(MAKE) --no-print-directory unit transcripts MODE=coverage
	@scripts/coverage build/coverage*/src
FUZZERS := $(patsubst %,build/fuzz-plain/tests/fuzz/%_fuzz,session lesson formula)
fuzz:
	@$(NEED_CLANG)
	@$(MAKE) --no-print-directory $(FUZZERS) MODE=fuzz READLINE=no CC=clang
	@scripts/fuzz $(TIME) $(FUZZERS)
bench: all $(YARDSTICKS)
	@scripts/bench $(BUILD)/backprop

# --- installing

MANUAL := $(addprefix $(BUILD)/manual/,backprop.1 backprop.bash _backprop)
$(MANUAL): $(BUILD)/scripts/manual
	@mkdir -p $(@D)
	@$< $(@F) >$@
BIN := $(DESTDIR)$(PREFIX)/bin
SHARE := $(DESTDIR)$(PREFIX)/share
BASH := $(SHARE)/bash-completion/completions
ZSH := $(SHARE)/zsh/site-functions
# In quotes, as folders may have blanks in their names; for everybody to read, whatever the umask is.
install: all $(MANUAL)
	@umask 022; mkdir -p '$(BIN)' '$(SHARE)/man/man1' '$(BASH)' '$(ZSH)' '$(SHARE)/backprop/lessons/data'
	@install -m 755 $(BUILD)/backprop '$(BIN)/backprop'
	@install -m 644 $(BUILD)/manual/backprop.1 '$(SHARE)/man/man1/backprop.1'
	@install -m 644 $(BUILD)/manual/backprop.bash '$(BASH)/backprop'
	@install -m 644 $(BUILD)/manual/_backprop '$(ZSH)/_backprop'
	@install -m 644 $(wildcard lessons/*.*) '$(SHARE)/backprop/lessons'
	@install -m 644 $(wildcard lessons/data/*.*) '$(SHARE)/backprop/lessons/data'
	@echo 'installed $(BIN)/backprop'
uninstall:
	@rm -f '$(BIN)/backprop' '$(SHARE)/man/man1/backprop.1' '$(BASH)/backprop' '$(ZSH)/_backprop'
	@rm -rf '$(SHARE)/backprop'
clean:
	@rm -rf build backprop

.SECONDARY:
.DELETE_ON_ERROR:
.PHONY: FORCE all backprop objects run test unit transcripts terminal lessons readme readme-check layers levels test-all lint \
	memcheck coverage fuzz bench install uninstall clean
-include $(OBJECTS:.o=.d) $(TESTS:=.d) $(TOOLS:.o=.d)

endif
