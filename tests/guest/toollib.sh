# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Helpers for the suites of the tool imatee.

# NAME STATUS PATTERN COMMAND...: the exit status, and a line of the output that
# an extended regular expression matches
exits() {
	_name=$1 _want=$2 _pattern=$3
	shift 3
	_out=$("$@" 2>&1 </dev/null)
	_got=$?
	if [ "$_got" != "$_want" ]; then
		not_ok "$_name" "exit status $_got, not $_want: $*" "$_out"
	elif ! printf '%s\n' "$_out" | grep -Eq -e "$_pattern"; then
		not_ok "$_name" "no line matches: $_pattern" "$_out"
	else
		ok "$_name: exit status $_want"
	fi
}

# ARGUMENT...: what imatee prints with --json, on one line, for the host to judge
json() {
	_out=$(imatee --json "$@" 2>/dev/null </dev/null | tr '\n' ' ')
	echo "# json $suite: $* = $_out"
}

# COMMAND...
as_nobody() {
	busybox su -s /bin/sh nobody -c '"$0" "$@"' "$@"
}

# FILE OWNER: a file that has never been measured
new_file() {
	echo "$1 $(cat /proc/uptime)" >"$1"
	chown "$2" "$1"
}

# FILE OWNER
measured() {
	new_file "$1" "$2" && cat "$1" >/dev/null
}

# FILE OFFSET: /tmp/changed, the same with the byte there changed
change() {
	cp "$1" /tmp/changed
	_byte=$(dd if="$1" bs=1 skip="$2" count=1 2>/dev/null | od -An -tu1 | tr -d ' ')
	# shellcheck disable=SC2059 # the format is the octal byte
	printf "$(printf '\\%03o' $((_byte ^ 1)))" |
		dd of=/tmp/changed bs=1 seek="$2" conv=notrunc 2>/dev/null
}
