"""Nodes of small packs, and those for pictures of larger ones: python3 small.py COUNT FOLDER

Where a class is alone in a file that imports models, its text is taken out of the file. Mask Contour's file is comfyui_cfaceswap's."""
from common import *
import math
import re

import cv2
import torch.nn.functional as F
import torchvision
import torchvision.transforms as T
import yaml
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps
from scipy import ndimage

N, out = int(sys.argv[1]), sys.argv[2]
calls = []


def lanczos(samples, width, height):
    images = [Image.fromarray(np.clip(255.0 * i.movedim(0, -1).cpu().numpy(), 0, 255).astype(np.uint8)) for i in samples]
    images = [i.resize((width, height), resample=Image.Resampling.LANCZOS) for i in images]
    return torch.stack([torch.from_numpy(np.array(i).astype(np.float32) / 255.0).movedim(-1, 0) for i in images])


def common_upscale(samples, width, height, upscale_method, crop):
    s = samples
    if crop == "center":
        ow, oh = s.shape[-1], s.shape[-2]
        x = round((ow - ow * (width / height / (ow / oh))) / 2) if ow / oh > width / height else 0
        y = round((oh - oh * (ow / oh / (width / height))) / 2) if ow / oh < width / height else 0
        s = s.narrow(-2, y, oh - y * 2).narrow(-1, x, ow - x * 2)
    if upscale_method == "lanczos":
        return lanczos(s, width, height)
    return F.interpolate(s, size=(height, width), mode=upscale_method)


def composite(destination, source, x, y, mask=None, multiplier=1, resize_source=False):
    source = F.interpolate(source, size=(destination.shape[2], destination.shape[3]), mode="bilinear") if resize_source else source
    source = source.repeat(math.ceil(destination.shape[0] / source.shape[0]), 1, 1, 1)[: destination.shape[0]]
    mask = F.interpolate(mask.reshape((-1, 1, *mask.shape[-2:])), size=(source.shape[2], source.shape[3]), mode="bilinear")
    mask = mask.repeat(math.ceil(source.shape[0] / mask.shape[0]), 1, 1, 1)[: source.shape[0]]
    return mask * source + (torch.ones_like(mask) - mask) * destination


class ImageCompositeMasked:
    def composite(self, *a):
        raise NotImplementedError

    @classmethod
    def execute(cls, destination, source, x, y, resize_source, mask=None):
        return (composite(destination.clone().movedim(-1, 1), source.movedim(-1, 1), x, y, mask, 1, resize_source).movedim(1, -1),)


stand_in("comfy", "comfy.utils", "comfy.model_management", "folder_paths", "nodes", "server", "aiohttp", "aiohttp.web")
sys.modules["comfy.utils"].common_upscale = common_upscale
sys.modules["comfy"].utils = sys.modules["comfy.utils"]
common = dict(torch=torch, np=np, cv2=cv2, F=F, T=T, math=math, os=os, re=re, Image=Image, ImageDraw=ImageDraw, ImageFilter=ImageFilter)
common.update(ImageOps=ImageOps, ImageChops=ImageChops, ndimage=ndimage, torchvision=torchvision, comfy=sys.modules["comfy"])
common.update(common_upscale=common_upscale, MAX_RESOLUTION=16384, ImageCompositeMasked=ImageCompositeMasked)


def taken(file, *names, **more):
    text = open(SOURCES + file, encoding="utf8").read()
    given = dict(common, **more)
    for name in names:
        found = re.search(r"^(?:class|def) %s\b.*?(?=^class |^def |^#|^@|^NODE|\Z)" % name, text, re.M | re.S)
        exec(found.group(0), given)
    return given


def add(node, cls, over={}, near=0, count=N, seed=1, **more):
    made = record(cls, node, "Small", count, seed, over, **more)
    for one in made:
        if near:
            one["near"] = near
    calls.extend(made)


# ACE++, with the resize that this torchvision lacks
class Exact:
    class InterpolationMode:
        BILINEAR, NEAREST_EXACT = T.InterpolationMode.BILINEAR, "nearest-exact"

    def __getattr__(self, name):
        return getattr(T, name)

    @staticmethod
    def Resize(size, interpolation, antialias):
        if interpolation != "nearest-exact":
            return T.Resize(size, interpolation=interpolation, antialias=antialias)
        return lambda one: F.interpolate(one.unsqueeze(0), size=size, mode="nearest-exact").squeeze(0)




ace = "ali-vilab+ACE_plus/workflow/ComfyUI-ACE_Plus/ace_plus_fft_node.py"
for name in ("AcePlusLoraProcessor", "AcePlusFFTProcessor"):
    given = taken(ace, name, yaml=yaml, SCEPTER=False, T=Exact())
    given["__file__"] = SOURCES + ace
    over = dict(height=[32, 48, 64], width=[32, 48, 80])
    over.update(task_type=["repainting", "no_preprocess"], keep_pixels_rate=[0.8, 0.3, 1.0, 0.55], max_seq_length=[4, 8, 1024])
    add(name.replace("Ace", "ACE"), given[name], over, 3e-6, batch=(1,), size=(17, 40))

add("CV2InpaintTexture", taken("kijai+ComfyUI-Hunyuan3DWrapper/nodes.py", "CV2InpaintTexture")["CV2InpaintTexture"], dict(inpaint_radius=(1, 6)), batch=(1,), size=(8, 24))

given = taken("jags111+efficiency-nodes-comfyui/tsc_utils.py", "tensor2pil", "pil2tensor")
eff = taken("jags111+efficiency-nodes-comfyui/efficiency_nodes.py", "TSC_ImageOverlay", tensor2pil=given["tensor2pil"], pil2tensor=given["pil2tensor"], warning=str)
over = dict(rescale_factor=(0.4, 1.7), width=(1, 30), height=(1, 30), x_offset=(0, 14), y_offset=(0, 14), rotation=[0, 0, 90, 180, -90, 30, -37, 145])
over.update(opacity=(0.0, 60.0), optional_mask=lambda r, h, w, b: noise(r, r.randint(6, 20), r.randint(6, 20), None, r.randint(4))[None] if r.rand() < 0.6 else None)
over["overlay_image"] = lambda r, h, w, b: noise(r, r.randint(6, 20), r.randint(6, 20), [3, 4][r.randint(2)], r.randint(4))[None]
add("Image Overlay", eff["TSC_ImageOverlay"], over, channels=(3, 3, 4), size=(9, 30), count=2 * N)

sys.path.insert(0, SOURCES + "Nourepide+ComfyUI-Allor")
import torchvision.transforms as allor

torch.Tensor.tensor_to_image = lambda self: allor.ToPILImage()(self.permute(2, 0, 1))
Image.Image.image_to_tensor = lambda self: allor.ToTensor()(self).permute(1, 2, 0)
import glob

[file] = [f for f in glob.glob(SOURCES + "Nourepide+ComfyUI-Allor/**/*.py", recursive=True) if "class ImageCompositeRelative:" in open(f, encoding="utf8").read()]
given = taken(file[len(SOURCES):], "ImageCompositeAbsolute", "ImageCompositeRelative", ImageF=Image)
part = lambda r, h, w, b: round(float(r.rand()), 2)
over = {name: part for name in ("images_a_x", "images_a_y", "images_b_x", "images_b_y")}
over["images_b"] = lambda r, h, w, b: np.stack([noise(r, r.randint(6, 12), r.randint(6, 12), 4, 0)] * b)
add("ImageCompositeRelative", given["ImageCompositeRelative"], over, channels=(3, 4), size=(9, 16))

paste = taken("chenyan4+Kim-comfyui_workflows_nodes_app-router/custom_nodes/Cheny_custom_nodes/image_center_paste.py", "tensor2pil", "pil2tensor", "mask2tensor", "Image_center_paste")
over = dict(ratio=(0.2, 0.8), x_ratio=(0.01, 1.0), y_ratio=(0.01, 1.0))
over["back_image"] = lambda r, h, w, b: noise(r, r.randint(20, 40), r.randint(20, 40), [3, 4][r.randint(2)], 0)[None]
add("Image_center_paste", paste["Image_center_paste"], over, channels=(3, 4), batch=(1,), size=(9, 24))

side = lambda low, high: (lambda r, h, w, b: int(r.randint(low, high)))
over = dict(max_width=side(8, 40), max_height=side(8, 40), min_width=side(0, 20), min_height=side(0, 20))
add("ConstrainImage|pysssss", taken("pythongosssss+ComfyUI-Custom-Scripts/py/constrain_image.py", "ConstrainImage")["ConstrainImage"], over, channels=(3, 4), size=(9, 30))
over = dict(width=side(16, 40), height=side(16, 40), mask_blur_radius=side(0, 8))
add("ImageAndMaskResizeNode", taken("CY-CHENYUE+ComfyUI-InpaintEasy/image_and_mask_resize.py", "ImageAndMaskResizeNode")["ImageAndMaskResizeNode"], over, 3e-6, size=(12, 30))
easy = taken("yolain+ComfyUI-Easy-Use/py/libs/image.py", "tensor2pil", "pil2tensor")
libs = sys.modules.setdefault("easylibs", types.ModuleType("easylibs"))
text = open(SOURCES + "yolain+ComfyUI-Easy-Use/py/nodes/deprecated.py", encoding="utf8").read().replace("from ..libs.image import", "from easylibs import")
libs.tensor2pil, libs.pil2tensor = easy["tensor2pil"], easy["pil2tensor"]
given = dict(common)
exec(re.search(r"^class imageToMask\b.*?(?=^class |^#)", text, re.M | re.S).group(0), given)
add("easy imageToMask", given["imageToMask"], channels=(3, 4), batch=(1,), count=4)

if os.path.exists(SOURCES + "cfaceswap/nodes.py"):
    add("Mask Contour", taken("cfaceswap/nodes.py", "MaskContour")["MaskContour"], batch=(1,), size=(8, 24), count=2 * N)
res = {}
for file in glob.glob(SOURCES + "ClownsharkBatwing+RES4LYF/**/*.py", recursive=True):
    text = open(file, encoding="utf8").read()
    for name in ("get_edge_mask", "MaskEdge"):
        found = re.search(r"^(?:class|def) %s\b.*?(?=^class |^def |^#|^@|\Z)" % name, text, re.M | re.S)
        if found and name not in res:
            res[name] = found.group(0).replace(".to('cuda')", "")
given = dict(common, fp_and=torch.minimum, fp_or=torch.maximum)
for name in ("get_edge_mask", "MaskEdge"):
    exec(res[name], given)
add("MaskEdge", given["MaskEdge"], dict(dilation=(-3, 40), internal=[1.0, 0.5, 0.0, -1.0, 2.0], external=[1.0, 0.5, 0.0, 1.5]), batch=(1,), size=(9, 30))

# RyanOnTheInside
ryan = "ryanontheinside+ComfyUI_RyanOnTheInside/nodes/"
progress = type("ProgressMixin", (), dict(start_progress=lambda *a, **k: None, update_progress=lambda *a: None, end_progress=lambda *a: None))
given = taken(ryan + "masks/mask_utility_nodes.py", "AdvancedLuminanceMask", "_mfc", _category="", ProgressMixin=progress)
over = dict(luminance_threshold=(0.02, 0.9), glow_radius=(0, 6), background_samples=(2, 8), denoise_strength=[0.0, 0.3, 0.3, 0.5, 0.1])
add("AdvancedLuminanceMask", given["AdvancedLuminanceMask"], over, 1e-5, size=(9, 30))
add("_mfc", given["_mfc"], dict(threshold=(0, 127)), channels=(3,), count=6)
interval = taken(ryan + "utility_nodes.py", "ImageIntervalSelect", BatchUtilityNode=object)
add("ImageInterval", interval["ImageIntervalSelect"], dict(interval=(1, 3), start_at=(0, 4), end_at=(0, 5)), batch=(1, 3, 5), size=(3, 5), count=8)

# RMBG
rmbg = "1038lab+ComfyUI-RMBG/py/"
tools = taken(rmbg + "AILab_utils.py", "tensor2pil", "pil2tensor", "blend_overlay", "empty_image", "color_format")
base = type("AILab_PreviewBase", (), dict(__init__=lambda self: None, save_image=lambda self, *a: {}))
names = ["AILab_MaskOverlay", "AILab_MaskEnhancer", "AILab_MaskCombiner", "AILab_ImageCombiner", "AILab_CropObject"]
given = taken(rmbg + "AILab_ImageMaskTools.py", *names, **{k: tools[k] for k in ("tensor2pil", "pil2tensor", "blend_overlay", "empty_image")}, AILab_PreviewBase=base, random=__import__("random"))
colors = ["#0000FF", "#c83c28", "#40C090"]
add("AILab_MaskOverlay", given["AILab_MaskOverlay"], dict(mask_color=colors), 1e-6, channels=(3, 4), size=(6, 14))
add("AILab_MaskEnhancer", given["AILab_MaskEnhancer"], dict(mask_blur=(0, 6), mask_offset=(-4, 4), smooth=[0.0, 0.0, 1.0, 2.5, 4.0]), size=(9, 30), count=2 * N)
add("AILab_MaskCombiner", given["AILab_MaskCombiner"], dict(mask_3=lambda r, h, w, b: noise(r, h + 3, w + 2, None, 0)[None] if r.rand() < 0.5 else None), batch=(1, 2), size=(6, 14))
over = dict(foreground_scale=[1.0, 1.0, 0.5, 1.4])
over["background"] = lambda r, h, w, b: np.stack([noise(r, 22, 27, [3, 3, 4][h % 3], 0) for _ in range(b)])
add("AILab_ImageCombiner", given["AILab_ImageCombiner"], over, channels=(3, 3, 4), size=(9, 24), count=2 * N)
add("AILab_CropObject", given["AILab_CropObject"], dict(padding=(0, 6)), channels=(3, 4), batch=(1,), size=(9, 20))
given = taken(rmbg + "AILab_ColorToMask.py", "color_format", "hex_to_rgb", "validate_image_data", "compute_color_distances", "AILab_ColorToMask", ProgressBar=lambda n: type("P", (), dict(update=lambda self, n: None))())
add("AILab_ColorToMask", given["AILab_ColorToMask"], dict(mask_color=["#808080", "#fff", "c83c28"], threshold=(0, 255)), channels=(3,), size=(9, 20))

# Comfyroll
cr = "Suzie1+ComfyUI_Comfyroll_CustomNodes/"
config = taken(cr + "config.py")
exec(open(SOURCES + cr + "config.py").read().split("iso_sizes")[0], config)
functions = taken(cr + "nodes/functions_graphics.py", "tensor2pil", "pil2tensor", "combine_images", "apply_outline_and_border", "get_color_values", "hex_to_rgb")
shared = {k: functions[k] for k in ("tensor2pil", "pil2tensor", "combine_images", "apply_outline_and_border", "get_color_values")}
icons = dict(icons={}, COLORS=config["COLORS"], color_mapping=config["color_mapping"])
[file] = [f for f in glob.glob(SOURCES + cr + "nodes/*.py") if "class CR_VignetteFilter" in open(f, encoding="utf8").read()]
given = taken(file[len(SOURCES):], "CR_VignetteFilter", **shared, **icons)
add("CR Vignette Filter", given["CR_VignetteFilter"], dict(feather_amount=(0, 12), x_offset=(-6, 6), y_offset=(-6, 6), zoom=(0.1, 1.6)), channels=(3, 4), size=(12, 34), count=3 * N)
given = taken(cr + "nodes/nodes_graphics_layout.py", "CR_ImagePanel", "CR_ColorPanel", **shared, **icons)
add("CR Image Panel", given["CR_ImagePanel"], dict(border_thickness=(0, 4), outline_thickness=(0, 4), border_color_hex=["#c83c28", "#000000"]), batch=(1,), channels=(3, 4), size=(4, 9))
add("CR Color Panel", given["CR_ColorPanel"], dict(panel_width=(1, 9), panel_height=(1, 9), fill_color_hex=["#0066cc", "#FFFFFF"]), count=6)

# ComfyUI, WAS and KJNodes
given = taken("comfyanonymous+ComfyUI/comfy_extras/nodes_post_processing.py", "Blend")
over = dict(image2=lambda r, h, w, b: np.stack([noise(r, *([h, w] if r.rand() < 0.5 else [h + 3, w + 1]), 3, 0)] * b))
add("ImageBlend", given["Blend"], over, 3e-6, size=(6, 14), count=2 * N)
was = taken("WASasquatch+was-node-suite-comfyui/WAS_Node_Suite.py", "tensor2pil", "pil2tensor", "WAS_Image_Rescale", "WAS_Lucy_Sharpen")
add("Image Resize", was["WAS_Image_Rescale"], dict(rescale_factor=(0.4, 2.4), resize_width=(1, 30), resize_height=(1, 30)), channels=(3, 4), size=(6, 16))
add("Image Lucy Sharpen", was["WAS_Lucy_Sharpen"], dict(iterations=(1, 4), kernel_size=(1, 5)), 1.01 / 255, channels=(3, 4), size=(6, 16))
kj = taken("kijai+ComfyUI-KJNodes/nodes/image_nodes.py", "ReverseImageBatch", "ImageBatchRepeatInterleaving")
add("ReverseImageBatch", kj["ReverseImageBatch"], batch=(1, 3), size=(3, 5), count=3)
add("ImageBatchRepeatInterleaving", kj["ImageBatchRepeatInterleaving"], dict(repeats=(1, 3)), batch=(1, 2), size=(3, 5), count=6)
boxes = taken("kijai+ComfyUI-KJNodes/utility/utility.py", "normalize_bboxes", List=__import__("typing").List, Union=__import__("typing").Union)
box = lambda r, h, w, b: [[int(r.randint(0, w)), int(r.randint(0, h)), int(r.randint(1, w)), int(r.randint(1, h))] for _ in range(b)]
given = taken("kijai+ComfyUI-KJNodes/nodes/batchcrop_nodes.py", "BboxVisualize", normalize_bboxes=boxes["normalize_bboxes"], BBOX_TYPES="BBOX")
add("BboxVisualize", given["BboxVisualize"], dict(bboxes=box, line_width=(1, 4)), size=(9, 20))

padded = taken("kijai+ComfyUI-KJNodes/nodes/image_nodes.py", "ImagePadForOutpaintMasked", logging=__import__("logging"))
over = dict(left=(0, 5), top=(0, 5), right=(0, 5), bottom=(0, 5), feathering=(0, 4))
over["mask"] = lambda r, h, w, b: [None, np.zeros((b, h, w), np.float32), noise(r, h, w, None, 0)[None]][r.randint(3)]
add("ImagePadForOutpaintMasked", padded["ImagePadForOutpaintMasked"], over, size=(9, 14), count=2 * N)

# LayerStyle
layer = "chflame163+ComfyUI_LayerStyle/py/"
text = open(SOURCES + layer + "imagefunc.py", encoding="utf8").read()
tools = dict(common, log=lambda *a, **k: None, __file__=SOURCES + layer + "imagefunc.py")
for name in ("tensor2pil", "pil2tensor", "image2mask", "load_custom_size"):
    exec(re.search(r"^def %s\b.*?(?=^def |^class |^#)" % name, text, re.M | re.S).group(0), tools)
for file, name, cls in (("image_scale_restore", "ImageScaleRestore", "ImageScaleRestore"), ("image_scale_restore_v2", "ImageScaleRestore V2", "ImageScaleRestoreV2")):
    given = dict(tools)
    exec(open(SOURCES + layer + file + ".py", encoding="utf8").read().replace("from .imagefunc", "# "), given)
    over = dict(scale=(0.3, 2.2), longest_side=(5, 30), scale_by_length=(5, 30), original_size=[None, None, [12, 9]])
    it = given[cls].INPUT_TYPES()["required"]
    if "V2" in cls:
        over["scale_by"] = ["by_scale", "longest", "shortest", "width", "height"]
    add("LayerUtility: " + name, given[cls], {k: v for k, v in over.items() if k in it or k == "original_size"}, channels=(3, 4), size=(6, 16))
given = dict(tools, AnyType=str)
exec(open(SOURCES + layer + "color_image_v2.py", encoding="utf8").read().replace("from .imagefunc", "# "), given)
over = dict(size=["custom"], custom_width=(4, 9), custom_height=(4, 9), color=["#F284F0", "#fff"], size_as=lambda r, h, w, b: noise(r, h, w, 3, 0)[None] if r.rand() < 0.5 else None)
add("LayerUtility: ColorImage V2", given["ColorImageV2"], over, size=(4, 9), count=4)
given = dict(tools)
exec(open(SOURCES + layer + "color_image.py", encoding="utf8").read().replace("from .imagefunc", "# "), given)
add("LayerUtility: ColorImage", given["ColorImage"], dict(width=(4, 9), height=(4, 9), color=["#F284F0"]), count=2)
given = dict(tools)
exec(open(SOURCES + layer + "crop_box_resolve.py", encoding="utf8").read(), given)
add("LayerUtility: CropBoxResolve", given["CropBoxResolve"], dict(crop_box=[[1, 2, 9, 7], [3, 0, 4, 12]]), count=2)

# plain values
values = dict(common)
exec(open(SOURCES + "ckinpdx+ComfyUI-LTXDimensionCalculator/nodes.py", encoding="utf8").read().split("if _HAS_SERVER")[0], values)
add("LTXDimensionCalculator", values["LTXDimensionCalculator"], dict(resolution=["2368x1344", "1089x1920", "896x512"]), count=3)
given = taken("Smirnov75+ComfyUI-mxToolkit/mxtoolkit.py", "mxSlider", any="*")
add("mxSlider", given["mxSlider"], dict(Xf=(0.0, 9.0)), count=4)
for value in (0, -3, 255):
    calls.append(dict(pack="Small", node="Int to float", params=dict(Value=value), inputs={}, res=(float(value),), types=("FLOAT",), lists=None))

for value in ("2.5", "0"):
    params = dict(name="a", type="number", default=value)
    calls.append(dict(pack="Small", node="ETN_Parameter", params=params, inputs={}, res=(float(value),), types=("FLOAT",), lists=None))

save(out, calls)
