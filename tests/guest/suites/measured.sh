#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode full: what the TEE's list has and IMA's has not, and the segments of the log.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite measured

LISTS=$SECFS/ima
COUNT=$LISTS/runtime_measurements_count
PLAIN=6000 IMA=6004 VERITY=6008 MODSIG=6010 APPRAISED=6011 BOTH=6012

# FILE SIZE OWNER
file() {
	rm -f "$1"
	seq 1 1000000 | head -c "$2" >"$1"
	chown "$3" "$1"
}

# The last entry of the list, in ASCII
last() {
	tail -n 1 "$LISTS/ascii_runtime_measurements"
}

stat_of() {
	sed -n "s/^$1: //p" "$TEE/stats"
}

# What the TEE was asked up to now: by what, and how often in all.
asked() {
	echo "$(stat_of events) $(stat_of blocks) $(stat_of verifications) $(stat_of calls)"
}

# NAME EVENTS BLOCKS VERIFICATIONS COMMAND...: what it costs, and nothing else.
# BLOCKS is how many calls may hash blocks at most; unless it is 0 there is one at least.
costs() {
	_name=$1 _wanted="$2 events, $4 verifications, and no other calls" _most=$3
	shift 4
	# shellcheck disable=SC2046 # four numbers
	set -- $(asked) "$@"
	_events=$1 _blocks=$2 _verified=$3 _calls=$4
	shift 4
	"$@" >/dev/null 2>&1 || not_ok "$_name: it works"
	# shellcheck disable=SC2046 # four numbers
	set -- $(asked)
	_events=$(($1 - _events)) _blocks=$(($2 - _blocks)) _verified=$(($3 - _verified))
	_others=$(($4 - _calls - _events - _blocks - _verified))
	[ $_others != 0 ] || _others=no
	equal "$_name" "$_wanted" "$_events events, $_verified verifications, and $_others other calls"
	if [ $_blocks -le "$_most" ] && { [ $_blocks != 0 ] || [ "$_most" = 0 ]; }; then
		ok "$_name: blocks"
	else
		not_ok "$_name: blocks" "$_blocks of at most $_most"
	fi
}

# FILE SIZE OWNER: one that is signed for that owner
signed() {
	OWNER=$3
	file "$1" "$2" "$3"
	ima_sign "$1" ima-p256
	evm_sign "$1" evm-p256
}

append_to() {
	sh -c 'exec 4>>"$0"' "$1"
}

# Readers at the same time, each with a content of its own. There are fewer
# rooms than readers: who finds none has blocks of 32 KiB hashed.
side_by_side() {
	: >/tmp/wanted
	for n in 1 2 3 4 5 6 7 8; do
		case $n in
		[1357]) owner=$PLAIN hash=sha256 entry="ima-ng sha256:" ;;
		*) owner=$IMA hash=sha1 entry="ima " ;;
		esac
		size=$((3000000 + n * 200001))
		seq ${n}00000 9999999 | head -c $size >"$FILES/reader$n"
		digest=$(openssl dgst -$hash -r <"$FILES/reader$n" | cut -d ' ' -f 1)
		echo "$entry$digest $FILES/reader$n" >>/tmp/wanted
		chown $owner "$FILES/reader$n"
	done
	events=$(stat_of events) without=$(stat_of without_room)
	for n in 1 2 3 4 5 6 7 8; do
		read_file "$FILES/reader$n" &
	done
	wait
	without=$(($(stat_of without_room) - without))
	equal "eight readers at once: eight events" 8 $(($(stat_of events) - events))
	equal "each file has its digest" "$(sort /tmp/wanted)" \
		"$(grep " $FILES/reader" "$LISTS/ascii_runtime_measurements" | cut -d ' ' -f 3- | sort)"
	matches "not all of them had a room, and not none" $without '^[1-7]$'
}

# PAGES: of the file at descriptor 5, so many are in memory at last
so_many() {
	_tries=100
	while [ "$("$HELPERS/resident" 5)" -lt "$1" ] && [ $_tries != 0 ]; do
		_tries=$((_tries - 1))
		usleep 50000
	done
	usleep 200000
	equal "meanwhile the rest of the ring is filled" "$1" "$("$HELPERS/resident" 5)"
}

# Half a ring is handed over at once: 128 KiB, or 32 pages. While nobody hashes them, 32
# more are read, and no others.
reads_ahead() {
	file "$FILES/ahead" 3000000 0
	exec 5<"$FILES/ahead"
	chown $PLAIN "$FILES/ahead"
	sync
	echo 1 >/proc/sys/vm/drop_caches
	_ahead=$(cat $READ_AHEAD)
	echo 0 >$READ_AHEAD
	dmesg -c >/dev/null
	/usr/sbin/insmod /modules/imatee_hold.ko seconds=60 &
	_hold=$!
	while ! dmesg | grep -q 'hold: [0-9]* verifiers$' && kill -0 $_hold; do
		usleep 50000
	done
	cat "$FILES/ahead" >/dev/null &
	_reader=$!
	so_many 64
	kill $_hold
	wait $_hold
	wait $_reader
	equal "and then the file is read" 0 $?
	echo "$_ahead" >$READ_AHEAD
	matches "its digest is right" "$(last)" \
		" sha256:$(openssl dgst -sha256 -r <"$FILES/ahead" | cut -d ' ' -f 1) $FILES/ahead\$"
	exec 5<&-
	rmmod imatee_hold
}

READ_AHEAD=/sys/block/vda/queue/read_ahead_kb
HALT=/sys/module/imatee_halt/parameters/state

# FILE: it is measured on CPU 1, and there held where the kernel asks for its version;
# meanwhile something is appended to it, on CPU 0
append_meanwhile() {
	taskset -p 1 $$ >/dev/null
	taskset 2 cat "$1" >/dev/null &
	_tries=100
	until [ "$(cat $HALT)" = 1 ] || [ $_tries = 0 ]; do
		_tries=$((_tries - 1))
		usleep 20000
	done
	sh -c 'exec 4>>"$0"; echo more >&4; echo 2 >"$1"' "$1" $HALT
	wait
	taskset -p 3 $$ >/dev/null
}

start
load_policy "measure func=FILE_CHECK mask=MAY_READ fowner=$PLAIN" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$VERITY digest_type=verity template=ima-ngv2" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$IMA template=ima" \
	"measure func=MODULE_CHECK fowner=$MODSIG template=ima-modsig" \
	"appraise func=MODULE_CHECK fowner=$MODSIG appraise_type=imasig|modsig" \
	"appraise func=FILE_CHECK fowner=$APPRAISED appraise_type=imasig" \
	"measure func=FILE_CHECK mask=MAY_READ fowner=$BOTH" \
	"appraise func=FILE_CHECK fowner=$BOTH appraise_type=imasig"
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

# Reading it is EOPNOTSUPP. One of which there is less than its size says is zeros.
unreadable=/sys/devices/virtual/net/lo/phys_port_id short=/sys/devices/virtual/net/lo/mtu
chown $PLAIN $unreadable $short
before=$(cat $COUNT)
refused "a file that cannot be read" EACCES read_file $unreadable
equal "has no entry" 0 $(($(cat $COUNT) - before))
works "one that is shorter than it says" read_file $short
matches "has a digest of zeros" "$(last)" "sha256:0{64} $short\$"

# MD4: the kernel has it, the TEE has not. Of what the kernel has not either it takes no such
# attribute: RIPEMD-128, Tiger, and here SM3. To the TEE they are alike.
for size in 100 1000000; do
	file "$FILES/md4-$size" $size 0
	setfattr -n security.ima -v "0x0400$(printf %032d 0)" "$FILES/md4-$size"
	chown $PLAIN "$FILES/md4-$size"
	before=$(cat $COUNT)
	refused "a file of $size bytes that is to be hashed with MD4" EACCES \
		read_file "$FILES/md4-$size"
	refused "and again" EACCES read_file "$FILES/md4-$size"
	equal "has no entry" 0 $(($(cat $COUNT) - before))
	setfattr -x security.ima "$FILES/md4-$size"
	works "without that attribute it can be read" read_file "$FILES/md4-$size"
	equal "and has an entry" 1 $(($(cat $COUNT) - before))
done
file "$FILES/unknown" 100 0
for number in 08 0e 10 11; do
	refused "a hash that the kernel has not, number 0x$number" EACCES \
		setfattr -n security.ima -v "0x04$number$(printf %0128d 0)" "$FILES/unknown"
done

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
# The digest in a field d is SHA-1 or MD5, and of a buffer there is one of ima_hash= only.
for func in KEY_CHECK KEXEC_CMDLINE "CRITICAL_DATA label=imatee_other"; do
	echo "measure func=$func template=ima" >/tmp/rule
	refused "a template that ${func%% *} does not fit" EINVAL dd if=/tmp/rule of="$POLICY"
done
load_policy "measure func=CRITICAL_DATA label=imatee_other template=ima-ng"

events=$(stat_of events)
i=0
while [ $i -lt 400 ]; do
	file "$FILES/many$i" $i $PLAIN
	i=$((i + 1))
done
before=$(cat $COUNT)
cat "$FILES"/many* >/dev/null
equal "400 files, 400 entries" 400 $(($(cat $COUNT) - before))
equal "one call of the TEE for each" 400 \
	$(($(stat_of events) - events))
cat "$FILES"/many* >/dev/null
equal "none for files that were measured" 400 \
	$(($(stat_of events) - events))
for bank in sha1 sha256 sha384; do
	equal "as many lines in bank $bank as are counted" "$(cat $COUNT)" \
		"$(wc -l <"$LISTS/ascii_runtime_measurements_$bank")"
done

# 60000 bytes go along with the event, 64 KiB do not. They are read into a ring of 256 KiB
# in parts of 64 KiB, while what is there is hashed: a call for each part at most.
before=$(stat_of without_room)
for row in "0 0" "60000 0" "65536 1" "65537 2" "262144 4" "262145 5" "3000000 46" "9000000 138"; do
	# shellcheck disable=SC2086 # a size and a number of blocks
	set -- $row
	file "$FILES/costs$1" "$1" $PLAIN
	costs "a file of $1 bytes" 1 "$2" 0 read_file "$FILES/costs$1"
	costs "a file of $1 bytes, again" 0 0 0 read_file "$FILES/costs$1"
	signed "$FILES/both$1" "$1" $BOTH
	costs "one of $1 bytes that is appraised, too" 1 "$2" 2 read_file "$FILES/both$1"
	costs "one of $1 bytes that is appraised, too, again" 0 0 0 read_file "$FILES/both$1"
done
file "$FILES/costs-ima" 3000000 $IMA
costs "two hashes of one file" 1 46 0 read_file "$FILES/costs-ima"
signed "$FILES/appraised" 3000000 $APPRAISED
costs "a file that is appraised alone" 1 46 2 read_file "$FILES/appraised"
equal "files that are read one after the other all find a room" "$before" "$(stat_of without_room)"
load_policy "measure func=FILE_CHECK mask=MAY_READ fowner=$APPRAISED"
costs "the same, when it is measured later" 1 0 0 read_file "$FILES/appraised"
side_by_side
reads_ahead

exec 3<"$FILES/costs60000"
costs "ToMToU" 1 0 0 append_to "$FILES/costs60000"
costs "ToMToU again, without another reader" 0 0 0 append_to "$FILES/costs60000"
exec 3<&-
file "$FILES/writers" 1000 $PLAIN
exec 4>>"$FILES/writers"
costs "open_writers, and the file" 2 0 0 read_file "$FILES/writers"
costs "the same, again" 0 0 0 read_file "$FILES/writers"
exec 4>&-

# That its digest was made of less must not be missed by who closes the file.
file "$FILES/meanwhile" 100 $PLAIN
works "a module that holds who measures a file" insmod /modules/imatee_halt.ko \
	file="$FILES/meanwhile"
append_meanwhile "$FILES/meanwhile"
equal "it is held until something has been appended" 2 "$(cat $HALT)"
rmmod imatee_halt
works "then the file is read again" read_file "$FILES/meanwhile"
digest=$(sha256sum <"$FILES/meanwhile" | cut -d ' ' -f 1)
matches "the list has it with what was appended" \
	"$(grep "/meanwhile\$" "$LISTS/ascii_runtime_measurements")" " sha256:$digest $FILES/meanwhile\$"

# More often than there are rooms, while content is on its way through one.
file "$FILES/broken" 3000000 $PLAIN
works "a module by which a file cannot be read from some byte on" \
	insmod /modules/imatee_ioerror.ko file="$FILES/broken" from=1000000
before=$(cat $COUNT) without=$(stat_of without_room)
for n in 1 2 3 4 5; do
	refused "the file, $n" EACCES read_file "$FILES/broken"
done
equal "has no entry" 0 $(($(cat $COUNT) - before))
rmmod imatee_ioerror
works "then it is read" read_file "$FILES/broken"
matches "has its digest" "$(last)" \
	" sha256:$(sha256sum <"$FILES/broken" | cut -d ' ' -f 1) $FILES/broken\$"
equal "and each time there was a room" "$without" "$(stat_of without_room)"

# A kernel that lends a verifier a ring in which the message lies.
works "parameters that overlap are refused, and the verifier lives" \
	insmod /modules/imatee_overlap.ko
rmmod imatee_overlap

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
# What is whole of it is taken, so the end is where it can be told.
head -c $(($(wc -c </tmp/segments) - 1)) /tmp/segments >/tmp/cut
refused "a file of segments that was cut off" EINVAL dd if=/tmp/cut of="$TEE/segments" bs=100k
matches "the kernel's log says so" "$(dmesg)" \
	'the last segment of the log that was written is cut off after [0-9]+ bytes'
works "a file of no segments" dd if=/dev/null of="$TEE/segments"
equal "the list is as it was" "$(cat $COUNT)" "$(wc -l <"$LISTS/ascii_runtime_measurements")"
finish
