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
here=$(dirname "$0")
# shellcheck source=tests/corpus/lib.sh
. "$here/lib.sh"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT INT TERM

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

# KEY
skid() {
	openssl x509 -in "$keys/$1.pem" -noout -ext subjectKeyIdentifier |
		tail -n 1 | tr -d ' :'
}

# KEY HASH: a message by an ECDSA key with SHA-3, which OpenSSL 3.0's cms does not make
sign_by_hand() {
	case $2 in
	sha3-256) last=10 ;;
	sha3-384) last=11 ;;
	sha3-512) last=12 ;;
	esac
	cat >"$tmp/message" <<-EOF
		asn1 = SEQUENCE:message
		[message]
		type = OID:pkcs7-signedData
		data = EXPLICIT:0,SEQUENCE:data
		[data]
		version = INTEGER:3
		hashes = SET:hashes
		content = SEQUENCE:content
		signers = SET:signers
		[hashes]
		hash = SEQUENCE:hash
		[hash]
		name = OID:$2
		[content]
		type = OID:pkcs7-data
		[signers]
		signer = SEQUENCE:signer
		[signer]
		version = INTEGER:3
		name = IMPLICIT:0,FORMAT:HEX,OCTETSTRING:$(skid "$1")
		hash = SEQUENCE:hash
		algorithm = SEQUENCE:algorithm
		signature = FORMAT:HEX,OCTETSTRING:$(openssl dgst "-$2" \
			-sign "$keys/$1.key" "$contents/good" | hex)
		[algorithm]
		name = OID:2.16.840.1.101.3.4.3.$last
	EOF
	openssl asn1parse -genconf "$tmp/message" -noout -out "$tmp/p7"
}

for type in rsa2048 rsa3072 rsa4096 p256 p384 p521; do
	for hash in sha1 sha224 sha256 sha384 sha512; do
		signed "$type-$hash-good" "ima-$type" -noattr -nocerts -md $hash
		row "$type-$hash-data" bad "$tmp/p7"
	done
	for hash in sha3-256 sha3-384 sha3-512; do
		case $type in
		rsa*) sign "ima-$type" -noattr -nocerts -md $hash ;;
		*) sign_by_hand "ima-$type" $hash ;;
		esac
		row "$type-$hash-good" good "$tmp/p7"
		row "$type-$hash-data" bad "$tmp/p7"
	done
	signed "$type-keyid-good" "ima-$type" -noattr -nocerts -md sha256 -keyid
	signed "$type-cert-good" "ima-$type" -noattr -md sha256
	signed "$type-attributes" "ima-$type" -nocerts -md sha256
	signed "$type-inside" "ima-$type" -noattr -nocerts -md sha256 -nodetach
	row "$type-inside-data" bad "$tmp/p7"
	signed "two-$type-good" "ima-$type" -noattr -nocerts -md sha256 \
		-signer "$keys/ima-modsig.pem" -inkey "$keys/ima-modsig.key"
	row "two-$type-data" bad "$tmp/p7"
done
for key in attacker-p256 attacker-rsa2048 late-p256 evm-p256 evm-rsa2048 platform-p256; do
	signed "by-$key" "$key" -noattr -nocerts -md sha256
	signed "by-$key-keyid" "$key" -noattr -nocerts -md sha256 -keyid
	signed "by-$key-cert" "$key" -noattr -md sha256
done
signed stranger-certs-good ima-p256 -noattr -md sha256 -certfile "$keys/late-p256.pem"
signed md5 ima-rsa2048 -noattr -nocerts -md md5

signed two-attributes ima-p256 -nocerts -md sha256 \
	-signer "$keys/ima-modsig.pem" -inkey "$keys/ima-modsig.key"

# --- of two signers who do not agree in all. The mutator knows the first by the name.

# NAME: what is in "p7" is to be merged, in hexadecimal
keep() {
	{ hex && echo; } <"$tmp/p7" >"$tmp/$1"
}

# NAME KEY HASH [OPTION...]: a message of one
part() {
	name=$1 by=$2 md=$3
	shift 3
	sign "$by" -noattr -md "$md" "$@"
	keep "$name"
}

# ROW CONTENTS NAME NAME
merged() {
	cat "$tmp/$3" "$tmp/$4" | awk -f "$here/../guest/merge.awk" >"$tmp/merged"
	# shellcheck disable=SC2059 # the format is the octal bytes
	printf "$(cat "$tmp/merged")" >"$tmp/p7"
	row "${3%%.*}-$1" "$2" "$tmp/p7"
}

# ROW NAME NAME: in each order
both() {
	merged "both-$1" good "$2" "$3"
	merged "turned-$1" good "$3" "$2"
}

# NAME SKID ISSUER: a certificate and its key, and in whose name it is issued
certify() {
	openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 \
		-out "$tmp/$1.key" 2>/dev/null
	printf 'subjectKeyIdentifier = %s\nauthorityKeyIdentifier = keyid\n' "$2" >"$tmp/ext"
	openssl req -new -key "$tmp/$1.key" -subj "/CN=$1" -config /dev/null -out "$tmp/request"
	openssl x509 -req -in "$tmp/request" -CA "$3.pem" -CAkey "$3.key" -set_serial 0x77 \
		-days 3650 -sha256 -extfile "$tmp/ext" -out "$tmp/$1.pem" 2>/dev/null
}

# NAME: signed by that one, with its certificate
chained() {
	openssl cms -sign -binary -signer "$tmp/$1.pem" -inkey "$tmp/$1.key" -nosmimecap \
		-noattr -md sha256 -outform DER -in "$contents/good" -out "$tmp/p7"
	keep "$1"
}

part p256 ima-p256 sha256 -nocerts
part rsa2048 ima-rsa2048 sha512 -nocerts
part p521 ima-p521 sha1 -nocerts
part rsa3072.sha3 ima-rsa3072 sha3-256 -nocerts
part p256.keyid ima-p256 sha384 -nocerts -keyid
part rsa3072.keyid ima-rsa3072 sha224 -nocerts -keyid
part rsa4096.cert ima-rsa4096 sha384
part stranger late-p256 sha256 -nocerts
part stranger.cert late-p256 sha256
part stranger.another attacker-rsa2048 sha384 -nocerts
part rsa2048.md5 ima-rsa2048 md5 -nocerts
# SM3, which Linux' parser knows, and this kernel lacks
sed 's/2a864886f70d0205/2a811ccf55018311/g' "$tmp/rsa2048.md5" >"$tmp/rsa2048.sm3"
# of another file
part rsa2048.bad ima-rsa2048 sha256 -nocerts -in "$contents/bad"
part stranger.bad late-p256 sha256 -nocerts -in "$contents/bad"
part stranger.bad-cert late-p256 sha256 -in "$contents/bad"
sign ima-rsa2048 -nocerts -md sha256
keep rsa2048.attributes
# issued by a key of the ring, or by one that has its key identifier
certify issued hash "$keys/ima-p256"
chained issued
row issued good "$tmp/p7"
certify liar "$(skid ima-p256)" "$keys/attacker-p256"
certify forged hash "$tmp/liar"
chained forged

both hashes-good p256 rsa2048
merged both-hashes-data bad p256 rsa2048
merged turned-hashes-data bad rsa2048 p256
both sha3-good p256 rsa3072.sha3
both curves-good p256 p521
both keyid-good p256.keyid rsa3072.keyid
both cert-good p256 rsa4096.cert
both versions p256 p256.keyid
both stranger-good rsa2048 stranger
both stranger-cert-good rsa2048 stranger.cert
both strangers stranger stranger.another
both broken p256 rsa2048.bad
both stranger-broken-good p256 stranger.bad
both stranger-cert-broken p256 stranger.bad-cert
both none-good-enough rsa2048.bad stranger
both attributes p256 rsa2048.attributes
both lacking-good p256 rsa2048.sm3
both lacking stranger rsa2048.sm3
both unknown-hash p256 rsa2048.md5
merged both-issued-good good p256 issued
merged both-forged good rsa2048 forged
sign ima-p256 -noattr -nocerts -md sha256
: >"$tmp/empty"
row empty good "$tmp/empty"
echo "modsig-unsigned good - - -"
echo "modsig-without-marker good - - $(hex <"$tmp/p7")"
