# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# What a build for a board takes from its user, by the environment:
#
# IMATEE_KEYS		the certificates; nothing else is built in
# ALLOW_NO_KEYS=y	even if there are none
# TA_SIGN_KEY		private RSA key (PEM) that signs trusted applications
# TA_PUBLIC_KEY		or only its public part, if somebody else signs
# OPTEE_ARGS		more make variables for OP-TEE, separated by blanks
# OPTEE_PATCHES		a directory of *.patch for OP-TEE, applied in order of name
# OPTEE_UNPATCHED	y: without those in optee/patches/

# board_inputs: for the key of a part.
board_inputs() {
	input_value "$part_platform" "${OPTEE_ARGS:-}"
}

# board_sign_inputs: the same, for parts that the signing key's public part is in.
board_sign_inputs() {
	[ -z "$part_platform" ] || board_public_key "$(need keys)"
}

# board_keys_check DIR: is there a certificate in it?
board_keys_check() {
	[ -d "$1" ] || die "IMATEE_KEYS: no directory $1"
	[ "${ALLOW_NO_KEYS:-}" = y ] || find -L "$1" -mindepth 2 -maxdepth 2 -type f \
		-regex '.*/\(ca\|ima\|evm\|platform\)/[^/]*\.\(pem\|der\)' | grep -q . ||
		die "$1 holds no certificate: the TEE would verify nothing. Set IMATEE_KEYS to" \
			"a directory as keys/README.md has it, or ALLOW_NO_KEYS=y if that is meant."
}

# board_sign_file: the file with the key that OP-TEE is to trust; /dev/null if it
# is this cache's own.
board_sign_file() {
	[ -z "${TA_SIGN_KEY:-}" ] || [ -z "${TA_PUBLIC_KEY:-}" ] ||
		die "both TA_SIGN_KEY and TA_PUBLIC_KEY are set: the public part is in the former"
	realpath -m -- "${TA_SIGN_KEY:-${TA_PUBLIC_KEY:-/dev/null}}"
}

# board_public_key KEYS: the public part of the signing key; KEYS is the part.
board_public_key() {
	local file in=()
	file=$(board_sign_file)
	[ "$file" != /dev/null ] || file=$1/private/ta-sign.pem
	[ -f "$file" ] || die "$file: no such file to take the TA signing key from"
	[ -z "${TA_PUBLIC_KEY:-}" ] || in=(-pubin)
	openssl rsa "${in[@]}" -in "$file" -passin pass: -pubout 2>/dev/null ||
		die "$file: not an RSA key without a passphrase, in PEM"
}

# board_sign_check SOURCE KEYS: is the signing key worth anything?
board_sign_check() {
	local public bits
	public=$(board_public_key "$2")
	bits=$(openssl rsa -pubin -noout -text <<<"$public" | sed -n 's/.*Public-Key: (\([0-9]*\) bit.*/\1/p')
	[ "$bits" -ge 2048 ] || die "the TA signing key has $bits bits: 2048 is the least"
	[ "$public" != "$(openssl rsa -in "$1/keys/default_ta.pem" -pubout 2>/dev/null)" ] ||
		die "this TA signing key is OP-TEE's published one: anybody can sign with it"
}

# board_sign_tas DEVKIT KEYS DIR: makes UUID.ta of each UUID.stripped.elf in DIR; with
# a public key only, UUID.dig to be signed elsewhere.
board_sign_tas() {
	local devkit=$1 key dir=$3 elf uuid action
	key=$(board_sign_file)
	[ "$key" != /dev/null ] || key=$2/private/ta-sign.pem
	for elf in "$dir"/*.stripped.elf; do
		uuid=$(basename "$elf" .stripped.elf)
		action=(sign-enc --key "$key" --out "$dir/$uuid.ta")
		[ -z "${TA_PUBLIC_KEY:-}" ] ||
			action=(digest --key "$key" --dig "$dir/$uuid.dig")
		/usr/bin/python3 "$devkit/scripts/sign_encrypt.py" "${action[@]}" \
			--uuid "$uuid" --in "$elf"
	done
}

# board_notes PLATFORM BUILD: what is known to be wrong with this OP-TEE there.
board_notes() {
	local source=$2/optee-source/source
	[ -z "${OPTEE_PATCHES:-}" ] || source=$2/optee-patched.$1/source
	if [ "$1" = rockchip-rk3588 ] && grep -q 'FIREWALL_DSU_RGN(i),' \
		"$source/core/arch/arm/plat-rockchip/platform_rk3588.c"; then
		say "warning: this OP-TEE opens TF-A's memory to the normal world: its firewall set-up"
		say "         for rk3588 lacks upstream's 95106bfaf88f; see docs/boards.md"
	fi
	[ -n "${TA_SIGN_KEY:-}${TA_PUBLIC_KEY:-}" ] ||
		say "note: signed with this cache's own key; set TA_SIGN_KEY for a product"
}
