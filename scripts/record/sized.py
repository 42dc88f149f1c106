"""Sizes of comfyui-various, Easy-Use, LayerStyle and essentials: python3 sized.py FOLDER"""
from common import *
from upscale import taken
import ast
import math

import torch.nn.functional as TF
import torchvision.transforms.functional as F
from torchvision.transforms import InterpolationMode

rng = np.random.RandomState(40)
calls = []
# classes that are all called _ and named by what registers them
file = SOURCES + "jamesWalker55+comfyui-various/comfyui_image_ops.py"
text = open(file, encoding="utf8").read()
found = {}
for one in ast.parse(text).body:
    names = [call.args[0].value for call in getattr(one, "decorator_list", []) if isinstance(call, ast.Call) and call.args]
    if names and names[0] in ("JWImageResize", "JWMaskResize"):
        one.decorator_list = []
        space = dict(torch=torch, F=F, InterpolationMode=InterpolationMode)
        exec(ast.unparse(one), space)
        found[names[0]] = space["_"]
        found[names[0]].INPUT_TYPES = staticmethod(space["_"].__dict__["INPUT_TYPES"])
for name, cls in found.items():
    for mode in ("bicubic", "bilinear"):
        calls += record(cls, name, "Sized", 3, len(calls), dict(width=(1, 60), height=(1, 60), interpolation_mode=[mode]), channels=(1, 3, 4))
calls += record(taken(SOURCES + "yolain+ComfyUI-Easy-Use/py/nodes/image.py", ["imageSize"], {})["imageSize"], "easy imageSize", "Sized", 2, 1)
stand_in("folder_paths")
cls = taken(SOURCES + "chflame163+ComfyUI_LayerStyle/py/get_image_size.py", ["GetImageSize"], dict(torch=torch, tensor2pil=lambda x: __import__("PIL.Image").Image.fromarray((x[0].numpy() * 255).astype(np.uint8)[:, :, :3])))["GetImageSize"]
calls += record(cls, "LayerUtility: GetImageSize", "Sized", 2, 2)
cls = taken(SOURCES + "chflame163+ComfyUI_LayerStyle/py/data_nodes.py", ["NumberCalculator"], dict(any="*"))["NumberCalculator"]
for operator in cls.INPUT_TYPES()["required"]["operator"][0]:
    for a, b in ((7, 2), (-7.5, 2), (9, 0.5), (3, -2), (0, 4)) + (((5, 0),) if operator in "//" else ()):
        try:
            result = cls().number_calculator_node(a, b, operator)
        except Exception:
            continue
        calls.append(dict(pack="Sized", node="LayerUtility: NumberCalculator", params=dict(a=a, b=b, operator=operator), inputs={}, res=result, types=cls.RETURN_TYPES, lists=None))
cls = taken(SOURCES + "cubiq+ComfyUI_essentials/image.py", ["ImageComposite"], dict(torch=torch, F=TF, MAX_RESOLUTION=16384))["ImageComposite"]
for i in range(14):
    size = rng.randint(4, 12), rng.randint(4, 12)
    inputs = dict(destination=np.stack([noise(rng, 18, 22, 3, 0) for _ in range(1 + i % 3)]), source=np.stack([noise(rng, *size, 3, 0) for _ in range(1 + i % 2)]))
    if i % 4:
        inputs["mask"] = np.stack([noise(rng, *(size if i % 4 < 3 else (7, 9)), None, rng.randint(3)) for _ in range(1 + i % 3 // 2)])
    params = dict(x=int(rng.randint(0, 7)), y=int(rng.randint(0, 5)), offset_x=int(rng.randint(0, 4)), offset_y=int(rng.randint(0, 3)))
    if i > 11:
        params["x"] = -int(rng.randint(14, 20))
    given = {key: torch.from_numpy(one.copy()) for key, one in inputs.items()}
    calls.append(dict(pack="Sized", node="ImageComposite+", params=params, inputs=inputs, res=cls().execute(**given, **params), types=cls.RETURN_TYPES, lists=None))
save(sys.argv[1], calls, near={"JWImageResize": 1e-5, "JWMaskResize": 1e-5, "ImageComposite+": 1e-6})
