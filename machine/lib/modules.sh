# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Building the modules of the tests against a kernel part.

MODULES=$TOP/tests/attack/module

modules_inputs() {
	input_files "$MACHINE/lib/modules.sh" "$MACHINE/lib/linux.sh" "$MODULES"
}

# modules_build KERNEL_WORK KERNEL_DIR SOURCE KEYS WORK OUT: the object directory
# of a kernel serves one configuration at a time, so it is brought back to the
# wanted one if it has moved on.
modules_build() {
	local kernel=$1 dir=$2 source=$3 keys=$4 work=$5 out=$6
	if [ "$(cat "$kernel/built" 2>/dev/null)" != "$(basename "$dir")" ]; then
		[ "$source" != "$kernel/source" ] || linux_tree_patched "$(need linux-source)" "$source"
		rm -f "$kernel/built"
		linux_build "$source" "$kernel/object" "$keys" "$(linux_fragments)"
		basename "$dir" >"$kernel/built"
	fi
	sync_tree "$MODULES" "$work/module"
	linux_make "$source" "$kernel/object" M="$work/module" modules
	cp "$work/module"/*.ko "$out/"
}
