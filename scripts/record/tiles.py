"""Impact's SEGS as tiles, chosen and cut out, each after the call that its SEGS come from: python3 tiles.py FOLDER"""
from common import *
from upscale import taken
import math
from collections import namedtuple

import cv2

rng = np.random.RandomState(8)
# torch 1.13 takes no truths of numpy 1.24 as an index
setting = torch.Tensor.__setitem__
torch.Tensor.__setitem__ = lambda own, at, value: setting(own, torch.from_numpy(at) if isinstance(at, np.ndarray) else at, value)
calls = []
PACK = SOURCES + "ltdrdata+ComfyUI-Impact-Pack/modules/impact/"
SEG = namedtuple("SEG", ["cropped_image", "cropped_mask", "confidence", "crop_region", "bbox", "label", "control_net_wrapper"], defaults=[None])
base = dict(np=np, torch=torch, cv2=cv2, math=math, sys=sys, SEG=SEG, Image=__import__("PIL.Image").Image, use_gpu_opencv=lambda: False, logging=__import__("logging"), **{k: getattr(__import__("typing"), k) for k in ("Callable", "Optional", "Union")})
names = ["make_2d_mask", "make_3d_mask", "make_4d_mask", "dilate_mask", "resize_mask", "normalize_region", "make_crop_region", "crop_ndarray2", "crop_ndarray3", "crop_ndarray4", "crop_image", "to_tensor", "empty_pil_tensor"]
utils = taken(PACK + "utils.py", names, dict(base))
utils["crop_tensor4"] = utils["crop_ndarray4"]
space = dict(utils)
space["utils"] = types.SimpleNamespace(**{k: v for k, v in utils.items() if callable(v)})
core = taken(PACK + "core.py", ["segs_to_combined_mask", "segs_scale_match", "mask_to_segs"], space)
space["core"] = types.SimpleNamespace(**{k: core[k] for k in ("segs_to_combined_mask", "segs_scale_match", "mask_to_segs")})
impact = types.SimpleNamespace(impact_server=types.SimpleNamespace(segs_picker_map={}))
nodes = taken(PACK + "segs_nodes.py", ["MaskToSEGS", "MakeTileSEGS", "SEGSOrderedFilter", "SEGSToImageList", "SEGSPicker"], {**space, "impact": impact})


def plain(value):
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    return value.item() if isinstance(value, np.generic) else value


def told(segs):
    """SEGS as a record has them, and what they are when they are combined."""
    size, all_segs = segs
    kept = [dict(label=one.label, confidence=plain(one.confidence), crop_region=plain(one.crop_region), bbox=plain(one.bbox)) for one in all_segs]
    return dict(size=plain(size), segs=kept), core["segs_to_combined_mask"](segs)


def add(node, params, inputs, results, kinds, lists=None, follows=None, near=0):
    values, names, flags = [], [], []
    for kind, result in zip(kinds, results):
        if kind == "SEGS":
            value, combined = told(result)
            values += [value, combined]
            names += ["SEGS", "combined"]
            flags += [False, False]
        else:
            values.append(result)
            names.append(kind)
            flags.append(kind == "IMAGE" and bool(lists))
    calls.append(dict(pack="Tiles", node=node, params=params, inputs=inputs, res=tuple(values), types=tuple(names), lists=flags, follows=follows, near=near))


def quiet(run):
    with contextlib.redirect_stdout(io.StringIO()):
        return run()


def regions(height, width):
    """A mask of several blobs as SEGS, by the pack's own node, recorded as a call."""
    mask = np.zeros((1, height, width), np.float32)
    for _ in range(rng.randint(2, 5)):
        x, y = rng.randint(0, width - 6), rng.randint(0, height - 6)
        mask[0, y : y + rng.randint(3, 12), x : x + rng.randint(3, 12)] = rng.choice([1, 1, 0.6])
    mask = (np.round(mask * 255) / 255).astype(np.float32)
    params = dict(combined=False, crop_factor=float(rng.choice([1, 1.5, 2])), bbox_fill=False, drop_size=1, contour_fill=False)
    segs = quiet(lambda: nodes["MaskToSEGS"]().doit(torch.from_numpy(mask), **params)[0])
    add("MaskToSEGS", params, dict(mask=mask), [segs], ["SEGS"])
    return segs


for i in range(14):
    height, width = rng.randint(70, 150), rng.randint(70, 150)
    images = np.round(rng.rand(1, height, width, 1) * 0).astype(np.float32)
    params = dict(bbox_size=int(rng.choice([64, 72, 96, 128])), crop_factor=float(rng.choice([1, 1.5, 3])), min_overlap=int(rng.choice([0, 5, 20, 60])), filter_segs_dilation=int(rng.choice([0, 3, 8, -2])), mask_irregularity=0.0, irregular_mask_mode="Reuse fast")
    name = [None, "filter_in_segs_opt", "filter_out_segs_opt"][i % 3]
    given = {name: regions(int(height * rng.choice([1, 0.5])), width)} if name else {}
    made = quiet(lambda: nodes["MakeTileSEGS"].doit(torch.from_numpy(images), **params, **given)[0])
    add("ImpactMakeTileSEGS", params, dict(images=images), [made], ["SEGS"], follows={name: 0} if name else None)

for i, target in enumerate(["area(=w*h)", "width", "height", "x1", "y1", "x2", "y2", "confidence"]):
    segs = regions(60, 80)
    params = dict(target=target, order=bool(i % 2), take_start=int(rng.choice([0, 1])), take_count=int(rng.choice([1, 2])))
    add("ImpactSEGSOrderedFilter", params, {}, nodes["SEGSOrderedFilter"]().doit(segs, **params), ["SEGS", "SEGS"], follows={"segs": 0})

for i, picks in enumerate(["1", "2, 1", " 3 ,x,-1", "", "1,9"]):
    segs = regions(40, 50)
    image = (np.round(rng.rand(1, *((40, 50) if i % 2 else (80, 100)), 3) * 255) / 255).astype(np.float32)
    inputs = dict(fallback_image_opt=image)
    given = {k: torch.from_numpy(v) for k, v in inputs.items()}
    add("ImpactSEGSPicker", dict(picks=picks), inputs, nodes["SEGSPicker"].doit(picks, segs, **given), ["SEGS"], follows={"segs": 0})

for i in range(5):
    segs = regions(30, 36)
    size = (30, 36) if i < 3 else (60, 72)
    image = (np.round(rng.rand(1, *size, 3) * 255) / 255).astype(np.float32)
    inputs = dict(fallback_image_opt=image) if i else {}
    made = nodes["SEGSToImageList"]().doit(segs, **{k: torch.from_numpy(v) for k, v in inputs.items()})
    add("SEGSToImageList", {}, inputs, made, ["IMAGE"], lists=True, follows={"segs": 0})

# irregular edges go by chance: ours, from the same beginning, in the place of numpy's, one line after another
class Chances:
    def __init__(self):
        self.state = 1

    def randint(self, low, high):
        self.state = (self.state + 0x6D2B79F5) & 0xFFFFFFFF
        mul = lambda a, b: (a * b) & 0xFFFFFFFF
        mixed = mul(self.state ^ (self.state >> 15), self.state | 1)
        mixed = ((mixed + mul(mixed ^ (mixed >> 7), mixed | 61)) & 0xFFFFFFFF) ^ mixed
        return low + int((mixed ^ (mixed >> 14)) / 2**32 * (high - low))


class AtOnce:
    def __init__(self, **_):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def submit(self, run, *given):
        run(*given)
        return types.SimpleNamespace(result=lambda: None)


class Drawing:
    def __getattr__(self, name):
        return getattr(np, name)


drawing = Drawing()
chance = taken(PACK + "core.py", ["random_mask_raw", "random_mask", "adaptive_mask_paste"], dict(core, np=drawing, ThreadPoolExecutor=AtOnce))
nodes["MakeTileSEGS"].doit.__globals__["core"].__dict__.update({k: chance[k] for k in ("random_mask", "adaptive_mask_paste")})
for i in range(8):
    drawing.random = Chances()
    height, width = rng.randint(90, 170), rng.randint(90, 170)
    images = np.zeros((1, height, width, 1), np.float32)
    mode = ["Reuse fast", "Reuse quality", "All random fast", "All random quality"][i % 4]
    params = dict(bbox_size=64, crop_factor=float(rng.choice([1, 1.5, 3])), min_overlap=int(rng.choice([0, 5])), filter_segs_dilation=3, mask_irregularity=float([0.03, 0.05, 0.1, 0.2][i // 2]), irregular_mask_mode=mode)
    given = {"filter_out_segs_opt": regions(height, width)} if i % 3 == 2 else {}
    made = quiet(lambda: nodes["MakeTileSEGS"].doit(torch.from_numpy(images), **params, **given)[0])
    add("ImpactMakeTileSEGS", params, dict(images=images), [made], ["SEGS"], follows={name: 0 for name in given} or None)

save(sys.argv[1], calls)
