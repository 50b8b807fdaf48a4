# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The crypto libraries for the unit tests: in C alone, with ASan.

. "$MACHINE/lib/crypto.sh"
part_needs=$CRYPTO_SOURCES

part_inputs() {
	crypto_inputs cc
}

part_build() {
	crypto_build "$WORK" "$OUT" CC=cc CRYPTO_CFLAGS="$CRYPTO_SANITIZE -fsanitize=address"
}
