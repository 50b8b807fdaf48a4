# SPDX-License-Identifier: GPL-2.0-or-later
"""The plot of build/bench.svg: verifications as bars, and the log against its length."""

import math

COLOURS = {"off": "#9aa5b1", "keys": "#e0a030", "verify": "#2f7fc1", "full": "#3f9a58"}
SECURE = "#a0508f"
QUOTE, STATUS = "#b04a3a", "#2f7fc1"
WIDTH, BARS, LOG = 800, 360, 330


def text(x, y, words, anchor="start", size=12):
    return (f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" '
            f'font-size="{size}">{words}</text>')


def legend(x, y, colour, words):
    return (f'<rect x="{x}" y="{y}" width="12" height="12" fill="{colour}"/>' +
            text(x + 16, y + 11, words))


def bars(found, modes):
    """One verification in each mode, for each algorithm."""
    ones = [o for o in found if o["name"] == "digsig_verify" and o["clock"] == "wall"]
    algorithms = list(dict.fromkeys(o["algorithm"] for o in ones))
    top = max((o["median_us"] for o in ones), default=1)
    out = [text(20, 24, "One verification, microseconds (median; QEMU)", size=15)]
    out += [legend(20 + 90 * i, 36, COLOURS[mode], mode) for i, mode in enumerate(modes)]
    for one in ones:
        x = 24 + 128 * algorithms.index(one["algorithm"]) + 29 * modes.index(one["mode"])
        height = 230 * one["median_us"] / top
        y = 310 - height
        out.append(f'<rect x="{x}" y="{y:.1f}" width="25" height="{height:.1f}" '
                   f'fill="{COLOURS[one["mode"]]}"/>')
        out.append(text(x + 12.5, y - 4, f"{one['median_us']:.0f}", "middle", 9))
    for i, algorithm in enumerate(algorithms):
        out.append(text(80 + 128 * i, 330, algorithm, "middle"))
    return out


def decade(value):
    return math.floor(math.log10(value)), math.ceil(math.log10(value))


def name_of(power):
    if power < 3:
        return str(10 ** power)
    return f"10<tspan dy='-5' font-size='9'>{power}</tspan>"


def lines(left, title, series):
    """Both axes are logarithmic. series: {(name, colour): [(entries, value), ...]}"""
    points = [point for ones in series.values() for point in ones]
    if not points:
        return []
    low_x, high_x = decade(min(x for x, _ in points))[0], decade(max(x for x, _ in points))[1]
    low_y, high_y = decade(min(y for _, y in points))[0], decade(max(y for _, y in points))[1]
    high_x, high_y = max(high_x, low_x + 1), max(high_y, low_y + 1)
    x0, y0, width, height = left + 50, BARS + 270, 300, 190

    def place(entries, value):
        return (x0 + width * (math.log10(entries) - low_x) / (high_x - low_x),
                y0 - height * (math.log10(value) - low_y) / (high_y - low_y))

    out = [text(left, BARS + 24, title, size=15),
           text(x0 + width / 2, y0 + 38, "entries of the log", "middle")]
    for power in range(low_x, high_x + 1):
        x, y = place(10 ** power, 10 ** low_y)
        out.append(f'<path d="M{x:.1f} {y:.1f}v-{height}" stroke="#dddddd"/>')
        out.append(text(x, y + 18, name_of(power), "middle", 11))
    for power in range(low_y, high_y + 1):
        x, y = place(10 ** low_x, 10 ** power)
        out.append(f'<path d="M{x:.1f} {y:.1f}h{width}" stroke="#dddddd"/>')
        out.append(text(x - 6, y + 4, name_of(power), "end", 11))
    for i, ((name, colour), ones) in enumerate(series.items()):
        places = [place(*one) for one in sorted(ones)]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        out.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
                for x, y in places]
        out.append(legend(left + 360 // max(len(series), 3) * i, BARS + 36, colour, name))
    return out


def log_lines(found):
    """What an entry and questions about the log cost, and what it takes of memory, when
    it has so many."""
    cost, memory = {}, {}
    for one in found:
        if one["clock"] != "wall" or one.get("entries") is None:
            continue
        mode, entries = one["mode"], one["entries"]
        series = {"log_append": (f"entry, {mode}", COLOURS[mode]), "quote": ("quote", QUOTE),
                  "log_status": ("status", STATUS)}.get(one["name"])
        if series:
            cost.setdefault(series, []).append((entries, one["median_us"]))
        if one.get("kernel_bytes_per_entry"):
            memory.setdefault((f"kernel, {mode}", COLOURS[mode]), []).append(
                (entries, one["kernel_bytes_per_entry"] * entries))
        if one.get("secure_heap_bytes"):
            memory.setdefault(("secure, full", SECURE), []).append(
                (entries, one["secure_heap_bytes"]))
    return (lines(20, "One more entry, quote, status: microseconds", cost) +
            lines(420, "The log's memory, bytes", memory))


def write(found, modes, path):
    log = log_lines(found)
    height = BARS + (LOG if log else 0)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
           'font-family="sans-serif" font-size="12">',
           f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
           *bars(found, modes), *log, "</svg>\n"]
    with open(path, "w", encoding="ascii") as svg:
        svg.write("\n".join(out))
