# SPDX-License-Identifier: GPL-2.0-or-later
"""What mode full is to cost at most, and what it costs."""

FILE_SIZE = 16 << 20


def rows(found, clock, name):
    """[(algorithm, entries, {mode: result}), ...]"""
    by = {}
    for one in found:
        if one["clock"] == clock and one["name"] == name and one["threads"] == 1:
            by.setdefault((one["algorithm"], one.get("entries")), {})[one["mode"]] = one
    return [(*key, modes) for key, modes in by.items() if {"off", "full"} <= set(modes)]


def line(what, detail, limit, value, good):
    verdict = "" if good is None else "met" if good else "missed"
    print(f"{what:44}{detail:>34}{limit:>10}{value:>9.2f}  {verdict}")


def opens(found, clock):
    """A file that is measured: what the TEE adds, in calls that do nothing."""
    empty = [one["median_us"] for one in found if one["clock"] == clock and
             one["name"] == "empty_call" and one["mode"] == "full"]
    for _, entries, modes in rows(found, clock, "open_measured") if empty else ():
        more = modes["full"]["median_us"] - modes["off"]["median_us"]
        line(f"open_measured, log of {entries}: full - off",
             f"{more:.0f} / {empty[0]:.0f} of an empty call", "<= 1.5", more / empty[0],
             more / empty[0] <= 1.5)


def hashes(found, clock):
    for _, _, modes in rows(found, clock, "file_hash"):
        speed = {mode: FILE_SIZE / one["median_us"] for mode, one in modes.items()}
        unit = "MB/s" if clock == "wall" else "bytes a 1000"
        part = speed["full"] / speed["off"]
        line("file_hash, throughput: full / off",
             f"{speed['full']:.0f} / {speed['off']:.0f} {unit}", ">= 0.8", part, part >= 0.8)


def ratios(found, clock, name, algorithm, limit, shown):
    for found_algorithm, entries, modes in rows(found, clock, name):
        if algorithm not in (None, found_algorithm):
            continue
        ratio = modes["full"]["median_us"] / modes["off"]["median_us"]
        where = f" {algorithm}" if algorithm else ""
        where += f", log of {entries}" if entries is not None else ""
        line(f"{name}{where}: full / off",
             f"{modes['full']['median_us']:.0f} / {modes['off']['median_us']:.0f}",
             shown, ratio, None if limit is None else ratio <= limit)


def quotes(found, clock):
    for one in found:
        if (one["clock"], one["name"], one["mode"]) == (clock, "quote", "full"):
            line("quote", "microseconds" if clock == "wall" else "1000 instructions",
                 "<= 3000" if clock == "wall" else "", one["median_us"],
                 one["median_us"] <= 3000 if clock == "wall" else None)


def memory(found, clock):
    secure = set()
    for _, entries, modes in rows(found, clock, "log_append"):
        if "secure_heap_bytes" in modes["full"]:
            secure.add(modes["full"]["secure_heap_bytes"])
        full, off = (modes[mode].get("kernel_bytes_per_entry") for mode in ("full", "off"))
        if full is not None and off:
            line(f"log of {entries}, kernel memory: full / off",
                 f"{full:.0f} / {off:.0f} bytes an entry", "< 1", full / off, full < off)
    if secure:
        line("log, secure heap: most / least", f"{max(secure)} bytes", "1",
             max(secure) / min(secure), len(secure) == 1)


def show(found, clock):
    if not any(one["clock"] == clock for one in found):
        return
    print(f"targets, {'microseconds' if clock == 'wall' else '1000 instructions'}")
    opens(found, clock)
    hashes(found, clock)
    # Two that are the same differ by what the clock leaves.
    ratios(found, clock, "exec_cached", None, 1.05, "1.00")
    ratios(found, clock, "open_cached", None, 1.05, "1.00")
    ratios(found, clock, "boot_init", "tcb", 1.25, "<= 1.25")
    ratios(found, clock, "boot_command", "tcb", None, "")
    ratios(found, clock, "log_append", None, None, "")
    quotes(found, clock)
    memory(found, clock)
    print()
