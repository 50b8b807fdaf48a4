# SPDX-License-Identifier: GPL-2.0-or-later
"""U-Boot's environment, as it would stand in the board's second flash: boot
what QEMU offers at once, instead of counting down and probing for disks."""

import struct
import zlib

ENVIRONMENT_SIZE = 256 * 1024
FLASH_SIZE = 64 * 1024 * 1024

VARIABLES = {
    "bootdelay": "0",
    "kernel_addr_r": "0x40400000",
    "ramdisk_addr_r": "0x44000000",
}


def boot_command(initrd):
    # Both are U-Boot's: fdtcontroladdr is the device tree as the firmware left it,
    # filesize that of the ramdisk.
    ramdisk = "${ramdisk_addr_r}:${filesize}" if initrd else "-"
    return ("qfw load ${kernel_addr_r} ${ramdisk_addr_r}; "
            f"booti ${{kernel_addr_r}} {ramdisk} ${{fdtcontroladdr}}")


def write(path, initrd):
    variables = {**VARIABLES, "bootcmd": boot_command(initrd)}
    text = b"".join(f"{name}={value}\0".encode() for name, value in variables.items())
    data = text.ljust(ENVIRONMENT_SIZE - 4, b"\0")
    with open(path, "wb") as flash:
        flash.write(struct.pack("<I", zlib.crc32(data)) + data)
        flash.truncate(FLASH_SIZE)
