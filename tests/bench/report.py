# SPDX-License-Identifier: GPL-2.0-or-later
"""usage: report.py SAMPLES JSON SVG: medians, spread and ratios of what the guests measured.

A line of SAMPLES is: CLOCK MODE BOOT NAME ALGORITHM THREADS WAY NUMBER [ENTRIES].
"kernel" is what an unpatched kernel does, measured in the same boot: where a row has
it, the ratio is to that; else it is to mode off. NUMBER is nanoseconds, or what WAY
says, as "kernel_bytes". ENTRIES is how long IMA's log was, where a row is about that.

CLOCK is "wall", or "icount": QEMU's clock counts instructions then, 1 ns each, those of
the normal and of the secure world. It does not know what a processor makes of them; but
it tells the same each time, on any host. (ECDSA signatures are made anew in each boot,
with a random number; the kernel takes a percent more for one than for another.)
"""

import collections
import json
import statistics
import sys

sys.dont_write_bytecode = True

import plot  # noqa: E402
import targets  # noqa: E402

CLOCKS = ("wall", "icount")
MODES = ("off", "keys", "verify", "full")
WIDTHS = {"off": 18, "keys": 26, "verify": 26, "full": 26}
# With fewer entries, other allocations are larger than what these take.
ENTRIES_MIN = 10000


def read(path):
    """{(clock, name, algorithm, threads, entries): {mode: {way: {boot: [number, ...]}}}}"""
    rows = collections.defaultdict(lambda: collections.defaultdict(
        lambda: collections.defaultdict(dict)))
    with open(path, encoding="ascii") as lines:
        for line in lines:
            clock, mode, boot, name, algorithm, threads, way, number, *entries = line.split()
            entries = int(entries[0]) if entries else None
            row = rows[clock, name, algorithm, int(threads), entries][mode][way]
            row.setdefault(boot, []).append(int(number))
    return rows


def flat(boots):
    """All times, in microseconds."""
    return sorted(ns / 1000 for boot in boots.values() for ns in boot)


def percentile(values, part):
    return values[min(len(values) - 1, int(part / 100 * len(values)))]


def reference(row, mode):
    """What a mode is compared with, and whether that is of the same boots."""
    if "kernel" in row[mode]:
        return flat(row[mode]["kernel"])
    return flat(row["off"]["mode"]) if "mode" in row["off"] else None


def log_facts(ways, entries):
    """What a row says beside its time if it is about the length of the log."""
    facts = {} if entries is None else {"entries": entries}
    if "kernel_bytes" in ways:
        kernel = statistics.median(n for boot in ways["kernel_bytes"].values() for n in boot)
        facts["secure_heap_bytes"] = max(
            n for boot in ways["secure_heap_bytes"].values() for n in boot)
        facts["kernel_bytes_per_entry"] = (round(kernel / entries, 1)
                                           if entries >= ENTRIES_MIN else None)
    return facts


def spread_of(values):
    return (percentile(values, 95) - percentile(values, 5)) / statistics.median(values)


def result(key, mode, ways, against):
    clock, name, algorithm, threads, entries = key
    values = flat(ways["mode"])
    median = statistics.median(values)
    per_boot = [statistics.median(ns) / 1000 for ns in ways["mode"].values()]
    return {
        "name": name, "mode": mode, "algorithm": algorithm,
        "threads": threads, "n": len(values),
        "median_us": round(median, 2), "p95_us": round(percentile(values, 95), 2),
        "spread": round(spread_of(values), 4),
        "boot_spread": round((max(per_boot) - min(per_boot)) / median, 3),
        "ratio_to_off": (round(median / statistics.median(against), 3)
                         if against else None),
        "clock": clock, **log_facts(ways, entries)}


def results(rows):
    return [result(key, mode, row[mode], reference(row, mode))
            for key, row in rows.items() for mode in MODES if "mode" in row[mode]]


def percent(part):
    return f"{part:.0%}" if part >= 0.1 else f"{part:.1%}"


def cell(one, mode):
    ratio = ""
    if mode != "off" and one["ratio_to_off"] is not None:
        ratio = f" ({one['ratio_to_off']:.2f} x)"
    return f"{one['median_us']:.0f} {percent(one['spread'])}{ratio}"


def label(name, algorithm, threads, entries):
    text = name + (f" {algorithm}" if algorithm != "-" else "")
    text += f" x{threads}" if name == "verify_parallel" else ""
    return text + (f" ({entries} entries)" if entries is not None else "")


def table(found, clock):
    by_row = collections.defaultdict(dict)
    for one in found:
        if one["clock"] == clock:
            by_row[one["name"], one["algorithm"], one["threads"],
                   one.get("entries")][one["mode"]] = one
    if not by_row:
        return
    unit = "microseconds" if clock == "wall" else "1000 instructions"
    print("median, 95th less 5th percentile as part of it, and (ratio) to an unpatched "
          "kernel or mode off")
    print(f"{unit:40}" + "".join(f"{mode:>{WIDTHS[mode]}}" for mode in MODES))
    for row, modes in by_row.items():
        cells = ""
        for mode in MODES:
            text = cell(modes[mode], mode) if mode in modes else "-"
            cells += f"{text:>{WIDTHS[mode]}}"
        print(f"{label(*row):40}{cells}")
    print()


# Above it, a call does not do the same each time. modsig_verify does not where it makes
# keyrings, in the modes "keys" and "verify", each of which takes 3000 to 9000
# instructions at random: there, guest.sh has means for samples. What is timed in user
# space, and entries of the log, have their neighbours' memory and timers with them.
ICOUNT_SPREAD = 0.01


def spread(rows):
    """Says how far the counts of instructions are from being all the same: those of a mode,
    and those of the kernel's own way in its boots."""
    counts = {key[1:]: [(spread_of(flat(ways[way])), mode, way) for mode, ways in row.items()
                        for way in ("mode", "kernel") if way in ways]
              for key, row in rows.items() if key[0] == "icount"}
    if not counts:
        return
    print("targets, spread of the instructions: 95th less 5th percentile, part of the median")
    for row, spreads in counts.items():
        most, mode, way = max(spreads)
        where = f"in mode {mode}" if way == "mode" else f"the kernel's in {mode}"
        targets.line(label(*row), f"{most:.2%} {where}", f"<= {ICOUNT_SPREAD:.2f}", most,
                     most <= ICOUNT_SPREAD)


def main():
    rows = read(sys.argv[1])
    found = results(rows)
    with open(sys.argv[2], "w", encoding="ascii") as file:
        json.dump(found, file, indent=1)
        file.write("\n")
    plot.write(found, MODES, sys.argv[3])
    for clock in CLOCKS:
        table(found, clock)
    for clock in CLOCKS:
        targets.show(found, rows, clock)
    spread(rows)


main()
