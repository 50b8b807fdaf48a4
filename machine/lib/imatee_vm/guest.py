# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs a machine to its end and tells how the command in it fared."""

import os
import re
import selectors
import socket
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
# Behind all that the command has written: see machine/guest/init.
END = b"\0imatee: end\0"


class Output:
    """One output of the command: passed on as it comes, but for the mark."""

    def __init__(self, fd):
        self.fd = fd
        self.held = b""
        self.ended = False

    def feed(self, data):
        before, mark, behind = (self.held + data).partition(END)
        self.ended = self.ended or bool(mark)
        # What may be the beginning of the mark waits for the rest.
        keep = 0 if mark else next((n for n in range(len(END) - 1, 0, -1)
                                    if before.endswith(END[:n])), 0)
        self.held = before[len(before) - keep:]
        write_all(self.fd, before[:len(before) - keep] + behind)

    def close(self):
        write_all(self.fd, self.held)
        self.held = b""


class Run:
    def __init__(self, args):
        self.args = args
        self.outputs = {"stdout": Output(1), "stderr": Output(2)}
        self.status = b""
        self.acknowledged = False
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
            self.outputs[name].feed(data)

    def complete(self):
        """Whether all has come that the command wrote, and its status."""
        return b"\n" in self.status and all(o.ended for o in self.outputs.values())

    def acknowledge(self, fd):
        """Once all is here, the guest may power off."""
        if self.complete() and not self.acknowledged:
            self.acknowledged = True
            try:
                os.write(fd, b"\n")
            except OSError:
                # It has ended by itself.
                pass

    def close(self):
        for stream in (*self.outputs.values(), *self.logs.values()):
            stream.close()

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
            elif self.complete():
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
        if match and self.complete():
            return int(match.group(1))
        for name, log in self.logs.items():
            for line in log.tail:
                complain(f"{name}: " + line.decode(errors="replace"))
        if self.timed_out:
            complain(f"no end after {self.args.timeout:g} s")
            return TIMED_OUT
        complain("the machine ended before all of the command's output had come"
                 if match else "the machine ended without telling the command's status")
        return BROKEN


def complain(text):
    print("machine/vm: " + text, file=sys.stderr, flush=True)


def write_all(fd, data):
    while data:
        data = data[os.write(fd, data):]


def take(fd):
    try:
        return os.read(fd, 65536)
    except ConnectionResetError:
        # The machine ended before it took the acknowledgement.
        return b""


def pump(run, process, streams):
    """Passes on what comes through the streams until all are closed."""
    selector = selectors.DefaultSelector()
    for name, fd in streams.items():
        selector.register(fd, selectors.EVENT_READ, name)
    while selector.get_map():
        for key, _ in selector.select(timeout=0.25):
            data = take(key.fd)
            if data:
                run.take(key.data, data)
                run.acknowledge(streams["status"])
            else:
                selector.unregister(key.fd)
                os.close(key.fd)
        if process.poll() is None and run.over():
            process.kill()


def run(machine, args):
    state = Run(args)
    pipes = {name: os.pipe() for name in ("console", "secure") + qemu.OUTPUTS}
    inherited = {name: pair[1] for name, pair in pipes.items()}
    ours, theirs = (end.detach() for end in socket.socketpair())
    passed = (*inherited.values(), theirs)
    process = subprocess.Popen(machine + qemu.streams(inherited, theirs),
                               stdin=subprocess.DEVNULL, pass_fds=passed)
    for fd in passed:
        os.close(fd)
    try:
        pump(state, process, {"status": ours, **{name: pair[0] for name, pair in pipes.items()}})
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        state.close()
    return state.exit_status()
