#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode off: the ways of the suite "failopen" are open in a stock kernel, so that
# finding them closed means something.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite failopen-off

equal "EVM is off until a key is loaded" 0 "$(cat "$EVM")"
load_keys
equal "the kernel's build certificate is in .ima" 1 \
	"$(keyctl show %keyring:.ima | grep -c "$(keyid ima-modsig)\$")"

load_policy "appraise func=KEXEC_KERNEL_CHECK fowner=$OWNER appraise_type=imasig"
evil=/var/Image
fresh $evil /kernel/Image
ima_sign $evil attacker-p256
refused "an attacker's image, before" EACCES "$HELPERS/kexecload" $evil
works "attack: a key linked into the kernel's .platform" start_attack \
	op=link ring=.platform cert="$KEYS/attacker-p256.der"
works "an attacker's image is taken" "$HELPERS/kexecload" $evil
stop_attack

load_policy "appraise func=FILE_CHECK fowner=$OWNER appraise_type=imasig"
fresh "$FILES/early" "$HELPERS/hello"
ima_sign "$FILES/early" ima-p256
works "a file without security.evm is read" read_file "$FILES/early"

keyctl add user kmk "$(head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n')" @u >/dev/null
keyctl add encrypted evm-key "new user:kmk 64" @u >/dev/null
works "EVM takes an HMAC key" sh -c "echo 1 >$EVM"
finish
