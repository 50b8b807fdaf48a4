#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode full, in a test image: after the keeper has panicked, what must be measured is
# denied.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite unmeasured

LIST=$SECFS/ima/ascii_runtime_measurements

start
load_policy "measure func=FILE_CHECK mask=MAY_READ fowner=6000"
for name in before after other; do
	seq 1 1000 >"$FILES/$name"
	chown 6000 "$FILES/$name"
done
seq 1 100000 >"$FILES/long"
chown 6000 "$FILES/long"
works "a file that is measured" read_file "$FILES/before"
count=$(wc -l <"$LIST")
"$HELPERS/teecall" panic >/dev/null
equal "the state" dead "$(tee_state state)"
refused "a file that cannot be measured" EACCES read_file "$FILES/after"
refused "and again" EACCES read_file "$FILES/after"
refused "a long one" EACCES read_file "$FILES/long"
works "one that was measured before" read_file "$FILES/before"
works "one that need not be" read_file "$HELPERS/hello"
refused "the list, which nobody can check any more" EIO read_file "$LIST"
matches "there was one" "$count" '^[1-9]'
finish
