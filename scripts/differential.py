"""Every operation that another program has too, on pictures drawn anew: python3 scripts/differential.py [--seed N] [--cases 10000]
[--only NAME,NAME], after `npm run build`, where Debian's Pillow, numpy, scipy, OpenCV, scikit-image and torch are. Prints a table of
operations, cases and differences and ends with 1 where any is beyond the tolerance of docs/exactness.md."""
import argparse
import base64
import io
import json
import os
import subprocess
import sys
import time
import zlib

import cv2
import numpy as np
import torch
from PIL import Image
from scipy import ndimage
from skimage import filters

import record_ops as shapes
import selections

HERE = os.path.dirname(os.path.abspath(__file__))
random = np.random.RandomState(1)


def size():
    """Rows and columns: often one or a few, so that edges are most of the picture."""
    return tuple(int(random.choice([1, 2, random.randint(1, 20), random.randint(1, 80)])) for _ in range(2))


def mask():
    h, w = size()
    kind = random.randint(5)
    if kind == 0:
        return (random.rand(h, w) < random.rand()).astype("u1") * 255
    if kind == 1:
        soft = ndimage.gaussian_filter(random.rand(h, w), random.uniform(0.5, 3))
        return ((soft > np.median(soft)) * 255).astype("u1")
    return np.full((h, w), random.choice([0, 255]), "u1") if kind == 2 and random.rand() < 0.2 else shapes.picture((h, w))


def image(channels=3):
    return shapes.picture(size(), channels)


def floats(a):
    return a.astype("f4") / np.float32(255)


def number(low, high, step=0.01):
    return round(low + random.randint(0, int(round((high - low) / step)) + 1) * step, 6)


def pick(*choices):
    return choices[random.randint(len(choices))]


def case(method, inputs, options, expected, read=None, near=0, **more):
    if read is None:
        read = "data" if getattr(expected, "dtype", None) == np.float32 else "bytes"
    return {"method": method, "inputs": inputs, "options": options, "expected": expected, "read": read, "near": near, **more}


# what each operation is called, and what its peer makes of the same numbers


def channel():
    a, name = image(), pick("red", "luma", "L(LAB)", "A(Lab)", "B(Lab)", "Y(YUV)", "U(YUV)", "V(YUV)", "H(HSV)", "V(HSV)")
    picture, at = Image.fromarray(a), {"L": 0, "A": 1, "B": 2, "Y": 0, "U": 1, "V": 2, "H": 0}
    if name == "red":
        made = a[..., 0]
    elif name == "luma":
        made = np.array(picture.convert("L"))
    elif "LAB" in name.upper():
        lab = selections.lab_of(a) ^ np.array([0, 128, 128], "u1")
        made = lab[..., at[name[0]]]
    elif "YUV" in name:
        made = np.array(picture.convert("YCbCr"))[..., at[name[0]]]
    else:
        made = np.array(picture.convert("HSV"))[..., 2 if name[0] == "V" else 0]
    return case("channel", [a], name, made)


def levels():
    a, black, white, gray = mask(), random.randint(256), random.randint(256), pick(1, number(0.1, 9.99))
    if black == white:
        return case("levels", [a], {"black": black, "white": white, "gray": gray}, np.full(a.shape, 128, "u1"))
    low, high = min(black, white), max(black, white)
    part = np.clip(a.astype("f8") - low, 0, high - low) / (high - low) * 255
    exact = 255 * (part / 255) ** (1 / gray) if gray != 1 else part
    whole = np.round(exact)
    made = np.where(np.abs(exact - whole) < 1e-9, whole, np.floor(exact)).astype("u1")
    return case("levels", [a], {"black": black, "white": white, "gray": gray}, made)


def normalize():
    a = mask()
    counts = np.bincount(a.ravel(), minlength=256)
    held = np.nonzero(counts > a.size * 0.0005)[0]
    low, high = int(held[0]), int(held[-1])
    clipped = np.clip(a, low, high).astype("i4") - low
    return case("normalize", [a], {}, (clipped * 255 // (high - low) if high > low else clipped * 0).astype("u1"))


def threshold():
    a, value = mask(), number(0, 1)
    return case("threshold", [a], {"value": value}, ((floats(a) > np.float32(value)) * 255).astype("u1"))


def autoThreshold():
    a, method = mask(), pick("otsu", "triangle", "li", "yen", "isodata", "mean")
    try:
        limit = getattr(filters, "threshold_" + method)(a.copy())
    except (ValueError, RuntimeError, IndexError):
        return None
    return case("autoThreshold", [a], {"method": method}, ((a > limit) * 255).astype("u1"))


def joins():
    """Bytes by numpy in wider integers, floats by numpy in float32."""
    a, name = mask(), pick("add", "subtract", "max", "min", "difference", "average", "multiply", "and", "or", "xor")
    b = random.randint(0, 256, a.shape).astype("u1")
    p, q = a.astype("i4"), b.astype("i4")
    set_ = [(v >= 128) for v in (a, b)]
    bits = {"and": set_[0] & set_[1], "or": set_[0] | set_[1], "xor": set_[0] ^ set_[1]}
    if random.rand() < 0.4:
        x, y = [random.uniform(-0.5, 1.5, a.shape).astype("f4") for _ in range(2)]
        on = [np.round(v) != 0 for v in (x, y)]
        made = {
            "add": x + y, "subtract": x - y, "max": np.maximum(x, y), "min": np.minimum(x, y), "difference": np.abs(x - y),
            "average": (x + y) / np.float32(2), "multiply": x * y,
            "and": on[0] & on[1], "or": on[0] | on[1], "xor": on[0] ^ on[1],
        }[name]
        return case(name, [x, y], None, made.astype("f4"))
    if name in bits:
        made = bits[name] * 255
    elif name == "multiply":
        black = Image.new("L", a.shape[::-1])
        black.paste(Image.fromarray(a), mask=Image.fromarray(b))
        made = np.array(black)
    else:
        made = {
            "add": np.minimum(p + q, 255), "subtract": np.maximum(p - q, 0), "max": np.maximum(p, q), "min": np.minimum(p, q),
            "difference": np.abs(p - q), "average": (p + q) // 2,
        }[name]
    return case(name, [a, b], None, made.astype("u1"))


def blurred():
    name, a = pick("blur", "boxBlur"), pick(mask(), image(), image(4))
    radius = pick(number(0, 4, 0.1), number(0, 40, 0.1))
    kind = shapes.ImageFilter.GaussianBlur if name == "blur" else shapes.ImageFilter.BoxBlur
    return case(name, [a], {"radius": radius}, np.array(Image.fromarray(a).filter(kind(radius))))


def median():
    a, radius = mask(), pick(1, 2, random.randint(1, 12))
    return case("median", [a], {"radius": radius}, ndimage.median_filter(a, 2 * radius + 1, mode="nearest"))


def grown():
    name, a, shape = pick("grow", "opening", "closing", "border"), mask(), pick("diamond", "square", "disk")
    radius = pick(1, 2, random.randint(1, 12))
    side = pick("both", "inside", "outside")
    if name == "grow":
        by = pick(radius, -radius)
        options, made = {"expand": by, "shape": shape}, shapes.grown(a, by, shape)
    elif name == "border":
        options, made = {"width": radius, "side": side, "shape": shape}, shapes.line(a, radius, side, shape)
    else:
        by = radius if name == "closing" else -radius
        options, made = {"radius": radius, "shape": shape}, shapes.grown(shapes.grown(a, by, shape), -by, shape)
    return case(name, [a], options, made)


def parted():
    """scipy's labels: holes and small parts."""
    a, name = mask(), pick("fillHoles", "removeSmall")
    options = {"threshold": pick(0, 0.5, number(0, 1)), "connectivity": pick(4, 8), "area": random.randint(0, 40)}
    inside = selections.above(a, options["threshold"])
    if name == "fillHoles":
        back = selections.cross(12 - options["connectivity"])
        holes = ndimage.binary_fill_holes(inside, back) & ~inside
        labels, n = ndimage.label(holes, back)
        small = np.bincount(labels.ravel(), minlength=n + 1)[labels] < options["area"] if options["area"] else labels > 0
        return case(name, [a], options, np.where((labels > 0) & small, 255, a).astype("u1"))
    labels, n = ndimage.label(inside, selections.cross(options["connectivity"]))
    small = np.bincount(labels.ravel(), minlength=n + 1)[labels] < options["area"]
    return case(name, [a], options, np.where((labels > 0) & small, 0, a).astype("u1"))


def components():
    a = mask()
    options = {"threshold": number(0, 1), "connectivity": pick(4, 8), "minArea": pick(1, 3), "max": pick(1000, 2)}
    inside = selections.above(a, options["threshold"]).astype("u1")
    n, labels, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=options["connectivity"])
    first = {i: int(np.argmax(labels == i)) for i in range(1, n)}
    order = [i for i in sorted(first, key=lambda i: (-int(stats[i, 4]), first[i])) if stats[i, 4] >= options["minArea"]]
    order = order[: options["max"]]
    boxes = [dict(zip(("x", "y", "width", "height"), (int(v) for v in stats[i, :4]))) for i in order]
    return case("components", [a], options, {"areas": [int(stats[i, 4]) for i in order], "boxes": boxes}, "value")


def distance():
    a, inside, limit = mask(), bool(random.randint(2)), number(0, 1)
    chosen = selections.above(a, limit)
    made = ndimage.distance_transform_edt(chosen if inside else ~chosen).astype("f4")
    return case("distance", [a], {"inside": inside, "threshold": limit}, made)


def selected():
    a, metric, name = image(), pick("rgb", "lab", "box"), pick("colorRange", "wand")
    tolerance, softness = pick(0, number(0, 200)), pick(0, number(0, 60))
    options = {"tolerance": tolerance, "softness": softness, "metric": metric}
    h, w = a.shape[:2]
    if name == "colorRange":
        colors = [a[random.randint(h), random.randint(w)].tolist() for _ in range(pick(1, 2, 20))]
        return case(name, [a], {**options, "colors": colors}, selections.selected(a, colors, tolerance, softness, metric))
    x, y = random.randint(w), random.randint(h)
    options.update(x=x, y=y, contiguous=bool(random.randint(4)), connectivity=pick(4, 8))
    made = selections.selected(a, [a[y, x].tolist()], tolerance, softness, metric)
    if options["contiguous"]:
        labels, _ = ndimage.label(made > 0, selections.cross(options["connectivity"]))
        made = np.where(labels == labels[y, x], made, 0).astype("u1")
    return case(name, [a], options, made)


def resized():
    a, name = pick(mask(), image(), image(4)), pick("nearest", "box", "bilinear", "hamming", "bicubic", "lanczos")
    h, w = [random.randint(1, 2 * n + 8) for n in a.shape[:2]]
    if a.ndim == 3 and a.shape[2] == 4:  # Pillow multiplies by alpha first; each channel by itself is what resize is
        made = np.stack([np.array(Image.fromarray(a[..., i]).resize((w, h), getattr(Image.Resampling, name.upper()))) for i in range(4)], -1)
    else:
        made = np.array(Image.fromarray(a).resize((w, h), getattr(Image.Resampling, name.upper())))
    return case("resize", [a], {"width": w, "height": h, "filter": name}, made)


def interpolated():
    h, w = size()
    a, mode = random.uniform(-2, 2, (h, w)).astype("f4"), pick("nearest", "nearest-exact", "bilinear", "bicubic", "area")
    to = [random.randint(1, 2 * n + 8) for n in (h, w)]
    more = {"align_corners": False} if mode[:2] == "bi" else {}
    made = torch.nn.functional.interpolate(torch.from_numpy(a)[None, None], size=to, mode=mode, **more)[0, 0].numpy()
    return case("interpolate", [a], {"width": to[1], "height": to[0], "mode": mode}, made)


def moved():
    """numpy's flip, rot90, pad, roll and slices."""
    a, name = pick(mask(), image(), image(4)), pick("flip", "rotate", "pad", "offset", "crop")
    h, w = a.shape[:2]
    if name == "flip":
        axis = pick("x", "y", "xy")
        options, made = {"axis": axis}, np.flip(a, {"x": 1, "y": 0, "xy": (0, 1)}[axis])
    elif name == "rotate":
        turns = random.randint(-3, 4)
        options, made = {"turns": turns}, np.rot90(a, -turns)
    elif name == "pad":
        left, top, right, bottom = [random.randint(0, 6) for _ in range(4)]
        value = number(0, 1)
        options = {"left": left, "top": top, "right": right, "bottom": bottom, "value": value}
        edges = [(top, bottom), (left, right)] + [(0, 0)] * (a.ndim - 2)
        made = np.pad(a, edges, constant_values=int(np.floor(value * 255 + 0.5)))
    elif name == "offset":
        x, y, wrap = random.randint(-2 * w, 2 * w + 1), random.randint(-2 * h, 2 * h + 1), bool(random.randint(2))
        options, made = {"x": x, "y": y, "wrap": wrap}, np.roll(a, (y, x), (0, 1)).copy()
        if not wrap:
            made = ndimage.shift(a, (y, x) + (0,) * (a.ndim - 2), order=0, mode="constant")
    else:
        x, y, width, height = random.randint(w), random.randint(h), random.randint(1, w + 5), random.randint(1, h + 5)
        options, made = {"x": x, "y": y, "width": width, "height": height}, a[y : y + height, x : x + width]
    return case(name, [a], options, np.ascontiguousarray(made))


def laid():
    """A picture pasted through its own alpha, as Pillow pastes through a mask; it may hang over each edge."""
    a, b = image(), image(4)
    h, w = a.shape[:2]
    x, y = random.randint(-b.shape[1], w + 1), random.randint(-b.shape[0], h + 1)
    under, over = Image.fromarray(a), Image.fromarray(b)
    under.paste(over.convert("RGB"), (x, y), over.getchannel("A"))
    return case("lay", [a, b], {"x": x, "y": y}, np.array(under))


def refined():
    a = mask()
    guide = shapes.picture(a.shape, 3)
    radius, epsilon = random.randint(1, 12), pick(0.001, 0.01)
    made = np.clip(cv2.ximgproc.guidedFilter(floats(guide), floats(a), radius, epsilon), 0, 1)
    return case("refine", [a, guide], {"radius": radius, "epsilon": epsilon}, made, near=2 / 255)


def sigmoid():
    a = random.uniform(-100, 100, size()).astype("f4") * np.float32(pick(0.01, 0.1, 1))
    # in double: torch's own float32 is off by more, far from 0 by all there is
    made = torch.sigmoid(torch.from_numpy(a).double()).numpy().astype("f4")
    return case("sigmoid", [a], None, made, ulps=2)


def measured():
    a, name = mask(), pick("area", "bounds", "histogram", "iou")
    if name == "area":
        return case(name, [a], None, [int((a != 0).sum())], "value")
    if name == "histogram":
        return case(name, [a], None, [{str(i): int(n) for i, n in enumerate(np.bincount(a.ravel(), minlength=256))}], "value")
    if name == "iou":
        b = random.randint(0, 256, a.shape).astype("u1")
        p, q = [floats(v) > np.float32(0.5) for v in (a, b)]
        return case(name, [a, b], {}, [float((p & q).sum() / (p | q).sum()) if (p | q).any() else 0], "value")
    ys, xs = np.nonzero(a)
    box = None
    if len(ys):
        box = {"x": int(xs.min()), "y": int(ys.min()), "width": int(np.ptp(xs)) + 1, "height": int(np.ptp(ys)) + 1}
    return case(name, [a], None, [box], "value")


def runs():
    a = mask()
    flat = np.concatenate([[0], (a.T.ravel() > 127).astype("i1"), [2]])
    turns = np.nonzero(np.diff(flat))[0]
    counts = np.diff(np.concatenate([[0], turns])).tolist()
    return case("toCocoRle", [a], {"compressed": False}, {"size": list(a.shape), "counts": counts}, "value")


def written():
    """Our PNG as Pillow reads it."""
    a, level = pick(mask(), image(), image(4)), pick("fast", "small", "smallest")
    return case("toPng", [a], {"level": level}, a, "file")


def chunk(name, data):
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def filtered(rows, bpp):
    """Rows of bytes, each with a filter of its own."""
    out, above = bytearray(), np.zeros(rows.shape[1], "i4")
    for row in rows.astype("i4"):
        kind = random.randint(5)
        left = np.concatenate([np.zeros(bpp, "i4"), row[:-bpp]]) if len(row) > bpp else np.zeros(len(row), "i4")
        corner = np.concatenate([np.zeros(bpp, "i4"), above[:-bpp]]) if len(row) > bpp else np.zeros(len(row), "i4")
        p = left + above - corner
        pa, pb, pc = np.abs(p - left), np.abs(p - above), np.abs(p - corner)
        paeth = np.where((pa <= pb) & (pa <= pc), left, np.where(pb <= pc, above, corner))
        guess = [0 * row, left, above, (left + above) // 2, paeth][kind]
        out.append(kind)
        out += ((row - guess) & 255).astype("u1").tobytes()
        above = row
    return bytes(out)


def decoded():
    """A file of any kind, depth, filters, interlacing and size, written here, as Pillow reads it."""
    kind, depth = pick((0, 1), (0, 2), (0, 4), (0, 8), (2, 8), (2, 16), (3, 1), (3, 2), (3, 4), (3, 8), (4, 8), (4, 16), (6, 8), (6, 16))
    h, w = size()
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[kind]
    entries = 2 ** depth if kind == 3 else 0
    samples = random.randint(0, 2 ** depth, (h, w, channels))
    if random.randint(3) == 0:
        samples = samples * 0 + random.randint(0, 2 ** depth, channels)
    interlaced = bool(random.randint(2))
    steps = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)] if interlaced else [(0, 0, 1, 1)]
    data = b""
    for x, y, dx, dy in steps:
        part = samples[y::dy, x::dx]
        if not part.size:
            continue
        if depth == 16:
            rows = part.reshape(len(part), -1).astype(">u2").view("u1")
        elif depth == 8:
            rows = part.reshape(len(part), -1).astype("u1")
        else:
            bits = ((part.reshape(len(part), -1, 1) >> np.arange(depth)[::-1]) & 1).reshape(len(part), -1).astype("u1")
            rows = np.packbits(bits, axis=1)
        data += filtered(rows, max(1, depth * channels // 8))
    packed = zlib.compress(data, random.randint(0, 10))
    cut = random.randint(0, len(packed) + 1)
    header = w.to_bytes(4, "big") + h.to_bytes(4, "big") + bytes([depth, kind, 0, 0, interlaced])
    palette = chunk(b"PLTE", random.randint(0, 256, 3 * entries).astype("u1").tobytes()) if kind == 3 else b""
    if kind == 3 and random.randint(2):
        palette += chunk(b"tRNS", random.randint(0, 256, random.randint(1, entries + 1)).astype("u1").tobytes())
    file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + palette + chunk(b"IDAT", packed[:cut]) + chunk(b"IDAT", packed[cut:]) + chunk(b"IEND", b"")
    with Image.open(io.BytesIO(file)) as made:
        expected = np.array(made.convert("RGBA"))
    return case("decode", [], {"format": "rgba8"}, expected, file=base64.b64encode(file).decode())


KINDS = [
    channel, levels, normalize, threshold, autoThreshold, joins, blurred, median, grown, parted, components, distance, selected, resized,
    interpolated, moved, laid, refined, sigmoid, measured, runs, written, decoded,
]


def sent(one):
    inputs = [
        {"shape": list(a.shape), "dtype": "float32" if a.dtype == np.float32 else "uint8", "data": base64.b64encode(np.ascontiguousarray(a).tobytes()).decode()}
        for a in one["inputs"]
    ]
    line = {"inputs": inputs, "method": one["method"], "read": one["read"], "file": one.get("file")}
    if one["options"] is not None:
        line["options"] = one["options"]
    return json.dumps(line)


def plain(value):
    """What JSON leaves of a value: typed arrays as objects, undefined as null."""
    return json.loads(json.dumps(value))


def differs(one, got):
    """What is different, or None."""
    expected = one["expected"]
    if "error" in got:
        return got["error"]
    if one["read"] == "value":
        value = got.get("value")
        if isinstance(expected, dict):
            value = {name: value.get(name) for name in expected}
        return None if plain(expected) == plain(value) else f"{value} for {expected}"
    data = base64.b64decode(got["data"])
    if one["read"] == "file":
        with Image.open(io.BytesIO(data)) as made:
            mode = {2: "L", 3: "RGB" if expected.shape[-1] == 3 else "RGBA"}[expected.ndim]
            numbers = np.array(made.convert(mode))
    else:
        numbers = np.frombuffer(data, expected.dtype)
        if numbers.size != expected.size:
            return f"{got['shape']} for {list(expected.shape)}"
        numbers = numbers.reshape(expected.shape)
    if "ulps" in one:
        far = np.abs(numbers.view("i4").astype("i8") - np.ascontiguousarray(expected).view("i4"))
        return None if far.max() <= one["ulps"] else f"{far.max()} units in the last place"
    if one["near"]:
        far = np.abs(numbers.astype("f8") - expected).max()
        return None if far <= one["near"] else f"{far} apart"
    return None if np.array_equal(numbers, expected) else f"{int((numbers != expected).sum())} of {expected.size} numbers"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--cases", type=int, default=10000)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    random.seed(asked.seed)
    shapes.random.seed(asked.seed)
    kinds = [kind for kind in KINDS if not asked.only or kind.__name__ in asked.only.split(",")]
    made = []
    while len(made) < asked.cases:
        one = kinds[len(made) % len(kinds)]()
        if one is not None:
            made.append(one)
    lines = "\n".join(sent(one) for one in made)
    done = subprocess.run(["node", os.path.join(HERE, "differential.mjs")], input=lines, capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(made), done.stderr
    table = {}
    for one, got in zip(made, answers):
        row = table.setdefault(one["method"], [0, 0])
        row[0] += 1
        wrong = differs(one, got)
        if wrong is None:
            continue
        row[1] += 1
        if row[1] <= 3:
            print(f"{one['method']} {one['options']} of {[a.shape for a in one['inputs']]}: {wrong}", file=sys.stderr)
            if one.get("file"):
                print(one["file"][:400], file=sys.stderr)
    print(f"seed {asked.seed}")
    for name, (cases, wrong) in sorted(table.items()):
        print(f"{name:16} {cases:6} {wrong:6}")
    print(f"{'all':16} {sum(row[0] for row in table.values()):6} {sum(row[1] for row in table.values()):6}")
    sys.exit(1 if any(row[1] for row in table.values()) else 0)


if __name__ == "__main__":
    main()
