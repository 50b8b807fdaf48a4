# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# libtomcrypt with Debian's patches: Whirlpool. What comes after 1.18 has other headers.

. "$MACHINE/lib/apt.sh"
. "$MACHINE/lib/source.sh"
source_part libtomcrypt 1.18 'bookworm trixie' LICENSE src
