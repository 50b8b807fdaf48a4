# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# OP-TEE OS as Debian has it, with our trusted applications linked in.

. "$MACHINE/lib/optee.sh"
optee_part optee-source ta
