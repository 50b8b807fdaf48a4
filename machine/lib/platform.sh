# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# OP-TEE's platforms: what imatee needs of every one, and what some need beside it.

# The reference machine's.
REFERENCE_PLATFORM=vexpress-qemu_armv8a

# For eight calls at once, one for each verifier that the kernel opens at most, and
# two more.
BOARD_THREADS=10

# platform_required: make variables that have these values on every platform.
#
# CFG_CONCURRENT_SINGLE_INSTANCE_TA: without it one global lock serialises all
# single-instance TAs, and is held while one of them waits for tee-supplicant:
# a deadlock when that needs a file appraised.
# CFG_ENABLE_EMBEDDED_TESTS, CFG_WITH_STATS: pseudo-TAs for testers, which some
# platforms have on by default and anybody could call.
# CFG_CORE_PREALLOC_EL0_TBLS: OP-TEE 4.10 does not clear these page tables. What was in
# the memory before, a heap of a trusted application for one, would be entries of them.
# CFG_EARLY_TA: also with none to link in, so that images share their objects.
platform_required() {
	echo CFG_CONCURRENT_SINGLE_INSTANCE_TA=y CFG_ENABLE_EMBEDDED_TESTS=n \
		CFG_WITH_STATS=n CFG_CORE_PREALLOC_EL0_TBLS=n CFG_EARLY_TA=y
}

# platform_args PLATFORM: what PLATFORM is built with beside that. Later ones win.
#
# CFG_NUM_THREADS: a call that waits in an RPC keeps its thread; leave enough
# for every CPU and two more.
# CFG_PGT_CACHE_ENTRIES: page tables for what is mapped in calls; one call with a
# large buffer could otherwise take all and hold up the others.
# CFG_TEE_RAM_VA_SIZE: the trusted applications are part of OP-TEE's image, and the
# verifier brings 1.1 MiB of tables; 2 MiB in all is the usual limit.
# CFG_EARLY_TA_COMPRESS: most of the verifier is tables of random bits, of which
# compression spares a sixth; each session of a verifier would unpack it anew at boot.
# CFG_TEE_CORE_DEBUG: without assertions and checks of locks OP-TEE's part of a call
# takes a third of the instructions; and with them comes CFG_UNWIND, against which
# OP-TEE warns for what ships: its core would walk a trusted application's stack.
# CFG_CORE_HEAP_SIZE: every session takes from it, and these platforms have less than
# the reference machine.
# CFG_CRYPTO_WITH_CE: where every core of the platform has these instructions;
# CFG_CRYPTO_WITH_CE82: and those of ARMv8.2, for SHA-512.
# CFG_WITH_SOFTWARE_PRNG: rk3588 has a generator in hardware, but OP-TEE 4.10 would
# seed one in software with the time since reset.
# CFG_RK_SECURE_BOOT: a pseudo-TA that writes fuses for whoever calls it.
platform_args() {
	echo CFG_PGT_CACHE_ENTRIES=64 CFG_TEE_RAM_VA_SIZE=0x00400000 CFG_EARLY_TA_COMPRESS=n \
		CFG_TEE_CORE_DEBUG=n
	case $1 in
	"$REFERENCE_PLATFORM") echo CFG_NUM_THREADS=8 CFG_ARM_GICV3=y CFG_CRYPTO_WITH_CE82=y ;;
	*) echo CFG_NUM_THREADS=$BOARD_THREADS ;;
	esac
	case $1 in
	rockchip-rk3588)
		echo CFG_CORE_HEAP_SIZE=131072 CFG_CRYPTO_WITH_CE=y CFG_WITH_SOFTWARE_PRNG=n \
			CFG_RK_SECURE_BOOT=n
		;;
	k3-*) echo CFG_CORE_HEAP_SIZE=131072 CFG_CRYPTO_WITH_CE=y ;;
	esac
}

# platform_list SOURCE: the platforms that this OP-TEE has, without their flavors.
platform_list() {
	find "$1/core/arch/arm" -maxdepth 1 -name 'plat-*' -printf '%f\n' | sed 's/^plat-//' | sort
}

# platform_check SOURCE PLATFORM: is there such a platform? OP-TEE's own build
# says whether it has the flavor, which is what follows the dash.
platform_check() {
	if ! [[ $2 =~ ^[a-z0-9_]+(-[A-Za-z0-9_]+)?$ && -d $1/core/arch/arm/plat-${2%%-*} ]]; then
		die "PLATFORM=$2: this OP-TEE has no such platform. It has, each with flavors" \
			"behind a dash: $(platform_list "$1" | paste -sd' ')"
	fi
}

# platform_config_check CONF: does OP-TEE's resulting configuration (conf.mk) hold
# what is required, whatever the platform or the user set?
platform_config_check() {
	local want have cores threads
	for want in $(platform_required); do
		have=$(sed -n "s/^${want%%=*}=//p" "$1")
		# What is off is not in the file.
		[ "${have:-n}" = "${want#*=}" ] ||
			die "imatee needs OP-TEE with $want; this configuration has ${want%%=*}=${have:-n}"
	done
	cores=$(sed -n 's/^CFG_TEE_CORE_NB_CORE=//p' "$1")
	threads=$(sed -n 's/^CFG_NUM_THREADS=//p' "$1")
	[ "$threads" -ge $((cores + 2)) ] ||
		die "CFG_NUM_THREADS=$threads for $cores cores: imatee needs two more than cores;" \
			"set it in OPTEE_ARGS"
}
