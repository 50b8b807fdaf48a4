# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The trusted applications: keeper and verifier.

part_needs="keys optee-devkit$part_for crypto-ta$part_for"
part_platforms=y

part_inputs() {
	. "$MACHINE/lib/ta.sh"
	ta_inputs
}

part_build() {
	local keys
	. "$MACHINE/lib/ta.sh"
	keys=$(need keys)
	if [ -n "$part_platform" ]; then
		# A board has its own keys, and no test keys.
		. "$MACHINE/lib/board.sh"
		board_keys_check "$(ta_keys)"
		keys=$WORK/no-keys
		mkdir -p "$keys"/tee/{ca,ima,evm,platform,receipt}
	fi
	ta_build "$(need "optee-devkit$part_for")" "$(need "crypto-ta$part_for")" "$keys" \
		"$WORK" "$OUT" n
}
