# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# OP-TEE OS with the trusted applications of "make bench-crypto", and none of ours.

. "$MACHINE/lib/optee.sh"
optee_part "$(optee_source_part)" ta-bench
part_work=optee
