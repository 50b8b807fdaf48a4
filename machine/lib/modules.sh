# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Building the modules of the tests against a kernel part.

MODULES=$TOP/tests/module

modules_inputs() {
	input_files "$MACHINE/lib/modules.sh" "$MODULES"
}

# modules_build WORK KEYS OUT: for the kernel that WORK has been brought to. One of
# them is signed as well, by the kernel's own tool.
modules_build() {
	local work=$1 keys=$2 out=$3
	sync_tree "$MODULES" "$work/module"
	linux_make "$work/source" "$work/object" M="$work/module" clean
	linux_make "$work/source" "$work/object" M="$work/module" modules
	cp "$work/module"/*.ko "$out/"
	cp "$work/module/imatee_victim.ko" "$out/imatee_victim.signed"
	"$work/object/scripts/sign-file" sha256 "$keys/private/ima-modsig.key" \
		"$keys/private/ima-modsig.pem" "$out/imatee_victim.signed"
}
