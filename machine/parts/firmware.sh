# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The flash image: TF-A, OP-TEE with our trusted applications, U-Boot.

. "$MACHINE/lib/tfa.sh"
tfa_part optee-os
