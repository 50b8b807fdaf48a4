# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Helpers for the scripts that boot the machine; $top is the top of the tree.
#
# IMATEE_VM	another command in the place of "machine/vm run"
# IMATEE_BUILD	another directory in the place of build/

build=${IMATEE_BUILD:-$top/build}
helpers=$build/tests

build_helpers() {
	make -s -C "$top/tests/guest" O="$helpers" >&2 || exit
}

# ARGUMENT...: boot the machine with the tests, their programs and the keys
boot() {
	${IMATEE_VM:-"$top/machine/vm" run} --add "$top/tests/guest:/tests/guest" \
		--add "$top/tests/walkthrough:/tests/walkthrough" \
		--add "$top/tests/attack:/tests/attack" \
		--add "$top/tests/corpus:/tests/corpus" \
		--add "$helpers:/helpers" --add "$build/keys:/keys" \
		--add "$build/modules${stock:+-stock}:/modules" "$@"
}
