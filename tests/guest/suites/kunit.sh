#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A kernel with CONFIG_IMATEE_KUNIT_TEST: what its own tests said at boot.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite kunit

dmesg >/tmp/dmesg
while read -r verdict name; do
	case $verdict in
	ok) ok "$name" ;;
	skip) skip "$name" "by the test itself" ;;
	*)
		not_ok "$name" "$(grep -A 6 -E "# ${name##* }: (EXPECTATION|ASSERTION) FAILED" \
			/tmp/dmesg | head -n 30)"
		;;
	esac
done <<END
$(awk -f /tests/guest/kunit.awk /tmp/dmesg)
END
finish
