# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# wolfSSL for the trusted applications, with its assembly for AArch64: small/ for
# the keeper, fast/ for the verifiers.

part_needs="optee-devkit$part_for optee-source wolfssl-source"
part_platforms=y

part_inputs() {
	. "$MACHINE/lib/wolfssl.sh"
	wolfssl_inputs "${CROSS}gcc"
}

part_build() {
	. "$MACHINE/lib/wolfssl.sh"
	local kit kind ce
	kit=$(need "optee-devkit$part_for")
	# Instructions for hashes, if OP-TEE itself counts on them.
	mapfile -t ce < <(sed -n 's/^CFG_CRYPTO_WITH_\(CE\|CE82\)=/\1=/p' "$kit/host_include/conf.mk")
	for kind in small fast; do
		mkdir "$OUT/$kind"
		wolfssl_build "$(need wolfssl-source)/source" "$WORK" "$OUT/$kind" \
			CC="${CROSS}gcc" AR="${CROSS}ar" ARM64=y \
			OPTEE="$(need optee-source)/source" "${ce[@]}" \
			FAST="$([ $kind = small ] || echo y)" \
			CRYPTO_CFLAGS="-O2 -fpie -fstack-protector-strong -mstrict-align -nostdinc -isystem $kit/include -isystem $("${CROSS}gcc" -print-file-name=include)"
	done
}
