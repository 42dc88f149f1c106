"""zdx's nodes, which call LayerStyle's: python3 zdx.py FOLDER

The folder `kim` of SOURCES has custom_nodes/zdx_comfyui; what it takes from a copy of LayerStyle comes from LayerStyle itself."""
from common import *
from upscale import taken
import copy
import importlib
from typing import Any, List, Mapping, Sequence, Union

import cv2
import scipy.ndimage
import torch.nn.functional as F
import torchvision.transforms.functional as TF
from PIL import Image, ImageDraw, ImageFilter

import layerstyle
space = dict(torch=torch, np=np, cv2=cv2, F=F, TF=TF, Image=Image, ImageDraw=ImageDraw, ImageFilter=ImageFilter, scipy=scipy, copy=copy, Union=Union, List=List, Any=Any, Mapping=Mapping, Sequence=Sequence, MAX_RESOLUTION=8096)
layers = {
    "CropByMaskV2": "crop_by_mask_v2",
    "RestoreCropBox": "restore_crop_box",
    "ImageScaleByAspectRatioV2": "image_scale_by_aspect_ratio_v2",
    "ImageScaleRestore": "image_scale_restore",
    "ImageScaleRestoreV2": "image_scale_restore_v2",
    "CropBoxResolve": "crop_box_resolve",
}
for name, file in layers.items():
    space[name] = getattr(importlib.import_module("py." + file), name)
folder = SOURCES + "kim/custom_nodes/zdx_comfyui/"
areas = taken(folder + "imagecreatemask.py", ["tensor2pil", "pil2tensor", "tensor2mask", "EmptyImagePro", "MaskAreaReColor"], dict(space))
found = taken(folder + "mask.py", ["tensor2pil", "kjtensor2pil", "kjpil2tensor", "ImageMaskPad", "MaskAdd", "MaskSubtraction", "GrowMaskWithBlur", "MaskExpand", "GrowMaskEdgeBlur", "MaskSolidArea"], dict(space))
found["pil2tensor"] = found["kjpil2tensor"]
given = dict(space, **{k: found[k] for k in ("ImageMaskPad", "MaskAdd", "GrowMaskWithBlur")})
focus = taken(folder + "focus_crop_match.py", ["tensor2pil", "get_value_at_index", "FocusCrop", "FocusCropUltra", "FocusCropRestoreUltra"], given)
rng = np.random.RandomState(12)
calls = []


def blob(r, h, w, b):
    """A mask of one spot."""
    top, left = int(r.randint(0, h - 6)), int(r.randint(0, w - 6))
    m = np.zeros((b, h, w), np.float32)
    m[:, top : top + int(r.randint(3, 12)), left : left + int(r.randint(3, 12))] = 1
    return m


whole = lambda low, high: (lambda r, *_: int(r.randint(low, high + 1)))
part = lambda high: (lambda r, *_: round(float(r.uniform(0, high)), 2))
keep = {name: part(0.8) for name in ("up_keep", "down_keep", "left_keep", "right_keep")}
for ratio in ("original", "1:1"):
    over = dict(keep, crop_ratio=[ratio], aspect_ratio=["original", "original", "1:1", "3:4"], scale_to_length=whole(16, 70), round_to_multiple=["8", "16", "None"], background_color=["#000000", "#c83c28"], expand=whole(-2, 3), blur_radius=[0.0, 0.0, 1.5, 3.0])
    over["mask"] = blob
    over["all_mask"] = lambda r, h, w, b: blob(r, h, w, b) if r.rand() < 0.3 else None
    made = record(focus["FocusCropUltra"], "FocusCropUltra", "Zdx", 14, len(calls) + 5, over, batch=(1,), size=(24, 60), channels=(3,))
    for one in made:
        info = one["res"][6]
        one["res"] = list(one["res"][:6]) + [None]
        one["res"][2] = [int(v) for v in one["res"][2]] if one["res"][2] is not None else None
        calls.append(one)
        # and back, after the picture has changed
        changed = (1 - one["res"][3].numpy()).astype(np.float32)
        background = one["inputs"]["image"]
        params = dict(invert_mask=False, expand=int(rng.randint(-1, 3)), blur_radius=float(rng.choice([0, 2])), fill_holes=False)
        inputs = dict(background_image=background, croped_image=changed)
        if rng.rand() < 0.8:
            inputs["croped_mask"] = one["res"][4].numpy().astype(np.float32)
        cls = focus["FocusCropRestoreUltra"]
        with contextlib.redirect_stdout(io.StringIO()):
            try:
                res = cls().restore_crop_box(info=info, **params, **{k: torch.from_numpy(v.copy()) for k, v in inputs.items()})
            except Exception as error:
                continue
        calls.append(dict(pack="Zdx", node="FocusCropRestoreUltra", params=params, inputs=inputs, res=res, types=cls.RETURN_TYPES, lists=None, follows=dict(info=6)))
over = dict(radius=whole(0, 9), up_ratio=part(1), down_ratio=part(1), horizontal_ratio=part(1), fade_ratio=part(1), mask=blob)
calls += record(found["MaskSolidArea"], "MaskSolidArea", "Zdx", 14, 3, over, size=(12, 40))
over = dict(expand=whole(-3, 5), incremental_expandrate=[0.0, 0.5], fill_holes=[False], blur_radius=[0.0, 1.0, 2.5], lerp_alpha=[1.0, 1.0, 0.6], decay_factor=[1.0, 1.0, 0.8])
calls += record(found["GrowMaskEdgeBlur"], "GrowMaskEdgeBlur", "Zdx", 12, 4, over)
calls += record(areas["EmptyImagePro"], "EmptyImagePro", "Zdx", 5, 5, dict(batch_size=whole(1, 3), color=["255,255,255", "12, 200,7", "red", "1,2"]))
calls += record(areas["MaskAreaReColor"], "MaskAreaReColor", "Zdx", 8, 6, dict(color=["255,255,255", "12, 200,7"]), batch=(1, 2))
save(sys.argv[1], calls)
