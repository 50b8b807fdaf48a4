# SPDX-License-Identifier: GPL-2.0-or-later
#
# Reads two PKCS#7 messages in DER, a line of hexadecimal each, and prints one with the
# signers of both, in that order: openssl gives all signers of a message the same hash.
# Version and content are those of the first; of certificates it has all. What is printed
# is a format for printf(1).

function number(hex,	n, i)
{
	for (i = 1; i <= length(hex); i++)
		n = n * 16 + index("0123456789abcdef", substr(hex, i, 1)) - 1
	return n
}

# Takes the first element off "left": its tag, its contents and all of it.
function take(	count, head, len)
{
	tag = substr(left, 1, 2)
	len = number(substr(left, 3, 2))
	count = len < 128 ? 0 : len - 128
	head = 4 + 2 * count
	if (count)
		len = number(substr(left, 5, 2 * count))
	contents = substr(left, head + 1, 2 * len)
	whole = substr(left, 1, head + 2 * len)
	left = substr(left, head + 2 * len + 1)
}

function element(tag, contents,	len)
{
	len = length(contents) / 2
	if (len < 128)
		return tag sprintf("%02x", len) contents
	if (len < 256)
		return tag "81" sprintf("%02x", len) contents
	return tag "82" sprintf("%04x", len) contents
}

{
	left = $1
	take()			# ContentInfo
	left = contents
	take()
	if (NR == 1)
		type = whole
	take()			# [0]
	left = contents
	take()			# SignedData
	left = contents
	take()
	if (NR == 1)
		version = whole
	take()
	hashes = hashes contents
	take()
	if (NR == 1)
		content = whole
	take()
	if (tag == "a0") {
		certs = certs contents
		take()
	}
	signers = signers contents
}

END {
	data = version element("31", hashes) content
	if (certs)
		data = data element("a0", certs)
	data = data element("31", signers)
	data = element("30", type element("a0", element("30", data)))
	for (i = 1; i < length(data); i += 2)
		printf "\\%03o", number(substr(data, i, 2))
}
