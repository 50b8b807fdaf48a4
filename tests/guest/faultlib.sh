# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Helpers for the suites, in a test image, that have the TEE take no event.

# enum imatee_cmd, enum imatee_test_failure
MEASURE=16 BUSY=1 OUT_OF_MEMORY=2 FOREVER=4294967295
failure=$OUT_OF_MEMORY

# NUMBER: the next calls that measure something do nothing, and have no reply
fails_so_often() {
	"$HELPERS/teecall" fail $MEASURE "$failure" "$1" | grep -qx 'error 0' ||
		not_ok "the TEE is told to fail $1 times"
}

stat_of() {
	sed -n "s/^$1: //p" "$TEE/stats"
}

# EVENT [ERRNO]: it is not in the log, and nobody was denied anything
is_down() {
	equal "the state" dead "$(tee_state state)"
	equal "the state says why" "an event that nobody can deny could not be measured" \
		"$(tee_state reason)"
	matches "the kernel's log says which one" "$(dmesg)" "imatee: $1 could not be measured: -${2:-5}\$"
}
