"""Virtuoso's blend modes, WAS's blends, Easy-Use's pictures beside one another, KJNodes' borders: python3 blends.py FOLDER"""
from common import *
from upscale import common_upscale, taken
import importlib
import logging
import math
from typing import List, Union

import torch.nn.functional as F
from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter, ImageOps

calls = []
space = dict(torch=torch, np=np, F=F, math=math, Image=Image, ImageChops=ImageChops, ImageColor=ImageColor, ImageDraw=ImageDraw, ImageFilter=ImageFilter, ImageOps=ImageOps, common_upscale=common_upscale, MAX_RESOLUTION=16384, List=List, Union=Union, logging=logging)
sys.path.insert(0, SOURCES + "flrs+blend_modes")
package = types.ModuleType("virtuoso")
package.__path__ = [SOURCES + "virtuoso"]
sys.modules["virtuoso"] = package
blend = importlib.import_module("virtuoso.blendmodes").BlendModes
modes = [m for m in blend.INPUT_TYPES()["required"]["blend_mode"][0] if m not in ("dissolve", "grain extract", "grain merge")]
part = lambda r, *_: round(float(r.choice([1, r.rand()])), 2)
for i, mode in enumerate(modes):
    for j in range(2):
        over = dict(blend_mode=[mode], opacity=part)
        if j:
            over["source"] = lambda r, h, w, b: np.repeat(noise(r, r.randint(5, 20), r.randint(5, 20), 3, 0)[None], b, 0)
            over["mask"] = lambda r, h, w, b: noise(r, h, w, None, r.randint(4))[None] if r.rand() < 0.7 else None
        else:
            over["mask"] = lambda *_: None
        made = record(blend, "BlendModes", "Blends", 2, 100 + 2 * i + j, over, channels=(3, 3, 3, 4) if not j else (3,), size=(4, 14))
        for one in made:
            one["near"] = 2e-6
        calls += made
solid = taken(SOURCES + "virtuoso/colors.py", ["create_solid_rgb", "create_solid_hex", "validate_hex_code", "SolidColorRGB"], dict(space))
some = lambda r, *_: float(r.randint(256))
calls += record(solid["SolidColorRGB"], "SolidColorRGB", "Blends", 6, 1, dict(red=some, green=some, blue=some, height=(1, 9), width=(1, 9), hex=["", "#00dec8", "f0a", "none"]))
was = taken(SOURCES + "WASasquatch+was-node-suite-comfyui/WAS_Node_Suite.py", ["tensor2pil", "pil2tensor", "WAS_Image_Blend", "WAS_Image_Blend_Mask", "WAS_Image_Rotate_Hue", "WAS_Image_Paste_Crop"], dict(space, cstr=print))
calls += record(was["WAS_Image_Blend"], "Image Blend", "Blends", 5, 2, dict(blend_percentage=(0.0, 1.0)), batch=(1,), channels=(3, 4))
own = dict(blend_percentage=(0.0, 1.0), mask=lambda r, h, w, b: noise(r, h if r.rand() < 0.5 else 11, w, 3, r.randint(4))[None])
calls += record(was["WAS_Image_Blend_Mask"], "Image Blend by Mask", "Blends", 8, 3, own, batch=(1,))
other = lambda r, h, w, b: noise(r, r.randint(5, 20), r.randint(5, 20), 3, 0)[None]
calls += record(was["WAS_Image_Blend"], "Image Blend", "Blends", 4, 12, dict(blend_percentage=(0.0, 1.0), image_b=other), batch=(1,))
calls += record(was["WAS_Image_Blend_Mask"], "Image Blend by Mask", "Blends", 5, 13, dict(own, image_b=other), batch=(1,))
calls += record(was["WAS_Image_Rotate_Hue"], "Image Rotate Hue", "Blends", 6, 4, dict(hue_shift=(0.0, 1.0)), batch=(1,), size=(6, 20))
rng = np.random.RandomState(9)
for i in range(10):
    height, width = int(rng.randint(12, 40)), int(rng.randint(12, 40))
    w, h = int(rng.randint(4, width)), int(rng.randint(4, height))
    left, top = int(rng.choice([0, rng.randint(0, width - w + 1)])), int(rng.choice([0, rng.randint(0, height - h + 1)]))
    inputs = dict(image=noise(rng, height, width, 3, 0)[None], crop_image=noise(rng, rng.randint(4, 24), rng.randint(4, 24), 3, 0)[None])
    params = dict(crop_blending=float(rng.choice([0.25, 0, 0.6, 1])), crop_sharpening=int(rng.choice([0, 1, 3])))
    box = (left, top, left + w, top + h)
    cls = was["WAS_Image_Paste_Crop"]
    res = cls().image_paste_crop(crop_data=((w, h), box), **params, **{k: torch.from_numpy(v.copy()) for k, v in inputs.items()})
    calls.append(dict(pack="Blends", node="Image Paste Crop", params=dict(params, crop_data=dict(size=[w, h], box=list(box))), inputs=inputs, res=res, types=cls.RETURN_TYPES, lists=None))
easy = taken(SOURCES + "yolain+ComfyUI-Easy-Use/py/libs/image.py", ["tensor2pil", "pil2tensor", "fit_resize_image"], dict(space))
easy = taken(SOURCES + "yolain+ComfyUI-Easy-Use/py/nodes/image.py", ["imageConcat", "imagesSplitImage", "imageSplitGrid"], easy)
own = dict(image2=lambda r, h, w, b: noise(r, r.randint(5, 20), r.randint(5, 20), 3, 0)[None], match_image_size=[True])
calls += record(easy["imageConcat"], "easy imageConcat", "Blends", 6, 5, own, batch=(1,))
calls += record(easy["imageConcat"], "easy imageConcat", "Blends", 4, 6, dict(match_image_size=[False]))
calls += record(easy["imageSplitGrid"], "easy imageSplitGrid", "Blends", 5, 7, dict(row=(1, 4), column=(1, 4)))
made = record(easy["imagesSplitImage"], "easy imagesSplitImage", "Blends", 3, 8, batch=(5,), size=(3, 6))
calls += made
kj = taken(SOURCES + "kijai+ComfyUI-KJNodes/utility/utility.py", ["string_to_color"], dict(space))
kj = taken(SOURCES + "kijai+ComfyUI-KJNodes/nodes/image_nodes.py", ["ImageCropByMaskAndResize", "ImagePadKJ"], kj)
spot = lambda r, h, w, b: np.stack([noise(r, h, w, None, 2) for _ in range(b)]) * (r.rand() < 0.9)
whole = lambda low, high: (lambda r, *_: int(r.randint(low, high + 1)))
own = dict(base_resolution=[32, 48], padding=whole(0, 8), min_crop_resolution=[0, 8, 16], max_crop_resolution=[0, 32, 24], mask=lambda r, h, w, b: spot(r, h, w, b).astype(np.float32))
made = record(kj["ImageCropByMaskAndResize"], "ImageCropByMaskAndResize", "Blends", 12, 9, own, size=(18, 50))
for one in made:
    one["res"] = (one["res"][0], one["res"][1], [list(box) for box in one["res"][2]])
    one["near"] = 1e-6
calls += made
own = dict(pad_mode=["edge", "edge_pixel", "color"], color=["0, 0, 0", "0.5,0.2,1", "#c83c28", "12"], **{k: whole(0, 5) for k in ("left", "right", "top", "bottom", "extra_padding")}, target_width=lambda *_: None, target_height=lambda *_: None)
calls += record(kj["ImagePadKJ"], "ImagePadKJ", "Blends", 12, 10, own, size=(6, 14))
own.update(target_width=whole(16, 30), target_height=whole(16, 30))
calls += record(kj["ImagePadKJ"], "ImagePadKJ", "Blends", 8, 11, own, size=(6, 14))
save(sys.argv[1], calls, near=dict(ImagePadKJ=1e-6))
