#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# In the initramfs: adds the certificates and seals. Early, because the kernel's
# time-out runs and somebody may be asked for a passphrase later.
# dracut sources its hooks: load-keys must be a process of its own.

/usr/lib/imatee/load-keys
