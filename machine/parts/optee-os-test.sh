# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# OP-TEE OS with the test image of our trusted applications.

. "$MACHINE/lib/optee.sh"
optee_part "$(optee_source_part)" ta-test
part_work=optee
