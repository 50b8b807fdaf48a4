# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# A dpkg database of packages that were unpacked, not installed.

# dpkg_database ADMIN ARCH...: an empty one.
dpkg_database() {
	local admin=$1
	shift
	mkdir -p "$admin"/{info,updates,triggers}
	: >"$admin/status"
	printf '%s\n' "$@" >"$admin/arch"
	# files are named after package and architecture
	echo 1 >"$admin/info/format"
}

# dpkg_record ADMIN DEB [PREFIX]: the package is installed, below PREFIX.
dpkg_record() {
	local admin=$1 deb=$2 prefix=${3:-} name file control
	name=$(dpkg-deb -f "$deb" Package)
	[ "$(dpkg-deb -f "$deb" Multi-Arch)" != same ] || name+=:$(dpkg-deb -f "$deb" Architecture)
	{
		dpkg-deb -f "$deb" | sed '1a\Status: install ok installed'
		echo
	} >>"$admin/status"
	dpkg-deb --fsys-tarfile "$deb" | tar -t |
		sed "s,^\.,,; s,\(.\)/$,\1,; s,^/$,/.,; s,^,$prefix," >"$admin/info/$name.list"
	control=$(mktemp -d)
	dpkg-deb -e "$deb" "$control"
	for file in symbols shlibs; do
		[ ! -f "$control/$file" ] || cp "$control/$file" "$admin/info/$name.$file"
	done
	rm -r "$control"
}
