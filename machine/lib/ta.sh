# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Building the trusted applications for OP-TEE.

TA_TREES=(ta abi tools/keytab)

# ta_keys: the directory of the user's certificates for the keeper.
ta_keys() {
	printf '%s\n' "${IMATEE_KEYS:-$TOP/keys}"
}

ta_inputs() {
	local tree
	input_files "$MACHINE/lib/ta.sh" "$(ta_keys)"
	for tree in "${TA_TREES[@]}"; do
		input_files "$TOP/$tree"
	done
	input_tools "${CROSS}gcc" "${CROSS}ld"
}

# ta_build DEVKIT CRYPTO KEYS WORK OUT TEST_IMAGE
ta_build() {
	local devkit=$1 crypto=$2 keys=$3 work=$4 out=$5 test_image=$6 tree file
	[ -d "$(ta_keys)" ] || die "IMATEE_KEYS: no directory $(ta_keys)"
	for tree in "${TA_TREES[@]}"; do
		[ ! -d "$TOP/$tree" ] || sync_tree "$TOP/$tree" "$work/tree/$tree"
	done
	# The test keys and the user's, in one place. All of the user's: what does not
	# belong there is for keytab to say.
	rm -rf "$work/keys.new"
	cp -r "$keys/tee" "$work/keys.new"
	while read -r file; do
		[ ! -e "$work/keys.new/$file" ] ||
			die "$(ta_keys)/$file: a test key has this name; rename the file"
		mkdir -p "$work/keys.new/$(dirname "$file")"
		cp "$(ta_keys)/$file" "$work/keys.new/$file"
	done < <(cd "$(ta_keys)" && find -L . -type f ! -name '.*' ! -path ./README.md)
	sync_tree "$work/keys.new" "$work/keys"
	make -C "$work/tree/ta/optee" TA_DEV_KIT_DIR="$devkit" CROSS_COMPILE="$CROSS" \
		CRYPTO_DIR="$crypto" O="$work/object" KEYS_DIR="$work/keys" IMATEE_TEST_IMAGE="$test_image" \
		PYTHON3=/usr/bin/python3 -j"$JOBS"
	cp "$work/object/"*.stripped.elf "$out/"
}
