# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs a machine to its end and tells how the command in it fared."""

import os
import re
import selectors
import subprocess
import sys
import time

from . import qemu, watch

TIMED_OUT = 124
BROKEN = 125
# How long the machine may still speak after a disaster, for a whole back trace,
# and how long it may take to power off.
DISASTER_SECONDS = 2
POWER_OFF_SECONDS = 10


class Run:
    def __init__(self, args):
        self.args = args
        self.status = b""
        secure = [watch.SECURE] + ([] if args.expect_ta_panic else [watch.TA])
        self.logs = {"console": watch.Log(self.log_path("console"), [watch.NORMAL]),
                     "secure": watch.Log(self.log_path("secure"), secure)}
        self.deadline = time.monotonic() + args.timeout
        self.timed_out = False
        self.ending = None

    def log_path(self, name):
        if not self.args.log:
            return None
        os.makedirs(self.args.log, exist_ok=True)
        return os.path.join(self.args.log, name + ".log")

    def take(self, name, data):
        if name in self.logs:
            self.logs[name].feed(data)
        elif name == "status":
            self.status += data
        else:
            write_all(1 if name == "stdout" else 2, data)

    def disaster(self):
        for log in self.logs.values():
            if log.disaster:
                return log.disaster
        return None

    def over(self):
        """Whether to stop waiting for the machine to end by itself."""
        now = time.monotonic()
        if self.ending is None:
            if self.disaster():
                self.ending = now + DISASTER_SECONDS
            elif b"\n" in self.status:
                self.ending = now + POWER_OFF_SECONDS
        if self.ending is not None:
            return now > self.ending
        self.timed_out = now > self.deadline
        return self.timed_out

    def exit_status(self):
        line = self.disaster()
        if line:
            complain("the machine failed: " + line.decode(errors="replace"))
            return BROKEN
        match = re.match(rb"status (\d+)\n", self.status)
        if match:
            return int(match.group(1))
        for name, log in self.logs.items():
            for line in log.tail:
                complain(f"{name}: " + line.decode(errors="replace"))
        if self.timed_out:
            complain(f"no end after {self.args.timeout:g} s")
            return TIMED_OUT
        complain("the machine ended without telling the command's status")
        return BROKEN


def complain(text):
    print("machine/vm: " + text, file=sys.stderr, flush=True)


def write_all(fd, data):
    while data:
        data = data[os.write(fd, data):]


def pump(run, process, pipes):
    """Passes on what comes through the pipes until all are closed."""
    selector = selectors.DefaultSelector()
    for name, fd in pipes.items():
        selector.register(fd, selectors.EVENT_READ, name)
    while selector.get_map():
        for key, _ in selector.select(timeout=0.25):
            data = os.read(key.fd, 65536)
            if data:
                run.take(key.data, data)
            else:
                selector.unregister(key.fd)
                os.close(key.fd)
        if process.poll() is None and run.over():
            process.kill()


def run(machine, args):
    state = Run(args)
    pipes = {name: os.pipe() for name in ("console", "secure") + qemu.PORTS}
    inherited = {name: pair[1] for name, pair in pipes.items()}
    process = subprocess.Popen(machine + qemu.streams(inherited),
                               stdin=subprocess.DEVNULL,
                               pass_fds=tuple(inherited.values()))
    for fd in inherited.values():
        os.close(fd)
    try:
        pump(state, process, {name: pair[0] for name, pair in pipes.items()})
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        for log in state.logs.values():
            log.close()
    return state.exit_status()
