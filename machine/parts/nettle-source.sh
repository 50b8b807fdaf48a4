# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Nettle with Debian's patches: SM3, which is there from 3.8 on, and Streebog. Version 4
# will have other arguments.

. "$MACHINE/lib/apt.sh"
. "$MACHINE/lib/source.sh"
source_part nettle 3.8 'bookworm trixie' .
