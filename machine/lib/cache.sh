# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The cache: one directory for each part and key, complete or absent.

# An output that nobody has used for so many days is deleted when the same part
# is built again.
CACHE_KEEP_DAYS=14

# cache_dir NAME KEY
cache_dir() {
	printf '%s\n' "$CACHE/part/$1-$2"
}

# cache_new NAME KEY: an empty directory to build in, beside its final place.
cache_new() {
	local dir
	dir=$(cache_dir "$1" "$2").new
	rm -rf "$dir"
	mkdir -p "$dir"
	printf '%s\n' "$dir"
}

# cache_expire PATTERN MTIME: what other builds publish meanwhile is no matter.
cache_expire() {
	find "$CACHE/part" -ignore_readdir_race -mindepth 1 -maxdepth 1 -name "$1" \
		-mtime "$2" -exec rm -rf {} +
}

# cache_publish NAME KEY DIR: the rename makes it visible all at once.
cache_publish() {
	mv -T "$3" "$(cache_dir "$1" "$2")"
	cache_expire "$1-????????????????????" "+$CACHE_KEEP_DAYS"
	cache_expire "$1-????????????????????.new" +0
}

# cache_link NAME DIR: build/NAME shows it. Several may do this at once.
cache_link() {
	local new=$BUILD/.$1.$BASHPID
	touch -c "$2"
	if [ "$(readlink "$BUILD/$1")" != "$2" ]; then
		ln -s "$2" "$new"
		mv -fT "$new" "$BUILD/$1"
	fi
}

# cache_identity DIR: what a dependent's key is made from. A part with random
# content (keys) states its identity, for two caches differ in it.
cache_identity() {
	basename "$1"
	[ ! -f "$1/.identity" ] || cat "$1/.identity"
}
