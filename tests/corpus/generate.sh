#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Makes the corpus, in the guest: one line a file, "NAME CONTENTS IMA EVM", with
# the extended attributes in hexadecimal. evmctl signs, this script mutates.
#
# Each file's security.evm is valid for what its security.ima has become, since
# otherwise EVM would refuse first and the row would say nothing about IMA. No
# EVM is active while this runs.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
# shellcheck source=tests/corpus/lib.sh
. /tests/corpus/lib.sh

TYPES="rsa2048 rsa3072 rsa4096 p256 p384 p521"
HASHES="sha1 sha224 sha256 sha384 sha512"

# HEX FROM [TO]: bytes of it, counted from 1; without TO up to the end
bytes() {
	echo "$1" | cut -c "$(($2 * 2 - 1))-${3:+$(($3 * 2))}"
}

# HEX: its length in bytes
length() {
	echo $((${#1} / 2))
}

# HEX N: the byte N with its lowest bit turned over
flip() {
	byte=$(bytes "$1" "$2" "$2")
	printf '%s%02x%s\n' "$(bytes "$1" 1 $(($2 - 1)))" $((0x$byte ^ 1)) \
		"$(bytes "$1" $(($2 + 1)))"
}

# HEX: with the length that its header states set to what it is
restate() {
	printf '%s%04x%s\n' "$(bytes "$1" 1 7)" $(($(length "$1") - 9)) \
		"$(bytes "$1" 10)"
}

# WORKDIR ATTRIBUTE: of the file "signed" there
attribute() {
	getfattr --absolute-names -n "security.$2" -e hex "$1/signed" 2>/dev/null |
		sed -n "s/^security.$2=0x//p"
}

# WORKDIR NAME CONTENTS IMA [EVM-KEY HASH]: sign the metadata and print the line
row() {
	setfattr -n security.ima -v "0x$4" "$1/signed"
	evmctl sign --portable --uid "$OWNER" --gid 0 -a "${6:-sha256}" \
		-k "$KEYS/${5:-evm-p256}.key" "$1/signed" >/dev/null 2>&1
	echo "$2 $3 $4 $(attribute "$1" evm)"
}

# struct signature_v2_hdr: type, version, hash, key id (4), length (2), signature
mutations() {
	work=$1 name=$2 sig=$3
	n=$(length "$sig")
	row "$work" "$name-good" good "$sig"
	row "$work" "$name-data" bad "$sig"
	row "$work" "$name-signature" good "$(flip "$sig" $((n - 20)))"
	row "$work" "$name-keyid" good "$(flip "$sig" 7)"
	row "$work" "$name-truncated" good "$(bytes "$sig" 1 $((n - 1)))"
	row "$work" "$name-truncated-restated" good \
		"$(restate "$(bytes "$sig" 1 $((n / 2)))")"
	row "$work" "$name-oversized" good "${sig}00"
	row "$work" "$name-oversized-restated" good "$(restate "${sig}0000000000000000")"
}

# TYPE: a part of the corpus, to be made beside the others
one_type() {
	work=/root/corpus/$1
	mkdir -p "$work"
	cp $CONTENTS/good "$work/signed"
	chmod 644 "$work/signed"
	for hash in $HASHES; do
		setfattr -x security.evm "$work/signed" 2>/dev/null
		evmctl ima_sign -a "$hash" -k "$KEYS/ima-$1.key" "$work/signed" \
			>/dev/null 2>&1
		mutations "$work" "$1-$hash" "$(attribute "$work" ima)"
	done
}

# What is wrong once is wrong for all keys.
headers() {
	work=/root/corpus/headers
	mkdir -p "$work"
	cp $CONTENTS/good "$work/signed"
	evmctl ima_sign -a sha256 -k "$KEYS/ima-p256.key" "$work/signed" >/dev/null 2>&1
	sig=$(attribute "$work" ima)
	rest=$(bytes "$sig" 4)
	row "$work" header-alone good "$(restate "$(bytes "$sig" 1 9)")"
	row "$work" header-cut good "$(bytes "$sig" 1 6)"
	row "$work" header-two-bytes good "$(bytes "$sig" 1 2)"
	row "$work" version-0 good "030004$rest"
	row "$work" version-1 good "030104$rest"
	row "$work" version-3 good "030304$rest"
	row "$work" version-255 good "03ff04$rest"
	row "$work" verity-without-verity good "060304$rest"
	row "$work" hash-another good "030206$rest"
	row "$work" hash-unknown good "0302ff$rest"
	row "$work" keyid-of-rsa good \
		"030204$(keyid ima-rsa2048)$(bytes "$sig" 8)"
	row "$work" digest-only good "0404$(sha256sum <$CONTENTS/good | cut -d ' ' -f 1)"
	evm_rows "$work" "$sig"
}

# The same for security.evm, on a good security.ima.
evm_rows() {
	row "$1" evm-p256-good good "$2"
	evm=$(attribute "$1" evm)
	n=$(length "$evm")
	echo "unsigned good - -"
	echo "evm-missing good $2 -"
	echo "evm-alone good - $evm"
	echo "evm-data bad $2 $evm"
	echo "evm-signature good $2 $(flip "$evm" $((n - 20)))"
	echo "evm-keyid good $2 $(flip "$evm" 7)"
	echo "evm-truncated good $2 $(bytes "$evm" 1 $((n - 1)))"
	echo "evm-oversized good $2 ${evm}00"
	echo "evm-header-alone good $2 $(restate "$(bytes "$evm" 1 9)")"
	echo "evm-version-1 good $2 0501$(bytes "$evm" 3)"
	echo "evm-not-portable good $2 03$(bytes "$evm" 2)"
	echo "evm-of-another-file good $(flip "$2" 60) $evm"
	row "$1" evm-by-ima-key good "$2" ima-p256
	row "$1" evm-by-late-key good "$2" late-p256
	for hash in $HASHES; do
		row "$1" "evm-rsa2048-$hash-good" good "$2" evm-rsa2048 "$hash"
	done
}

make_contents
mkdir -p /root/corpus
for type in $TYPES; do
	one_type "$type" >"/root/corpus/$type.list" &
done
headers >/root/corpus/headers.list &
wait
cat /root/corpus/*.list
