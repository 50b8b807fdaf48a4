# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The package linux-source-6.12: download and unpacking.

LINUX_PACKAGE=linux-source-6.12

# Whole directories of what can never be built for this machine. Kconfig files
# and makefiles stay, for the others include them.
LINUX_EXCLUDE_CODE=(
	drivers/gpu drivers/media drivers/staging drivers/infiniband sound
	drivers/net/ethernet drivers/net/wireless drivers/scsi drivers/isdn
	drivers/comedi drivers/accel drivers/iio
)
LINUX_KEEP_ARCH='arm|arm64'

# linux_source_fetch DIR: the .deb, from IMATEE_DL_DIR, from the host's own
# suites, or from trixie.
linux_source_fetch() {
	local dir=$1 deb
	rm -rf "$dir"
	mkdir -p "$dir"
	for deb in "${IMATEE_DL_DIR:-/nonexistent}/$LINUX_PACKAGE"_*_all.deb; do
		# apt keeps a file of the right name only if its hash is right.
		[ -f "$deb" ] && cp "$deb" "$dir/"
	done
	if (cd "$dir" && apt-get -o APT::Sandbox::User= download $LINUX_PACKAGE); then
		echo "note: from the host's suites"
	else
		apt_root "$CACHE/apt/deb-amd64" amd64 deb trixie
		(cd "$dir" && apt-get download $LINUX_PACKAGE) ||
			die "$LINUX_PACKAGE could not be downloaded: run 'apt-get update'" \
				"and try again, or put its .deb into a directory and set" \
				"IMATEE_DL_DIR to it."
		echo "note: from trixie"
	fi
}

# linux_source_unpack DIR INTO
linux_source_unpack() {
	local deb exclude=() dir
	deb=$(find "$1" -name "${LINUX_PACKAGE}_*.deb" | sort -V | tail -n 1)
	echo "note: $(basename "$deb" | cut -d_ -f2)"
	for dir in "${LINUX_EXCLUDE_CODE[@]}"; do
		exclude+=("--exclude=*/$dir/*.[chS]")
	done
	exclude+=('--exclude=*/Documentation/*.rst' '--exclude=*/Documentation/*.yaml'
		'--exclude=*/Documentation/*.txt' '--exclude=*/tools/testing'
		'--exclude=*/tools/perf' '--exclude=*/boot/dts/*.dts' '--exclude=*/boot/dts/*.dtsi')
	dpkg-deb --fsys-tarfile "$deb" |
		tar -xO "./usr/src/$LINUX_PACKAGE.tar.xz" |
		xz -dc -T0 |
		tar -x -C "$2" --strip-components=1 "${exclude[@]}"
	find "$2/arch" -mindepth 1 -maxdepth 1 -type d |
		grep -vE "/($LINUX_KEEP_ARCH)\$" | while read -r dir; do
		find "$dir" -type f -name '*.[chS]' -delete
	done
}
