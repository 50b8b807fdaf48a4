# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Patching, configuring and building the kernel, each incrementally.

LINUX_TEE_DIR=security/integrity/tee

# linux_fragments KIND: the pieces of configuration for every kernel, and those
# for a debug kernel.
linux_fragments() {
	echo "$MACHINE"/kernel/*.config
	[ "$1" != debug ] || echo "$MACHINE"/kernel/debug/*.config
}

# linux_inputs KIND: what a kernel of that kind is made from.
linux_inputs() {
	# shellcheck disable=SC2046 # a list of files
	input_files "$MACHINE/lib/linux.sh" $(linux_fragments "$1")
	[ "$1" = stock ] || input_files "$TOP/linux" "$TOP/abi/imatee_abi.h"
	input_tools "${CROSS}gcc" "${CROSS}ld"
}

# One tree serves both kernels, ours ("patched") and the one to compare it with
# ("stock"): they differ in so few files that changing over is much quicker than
# a second build.

# linux_bring WORK PRISTINE KEYS KIND NAME: makes the tree and the objects in WORK
# those of a kernel part: KIND says which kernel, NAME is the part's and its key.
# The third kind, "forced", is ours with the mode fixed to "verify", without
# imatee.seal=user, with a key of the TEE on its .blacklist, and loading certificates
# by itself. The fourth, "debug", is ours with the kernel's own checkers and tests; no
# object is like the others', so it has a WORK of its own.
linux_bring() {
	local work=$1 pristine=$2 keys=$3 kind=$4 name=$5
	if [ "$(cat "$work/built" 2>/dev/null)" = "$name" ]; then
		return
	fi
	rm -f "$work/built"
	linux_tree "$pristine" "$work/source" "$kind"
	linux_build "$work/source" "$work/object" "$keys" "$kind"
	echo "$name" >"$work/built"
}

# linux_tree PRISTINE TREE KIND: makes TREE the pristine source, with our files
# and patches unless KIND is "stock". TREE consists of hard links into the pristine
# tree but for the files that are ours or patched; of these only those that differ
# from the last time are touched, so that make compiles what depends on them and
# no more.
linux_tree() {
	local pristine=$1 tree=$2 kind=$3 new=$2.new file
	if [ "$(cat "$tree.pristine" 2>/dev/null)" != "$pristine" ]; then
		rm -rf "$tree" "$tree.pristine" "$tree.ours"
		cp -al "$pristine" "$tree" 2>/dev/null || cp -a "$pristine" "$tree"
		echo "$pristine" >"$tree.pristine"
	fi
	rm -rf "$new"
	mkdir -p "$new"
	[ "$kind" = stock ] || linux_overlay "$pristine" "$new"
	(cd "$new" && find . -type f | sort) >"$tree.ours.new"
	# What was ours and is no more goes back to what it was.
	while read -r file; do
		grep -qxF "$file" "$tree.ours.new" && continue
		rm -f "$tree/$file"
		[ ! -f "$pristine/$file" ] || cp "$pristine/$file" "$tree/$file"
	done < <(cat "$tree.ours" 2>/dev/null)
	while read -r file; do
		cmp -s "$new/$file" "$tree/$file" && continue
		echo "changed: $file"
		mkdir -p "$(dirname "$tree/$file")"
		rm -f "$tree/$file"
		cp "$new/$file" "$tree/$file"
	done <"$tree.ours.new"
	mv "$tree.ours.new" "$tree.ours"
	rm -rf "$new"
}

# linux_overlay PRISTINE NEW: our files and the patched ones, under NEW.
linux_overlay() {
	local pristine=$1 new=$2 patch file
	[ -f "$TOP/linux/patches/series" ] || return 0
	while read -r patch; do
		sed -n 's,^+++ b/\([^[:space:]]*\).*,\1,p' "$TOP/linux/patches/$patch"
	done < <(linux_series) | sort -u | while read -r file; do
		mkdir -p "$new/$(dirname "$file")"
		[ ! -f "$pristine/$file" ] || cp "$pristine/$file" "$new/$file"
	done
	while read -r patch; do
		echo "applying $patch"
		patch -p1 -d "$new" --fuzz=0 --no-backup-if-mismatch <"$TOP/linux/patches/$patch"
	done < <(linux_series)
	(cd "$TOP/linux" && find . -type f -path "*/security/*" ! -name '.*') | while read -r file; do
		mkdir -p "$new/$(dirname "$file")"
		cp "$TOP/linux/$file" "$new/$file"
	done
	[ ! -d "$new/$LINUX_TEE_DIR" ] || cp "$TOP/abi/imatee_abi.h" "$new/$LINUX_TEE_DIR/"
}

# linux_series: the names of the patches, in order.
linux_series() {
	sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$TOP/linux/patches/series"
}

# linux_make SOURCE OBJECT TARGET...
linux_make() {
	local source=$1 object=$2
	shift 2
	make -C "$source" O="$object" ARCH=arm64 CROSS_COMPILE="$CROSS" -j"$JOBS" \
		KBUILD_BUILD_TIMESTAMP=@0 KBUILD_BUILD_USER=imatee KBUILD_BUILD_HOST=imatee \
		KBUILD_BUILD_VERSION=1 "$@"
}

# linux_build SOURCE OBJECT KEYS KIND
linux_build() {
	local source=$1 object=$2
	mkdir -p "$object"
	linux_configure "$@"
	linux_make "$source" "$object" Image modules_prepare modules
}

# linux_wanted KEYS KIND OBJECT: what the configuration must say.
linux_wanted() {
	# shellcheck disable=SC2046 # a list of files
	cat $(linux_fragments "$2")
	linux_configure_keys "$1"
	[ "$2" = stock ] || echo CONFIG_IMATEE=y
	[ "$2" = forced ] || return 0
	linux_blacklist "$1/tee/ima/ima-rsa3072.pem" >"$3/blacklist"
	cat <<-EOF
	CONFIG_IMATEE_FORCE_MODE="verify"
	# CONFIG_IMATEE_SEAL_USER is not set
	CONFIG_SYSTEM_BLACKLIST_HASH_LIST="$3/blacklist"
	CONFIG_IMA_LOAD_X509=y
	CONFIG_IMA_X509_PATH="/etc/keys/x509_ima.der"
	CONFIG_EVM_LOAD_X509=y
	CONFIG_EVM_X509_PATH="/etc/keys/x509_evm.der"
	EOF
}

# linux_blacklist CERTIFICATE: what names it on the kernel's .blacklist.
linux_blacklist() {
	local hash
	hash=$(openssl x509 -in "$1" -outform DER |
		openssl asn1parse -inform DER -strparse 4 -noout -out - | sha256sum)
	printf '"tbs:%s"\n' "${hash%% *}"
}

# linux_configure SOURCE OBJECT KEYS KIND: "tinyconfig" plus what is wanted. Every
# symbol of that must come out as it was asked for.
linux_configure() {
	local source=$1 object=$2 wanted=$2/wanted.config
	linux_wanted "$3" "$4" "$object" |
		grep -E '^(CONFIG_|# CONFIG_[A-Z0-9_]* is not set)' >"$wanted.new"
	if cmp -s "$wanted" "$wanted.new" && [ -f "$object/.config" ]; then
		linux_make "$source" "$object" olddefconfig
	else
		linux_make "$source" "$object" tinyconfig
		cat "$wanted.new" >>"$object/.config"
		linux_make "$source" "$object" olddefconfig 2>&1 | grep -v 'override: reassigning'
	fi
	mv "$wanted.new" "$wanted"
	# What is not even offered is not set, either.
	if grep -vxF -f "$object/.config" "$wanted" | grep -v '^#'; then
		die "the kernel's configuration does not have the lines above"
	fi
}

# linux_configure_keys KEYS
linux_configure_keys() {
	cat <<-EOF
	CONFIG_SYSTEM_TRUSTED_KEYS="$1/private/ca.pem"
	CONFIG_MODULE_SIG_KEY="$1/private/modsig.pem"
	EOF
}

# linux_install OBJECT OUT
linux_install() {
	cp "$1/arch/arm64/boot/Image" "$1/System.map" "$1/.config" "$2/"
}
