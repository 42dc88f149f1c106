"""Records what Pillow, scipy, OpenCV and torch give for small pictures, for test/ops: `python3 scripts/record_ops.py [NAME …]`
with Debian's python3-pil, python3-scipy, python3-opencv and python3-torch. A case: what it is called on, the shapes of the
inputs and of the answer, the options, and the bytes of each in base64 (float32 where `floats` says so)."""
import json, os, sys

import record_pixels
from record_pixels import PIXELS, np, packed
from PIL import Image, ImageFilter, __version__ as PIL_VERSION

HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = [(1, 1), (1, 9), (9, 1), (17, 23), (40, 3), (31, 66)]
random = np.random.RandomState(1)


def picture(size, channels=1):
    """Noise, or shapes that a selection might have: flat areas, steps and soft edges."""
    h, w = size
    shape = size if channels == 1 else size + (channels,)
    if random.randint(3) == 0:
        return random.randint(0, 256, shape).astype(np.uint8)
    y, x = np.mgrid[0:h, 0:w]
    planes = []
    for _ in range(channels):
        a, b, r = random.uniform(0, h), random.uniform(0, w), random.uniform(1, 1 + min(h, w))
        soft = np.clip((r - np.hypot(y - a, x - b)) * random.choice([40, 900]) + 128, 0, 255)
        planes.append(np.where(random.uniform(size=size) < 0.03, 255 - soft, soft))
    return (planes[0] if channels == 1 else np.stack(planes, -1)).astype(np.uint8)


def case(options, inputs, expected, **more):
    return {
        "on": "mask" if inputs[0].ndim == 2 else "image",
        "options": options,
        "shapes": [list(a.shape) for a in inputs],
        "inputs": [packed(a) for a in inputs],
        "shape": list(expected.shape),
        "expected": packed(expected),
        **more,
    }


def filtered(make):
    def on(a, **options):
        return np.array(Image.fromarray(a).filter(make(**options)))

    return on


def blurs(name, radii):
    make = filtered(ImageFilter.GaussianBlur if name == "blur" else ImageFilter.BoxBlur)
    for i, radius in enumerate(radii):
        for size in SIZES[i % 2 :: 2]:
            a = picture(size, 3 if i % 4 == 3 else 1)
            yield case({"radius": radius}, [a], make(a, radius=radius))


def footprint(radius, shape):
    y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    inside = {"diamond": abs(x) + abs(y) <= radius, "square": x == x, "disk": x * x + y * y <= radius * radius}
    return inside[shape]


def grown(a, by, shape):
    from scipy import ndimage

    make = ndimage.grey_dilation if by > 0 else ndimage.grey_erosion
    return make(a, footprint=footprint(abs(by), shape), mode="nearest") if by else a


def line(a, width, side, shape):
    return (a if side == "inside" else grown(a, width, shape)) - (a if side == "outside" else grown(a, -width, shape))


def spreads(name):
    """On bytes and on the same values as floats, which a spread only compares."""
    for i, (radius, shape) in enumerate((r, s) for r in (1, 2, 5, 9, 40) for s in ("diamond", "square", "disk")):
        for size in SIZES[i % 2 :: 2]:
            a = picture(size)
            if name == "grow":
                by = radius if i % 4 < 2 else -radius
                options, made = {"expand": by, "shape": shape}, grown(a, by, shape)
            elif name == "border":
                side = ["both", "inside", "outside"][(i + size[0]) % 3]
                options, made = {"width": radius, "side": side, "shape": shape}, line(a, radius, side, shape)
            else:
                by = radius if name == "closing" else -radius
                options, made = {"radius": radius, "shape": shape}, grown(grown(a, by, shape), -by, shape)
            yield case(options, [a], made)
            if name != "border" and size[0] * size[1] < 500:
                floats = [v.astype(np.float32) / np.float32(64) - np.float32(1) for v in (a, made)]
                yield case(options, floats[:1], floats[1], floats=True)
    if name == "grow":
        # a diamond of several passes
        a = np.zeros((2, 1300), np.uint8)
        a[[0, 1, 1], [90, 640, 1299]] = [40, 200, 255]
        yield case({"expand": 530, "shape": "diamond"}, [a], grown(a, 530, "diamond"))


def medians():
    from scipy import ndimage

    for i, radius in enumerate([1, 2, 3, 7, 8, 15, 60, 127]):
        for size in SIZES[i % 2 :: 2]:
            a = picture(size)
            yield case({"radius": radius}, [a], ndimage.median_filter(a, 2 * radius + 1, mode="nearest"))


def resizes():
    filters = ["nearest", "box", "bilinear", "hamming", "bicubic", "lanczos"]
    for i, size in enumerate(SIZES * 3):
        for name in filters[i % 2 :: 2]:
            a = picture(size, 3 if i % 3 == 2 else 1)
            h, w = [int(random.randint(1, 2 * n + 8)) for n in size] if i % 4 else (size[0], size[1] + 5)
            made = Image.fromarray(a).resize((w, h), getattr(Image.Resampling, name.upper()))
            yield case({"width": w, "height": h, "filter": name}, [a], np.array(made))


def interpolations():
    import torch

    for i, size in enumerate(SIZES * 2):
        for mode in ["nearest", "nearest-exact", "bilinear", "area"]:
            a = (random.rand(*size) * 4 - 2).astype(np.float32)
            h, w = [int(random.randint(1, 2 * n + 8)) for n in size]
            more = {"align_corners": False} if mode == "bilinear" else {}
            made = torch.nn.functional.interpolate(torch.from_numpy(a)[None, None], size=(h, w), mode=mode, **more)
            yield case({"width": w, "height": h, "mode": mode}, [a], made[0, 0].numpy(), floats=True)
    # the last ones have places a hair below a whole number, where the float32 of a place is the next one
    for n, size in enumerate([*SIZES, (5, 17), (28, 9), (6, 34), (7, 5)]):
        a = (random.rand(*size) * 4 - 2).astype(np.float32)
        h, w = [int(random.randint(1, 2 * n + 8)) for n in size]
        if n >= len(SIZES):
            h, w = [(3, 27), (12, 7), (50, 6), (27, 3)][n - len(SIZES)]
        made = torch.nn.functional.interpolate(torch.from_numpy(a)[None, None], size=(h, w), mode="bicubic", align_corners=False)
        yield case({"width": w, "height": h, "mode": "bicubic"}, [a], made[0, 0].numpy(), floats=True)


def refined():
    import cv2

    for i, (radius, epsilon) in enumerate([(1, 0.0001), (2, 0.001), (4, 0.01), (7, 0.001), (20, 0.01), (127, 0.02)]):
        for size in SIZES[1 + i % 2 :: 2]:
            a, guide = picture(size), picture(size, 3)
            floats = [v.astype(np.float32) / np.float32(255) for v in (guide, a)]
            made = np.clip(cv2.ximgproc.guidedFilter(*floats, radius, epsilon), 0, 1)
            yield case({"radius": radius, "epsilon": epsilon}, [a, guide], made, gives="float32", near=2 / 255)


def source_of(module):
    found = __import__(module)
    return f"{module} {found.__version__}"


# what has long been recorded stays as it is, byte for byte
SEPARATORS = [(", ", ": "), (",", ":")]
RECORDS = {
    "blur": (f"Pillow {PIL_VERSION}", lambda: blurs("blur", [0.3, 1, 2, 3.3, 8, 13.25, 21, 40, 300])),
    "boxBlur": (f"Pillow {PIL_VERSION}", lambda: blurs("boxBlur", [0.5, 1, 1.5, 7.75, 20, 100.1, 1000])),
    **{name: (source_of("scipy"), lambda name=name: spreads(name)) for name in ("grow", "opening", "closing", "border")},
    "median": (source_of("scipy"), medians),
    "resize": (f"Pillow {PIL_VERSION}", resizes),
    "refine": (source_of("cv2").replace("cv2", "OpenCV"), refined),
    "interpolate": (source_of("torch"), interpolations),
    **PIXELS,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or RECORDS:
        source, cases = RECORDS[name]
        for generator in (random, record_pixels.random):
            generator.seed(sum(map(ord, name)))
        lines = ",\n".join(json.dumps(one, separators=SEPARATORS[name in PIXELS]) for one in cases())
        with open(os.path.join(HERE, "..", "test", "ops", f"{name}.json"), "w") as file:
            file.write(f'{{"source": {json.dumps(source() if callable(source) else source)}, "cases": [\n{lines}\n]}}\n')
