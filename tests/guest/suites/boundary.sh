#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys: what user space gets when it speaks to the trusted applications
# itself. The numbers are those of enum imatee_error.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite boundary

OK=0 MALFORMED=1 NO_HELLO=2 VERSION=3 UNKNOWN_COMMAND=4 NOT_PERMITTED=7
BAD_RING=8 SEALED=20 NO_KEY=40 LOG_MISMATCH=83

teecall() {
	"$HELPERS/teecall" "$@"
}

# FIELD ARGUMENT...: of the reply
reply() {
	field=$1
	shift
	teecall "$@" | sed -n "s/^$field //p"
}

equal "hello" $OK "$(reply error hello 2)"
equal "hello, next major version" $VERSION "$(reply error hello 3)"
equal "hello, major version of before" $VERSION "$(reply error hello 1)"
equal "hello, major version 0" $VERSION "$(reply error hello 0)"
equal "no hello" $NO_HELLO "$(reply error status-without-hello)"
equal "status" $OK "$(reply error status)"
equal "status with a trailing byte" $MALFORMED "$(reply error status-trailing)"
equal "unknown command" $UNKNOWN_COMMAND "$(reply error unknown)"
equal "panic is for test images" $UNKNOWN_COMMAND "$(reply error panic)"

equal "status: boot id as the kernel has it" "$(tee_state boot_id)" "$(reply boot_id status)"
equal "status: sealed" 2 "$(reply seal status)"
equal "status: one attach" 1 "$(reply attach_count status)"
equal "status: no test image" 0 "$(reply flags status)"
equal "status: keys" "10 ima 7 evm 2 platform 1" "$(reply keys status)"
equal "status: the kernel's mode" 1 "$(reply mode status)"

p256=$(keyid ima-p256)
equal "key by id" $OK "$(reply error key-get 1 "$p256")"
equal "key by id: the id" "$p256" "$(reply keyid key-get 1 "$p256")"
equal "key by id: an uncompressed point" 65 "$(reply pubkey_len key-get 1 "$p256")"
equal "key of another ring" $NO_KEY "$(reply error key-get 2 "$p256")"
equal "unknown key" $NO_KEY "$(reply error key-get 1 "$(keyid late-p256)")"
equal "no ring 0" $BAD_RING "$(reply error key-get 0 "$p256")"
equal "no ring 4" $BAD_RING "$(reply error key-get 4 "$p256")"
equal "describe" $OK "$(reply error key-describe 1 "$p256")"
equal "export" $OK "$(reply error key-export 1 "$p256")"

equal "seal is the kernel's" $NOT_PERMITTED "$(reply error seal)"
equal "attach is the kernel's" $NOT_PERMITTED "$(reply error attach 0)"
equal "attaches are still one" 1 "$(reply attach_count status)"
before=$(reply refused_writes status)
equal "add a key the CA signed" $SEALED "$(reply error key-add 1 "$KEYS/late-p256.der")"
equal "add an attacker's key" $SEALED "$(reply error key-add 1 "$KEYS/attacker-p256.der")"
equal "refused writes are counted" $((before + 2)) "$(reply refused_writes status)"
equal "keys are as they were" "10 ima 7 evm 2 platform 1" "$(reply keys status)"

equal "measuring is the kernel's" $NOT_PERMITTED "$(reply error measure)"
equal "the key for tickets is the verifiers'" $NOT_PERMITTED "$(reply error ticket-key)"
equal "the keeper does not hash in blocks" $UNKNOWN_COMMAND "$(reply error hash)"
equal "anyone asks how the log is" $OK "$(reply error log-status)"
equal "and in mode keys there is nothing in it" 0 "$(reply entries log-status)"
equal "anyone reads the log" $OK "$(reply error log-read)"
equal "anyone checks records" $LOG_MISMATCH "$(reply error log-check)"

matches "the kernel's login is not for user space" "$(teecall --kernel-login status)" \
	'^errno 1 |^tee_result 0xffff0001'
matches "the verifier is the kernel's" "$(teecall --verifier status)" \
	'^tee_result 0xffff0001 |^error 7$'
matches "and hashes for nobody else" "$(teecall --verifier hash)" \
	'^tee_result 0xffff0001 |^error 7$'

n=0
while [ $n -lt 40 ]; do
	teecall status >/dev/null &
	n=$((n + 1))
done
wait
equal "after 40 clients at once it still answers" $OK "$(reply error status)"
start
appraise_files
signed_file "$FILES/good" ima-p256 evm-p256
works "and signed files are read" read_file "$FILES/good"
finish
