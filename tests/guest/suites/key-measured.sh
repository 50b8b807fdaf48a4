#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode full, imatee.seal=user, in the initramfs: keys that are added are measured, before
# the policy comes and after it, and what is refused is not.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
# shellcheck source=tests/guest/listlib.sh
. /tests/guest/listlib.sh
suite key-measured

# FILE
padd() {
	keyctl padd asymmetric "" "$(ring_serial .ima)" <"$1"
}

# NAME FILE: it is what the last entry has
is_last() {
	equal "$1" ".ima $(od -An -v -tx1 "$2" | tr -d ' \n')" \
		"$(tail -n 1 "$ASCII" | cut -d ' ' -f 5-)"
}

works "a key is added" padd $HELPERS/certs/added.der
equal "without a policy, it is not measured" 1 "$(count)"
load_policy "measure func=KEY_CHECK keyrings=.ima|.platform"
equal "then it is, after the built-in ones" 10 "$(count)"
is_last "it is the certificate" $HELPERS/certs/added.der
equal "the one of .platform is among them" \
	".platform $(od -An -v -tx1 $KEYS/platform-p256.der | tr -d ' \n')" \
	"$(grep -F ' ima-buf sha256:' "$ASCII" | cut -d ' ' -f 5- | grep '^\.platform ')"
entries "another one" 1 padd $KEYS/late-p256.der
is_last "it is that" $KEYS/late-p256.der
before=$(count)
refused "one of nobody" ENOKEY padd $KEYS/attacker-p256.der
equal "it is not measured" "$before" "$(count)"
finish
