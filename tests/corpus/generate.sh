#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Makes the corpus, in the guest: one line a file, "NAME CONTENTS IMA EVM", with
# the extended attributes in hexadecimal. evmctl signs, awk mutates. Lines that
# begin with "evmctl" are what it says of the good ones: "evmctl NAME WORD...".
#
# Each file's security.evm is valid for what its security.ima has become, since
# otherwise EVM would refuse first and the row would say nothing about IMA. No
# EVM is active while this runs. Programs start slowly on an emulated machine, so
# evmctl and getfattr go over a whole directory at once where they can.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
# shellcheck source=tests/corpus/lib.sh
. /tests/corpus/lib.sh

HERE=/tests/corpus
WORK=/root/corpus
TYPES="rsa2048 rsa3072 rsa4096 p256 p384 p521"
HASHES="sha1 sha224 sha256 sha384 sha512"
# those that evmctl of Debian 12 does not know
SHA3="sha3-256 sha3-384 sha3-512"
# those that the kernel has fs-verity by
VERITY_HASHES="sha256 sha512"

# TYPE: sign with the key of that type, one file a hash
ima_signatures() {
	for hash in $HASHES; do
		signable "$WORK/ima/$1-$hash"
		evmctl ima_sign -a "$hash" -k "$KEYS/ima-$1.key" \
			"$WORK/ima/$1-$hash" >/dev/null 2>&1
	done
}

# KEY HASH: struct signature_v2_hdr behind the type, and a signature of what is read
sha3_signature() {
	case $2 in
	sha3-256) printf 0214 ;;
	sha3-384) printf 0215 ;;
	sha3-512) printf 0216 ;;
	esac
	openssl dgst "-$2" -sign "$KEYS/$1.key" | hex >"/tmp/$1-$2"
	printf '%s%04x' "$(keyid "$1")" $(($(wc -c <"/tmp/$1-$2") / 2))
	cat "/tmp/$1-$2"
}

# TYPE: "NAME IMA", one a hash
sha3_signatures() {
	for hash in $SHA3; do
		echo "$1-$hash 03$(sha3_signature "ima-$1" "$hash" <$CONTENTS/good)"
	done
}

# TYPE: "NAME IMA" for the fs-verity digest, one a hash
verity_signatures() {
	for hash in $VERITY_HASHES; do
		fsverity digest --hash-alg="$hash" $CONTENTS/good
	done | evmctl sign_hash --veritysig -k "$KEYS/ima-$1.key" 2>/dev/null |
		awk -v type="$1" '{ print "verity-" type "-" substr($1, 1, 6), $NF }'
}

# ROWS LIST UID: the rows with a security.evm that is valid for that owner
with_evm() {
	rm -rf $WORK/files
	mkdir -p $WORK/files
	while read -r name _ hex; do
		signable "$WORK/files/$name"
		printf '# file: %s\nsecurity.ima=0x%s\n\n' "$WORK/files/$name" "$hex"
	done <"$1" >/tmp/restore
	setfattr --restore=/tmp/restore
	OWNER=$3 evm_signatures $WORK/files evm-p256 sha256 -r
	attributes $WORK/files |
		awk 'NR == FNR { evm[$1] = $3; next } { print $1, $2, $3, evm[$1] }' \
			- "$1" >"$2"
}

# PATH KEY HASH [-r]: security.evm for a file, or for all below a directory
evm_signatures() {
	evmctl sign ${4:+"$4"} --portable --uid "$OWNER" --gid 0 -a "$3" \
		-k "$KEYS/$2.key" "$1" >/dev/null 2>&1
}

# EVM by other keys, and with other hashes, on a good security.ima
evm_rows() {
	mkdir -p $WORK/evm
	ima=$(awk '$1 == "p256-sha256-good" { print $3 }' $WORK/list)
	for row in by-ima-key:ima-p256:sha256 by-late-key:late-p256:sha256 \
		rsa2048-sha1-good:evm-rsa2048:sha1 rsa2048-sha224-good:evm-rsa2048:sha224 \
		rsa2048-sha256-good:evm-rsa2048:sha256 rsa2048-sha384-good:evm-rsa2048:sha384 \
		rsa2048-sha512-good:evm-rsa2048:sha512; do
		file=$WORK/evm/evm-${row%%:*}
		row=${row#*:}
		signable "$file"
		setfattr -n security.ima -v "0x$ima" "$file"
		evm_signatures "$file" "${row%:*}" "${row#*:}"
	done
	attributes $WORK/evm | awk '{ print $1, "good", $2, $3 }'
}

# HEX: those bytes
bytes() {
	# shellcheck disable=SC2059 # the format is the bytes
	printf "$(echo "$1" | sed 's/../\\x&/g')"
}

# The same, by hashes that evmctl does not know, of what EVM hashes: security.ima, and
# inode number and generation (0 in one that is portable), owner, group and mode.
sha3_evm_rows() {
	ima=$(awk '$1 == "p256-sha256-good" { print $3 }' $WORK/list)
	owner=$(be32 "$OWNER" | hex | sed 's/\(..\)\(..\)\(..\)\(..\)/\4\3\2\1/')
	bytes "$ima$(printf '%024d' 0)${owner}00000000a4810000" >/tmp/metadata
	for hash in $SHA3; do
		echo "evm-rsa2048-$hash-good good $ima" \
			"05$(sha3_signature evm-rsa2048 "$hash" </tmp/metadata)"
	done
}

# VARIABLE=VALUE... SCRIPT: rows of what is read, "NAME HEX"
rows() {
	awk -v rsa="$(keyid ima-rsa2048)" -f $HERE/bytes.awk "$@" | sort
}

# UID: what evmctl says of the good rows of the last with_evm, and of the same with
# one bit turned over
verified() {
	ima=$(echo $KEYS/ima-*.der | tr ' ' ,)
	evmctl ima_verify -k "$ima" $WORK/files/*-good $WORK/files/*-signature 2>&1 |
		says ima
	for file in "$WORK"/files/*-good; do
		evmctl verify --uid "$1" --gid 0 -k $KEYS/evm-p256.der "$file" 2>&1
	done | says evm
}

# The same of security.evm by other keys.
verified_evm() {
	for file in "$WORK"/evm/*; do
		evmctl verify --uid "$OWNER" --gid 0 \
			-k $KEYS/evm-rsa2048.der,$KEYS/evm-p256.der "$file" 2>&1
	done | says evm
}

make_contents
mkdir -p $WORK/ima
for type in $TYPES; do
	ima_signatures "$type" &
	sha3_signatures "$type" >"$WORK/sha3.$type" &
done
wait
attributes $WORK/ima |
	rows -v digest="$(sha256sum <$CONTENTS/good | cut -d ' ' -f 1)" \
		-f $HERE/mutate.awk >$WORK/list
with_evm $WORK/list $WORK/signed "$OWNER"
cat $WORK/signed
verified "$OWNER"
evm_rows
verified_evm
sha3_evm_rows
cat $WORK/sha3.* | rows -f $HERE/mutate.awk >$WORK/list.sha3
with_evm $WORK/list.sha3 $WORK/signed.sha3 "$OWNER"
cat $WORK/signed.sha3
awk '$1 == "p256-sha256-good" { print $1, $3, $4 }' $WORK/signed |
	awk -f $HERE/bytes.awk -f $HERE/evm.awk

for type in $TYPES; do
	verity_signatures "$type"
done >$WORK/verity
awk '$1 == "p256-sha256-good" { print "file", $3 }' $WORK/list |
	cat - $WORK/verity | rows -f $HERE/verity.awk >$WORK/list.verity
with_evm $WORK/list.verity $WORK/signed.verity "$VERITY_OWNER"
cat $WORK/signed.verity
verified "$VERITY_OWNER"
echo "verity-unsigned good.sha256 - -"
