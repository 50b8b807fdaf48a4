# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Building OP-TEE OS. All images are built in one object directory, one after
# the other, for they differ in nothing but the linked-in trusted applications.

# optee_make SOURCE OBJECT TARGET_OR_VARIABLE...
#
# CFG_CONCURRENT_SINGLE_INSTANCE_TA: without it one global lock serialises all
# single-instance TAs, and is held while one of them waits for tee-supplicant:
# a deadlock when that needs a file appraised.
# CFG_NUM_THREADS: a call that waits in an RPC keeps its thread; leave enough
# for every CPU and two more.
# CFG_PGT_CACHE_ENTRIES: page tables for what is mapped in calls; one call with a
# large buffer could otherwise take all and hold up the others.
# CFG_ENABLE_EMBEDDED_TESTS, CFG_WITH_STATS: pseudo-TAs for testers, which this
# platform has on by default and anybody could call.
# CFG_EARLY_TA: also with none to link in, so that images share their objects.
optee_make() {
	local source=$1 object=$2
	shift 2
	PYTHONDONTWRITEBYTECODE=1 make -C "$source" O="$object" -j"$JOBS" \
		PLATFORM=vexpress-qemu_armv8a \
		CROSS_COMPILE="$CROSS" CROSS_COMPILE64="$CROSS" PYTHON3=/usr/bin/python3 \
		CFG_ARM64_core=y CFG_USER_TA_TARGETS=ta_arm64 CFG_BUILD_IN_TREE_TA=n \
		CFG_ARM_GICV3=y CFG_CRYPTO_WITH_CE=y CFG_EARLY_TA=y \
		CFG_CONCURRENT_SINGLE_INSTANCE_TA=y CFG_NUM_THREADS=8 \
		CFG_PGT_CACHE_ENTRIES=64 CFG_ENABLE_EMBEDDED_TESTS=n CFG_WITH_STATS=n \
		TEE_IMPL_VERSION="$(optee_version "$source")" \
		CFG_TEE_CORE_LOG_LEVEL=2 CFG_TEE_TA_LOG_LEVEL=2 \
		TA_SIGN_KEY="$object.sign.pem" "$@"
}

# optee_version SOURCE: for TEE_IMPL_VERSION, which would otherwise come from the
# git repository that the source happens to lie in.
optee_version() {
	sed -n 's/^CFG_OPTEE_REVISION_M[A-Z]* ?= //p' "$1/mk/config.mk" | paste -sd. -
}

# optee_image SOURCE OBJECT KEYS OUT [TA...]: the image with those early TAs.
optee_image() {
	local source=$1 object=$2 keys=$3 out=$4 early=() ta
	shift 4
	copy_if_changed "$keys/private/ta-sign.pem" "$object.sign.pem"
	mkdir -p "$object.early"
	for ta; do
		copy_if_changed "$ta" "$object.early/$(basename "$ta")"
		early+=("$object.early/$(basename "$ta")")
	done
	optee_make "$source" "$object" EARLY_TA_PATHS="${early[*]}" all
	cp "$object"/core/tee-{header,pager,pageable}_v2.bin "$out/"
	# For addresses in a log; without sources, so it says functions only.
	cp "$object/core/tee.elf" "$out/"
}
