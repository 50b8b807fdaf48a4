#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# All modes but off: keys, certificates and digests are revoked after the seal, by
# lists that the test CA has signed. What was verified before does not count any more,
# whichever verifier is asked.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite "revoke-$(mode)"

# RING: how many keys keyctl sees in it
shown() {
	keyctl rlist "$(ring_serial "$1")" | wc -w
}

# RING COUNT: waits for the kernel to collect keys that have gone
shown_in_time() {
	_tries=50
	while [ $_tries != 0 ] && [ "$(shown "$1")" != "$2" ]; do
		_tries=$((_tries - 1))
		usleep 100000
	done
	shown "$1"
}

epoch() {
	tee_state epoch
}

# NAME ERRNO CAUSE: the request is refused, and nothing else has happened
no_revocation() {
	_epoch=$(epoch) _list=$(cat "$TEE/revoked") _keys=$(cat "$TEE/keys")
	refused "$1" "$2" revoke
	matches "$1: audit" "$(dmesg | grep 'op=imatee_revoke' | tail -n 1)" "cause=$3 .*res=0"
	equal "$1: epoch" "$_epoch" "$(epoch)"
	equal "$1: list" "$_list" "$(cat "$TEE/revoked")"
	equal "$1: keys" "$_keys" "$(cat "$TEE/keys")"
}

# CALL NAME ARGUMENT...: on each CPU, whose own verifier is asked as long as it is idle
on_each_cpu() {
	_call=$1 _what=$2
	shift 2
	for _cpu in 0 1; do
		taskset -p $((1 << _cpu)) $$ >/dev/null
		"$_call" "$_what, CPU $_cpu" "$@"
	done
	taskset -p 3 $$ >/dev/null
}

# NAME FILE
does_not_run() {
	equal "$1" refused "$(outcome "$2")"
}

# FILE: no verdict of before is kept
read_anew() {
	chmod 755 "$1" && read_file "$1"
}

# FILE KEY: with fs-verity, which is signed
signed_verity_file() {
	OWNER=$VERITY_OWNER
	verity_file "$1" && verity_sign "$1" "$2"
	OWNER=$FILE_OWNER
}

start
FILE_OWNER=$OWNER
appraise_files
load_policy "appraise func=BPRM_CHECK fowner=$VERITY_OWNER digest_type=verity appraise_type=sigv3"
equal "each CPU has a verifier" "$(nproc) 2" "2 $(tee_state verifiers)"
for key in ima-rsa2048 ima-p256 ima-p384; do
	signed_file "$FILES/$key" $key evm-p256
	works "before: a file signed by $key" read_file "$FILES/$key"
done
signed_file "$FILES/evm" ima-p256 evm-rsa2048
works "before: a file whose metadata evm-rsa2048 has signed" read_file "$FILES/evm"
equal "before: it runs" runs "$(outcome "$FILES/ima-p384")"
for key in ima-p384 ima-rsa2048; do
	signed_verity_file "$FILES/verity-$key" $key
	equal "before: a program with fs-verity, signed by $key" runs \
		"$(outcome "$FILES/verity-$key")"
done
ima_keys=$(shown .ima) evm_keys=$(shown .evm)
equal "nothing is revoked" "" "$(cat "$TEE/revoked")"

# --- refusals, each with its errno
entry=$(tbs_of ima-p384)
good="-signer $KEYS/ca.pem -inkey $KEYS/ca.key"
signer_options="-binary -nodetach -noattr -signer $KEYS/attacker-p256.pem -inkey $KEYS/attacker-p256.key"
request "$entry"
no_revocation "signed by a stranger" ENOKEY signer-untrusted
signer_options="-binary -nodetach -noattr -signer $KEYS/ima-p256.pem -inkey $KEYS/ima-p256.key"
request "$entry"
no_revocation "signed by a key of .ima" ENOKEY signer-untrusted
signer_options="-binary -nodetach $good"
request "$entry"
no_revocation "with signed attributes" EBADMSG request-malformed
signer_options="-binary -noattr $good"
request "$entry"
no_revocation "without its content" EBADMSG request-malformed
signer_options="-nodetach -noattr $good"
request "$entry"
no_revocation "signed as text" EINVAL list-malformed
signer_options=
signer_md=sha1
request "$entry"
no_revocation "signed with SHA-1" ENOPKG request-hash
signer_md=
request "crl:0123"
no_revocation "an entry of another kind" EINVAL list-malformed
request "$entry"
sed -i 's/imatee-revocation-1/imatee-revocation-2/' /tmp/request
no_revocation "changed after it was signed" EKEYREJECTED invalid-signature
echo garbage >/tmp/request
no_revocation "garbage" EBADMSG request-malformed
head -c 16385 /dev/zero >/tmp/request
refused "16 KiB and a byte" EFBIG revoke
request "$entry"
refused "as another user" EACCES su nobody -s /bin/sh -c "cat /tmp/request >$TEE/revoke"

# --- a certificate
request "$entry"
before=$(epoch)
works "a certificate is revoked" revoke
equal "it is one epoch more" $((before + 1)) "$(epoch)"
matches "it is on the list" "$(cat "$TEE/revoked")" "^$entry added\$"
equal "the TEE does not hold it" 0 "$(grep -c 'IMA P-384' "$TEE/keys")"
matches "audit" "$(dmesg | grep 'op=imatee_revoke' | tail -n 1)" 'cause=revoked .*res=1'
matches "the kernel's log names it" "$(dmesg)" "imatee: 'imatee test IMA P-384: [0-9a-f]*' is revoked"
on_each_cpu refused_for "a file that it has signed, read before" "$FILES/ima-p384" \
	invalid-signature
equal "it does not run either" refused "$(outcome "$FILES/ima-p384")"
on_each_cpu does_not_run "nor a program with fs-verity" "$FILES/verity-ima-p384"
signed_file "$FILES/new" ima-p384 evm-p256
on_each_cpu refused_for "a new file that it has signed" "$FILES/new" invalid-signature
works "a file that another key has signed, read before" read_file "$FILES/ima-p256"
on_each_cpu works "the same, verified anew" read_anew "$FILES/ima-p256"
equal "keyctl sees one key less" $((ima_keys - 1)) "$(shown_in_time .ima $((ima_keys - 1)))"
refused "keyctl does not find it" ENOKEY \
	keyctl search "$(ring_serial .ima)" asymmetric "id:$(keyid ima-p384)"
works "keyctl finds another" keyctl search "$(ring_serial .ima)" asymmetric "id:$(keyid ima-p256)"
before=$(epoch)
works "the same list once more" revoke
equal "is no change" "$before" "$(epoch)"

# --- a key, whatever its certificate, by a longer list
request "$(spki_of evm-rsa2048)" "$(tbs_of ima-rsa3072 sha512)" "$entry"
works "a key of .evm and a certificate of .ima are revoked" revoke
on_each_cpu refused_for "a file whose metadata the one has signed" "$FILES/evm" \
	invalid-fail-immutable
signed_file "$FILES/rsa3072" ima-rsa3072 evm-p256
on_each_cpu refused_for "a file that the other has signed" "$FILES/rsa3072" invalid-signature
equal "one key less in .evm" $((evm_keys - 1)) "$(shown_in_time .evm $((evm_keys - 1)))"
on_each_cpu works "the others go on" read_anew "$FILES/ima-rsa2048"

# --- a key that all CPUs verify with at that moment. Beside them a request takes as long as it
# takes: nothing but the revocation ends them.
signed_file "$FILES/load1" ima-p521 evm-p256
signed_file "$FILES/load2" ima-p521 evm-p256
"$HELPERS/openloop" 900 "$FILES/load1" >/tmp/loop1 2>&1 &
one=$!
"$HELPERS/openloop" 900 "$FILES/load2" >/tmp/loop2 2>&1 &
two=$!
"$HELPERS/openloop" 900 "$FILES/ima-p256" >/tmp/loop3 2>&1 &
three=$!
request "$(tbs_of ima-p521)"
works "under load: a key is revoked" revoke
on_each_cpu refused_for "under load: a file that it has signed" "$FILES/load1" invalid-signature
on_each_cpu refused_for "under load: another one" "$FILES/load2" invalid-signature
wait $one
equal "under load: who reads the one over and over ends" 1 $?
wait $two
equal "under load: so does who reads the other" 1 $?
read_then_refused='^/.*: Permission denied after [1-9][0-9]*$'
matches "under load: he was refused, and not before" "$(cat /tmp/loop1)" "$read_then_refused"
matches "under load: so was the other" "$(cat /tmp/loop2)" "$read_then_refused"
kill $three
wait $three
equal "under load: a file of another key is read all the time" 0 $?
matches "under load: it was read" "$(cat /tmp/loop3)" '^[1-9][0-9]*$'

# --- a digest of fs-verity
equal "another program with fs-verity" runs "$(outcome "$FILES/verity-ima-rsa2048")"
request "bin:$(fsverity measure "$FILES/verity-ima-rsa2048" | sed 's/^sha256:\([0-9a-f]*\) .*/\1/')"
works "its digest is revoked" revoke
equal "it does not run" refused "$(outcome "$FILES/verity-ima-rsa2048")"
works "a file with the key that has signed it" read_anew "$FILES/ima-rsa2048"

# --- a digest: good signatures, of a file that is bad
fresh "$FILES/bad" "$HELPERS/hello"
chown 0 "$FILES/bad"
echo "bad" >>"$FILES/bad"
chown "$OWNER" "$FILES/bad"
ima_sign "$FILES/bad" ima-p256 && evm_sign "$FILES/bad" evm-p256
works "a file, before its digest is revoked" read_file "$FILES/bad"
request "bin:$(sha256sum <"$FILES/bad" | cut -d ' ' -f 1)"
works "its digest is revoked" revoke
on_each_cpu refused_for "the file" "$FILES/bad" invalid-signature
on_each_cpu works "another file of the same key" read_anew "$FILES/ima-p256"
# the same contents, with a hash in the place of the signature
fresh "$FILES/hashed" "$HELPERS/hello"
chown 0 "$FILES/hashed"
quiet_evmctl ima_hash -a sha256 "$FILES/hashed"
evm_sign "$FILES/hashed" evm-p256
works "a file with a hash" read_file "$FILES/hashed"
request "bin:$(sha256sum <"$HELPERS/hello" | cut -d ' ' -f 1)"
works "its digest is revoked" revoke
on_each_cpu refused_for "the file with a hash" "$FILES/hashed" revoked-digest

# --- appended signatures
OWNER=$MODULE_OWNER
load_policy "appraise func=MODULE_CHECK fowner=$OWNER appraise_type=imasig|modsig"
load() {
	insmod "$1" && rmmod imatee_victim
}
plain=/modules/imatee_victim.ko
append_signature $plain "$FILES/good.ko" "$KEYS/ima-modsig.pem" "$KEYS/ima-modsig.key"
works "a module" load "$FILES/good.ko"
append_signature $plain "$FILES/p384.ko" "$KEYS/ima-p384.pem" "$KEYS/ima-p384.key"
on_each_cpu refused "a module signed by a revoked key" EACCES insmod "$FILES/p384.ko"
append_signature $plain "$FILES/two.ko" "$KEYS/ima-modsig.pem" "$KEYS/ima-modsig.key" \
	-noattr -nocerts -nosmimecap -md sha256 -signer "$KEYS/ima-p256.pem" -inkey "$KEYS/ima-p256.key"
works "a module of two signers" load "$FILES/two.ko"
sign_message $plain /tmp/one.p7 "$KEYS/ima-modsig.pem" "$KEYS/ima-modsig.key"
sign_message $plain /tmp/other.p7 "$KEYS/ima-p256.pem" "$KEYS/ima-p256.key" \
	-noattr -nocerts -nosmimecap -md sha512
merge_messages /tmp/one.p7 /tmp/other.p7 >/tmp/both.p7
append_message $plain "$FILES/hashes.ko" /tmp/both.p7
works "a module of two signers, each with a hash of its own" load "$FILES/hashes.ko"
request "bin:$(sha512sum <$plain | cut -d ' ' -f 1)"
works "one of its digests is revoked" revoke
on_each_cpu refused "the module of two hashes" EACCES insmod "$FILES/hashes.ko"
works "the module of two signers with the other hash" load "$FILES/two.ko"
request "bin:$(sha256sum <$plain | cut -d ' ' -f 1)"
works "the module's digest is revoked" revoke
on_each_cpu refused "the module, loaded before" EACCES insmod "$FILES/good.ko"
on_each_cpu refused "the module of two signers, loaded before" EACCES insmod "$FILES/two.ko"
append_signature $plain "$FILES/again.ko" "$KEYS/ima-p256.pem" "$KEYS/ima-p256.key"
refused "the module, signed by another key" EACCES insmod "$FILES/again.ko"
finish
