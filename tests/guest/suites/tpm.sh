#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Stock, modes off and full alike, with a TPM: boot_aggregate is of its PCRs, in its own hash and,
# for the field d, by SHA-1. After a reset they are zeros; so they are extended, and another
# kernel started. Needs ima_template_fmt=d-ng|n-ng|d and ima_hash=sha384.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
# shellcheck source=tests/guest/listlib.sh
. /tests/guest/listlib.sh
suite "tpm-$(mode)"

PCRS=/sys/class/tpm/tpm0
KEPT=/var/tpm
KERNEL=/kernel
[ "$(mode)" != stock ] || KERNEL=/kernel-stock

# BANK NUMBER...: digest over these PCRs, in hexadecimal
aggregate() {
	bank=$1
	shift
	for number; do
		printf '%b' "$(sed 's/../\\x&/g' "$PCRS/pcr-$bank/$number")"
	done | openssl dgst -"$bank" | sed 's/.* //'
}

# NAME: the last entry
is_aggregate() {
	equal "$1: boot_aggregate is of PCRs 0 to 9, the field d of 0 to 7" \
		"sha384:$(aggregate sha384 0 1 2 3 4 5 6 7 8 9) boot_aggregate $(aggregate \
			sha1 0 1 2 3 4 5 6 7)" "$(tail -n 1 "$ASCII" | cut -d ' ' -f 4-)"
}

# PCR 10 of the TPM: IMA extends it in mode off, in mode full the TEE has the log.
pcr_10() {
	zeros=$(printf '%040d' 0)
	case $(mode) in
	full) equal "$1: the TPM's PCR 10 is not extended" "$zeros" "$(cat $PCRS/pcr-sha1/10)" ;;
	*) matches "$1: IMA extends the TPM" "$(grep -vx "$zeros" $PCRS/pcr-sha1/10)" . ;;
	esac
}

first_kernel() {
	is_aggregate "after a reset"
	pcr_10 "after a reset"
	for number in 0 3 7 8 9; do
		sha1=$(echo $number | openssl sha1 -r | cut -d ' ' -f 1)
		sha384=$(echo $number | openssl sha384 -r | cut -d ' ' -f 1)
		works "PCR $number is extended" tpm2_pcrextend -T device:/dev/tpm0 \
			"$number:sha1=$sha1,sha384=$sha384"
	done
	works "the second kernel is loaded" kexec -s -l "$KERNEL/Image" --append="$(cat \
		/proc/cmdline) imatee.resume=/tests/guest/suites/tpm.sh"
	aggregate sha384 0 1 2 3 4 5 6 7 8 9 >$KEPT
	sync
	exec kexec -e
}

second_kernel() {
	equal "the TPM was not reset" "$(cat $KEPT)" "$(aggregate sha384 0 1 2 3 4 5 6 7 8 9)"
	is_aggregate "after kexec"
	pcr_10 "after kexec"
	finish
}

if [ -e $KEPT ]; then
	second_kernel
else
	first_kernel
fi
