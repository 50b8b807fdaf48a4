# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The guest's root file system, from packages of another architecture.

ROOTFS_SUITE=trixie
ROOTFS_SIZE=512M
# Constant, so that an image depends on its contents only. IMA policies can
# name the file system by it.
ROOTFS_UUID=8f8d5b0e-3c5e-4a0a-9f43-1d0a4e3b7c21

# rootfs_download APTROOT LIST: the packages of LIST and what they need, as
# APTROOT/debs/*.deb.
rootfs_download() {
	local root=$1 packages deb
	packages=$(sed -e 's/#.*//' "$2")
	apt_root "$root" arm64 deb $ROOTFS_SUITE
	for deb in "${IMATEE_DL_DIR:-/nonexistent}"/*_arm64.deb "${IMATEE_DL_DIR:-/nonexistent}"/*_all.deb; do
		# apt takes a file of the right name only if its hash is right.
		[ ! -f "$deb" ] || cp -n "$deb" "$root/cache/archives/"
	done
	# shellcheck disable=SC2086 # a list of names
	apt-get install --yes --download-only --no-install-recommends $packages ||
		die "the guest's packages could not be downloaded: check the network and" \
			"'apt-get update', or put the .deb files into a directory and set" \
			"IMATEE_DL_DIR to it."
	rm -rf "$root/debs"
	mkdir "$root/debs"
	# shellcheck disable=SC2086
	apt-get install --yes --print-uris --no-install-recommends --reinstall \
		-o Dir::Cache::archives="$root/debs/none" $packages |
		sed -n "s/^'[^']*' \([^ ]*\.deb\) .*/\1/p" | while read -r deb; do
		ln "$root/cache/archives/$deb" "$root/debs/$deb"
	done
}

# rootfs_tree DEBS TREE
rootfs_tree() {
	local debs=$1 tree=$2 deb
	rm -rf "$tree"
	mkdir -p "$tree"
	# base-files brings /bin and the like as links into /usr.
	for deb in "$debs"/base-files_*.deb "$debs"/*.deb; do
		dpkg-deb -x "$deb" "$tree"
	done
	rm -rf "$tree"/usr/share/{doc,man,locale,info,lintian,bash-completion}
	rootfs_applets "$tree"
	# What is installed, for the guest's own dpkg.
	dpkg_database "$tree/var/lib/dpkg" arm64
	for deb in "$debs"/*.deb; do
		dpkg_record "$tree/var/lib/dpkg" "$deb"
	done
	mkdir -p "$tree"/{dev,proc,sys,run,tmp,mnt,root,imatee}
	install -m 755 "$MACHINE/guest/init" "$tree/sbin/imatee-init"
	echo 'root:x:0:0:root:/root:/bin/sh
nobody:x:65534:65534:nobody:/nonexistent:/bin/false' >"$tree/etc/passwd"
	echo 'root:x:0:
nogroup:x:65534:' >"$tree/etc/group"
	echo imatee >"$tree/etc/hostname"
	ln -sf ../proc/self/mounts "$tree/etc/mtab"
}

# rootfs_applets TREE: busybox stands in for each program that no package
# brought.
rootfs_applets() {
	local tree=$1 busybox applet dir found
	busybox=$(find "$tree/usr/bin/busybox" "$tree/bin/busybox" -type f | sed -n 1p)
	rootfs_applet_names "$busybox" | while read -r applet; do
		found=
		for dir in bin sbin usr/bin usr/sbin; do
			[ ! -e "$tree/$dir/$applet" ] && [ ! -L "$tree/$dir/$applet" ] || found=y
		done
		[ -n "$found" ] || ln -s busybox "$tree/usr/bin/$applet"
	done
	[ -e "$tree/usr/bin/sh" ] || die "busybox has no shell"
}

# rootfs_applet_names BUSYBOX: the program cannot be asked, for it is of another
# architecture; the names stand in it as one long list.
rootfs_applet_names() {
	/usr/bin/python3 - "$1" <<-'EOF'
	import re, sys
	data = open(sys.argv[1], "rb").read()
	lists = re.findall(rb"(?:[][a-z0-9_.-]+\x00){100,}", data)
	for name in max(lists, key=len).rstrip(b"\0").split(b"\0"):
	    print(name.decode())
	EOF
}

# rootfs_image TREE IMAGE: owned by root whoever builds it.
rootfs_image() {
	local as_root=()
	[ "$(id -u)" -eq 0 ] || as_root=(unshare --map-root-user)
	truncate -s $ROOTFS_SIZE "$2"
	"${as_root[@]}" mke2fs -q -F -t ext4 -d "$1" -U $ROOTFS_UUID -L imatee-root \
		-O verity -m 0 -E root_owner=0:0,hash_seed=$ROOTFS_UUID "$2"
}
