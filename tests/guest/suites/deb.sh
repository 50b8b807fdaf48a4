#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys: the Debian packages, installed as on any Debian system: the tool works,
# and has its manual and its completion.
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
	sed -n 's/^  \([a-z][a-z-]*\( [a-z]*\)\?\)  .*/\1/p' | while read -r command; do
	zcat /usr/share/man/man1/imatee.1.gz | grep -qx "\.It Cm $command.*" || echo "$command"
done)"

equal "completion: commands" "status keys revoke revoked log quote ak verify-quote seal version" "$(completed '')"
equal "completion: of keys" "list show export add diff" "$(completed keys '')"
equal "completion: of log" "status show export trim" "$(completed log '')"
equal "completion: of a list" "sha1 sha256 sha384" "$(completed log show --bank '')"
equal "completion: begun" "export" "$(completed keys ex)"
equal "completion: key ids, from the TEE" \
	"$(imatee keys list | awk 'NR > 1 { print $3 }' | xargs)" "$(completed keys show '')"
equal "completion: rings" "ima evm platform" "$(completed keys list --ring '')"
equal "completion: options" "--json --help --ring --pem --output" "$(completed keys export --)"
equal "completion: files" "/etc/imatee" "$(completed keys add /etc/imat)"
equal "completion: a request" "/etc/imatee" "$(completed revoke /etc/imat)"
equal "completion: a receipt" "/etc/imatee" "$(completed log trim /etc/imat)"
equal "completion: a policy" "/etc/imatee" "$(completed verify-quote q --policy /etc/imat)"
equal "completion: options of a quote" "--json --help --nonce --from --bank --output" "$(completed quote --)"
equal "completion: options behind an operand" "$(completed verify-quote --)" \
	"$(completed verify-quote --ak ak.pem quote --)"
equal "completion: no ring of a request" "--json --help" "$(completed revoke --)"

works "remove" dpkg -r imatee libimatee0 imatee-initramfs
exits "the tool is gone" 127 "not found" sh -c "imatee status"
finish
