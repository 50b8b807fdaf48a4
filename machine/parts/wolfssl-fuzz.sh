# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# wolfSSL for the fuzz targets: the same, and libFuzzer sees its branches.

part_needs='wolfssl-source'

part_inputs() {
	. "$MACHINE/lib/wolfssl.sh"
	wolfssl_inputs clang
}

part_build() {
	. "$MACHINE/lib/wolfssl.sh"
	wolfssl_build "$(need wolfssl-source)/source" "$WORK" "$OUT" CC=clang \
		CRYPTO_CFLAGS="$WOLFSSL_SANITIZE -fsanitize=fuzzer-no-link,address"
}
