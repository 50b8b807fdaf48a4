#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# All modes alike: version 3 signatures, over an fs-verity digest.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite "verity-$(mode)"
OWNER=$VERITY_OWNER

start
load_policy "appraise func=BPRM_CHECK fowner=$OWNER digest_type=verity appraise_type=sigv3"

verity_file "$FILES/good"
verity_sign "$FILES/good" ima-p256
equal "signed digest" runs "$(outcome "$FILES/good")"
verity_file "$FILES/rsa"
verity_sign "$FILES/rsa" ima-rsa3072
equal "signed digest, RSA" runs "$(outcome "$FILES/rsa")"

verity_file "$FILES/other"
verity_sign "$FILES/other" ima-p256 "sha256:$(printf '%064d' 0)"
equal "another file's digest" refused "$(outcome "$FILES/other")"
equal "another file's digest: cause" invalid-verity-signature "$(cause_of "$FILES/other")"
verity_file "$FILES/unknown"
verity_sign "$FILES/unknown" late-p256
equal "unknown key" refused "$(outcome "$FILES/unknown")"
equal "unknown key: cause" invalid-verity-signature "$(cause_of "$FILES/unknown")"
verity_file "$FILES/evm"
verity_sign "$FILES/evm" evm-p256
equal "key of .evm" refused "$(outcome "$FILES/evm")"
verity_file "$FILES/v2"
ima_sign "$FILES/v2" ima-p256
evm_sign "$FILES/v2" evm-p256
equal "version 2 signature" refused "$(outcome "$FILES/v2")"
equal "version 2 signature: cause" verity-signature-required "$(cause_of "$FILES/v2")"
finish
