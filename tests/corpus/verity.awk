# SPDX-License-Identifier: GPL-2.0-or-later
#
# The same for signatures of fs-verity digests: reads "file HEX", a signature of the
# file's hash, then "NAME HEX" for each of the others; prints "ROW CONTENTS HEX".
# Contents "good.sha256" have fs-verity by that hash.
# To be run with the functions of bytes.awk.

function row(name, contents, hex)
{
	print name, contents, hex
}

$1 == "file" {
	file = $2
	next
}

{
	n = length($2) / 2
	hash = $1
	sub(/.*-/, ".", hash)
	row($1 "-good", "good" hash, $2)
	row($1 "-data", "bad" hash, $2)
	row($1 "-signature", "good" hash, flip($2, n - 20))
	row($1 "-keyid", "good" hash, flip($2, 7))
	row($1 "-truncated", "good" hash, bytes($2, 1, n - 1))
	row($1 "-oversized", "good" hash, $2 "00")
	row($1 "-oversized-restated", "good" hash, restate($2 "0000000000000000"))
	row($1 "-without-verity", "good.none", $2)
	row($1 "-other-hash", hash == ".sha256" ? "good.sha512" : "good.sha256", $2)
}

# What is wrong with a header is wrong for all keys: once is enough. 4 is SHA-256, 6
# SHA-512, and 20 SHA3-256, whose digests are as long as SHA-256's.
$1 == "verity-p256-sha256" {
	tail = rest($2, 4)
	row("verity-header-alone", "good.sha256", restate(bytes($2, 1, 9)))
	row("verity-header-cut", "good.sha256", bytes($2, 1, 6))
	row("verity-header-two-bytes", "good.sha256", bytes($2, 1, 2))
	row("verity-type-3", "good.sha256", "030304" tail)
	row("verity-type-5", "good.sha256", "050304" tail)
	row("verity-version-1", "good.sha256", "060104" tail)
	row("verity-version-2", "good.sha256", "060204" tail)
	row("verity-version-4", "good.sha256", "060404" tail)
	row("verity-hash-another", "good.sha256", "060306" tail)
	row("verity-hash-as-long", "good.sha256", "060314" tail)
	row("verity-hash-unknown", "good.sha256", "0603ff" tail)
	row("verity-keyid-of-rsa", "good.sha256", "060304" rsa rest($2, 8))
	row("verity-file-signature", "good.sha256", file)
	row("verity-file-signature-as-verity", "good.sha256", "0603" rest(file, 3))
}
