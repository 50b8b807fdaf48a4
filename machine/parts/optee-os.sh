# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# OP-TEE OS with our trusted applications linked in.

. "$MACHINE/lib/optee.sh"
optee_part "$(optee_source_part)" "ta$part_for"
part_work=optee${part_platform:+-$part_platform}
part_platforms=y
