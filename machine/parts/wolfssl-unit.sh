# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# wolfSSL for the unit tests: in C alone, with ASan.

part_needs='wolfssl-source'

part_inputs() {
	. "$MACHINE/lib/wolfssl.sh"
	wolfssl_inputs cc
}

part_build() {
	. "$MACHINE/lib/wolfssl.sh"
	wolfssl_build "$(need wolfssl-source)/source" "$WORK" "$OUT" CC=cc \
		CRYPTO_CFLAGS="$WOLFSSL_SANITIZE -fsanitize=address"
}
