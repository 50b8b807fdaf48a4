# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# A step: runs in the background with its output in a log, shows that it is
# alive, and if it fails shows the end of the log and where the whole is.

STEP_TAIL=25
STEP_QUIET_SECONDS=30

# step_line NAME TEXT: a permanent line.
step_line() {
	[ -t 2 ] && printf '\r\033[K' >&2
	printf '  %-16s %s\n' "$1" "$2" >&2
}

# step_alive NAME START LOG: a passing line; without a terminal a plain one now
# and then.
step_alive() {
	local seconds=$((SECONDS - $2)) last width
	if [ -t 2 ]; then
		width=$(($(tput cols 2>/dev/null || echo 80) - 27))
		last=$(tail -c 400 "$3" 2>/dev/null | tr -cd '[:print:]\n' | grep . | tail -n 1)
		printf '\r\033[K  %-16s %s  %s' "$1" "$(elapsed $seconds)" "${last:0:width}" >&2
	elif [ $((seconds % STEP_QUIET_SECONDS)) -eq 0 ] && [ $seconds -gt 0 ]; then
		printf '  %-16s %s ...\n' "$1" "$(elapsed $seconds)" >&2
	fi
}

# step NAME LOG FUNCTION [ARG...]
step() {
	local name=$1 log=$2 start=$SECONDS pid status=0
	shift 2
	mkdir -p "$(dirname "$log")"
	[ -t 2 ] || printf '  %-16s ...\n' "$name" >&2
	# A process group of its own, so that an interrupt ends all of it.
	set -m
	(
		set -euo pipefail
		"$@"
	) >"$log" 2>&1 </dev/null &
	pid=$!
	set +m
	# shellcheck disable=SC2064 # this very process
	trap "kill -TERM -- -$pid 2>/dev/null; exit 130" INT TERM HUP
	while kill -0 "$pid" 2>/dev/null; do
		step_alive "$name" "$start" "$log"
		sleep 1
	done
	wait "$pid" || status=$?
	trap - INT TERM HUP
	if [ $status -ne 0 ]; then
		step_line "$name" "FAILED after $(elapsed $((SECONDS - start)))"
		tail -n $STEP_TAIL "$log" | sed 's/^/    | /' >&2
		say "    the whole log: $log"
		return 1
	fi
	step_line "$name" "done in $(elapsed $((SECONDS - start)))$(step_note "$log")"
}

# step_note LOG: what the step has to say to the user ("note: ..." lines).
step_note() {
	sed -n 's/^note: /, /p' "$1" | tr -d '\n'
}
