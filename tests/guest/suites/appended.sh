#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# All modes alike, but for one message: appended signatures of what is no module, which
# is kernels and initramfs for kexec. IMA of 6.12 takes none for its own policies: a rule
# that wants them is refused, and a policy needs security.ima. Its last rule makes this
# the last suite of a boot: no rule comes any more that is not in a signed file.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite "appended-$(mode)"

OWNER=$MODULE_OWNER
KERNEL=/kernel/Image
# Others may have files of these names, which are appraised.
FILES=$FILES/appended
mkdir -p "$FILES"

# FILE: as the kernel, or as the initramfs of one that is not appraised
load_kernel() {
	"$HELPERS/kexecload" "$1"
}

load_initramfs() {
	"$HELPERS/kexecload" "$KERNEL" "" "$1"
}

# NAME FILE KEY [OPENSSL-OPTION...]: $FILES/NAME, FILE with a signature
signed() {
	_to=$FILES/$1 _file=$2 _signer=$3
	shift 3
	append_signature "$_file" "$_to" "$KEYS/$_signer.pem" "$KEYS/$_signer.key" "$@"
}

# NAME KEY [EVMCTL-OPTION...]: security.ima and security.evm as well
also_signed() {
	ima_sign "$FILES/$1" "$2"
	evm_sign "$FILES/$1" evm-p256
}

# FILE OUT: a few bytes are other ones
change() {
	cp "$1" "$2"
	printf 'XXXX' | dd of="$2" bs=1 seek=5000 conv=notrunc 2>/dev/null
}

# SIGNED FILE OTHER OUT: OTHER with the signature of SIGNED, which is FILE with one
resigned() {
	tail -c +$(($(wc -c <"$2") + 1)) "$1" | cat "$3" - >"$4"
	chown "$OWNER" "$4"
}

# HOW WHAT FILE: what kernels and initramfs have in common
common() {
	how=$1 what=$2 file=$3
	signed "$what-good" "$file" ima-modsig
	works "$what: signed with ima-modsig" "$how" "$FILES/$what-good"
	signed "$what-p256" "$file" ima-p256 -noattr -nocerts -nosmimecap -md sha512
	works "$what: signed with ima-p256 and sha512" "$how" "$FILES/$what-p256"
	signed "$what-rsa4096" "$file" ima-rsa4096
	works "$what: signed with ima-rsa4096" "$how" "$FILES/$what-rsa4096"
	sign_message "$file" /tmp/one.p7 "$KEYS/ima-p521.pem" "$KEYS/ima-p521.key"
	sign_message "$file" /tmp/other.p7 "$KEYS/ima-rsa2048.pem" "$KEYS/ima-rsa2048.key" \
		-noattr -nocerts -nosmimecap -md sha512
	merge_messages /tmp/one.p7 /tmp/other.p7 >/tmp/both.p7
	append_message "$file" "$FILES/$what-two" /tmp/both.p7
	works "$what: with two signers, each with a hash of its own" "$how" "$FILES/$what-two"

	change "$file" /tmp/changed
	resigned "$FILES/$what-good" "$file" /tmp/changed "$FILES/$what-changed"
	no_load "$what-changed" "$what: changed after it was signed" invalid-signature
	signed "$what-late" "$file" late-p256
	no_load "$what-late" "$what: signed with a key that is in no ring" invalid-signature
	signed "$what-attacker" "$file" attacker-rsa2048 -noattr -nosmimecap -md sha256
	no_load "$what-attacker" "$what: with an attacker's certificate in the message" \
		invalid-signature
	signed "$what-evm" "$file" evm-p256
	no_load "$what-evm" "$what: signed with a key of .evm" invalid-signature
	signed "$what-attributes" "$file" ima-modsig -nocerts -nosmimecap -md sha256
	no_load "$what-attributes" "$what: with signed attributes" invalid-signature
	head -c 100 /dev/urandom >/tmp/noise
	append_message "$file" "$FILES/$what-noise" /tmp/noise
	no_load "$what-noise" "$what: noise in the place of a message" IMA-signature-required
	fresh "$FILES/$what-unsigned" "$file"
	no_load "$what-unsigned" "$what: not signed" IMA-signature-required

	# Somebody has signed a text: mainline does not mind what it is appended to.
	echo hello >/tmp/text
	sign_message /tmp/text /tmp/text.p7 "$KEYS/ima-modsig.pem" "$KEYS/ima-modsig.key" \
		-noattr -nocerts -nosmimecap -md sha256 -nodetach
	append_message "$file" "$FILES/$what-text" /tmp/text.p7
	case $(mode) in
	off) works "$what: with a signed text: mainline" "$how" "$FILES/$what-text" ;;
	*) no_load "$what-text" "$what: with a signed text" invalid-signature ;;
	esac

	fresh "$FILES/$what-imasig" "$file"
	also_signed "$what-imasig" ima-p256
	works "$what: signed with evmctl" "$how" "$FILES/$what-imasig"
	signed "$what-both" "$file" ima-modsig
	also_signed "$what-both" late-p256
	works "$what: signed with evmctl by an unknown key, and with ima-modsig" \
		"$how" "$FILES/$what-both"
	signed "$what-neither" "$file" attacker-rsa2048
	also_signed "$what-neither" late-p256
	no_load "$what-neither" "$what: signed twice by unknown keys" invalid-signature
}

# FILE NAME CAUSE: "how" does not load it
no_load() {
	refused "$2" EACCES "$how" "$FILES/$1"
	equal "$2: cause" "$3" "$(cause_of "$FILES/$1")"
}

# FILE OWNER: a policy; the owner in its one rule tells it from others
policy() {
	echo "audit func=FILE_CHECK fowner=$2" >"$1"
	chown "$OWNER" "$1"
}

# RULE|FILE
bring() {
	echo "$1" >"$POLICY"
}

# NAME FILE CAUSE
no_policy() {
	refused "policy: $1" EACCES bring "$2"
	equal "policy: $1: cause" "$3" "$(cause_of "$2")"
}

# OWNER
rules_for() {
	grep -c "fowner=$1" "$POLICY"
}

start
load_policy "appraise func=KEXEC_KERNEL_CHECK fowner=$OWNER appraise_type=imasig|modsig" \
	"appraise func=KEXEC_INITRAMFS_CHECK fowner=$OWNER appraise_type=imasig|modsig"
# The TEE has this key; the kernel's own ring is for firmware to fill, or done like this.
[ "$(mode)" != off ] || works "a key is put into .platform" start_attack op=link \
	ring=.platform cert="$KEYS/platform-p256.der"

# --- kernels
how=load_kernel
signed whole $KERNEL ima-modsig
works "kernel: all of it" load_kernel "$FILES/whole"
change $KERNEL /tmp/changed
resigned "$FILES/whole" $KERNEL /tmp/changed "$FILES/whole2"
no_load whole2 "kernel: all of it, changed" invalid-signature
rm -f "$FILES"/whole*
# None is started: the beginning of one will do, and takes less time.
head -c 1000000 $KERNEL >/tmp/kernel
common load_kernel kernel /tmp/kernel
signed platform /tmp/kernel platform-p256
works "kernel: signed with a key of .platform" load_kernel "$FILES/platform"
# A bad security.ima is no end: the platform ring does not know its key.
signed wrong /tmp/kernel ima-modsig
also_signed wrong ima-p256
signed wrong2 /tmp/kernel ima-rsa4096
copy_signatures "$FILES/wrong" "$FILES/wrong2"
works "kernel: signed with evmctl when it was another, and with ima-rsa4096" \
	load_kernel "$FILES/wrong2"
rm -f "$FILES"/wrong* "$FILES/platform"

# --- initramfs
common load_initramfs initramfs /bin/busybox
signed platform /bin/busybox platform-p256
no_load platform "initramfs: signed with a key of .platform" invalid-signature
signed wrong /bin/busybox ima-modsig
also_signed wrong ima-p256
signed wrong2 /bin/busybox ima-rsa4096
copy_signatures "$FILES/wrong" "$FILES/wrong2"
no_load wrong2 "initramfs: signed with evmctl when it was another, and with ima-rsa4096" \
	invalid-signature

case $(mode) in
verify | full)
	matches "the TEE was asked for each" "$(sed -n 's/^verifications: //p' "$TEE/stats")" \
		'^[1-9][0-9]+$'
	;;
esac

# --- policies
refused "policy: a rule that wants appended signatures of policies" EINVAL \
	bring "appraise func=POLICY_CHECK appraise_type=imasig|modsig"
policy /tmp/plain 4301
signed appended /tmp/plain ima-modsig
# nobody takes the signature off: it is more lines, and no rules
refused "policy: one with an appended signature, and nothing wants it" EINVAL \
	bring "$FILES/appended"
works "policy: only signed ones from here on" bring "appraise func=POLICY_CHECK appraise_type=imasig"
refused "policy: a rule by itself" EACCES bring "audit func=FILE_CHECK fowner=4302"
signed appended2 /tmp/plain ima-modsig
no_policy "one with an appended signature" "$FILES/appended2" IMA-signature-required
policy "$FILES/unsigned" 4303
no_policy "one that is not signed" "$FILES/unsigned" IMA-signature-required
for key in late-p256 platform-p256 evm-p256; do
	policy "$FILES/$key" 4304
	also_signed $key $key
	no_policy "one signed with $key" "$FILES/$key" invalid-signature
done
policy "$FILES/signed" 4305
also_signed signed ima-p256
policy "$FILES/changed" 4306
copy_signatures "$FILES/signed" "$FILES/changed"
no_policy "one that was changed" "$FILES/changed" invalid-signature
equal "policy: nothing came of these" 0 "$(rules_for '430[1-6]')"
works "policy: one signed with ima-p256" bring "$FILES/signed"
equal "policy: its rule is there" 1 "$(rules_for 4305)"
[ "$(mode)" != off ] || stop_attack
finish
