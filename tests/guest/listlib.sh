# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Helpers for the suites that look at the list of measurements; the last of them are for
# those that have the tool.

ASCII=$SECFS/ima/ascii_runtime_measurements
BINARY=$SECFS/ima/binary_runtime_measurements
COUNT=$SECFS/ima/runtime_measurements_count

# FILE SIZE OWNER: a file of that many bytes, the same each time
file() {
	rm -f "$1"
	seq 1 1000000 | head -c "$2" >"$1"
	chown "$3" "$1"
}

count() {
	cat "$COUNT"
}

# NAME ENTRIES COMMAND...: it works, and adds that many entries
entries() {
	_name=$1 _wanted=$2
	shift 2
	_before=$(count)
	if ! "$@" >/tmp/entries.log 2>&1; then
		not_ok "$_name: $*" "$(cat /tmp/entries.log)"
		return
	fi
	equal "$_name" "$_wanted" $(($(count) - _before))
}

# FIELD: of "imatee log status"
log_field() {
	imatee log status | sed -n "s/^$1: *//p"
}

# List and PCRs, in the form and with the names that evmctl wants.
export_all() {
	imatee log export -o /tmp/list --pcrs sha1,/tmp/pcrs-1 --pcrs sha256,/tmp/pcrs-256
}

# LIST [OPTION...]
evmctl_takes() {
	_list=$1
	shift
	quiet_evmctl ima_measurement --pcrs sha1,/tmp/pcrs-1 --pcrs sha256,/tmp/pcrs-256 \
		"$@" "$_list"
}

# NAME: with all digests
same_text() {
	for bank in sha1 sha256 sha384; do
		imatee log show --bank $bank >/tmp/shown
		works "show: $1: the kernel's text, $bank" cmp /tmp/shown "${ASCII}_$bank"
	done
}
