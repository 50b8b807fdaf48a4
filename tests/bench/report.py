# SPDX-License-Identifier: GPL-2.0-or-later
"""usage: report.py SAMPLES JSON SVG: medians and ratios of what the guests measured.

A line of SAMPLES is: CLOCK MODE BOOT NAME ALGORITHM THREADS WAY NANOSECONDS. "kernel"
is what an unpatched kernel does, measured in the same boot: where a row has it, the
ratio is to that; else it is to mode off.

CLOCK is "wall", or "icount": QEMU's clock counts instructions then, 1 ns each, those of
the normal and of the secure world. It does not know what a processor makes of them; but
it tells the same each time, on any host. (ECDSA signatures are made anew in each boot,
with a random number; the kernel takes a percent more for one than for another.)
"""

import collections
import json
import statistics
import sys

CLOCKS = ("wall", "icount")
MODES = ("off", "keys", "verify")
COLOURS = {"off": "#9aa5b1", "keys": "#e0a030", "verify": "#2f7fc1"}


def read(path):
    """{(clock, name, algorithm, threads): {mode: {way: [[us of a boot], ...]}}}"""
    rows = collections.defaultdict(lambda: collections.defaultdict(
        lambda: collections.defaultdict(dict)))
    with open(path, encoding="ascii") as lines:
        for line in lines:
            clock, mode, boot, name, algorithm, threads, way, ns = line.split()
            row = rows[clock, name, algorithm, int(threads)][mode][way]
            row.setdefault(boot, []).append(int(ns) / 1000)
    return rows


def flat(boots):
    return sorted(us for boot in boots.values() for us in boot)


def percentile(values, part):
    return values[min(len(values) - 1, int(part / 100 * len(values)))]


def reference(row, mode):
    """What a mode is compared with, and whether that is of the same boots."""
    if "kernel" in row[mode]:
        return flat(row[mode]["kernel"])
    return flat(row["off"]["mode"]) if "mode" in row["off"] else None


def results(rows):
    found = []
    for (clock, name, algorithm, threads), row in rows.items():
        for mode in MODES:
            if "mode" not in row[mode]:
                continue
            values = flat(row[mode]["mode"])
            median = statistics.median(values)
            against = reference(row, mode)
            per_boot = [statistics.median(b) for b in row[mode]["mode"].values()]
            found.append({
                "name": name, "mode": mode, "algorithm": algorithm,
                "threads": threads, "n": len(values),
                "median_us": round(median, 2), "p95_us": round(percentile(values, 95), 2),
                "spread": round((percentile(values, 95) - percentile(values, 5))
                                / median, 4),
                "boot_spread": round((max(per_boot) - min(per_boot)) / median, 3),
                "ratio_to_off": (round(median / statistics.median(against), 3)
                                 if against else None),
                "clock": clock})
    return found


def cell(one, mode):
    ratio = ""
    if mode != "off" and one["ratio_to_off"] is not None:
        ratio = f" ({one['ratio_to_off']:.2f} x)"
    return f"{one['median_us']:.0f}{ratio}"


def table(found, clock):
    by_row = collections.defaultdict(dict)
    for one in found:
        if one["clock"] == clock:
            by_row[one["name"], one["algorithm"], one["threads"]][one["mode"]] = one
    if not by_row:
        return
    unit = "microseconds" if clock == "wall" else "1000 instructions"
    print(f"{unit:34}{'off':>12}{'keys':>22}{'verify':>22}")
    for (name, algorithm, threads), modes in by_row.items():
        label = f"{name} {algorithm if algorithm != '-' else ''}"
        label += f" x{threads}" if name == "verify_parallel" else ""
        cells = ""
        for mode in MODES:
            text = cell(modes[mode], mode) if mode in modes else "-"
            cells += f"{text:>{12 if mode == 'off' else 22}}"
        print(f"{label:34}{cells}")
    print()


# Above it, a call does not do the same each time. modsig_verify does not where it makes
# keyrings, in the modes "keys" and "verify", each of which takes 3000 to 9000
# instructions at random: there, guest.sh has means for samples.
ICOUNT_SPREAD = 0.01


def spread(found):
    """Says how far the counts of instructions are from being all the same."""
    counts = [one for one in found if one["clock"] == "icount"]
    if not counts:
        return
    print("95th less 5th percentile of the instructions, part of the median: at most "
          f"{max(one['spread'] for one in counts):.2%}")
    for one in counts:
        if one["spread"] > ICOUNT_SPREAD:
            print(f"  above {ICOUNT_SPREAD:.0%}: {one['name']} {one['algorithm']}, "
                  f"mode {one['mode']}: {one['spread']:.2%}")


def plot(found, path):
    """Bars: verification in each mode, for each algorithm."""
    bars = [o for o in found if o["name"] == "digsig_verify" and o["clock"] == "wall"]
    algorithms = list(dict.fromkeys(o["algorithm"] for o in bars))
    top = max((o["median_us"] for o in bars), default=1)
    out = ['<svg xmlns="http://www.w3.org/2000/svg" width="760" height="360" '
           'font-family="sans-serif" font-size="12">',
           '<rect width="760" height="360" fill="white"/>',
           '<text x="20" y="24" font-size="15">One verification, microseconds '
           '(median; QEMU)</text>']
    for i, mode in enumerate(MODES):
        out.append(f'<rect x="{20 + 90 * i}" y="36" width="12" height="12" '
                   f'fill="{COLOURS[mode]}"/>'
                   f'<text x="{36 + 90 * i}" y="47">{mode}</text>')
    for one in bars:
        x = 30 + 120 * algorithms.index(one["algorithm"]) + 34 * MODES.index(one["mode"])
        height = 230 * one["median_us"] / top
        y = 310 - height
        out.append(f'<rect x="{x}" y="{y:.1f}" width="30" height="{height:.1f}" '
                   f'fill="{COLOURS[one["mode"]]}"/>'
                   f'<text x="{x + 15}" y="{y - 4:.1f}" text-anchor="middle" '
                   f'font-size="10">{one["median_us"]:.0f}</text>')
    for i, algorithm in enumerate(algorithms):
        out.append(f'<text x="{82 + 120 * i}" y="330" text-anchor="middle">'
                   f'{algorithm}</text>')
    out.append("</svg>\n")
    with open(path, "w", encoding="ascii") as svg:
        svg.write("\n".join(out))


def main():
    found = results(read(sys.argv[1]))
    with open(sys.argv[2], "w", encoding="ascii") as file:
        json.dump(found, file, indent=1)
        file.write("\n")
    plot(found, sys.argv[3])
    for clock in CLOCKS:
        table(found, clock)
    spread(found)


main()
