# SPDX-License-Identifier: GPL-2.0-or-later
"""Looks for disasters in what the two worlds print."""

import re

NORMAL = re.compile(
    rb"Kernel panic - not syncing|BUG: |Internal error: |"
    rb"Unable to handle kernel|WARNING: possible (circular|recursive) locking")
SECURE = re.compile(
    rb"assertion .* failed|E/TC:.* Panic( at|:| ')|Core (data|prefetch|undef)-abort")
# A trusted application panicked, or was stopped for touching what it must not.
TA = re.compile(rb"TA panicked|User mode (data|prefetch|undef)-abort")


class Log:
    """One world's output: kept whole, and watched line by line."""

    def __init__(self, path, patterns):
        self.file = open(path, "wb") if path else None
        self.patterns = patterns
        self.rest = b""
        self.tail = []
        self.disaster = None

    def feed(self, data):
        if self.file:
            self.file.write(data)
            self.file.flush()
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            self.look(line)

    def look(self, line):
        line = line.rstrip(b"\r")
        self.tail = (self.tail + [line])[-25:]
        if self.disaster is None and any(p.search(line) for p in self.patterns):
            self.disaster = line

    def close(self):
        if self.rest:
            self.look(self.rest)
        if self.file:
            self.file.close()
