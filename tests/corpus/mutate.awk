# SPDX-License-Identifier: GPL-2.0-or-later
#
# From one signature to the rows of the corpus: reads "NAME HEX", prints "ROW
# CONTENTS HEX" for each way in which NAME may be broken.
# To be run with the functions of bytes.awk.

function row(name, contents, hex)
{
	print name, contents, hex
}

# What a hash does not change, the others have shown.
$1 ~ /-sha3-/ {
	row($1 "-good", "good", $2)
	row($1 "-data", "bad", $2)
	row($1 "-signature", "good", flip($2, length($2) / 2 - 20))
	next
}

{
	n = length($2) / 2
	row($1 "-good", "good", $2)
	row($1 "-data", "bad", $2)
	row($1 "-signature", "good", flip($2, n - 20))
	row($1 "-keyid", "good", flip($2, 7))
	row($1 "-truncated", "good", bytes($2, 1, n - 1))
	row($1 "-truncated-restated", "good", restate(bytes($2, 1, int(n / 2))))
	row($1 "-oversized", "good", $2 "00")
	row($1 "-oversized-restated", "good", restate($2 "0000000000000000"))
}

# What is wrong with a header is wrong for all keys: once is enough. 4 is SHA-256, 6
# SHA-512, and 20 SHA3-256.
$1 == "p256-sha256" {
	tail = rest($2, 4)
	row("header-alone", "good", restate(bytes($2, 1, 9)))
	row("header-cut", "good", bytes($2, 1, 6))
	row("header-two-bytes", "good", bytes($2, 1, 2))
	row("version-0", "good", "030004" tail)
	row("version-1", "good", "030104" tail)
	row("version-3", "good", "030304" tail)
	row("version-255", "good", "03ff04" tail)
	row("verity-without-verity", "good", "060304" tail)
	row("hash-another", "good", "030206" tail)
	row("hash-as-long", "good", "030214" tail)
	row("hash-unknown", "good", "0302ff" tail)
	row("keyid-of-rsa", "good", "030204" rsa rest($2, 8))
	# a portable security.evm makes the digest as good as a signature
	row("digest-under-evm-good", "good", "0404" digest)
	row("evm-p256-good", "good", $2)
}
