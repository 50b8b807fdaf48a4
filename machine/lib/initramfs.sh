# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# An initramfs from programs of the guest's root file system.

INITRAMFS_PROGRAMS='keyctl evmctl openssl kexec'
INITRAMFS_LIBS=usr/lib/aarch64-linux-gnu

# initramfs_take FROM TREE FILE: copies a file and the libraries that it needs.
initramfs_take() {
	local from=$1 tree=$2 file=$3 needed
	[ ! -e "$tree/$file" ] || return 0
	mkdir -p "$tree/$(dirname "$file")"
	cp -L "$from/$file" "$tree/$file"
	for needed in $("${CROSS}readelf" -d "$from/$file" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'); do
		if [ -e "$from/$INITRAMFS_LIBS/$needed" ]; then
			initramfs_take "$from" "$tree" "$INITRAMFS_LIBS/$needed"
		else
			initramfs_take "$from" "$tree" "usr/lib/$needed"
		fi
	done
}

# initramfs_tree IMAGE FROM TREE: FROM is filled with what is in the image.
initramfs_tree() {
	local image=$1 from=$2 tree=$3 program file
	rm -rf "$from" "$tree"
	mkdir -p "$from" "$tree"/{usr/bin,usr/sbin,usr/lib,dev,proc,sys,tmp,mnt,root,run}
	debugfs -R "rdump /usr $from" "$image" >/dev/null 2>&1
	ln -s usr/bin "$tree/bin"
	ln -s usr/sbin "$tree/sbin"
	ln -s usr/lib "$tree/lib"
	for program in busybox $INITRAMFS_PROGRAMS; do
		file=$(cd "$from" && find usr/bin usr/sbin -name "$program" ! -type l)
		initramfs_take "$from" "$tree" "$file"
	done
	# where each program looks for its interpreter
	ln -s aarch64-linux-gnu/ld-linux-aarch64.so.1 "$tree/usr/lib/"
	rootfs_applets "$tree"
	install -m 755 "$MACHINE/guest/initramfs/init" "$tree/init"
}

# initramfs_archive TREE ARCHIVE
initramfs_archive() {
	find "$1" -exec touch -h -d @0 {} +
	(cd "$1" && find . | sort | cpio -o -H newc --reproducible -R 0:0 --quiet) >"$2"
}
