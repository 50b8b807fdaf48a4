# SPDX-License-Identifier: GPL-2.0-or-later
#
# Reads "NAME stock off keys verify", each verdict an errno, a cause and what the
# verifications returned: all alike, and "good" exactly if it is read. But the TEE minds
# more, as docs/threat-model.md tells:
#
# Linux' parser of ECDSA signatures does not mind bytes after their end, if the header
# counts them; that is no forgery. Nor does it mind which hash the header of an ECDSA
# signature over an fs-verity digest names. It takes a signer whom a key of the keyring
# has issued a certificate, and IMA even a message with a file inside, whose signature is
# that file's: EBADMSG is said by the code that loads modules, after IMA. That one mode
# keys does not take either.
# The files of some rows are made anew in each boot: of an RSA signature with a bit turned
# over the kernel says EINVAL or EBADMSG, as the first byte of what it makes of it is.
#
# To be run with the functions of errnos.awk.

{
	name = $1
	gsub(/-/, " ", name)
	inside = $1 ~ /^modsig-.*-inside/
	stricter = $1 ~ /p[0-9]+-.*oversized-restated$/ ||
		$1 ~ /^verity-hash-(another|as-long)$/ ||
		$1 == "modsig-issued" || inside
	good = $1 ~ /-good$/ || stricter
	wanted = inside ? "EBADMSG" : good ? "0" : "EACCES"
	appended = $1 ~ /^modsig-/
	same = $1 ~ /^evm-plain-/ ? kinds($4) == kinds($7) : $4 == $7
	kernel = NF == 13 && $2 $3 == $5 $6 && same && $2 == wanted
	keys = (inside ? $8 == "EACCES" : $8 $9 == $2 $3) &&
		answers($4, $10, appended)
	tee = stricter ? $11 == "EACCES" && $13 !~ /EIO/ :
		$11 $12 == $2 $3 && answers($4, $13, appended)
	if (kernel && keys && tee)
		printf "ok - corpus: %s: %s %s%s\n", name, $2, $3,
			stricter ? ", verify " $11 " " $12 : ""
	else
		printf "not ok - corpus: %s\n# stock %s %s %s, off %s %s %s, keys %s %s %s, verify %s %s %s\n",
			name, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
}
