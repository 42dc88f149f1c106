"""Single nodes of ArtVenture, Allor, Derfuu, segment anything and mixlab: python3 steps.py FOLDER"""
from common import *
from upscale import taken
import glob
import math
import re

from PIL import Image, ImageFilter

calls = []
space = dict(torch=torch, np=np, math=math, Image=Image, ImageFilter=ImageFilter)
art = taken(SOURCES + "sipherxyz+comfyui-art-venture/modules/utility_nodes.py", ["UtilImageGaussianBlur", "UtilSDXLAspectRatioSelector"], dict(space))
art["tensor2pil"] = lambda image: Image.fromarray(np.clip(255.0 * image.numpy().squeeze(), 0, 255).astype(np.uint8))
art["pil2tensor"] = lambda image: torch.from_numpy(np.array(image).astype(np.float32) / 255.0).unsqueeze(0)
calls += record(art["UtilImageGaussianBlur"], "ImageGaussianBlur", "Steps", 6, 1, dict(radius=(1, 8)), channels=(3, 4))
for ratio in art["UtilSDXLAspectRatioSelector"].INPUT_TYPES()["required"]["aspect_ratio"][0]:
    calls += record(art["UtilSDXLAspectRatioSelector"], "SDXLAspectRatioSelector", "Steps", 1, 2, dict(aspect_ratio=[ratio]))
[file] = [f for f in glob.glob(SOURCES + "Nourepide+ComfyUI-Allor/**/*.py", recursive=True) if "class AlphaChanelRemove" in open(f, encoding="utf8").read()]
calls += record(taken(file, ["AlphaChanelRemove"], dict(space))["AlphaChanelRemove"], "AlphaChanelRemove", "Steps", 4, 3, channels=(3, 4))
folder = SOURCES + "shadowcz007+comfyui-mixlab-nodes/nodes/"
values = taken(folder + "Utils.py", ["IntNumber", "TextInput"], dict(space))
whole = lambda low, high: (lambda r, *_: int(r.randint(low, high + 1)))
calls += record(values["IntNumber"], "IntNumber", "Steps", 8, 4, dict(number=whole(-1, 12), min_value=whole(-3, 6), max_value=whole(0, 9)))
mixlab = taken(folder + "ImageNode.py", ["tensor2pil", "pil2tensor", "resize_2", "resize_image", "split_mask_by_new_height", "naive_cutout", "GetImageSize_"], dict(space))
calls += record(mixlab["GetImageSize_"], "GetImageSize_", "Steps", 8, 5, dict(min_width=whole(1, 60)), batch=(1,))
# what is written to a file is left out
text = open(folder + "ImageNode.py", encoding="utf8").read()
body = re.search(r"^def doMask.*?(?=^def |^class |^#)", text, re.M | re.S).group(0)
kept = re.search(r"    image=tensor2pil\(image\).*?(?=\n    # format)", body, re.S).group(0)
exec("def doMask(image,mask,save_image=False,filename_prefix='',invert='yes',save_mask=False,prompt=None,extra_pnginfo=None):\n%s\n    return dict(result=[],image_path='',im_tensor=pil2tensor(im.convert('RGB')),im_rgba_tensor=pil2tensor(im))" % kept, mixlab)
cut = taken(folder + "ImageNode.py", ["TransparentImage"], mixlab)["TransparentImage"]
made = record(cut, "TransparentImage", "Steps", 8, 6, dict(save=["no"], filename_prefix=["a"]), channels=(3, 4), batch=(1, 2))
for one in made:
    paths, pictures, cuts = one["res"]["result"]
    one["res"] = (paths, pictures, cuts)
    one["types"], one["lists"] = ("STRING", "IMAGE", "IMAGE"), (False, True, True)
calls += made
# pilgram asks for a Pillow that evaluates functions
from PIL import ImageMath, ImageOps


def lambda_eval(make, **images):
    made = make({name: ImageMath._Operand(one) for name, one in images.items()})
    return getattr(made, "im", made)


ImageMath.lambda_eval = lambda_eval
sys.path.insert(0, SOURCES + "pilgramrepo")
import pilgram

was = taken(SOURCES + "WASasquatch+was-node-suite-comfyui/WAS_Node_Suite.py", ["tensor2pil", "pil2tensor", "WAS_Image_Blending_Mode"], dict(space, ImageOps=ImageOps, packages=lambda: ["pilgram"]))
blending = was["WAS_Image_Blending_Mode"]
modes = [mode for mode in blending.INPUT_TYPES()["required"]["mode"][0] if mode not in ("color", "hue")]
for i, mode in enumerate(modes):
    calls += record(blending, "Image Blending Mode", "Steps", 4, 50 + i, dict(mode=[mode], blend_percentage=[1.0, 0.35]), channels=(3, 3, 4), batch=(1,), size=(6, 20))
save(sys.argv[1], calls)
