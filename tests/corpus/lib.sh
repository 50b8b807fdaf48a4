# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the generator of the corpus and its judge share: the contents of the
# files, which are the same in every boot.

CONTENTS=/root/contents

make_contents() {
	mkdir -p $CONTENTS
	yes "a line of a file that somebody has signed" | head -n 100 >$CONTENTS/good
	sed '50s/signed/forged/' $CONTENTS/good >$CONTENTS/bad
}

# DIRECTORY: "NAME IMA" or "NAME IMA EVM" of each file in it
attributes() {
	getfattr --absolute-names -R -d -m '^security\.(ima|evm)$' -e hex "$1" | awk '
	/^# file: / { name = $3; sub(/.*\//, "", name); ima = evm = "" }
	/^security.evm=/ { sub(/.*=0x/, ""); evm = $0 }
	/^security.ima=/ { sub(/.*=0x/, ""); ima = $0 }
	/^$/ { print name, ima, evm }' | sort
}

# What is read, in hexadecimal
hex() {
	od -An -v -tx1 | tr -d ' \n'
}

# FILE: as one that is to be signed
signable() {
	cp $CONTENTS/good "$1"
	chmod 644 "$1"
}

# IMA|EVM: "evmctl NAME IMA|EVM WORD..." of what is read, "PATH: verification WORD..."
says() {
	sed -n "s,^.*/\\([^/]*\\): verification is ,evmctl \\1 $1 ,p
		s,^.*/\\([^/]*\\): verification failed.*,evmctl \\1 $1 failed,p"
}
