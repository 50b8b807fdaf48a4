#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The tool imatee without a keeper that answers: each command says why, with the
# exit status of its own.
#
#   tool-fails.sh NAME STATUS PATTERN
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
. /tests/guest/toollib.sh
suite "$1"

for command in status "keys list" "keys show 01234567" "keys export ima:0" \
	"keys add $KEYS/late-p256.der" "keys diff" "revoke $KEYS/late-p256.der" revoked \
	"log status" "log show" "log export" seal version; do
	# shellcheck disable=SC2086 # words of a command
	exits "$command" "$2" "$3" imatee $command
	# shellcheck disable=SC2086
	json $command
done
matches "version: tells that of the tool all the same" "$(imatee version 2>/dev/null)" \
	'^imatee 0\.'
finish
