# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Debian source packages, checked and unpacked with Debian's patches.

# source_fetch NAME MINIMUM DIR SUITE...: downloads source package NAME, at
# least version MINIMUM, into DIR from the first of the suites that has it.
# Files in IMATEE_DL_DIR are used instead of a download if they are what the
# signed index says. One after the other: all source packages share apt roots.
source_fetch() {
	(
		flock 6
		source_fetch_locked "$@"
	) 6>"$CACHE/lock/apt-source"
}

source_fetch_locked() {
	local name=$1 minimum=$2 dir=$3 suite version
	shift 3
	mkdir -p "$dir"
	source_from_dl_dir "$name" "$dir"
	for suite; do
		(apt_root "$CACHE/apt/src-$suite" "$(dpkg --print-architecture)" deb-src "$suite") || continue
		export APT_CONFIG=$CACHE/apt/src-$suite/apt.conf
		version=$(source_version "$name")
		if [ -z "$version" ] || dpkg --compare-versions "$version" lt "$minimum"; then
			echo "$suite has $name ${version:-not at all}, wanted is $minimum or later"
			continue
		fi
		if (cd "$dir" && apt-get source --download-only --only-source "$name=$version"); then
			echo "note: $name $version from $suite"
			sed 's/^/note: /' "$CACHE/apt/src-$suite/stale" 2>/dev/null || true
			return
		fi
		echo "$suite lists $name $version, but it could not be downloaded"
	done
	source_offline "$name" "$dir" && return
	die "no suite of ($*) gave the source package $name ($minimum or later). Check the" \
		"network and 'apt-get update', or put its .dsc and .tar files into a" \
		"directory and set IMATEE_DL_DIR to it."
}

# source_version NAME: the newest version in the indexes of the apt root.
source_version() {
	apt-cache showsrc --only-source "$1" 2>/dev/null |
		sed -n 's/^Version: //p' | sort -V | tail -n 1
}

# source_from_dl_dir NAME DIR: copies; apt drops what does not fit its index.
source_from_dl_dir() {
	local file
	[ -n "${IMATEE_DL_DIR:-}" ] || return 0
	for file in "$IMATEE_DL_DIR/$1"_*; do
		[ -f "$file" ] && install -m 644 "$file" "$2/"
	done
	return 0
}

# source_offline NAME DIR: no index could be had. Accepts a .dsc that a Debian
# developer signed; the tar files are checked against it when it is unpacked.
source_offline() {
	local dsc keyring
	dsc=$(find "$2" -name "$1_*.dsc" | sort -V | tail -n 1)
	[ -n "$dsc" ] || return 1
	for keyring in /usr/share/keyrings/debian-keyring.gpg /usr/share/keyrings/debian-maintainers.gpg; do
		if [ -f $keyring ] && gpgv --keyring $keyring "$dsc"; then
			echo "note: $(basename "$dsc") from IMATEE_DL_DIR, its signature checked"
			return 0
		fi
	done
	echo "note: $(basename "$dsc") from IMATEE_DL_DIR, its SIGNATURE NOT CHECKED (no index, no debian-keyring)"
}

# source_unpack NAME DIR INTO: checks the tar files against the .dsc, unpacks
# and applies Debian's patches.
source_unpack() {
	local dsc
	dsc=$(find "$2" -name "$1_*.dsc" | sort -V | tail -n 1)
	rm -rf "$3"
	dpkg-source -x "$dsc" "$3" ||
		die "$(basename "$dsc") could not be unpacked: a file of it is broken. Delete" \
			"it from IMATEE_DL_DIR (${IMATEE_DL_DIR:-not set}) or download it again."
}

# source_part NAME MINIMUM SUITES FILE...: makes the part that is loaded the source package
# NAME, from the first of these suites that has it. Of it these files and directories are
# kept, in $OUT/source.
source_part() {
	source_name=$1 source_minimum=$2 source_suites=$3
	shift 3
	source_files=("$@")
	part_needs=''

	part_inputs() {
		input_files "$MACHINE/lib/source.sh"
	}

	part_build() {
		# shellcheck disable=SC2086 # each suite is a word
		source_fetch "$source_name" "$source_minimum" "$WORK/download" $source_suites
		source_unpack "$source_name" "$WORK/download" "$WORK/source"
		mkdir -p "$OUT/source"
		(cd "$WORK/source" && cp -a "${source_files[@]}" "$OUT/source/")
		rm -rf "$WORK/download" "$WORK/source"
	}
}
