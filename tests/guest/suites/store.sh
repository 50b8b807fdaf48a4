#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode full: closed segments of the log move to a file, and whoever reads the log sees the
# same. The file is checked as memory is, comes back into memory when it is to be unmounted,
# and a file that cannot take more loses nothing.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
# shellcheck source=tests/guest/listlib.sh
. /tests/guest/listlib.sh
suite store

STORE=$TEE/store
DIR=/var/store
FILE=$DIR/log
SMALL=/mnt/small
VIOLATIONS=$SECFS/ima/violations

# FIELD
store() {
	sed -n "s/^$1: //p" "$STORE"
}

# NAME: one write
name_file() {
	echo "$1" >/tmp/name
	dd if=/tmp/name of="$STORE" bs=8192 2>&1
}

# NUMBER: as many entries, all new
measure() {
	changing=$(mktemp /tmp/changing.XXXXXX)
	chown 6000 "$changing"
	"$HELPERS/churn" "$changing" "$1" >/dev/null
}

# NAME: list, counts and segments are as they were
the_same() {
	works "$1: the list is the same" cmp /tmp/list "$ASCII"
	equal "$1: so is the count" "$(wc -l </tmp/list)" "$(count)"
	equal "$1: and the violations" 1 "$(cat "$VIOLATIONS")"
	works "$1: and the segments" cmp /tmp/segments "$TEE/segments"
}

# NAME: the file is what the segments are, and none is left behind
all_moved() {
	equal "$1: none is in memory" 0 "$(store segments_in_memory)"
	equal "$1: no error" none "$(store error)"
	cat "$TEE/segments" >/tmp/segments
	cat "$ASCII" >/tmp/list
	cp "$FILE" /tmp/copy
	works "$1: the file has what segments has" cmp /tmp/segments /tmp/copy
	equal "$1: so many bytes" "$(wc -c </tmp/copy)" "$(store bytes)"
	works "$1: the list leads to the PCRs" sh -c "imatee log show >/dev/null"
}

prepare() {
	start
	load_policy "measure func=FILE_CHECK mask=MAY_READ fowner=6000"
	mkdir -p $DIR $SMALL
	file "$FILES/violated" 100 6000
	exec 3<"$FILES/violated"
	exec 4>>"$FILES/violated"
	exec 4>&- 3<&-
	measure 5000
	cat "$ASCII" >/tmp/list
	cat "$TEE/segments" >/tmp/segments
}

refusals() {
	equal "no file: none" none "$(store file)"
	matches "all is in memory" "$(store segments_in_memory)" '^[1-9][0-9]+$'
	refused "a path that is not whole" EINVAL name_file var/store/log
	refused "a directory" EISDIR name_file $DIR
	refused "a directory that is not there" ENOENT name_file $DIR/none/log
	mkfifo $DIR/fifo
	refused "a FIFO" EINVAL name_file $DIR/fifo
	ln -s log $DIR/link
	refused "a symbolic link" ELOOP name_file $DIR/link
	refused "a file that nothing can be written to as to others" EINVAL \
		name_file "$TEE/segments"
	refused "a name that is too long" ENAMETOOLONG name_file "/$(printf '%04100d' 0)"
	name=$(hostname)
	refused "a file that keeps nothing" EINVAL name_file /proc/sys/kernel/hostname
	equal "it is as it was" "$name" "$(hostname)"
	echo "short" >$DIR/short
	refused "a short file with something else" EINVAL name_file $DIR/short
	equal "that is as it was, too" short "$(cat $DIR/short)"
	: >$DIR/theirs
	chown 1000 $DIR/theirs
	refused "somebody else's file" EACCES name_file $DIR/theirs
	: >$DIR/open
	chmod 0620 $DIR/open
	refused "a file that others may write to" EACCES name_file $DIR/open
	head -c 4096 /dev/zero >$DIR/garbage
	refused "a file with something else" EINVAL name_file $DIR/garbage
	cp /tmp/segments $DIR/garbage
	printf X | dd of=$DIR/garbage bs=1 seek=30000 conv=notrunc 2>/dev/null
	refused "a segment that was changed" EBADMSG name_file $DIR/garbage
	equal "after all that: none" none "$(store file)"
	equal "and all is in memory" 0 "$(store segments_in_file)"
	the_same "refused"
	matches "the kernel's log says what to do" "$(dmesg)" 'not all its segments are of this log: move it away'
	matches "and the audit log" "$(dmesg)" 'op=imatee_store cause=.?store-mismatch'
}

moves() {
	before=$(kernel_bytes)
	works "a file is named" name_file $FILE
	equal "the file" $FILE "$(store file)"
	equal "it is root's alone" "-rw-------" "$(stat -c %A $FILE)"
	the_same "moved"
	all_moved "moved"
	freed=$((before - $(kernel_bytes)))
	if [ $freed -gt $(($(store bytes) / 2)) ]; then
		ok "the kernel has more memory ($freed bytes)"
	else
		not_ok "the kernel has more memory" "$freed bytes, of $(store bytes) that moved"
	fi
	refused "another one" EBUSY name_file $DIR/other
	was=$(store bytes)
	measure 500
	all_moved "later"
	if [ "$(store bytes)" -gt "$was" ]; then
		ok "what is closed later goes there"
	else
		not_ok "what is closed later goes there" "$was bytes as before"
	fi
}

# OFFSET: the byte there is another one
damage() {
	printf X | dd of=$FILE bs=1 seek="$1" conv=notrunc 2>/dev/null
}

# As it was, in the same file.
repair() {
	cat /tmp/copy >$FILE
}

damages() {
	damage 30000
	refused "a changed byte: who reads the list" EBADMSG read_file "$ASCII"
	matches "which entries" "$(dmesg)" 'measurement list: entries [1-9][0-9]* to [0-9]+ were changed'
	refused "that does not come back" EBADMSG name_file ""
	equal "all else does" 1 "$(store segments_in_file)"
	equal "and nothing moves there any more" none "$(store file)"
	refused "the file is not taken" EBADMSG name_file $FILE
	repair
	the_same "repaired"
	works "now it comes back" name_file ""
	equal "all of it" 0 "$(store segments_in_file)"
	works "and the file is taken" name_file $FILE
	all_moved "repaired"
	truncate -s 1000 $FILE
	refused "a shorter file: who reads the list" EBADMSG read_file "$ASCII"
	matches "which entries cannot be read" "$(dmesg)" 'measurement list: entries 0 to [0-9]+ cannot be read'
	matches "so says the audit log" "$(dmesg)" 'op=imatee_list cause=.?entries 0 to [0-9]+ cannot be read'
	refused "who reads the segments" ENODATA read_file "$TEE/segments"
	repair
	the_same "as long as it was"
	rm $FILE
	the_same "without a name"
}

back_and_again() {
	works "it comes back into memory" name_file ""
	equal "no file" none "$(store file)"
	equal "nothing is in one" 0 "$(store segments_in_file)"
	the_same "in memory"
	works "no file, again" name_file ""
	cp /tmp/copy $FILE
	works "a file that has it all" name_file $FILE
	the_same "taken"
	all_moved "taken"
	works "back once more" name_file ""
	# As if the kernel had stopped while it wrote.
	head -c 3000 /tmp/copy >>$FILE
	works "a file with a part of a segment at its end" name_file $FILE
	all_moved "with a part"
	measure 300
	all_moved "behind a part"
}

# The list is read all the time while segments go to and fro, and others are closed.
to_and_fro() {
	file /tmp/changing 100 6000
	"$HELPERS/churn" /tmp/changing 0 >/dev/null &
	churn=$!
	: >/tmp/errors
	while :; do
		cat "$ASCII" 2>>/tmp/errors >/dev/null || break
	done &
	reader=$!
	for _ in 1 2 3 4 5; do
		name_file "" >/dev/null || echo "back: $?" >>/tmp/errors
		name_file $FILE >/dev/null || echo "there: $?" >>/tmp/errors
	done
	kill $reader $churn
	wait
	equal "to and fro, with a reader: no error" "" "$(cat /tmp/errors)"
	all_moved "to and fro"
}

full_file_system() {
	works "back before another" name_file ""
	mount -t tmpfs -o size=64k none $SMALL
	works "a file system that is too small" name_file $SMALL/log
	equal "ENOSPC" -28 "$(store error)"
	matches "some are in memory still" "$(store segments_in_memory)" '^[1-9]'
	matches "the kernel's log says so" "$(dmesg)" "$SMALL/log: segments of the log stay in memory, or it is not cut: -28"
	the_same "no space"
	mount -o remount,size=16m $SMALL
	measure 300
	FILE=$SMALL/log
	all_moved "space again"
	refused "in use" EBUSY umount $SMALL
	works "back" name_file ""
	works "not in use any more" umount $SMALL
	the_same "unmounted"
	FILE=$DIR/log
}

hex() {
	od -An -v -tx1 | tr -d ' \n'
}

# As linux/README.md has it, on one machine.
trimmed() {
	nonce=$(head -c 16 /dev/urandom | hex)
	rm -f $FILE
	works "a file, before the log is trimmed" name_file $FILE
	was=$(store bytes)
	works "the key" imatee ak --output /tmp/ak.pem
	works "a quote" imatee quote --nonce "$nonce" --output /tmp/quoted
	works "a receipt" imatee verify-quote /tmp/quoted --ak /tmp/ak.pem --nonce "$nonce" \
		--development --receipt /tmp/receipt --sign-key "$KEYS/receipt-p256.key"
	works "the log is trimmed" imatee log trim /tmp/receipt
	equal "no violation is counted any more" 0 "$(cat "$VIOLATIONS")"
	measure 600
	all_moved "trimmed"
	if [ "$(store bytes)" -lt $((was / 2)) ]; then
		ok "the file has begun anew ($was bytes, then $(store bytes))"
	else
		not_ok "the file has begun anew" "$was bytes, then $(store bytes)"
	fi
}

prepare
refusals
moves
damages
back_and_again
to_and_fro
full_file_system
trimmed
finish
