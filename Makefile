# SPDX-License-Identifier: GPL-2.0-or-later
#
#   make run		builds all, then the walk-through in the machine
#   make check		all tests
#   make shell		a root shell in the machine
#   make ta PLATFORM=X	trusted applications and OP-TEE for a board: docs/boards.md
#   make deb		Debian packages of tool, library and hooks: build/deb/
#   make verifier	imatee for this machine, to verify quotes with: build/verifier/imatee
#   make style unit fuzz	single suites (fuzz: SECONDS=60)
#   make xtest		OP-TEE's own regression suite, all of it
#   make bench		measures the modes (PAIRS=5 ENTRIES=1000000): build/bench.json
#   make bench-crypto	and crypto libraries in the TEE (ROUNDS=7): build/bench-crypto.json
#   make clean		deletes build/
#   make distclean	and the cache, downloads and test keys included
#
# What is built how: machine/parts/.

MAKEFLAGS += --no-print-directory
CACHE = $(or $(filter-out none,$(IMATEE_CACHE)),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/imatee)
SECONDS ?= 60
MODE ?= keys
PAIRS ?= 5
ENTRIES ?= 1000000
ROUNDS ?= 7

# What the walk-through needs, and what the tests need beyond that.
# The kernel takes longest, so it comes first.
PARTS = linux rootfs firmware modules tool
TEST_PARTS = firmware-test firmware-plain firmware-unpatched linux-stock modules-stock linux-forced \
	     deb initramfs initramfs-tools linux-debug modules-debug

.PHONY: all run check ta shell deb verifier style unit fuzz xtest bench bench-crypto clean distclean help

all:
	@machine/build $(PARTS)

help:
	@sed -n 's/^#   make/make/p; s/^# What is/What is/p' Makefile

run: all
	@tests/walkthrough/run

check:
	@machine/build $(PARTS) $(TEST_PARTS)
	@machine/suite

ta:
	@machine/board $(PLATFORM)

shell: all
	@machine/vm shell --no-build --mode $(MODE)

deb:
	@machine/build deb
	@ls -l build/deb/*.deb

# Needs libjansson-dev, libkeyutils-dev and libssl-dev, and no TEE.
verifier:
	@$(MAKE) -C lib TEEC=no O=$(CURDIR)/build/verifier/lib
	@$(MAKE) -C tools/imatee TEEC=no O=$(CURDIR)/build/verifier \
		LIB=$(CURDIR)/build/verifier/lib
	@ls -l build/verifier/imatee

style:
	@machine/style

unit:
	@$(MAKE) -C tests/unit check

fuzz:
	@$(MAKE) -C tests/fuzz fuzz SECONDS=$(SECONDS)

xtest: all
	@tests/xtest/run --all

bench: all
	@ENTRIES=$(ENTRIES) tests/bench/measure $(PAIRS)

bench-crypto: all
	@tests/bench/measure-crypto $(ROUNDS)

clean:
	rm -rf build

distclean: clean
	rm -rf "$(CACHE)"
