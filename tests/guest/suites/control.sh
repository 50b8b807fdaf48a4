#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A debug kernel, faults made on purpose by the kernel's own test modules: what
# it would report, so that its silence elsewhere means something. The last fault
# ends the machine; the host looks for it in the log.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite control

matches "lockdep passes its self-test" "$(dmesg)" 'Good, all +[1-9][0-9]* testcases passed'
works "a module leaks" insmod /modules/kmemleak-test.ko
works "its memory has nothing that points to it" rmmod kmemleak_test
matches "kmemleak finds it" "$(leaks)" '^unreferenced object'
works "a module shifts by -1" insmod /modules/test_ubsan.ko
matches "UBSAN finds it" "$(dmesg)" 'UBSAN: shift-out-of-bounds'
matches "and an index beyond the array" "$(dmesg)" 'UBSAN: array-index-out-of-bounds'
finish
