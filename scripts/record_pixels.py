"""What other programs give for the rows of the table that need no neighbours, and for masks that are drawn; record_ops.py writes it.
A case says its call where that is not the row's name with the options: `call` and `args`; `takes` says that what it is called on is
float32, `is` what its inputs are where their rank does not say it (two axes: a mask, three: a picture)."""
import base64, os

# numpy's AVX-512 pow differs from every other build's in six places
os.environ.setdefault("NPY_DISABLE_CPU_FEATURES", "AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL")
import numpy as np
from PIL import Image, ImageChops, __version__ as PIL_VERSION

np.seterr(all="ignore")
SHAPES = [(1, 1), (1, 9), (9, 1), (7, 5), (3, 19)]
EDGES = np.array([0, -0.0, 1, 0.5, 0.50000006, 0.49999997, np.nan, np.inf, -np.inf, 1e-40, -1e-40, 3e38, -3e38, 0.99999994, 1.0000001, -0.25, 1 / 3, 0.1, 2], np.float32)
PIL, NUMPY = f"Pillow {PIL_VERSION}", f"numpy {np.__version__}"
random = np.random.RandomState(2)


def packed(array):
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def noise(*shape):
    """Bytes, a third of them at the ends of what a byte holds."""
    made = random.randint(0, 256, shape)
    return np.where(random.randint(0, 3, shape) == 0, random.choice([0, 1, 127, 128, 254, 255], shape), made).astype(np.uint8)


def floats(*shape):
    """Numbers around 0..1, a third of them float32's edges."""
    made = (random.rand(*shape) * 3 - 1).astype(np.float32)
    return np.where(random.randint(0, 3, shape) == 0, random.choice(EDGES, shape), made).astype(np.float32)


def quiet(*shape):
    """The same without what is no number."""
    return np.nan_to_num(floats(*shape), nan=0.25, posinf=2, neginf=-2)


def case(inputs, expected, **more):
    kinds = [more.pop("first", None) or ("mask" if a.ndim == 2 else "image") for a in inputs[:1]]
    return {
        "on": kinds[0] if kinds else "device",
        **({"takes": "float32"} if inputs and inputs[0].dtype == np.float32 else {}),
        "shapes": [list(a.shape) for a in inputs],
        "inputs": [packed(a) for a in inputs],
        "shape": list(expected.shape),
        "gives": str(expected.dtype),
        "expected": packed(expected),
        **more,
    }


def batch(*arrays, expected, **more):
    """A mask batch [B, H, W]; second operands may be one mask."""
    return case(list(arrays), expected, first="mask", **{"is": ["mask"] * len(arrays)}, **more)


def picture(a):
    return Image.fromarray(a[..., 0], "L") if a.shape[2] == 1 else Image.fromarray(a, "RGB" if a.shape[2] == 3 else "RGBA")


def brink():
    """Colours, no channel of which is dark, whose luma is nearest below a rounding, and nearest above one."""
    r, g, b = np.mgrid[99:256, 99:256, 99:256].reshape(3, -1)
    rest = (19595 * r + 38470 * g + 7471 * b + 32768) & 65535
    return np.array([[v[i] for v in (r, g, b)] for i in (rest.argmax(), rest.argmin())], np.uint8)


BRINK = brink()


def pick(name, of):
    """A channel of pictures of one, three and four channels, corners of the cube and grays among them."""
    corners = np.array([[r, g, b] for r in (0, 255) for g in (0, 255) for b in (0, 255)], np.uint8)
    grays = np.repeat(np.arange(0, 256, 7, np.uint8)[:, None], 3, 1)
    close = (np.clip(random.randint(0, 256, (60, 1)) + random.randint(-3, 4, (60, 3)), 0, 255)).astype(np.uint8)
    some = random.randint(0, 256, (150, 3)).astype(np.uint8)
    every = np.concatenate([corners, grays, close, some, BRINK])[None]
    pictures = [every, noise(1, 1, 3), noise(9, 1, 4), noise(1, 9, 3), noise(7, 5, 4), noise(7, 5, 1), noise(2, 3, 11, 3), noise(2, 5, 3, 4)]
    for a in pictures:
        made = [np.array(of(picture(one))) for one in (a if a.ndim == 4 else a[None])]
        yield case([a], np.stack(made) if a.ndim == 4 else made[0], call="channel", args=[name])


def part(mode, at):
    return lambda p: p.convert("RGB").convert(mode).split()[at]


def opacity(p):
    return p.split()[3] if p.mode == "RGBA" else Image.new("L", p.size, 255)


CHANNELS = {
    "labL": ("L(LAB)", part("LAB", 0)), "labA": ("A(Lab)", part("LAB", 1)), "labB": ("B(Lab)", part("LAB", 2)),
    "red": ("red", part("RGB", 0)), "green": ("green", part("RGB", 1)), "blue": ("blue", part("RGB", 2)), "alpha": ("alpha", opacity),
    "yuvY": ("Y(YUV)", part("YCbCr", 0)), "yuvU": ("U(YUV)", part("YCbCr", 1)), "yuvV": ("V(YUV)", part("YCbCr", 2)),
    "hsvH": ("H(HSV)", part("HSV", 0)), "hsvS": ("S(HSV)", part("HSV", 1)), "hsvV": ("V(HSV)", part("HSV", 2)),
    "luma": ("luma", lambda p: p.convert("RGB").convert("L")),
}


def planes():
    for i, shape in enumerate([(1, 1, 1), (1, 9, 3), (9, 1, 4), (7, 5, 3), (7, 5, 4), (2, 3, 5, 4), (7, 5, 1)]):
        a = floats(*shape)
        for k, name in enumerate(["red", "green", "blue", "alpha"]):
            stored = a[..., k if a.shape[-1] > 1 else 0] if k < max(a.shape[-1], 3) else np.ones(a.shape[:-1], np.float32)
            yield case([a], stored, call="channel", args=[name])


def colour_masks(a, least, most, white):
    """The most frequent colours of the first picture; equal counts in the order of the channels."""
    first = (a if a.ndim == 4 else a[None])[0].reshape(-1, a.shape[-1])
    colours, counts = np.unique(first, axis=0, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    kept = [colours[i] for i in order if counts[i] >= least][:most]
    whole = a if a.ndim == 4 else a[None]
    return np.concatenate([(whole == c).all(-1) * white for c in kept])


def matches(float32):
    dtype = np.float32 if float32 else np.uint8
    kinds = np.array([0, 64, 65, 255], np.uint8) if not float32 else np.array([0, 0.25, 0.25000003, -1, np.inf], np.float32)
    for i, shape in enumerate([(1, 1, 3), (1, 9, 1), (9, 1, 4), (7, 5, 3), (7, 5, 4), (3, 19, 1), (2, 3, 11, 3), (2, 5, 3, 4)]):
        for most in (1, 3):
            a = random.choice(kinds[: 2 + i % 3], shape).astype(dtype)
            a[..., : shape[-1] - 1] = np.where(random.rand(*shape[:-1], 1) < 0.6, a[..., :1], a[..., : shape[-1] - 1])
            made = colour_masks(a, 1, most, dtype(1 if float32 else 255)).astype(dtype)
            yield case([a], made, call="colorMap", args=[{"minPixels": 1, "maxCount": most}])


def selections():
    for shape in [(1, 1, 3), (1, 9, 3), (9, 1, 4), (7, 5, 3), (3, 19, 1), (2, 3, 5, 3)]:
        a = floats(*shape)
        seen = np.round(np.clip(np.nan_to_num(a, nan=0), 0, 1) * np.float32(255)).astype(int)
        seen = np.repeat(seen, 3, -1) if shape[-1] == 1 else seen[..., :3]
        every = seen.reshape(-1, 3)
        for r, g, b in (every[0], every[-1], every[len(every) // 2], [0, 0, 0]):
            made = (seen == [r, g, b]).all(-1).astype(np.float32)
            yield case([a], made, options={"color": int(r) << 16 | int(g) << 8 | int(b)})
    halves = (np.arange(0, 128, dtype=np.float32) + np.float32(0.5)) / np.float32(255)
    seen = np.round(halves * np.float32(255)).astype(int)
    for level in (2, 10, 64):
        yield case([halves.reshape(1, -1, 1)], (seen == level).astype(np.float32)[None], options={"color": level * 0x10101})


# tones


def inverted():
    for shape in SHAPES:
        a, x = noise(*shape), floats(*shape)
        yield case([a], np.array(ImageChops.invert(Image.fromarray(a))))
        yield case([x], np.float32(1) - x)
    a = noise(2, 3, 5)
    yield batch(a, expected=255 - a)


def stretched(a):
    counts, _ = np.histogram(a, 256, (0, 256))
    held = np.where(counts > a.size * 0.0005)[0]
    low, high = held[0], held[-1]
    if low == high:
        return np.zeros(a.shape, np.uint8)
    return np.array(Image.fromarray((np.clip(a, low, high) - low) / (high - low) * 255).convert("L"))


def normalized():
    for shape in SHAPES + [(2, 3)]:
        a = random.randint(20, 231, shape).astype(np.uint8)
        yield case([a], stretched(a))
    # few enough of a value do not count: 1 of 2,100
    rare = random.randint(30, 201, (50, 42)).astype(np.uint8)
    rare[0, 0], rare[3, 3] = 255, 2
    rare[1, :2] = 210
    yield case([rare], stretched(rare))
    a = random.randint(20, 200, (2, 4, 5)).astype(np.uint8)
    a[1] = a[1] // 2 + 9
    yield batch(a, expected=np.stack([stretched(one) for one in a]))


def levelled(a, black, white, gray):
    if black == white:
        return np.full(a.shape, 128, np.uint8)
    black, white = min(black, white), max(black, white)
    x = a.astype(np.float64)
    if black > 0 or white < 255:
        x = np.clip(x - black, 0, white - black) / (white - black) * 255
    return (255 * np.power(x / 255, 1 / gray) if gray != 1 else x).astype(np.uint8)


def levels():
    asked = [(0, 255, 1), (20, 230, 1.3), (230, 20, 0.5), (100, 101, 9.99), (7, 7, 1), (0, 225, 2), (30, 200, 0.01), (0, 255, 2.2)]
    for i, (black, white, gray) in enumerate(asked):
        every = np.arange(256, dtype=np.uint8).reshape(4, 64)
        for a in (every, noise(*SHAPES[i % 5])):
            yield case([a], levelled(a, black, white, gray), options={"black": black, "white": white, "gray": gray})


def thresholds():
    for i, value in enumerate([0, 0.5, 1, 0.2, 0.4, 0.1, 0.01]):
        every = np.arange(256, dtype=np.uint8).reshape(8, 32)
        for a in (every, floats(*SHAPES[i % 5]), noise(*SHAPES[i % 5])):
            x = a if a.dtype == np.float32 else a.astype(np.float32) / np.float32(255)
            made = x > np.float32(value)
            yield case([a], made.astype(np.float32) if a is x else made.astype(np.uint8) * np.uint8(255), options={"value": value})
    for value in (0, 0.5, 1):
        yield case([EDGES[None]], (EDGES > np.float32(value)).astype(np.float32)[None], options={"value": value})


def as_floats():
    for a in [np.arange(256, dtype=np.uint8).reshape(16, 16)] + [noise(*s) for s in SHAPES] + [noise(7, 5, 3), noise(2, 3, 5, 4)]:
        yield case([a], a.astype(np.float32) / np.float32(255), call="as", args=["float32"])
        # what is read at once is not first converted; a clamp makes it so, and changes nothing
        if a.ndim == 2:
            yield case([a], a.astype(np.float32) / np.float32(255), call="clamp", args=[])


def as_bytes():
    near = np.arange(256, dtype=np.float32) / np.float32(255)
    steps = np.concatenate([near, np.nextafter(near, np.float32(-9)), np.nextafter(near, np.float32(9))]).reshape(24, 32)
    for x in [steps] + [floats(*s) for s in SHAPES] + [floats(7, 5, 3), floats(2, 3, 5, 4)]:
        made = np.clip(np.nan_to_num(np.float32(255) * x, nan=0, posinf=255, neginf=0), 0, 255).astype(np.uint8)
        yield case([x], made, call="as", args=["uint8"])


def sigmoids():
    import torch

    wide = np.array([-103.9, -104.5, -200, -90, -88, -87.5, -60, -20.3, -10, -5, -1, -0.3, 0.3, 0.7, 1, 2, 3, 5, 9, 15, 17, 30, 100, -0.0, 0], np.float32)
    for x in [wide.reshape(5, 5), np.linspace(-12, 12, 221, dtype=np.float32).reshape(13, 17)] + [floats(*s) for s in SHAPES]:
        made = torch.sigmoid(torch.from_numpy(x).double()).numpy().astype(np.float32)
        yield case([x], made, ulps=2)
    yield from sigmoid_bits()


# of sigmoid's formula: log2(e), 1.5 * 2^23, ln 2 in two parts, a polynomial for e^y, and a first guess of a reciprocal
SIGMOID = [104, 1.44269504, 12582912, 0.693359375, 2.12194440e-4, 1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1, 1.41176474, 0.470588237]


def sigmoid_steps(x, numbers):
    """1 / (1 + e^-x) in the sums and products of float32 that the promise is: each step is rounded."""
    f = np.float32
    most, log, round_, high, low, *p, guess, slope = (f(n) for n in numbers)
    a = np.minimum(np.abs(x), most)
    t = a * log + round_
    k = t.view(np.int32) - np.int32(0x4B400000)
    n = t - round_
    y = (n * high - a) - n * low
    q = p[0] * y + p[1]
    for c in p[2:]:
        q = q * y + c
    half = k >> 1
    power = lambda by: ((by + 127).astype(np.int32) << 23).view(f)
    e = ((q * (y * y) + y) + f(1)) * power(-half) * power(half - k)
    d = e + f(1)
    r = guess - d * slope
    for _ in range(3):
        r = r * (f(2) - d * r)
    q = e * r
    s = q + ((e - q) - q * e) * r
    return np.where(np.isnan(x), x, np.where(x < 0, s, f(1) - s)).astype(f)


def sigmoid_bits():
    """Values at which the last place of one of the formula's numbers shows, a few for each."""
    x = np.concatenate([random.uniform(-25, 25, 200000), random.uniform(-104, -80, 50000), random.uniform(-1, 1, 50000)]).astype(np.float32)
    made = sigmoid_steps(x, SIGMOID)
    shown = [np.array([0, -104, -103.97], np.float32)]
    for i, number in enumerate(SIGMOID):
        for way in (-np.inf, np.inf):
            other = SIGMOID[:i] + [np.nextafter(np.float32(number), np.float32(way))] + SIGMOID[i + 1 :]
            shown.append(x[sigmoid_steps(x, other).view(np.int32) != made.view(np.int32)][:6])
    chosen = np.unique(np.concatenate(shown))[None]
    yield case([chosen], sigmoid_steps(chosen, SIGMOID), ulps=0)


def clamped():
    import torch

    for x in [floats(*s) for s in SHAPES] + [EDGES[None]]:
        yield case([x], torch.clamp(torch.from_numpy(x), 0, 1).numpy())


# joins


def pasted(a, b):
    made = Image.new("L", a.shape[::-1], 0)
    made.paste(Image.fromarray(a), mask=Image.fromarray(b))
    return np.array(made)


def chop(function, **more):
    return lambda a, b: np.array(function(Image.fromarray(a), Image.fromarray(b), **more))


def bits(function):
    return lambda a, b: np.array(function(Image.fromarray(a >= 128), Image.fromarray(b >= 128)).convert("L"))


def rounded(function):
    return lambda x, y: function(np.round(x).astype(bool), np.round(y).astype(bool)).astype(np.float32)


JOINS = {
    "multiply": (pasted, np.multiply), "add": (chop(ImageChops.add), np.add), "subtract": (chop(ImageChops.subtract), np.subtract),
    "max": (chop(ImageChops.lighter), np.maximum), "min": (chop(ImageChops.darker), np.minimum),
    "difference": (chop(ImageChops.difference), lambda x, y: np.abs(x - y)),
    "average": (chop(ImageChops.add, scale=2), lambda x, y: (x + y) * np.float32(0.5)),
    "and": (bits(ImageChops.logical_and), rounded(np.logical_and)), "or": (bits(ImageChops.logical_or), rounded(np.logical_or)),
    "xor": (bits(ImageChops.logical_xor), rounded(np.logical_xor)),
}


def joined(name):
    of_bytes, of_floats = JOINS[name]
    ends = np.array([0, 1, 2, 77, 126, 127, 128, 129, 200, 253, 254, 255], np.uint8)
    a, b = [np.ascontiguousarray(v) for v in np.meshgrid(ends, ends)]
    yield case([a, b], of_bytes(a, b))
    for shape in SHAPES:
        a, b = noise(*shape), noise(*shape)
        yield case([a, b], of_bytes(a, b))
    # which zero is the larger of two is left open by numpy, so the edges have one
    edges = np.where(EDGES == 0, np.float32(0), EDGES) if name in ("max", "min") else EDGES
    for x, y in [[np.ascontiguousarray(v) for v in np.meshgrid(edges, edges)]] + [(quiet(*s) + 0, quiet(*s) + 0) for s in SHAPES]:
        yield case([x, y], of_floats(x, y).astype(np.float32))
    a, b = noise(3, 4, 5), noise(1, 4, 5)
    yield batch(a, b, expected=np.stack([of_bytes(one, b[0]) for one in a]))
    yield batch(b, a, expected=np.stack([of_bytes(b[0], one) for one in a]))
    x, y = quiet(2, 4, 5) + 0, quiet(2, 4, 5) + 0
    yield batch(x, y, expected=of_floats(x, y))
    yield batch(x, y[:1], expected=of_floats(x, y[:1]))


# packs


def opaque():
    for make in (noise, floats):
        for shape in [(1, 1, 4), (1, 9, 4), (9, 1, 1), (7, 5, 4), (3, 19, 1), (2, 3, 5, 4), (7, 5, 3)]:
            a = make(*shape)
            yield case([a], np.repeat(a, 3, -1) if shape[-1] == 1 else a[..., :3])


def grays():
    for make in (noise, floats):
        for shape in SHAPES:
            a = make(*shape)
            yield case([a], np.stack([a] * 3, -1))
        a = make(2, 3, 5)
        yield batch(a, expected=np.stack([a] * 3, -1))


def with_alpha():
    for i, shape in enumerate([(1, 1, 3), (1, 9, 4), (9, 1, 4), (7, 5, 3), (7, 5, 4), (3, 19, 1), (2, 3, 5, 4)]):
        for make in (noise, quiet):
            for replace in (False, True):
                a, m = make(*shape), make(*shape[:-1])
                colour = np.repeat(a, 3, -1) if shape[-1] == 1 else a[..., :3]
                alpha = m
                if shape[-1] == 4 and not replace:
                    own = a[..., 3]
                    alpha = own * m if make is quiet else pasted(own.reshape(-1, shape[-2]), m.reshape(-1, shape[-2])).reshape(m.shape)
                made = np.concatenate([colour, alpha[..., None]], -1)
                yield case([a, m], made, options={"replace": replace}, **{"is": ["image", "mask"]})


# gathers


def kinds(*shapes):
    """Bytes and floats as masks, pictures and batches of both; second whether it is a mask."""
    for i, (h, w) in enumerate(shapes):
        make = (noise, floats)[i % 2]
        yield make(h, w), "mask"
        yield (noise, floats)[1 - i % 2](h, w, 3 + i % 2), "image"
    yield noise(2, 5, 7), "mask"
    yield floats(3, 5, 4), "mask"
    yield noise(2, 5, 7, 3), "image"


def moved(a, kind, expected, **more):
    return case([a], np.ascontiguousarray(expected), first=kind, **{"is": [kind]}, **more)


def axes(a, kind):
    """Rows and columns, counted from the end."""
    return (-2, -1) if kind == "mask" else (-3, -2)


def spatial(a, kind, work):
    """`work` on an array whose first two axes are rows and columns."""
    return np.moveaxis(work(np.moveaxis(a, axes(a, kind), (0, 1))), (0, 1), axes(a, kind))


def takes():
    for a, kind in [(noise(5, 3, 4), "mask"), (floats(4, 1, 7), "mask"), (noise(3, 3, 5, 3), "image"), (floats(3, 3, 2, 4), "image"), (noise(6, 1, 1), "mask")]:
        for first, last in ((0, 1), (1, 3), (2, 3), (1, len(a))):
            yield moved(a, kind, a[first:last], call="slice", args=[first, last])
        yield moved(a, kind, a[-1:], call="at", args=[-1])


def stacked():
    for a in [noise(3, 2, 5), floats(2, 5, 3), noise(1, 3, 4), noise(5, 1, 1), floats(3, 1, 9), noise(2, 7, 5)]:
        yield moved(a, "mask", np.concatenate(list(a))[None])


def crops():
    for i, (a, kind) in enumerate(kinds((1, 1), (1, 9), (9, 1), (7, 5), (3, 19))):
        h, w = [a.shape[k] for k in axes(a, kind)]
        for x, y, width, height in ((w // 2, h // 3, w, h), (0, h - 1, 1, 1), (w - 1, 0, 99, 2), (w // 3, 0, max(w // 2, 1), h)):
            made = spatial(a, kind, lambda v: v[y : y + height, x : x + width])
            yield moved(a, kind, made, options={"x": x, "y": y, "width": width, "height": height})


def pastes():
    for i, (size, other, at) in enumerate([((1, 1), (3, 3), (0, 0)), ((7, 5), (3, 2), (2, 3)), ((7, 5), (3, 9), (4, 6)), ((3, 19), (1, 10), (14, 2)), ((9, 1), (2, 2), (0, 8)), ((7, 5), (2, 2), (5, 1)), ((7, 5), (2, 2), (1, 7)), ((5, 9), (5, 9), (0, 0))]):
        a, b = noise(*size), noise(*other)
        made = Image.fromarray(a)
        made.paste(Image.fromarray(b), at)
        yield case([a, b], np.array(made), options={"x": at[0], "y": at[1]})
        x, y = floats(*size), floats(*other)
        made = x.copy()
        cut = y[: max(size[0] - at[1], 0), : max(size[1] - at[0], 0)]
        made[at[1] : at[1] + len(cut), at[0] : at[0] + cut.shape[1]] = cut
        yield case([x, y], made, options={"x": at[0], "y": at[1]})
    for count in (1, 2):
        a, b = noise(2, 4, 5), noise(count, 2, 2)
        made = a.copy()
        made[:, 1:3, 2:4] = b
        yield batch(a, b, expected=made, options={"x": 2, "y": 1})


def laid(a, b, x, y):
    if a.dtype == np.uint8:
        made = picture(a)
        over = picture(b)
        alpha = over.split()[3]
        over.putalpha(255)
        made.paste(over.convert(made.mode), (x, y), alpha)
        return np.array(made)
    made = a.copy()
    top, left = max(y, 0), max(x, 0)
    s = b[top - y : len(a) - y, left - x : a.shape[1] - x]
    d = made[top : top + len(s), left : left + s.shape[1]]
    m = s[..., 3:]
    source = np.concatenate([s[..., :3], np.ones_like(m)], -1)[..., : a.shape[2]]
    d[...] = m * source + (np.float32(1) - m) * d
    return made


def lays():
    asked = [((1, 1), (1, 1), (0, 0)), ((7, 5), (3, 2), (1, 2)), ((7, 5), (4, 4), (-2, -1)), ((7, 5), (4, 4), (3, 5)), ((3, 19), (3, 10), (11, 0)), ((9, 1), (2, 3), (-1, 4)), ((7, 5), (2, 2), (9, 0)), ((7, 5), (2, 2), (0, -3))]
    for i, (size, other, (x, y)) in enumerate(asked):
        for make in (noise, quiet):
            for channels in (3, 4):
                a, b = make(*size, channels), make(*other, 4)
                yield case([a, b], laid(a, b, x, y), options={"x": x, "y": y})
    a, b = noise(2, 4, 5, 3), noise(2, 3, 3, 4)
    for over in (b, b[:1]):
        made = np.stack([laid(a[i], over[i % len(over)], 1, 2) for i in range(2)])
        yield case([a, over], made, options={"x": 1, "y": 2}, **{"is": ["image", "image"]})


def flips():
    for axis in ("x", "y", "xy"):
        for a, kind in kinds((1, 1), (1, 9), (9, 1), (7, 5)):
            turn = {"x": lambda v: v[:, ::-1], "y": lambda v: v[::-1], "xy": lambda v: v[::-1, ::-1]}[axis]
            yield moved(a, kind, spatial(a, kind, turn), options={"axis": axis})


def rotations():
    for turns in (1, 2, 3, -1, -2, -3):
        for a, kind in list(kinds((1, 1), (1, 9), (7, 5)))[turns % 2 :: 2]:
            yield moved(a, kind, spatial(a, kind, lambda v: np.rot90(v, -turns)), options={"turns": turns})


def pads():
    for left, top, right, bottom, value in ((1, 2, 3, 4, 0), (0, 0, 5, 0, 1), (3, 0, 0, 0, 0.5), (0, 1, 0, 2, 0.3)):
        for a, kind in list(kinds((1, 1), (9, 1), (7, 5))):
            full = np.float32(value) if a.dtype == np.float32 else np.uint8(np.floor(value * 255 + 0.5))
            made = spatial(a, kind, lambda v: np.pad(v, [(top, bottom), (left, right)] + [(0, 0)] * (v.ndim - 2), constant_values=full))
            yield moved(a, kind, made, options={"left": left, "top": top, "right": right, "bottom": bottom, "value": value})


def offsets():
    for x, y, wrap in ((1, 2, True), (-3, 1, True), (7, -9, True), (1, 2, False), (-2, -1, False), (4, 0, False), (0, -6, False), (20, 0, False)):
        for a, kind in list(kinds((1, 9), (9, 1), (7, 5)))[(x + y) % 2 :: 2]:
            def work(v):
                if wrap:
                    return np.roll(v, (y, x), (0, 1))
                made = np.zeros_like(v)
                h, w = v.shape[:2]
                rows, columns = range(max(y, 0), min(h + y, h)), range(max(x, 0), min(w + x, w))
                for r in rows:
                    for c in columns:
                        made[r, c] = v[r - y, c - x]
                return made

            yield moved(a, kind, spatial(a, kind, work), options={"x": x, "y": y, "wrap": wrap})


def solids():
    for value, (h, w) in zip((0, 1, 0.5, 0.1, 0.33), SHAPES):
        yield case([], np.full((h, w), value, np.float32), options={"value": value, "width": w, "height": h})


def faded(last):
    """`last` says which column, counted from 0, the ramp of the right edge gives its k-th factor, and so for rows."""
    import torch

    for i, (left, top, right, bottom) in enumerate([(2, 0, 0, 0), (0, 3, 0, 0), (0, 0, 2, 0), (0, 0, 0, 3), (3, 2, 4, 5), (40, 40, 40, 40), (1, 1, 1, 1)]):
        for shape in (SHAPES[i % 5], (2, 6, 7)):
            a = quiet(*shape)
            t = torch.from_numpy(a.reshape(-1, *shape[-2:]).copy())
            h, w = shape[-2:]
            l, r, u, d = min(left, w), min(right, w), min(top, h), min(bottom, h)
            for k in range(l):
                t[:, :, k] *= (k + 1) / l
            for k in range(r):
                t[:, :, last(k)] *= (k + 1) / r
            for k in range(u):
                t[:, k, :] *= (k + 1) / u
            for k in range(d):
                t[:, last(k), :] *= (k + 1) / d
            made = t.numpy().reshape(shape)
            options = {"left": left, "top": top, "right": right, "bottom": bottom}
            yield case([a], made, first="mask", options=options, **{"is": ["mask"]})


# regions


def near_colours(a, x, y, tolerance, softness):
    d = np.sqrt(((a.astype(np.int64) - a[y, x].astype(np.int64)) ** 2).sum(-1))
    if softness == 0:
        return np.where(d <= tolerance, 255, 0).astype(np.uint8)
    return np.floor(255 * np.clip((tolerance + softness - d) / softness, 0, 1) + 0.5).astype(np.uint8)


def structure(connectivity):
    return np.ones((3, 3)) if connectivity == 8 else None


def floods():
    from scipy import ndimage

    for i, (h, w) in enumerate(SHAPES + [(13, 17), (2, 2), (12, 40)]):
        for connectivity in (4, 8):
            a = random.choice([0, 100, 200], (h, w, 1), p=[0.55, 0.3, 0.15]).astype(np.uint8) + random.randint(0, 30, (h, w, 3)).astype(np.uint8)
            x, y = int(random.randint(w)), int(random.randint(h))
            softness = i % 2 * 40
            found = near_colours(a, x, y, 40, softness)
            labels, _ = ndimage.label(found > 0, structure(connectivity))
            made = np.where(labels == labels[y, x], found, 0).astype(np.uint8)
            yield case([a], made, call="wand", options={"x": x, "y": y, "tolerance": 40, "softness": softness, "connectivity": connectivity})


def largest():
    from scipy import ndimage

    for i, (h, w) in enumerate(SHAPES + [(13, 17), (2, 2), (9, 21)]):
        for connectivity in (4, 8):
            a = np.where(random.rand(h, w) < 0.5, random.randint(1, 256, (h, w)), 0).astype(np.uint8)
            a[0, 0] = 255
            if (i + connectivity // 4) % 2:
                a = a.astype(np.float32) / np.float32(255)
            threshold, least, most = (0, 0.3)[i % 2], 1 + i % 3 // 2, (1, 4, 9)[i % 3]
            x = a if a.dtype == np.float32 else a.astype(np.float32) / np.float32(255)
            labels, count = ndimage.label(x > np.float32(threshold), structure(connectivity))
            areas = ndimage.sum(np.ones((h, w)), labels, range(1, count + 1)).astype(int)
            order = [k for k in sorted(range(count), key=lambda k: (-areas[k], np.flatnonzero(labels == k + 1)[0])) if areas[k] >= least][:most]
            if order:
                made = np.stack([np.where(labels == k + 1, a, a.dtype.type(0)) for k in order])
                options = {"threshold": threshold, "connectivity": connectivity, "minArea": least, "max": most}
                yield case([a], made, call="components", args=[options])


# drawn


def winding(rings, px, py):
    """How often closed rings of straight lines go round each point, by the lines that cross its row to the left; and how many."""
    turns, crossings = np.zeros(px.shape, int), np.zeros(px.shape, int)
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]):
            if ay == by:
                continue
            down = ay < by
            low, high = (ay, by) if down else (by, ay)
            hit = (py >= low) & (py < high) & (ax + (py - ay) * (bx - ax) / (by - ay) <= px)
            turns += np.where(hit, 1 if down else -1, 0)
            crossings += hit
    return turns, crossings


def covered(rings, w, h, rule, fine):
    """The share of fine x fine places in each pixel that are inside."""
    places = (np.arange(max(w, h) * fine) + 0.5) / fine
    px, py = np.meshgrid(places[: w * fine], places[: h * fine])
    turns, crossings = winding(rings, px, py)
    inside = turns != 0 if rule == "nonzero" else crossings % 2 == 1
    return inside.reshape(h, fine, w, fine).mean((1, 3))


def spelt(rings):
    return "".join("M" + "L".join(f"{x} {y}" for x, y in ring) + "Z" for ring in rings)


def paths():
    star = [(8.3, 0.6), (13.1, 15.2), (0.7, 6.1), (16.2, 6.4), (3.2, 15.1)]
    drawn = [
        ([[(1.25, 1.5), (6.75, 1.5), (6.75, 4.25), (1.25, 4.25)]], 8, 6), ([star], 17, 16), ([[(-3.2, 2.1), (9.7, -4.4), (6.3, 11.8)]], 7, 5),
        ([[(1, 1), (15.5, 1), (15.5, 9), (1, 9)], [(4.2, 3), (4.2, 7.3), (11, 7.3), (11, 3)]], 17, 10), ([[(0.2, 0.3), (0.9, 0.3), (0.9, 0.8)]], 1, 1),
        ([[(0, 0), (9, 0.7), (0, 1)]], 9, 1), ([[(0.5, 0), (1, 9), (0, 7)]], 1, 9), ([[(2, 2), (11, 3), (7, 10)], [(5, 1), (12, 8), (3, 8.5)]], 13, 11),
        # corners on the lines that centres lie on
        ([[(1, 0.5), (6.2, 3.5), (2, 6.5), (0.3, 3.5)]], 8, 8),
    ]
    for rings, w, h in drawn:
        for rule in ("evenodd", "nonzero"):
            for antialias in (True, False):
                made = covered(rings, w, h, rule, 48 if antialias else 1)
                made = np.floor(made * 255 + 0.5).astype(np.uint8)
                more = {"near": 4} if antialias else {}
                yield case([], made, args=[spelt(rings), {"width": w, "height": h, "rule": rule, "antialias": antialias}], **more)


def strokes():
    drawn = [
        ([(5, 4)], 3, 1, 11, 9), ([(1, 1), (14, 6)], 2.5, 0.5, 16, 9), ([(0.5, 0.5)], 0.1, 1, 1, 1), ([(-3, 2), (12, 2), (5, 12)], 3, 0.25, 13, 11),
        ([(2, 0.5), (7, 0.5)], 1, 0, 9, 1), ([(0.5, 8), (0.5, 2)], 2, 1, 1, 9), ([(3, 3), (3, 3), (9, 5)], 4, 0.8, 12, 8), ([(4, -20), (7, 30)], 2, 1, 12, 9),
    ]
    for points, radius, hardness, w, h in drawn:
        px, py = np.meshgrid(np.arange(w) + 0.5, np.arange(h) + 0.5)
        made = np.zeros((h, w))
        for (ax, ay), (bx, by) in zip(points, points[1:] or points):
            dx, dy = bx - ax, by - ay
            t = np.clip(((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy or 1), 0, 1)
            d = np.hypot(px - ax - t * dx, py - ay - t * dy)
            soft = np.float64(np.float32(radius)) * (1 - np.float64(np.float32(hardness)))
            made = np.maximum(made, np.clip((np.float64(np.float32(radius)) + 0.5 - d) / (soft + 1), 0, 1))
        made = np.floor(made * 255 + 0.5).astype(np.uint8)
        yield case([], made, args=[[list(p) for p in points], {"width": w, "height": h, "radius": radius, "hardness": hardness}])


def gradients():
    for kind in ("linear", "radial"):
        for (x0, y0), (x1, y1), w, h in (((0, 0), (9, 0), 9, 5), ((2, 3), (7.5, -1), 7, 5), ((0, 0), (1, 1), 1, 1), ((30, 2), (5, 1), 37, 3), ((0.5, 9), (0.5, 0), 1, 9), ((0, 0), (1e-200, 0), 5, 3), ((3, 2), (61.3, 40.7), 60, 40)):
            # the square of 1e-200 is 0: all that lies ahead is beyond it; the largest is for the last digits of a root
            px, py = np.meshgrid(np.arange(w) + 0.5 - x0, np.arange(h) + 0.5 - y0)
            dx, dy = x1 - x0, y1 - y0
            long = dx * dx + dy * dy
            with np.errstate(divide="ignore"):
                t = np.sqrt((px * px + py * py) / np.float64(long)) if kind == "radial" else (px * dx + py * dy) / np.float64(long)
            yield case([], np.clip(t, 0, 1).astype(np.float32), args=[{"type": kind, "from": [x0, y0], "to": [x1, y1], "width": w, "height": h}])


def scipy_version():
    import scipy

    return f"scipy {scipy.__version__}"


def torch_version():
    import torch

    return f"torch {torch.__version__}"


PIXELS = {
    **{name: (PIL, lambda name=name: pick(*CHANNELS[name])) for name in CHANNELS},
    "plane": (f"{NUMPY}, by image.channel of a float picture", planes),
    "match": (f"{NUMPY} unique, by image.colorMap", lambda: matches(False)),
    "matchFloat": (f"{NUMPY} unique, by image.colorMap of a float picture", lambda: matches(True)),
    "selectColor": (NUMPY, selections),
    "invert": (f"{PIL}, {NUMPY}", inverted),
    "normalize": (f"{NUMPY}, {PIL}", normalized),
    "levels": (f"{NUMPY}, by the node's formula", levels),
    "threshold": (NUMPY, thresholds),
    "floats": (f"{NUMPY}, by as('float32')", as_floats),
    "bytes": (f"{NUMPY}, by as('uint8')", as_bytes),
    "sigmoid": (lambda: f"{torch_version()}; {NUMPY} for the bits", sigmoids),
    "clamp": (torch_version, clamped),
    **{name: (f"{PIL}, {NUMPY}", lambda name=name: joined(name)) for name in JOINS},
    "removeAlpha": (NUMPY, opaque),
    "toGray": (NUMPY, grays),
    "withAlpha": (f"{PIL}, {NUMPY}", with_alpha),
    "take": (f"{NUMPY}, by slice and at", takes),
    "stackVertically": (NUMPY, stacked),
    "crop": (NUMPY, crops),
    "paste": (f"{PIL}, {NUMPY}", pastes),
    "lay": (f"{PIL}, {NUMPY}", lays),
    "flip": (NUMPY, flips),
    "rotate": (NUMPY, rotations),
    "pad": (NUMPY, pads),
    "offset": (NUMPY, offsets),
    "solid": (f"{NUMPY}, by device.solid", solids),
    "fadeEdges": (torch_version, lambda: faded(lambda k: -(k + 1))),
    # the node FeatherMask in 2025: no row, but evidence all the same
    "../comfy/feather2025": (torch_version, lambda: faded(lambda k: -k)),
    "flood": (lambda: f"{scipy_version()} label, by image.wand", floods),
    "parts": (lambda: f"{scipy_version()} label, by mask.components", largest),
    "path": (f"{NUMPY}: the share of 48 x 48 places in a pixel that are inside; Pillow and OpenCV draw whole pixels", paths),
    "stroke": (f"{NUMPY}: the distance to the nearest of the lines, in float64", strokes),
    "gradient": (f"{NUMPY}: the formula in float64", gradients),
}
