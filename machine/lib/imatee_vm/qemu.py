# SPDX-License-Identifier: GPL-2.0-or-later
"""QEMU's command line."""

import os

PROGRAM = "qemu-system-aarch64"
OUTPUTS = ("stdout", "stderr")


def arguments(args, files, payload, environment, parameters):
    secure = "off" if args.no_tee else "on"
    words = [PROGRAM,
             "-M", f"virt,secure={secure},gic-version=3,acpi=off",
             "-cpu", "max,sve=off,pauth-impdef=on",
             "-smp", str(args.smp), "-m", str(args.mem),
             "-nodefaults", "-display", "none", "-nic", "none",
             "-kernel", files["kernel"], "-append", parameters]
    if not args.reset:
        words += ["-no-reboot"]
    if args.icount:
        # shift=0: an instruction, of either world, is 2^0 ns of the guest's time.
        words += ["-icount", "shift=0"]
    if files["initrd"]:
        words += ["-initrd", files["initrd"]]
    if files["flash"]:
        words += ["-bios", files["flash"], "-drive",
                  f"if=pflash,unit=1,format=raw,readonly=on,file={environment}"]
    words += drive("root", files["root"], "snapshot=on")
    words += drive("payload", payload, "readonly=on")
    words += ["-device", "virtio-rng-pci"]
    return words


def drive(name, path, option):
    path = path.replace(",", ",,")
    return ["-drive", f"if=none,id={name},file={path},format=raw,{option}",
            "-device", f"virtio-blk-pci,drive={name}"]


def console_on_terminal(work):
    """For the shell: Ctrl-C goes to the guest, Ctrl-A X ends QEMU."""
    secure = os.path.join(work, "secure.log")
    return ["-chardev", "stdio,id=console,mux=on,signal=off",
            "-serial", "chardev:console", "-mon", "chardev=console",
            "-serial", f"file:{secure}"]


def streams(descriptors, status):
    """Sends both consoles and the outputs to inherited file descriptors, and
    connects the port "status" with the inherited socket of that number. Without
    "append" QEMU would try to truncate what it writes to."""
    words = []
    for number, (name, fd) in enumerate(descriptors.items(), 1):
        words += ["-add-fd", f"fd={fd},set={number}",
                  "-chardev", f"file,id={name},path=/dev/fdset/{number},append=on"]
    words += ["-chardev", f"socket,id=status,fd={status}"]
    # The first UART is the normal world's, the second one OP-TEE's.
    words += ["-serial", "chardev:console", "-serial", "chardev:secure",
              "-device", "virtio-serial-pci"]
    for name in OUTPUTS + ("status",):
        words += ["-device", f"virtserialport,chardev={name},name=imatee.{name}"]
    return words
