"""Records what numpy and Pillow give, for test/vectors: `python3 scripts/record.py` with Debian's python3-numpy and
python3-pil. numpy's own AVX-512 pow differs from every other build in six places, so it is switched off."""
import hashlib, json, os, re, sys

if os.environ.get("NPY_DISABLE_CPU_FEATURES") is None:
    os.environ["NPY_DISABLE_CPU_FEATURES"] = "AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL"
    os.execv(sys.executable, [sys.executable] + sys.argv)
import numpy as np
from PIL import Image, ImageChops, __version__ as PIL_VERSION


def levels(values, black, white, gray):
    """LayerStyle's adjust_levels, by its description in docs/nodes.md."""
    if black == white:
        return np.full(values.shape, 128, np.uint8)
    if black > white:
        black, white = white, black
    x = values.astype(np.float64)
    if black > 0 or white < 255:
        x = np.clip(x - black, 0, white - black) / (white - black) * 255
    if gray != 1:
        x = 255 * np.power(x / 255, 1 / gray)
    return x.astype(np.uint8)


def normalize(values):
    counts, _ = np.histogram(values, 256, (0, 256))
    held = np.where(counts > values.size * 0.0005)[0]
    low, high = held[0], held[-1]
    if low == high:
        return np.zeros(values.shape, np.uint8)
    stretched = (np.clip(values, low, high) - low) / (high - low) * 255
    return np.array(Image.fromarray(stretched).convert("L"))


def record_levels():
    every = np.arange(256)
    pairs, gammas = hashlib.sha256(), hashlib.sha256()
    for black in range(256):
        for white in range(256):
            pairs.update(levels(every, black, white, 1).tobytes())
    some = [(0, 255), (20, 230), (1, 254), (100, 101), (7, 232), (230, 20), (0, 225)]
    for hundredths in range(1, 1000):
        for black, white in some:
            gammas.update(levels(every, black, white, hundredths / 100).tobytes())
    return {"source": f"numpy {np.__version__}", "pairs": pairs.hexdigest(), "gammas": gammas.hexdigest(), "some": some}


def noise(width, height, channels, seed):
    """The generator of test/noise.ts: 32-bit xorshift, one byte a step."""
    state, out = seed, bytearray()
    for _ in range(width * height * channels):
        state ^= (state << 13) & 0xFFFFFFFF
        state ^= state >> 17
        state ^= (state << 5) & 0xFFFFFFFF
        out.append(state & 255)
    return np.frombuffer(bytes(out), np.uint8).reshape(height, width, channels)


def channel(picture, name):
    rgb = picture.convert("RGB")
    lab, ycc, hsv = (lambda: rgb.convert("LAB").split()), (lambda: rgb.convert("YCbCr").split()), (lambda: rgb.convert("HSV").split())
    return {
        "L(LAB)": lambda: lab()[0], "A(Lab)": lambda: lab()[1], "B(Lab)": lambda: lab()[2],
        "R(RGB)": lambda: rgb.split()[0], "G(RGB)": lambda: rgb.split()[1], "B(RGB)": lambda: rgb.split()[2],
        "alpha": lambda: picture.split()[3] if picture.mode == "RGBA" else Image.new("L", picture.size, 255),
        "Y(YUV)": lambda: ycc()[0], "U(YUV)": lambda: ycc()[1], "V(YUV)": lambda: ycc()[2],
        "H(HSV)": lambda: hsv()[0], "S(HSV)": lambda: hsv()[1], "V(HSV)": lambda: hsv()[2], "luma": lambda: rgb.convert("L"),
    }[name]()


def record_pictures():
    names = ["L(LAB)", "A(Lab)", "B(Lab)", "R(RGB)", "G(RGB)", "B(RGB)", "alpha", "Y(YUV)", "U(YUV)", "V(YUV)", "H(HSV)", "S(HSV)", "V(HSV)", "luma"]
    rows = []
    for width, height, channels in [(1, 1, 4), (1, 37, 3), (61, 1, 4), (17, 13, 3), (33, 65, 4), (20000, 3, 3), (700, 500, 4), (129, 127, 1)]:
        data = noise(width, height, channels, 2463534242 + width)
        picture = Image.fromarray(data[..., 0], "L") if channels == 1 else Image.fromarray(data, "RGB" if channels == 3 else "RGBA")
        row = {"width": width, "height": height, "channels": channels, "masks": {}}
        for name in names:
            mask = channel(picture, name)
            toned = levels(normalize(np.array(mask)), 20, 230, 1.3)
            done = np.array(ImageChops.invert(Image.fromarray(toned)))
            row["masks"][name] = [hashlib.sha256(np.array(mask).tobytes()).hexdigest()[:16], hashlib.sha256(done.tobytes()).hexdigest()[:16]]
        rows.append(row)
    return {"source": f"Pillow {PIL_VERSION}, numpy {np.__version__}", "seed": 2463534242, "pictures": rows}


for name, record in {"levels": record_levels, "pictures": record_pictures}.items():
    with open(f"test/vectors/{name}.json", "w") as file:
        text = json.dumps(record(), indent=1)
        file.write(re.sub(r"\[[^][{}]*\]", lambda found: " ".join(found[0].split()), text) + "\n")
