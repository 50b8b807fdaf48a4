#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys: what the tools of the key service show of the TEE's keys, word for
# word, and that what they compute with a key comes from the TEE.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite queries

# the whole subject key identifier
skid() {
	openssl x509 -in "$KEYS/$1.pem" -noout -ext subjectKeyIdentifier |
		tail -n 1 | tr -d ' :\n' | tr 'A-F' 'a-f'
}

lookups() {
	sed -n 's/^lookups: //p' "$TEE/stats"
}

# NAME NUMBER COMMAND...: the command asks the TEE so many times
asks() {
	_what=$1 _times=$2
	shift 2
	_before=$(lookups)
	"$@" >/dev/null 2>&1
	equal "$_what asks the TEE $_times times" "$_times" $(($(lookups) - _before))
}

# KEY FORM [HASH]: sign /tmp/data
sign() {
	openssl dgst "-${3:-sha256}" -binary </tmp/data >/tmp/digest
	openssl dgst "-${3:-sha256}" -sign "$KEYS/$1.key" -out /tmp/sig /tmp/data
}

# NAME: of a ring, the names of its keys as the TEE has them
expected_names() {
	sed -n "s/^$1 .* CN = //p" "$TEE/keys" | sort
}

for name in .ima .evm .platform; do
	ring=$(ring_serial $name)
	equal "rdescribe $name" "keyring;0;0;1b0b0000;$name" "$(keyctl rdescribe "$ring")"
	count=$(keyctl rlist "$ring" | wc -w)
	equal "list $name" "$(if [ "$count" = 1 ]; then echo 1 key in keyring:; else echo "$count keys in keyring:"; fi)" \
		"$(keyctl list "$ring" | head -n 1)"
	equal "list $name: keys of root's that may be seen, read and searched" "$count" \
		"$(keyctl list "$ring" | grep -Ec '^ *[0-9]+: ----s-rv     0     0 asymmetric: ')"
done
equal "show .ima" "$(expected_names ima)" \
	"$(keyctl show %keyring:.ima | sed -n 's/.*asymmetric: \(.*\): [0-9a-f]*$/\1/p' | sort)"
equal "show .evm" "$(expected_names evm)" \
	"$(keyctl show %keyring:.evm | sed -n 's/.*asymmetric: \(.*\): [0-9a-f]*$/\1/p' | sort)"

key=$(keyctl search %keyring:.ima asymmetric "id:$(keyid ima-p256)")
equal "search by id, by the whole identifier" "$key" \
	"$(keyctl search %keyring:.ima asymmetric "id:$(skid ima-p256)")"
equal "search by name" "$key" \
	"$(keyctl search %keyring:.ima asymmetric "imatee test IMA P-256: $(skid ima-p256)")"
refused "search for a key that is not there" ENOKEY \
	keyctl search %keyring:.ima asymmetric "id:$(keyid late-p256)"
equal "rdescribe a key" "asymmetric;0;0;0b0b0000;imatee test IMA P-256: $(skid ima-p256)" \
	"$(keyctl rdescribe "$key")"
equal "describe a key" "$key: --s-rv--s-rv------------     0     0 asymmetric: imatee test IMA P-256: $(skid ima-p256)" \
	"$(keyctl describe "$key" | sed 's/^ *//')"
refused "read a key" EOPNOTSUPP keyctl read "$key"

# --- the kernel's table of keys: whose they are, and which
matches "/proc/keys" "$(cat /proc/keys)" \
	"^$(printf %08x "$key") I.{6} +[0-9]+ perm 0b0b0000 +0 +0 asymmetri imatee test IMA P-256: $(skid ima-p256): TEE\.ecdsa-nist-p256 $(keyid ima-p256) \[\]\$"

# --- what a key can do, and whether a signature is one of its
printf 'signed data' >/tmp/data
for row in "ima-p256 256 x962 32 72" "ima-p384 384 x962 48 104" \
	"ima-rsa2048 2048 pkcs1 32 256" "ima-rsa4096 4096 pkcs1 32 512"; do
	# shellcheck disable=SC2086
	set -- $row
	key=$(keyctl search %keyring:.ima asymmetric "id:$(keyid "$1")")
	what="enc=$3 hash=sha256"
	# shellcheck disable=SC2086
	equal "pkey_query $1" "key_size=$2 encrypt=n decrypt=n sign=n verify=y" \
		"$(keyctl pkey_query "$key" 0 $what | grep -v '^max_' | tr '\n' ' ' | sed 's/ $//')"
	# shellcheck disable=SC2086
	asks "pkey_query $1" 1 keyctl pkey_query "$key" 0 $what
	sign "$1" "$3"
	# shellcheck disable=SC2086
	works "pkey_verify $1" keyctl pkey_verify "$key" 0 /tmp/digest /tmp/sig $what
	# shellcheck disable=SC2086
	asks "pkey_verify $1" 2 keyctl pkey_verify "$key" 0 /tmp/digest /tmp/sig $what
	sign "attacker-${1#ima-}" 2>/dev/null || sign attacker-rsa2048
	# shellcheck disable=SC2086
	if keyctl pkey_verify "$key" 0 /tmp/digest /tmp/sig $what >/dev/null 2>&1; then
		not_ok "pkey_verify $1: a signature of another key"
	else
		ok "pkey_verify $1: a signature of another key is refused"
	fi
	sign "$1"
	# shellcheck disable=SC2086
	refused "pkey_sign $1" ENOTSUPP keyctl pkey_sign "$key" 0 /tmp/digest $what
done

# --- a key that says it is one that the TEE does not have
key=$(keyctl search %keyring:.ima asymmetric "id:$(keyid ima-p256)")
sign ima-p256
works "attack: a key of .ima gets another name" start_attack \
	op=rename ring=.ima id="$(keyid ima-p256)"
refused "pkey_query of it" ENOKEY keyctl pkey_query "$key" 0 enc=x962 hash=sha256
refused "pkey_verify with it" ENOKEY \
	keyctl pkey_verify "$key" 0 /tmp/digest /tmp/sig enc=x962 hash=sha256
stop_attack
works "pkey_verify after it" keyctl pkey_verify "$key" 0 /tmp/digest /tmp/sig enc=x962 hash=sha256
finish
