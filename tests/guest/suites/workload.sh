#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Stock, modes off and full alike: what is measured, and in which template. See lists.sh for what
# becomes of it.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
# shellcheck source=tests/guest/listlib.sh
. /tests/guest/listlib.sh
suite "workload-$(mode)"

PLAIN=6000 SIG=6001 NGV2=6002 SIGV2=6003 IMA=6004 EVMSIG=6005 OTHER_PCR=6006
WRITTEN=6007 VERITY=6008 APPRAISED=6009 MODSIG=6010 AS_USER=6011 RUN=6012 TMPFS=6013
VERITY_SIG=6014

# NAME FILE ENTRIES: reading the file adds that many entries
adds() {
	before=$(count)
	cat "$2" >/dev/null || not_ok "$1: it can be read"
	equal "$1" "$3" "$(($(count) - before))"
}

sizes() {
	for size in 0 1 63 64 65 4095 4096 60000 65535 65536 262144 524288 524289 3000000; do
		file "$FILES/size$size" $size $PLAIN
		adds "a file of $size bytes" "$FILES/size$size" 1
	done
	# With a field d, which wants SHA-1, mainline has no entry for it: linux/README.md.
	if ! grep -q 'ima_template_fmt=.*|d' /proc/cmdline; then
		chown $PLAIN /sys/devices/virtual/net/lo/mtu
		adds "a file that is shorter than it says" /sys/devices/virtual/net/lo/mtu 1
	fi
	adds "a file that was measured" "$FILES/size4096" 0
	cp "$FILES/size4096" "$FILES/same"
	chown $PLAIN "$FILES/same"
	adds "the same content with another name" "$FILES/same" 1
	mv "$FILES/same" "$FILES/size4096"
	adds "the same content with the same name" "$FILES/size4096" 0
	echo more >>"$FILES/size4096"
	adds "a file that was changed" "$FILES/size4096" 1
}

# FILE HASH NUMBER: security.ima as evmctl ima_hash makes it, with hashes that it does
# not know, too
hashed() {
	value=$(openssl dgst "-$2" -r <"$1" | cut -d ' ' -f 1)
	setfattr -n security.ima -v "0x04$(printf %02x "$3")$value" "$1"
}

# NAME FILE SIZE HASH NUMBER: openssl has made the digest that is wanted
measured_with() {
	file "$2" "$3" 0
	hashed "$2" "$4" "$5"
	chown $PLAIN "$2"
	adds "$1" "$2" 1
	matches "$1: its digest" "$(tail -n 1 "$ASCII")" "[ :]$4:$value( |\$)"
}

# NAME FILE SIZE HASH NUMBER BYTES: a hash that openssl has not, or not everywhere. Whether
# its digest is right is said by lists.sh, for which the unpatched kernel measures the same.
named() {
	file "$2" "$3" 0
	setfattr -n security.ima -v "0x04$(printf "%02x%0$((2 * $6))d" "$5" 0)" "$2"
	chown $PLAIN "$2"
	adds "$1" "$2" 1
	matches "$1: its name and length" "$(tail -n 1 "$ASCII")" "[ :]$4:[0-9a-f]{$((2 * $6))}( |\$)"
}

# security.ima names the hash that the file is measured with.
hashes() {
	for hash in md5:1 sha1:2 rmd160:3 sha384:5 sha512:6 sha224:7 sha3-256:20 sha3-384:21 \
		sha3-512:22; do
		number=${hash#*:} hash=${hash%:*}
		measured_with "with $hash" "$FILES/$hash" 5000 "$hash" "$number"
		measured_with "a long file with $hash" "$FILES/long-$hash" 1234567 "$hash" "$number"
	done
	for hash in wp256:11:32 wp384:12:48 wp512:13:64 streebog256:18:32 streebog512:19:64; do
		bytes=${hash##*:} hash=${hash%:*}
		number=${hash#*:} hash=${hash%:*}
		named "with $hash" "$FILES/$hash" 5000 "$hash" "$number" "$bytes"
		named "a long file with $hash" "$FILES/long-$hash" 1234567 "$hash" "$number" "$bytes"
	done
}

templates() {
	for owner in $SIG $NGV2 $SIGV2 $IMA $EVMSIG $OTHER_PCR; do
		file "$FILES/t$owner" 3000 0
		quiet_evmctl ima_sign -a sha256 -k "$KEYS/ima-rsa2048.key" "$FILES/t$owner"
		quiet_evmctl sign --portable --uid "$owner" -a sha256 \
			-k "$KEYS/evm-rsa2048.key" "$FILES/t$owner"
		chown "$owner" "$FILES/t$owner"
		adds "template of owner $owner" "$FILES/t$owner" 1
	done
	file "$FILES/long-ima" 300000 $IMA
	adds "template ima, a long file" "$FILES/long-ima" 1
	file "$FILES/no-signature" 3000 $SIG
	adds "template ima-sig without a signature" "$FILES/no-signature" 1
	file "$FILES/$(printf '%0250d' 7)" 100 $IMA
	adds "template ima, a long name" "$FILES/$(printf '%0250d' 7)" 1
}

violations() {
	violated=$(cat $SECFS/ima/violations)
	file "$FILES/violated" 2000 $WRITTEN
	exec 3<"$FILES/violated"
	before=$(count)
	exec 4>>"$FILES/violated"
	equal "ToMToU: one entry" 1 $(($(count) - before))
	exec 4>&- 3<&-
	exec 4>>"$FILES/violated"
	before=$(count)
	exec 3<"$FILES/violated"
	equal "open_writers: one entry" 1 $(($(count) - before))
	adds "open_writers: no more for the same writer" "$FILES/violated" 0
	exec 4>&- 3<&-
	adds "no writer, no violation" "$FILES/violated" 0
	equal "they are counted" 2 $(($(cat $SECFS/ima/violations) - violated))
}

conditions() {
	file "$FILES/user" 2500 $AS_USER
	chmod 644 "$FILES/user"
	chmod 711 /root
	before=$(count)
	cat "$FILES/user" >/dev/null
	equal "not for root" 0 $(($(count) - before))
	busybox su -s /bin/sh nobody -c "cat $FILES/user" >/dev/null
	equal "for another user" 1 $(($(count) - before))
	mount -t tmpfs tmpfs /mnt
	file /mnt/tmp 1500 $TMPFS
	before=$(count)
	cat /mnt/tmp >/dev/null
	equal "by the file system's magic" 1 $(($(count) - before))
	umount /mnt
	fresh "$FILES/run" "$HELPERS/hello"
	chown $RUN "$FILES/run"
	before=$(count)
	"$FILES/run" >/dev/null
	matches "a program that runs" "$(($(count) - before))" '^[12]$'
}

# DIRECTORY: of the layers
overlay() {
	mkdir -p "$1/lower" "$1/upper" "$1/work" "$1/merged"
	file "$1/lower/one" 2222 $PLAIN
	mount -t overlay overlay \
		-o "lowerdir=$1/lower,upperdir=$1/upper,workdir=$1/work" "$1/merged"
	adds "through an overlay on $1" "$1/merged/one" 1
	adds "the lower file of $1 itself" "$1/lower/one" 1
	echo changed >>"$1/merged/one"
	adds "after a change in the overlay on $1" "$1/merged/one" 1
	adds "and not below it" "$1/lower/one" 0
	file "$1/merged/new" 3333 $PLAIN
	adds "a new file in the overlay on $1" "$1/merged/new" 1
	adds "the upper file of $1 itself" "$1/upper/new" 1
	umount "$1/merged"
}

modules() {
	append_signature /modules/imatee_victim.ko "$FILES/victim.ko" \
		"$KEYS/ima-modsig.pem" "$KEYS/ima-modsig.key"
	chown $MODSIG "$FILES/victim.ko"
	before=$(count)
	insmod "$FILES/victim.ko" && rmmod imatee_victim
	equal "a module with its signature" 1 $(($(count) - before))
}

# FILE HASH: "hello" with fs-verity on; its digest
verity_file() {
	fresh "$1" "$HELPERS/hello"
	fsverity enable --hash-alg="$2" "$1"
	fsverity measure "$1" | cut -d ' ' -f 1
}

verity() {
	for hash in sha256 sha512; do
		digest=$(verity_file "$FILES/verity-$hash" $hash)
		chown $VERITY "$FILES/verity-$hash"
		adds "the digest of fs-verity, $hash" "$FILES/verity-$hash" 1
		matches "it is in the list, $hash" "$(tail -n 1 "$ASCII")" \
			" ima-ngv2 verity:$digest $FILES/verity-$hash\$"
	done
	digest=$(verity_file "$FILES/verity-signed" sha256)
	value=$(echo "$digest $FILES/verity-signed" |
		evmctl sign_hash --veritysig -k "$KEYS/ima-rsa2048.key" 2>/dev/null |
		awk '{ print $NF }')
	setfattr -n security.ima -v "0x$value" "$FILES/verity-signed"
	chown $VERITY_SIG "$FILES/verity-signed"
	adds "the digest of fs-verity, signed" "$FILES/verity-signed" 1
	matches "with its signature, of version 3" "$(tail -n 1 "$ASCII")" \
		" ima-sigv2 verity:$digest $FILES/verity-signed 060304[0-9a-f]+\$"
}

# A digest that was made for an appraisal, and is measured by another rule.
appraised() {
	file "$FILES/appraised" 7000 0
	quiet_evmctl ima_sign -a sha256 -k "$KEYS/ima-rsa2048.key" "$FILES/appraised"
	quiet_evmctl sign --portable --uid $APPRAISED -a sha256 -k "$KEYS/evm-rsa2048.key" \
		"$FILES/appraised"
	chown $APPRAISED "$FILES/appraised"
	adds "appraised only" "$FILES/appraised" 0
	load_policy "measure func=FILE_CHECK mask=MAY_READ fowner=$APPRAISED"
	adds "measured after it was appraised" "$FILES/appraised" 1
}

keys() {
	keyctl newring measured @u >/dev/null
	before=$(count)
	keyctl padd asymmetric "" %:measured <"$KEYS/late-p256.der" >/dev/null
	equal "a key of a measured keyring" 1 $(($(count) - before))
}

start
load_policy \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$PLAIN" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$SIG template=ima-sig" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$NGV2 template=ima-ngv2" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$SIGV2 template=ima-sigv2" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$IMA template=ima" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$EVMSIG template=evm-sig" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$OTHER_PCR pcr=11" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$WRITTEN" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$VERITY digest_type=verity template=ima-ngv2" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$VERITY_SIG digest_type=verity template=ima-sigv2" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$AS_USER uid>0" \
	"measure func=FILE_CHECK mask=MAY_READ fsmagic=0x01021994 fowner=$TMPFS" \
	"measure func=BPRM_CHECK fowner=$RUN" \
	"measure func=MODULE_CHECK fowner=$MODSIG template=ima-modsig" \
	"appraise func=MODULE_CHECK fowner=$MODSIG appraise_type=imasig|modsig" \
	"measure func=KEY_CHECK keyrings=measured" \
	"appraise func=FILE_CHECK fowner=$APPRAISED appraise_type=imasig" ||
	not_ok "the policy is loaded"
sizes
hashes
templates
violations
conditions
overlay /tmp/overlay
overlay /root/overlay
modules
verity
appraised
keys
finish
