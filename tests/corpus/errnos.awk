# SPDX-License-Identifier: GPL-2.0-or-later
#
# What verifications have returned, "0,EKEYREJECTED" or "-", for compare.awk and
# mutants.awk. Why a signature is not valid the kernel says with one errno or another,
# and the TEE with some of them: nobody minds. IMA and EVM do mind whether there is a
# key, for IMA then looks at an appended signature, and whether it is a signature at
# all. EIO says that the TEE gave no verdict.

function kinds(errnos,	n, i, each, text)
{
	n = split(errnos, each, ",")
	for (i = 1; i <= n; i++)
		text = text "," (each[i] ~ /^(-|0|ENOKEY|ENODATA|EOPNOTSUPP|EIO)$/ ?
				 each[i] : "refused")
	return text
}

# Does the TEE say what the kernel says, or of an appended signature, which may be
# malformed to it alone, anything?
function answers(kernel, tee, appended)
{
	return tee !~ /EIO/ && (appended || kinds(kernel) == kinds(tee))
}
