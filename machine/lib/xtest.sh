# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# OP-TEE's test suite as Debian packages it: found, downloaded and laid out.

# What of it and for it the guest lacks; the libraries must not be older than
# the suite, and the guest's are.
XTEST_PACKAGES=(optee-test-qemu libteec2 libckteec0t64)

# xtest_fetch RELEASE DIR SUITE...: downloads the packages, for OP-TEE RELEASE,
# into DIR from the first of the suites that has them.
xtest_fetch() {
	local release=$1 dir=$2 suite version found=
	shift 2
	for suite; do
		(apt_root "$CACHE/apt/xtest-$suite" arm64 deb "$suite") || continue
		export APT_CONFIG=$CACHE/apt/xtest-$suite/apt.conf
		version=$(xtest_version)
		found+=" $suite: ${version:-none}"
		case $version in
		"$release".* | "$release"-*) ;;
		*) continue ;;
		esac
		if xtest_download "$dir"; then
			echo "note: optee-test $version from $suite"
			return
		fi
	done
	die "OP-TEE $release wants optee-test $release (found:$found). Check the network and" \
		"'apt-get update', or put the .deb files of ${XTEST_PACKAGES[*]} into a" \
		"directory and set IMATEE_DL_DIR to it."
}

# xtest_version: in the indexes of the apt root.
xtest_version() {
	apt-cache policy optee-test-qemu | sed -n 's/^ *Candidate: //p' | grep -v none || true
}

# xtest_download DIR: files in IMATEE_DL_DIR are used if they are what the signed
# index says.
xtest_download() {
	local dir=$1 file sum package
	rm -rf "$dir"
	mkdir -p "$dir"
	for package in "${XTEST_PACKAGES[@]}"; do
		read -r file sum < <(cd "$dir" && apt-get download --print-uris "$package" |
			sed -n "s/^'[^']*' \([^ ]*\.deb\) [0-9]* SHA256:/\1 /p")
		if [ -n "$sum" ] && [ -f "${IMATEE_DL_DIR:-/nonexistent}/$file" ] &&
			sha256sum --check --status <<<"$sum  $IMATEE_DL_DIR/$file"; then
			cp "$IMATEE_DL_DIR/$file" "$dir/"
		else
			(cd "$dir" && apt-get download "$package") || return
		fi
	done
}

# xtest_tree DEBS DEVKIT KEY TREE: as it will lie in the guest. The libraries are
# for xtest alone, the rest of the guest keeps its own.
xtest_tree() {
	local debs=$1 devkit=$2 key=$3 tree=$4 unpacked=$1/unpacked ta
	mkdir -p "$unpacked" "$tree/xtest" "$tree/usr/lib/optee_armtz"
	for deb in "$debs"/*.deb; do
		dpkg-deb -x "$deb" "$unpacked"
	done
	cp "$unpacked/usr/bin/xtest" "$tree/xtest/"
	cp -P "$unpacked"/usr/lib/aarch64-linux-gnu/lib*.so.* "$tree/xtest/"
	cp -r "$unpacked/usr/lib/tee-supplicant" "$tree/usr/lib/"
	for ta in "$unpacked"/usr/lib/optee_armtz/*.ta; do
		/usr/bin/python3 "$TOP/tests/xtest/resign.py" "$devkit" "$key" "$ta" \
			"$tree/usr/lib/optee_armtz/$(basename "$ta")"
	done
}
