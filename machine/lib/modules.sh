# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Building the modules of the tests against a kernel part.

MODULES=$TOP/tests/module

modules_inputs() {
	input_files "$MACHINE/lib/modules.sh" "$MODULES"
}

# modules_sign WORK KEYS OUT NAME KEY HASH [OPTION...]: one of them, by the kernel's own tool
modules_sign() {
	local work=$1 private=$2/private out=$3/imatee_victim.$4 key=$5 hash=$6
	shift 6
	cp "$work/module/imatee_victim.ko" "$out"
	"$work/object/scripts/sign-file" "$@" "$hash" "$private/$key.key" "$private/$key.pem" "$out"
}

# modules_build WORK KEYS OUT: for the kernel that WORK has been brought to.
modules_build() {
	local work=$1 keys=$2 out=$3 key
	sync_tree "$MODULES" "$work/module"
	linux_make "$work/source" "$work/object" M="$work/module" clean
	linux_make "$work/source" "$work/object" M="$work/module" modules
	cp "$work/module"/*.ko "$out/"
	modules_sign "$work" "$keys" "$out" signed ima-modsig sha256
	for key in ima-rsa2048 ima-rsa3072 ima-rsa4096 ima-p256 ima-p384 ima-p521 late-p256; do
		modules_sign "$work" "$keys" "$out" "$key-signed" $key sha512
		modules_sign "$work" "$keys" "$out" "$key-keyid-signed" $key sha384 -k
	done
}
