# SPDX-License-Identifier: GPL-2.0-or-later
"""What the modes verify and full are to cost at most, and what they cost."""

import statistics

# One verification in mode verify, a part of what the kernel takes for it.
VERIFY = {"rsa-2048": 1.4, "rsa-4096": 0.75,
          "ecdsa-p256": 0.10, "ecdsa-p384": 0.12, "ecdsa-p521": 0.15}
# What two threads get done in mode verify in the time in which one thread does 1.
PARALLEL = {"rsa-2048": 1.2, "ecdsa-p521": 1.75}


def rows(found, clock, name):
    """[(algorithm, entries, {mode: result}), ...]"""
    by = {}
    for one in found:
        if one["clock"] == clock and one["name"] == name and one["threads"] == 1:
            by.setdefault((one["algorithm"], one.get("entries")), {})[one["mode"]] = one
    return [(*key, modes) for key, modes in by.items() if {"off", "full"} <= set(modes)]


def boots(samples, clock, name, algorithm, entries, mode):
    """{boot: median}"""
    modes = samples.get((clock, name, algorithm, 1, entries), {})
    return {boot: statistics.median(numbers)
            for boot, numbers in modes.get(mode, {}).get("mode", {}).items()}


def pairs(samples, clock, name, algorithm, entries):
    """[(median in off, median in full), ...] of the boots that followed each other."""
    off, full = (boots(samples, clock, name, algorithm, entries, mode)
                 for mode in ("off", "full"))
    return [(off[boot], full[boot]) for boot in off if boot in full]


def line(what, detail, limit, value, good):
    verdict = "" if good is None else "met" if good else "missed"
    print(f"{what:51}{detail:>27}{limit:>10}{value:>9.3f}  {verdict}")


def boot_ratios(ours, theirs):
    """A ratio of medians for each boot that has both.

    From one boot to the next the host's speed changes by a factor of up to 1.7. That
    moves both medians of a boot alike, and their ratio little; of two medians over all
    boots, each may come from a boot of another speed."""
    return [statistics.median(ours[boot]) / statistics.median(theirs[boot])
            for boot in ours if boot in theirs]


def by_boot(samples, clock, name, algorithm, threads=1, mode="verify"):
    """{way: {boot: [number, ...]}}"""
    return samples.get((clock, name, algorithm, threads, None), {}).get(mode, {})


def spread_line(what, limit, found, good, boots="boots"):
    """The median of what the boots, or pairs of them, have; and how far they are apart."""
    detail = f"1 {boots[:-1]}"
    if len(found) > 1:
        detail = f"{min(found):.3f} to {max(found):.3f} in {len(found)} {boots}"
    line(what, detail, limit, statistics.median(found), good)


def verifications(samples, clock):
    for name in "digsig_verify", "digsig_verify_cold":
        for algorithm, limit in VERIFY.items():
            ways = by_boot(samples, clock, name, algorithm)
            found = boot_ratios(ways.get("mode", {}), ways.get("kernel", {}))
            if found:
                spread_line(f"{name} {algorithm}: verify / kernel", f"<= {limit:.2f}", found,
                            statistics.median(found) <= limit)


def scaling(samples, clock, algorithm, mode):
    """A sample is the time until all threads were through, for each verification of one
    thread: two threads have made two in it."""
    one, two = (by_boot(samples, clock, "verify_parallel", algorithm, n, mode)
                .get("mode", {}) for n in (1, 2))
    return [2 * ratio for ratio in boot_ratios(one, two)]


def parallel(samples, clock):
    """Beside it what the host's CPUs leave of 2, where no call is made."""
    for algorithm, limit in PARALLEL.items():
        for mode, target in ("verify", limit), ("off", None):
            found = scaling(samples, clock, algorithm, mode)
            if found:
                spread_line(f"{mode}: verify_parallel {algorithm}, 2 / 1 threads",
                            f">= {limit:.2f}" if target else "", found,
                            statistics.median(found) >= limit if target else None)


def opens(found, samples, clock):
    """A file that is measured: what the TEE adds, in calls that do nothing, of the same boot.
    Those come one behind the other; or they are what such a call adds to an open."""
    empty, plain, both = (boots(samples, clock, name, "-", None, "full")
                          for name in ("empty_call", "open_plain", "open_and_call"))
    added = {boot: both[boot] - plain[boot] for boot in both if boot in plain}
    for algorithm, entries, _ in rows(found, clock, "open_measured"):
        off, full = (boots(samples, clock, "open_measured", algorithm, entries, mode)
                     for mode in ("off", "full"))
        for unit, calls in ("an empty call", empty), ("one in an open", added):
            more = [(full[boot] - off[boot]) / calls[boot]
                    for boot in off if boot in full and calls.get(boot, 0) > 0]
            if more:
                spread_line(f"open_measured, log of {entries}: more / {unit}", "<= 1.5",
                            more, statistics.median(more) <= 1.5, "pairs")


def hashes(found, samples, clock):
    for algorithm, _, _ in rows(found, clock, "file_hash"):
        parts = [off / full for off, full in
                 pairs(samples, clock, "file_hash", algorithm, None)]
        spread_line("file_hash, throughput: full / off", ">= 0.8", parts,
                    statistics.median(parts) >= 0.8, "pairs")


def ratios(found, samples, clock, name, algorithm=None, limit=None):
    for found_algorithm, entries, _ in rows(found, clock, name):
        if algorithm not in (None, found_algorithm):
            continue
        parts = [full / off for off, full in
                 pairs(samples, clock, name, found_algorithm, entries)]
        where = f" {algorithm}" if algorithm else ""
        where += f", log of {entries}" if entries is not None else ""
        spread_line(f"{name}{where}: full / off", f"<= {limit:.2f}" if limit else "", parts,
                    statistics.median(parts) <= limit if limit else None, "pairs")


def quotes(found, clock):
    for one in found:
        if (one["clock"], one["mode"]) == (clock, "full") and \
                one["name"] in ("quote", "quote_behind"):
            entries = one.get("entries")
            where = "" if entries is None else f", log of {entries}"
            line(f"{one['name']}{where}",
                 "microseconds" if clock == "wall" else "1000 instructions",
                 "<= 3000" if clock == "wall" else "", one["median_us"],
                 one["median_us"] <= 3000 if clock == "wall" else None)


def lengths(found, clock):
    """What is to cost the same whatever the log's length: within what the clock leaves."""
    for name in "log_append", "quote", "log_status":
        ones = {one["entries"]: one["median_us"] for one in found
                if (one["clock"], one["name"], one["mode"]) == (clock, name, "full") and
                "entries" in one}
        if len(ones) > 1:
            least, most = min(ones), max(ones)
            ratio = ones[most] / ones[least]
            line(f"{name}, full: log of {most} / of {least}",
                 f"{ones[most]:.0f} / {ones[least]:.0f}", "<= 1.25", ratio, ratio <= 1.25)


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


def show(found, samples, clock):
    if not any(one["clock"] == clock for one in found):
        return
    print(f"targets, {'microseconds' if clock == 'wall' else '1000 instructions'}")
    verifications(samples, clock)
    parallel(samples, clock)
    opens(found, samples, clock)
    hashes(found, samples, clock)
    # They are to be the same. Two that are differ by what the clock leaves.
    ratios(found, samples, clock, "exec_cached", limit=1.05)
    ratios(found, samples, clock, "open_cached", limit=1.05)
    ratios(found, samples, clock, "boot_init", "tcb", 1.25)
    ratios(found, samples, clock, "boot_command", "tcb")
    ratios(found, samples, clock, "log_append")
    quotes(found, clock)
    lengths(found, clock)
    memory(found, clock)
    print()
