# SPDX-License-Identifier: GPL-2.0-or-later
#
# For EVM signatures that are not portable, each of a file that is there: reads "NAME
# IMA EVM", prints "NAME - IMA EVM" with the attributes that the name says are another,
# "-" for one that stays as it is. What is done to the inode, judge.sh does.
# To be run with the functions of bytes.awk.

{
	n = length($3) / 2
	ima = evm = "-"
}

/-signature / { evm = flip($3, n - 20) }
/-keyid / { evm = flip($3, 7) }
/-truncated / { evm = bytes($3, 1, n - 1) }
/-oversized-restated / { evm = restate($3 "0000000000000000") }
/-portable / { evm = "05" rest($3, 2) }
/-inode / { evm = last }
/-ima / { ima = another }

{
	print $1, "-", ima, evm
	last = $3
}
