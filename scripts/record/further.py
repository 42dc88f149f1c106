"""Nodes of JakeUpgrade, Derfuu, RES4LYF, ergouzi, InpaintEasy, BrushNet, LanPaint, BiRefNet, palant, Inspire, mixlab and others:
python3 further.py FOLDER. SOURCES has ComfyUI's own nodes in `Comfy`."""
from common import *
from upscale import common_upscale, taken
import logging
import math
import random
import re

import cv2
import torch.nn.functional as F
import torchvision.transforms as T
from PIL import Image, ImageEnhance
from scipy.ndimage import distance_transform_edt

rng = np.random.RandomState(21)
calls = []
comfy = types.SimpleNamespace(
    utils=types.SimpleNamespace(common_upscale=common_upscale),
    model_management=types.SimpleNamespace(get_torch_device=lambda: "cpu"),
)
base = dict(torch=torch, np=np, F=F, T=T, math=math, Image=Image, comfy=comfy, common_upscale=common_upscale, logging=logging)
base.update(cv2=cv2, distance_transform_edt=distance_transform_edt, random=random, sys=sys, ImageEnhance=ImageEnhance)
for name in ("Tuple", "Dict", "Any", "Mapping", "List"):
    base[name] = __import__("typing").__dict__[name]


class Icons:
    get = staticmethod(lambda name: name)


def classes(file, names, **more):
    return taken(SOURCES + file, names, {**base, **more})


def picture(batch=1, height=None, width=None, channels=3, kind=None):
    height, width = height or rng.randint(6, 20), width or rng.randint(6, 20)
    return np.stack([noise(rng, height, width, channels, rng.randint(4) if kind is None else kind) for _ in range(batch)])


def mask(batch=1, height=None, width=None, kind=None):
    height, width = height or rng.randint(6, 20), width or rng.randint(6, 20)
    return np.stack([noise(rng, height, width, None, rng.randint(4) if kind is None else kind) for _ in range(batch)])


def plain(value):
    """Numbers of numpy and torch as Python's own, in tuples and lists too."""
    if torch.is_tensor(value):
        return value.tolist() if value.dtype == torch.int32 else value
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    return value.item() if isinstance(value, np.generic) else value


def call(node, cls, params={}, inputs={}, near=0, lists=None, pack="Further", given=None):
    tensor = lambda one: [tensor(each) for each in one] if isinstance(one, list) else torch.from_numpy(one.copy())
    sent = {name: tensor(one) for name, one in inputs.items()}
    with contextlib.redirect_stdout(io.StringIO()):
        result = getattr(cls(), cls.FUNCTION)(**params, **sent, **(given or {}))
    result = result["result"] if isinstance(result, dict) else result
    result = tuple(plain(one) for one in result)
    calls.append(dict(pack=pack, node=node, params={k: plain(v) for k, v in params.items()}, inputs=inputs, res=result, types=cls.RETURN_TYPES, lists=lists, near=near))


def pick(*values):
    return values[rng.randint(len(values))]


METHODS = ["nearest-exact", "bilinear", "area", "bicubic", "lanczos"]
JAKE = "jakechai+ComfyUI-JakeUpgrade/nodes/jake_"
tools = classes(JAKE + "tools.py", ["get_resolution"], RESOLUTION_PRESETS=None)
exec(re.search(r"^RESOLUTION_PRESETS = .*?^}", open(SOURCES + JAKE + "tools.py").read(), re.M | re.S).group(0), tools)
text = open(SOURCES + JAKE + "node_math.py", encoding="utf8").read()
maths = {**base, "icons": Icons}
for name in ("BOOL_UNARY_OPERATIONS", "BOOL_BINARY_OPERATIONS", "INT_UNARY_CONDITIONS", "INT_UNARY_OPERATIONS", "INT_BINARY_OPERATIONS"):
    found = re.search(r"^%s: .*?^}" % name, text, re.M | re.S).group(0)
    exec(re.sub(r"^(\w+): [^=]*=", r"\1 =", found), maths)
names = ["BoolToInt", "IntToBool", "BoolUnaryOperation", "BoolBinaryOperation", "BoolBinaryAnd", "BoolBinaryOR", "IntUnaryOperation", "IntUnaryCondition", "IntBinaryOperation"]
maths = taken(SOURCES + JAKE + "node_math.py", [name + "_JK" for name in names], maths)
for a in (True, False):
    call("CM_BoolToInt JK", maths["BoolToInt_JK"], dict(a=a))
    call("CM_BoolUnaryOperation JK", maths["BoolUnaryOperation_JK"], dict(op="Not", a=a))
    for b in (True, False):
        call("Bool Binary And JK", maths["BoolBinaryAnd_JK"], dict(a=a, b=b))
        call("Bool Binary OR JK", maths["BoolBinaryOR_JK"], dict(a=a, b=b))
        for op in maths["BOOL_BINARY_OPERATIONS"]:
            call("CM_BoolBinaryOperation JK", maths["BoolBinaryOperation_JK"], dict(op=op, a=a, b=b))
for a in (0, 1, -7, 12):
    call("CM_IntToBool JK", maths["IntToBool_JK"], dict(a=a))
    for op in maths["INT_UNARY_CONDITIONS"]:
        call("CM_IntUnaryCondition JK", maths["IntUnaryCondition_JK"], dict(op=op, a=a))
    for op in maths["INT_UNARY_OPERATIONS"]:
        if op != "Factorial" or a >= 0:
            call("CM_IntUnaryOperation JK", maths["IntUnaryOperation_JK"], dict(op=op, a=a))
    for op in maths["INT_BINARY_OPERATIONS"]:
        call("CM_IntBinaryOperation JK", maths["IntBinaryOperation_JK"], dict(op=op, a=a, b=pick(1, 2, 3, 5)))
switches = classes(JAKE + "node_switch.py", ["CR_Boolean_JK"] + ["CR_%sInputSwitch_JK" % one for one in ("Int", "Float", "Text", "Image", "Mask")], icons=Icons)
for truth in (True, False):
    call("CR Boolean JK", switches["CR_Boolean_JK"], dict(boolean_value=truth))
    call("CR Int Input Switch JK", switches["CR_IntInputSwitch_JK"], dict(boolean_value=truth, int_false=3, int_true=-8))
    call("CR Float Input Switch JK", switches["CR_FloatInputSwitch_JK"], dict(boolean_value=truth, float_false=0.5, float_true=-8.25))
    call("CR Text Input Switch JK", switches["CR_TextInputSwitch_JK"], dict(boolean_value=truth, text_false="a", text_true="b"))
    call("CR Image Input Switch JK", switches["CR_ImageInputSwitch_JK"], dict(boolean_value=truth), dict(image_false=picture(), image_true=picture()))
    call("CR Image Input Switch JK", switches["CR_ImageInputSwitch_JK"], dict(boolean_value=truth), dict(image_false=picture()))
    call("CR Mask Input Switch JK", switches["CR_MaskInputSwitch_JK"], dict(boolean_value=truth), dict(mask_false=mask(), mask_true=mask()))
    call("CR Mask Input Switch JK", switches["CR_MaskInputSwitch_JK"], dict(boolean_value=truth), dict(mask_false=mask()))
misc = classes(JAKE + "node_misc.py", ["CR_AspectRatio_JK", "RemoveInput_JK"], icons=Icons, get_resolution=tools["get_resolution"], any_type="*")
for resolution in misc["CR_AspectRatio_JK"].INPUT_TYPES()["required"]["resolution"][0]:
    call("CR Aspect Ratio JK", misc["CR_AspectRatio_JK"], dict(resolution=resolution, custom_width=640, custom_height=96, swap_dimensions=bool(rng.randint(2))))
call("Remove Input JK", misc["RemoveInput_JK"])
empty = classes(JAKE + "node_mask.py", ["IsMaskEmpty_JK"], icons=Icons)["IsMaskEmpty_JK"]
for one in (mask(kind=0), np.zeros((2, 4, 5), np.float32), np.pad(np.ones((1, 1, 1), np.float32), ((1, 0), (2, 3), (0, 4)))):
    call("Is Mask Empty JK", empty, {}, dict(mask=one))
call("Empty Latent Color JK", classes(JAKE + "node_latent.py", ["EmptyLatentColor_JK"], icons=Icons)["EmptyLatentColor_JK"])
utils = classes(JAKE + "utils.py", ["image_gray_offset", "image_channel_merge", "RGB2RGBA"])
both = dict(
    tensor2pil=lambda t: Image.fromarray(np.clip(255.0 * t.cpu().numpy().squeeze(), 0, 255).astype(np.uint8)),
    pil2tensor=lambda i: torch.from_numpy(np.array(i).astype(np.float32) / 255.0).unsqueeze(0),
)
images = classes(JAKE + "node_image.py", ["ColorGrading_JK", "ImageCropByMaskParams_JK"], icons=Icons, **both, **{k: utils[k] for k in ("image_gray_offset", "image_channel_merge", "RGB2RGBA")})
for i in range(14):
    params = dict(brightness=pick(1, 0.3, 1.7, 2.9), contrast=pick(1, 0, 0.4, 2.3), saturation=pick(1, 0, 0.6, 2.8), R=pick(0, 0, -40, 255), G=pick(0, 30, -255), B=pick(0, 0, 12))
    call("Color Grading JK", images["ColorGrading_JK"], params, dict(image=picture(pick(1, 2), channels=pick(3, 3, 4))))
params = dict(inpaint_crop_and_stitch=True, padding=12, use_image_res=False, use_target_res=True, target_res=768, use_target_mega_pixel=False, target_mega_pixel=1.25)
call("Image Crop by Mask Params JK", images["ImageCropByMaskParams_JK"], params)


class Field:
    def __getattr__(self, name):
        return lambda *a, **k: (a[0] if a else name.upper(), {})


DERFUU = "Derfuu+Derfuu_ComfyUI_ModdedNodes/pyscripts/"
sizes = classes(DERFUU + "components/sizes.py", ["get_image_size"])
derfuu = dict(Field=Field(), scale_methods=METHODS, get_image_size=sizes["get_image_size"], sizes=types.SimpleNamespace(get_image_size=sizes["get_image_size"]), TREE_IMAGES="", TREE_FUNCTIONS="", TREE_VARIABLE="")
side = classes(DERFUU + "Nodes/Modded/Images.py", ["ImageScale_Side"], **derfuu)["ImageScale_Side"]
for i in range(16):
    method = METHODS[i % 5]
    params = dict(side_length=int(rng.randint(3, 30)), side=["Longest", "Shortest", "Width", "Height"][i % 4], upscale_method=method, crop=pick("disabled", "center"))
    call("Image scale to side", side, params, dict(image=picture(pick(1, 2))), near=0 if method in ("nearest-exact", "lanczos") else 2e-6)
call("Get image size", classes(DERFUU + "Nodes/Functions/GetSizes.py", ["GetImageSize"], **derfuu)["GetImageSize"], {}, dict(image=picture()))
for value in (3.0, -2.75, 1080.0):
    call("DF_Integer", classes(DERFUU + "Nodes/Custom/Types.py", ["IntegerNode"], **derfuu)["IntegerNode"], dict(Value=value))
for text in ("12", " -7 ", "1_000", "+3"):
    call("Int", classes("M1kep+ComfyLiterals/nodes.py", ["IntLiteral"])["IntLiteral"], dict(Number=text))
call("SetImageSize", classes("ClownsharkBatwing+RES4LYF/nodes_misc.py", ["SetImageSize"])["SetImageSize"], dict(width=640, height=480))

box = classes("ClownsharkBatwing+RES4LYF/images.py", ["MaskBoundingBoxAspectRatio"])["MaskBoundingBoxAspectRatio"]
for i in range(24):
    height, width = rng.randint(8, 24), rng.randint(8, 24)
    inputs = dict(mask=mask(pick(1, 2), height, width, pick(2, 2, 3, 1)))
    if not inputs["mask"][0].any():
        continue
    fits = i % 4
    if i % 3:
        inputs["image"] = picture(1, height if fits else None, width if fits else None)
    params = dict(padding=pick(0, 2, 5), blur=pick(0, 3, 8), aspect_ratio=pick(1.0, 0.5, 1.75, 3.0), transpose=bool(rng.randint(2)))
    call("Mask Bounding Box Aspect Ratio", box, params, inputs, near=2e-6)

ergouzi = classes("11dogzi+Comfyui-ergouzi-Nodes/nodes/egzzcjnode.py", ["EGTXZZCJNode"], **both)["EGTXZZCJNode"]
for i in range(12):
    height, width = rng.randint(12, 24), rng.randint(12, 24)
    params = dict(Up=pick(0, 2), Down=pick(1, 9), Left=pick(0, 4), Right=pick(1, 40))
    call("ER_TX_ZZCJ", ergouzi, params, dict(original_image=picture(1, height, width, pick(3, 3, 4)), original_mask=mask(1, height, width, 2)))
blur = classes("11dogzi+Comfyui-ergouzi-Nodes/nodes/egzzmhnode.py", ["EGZZBYYHNode"])["EGZZBYYHNode"]
for i in range(10):
    call("EG_ZZ_BYYH", blur, dict(Fuzzy_weight=pick(1, 2, 3, 8, 50, 11), Blur_size=pick(1, 7, 50, 300)), dict(mask=mask()), near=2e-6)

easy = "CY-CHENYUE+ComfyUI-InpaintEasy/"
crop = classes(easy + "crop_by_mask.py", ["CropByMask"])["CropByMask"]
merge = classes(easy + "image_crop_merge.py", ["ImageCropMerge"])["ImageCropMerge"]
for i in range(12):
    height, width = rng.randint(10, 40), rng.randint(10, 40)
    call("CropByMask", crop, dict(padding=pick(0, 3, 8, 64)), dict(image=picture(pick(1, 2), height, width), mask=mask(1, height, width, 2)))
    part = picture(1, channels=3)
    to = dict(crop_x=int(rng.randint(0, 4)), crop_y=int(rng.randint(0, 4)), cropped_original_width=int(rng.randint(1, width - 4)), cropped_original_height=int(rng.randint(1, height - 4)))
    method = METHODS[i % 5]
    call("ImageCropMerge", merge, dict(resize_method=method, **to), dict(cropped_image=part, original_image=picture(pick(1, 2), height, width)), near=0 if method in ("nearest-exact", "lanczos") else 2e-6)

cut = classes("nullquant+ComfyUI-BrushNet/brushnet_nodes.py", ["check_image_mask", "cut_with_mask", "CutForInpaint"])["CutForInpaint"]
for i in range(10):
    height, width, batch = rng.randint(50, 90), rng.randint(50, 90), pick(1, 2, 3)
    spots = np.zeros((pick(1, 2, batch), height, width), np.float32)
    for one in spots:
        x, y = rng.randint(0, width - 12), rng.randint(0, height - 12)
        one[y : y + rng.randint(12), x : x + rng.randint(12)] = pick(1, 1, 0.5)
    small = picture(batch, height, 4)
    inputs = dict(image=np.tile(small, (1, 1, 23, 1))[:, :, :width], mask=spots)
    call("CutForInpaint", cut, dict(width=int(rng.randint(64, 80)), height=int(rng.randint(64, 80))), inputs)

lan = classes("scraed+LanPaint/src/LanPaint/nodes.py", ["gaussian_kernel_2d", "MaskBlend"])["MaskBlend"]
for i in range(10):
    height, width, batch = rng.randint(6, 20), rng.randint(6, 20), pick(1, 2)
    inputs = dict(image1=picture(batch, height, width), image2=picture(pick(1, batch), height, width), mask=mask(pick(1, batch), height, width))
    call("LanPaint_MaskBlend", lan, dict(blend_overlap=pick(1, 3, 9, 15)), inputs, near=2e-6)

birefnet = classes("lldacing+ComfyUI_BiRefNet_ll/util.py", ["tensor_to_pil", "pil_to_tensor", "FB_blur_fusion_foreground_estimator_pil", "FB_blur_fusion_foreground_estimator_pil_2", "refine_foreground_pil", "add_mask_as_alpha"])
birefnet = taken(SOURCES + "lldacing+ComfyUI_BiRefNet_ll/birefnetNode.py", ["BlurFusionForegroundEstimation"], birefnet)["BlurFusionForegroundEstimation"]
for i in range(10):
    height, width, batch = rng.randint(5, 130), rng.randint(5, 130), pick(1, 1, 2)
    params = dict(blur_size=pick(90, 7), blur_size_two=6, fill_color=bool(i % 2), color=int(rng.randint(1 << 24)))
    call("BlurFusionForegroundEstimation", birefnet, params, dict(images=picture(batch, height, width), masks=mask(batch, height, width)))

resize = classes("palant+image-resize-comfyui/image_resize.py", ["ImageResize"])["ImageResize"]
for i in range(30):
    height, width = rng.randint(8, 26), rng.randint(8, 26)
    rule = [dict(smaller_side=16), dict(larger_side=24), dict(scale_factor=pick(0.5, 0.7)), dict()][i % 4]
    mode = "any" if "scale_factor" not in rule else "reduce size only"
    params = dict(action=["resize only", "crop to ratio", "pad to ratio"][i % 3], smaller_side=0, larger_side=0, scale_factor=0.0, resize_mode=pick(mode, mode, "reduce size only"), side_ratio=pick("4:3", "1:2", "16:9"), crop_pad_position=pick(0.5, 0.0, 0.3), pad_feathering=pick(0, 3, 20))
    params.update(rule)
    inputs = dict(pixels=picture(pick(1, 2), height, width, pick(3, 4)))
    if i % 2:
        inputs["mask_optional"] = mask(pick(1, 2), height if i % 4 == 1 else None, width if i % 4 == 1 else None)
    call("ImageResize", resize, params, inputs, near=5e-6)

size = classes("ltdrdata+ComfyUI-Inspire-Pack/inspire/image_util.py", ["ChangeImageBatchSize"])["ChangeImageBatchSize"]
for count in (1, 2, 5):
    call("ChangeImageBatchSize //Inspire", size, dict(batch_size=count, mode="simple"), dict(image=picture(2)))
target = classes("ryanontheinside+ComfyUI_RyanOnTheInside/nodes/images/image_utility_nodes.py", ["ImageScaleToTarget"], ImageUtilityNode=object)["ImageScaleToTarget"]
for i, method in enumerate(METHODS * 2):
    call("ImageScaleToTarget", target, dict(upscale_method=method, crop=["disabled", "center"][i // 5]), dict(image=picture(), target_image=picture(2)), near=0 if method in ("nearest-exact", "lanczos") else 2e-6)
quick = classes("ryanontheinside+ComfyUI_RealtimeNodes/node_wrappers/utils/misc_nodes.py", ["QuickShapeMask"])["QuickShapeMask"]
for i in range(12):
    params = dict(shape=["circle", "square"][i % 2], width=int(rng.randint(1, 30)), height=int(rng.randint(1, 30)), x=int(rng.randint(40)), y=int(rng.randint(40)), canvas_width=int(rng.randint(1, 40)), canvas_height=int(rng.randint(1, 40)), batch_size=pick(1, 3))
    call("QuickShapeMask", quick, params)

replace = classes("kijai+ComfyUI-KJNodes/nodes/image_nodes.py", ["ReplaceImagesInBatch"])
for i in range(8):
    side = rng.randint(6, 12)
    inputs = {}
    if i % 3 != 1:
        inputs.update(original_images=picture(4, side, side), replacement_images=picture(pick(1, 2), side if i % 2 else None, None if i % 2 == 0 else side))
    if i % 3 != 2:
        inputs.update(original_masks=mask(4, side, side), replacement_masks=mask(1, side if i % 2 else None, side if i % 2 else None))
    call("ReplaceImagesInBatch", replace["ReplaceImagesInBatch"], dict(start_index=pick(0, 1, 2)), inputs)

essentials = classes("cubiq+ComfyUI_essentials/utils.py", ["min_", "max_"])
essentials = taken(SOURCES + "cubiq+ComfyUI_essentials/image.py", ["GetImageSize", "ImageCAS"], essentials)
call("GetImageSize+", essentials["GetImageSize"], {}, dict(image=picture(2)))
for amount in (0.0, 0.1, 0.25, 0.8, 1.0, 0.55):
    call("ImageCASharpening+", essentials["ImageCAS"], dict(amount=amount), dict(image=picture(pick(1, 2), channels=pick(3, 4))), near=2e-6)

stitch = classes("Comfy/nodes_images.py", ["ImageStitch"])["ImageStitch"]
for i in range(28):
    params = dict(direction=["right", "down", "left", "up"][i % 4], match_image_size=bool((i // 4) % 2), spacing_width=pick(0, 1, 4), spacing_color=pick("white", "black", "red", "green", "blue"))
    inputs = dict(image1=picture(pick(1, 2), channels=pick(3, 3, 4)), image2=picture(pick(1, 3), channels=pick(3, 3, 4)))
    call("ImageStitch", stitch, params, inputs if i else dict(image1=inputs["image1"]))

was = classes("WASasquatch+was-node-suite-comfyui/WAS_Node_Suite.py", ["tensor2pil", "pil2tensor", "WAS_Image_Blank", "WAS_Image_Crop_Location", "WAS_Images_To_RGB", "WAS_Image_Levels"])
for width, height in ((64, 24), (37, 71), (8, 15)):
    call("Image Blank", was["WAS_Image_Blank"], dict(width=width, height=height, red=12, green=250, blue=0))
for i in range(8):
    params = dict(top=int(rng.randint(4)), left=int(rng.randint(4)), right=int(rng.randint(13, 40)), bottom=int(rng.randint(13, 40)))
    cls = was["WAS_Image_Crop_Location"]
    call("Image Crop Location", cls, params, dict(image=picture(1, rng.randint(16, 40), rng.randint(16, 40), pick(3, 3, 4))))
    crop_size, crop_box = calls[-1]["res"][1]
    calls[-1]["res"] = (calls[-1]["res"][0], dict(size=list(crop_size), box=list(crop_box)))
for i in range(3):
    call("Images to RGB", was["WAS_Images_To_RGB"], {}, dict(images=picture(pick(1, 2), channels=[3, 4, 4][i])))
ramp = (np.arange(256, dtype=np.float32) / 255).reshape(1, 16, 16, 1).repeat(3, -1)
for black, mid, white in ((0, 127.5, 255), (16, 136, 255), (83, 1, 172), (15.6, 25, 175), (40, 60, 200.5), (0, 200, 250), (100.3, 100.2, 180.7)):
    call("Image Levels Adjustment", was["WAS_Image_Levels"], dict(black_level=float(black), mid_level=float(mid), white_level=float(white)), dict(image=np.concatenate([ramp, picture(1, 16, 16)])))

detail = classes("yolain+ComfyUI-Easy-Use/py/nodes/image.py", ["imageDetailTransfer"], GaussianBlur=T.GaussianBlur, easySave=lambda *a: [])["imageDetailTransfer"]
modes = detail.INPUT_TYPES()["required"]["mode"][0]
for i, mode in enumerate(modes * 3):
    height, width, batch = rng.randint(12, 20), rng.randint(12, 20), pick(1, 2)
    # the target as large as the source: bytes that a mode divides by are not 0 or 1
    part = lambda one: (one * 0.8 + 0.1).astype(np.float32)
    inputs = dict(target=part(picture(batch, *((height, width) if i % 3 else (None, None)))), source=part(picture(batch, height, width)))
    if i % 2:
        inputs["mask"] = mask(1, height, width)
    params = dict(mode=mode, blur_sigma=pick(0.5, 1.0, 1.99), blend_factor=pick(1.0, 0.3, -0.5, 2.0), image_output="Hide", save_prefix="ComfyUI")
    call("easy imageDetailTransfer", detail, params, inputs, near=1e-5)

lists = classes("ltdrdata+ComfyUI-Impact-Pack/modules/impact/util_nodes.py", ["ImageListToImageBatch"])
lists = taken(SOURCES + "cubiq+ComfyUI_essentials/image.py", ["ImageListToBatch"], lists)
lists = taken(SOURCES + "shadowcz007+comfyui-mixlab-nodes/nodes/ImageNode.py", ["ImageListToBatch_"], lists)
lists = taken(SOURCES + "Comfy/nodes_rebatch.py", ["ImageRebatch"], lists)
for i in range(4):
    several = [picture(pick(1, 2)) for _ in range(pick(2, 3))]
    call("ImageListToImageBatch", lists["ImageListToImageBatch"], {}, dict(images=several))
    call("ImageListToBatch+", lists["ImageListToBatch"], {}, dict(image=several), near=2e-6)
    call("ImageListToBatch_", lists["ImageListToBatch_"], {}, dict(images=several), near=2e-6)
for count in (1, 2, 3, 9):
    several = [picture(one, 5, 7) for one in (1, 3, 1)]
    made = lists["ImageRebatch"]().rebatch([torch.from_numpy(one) for one in several], [count])
    calls.append(dict(pack="Further", node="RebatchImages", params=dict(batch_size=count), inputs=dict(images=several), res=made, types=("IMAGE",), lists=(True,)))

math_nodes = types.SimpleNamespace(simple_eval=lambda text, names: eval(text, {}, names))
ints = classes(JAKE + "node_math.py", ["EvaluateInts_JK"], icons=Icons, simpleeval=math_nodes)["EvaluateInts_JK"]
for text in ("((a + b) - c) / 3", "a // b", "a % c - b ** 2", "a > b", "-a * c", "a / 7"):
    call("Evaluate Ints JK", ints, dict(python_expression=text, a=17, b=4, c=-5))

for one in calls:
    one["types"] = tuple(kind if isinstance(kind, str) else "COMBO" for kind in one["types"])
save(sys.argv[1], calls)
