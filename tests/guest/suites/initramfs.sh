#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys, imatee.seal=user, after a boot through the initramfs that suite
# "mkinitramfs" made: its certificates were given to the TEE, and it was sealed.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite initramfs

matches "the initramfs ran" "$(dmesg)" 'imatee: not added to evm: .*attacker\.der: '
equal "sealed" sealed "$(tee_state state)"
equal "by the hook, not by the time-out or switch-root" "sealed on request" \
	"$(tee_state reason)"
equal "seal, as the TEE says it" sealed "$(tee_state seal)"
matches "the key that the CA vouches for" "$(cat "$TEE/keys")" \
	"^ima +$(keyid late-p256) .* added "
equal "and no other" 1 "$(grep -c ' added ' "$TEE/keys")"

start
appraise_files
signed_file "$FILES/late" late-p256 evm-p256
works "a file signed with the added key is read" read_file "$FILES/late"
finish
