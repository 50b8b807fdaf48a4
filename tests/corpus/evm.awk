# SPDX-License-Identifier: GPL-2.0-or-later
#
# The same for security.evm: reads "NAME IMA EVM", prints "ROW CONTENTS IMA EVM".
# To be run with the functions of bytes.awk.

{
	n = length($3) / 2
	print "unsigned good - -"
	print "evm-missing good", $2, "-"
	print "evm-alone good -", $3
	print "evm-data bad", $2, $3
	print "evm-signature good", $2, flip($3, n - 20)
	print "evm-keyid good", $2, flip($3, 7)
	print "evm-truncated good", $2, bytes($3, 1, n - 1)
	print "evm-oversized good", $2, $3 "00"
	print "evm-header-alone good", $2, restate(bytes($3, 1, 9))
	print "evm-version-1 good", $2, "0501" rest($3, 3)
	print "evm-not-portable good", $2, "03" rest($3, 2)
	print "evm-of-another-file good", flip($2, 60), $3
}
