# SPDX-License-Identifier: GPL-2.0-or-later
"""usage: report-crypto.py FIGURES MAPS JSON: what crypto libraries take.

A line of FIGURES is: CLOCK ALGORITHM LIBRARY time|key|heap|stack NUMBER, in nanoseconds
(instructions, if CLOCK is "icount" and not "wall") or bytes. MAPS has the linker's maps
of the trusted applications, LIBRARY.map.
"""

import collections
import json
import os
import re
import statistics
import sys

# What is asked about, and not what is around it. The GlobalPlatform API's library is
# in OP-TEE's core: there whether it is used or not.
ARCHIVES = {"wolfssl-fast": "libwolfcrypt.a", "wolfssl-small": "libwolfcrypt.a",
            "mbedtls": "libmbedtls.a"}
NAMES = {"kernel": "Linux", "wolfssl-fast": "wolfSSL, with tables",
         "wolfssl-small": "wolfSSL, small", "gp": "GlobalPlatform API",
         "mbedtls": "dev kit's Mbed TLS"}
# A section of an archive's object that was linked in: name, address, size, file.
SECTION = re.compile(r"^ (\S+)\s+(0x[0-9a-f]+)\s+(0x[0-9a-f]+) (\S+)$", re.M)
KINDS = {".text": "code", ".rodata": "tables", ".data": "data", ".bss": "data"}


def read(path):
    """{(clock, algorithm, library, what): [number, ...]}"""
    figures = collections.defaultdict(list)
    with open(path, encoding="ascii") as lines:
        for line in lines:
            words = line.split()
            if len(words) == 5 and words[2] in NAMES:
                figures[tuple(words[:4])].append(int(words[4]))
    return dict(figures)


def size(path, archive):
    """{"code", "tables", "data"}: bytes of an archive that are in the program."""
    with open(path, encoding="ascii") as file:
        text = file.read()
    # Names that are long have their figures on the next line. What comes before has
    # been discarded.
    text = text[text.index("\nLinker script and memory map"):]
    text = re.sub(r"^( \.\S+)\n +", r"\1 ", text, flags=re.M)
    found = dict.fromkeys(KINDS.values(), 0)
    for name, _, length, file in SECTION.findall(text):
        if f"/{archive}(" in file:
            kind = next((k for start, k in KINDS.items() if name.startswith(start)), None)
            if kind:
                found[kind] += int(length, 16)
    return found


def results(figures, sizes):
    found = []
    for (clock, algorithm, library, what), values in figures.items():
        if what != "time":
            continue
        us = sorted(ns / 1000 for ns in values)
        median = statistics.median(us)
        against = statistics.median(figures[clock, algorithm, "kernel", "time"]) / 1000
        memory = {name: max(figures.get((clock, algorithm, library, name), []), default=None)
                  for name in ("key", "heap", "stack")}
        found.append({
            "library": library, "algorithm": algorithm, "n": len(us),
            "median_us": round(median, 2),
            "spread": round((us[-1] - us[0]) / median, 3),
            "ratio_to_kernel": round(median / against, 3), "clock": clock,
            **{f"{name}_bytes": value for name, value in memory.items()},
            **{f"{name}_bytes": value for name, value in sizes.get(library, {}).items()}})
    return found


def row(title, cells):
    print(f"{title:22}" + "".join(f"{cell:>12}" for cell in cells))


def time_table(found, clock):
    by = {(o["library"], o["algorithm"]): o for o in found if o["clock"] == clock}
    algorithms = list(dict.fromkeys(algorithm for _, algorithm in by))
    if not by:
        return
    row("microseconds" if clock == "wall" else "1000 instructions", algorithms)
    for library, name in NAMES.items():
        row(name, [f"{by[library, a]['median_us']:.0f}" for a in algorithms])
    row("part of the kernel's", algorithms)
    for library, name in NAMES.items():
        if library != "kernel":
            row(name, [f"{by[library, a]['ratio_to_kernel']:.2f}" for a in algorithms])
    print()


def memory_table(found, sizes):
    by = {(o["library"], o["algorithm"]): o for o in found}
    algorithms = list(dict.fromkeys(algorithm for _, algorithm in by))
    for what in "stack", "heap", "key":
        row(f"{what}, bytes", algorithms)
        for library in ARCHIVES:
            row(NAMES[library], [by[library, a][f"{what}_bytes"] for a in algorithms])
    kinds = list(dict.fromkeys(KINDS.values()))
    row("size, bytes", kinds)
    for library, one in sizes.items():
        row(NAMES[library], [one[kind] for kind in kinds])


def main():
    sizes = {library: size(os.path.join(sys.argv[2], library + ".map"), archive)
             for library, archive in ARCHIVES.items()}
    found = results(read(sys.argv[1]), sizes)
    with open(sys.argv[3], "w", encoding="ascii") as file:
        json.dump(found, file, indent=1)
        file.write("\n")
    time_table(found, "wall")
    time_table(found, "icount")
    memory_table(found, sizes)


main()
