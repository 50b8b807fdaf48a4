# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Patches for OP-TEE's source: ours, and the user's for a board.

# optee_source_part: the part whose source OP-TEE is built from.
optee_source_part() {
	if [ -n "$part_platform" ] && [ -n "${OPTEE_PATCHES:-}" ]; then
		echo "optee-patched.$part_platform"
	elif [ -n "$part_platform" ] && [ "${OPTEE_UNPATCHED:-}" = y ]; then
		echo optee-source
	else
		echo optee-patched
	fi
}

# optee_patch SOURCE: ours. imatee runs without them, so another release of OP-TEE,
# which they do not fit, is used as it is, and the build says so.
optee_patch() {
	local patch
	for patch in "$TOP"/optee/patches/*.patch; do
		echo "patch $(basename "$patch")"
		patch -d "$1" -p1 --fuzz=0 --force --dry-run <"$patch" || {
			echo "note: without $(basename "$patch"), which does not fit this OP-TEE"
			continue
		}
		patch -d "$1" -p1 --fuzz=0 --force --no-backup-if-mismatch <"$patch"
	done
}

# optee_patch_user SOURCE: all in the directory OPTEE_PATCHES, or none of this is built.
optee_patch_user() {
	local patch
	compgen -G "$OPTEE_PATCHES/*.patch" >/dev/null ||
		die "OPTEE_PATCHES: no *.patch in $OPTEE_PATCHES"
	for patch in "$OPTEE_PATCHES"/*.patch; do
		echo "patch $(basename "$patch")"
		patch -d "$1" -p1 --no-backup-if-mismatch --forward <"$patch" ||
			die "OPTEE_PATCHES: $patch does not apply to this OP-TEE, which has ours" \
				"(optee/patches/): OPTEE_UNPATCHED=y leaves those out"
	done
}
