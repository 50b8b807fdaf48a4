# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Test keys and certificates, and the key that signs trusted applications: made
# at random for this cache, so that nobody else's are of any use.

part_needs=''

part_inputs() {
	input_files "$MACHINE/make-keys"
}

part_build() {
	"$MACHINE/make-keys" "$OUT"
	chmod 700 "$OUT"
	sha256sum <"$OUT/private/ca.pem" >"$OUT/.identity"
}
