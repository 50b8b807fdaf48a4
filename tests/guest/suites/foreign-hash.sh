#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode full, ima_hash=md4: the kernel has MD4, the TEE has not. Not even
# boot_aggregate could be measured, so nothing is that has to be.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite foreign-hash

equal "IMA has the hash" "" "$(dmesg | grep 'Allocating md4 failed')"
equal "the state" dead "$(tee_state state)"
equal "the state says why" "an event that nobody can deny could not be measured" \
	"$(tee_state reason)"
matches "the kernel's log says which, and ENOPKG" "$(dmesg)" \
	'imatee: boot_aggregate could not be measured: -65$'
start
load_policy "measure func=FILE_CHECK mask=MAY_READ fowner=6000"
echo content >"$FILES/measured"
chown 6000 "$FILES/measured"
signed_file "$FILES/signed" ima-p256 evm-p256
appraise_files
refused "a file that is to be measured" EACCES read_file "$FILES/measured"
equal "nothing is in the list" 0 "$(cat $SECFS/ima/runtime_measurements_count)"
works "a file that need not be" read_file "$HELPERS/hello"
refused "a signed file" EACCES read_file "$FILES/signed"
finish
