# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The flash image with an OP-TEE that lacks our trusted applications.

. "$MACHINE/lib/tfa.sh"
tfa_part optee-os-plain
