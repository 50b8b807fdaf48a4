# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# wolfSSL with Debian's patches. Debian 12 has an older release. The sources are some
# percent of it.

. "$MACHINE/lib/apt.sh"
. "$MACHINE/lib/source.sh"
source_part wolfssl 5.7.2 "$(apt_host_suite) trixie forky sid" COPYING wolfcrypt wolfssl
