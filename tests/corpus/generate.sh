#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Makes the corpus, in the guest: one line a file, "NAME CONTENTS IMA EVM", with
# the extended attributes in hexadecimal. evmctl signs, awk mutates.
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

# DIRECTORY: "NAME IMA" or "NAME IMA EVM" of each file in it
attributes() {
	getfattr --absolute-names -R -d -m '^security\.(ima|evm)$' -e hex "$1" | awk '
	/^# file: / { name = $3; sub(/.*\//, "", name); ima = evm = "" }
	/^security.evm=/ { sub(/.*=0x/, ""); evm = $0 }
	/^security.ima=/ { sub(/.*=0x/, ""); ima = $0 }
	/^$/ { print name, ima, evm }' | sort
}

# FILE: as one that is to be signed
signable() {
	cp $CONTENTS/good "$1"
	chmod 644 "$1"
}

# TYPE: sign with the key of that type, one file a hash
ima_signatures() {
	for hash in $HASHES; do
		signable "$WORK/ima/$1-$hash"
		evmctl ima_sign -a "$hash" -k "$KEYS/ima-$1.key" \
			"$WORK/ima/$1-$hash" >/dev/null 2>&1
	done
}

# LIST DIRECTORY: files with the security.ima that the list says
lay_out() {
	mkdir -p "$2"
	while read -r name _ hex; do
		signable "$2/$name"
		printf '# file: %s\nsecurity.ima=0x%s\n\n' "$2/$name" "$hex"
	done <"$1" >/tmp/restore
	setfattr --restore=/tmp/restore
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

make_contents
mkdir -p $WORK/ima
for type in $TYPES; do
	ima_signatures "$type" &
done
wait
attributes $WORK/ima |
	awk -v rsa="$(keyid ima-rsa2048)" \
		-v digest="$(sha256sum <$CONTENTS/good | cut -d ' ' -f 1)" \
		-f $HERE/bytes.awk -f $HERE/mutate.awk | sort >$WORK/list
lay_out $WORK/list $WORK/files
evm_signatures $WORK/files evm-p256 sha256 -r
attributes $WORK/files >$WORK/signed
awk 'NR == FNR { evm[$1] = $3; next } { print $1, $2, $3, evm[$1] }' \
	$WORK/signed $WORK/list
evm_rows
awk '$1 == "p256-sha256-good"' $WORK/signed |
	awk -f $HERE/bytes.awk -f $HERE/evm.awk
