# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Building the modules of the tests against a kernel part.

MODULES=$TOP/tests/attack/module

modules_inputs() {
	input_files "$MACHINE/lib/modules.sh" "$MODULES"
}

# modules_build WORK OUT: for the kernel that WORK has been brought to.
modules_build() {
	local work=$1 out=$2
	sync_tree "$MODULES" "$work/module"
	linux_make "$work/source" "$work/object" M="$work/module" clean
	linux_make "$work/source" "$work/object" M="$work/module" modules
	cp "$work/module"/*.ko "$out/"
}
