# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# wolfSSL for the trusted applications, with its assembly for AArch64.

part_needs="optee-devkit$part_for wolfssl-source"
part_platforms=y

part_inputs() {
	. "$MACHINE/lib/wolfssl.sh"
	wolfssl_inputs "${CROSS}gcc"
}

part_build() {
	. "$MACHINE/lib/wolfssl.sh"
	local kit ce
	kit=$(need "optee-devkit$part_for")
	# SHA-2 instructions, if OP-TEE itself counts on them.
	ce=$(sed -n 's/^CFG_CRYPTO_WITH_CE=//p' "$kit/host_include/conf.mk")
	wolfssl_build "$(need wolfssl-source)/source" "$WORK" "$OUT" \
		CC="${CROSS}gcc" AR="${CROSS}ar" ARM64=y CE="$ce" \
		CRYPTO_CFLAGS="-O2 -fpie -fstack-protector-strong -mstrict-align -nostdinc -isystem $kit/include -isystem $("${CROSS}gcc" -print-file-name=include)"
}
