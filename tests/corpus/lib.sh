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
