# SPDX-License-Identifier: GPL-2.0-or-later
"""The second disk: a tar archive that the guest's init unpacks over its root."""

import io
import os
import shlex
import tarfile

SECTOR = 512


def command_script(command):
    """One word is a line of shell; several are a program and its arguments."""
    if len(command) == 1:
        return command[0] + "\n"
    return "exec " + " ".join(shlex.quote(word) for word in command) + "\n"


def own_by_root(entry):
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry


def write(path, command, directories):
    with tarfile.open(path, "w", format=tarfile.GNU_FORMAT) as tar:
        script = command_script(command).encode() if command else b""
        entry = tarfile.TarInfo("imatee/command")
        entry.size = len(script)
        tar.addfile(entry, io.BytesIO(script))
        for host, target in directories:
            for name in sorted(os.listdir(host)):
                tar.add(os.path.join(host, name),
                        os.path.join(target, name).lstrip("/"),
                        filter=own_by_root)
    # A disk has whole sectors.
    size = os.path.getsize(path)
    os.truncate(path, -(-size // SECTOR) * SECTOR)
