# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# OP-TEE OS without our trusted applications.

. "$MACHINE/lib/optee.sh"
optee_part "$(optee_source_part)"
part_work=optee${part_platform:+-$part_platform}
part_platforms=y
