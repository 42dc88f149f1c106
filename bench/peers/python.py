"""Pillow, OpenCV, numpy (as most programs count, and by a table of all colours) and scipy as peers, and the nodes' own way
(`shipped`): the protocol of worker.mjs."""
import hashlib, json, os, sys, time

import numpy as np

import selections

peer = sys.argv[1]
makers = {}


class Job:
    def __init__(self, run, answer):
        self.run, self.answer = run, answer


def job(*names):
    def add(make):
        for name in names:
            makers[name] = (lambda make, name: lambda given: make(given, name))(make, name)
        return make
    return add


def simple(run):
    """A job that is one function; its answer is what that gives."""
    last = []
    def once():
        last[:] = [run()]
    return Job(once, lambda: np.ascontiguousarray(np.asarray(last[0])))


def levels_table(counts):
    """normalise, levels 20/230/1.3 and invert as one table of 256."""
    held = np.where(counts > counts.sum() * 0.0005)[0]
    low, high = int(held[0]), int(held[-1])
    v = np.floor(255 * (np.clip(np.arange(256), low, high) - low) / (high - low))
    v = 255 * np.power(np.clip(v - 20, 0, 210) / 210, 1 / 1.3)
    return 255 - np.floor(v + 1e-9).astype(np.uint8)


if peer == "pillow":
    import io
    from PIL import Image, ImageChops

    Image.MAX_IMAGE_PIXELS = None

    def gray(given, name):
        return Image.frombytes("L", (given["width"], given["height"]), given[name])

    @job("J1", "J1f", "J2", "J3", "J4", "J4u", "J5")
    def picks(given, name):
        image = Image.frombytes("RGBA", (given["width"], given["height"]), given["photo"])
        if name == "J1":
            return simple(lambda: image.getchannel("R"))
        if name == "J1f":
            return simple(lambda: np.asarray(image.getchannel("A")).astype(np.float32) / np.float32(255))
        if name == "J2":
            return simple(lambda: image.convert("LAB").getchannel(0))
        if name == "J3":
            return simple(lambda: image.convert("RGB").convert("HSV").getchannel(0))
        if name in ("J4", "J4u"):
            return simple(lambda: image.convert("YCbCr").getchannel(int(name == "J4u")))
        mask = gray(given, "a")
        black = Image.new("L", image.size)
        def chain():
            light = image.convert("LAB").getchannel(0)
            light = light.point(levels_table(np.array(light.histogram())).tolist())
            out = black.copy()
            out.paste(light, mask=mask)
            return np.asarray(out).astype(np.float32) / np.float32(255)
        return simple(chain)

    @job("J7", "J7a", "J7m")
    def joins(given, name):
        a, b = gray(given, "a"), gray(given, "b")
        black = Image.new("L", a.size)
        def paste(a, b):  # ImageChops.multiply rounds down
            out = black.copy()
            out.paste(a, mask=b)
            return out
        of = {"J7": paste, "J7a": ImageChops.add, "J7m": ImageChops.lighter}[name]
        return simple(lambda: of(a, b))

    @job("J8")
    def decode(given, name):
        return simple(lambda: np.asarray(Image.open(io.BytesIO(given["png"]))))

    @job("J8e")
    def encode(given, name):
        mask = gray(given, "a")
        def run():
            file = io.BytesIO()
            mask.save(file, "PNG")
            return np.frombuffer(file.getvalue(), np.uint8)
        return simple(run)

    selections.pillow(job, simple)

elif peer == "opencv":
    import cv2

    cv2.setNumThreads(int(os.environ.get("BENCH_THREADS", 1)))

    def gray(given, name):
        return np.frombuffer(given[name], np.uint8).reshape(given["height"], given["width"])

    @job("J1", "J1f", "J2", "J3", "J4", "J4u", "J5")
    def picks(given, name):
        height, width = given["height"], given["width"]
        image = np.frombuffer(given["photo"], np.uint8).reshape(height, width, 4)
        one = np.empty((height, width), np.uint8)
        many = np.empty((height, width, 3), np.uint8)
        floats = np.empty((height, width), np.float32)
        if name == "J1":
            return simple(lambda: cv2.extractChannel(image, 0, one))
        if name == "J1f":
            return simple(lambda: cv2.multiply(cv2.extractChannel(image, 3, one), 1 / 255, floats, dtype=cv2.CV_32F))
        if name == "J4":
            return simple(lambda: cv2.cvtColor(image, cv2.COLOR_RGBA2GRAY, one))
        if name == "J3":
            return simple(lambda: cv2.extractChannel(cv2.cvtColor(image, cv2.COLOR_RGB2HSV_FULL, many), 0, one))
        if name == "J4u":
            return simple(lambda: cv2.extractChannel(cv2.cvtColor(image, cv2.COLOR_RGB2YCrCb, many), 2, one))
        light = lambda: cv2.extractChannel(cv2.cvtColor(image, cv2.COLOR_RGB2LAB, many), 0, one)
        if name == "J2":
            return simple(light)
        mask, toned, product = gray(given, "a"), np.empty_like(one), np.empty_like(one)
        def chain():
            counts = cv2.calcHist([light()], [0], None, [256], [0, 256]).ravel()
            cv2.LUT(one, levels_table(counts), toned)
            cv2.multiply(toned, mask, product, 1 / 255)
            return cv2.multiply(product, 1 / 255, floats, dtype=cv2.CV_32F)
        return simple(chain)

    @job("J7", "J7a", "J7m", "J7g", "J7t")
    def joins(given, name):
        a = gray(given, "a")
        out = np.empty_like(a)
        if name == "J7g":
            square = np.ones((17, 17), np.uint8)
            return simple(lambda: cv2.dilate(a, square, out))
        if name == "J7t":
            diamond = (np.add.outer(*[abs(np.arange(-8, 9))] * 2) <= 8).astype(np.uint8)
            return simple(lambda: cv2.dilate(a, diamond, out))
        b = gray(given, "b")
        if name == "J7":
            return simple(lambda: cv2.multiply(a, b, out, 1 / 255))
        return simple(lambda: (cv2.add if name == "J7a" else cv2.max)(a, b, out))

    @job("J8")
    def decode(given, name):
        file = np.frombuffer(given["png"], np.uint8)
        return simple(lambda: cv2.cvtColor(cv2.imdecode(file, cv2.IMREAD_UNCHANGED), cv2.COLOR_BGRA2RGBA))

    @job("J8e")
    def encode(given, name):
        mask = gray(given, "a")
        return simple(lambda: cv2.imencode(".png", mask)[1].ravel())

    selections.opencv(job, simple, Job)

elif peer in ("numpy", "numpy-table"):
    if peer == "numpy":
        selections.numpy(job, simple)

    @job("J6", "J6b", "J6p")
    def colors(given, name):
        height, width = given["height"], given["width"]
        words = np.frombuffer(given["opaque" if name == "J6p" else "map"], np.uint32).reshape(height, width)
        opaque = bool((words >> 24 == 255).all())
        if peer == "numpy-table" and not opaque:
            raise ValueError("a table of all colours has no room for alpha")
        kind = np.uint8 if name == "J6b" else np.float32
        out = np.zeros((0, height, width), kind)
        def run():
            nonlocal out
            if peer == "numpy-table":  # faster than the usual way, where alpha is the same everywhere
                counts = np.bincount((words & 0xFFFFFF).ravel(), minlength=1 << 24)
                found = np.flatnonzero(counts >= 500)
                counts, found = counts[found], found.astype(np.uint32) | np.uint32(0xFF000000)
            else:
                found, counts = np.unique(words, return_counts=True)
                found, counts = found[counts >= 500], counts[counts >= 500]
            parts = [(found >> shift) & 255 for shift in (24, 16, 8, 0)]
            kept = found[np.lexsort(parts + [-counts.astype(np.int64)])][:8]
            if len(out) != max(1, len(kept)):
                out = np.zeros((max(1, len(kept)), height, width), kind)
            for one, color in zip(out, kept):
                if name == "J6b":
                    np.multiply(words == color, 255, out=one, casting="unsafe")
                else:
                    one[:] = words == color
            return out
        return simple(run)

elif peer == "scipy":
    from scipy import ndimage

    @job("J7g", "J7t")
    def grow(given, name):
        corner = int(name == "J7g")
        kernel = np.array([[corner, 1, corner], [1, 1, 1], [corner, 1, corner]])
        mask = np.frombuffer(given["a"], np.uint8).reshape(given["height"], given["width"])
        def run():  # as the node does: one pixel, eight times
            out = mask
            for _ in range(8):
                out = ndimage.grey_dilation(out, footprint=kernel)
            return out
        return simple(run)

    selections.scipy(job, simple, Job)

elif peer == "shipped":
    import torch
    from PIL import Image

    torch.set_num_threads(1)

    @job("J5")
    def chain(given, name):
        shape = (given["height"], given["width"])
        image = torch.from_numpy(np.frombuffer(given["photo"], np.uint8).reshape(1, *shape, 4).astype(np.float32) / 255)
        mask = torch.from_numpy(np.frombuffer(given["a"], np.uint8).reshape(1, *shape).astype(np.float32) / 255)
        picture = lambda t: Image.fromarray(np.clip(255.0 * t.numpy(), 0, 255).astype(np.uint8))
        def run():  # step by step in floating point, as LayerMask: ImageToMask describes itself
            light = np.asarray(picture(image[0]).convert("RGBA").convert("LAB").split()[0])
            counts, _ = np.histogram(light.reshape(-1), 256, (0, 256))
            low, high = np.where(counts > counts.sum() * 0.0005)[0][[0, -1]]
            gray = Image.fromarray((np.clip(light, low, high) - low) / (high - low) * 255).convert("L")
            x = np.asarray(gray.convert("RGB")).astype(np.float64)
            x = np.clip(x - 20, 0, 210) / 210 * 255
            x = 255 * np.power(x / 255, 1 / 1.3)
            gray = Image.fromarray(255 - x.astype(np.uint8)).convert("L")
            out = Image.new("L", gray.size)
            out.paste(gray, mask=picture(mask[0]).convert("L"))
            return (torch.from_numpy(np.array(out).astype(np.float32)) / 255.0).unsqueeze(0).numpy()
        return simple(run)

    @job("J6")
    def colors(given, name):
        shape = (1, given["height"], given["width"], 4)
        image = torch.from_numpy(np.frombuffer(given["map"], np.uint8).reshape(shape)[..., :3].astype(np.float32) / 255)
        def run():
            values = (image * 255).to(torch.uint8)
            found, counts = torch.unique(values[0].reshape(-1, 3), dim=0, return_counts=True)
            counts, order = torch.sort(counts, descending=True, stable=True)
            found = found[order][counts >= 500][:8]
            return torch.cat([(values == color).all(dim=-1).float() for color in found]).numpy()
        return simple(run)

else:
    sys.exit(f"no peer {peer}")

clock = time.process_time if os.environ.get("BENCH_CLOCK") == "cpu" else time.perf_counter
current = None


def handle(command, given):
    global current
    if command == "can":
        return [name for name in given["names"] if name in makers]
    if command == "open":
        current = None
        read = {key: open(path, "rb").read() for key, path in given["files"].items()}
        current = makers[given["name"]]({"width": given["width"], "height": given["height"], **read})
        return True
    if command == "time":
        begun = clock()
        current.run()
        return (clock() - begun) * 1000
    if command == "answer":
        out = memoryview(current.answer().reshape(-1).view(np.uint8))
        if given.get("file"):
            open(given["file"], "wb").write(out)
        return {"hash": hashlib.sha256(out).hexdigest(), "length": len(out)}


for line in sys.stdin:
    given = json.loads(line)
    try:
        reply = {"value": handle(given.pop("command"), given)}
    except Exception as error:
        reply = {"error": str(error).split("\n")[0]}
    print("\x01" + json.dumps(reply), flush=True)
