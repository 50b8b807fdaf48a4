# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The flash image with the trusted applications of "make bench-crypto".

. "$MACHINE/lib/tfa.sh"
tfa_part optee-os-bench
