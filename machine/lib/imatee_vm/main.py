# SPDX-License-Identifier: GPL-2.0-or-later
"""The command line of machine/vm."""

import argparse
import os
import signal
import subprocess
import sys
import tempfile

from . import guest, images, payload, qemu, tpm, uboot

USAGE = """machine/vm run [OPTION]... -- COMMAND...
       machine/vm shell [OPTION]..."""

EPILOG = """
COMMAND is run as root; if it is a single word, sh -c runs it. Its stdout and
stderr come through as they are. Exit status: the command's; 124 when the
time-out is over; 125 when the guest panics, OP-TEE asserts or a trusted
application panics, with that line on stderr; 2 for wrong usage.
"""


def parser():
    p = argparse.ArgumentParser(
        prog="machine/vm", usage=USAGE, epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("action", choices=["run", "shell"])
    p.add_argument("--mode", metavar="M", help="imatee.mode=M")
    p.add_argument("--append", metavar="ARGS", action="append", default=[],
                   help="more kernel parameters")
    p.add_argument("--add", metavar="HOSTDIR:GUESTDIR", action="append",
                   default=[], help="copy a directory's contents into the guest")
    p.add_argument("--smp", type=int, default=2, metavar="N", help="CPUs (2)")
    p.add_argument("--mem", type=int, default=1024, metavar="M", help="MiB (1024)")
    p.add_argument("--icount", action="store_true",
                   help="one CPU, whose clock counts instructions: 1 ns each")
    p.add_argument("--timeout", type=float, default=300, metavar="S",
                   help="seconds (300)")
    p.add_argument("--no-build", action="store_true",
                   help="use what was built before as it is")
    p.add_argument("--test-image", action="store_true",
                   help="trusted applications that can be told to panic")
    p.add_argument("--expect-ta-panic", action="store_true",
                   help="a panic of a trusted application is no failure")
    p.add_argument("--stock", action="store_true",
                   help="the kernel without our files and patches")
    p.add_argument("--no-ta", action="store_true",
                   help="OP-TEE without our trusted applications")
    p.add_argument("--no-tee", action="store_true", help="no secure world at all")
    p.add_argument("--tpm", action="store_true", help="a TPM 2.0, of package swtpm")
    p.add_argument("--kernel", metavar="FILE", help="another kernel image")
    p.add_argument("--flash", metavar="FILE", help="another flash image")
    p.add_argument("--initramfs", action="store_true",
                   help="boot through an initramfs (machine/guest/initramfs)")
    p.add_argument("--initrd", metavar="FILE", help="another initial root file system")
    p.add_argument("--reset", action="store_true",
                   help="let the machine reset itself; COMMAND runs again then")
    p.add_argument("--log", metavar="DIR",
                   help="keep the logs of both worlds there: console.log, secure.log")
    return p


def parse(argv):
    """Splits at "--", so that the command may have options of its own."""
    command = []
    if "--" in argv:
        at = argv.index("--")
        argv, command = argv[:at], argv[at + 1:]
    p = parser()
    args = p.parse_args(argv)
    if args.action == "run" and not command:
        p.error("run needs -- COMMAND")
    if args.action == "shell" and command:
        p.error("shell takes no command")
    if sum([args.no_tee, args.no_ta, args.test_image, bool(args.flash)]) > 1:
        p.error("--no-tee, --no-ta, --test-image and --flash exclude each other")
    if args.stock and args.kernel:
        p.error("--stock and --kernel exclude each other")
    if args.initramfs and args.initrd:
        p.error("--initramfs and --initrd exclude each other")
    if args.icount:
        # QEMU runs all CPUs in turn then: more of them tell nothing.
        args.smp = 1
    args.add = [parse_add(p, word) for word in args.add]
    return args, command


def parse_add(p, word):
    host, colon, target = word.rpartition(":")
    if not colon or not target.startswith("/"):
        p.error(f"--add {word}: want HOSTDIR:GUESTDIR, the latter absolute")
    if not os.path.isdir(host):
        p.error(f"--add {word}: no directory {host}")
    return host, target


def kernel_parameters(args):
    # QEMU keeps what it has translated under its virtual address. With random ones
    # each program's libraries are translated anew, and a page that many have run from
    # takes minutes to clear: docs/decisions.md, "Addresses are not random".
    words = ["root=/dev/vda", "rw", "init=/sbin/imatee-init",
             "console=ttyAMA0,115200", "panic=-1", "reboot=t", "norandmaps"]
    if args.mode is not None:
        words.append(f"imatee.mode={args.mode}")
    if args.action == "shell":
        words.append("imatee.shell")
    return " ".join(words + args.append)


def start(args, command, files, work):
    """Boots the machine, whose temporary files are under WORK. Returns its status."""
    disk = os.path.join(work, "payload.tar")
    payload.write(disk, command, args.add)
    environment = os.path.join(work, "uboot.env")
    uboot.write(environment, bool(files["initrd"]))
    machine = qemu.arguments(args, files, disk, environment, kernel_parameters(args))
    with tpm.beside(args.tpm, work) as device:
        if args.action == "shell":
            return subprocess.call(machine + device + qemu.console_on_terminal(work))
        return guest.run(machine + device, args)


def main(argv):
    # So that the machine and the temporary files go when this is told to go.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    args, command = parse(argv)
    try:
        files = images.find(args)
    except images.Missing as error:
        print(f"machine/vm: {error}", file=sys.stderr)
        return 125
    with tempfile.TemporaryDirectory(prefix="imatee-vm-") as work:
        try:
            return start(args, command, files, work)
        except tpm.Failed as error:
            print(f"machine/vm: {error}", file=sys.stderr)
            return 125
