#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys, and the TEE was given up in the initramfs. Nothing verifies. With an
# argument, the TEE is open, too: then no other kernel is started beside it.
#
#	given-up.sh [kexec]
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite given-up

equal "state" dead "$(tee_state state)"
start_evm
nothing_verifies given-up
works "the machine goes on" sh -c 'true | cat'
[ $# != 0 ] || finish
# its signature is not asked for: KEXEC_KERNEL_CHECK is in no policy of this test
works "kexec loads a kernel" kexec -s -l /kernel/Image --append="$(cat /proc/cmdline)"
(finish)
sleep 2
kexec -e
