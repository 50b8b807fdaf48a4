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
matches "status: keeper" "$(status_field keeper)" '^0\.[0-9.]+, interface 2\.[0-9]+$'

json version
matches "version: of the tool" "$(imatee version)" '^imatee 0\.[0-9.]+, interface 2\.'
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

# Whoever has a key may have lines in /proc/keys: its description is shown as it is.
key=$(keyctl rlist %keyring:.ima | cut -d ' ' -f 1)
name=$(keyctl rdescribe "$key" | sed 's/^[^;]*;[^;]*;[^;]*;[^;]*;//')
others=$(keyctl newring others @u)
keyctl padd asymmetric "" "$others" <"$KEYS/late-p256.der" >/dev/null
forged=$(keyctl add user "x
$(printf '%08x I--Q---     1 perm 3f3f0000     0     0 keyring   .ima: 1' "$others")" y @u)
matches "diff: a line of somebody's is in /proc/keys" "$(cat /proc/keys)" \
	"^$(printf %08x "$others") .* keyring +\.ima: 1"
exits "diff: and his keyring is not .ima" 0 "the 10 keys" imatee keys diff
keyctl invalidate "$forged"
forged=$(keyctl add user "x
$(printf '%08x I------     1 perm 1f030000     0     0 asymmetri %s: TEE.rsa []' "$key" "$name")" y @u)
exits "diff: a key with two lines, one of which is somebody's" 8 \
	"^key material in the kernel +ima " imatee keys diff
keyctl invalidate "$forged"
# it stands in the file until the kernel has collected it
tries=100
while grep -q ' TEE\.rsa \[\]: 1$' /proc/keys && [ $tries -gt 0 ]; do
	tries=$((tries - 1))
	sleep 0.1
done
exits "diff: none when they are gone" 0 "the 10 keys" imatee keys diff
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

# There is a log in mode full only: see log.sh.
for command in status show export; do
	exits "log $command: in mode keys" 1 "kernel's mode is keys, boot with imatee.mode=full" \
		imatee log $command
done
json log status
json log show

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
request "$(tbs_of ima-p384)"
chmod 644 /tmp/request
exits "nobody: may not revoke" 5 "run as root" as_nobody imatee revoke /tmp/request
exits "nobody: sees what is revoked" 0 "^Nothing is revoked" as_nobody imatee revoked
chmod 600 /dev/tee0

# --- from here on keys are revoked; what does not belong to that goes above
json revoked
# NAME PATTERN: /tmp/request is refused, and that is all
no_revocation() {
	_before=$(imatee revoked)
	exits "revoke: $1" 1 "$2" imatee revoke /tmp/request
	equal "revoke: $1: nothing changed" "$_before" "$(imatee revoked)"
}
good="-signer $KEYS/ca.pem -inkey $KEYS/ca.key"
signer_options="-binary -nodetach -noattr -signer $KEYS/attacker-p256.pem -inkey $KEYS/attacker-p256.key"
request "$(tbs_of ima-p384)"
no_revocation "signed by a stranger" "signer is no authority"
json revoke /tmp/request
signer_options="-binary -nodetach $good"
request "$(tbs_of ima-p384)"
no_revocation "with signed attributes" "no request to revoke"
signer_options="-nodetach -noattr $good"
request "$(tbs_of ima-p384)"
no_revocation "signed as text" "list is not in the form"
signer_options=
signer_md=sha1
request "$(tbs_of ima-p384)"
no_revocation "signed with SHA-1" "algorithm that the TEE does not take"
signer_md=
request "$(tbs_of ima-p384)"
sed -i 's/imatee-revocation-1/imatee-revocation-2/' /tmp/request
no_revocation "changed after it was signed" "did not sign this list"
head -c 16385 /dev/zero >/tmp/request
no_revocation "16 KiB and a byte" "16384 bytes"
: >/tmp/request
no_revocation "an empty file" "no request to revoke"
cp "$KEYS/ima-p384.der" /tmp/request
no_revocation "a certificate" "no request to revoke"
exits "revoke: no file" 9 "No such file" imatee revoke /none
exits "revoke: no operand" 2 "operand is wanted: FILE" imatee revoke

p384=$(tbs_of ima-p384) rsa=$(spki_of evm-rsa2048)
request "$p384" "$rsa"
exits "revoke: a certificate and a key" 0 "^2 of the 2 revocations in force are new\$" \
	imatee revoke /tmp/request
exits "diff: no difference at once" 0 "the 8 keys" imatee keys diff
equal "list: the keys have gone" 8 "$(imatee keys list | sed 1d | wc -l)"
exits "show: a revoked key" 1 "no such key" imatee keys show "$(keyid ima-p384)"
equal "revoked: as the kernel shows it" "$(awk '{ print $2, $1 }' "$TEE/revoked")" \
	"$(imatee revoked | sed 1d | tr -s ' ')"
equal "revoked: a head and a line for each entry" "SOURCE  ENTRY
added   $p384
added   $rsa" "$(imatee revoked)"
json revoked
exits "revoke: the same again" 0 "^0 of the 2 revocations in force are new\$" \
	imatee revoke /tmp/request
new=$(tbs_of ima-rsa3072)
request "$rsa" "$new"
equal "revoke: tells what is new, and no more" "revoked: $new
1 of the 3 revocations in force is new" "$(imatee revoke /tmp/request)"
request "bin:$(sha256sum </tests/guest/lib.sh | cut -d ' ' -f 1)"
json revoke /tmp/request
equal "revoke: with --json, too" 4 "$(imatee revoked | sed 1d | wc -l)"
exits "diff: none after all of it" 0 "the 7 keys" imatee keys diff
# shellcheck disable=SC2046 # a list
request $(seq 253 | xargs printf 'bin:%040x\n')
no_revocation "more than fits" "it has 256 entries"
# shellcheck disable=SC2046
request $(seq 252 | xargs printf 'bin:%040x\n')
exits "revoke: as many as fit" 0 "^252 of the 256 revocations in force are new\$" \
	imatee revoke /tmp/request
equal "revoked: all of them" 256 "$(imatee revoked | sed 1d | wc -l)"

# A quote of the keys and the seal: nothing is measured in this mode.
imatee ak -o /tmp/ak.pem 2>/dev/null
exits "quote: says that it proves nothing" 0 "DEVELOPMENT" imatee quote --nonce 00 -o /tmp/q
equal "quote: of an empty list" 0 "$(wc -c </tmp/q/log)"
exits "verify-quote: another mode than full" 10 "mode is keys, which is not allowed" \
	imatee verify-quote --ak /tmp/ak.pem --nonce 00 --development /tmp/q
echo '{"policy": 1, "modes": ["keys"]}' >/tmp/policy
exits "verify-quote: which the policy allows" 0 "^entries: +0, verified from entry 0 on" \
	imatee verify-quote --ak /tmp/ak.pem --nonce 00 --development --policy /tmp/policy /tmp/q
json quote --nonce 00 -o /tmp/q2
head -c 3000 /dev/zero >/tmp/receipt
exits "log trim: there is no log" 1 "trim is not there" imatee log trim /tmp/receipt

works "securityfs is unmounted" umount "$SECFS"
exits "revoke: without securityfs" 1 "revoke is not there" imatee revoke /tmp/request
finish
