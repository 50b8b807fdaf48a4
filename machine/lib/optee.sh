# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Building OP-TEE OS. All images for a platform, of one source, are built in one object
# directory, one after the other, for they differ in nothing but the linked-in trusted
# applications.

. "$MACHINE/lib/platform.sh"
. "$MACHINE/lib/board.sh"
. "$MACHINE/lib/optee-patches.sh"

# optee_part SOURCE [TA]: makes the part that is loaded one of images, of the source of part
# SOURCE and with the trusted applications of part TA.
optee_part() {
	optee_source=$1 optee_ta=${2:-}
	part_needs="keys $optee_source $optee_ta"

	part_inputs() {
		optee_inputs
		board_sign_inputs
	}

	part_build() {
		local tas=()
		[ -z "$optee_ta" ] || tas=("$(need "$optee_ta")"/*.stripped.elf)
		optee_image "$(need "$optee_source")/source" "$WORK/object" "$(need keys)" \
			"$OUT" "${tas[@]}"
	}
}

optee_inputs() {
	input_files "$MACHINE/lib/optee.sh"
	input_value "$(platform_required)" "$(platform_args "${part_platform:-$REFERENCE_PLATFORM}")"
	input_tools "${CROSS}gcc" "${CROSS}ld"
	[ -z "$part_platform" ] || board_inputs
}

# optee_args: the platform's make variables, and the user's.
optee_args() {
	echo "$(platform_required) $(platform_args "${part_platform:-$REFERENCE_PLATFORM}")" \
		"${part_platform:+${OPTEE_ARGS:-}}"
}

# optee_prepare SOURCE OBJECT KEYS: OP-TEE takes the public part of the signing key; the
# private one stays where it is.
optee_prepare() {
	local source=$1 object=$2 keys=$3 made_from
	made_from="$source $(optee_args)"
	if [ -n "$part_platform" ]; then
		board_public_key "$keys" >"$object.sign.new"
	else
		openssl rsa -in "$keys/private/ta-sign.pem" -pubout -out "$object.sign.new"
	fi
	copy_if_changed "$object.sign.new" "$object.sign.pem"
	# Not everything that variables change is known to OP-TEE's makefiles; nor that a
	# file of another source is another one, if it is older than the object.
	if [ "$(cat "$object.made-from" 2>/dev/null)" != "$made_from" ]; then
		rm -rf "$object"
	fi
	printf '%s\n' "$made_from" >"$object.made-from"
}

# optee_make SOURCE OBJECT TARGET_OR_VARIABLE...
# TA_PUBLIC_KEY is the user's in the environment: OP-TEE must not take it from
# there, even if it is set and empty. With OP-TEE's default, -Os, its memset() goes
# byte by byte, also over the page of tables that it clears when it enters a TA.
optee_make() {
	local source=$1 object=$2 platform=${part_platform:-$REFERENCE_PLATFORM} args
	shift 2
	read -rd '' -a args < <(optee_args) || true
	PYTHONDONTWRITEBYTECODE=1 make -C "$source" O="$object" -j"$JOBS" \
		PLATFORM="$platform" \
		CROSS_COMPILE="$CROSS" CROSS_COMPILE64="$CROSS" PYTHON3=/usr/bin/python3 \
		CFG_ARM64_core=y CFG_USER_TA_TARGETS=ta_arm64 CFG_BUILD_IN_TREE_TA=n \
		TEE_IMPL_VERSION="$(optee_version "$source")" \
		CFG_CC_OPT_LEVEL=2 CFG_TEE_CORE_LOG_LEVEL=2 CFG_TEE_TA_LOG_LEVEL=2 \
		TA_SIGN_KEY="$object.sign.pem" TA_PUBLIC_KEY="$object.sign.pem" "${args[@]}" "$@"
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
	optee_prepare "$source" "$object" "$keys"
	mkdir -p "$object.early"
	for ta; do
		copy_if_changed "$ta" "$object.early/$(basename "$ta")"
		early+=("$object.early/$(basename "$ta")")
	done
	optee_make "$source" "$object" EARLY_TA_PATHS="${early[*]}" all
	# Which of them the boot loader takes is the platform's custom.
	cp "$object"/core/tee{,-raw,-header_v2,-pager_v2,-pageable_v2}.bin "$out/"
	# For addresses in a log; without sources, so it says functions only.
	cp "$object/core/tee.elf" "$object/conf.mk" "$out/"
}
