#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode full: the log is trimmed up to where somebody says that he has it, and no further.
# Another kernel finds it so.
#
#	trim.sh first	in the first kernel
#	trim.sh		in the second
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite trim

LIST=$SECFS/ima/ascii_runtime_measurements
COUNT=$SECFS/ima/runtime_measurements_count
VIOLATIONS=$SECFS/ima/violations
KEPT=/var/trim
KEY=$KEYS/receipt-p256.key
PLAIN=6000 OTHER_PCR=6006

policy() {
	start
	load_policy "measure func=FILE_CHECK mask=MAY_READ fowner=$PLAIN" \
		"measure func=FILE_CHECK mask=MAY_READ fowner=$OTHER_PCR pcr=11"
}

# BATCH NUMBER [OWNER]: that many files are measured
measure() {
	mkdir -p "$FILES/$1"
	i=0
	while [ $i -lt "$2" ]; do
		echo "$1 $i" >"$FILES/$1/$i"
		i=$((i + 1))
	done
	chown "${3:-$PLAIN}" "$FILES/$1"/*
	cat "$FILES/$1"/* >/dev/null
}

# NAME: one violation
violate() {
	echo "$1" >"$FILES/$1"
	chown $PLAIN "$FILES/$1"
	exec 3<"$FILES/$1"
	exec 4>>"$FILES/$1"
	exec 4>&- 3<&-
}

# FILE OFFSET LENGTH
part() {
	tail -c +$(($2 + 1)) "$1" | head -c "$3"
}

hex() {
	od -An -v -tx1 | tr -d ' \n'
}

# HEX
unhex() {
	# shellcheck disable=SC2059 # the format is the bytes
	printf "$(echo "$1" | sed 's/../\\x&/g')"
}

# The first four bytes of a number, which are enough here.
number() {
	od -An -tu4 -N4 | tr -d ' '
}

# NUMBER: as four bytes, least significant first
le32() {
	# shellcheck disable=SC2059 # the format is the octal bytes
	printf "$(printf '\\%03o\\%03o\\%03o\\%03o' $(($1 & 255)) $(($1 >> 8 & 255)) \
		$(($1 >> 16 & 255)) $(($1 >> 24 & 255)))"
}

# struct imatee_quote_reply: .binding begins at 48, and its .order at 216, .checkpoint at 296,
# .pcrs at 328

# NAME: a quote, $KEPT.NAME, and /tmp/NAME.text, the list that it is of
quote() {
	works "quote $1" sh -c "$HELPERS/logcall quote >$KEPT.$1"
	cat "$LIST" >"/tmp/$1.text"
}

# QUOTE: the number of entries that it is of
entries() {
	part "$KEPT.$1" 72 8 | number
}

# QUOTE: the parts of a request for it, in /tmp/request.d
take_apart() {
	rm -rf /tmp/request.d
	mkdir /tmp/request.d
	# PCR 23 is no part of the log.
	{
		part "$KEPT.$1" 328 2392
		head -c 104 /dev/zero
	} >/tmp/request.d/pcrs
	part "$KEPT.$1" 296 32 >/tmp/request.d/checkpoint
	part "$KEPT.$1" 216 32 >/tmp/request.d/order
	part "$KEPT.$1" 56 16 >/tmp/request.d/boot_id
	part "$KEPT.$1" 72 8 >/tmp/request.d/position
	printf imateeR2 >/tmp/request.d/magic
	le32 0 >/tmp/request.d/reserved
}

# [KEY]: the receipt, signed
sign() {
	{
		cat /tmp/request.d/magic /tmp/request.d/boot_id /tmp/request.d/position
		openssl dgst -sha256 -binary /tmp/request.d/pcrs
		cat /tmp/request.d/order
	} >/tmp/request.d/receipt
	openssl dgst -sha256 -sign "${1:-$KEY}" -out /tmp/request.d/signature /tmp/request.d/receipt
	le32 "$(wc -c </tmp/request.d/signature)" >/tmp/request.d/sig_len
}

# /tmp/request, of these parts
assemble() {
	(cd /tmp/request.d && cat receipt checkpoint pcrs order sig_len reserved signature) >/tmp/request
}

# QUOTE: a request that is right
request() {
	take_apart "$1" && sign && assemble
}

# PART OFFSET: one bit of it is another
flip() {
	byte=$(part "/tmp/request.d/$1" "$2" 1 | od -An -tu1 | tr -d ' ')
	# shellcheck disable=SC2059 # the format is the octal byte
	printf "$(printf '\\%03o' $((byte ^ 1)))" |
		dd of="/tmp/request.d/$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

# Writes /tmp/request, at once.
trim() {
	dd if=/tmp/request of="$TEE/trim" bs=65536
}

# NAME ERRNO [KEY]: the parts, signed and put together
refused_parts() {
	sign ${3:+"$3"}
	assemble
	refused "refused: $1" "$2" trim
}

violations_shown() {
	grep -Ec '^ ?[0-9]+ 0{40} ' "$LIST"
}

# WHEN POSITION: that is where all begins
begins_at() {
	equal "$1: the kernel says where" "$2" "$(tee_state log_begins)"
	equal "$1: the TEE says where" "$2" "$("$HELPERS/logcall" base | tail -c +49 | number)"
	equal "$1: as many entries as are counted" "$(cat "$COUNT")" "$(wc -l <"$LIST")"
	equal "$1: as many violations" "$(cat "$VIOLATIONS")" "$(violations_shown)"
}

# The guest has it for the other banks.
sha384sum() {
	openssl dgst -sha384 -r
}

# PCR OFFSET LENGTH SUM: from the base, by the list's digests: its value
replay_one() {
	value=$(part /tmp/base $((56 + 104 * $1 + $2)) "$3" | hex)
	digests=$(sed -n "s/^ *$1 \([0-9a-f]*\) .*/\1/p" /tmp/replayed)
	for digest in $digests; do
		case $digest in
		*[1-9a-f]*) ;;
		*) digest=$(echo "$digest" | tr 0 f) ;;
		esac
		value=$(unhex "$value$digest" | "$4" | cut -d ' ' -f 1)
	done
	echo "$value"
}

# PCR BANK OFFSET LENGTH
replays() {
	cat "${LIST}_$2" >/tmp/replayed
	equal "the list leads from the base to PCR $1, $2" \
		"$(part /tmp/now $((328 + 104 * $1 + $3)) "$4" | hex)" \
		"$(replay_one "$1" "$3" "$4" "${2}sum")"
}

ask_tee() {
	"$HELPERS/logcall" base >/tmp/base
	"$HELPERS/logcall" quote >/tmp/now
}

refusals() {
	cat "$LIST" >/tmp/before
	take_apart a
	refused_parts "signed by another key" EKEYREJECTED "$KEYS/ima-p256.key"
	refused_parts "signed by the CA" EKEYREJECTED "$KEYS/ca.key"
	sign
	flip signature 40
	assemble
	refused "refused: another signature" EKEYREJECTED trim
	sign
	flip receipt 8
	assemble
	refused "refused: another boot, unsigned" ESTALE trim
	for part in boot_id checkpoint order pcrs position; do
		take_apart a
		flip $part 0
		refused_parts "another $part" ESTALE
	done
	take_apart a
	part $KEPT.b 72 8 >/tmp/request.d/position
	refused_parts "a later position" ESTALE
	take_apart a
	le32 100000 >/tmp/request.d/position
	le32 0 >>/tmp/request.d/position
	refused_parts "beyond the end" ESTALE
	take_apart a
	part $KEPT.b 216 32 >/tmp/request.d/order
	refused_parts "a later order" ESTALE
	take_apart a
	sign
	flip order 31
	assemble
	refused "refused: an order that is not signed" ESTALE trim
	take_apart a
	printf imateeR1 >/tmp/request.d/magic
	refused_parts "no receipt" EINVAL
	take_apart a
	flip reserved 0
	refused_parts "something reserved" EINVAL
	lengths
	matches "the log says why" "$(dmesg)" 'the log is not trimmed: no key that is built in'
	matches "so does the audit log" "$(dmesg)" 'op=imatee_trim cause=invalid-receipt .*res=0'
	matches "also of what never got to the TEE" "$(dmesg)" \
		'op=imatee_trim cause=request-malformed .*res=0'
	works "after all that: the list is as it was" cmp /tmp/before "$LIST"
	begins_at "after all that" 0
}

lengths() {
	request a
	cp /tmp/request /tmp/right
	head -c 2663 /tmp/right >/tmp/request
	refused "refused: no whole request" EINVAL trim
	head -c 2664 /tmp/right >/tmp/request
	refused "refused: without the signature" EINVAL trim
	head -c $(($(wc -c </tmp/right) - 1)) /tmp/right >/tmp/request
	refused "refused: a byte is missing" EINVAL trim
	{
		cat /tmp/right
		printf X
	} >/tmp/request
	refused "refused: a byte too many" EINVAL trim
	le32 1025 >/tmp/request.d/sig_len
	assemble
	refused "refused: says that it is too long" EFBIG trim
	{
		cat /tmp/right
		head -c 1024 /dev/zero
	} >/tmp/request
	refused "refused: is too long" EFBIG trim
	refused "refused: in pieces" EINVAL dd if=/tmp/right of="$TEE/trim" bs=1000
}

permissions() {
	request a
	chmod 644 /tmp/request
	refused "refused: another user" EACCES busybox su -s /bin/sh nobody -c \
		"dd if=/tmp/request of=$TEE/trim bs=4096"
	equal "for root alone" 200 "$(stat -c %a "$TEE/trim")"
	refused "it cannot be read" EINVAL cat "$TEE/trim"
}

# QUOTE [AGAIN]: what it was of is gone now; /tmp/whole is the list from the start on
trims_to() {
	request "$1"
	works "trim to $1${2-}" trim
	begins_at "trimmed to $1${2-}" "$(entries "$1")"
	tail -n +$(($(entries "$1") + 1)) /tmp/whole >/tmp/rest
	works "trimmed to $1${2-}: the rest is there" cmp /tmp/rest "$LIST"
}

# FILE NAME: reads it again and again; errors go to /tmp/errors.NAME
reader() {
	n=0
	while [ $n -lt 12 ]; do
		cat "$1" 2>>"/tmp/errors.$2" >/dev/null
		n=$((n + 1))
	done
}

# Whoever reads while the log is trimmed to b.
trim_among_readers() {
	exec 5<"$LIST" 6<"$LIST" 7<"$TEE/segments"
	dd bs=4096 count=1 <&5 >/tmp/early 2>/dev/null
	dd bs=4096 count=20 <&6 >/tmp/late 2>/dev/null
	dd bs=4096 count=1 <&7 >/dev/null 2>&1
	cp "$LIST" /tmp/long
	if [ "$(wc -l </tmp/late)" -gt $(($(entries b) - $(entries a))) ]; then
		ok "one reader has come further than the new beginning"
	else
		not_ok "one reader has come further than the new beginning" "$(wc /tmp/late)"
	fi
	before=$(wc -c <"$TEE/segments")
	: >/tmp/errors.list
	: >/tmp/errors.segments
	reader "$LIST" list &
	reader "$TEE/segments" segments &
	trims_to b
	wait
	equal "readers meanwhile: no other error" "" \
		"$(grep -v 'Stale file handle' /tmp/errors.list /tmp/errors.segments)"
	sh -c 'cat <&5' >>/tmp/early 2>/tmp/stale
	matches "a reader before it: ESTALE" "$(cat /tmp/stale)" 'Stale file handle'
	head -c "$(wc -c </tmp/early)" /tmp/long | cmp -s - /tmp/early
	equal "what he has read until then is all of it" 0 $?
	sh -c 'cat <&6' >>/tmp/late
	works "a reader behind it has read it all" cmp /tmp/late /tmp/long
	refused "a reader of segments" ESTALE sh -c 'cat <&7 >/dev/null'
	exec 5<&- 6<&- 7<&-
	after=$(wc -c <"$TEE/segments")
	if [ "$after" -lt $((before - 15000)) ]; then
		ok "segments are gone"
	else
		not_ok "segments are gone" "$before bytes, then $after"
	fi
}

first_kernel() {
	policy
	measure a 20
	violate first
	quote a
	measure b 500
	quote b
	measure c 260
	violate second
	cat "$LIST" >/tmp/whole
	cp /tmp/whole $KEPT.list
	cat "$TEE/segments" >$KEPT.segments
	refusals
	permissions
	equal "two violations" 2 "$(cat "$VIOLATIONS")"
	trims_to a
	equal "one violation is left" 1 "$(cat "$VIOLATIONS")"
	trim_among_readers
	trims_to b " again"
	request a
	works "trim to a, once more" trim
	begins_at "and nothing changes" "$(entries b)"
	works "what is left leads to the PCRs" sh -c "imatee log show >/tmp/shown"
	works "segments of before are passed over" dd if=$KEPT.segments of="$TEE/segments" bs=100k
	works "and the list is as it was" cmp /tmp/rest "$LIST"
	tee_state boot_id >$KEPT.boot_id
	kexec -s -l /kernel/Image --append="$(cat /proc/cmdline) \
imatee.resume=/tests/guest/suites/trim.sh" || not_ok "load the second kernel"
	sync
	exec kexec -e
}

# As linux/README.md has it, on one machine.
with_the_tool() {
	nonce=$(head -c 16 /dev/urandom | hex)
	works "the tool shows a list that was trimmed" sh -c "imatee log show >/tmp/shown"
	works "it is the kernel's" cmp /tmp/shown "$LIST"
	works "its key" imatee ak --output /tmp/ak.pem
	works "its quote" imatee quote --nonce "$nonce" --output /tmp/quoted
	here=$(tail -c +49 /tmp/base | number)
	here=$((here + $(wc -l <"$LIST")))
	measure g 5
	works "a receipt" imatee verify-quote /tmp/quoted --ak /tmp/ak.pem --nonce "$nonce" \
		--development --receipt /tmp/receipt --sign-key "$KEY"
	works "the tool trims" imatee log trim /tmp/receipt
	begins_at "trimmed by the tool" "$here"
	equal "five entries are left" 5 "$(cat "$COUNT")"
}

second_kernel() {
	equal "the same TEE" "$(cat $KEPT.boot_id)" "$(tee_state boot_id)"
	equal "kexec: the log begins where it did" "$(entries b)" "$(tee_state log_begins)"
	matches "kexec: the kernel says what is missing" "$(dmesg)" \
		"entries $(entries b) to [0-9]+ of the log are of a kernel before this one"
	tail -n +$(($(entries b) + 1)) $KEPT.list >/tmp/kept
	works "the segments are taken" dd if=$KEPT.segments of="$TEE/segments" bs=7777
	head -n "$(wc -l </tmp/kept)" "$LIST" >/tmp/shown
	works "the list begins where it did" cmp /tmp/kept /tmp/shown
	cat "$LIST" >/tmp/shown
	begins_at "kexec" "$(entries b)"
	works "and once more" dd if=$KEPT.segments of="$TEE/segments" bs=7777
	works "it makes no difference" cmp /tmp/shown "$LIST"
	begins_at "the segments twice" "$(entries b)"
	policy
	measure d 5
	measure other 2 $OTHER_PCR
	quote c
	measure e 5
	measure another 2 $OTHER_PCR
	violate third
	{
		head -n "$(entries b)" $KEPT.list
		cat "$LIST"
	} >/tmp/whole
	trims_to c
	ask_tee
	for pcr in 10 11; do
		replays $pcr sha1 0 20
		replays $pcr sha256 20 32
		replays $pcr sha384 52 48
	done
	measure f 5
	equal "and it goes on" "$(($(wc -l </tmp/rest) + 5))" "$(cat "$COUNT")"
	with_the_tool
	finish
}

case ${1-} in
first) first_kernel ;;
*) second_kernel ;;
esac
