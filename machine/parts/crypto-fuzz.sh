# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The crypto libraries for the fuzz targets: the same, and libFuzzer sees their branches.

. "$MACHINE/lib/crypto.sh"
part_needs=$CRYPTO_SOURCES

part_inputs() {
	crypto_inputs clang
}

part_build() {
	crypto_build "$WORK" "$OUT" CC=clang \
		CRYPTO_CFLAGS="$CRYPTO_SANITIZE -fsanitize=fuzzer-no-link,address"
}
