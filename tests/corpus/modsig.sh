#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The rows of the corpus with an appended signature, made on the host by openssl:
#
#   tests/corpus/modsig.sh KEYS CONTENTS
#
# KEYS has the private keys, CONTENTS what make_contents made. It prints "NAME
# CONTENTS IMA EVM APPENDED": what comes after the contents, in hexadecimal.
set -eu

keys=$1 contents=$2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT INT TERM

hex() {
	od -An -v -tx1 | tr -d ' \n'
}

# FILE: struct module_signature (PKEY_ID_PKCS7 and the length) and the marker
appended() {
	hex <"$1"
	printf '0000020000000000%08x' "$(wc -c <"$1")"
	printf '~Module signature appended~\n' | hex
}

# ROW CONTENTS FILE
row() {
	echo "modsig-$1 $2 - - $(appended "$3")"
}

# KEY OPTION...: sign with it, into the file "p7"
sign() {
	key=$1
	shift
	openssl cms -sign -binary -signer "$keys/$key.pem" -inkey "$keys/$key.key" \
		-nosmimecap -outform DER -in "$contents/good" -out "$tmp/p7" "$@"
}

# ROW KEY OPTION...
signed() {
	name=$1
	shift
	sign "$@"
	row "$name" good "$tmp/p7"
}

for type in rsa2048 rsa3072 rsa4096 p256 p384 p521; do
	for hash in sha1 sha224 sha256 sha384 sha512; do
		signed "$type-$hash-good" "ima-$type" -noattr -nocerts -md $hash
		row "$type-$hash-data" bad "$tmp/p7"
	done
	signed "$type-keyid-good" "ima-$type" -noattr -nocerts -md sha256 -keyid
	signed "$type-cert-good" "ima-$type" -noattr -md sha256
	signed "$type-attributes" "ima-$type" -nocerts -md sha256
	signed "$type-inside" "ima-$type" -noattr -nocerts -md sha256 -nodetach
	row "$type-inside-data" bad "$tmp/p7"
	signed "$type-two" "ima-$type" -noattr -nocerts -md sha256 \
		-signer "$keys/ima-modsig.pem" -inkey "$keys/ima-modsig.key"
done
for key in attacker-p256 attacker-rsa2048 late-p256 evm-p256 evm-rsa2048 platform-p256; do
	signed "by-$key" "$key" -noattr -nocerts -md sha256
	signed "by-$key-keyid" "$key" -noattr -nocerts -md sha256 -keyid
	signed "by-$key-cert" "$key" -noattr -md sha256
done
signed stranger-certs-good ima-p256 -noattr -md sha256 -certfile "$keys/late-p256.pem"
signed md5 ima-rsa2048 -noattr -nocerts -md md5
sign ima-p256 -noattr -nocerts -md sha256
: >"$tmp/empty"
row empty good "$tmp/empty"
echo "modsig-unsigned good - - -"
echo "modsig-without-marker good - - $(hex <"$tmp/p7")"
