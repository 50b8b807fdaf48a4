#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The lists of measurements, for tests/guest/same-lists on the host.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
# shellcheck source=tests/guest/listlib.sh
. /tests/guest/listlib.sh
suite "lists-$(mode)"

equal "as many lines as are counted" "$(count)" "$(wc -l <"$ASCII")"
for list in "$SECFS"/ima/*_runtime_measurements_*; do
	echo "# list ${list##*/} $(base64 -w 0 <"$list")"
done
finish
