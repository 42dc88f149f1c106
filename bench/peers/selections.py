"""Selections, the jobs S1 to S11, by Pillow, OpenCV, scipy and numpy: with one thread, memory used again where they take it."""
import numpy as np

COLOR, TOLERANCE = np.array([117, 115, 112]), 40


def gray(given):
    return np.frombuffer(given["a"], np.uint8).reshape(given["height"], given["width"])


def rgb(given):
    pixels = np.frombuffer(given["photo"], np.uint8).reshape(given["height"], given["width"], 4)
    return np.ascontiguousarray(pixels[..., :3])


def above(mask):
    return mask.astype(np.float32) / np.float32(255) > np.float32(0.5)


def seed(image):
    """The pixel that peers/selections.mjs begins with."""
    height, width = image.shape[:2]
    near = (np.abs(image.astype(int) - COLOR) <= 4).all(-1).ravel()
    from_ = (height >> 1) * width + (width >> 1)
    at = from_ + int(np.argmax(near[from_:]))
    return at % width, at // width


def disk(radius):
    x = np.arange(-radius, radius + 1)
    return (np.add.outer(x * x, x * x) <= radius * radius).astype(np.uint8)


def pillow(job, simple):
    from PIL import Image, ImageFilter

    def picture(given):
        return Image.frombytes("L", (given["width"], given["height"]), given["a"])

    @job("S1", "S1b")
    def blur(given, name):
        image = picture(given)
        return simple(lambda: image.filter(ImageFilter.GaussianBlur(8 if name == "S1" else 40)))


    @job("S8")
    def resize(given, name):
        image = picture(given)
        size = (given["width"] // 2, given["height"] // 2)
        return simple(lambda: image.resize(size, Image.Resampling.LANCZOS))


def opencv(job, simple, Job):
    import cv2

    @job("S1", "S1b")
    def blur(given, name):
        mask, out = gray(given), np.empty_like(gray(given))
        radius = 8 if name == "S1" else 40
        return simple(lambda: cv2.GaussianBlur(mask, (0, 0), radius, out, borderType=cv2.BORDER_REPLICATE))

    @job("S2")
    def median(given, name):
        mask, out = gray(given), np.empty_like(gray(given))
        return simple(lambda: cv2.medianBlur(mask, 15, out))

    @job("S3")
    def grow(given, name):
        mask, out, shape = gray(given), np.empty_like(gray(given)), disk(8)
        return simple(lambda: cv2.dilate(mask, shape, out))

    @job("S4")
    def components(given, name):
        mask, last = gray(given), []
        def run():
            last[:] = cv2.connectedComponentsWithStats(mask, connectivity=8)
        def answer():
            n, labels, stats, _ = last
            _, first = np.unique(labels, return_index=True)
            first = first[1:] if (labels == 0).any() else first
            order = np.lexsort((first, -stats[1:, 4]))[:1000] + 1
            return stats[order][:, [4, 0, 1, 2, 3]].astype(np.int32)
        return Job(run, answer)

    @job("S5")
    def distance(given, name):
        inside = above(gray(given)).astype(np.uint8)
        out = np.empty(inside.shape, np.float32)
        return simple(lambda: cv2.distanceTransform(inside, cv2.DIST_L2, cv2.DIST_MASK_PRECISE, out))

    @job("S7")
    def outlines(given, name):
        inside, last = above(gray(given)).astype(np.uint8), []
        def run():
            last[:] = cv2.findContours(inside, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
        def answer():
            contours, hierarchy = last
            return cv2.drawContours(np.zeros(inside.shape, np.uint8), contours, -1, 255, cv2.FILLED, hierarchy=hierarchy)
        return Job(run, answer)

    @job("S8")
    def resize(given, name):
        mask, out = gray(given), np.empty((given["height"] // 2, given["width"] // 2), np.uint8)
        return simple(lambda: cv2.resize(mask, out.shape[::-1], out, interpolation=cv2.INTER_LANCZOS4))

    @job("S9")
    def refine(given, name):
        guide, mask = rgb(given).astype(np.float32) / 255, gray(given).astype(np.float32) / 255
        return simple(lambda: cv2.ximgproc.guidedFilter(guide, mask, 8, 0.001))

    @job("S10b")
    def box(given, name):
        image = rgb(given)
        out = np.empty(image.shape[:2], np.uint8)
        low, high = [tuple(map(int, np.clip(COLOR + by, 0, 255))) for by in (-TOLERANCE, TOLERANCE)]
        return simple(lambda: cv2.inRange(image, low, high, out))

    @job("S11")
    def wand(given, name):
        image = rgb(given)
        at, out = seed(image), np.zeros((image.shape[0] + 2, image.shape[1] + 2), np.uint8)
        flags = 4 | cv2.FLOODFILL_FIXED_RANGE | cv2.FLOODFILL_MASK_ONLY | 255 << 8
        def run():
            out[:] = 0
            cv2.floodFill(image, out, at, 0, (TOLERANCE,) * 3, (TOLERANCE,) * 3, flags)
        return Job(run, lambda: np.ascontiguousarray(out[1:-1, 1:-1]))


def scipy(job, simple, Job):
    from scipy import ndimage

    @job("S4")
    def components(given, name):
        mask, cross, last = gray(given), np.ones((3, 3)), []
        def run():
            labels, n = ndimage.label(mask, cross)
            last[:] = labels, np.bincount(labels.ravel(), minlength=n + 1)[1:], ndimage.find_objects(labels)
        def answer():
            _, areas, boxes = last
            order = np.argsort(-areas, kind="stable")[:1000]
            box = lambda y, x: [x.start, y.start, x.stop - x.start, y.stop - y.start]
            return np.array([[areas[i], *box(*boxes[i])] for i in order], np.int32)
        return Job(run, answer)

    @job("S5")
    def distance(given, name):
        inside = above(gray(given))
        return simple(lambda: ndimage.distance_transform_edt(inside).astype(np.float32))

    @job("S6")
    def holes(given, name):
        mask = gray(given)
        def run():
            inside = mask > 0
            return np.where(ndimage.binary_fill_holes(inside) & ~inside, 255, mask).astype(np.uint8)
        return simple(run)


def numpy(job, simple):
    @job("S10")
    def near(given, name):
        image = rgb(given)
        def run():
            apart = image.astype(np.int32) - COLOR
            return np.where((apart * apart).sum(-1) <= TOLERANCE ** 2, 255, 0).astype(np.uint8)
        return simple(run)

    @job("S10b")
    def box(given, name):
        image = rgb(given)
        return simple(lambda: np.where((np.abs(image.astype(np.int16) - COLOR.astype(np.int16)) <= TOLERANCE).all(-1), 255, 0).astype(np.uint8))
