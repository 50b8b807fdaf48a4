# SPDX-License-Identifier: GPL-2.0-or-later
"""Which parts of the build a run needs, and where their files are."""

import os
import subprocess

TOP = os.path.realpath(os.path.join(os.path.dirname(__file__), "../../.."))


class Missing(Exception):
    """An image is not there."""


def firmware_part(args):
    if args.no_tee or args.flash:
        return None
    if args.test_image:
        return "firmware-test"
    return "firmware-plain" if args.no_ta else "firmware"


def kernel_part(args):
    if args.kernel:
        return None
    return "linux-stock" if args.stock else "linux"


def find(args):
    """Builds what is out of date; returns {"kernel", "flash", "root", "initrd"}."""
    parts = {"kernel": (kernel_part(args), "Image", args.kernel),
             "flash": (firmware_part(args), "flash.bin", args.flash),
             "root": ("rootfs", "root.ext4", None),
             "initrd": ("initramfs" if args.initramfs else None,
                        "initramfs.cpio", args.initrd)}
    wanted = [part for part, _, _ in parts.values() if part]
    if not args.no_build:
        build = [os.path.join(TOP, "machine/build"), *wanted]
        # stdout belongs to the command in the guest.
        if subprocess.call(build, stdout=2) != 0:
            raise Missing("the build failed")
    files = {}
    for role, (part, name, given) in parts.items():
        path = os.path.join(TOP, "build", part, name) if part else given
        if path and not os.path.exists(path):
            raise Missing(f"{path} does not exist (machine/build {part or ''})")
        # The link may move on to a newer build while this machine runs.
        files[role] = os.path.realpath(path) if path else None
    return files
