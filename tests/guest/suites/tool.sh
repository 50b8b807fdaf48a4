#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys, after the seal: the tool imatee. What it prints with --json goes
# into the output behind "# json ", for tests/guest/json-check.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
. /tests/guest/toollib.sh
suite tool

p256=$(keyid ima-p256)
skid=$(openssl x509 -in "$KEYS/ima-p256.pem" -noout -ext subjectKeyIdentifier |
	tail -n 1 | tr -d ' ')
subject='O *= *imatee test, *CN *= *imatee test IMA P-256'

# FIELD: of "imatee status"
status_field() {
	imatee status | sed -n "s/^$1: *//p"
}

json status
equal "status: sealed" sealed "$(status_field seal)"
equal "status: boot id as the kernel has it" "$(tee_state boot_id)" "$(status_field 'boot id')"
matches "status: keys" "$(status_field keys)" '^10 \(ima 7, evm 2, platform 1; 32 fit into each\)$'
equal "status: mode" keys "$(status_field "kernel's mode")"
equal "status: one kernel" 1 "$(status_field 'kernels since reset')"
matches "status: keeper" "$(status_field keeper)" '^0\.[0-9.]+, interface 1\.[0-9]+$'

json version
matches "version: of the tool" "$(imatee version)" '^imatee 0\.[0-9.]+, interface 1\.'
matches "version: of the built-in certificates" "$(imatee version)" ' [0-9a-f]{64}$'

json keys list
imatee keys list >/tmp/list
equal "list: a head and a line for each key" 11 "$(wc -l </tmp/list)"
matches "list: a line" "$(cat /tmp/list)" \
	"^ima +1 +$p256 +ecdsa-p256 +256 +builtin +20[0-9]{2}-[0-9]{2}-[0-9]{2} +$subject\$"
equal "list: columns are aligned" 1 \
	"$(awk '{ print index($0, $3) }' /tmp/list | sed 1d | sort -u | wc -l)"
equal "list: the keys that the kernel got" "$(awk '{ print $1, $2 }' "$TEE/keys")" \
	"$(awk 'NR > 1 { print $1, $3 }' /tmp/list)"
json keys list --ring evm
equal "list: of one ring" "evm evm" "$(imatee keys list -r evm | awk 'NR > 1 { print $1 }' | xargs)"

for id in "$p256" "$(echo "$p256" | tr a-f A-F)" "$skid" "$(echo "$skid" | tr -d :)" ima:1; do
	matches "show: by $id" "$(imatee keys show "$id")" "^key id: +$p256\$"
done
matches "show: subject" "$(imatee keys show "$p256")" "^subject: +$subject\$"
matches "show: fingerprint" "$(imatee keys show "$p256" | tr -d :)" \
	"SHA-256 $(openssl dgst -sha256 -r "$KEYS/ima-p256.der" | cut -d ' ' -f 1)"
json keys show "$p256"
exits "show: unknown key" 1 "no such key" imatee keys show 01234567
exits "show: key of another ring" 1 "no such key" imatee keys show "$p256" --ring evm
exits "show: index behind the last key" 1 "no such key" imatee keys show ima:7
exits "show: not an id" 2 "is no key id" imatee keys show 0123456
exits "show: ring twice" 2 "not in the ring" imatee keys show ima:1 --ring evm
json keys show 01234567

imatee keys export "$p256" >/tmp/export.der
works "export: the certificate's bytes" cmp /tmp/export.der "$KEYS/ima-p256.der"
imatee keys export "$p256" --pem -o /tmp/export.pem
works "export: PEM to a file" cmp /tmp/export.pem "$KEYS/ima-p256.pem"
exits "export: no such directory" 9 "No such file" imatee keys export "$p256" -o /none/x
exits "export: full disk" 9 "No space left" sh -c "imatee keys export $p256 >/dev/full"
exits "list: full disk" 9 "No space left" sh -c "imatee keys list >/dev/full"
exits "export: unknown key" 1 "no such key" imatee keys export 01234567
json keys export "$p256"

exits "add: after the seal" 1 "the keys are sealed" imatee keys add "$KEYS/late-p256.der"
exits "add: PEM, to another ring" 1 "the keys are sealed" \
	imatee keys add --ring evm "$KEYS/late-p256.pem"
exits "add: no file" 9 "No such file" imatee keys add /none
exits "add: a directory" 9 "Is a directory" imatee keys add /tmp
dd if=/dev/zero of=/tmp/large bs=1k count=200 2>/dev/null
exits "add: a file of 200 KiB" 1 "16384 bytes" imatee keys add /tmp/large
exits "add: PEM without a certificate" 1 "no certificate in this PEM" \
	imatee keys add "$KEYS/late-p256.key"
json keys add "$KEYS/late-p256.der"
exits "seal: was sealed" 0 "sealed before" imatee seal
json seal

exits "diff: none on an honest machine" 0 "the 10 keys" imatee keys diff
json keys diff
exits "diff: of one ring" 0 "the 2 keys" imatee keys diff --ring evm
start_attack op=link ring=.ima cert="$KEYS/attacker-p256.der"
exits "diff: a key linked into .ima" 8 \
	"^in the kernel only +ima +serial [0-9]+ +.*attacker p256: [0-9a-f]+\$" imatee keys diff
json keys diff
equal "diff: and nothing else" 2 "$(imatee keys diff | wc -l)"
exits "diff: not in the other rings" 0 "no difference" imatee keys diff --ring evm
equal "list: shows what the TEE has" "$(cat /tmp/list)" "$(imatee keys list)"
stop_attack
exits "diff: none after the attack" 0 "no difference" imatee keys diff
start_attack op=swap ring=.ima id="$p256" cert="$KEYS/attacker-p256.der"
exits "diff: key material exchanged" 8 "^key material in the kernel +ima .*IMA P-256" \
	imatee keys diff
json keys diff
stop_attack

exits "usage: no command" 2 "no command" imatee
exits "usage: unknown command" 2 "no such command" imatee stats
exits "usage: half a command" 2 "no such command: keys" imatee keys
exits "usage: unknown option" 2 "unrecognized option" imatee status --jsn
exits "usage: option of another command" 2 "not for the command" imatee status --pem
exits "usage: unknown ring" 2 "no such ring" imatee keys list --ring imma
exits "usage: no operand" 2 "operand is wanted: ID" imatee keys show
exits "usage: two operands" 2 "operand is wanted: ID" imatee keys show 1 2
exits "help" 0 "^usage: imatee status" imatee --help
exits "help of a command" 0 "^usage: imatee keys export ID" imatee keys export --help

exits "nobody: may not open the TEE" 5 "run as root" as_nobody imatee status
chmod 666 /dev/tee0
exits "nobody: the TEE answers anyone who may open it" 0 "^seal: +sealed" \
	as_nobody imatee status
exits "nobody: does not see the kernel's keyrings" 5 "run as root" as_nobody imatee keys diff
exits "nobody: may not add" 5 "run as root" as_nobody imatee keys add /tmp/export.der
chmod 600 /dev/tee0
finish
