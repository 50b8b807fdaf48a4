#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode full: what the TEE's list has and IMA's has not, and the segments of the log.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite measured

LISTS=$SECFS/ima
COUNT=$LISTS/runtime_measurements_count
PLAIN=6000 IMA=6004 VERITY=6008 MODSIG=6010

# FILE SIZE OWNER
file() {
	rm -f "$1"
	seq 1 100000 | head -c "$2" >"$1"
	chown "$3" "$1"
}

# The last entry of the list, in ASCII
last() {
	tail -n 1 "$LISTS/ascii_runtime_measurements"
}


start
load_policy "measure func=FILE_CHECK mask=MAY_READ fowner=$PLAIN" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$VERITY digest_type=verity template=ima-ngv2" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$IMA template=ima" \
	"measure func=MODULE_CHECK fowner=$MODSIG template=ima-modsig" \
	"appraise func=MODULE_CHECK fowner=$MODSIG appraise_type=imasig|modsig"
equal "the mode" full "$(mode)"
equal "the first entry" boot_aggregate "$(head -n 1 "$LISTS/ascii_runtime_measurements" | cut -d ' ' -f 5)"

file "$FILES/no-verity" 100 $VERITY
works "a file without fs-verity can be read" read_file "$FILES/no-verity"
matches "its digest is zeros" "$(last)" "^10 [0-9a-f]{40} ima-ngv2 ima:sha256:0{64} $FILES/no-verity\$"

file "$FILES/direct" 4096 $PLAIN
works "a file that is opened with O_DIRECT" dd if="$FILES/direct" of=/dev/null bs=4096 iflag=direct
matches "its digest is zeros, too" "$(last)" "sha256:0{64} $FILES/direct\$"

file "$FILES/direct-ima" 4096 $IMA
works "the same with the template ima" dd if="$FILES/direct-ima" of=/dev/null bs=4096 iflag=direct
matches "that is an entry, too" "$(last)" "^10 [0-9a-f]{40} ima 0{40} $FILES/direct-ima\$"

# Where a mount is gone, IMA knows a file by its bare name.
mkdir /tmp/gone
mount -t tmpfs none /tmp/gone
for name in boot_aggregate other; do
	file "/tmp/gone/$name" 100 $PLAIN
done
cd /tmp/gone && umount -l /tmp/gone
works "a file of a mount that is gone" read_file other
matches "is shown by its name" "$(last)" " sha256:[0-9a-f]{64} other\$"
before=$(cat $COUNT)
refused "one that is called as a boot's entry" EACCES cat boot_aggregate
equal "has no entry" 0 $(($(cat $COUNT) - before))
cd /

for key in modsig rsa2048; do
	sign_message /modules/imatee_victim.ko /tmp/$key.p7 "$KEYS/ima-$key.pem" "$KEYS/ima-$key.key"
done
merge_messages /tmp/modsig.p7 /tmp/rsa2048.p7 >/tmp/both.p7
append_message /modules/imatee_victim.ko "$FILES/two.ko" /tmp/both.p7
chown $MODSIG "$FILES/two.ko"
works "a module of two signers" insmod "$FILES/two.ko"
rmmod imatee_victim
matches "it has no digest of its own" "$(last)" " ima-modsig .* $FILES/two.ko   [0-9a-f]+\$"

load_policy "measure func=FILE_CHECK mask=MAY_READ fowner=6100 pcr=22"
file "$FILES/pcr22" 100 6100
works "PCR 22" read_file "$FILES/pcr22"
matches "PCR 22 is in the list" "$(last)" "^22 .* $FILES/pcr22\$"
# Quotes have something else in PCR 23.
for pcr in 23 24; do
	echo "measure func=FILE_CHECK pcr=$pcr" >/tmp/rule
	refused "a rule for PCR $pcr" EINVAL dd if=/tmp/rule of="$POLICY"
done

events=$(sed -n 's/^events: //p' $TEE/stats)
i=0
while [ $i -lt 400 ]; do
	file "$FILES/many$i" $i $PLAIN
	i=$((i + 1))
done
before=$(cat $COUNT)
cat "$FILES"/many* >/dev/null
equal "400 files, 400 entries" 400 $(($(cat $COUNT) - before))
equal "one call of the TEE for each" 400 \
	$(($(sed -n 's/^events: //p' $TEE/stats) - events))
cat "$FILES"/many* >/dev/null
equal "none for files that were measured" 400 \
	$(($(sed -n 's/^events: //p' $TEE/stats) - events))
for bank in sha1 sha256 sha384; do
	equal "as many lines in bank $bank as are counted" "$(cat $COUNT)" \
		"$(wc -l <"$LISTS/ascii_runtime_measurements_$bank")"
done

# SIZE [ARGUMENT]: data of the kernel
critical() {
	insmod /modules/imatee_critical.ko name=long size="$1" "$2" && rmmod imatee_critical
}

# The record's head, its template's name, and the fields before the data take 76 bytes.
load_policy "measure func=CRITICAL_DATA label=imatee_test"
critical 44980 hash=0
matches "the longest buffer" "$(last | wc -c)" '^9[0-9]{4}$'
critical 44981 hash=0
matches "a longer one: its hash" "$(last)" \
	"^10 [0-9a-f]{40} ima-buf sha256:[0-9a-f]{64} long [0-9a-f]{64}\$"
before=$(cat $COUNT)
critical 44981 hash=1
equal "the same entry as of who wants the hash" 0 $(($(cat $COUNT) - before))

cat "$TEE/segments" >/tmp/segments
matches "there are closed segments" "$(wc -c </tmp/segments)" '^[0-9]{5,}$'
works "segments that are here already" dd if=/tmp/segments of="$TEE/segments" bs=100k
equal "add no entries" "$(cat $COUNT)" "$(wc -l <"$LISTS/ascii_runtime_measurements")"
cp /tmp/segments /tmp/changed
printf X | dd of=/tmp/changed bs=1 seek=500 conv=notrunc 2>/dev/null
refused "a segment that was changed" EBADMSG dd if=/tmp/changed of="$TEE/segments" bs=100k
head -c 4096 /dev/zero >/tmp/garbage
refused "no segment" EINVAL dd if=/tmp/garbage of="$TEE/segments" bs=4096
equal "the list is as it was" "$(cat $COUNT)" "$(wc -l <"$LISTS/ascii_runtime_measurements")"
finish
