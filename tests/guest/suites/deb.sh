#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys: the Debian packages, installed as on any Debian system: the tool works,
# has its manual and its completion, and initramfs-tools takes up the hook.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
. /tests/guest/toollib.sh
suite deb

# NAME: the status of an installed package
package_status() {
	dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null | tr -d ' '
}

# WORD...: what bash completes the last word with, with the package's completion
completed() {
	bash -c '. /usr/share/bash-completion/completions/imatee
		COMP_WORDS=(imatee "$@") COMP_CWORD=$#
		_imatee
		echo "${COMPREPLY[*]}"' bash "$@"
}

# The guest's shell has an applet of that name.
dpkg() { /usr/bin/dpkg "$@"; }

exits "not without the library" 1 "imatee depends on libimatee0" dpkg -i /debs/imatee_*.deb
dpkg -r imatee >/dev/null 2>&1
works "install" dpkg -i /debs/libimatee0_*.deb /debs/imatee_*.deb /debs/imatee-initramfs_*.deb
for package in libimatee0 imatee imatee-initramfs; do
	equal "$package is installed" ii "$(package_status $package)"
done
equal "the version is the tool's" \
	"$(imatee --version | cut -d ' ' -f 2)" "$(dpkg-query -W -f '${Version}' imatee | sed 's/-.*//')"
exits "the tool asks the TEE" 0 "^seal: +sealed" imatee status
for page in man1/imatee.1 man5/imatee-json.5; do
	matches "the manual has $page" "$(zcat /usr/share/man/$page.gz)" '^\.Nd '
done
equal "each command is in the manual" "" "$(imatee --help |
	sed -n 's/^  \([a-z]*\( [a-z]*\)\?\)  .*/\1/p' | while read -r command; do
	zcat /usr/share/man/man1/imatee.1.gz | grep -qx "\.It Cm $command.*" || echo "$command"
done)"

equal "completion: commands" "status keys seal version" "$(completed '')"
equal "completion: of keys" "list show export add diff" "$(completed keys '')"
equal "completion: begun" "export" "$(completed keys ex)"
equal "completion: key ids, from the TEE" \
	"$(imatee keys list | awk 'NR > 1 { print $3 }' | xargs)" "$(completed keys show '')"
equal "completion: rings" "ima evm platform" "$(completed keys list --ring '')"
equal "completion: options" "--json --help --ring --pem --output" "$(completed keys export --)"
equal "completion: files" "/etc/imatee" "$(completed keys add /etc/imat)"

mkdir -p /etc/imatee/keys/ima /etc/imatee/keys/evm
cp "$KEYS/late-p256.der" /etc/imatee/keys/ima/late.der
cp "$KEYS/attacker-p256.der" /etc/imatee/keys/evm/attacker.der
for deb in /initramfs-tools/*.deb; do
	/usr/bin/dpkg-deb -x "$deb" / || not_ok "unpack $deb"
done
# mkinitramfs wants find and others as they are in the packages, not the applets
ln -sf bash /usr/bin/sh
mkdir -p "/lib/modules/$(uname -r)" /etc/initramfs-tools/conf.d
printf 'MODULES=list\nCOMPRESS=gzip\n' >/etc/initramfs-tools/conf.d/test
works "make an initramfs" mkinitramfs -o /tmp/initrd "$(uname -r)"
mkdir -p /tmp/unpacked
works "unpack it" unmkinitramfs /tmp/initrd /tmp/unpacked
for file in usr/bin/keyctl usr/lib/imatee/load-keys scripts/init-premount/imatee; do
	works "the initramfs has $file" test -x /tmp/unpacked/$file
done
works "and the certificates" sh -c \
	'cmp /tmp/unpacked/etc/imatee/keys/ima/late.der /etc/imatee/keys/ima/late.der &&
	cmp /tmp/unpacked/etc/imatee/keys/evm/attacker.der /etc/imatee/keys/evm/attacker.der'
matches "and runs the script" "$(cat /tmp/unpacked/scripts/init-premount/ORDER)" \
	'^/scripts/init-premount/imatee '
ln -sf busybox /usr/bin/sh
matches "keyctl runs in it" "$(chroot /tmp/unpacked /usr/bin/keyctl --version 2>&1)" 'keyctl from'

works "remove" dpkg -r imatee libimatee0 imatee-initramfs
exits "the tool is gone" 127 "not found" sh -c "imatee status"
finish
