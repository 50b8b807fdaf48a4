# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# wolfSSL for the unit tests: in C alone, with ASan.

part_needs='wolfssl-source'

part_inputs() {
	. "$MACHINE/lib/crypto.sh"
	crypto_inputs cc
}

part_build() {
	. "$MACHINE/lib/crypto.sh"
	crypto_build "$(need wolfssl-source)/source" "$WORK" "$OUT" CC=cc \
		CRYPTO_CFLAGS="$CRYPTO_SANITIZE -fsanitize=address"
}
