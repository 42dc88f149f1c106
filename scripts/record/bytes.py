"""JakeUpgrade's hints, WAS's parts of masks and LayerStyle's PixelSpread: python3 bytes.py FOLDER

pymatting's compiled loops run as plain Python: numpy's scalars have the types that numba gives them."""
from common import *
from upscale import taken
import ast
import copy
import importlib
import math

import cv2
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

rng = np.random.RandomState(31)
calls = []
base = dict(torch=torch, np=np, numpy=np, cv2=cv2, math=math, Image=Image, ImageChops=ImageChops, ImageDraw=ImageDraw, ImageFilter=ImageFilter, ImageOps=ImageOps)


def pick(*values):
    return values[rng.randint(len(values))]


def call(node, cls, params, inputs, given=None, name=None):
    sent = {key: torch.from_numpy(one.copy()) for key, one in inputs.items()}
    with contextlib.redirect_stdout(io.StringIO()):
        result = getattr(cls(), name or cls.FUNCTION)(**params, **sent, **(given or {}))
    calls.append(dict(pack="Bytes", node=node, params=params, inputs=inputs, res=result, types=cls.RETURN_TYPES, lists=None))


file = SOURCES + "jakechai+ComfyUI-JakeUpgrade/nodes/jake_node_image.py"
hint = dict(base, MAX_RESOLUTION=16384, icons=None)
for one in ast.parse(open(file, encoding="utf8").read()).body:
    names = [t.id for t in getattr(one, "targets", []) if isinstance(t, ast.Name)] + [getattr(getattr(one, "target", None), "id", "")]
    if any(name.startswith("lvmin_") or name == "RESIZE_MODES" for name in names):
        exec(ast.unparse(one), hint)
hint = taken(file, ["remove_pattern", "thin_one_time", "lvmin_thin", "nake_nms", "safe_numpy", "get_unique_axis0", "HintImageEnchance_JK"], hint)["HintImageEnchance_JK"]


def drawn(kind, height, width):
    """A photo, a few flat colours, black and white blobs, thin lines, or one colour."""
    if kind == 0:
        return rng.randint(0, 256, (height, width, 3))
    if kind == 1:
        colors = rng.randint(0, 256, (5, 3))
        return colors[rng.randint(0, 5, (height // 3 + 1, width // 3 + 1))].repeat(3, 0).repeat(3, 1)[:height, :width]
    canvas = np.zeros((height, width, 3), np.uint8)
    if kind == 2:
        cv2.circle(canvas, (width // 2, height // 3), min(width, height) // 4, (255,) * 3, -1)
    elif kind == 3:
        for _ in range(3):
            cv2.line(canvas, tuple(int(rng.randint(width)) for _ in "x") + (int(rng.randint(height)),), (int(rng.randint(width)), int(rng.randint(height))), (255,) * 3, 1)
    else:
        canvas[:] = 90
    return canvas


for i in range(45):
    kind = i % 5
    height, width = int(rng.randint(20, 90)), int(rng.randint(20, 90))
    if i in (15, 20, 22):
        height, width = 128, 64
    picture = (drawn(kind, height, width).astype(np.float32) / 255)[None]
    if i % 7 == 3:
        alpha = (rng.randint(0, 256, (1, height, width, 1)) / 255).astype(np.float32)
        picture = np.concatenate([picture, alpha], -1)
    # a value times 255 as a byte again is itself
    picture = (np.round(picture * 255) / 255).astype(np.float32)
    back = (torch.from_numpy(picture) * 255.0).numpy().astype(np.uint8)
    picture = np.where(back == np.round(picture * 255), picture, np.nextafter(picture, np.float32(2))).astype(np.float32)
    target = dict(image_gen_width=pick(64, 72, 104), image_gen_height=pick(64, 80, 96))
    if i in (15, 20, 22):
        target = dict(image_gen_width=64, image_gen_height=64)
    call("HintImageEnchance JK", hint, dict(resize_mode=["Just Resize", "Just Resize", "Crop and Resize", "Resize and Fill"][(i // 5) % 4], **target), dict(hint_image=picture))

was = taken(SOURCES + "WASasquatch+was-node-suite-comfyui/WAS_Node_Suite.py", ["pil2mask", "WAS_Mask_Paste_Region", "WAS_Mask_Arbitrary_Region"], dict(base, cstr=print, WAS_Tools_Class=lambda: None))
tools = ast.parse(open(SOURCES + "WASasquatch+was-node-suite-comfyui/WAS_Node_Suite.py", encoding="utf8").read())
for one in ast.walk(tools):
    if isinstance(one, ast.FunctionDef) and one.name == "arbitrary_region" and one.args.args[0].arg == "image":
        one.decorator_list = []
        exec(ast.unparse(one), was)
wt = types.SimpleNamespace(Masking=types.SimpleNamespace(arbitrary_region=was["arbitrary_region"]))
was["WAS_Mask_Arbitrary_Region"].__init__ = lambda self: setattr(self, "WT", wt)
for i in range(12):
    height, width = rng.randint(12, 40), rng.randint(12, 40)
    mask = noise(rng, height, width, None, rng.randint(4))[None]
    w, h = int(rng.randint(4, width)), int(rng.randint(4, height))
    left, top = pick(0, int(rng.randint(0, width - w + 1))), pick(0, int(rng.randint(0, height - h + 1)))
    part = noise(rng, rng.randint(4, 24), rng.randint(4, 24), None, rng.randint(4))[None]
    box = (left, top, left + w, top + h)
    params = dict(crop_blending=pick(0.25, 0.0, 0.6, 1.0), crop_sharpening=pick(0, 1, 3))
    call("Mask Paste Region", was["WAS_Mask_Paste_Region"], params, dict(mask=mask, crop_mask=part), dict(crop_data=((w, h), box)))
    calls[-1]["params"] = dict(params, crop_data=dict(size=[w, h], box=list(box)))
    spots = (rng.rand(1, height, width) > 0.8).astype(np.float32) if i % 3 else mask
    call("Mask Arbitrary Region", was["WAS_Mask_Arbitrary_Region"], dict(size=pick(1, 20, 100, 4000), threshold=pick(128, 0, 254)), dict(masks=spots))

import layerstyle
numba = types.ModuleType("numba")
numba.njit = lambda *a, **k: (lambda function: function)
numba.prange = range
sys.modules["numba"] = numba
spec = importlib.util.spec_from_file_location("ml", SOURCES + "pymatting/pymatting/foreground/estimate_foreground_ml.py")
ml = importlib.util.module_from_spec(spec)
spec.loader.exec_module(ml)
inner = ml._estimate_fb_ml
ml._estimate_fb_ml = lambda image, alpha, r, a, b, s, g: inner(image, alpha, np.float32(r), a, b, s, np.float32(g))
pymatting = types.ModuleType("pymatting")
pymatting.estimate_foreground_ml = ml.estimate_foreground_ml
sys.modules["pymatting"] = pymatting
cls = importlib.import_module("py.pixel_spread").PixelSpread
own = dict(mask_grow=[0, 0, 2, -1])
calls += record(cls, "LayerMask: PixelSpread", "Bytes", 10, 5, own, channels=(3, 3, 4), size=(5, 44), batch=(1, 1, 2), optional=0.8)

# the versions of Code2Collapse's pack before it left these nodes out, in `C2C`
import json
import torch.nn.functional as F

space = dict(base, F=F, json=json, BytesIO=io.BytesIO, PILImage=Image, base64=__import__("base64"))
space = taken(SOURCES + "Code2Collapse+ComfyUI-CustomNodePacks/nodes/utils.py", ["normalize_bbox"], space)
space["_norm_bbox"] = space["normalize_bbox"]
for file, names in (("mask_math", ["MaskMath"]), ("mask_composite", ["MaskCompositeAdvanced"]), ("bbox_nodes", ["BBoxToMask", "BBoxPad", "BBoxCrop"])):
    space = taken(SOURCES + "C2C/%s.py" % file, names, space)
space = taken(SOURCES + "Code2Collapse+ComfyUI-CustomNodePacks/nodes/points_mask_editor.py", ["PointsMaskEditor"], space)


def masks(batch=1, size=None):
    height, width = size or (rng.randint(6, 24), rng.randint(6, 24))
    return np.stack([noise(rng, height, width, None, rng.randint(4)) for _ in range(batch)])


for i, operation in enumerate(space["MaskMath"].OPERATIONS * 3):
    params = dict(operation=operation, value_a=pick(0.5, 0.2, 1.7, 3.0, -0.5), value_b=pick(0.9, 1.0, 0.4))
    call("MaskMath", space["MaskMath"], params, dict(mask=masks(pick(1, 2))))
    calls[-1]["near"] = 3e-7 if operation in ("power", "gamma", "remap_range", "quantize") else 0
for i, operation in enumerate(space["MaskCompositeAdvanced"].OPERATIONS * 3):
    size = (rng.randint(6, 24), rng.randint(6, 24))
    params = dict(operation=operation, blend_factor=pick(0.5, 0.3), invert_a=bool(rng.randint(2)), invert_b=bool(rng.randint(2)), threshold=pick(0.0, 0.0, 0.5))
    same = i % 3
    call("MaskCompositeAdvanced", space["MaskCompositeAdvanced"], params, dict(mask_a=masks(pick(1, 2), size), mask_b=masks(2 if same else 1, size if same else None)))
    calls[-1]["near"] = 0 if same else 3e-7
for i in range(8):
    box = [int(rng.randint(-4, 12)), int(rng.randint(-4, 12)), int(rng.randint(0, 14)), int(rng.randint(0, 14))]
    call("BBoxToMask", space["BBoxToMask"], dict(bbox=box, image_width=20, image_height=9), dict(reference_image=np.zeros((1, 7, 11, 3), np.float32)) if i % 2 else {})
    call("BBoxPad", space["BBoxPad"], dict(bbox=box, pad_left=pick(0, 3, -2), pad_right=pick(0, 9), pad_top=pick(0, 1), pad_bottom=pick(0, -1, 30), image_width=20, image_height=9), {})
    picture = (rng.randint(0, 256, (pick(1, 2), 9, 12, 3)) / 255).astype(np.float32)
    call("BBoxCrop", space["BBoxCrop"], dict(bbox=box), dict(image=picture, **(dict(mask=masks(1, (9, 12))) if i % 2 else {})))
texts = ['{"points":[],"bboxes":[]}', "no", '[{"x": 4, "y": 5.25}]', '{"points":[{"x":3,"y":7,"label":1,"radius":4},{"x":9.5,"y":2,"label":0}],"bboxes":[[1,2,6,9],[3,3,5,30,0]]}', '{"points":[{"x":8,"y":8,"radius":2.5}],"bboxes":[[6,1,2,9,1],[-3,4,40,6,1]]}']
for i in range(15):
    params = dict(width=int(rng.randint(4, 20)), height=int(rng.randint(4, 20)), editor_data=texts[i % 5], default_radius=pick(3.0, 1.5), softness=pick(1.0, 0.0, 0.3), normalize=bool(i % 2))
    inputs = {}
    if i % 3 == 1:
        inputs["existing_mask"] = masks(pick(1, 2))
    if i % 4 == 3:
        inputs["reference_image"] = np.zeros((1, 9, 13, 3), np.float32)
    call("PointsMaskEditor", space["PointsMaskEditor"], params, inputs)
    result = list(calls[-1]["res"]["result"] if isinstance(calls[-1]["res"], dict) else calls[-1]["res"])
    # a box socket takes one list of boxes here, and a list with that list in it there
    calls[-1]["res"] = tuple(one[0] if slot in (3, 4) and one else one for slot, one in enumerate(result))
    calls[-1]["near"] = 3e-7

save(sys.argv[1], calls)
