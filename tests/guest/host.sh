# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Helpers for the scripts that boot the machine; $top is the top of the tree.
#
# IMATEE_VM	another command in the place of "machine/vm run"
# IMATEE_BUILD	another directory in the place of build/

build=${IMATEE_BUILD:-$top/build}
helpers=$build/tests

# What the tests add to the machine. With another machine it is there already.
# Suites that run side by side make it once.
build_helpers() {
	mkdir -p "$helpers"
	(
		flock 9
		make -s -C "$top/tests/guest" O="$helpers" >&2 || exit
		[ -n "${IMATEE_VM-}" ] ||
			"$top/machine/build" firmware linux rootfs modules tool >&2 || exit
		"$top/tests/guest/make-certs" "$build/keys/private" "$helpers/certs" >&2
	) 9>"$helpers/lock" || exit
}

# Which kernel: "stock" or "debug", else ours.
kind=

# ARGUMENT...: boot the machine with the tests, their programs and the keys
boot() {
	${IMATEE_VM:-"$top/machine/vm" run} --add "$top/tests/guest:/tests/guest" \
		--add "$top/tests/walkthrough:/tests/walkthrough" \
		--add "$top/tests/attack:/tests/attack" \
		--add "$top/tests/corpus:/tests/corpus" \
		--add "$helpers:/helpers" --add "$build/keys:/keys" \
		--add "$build/modules${kind:+-$kind}:/modules" "$@"
}

# Before the first "guest": somewhere to put what the guests say.
results() {
	tmp=$(mktemp -d) || exit
	trap 'rm -rf "$tmp"' EXIT INT TERM
	failed=0
}

# What the debug kernel says when it has found something.
REPORTS='BUG: |WARNING: |UBSAN: |KASAN: |blocked for more than|Kernel panic'
# A report that this boot is to end in; set by who wants one.
wanted=

# SUITES: in all of this boot, the debug kernel found nothing
silent() {
	tr -d '\r' <"$tmp/log/console.log" | grep -Ev "${wanted:-^\$}" >"$tmp/console"
	if ! grep -q 'Linux version .*-debug' "$tmp/console"; then
		echo "not ok - debug: $1: a debug kernel has booted"
		failed=1
	elif grep -E -A 60 "$REPORTS" "$tmp/console" >"$tmp/found"; then
		echo "not ok - debug: $1: the kernel has found nothing"
		head -n 150 "$tmp/found" | sed 's/^/# /'
		failed=1
	else
		echo "ok - debug: $1: the kernel has found nothing"
	fi
}

# SUITES VM-ARGUMENT... -- COMMAND...: one boot. A suite that ends before its end
# (a hang, a panic, a missing file) has failed, whatever it printed.
guest() {
	suites=$1
	shift
	rm -rf "$tmp/log"
	if [ "$kind" = debug ]; then
		set -- --kernel "$build/linux-debug/Image" --mem 2048 --timeout 2700 \
			--append panic_on_warn=1 --log "$tmp/log" "$@"
	fi
	begin=$(date +%s)
	boot --append ima_appraise=enforce --timeout 480 "$@" >"$tmp/out" 2>"$tmp/err"
	status=$?
	cat "$tmp/out"
	echo "# $suites: the boot took $(($(date +%s) - begin)) s"
	for suite in $suites; do
		[ "$kind" != debug ] || suite=$suite-debug
		if grep -qx "done - $suite" "$tmp/out"; then
			continue
		fi
		echo "not ok - $suite: runs to its end"
		echo "# exit status of the machine: $status"
		tail -n 15 "$tmp/err" | sed 's/^/# /'
		failed=1
	done
	if grep -q '^not ok' "$tmp/out"; then
		failed=1
		sed 's/^/# stderr: /' "$tmp/err" | tail -n 20
	fi
	[ "$kind" != debug ] || silent "$suites"
}
