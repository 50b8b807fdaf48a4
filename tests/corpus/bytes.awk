# SPDX-License-Identifier: GPL-2.0-or-later
#
# Bytes in hexadecimal, for mutate.awk and evm.awk. A signature is a struct
# signature_v2_hdr: type, version, hash, key id (4 bytes), length of the signature
# (2), signature.

# bytes of hex from the first to the last, counted from 1
function bytes(hex, first, last)
{
	return substr(hex, first * 2 - 1, (last - first + 1) * 2)
}

function rest(hex, first)
{
	return substr(hex, first * 2 - 1)
}

# the lowest bit of one byte turned over
function flip(hex, n,	digit)
{
	digit = index("1032547698badcfe", substr(hex, n * 2, 1)) - 1
	return substr(hex, 1, n * 2 - 1) sprintf("%x", digit) rest(hex, n + 1)
}

# the header's length set to what it is
function restate(hex)
{
	return bytes(hex, 1, 7) sprintf("%04x", length(hex) / 2 - 9) rest(hex, 10)
}
