# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Bringing files to where make sees them: a time stamp changes only when the
# content does, so that make rebuilds what it must and nothing else.

# copy_if_changed FROM TO
copy_if_changed() {
	cmp -s "$1" "$2" || install -m "$(stat -c %a "$1")" "$1" "$2"
}

# sync_tree FROM TO: makes the directory TO the same as FROM.
sync_tree() {
	mkdir -p "$2"
	rsync -rlp --checksum --delete --exclude '.*.sw?' --exclude __pycache__ "$1/" "$2/"
}
