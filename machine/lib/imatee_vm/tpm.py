# SPDX-License-Identifier: GPL-2.0-or-later
"""A TPM beside the machine: swtpm, new each time, with banks for SHA-1 and SHA-2."""

import contextlib
import os
import subprocess
import time

PROGRAM = "swtpm"
START_SECONDS = 10


class Failed(Exception):
    """It did not start."""


def wait_for(process, path):
    deadline = time.monotonic() + START_SECONDS
    while not os.path.exists(path):
        if process.poll() is not None or time.monotonic() > deadline:
            raise Failed(f"{PROGRAM} does not start (package {PROGRAM})")
        time.sleep(0.02)


@contextlib.contextmanager
def beside(wanted, work):
    """Runs it while the block does, with its files under WORK. Gives QEMU's arguments."""
    if not wanted:
        yield []
        return
    control = os.path.join(work, "tpm.socket")
    try:
        process = subprocess.Popen(
            [PROGRAM, "socket", "--tpm2", "--tpmstate", f"dir={work}",
             "--ctrl", f"type=unixio,path={control}"],
            stdin=subprocess.DEVNULL, stdout=2)
    except FileNotFoundError as error:
        raise Failed(f"there is no {PROGRAM} (package {PROGRAM})") from error
    try:
        wait_for(process, control)
        yield ["-chardev", f"socket,id=tpm,path={control}",
               "-tpmdev", "emulator,id=tpm0,chardev=tpm",
               "-device", "tpm-tis-device,tpmdev=tpm0"]
    finally:
        process.terminate()
        process.wait()
