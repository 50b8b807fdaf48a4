# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# wolfSSL for the fuzz targets: the same, and libFuzzer sees its branches.

part_needs='wolfssl-source'

part_inputs() {
	. "$MACHINE/lib/crypto.sh"
	crypto_inputs clang
}

part_build() {
	. "$MACHINE/lib/crypto.sh"
	crypto_build "$(need wolfssl-source)/source" "$WORK" "$OUT" CC=clang \
		CRYPTO_CFLAGS="$CRYPTO_SANITIZE -fsanitize=fuzzer-no-link,address"
}
