"""Inspire's depths, alphas and grays by a mask, mixlab's composites and lists: python3 various.py FOLDER"""
from common import *
import re
from itertools import product

import cv2
from PIL import Image

rng = np.random.RandomState(11)
calls = []


def classes(file, names, given):
    text = open(SOURCES + file, encoding="utf8").read()
    for name in names:
        exec(re.search(r"^(?:class|def) %s\b.*?(?=^class |^def |^#|^[A-Z]|\Z)" % name, text, re.M | re.S).group(0), given)
    return given


def call(node, given, types, params, inputs, run, lists=None):
    result = run(**params, **{name: torch.from_numpy(one) for name, one in inputs.items()})
    calls.append(dict(pack="Various", node=node, params=params, inputs=inputs, res=result, types=types, lists=lists))


inspire = dict(torch=torch, re=re, np=np, cv2=cv2)
classes("ltdrdata+ComfyUI-Inspire-Pack/inspire/libs/utils.py", ["make_3d_mask", "dilate_mask", "flatten_non_zero_override"], inspire)
inspire["utils"] = type("utils", (), {name: staticmethod(inspire[name]) for name in ("dilate_mask", "flatten_non_zero_override")})
classes("ltdrdata+ComfyUI-Inspire-Pack/inspire/regional_nodes.py", ["color_to_mask", "ColorMaskToDepthMask"], inspire)
for i in range(12):
    height, width = rng.randint(6, 16), rng.randint(6, 16)
    colors = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 0], [0.2, 0.4, 0.6]], np.float32)
    picture = colors[rng.randint(0, 4, (rng.randint(1, 3), height, width))]
    spec = ["#FF0000:1.0\n#000000:1.0", "#FF0000:0.5\n#00FF00:0.25\nno\n#336699:2", "#336699:.5\n#00FF00:0.75"][i % 3]
    params = dict(spec=spec, base_value=float(rng.choice([0, 0.1, 0.5])), dilation=int(rng.choice([0, 1, 2, -1, -2])))
    params["flatten_method"] = ["override", "sum", "max"][(i // 2) % 3]
    call("ColorMaskToDepthMask //Inspire", None, ("MASK",), params, dict(color_mask=picture), inspire["ColorMaskToDepthMask"]().doit)

gray = lambda image, alpha: (image * alpha.unsqueeze(-1) + (1 - alpha.unsqueeze(-1)) * 0.5,)
for b in (1, 2, 3):
    image, alpha = rng.rand(b, 5, 7, 3).astype(np.float32), rng.rand(1 if b == 2 else b, 5, 7).astype(np.float32)
    call("ICLightApplyMaskGrey", None, ("IMAGE",), {}, dict(image=image, alpha=alpha), gray)

mixlab = dict(Image=Image, np=np, torch=torch, product=product, any_type="*")
classes("shadowcz007+comfyui-mixlab-nodes/nodes/ImageNode.py", ["composite_images", "tensor2pil", "pil2tensor", "CompositeImages"], mixlab)
for i, position in enumerate(["overall", "center_center", "left_bottom", "center_bottom", "right_bottom", "left_top", "center_top", "right_top"]):
    over, under = noise(rng, rng.randint(10, 30), rng.randint(10, 30), 3, i % 4)[None], noise(rng, 60, 70, 3, 0)[None]
    mask = noise(rng, *over.shape[1:3], None, i % 4)[None]
    params = dict(position=position, scale=float(rng.choice([0.35, 0.5, 0.8])), is_multiply_blend=False)
    call("CompositeImages_", None, ("IMAGE",), params, dict(foreground=over, mask=mask, background=under), mixlab["CompositeImages"]().run)

save(sys.argv[1], calls)
