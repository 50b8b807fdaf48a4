#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What this kernel makes of the corpus: a sorted table "NAME errno cause returned", and
# "stats NAME NUMBER" for what it counts of what it asked the TEE. "evmctl NAME evm WORD" is
# what evmctl says of the files with a signature that is not portable.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
# shellcheck source=tests/corpus/lib.sh
. /tests/corpus/lib.sh

SCRATCH=/root/scratch
ROOT=/dev/vda

# KEY NAME...: files with a signature by that key. No policy appraises them yet.
plain_files() {
	key=$1
	shift
	mkdir -p "/root/$key"
	for name; do
		file=/root/$key/evm-plain-${key#evm-}-$name
		signable "$file"
		chown "$OWNER" "$file"
		setfattr -n security.ima -v "0x$ima" "$file"
	done
	quiet_evmctl sign -r "--uuid=$uuid" --uid "$OWNER" --gid 0 -a sha256 \
		-k "$KEYS/$key.key" "/root/$key" || exit
	attributes "/root/$key"
	mv "/root/$key"/* $SCRATCH
}

# EVM signatures that are not portable are for one inode of one file system: these
# files are made anew in each boot, and make rows of their own.
plain_rows() {
	ima=$(awk '$1 == "p256-sha256-good" { print $3 }' /corpus/list)
	uuid=$(tune2fs -l "$ROOT" | sed -n 's/^Filesystem UUID: *//p')
	{
		plain_files evm-rsa2048 good signature keyid truncated portable inode
		plain_files evm-p256 good signature oversized-restated mode owner ima
	} | awk -v another="$(awk '$1 == "p256-sha512-good" { print $3 }' /corpus/list)" \
		-f /tests/corpus/bytes.awk -f /tests/corpus/plain.awk
	chmod 640 $SCRATCH/evm-plain-p256-mode
	chgrp "$OWNER" $SCRATCH/evm-plain-p256-owner
}

# evmctl, of those as long as the attributes are as they were made.
plain_verified() {
	for name in rsa2048-good p256-good p256-mode p256-owner; do
		evmctl verify "--uuid=$uuid" -k $KEYS/evm-rsa2048.der,$KEYS/evm-p256.der \
			"$SCRATCH/evm-plain-$name" 2>&1
	done | says evm
}

# The serial line is slow: of what is logged, only warnings go there.
echo 5 >/proc/sys/kernel/printk
start || exit
make_contents
mkdir -p $SCRATCH
plain_rows >/tmp/plain
plain_verified
insmod /modules/imatee_errno.ko || exit
load_policy "appraise func=FILE_CHECK fowner=$OWNER appraise_type=imasig" \
	"appraise func=FILE_CHECK fowner=$VERITY_OWNER digest_type=verity appraise_type=sigv3" \
	"appraise func=MODULE_CHECK fowner=$MODULE_OWNER appraise_type=imasig|modsig" || exit
for list in /tmp/plain /corpus/list; do
	"$HELPERS/verdict" $list $CONTENTS $SCRATCH "$OWNER" "$VERITY_OWNER" \
		"$MODULE_OWNER" || exit
done >/tmp/table
sort /tmp/table
# the stock kernel counts nothing
[ ! -e "$TEE/stats" ] || sed 's/^/stats /; s/://' "$TEE/stats"
