# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# What trusted applications are built with: OP-TEE's libraries and headers.

. "$MACHINE/lib/optee-patches.sh"
part_source=$(optee_source_part)
part_needs="keys $part_source"
part_work=optee${part_platform:+-$part_platform}
part_platforms=y

part_inputs() {
	. "$MACHINE/lib/optee.sh"
	optee_inputs
}

part_build() {
	. "$MACHINE/lib/optee.sh"
	optee_prepare "$(need "$part_source")/source" "$WORK/object" "$(need keys)"
	# Before anything is built for a configuration that is not fit.
	optee_make "$(need "$part_source")/source" "$WORK/object" "$WORK/object/conf.mk"
	platform_config_check "$WORK/object/conf.mk"
	optee_make "$(need "$part_source")/source" "$WORK/object" ta_dev_kit
	cp -a "$WORK/object/export-ta_arm64/." "$OUT/"
}
