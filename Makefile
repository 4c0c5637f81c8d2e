# SPDX-License-Identifier: GPL-3.0-or-later
#
# The whole build, in one file. `make help` lists the targets. Needs GNU make 4.3 or later.
# On a bare machine neither compiler nor pkg-config is there while this file is read: whatever asks them is
# a lazy variable, first expanded in a recipe, after `make deps` has run.

VERSION := $(shell sed -n 's/^\#define SG_VERSION "\(.*\)"/\1/p' include/skillgain/version.h)
VARIANT ?= release
BUILD_ROOT ?= build
PREFIX ?= /usr/local
DESTDIR ?=
BINDIR = $(PREFIX)/bin
DOCDIR = $(PREFIX)/share/doc/skillgain
TEST_JOBS ?= 2
WERROR ?= 0
V ?= 0
T ?=

VARIANTS := debug release asan tsan cov fuzz
ifeq ($(filter $(VARIANT),$(VARIANTS)),)
$(error VARIANT '$(VARIANT)' is none of: $(VARIANTS))
endif
ifeq ($(origin CC),default)
CC := $(if $(filter fuzz,$(VARIANT)),clang,gcc)
endif

MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.SECONDEXPANSION:
.SECONDARY:
.DEFAULT_GOAL := all
Q := $(if $(filter 1,$(V)),,@)
OUT := $(BUILD_ROOT)/$(VARIANT)
GEN := $(OUT)/gen
PROG := $(OUT)/skillgain
LIB := $(OUT)/libskillgain.a
jobs = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))
say = @printf '  %-6s %s\n' '$(1)' '$(2)'

# ---------------------------------------------------------------- sources
# The parts from the ground up; src/README.md says which may use which. All but cli are the library.
PARTS ?= base model config ingest store across stats cohort nrs analysis disclosure report batch
LIB_SRC := $(sort $(foreach part,$(PARTS),$(wildcard src/$(part)/*.c)))
CLI_SRC := $(sort $(wildcard src/cli/*.c))
SUPPORT_SRC := $(sort $(wildcard tests/support/*.c))
UNIT_SRC := $(sort $(if $(T),$(foreach t,$(T),$(wildcard tests/unit/test_$(t)*.c)),$(wildcard tests/unit/test_*.c)))
FUZZ_SRC := $(sort $(wildcard tests/fuzz/fuzz_*.c))
SAMPLE_SRC := $(sort $(wildcard sample-data/*.c))
SQL_FILES := $(sort $(wildcard sql/schema/*.sql sql/query/*.sql))
TEXT_FILES := $(sort $(shell find reports crosswalks -path reports/example -prune -o -type f ! -name '.*' -print 2>/dev/null) \
    $(wildcard tests/oracles/expected.json tests/oracles/data/*.csv))

objects = $(patsubst %.c,$(OUT)/obj/%.o,$(1))
GEN_H := $(GEN)/sql_catalog.h $(GEN)/text_catalog.h
LIB_OBJ := $(call objects,$(LIB_SRC)) $(OUT)/obj/gen/sql_catalog.o $(OUT)/obj/gen/text_catalog.o
UNIT_BIN := $(patsubst tests/unit/%.c,$(OUT)/unit/%,$(UNIT_SRC))
REPLAY_BIN := $(patsubst tests/fuzz/fuzz_%.c,$(OUT)/fuzz/replay_%,$(FUZZ_SRC))
FUZZ_BIN := $(patsubst tests/fuzz/%.c,$(OUT)/fuzz/%,$(FUZZ_SRC))
SAMPLE_BIN := $(if $(SAMPLE_SRC),$(OUT)/sample-generate)

# ---------------------------------------------------------------- flags
# once: the value is computed at its first use and kept.
once = $(eval $(1) := $(2))$($(1))
PKGS := sqlite3 gsl jansson yaml-0.1 libsodium libcrypto libxml-2.0 zlib libutf8proc xlsxwriter
PKG_CFLAGS = $(call once,PKG_CFLAGS,$(patsubst -I%,-isystem%,$(shell pkg-config --cflags $(PKGS))))
PKG_LIBS = $(call once,PKG_LIBS,$(shell pkg-config --libs $(PKGS)))
CMOCKA_LIBS = $(call once,CMOCKA_LIBS,$(shell pkg-config --libs cmocka))
IS_CLANG = $(call once,IS_CLANG,$(if $(findstring clang,$(shell $(CC) --version 2>&1)),yes,no))

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wformat=2 -Wmissing-prototypes \
    -Wstrict-prototypes -Wold-style-definition -Wcast-qual -Wcast-align -Wwrite-strings -Wundef -Wvla -Wswitch-enum \
    -Wdouble-promotion -Wnull-dereference -Wpointer-arith
GCC_WARNINGS := -Wjump-misses-init -Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wformat-signedness \
    -Warith-conversion
STANDARD := -std=c17 -D_POSIX_C_SOURCE=200809L -fno-common -ffp-contract=off
HARDENING := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fPIE \
    $(if $(filter x86_64 i686,$(shell uname -m)),-fcf-protection)
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

CFLAGS_debug := -O0 -g3
CFLAGS_release := -O2 -g $(HARDENING)
CFLAGS_asan := -O1 -g $(SANITIZE)
CFLAGS_tsan := -O1 -g -fsanitize=thread -fno-omit-frame-pointer
CFLAGS_cov := -O0 -g --coverage
CFLAGS_fuzz := -O1 -g $(SANITIZE) -fsanitize=fuzzer-no-link
LDFLAGS_release := -pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack
LDFLAGS_asan := $(SANITIZE)
LDFLAGS_tsan := -fsanitize=thread
LDFLAGS_cov := --coverage
LDFLAGS_fuzz := $(SANITIZE)

STRICT = $(WARNINGS) $(if $(filter no,$(IS_CLANG)),$(GCC_WARNINGS)) $(if $(filter 1,$(WERROR)),-Werror)
INCLUDES = -Iinclude -Isrc -Itests -I$(OUT) $(PKG_CFLAGS)
ALL_CFLAGS = $(STANDARD) $(STRICT) -pthread $(INCLUDES) $(CFLAGS_$(VARIANT)) $(CPPFLAGS) $(CFLAGS)
ALL_LDFLAGS = -pthread $(LDFLAGS_$(VARIANT)) -Wl,--as-needed $(LDFLAGS)
LIBS = $(PKG_LIBS) -lcsv -lm

# ---------------------------------------------------------------- the program
.PHONY: all help deps deps-lint demo test test-asan test-full check check-build unit sample fuzz fuzz-replay lint \
    lint-tidy format coverage golden-accept bench bench-null bench-coverage install uninstall dist clean FORCE
all: $(PROG) ## the program, build/release/skillgain

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 18
	@echo '  print-NAME      a variable of this file; VARIANT=$(subst $() ,|,$(VARIANTS)), V=1, WERROR=1, CC, CFLAGS,'
	@echo '                  PREFIX, DESTDIR, BUILD_ROOT and, for make unit, T="base stats" are honoured'

$(PROG): $(call objects,$(CLI_SRC)) $(LIB)
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(LIB): $(LIB_OBJ) $(OUT)/lib.list
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $(LIB_OBJ)

$(OUT)/obj/%.o: %.c $(OUT)/flags.list | $(GEN_H)
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(OUT)/obj/gen/%.o: $(GEN)/%.c $(OUT)/flags.list
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# What a target depends on beyond files: rewritten only when it changed, so that nothing is rebuilt in vain.
LIST_flags = $(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS)
LIST_lib = $(LIB_OBJ)
LIST_sql = $(SQL_FILES)
LIST_text = $(TEXT_FILES)
$(OUT)/%.list: FORCE | $(OUT)/probe.ok
	@printf '%s\n' '$(LIST_$*)' > $@.new; if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

# What is missing is told in plain words before a compiler can speak of it.
$(OUT)/probe.ok: build-aux/probe.sh Makefile
	@mkdir -p $(@D)
	@sh build-aux/probe.sh '$(CC)' $(PKGS)
	@touch $@

# ---------------------------------------------------------------- texts and queries made part of the program
$(OUT)/embed: src/tools/embed.c $(OUT)/flags.list
	$(call say,CC,$<)
	$(Q)$(CC) $(STANDARD) $(STRICT) -O1 -g -o $@ $<

$(GEN)/sql_catalog.c $(GEN)/sql_catalog.h &: $(OUT)/embed $(OUT)/sql.list $(SQL_FILES)
	$(call say,EMBED,sql)
	@mkdir -p $(GEN)
	$(Q)$(OUT)/embed sql $(GEN) $(SQL_FILES)

$(GEN)/text_catalog.c $(GEN)/text_catalog.h &: $(OUT)/embed $(OUT)/text.list $(TEXT_FILES)
	$(call say,EMBED,texts)
	@mkdir -p $(GEN)
	$(Q)$(OUT)/embed text $(GEN) $(TEXT_FILES)

# ---------------------------------------------------------------- tests
# tests/unit/test_x.c is one binary; a long one has its further sources in tests/unit/test_x/. Those of cli link its objects,
# main and the commands apart, which stand before the library whatever their place among the prerequisites.
$(filter $(OUT)/unit/test_cli_%,$(UNIT_BIN)): $(call objects,$(filter-out src/cli/main.c src/cli/cmd_%,$(CLI_SRC)))
$(OUT)/unit/%: $(OUT)/obj/tests/unit/%.o $$(call objects,$$(wildcard tests/unit/$$*/*.c)) $(call objects,$(SUPPORT_SRC)) $(LIB)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $(filter %.o,$^) $(LIB) $(CMOCKA_LIBS) $(LIBS)

$(OUT)/fuzz/replay_%: $(OUT)/obj/tests/fuzz/fuzz_%.o $(OUT)/obj/tests/fuzz/driver.o $(LIB)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(OUT)/fuzz/fuzz_%: $(OUT)/obj/tests/fuzz/fuzz_%.o $(LIB)
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)

$(OUT)/sample-generate: $(call objects,$(SAMPLE_SRC))
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ -lm

RUN_TESTS = SKILLGAIN='$(abspath $(PROG))' SG_BUILD='$(abspath $(OUT))' TEST_JOBS=$(TEST_JOBS) bash tests/run.sh
check-build: $(PROG) $(UNIT_BIN) $(REPLAY_BIN) $(SAMPLE_BIN)
check: check-build ## the tests, of one VARIANT, nothing installed
	@$(RUN_TESTS) unit $(UNIT_BIN) e2e $(sort $(wildcard tests/e2e/*.sh)) fuzz $(REPLAY_BIN)
unit: $(UNIT_BIN) ## the unit tests alone; T=stats: those of one part
	@$(RUN_TESTS) unit $(UNIT_BIN)
fuzz-replay: $(REPLAY_BIN) ## the fuzzers' corpus, once through
	@$(RUN_TESTS) fuzz $(REPLAY_BIN)

# ---------------------------------------------------------------- what people type
deps: ## install by apt what is missing
	@bash build-aux/deps.sh build
deps-lint: ## the same for make lint and make fuzz
	@bash build-aux/deps.sh build lint

demo: deps ## a night on the sample data: a draft and an edition in build/demo
	+@$(MAKE) --no-print-directory $(jobs) all
	@bash build-aux/demo.sh '$(PROG)' '$(BUILD_ROOT)/demo'

test: deps ## everything that is tested in minutes
	+@$(MAKE) --no-print-directory $(jobs) check-build
	+@$(MAKE) --no-print-directory check
test-asan: deps ## the same under ASan and UBSan
	+@$(MAKE) --no-print-directory $(jobs) VARIANT=asan check-build
	+@$(MAKE) --no-print-directory VARIANT=asan check
test-full: deps ## and what takes longer
	+@$(MAKE) --no-print-directory $(jobs) check-build
	@$(RUN_TESTS) unit $(UNIT_BIN) e2e $(sort $(wildcard tests/e2e/*.sh)) fuzz $(REPLAY_BIN) \
	    full $(sort $(wildcard tests/full/*.sh))

sample: $(SAMPLE_BIN) ## the generator of sample data, as build/release/sample-generate
fuzz: ## the fuzzers, with clang, in build/fuzz/fuzz
	+@$(MAKE) --no-print-directory VARIANT=fuzz $(patsubst $(OUT)/%,$(BUILD_ROOT)/fuzz/%,$(FUZZ_BIN))
coverage: deps ## lines and branches run by the tests, by part
	+@$(MAKE) --no-print-directory $(jobs) VARIANT=cov check-build
	@find $(BUILD_ROOT)/cov -name '*.gcda' -delete
	+@$(MAKE) --no-print-directory VARIANT=cov check
	@bash build-aux/coverage.sh '$(BUILD_ROOT)/cov'

C_FILES = $(shell find include src tests sample-data -name '*.[ch]' | LC_ALL=C sort)
lint: $(GEN_H) ## the house rules
	@CC='$(CC)' HEADER_CFLAGS='$(ALL_CFLAGS) -Werror' bash tests/lint/run.sh layers sql functions words headers format
lint-tidy: $(GEN_H) ## clang-tidy, slower
	@TIDY_CFLAGS='$(STANDARD) $(WARNINGS) $(INCLUDES)' TEST_JOBS=$(TEST_JOBS) bash tests/lint/run.sh tidy
format: ## clang-format, in place
	clang-format -i $(C_FILES)

script = @if [ -x '$(1)' ]; then $(RUN_ENV) '$(1)'; else echo "make $@: this tree has no $(1)" >&2; exit 1; fi
RUN_ENV = SKILLGAIN='$(abspath $(PROG))' SG_BUILD='$(abspath $(OUT))'
golden-accept: $(PROG) ## take the present outputs as the expected ones
	$(call script,tests/golden/accept.sh)
bench: $(PROG) $(SAMPLE_BIN) $(OUT)/bench_cohort $(OUT)/bench_stats ## the benchmarks
	$(call script,tests/bench/run.sh)
$(OUT)/bench_%: $(OUT)/obj/tests/bench/%.o $(LIB)
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)
# The coverage study: the generator's learners, without its own program and tally.
COVERAGE_OBJ := $(call objects,tests/bench/coverage_states.c tests/bench/coverage_draw.c \
    $(filter-out %/generate.c %/generate_tally.c,$(SAMPLE_SRC)))
$(OUT)/obj/tests/bench/coverage_draw.o: CPPFLAGS += -Isample-data
$(OUT)/bench_coverage_states: $(COVERAGE_OBJ) $(LIB)
	$(call say,LD,$@)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)
bench-coverage: $(OUT)/bench_coverage_states ## states with a planted difference: do the intervals cover it?
	@$(OUT)/bench_coverage_states
bench-null: $(OUT)/bench_null_states ## states in which IET changes nothing: do the intervals cover zero?
	@$(OUT)/bench_null_states

install: $(PROG) ## into DESTDIR, PREFIX
	install -d '$(DESTDIR)$(BINDIR)' '$(DESTDIR)$(DOCDIR)'
	install -m 755 $(PROG) '$(DESTDIR)$(BINDIR)/skillgain'
	install -m 644 README.md LICENSE '$(DESTDIR)$(DOCDIR)'
	install -d '$(DESTDIR)$(DOCDIR)/crosswalks'
	install -m 644 $(wildcard crosswalks/*.yaml) crosswalks/instruments.csv '$(DESTDIR)$(DOCDIR)/crosswalks'
uninstall: ## and out again
	rm -f '$(DESTDIR)$(BINDIR)/skillgain' '$(DESTDIR)$(DOCDIR)/README.md' '$(DESTDIR)$(DOCDIR)/LICENSE'
	rm -rf '$(DESTDIR)$(DOCDIR)/crosswalks'
	-rmdir '$(DESTDIR)$(DOCDIR)'
dist: ## the committed tree as a tar file
	@mkdir -p $(BUILD_ROOT)
	git archive --format=tar.gz --prefix=skillgain-$(VERSION)/ -o $(BUILD_ROOT)/skillgain-$(VERSION).tar.gz HEAD
clean: ## what was built
	rm -rf $(foreach variant,$(VARIANTS) demo clang,'$(BUILD_ROOT)/$(variant)') '$(BUILD_ROOT)/skillgain-$(VERSION).tar.gz'
print-%:
	@printf '%s\n' '$* = $($*)'

-include $(wildcard $(patsubst %.o,%.d,$(LIB_OBJ) $(call objects,$(CLI_SRC) $(SUPPORT_SRC) $(UNIT_SRC) $(FUZZ_SRC) \
    $(SAMPLE_SRC) $(wildcard tests/unit/*/*.c tests/fuzz/driver.c))))
