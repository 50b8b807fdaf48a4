# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The crypto libraries for the trusted applications, with wolfSSL's assembly for AArch64:
# small/ for the keeper, fast/ for the verifiers.

. "$MACHINE/lib/crypto.sh"
. "$MACHINE/lib/optee-patches.sh"
part_source=$(optee_source_part)
part_needs="optee-devkit$part_for $part_source $CRYPTO_SOURCES"
part_platforms=y

part_inputs() {
	crypto_inputs "${CROSS}gcc"
}

part_build() {
	local kit kind ce ce82
	kit=$(need "optee-devkit$part_for")
	# Instructions for hashes, if OP-TEE itself counts on them.
	ce=$(sed -n 's/^CFG_CRYPTO_WITH_CE=//p' "$kit/host_include/conf.mk")
	ce82=$(sed -n 's/^CFG_CRYPTO_WITH_CE82=//p' "$kit/host_include/conf.mk")
	for kind in small fast; do
		mkdir "$OUT/$kind"
		crypto_build "$WORK" "$OUT/$kind" CC="${CROSS}gcc" AR="${CROSS}ar" ARM64=y \
			OPTEE="$(need "$part_source")/source" CE="$ce" CE82="$ce82" \
			FAST="$([ $kind = small ] || echo y)" \
			CRYPTO_CFLAGS="-O2 -fpie -fstack-protector-strong -mstrict-align -nostdinc -isystem $kit/include -isystem $("${CROSS}gcc" -print-file-name=include)"
	done
}
