"""In-Context-Lora's pictures beside one another, and LayerStyle's nodes after it: python3 context.py FOLDER"""
from common import *
from upscale import taken
import importlib

import cv2
from PIL import Image

import layerstyle
layer = importlib.import_module("py.ic_mask")
own = taken(SOURCES + "lrzjason+Comfyui-In-Context-Lora-Utils/InContextLoraUtils.py", ["fit_image", "resize", "create_image_from_color", "AddMaskForICLora"], dict(torch=torch, np=np, cv2=cv2, Image=Image))
calls = []
over = dict(output_length=[64, 100], patch_mode=["auto", "patch_right", "patch_bottom"])
spot = lambda r, h, w, b: noise(r, h, w, None, 2)[None] if r.rand() < 0.7 else None
rng = np.random.RandomState(4)
for node, cls, count in (("AddMaskForICLora", own["AddMaskForICLora"], 12), ("LayerUtility: ICMask", layer.LS_ICMask, 9)):
    for i in range(count):
        second = i % 3
        given = dict(over, first_mask=spot, second_image=(lambda r, h, w, b: noise(r, h, w, 3, 0)[None]) if second else (lambda *_: None), second_mask=spot if second else (lambda *_: None))
        made = record(cls, node, "Context", 1, 40 * len(calls) + i, given, batch=(1,), size=(12, 60))
        for one in made:
            one["near"] = 2e-6
            data = one["res"][2]
            calls.append(one)
            if node == "AddMaskForICLora":
                continue
            one["res"] = tuple(one["res"][:2]) + (None,)
            picture = noise(rng, *one["res"][0].shape[1:3], 3, 0)[None]
            back = layer.LS_ICMask_CropBack().crop_back(torch.from_numpy(picture.copy()), data)
            calls.append(dict(pack="Context", node="LayerUtility: ICMaskCropBack", params={}, inputs=dict(image=picture), res=back, types=("IMAGE",), lists=None, follows=dict(icmask_data=2)))
save(sys.argv[1], calls)
