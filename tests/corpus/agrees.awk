# SPDX-License-Identifier: GPL-2.0-or-later
#
# evmctl takes what the kernel takes, and no signature that has a bit turned over. Reads
# the corpus, and "evmctl NAME ima|evm WORD": what it says. It has no command that
# verifies version 3 of security.ima, and evmctl of Debian 12 does not know SHA-3.

FILENAME ~ /list$/ {
	if ($1 !~ /-good$/ || $1 ~ /^modsig-/ || $1 ~ /-sha3-/)
		next
	wanted["evm"] = wanted["evm"] " " $1
	# security.ima of evm-rsa... is another row's
	if ($3 ~ /^03/ && $1 !~ /^evm-rsa/)
		wanted["ima"] = wanted["ima"] " " $1
	next
}

{ said[$3, $2] = $4 }

# Made in each boot, and not in the list: two good ones, two of an inode that has changed.
$2 ~ /^evm-plain-/ {
	plain++
	if ($4 != ($2 ~ /-good$/ ? "OK" : "failed"))
		differs["plain"] = differs["plain"] " " $2
}

$3 == "ima" && $2 ~ /-signature$/ && $2 !~ /^verity-/ {
	forged++
	if ($4 != "failed")
		differs["ima"] = differs["ima"] " " $2
}

function report(what, text,	i, n, names)
{
	n = split(wanted[what], names)
	for (i = 1; i <= n; i++)
		if (said[what, names[i]] != "OK")
			differs[what] = differs[what] " " names[i]
	if (n && forged && differs[what] == "")
		printf "ok - corpus: %s says of %d good ones that they are\n", text, n
	else
		printf "not ok - corpus: %s says of %d good ones that they are\n# but not of:%s\n",
			text, n, differs[what]
}

END {
	report("ima", "evmctl ima_verify")
	report("evm", "evmctl verify")
	if (plain == 4 && differs["plain"] == "")
		print "ok - corpus: evmctl verify tells whether a signature is of this inode"
	else
		printf "not ok - corpus: evmctl verify tells whether a signature is of this inode\n# of %d, but not:%s\n", plain, differs["plain"]
}
