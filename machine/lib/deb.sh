# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Debian packages of the tool, the library and the initramfs hooks.
#
# dpkg's own tools, without debhelper: that would take the target's libraries from
# the host's package database, and so a foreign architecture on the host.

DEB_PACKAGES=(imatee libimatee0 libimatee-dev imatee-initramfs)

# deb_files PACKAGE TOOL ROOT: puts the package's files below ROOT.
deb_files() {
	local tool=$2 root=$3 lib=$TOOL_LIBDIR man=$TOP/docs/man hooks=$TOP/integration
	case $1 in
	imatee)
		deb_copy "$tool" "$root" usr/bin usr/share/bash-completion
		deb_man "$root" "$man/imatee.1" "$man/imatee-json.5"
		;;
	libimatee0)
		deb_copy "$tool" "$root" "$lib/libimatee.so.0"
		;;
	libimatee-dev)
		deb_copy "$tool" "$root" usr/include "$lib/libimatee.so" "$lib/libimatee.a" \
			"$lib/pkgconfig"
		deb_man "$root" "$man/libimatee.3"
		;;
	imatee-initramfs)
		install -D -m 755 -t "$root/usr/lib/imatee" "$hooks/load-keys"
		install -D -m 755 -t "$root/usr/share/initramfs-tools/hooks" \
			"$hooks/initramfs-tools/hooks/imatee"
		install -D -m 755 -t "$root/usr/share/initramfs-tools/scripts/init-premount" \
			"$hooks/initramfs-tools/scripts/init-premount/imatee"
		install -D -m 755 -t "$root/usr/lib/dracut/modules.d/95imatee" \
			"$hooks/dracut/95imatee"/*
		install -d "$root/etc/imatee/keys/ima" "$root/etc/imatee/keys/evm"
		install -D -m 644 -t "$root/usr/share/doc/imatee-initramfs" \
			"$TOP/docs/initramfs.md"
		;;
	esac
}

# deb_copy FROM ROOT PATH...
deb_copy() {
	local from=$1 root=$2 path
	shift 2
	for path; do
		mkdir -p "$root/$(dirname "$path")"
		cp -a "$from/$path" "$root/$path"
	done
}

# deb_man ROOT PAGE...
deb_man() {
	local root=$1 page dir
	shift
	for page; do
		dir=$root/usr/share/man/man${page##*.}
		install -D -m 644 -t "$dir" "$page"
		gzip -9n "$dir/$(basename "$page")"
	done
}

# deb_control PACKAGE SYSROOT TREE ROOT: DEBIAN/, with dependencies from what the
# package's programs are linked with.
deb_control() {
	local package=$1 libs=$2/root$TOOL_LIBDIR tree=$3 root=$4 binaries
	mkdir -p "$root/DEBIAN"
	case $package in
	libimatee0)
		echo 'activate-noawait ldconfig' >"$root/DEBIAN/triggers"
		cp "$tree/debian/shlibs.local" "$root/DEBIAN/shlibs"
		;;
	imatee-initramfs)
		echo 'activate-noawait update-initramfs' >"$root/DEBIAN/triggers"
		;;
	esac
	mapfile -t binaries < <(find "$root/usr" -type f \( -path '*/bin/*' -o -name '*.so.*' \))
	(
		cd "$tree" || exit
		: >debian/substvars
		[ ${#binaries[@]} -eq 0 ] || dpkg-shlibdeps --admindir="$tree/dpkg" \
			-Ldebian/shlibs.local -l"$tree/lib" -l"$libs" -Tdebian/substvars \
			"${binaries[@]}"
		dpkg-gencontrol -p"$package" -P"$root" -Tdebian/substvars
	)
	(cd "$root" && find . -type f ! -path './DEBIAN/*' -printf '%P\0' | LC_ALL=C sort -z |
		xargs -0r md5sum >DEBIAN/md5sums)
}

# deb_tree TOOL SYSROOT TREE: what dpkg's tools look at.
deb_tree() {
	local tool=$1 sysroot=$2 tree=$3 version deb
	rm -rf "$tree"
	mkdir -p "$tree/lib"
	cp -r "$TOP/integration/debian" "$tree/debian"
	version=$(cd "$tree" && dpkg-parsechangelog -SVersion)
	[ "${version%-*}" = "$(tool_version)" ] ||
		die "integration/debian/changelog is of $version, this is $(tool_version)"
	cp -a "$tool$TOOL_LIBDIR"/libimatee.so* "$tree/lib/"
	echo "libimatee 0 libimatee0 (>= ${version%-*})" >"$tree/debian/shlibs.local"
	# Which package has a library, and since when what it is used for.
	dpkg_database "$tree/dpkg" "$(dpkg --print-architecture)" arm64
	for deb in "$sysroot/debs"/*.deb; do
		dpkg_record "$tree/dpkg" "$deb" "$sysroot/root"
	done
}

# deb_build TOOL SYSROOT WORK OUT
deb_build() {
	local tool=$1 sysroot=$2 tree=$3/tree out=$4 package root doc
	export DEB_HOST_ARCH=arm64
	deb_tree "$tool" "$sysroot" "$tree"
	# The same sources make the same files, at whatever time.
	SOURCE_DATE_EPOCH=$(cd "$tree" && dpkg-parsechangelog -STimestamp)
	export SOURCE_DATE_EPOCH
	for package in "${DEB_PACKAGES[@]}"; do
		root=$tree/root/$package
		doc=$root/usr/share/doc/$package
		mkdir -p "$doc"
		deb_files "$package" "$tool" "$root"
		cp "$tree/debian/copyright" "$doc/copyright"
		gzip -9n <"$tree/debian/changelog" >"$doc/changelog.Debian.gz"
		deb_control "$package" "$sysroot" "$tree" "$root"
		find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
		find "$root" -type d -exec chmod 755 {} +
		dpkg-deb --root-owner-group -Zxz --build "$root" "$out"
	done
}
