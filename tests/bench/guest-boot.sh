#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# How long this boot took. guestlib.sh says what the lines are.
#
#	guest-boot.sh ALGORITHM		what the rows call it
# shellcheck source=tests/bench/guestlib.sh
. /tests/bench/guestlib.sh

boot_times "$1"
echo "done - bench"
