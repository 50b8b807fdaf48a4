#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What this kernel makes of the corpus: a sorted table "NAME errno cause".
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
# shellcheck source=tests/corpus/lib.sh
. /tests/corpus/lib.sh

start || exit
make_contents
mkdir -p /root/scratch
load_policy "appraise func=FILE_CHECK fowner=$OWNER appraise_type=imasig" || exit
"$HELPERS/verdict" /corpus/list $CONTENTS /root/scratch "$OWNER" >/tmp/table || exit
sort /tmp/table
